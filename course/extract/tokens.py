"""Words, paragraphs and sentences of a text: the one pass on which all other modules build."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from course.claim import Span
from course.extract.lexicons import word_set

# Every alternative begins with another character or fails at once, so that the time is linear in the text.
_TOKEN = re.compile(
    r"""
    [^\W\d_](?:\.[^\W\d_])+\b\.?                 # U.S., p.m.
  | [OoDdL]['’](?=[A-Z])[^\W\d_]+                # O'Brien
  | ''|``|’’|‘‘                                  # quotation marks typed as two
  | ['’](?:s|re|ve|ll|d|m|t)\b                   # endings of contractions
  | (?:usd|eur|gbp|chf|inr|jpy|aud|cad|us|hk|nz|rm|rs|ps)(?=\d)   # codes of money
  | (?<=\$)(?:a|c)(?=\d)
  | (?:minus|sub|now|to|pre|mid)(?=-\d)            # minus-5
  | (?:thousand|million|billion|trillion|lakh|crore|mn|bn)(?=[-–‑]\d)   # 1.2 million-1.5 million
  | [^\W\d_][^\W_]*(?:[-‑][^\W_]+)*              # words, with hyphens
  | (?<![\w.])\.\d+                               # .5
  | (?P<grouped>(?<![\w.,])\d{1,3}(?P<space>[ \u00a0\u202f\u2009'’])\d{3}(?:(?P=space)\d{3})*(?![\w]))(?![.,]\d)   # 12 000, 12'000
  | (?P<note>(?<=[\w.,;:!?%”"’)\]])\[(?:\d{1,3}|[a-z]|note\ \d+|citation\ needed)\])   # the mark of a footnote
  | (?P<raised>(?<![mM])(?<=[\w.,;:!?%”"’)])[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
  | \d+(?:[.,]\d+)*                              # numbers
  | \.\.+                                        # dots of an ellipsis
  | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_FULL_LINE = 45  # characters; a longer line that ends without a stop goes on in the next
_LONGEST = 250  # tokens; what runs on without a stop is cut here, so that the time stays linear
_STOPS = frozenset((".", "!", "?", "…", "..", "...", "....", "?!", "。", "！", "？", "؟", "۔", "।"))
_CLOSERS = frozenset(('"', "”", "’", "''", "’’", "»", ")", "]", "'", "“"))
_OPENERS = frozenset(('"', "“", "‘", "``", "''", "‘‘", "«", "„", "(", "[", "'"))
# Words that are followed by a full stop of their own, so that a capital after it begins no sentence.
ABBREVIATIONS = word_set("""mr mrs ms dr prof gen col lt sgt maj capt cmdr adm brig cpl pvt sen rep gov pres st mt ft rev hon supt det insp
    jan feb mar apr jun jul aug sept sep oct nov dec no nos vs approx est fig vol pp ave dept univ messrs mme mlle
    fr sr msgr amb asst ald vice atty spc sfc cdr pfc""")
_SOFT_ABBREVIATIONS = word_set("inc corp co ltd jr etc bros llc plc u.s. u.k. u.n. e.u. a.m. p.m. d.c. u.s u.n")
_STARTERS = word_set("""the a an in on at but and he she it they we i this that these those there his her its their our when while as if
    after before for some many most one two according however meanwhile""")


_FIGURES = re.compile(r"\d+")
# A figure behind one of these is its own, and does not go on behind a space: "on May 12 300 people fled".
_HAS_A_NUMBER = (
    ABBREVIATIONS
    | word_set("""january february march april may june july august september october november december
    flight route highway article section chapter page no number room unit resolution platform line group battalion brigade regiment""")
)


@dataclass(slots=True)
class Words:
    """The tokens of a text as parallel lists, and the sentences and paragraphs that they form.

    `low` holds the tokens in lower case with straight apostrophes, `tag` their parts of speech (Penn Treebank), filled in by
    `course.extract.tags`. `sentences` and `paragraphs` are half-open ranges of token numbers.
    """

    text: str
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.low)

    def word(self, i: int) -> str:
        """Token `i` as it is written."""
        return self.text[self.start[i] : self.end[i]]

    def span(self, first: int, last: int) -> Span:
        """The span of the tokens `first` to `last`, `last` left out."""
        return Span(self.start[first], self.end[last - 1])

    def capital(self, i: int) -> bool:
        """Whether token `i` begins with a capital letter."""
        return self.text[self.start[i]].isupper()


def words_of(text: str) -> Words:
    """The tokens, sentences and paragraphs of `text`, any text at all."""
    words = Words(text)
    start, end, low = words.start, words.end, words.low
    for first, last in _paragraphs(text):
        begin = len(low)
        for match in _TOKEN.finditer(text, first, last):
            kind = match.lastgroup
            if kind in ("note", "raised"):
                continue  # it belongs to the page, and not to the sentence
            if kind in ("grouped", "space") and not _one_number(match, low):
                for part in _FIGURES.finditer(text, match.start(), match.end()):
                    start.append(part.start())
                    end.append(part.end())
                    low.append(part.group())
                continue
            start.append(match.start())
            end.append(match.end())
            low.append(match.group().lower())
        if len(low) > begin:
            words.paragraphs.append((begin, len(low)))
    for i, token in enumerate(low):
        if "’" in token and len(token) > 1:
            low[i] = token.replace("’", "'")
    for begin, stop in words.paragraphs:
        _sentences(words, begin, stop)
    return words


def _one_number(match: re.Match[str], before: list[str]) -> bool:
    """Whether figures with spaces between them are one number: "12 000 people", and neither "on 12 May 300" nor the cells of a table."""
    if match["space"] != " ":
        return True
    last = before[-1] if before else ""
    if last in _HAS_A_NUMBER or last[-1:].isdecimal():
        return False
    text, end = match.string, match.end()
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isdecimal():
        return False
    parts = match.group().split(" ")
    return len(parts[0]) < 3 or parts[-1].endswith("0")


def sentences_in(text: str) -> list[Span]:
    """The sentences of `text`, in order; headings and list lines count as sentences of their own."""
    words = words_of(text)
    return [words.span(first, last) for first, last in words.sentences]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Ranges of characters: lines, joined where a long one ends without a stop and the next follows at once."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        first, last = match.span()
        if not match.group().strip():
            continue
        if found:
            before, until = found[-1]
            gap = text[until:first]
            line = max(before, until - 200)
            tail = text[line:until].rstrip()
            one_break = gap in ("\n", "\r\n", "\r")
            if one_break and tail and tail[-1] not in ".!?:;\"”'’" and _length_of_last_line(text, until) >= _FULL_LINE:
                found[-1] = (before, last)
                continue
        found.append((first, last))
    return found


def _length_of_last_line(text: str, until: int) -> int:
    newline = max(text.rfind("\n", max(0, until - 200), until), text.rfind("\r", max(0, until - 200), until))
    return until - newline if newline >= 0 else min(until, 200)


def _sentences(words: Words, begin: int, stop: int) -> None:
    low, start, end, text = words.low, words.start, words.end, words.text
    first = i = begin
    while i < stop:
        token = low[i]
        ends = False
        if token == "|":  # headlines and links run into the text
            ends = True
        elif token in _STOPS:
            ends = not (token == "." and i > first and end[i - 1] == start[i] and _abbreviated(words, i - 1, stop))
        elif token in _SOFT_ABBREVIATIONS and token[-1] == ".":
            ends = i + 1 < stop and low[i + 1] in _STARTERS and text[start[i + 1]].isupper()
        i += 1
        if i - first >= _LONGEST:  # no sentence: a list, a table, a text without stops
            words.sentences.append((first, i))
            first = i
            continue
        if not ends:
            continue
        while i < stop and low[i] in _CLOSERS and start[i] == end[i - 1]:
            i += 1
        while i < stop and low[i] in _STOPS and start[i] == end[i - 1]:
            i += 1
        if i < stop and token != "|" and not _begins(words, i):
            continue
        words.sentences.append((first, i))
        first = i
    if first < stop:
        words.sentences.append((first, stop))


def _abbreviated(words: Words, i: int, stop: int) -> bool:
    """Whether the full stop after token `i` marks an abbreviation or an initial."""
    token = words.low[i]
    if token in ABBREVIATIONS:
        # "no." and "fig." end sentences too; they are abbreviations before a number
        return token not in ("no", "nos", "fig", "mar", "est", "vice") or (
            i + 2 < stop and words.low[i + 2][0].isdigit()
        )
    if len(token) == 1 and words.text[words.start[i]].isupper() and token != "i":
        return True
    return token in _SOFT_ABBREVIATIONS and i + 2 < stop and words.low[i + 2] not in _STARTERS


def _begins(words: Words, i: int) -> bool:
    """Whether a sentence can begin with token `i`: a capital, a figure, a mark, or a script without capitals."""
    character = words.text[words.start[i]]
    if words.low[i] in _OPENERS or not character.isalpha():
        return words.low[i] not in (",", ";", ")", "]")
    return not character.islower()
