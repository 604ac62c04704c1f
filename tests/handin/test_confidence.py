"""How sure a learner was, kept over all lessons, and set beside the points that came back."""

from __future__ import annotations

import json
from pathlib import Path

import nbgrader
import pytest

from course import course_progress, hand_in, lint, my_answers, my_calibration, my_confidence, my_points
from course.files import WORK
from course.handin import answer, confidence
from course.widgets import kept

PAGE = (
    '<li><a href="#t{0}-1">Test cell</a> (Score: 2.5 / 3.0)</li><li><a href="#t{0}-2">Test cell</a> (Score: 2.0 / 2.0)</li>'
    '<li><a href="#t{0}-9">Written response</a> (Score: 7.0 / 8.0)</li><li><a href="#comment-t{0}-9">Comment</a></li>'
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kept_by(lesson: int, kind: str = "sure") -> Path:
    return Path(WORK) / f"{kind}-{lesson:02}.json"


def test_the_folder_is_that_of_the_widgets() -> None:
    assert kept.FOLDER == WORK == "counterclaim-work"


def test_handing_in_how_sure_keeps_it_and_nothing_else() -> None:
    hand_in("how sure", sure={"4.1": 90, "4.2": None, "4.3": 49, "4.4": "80", "4.5": True, "other": 70, "4.11": 50.5})
    assert json.loads(kept_by(4).read_text()) == {"lesson": 4, "sure": {"4.1": 90, "4.11": 50.5}}
    hand_in("4.1", sure={"4.1": 100})
    hand_in("how sure", sure={"4.1": None})
    assert my_confidence().to_dict("list") == {"lesson": [4, 4], "task": ["4.1", "4.11"], "sure": [90, 50.5]}


@pytest.mark.parametrize("odd", [None, 5, "sure", ["4.1"], {}, {"4.1": None}, {"x": 90}, {1: 90}])
def test_an_answer_that_says_nothing_is_not_kept_and_stops_nobody(odd: object) -> None:
    hand_in("how sure", sure=odd)
    assert not Path(WORK).exists()


def test_a_folder_that_cannot_be_written_stops_nobody(folder: Path) -> None:
    (folder / WORK).write_text("a file in the way")
    hand_in("how sure", sure={"4.1": 90})
    assert my_confidence().empty and (folder / WORK).read_text() == "a file in the way"


def test_lessons_in_folders_of_their_own_are_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in ((1, "01-one-claim"), (10, "10-your-article")):
        (folder / name).mkdir()
        monkeypatch.chdir(folder / name)
        hand_in("how sure", sure={f"{number}.2": 80})
    (folder / "02-broken" / WORK).mkdir(parents=True)
    (folder / "02-broken" / WORK / "sure-02.json").write_text('{"sure": [')
    (folder / "03-odd" / WORK).mkdir(parents=True)
    (folder / "03-odd" / WORK / "sure-03.json").write_text('{"sure": {"3.1": "90", "a": 60, "3.2": 1000}}')
    assert list(my_confidence()["task"]) == ["1.2", "10.2"]


def test_points_are_read_from_feedback_pages_and_typed_ones_go_before(folder: Path) -> None:
    (folder / "04-numbers.html").write_text(PAGE.format(4))
    (folder / "feedback" / "05-sums").mkdir(parents=True)
    (folder / "feedback" / "05-sums" / "05-sums.html").write_text(PAGE.format(5))
    (folder / "other.html").write_text("<p>Score: 3 / 3</p>")
    got = my_points({"4.1": "3/3", "6.1": (1, 2), "6.2": True, "6.3": None})
    assert got.set_index("task").T.to_dict("list") == {
        "4.1": [3, 3], "4.2": [2, 2], "4.9": [7, 8], "5.1": [2.5, 3], "5.2": [2, 2], "5.9": [7, 8], "6.1": [1, 2], "6.2": [1, 1],
    }  # fmt: skip


def test_the_pages_are_those_that_nbgrader_writes() -> None:
    template = Path(nbgrader.__file__).parent / "server_extensions/formgrader/templates/feedback/index.html.j2"
    text = template.read_text("utf-8")
    assert (
        '<li><a href="#{{ cell.metadata.nbgrader.grade_id }}">Test cell</a> (Score: {{ cell.metadata.nbgrader.score |'
        in text
    )


@pytest.mark.parametrize("odd", ["much", "3/2", "1/0", (1,), 5, "1/2/3", [None, 1], "-1/2"])
def test_points_that_cannot_be_are_named(odd: object) -> None:
    with pytest.raises(ValueError, match=r"^4\.1: "):
        my_points({"4.1": odd})


def test_right_means_all_points_unless_a_share_is_enough() -> None:
    hand_in("how sure", sure={"4.1": 90, "4.2": 80, "4.3": 70})
    points = {"4.1": "2.5/3", "4.2": "2/2", "4.9": "1/1"}
    assert my_answers(points)[["task", "right"]].to_dict("list") == {"task": ["4.1", "4.2"], "right": [False, True]}
    assert my_answers(points, enough=0.8)["right"].all()
    assert my_answers().empty and my_answers({}).empty
    for wrong in (0, 1.5, True, "half"):
        with pytest.raises(ValueError, match="share"):
            my_answers(points, enough=wrong)  # type: ignore[arg-type]


def test_with_too_few_answers_the_chart_says_kindly_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert my_calibration() is None and "Open a lesson that you did" in capsys.readouterr().out
    hand_in("how sure", sure={"4.1": 90, "4.2": 80})
    assert my_calibration() is None and "Type the points that you got back" in capsys.readouterr().out
    assert my_calibration({"4.1": "3/3"}) is None and "there are 1" in capsys.readouterr().out
    assert my_calibration({"4.1": "three"}) is None and '4.1: write the points as "2.5/3"' in capsys.readouterr().out
    assert my_calibration([1]) is None and "as a dict" in capsys.readouterr().out  # type: ignore[arg-type]


def test_with_enough_answers_it_is_an_honest_chart_of_them() -> None:
    for lesson in (1, 2):
        hand_in("how sure", sure={f"{lesson}.{task}": 50 + 5 * task for task in range(1, 7)})
    figure = my_calibration({f"{lesson}.{task}": task > 2 for lesson in (1, 2) for task in range(1, 7)})
    assert figure is not None and lint(figure) == []
    chart = hand_in("10.11", chart=figure).chart
    assert (
        chart["source"] == "my own answers in 2 lessons"
        and sum(row["count"] for row in chart["panels"][0]["table"]) == 12
    )


def test_the_line_over_all_lessons_counts_ready_tasks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course_progress()
    assert capsys.readouterr().out.startswith("No lesson has been noted yet.")
    for lesson, ready in ((4, [True, False]), (10, [True, True])):
        received = {f"{lesson}.{number}": one for number, one in enumerate(ready, start=1)} | {"how sure": True}
        monkeypatch.setattr(answer, "_received", received)
        answer.progress()
        assert json.loads(kept_by(lesson, "ready").read_text())["lesson"] == lesson
    capsys.readouterr()
    course_progress()
    assert capsys.readouterr().out == "Tasks ready, by lesson: 4: 1 of 2; 10: 2 of 2.\n"
    assert confidence.my_confidence().empty
