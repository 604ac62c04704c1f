"""Enter new files in data/datapackage.json: `python tests/tools/package.py` from the project's folder.

Files of cases and worlds are added to the resource that lists their neighbours, files that are gone are taken out, and each new table of
a lesson gets a resource with a schema. A column that has no meaning yet gets an empty one, which the tests refuse: write it. Prints what it did, and the counts for
the data card.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"
DESCRIPTOR = DATA / "datapackage.json"
LESSON_COLUMNS = {
    "case": "The case of the lesson: the real one, or the practice world that stands for it.",
    "text": "The text that the learner works on; in our own words where it tells of a real case.",
    "rests_on": "Id of the claim or digest that it rests on; fictional in a practice world; empty where it says nothing that could be checked.",
    "report": "Id of a digest or a practice report.",
    "letter": "Letter of the row.",
    "number": "Number of the row.",
    "name": "Name of the row.",
    "outlet": "Outlet whose words they are.",
    "speaker": "Who says it.",
    "side": "Party that the speaker belongs to or supports.",
    "cue": "The words that say that somebody says it.",
    "step": "Number of the step.",
    "row": "Number of the row.",
    "carrier": "Who carries the claim.",
    "taken_from": "Who or what the carrier took it from.",
    "claim": "Id of a claim of the case, or of the practice world.",
    "paper": "What the report is called in the lesson: the outlet, with the version or the day where it has several.",
    "heading": "What the text is, for its heading.",
    "look_for": "Words that stand later in the text, and not in its first sentence.",
    "warning": "yes where the report says that it could not verify; no where no such sentence was read.",
    "passed_on": "What became of the claim: as it was, or changed.",
    "facts": "Five facts with their letters, two of which stand in the text.",
    "first": "Label by the first pass, or by the first of two invented readers.",
    "second": "Label by the second pass, or by the second of two invented readers.",
    "key": "The label that the codebook of the course gives.",
    "other": "Label by another reader: the annotation by hand.",
    "reason": "Why the other reader gave it.",
    "beside": "Id of a second claim that it rests on, where it sets two side by side.",
    "claimant": "Who makes the claim.",
    "about": "Whose people or things are counted.",
    "population": "Which of them are counted.",
    "measure": "What is counted.",
    "measure_detail": "What the measure includes, or how it is worded.",
    "lower": "Lower limit; empty where none is given.",
    "upper": "Upper limit; empty where none is given.",
    "lower_open": "Whether the lower limit itself is left out.",
    "upper_open": "Whether the upper limit itself is left out.",
    "approximate": "Whether the number is only near.",
    "unit": "Unit of the number.",
    "date": "Day on which it was claimed.",
    "period_start": "First day that is counted.",
    "period_start_precision": "How exactly the first day is known: day, month or year.",
    "period_end": "Last day that is counted.",
    "period_end_precision": "How exactly the last day is known: day, month or year.",
    "place": "Place for which is counted.",
    "scope": "Size of the place.",
    "title": "Title of the small chart.",
    "draws": "How it is drawn: bars, dots or whiskers.",
    "names": "Names of the marks, separated by semicolons.",
    "values": "Numbers of the marks, separated by semicolons.",
    "low": "Lower end of the whiskers; empty where none is given.",
    "high": "Upper end of the whiskers; empty where none is given.",
    "begins_at": "Where the axis of the values begins.",
    "upside_down": "yes where larger numbers stand lower.",
    "axis": "Label of the axis of the values.",
    "note": "A sentence under the chart.",
    "source": "The words that name the claimant, with three dots where some are left out; of a chart, the source that it names.",
    "value": "The number to draw.",
    "also_rests_on": "Ids of further claims that the chart rests on, separated by semicolons.",
    "content": "The words of the report that say what is claimed, with three dots where some are left out.",
    "stance": "What the cue does with the claim: neutral, distancing, endorsing or evidential.",
    "quantity": "The words of the number.",
    "options": "What there is to choose from, each with its letter.",
}


def unlisted(package: dict[str, Any]) -> list[str]:
    """The paths of files in data/ that no resource lists and that are no documentation."""
    listed = {path for resource in package["resources"] for path in resource["path"]}
    there = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    return sorted(
        path for path in there - listed if Path(path).name not in ("README.md", "LICENSE", "datapackage.json")
    )


def pattern(path: str) -> str:
    """What neighbours share: cases/bakhmut-2023/digests/wion.md and cases/iraq-2003/digests/orb.md give one pattern."""
    return re.sub(r"^(cases|worlds)/[^/]+/", r"\1/*/", re.sub(r"[^/]+(\.md|\.json|\.txt)$", r"*\1", path))


def lesson_table(path: str) -> dict[str, Any]:
    """The resource of a table of a lesson, from its header."""
    with (DATA / path).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    _, lesson, file = path.split("/")
    number, table = lesson.split("-")[0], file.removesuffix(".csv")
    columns = list(rows[0])
    fields = []
    for column in columns:
        whole = column == columns[0] and all(row[column].isdigit() for row in rows)
        field = {
            "name": column,
            "type": "integer" if whole else "string",
            "description": LESSON_COLUMNS.get(column, ""),
        }
        fields.append(field | ({"constraints": {"required": True}} if all(row[column] for row in rows) else {}))
    key = columns[:1] if "case" not in columns or columns[0] == "case" else [columns[0], "case"]
    unique = len({tuple(row[column] for column in key) for row in rows}) == len(rows)
    return {
        "name": f"lesson-{number}-{table}",
        "type": "table",
        "title": f"Lesson {int(number)}: {table.replace('_', ' ')}",
        "description": f"A table of lesson {lesson}.",
        "path": [path],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields} | ({"primaryKey": key} if unique else {}),
    }


def main() -> int:
    """Add what is missing; the exit code is 1 where a person has something left to do."""
    package = json.loads(DESCRIPTOR.read_text("utf-8"))
    for resource in package["resources"]:
        for path in [path for path in resource["path"] if not (DATA / path).is_file()]:
            resource["path"].remove(path)
            print(f"{path}: is no longer there; taken out of {resource['name']}")
    package["resources"] = [resource for resource in package["resources"] if resource["path"]]
    homes = {pattern(path): resource for resource in package["resources"] for path in resource["path"]}
    left = 0
    for path in unlisted(package):
        if path.startswith("lessons/") and path.endswith(".csv"):
            resource = lesson_table(path)
            package["resources"].append(resource)
            empty = [field["name"] for field in resource["schema"]["fields"] if not field["description"]]
            left += len(empty)
            print(
                f"{path}: added as {resource['name']}" + (f"; say what it means: {', '.join(empty)}" if empty else "")
            )
        elif pattern(path) in homes:
            homes[pattern(path)]["path"] = sorted([*homes[pattern(path)]["path"], path])
            print(f"{path}: added to {homes[pattern(path)]['name']}")
        else:
            left += 1
            print(f"{path}: no resource lists files like it; write one")
    DESCRIPTOR.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for path in sorted(DATA.glob("lexicons/*.csv")):
        print(f"| `{path.name}` | {_rows(path)} |")
    for folder in sorted(path for path in (DATA / "lessons").iterdir() if path.is_dir()):
        tables = list(folder.glob("*.csv"))
        print(f"| `{folder.name}` | {len(tables)} | {sum(map(_rows, tables))} |")
    return 1 if left else 0


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1


if __name__ == "__main__":
    sys.exit(main())
