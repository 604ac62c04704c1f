"""`course report`: a class in one lesson, as one page."""

from __future__ import annotations

from pathlib import Path

import click

from course.commands.desk import desk


@click.command()
@click.argument("lesson")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file. [default: report-LESSON.html]"
)
@click.option("--names", is_flag=True, help="Show names in the place of pseudonyms.")
@desk
def report(lesson: str, to: Path | None, names: bool, root: Path | None) -> None:
    """Write what a class did in LESSON as one HTML page that needs no network: points, tasks, misunderstandings, time, confidence, agreement.

    Students stand in it under pseudonyms, the same in every report of this course folder. Grade the lesson first.
    """
    from course.desk.folder import DeskError, open_desk
    from course.desk.report import report as page
    from course.files import write_whole

    course = open_desk(root)
    name = course.lesson(lesson)
    to = to or course.root / f"report-{name}.html"
    text = page(course, name, names=names)
    try:
        write_whole(to, text)
    except OSError as error:
        raise DeskError(f"{to} cannot be written ({error.strerror}). Name another file after --to.") from error
    click.echo(f"Written to {to}")
