# Counterclaim: `make start` opens the course, `make test` tries it. `make help` tells the rest.
# PYTHON=python3.12 chooses the interpreter, ARGS=--no-browser is handed on.

PYTHON ?= python3
ARGS ?=
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip install -qq --disable-pip-version-check

# A folder that was moved is installed again, and so is one whose Python has gone: the environment knows where it was made.
ifneq ($(shell test -x $(RUN) && cat $(VENV)/.place 2>/dev/null),$(CURDIR))
MOVED := moved
endif

.PHONY: start test prove site lint clean help moved

start: $(VENV)/.installed ## open the course (ARGS=--no-browser prints the address only)
	@$(RUN) -m course.cli start workspace $(ARGS)

test: $(VENV)/.installed-test ## try every behaviour once (ARGS=tests/cli tries a part)
	@$(RUN) -m pytest -m "not prove" $(ARGS)

prove: $(VENV)/.installed-test ## try all the rest: every lesson and student, kills, the hub, properties on many examples
	@$(RUN) -m pytest -m "prove or hypothesis" $(ARGS)

site: $(VENV)/.installed-test ## build the public site in build/site
	@$(RUN) docs/site/build.py && echo "Open build/site/index.html"

lint: $(VENV)/.installed-test ## check style, types and the direction of imports
	@$(VENV)/bin/pre-commit run --all-files

clean: ## remove what can be made again; never your workspace
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	@find . -name __pycache__ -type d -not -path './workspace/*' -prune -exec rm -rf {} +
	@echo "Clean. Your workspace folder was not touched."

help: ## say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(VENV)/.installed: pyproject.toml $(MOVED) | $(VENV)/.usable
	@echo "Installing Counterclaim in $(VENV). The first time takes some minutes and needs the network."
	@$(PIP) --editable .
	@pwd -P > $(VENV)/.place
	@touch $@

$(VENV)/.installed-test: pyproject.toml $(MOVED) | $(VENV)/.usable
	@echo "Installing Counterclaim and what its tests need in $(VENV). The first time takes some minutes and needs the network."
	@$(PIP) --editable '.[test]'
	@pwd -P > $(VENV)/.place
	@touch $@ $(VENV)/.installed

$(VENV)/.usable: $(MOVED)
	@command -v "$(PYTHON)" >/dev/null || \
	  { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name yours: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Counterclaim needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1). Install a newer one and name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "$(PYTHON) has no venv. Install it (on Debian and Ubuntu: apt install python3-venv), then try again."; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV)
	@touch $@
