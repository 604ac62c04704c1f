"""The instructor's notebooks as learners get them: solutions, hidden tests and mark schemes taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells

from course.grading.settings import settings

_PACKAGE = Path(__file__).resolve().parents[1]


def notebooks_folder() -> Path:
    """The folder with one folder a lesson: the one in the installed package, else the one in the checkout."""
    inside = _PACKAGE / "_notebooks"
    return inside if inside.is_dir() else _PACKAGE.parent / "notebooks"


def lessons(folder: Path | None = None) -> list[Path]:
    """The instructor's notebooks in the order of the course, `NN-name/NN-name.ipynb` each."""
    folder = folder or notebooks_folder()
    return sorted(path for path in folder.glob("[0-9][0-9]-*/*.ipynb") if path.stem == path.parent.name)


def release(notebook: Path, resources: dict[str, Any] | None = None) -> str:
    """The notebook at `notebook` as learners get it, as JSON text; the file itself stays as it is.

    The steps and their order are those of `nbgrader generate_assignment`, with this course's settings, but for the
    one that writes to a gradebook: a learner has none.

    Args:
        notebook: the instructor's notebook.
        resources: nbgrader's, which name a gradebook: then the lesson is entered there.
    """
    config = settings()
    config.Exporter.default_preprocessors = []
    exporter = NotebookExporter(config=config)
    for step in GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).preprocessors:
        if step is not SaveCells or resources:
            exporter.register_preprocessor(step, enabled=True)
    text, _ = exporter.from_filename(str(notebook), resources=resources)
    return str(text)
