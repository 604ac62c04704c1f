"""Files, folders and cells that are not as they were released."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import nbformat
from hostile.corpus import NOTHING, hostile
from hostile.lesson import Notebook

NAME = "97-hostile.ipynb"


@hostile(state="invalid", reason="at most 30", earned=NOTHING)
def giant_file(book: Notebook) -> bytes:
    return book.bytes() + b" " * (31 << 20)


@hostile(state="invalid", reason="JSON", earned=NOTHING)
def no_json(book: Notebook) -> bytes:
    return b"PK\x03\x04\x00\xff\xfe" * 50


@hostile(state="invalid", reason="Cell 2 is no cell", earned=NOTHING)
def cells_that_are_none(book: Notebook) -> bytes:
    return b'{"cells": [{"source": []}, 2, null], "nbformat": 4}'


@hostile(state="invalid", reason="empty", earned=NOTHING)
def empty_file(book: Notebook) -> bytes:
    return b"\n"


@hostile(restored="old notebook format")
def old_format(book: Notebook) -> bytes:
    return nbformat.writes(nbformat.convert(nbformat.from_dict(book.whole), 3), version=3).encode()


@hostile()
def format_of_the_future(book: Notebook) -> Notebook:
    book.whole |= {"nbformat": 9, "nbformat_minor": 99, "news": {"a": []}}
    return book


@hostile(restored="not in UTF-8")
def not_utf8(book: Notebook) -> bytes:
    book.say("a3", "total = 42  # né à Genève")
    return json.dumps(book.whole, ensure_ascii=False).encode("latin-1")


@hostile(restored="UTF-16")
def utf16(book: Notebook) -> bytes:
    return json.dumps(book.whole).encode("utf-16")


@hostile()
def byte_order_mark(book: Notebook) -> bytes:
    return b"\xef\xbb\xbf" + book.bytes()


@hostile()
def other_kernel(book: Notebook) -> Notebook:
    book.whole["metadata"] = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}, "widgets": 5}
    return book


@hostile(restored="stood above its answer")
def reversed_cells(book: Notebook) -> Notebook:
    book.cells.reverse()
    return book


@hostile(restored="had been made a")
def retyped_cells(book: Notebook) -> Notebook:
    book.cell("t1")["cell_type"] = "markdown"
    book.cell("a1")["cell_type"] = "raw"
    book.cell("t2")["cell_type"] = 7
    return book


@hostile(restored="had lost its marks")
def renamed_cells(book: Notebook) -> Notebook:
    book.cell("a1")["metadata"]["nbgrader"]["grade_id"] = "mine"
    book.cell("t1")["metadata"]["nbgrader"]["grade_id"] = "t3"
    book.cell("t2")["metadata"]["nbgrader"]["grade_id"] = ["t2"]
    return book


@hostile(restored="had lost its marks")
def cells_without_marks(book: Notebook) -> Notebook:
    for cell in book.cells:
        cell["metadata"] = {}
        del cell["id"]
    return book


@hostile(earned={"t1": 0})
def more_points_in_the_marks(book: Notebook) -> Notebook:
    book.cell("t1")["metadata"]["nbgrader"] |= {"points": 300, "locked": False, "grade": True, "solution": True}
    return book.say("a1", "claimant = None")


@hostile(earned={"t3": 0}, restored="a3 was missing")
def deleted_answer_cell(book: Notebook) -> Notebook:
    book.cells.remove(book.cell("a3"))
    return book


@hostile()
def records_out_of_the_folder(book: Notebook) -> Notebook:
    """Widgets' records with other places for names, and with what cannot be written."""
    kind = "application/vnd.counterclaim.work+json"
    names = ("../../note", "/etc/note", "a" * 300, "half")
    records = [{"name": name, "state": {"x": "\ud800"}} for name in names]
    outputs = [{"output_type": "display_data", "data": {kind: record}, "metadata": {}} for record in records]
    book.cell("set-up")["outputs"] = [*outputs, {"data": {kind: 5}}, 5]
    return book


def _nothing(folder: Path, data: bytes) -> None:
    (folder / "essay.txt").write_text("my homework")


@hostile(state="not submitted", lay=_nothing)
def missing_notebook(book: Notebook) -> Notebook:
    return book


def _named(*names: str):
    def lay(folder: Path, data: bytes) -> None:
        for name in names:
            (folder / name).write_bytes(data)

    return lay


@hostile(lay=_named("final (2).ipynb"), restored="final (2).ipynb")
def wrong_name(book: Notebook) -> Notebook:
    return book


@hostile(state="not submitted", lay=_named("a.ipynb", "b.ipynb"))
def two_wrong_names(book: Notebook) -> Notebook:
    return book


def _link(folder: Path, data: bytes) -> None:
    (folder / NAME).symlink_to(folder.parent.parent / "honest" / "97-hostile" / NAME)


@hostile(state="not submitted", lay=_link)
def link_to_another(book: Notebook) -> Notebook:
    return book


def _pipe(folder: Path, data: bytes) -> None:
    os.mkfifo(folder / NAME)


@hostile(state="not submitted", lay=_pipe)
def pipe(book: Notebook) -> Notebook:
    return book


def _beside(folder: Path, data: bytes) -> None:
    """Beside a good notebook: an archive with paths out of the folder, a date that is none, and a module with a known name."""
    (folder / NAME).write_bytes(data)
    with zipfile.ZipFile(folder / "homework.zip", "w") as archive:
        archive.writestr("../../honest/97-hostile/97-hostile.ipynb", "gone")
    (folder / "timestamp.txt").write_text("99999999999999999999999")
    (folder / "json.py").write_text("raise SystemExit")
    (folder / "sitecustomize.py").write_text("raise SystemExit")


@hostile(lay=_beside)
def other_files_beside_it(book: Notebook) -> Notebook:
    return book


def _endless_date(folder: Path, data: bytes) -> None:
    (folder / NAME).write_bytes(data)
    (folder / "timestamp.txt").symlink_to("/dev/zero")


@hostile(lay=_endless_date)
def date_without_end(book: Notebook) -> Notebook:
    return book


@hostile(student="[o'brien]; DROP TABLE grade; -- {}")
def name_that_is_a_command(book: Notebook) -> Notebook:
    return book
