"""What nobody can run here is at least whole: values, settings and documents agree with each other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from conftest import missing
from traitlets.config import Config

from deploy.accounts import account_name

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.fixture(scope="module")
def values() -> dict:
    return yaml.safe_load((DEPLOY / "k8s" / "values.yaml").read_text("utf-8"))


def test_every_setting_is_documented_and_no_other(root):
    asked = set()
    for path in [*DEPLOY.glob("*.py")]:
        text = path.read_text("utf-8")
        asked |= set(re.findall(r'setting\("(\w+)"', text)) | set(re.findall(r'"COUNTERCLAIM_(\w+)"', text))
        asked |= set(re.findall(r'"(LTI_\w+)"', text))
    written = set(re.findall(r"COUNTERCLAIM_(\w+)", (DEPLOY / "README.md").read_text("utf-8"))) - {"LTI_"}
    assert written == asked
    assert "GROUP" in asked and "LTI_ISSUER" in asked


def test_no_secret_stands_in_a_file():
    for path in DEPLOY.rglob("*"):
        if path.suffix in (".py", ".yaml", ".json", ".service") and path.name != "trial.py":
            assert not re.search(r"(?i)(secret|token|password)\w*\s*[:=]\s*[\"'][^\"']{6,}", path.read_text("utf-8")), (
                path
            )


@pytest.fixture
def kubernetes(values, monkeypatch):
    """The hub's configuration after the values' own part of it was run, as the chart runs it."""
    for name in values["hub"]["extraEnv"]:
        monkeypatch.setenv(name, name.lower())
    c = Config()
    for code in values["hub"]["extraConfig"].values():
        exec(code, {"c": c})
    return c


def test_on_kubernetes_everyone_has_a_number_of_their_own(kubernetes):
    people = [SimpleNamespace(user=SimpleNamespace(id=number, name=f"p{number}")) for number in range(1, 301)]
    for trait in ("uid", "gid", "fs_gid"):
        numbers = [kubernetes.KubeSpawner[trait](person) for person in people]
        assert len(set(numbers)) == 300 and min(numbers) > 10_000


def test_on_kubernetes_only_the_instructor_gets_the_instructors_settings(kubernetes, root):
    for name, role in (("counterclaim_instructor", "instructor"), ("somebody", "student")):
        spawner = SimpleNamespace(user=SimpleNamespace(id=1, name=name), environment={})
        kubernetes.KubeSpawner.pre_spawn_hook(spawner)
        assert spawner.environment["COUNTERCLAIM_ROLE"] == role
        folder = Path(spawner.environment["JUPYTER_CONFIG_PATH"]).relative_to("/opt/counterclaim")
        assert (root / folder / "nbgrader_config.py").is_file()
    assert kubernetes.LTI13Authenticator.jwks_endpoint == "counterclaim_lti_jwks_url"


def test_a_pods_number_gets_the_name_of_its_person(tmp_path):
    preload = os.environ | {"LD_PRELOAD": "libnss_wrapper.so"}
    if "cannot be preloaded" in subprocess.run(["true"], env=preload, capture_output=True, text=True).stderr:
        missing("libnss-wrapper")
    code = "import os, pwd; print(pwd.getpwuid(os.getuid()).pw_name)"
    done = subprocess.run(
        [DEPLOY / "k8s" / "start.sh", sys.executable, "-c", code],
        env=os.environ | {"JUPYTERHUB_USER": "s-ann-1", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "s-ann-1", done.stderr


def test_a_name_of_the_platform_becomes_an_account_that_is_no_other():
    names = ["root", "Ann@uni.example", "ann@uni.example", "ann uni example", "Ünï", "7", "", "x" * 300]
    accounts = [account_name(name) for name in names]
    assert len(set(accounts)) == len(names)
    for account in accounts:
        assert re.fullmatch(r"s-[a-z0-9-]{0,29}", account) and len(account) <= 31
        assert account_name(account) == account, "signing in again must lead to the same account"


def test_dev_container_and_binder_name_what_is_there(root):
    container = json.loads((root / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    make, target = container["postCreateCommand"].split()
    assert make == "make" and re.search(rf"^\$\(VENV\)/{Path(target).name}:", (root / "Makefile").read_text(), re.M)
    assert os.access(root / "postBuild", os.X_OK) and os.access(DEPLOY / "k8s" / "start.sh", os.X_OK)


def test_binder_gets_the_lessons_as_learners_get_them(root, tmp_path, activated):
    subprocess.run([root / "postBuild"], cwd=tmp_path, env=activated, check=True)
    laid = {path.name for path in (tmp_path / "workspace").glob("*.ipynb")}
    assert {"00-start-here.ipynb", "01-one-claim.ipynb"} <= laid
    assert not any("BEGIN SOLUTION" in path.read_text("utf-8") for path in (tmp_path / "workspace").glob("*.ipynb"))
