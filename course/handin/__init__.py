"""Answers cross a boundary here: they become plain data, are checked, scored and answered with kind, exact messages."""

from course.handin.alternative import check_text_alternative
from course.handin.answer import Answer, AnswerError, hand_in, progress
from course.handin.checks import (
    Misunderstanding,
    Outcome,
    Readings,
    check,
    check_chosen,
    check_each,
    expect,
    rule_out,
)
from course.handin.confidence import course_progress, my_answers, my_confidence, my_points
from course.handin.honest import expect_honest
from course.handin.lesson import start_lesson
from course.handin.own_calibration import my_calibration
from course.handin.plain import from_plain, to_plain
from course.handin.rewrite import check_rewrite
from course.handin.score import score

__all__ = [
    "Answer",
    "AnswerError",
    "Misunderstanding",
    "Outcome",
    "Readings",
    "check",
    "check_chosen",
    "check_each",
    "check_rewrite",
    "check_text_alternative",
    "course_progress",
    "expect",
    "expect_honest",
    "from_plain",
    "hand_in",
    "my_answers",
    "my_calibration",
    "my_confidence",
    "my_points",
    "progress",
    "rule_out",
    "score",
    "start_lesson",
    "to_plain",
]
