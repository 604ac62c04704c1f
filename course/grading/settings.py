"""How this course uses nbgrader; nbgrader_config.py and `course start` both read it."""

from __future__ import annotations

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from traitlets.config import Config


def settings() -> Config:
    """The settings that the notebooks rely on, as nbgrader's own configuration."""
    c = Config()
    c.CourseDirectory.course_id = "counterclaim"
    # An answer cell keeps its `name = None` line above the solution: an empty answer must run, and be met by a kind message.
    c.ClearSolutions.code_stub = {"python": "# Your answer goes in the place of None."}
    c.ClearSolutions.text_stub = "Write your answer here."
    # Feedback pages show a task's messages, not the checks behind them. ClearHiddenTests takes out what release takes out.
    c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, CSSHTMLHeaderPreprocessor]
    # Only formgrader's pages get the mark schemes; by name, as it is loaded by nobody else.
    c.HTMLExporter.preprocessors = ["course.desk.formgrader.ShowRubric"]
    c.Execute.timeout = 60  # seconds a cell
    c.Execute.interrupt_on_timeout = True
    return c
