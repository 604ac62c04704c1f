"""The `course` command."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from course.commands import desk, grading, report, research, rubric, scaffold

if TYPE_CHECKING:
    from course.claim import Claim
    from course.corpus import Report
    from course.formats import Format

# jsonschema would import it for a check that no schema here asks for, and its grammar takes more than a second to build.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

FIRST = "00-start-here.ipynb"
MOST_LISTED = 20  # files that could not be read, named on the terminal


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="counterclaim", prog_name="course")
def main() -> None:
    """Counterclaim: read war reporting with care. Extract claims, compare them, chart them."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default="workspace")
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to serve on. [default: the first free one from 8888]"
)
def start(folder: Path, no_browser: bool, port: int | None) -> None:
    """Lay the lessons in FOLDER (default: workspace) and open them in JupyterLab.

    Your own work in FOLDER is never overwritten: where a lesson has a newer release, it is laid beside yours.
    """
    from course.server import Server, ServerError, running, serve
    from course.workspace import WorkspaceError

    folder = folder.absolute()

    def tell(server: Server, ours: bool = True) -> None:
        click.echo(f"Counterclaim is open at {server.page(FIRST)}")
        if not no_browser and not server.open_page():
            click.echo("No browser could be opened here. Copy the address into one.")
        if ours:
            click.echo("Press Ctrl-C here to stop.")

    try:
        _lay_lessons(folder)
        if server := running(folder):
            tell(server, ours=False)
            return
        serve(folder, FIRST, port, tell)
    except (WorkspaceError, ServerError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"\nCounterclaim has stopped. Your work is in {folder}")


def _lay_lessons(folder: Path) -> None:
    from course.grading.release import lessons, release
    from course.workspace import WorkspaceError, lay

    notebooks = lessons()
    if not notebooks:
        raise WorkspaceError("The lessons are missing from this installation. Install the course again.")
    laid = lay(folder, {notebook.name: release(notebook) for notebook in notebooks})
    if laid.new:
        click.echo(f"Laid in {folder}: {', '.join(laid.new)}")
    if laid.replaced:
        click.echo(f"Brought up to date, as you had not changed them: {', '.join(laid.replaced)}")
    for name, beside in laid.beside.items():
        click.echo(f"{name} has a newer release. Your work stays as it is; the newer one is {beside}")


@main.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "jsonld"]),
    help="How to write the claims. [default: as the name after --to says, else table]",
)
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, and not to the terminal."
)
@click.option(
    "--workers", type=click.IntRange(1), help="For a FOLDER: how many processes read. [default: one for each core]"
)
@click.option("--scheduler", metavar="ADDRESS", help="For a FOLDER: read on the Dask cluster of this scheduler.")
def read(
    articles: tuple[str, ...], form: Format | None, to: Path | None, workers: int | None, scheduler: str | None
) -> None:
    """Show the claims in each ARTICLE: a .txt, .md or .html file, or - for standard input.

    Or, with one FOLDER in place of the articles and --to FILE.csv or FILE.parquet, write the claims of every article below
    it. Stop it with Ctrl-C: the same command goes on from there.

    The exit code is 0 where every article gave claims, 1 where one could not be read or has none, 2 for a wrong call. For a
    FOLDER it is 0 where the table was written; what could not be read is listed in FILE.left-out.csv.
    """
    from course.formats import SUFFIXES, write_claims

    if len(articles) == 1 and Path(articles[0]).is_dir() and to:
        if form not in (None, "csv") or (form and to.suffix.lower() != ".csv"):
            raise click.UsageError("The claims of a folder are written as the name after --to says: .csv or .parquet.")
        if to.suffix.lower() not in (".csv", ".parquet"):
            raise click.UsageError(f"The claims of a folder are written as .csv or .parquet; {to} is neither.")
        if workers and scheduler:
            raise click.UsageError("--workers is for this machine; a cluster has its own. Leave one of the two out.")
        sys.exit(_read_folder(Path(articles[0]), to, workers, scheduler))
    if workers or scheduler:
        raise click.UsageError("--workers and --scheduler are for one FOLDER, with --to claims.csv or claims.parquet.")
    if to and to.suffix.lower() == ".parquet":
        raise click.UsageError("Parquet is for the claims of a FOLDER. Name a .csv file after --to.")

    if len(articles) == 1 and Path(articles[0]).is_dir():
        click.echo(
            f"{articles[0]}: this is a folder. For the claims of all articles below it, add --to claims.csv", err=True
        )
        sys.exit(1)
    if form is None:
        form = "table" if to is None else SUFFIXES.get(to.suffix.lower())
    if form is None:
        raise click.UsageError(f"The name {to} does not tell the format. Add --format table, csv, json or jsonld.")
    if to and any(to.exists() and Path(article).exists() and to.samefile(article) for article in articles):
        raise click.UsageError(f"{to} is the article itself. Name another file after --to.")
    found = [pair for pair in map(_read, articles) if pair]
    if found:
        wide = shutil.get_terminal_size().columns
        colour = to is None and sys.stdout.isatty()
        text = write_claims(found, form, wide, colour)
        _write(text, to)
    sys.exit(0 if len(found) == len(articles) else 1)


def _read(article: str) -> tuple[Report, list[Claim]] | None:
    from course.corpus import ArticleError, read_article
    from course.extract import claims_in

    try:
        report = read_article(sys.stdin.buffer.read() if article == "-" else Path(article))
    except ArticleError as error:
        click.echo(str(error), err=True)
        return None
    if claims := claims_in(report):
        return report, claims
    name = "standard input" if article == "-" else article
    click.echo(f"{name}: no claims were found. Is it a report, in English, with its text complete?", err=True)
    return None


def _read_folder(folder: Path, to: Path, workers: int | None, scheduler: str | None) -> int:
    bar = None
    try:
        from course.batch import BatchError, read_folder  # this takes a second, in which somebody may press Ctrl-C
        from course.batch.bar import CorpusBar

        bar = CorpusBar()
        with bar:
            outcome = read_folder(folder, to, workers, scheduler, bar)
    except KeyboardInterrupt:
        if bar is None:
            click.echo("Stopped before anything was read.", err=True)
            return 130
        if bar.written:
            click.echo(f"{to} is written whole.", err=True)
            return 0
        click.echo(
            f"Stopped. {bar.done:,} of {bar.total:,} articles are kept: the same command goes on from there.", err=True
        )
        return 130
    except BatchError as error:
        click.echo(f"Error: {error}", err=True)
        return 1
    for path, problem in list(outcome.unread.items())[:MOST_LISTED]:
        click.echo(f"{path}: {problem}", err=True)
    if (more := len(outcome.unread) - MOST_LISTED) > 0:
        click.echo(f"and {more:,} more, all in {outcome.beside.name}", err=True)
    known = f" ({bar.known:,} of them by an earlier run)" if bar.known else ""
    unread, silent = len(outcome.unread), len(outcome.without_claims)
    lists = f" {outcome.beside.name} lists them." if unread or silent else ""
    click.echo(f"{outcome.total:,} articles{known}: {unread:,} could not be read, {silent:,} have no claims.{lists}")
    if not outcome.rows:
        click.echo(f"No claims were found, so that {to} was not written.", err=True)
        return 1
    click.echo(f"{outcome.rows:,} rows are written to {to}")
    return 0


def _write(text: str, to: Path | None) -> None:
    if to is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # an old terminal may lack a quotation mark; the claims matter more
            sys.stdout.reconfigure(errors="replace")
        click.echo(text, nl=False)
        return
    from course.files import write_whole

    try:
        write_whole(to, text)
        click.echo(f"Written to {to}")
    except OSError as error:
        raise click.ClickException(
            f"{to} cannot be written ({error.strerror}). Name another file after --to."
        ) from error


for command in (
    desk.collect,
    desk.doctor,
    desk.export,
    desk.release,
    desk.roster,
    grading.check,
    grading.feedback,
    grading.grade,
    report.report,
    research.export_annotations,
    rubric.rubric,
    scaffold.new_case,
    scaffold.new_lesson,
):
    main.add_command(command)


if __name__ == "__main__":
    main(prog_name="course")
