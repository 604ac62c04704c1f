"""The learner's folder: whatever happens, nothing that a learner wrote is lost."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from course.workspace import WorkspaceError, lay

FIRST, SECOND = "00-start-here.ipynb", "01-one-claim.ipynb"


def notebooks(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir()) if path.is_file()}


def test_new_folder_gets_every_notebook(tmp_path):
    laid = lay(tmp_path / "a" / "b", {FIRST: "one", SECOND: "two"})
    assert laid.new == [FIRST, SECOND] and not laid.replaced and not laid.beside
    assert notebooks(tmp_path / "a" / "b") == {FIRST: "one", SECOND: "two"}


def test_second_start_changes_nothing(tmp_path):
    lay(tmp_path, {FIRST: "one"})
    laid = lay(tmp_path, {FIRST: "one"})
    assert not (laid.new or laid.replaced or laid.beside)


def test_untouched_notebook_is_brought_up_to_date(tmp_path):
    lay(tmp_path, {FIRST: "one"})
    assert lay(tmp_path, {FIRST: "newer"}).replaced == [FIRST]
    assert notebooks(tmp_path) == {FIRST: "newer"}


def test_newer_release_lies_beside_the_learners_work_once(tmp_path):
    lay(tmp_path, {FIRST: "one"})
    (tmp_path / FIRST).write_text("my work")
    assert lay(tmp_path, {FIRST: "newer"}).beside == {FIRST: "00-start-here-newer.ipynb"}
    assert notebooks(tmp_path) == {FIRST: "my work", "00-start-here-newer.ipynb": "newer"}
    (tmp_path / "00-start-here-newer.ipynb").unlink()
    assert not lay(tmp_path, {FIRST: "newer"}).beside, "what the learner threw away came back"


def test_work_in_the_newer_one_is_kept_as_well(tmp_path):
    lay(tmp_path, {FIRST: "one"})
    (tmp_path / FIRST).write_text("my work")
    lay(tmp_path, {FIRST: "two"})
    lay(tmp_path, {FIRST: "three"})  # nobody touched the one beside: it is brought up to date
    assert notebooks(tmp_path) == {FIRST: "my work", "00-start-here-newer.ipynb": "three"}
    (tmp_path / "00-start-here-newer.ipynb").write_text("my other work")
    assert lay(tmp_path, {FIRST: "four"}).beside == {FIRST: "00-start-here-newer-2.ipynb"}
    assert notebooks(tmp_path)["00-start-here-newer.ipynb"] == "my other work"


def test_deleted_notebook_is_laid_anew(tmp_path):
    lay(tmp_path, {FIRST: "one"})
    (tmp_path / FIRST).unlink()
    assert lay(tmp_path, {FIRST: "one"}).new == [FIRST]


def test_files_that_were_there_before_stay(tmp_path):
    (tmp_path / FIRST).write_text("a stranger's")
    assert lay(tmp_path, {FIRST: "one"}).beside == {FIRST: "00-start-here-newer.ipynb"}
    assert notebooks(tmp_path)[FIRST] == "a stranger's"


def test_folder_with_a_notebooks_name_stays(tmp_path):
    (tmp_path / FIRST).mkdir()
    for _ in range(2):
        lay(tmp_path, {FIRST: "one"})
    assert (tmp_path / FIRST).is_dir() and notebooks(tmp_path) == {"00-start-here-newer.ipynb": "one"}


@pytest.mark.parametrize("record", ["", "[1, 2]", '{"00-start-here.ipynb": 3}', "\x00"])
def test_spoiled_record_costs_no_work(tmp_path, record):
    lay(tmp_path, {FIRST: "one"})
    (tmp_path / FIRST).write_text("my work")
    (tmp_path / ".counterclaim" / "released.json").write_text(record)
    lay(tmp_path, {FIRST: "newer"})
    assert notebooks(tmp_path) == {FIRST: "my work", "00-start-here-newer.ipynb": "newer"}


steps = st.lists(
    st.one_of(
        st.tuples(st.just("release"), st.sampled_from("abc")),
        st.tuples(
            st.just("write"), st.sampled_from([FIRST, "00-start-here-newer.ipynb", "00-start-here-newer-2.ipynb"])
        ),
        st.tuples(st.just("delete"), st.just(FIRST)),
    ),
    max_size=12,
)


@examples(120)
@given(steps)
def test_whatever_happens_no_work_is_lost(tmp_path_factory, steps):
    folder, written, number = tmp_path_factory.mktemp("learner"), {}, itertools.count()
    for act, what in steps:
        if act == "release":
            lay(folder, {FIRST: what})
            assert (folder / FIRST).exists()
            assert any(text == what for text in notebooks(folder).values()) or written, "the release came nowhere"
        elif act == "write":
            written[what] = f"work {next(number)}"
            (folder / what).write_text(written[what])
        else:
            (folder / what).unlink(missing_ok=True)
            written.pop(what, None)
    assert written.items() <= notebooks(folder).items()


@pytest.mark.parametrize("name", ["file", "file/below", "/proc/nowhere"])
def test_folder_that_cannot_be_is_said_in_one_line(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match=r"Name a folder") as caught:
        lay(tmp_path / name, {FIRST: "one"})
    assert "\n" not in str(caught.value) and str(tmp_path / name).split("/below")[0] in str(caught.value)
