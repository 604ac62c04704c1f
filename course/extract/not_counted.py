"""Numbers that count nothing: dates, years, times, ages, ordinals, phone numbers, and the numbers in names."""

from __future__ import annotations

from course.extract.counting_words import by_verbs
from course.extract.lexicons import units, word_set
from course.extract.numbers import Number
from course.extract.phrases import WEEKDAYS
from course.extract.tags import NOUNS, VERBS
from course.extract.tokens import Words

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
RANGE_MARKS = ("-", "–", "—", "‑")
MONEY_SIGNS = word_set("$ £ € ¥ ₽ ₴ ₹")
_TIMES = word_set("am pm a.m. p.m. a.m p.m gmt est edt utc o'clock noon hrs et pt")
_ORDINAL_ENDS = word_set("st nd rd th s 's")
_OLD = word_set("year-old years-old year-olds month-old week-old day-old")
_NUMBERED = word_set(
    "article section chapter page flight channel route figure table row room number rule title week grade type version highway level"
    " phase group apollo unit game covid day round part book season stage act line area sector gate platform station category tier block pier hotline magnitude calibre caliber release"
)
_DESCRIBED = word_set("armed suspected wounded injured alleged wanted unarmed masked")
_SUPERLATIVES = word_set("worst best largest biggest deadliest greatest poorest richest oldest heaviest bloodiest")
_NOT_ONE = word_set("no any every the this that each some only which")
_STARTS_FREE = word_set(
    "$ £ € ¥ ( \" “ ' ‘ ~ ≈ < > – — - + [ / , ... ₴ ₽ ₹  `` « ± − ≥ ≤ us hk nz usd eur gbp rm rs ps aud cad"
)
_LETTER_UNITS = word_set("m b k g w c f p")
_BOUND_WORDS = word_set("than least about some nearly over almost most around roughly approximately")
_YEAR_WORDS = word_set("in since between from until by of and to after before circa the")


def passed_over(words: Words, number: Number, first: int, last: int) -> int:
    """The token after what `number` is part of, where that is no quantity; 0 where it is one."""
    if not number.digits:
        return _in_words(words, number, last)
    for rule in (_ordinal_or_time, _date, _code, _year, _age, _name):
        end = rule(words, number, first, last)
        if end:
            return end
    return 0


def _at(words: Words, i: int, first: int, last: int) -> str:
    return words.low[i] if first <= i < last else ""


def _touches(words: Words, k: int, last: int) -> bool:
    """Whether token `k` follows the one before without a space."""
    return 0 < k < last and words.start[k] == words.end[k - 1]


def _in_words(words: Words, number: Number, last: int) -> int:
    """`one` as a pronoun, and ages in words."""
    low, tags, i, k = words.low, words.tag, number.first, number.last
    after = low[k] if k < last else ""
    if i and low[i - 1] == "per":
        return k  # "parts per million"
    if number.kind == "exact" and low[i] == "one" and k == i + 1:
        before = low[i - 1] if i else ""
        if before in by_verbs("victim") and tags[i - 1] in VERBS and after in ("and", ",", ".", "in", "near"):
            return 0  # "killing one and wounding four"
        if k + 1 < last and after in _DESCRIBED and (tags[k + 1] in NOUNS or tags[k + 1] == "JJ"):
            return 0  # "one armed insurgent"
        if (
            before in ("said", "says")
            or (before == "on" and after == "side")
            or (after == "of" and _outstanding(words, k, last))
        ):
            return k
        counts = k < last and (tags[k] in ("NN", "JJ", "NNP") or after in ("of", "in", "or", "to", "out"))
        if not counts or (before in _NOT_ONE and tags[i - 1] != "THAT"):
            return k
        following = tags[k + 1] if k + 1 < last else ""
        if after == "of" and following not in ("DT", "PRP$", "NNS", "CD", "JJ"):
            return k
        if after in ("or", "to", "in") and following != "CD":
            return k
    if after in _OLD or (after == "year" and k + 1 < last and low[k + 1] == "old"):
        return k + 1
    return 0


def _outstanding(words: Words, k: int, last: int) -> bool:
    """Whether "one of" tells how good or bad a thing is: "one of the world's worst crises"."""
    near = range(k + 1, min(last, k + 6))
    return any(words.tag[j] == "POS" and words.low[min(j + 1, last - 1)] in _SUPERLATIVES for j in near)


def _ordinal_or_time(words: Words, number: Number, first: int, last: int) -> int:
    """5th, 1990s; 10:27, 5 am, 1130 GMT."""
    i, k = number.first, number.last
    after = _at(words, k, first, last)
    if _touches(words, k, last) and after.split("-")[0] in _ORDINAL_ENDS:
        return k + 1
    if after in _TIMES and number.value < 2400 and not (after in ("et", "pt") and not words.capital(k)):
        return k + 1
    if (
        after == ":"
        and _touches(words, k, last)
        and _at(words, k + 1, first, last).isdecimal()
        and _touches(words, k + 1, last)
    ):
        return k + 2
    if _at(words, i - 1, first, last) == ":" and _touches(words, i, last):
        return k
    return 0


def _date(words: Words, number: Number, first: int, last: int) -> int:
    """May 1; 1 May; May 1-3; 2023-05-01; 10/12/2023; and phone numbers, which look the same."""
    low, i, k = words.low, number.first, number.last
    before, after = _at(words, i - 1, first, last), _at(words, k, first, last)
    if number.value <= 31 and number.value.denominator == 1 and k == i + 1:
        if before in MONTHS or (before == "." and _at(words, i - 2, first, last) in MONTHS):
            return _rest_of_date(words, k, last)
        if after in MONTHS and words.capital(k):
            return _rest_of_date(words, k + 1, last)
        if after in RANGE_MARKS and _at(words, k + 2, first, last) in MONTHS:
            return _rest_of_date(words, k + 3, last)
        if before in RANGE_MARKS and _at(words, i - 3, first, last) in MONTHS:
            return _rest_of_date(words, k, last)
    if (
        after in ("/", "-", "–", ".")
        and _touches(words, k, last)
        and _touches(words, k + 1, last)
        and low[k + 1].isdecimal()
    ):
        j = k + 2
        if (
            _at(words, j, first, last) in ("/", "-", "–", ".")
            and _touches(words, j, last)
            and _at(words, j + 1, first, last).isdecimal()
        ):
            return j + 2
        if after == "/" and number.value < 100:
            return k + 2  # 24/7, 9/11
        if after == "-" and len(low[i]) == 3 and len(low[k + 1]) == 4:
            return k + 2
    return 0


def _rest_of_date(words: Words, k: int, last: int) -> int:
    """The token after the rest of a date: "-3", ", 2023"."""
    low = words.low
    if k + 1 < last and low[k] in RANGE_MARKS and low[k + 1].isdecimal() and len(low[k + 1]) <= 2:
        k += 2
    if k + 1 < last and low[k] == "," and len(low[k + 1]) == 4 and low[k + 1].isdecimal():
        return k + 2
    if k < last and len(low[k]) == 4 and low[k].isdecimal():
        return k + 1
    if (
        k < last
        and len(low[k]) == 2
        and low[k].isdecimal()
        and (k + 1 >= last or words.tag[k + 1] in (".", ",", ":", "(", ")"))
    ):
        return k + 1  # 9 Jan 90
    return k


def _code(words: Words, number: Number, first: int, last: int) -> int:
    """M-16, No. 10, #5, COVID-19, and letters stuck to a figure that are no unit."""
    low, i, k = words.low, number.first, number.last
    before, after = _at(words, i - 1, first, last), _at(words, k, first, last)
    if _touches(words, i, last) and i > first and before not in _STARTS_FREE:
        return k
    if before == "#" or (before == "." and _at(words, i - 2, first, last) in ("no", "nos")):
        return k
    worded = before == "-" and i - 2 >= first and low[i - 2][0].isalpha() and low[i - 2] != "minus"
    if worded and ((_touches(words, i, last) and _touches(words, i - 1, last)) or low[i - 2] == "covid"):
        return k
    if after == "-" and _at(words, k + 1, first, last) == "magnitude":
        return k + 2
    if _touches(words, k, last):
        if after in ("@", "_"):
            return k + 1
        if after == "mm" and k + 1 < last and words.tag[k + 1] in NOUNS:  # "120mm shells"
            return k + 1
        if after.isalpha() and len(after) == 1 and after not in units() and after not in _LETTER_UNITS:
            return k + 1
    return 0


def _year(words: Words, number: Number, first: int, last: int) -> int:
    low, tags, i, k = words.low, words.tag, number.first, number.last
    token = low[i]
    if len(token) != 4 or not token.isdecimal() or k != i + 1 or not 1400 <= int(token) <= 2199:
        return 0
    value = int(token)
    before, after = _at(words, i - 1, first, last), _at(words, k, first, last)
    if (
        (after in RANGE_MARKS or after == "/")
        and _touches(words, k, last)
        and _touches(words, k + 1, last)
        and (until := _at(words, k + 1, first, last)).isdecimal()
        and len(until) == 2
        and value >= 1900
        and (value + 1) % 100 <= int(until) <= (value + 20) % 100
    ):
        return k + 2  # "2012-13", "2019/20": a season, a financial year
    unit = " ".join(low[k : k + 2]) in units() or (after in units() and after not in ("m", "second", "foot"))
    if before in MONEY_SIGNS or before in _BOUND_WORDS or unit:
        return 0
    if k < last and (tags[k] == "NNS" or (tags[k] in ("JJ", "NNP", "NN") and k + 1 < last and tags[k + 1] == "NNS")):
        counted = (
            value < 1900 or (i > first and tags[i - 1] in VERBS) or (value % 100 == 0 and before not in _YEAR_WORDS)
        )
        return 0 if counted else k
    return k if value >= 1900 or before in _YEAR_WORDS else 0


def _age(words: Words, number: Number, first: int, last: int) -> int:
    """50-year-old, aged 20, and the number between commas after a name."""
    tags, i, k = words.tag, number.first, number.last
    if number.value > 120:
        return 0
    before, after = _at(words, i - 1, first, last), _at(words, k, first, last)
    j = k + 1 if after == "-" else k
    unit = _at(words, j, first, last)
    if unit in _OLD:
        return j + 1
    if (
        unit in ("year", "years")
        and _at(words, j + 1, first, last) in ("-", "old")
        and (_at(words, j + 1, first, last) == "old" or _at(words, j + 2, first, last) in ("old", "olds"))
    ):
        return j + 2
    if before in ("aged", "age", "ages"):
        to = after in ("to", "and", *RANGE_MARKS) and _at(words, k + 1, first, last).isdecimal()
        return k + 2 if to else k
    if before == "," and i - 2 >= first and tags[i - 2] == "NNP" and after in (",", ")", ".", "") and k == i + 1:
        return k
    return 0


def _name(words: Words, number: Number, first: int, last: int) -> int:
    """Boeing 737, Flight 370, Resolution 1701."""
    tags, i, k = words.tag, number.first, number.last
    before, after = _at(words, i - 1, first, last), _at(words, k, first, last)
    if (
        before in _NUMBERED
        and tags[i - 1] not in VERBS
        and k == i + 1
        and not (k < last and tags[k] == "NNS")
        and after not in units()
    ):
        return k
    if i <= first or tags[i - 1] not in ("NNP", "NN") or words.word(i - 1).islower() or not before[0].isalpha():
        return 0
    counts = after in units() or after in ("people", "per", "of", "%") or (k < last and tags[k] in ("NNS", "JJ", "$"))
    # "In Corrance 40 were evacuated": what has a name is one, and nobody writes a comma into the number of a name
    counts = counts or after in ("were", "are", "have") or "," in words.word(i)
    if before in WEEKDAYS or before in MONTHS or counts or k > i + 1 or before in _STARTS_FREE:
        return 0
    return k if i - 1 > first or tags[i - 1] == "NNP" else 0
