"""How this course uses nbgrader; nbgrader_config.py and `course start` both read it."""

from __future__ import annotations

from traitlets.config import Config


def settings() -> Config:
    """The settings that the notebooks rely on, as nbgrader's own configuration."""
    c = Config()
    c.CourseDirectory.course_id = "counterclaim"
    # An answer cell keeps its `name = None` line above the solution: an empty answer must run, and be met by a kind message.
    c.ClearSolutions.code_stub = {"python": "# Write your answer here."}
    c.ClearSolutions.text_stub = "Write your answer here."
    c.Execute.timeout = 60  # seconds a cell
    c.Execute.interrupt_on_timeout = True
    return c
