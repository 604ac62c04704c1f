"""Noun phrases, verb groups, subjects and complements, found from a verb outwards without a parse."""

from __future__ import annotations

from course.extract.lexicons import word_set
from course.extract.tags import FINITE, IN_PHRASE, NOUNS, VERBS
from course.extract.tokens import Words

_AUXILIARIES = frozenset(("BE", "HV", "DO", "MD", "RB", "NEG"))
_HEADS = frozenset(("NN", "NNS", "NNP", "CD", "PRP", ")", "POS", "DT", "AB"))
_ATTACHED = word_set(
    "of in for at from with on by to near inside outside within against around under over about behind between like including since among"
)
_OBJECTS = word_set("me him us them himself herself themselves myself itself")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight")
_PERIODS = word_set("week month year weekend morning evening afternoon night summer winter spring")
_WHICH = word_set("this last next that")
_REFLEXIVE = word_set("himself herself itself themselves")
_WINDOW = 40  # tokens; a subject or complement further away than this is not looked for


def verb_group(words: Words, verb: int, first: int) -> tuple[int, bool]:
    """Where the verb group that ends with token `verb` begins, and whether it is passive."""
    tags, low = words.tag, words.low
    i, passive = verb, False
    while i > first and tags[i - 1] in _AUXILIARIES | {"VBN", "TO"}:
        before = tags[i - 1]
        if before == "VBN" and low[i - 1] not in ("been",):
            break
        if before == "TO" and i - 3 >= first and low[i - 2] == "on" and low[i - 3] in ("went", "go", "goes", "gone"):
            i -= 2
        elif before == "TO" and not (i - 2 >= first and low[i - 2] in ("going", "used", "have", "has", "had", "want")):
            break
        i -= 1
    while (
        i < verb
        and tags[i] in ("RB", "NEG")
        and low[i] in ("here", "there", "so", "then", "however", "away", "back", "out", "up")
    ):
        i += 1
    if tags[verb] == "VBN":
        passive = any((tags[k] == "BE" and low[k] not in ("been",)) or low[k] == "been" for k in range(i, verb))
    return i, passive


def phrase_start(words: Words, i: int, first: int) -> int:
    """Where the noun phrase begins whose last token is `i`."""
    tags, low = words.tag, words.low
    k = i
    if tags[k] == ")":
        k = _opening_bracket(words, k, first)
        if k == first:
            return k
        k -= 1
    if tags[k] == "PRP":
        return k
    while k > first:
        here, before = tags[k], tags[k - 1]
        if here in ("DT", "PRP$", "WP$"):
            if before == "DT" or (before == "CD" and low[k - 1] == "half"):
                k -= 1
                continue
            break
        if before in IN_PHRASE:
            if low[k] in WEEKDAYS or (low[k - 1] in WEEKDAYS and here not in ("NN", "NNS")):
                break
            if before == "NNS" and here == "NNP" and not _title(low[k - 1]):
                break
            k -= 1
        elif (
            before in ("VBG", "VBN", "VBD")
            and here != "POS"
            and k - 2 >= first
            and tags[k - 2] in ("DT", "JJ", "PRP$", "POS", "CD", "RB")
        ) or (before == "RB" and here in ("JJ", "VBN") and k - 2 >= first and tags[k - 2] in ("DT", "PRP$")):
            k -= 1
        elif before == "PRP" and here == "POS":
            return k - 1
        elif before == '"' and k - 2 >= first and tags[k - 2] in IN_PHRASE:
            k -= 2
        elif before == ")" and here in NOUNS:
            bracket = _opening_bracket(words, k - 1, first)
            if bracket == first or tags[bracket - 1] not in IN_PHRASE:
                break
            k = bracket - 1
        elif low[k - 1] in ("&", "–") and k - 2 >= first and tags[k - 2] == "NNP" and here == "NNP":
            k -= 2
        else:
            break
    return k


def phrase_end(words: Words, i: int, last: int) -> int:
    """Where the noun phrase ends that begins with token `i` (the token after it); `i` itself where there is none."""
    tags, low = words.tag, words.low
    if i < last and tags[i] in ("PRP", "EX"):
        return i + 1
    k, noun = i, False
    while k < last:
        here = tags[k]
        if here in ("DT", "PRP$", "WP$"):
            if noun:
                break
        elif here in NOUNS:
            if noun and low[k] in WEEKDAYS:
                break
            noun = True
        elif here == "POS":
            noun = False
        elif here in ("JJ", "CD", "$"):
            if noun and here == "JJ" and tags[k - 1] not in ("NNP", "JJ"):
                break
            noun = noun or here == "CD"
        elif here in ("VBG", "VBN", "VBD"):
            if noun or k + 1 >= last or tags[k + 1] not in NOUNS or (k == i and here != "VBG"):
                break
        elif here == "RB":
            if noun or k + 1 >= last or tags[k + 1] not in ("JJ", "CD", "VBN"):
                break
        elif (here in ("AB", "HY")) or (
            here == '"' and not noun and k > i and k + 1 < last and tags[k + 1] in IN_PHRASE
        ):
            pass
        else:
            break
        k += 1
    while k > i and tags[k - 1] in ("RB", '"'):
        k -= 1
    return k


def long_phrase_end(words: Words, i: int, last: int) -> int:
    """Where the noun phrase ends that begins with `i`, prepositional phrases and "and" included."""
    tags, low = words.tag, words.low
    k = phrase_end(words, i, last)
    while k > i and k + 1 < last:
        if (tags[k] in ("IN", "TO") and low[k] in _ATTACHED) or low[k] == "and":
            after = phrase_end(words, k + 1, last)
            if after == k + 1:
                break
            if low[k] == "and" and after < last and tags[after] in FINITE:
                break
            k = after
        else:
            break
    return k


def _title(word: str) -> bool:
    return word in ("forces", "affairs", "operations", "services", "nations", "states")


def _opening_bracket(words: Words, k: int, first: int) -> int:
    low = words.low
    i = k
    while i > max(first, k - 15) and low[i] not in ("(", "["):
        i -= 1
    return i if low[i] in ("(", "[") else k


def subject(words: Words, verb: int, first: int) -> tuple[int, int] | None:
    """The tokens of the subject to the left of a verb group that begins at `verb`, appositions and attached phrases included."""
    tags, low = words.tag, words.low
    j = verb - 1
    while j > first and (
        tags[j] in ("RB", "NEG")
        or low[j] in WEEKDAYS
        or low[j] in ("earlier", "later")
        or (low[j] in ("all", "both", "each") and tags[j - 1] in NOUNS | {"PRP"})
        or (low[j] in ("on", "late", "early") and low[j + 1] in WEEKDAYS)
    ):
        j -= 1
    if j - 1 > first and low[j] in _PERIODS and (low[j - 1] in _WHICH or low[j - 1] == "past"):
        j -= 2 if low[j - 1] in _WHICH else 3  # "the minister this week announced"
    if j < first or tags[j] in ("RB", "NEG"):
        return None
    if tags[j] == "," or low[j] in ("—", "–", "--"):
        found = _before_insertion(words, j, first)
        return (found, j + 1) if found is not None else None
    if tags[j] == "THAT" and j > first and (tags[j - 1] in NOUNS or tags[j - 1] == ","):
        return j, j + 1
    if tags[j] in ("WP", "WDT"):
        return j, j + 1
    if low[j] in _REFLEXIVE and j > first and tags[j - 1] in NOUNS:
        j -= 1
    if (
        tags[j] == "PRP"
        and low[j] in _OBJECTS
        and low[j - 1] == "of"
        and j - 2 >= first
        and tags[j - 2] in _HEADS | {"JJ"}
    ):
        return phrase_start(words, j - 2, first), j + 1  # "one of them"
    if tags[j] == "PRP" and low[j] in _OBJECTS:
        return _before_relative(words, j, first)
    if (
        tags[j] in _HEADS
        or tags[j] == "JJ"
        or (tags[j] == "VBG" and j > first and tags[j - 1] in ("DT", "NN", "NNP", "POS"))
    ):
        if tags[j] == "DT" and low[j] in ("the", "a", "an", "no", "every"):
            return None
        start = _extended(words, phrase_start(words, j, first), first)
        if start > first and (tags[start - 1] in VERBS or tags[start - 1] in ("IN", "TO")):
            longer = _before_relative(words, j, first)  # "a reporter who reached the bridge counted"
            if longer is not None:
                return longer
        return start, j + 1
    if tags[j] in ("VBD", "VBN"):  # "those who answered said"
        return _before_relative(words, j, first)
    return None


def _before_relative(words: Words, j: int, first: int) -> tuple[int, int] | None:
    """The noun phrase with a relative clause that ends with token `j`: "the groups who wrote to her"."""
    tags = words.tag
    for k in range(j - 1, max(first, j - 15), -1):
        if tags[k] in ("WP", "WDT") and (tags[k - 1] in NOUNS or words.low[k - 1] in ("those", "all", "some", "many")):
            return _extended(words, phrase_start(words, k - 1, first), first), j + 1
        if tags[k] in (",", ":", "CC"):
            return None
    return None


def _extended(words: Words, start: int, first: int) -> int:
    """`start` moved left over "of the ministry" and "Smith and"."""
    tags, low = words.tag, words.low
    while start - 2 >= first:
        before, head = tags[start - 1], tags[start - 2]
        if (
            before in ("IN", "TO")
            and low[start - 1] in _ATTACHED
            and head in (_HEADS if low[start - 1] == "of" else _HEADS - {"DT", "CD"})
        ):
            moved = phrase_start(words, start - 2, first)
            if moved > first and tags[moved - 1] in VERBS and tags[moved] != "DT":
                break
            start = moved
        elif (
            before in ("IN", "TO")
            and head == "JJ"
            and start - 3 >= first
            and tags[start - 3] in ("NN", "NNS", "PRP", "DT")
        ):
            start = phrase_start(words, start - 3, first)  # "people familiar with the matter"
        elif low[start - 1] in ("and", "or", "&") and head in NOUNS | {")"}:
            moved = phrase_start(words, start - 2, first)
            if moved > first and tags[moved - 1] not in (",", '"', "THAT", "CC", ":", "IN", ".", "RB", "WRB"):
                break
            start = moved
        elif tags[start - 1] == "," and head == "NNP" and tags[start] in ("DT", "NN", "JJ") and False:
            break
        else:
            break
    return start


def _before_insertion(words: Words, comma: int, first: int) -> int | None:
    """Where the noun phrase begins that an inserted phrase, closed by `comma`, follows."""
    tags, low = words.tag, words.low
    for k in range(comma - 1, max(first, comma - _WINDOW), -1):
        if low[k] not in (",", "—", "–", "--", "-") or k == first or tags[k - 1] not in _HEADS - {"DT"}:
            continue
        after = tags[k + 1] if k + 1 < comma else ","
        clause = any(tags[i] in FINITE for i in range(k + 1, comma))
        if low[k + 1] in ("but", "and", "or"):
            continue
        if (
            clause
            and after not in ("WP", "WDT", "WP$")
            and not any(tags[i] in ("WP", "WDT", "WP$") for i in range(k + 1, comma))
        ):
            return None
        if after in (
            "WP",
            "WDT",
            "WP$",
            "DT",
            "NN",
            "NNS",
            "NNP",
            "JJ",
            "PRP$",
            "CD",
            "VBN",
            "VBG",
            "VBD",
            "IN",
            "RB",
            "TO",
        ):
            start = _extended(words, phrase_start(words, k - 1, first), first)
            # the phrase may itself be an apposition to a name further left
            if (
                start - 2 >= first
                and tags[start - 1] == ","
                and tags[start - 2] == "NNP"
                and tags[start] in ("DT", "NN", "JJ", "CD")
                and low[start - 2] not in WEEKDAYS
            ):
                start = phrase_start(words, start - 2, first)
            return start
    return None


def main_subject(words: Words, first: int, before: int) -> tuple[int, int] | None:
    """The subject of the first finite verb of the sentence, for a verb that shares it ("X came and said")."""
    tags = words.tag
    for i in range(first, before):
        if tags[i] in FINITE:
            found = subject(words, i, first)
            if found is not None and tags[found[0]] not in ("WP", "WDT", "THAT"):
                return found
    return None
