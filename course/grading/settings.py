"""How this course uses nbgrader; nbgrader_config.py and `course start` both read it."""

from __future__ import annotations

from typing import Any

from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets import HasTraits
from traitlets.config import Config

from course.grading.results import PAGE
from course.grading.work import KeepWork, LayOutWork


def settings() -> Config:
    """The settings that the notebooks rely on, as nbgrader's own configuration."""
    c = Config()
    c.CourseDirectory.course_id = "counterclaim"
    # An answer cell keeps its `name = None` line above the solution: an empty answer must run, and be met by a kind message.
    c.ClearSolutions.code_stub = {"python": "# Your answer goes in the place of None."}
    c.ClearSolutions.text_stub = "Write your answer here."
    # Feedback pages show a task's messages, not the checks behind them. ClearHiddenTests takes out what release takes out.
    # A learner's own article stays in the learner's notebook.
    c.GenerateFeedback.preprocessors = PAGE
    # What was marked by hand is graded although only the notebook was handed in. KeepWork comes before ClearOutput, LayOutWork
    # before Execute. The folder itself is nobody's to copy: an instructor's own would come over every student's.
    c.Autograde.sanitize_preprocessors = [KeepWork, *_default(Autograde, "sanitize_preprocessors")]
    c.Autograde.autograde_preprocessors = [LayOutWork, *_default(Autograde, "autograde_preprocessors")]
    c.CourseDirectory.ignore = [*_default(CourseDirectory, "ignore"), "counterclaim-work"]
    # What students wrote does not run on a page. Only formgrader's get the mark schemes. By name, as they are loaded by nobody else.
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "clean_html": "course.grading.harmless.clean",
        "markdown2html": "course.grading.harmless.markdown",
    }
    c.HTMLExporter.preprocessors = ["course.grading.harmless.Harmless", "course.desk.formgrader.ShowRubric"]
    c.Execute.timeout = 60  # seconds a cell
    c.Execute.interrupt_on_timeout = True
    return c


def _default(kind: type[HasTraits], name: str) -> list[Any]:
    """What nbgrader itself has for a setting that is a list."""
    trait = kind.class_traits()[name]
    return list(trait.default() or [])
