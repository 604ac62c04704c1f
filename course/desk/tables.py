"""Tables as spreadsheet programs write them, and as they read them: letters, separators, line ends, and cells that are no formulas."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from charset_normalizer import from_bytes

from course.desk.folder import DeskError

MOST_BYTES = 100 * 2**20
MARK = "\ufeff"  # by it Excel knows that a table is in UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ALPHABETS = ["cp1251", "cp1253", "cp1255", "cp1256", "cp874", "gb18030", "shift_jis", "euc_kr", "big5"]
_CENTRAL = "cp1250"
_WORD = re.compile(r"[^\s\d,;:.@\"'()<>/\\|_-]+")


@dataclass(slots=True)
class Table:
    """A table that came in: the names of its columns as they stand there, its rows with the lines on which they end, and what was odd about the file."""

    head: list[str]
    rows: list[tuple[int, list[str]]]
    remarks: list[str] = field(default_factory=list)


def read_table(path: Path, encoding: str | None = None) -> Table:
    """The table in a file, as Excel, Canvas, Moodle or a person wrote it.

    UTF-8 and UTF-16 are known by their form. What is neither is taken for the Windows letters that fit, and a remark says so.

    Args:
        path: the file; separators are commas, semicolons, tabs or bars, line ends of any kind.
        encoding: its letters, such as "cp1250", where they are known.

    Errors: DeskError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DeskError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MOST_BYTES:
        raise DeskError(f"{path} is larger than {MOST_BYTES >> 20} MB. Is it the right file?")
    text, remarks = _decoded(data, path, encoding)
    text = text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    separator, text = _separator(text)
    before = csv.field_size_limit(MOST_BYTES)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise DeskError(f"{path} is no table that can be read ({error}). Save it again as CSV.") from error
    finally:
        csv.field_size_limit(before)
    rows = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    head = [cell.strip() for cell in rows[0][1]] if rows else []
    return Table(head, rows[1:], remarks)


def as_csv(rows: Iterable[Sequence[object]], *, ends: str = "\r\n", mark: bool = True) -> str:
    """Rows as CSV text that a spreadsheet opens with all its letters; words that would be a formula get an apostrophe before them.

    Args:
        rows: the lines, the names of the columns first.
        ends: the end of a line.
        mark: whether it begins with the mark by which Excel knows UTF-8; Canvas and Moodle take it too.
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ends).writerows([safe(cell) for cell in row] for row in rows)
    return (MARK if mark else "") + out.getvalue()


def safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection); numbers stay what they are."""
    if not isinstance(cell, str) or not cell.startswith(_FORMULA):
        return cell
    return cell if re.fullmatch(r"-?\d+([.,]\d+)?", cell) else f"'{cell}"


def bare(cell: str) -> str:
    """A cell as it was before `safe`."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _decoded(data: bytes, path: Path, encoding: str | None) -> tuple[str, list[str]]:
    if encoding:
        try:
            return data.decode(encoding), []
        except LookupError:
            raise DeskError(
                f"There is no encoding {encoding!r}. Windows' are called cp1250, cp1251, cp1252 ..."
            ) from None
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise DeskError(f"{path} is not in {encoding}: line {line} has a byte that is no letter there.") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), []
    if wide := _wide_without_mark(data):
        return data.decode(wide, "replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        name, text = _national(data)
    shown = next((word for word in _WORD.findall(text) if not word.isascii()), "")
    return text, [
        f"{path.name} is not in UTF-8. It was read as {name}: is {shown!r} right? "
        "If not, save it as “CSV UTF-8”, or name its letters: --encoding cp1250."
    ]


def _wide_without_mark(data: bytes) -> str:
    """UTF-16 without its mark has a zero in every second byte of Latin letters."""
    start = data[:400]
    if len(start) >= 4 and start.count(0) >= len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
    return ""


def _national(data: bytes) -> tuple[str, str]:
    """Which of Windows' sets of letters it is in, and the text. The Western one stands first: most names in it are right in no other."""
    text = data.decode("cp1252", "replace")
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    foreign = [word for word in words if sum(not mark.isascii() for mark in word) * 2 > len(word) > 2]
    if len(foreign) * 2 > len(words):  # whole words beyond ASCII: another alphabet
        best = from_bytes(data, cp_isolation=_ALPHABETS).best()
        for name in [best.encoding, "cp1251"] if best else ["cp1251"]:
            try:
                return name, data.decode(name)
            except UnicodeDecodeError:
                continue
    if not all(_is_word(word) for word in words):
        central = data.decode(_CENTRAL, "replace")
        if all(_is_word(word) for word in _WORD.findall(central) if not word.isascii()):
            return _CENTRAL, central
    return "cp1252", text


def _is_word(word: str) -> bool:
    inner = word.strip("’‘“”«»–—…·•´`¨¿¡")
    return all(unicodedata.category(mark)[0] in "LM" or mark in "’‘´`.+&*ºª" for mark in inner)


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without Excel's line that names it."""
    named = re.match(r"sep=(.)\n", text, re.IGNORECASE)
    if named:
        return named[1], text[named.end() :]
    head = re.sub(r'"[^"]*"', "", next((line for line in text.split("\n") if line.strip()), ""))
    return max(",;\t|", key=head.count), text
