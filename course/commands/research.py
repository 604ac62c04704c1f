"""`course export-annotations`: a class's labels, for research."""

from __future__ import annotations

from pathlib import Path

import click

from course.commands.desk import desk


@click.command("export-annotations")
@click.argument("lesson")
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Write to this file: .jsonld for W3C Web Annotations, .csv for a table.",
)
@desk
def export_annotations(lesson: str, to: Path, root: Path | None) -> None:
    """Write the labels that a class gave in LESSON, of students who said yes to research, under pseudonyms made for this export.

    Consent stands in the column consent of roster.csv: yes or no; an empty cell is a no.
    """
    from course.desk.folder import DeskError, open_desk
    from course.desk.research import as_table, as_web_annotations, class_labels
    from course.files import write_whole

    forms = {".csv": as_table, ".jsonld": as_web_annotations, ".json": as_web_annotations}
    if to.suffix.lower() not in forms:
        raise click.UsageError(f"The name {to} does not tell the form. End it with .jsonld or .csv.")
    course = open_desk(root)
    found = class_labels(course, course.lesson(lesson))
    try:
        write_whole(to, forms[to.suffix.lower()](found))
    except OSError as error:
        raise DeskError(f"{to} cannot be written ({error.strerror}). Name another file after --to.") from error
    click.echo(
        f"{len(found.labels)} labels by {found.annotators} of {found.students} students, data package {found.version}: written to {to}"
    )
