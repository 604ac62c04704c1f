"""What stands around a number: bounds ("more than", "or so"), ranges, wholes ("of 18"), units, and "up" or "down"."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from course.extract.lexicons import rows, units, word_set
from course.extract.not_counted import RANGE_MARKS
from course.extract.numbers import Number, number_at, of_figures
from course.extract.phrases import phrase_end
from course.extract.tags import VERBS
from course.extract.tokens import Words

_UP = word_set(
    "up rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb climbs climbed climbing"
    " gain gains gained gaining jump jumped jumps surge surged soar soared advance advanced higher added"
)
_DOWN = word_set(
    "down fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreased decreases"
    " decreasing lose loses lost plunge plunged plummet plummeted plummeting shrink shrank shed slip slipped tumble tumbled lower slid"
    " slide dip dipped cut reduce reduced"
)
_SHOOTING = word_set("shoot shoots shot shooting brought bring take took taken gunned track tracked")
_MONEY = {
    "$": "US dollars", "£": "pounds sterling", "€": "euros", "¥": "yen", "₽": "roubles", "₴": "hryvnias", "₹": "rupees",
    "usd": "US dollars", "eur": "euros", "gbp": "pounds sterling", "ps": "pounds sterling", "rm": "ringgit", "rs": "rupees",
    "inr": "rupees", "jpy": "yen", "chf": "Swiss francs", "aud": "Australian dollars", "cad": "Canadian dollars",
}  # fmt: skip
_COUNTRIES = word_set("us a c au nz hk aus can")
_RATES = word_set("day week month year hour night minute second")
_WORDS_THAT_STOP = ("the", "all")
_LONGEST = 5  # words in a bound phrase


@cache
def _phrases() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Bounds before and after a number, and the words with which the former end."""
    before = {row["phrase"]: row["bound"] for row in rows("bounds") if row["place"] == "before"}
    after = {row["phrase"]: row["bound"] for row in rows("bounds") if row["place"] == "after"}
    return before, after, frozenset(phrase.split()[-1] for phrase in before)


def money_before(words: Words, begin: int, first: int) -> tuple[str, int]:
    """The currency whose sign stands before token `begin`, and where the sign begins."""
    low = words.low
    money = ""
    if (
        begin > first
        and low[begin - 1] in _COUNTRIES
        and words.end[begin - 1] == words.start[begin]
        and begin - 2 >= first
        and low[begin - 2] == "$"
    ):
        return _MONEY["$"], begin - 2
    if begin > first and low[begin - 1] in _MONEY:
        money = _MONEY[low[begin - 1]]
        begin -= 1
        if begin > first and low[begin - 1] in _COUNTRIES and words.word(begin - 1).isupper() and low[begin] == "$":
            begin -= 1
    return money, begin


def range_end(words: Words, number: Number, first: int, last: int, begin: int) -> Number | None:
    """The upper end of a range that begins with `number`: 5,000-7,000; 5,000 to 7,000; between 5% and 6%."""
    low = words.low
    if number.kind != "exact":
        return None
    k = number.last
    before = low[begin - 1] if begin > first else ""
    between = before == "between"
    if k < last and low[k] in ("%", "percent"):
        k += 1
    elif k + 1 < last and low[k] == "per" and low[k + 1] == "cent":
        k += 2
    if k + 1 >= last:
        return None
    mark, j = low[k], k + 1
    if not (mark in RANGE_MARKS or mark == "to" or (mark == "and" and between) or mark == "or"):
        return None
    far = before == "by"  # "by 5 to 7 points" is a range, "by 5 to 419" is a change and where it ends
    if mark == "to" and (before == "from" and begin - 2 >= first and low[begin - 2] in _UP | _DOWN):
        return None
    signed, j = (True, j + 1) if low[j] in _MONEY else (False, j)
    if j >= last:
        return None
    other = number_at(words, j, last)
    if (
        other is None
        or other.kind != "exact"
        or (other.value <= number.value and not _scaled_later(words, other, number))
    ):
        return None
    if far and mark == "to" and other.value > 3 * number.value:
        return None
    unit_between = k > number.last
    if unit_between and not (other.last < last and low[other.last] in ("%", "percent", "per")):
        return None
    if signed and begin == number.first and mark == "to":
        return None
    if mark == "or" and other.value > number.value + 2:
        return None
    return other


def _scaled_later(words: Words, other: Number, number: Number) -> bool:
    shown = of_figures(words.low[other.first])
    return bool(shown and shown > number.value)


def shared_scale(words: Words, number: Number, other: Number) -> Fraction:
    """The lower end of a range, with the scale that stands after its upper end: "5 to 7 million"."""
    if number.last != number.first + 1 or not number.value < 1000 <= other.value or number.digits != other.digits:
        return number.value
    shown = of_figures(words.low[other.first]) if number.digits else _first_word(words, other)
    if shown and shown >= number.value:
        return number.value * (other.value / shown)
    return number.value


def _first_word(words: Words, other: Number) -> Fraction | None:
    """What stands before the scale of a number of words that is one scale of it: the seven of "seven thousand"."""
    first = number_at(words, other.first, other.first + 1)
    if first is None or first.value < 1 or other.last != other.first + 2:
        return None
    return first.value if first.value < other.value else None


def of_whole(words: Words, k: int, last: int, value: Fraction) -> tuple[int, Fraction | None, bool]:
    """The token after "of 18", the 18, and whether the words are those of a rate ("one in five")."""
    low = words.low
    j, rate = k, False
    if j + 2 < last and low[j] == "out" and low[j + 1] == "of":
        rate = (
            value < 10 and not low[k - 1][0].isdecimal()
        )  # "one out of five soldiers"; "15 out of 18" tells of eighteen
        j += 2
    elif j + 1 < last and low[j] == "of":
        j += 1
    elif j + 1 < last and low[j] == "in" and value <= 9 and value.denominator == 1:
        j, rate = j + 1, True
    else:
        return k, None, False
    if j < last - 1 and low[j] in ("the", "all", "every"):
        j += 1
    if j >= last or words.tag[j] != "CD":
        return k, None, False
    other = number_at(words, j, last)
    if other is None or other.kind != "exact" or other.value <= value or (rate and not 2 <= other.value <= 100):
        return k, None, False
    return other.last, other.value, rate


def bound_before(words: Words, begin: int, floor: int) -> tuple[str, int]:
    """The bound that the words before token `begin` give, and where they begin; `floor` is the first token that they may take."""
    low = words.low
    before, _, ends = _phrases()
    bound, i = "", begin
    while i > floor and low[i - 1] in ends:
        for length in range(min(_LONGEST, i - floor), 0, -1):
            a = i - length
            phrase = " ".join(low[a:i])
            here = before.get(phrase)
            if here is None:
                continue
            if phrase in _WORDS_THAT_STOP or (
                phrase == "over" and a > floor and low[a - 1] in ("took", "handed", "turned")
            ):
                return bound, i
            if (
                low[i - 1] == "estimated"
                and words.tag[i - 1] == "VBD"
                and a > floor
                and low[a - 1] not in ("an", "the", "of")
            ):
                return bound, i  # "the army estimated 300 dead": a cue
            if here != "=" and bound in ("", "=", "~"):
                bound = here
            elif not bound:
                bound = "="
            i = a
            break
        else:
            break
    return bound, i


def bound_after(words: Words, k: int, last: int, bound: str) -> tuple[int, str]:
    """The token after "or more" and the like, and the bound that they give."""
    _, after, _ = _phrases()
    low = words.low
    for length in (3, 2, 1):
        if k + length <= last:
            phrase = " ".join(low[k : k + length])
            if phrase in after and (phrase != "plus" or words.start[k] == words.end[k - 1]):
                return k + length, after[phrase] if bound in ("", "=") else bound
    return k, bound


def unit_after(words: Words, k: int, last: int, money: str) -> tuple[str, int]:
    """The unit after a number ("tonnes", "per cent", "US dollars per month"), and the token after it."""
    low, known = words.low, units()
    unit = money
    if k < last:
        j = k + 1 if low[k] == "-" and k + 1 < last and words.start[k] == words.end[k - 1] else k
        for length in (2, 1):
            phrase = " ".join(low[j : j + length])
            if j + length > last or phrase not in known:
                continue
            if not money:
                unit, k = known[phrase], j + length
            elif phrase in ("dollars", "usd", "us$", "euros", "sterling"):
                k = j + length
            break
    rate = k
    if k + 1 < last and (low[k] == "of" or not unit):  # "300 tonnes of artillery shells a day"
        rate = phrase_end(words, k + (low[k] == "of"), min(last, k + 8))
    if rate + 1 < last and low[rate] in ("a", "per", "an", "every", "each") and low[rate + 1] in _RATES:
        return f"{unit} per {low[rate + 1]}".strip(), k + 2 if rate == k else k
    if k < last and low[k] in ("daily", "monthly", "yearly", "annually"):
        return f"{unit} per {({'daily': 'day', 'monthly': 'month'}).get(low[k], 'year')}".strip(), k + 1
    return unit, k


def direction(words: Words, begin: int, first: int, unit: str) -> str:
    """ "up" or "down" where the number says by how much something moved, otherwise ""."""
    low, tags = words.low, words.tag
    i = begin - 1
    by = i >= first and low[i] == "by"
    if by:
        i -= 1
    if i < first or (low[i] not in _UP and low[i] not in _DOWN):
        return "up" if low[begin] == "+" else ""
    if low[i] in ("up", "down"):
        if (
            i > first
            and tags[i - 1] in VERBS
            and (low[i - 1] in _SHOOTING or tags[i - 1] in ("VB", "VBD", "VBP", "VBZ"))
        ):
            moving = low[i - 1] in _UP | _DOWN or low[i - 1] in (
                "go",
                "goes",
                "went",
                "ended",
                "closed",
                "finished",
                "trending",
                "edged",
                "inched",
                "ticked",
                "crept",
                "nudged",
            )
            return low[i] if moving else ""
        return low[i]
    if not (unit or by):
        return ""
    return "up" if low[i] in _UP else "down"
