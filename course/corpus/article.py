"""The learner's own article: text, Markdown or HTML, from a file or from the clipboard."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

from course.corpus.front_matter import split_front_matter
from course.corpus.report import Report
from course.files import printable

LARGEST = 10_000_000
"""Bytes. No article is that long; a file that is was most likely chosen by mistake."""

_MARKDOWN, _HTML = {".md", ".markdown"}, {".html", ".htm", ".xhtml"}
_OTHER = {".txt", ".text", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".mht", ".csv", ".json", ".ipynb"}
_FILE_NAME = re.compile(rf"\S.*({'|'.join(re.escape(end) for end in _MARKDOWN | _HTML | _OTHER)})", re.IGNORECASE)
_KINDS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "a rich text (RTF) file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_LABEL = re.compile(r"(title|headline|outlet|source|date|published|url|link)\s*:\s+(\S.*)", re.IGNORECASE)
_SAME = {"headline": "title", "source": "outlet", "site": "outlet", "published": "date", "link": "url"}
_DATELINE = re.compile(r"\A[A-Z][\w .,'/-]{2,60}?\s*\(([A-Z][\w. ]{1,30})\)\s*[-–—]+\s")
_PAGE = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype html|html)\b", re.IGNORECASE)
_PIECE = re.compile(
    r"\s*<(body|main|article|section|header|div|p|h[1-6]|span|figure|ul|ol|table|!--)\b[^>]*>", re.IGNORECASE
)
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "section", "article", "blockquote")
_SAVE = "Open it, copy the article's text, and save that as a .txt file in UTF-8."


class ArticleError(ValueError):
    """An article that cannot be read. The message is one line: where, what is wrong, and what to do."""


def read_article(source: str | bytes | os.PathLike[str], name: str = "") -> Report:
    """The report in a file, or in a text that is given itself.

    `source` is the path of a .txt, .md or .html file (one line that names a file), or the text, as `str` or as `bytes` in any
    common encoding. HTML goes through trafilatura, which finds the article in the page; nothing is ever downloaded.
    Title, outlet, date and address are those that the page or text states: in its metadata, in front matter, in a first heading
    (Markdown), in leading lines such as "Date: 2023-05-02", or in an agency's dateline. Where it states none they stay empty.
    `name` is the name of the file that `bytes` come from: its ending tells Markdown and HTML, and messages name it.
    Errors: ArticleError where the file is missing, empty, too large, binary or in no known encoding, or has no article in it.
    """
    if isinstance(source, bytes):
        where, path = name or "The text", Path(name or "article")
        return _report(_decode(source, where), where, path.stem, path.suffix.lower())
    if isinstance(source, str) and not _names_a_file(source):
        return _report(source, "The text", "article", "")
    path = Path(source).expanduser()
    where = printable(str(source))
    return _report(_decode(article_bytes(path, where), where), where, path.stem, path.suffix.lower())


def article_bytes(path: Path, where: str) -> bytes:
    """What stands in the file `path`, which messages call `where`.

    Errors: ArticleError where it is missing, a folder, too large, or cannot be opened.
    """
    try:
        if path.is_dir():
            raise ArticleError(
                f"{where}: this is a folder. Name a file in it, for example {where.rstrip('/')}/article.txt."
            )
        if path.stat().st_size > LARGEST:
            raise ArticleError(f"{where}: the file has more than 10 MB, too much for an article. {_SAVE}")
        return path.read_bytes()
    except FileNotFoundError:
        raise ArticleError(
            f"{where}: there is no such file. Check the spelling and the folder ({Path.cwd()})."
        ) from None
    except OSError as error:
        raise ArticleError(
            f"{where}: the file cannot be opened ({error.strerror}). Check that you may read it."
        ) from None


# --- from bytes to text ------------------------------------------------------------------------------------------------


def _names_a_file(text: str) -> bool:
    if "\n" in text.strip() or not text.strip() or len(text) > 1000:
        return False
    try:
        if Path(text).expanduser().exists():
            return True
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, or a home that nobody has
        return False
    return bool(_FILE_NAME.fullmatch(text.strip())) or (text[:1] in "/~." and " " not in text.strip())


def _decode(data: bytes, where: str) -> str:
    from charset_normalizer import from_bytes, is_binary

    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise ArticleError(f"{where}: this is {kind}, not text. {_SAVE}")
    declared = _CHARSET.search(data[:4096])
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16" if utf16 else "utf-8-sig", declared[1].decode("ascii") if declared else ""):
        try:
            text = data.decode(encoding) if encoding else ""
        except (UnicodeError, LookupError):
            continue
        if text and "\x00" not in text:
            return text
    if not data.strip():
        return ""
    if b"\x00" not in data and _looks_western(data):
        return data.decode("cp1252")
    best = None if is_binary(data) else from_bytes(data).best()
    if best is None:
        raise ArticleError(f"{where}: this is not text, or its encoding is not known. {_SAVE}")
    return str(best)


def _looks_western(data: bytes) -> bool:
    # In a short text in Latin letters the few marks beyond ASCII are too few for statistics; Windows' own set is the likely one.
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = [mark for mark in text if ord(mark) > 126]
    likely = sum(mark in "‘’“”„–—…€£§°«»·\xa0éèêëáàâäãåíìîïóòôöõøúùûüçñßæœÉÄÖÜ" for mark in beyond)
    controls = any(ord(mark) < 32 and mark not in "\t\n\r\f" for mark in text)
    return not controls and len(beyond) < len(text) / 8 and likely == len(beyond)


# --- from text to report -----------------------------------------------------------------------------------------------


def _report(text: str, where: str, name: str, suffix: str) -> Report:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ArticleError(f"{where}: there is nothing in it. Paste the article's text into it and save it.")
    if suffix in _HTML or (suffix not in _MARKDOWN and _PAGE.match(text)):
        head, body = _from_html(text, where)
    elif suffix not in _MARKDOWN and _PIECE.match(text):  # copied out of a page's source: there is no page around it
        head, body = {}, _from_piece(text)
    else:
        head, body = split_front_matter(text)
        if suffix in _MARKDOWN:
            head, body = _from_markdown(head, body)
        else:
            head, body = _from_labels(head, body)
    if not body.strip():
        raise ArticleError(f"{where}: it has a head but no article below it. Add the article's text.")
    head = {_SAME.get(key, key): value for key, value in head.items()}
    return Report(
        id=printable(name),
        text=body.strip(),
        title=_line(head.get("title")),
        outlet=_line(head.get("outlet")) or _dateline(body),
        date=_date(head.get("date")),
        url=_line(head.get("url")),
    )


def _from_html(page: str, where: str) -> tuple[dict[str, Any], str]:
    from trafilatura import bare_extraction  # here, because it takes half a second to load

    found = bare_extraction(
        page,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
        },  # never a date guessed from the prose
    )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise ArticleError(f"{where}: no article was found in this page. {_SAVE}")
    head = {"title": found.title, "outlet": found.sitename, "date": found.date, "url": found.url}
    blocks = [line.strip() for line in (found.text or "").split("\n") if line.strip()]
    if len(blocks) > 1 and blocks[0] == _line(found.title):
        del blocks[0]
    return head, "\n\n".join(blocks)


def _from_piece(piece: str) -> str:
    """The text of a piece of HTML, a paragraph for each block."""
    from lxml import html

    root = html.fragment_fromstring(piece, create_parent="div")
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            element.drop_tree()
        elif element.tag in _BLOCKS:
            element.tail = "\n\n" + (element.tail or "")
            element.text = "\n\n" + (element.text or "")
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", root.text_content()))
    return "\n\n".join(filter(None, blocks))


def _from_markdown(head: dict[str, Any], text: str) -> tuple[dict[str, Any], str]:
    from markdown_it import MarkdownIt

    parts: list[str] = []
    tokens = MarkdownIt("commonmark").parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            words = "".join(
                "\n" if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children or ()
                if child.type in ("text", "code_inline", "softbreak", "hardbreak", "image")
            )
            first_heading = not parts and before is not None and before.type == "heading_open"
            if first_heading and str(head.get("title", words)).strip() == words.strip():
                head = {**head, "title": words}
            else:
                parts.append(words)
        elif token.type in ("fence", "code_block", "html_block"):
            parts.append(token.content.strip("\n"))
    return head, "\n\n".join(parts)


def _from_labels(head: dict[str, Any], text: str) -> tuple[dict[str, Any], str]:
    lines = text.lstrip("\n").split("\n")
    while lines and (label := _LABEL.fullmatch(lines[0].strip())):
        head = {**head, label[1].lower(): label[2]}
        lines.pop(0)
    return head, "\n".join(lines)


def _dateline(text: str) -> str:
    found = _DATELINE.match(text.lstrip())
    return found[1] if found else ""


def _line(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y"):
        try:
            return dt.datetime.strptime(_line(value), form).date()
        except ValueError:
            continue
    return None
