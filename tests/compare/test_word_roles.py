"""Words and their roles: each word once, the outer attribution before the inner one, by whatever reader."""

from __future__ import annotations

import pytest
from tools.agreement import first_pass, labels, second_pass

from course import agreement, attributions_in, load_case, load_world, word_roles
from course.claim import Attribution, Span
from course.corpus.passes import second_pass as corpus_pass

TEXT = "The agency writes that Kirby said no."


def nested() -> list[Attribution]:
    outer = Attribution((Span(0, 10),), (Span(11, 17),), (Span(18, 36),), "indirect")
    inner = Attribution((Span(23, 28),), (Span(29, 33),), (Span(34, 36),), "indirect")
    return [inner, outer]


def test_a_word_has_the_role_that_the_outer_attribution_gives_it() -> None:
    found = word_roles(TEXT, me=nested(), inner=nested()[:1], nobody=[])
    assert list(found["word"]) == ["The", "agency", "writes", "that", "Kirby", "said", "no"]
    assert list(found["me"]) == ["source", "source", "cue", "content", "content", "content", "content"]
    assert list(found["inner"]) == ["none"] * 4 + ["source", "cue", "content"]
    assert set(found["nobody"]) == {"none"}
    assert [TEXT[start:].startswith(word) for start, word in found[["start", "word"]].to_numpy()] == [True] * 7


def test_what_is_the_source_of_one_and_the_content_of_another_is_content() -> None:
    both = [{"source": [{"start": 0, "end": 10}], "cue": [], "content": []}]
    both += [{"source": [], "cue": [], "content": [{"start": 0, "end": 10}]}]
    assert list(word_roles(TEXT, me=both)["me"])[:3] == ["content", "content", "none"]
    assert word_roles(TEXT, me=both[::-1]).equals(word_roles(TEXT, me=both))


def test_the_roles_are_those_on_which_the_data_card_reports_agreement() -> None:
    world = load_world("flood")
    for id in ("flood-04", "flood-12", "flood-16"):
        text, spans, _ = second_pass(world.folder / "second" / f"{id}.txt")
        first, _ = first_pass(world.gold[id])
        for given, marked in ((world.gold[id], first), (corpus_pass(world.folder, id), spans)):
            assert list(word_roles(text, one=given)["one"]) == labels(text, marked)["attribution (all roles)"]


def test_an_annotation_by_hand_and_the_program_stand_side_by_side() -> None:
    case = load_case("bakhmut-2023")
    report = case.report("cnn")
    found = word_roles(report, hand=case.gold("cnn"), program=attributions_in(report.text))
    assert word_roles(report.text, hand=case.gold("cnn")["attributions"])["hand"].equals(found["hand"])
    assert found["hand"][1] == "cue" and found["word"][1] == "frames"
    assert 0 < agreement(found[["hand", "program"]]).observed < 1


@pytest.mark.parametrize("wrong", ["cue", 3, ["cue"], None])
def test_what_is_no_annotation_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="me should"):
        word_roles(TEXT, me=wrong)


def test_nothing_in_an_empty_text() -> None:
    assert word_roles("", me=[]).empty
