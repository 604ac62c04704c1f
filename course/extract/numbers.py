"""Numbers as they are written: figures, words, scales, fractions, "dozens", "a few"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from course.extract.lexicons import rows
from course.extract.tokens import Words

_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?\Z")
_SPACED = re.compile(r"[ \u00a0\u202f\u2009'’]")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}\Z")
_PLAIN = re.compile(r"\d+(?:\.\d+)?\Z")
_LONGEST = 40  # digits; more is no number that a report counts with
_SIGNS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}
_MONEY = frozenset(("$", "£", "€", "usd", "eur", "gbp", "rm", "ps", "us", "hk", "nz", "a", "c"))
_SHORT_SCALES = frozenset(("k", "m", "b", "mn", "bn", "tn", "mln", "bln"))


@dataclass(frozen=True, slots=True)
class Number:
    """The value of the tokens `first` to `last` (left out). `kind`: exact, vague ("dozens"), few ("several"), part ("half")."""

    value: Fraction
    first: int
    last: int
    kind: str = "exact"
    digits: bool = False


@cache
def _words() -> dict[str, tuple[Fraction, str]]:
    return {row["word"]: (Fraction(row["value"]), row["kind"]) for row in rows("numbers")}


def of_figures(token: str) -> Fraction | None:
    """The value of a number in figures: "100,000", "3.5", "1.000.000"; None where the marks make no number."""
    token = _SPACED.sub("", token)
    if len(token) > _LONGEST or (not token.isascii() and not token.replace(",", "").replace(".", "").isdecimal()):
        return None
    if token[0] == ".":
        return Fraction("0" + token)
    if _GROUPED.match(token):
        return Fraction(token.replace(",", ""))
    if _POINTED.match(token):
        return Fraction(token.replace(".", ""))
    return Fraction(token) if _PLAIN.match(token) else None


def number_at(words: Words, i: int, last: int) -> Number | None:
    """The number that begins with token `i`, the longest one, or None."""
    number = _simple(words, i, last)
    if number is None:
        return None
    number = _with_smaller(words, number, last)
    if number.kind == "part":
        return _part_of_scale(words, number, last)
    return _and_a_part(words, number, last)


def _scale(words: Words, k: int, last: int) -> Fraction | None:
    """The value of token `k` where it is a scale that can be divided: "million"."""
    known = _words().get(words.low[k]) if k < last else None
    return known[0] if known and known[1] == "scale" and words.low[k] not in _SHORT_SCALES and known[0] != 20 else None


def _part_of_scale(words: Words, number: Number, last: int) -> Number:
    """ "a quarter of a million", "three quarters of a million", "a half million": a number, and no part of anything."""
    k, low = number.last, words.low
    if k + 2 < last and low[k] == "of" and low[k + 1] in ("a", "an", "one"):
        k += 2
    scale = _scale(words, k, last)
    return number if scale is None else Number(number.value * scale, number.first, k + 1)


def _and_a_part(words: Words, number: Number, last: int) -> Number:
    """ "a million and a half", "two million and a quarter": the part is one of the scale."""
    k, low = number.last, words.low
    if number.kind != "exact" or k + 2 >= last or low[k] != "and" or low[k + 1] not in ("a", "one"):
        return number
    scale, part = _scale(words, k - 1, last), {"half": 2, "quarter": 4, "third": 3}.get(low[k + 2])
    if scale is None or part is None or scale < 1000:
        return number
    return Number(number.value + scale / part, number.first, k + 3, digits=number.digits)


def _with_smaller(words: Words, number: Number, last: int) -> Number:
    """ "3 million 200 thousand", "five thousand, six hundred people": what follows a scale, and is smaller, belongs to it."""
    low = words.low
    k = number.last
    scale = _scale(words, k - 1, last)
    if number.kind != "exact" or scale is None or scale < 1000 or k >= last:
        return number
    comma = low[k] == "," and not number.digits
    j = k + 1 if comma else k
    if j >= last or not (comma or number.digits) or words.tag[j] != "CD":
        return number
    rest = _simple(words, j, last)
    if rest is None or rest.kind != "exact" or rest.value >= scale or rest.digits != number.digits:
        return number
    if number.digits and _scale(words, rest.last - 1, last) is None:
        return number
    # a number of its own has its own verb: "it lost five thousand, six hundred were wounded"
    if comma and (rest.last >= last or words.tag[rest.last] not in ("NNS", "NN", "JJ", "VBN", "NNP")):
        return number
    return Number(number.value + rest.value, number.first, rest.last, digits=number.digits)


def _simple(words: Words, i: int, last: int) -> Number | None:
    """A number in one piece."""
    low = words.low
    token = low[i]
    if token[0].isdecimal() or (token[0] == "." and token[1:2].isdecimal()):
        return _in_figures(words, i, last)
    if token in _SIGNS:
        return Number(_SIGNS[token], i, i + 1, "part")
    known = _words().get(token)
    if known is None:
        return _hyphened(words, i, last) if "-" in token else _article(words, i, last) if token in ("a", "an") else None
    value, kind = known
    if kind in ("unit", "ten"):
        return _in_words(words, i, last)
    if kind == "vague":
        return _vague(words, i, last)
    if kind == "few":
        if i + 1 < last and low[i + 1] in ("hundred", "thousand", "million", "dozen"):
            return Number(value * _words()[low[i + 1]][0], i, i + 2, "few")
        return Number(value, i, i + 1, "few")
    if kind == "part":
        if (
            token == "half"
            and i + 1 < last
            and not (i and low[i - 1] in ("this", "first", "second", "next", "last", "other"))
            and not (i > 1 and low[i - 1] == "that" and words.tag[i - 2] in ("IN", "TO"))  # "in that half of the town"
        ):
            if low[i + 1] in ("a", "an") and i + 2 < last and low[i + 2] in ("million", "billion", "dozen", "thousand"):
                return Number(value * _words()[low[i + 2]][0], i, i + 3)
            return Number(value, i, i + 1, "part")
        return None
    if kind == "times" and token.endswith("ed"):
        return Number(value, i, i + 1, "times")  # "has more than doubled"
    if kind == "scale" and token in ("hundred", "thousand", "million", "dozen"):
        return _in_words(words, i, last)
    return None


def _in_figures(words: Words, i: int, last: int) -> Number | None:
    low = words.low
    value = of_figures(low[i])
    if value is None:
        return None
    k = i + 1
    if k + 1 < last and low[k] == "/" and low[k + 1].isdecimal() and words.start[k + 1] == words.end[i] + 1:
        under = of_figures(low[k + 1])
        if under and value < under and ((k + 2 < last and low[k + 2] == "of") or under == 2):
            return Number(value / under, i, k + 2, "part", digits=True)
    if k < last and low[k] in _SIGNS and words.start[k] - words.end[i] <= 1:
        k, scaled = _scaled(words, k + 1, last, value + _SIGNS[low[k]], attached=True)
        return Number(scaled, i, k, digits=True)
    k, scaled = _scaled(words, k, last, value, attached=True)
    return Number(scaled, i, k, digits=True)


def _scaled(words: Words, k: int, last: int, value: Fraction, attached: bool = False) -> tuple[int, Fraction]:
    """`value` times the scale words from `k` on."""
    low = words.low
    while k < last:
        j = k + 1 if low[k] == "-" and words.start[k] == words.end[k - 1] and k + 1 < last else k
        known = _words().get(low[j])
        if known is None and "-" in low[j]:  # "1.8 billion-mile"
            known = _words().get(low[j].split("-")[0])
            if known is None or known[1] != "scale" or low[j].split("-")[0] in _SHORT_SCALES:
                break
            return j + 1, value * known[0]
        if known is None or known[1] != "scale":
            break
        if low[j] in _SHORT_SCALES:
            # "5m people" and "$5m" are millions, "5 m" and "5m deep" are metres
            touching = words.start[j] == words.end[j - 1]
            money = any(low[x] in _MONEY for x in range(max(0, k - 2), k))
            noun = j + 1 < last and (words.tag[j + 1] == "NNS" or (words.tag[j + 1] == "NN" and low[j] != "m"))
            if not (
                (words.word(j) in ("M", "B", "K") and touching)
                or low[j] in ("bn", "tn", "mn", "mln", "bln")
                or money
                or (touching and (low[j] == "k" or noun))
            ):
                break
        elif low[j] == "score":
            break
        value *= known[0]
        k = j + 1
    return k, value


def _in_words(words: Words, i: int, last: int) -> Number | None:
    low, known = words.low, _words()
    total, group, k, any_word = Fraction(0), Fraction(0), i, False
    while k < last:
        token = low[k]
        if token == "and" and any_word and k + 1 < last and known.get(low[k - 1], (0, ""))[1] == "scale":
            hyphened = _hyphen_value(low[k + 1]) if "-" in low[k + 1] else None
            after = (
                known.get(low[k + 1])
                if hyphened is None
                else (hyphened, "unit" if hyphened.denominator == 1 else "part")
            )
            if after is None or after[1] not in ("unit", "ten") or low[k - 1] not in ("hundred", "thousand"):
                break
            k += 1
            continue
        if "-" in token:
            value = _hyphen_value(token)
            if value is None or value >= 100:
                break
            group, any_word = group + value, True
            k += 1
            continue
        entry = known.get(token)
        if entry is None or entry[1] not in ("unit", "ten", "scale") or token in _SHORT_SCALES or token == "score":
            break
        value, kind = entry
        if kind == "scale":
            if value == 100 or value == 12:
                group = (group or 1) * value
            else:
                total, group = total + (group or 1) * value, Fraction(0)
        elif kind == "unit":
            if any_word and (group % 10 or (group % 100 and value >= 10)):
                break
            group += value
        else:
            if any_word and group % 100:
                break
            group += value
        any_word = True
        k += 1
    if not any_word:
        return None
    part = (
        k < last and known.get(low[k], (0, ""))[1] == "part" and total + group < 20 and low[k] not in ("second", "half")
    )
    if part and (low[k].endswith("s") or total + group == 1):
        return Number((total + group) * known[low[k]][0], i, k + 1, "part")
    scaled = known.get(low[k - 1], (0, ""))[1] == "scale"
    if k + 3 <= last and not scaled and low[k] == "and" and low[k + 1] == "a" and low[k + 2] == "half":
        value = total + group + Fraction(1, 2)
        k, value = _scaled(words, k + 3, last, value)
        return Number(value, i, k)
    return Number(total + group, i, k)


def _hyphen_value(token: str) -> Fraction | None:
    parts = token.replace("‑", "-").split("-")
    known = _words()
    if len(parts) == 2 and all(part in known for part in parts):
        (a, kind_a), (b, kind_b) = known[parts[0]], known[parts[1]]
        if kind_a == "ten" and kind_b == "unit":
            return a + b
        if kind_a == "unit" and kind_b == "part":
            return a * b
    return None


def _hyphened(words: Words, i: int, last: int) -> Number | None:
    value = _hyphen_value(words.low[i])
    if value is None:
        return None
    if value.denominator > 1 or value == 1:
        return Number(value, i, i + 1, "part")
    return _in_words(words, i, last)


def _article(words: Words, i: int, last: int) -> Number | None:
    """`a hundred`, `a dozen`, `a third of`, `a few`, `a couple of`."""
    if i + 1 >= last:
        return None
    low, known = words.low, _words()
    token = low[i + 1]
    entry = known.get(token)
    if entry is None:
        return None
    value, kind = entry
    if kind == "scale" and token in ("hundred", "thousand", "million", "billion", "trillion", "dozen"):
        number = _in_words(words, i + 1, last)
        return None if number is None else Number(number.value, i, number.last, number.kind)
    if kind == "part" and (
        token in ("half", "third", "quarter") or (i + 2 < last and low[i + 2] == "of") or (i and low[i - 1] == "by")
    ):
        by = i > 0 and low[i - 1] == "by"
        if by or i + 2 >= last or low[i + 2] in ("of", "the", ".", ",", "as", "more"):
            return Number(value, i, i + 2, "part")
        return None
    if kind == "few" and token in ("few", "couple", "handful"):
        if i + 2 < last and low[i + 2] in ("hundred", "thousand", "million", "dozen"):
            return Number(value * known[low[i + 2]][0], i, i + 3, "few")
        return Number(value, i, i + 2, "few")
    return None


def _vague(words: Words, i: int, last: int) -> Number:
    """`dozens`, `hundreds of thousands`, `tens of millions`."""
    low, known = words.low, _words()
    value, k = known[low[i]][0], i + 1
    if k + 1 < last and low[k] == "of" and known.get(low[k + 1], (0, ""))[1] == "vague":
        value, k = value * known[low[k + 1]][0], k + 2
    return Number(value, i, k, "vague")
