"""The second annotation is of the same texts, and agrees well enough for the conventions to be taught."""

import pytest
from tools.agreement import agreement, labels, second_pass

from course.corpus.worlds import load_world, worlds

FILES = [(name, path) for name in worlds() for path in sorted((load_world(name).folder / "second").glob("*.txt"))]


def test_at_least_a_quarter_of_the_reports_of_each_world_is_annotated_twice():
    for name in worlds():
        assert len([1 for world, _ in FILES if world == name]) * 4 >= len(load_world(name).reports) - 2
    assert len(FILES) * 4 >= sum(len(load_world(name).reports) for name in worlds())


@pytest.mark.parametrize(("world", "path"), FILES, ids=[path.stem for _, path in FILES])
def test_the_second_annotation_is_of_the_same_text(world, path):
    text, spans, stances = second_pass(path)
    assert text == load_world(world).report(path.stem).text
    assert {f"a{tag[1:]}" for tag in spans if tag[0] == "t"} == set(stances)


def test_the_passes_agree_but_are_not_copies():
    alphas, sizes = agreement()
    assert sizes["found by both"] > 100
    for category, alpha in alphas.items():
        assert 0.8 < alpha < 1, f"{category}: {alpha:.3f}"


def test_a_word_takes_the_role_that_the_outermost_attribution_gives_it():
    text = "A says that B said no."
    found = labels(
        text, {"s1": [(0, 1)], "c1": [(2, 6)], "t1": [(7, 21)], "s2": [(12, 13)], "c2": [(14, 18)], "t2": [(19, 21)]}
    )
    assert found["attribution (all roles)"] == ["source", "cue", "content", "content", "content", "content"]
