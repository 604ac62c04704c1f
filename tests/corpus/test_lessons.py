"""The material of a lesson: complete for both cases, with its references, and drawn the same for the same student."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from course import more_than, start_lesson
from course.corpus import ArticleError, cases, load_case, quantity_of
from course.corpus.lessons import LessonError, open_lesson

LESSONS = sorted(folder.name for folder in (Path(__file__).resolve().parents[2] / "data/lessons").iterdir())
CASES = ("bakhmut-2023", "flood")


@pytest.mark.parametrize("name", LESSONS)
def test_both_cases_have_the_same_tables_row_by_row(name: str) -> None:
    tables = [path.stem for path in (Path(__file__).resolve().parents[2] / "data/lessons" / name).glob("*.csv")]
    one, two = (open_lesson(name, case) for case in CASES)
    for table in set(tables) - {"reports"}:
        assert list(one.table(table).index) == list(two.table(table).index)
        assert not one.table(table)["text"].str.strip().eq("").any()


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_said_of_the_real_case_rests_on_a_row_or_a_digest(name: str) -> None:
    lesson, case = open_lesson(name, "bakhmut-2023"), load_case("bakhmut-2023")
    known = set(case.reports["id"]).union(*(load_case(other).claims["id"] for other in cases()))
    for path in (Path(__file__).resolve().parents[2] / "data/lessons" / name).glob("*.csv"):
        rows = pd.read_csv(path, keep_default_na=False)
        if "rests_on" not in rows:
            continue
        for _, row in rows.iterrows():
            if row.get("case", "flood") != "bakhmut-2023":
                assert row["rests_on"] == "fictional"
            elif row["rests_on"]:
                assert row["rests_on"] in known, row["text"]
            else:
                assert not any(sign in row["text"] for sign in "0123456789"), f"no source: {row['text']}"
    assert lesson.report.kind == "digest"
    assert open_lesson(name, "flood").report.kind == "practice"


def test_a_draw_depends_on_the_student_alone() -> None:
    drawn = {name: open_lesson("01-one-claim", "flood", name).draw("headlines").name for name in map(str, range(60))}
    assert len(set(drawn.values())) == 8
    assert open_lesson("01-one-claim", "bakhmut-2023", " 7 ").draw("headlines").name == drawn["7"]
    code = "from course.corpus.lessons import open_lesson; print(open_lesson('01-one-claim', 'flood', '7').draw('headlines').name)"
    again = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "5"}
    )
    assert int(again.stdout) == drawn["7"]


@pytest.mark.parametrize("case", CASES)
def test_a_table_of_a_lesson_is_read_as_claims(case: str) -> None:
    lesson = open_lesson("06-side-by-side", case)
    battle = lesson.claims("battle").set_index("id", drop=False)
    assert list(battle["id"]) == list("pqrst") and "text" not in battle
    assert quantity_of(battle.loc["s"]) == more_than(battle["lower"]["s"])
    assert quantity_of(battle.loc["q"]).approximate and not battle["approximate"]["r"]
    assert battle["date"].is_monotonic_increasing and battle["period_end"].notna().all()
    with pytest.raises(LessonError, match="pairs is no claims table: it has no column lower and no upper"):
        lesson.claims("pairs")


def test_a_listing_reads_as_text_and_as_markdown() -> None:
    listing = open_lesson("01-one-claim", "flood").listing("sentences")
    assert repr(listing).startswith("1. On 4 March") and repr(listing).count("\n") == 19
    assert "**20.** The losses are stunning." in listing._repr_markdown_()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: start_lesson("99-none", "flood"), "There are: 01-one-claim"),
        (lambda: start_lesson("01-one-claim", "Bakhmut"), "Choose one of: bakhmut-2023, flood"),
        (lambda: open_lesson("01-one-claim", "flood").table("nope"), "It has: headlines"),
        (lambda: open_lesson("01-one-claim", "flood").listing("to_take_apart", "z"), "has no z. It has: a, b, c, d, e"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(call: object, words: str) -> None:
    with pytest.raises(LessonError, match=words):
        call()  # type: ignore[operator]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", LESSONS)
def test_every_figure_leads_to_its_row_and_its_page(name: str, case: str) -> None:
    found = open_lesson(name, case).references()
    rows = pd.concat([load_case(other).claims for other in cases()]).set_index("id")
    assert len({one.name for one in found.items}) == len(found.items) > 0
    for one in found.items:
        if one.name in rows.index:
            assert one.link == (rows.url[one.name] or ""), one
            assert not one.link or f"]({one.link})" in found._repr_markdown_()
        assert case == "bakhmut-2023" or one.name not in rows.index, "The flood leads to a war"


def test_an_article_is_the_learners_own_or_a_practice_report_of_the_same_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("The mayor said so.")
    for case, world in (("bakhmut-2023", "border"), ("flood", "flood")):
        lesson = open_lesson("10-your-article", case, "anyone")
        drawn = lesson.article("  \n ")
        assert (drawn.kind, drawn.case) == ("practice", world) and drawn == lesson.article()
        assert lesson.article("\nThe mayor said so.\n").text == "The mayor said so."
        assert lesson.article(" mine.txt ").text == "The mayor said so."
        assert lesson.article("mine.txt").kind == "article"
        with pytest.raises(ArticleError, match=r"other\.txt: there is no such file"):
            lesson.article("other.txt")
