"""The instructor's commands: roster, release, collect, export, doctor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click

MOST_LISTED = 20

FOLDER = click.option(
    "--course",
    "root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The course folder. [default: the current one]",
)


def desk(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with `--course`, and with the desk's errors as one clear line."""

    @wraps(command)
    def told(*args: Any, **kwargs: Any) -> Any:
        from course.desk.folder import DeskError

        try:
            return command(*args, **kwargs)
        except DeskError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:  # a full disk, a folder that is not there, a file without rights
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(
                f"{where}{error.strerror or error}. Mend that, then run the same command again: what was written stays."
            ) from error

    return FOLDER(told)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False)
@click.option("--encoding", help="The letters of FILE, such as cp1250, where it is not in UTF-8.")
@desk
def roster(file: Path | None, encoding: str | None, root: Path | None) -> None:
    """Bring in the class list FILE (CSV), or show the class.

    FILE is Canvas's gradebook export, Moodle's list of participants, or a table whose first line names the columns id, first_name,
    last_name, email. Who is in the gradebook already keeps every grade.
    """
    from course.desk.folder import open_desk
    from course.desk.roster import enter_roster, read_class_list
    from course.desk.roster import roster as listed

    course = open_desk(root)
    if file is None:
        students = listed(course)
        for student in students:
            click.echo(f"{student.id}\t{student.name}\t{student.email}")
        click.echo(f"{_number(len(students), 'student')}.")
        return
    found = read_class_list(file, encoding)
    new, every = enter_roster(course, found.students, found.derived, found.remarks)
    for line in found.remarks:
        click.echo(line, err=True)
    click.echo(f"{_number(new, 'new student')}; {every} in all. The list is {course.root / 'roster.csv'}")


@click.command()
@click.argument("lesson")
@click.option(
    "--exchange", is_flag=True, help="Lay it in nbgrader's exchange as well, for `nbgrader fetch_assignment`."
)
@desk
def release(lesson: str, exchange: bool, root: Path | None) -> None:
    """Make the students' version of LESSON in release/, without solutions, hidden tests and mark schemes."""
    from nbgrader.apps.api import NbGraderAPI

    from course.desk.folder import DeskError, open_desk

    course = open_desk(root)
    name = course.lesson(lesson)
    with course.gradebook():
        pass  # made here where it is missing: nbgrader itself makes it only where the environment is activated
    api = NbGraderAPI(course.directory, parent=course.app)  # the parent brings the settings
    made = api.generate_assignment(name, force=True)
    if not made["success"]:
        raise DeskError(f"{name} could not be made: {_last_line(made)}")
    click.echo(f"Made: {course.folder('release') / name / f'{name}.ipynb'}")
    if exchange:
        laid = api.release_assignment(name)
        if not laid["success"]:
            raise DeskError(f"{name} could not be laid in the exchange: {_last_line(laid)}")
        click.echo("Laid in the exchange.")


@click.command()
@click.argument("lesson")
@click.argument("place", type=click.Path(path_type=Path), required=False)
@click.option("--as", "who", default="", metavar="ID", help="All of PLACE is this student's work.")
@desk
def collect(lesson: str, place: Path | None, who: str, root: Path | None) -> None:
    """Bring in what was handed in of LESSON: from PLACE, a zip of Canvas or Moodle, a folder or a notebook, or without PLACE from nbgrader's exchange.

    Of several notebooks the one with the lesson's cells counts, then the newest; others are kept, and so is an earlier try. Whose work
    it is, is never guessed: what fits no student is listed, the exit code is 1, and --as says whose it is.
    """
    from course.desk.collecting import collect as bring
    from course.desk.folder import DeskError, open_desk

    course = open_desk(root)
    name = course.lesson(lesson)
    if place is None:
        if who:
            raise click.UsageError("--as goes with a PLACE.")
        from nbgrader.apps.api import NbGraderAPI

        done = NbGraderAPI(course.directory, parent=course.app).collect(name, update=True)
        if not done["success"]:
            raise DeskError(f"Nothing could be collected from the exchange: {_last_line(done)}")
        click.echo(f"Collected from the exchange into {course.folder('submitted')}")
        return
    found = bring(course, name, place, who)
    click.echo(
        f"{_number(len(found.new), 'submission')} new, {len(found.newer)} newer than before, {len(found.same)} the same, "
        f"{len(found.older)} older (kept aside)."
    )
    _listed(found.told)
    _listed([f"{path}: {why}" for path, why in found.left.items()])
    sys.exit(1 if found.left else 0)


@click.command()
@click.argument("lessons", nargs=-1)
@click.option(
    "--to",
    "system",
    type=click.Choice(["canvas", "moodle", "csv"]),
    default="csv",
    show_default=True,
    help="Who reads it.",
)
@click.option(
    "--file",
    "to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file. [default: grades-SYSTEM.csv]",
)
@desk
def export(lessons: Sequence[str], system: str, to: Path | None, root: Path | None) -> None:
    """Write the points of LESSONS (default: all) as CSV, for Canvas, Moodle or a spreadsheet.

    A lesson that somebody has not handed in is an empty cell, not a 0.
    """
    from course.desk.exporting import System, grades
    from course.desk.exporting import export as as_csv
    from course.desk.folder import open_desk
    from course.files import write_whole

    assert system in get_args(System)
    course = open_desk(root)
    found = grades(course, [course.lesson(lesson) for lesson in lessons])
    to = to or course.root / f"grades-{system}.csv"
    write_whole(to, as_csv(found, system))  # type: ignore[arg-type]
    click.echo(f"{_number(len(found.students), 'student')}, {_number(len(found.lessons), 'lesson')}: written to {to}")
    waiting = sum(len(lessons) for lessons in found.open.values())
    if waiting:
        click.echo(f"{_number(waiting, 'submission')} still wait for a person: their points will change.", err=True)


@click.command()
@desk
def doctor(root: Path | None) -> None:
    """Say what this machine has and what it lacks, and how to get that. The exit code is 1 where something needed is missing."""
    from course.desk.doctor import look

    signs = {
        "ok": click.style("ok      ", fg="green"),
        "missing": click.style("missing ", fg="red"),
        "optional": "optional",
    }
    missing = False
    for finding in look(root):
        click.echo(f"{signs[finding.state]}  {finding.part}: {finding.words}")
        missing = missing or finding.state == "missing"
    sys.exit(1 if missing else 0)


def _listed(lines: Sequence[str]) -> None:
    for line in lines[:MOST_LISTED]:
        click.echo(line, err=True)
    if (more := len(lines) - MOST_LISTED) > 0:
        click.echo(f"and {more} more", err=True)


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _last_line(done: dict[str, Any]) -> str:
    lines = str(done.get("error") or done.get("log") or "nbgrader gives no reason").strip().splitlines()
    return lines[-1] if lines else "nbgrader gives no reason"
