"""Build the site: `python docs/site/build.py` (or `make site`) writes it to build/site.

Pages are laid in a staging folder as they stand in the checkout, so that a link between them works here and there. The lessons are
the released ones, run from top to bottom with nothing answered: a reader sees what a learner sees first.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from sphinx.cmd.build import build_main

ROOT = Path(__file__).resolve().parents[2]
STAGE, KEPT = ROOT / "build" / "site-pages", ROOT / "build" / "lessons-run"
PAGES = (
    "docs",
    "deploy/README.md",
    "data/README.md",
    "data/LICENSE",
    "data/worlds",
    "data/lexicons",
    "CONTRIBUTING.md",
    "LICENSE",
    "CITATION.cff",
)
FRONT = ("lesson-1.png", "gallery/what-is-missing.png", "gallery/half-of-the-killed.png")  # on the first page
OTHER = shutil.ignore_patterns("reports", "gold", "marked", "second", "site", "__pycache__")


def run_lessons(to: Path) -> None:
    """Lay each released lesson, as it is after a run, in the folder `to`; a lesson that did not change is not run again."""
    from course.grading.release import lessons, release

    to.mkdir(parents=True, exist_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)

    def lay(path: Path) -> None:
        text = release(path)
        # what a lesson says depends on the course and the data, too
        code = b"".join(file.read_bytes() for part in ("course", "data") for file in sorted((ROOT / part).rglob("*")) if file.is_file() and "__pycache__" not in file.parts)  # fmt: skip
        kept = KEPT / f"{path.stem}-{hashlib.sha256(code + text.encode()).hexdigest()[:16]}.ipynb"
        if not kept.exists():
            notebook = nbformat.reads(text, as_version=4)
            place = KEPT / path.stem
            place.mkdir(exist_ok=True)
            NotebookClient(
                notebook, timeout=120, allow_errors=True, resources={"metadata": {"path": str(place)}}
            ).execute()
            nbformat.write(notebook, kept)
        shutil.copy(kept, to / path.name)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(lay, lessons()))


def reference() -> str:
    """The page of every name that a notebook may import, by the room that it lives in."""
    import course

    rooms: dict[str, list[str]] = {}
    for name, home in course._HOME.items():
        rooms.setdefault(home.split(".")[1], []).append(name)
    lines = ["# Reference", "", "Every name that a notebook may import: `from course import ...`.", ""]
    for room, names in rooms.items():
        words = (sys.modules.get(f"course.{room}") or __import__(f"course.{room}", fromlist=["_"])).__doc__ or ""
        lines += [f"## {room.capitalize()}", "", words.strip().splitlines()[0], ""]
        for name in sorted(names, key=str.casefold):
            thing = getattr(course, name)
            kind = "autoclass" if isinstance(thing, type) else "autofunction" if callable(thing) else "autodata"
            lines += [f"### {name}", "", "```{eval-rst}", f".. {kind}:: course.{name}", "```", ""]
    return "\n".join(lines)


def stage() -> None:
    """Lay all pages in the staging folder."""
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    for name in PAGES:
        path = ROOT / name
        (STAGE / name).parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, STAGE / name, ignore=OTHER)
        elif path.exists():
            shutil.copy(path, STAGE / name)
    site = ROOT / "docs" / "site"
    for page in ("index.md", "conf.py"):
        shutil.copy(site / page, STAGE / page)
    shutil.copytree(site / "static", STAGE / "static")
    for picture in FRONT:
        shutil.copy(ROOT / "docs" / "images" / picture, STAGE / "static")
    run_lessons(STAGE / "lessons")
    (STAGE / "reference.md").write_text(reference(), encoding="utf-8")


def main(to: Path = ROOT / "build" / "site") -> int:
    """Build the site in `to`; the exit code is not 0 where a page has a warning."""
    stage()
    shutil.rmtree(to, ignore_errors=True)
    return int(build_main(["-q", "-W", "--keep-going", "-b", "html", str(STAGE), str(to)]))


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
