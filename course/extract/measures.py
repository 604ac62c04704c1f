"""What a quantity counts, and whose: killed, wounded, casualties, captured, missing, displaced and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.extract.counting_words import Counted, by_verbs, count_nouns, phrase_at, phrase_up_to, states
from course.extract.lexicons import word_set
from course.extract.measure_phrases import measure_by_phrase
from course.extract.phrases import phrase_end, subject, verb_group
from course.extract.tags import FINITE, IN_PHRASE, NOUNS, VERBS
from course.extract.tokens import Words

if TYPE_CHECKING:
    from course.extract.figures import Figure

_LINKING = word_set(
    "been got get getting left reported feared confirmed presumed believed found said declared listed became become becoming"
)
_BETWEEN = word_set("to also or either seriously both critically")
_PARTS = word_set("including most mostly all both among some many")
_BEFORE_CLAUSE = word_set("when after while because before since as if although though whether said says")
_MOVING = word_set("come comes came coming go goes went gone going")
_REACHING = word_set(
    "stand stands stood reach reached reaches rise rises rose risen number numbered amount amounts amounted total totalled come came climbed"
    " climbs climb jumped jumps soared soars passed passes pass hit hits surpassed surpasses put fell falls fallen dropped drops topped tops"
    " exceeded exceeds grew grows grown"
)
_SHOOTING = word_set("brought shot shoot bring brings bringing shooting shoots")
_GIVEN = word_set("given sent offered promised")
_NOUNS_TOO = word_set("down fire launch")
_COUNTING = word_set("tally count number total toll")
_PASSED_LEFT = frozenset(("IN", "RB", "DT", "JJ", "CD", "TO", "BE", "HV", "NEG", "POS", '"', "NNP"))
_OTHERS = word_set("another other others more further")
_SUFFERING = word_set("suffered lost sustained taken suffering suffers lose had incurred losing")
_DRIVING = word_set("forced force forces forcing driven drove drive drives driving pushed")
_TIMES = word_set("days weeks months years hours minutes seconds day week month year hour")
_REACH = 25  # tokens between a number and the verb that says what happened
_WORDS_PASSED = (
    "IN",
    "DT",
    "JJ",
    "NN",
    "NNS",
    "NNP",
    "CD",
    "PRP$",
    "POS",
    "RB",
    "CC",
    "TO",
    "VBG",
    "VBN",
    "THAT",
    "WP",
)
_PASSED = frozenset((*_WORDS_PASSED, ",", "(", ")", "$", ":"))


def _away(words: Words, figure: Figure, first: int) -> bool:
    """Whether those whom a verb moves leave a place: "forced 40,000 people out", "has driven 300 families from Norland"."""
    end = phrase_end(words, figure.last, len(words.low))
    return end < len(words.low) and words.low[end] in ("out", "from", "away", "to", "into")


def counted(words: Words, figures: list[Figure], first: int, last: int) -> list[Counted]:
    """What each of the quantities of one sentence counts."""
    results: list[Counted] = []
    for number, figure in enumerate(figures):
        if figure.unit in _TIMES:
            results.append(Counted())  # "two days ago"
            continue
        found = _counted(words, figure, first, last)
        if not found.measure and number and results[-1].measure:
            # "killed five soldiers, two civilians and a child": the verb carries on
            between = range(figures[number - 1].last, figure.first)
            if (
                all(words.tag[i] in _PASSED and words.tag[i] not in VERBS for i in between)
                and len(between) < 12
                and _listed(words, figure)
            ):
                found = Counted(results[-1].measure, found.of, results[-1].by)
        if not found.measure:
            measure, by = measure_by_phrase(words, figure, first, last)
            found = Counted(measure, found.of, by) if measure else found
        if (
            not found.of
            and number
            and any(words.low[i] in _OTHERS for i in range(figure.first, min(figure.last + 1, last)))
        ):
            found = Counted(
                found.measure, results[-1].of, found.by
            )  # "20,000 soldiers died and another 80,000 were injured"
        results.append(found)
    return results


def _listed(words: Words, figure: Figure) -> bool:
    if not figure.first:
        return False
    before = words.low[figure.first - 1]
    if before == "from" and figure.first > 1:
        return words.low[figure.first - 2] in ("up", "down")
    if before in ("after", "against", "with") and figure.first > 1:
        return words.low[figure.first - 2] == ("compared" if before == "with" else ",")
    return before in (",", "and", "or", "including", ":")


def _counted(words: Words, figure: Figure, first: int, last: int) -> Counted:
    low, tags = words.low, words.tag
    # the noun phrase after the number: "20,000 Russian troops", "300 tonnes of artillery shells"
    start = figure.last
    if start < last and tags[start] == '"':  # “fewer than 60” missing
        start += 1
    if start < last and low[start] in ("of",):
        start += 1
    if start < last and low[start] in ("more", "other", "others", "further", "additional"):
        end = phrase_end(words, start + 1, last)
        end = max(end, start + 1)
    else:
        end = phrase_end(words, start, last) if start < last else start
    of = words.span(start, end).of(words.text) if end > start else ""
    if end > start and tags[end - 1] == "PRP":
        of = ""
    nouns, known = count_nouns(), states()
    # 1. the counted noun itself
    if start > figure.last and end + 1 < last and low[end] in known and low[end + 1] in by_verbs("self"):
        return Counted(by_verbs("self")[low[end + 1]], by=end + 1)  # "one of the injured died"
    for i in range(end - 1, start - 1, -1):
        if low[i] in nouns and (tags[i] in NOUNS or i == end - 1):
            whose = _whose(words, figure, first, end, last)
            return Counted(nouns[low[i]], whose or _before_head(words, start, i), i)
        if low[i] in known and (tags[i] not in NOUNS or i < end - 1):  # "four burnt vehicles", "20 dead"
            if low[i] == "killed" and end < last and _and_wounded(words, i + 1, last):
                return Counted("casualties", of, i)
            if i < end - 1 or i > start or tags[i] in ("JJ", "VBN"):
                return Counted(
                    known[low[i]], of if i < end - 1 else words.span(start, i).of(words.text) if i > start else "", i
                )
    # 2. the object of a verb directly before it: "killed 33 people"
    if (
        figure.first > first
        and tags[figure.first - 1] in ("VBD", "VBG")
        and low[figure.first - 1] in by_verbs("victim")
    ):
        left = _to_the_left(words, figure, first)
        if left.measure:
            return Counted(left.measure, of, left.by)
    if figure.unit == "percent" or figure.number.kind == "part":
        left = _to_the_left(words, figure, first)
        if left.measure:
            return Counted(left.measure, of, left.by)
        if start < end and tags[start] in ("WP", "WDT"):
            return Counted("", of)
    # 3. right after it: "20 people killed", "another 80,000 were injured", "30 troops have died"
    right = _to_the_right(words, figure, end, first, last)
    if right.measure:
        return Counted(right.measure, of or _whose(words, figure, first, end, last), right.by)
    # 4. further to the left: "killed 33 people", "wounding at least 40"
    left = _to_the_left(words, figure, first)
    if left.measure:
        return Counted(left.measure, of, left.by)
    return Counted("", of)


def _before_head(words: Words, start: int, head: int) -> str:
    return words.span(start, head).of(words.text) if head > start else ""


def _whose(words: Words, figure: Figure, first: int, end: int, last: int) -> str:
    """Who suffered it: the subject of "suffered 100,000 casualties", or "casualties among civilians"."""
    low, tags = words.low, words.tag
    if end + 1 < last and low[end] in ("among", "of", "in") and low[end] != "in":
        stop = phrase_end(words, end + 1, last)
        if stop > end + 1:
            return words.span(end + 1, stop).of(words.text)
    i = figure.first - 1
    if i >= first and low[i] in _SUFFERING:
        begin, _ = verb_group(words, i, first)
        who = subject(words, begin, first)
        if who is not None and tags[who[0]] not in ("WP", "WDT", "THAT", "PRP"):
            return words.span(*who).of(words.text).rstrip(",")
    return ""


def _to_the_right(words: Words, figure: Figure, k: int, first: int, last: int) -> Counted:
    """The verb or participle of which the number is the subject."""
    low, tags = words.low, words.tag
    known, victims, selves = states(), by_verbs("victim"), by_verbs("self")
    auxiliary = passive = False
    subject_like = (
        figure.first == first
        or tags[figure.first - 1] in (",", ":", "CC", "THAT", '"', "WRB", ")")
        or low[figure.first - 1] in _BEFORE_CLAUSE
    )
    stop = min(last, k + _REACH)
    while k < stop:
        token, here = low[k], tags[k]
        if token == "among" and tags[k - 1] == "BE" and k + 1 < last and low[k + 1] == "the":
            return _among(words, k + 2, last)
        phrase = phrase_at(words, k, last, "subject")
        if phrase and (here in VERBS or passive):
            return Counted(phrase, by=k)
        if here == "BE" or token in _LINKING:
            passive = passive or here == "BE" or token in ("been", "left")
            auxiliary = auxiliary or here == "BE"
        elif here in ("HV", "MD", "RB", "NEG", "DO") or token in _BETWEEN:
            auxiliary = auxiliary or here in ("HV", "MD")
        elif token in selves and here in VERBS:
            return Counted(selves[token], by=k)
        elif ((here in VERBS or passive) and k + 2 < last and low[k + 1] == "to" and low[k + 2] == "death") or (
            here in VERBS and k + 1 < last and low[k + 1] == "dead" and (passive or token in ("shot", "gunned"))
        ):
            return Counted("killed", by=k)
        elif token in known or (token in victims and here in ("VBN", "VBD")):
            if (
                here in ("VBD", "VBP", "VB", "VBN")
                and not passive
                and (here != "VBN" or tags[k - 1] in ("HV", "RB"))
                and _has_object(words, k, last)
            ):
                return Counted()
            if known.get(token) == "killed" and _and_wounded(words, k + 1, last):
                return Counted("casualties", by=k)
            return Counted(known.get(token) or victims[token], by=k)
        elif token in ("lay", "laid") and k + 2 < last and low[k + 1] == "down" and "arms" in low[k + 2 : k + 4]:
            return Counted("captured", by=k)
        elif here in VERBS and token in _MOVING and k + 1 < last and low[k + 1] in ("home", "back"):
            return Counted("returned", by=k)
        elif here in VERBS and token in ("hit", "reached", "found", "struck") and _target(low, k, last):
            return Counted("hit", by=k)
        elif here in VERBS and token in ("lost", "lose") and k + 1 < last and low[k + 1] == "contact":
            return Counted("missing", by=k)
        elif token in ("brought", "taken") and k + 2 < last and low[k + 1] == "to" and low[k + 2] == "safety":
            return Counted("rescued", by=k)
        elif token in ("given", "sent") and passive:
            return Counted("received", by=k)
        elif here in ("WP", "WDT", "THAT"):
            inside, k = _relative(words, k, stop)
            if inside.measure:
                return inside
            continue
        elif auxiliary:
            if here == "VBN" and k + 2 < last and low[k + 1] == "and" and low[k + 2] in known:
                k += 1  # "were shot and killed"
            else:
                return Counted()
        elif token in (",", "(") and k + 1 < stop:
            if not (
                low[k + 1] in _PARTS
                or (tags[k + 1] == "VBN" and low[k + 1] in known)
                or tags[k + 1] in ("WP", "JJ", "RB", "WDT", "NNP", "BE", "HV")
                or (subject_like and tags[k + 1] in IN_PHRASE)
            ):
                return Counted()
            if tags[k + 1] in ("WP", "WDT", "RB"):  # ", who were on a bus,"
                while k + 1 < stop and low[k + 1] not in (",", ")"):
                    k += 1
        elif here == "CC":
            if not subject_like:
                return Counted()
        elif not (
            here in IN_PHRASE
            or here in ("IN", "TO", ")", "VBG", '"')
            or (here == "PRP" and tags[k - 1] == "IN")
            or token in (",", ")")
        ):
            return Counted()
        k += 1
    return Counted()


def _among(words: Words, k: int, last: int) -> Counted:
    """The whole of which the number is a part: "were among the 74 people killed"."""
    for i in range(k, min(last, k + 6)):
        measure = states().get(words.low[i]) or count_nouns().get(words.low[i])
        if measure:
            return Counted(measure, by=i)
        if words.tag[i] not in IN_PHRASE:
            break
    return Counted()


def _target(low: list[str], k: int, last: int) -> bool:
    return any(word in ("target", "targets") for word in low[k + 1 : min(last, k + 4)])


def _and_wounded(words: Words, k: int, last: int) -> bool:
    """Whether "and wounded" or "or injured" follows: both together are casualties."""
    return k + 1 < last and words.low[k] in ("and", "or") and words.low[k + 1] in ("wounded", "injured", "hurt")


def _relative(words: Words, k: int, stop: int) -> tuple[Counted, int]:
    """What a relative clause at `k` says of the number ("300 who died", "217 whom the flood has killed"), and the token after it."""
    low, tags = words.low, words.tag
    known, victims, selves = states(), by_verbs("victim"), by_verbs("self")
    object_of = low[k] == "whom" or (k + 1 < stop and tags[k + 1] in ("DT", "NNP", "PRP", "PRP$"))
    finite = passive = False
    j = k + 1
    while j < stop:
        token, here = low[j], tags[j]
        if here in FINITE and finite and here != "HV" and not (here == "BE" and tags[j - 1] in ("HV", "MD")):
            return Counted(), j
        finite = finite or here in FINITE
        passive = passive or here == "BE" or token == "been"
        if token in selves and here in VERBS:
            return Counted(selves[token], by=j), j
        if here in VERBS and (object_of or passive) and (token in victims or token in known):
            return Counted(known.get(token) or victims[token], by=j), j
        j += 1
    return Counted(), j


def _has_object(words: Words, k: int, last: int) -> bool:
    """Whether a noun phrase follows the verb at `k` at once."""
    return (
        k + 1 < last
        and words.tag[k + 1] in ("DT", "PRP$", "CD", "NNP", "NNS", "JJ", "NN", "PRP")
        and words.low[k + 1]
        not in (
            "last",
            "this",
            "yesterday",
            "today",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "each",
        )
    )


def _to_the_left(words: Words, figure: Figure, first: int) -> Counted:
    """The verb of which the number is the object, or the noun that it completes: "a death toll of 45"."""
    low, tags = words.low, words.tag
    victims, nouns = by_verbs("victim"), count_nouns()
    for i in range(figure.last + 2, min(len(low), figure.last + 9)):
        if low[i] == "action" and low[i - 1] == "of" and low[i - 2] == "out":
            return Counted("casualties", by=figure.last)
    k = figure.first - 1
    for steps in range(_REACH):
        if k < first:
            break
        token, here = low[k], tags[k]
        if token == "down" and k > first and low[k - 1] in _SHOOTING:
            return Counted("intercepted", by=k - 1)
        if token in _GIVEN and here == "VBN" and _passive(words, k, first):
            return Counted("received", by=k)
        phrase = phrase_up_to(words, k, first)
        if phrase and steps < 8:
            return Counted(phrase, by=k)
        if here in VERBS and token in _DRIVING and steps < 8 and _away(words, figure, first):
            return Counted("displaced", by=k)
        if token in victims and here in VERBS | {"NN"} and token not in _NOUNS_TOO:
            if (here == "NN" and k + 1 < figure.first) or (here == "VBN" and _passive(words, k, first)):
                return Counted()
            return Counted(victims[token], by=k)
        if token in _COUNTING or (token in nouns and steps < 8):
            for word in low[max(first, k - 4) : min(k + 6, figure.first)]:
                if nouns.get(word) in ("killed", "wounded"):
                    return Counted(nouns[word], by=k)
            return Counted(nouns[token], by=k) if token in nouns and steps < 6 else Counted()
        if token in _REACHING and here in VERBS | {"NN"}:
            return _counted_by_subject(words, k, first)
        near = (steps < 8 and here in _PASSED_LEFT) or (token == "and" and steps == 0) or (steps < 5 and here in NOUNS)
        if not (near or token == "least" or (token == ":" and steps < 2)):
            break
        k -= 1
    return Counted()


def _counted_by_subject(words: Words, verb: int, first: int) -> Counted:
    """`Deliveries reached 40 tonnes`: the subject says what is counted."""
    nouns, low, known = count_nouns(), words.low, states()
    begin, _ = verb_group(words, verb, first)
    who = subject(words, begin, first)
    for i in range(*who) if who is not None else ():
        if low[i] in nouns and low[i] not in _COUNTING:
            return Counted(nouns[low[i]], by=i)
    for i in range(begin - 1, max(first, begin - _REACH) - 1, -1):  # "The death toll from the quake along the coast"
        if words.tag[i] in FINITE or low[i] == ";":
            break
        if low[i] in _COUNTING and words.tag[i] in NOUNS:
            around = [*low[max(first, i - 2) : i], *low[i + 1 : min(i + 6, begin)]]
            for word in around:
                measure = known.get(word) or nouns.get(word)
                if measure and word not in _COUNTING:
                    return Counted(measure, by=i)
            return Counted(nouns.get(low[i], ""), by=i)
    return Counted()


def _passive(words: Words, k: int, first: int) -> bool:
    return verb_group(words, k, first)[1]
