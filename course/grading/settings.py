"""How this course uses nbgrader; nbgrader_config.py and `course start` both read it."""

from __future__ import annotations

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import ClearHiddenTests, GetGrades
from traitlets.config import Config

from course.grading.own_article import HideOwnArticle


def settings() -> Config:
    """The settings that the notebooks rely on, as nbgrader's own configuration."""
    c = Config()
    c.CourseDirectory.course_id = "counterclaim"
    # An answer cell keeps its `name = None` line above the solution: an empty answer must run, and be met by a kind message.
    c.ClearSolutions.code_stub = {"python": "# Your answer goes in the place of None."}
    c.ClearSolutions.text_stub = "Write your answer here."
    # Feedback pages show a task's messages, not the checks behind them. ClearHiddenTests takes out what release takes out.
    # A learner's own article stays in the learner's notebook.
    c.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, HideOwnArticle, CSSHTMLHeaderPreprocessor]
    c.Execute.timeout = 60  # seconds a cell
    c.Execute.interrupt_on_timeout = True
    return c
