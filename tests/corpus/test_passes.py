"""The second pass over a report: spans of its own text, and only where there is one."""

from __future__ import annotations

import pytest

from course.corpus import load_case, load_world
from course.corpus.lessons import open_lesson
from course.corpus.passes import second_pass


@pytest.mark.parametrize(("record", "id"), [(load_case("bakhmut-2023"), "cnn"), (load_world("flood"), "flood-12")])
def test_the_second_pass_counts_in_the_text_of_the_report(record, id) -> None:
    text, found = record.report(id).text, second_pass(record.folder, id)
    assert found["report"] == id and len(found["attributions"]) > 5
    for one in found["attributions"]:
        assert one["content"] and (one["cue"] or one["source"])
        for role in ("source", "cue", "content"):
            assert all(text[span["start"] : span["end"]] == span["text"] for span in one[role])


def test_a_report_that_was_marked_once_is_named_with_those_that_were_marked_twice() -> None:
    with pytest.raises(KeyError, match=r"marked once only.*cnn"):
        second_pass(load_case("bakhmut-2023").folder, "wion")


def test_a_lesson_gives_both_annotations_of_its_report() -> None:
    for case, record in (("bakhmut-2023", load_case("bakhmut-2023")), ("flood", load_world("flood"))):
        lesson = open_lesson("09-agree", case)
        name = lesson.report.id
        assert lesson.gold == (record.gold(name) if case != "flood" else record.gold[name])
        assert lesson.second == second_pass(record.folder, name)
        assert lesson.second["attributions"] != lesson.gold["attributions"]
