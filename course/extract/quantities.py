"""Quantities: numbers with their bounds, direction, unit and what they count; not dates, ages, phone numbers or names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from course.claim import Change, Mention
from course.extract.attributions import Page, read
from course.extract.lexicons import rows, word_set
from course.extract.measures import Counted, counted
from course.extract.numbers import Number, number_at
from course.extract.phrases import WEEKDAYS, phrase_end
from course.extract.tags import VERBS
from course.extract.tokens import Words
from course.quantity import Quantity

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_UP = word_set(
    "up rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb climbs climbed climbing gain gains gained gaining jump jumped jumps surge surged soar soared advance advanced add higher"
)
_DOWN = word_set(
    "down fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreased decreases decreasing lose loses lost plunge plunged plummet plummeted plummeting shrink shrank shed slip slipped tumble tumbled lower slid slide dip dipped cut reduce reduced"
)
_SHOOTING = word_set("shoot shoots shot shooting brought bring take took taken gunned")
_MONEY = {
    "$": "US dollars",
    "£": "pounds sterling",
    "€": "euros",
    "¥": "yen",
    "₽": "roubles",
    "₴": "hryvnias",
    "₹": "rupees",
}
_RATE = word_set("day week month year hour night minute second")
_RANGE_MARKS = ("-", "–", "—", "‑")


@dataclass(slots=True)
class Figure:
    """A quantity in tokens: `first` to `last` holds bound words, number and unit; `noun` is the first token of what is counted."""

    first: int
    last: int
    quantity: Quantity
    change: Change
    unit: str
    noun: int
    number: Number


def quantities_in(text: str) -> list[Mention]:
    """The quantities in `text`, in order, with bounds, change, unit, measure and of whom.

    Dates, years, times, ages, ordinals, phone numbers and the numbers in names ("F-16", "Flight 370") are not quantities.
    """
    return quantities_on(read(text))


def quantities_on(page: Page) -> list[Mention]:
    """The same as `quantities_in`, for a text that has been read."""
    found: list[Mention] = []
    for first, last in page.words.sentences:
        figures = figures_in(page.words, first, last)
        if not figures:
            continue
        for figure, what in zip(figures, counted(page.words, figures, first, last), strict=True):
            found.append(_mention(page.words, figure, what))
    return found


def _mention(words: Words, figure: Figure, what: Counted) -> Mention:
    span = words.span(figure.first, figure.last)
    return Mention(span, figure.quantity, figure.change, figure.unit, what.measure, what.of)


@cache
def _bounds() -> tuple[dict[str, str], dict[str, str]]:
    before = {row["phrase"]: row["bound"] for row in rows("bounds") if row["place"] == "before"}
    after = {row["phrase"]: row["bound"] for row in rows("bounds") if row["place"] == "after"}
    return before, after


@cache
def _units() -> dict[str, str]:
    return {row["word"]: row["unit"] for row in rows("units")}


def figures_in(words: Words, first: int, last: int) -> list[Figure]:
    """The quantities of one sentence, in tokens."""
    found: list[Figure] = []
    i = first
    while i < last:
        number = number_at(words, i, last) if _may_begin(words, i) else None
        if number is None:
            i += 1
            continue
        skip = _no_quantity(words, number, first, last)
        if skip:
            i = max(skip, number.last)
            continue
        figure = _figure(words, number, first, last, found[-1].last if found else first)
        found.append(figure)
        i = max(figure.last, number.last)
    return found


def _may_begin(words: Words, i: int) -> bool:
    return words.tag[i] in ("CD", "DT", "JJ", "NN", "NNS", "RB", ":", "NNP")


# --- what is no quantity --------------------------------------------------------------------------------------------------


def _no_quantity(words: Words, number: Number, first: int, last: int) -> int:
    """The token after a date, age, time, name or code that `number` is part of; 0 where it is a quantity."""
    low, tags, start, end = words.low, words.tag, words.start, words.end
    i, k = number.first, number.last
    before = low[i - 1] if i > first else ""
    after = low[k] if k < last else ""
    touching = k < last and start[k] == end[k - 1]
    touched = i > first and end[i - 1] == start[i]
    if number.kind == "exact" and not number.digits and low[i] == "one" and k == i + 1:
        if not (k < last and (tags[k] in ("NN", "JJ") or after in ("in", "or", "to", "of"))) or before in (
            "no", "any", "every", "the", "this", "that", "each", "some", "only",
        ):  # fmt: skip
            return k
        if (
            (after == "of"
            and not (k + 1 < last and tags[k + 1] in ("DT", "PRP$", "NNS", "CD", "JJ")))
            or (after in ("or", "to", "in")
            and not (k + 1 < last and tags[k + 1] == "CD"))
        ):
            return k
    if not number.digits:
        if "year" in after and k + 1 < last and low[k + 1] == "old":
            return k + 2
        return 0
    token = low[i]
    # ordinals, decades, codes: 5th, 1990s, 2a
    if touching and after in ("st", "nd", "rd", "th", "s", "'s"):
        return k + 1
    # times of day: 10:27, 5 am, 5 o'clock, 1130 GMT
    if (
        after in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m", "gmt", "est", "edt", "utc", "o'clock", "noon", "hrs")
        and number.value < 2400
    ):
        return k + 1
    if touching and after == ":" and k + 1 < last and low[k + 1].isdecimal() and start[k + 1] == end[k]:
        return k + 2
    if touched and before == ":":
        return k
    # dates: May 1, 1 May, May 1-3, 2023-05-01, 10/12/2023
    if number.value <= 31 and "." not in token and number.value.denominator == 1:
        if before in MONTHS or (before == "." and i - 2 >= first and low[i - 2] in MONTHS):
            return _after_date(words, k, last)
        if (
            (after in MONTHS
            and (after != "may" or words.capital(k))
            and after != "march")
            or (after == "march"
            and words.capital(k))
        ):
            return _after_date(words, k + 1, last)
        if after in _RANGE_MARKS and k + 2 < last and low[k + 2] in MONTHS:
            return _after_date(words, k + 3, last)
        if before in _RANGE_MARKS and i - 3 >= first and low[i - 3] in MONTHS:
            return _after_date(words, k, last)
    if (
        touching
        and after in ("/", "-", "–", ".")
        and k + 2 < last
        and start[k + 1] == end[k]
        and low[k + 1].isdecimal()
    ):
        j = k + 2
        if j + 1 < last and low[j] in ("/", "-", "–", ".") and start[j] == end[j - 1] and low[j + 1].isdecimal():
            return j + 2  # three numbers with marks between: a date or a phone number
        if after == "/" and number.value < 100:
            return k + 2  # 24/7, 9/11
        if after == "-" and len(token) == 3 and len(low[k + 1]) == 4:
            return k + 2
    # years
    if _is_year(words, number, first, last):
        return k
    # ages: 50-year-old, aged 20, ", 63,"
    j = k + 1 if after == "-" else k
    if (
        (j < last
        and low[j] in ("year-old", "years-old", "year-olds", "month-old"))
        or (
            j + 2 < last
            and low[j] in ("year", "years")
            and low[j + 1] in ("-", "old")
            and low[min(last - 1, j + 2)] in ("old", "olds", "-")
        )
    ):
        return j + 1
    if before in ("aged", "age", "ages"):
        return k
    if (
        before == ","
        and i - 2 >= first
        and tags[i - 2] == "NNP"
        and (after in (",", ")", ".", ""))
        and number.value < 120
        and k == i + 1
    ):
        return k
    # names and codes: Boeing 737, Flight 370, No. 10, #5, M-16
    if touched and before not in (
        "$",
        "£",
        "€",
        "¥",
        "(",
        '"',
        "“",
        "'",
        "‘",
        "~",
        "≈",
        "<",
        ">",
        "–",
        "—",
        "-",
        "+",
        "[",
        "/",
        ",",
        "...",
        "₴",
        "₽",
        "₹",
    ):
        return k
    if before == "#" or (before == "." and i - 2 >= first and low[i - 2] in ("no", "nos")):
        return k
    if (
        touched
        and before == "-"
        and i - 2 >= first
        and end[i - 2] == start[i - 1]
        and tags[i - 2] not in ("CD",)
        and low[i - 2][0].isalpha()
    ):
        return k
    if (
        i > first
        and words.text[start[i - 1]].isupper()
        and (i - 1 > first or tags[i - 1] == "NNP")
        and tags[i - 1] in ("NNP", "NN")
    ):
        if before not in WEEKDAYS and not (
            k < last and (tags[k] in ("NNS", "JJ", "$") or after in _units() or after in ("people", "per", "of"))
        ):
            return k
        if before in (
            "article",
            "section",
            "chapter",
            "page",
            "flight",
            "channel",
            "route",
            "highway",
            "level",
            "phase",
            "group",
            "apollo",
            "covid",
        ):
            return k
    if (
        before
        in (
            "article",
            "section",
            "chapter",
            "page",
            "flight",
            "channel",
            "route",
            "figure",
            "table",
            "row",
            "room",
            "number",
            "rule",
            "title",
            "week",
            "grade",
            "type",
            "version",
        )
        and k == i + 1
        and not (k < last and tags[k] in ("NNS",))
    ):
        return k
    # URLs and addresses
    if touching and (
        after in ("@", "_")
        or (after.isalpha()
        and after not in _units()
        and len(after) == 1
        and after not in ("m", "b", "k", "g", "w", "c", "f"))
    ):
        return k + 1
    return 0


def _after_date(words: Words, k: int, last: int) -> int:
    """The token after the rest of a date: "-3", ", 2023"."""
    low = words.low
    if k + 1 < last and low[k] in _RANGE_MARKS and low[k + 1].isdecimal() and len(low[k + 1]) <= 2:
        k += 2
    if k + 1 < last and low[k] == "," and len(low[k + 1]) == 4 and low[k + 1].isdecimal():
        return k + 2
    if k < last and len(low[k]) == 4 and low[k].isdecimal():
        return k + 1
    return k


def _is_year(words: Words, number: Number, first: int, last: int) -> bool:
    low, tags = words.low, words.tag
    i, k = number.first, number.last
    token = low[i]
    if len(token) != 4 or not token.isdecimal() or k != i + 1:
        return False
    value = int(token)
    if not 1400 <= value <= 2100:
        return False
    before = low[i - 1] if i > first else ""
    after = low[k] if k < last else ""
    if (
        before in _MONEY
        or (after in _units()
        and after not in ("m", "second", "foot"))
        or before in ("than", "least", "about", "some", "nearly", "over", "almost")
    ):
        return False
    if k < last and (tags[k] == "NNS" or (tags[k] == "JJ" and k + 1 < last and tags[k + 1] == "NNS")):
        return value >= 1900 and before in (
            "in",
            "the",
            "since",
            "its",
            "of",
            "their",
            "by",
            "his",
            "her",
            "late",
            "early",
            "this",
        )
    return value >= 1900 or before in (
        "in",
        "since",
        "between",
        "from",
        "until",
        "by",
        "of",
        "and",
        "to",
        "after",
        "before",
        "circa",
        "the",
    )


# --- the quantity ---------------------------------------------------------------------------------------------------------


def _figure(words: Words, number: Number, first: int, last: int, free: int) -> Figure:
    low, start, end = words.low, words.start, words.end
    lower = upper = number.value
    k = number.last
    whole: Fraction | None = None
    ranged = False
    begin = number.first
    money = ""
    if begin > first and low[begin - 1] in _MONEY:
        money = _MONEY[low[begin - 1]]
        begin -= 1
        if (
            begin > first
            and low[begin - 1] in ("us", "a", "c", "au", "nz", "hk")
            and end[begin - 1] == start[begin]
            and words.capital(begin - 1)
        ):
            begin -= 1
    # ranges: 5,000-7,000; 5,000 to 7,000; between 5,000 and 7,000
    second = _second(words, number, k, last, begin, first)
    if second is not None and second.value >= lower:
        upper, ranged = second.value, True
        scale = second.value
        # "5 to 7 million", "$13-15bn": the scale belongs to both
        if (
            second.last - second.first >= 1
            and lower < 1000
            and scale >= 1000
            and number.last == number.first + 1
            and number.digits
        ):
            shown = _shown(words, second)
            if shown and shown >= lower:
                lower = lower * (scale / shown)
        k = second.last
        if begin > first and low[begin - 1] in ("between", "from"):
            begin -= 1
    # a part of a whole: 15 of 18, one in five
    if not ranged and number.kind == "exact":
        k, whole = _of_whole(words, k, last, number.value)
        if whole is not None and low[number.last] == "in":
            lower = upper = lower / whole
            whole = None
    bound, begin = _bound_before(words, begin, first, free)
    k, bound = _bound_after(words, k, last, bound)
    unit, k = _unit(words, k, last, money)
    if bound == "":
        k2, bound = _bound_after(words, k, last, bound)
        k = k2
    if unit != "times" and low[number.first] in ("twice",):
        unit = "times"
    change = _direction(words, begin, k, first, last, unit)
    quantity = _quantity(number, lower, upper, ranged, bound, words.span(begin, k).of(words.text), whole)
    if not change:
        change = {">": ">", ">=": ">", "<": "<", "<=": "<", "~": "~"}.get(bound, "=")  # type: ignore[assignment]
    return Figure(begin, k, quantity, change, unit, k, number)  # type: ignore[arg-type]


def _shown(words: Words, number: Number) -> Fraction | None:
    from course.extract.numbers import of_figures

    return of_figures(words.low[number.first])


def _second(words: Words, number: Number, k: int, last: int, begin: int, first: int) -> Number | None:
    """The upper end of a range that begins with `number`."""
    low = words.low
    if k + 1 >= last or number.kind != "exact":
        return None
    mark = low[k]
    between = begin > first and low[begin - 1] == "between"
    j = k + 1
    if mark in _RANGE_MARKS or mark == "to" or (mark == "and" and between) or mark == "or":
        if low[j] in _MONEY:
            j += 1
        if j >= last or not _may_begin(words, j):
            return None
        other = number_at(words, j, last)
        if other is None or other.kind != "exact" or (other.value <= number.value and mark != "to"):
            return None
        if mark == "or" and not (other.value <= number.value + 2):
            return None
        if (
            mark == "to"
            and begin > first
            and low[begin - 1] == "from"
            and begin - 2 >= first
            and low[begin - 2] in _UP | _DOWN
        ):
            return None
        return other
    return None


def _of_whole(words: Words, k: int, last: int, value: Fraction) -> tuple[int, Fraction | None]:
    low = words.low
    j = k
    if j + 2 < last and low[j] == "out" and low[j + 1] == "of":
        j += 2
    elif j + 1 < last and low[j] == "of":
        j += 1
        if j < last and low[j] in ("the", "a", "all") and j + 1 < last and (low[j + 1] != "total"):
            j += 1
    elif j + 1 < last and low[j] == "in" and value <= 9 and value.denominator == 1:
        j += 1
    else:
        return k, None
    if j >= last or words.tag[j] != "CD":
        return k, None
    other = number_at(words, j, last)
    if other is None or other.kind != "exact" or other.value <= value or other.value <= 0:
        return k, None
    if low[k] == "in" and (other.value > 100 or other.value < 2):
        return k, None
    return other.last, other.value


def _bound_before(words: Words, begin: int, first: int, free: int) -> tuple[str, int]:
    """The bound that the words before the number give, and where those words begin."""
    low = words.low
    before, _ = _bounds()
    bound = ""
    floor = max(first, free)
    i = begin
    while i > floor:
        for length in (5, 4, 3, 2, 1):
            a = i - length
            if a < floor:
                continue
            phrase = " ".join(low[a:i]) if length > 1 else low[a]
            if phrase in before:
                if (
                    phrase == "over"
                    and a > first
                    and words.tag[a - 1] in ("VBD", "VBN")
                    and low[a - 1] in ("took", "handed", "turned")
                ):
                    continue
                here = before[phrase]
                if here == "=" and phrase in ("the", "all", "only", "just", "fully"):
                    if phrase in ("the", "all"):
                        return bound, i
                if here != "=" and (bound == "" or bound == "=" or bound == "~"):
                    bound = here
                elif bound == "":
                    bound = "="
                i = a
                break
        else:
            break
    return bound, i


def _bound_after(words: Words, k: int, last: int, bound: str) -> tuple[int, str]:
    _, after = _bounds()
    low = words.low
    for length in (3, 2, 1):
        if k + length <= last:
            phrase = " ".join(low[k : k + length])
            if phrase in after and (phrase != "plus" or words.start[k] == words.end[k - 1]):
                return k + length, after[phrase] if bound in ("", "=") else bound
    return k, bound


def _unit(words: Words, k: int, last: int, money: str) -> tuple[str, int]:
    """The unit after the number: "tonnes", "per cent", "US dollars per month"; and the token after it."""
    low = words.low
    units = _units()
    unit = money
    if k < last:
        j = k + 1 if low[k] == "-" and k + 1 < last and words.start[k] == words.end[k - 1] else k
        for length in (2, 1):
            if j + length <= last:
                phrase = " ".join(low[j : j + length])
                if phrase in units:
                    if phrase in ("second", "may", "m", "g", "foot", "min", "in", "ha", "pounds") and money:
                        break
                    if not money or unit == "":
                        unit = units[phrase]
                    k = j + length
                    break
    if k + 1 < last:
        rate = k
        if low[k] == "of" or not unit:  # "300 tonnes of artillery shells a day"
            rate = phrase_end(words, k + (low[k] == "of"), min(last, k + 8))
        if rate + 1 < last and low[rate] in ("a", "per", "an", "every", "each") and low[rate + 1] in _RATE:
            unit = f"{unit} per {low[rate + 1]}".strip()
            k = k + 2 if rate == k else k
        elif low[k] in ("daily", "monthly", "yearly", "annually"):
            unit = f"{unit} per {({'daily': 'day', 'monthly': 'month'}).get(low[k], 'year')}".strip()
            k += 1
    return unit, k


def _direction(words: Words, begin: int, k: int, first: int, last: int, unit: str) -> str:
    """ "up" or "down" where the number is how much something moved."""
    low = words.low
    i = begin - 1
    if i >= first and low[i] == "by":
        i -= 1
    if i >= first and low[i] in _UP:
        return "up" if (unit == "percent" or low[i] == "up" or low[begin - 1] == "by") else ""
    if i >= first and low[i] in _DOWN:
        moved = low[i] == "down" and not (i > first and words.tag[i - 1] in VERBS and low[i - 1] in _SHOOTING)
        return "down" if (unit == "percent" or moved or low[begin - 1] == "by") else ""
    return ""


def _quantity(
    number: Number, lower: Fraction, upper: Fraction, ranged: bool, bound: str, text: str, whole: Fraction | None
) -> Quantity:
    low_value, high_value = _plain(lower), _plain(upper)
    total = None if whole is None else _plain(whole)
    if number.kind == "vague":
        # the plural says at least two of them; how many more is left open
        return Quantity(_plain(2 * lower) if bound not in ("<", "<=") else None, None, approximate=True, text=text)
    if number.kind == "few":
        return Quantity(low_value, None, approximate=True, text=text)
    if ranged:
        return Quantity(low_value, high_value, approximate=bound == "~", text=text, whole=total)
    if bound == ">":
        return Quantity(low_value, None, lower_open=True, text=text, whole=total)
    if bound == ">=":
        return Quantity(low_value, None, text=text, whole=total)
    if bound == "<":
        return Quantity(None, high_value, upper_open=True, text=text, whole=total)
    if bound == "<=":
        return Quantity(None, high_value, text=text, whole=total)
    return Quantity(low_value, high_value, approximate=bound == "~", text=text, whole=total)


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
