"""`course rubric`: sheets for markers, and their levels back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from course.commands.desk import desk

if TYPE_CHECKING:
    from course.desk.folder import Desk

SHEET = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("lesson")
@click.option("--to", type=SHEET, help="Write the answers with their criteria and levels to this CSV.")
@click.option("--sample", type=click.IntRange(1), help="Only so many students, drawn by lot, the same at each call.")
@click.option("--markers", metavar="A,B", help="One sheet a marker: FILE-A.csv and FILE-B.csv, with the same answers.")
@click.option("--from", "sheets", type=SHEET, multiple=True, help="Read this marked sheet; once a marker.")
@click.option("--again", is_flag=True, help="With --from: also where a person has set points before.")
@desk
def rubric(
    lesson: str,
    to: Path | None,
    sample: int | None,
    markers: str | None,
    sheets: Sequence[Path],
    again: bool,
    root: Path | None,
) -> None:
    """Mark the open tasks of LESSON by their rubrics, in a spreadsheet: `--to` writes a sheet, `--from` reads it back.

    Points are the sum of the levels chosen. Where sheets of several markers are read, their agreement is printed for each criterion; an
    answer on which they differ is listed and not written: talk, put the level into one sheet, and read that one alone.
    Without options the rubrics are shown. The exit code of --from is 1 where an answer is disputed, unfinished or was set by hand before.
    """
    from course.desk.folder import open_desk

    if to and sheets:
        raise click.UsageError("Use --to to write a sheet or --from to read one, not both.")
    if (sample or markers) and not to:
        raise click.UsageError("--sample and --markers go with --to.")
    if again and not sheets:
        raise click.UsageError("--again goes with --from.")
    course = open_desk(root)
    name = course.lesson(lesson)
    if to:
        _give(course, name, to, sample, markers)
    elif sheets:
        _take(course, name, sheets, again)
    else:
        _show(course, name)


def _show(course: Desk, lesson: str) -> None:
    from course.desk.marking import open_rubrics

    for one in open_rubrics(course, lesson).values():
        click.echo(f"{one.grade_id} ({one.points:g} points)")
        for criterion in one.criteria:
            click.echo(f"  {criterion.name} (0 to {criterion.most})")
            for level, words in criterion.levels.items():
                click.echo(f"    {level}  {words}")


def _give(course: Desk, lesson: str, to: Path, sample: int | None, markers: str | None) -> None:
    from course.desk.folder import DeskError
    from course.desk.marking import sheet
    from course.files import write_whole

    names = [name.strip() for name in (markers or "").split(",") if name.strip()]
    if any(not name.replace("-", "").isalnum() for name in names) or len(set(names)) < len(names):
        raise click.UsageError("--markers takes different names of letters and digits, with commas between.")
    text = sheet(course, lesson, sample=sample)
    for path in [to.with_name(f"{to.stem}-{name}{to.suffix}") for name in names] or [to]:
        if path.exists():
            raise DeskError(f"{path} is there already, perhaps with marks in it. Move it, or name another file.")
        write_whole(path, text)
        click.echo(f"Written to {path}. Fill in the column level.")


def _take(course: Desk, lesson: str, sheets: Sequence[Path], again: bool) -> None:
    from course.desk.marking import enter_sheets

    found = enter_sheets(course, lesson, sheets, again=again)
    for one in found.agreed:
        kappa = "not defined" if one.kappa is None else f"{one.kappa:.2f}"
        click.echo(
            f"{one.grade_id}  {one.criterion}: {one.count} answers marked by all, the same level in {one.same:.0%}, weighted kappa {kappa}"
        )
    for (student, task), words in found.disputed.items():
        click.echo(f"to talk about: {student}, {task}. {'; '.join(words)}")
    for student, task in found.unfinished:
        click.echo(f"unfinished: {student}, {task}. A level is missing.")
    for student, task in found.kept:
        click.echo(f"kept: {student}, {task}. A person has set other points; --again replaces them.")
    click.echo(
        f"Written: {len(found.written)}. Not written: {len(found.disputed)} disputed, {len(found.unfinished)} unfinished, "
        f"{len(found.kept)} set by hand before."
    )
    raise SystemExit(1 if found.disputed or found.unfinished or found.kept else 0)
