"""Parts: the claims of some articles in one file, so that a run that is stopped loses little and reads nothing twice.

A part is gzipped JSON Lines. The first line says by which rules and from which articles (path, SHA-256 of the content) it was
made; each further line is one row of the table. A part is written whole or not at all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from course.corpus.article import ArticleError, read_article
from course.corpus.places import data_folder

ABOUT = ("path", "report", "title", "outlet", "date")
"""Columns before those of `to_frame`: where the article is, below the folder, and what it says of itself."""

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Article:
    """One file as it was when it was read."""

    path: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one article: how many rows it gave, or the problem that kept it from being read."""

    path: str
    sha256: str
    rows: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The head of a part file."""

    file: Path
    entries: tuple[Entry, ...]

    def entry(self, path: str) -> Entry:
        """What became of the article at `path`."""
        return next(entry for entry in self.entries if entry.path == path)


@cache
def rules() -> str:
    """A fingerprint of the rules: parts made by other rules do not belong into the same table."""
    code = Path(__file__).parents[1]
    files = [*code.glob("*.py"), *(code / "corpus").glob("*.py"), *(code / "extract").glob("*.py")]
    files += [*(code / "batch").glob("*.py"), *(data_folder() / "lexicons").glob("*.csv")]
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.parts[-2:]):
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def make_part(articles: Sequence[Article]) -> bytes:
    """The part of `articles`, as the bytes of its file. This is what a worker does."""
    entries: list[Entry] = []
    rows: list[Row] = []
    for article in articles:
        problem, found = "", []
        try:
            found = _rows(article)
        except ArticleError as error:
            problem = str(error).removeprefix(f"{article.path}: ")
        except Exception as error:  # one article never stops the others; the reader is told which one it was
            problem = f"the program failed on it ({type(error).__name__}: {error}). Please report it."
        entries.append(Entry(article.path, article.sha256, len(found), problem))
        rows += found
    return _part(entries, rows)


def part_of_problem(article: Article, problem: str) -> bytes:
    """The part of an article that cannot be read."""
    return _part([Entry(article.path, article.sha256, 0, problem)], [])


def _part(entries: Sequence[Entry], rows: Sequence[Row]) -> bytes:
    head = {"rules": rules(), "articles": [astuple(entry) for entry in entries]}
    return gzip.compress("\n".join(map(json.dumps, [head, *rows])).encode(), compresslevel=1, mtime=0)


def head_of(file: Path) -> Part | None:
    """The head of a part file; None where it is damaged or was made by other rules."""
    try:
        head = json.loads(gzip.decompress(file.read_bytes()).partition(b"\n")[0])
        if head["rules"] != rules():
            return None
        return Part(file, tuple(Entry(*entry) for entry in head["articles"]))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None


def rows_of(part: Part) -> dict[str, list[Row]]:
    """The rows of a part, by the path of their article."""
    lines = iter(gzip.decompress(part.file.read_bytes()).decode().split("\n")[1:])
    return {entry.path: [json.loads(next(lines)) for _ in range(entry.rows)] for entry in part.entries}


def _rows(article: Article) -> list[Row]:
    from course.extract import claims_in  # here, because the rules take a second to load
    from course.extract.frame import COLUMNS, _row  # a data frame for each article would take as long as the rules

    report = read_article(article.content, article.path)
    about = [article.path, report.id, report.title, report.outlet, report.date.isoformat() if report.date else None]
    rows = (
        _row(number, claim, mention, report.text)
        for number, claim in enumerate(claims_in(report))
        for mention in claim.mentions or (None,)
    )
    return [[*about, *(row[name] for name in COLUMNS)] for row in rows]
