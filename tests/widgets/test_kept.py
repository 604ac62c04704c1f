"""Nothing is lost: work is found again by task and text, beside the notebook or in it, and a broken file is set aside."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter

from course.widgets import chain_builder, hedge_slider, marker
from course.widgets.kept import FOLDER, MIME, clear, lay_out, records_beside, records_in

SENTENCE = "John Kirby estimated that Russia had suffered more than 100,000 casualties since December."
MARKED = {"source": [[0, 10]], "cue": [[11, 20]], "content": []}


def files(folder):
    return sorted(path.name for path in (folder / FOLDER).glob("*"))


def test_marks_are_found_again_by_a_new_kernel(own_folder):
    marker(SENTENCE, "1.3").state = MARKED
    again = marker(SENTENCE, "1.3")
    assert again.value == MARKED
    assert "Found again" in again.kept
    assert [name.split("-")[:2] for name in files(own_folder)] == [["1.3", "marker"]]


def test_nothing_is_written_before_something_is_done(own_folder):
    marker(SENTENCE, "1.3").plain()
    assert not (own_folder / FOLDER).exists()


def test_another_text_another_task_and_another_widget_keep_their_own():
    marker(SENTENCE, "1.3").state = MARKED
    assert marker(SENTENCE.replace("Kirby", "Doe"), "1.3").value["source"] == []
    assert marker(SENTENCE, "1.4").value["source"] == []
    chain_builder(["a", "b"], "1.3").state = {"order": ["b"]}
    assert chain_builder(["b", "a"], "1.3").value == ["b"]
    assert marker(SENTENCE, "1.3").value == MARKED


@pytest.mark.parametrize("content", ["", "{", "[]", '{"state": 7}', "\x00"])
def test_a_file_that_cannot_be_read_is_set_aside(own_folder, content):
    marker(SENTENCE, "1.3").state = MARKED
    path = own_folder / FOLDER / files(own_folder)[0]
    path.write_text(content)
    assert marker(SENTENCE, "1.3").value["source"] == []
    assert files(own_folder) == [f"{path.name}.unreadable-1"]
    assert (own_folder / FOLDER / f"{path.name}.unreadable-1").read_text() == content


def test_a_file_with_impossible_marks_gives_the_possible_ones(own_folder):
    marker(SENTENCE, "1.3").state = MARKED
    path = own_folder / FOLDER / files(own_folder)[0]
    record = json.loads(path.read_text())
    record["state"]["source"] = [[0, 4], [5, 5000], "x", [9, 3]]
    path.write_text(json.dumps(record))
    assert marker(SENTENCE, "1.3").value["source"] == [[0, 4]]


def test_a_folder_that_cannot_be_written_is_said(own_folder):
    (own_folder / FOLDER).write_text("a file stands in the way")
    made = marker(SENTENCE, "1.3")
    made.state = MARKED
    assert "kept in the notebook only" in made.kept
    assert made.value == MARKED


def test_names_stay_in_the_folder(own_folder):
    marker(SENTENCE, "../../etc/passwd").state = MARKED
    assert [path.parent.name for path in own_folder.rglob("*.json")] == [FOLDER]
    evil = {
        "cells": [
            {"outputs": [{"data": {MIME: {"name": name, "state": {}}}}]} for name in ("../x", "/x", "a/b", ".x", 7, "")
        ]
    }
    assert lay_out(evil, own_folder / "graded") == []


@pytest.fixture(scope="module")
def executed(tmp_path_factory, quick_kernels):
    """A notebook that ran with two widgets in it, of which one was used."""
    place = tmp_path_factory.mktemp("notebook")
    cells = [
        f'from course.widgets import marker, hedge_slider\nm = marker({SENTENCE!r}, "1.3")\nm.state = {MARKED}\nm',
        "hedge_slider(20_000, '4.1')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(place)}}).execute()
    return notebook


@pytest.mark.filterwarnings("error")
def test_a_page_without_a_kernel_shows_words(executed):
    html = HTMLExporter(embed_images=False).from_notebook_node(executed)[0]
    for words in ("[John Kirby]", "Marked as source: John Kirby", "means exactly 20,000", "To go on, run this cell"):
        assert words in html, words
    markdown = MarkdownExporter().from_notebook_node(executed)[0]
    assert "Marked as source: John Kirby" in markdown or "John Kirby]" in markdown


def test_a_notebook_carries_its_work_to_another_machine(executed, own_folder):
    assert [record["task"] for _, record in records_in(executed)] == ["1.3", "4.1"]
    written = lay_out(executed, own_folder)
    assert len(written) == 2 and lay_out(executed, own_folder) == [], "what is there stays as it is"
    assert marker(SENTENCE, "1.3").value == MARKED


def test_the_running_notebook_is_a_second_place(executed, own_folder, monkeypatch):
    nbformat.write(executed, own_folder / "lesson.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(own_folder / "lesson.ipynb"))
    assert marker(SENTENCE, "1.3").value == MARKED
    assert hedge_slider(20_000, "4.1").value.value == 20_000
    (own_folder / "lesson.ipynb").write_text("{broken")
    assert marker(SENTENCE, "1.3").value["source"] == []


def test_the_notebook_of_another_folder_is_no_place(executed, own_folder, monkeypatch):
    """A grader that was started from a notebook hands the name of that notebook on."""
    (own_folder / "elsewhere").mkdir()
    nbformat.write(executed, own_folder / "elsewhere" / "lesson.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(own_folder / "elsewhere" / "lesson.ipynb"))
    assert marker(SENTENCE, "1.3").value["source"] == []


def test_records_beside_are_read_and_cleared(own_folder):
    marker(SENTENCE, "1.3").state = MARKED
    (own_folder / FOLDER / "broken.json").write_text("{")
    assert [record["state"] for _, record in records_beside(own_folder)] == [MARKED]
    clear(own_folder)
    assert files(own_folder) == [] and list(records_beside(own_folder / "nowhere")) == []
