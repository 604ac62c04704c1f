"""`course new-lesson` and `course new-case`: for those who add to the project."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click


@click.command("new-lesson")
@click.argument("name")
def new_lesson(name: str) -> None:
    """Lay the skeleton of lesson NAME, such as 11-maps, in this checkout: notebook, material, class for the tests, notes.

    It has every part that a lesson has, two tasks for the machine that work, and one for a person. What it says is there to be replaced.
    """
    _lay("lesson", name)
    click.echo(
        "Next: write it, run it from top to bottom, save it with its outputs; then pytest tests/notebooks. A lesson needs at least 8 tasks "
        "of at least 4 kinds, and rows that rest on a claim or a digest."
    )


@click.command("new-case")
@click.argument("name")
def new_case(name: str) -> None:
    """Lay the empty tables of case NAME, such as bakhmut-2023, in this checkout, and enter them in the data package.

    docs/data-card.md says what may stand in them, and how a case is chosen.
    """
    _lay("case", name)
    click.echo(
        "Next: claims with claimant, date, carrier and link; the other side's answer to each; digests; then pytest tests/data."
    )


def _lay(what: Literal["lesson", "case"], name: str) -> None:
    from course.desk import scaffold
    from course.desk.folder import DeskError

    lay = scaffold.new_lesson if what == "lesson" else scaffold.new_case
    try:
        made = lay(Path.cwd(), name)
    except DeskError as error:
        raise click.ClickException(str(error)) from error
    for path in made:
        click.echo(f"Made: {path.relative_to(Path.cwd())}")
