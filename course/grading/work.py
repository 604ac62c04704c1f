"""What learners did in widgets, brought along when a notebook is graded: a notebook handed in alone keeps its marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

# `course.widgets` is imported where it is used: `course start` reads the settings too, and need not wait for it.


class KeepWork(NbGraderPreprocessor):
    """Moves the records of widgets from a notebook's outputs, which nbgrader clears next, to its metadata.

    Records of the folder beside the notebook fill in where an output carries none; what was saved in the notebook counts first.
    """

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        from course.widgets import kept

        beside = Path(resources.get("metadata", {}).get("path") or ".")
        records = {**dict(kept.records_beside(beside)), **dict(kept.records_in(nb))}
        nb.metadata.pop(kept.FOLDER, None)
        if records:
            nb.metadata[kept.FOLDER] = records
        return nb, resources


class LayOutWork(NbGraderPreprocessor):
    """Writes a notebook's records where nbgrader runs it, and nothing else stays there: the widgets find this learner's work."""

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        from course.widgets import kept

        folder = Path(resources.get("metadata", {}).get("path") or ".")
        kept.clear(folder)
        kept.lay_out(nb, folder)
        return nb, resources
