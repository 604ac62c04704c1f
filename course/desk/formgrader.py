"""The mark scheme beside the answer, in nbgrader's formgrader and nowhere else: it is added while the page is made, and written to no file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, v4
from nbgrader.coursedir import CourseDirectory

from course.desk.rubrics import scheme
from course.grading.harmless import add_style


class ShowRubric(Preprocessor):
    """Puts each task's mark scheme under the student's answer, where the page is one of formgrader's, and makes it fit a phone."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The notebook with the schemes; as it is for a feedback page, or where the lesson's notebook is not found."""
        if "submission_id" not in resources:  # only formgrader names one
            return nb, resources
        schemes = self._schemes(resources)
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            # a task without a cell of its own for the answer still has its scheme
            if name in schemes and schemes[name] not in cell.source:
                cells.append(v4.new_markdown_cell(f"#### Mark scheme\n\n{schemes[name]}", id=f"scheme-{name}"))
        add_style(resources, "page")
        return NotebookNode(nb | {"cells": cells}), resources

    def _schemes(self, resources: Any) -> dict[str, str]:
        directory = CourseDirectory(config=self.config)
        if "root" not in self.config.CourseDirectory:
            graded = resources.get("metadata", {}).get("path", "")  # ROOT/autograded/STUDENT/LESSON
            directory.root = str(Path(graded).parents[2]) if len(Path(graded).parents) > 2 else directory.root
        folder = directory.format_path(directory.source_directory, ".", resources["assignment_id"])
        try:
            source = nbformat.read(Path(folder) / f"{resources['notebook_id']}.ipynb", as_version=4)
        except (OSError, ValueError):
            self.log.warning("The lesson's notebook was not found in %s: the page has no mark schemes.", folder)
            return {}
        found = {cell.metadata.get("nbgrader", {}).get("grade_id"): scheme(cell.source) for cell in source.cells}
        return {name: text for name, text in found.items() if name and text}
