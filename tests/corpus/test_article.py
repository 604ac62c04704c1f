"""Reading the learner's own article."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.corpus import ArticleError, read_article

TEXT = "The river authority said on Monday that 300 houses were flooded.\n\nThe mayor denied it."
PAGE = """<!DOCTYPE html>
<html><head><title>Flood: 300 houses | The Lantern</title>
<meta property="og:title" content="Flood: 300 houses">
<meta property="og:site_name" content="The Lantern">
<meta property="article:published_time" content="2021-04-02T08:00:00Z">
<link rel="canonical" href="https://lantern.example/flood">
<script src="https://tracker.example/x.js"></script></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Flood: 300 houses</h1>
<p>The river authority said on Monday that 300 houses had been flooded in the lower town, and that the water was still rising there.</p>
<p>“We count every house,” said its director, “and we will go on counting.” The mayor denied that there had been more than 50.</p>
<img src="https://pictures.example/flood.jpg">
<p>The monitoring group could not verify either of the two figures, it said in a statement on the day after the flood had come.</p></article>
<footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("reading an article must not touch the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def _file(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def test_text_itself_is_an_article() -> None:
    report = read_article(TEXT)
    assert (report.text, report.kind, report.title, report.outlet, report.date) == (TEXT, "article", "", "", None)
    assert read_article("Ten houses fell, the mayor said.").text == "Ten houses fell, the mayor said."
    assert read_article(TEXT.encode()).text == TEXT


def test_text_file_keeps_its_text(tmp_path: Path) -> None:
    path = _file(tmp_path, "flood.txt", TEXT.replace("\n", "\r\n"))
    assert read_article(path) == read_article(str(path))
    assert read_article(path).text == TEXT
    assert read_article(path).id == "flood"


def test_text_says_outlet_and_date_in_its_first_lines(tmp_path: Path) -> None:
    head = "Title: Flood\nOutlet: The Lantern\nDate: 2 April 2021\nLink: https://lantern.example/flood\n\n"
    report = read_article(_file(tmp_path, "a.txt", head + TEXT))
    assert (report.title, report.outlet, report.date) == ("Flood", "The Lantern", dt.date(2021, 4, 2))
    assert report.url == "https://lantern.example/flood"
    assert report.text == TEXT


def test_dateline_names_the_agency() -> None:
    assert read_article(f"SELMARK, April 2 (Norwire) - {TEXT}").outlet == "Norwire"
    assert read_article(f"The town (Selmark) - {TEXT}").text.startswith("The town")


def test_nothing_is_guessed_from_the_prose() -> None:
    report = read_article("On 3 May 2021 The Lantern wrote: the bridge fell.\nSource: unknown is not a head line here.")
    assert (report.title, report.outlet, report.date) == ("", "", None)


def test_markdown_heading_is_the_title(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "a.md", "# Flood *news*\n\nThe [mayor](https://x.example) said **300**.\n\n> “We count.”\n\n- one\n"
    )
    report = read_article(path)
    assert report.title == "Flood news"
    assert report.text == "The mayor said 300.\n\n“We count.”\n\none"


def test_markdown_front_matter_is_the_head(tmp_path: Path) -> None:
    head = '---\ntitle: "Flood: 300"\noutlet: The Lantern\ndate: 2021-04-02\n---\n'
    report = read_article(_file(tmp_path, "a.md", f"{head}\n# Another heading\n\n{TEXT}"))
    assert (report.title, report.outlet, report.date) == ("Flood: 300", "The Lantern", dt.date(2021, 4, 2))
    assert report.text == f"Another heading\n\n{TEXT}"


def test_broken_front_matter_is_kept_as_text(tmp_path: Path) -> None:
    report = read_article(_file(tmp_path, "a.txt", f"---\n: [\n---\n{TEXT}"))
    assert TEXT in report.text and ": [" in report.text
    assert "2021-02-30" in read_article(_file(tmp_path, "b.txt", f"---\ndate: 2021-02-30\n---\n{TEXT}")).text


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt", "page"])
def test_html_gives_article_and_head(tmp_path: Path, name: str) -> None:
    report = read_article(_file(tmp_path, name, PAGE))
    assert (report.title, report.outlet, report.date) == ("Flood: 300 houses", "The Lantern", dt.date(2021, 4, 2))
    assert report.url == "https://lantern.example/flood"
    assert "“We count every house,” said its director" in report.text
    assert "verify either" in report.text
    assert report.text.startswith("The river authority said") and report.text.count("\n\n") == 2
    for boiler in ("Sport", "newsletter", "tracker", "<p>"):
        assert boiler not in report.text


def test_a_piece_of_a_page_is_read_as_its_text() -> None:
    piece = '<div class="x"><p>The mayor <b>said</b> so.</p><script>track()</script><p>Nobody<br>asked &amp; nobody told.<!-- ad --></p></div>'
    assert read_article(piece).text == "The mayor said so.\n\nNobody\n\nasked & nobody told."
    assert read_article("<3 is a heart, said the mayor.").text == "<3 is a heart, said the mayor."
    assert read_article("<p></p>x").text == "x"
    with pytest.raises(ArticleError, match="no article below it"):
        read_article("<div><script>x()</script></div>")


def test_html_without_a_date_has_none() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2021-04-02T08:00:00Z">', "")
    assert read_article(page.replace("on Monday", "on 3 March 2024")).date is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_in_use_are_found_out(tmp_path: Path, encoding: str) -> None:
    text = "The mayor of Selmårk said: “We saw 300 houses – no more.” She didn’t say when.\n" * 4
    assert read_article(_file(tmp_path, "a.txt", text, encoding)).text == text.strip()


def test_cyrillic_in_its_old_encoding_is_found_out(tmp_path: Path) -> None:
    text = (
        "Мэр города сообщил, что вода поднялась и что триста домов оказались затоплены. Проверить это не удалось.\n" * 5
    )
    assert read_article(_file(tmp_path, "a.txt", text, "cp1251")).text == text.strip()


def test_html_says_its_own_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("“", '"').replace("”", '"')
    page = page.replace("The mayor denied", "Mayor Łoś denied")
    assert "Mayor Łoś denied" in read_article(_file(tmp_path, "a.html", page, "iso-8859-2")).text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "nothing in it"),
        ("blank.md", b" \n\n\t", "nothing in it"),
        ("head.md", b"---\ntitle: A\n---\n", "no article below"),
        ("page.html", b"<html><body></body></html>", "no article was found"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF"),
        ("a.docx", b"PK\x03\x04\x14\x00\x06\x00", "office document"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        ("b.txt", bytes(range(256)) * 8, "not text"),
        ("c.txt", b"\x00\x01\x02\x03" * 50, "not text"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_line(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = _file(tmp_path, name, content)
    with pytest.raises(ArticleError) as error:
        read_article(path)
    message = str(error.value)
    assert message.startswith(f"{path}: ") and says in message
    assert "\n" not in message and message.endswith(".")


def test_missing_file_folder_and_giant_say_so(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"nowhere\.txt: there is no such file"):
        read_article("nowhere.txt")
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "nowhere")
    with pytest.raises(ArticleError, match="this is a folder"):
        read_article(tmp_path)
    giant = tmp_path / "giant.txt"
    with giant.open("wb") as out:
        out.truncate(20_000_000)
    with pytest.raises(ArticleError, match="more than 10 MB"):
        read_article(giant)
    with pytest.raises(ArticleError, match="nothing in it"):
        read_article("")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        report = read_article(data)
    except ArticleError as error:
        assert "\n" not in str(error)
    else:
        assert report.text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_prose_comes_back_as_it_was_given(text: str) -> None:
    given_text = f"He said.\n\n{text}"
    assert read_article(given_text).text == given_text.strip()
