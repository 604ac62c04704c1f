"""The instructor's report: right in its figures, silent about names, and a page that everybody can read."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import correlation
from typing import Any

import nbformat
import pytest
from conftest import ROOT, missing
from nbgrader.apps.api import NbGraderAPI
from tools.simulated import lay, submissions

from course.chart import lint
from course.desk.folder import open_desk
from course.desk.pseudonyms import Veil, pseudonyms
from course.desk.report.gather import Class, answered, gather
from course.desk.report.items import items, known_messages, messages
from course.desk.report.literals import literals
from course.desk.report.page import render
from course.desk.report.pictures import BANDS, band, pictures
from course.desk.report.readers import alike, choices, confidence, labelled
from course.desk.report.times import grading_seconds, working_minutes
from course.desk.roster import Student
from course.grading.release import release

LESSON = "01-one-claim"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A class of 24 simulated students, graded by `course grade`."""
    if not shutil.which("bwrap"):
        missing("bubblewrap")
    root = tmp_path_factory.mktemp("report")
    notebook = root / "notebooks" / LESSON / f"{LESSON}.ipynb"
    notebook.parent.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / LESSON / notebook.name, notebook)
    (root / "nbgrader_config.py").write_text(f"load_subconfig({str(ROOT / 'nbgrader_config.py')!r})\n")
    lay(root, LESSON, submissions(LESSON, nbformat.read(notebook, as_version=4), release(notebook)))
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", "grade", LESSON], cwd=root, capture_output=True, text=True, timeout=500,
        env={**__import__("os").environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr  # one file is torn
    (root / "roster.csv").write_text("id,first_name,last_name\nstudent00,Maren,Okafor\nabsent,Tove,Lindqvist\n")
    return open_desk(root)


@pytest.fixture(scope="module")
def group(course: Any) -> Class:
    return gather(course, LESSON)


def test_everybody_is_there_with_a_state(group: Class) -> None:
    states = [work.state for work in group.works]
    assert len(states) == 25 and states.count("graded") == 23
    assert states.count("invalid") == 1 and states.count("not submitted") == 1


def test_facility_and_discrimination_are_those_of_the_points(group: Class) -> None:
    found = {item.task.number: item for item in items(group)}
    item = found["1.2"]
    shares = [work.points["t1-2"] / 4 for work in group.counted]
    assert item.facility == pytest.approx(sum(shares) / len(shares))
    machine = [task.grade_id for task in group.tasks if not task.by_hand and task.grade_id != "t1-2"]
    rest = [sum(work.points[name] for name in machine) for work in group.counted]
    assert item.discrimination == pytest.approx(correlation(shares, rest))
    assert item.low < item.discrimination < item.high
    assert item.full + item.part + item.none + item.empty == len(group.counted)
    assert found["1.8"].facility is None, "An essay that nobody marked has no facility"


def test_misunderstandings_are_counted_once_a_student(group: Class) -> None:
    told = {one.task.number: one for one in messages(group)}
    wrong = [work for work in group.counted if 'kinds = {"A": "event"' in work.cells["a1-2"]]
    message = "That somebody spoke is the outer claim. What does the inner one say?"
    found = next(one for one in told["1.2"].found if one.message == message)
    assert found.count == len(wrong) > 0 and ("H", len(wrong)) in found.at


def test_what_a_check_says_is_read_from_it() -> None:
    source = 'answer = hand_in("1.1", a=a)\nassert answer.a, "There is no answer yet. Write a in the place of None."\n'
    source += 'score(2, check(answer.a, 1, {2: "Two is one too many.", 3: f"{name} is not a number."}))'
    assert known_messages(source) == ["Two is one too many.", "is not a number."]


def test_confidence_is_read_and_not_run(group: Class) -> None:
    sure = confidence(group)
    assert sure.students == 22 and len(sure.sure) == 22 * 8 and min(sure.sure) >= 50
    assert 0 < sum(sure.right) < len(sure.right)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('a = None\na = {"x": 1}', {"a": {"x": 1}}),
        ("a, b = 1, [2]", {"a": 1, "b": [2]}),
        ('a = dict.fromkeys(["x"])\na.update({"x": 5})\na["y"] = 6', {"a": {"x": 5, "y": 6}}),
        ('a = 1\nfor a in b: pass\nc = "kept"', {"c": "kept"}),
        ("a = __import__('os').getcwd()", {}),
        ('case = "flood"\nlesson = start(case)', {"case": "flood"}),
        ("a = [1]\nchange(a)", {}),
        ("a = range(10**12)", {}),
        ("a = (", {}),
    ],
)
def test_only_what_stands_there_is_taken(source: str, wanted: dict[str, Any]) -> None:
    assert literals(source) == wanted


def test_the_class_is_a_group_of_annotators(group: Class) -> None:
    found = {one.task.number: one for one in labelled(group)}
    assert {"1.1", "1.2", "1.7"} <= set(found)
    alphas = [one.agreement.alpha for one in labelled(group)]
    assert alphas == sorted(alphas)
    first = found["1.1"].disputed[0]
    assert first.alike < 1 and first.item in ("2", "10") and len(first.text) > 10 and first.case == "bakhmut-2023"
    assert list(choices(group.task("1.1"))["claims"]) == list(range(1, 21))


def test_the_copied_essay_is_on_the_list_to_look_at(group: Class) -> None:
    names = {work.student.id: work.name for work in group.works}
    copied = {names["copy-1"], names["copy-2"]}
    found = alike(group)
    assert any({one.one, one.two} == copied and one.share > 0.9 for one in found)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


def test_what_all_share_makes_nobody_alike(group: Class) -> None:
    task = group.task("1.8")
    for work in group.counted:
        work.cells["kept"] = work.cells["t1-8"]
        work.cells["t1-8"] = task.cell.source
    try:
        assert not [pair for pair in alike(group) if pair.task is task]
    finally:
        for work in group.counted:
            work.cells["t1-8"] = work.cells.pop("kept")


def test_times_are_told_with_what_they_are(group: Class) -> None:
    assert grading_seconds(group).count == 23
    found = working_minutes(group)
    assert 60 < found[""].middle < 130 and "t1-1" in found


def test_an_untouched_answer_is_none(group: Class) -> None:
    empty = next(work for work in group.works if work.student.id == "empty")
    assert {answered(empty, task) for task in group.tasks} == {"no"}


def test_bands_hold_every_share() -> None:
    assert [band(share) for share in (0, 0.29, 0.3, 0.899, 0.9, 1)] == [BANDS[-1]] * 2 + [BANDS[6], BANDS[1]] + [
        BANDS[0]
    ] * 2


def test_the_charts_pass_the_courses_own_linter(group: Class) -> None:
    drawn = pictures(group, items(group), messages(group), confidence(group), labelled(group))
    assert set(drawn) == {"points", "tasks", "messages", "confidence", "labels"}
    assert not {name: found for name, figure in drawn.items() if (found := lint(figure))}


def test_no_name_stands_in_the_page_unless_asked_for(course: Any, group: Class) -> None:
    page = render(group)
    assert not [
        word for word in ("student0", "student1", "copy-1", "Maren", "Okafor", "Lindqvist", "torn") if word in page
    ]
    assert not re.search(r"""(src|href)=["'](?!data:|#)""", page), "The page needs another file"
    assert "Tove Lindqvist" in render(gather(course, LESSON, names=True))


def test_pseudonyms_stay_and_differ_by_folder(course: Any, tmp_path: Path) -> None:
    first = pseudonyms(course, ["ann", "bob"])
    assert first == pseudonyms(course, ["ann", "bob"]) and len(set(first.values())) == 2
    (tmp_path / "nbgrader_config.py").write_bytes((course.root / "nbgrader_config.py").read_bytes())
    assert pseudonyms(open_desk(tmp_path), ["ann"])["ann"] != first["ann"]
    key = course.root / ".counterclaim" / "pseudonyms.key"
    assert key.stat().st_mode & 0o077 == 0


def test_the_veil_takes_whole_names_only() -> None:
    veil = Veil([Student("ann", "Ann", "Lee")], {"ann": "s-1"})
    assert veil("Ann Lee says: annual plan, by ANN.") == "s-1 says: annual plan, by s-1."


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_desktop_and_phone_width(group: Class, chromium: Any, tmp_path: Path, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    (tmp_path / "report.html").write_text(render(group), encoding="utf-8")
    context = chromium.new_context(color_scheme=theme)
    context.route("http*://**", lambda route: route.abort())
    page = context.new_page()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((tmp_path / "report.html").as_uri())
        response = axe.Axe().run(page).response
        found = [f"{one['id']}: {node['html'][:160]}" for one in response["violations"] for node in one["nodes"]]
        assert len(response["passes"]) > 20 and not found, "\n".join(found[:8])
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    context.close()


def test_a_class_of_stock_nbgrader_has_its_report_too(run: Any, folder: Path) -> None:
    lesson = "98-scratch"
    run("release", "98")
    text = (folder / "release" / lesson / f"{lesson}.ipynb").read_text("utf-8")
    course = open_desk(folder)
    for student, answer in (
        ("ann", "claimant = 'the paper'"),
        ("bob", "claimant = 'the river authority'"),
        ("cem", ""),
    ):
        notebook = nbformat.reads(text, as_version=4)
        for cell in notebook.cells:
            if answer and cell.metadata.get("nbgrader", {}).get("grade_id") == "answer-1":
                cell.source = answer
        lay(folder, lesson, {student: nbformat.writes(notebook)})
        assert NbGraderAPI(course.directory, config=course.app.config).autograde(lesson, student)["success"]
    assert "Written to" in run("report", "98").stdout
    group = gather(course, lesson)
    assert [work.state for work in group.works] == ["graded"] * 3
    found = messages(group)[0]
    assert [(one.message, one.count) for one in found.found] == [("The paper carries the claim. Who makes it?", 1)]
    assert items(group)[0].empty == 1 and grading_seconds(group) is None
    assert "Stock nbgrader keeps no grading times" in (folder / f"report-{lesson}.html").read_text("utf-8")


def test_a_report_on_nothing_says_what_to_do(run: Any, folder: Path) -> None:
    assert "Nothing is graded yet for 98-scratch. Run: course grade 98-scratch" in run("report", "98", code=1).stderr
