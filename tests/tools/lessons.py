"""What the lessons hold: `python tests/tools/lessons.py` prints a row a lesson, and `glossary` writes docs/glossary.md.

The kind of a task stands in the metadata of its question: {"counterclaim": {"kind": "choose"}}.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
GLOSSARY = ROOT / "docs" / "glossary.md"
TASK_KINDS = (
    "choose", "fill in", "order", "mark", "compute", "rewrite", "write a function", "draw", "table", "explain",
)  # fmt: skip
ENTRY = re.compile(
    r"\*\*([^*]+)\*\*(?:,? or \*\*[^*]+\*\*)?(?: \(([^)]+)\))?: (.+?)(?=\s*\*\*[^*]+\*\*(?:,? or \*\*|:| \()|\Z)",
    re.DOTALL,
)


def cells(path: Path, kind: str | None = None) -> list[NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if kind in (None, cell.cell_type)]


def prose(path: Path) -> list[str]:
    """The text of each prose cell as a learner reads it, without marks, tables, links and the model answers."""
    texts = []
    for cell in cells(path, "markdown"):
        if cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        text = re.sub(r"<[^>]+>|^\|.*$|\*\*|[`#*]", " ", cell.source, flags=re.MULTILINE)
        texts.append(re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text))
    return texts


def unfolded(texts: list[str]) -> list[str]:
    """The texts without the hints, which are folded until a learner opens them."""
    return [re.sub(r"\bHint\s*\n.*", "", text, flags=re.DOTALL) for text in texts]


def words(path: Path) -> int:
    """How many words of prose a learner reads, hints not counted."""
    return sum(len(text.split()) for text in unfolded(prose(path)))


def kinds(path: Path) -> dict[str, str]:
    """task -> its kind, "" where the question does not say."""
    found = {}
    for cell in cells(path, "markdown"):
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if re.fullmatch(r"q\d+-\d+", name):
            found[name[1:].replace("-", ".")] = cell.metadata.get("counterclaim", {}).get("kind", "")
    return found


def points(path: Path) -> tuple[float, float]:
    """The points by machine, and by rubric."""
    marks = [cell.metadata.nbgrader for cell in cells(path) if cell.metadata.get("nbgrader", {}).get("grade")]
    return sum(one.points for one in marks if not one.solution), sum(one.points for one in marks if one.solution)


def minutes(path: Path) -> str:
    """The minutes that the opening promises."""
    found = re.search(r"(\d+) minutes", cells(path)[0].source)
    return found[1] if found else "?"


def glossary() -> str:
    """The words of all lessons, from A to Z, each with the lesson that explains it first; as a page."""
    found: dict[str, tuple[str, str, str]] = {}
    for path in NOTEBOOKS:
        last = next(cell.source for cell in reversed(cells(path)) if "## Words of this" in cell.source)
        part = re.split(r"## Words of this \w+\s*", last)[1]
        part = re.split(r"\n\s*\n\*\*(?:What comes )?[Nn]ext", part)[0]
        for word, where, meaning in ENTRY.findall(part):
            meaning = re.sub(r"\s+", " ", meaning).strip().rstrip(".")
            found.setdefault(word.casefold(), (word, f"({where}) {meaning}" if where else meaning, path.stem))
    rows = "\n".join(
        f"| **{word}** | {meaning} | {int(lesson[:2])} |" for _, (word, meaning, lesson) in sorted(found.items())
    )
    return (
        "# Glossary\n\nThe words of the lessons, each as the lesson says that explains it first. "
        "Written by `python tests/tools/lessons.py glossary`.\n\n"
        f"| word | what it means | lesson |\n|---|---|---|\n{rows}\n"
    )


def main() -> None:
    if sys.argv[1:] == ["glossary"]:
        GLOSSARY.write_text(glossary(), encoding="utf-8")
        print(f"{GLOSSARY.relative_to(ROOT)} is written.")
        return
    print("| lesson | words | minutes | machine | rubric | tasks | by kind |\n|---|---|---|---|---|---|---|")
    for path in NOTEBOOKS:
        machine, rubric = points(path)
        tasks = kinds(path)
        by_kind = ", ".join(f"{kind} {number}" for kind, number in Counter(tasks.values()).most_common())
        print(
            f"| {path.stem} | {words(path):,} | {minutes(path)} | {machine:g} | {rubric:g} | {len(tasks)} | {by_kind} |"
        )


if __name__ == "__main__":
    main()
