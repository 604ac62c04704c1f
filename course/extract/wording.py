"""Words of a text elsewhere: where quoted words stand in it, what was copied out of it, and a long quotation made short.

Two words are the same here without regard to case, to the shape of apostrophes, and to what stands between words: a line break, a curly
quotation mark or a space that does not break hide nothing.
"""

from __future__ import annotations

import re
import unicodedata

from course.claim import Span

MOST = 6
"""How many words in a row may be quoted: with more, a table of claims would be a copy of the report."""

_BREAK = ""  # in the place of the dots that say that words are left out: no run goes over it
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ.,-][^\W_]+)*")
_GAP = re.compile(r"\s*(?:\[\s*(?:\.{3,}|…)\s*\]|\.{3,}|…)\s*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ", "'"))

Token = tuple[str, int, int]


def find_words(text: str, words: str) -> tuple[Span, ...]:
    """Where `words` stand in `text`: one Span, or several in order where "..." says that something is left out; () where they do not.

    Args:
        text: the text to look in, such as `article.text`.
        words: words of the text, as `course.claim.text_of` writes them: "more than 200 ... were killed".
    """
    tokens, after, spans = _tokens(text), 0, []
    for part in filter(None, _GAP.split(words.strip())):
        wanted = [word for word, _, _ in _tokens(part)]
        at = _first(tokens, wanted, after)
        if at is None:
            return ()
        after = at + len(wanted)
        spans.append(Span(tokens[at][1], tokens[after - 1][2]))
    return tuple(spans)


def copied_runs(text: str, original: str, most: int = MOST) -> list[Span]:
    """The places of `text` with more than `most` words in a row that stand so in `original`; each as long as it goes.

    Args:
        text: what was written.
        original: what it may be copied from.
        most: how many words in a row are allowed.
    """
    mine, theirs = _with_breaks(text), [word for word, _, _ in _with_breaks(original)]
    size = most + 1
    known = {tuple(theirs[at : at + size]) for at in range(len(theirs) - most)}
    known = {run for run in known if _BREAK not in run}
    starts = [at for at in range(len(mine) - most) if tuple(word for word, _, _ in mine[at : at + size]) in known]
    runs: list[list[int]] = []
    for at in starts:
        if runs and at + size == runs[-1][1] + 1:  # the same run goes on by one word
            runs[-1][1] = at + size
        else:
            runs.append([at, at + size])
    return [Span(mine[first][1], mine[last - 1][2]) for first, last in runs]


def longest_run(text: str, original: str) -> int:
    """How many words in a row `text` shares with `original` at most; 0 where it shares none."""
    mine, theirs = ([word for word, _, _ in _with_breaks(one)] for one in (text, original))
    longest, before = 0, [0] * (len(theirs) + 1)
    for word in mine:
        now = [0] * (len(theirs) + 1)
        for at, other in enumerate(theirs, start=1):
            if word == other != _BREAK:
                now[at] = before[at - 1] + 1
                longest = max(longest, now[at])
        before = now
    return longest


def shortened(words: str, most: int = MOST) -> str:
    """`words` with no more than `most` of them in a row: of each longer part the first and the last, with "..." between."""
    words = " ".join(words.split())
    parts = [_short(part, most) for part in filter(None, _GAP.split(words))]
    return " ... ".join(parts)


def _short(part: str, most: int) -> str:
    tokens = _tokens(part)
    if len(tokens) <= most:
        return part
    first = (most + 1) // 2
    end = tokens[first - 1][2]
    start = tokens[len(tokens) - (most - first)][1] if most > first else len(part)
    return f"{part[:end]} ... {part[start:]}"


def _tokens(text: str) -> list[Token]:
    found = []
    for match in _WORD.finditer(text):
        word = unicodedata.normalize("NFKC", match[0]).translate(_APOSTROPHES).casefold()
        found.append((word, match.start(), match.end()))
    return found


def _with_breaks(text: str) -> list[Token]:
    """The words of a text, and a break wherever dots say that something is left out."""
    found, start = [], 0
    for gap in _GAP.finditer(text):
        found += [(word, at + start, end + start) for word, at, end in _tokens(text[start : gap.start()])]
        found.append((_BREAK, gap.start(), gap.end()))
        start = gap.end()
    return found + [(word, at + start, end + start) for word, at, end in _tokens(text[start:])]


def _first(tokens: list[Token], wanted: list[str], after: int) -> int | None:
    if not wanted:
        return None
    ends = range(after, len(tokens) - len(wanted) + 1)
    return next((at for at in ends if [word for word, _, _ in tokens[at : at + len(wanted)]] == wanted), None)
