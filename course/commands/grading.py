"""`course grade`, `course feedback` and `course check`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from course.grading.grade import Report
    from course.grading.journal import Entry
    from course.grading.rooms import Warm

MOST_LISTED = 40  # students named on the terminal


class CannotError(click.ClickException):
    """It could not be done at all."""

    exit_code = 2


@click.command()
@click.argument("lesson")
@click.option(
    "--workers", type=click.IntRange(1), help="How many submissions run at once. [default: one for each core]"
)
@click.option("--only", multiple=True, metavar="STUDENT", help="Grade this student only; can be given several times.")
@click.option(
    "--again",
    is_flag=True,
    help="Grade also what was graded before. Points that a person set for tasks of the machine move to the history.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Run students' code on the Dask cluster of this scheduler.")
@click.option("--unsafe", is_flag=True, help="Run students' code without a sandbox, with your own rights.")
def grade(
    lesson: str, workers: int | None, only: tuple[str, ...], again: bool, scheduler: str | None, unsafe: bool
) -> None:
    """Grade what was handed in for LESSON, in the course folder.

    Students' code runs in a sandbox; hidden tests run elsewhere. What was graded before, and has not changed, is not run again:
    stop it with Ctrl-C, or lose the power, and the same command goes on from there.

    The exit code is 0 where all submissions are graded, 1 where some need a person, 2 where nothing could be graded.
    """
    from course.grading.rooms import Warm
    from course.grading.sandbox import SandboxError

    chosen = {"workers": workers, "only": only, "again": again, "unsafe": unsafe}
    try:
        if scheduler:
            report = _grade_on_cluster(lesson, scheduler, **chosen)
        else:
            with Warm("student", safe=not unsafe) as students, Warm("hidden", safe=not unsafe) as tests:
                # What follows takes seconds to import: they warm up meanwhile.
                report = _grade(lesson, students, tests, **chosen)
    except SandboxError as error:
        raise CannotError(str(error)) from error
    _summary(report)
    sys.exit(0 if all(entry["state"] == "graded" for entry in report.entries) else 1)


def _grade_on_cluster(lesson: str, scheduler: str, **chosen: Any) -> Report:
    from course.batch.teams import BatchError, Cluster
    from course.grading.cluster import OnCluster

    try:
        cluster = Cluster(scheduler)
        try:
            if note := cluster.check():
                click.echo(note, err=True)
            return _grade(lesson, None, None, elsewhere=OnCluster(cluster, chosen["unsafe"]), **chosen)
        finally:
            cluster.stop()
    except BatchError as error:
        raise CannotError(str(error)) from error


def _grade(lesson: str, students: Warm | None, tests: Warm | None, **chosen: Any) -> Report:
    from course.grading.bar import ClassBar
    from course.grading.folder import CourseFolder, FolderError
    from course.grading.grade import grade_class
    from course.grading.gradebook import GradebookProblem
    from course.grading.journal import Busy
    from course.grading.lesson import LessonProblem

    bar = ClassBar()
    try:
        with bar:
            return grade_class(CourseFolder(Path.cwd()), lesson, bar, students, tests, **chosen)
    except KeyboardInterrupt:
        click.echo(f"Stopped. {bar.done:,} of {bar.total:,} submissions are kept: the same command goes on.", err=True)
        sys.exit(130)
    except Busy:
        raise CannotError(f"Another `course grade {lesson}` is running. Wait until it is done.") from None
    except (FolderError, LessonProblem, GradebookProblem) as error:
        raise CannotError(str(error)) from error
    except OSError as error:
        raise CannotError(
            f"A file cannot be written ({error.strerror or error}). Make room, then run the same command: what is graded is kept."
        ) from error


def _summary(report: Report) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    told = [entry for entry in report.entries if entry["state"] != "graded" or entry["restored"]]
    if len(report.entries) <= MOST_LISTED:
        told = report.entries
    if told:
        table = Table("student", "state", "points", "by hand", "what to know")
        for entry in told[:MOST_LISTED]:
            why = " ".join(filter(None, [entry["reason"], *entry["restored"]]))
            table.add_row(escape(entry["student"]), entry["state"], *_points(entry), escape(why))
        console.print(table)
    if (more := len(told) - MOST_LISTED) > 0:
        click.echo(f"and {more:,} more")
    for student, why in list(report.missing.items())[:MOST_LISTED]:
        click.echo(f"not submitted: {student}. {why}")
    states = Counter(str(entry["state"]) for entry in report.entries)
    parts = [f"{number:,} {state}" for state, number in states.most_common()]
    if report.missing:
        parts.append(f"{len(report.missing):,} not submitted")
    known = f" ({report.known:,} of them by an earlier run)" if report.known else ""
    click.echo(f"{len(report.entries):,} submissions{known}: {', '.join(parts)}.")
    if any(entry["unsafe"] for entry in report.entries):
        click.echo("Some were graded without a sandbox.", err=True)


def _points(entry: Entry) -> tuple[str, str]:
    """Points by machine of those that a machine could give; points that wait for a person."""
    tasks = entry["tasks"].values()
    earned = sum(task["points"] for task in tasks if task["points"] is not None)
    most = sum(task["most"] for task in tasks if task["points"] is not None)
    waiting = sum(task["most"] for task in tasks if task["points"] is None)
    return f"{earned:g} of {most:g}", f"{waiting:g}" if waiting else ""


@click.command()
@click.argument("lesson")
@click.option("--only", multiple=True, metavar="STUDENT", help="This student's page only; can be given several times.")
def feedback(lesson: str, only: tuple[str, ...]) -> None:
    """Write the feedback pages of LESSON, in the course folder: points, a message for each task, what to read again.

    The pages are nbgrader's: release them with `nbgrader release_feedback LESSON`, or send them.
    """
    from course.grading.feedback import give_feedback
    from course.grading.folder import CourseFolder, FolderError
    from course.grading.lesson import LessonProblem

    try:
        pages = give_feedback(CourseFolder(Path.cwd()), lesson, only)
    except (FolderError, LessonProblem) as error:
        raise CannotError(str(error)) from error
    except OSError as error:
        raise CannotError(f"{error.filename or 'A page'} cannot be written ({error.strerror or error}).") from error
    click.echo(f"{len(pages):,} pages are in {pages[0].parents[2]}")


@click.command()
@click.argument("notebook", type=click.Path(path_type=Path, dir_okay=False))
def check(notebook: Path) -> None:
    """Check NOTEBOOK before you hand it in: is it whole, does it run from top to bottom, do the visible checks pass?

    Your notebook stays as it is. The exit code is 0 where all is well, 1 where something can be mended, 2 where it cannot be
    checked.
    """
    from course.grading.check import CheckError, check_notebook

    try:
        found = check_notebook(notebook)
    except CheckError as error:
        raise CannotError(str(error)) from error
    for line in found.structure:
        click.echo(f"Structure: {line}")
    for line in found.failed:
        click.echo(f"Does not run: {line}")
    for _, line in [*found.tasks, *found.essays]:
        click.echo(line)
    ready = sum(passed for passed, _ in found.tasks)
    whole = "The notebook is whole" if not found.structure else "The notebook is not as it was released"
    runs = "runs from top to bottom" if not found.failed else "does not run from top to bottom"
    written = sum(done for done, _ in found.essays)
    essays = f"; {written} of {len(found.essays)} written answers are there" if found.essays else ""
    click.echo(f"{whole}, {runs}; the visible checks pass in {ready} of {len(found.tasks)} tasks{essays}.")
    sys.exit(0 if found.good else 1)
