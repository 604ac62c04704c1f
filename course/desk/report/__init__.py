"""A class in one lesson, as one page for the instructor: gather what is known, reckon, draw, write."""

from course.desk.report.page import report

__all__ = ["report"]
