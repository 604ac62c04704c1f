"""The `course` command."""

from __future__ import annotations

from pathlib import Path

import click

FIRST = "00-start-here.ipynb"


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


if __name__ == "__main__":
    main(prog_name="course")
