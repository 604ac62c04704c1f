"""Parts of speech by lexicon and context rules, in the manner of Brill (1992), with the tags of the Penn Treebank.

The word list is Brill's own, carried by the library textblob; its tagger is not used, because it gives one tag a word before
the context is known and is many times slower.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from course.extract.lexicons import forms_of, rows, word_set
from course.extract.tokens import ABBREVIATIONS, Words

_CLOSED = {
    "DT": "the a an this these those each every either neither another some any no all both half",
    "PRP": "i you he she it we they me him us them himself herself itself themselves myself yourself ourselves someone somebody"
    " anyone anybody everyone everybody nobody none nothing something anything everything one's",
    "PRP$": "my your his its our their",
    "IN": "of in on at by for with from into onto about against between through during before after above below under over"
    " among amid toward towards upon within without because although though while if unless until till since than as whether"
    " despite like unlike via per across along behind beyond near off outside inside throughout except amidst amongst concerning"
    " regarding following including versus vs plus whereas lest atop aboard alongside beneath beside besides",
    "TO": "to",
    "CC": "and or but nor & yet",
    "MD": "will would can could may might shall should must cannot ca wo 'll 'd",
    "BE": "is are was were be been being am 's 're 'm",
    "HV": "has have had having 've",
    "DO": "do does did doing done",
    "NEG": "not n't 't never",
    "WP": "who whom whoever what whatever",
    "WP$": "whose",
    "WDT": "which",
    "WRB": "when where why how whenever wherever",
    "THAT": "that",
    "EX": "there",
    "RB": "also too very so just only even still again then now already almost nearly further furthermore later earlier"
    " often always once twice ago instead however moreover meanwhile here perhaps maybe soon today tomorrow yesterday tonight"
    " largely particularly especially recently repeatedly publicly previously initially originally simply merely quite rather"
    " well away back ahead together apart forward thus hence therefore indeed up down out else sometimes much yesterday's",
    "CD": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen hundreds"
    " thousands millions billions dozens",
    "JJ": "more most less least few several many such other own same former senior top own new last next first second third",
    "NNP": "monday tuesday wednesday thursday friday saturday sunday january february april june july august september"
    " october november december",
}
_CONTRACTED = word_set(
    "don didn doesn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn mustn ain needn mightn"
)
_CONTRACTED_TAG = {
    "don": "DO", "didn": "DO", "doesn": "DO", "isn": "BE", "aren": "BE", "wasn": "BE", "weren": "BE", "ain": "BE",
    "hasn": "HV", "haven": "HV", "hadn": "HV",
}  # fmt: skip
_PUNCTUATION = {
    ",": ",", ";": ":", ":": ":", "-": ":", "–": ":", "—": ":", "--": ":", ".": ".", "!": ".", "?": ".", "…": ":",
    "(": "(", ")": ")", "[": "(", "]": ")", '"': '"', "“": '"', "”": '"', "''": '"', "``": '"', "’’": '"', "‘‘": '"',
    "«": '"', "»": '"', "„": '"', "‘": "'", "’": "'", "'": "'", "$": "$", "£": "$", "€": "$", "%": "NN", "..": ":", "...": ":",
    "|": ".", "/": ":",
}  # fmt: skip
NOUNS = frozenset(("NN", "NNS", "NNP"))
VERBS = frozenset(("VB", "VBP", "VBZ", "VBD", "VBN", "VBG"))
FINITE = frozenset(("VBP", "VBZ", "VBD", "BE", "HV", "DO", "MD"))
IN_PHRASE = frozenset(("DT", "PRP$", "CD", "JJ", "NN", "NNS", "NNP", "POS", "$", "WP$", "AB", "HY"))
# Nouns in -s and base forms that are more often verbs where a subject stands before them.
_BEFORE_CLAUSE = frozenset(("DT", "PRP", "PRP$", "THAT", "NNP", "WP", "WRB", "EX", '"', "CD"))


@cache
def _lexicon() -> tuple[dict[str, str], frozenset[str]]:
    """Word -> its most frequent tag, and the base forms of verbs."""
    tags: dict[str, str] = {}
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "The library textblob, which carries the word list, is missing: pip install textblob."
        )
    path = Path(next(iter(spec.submodule_search_locations))) / "en" / "en-lexicon.txt"
    bases: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, _, tag = line.rstrip().partition(" ")
            if not tag or word.startswith(";;;"):
                continue
            tag = tag.split("|")[0]
            tags[word] = {"JJR": "JJ", "JJS": "JJ", "NNPS": "NNP", "RBR": "RB", "RBS": "RB", "PDT": "DT"}.get(tag, tag)
            if tag in ("VBD", "VBN", "VBG") and word.islower():
                for ending in ("ed", "d", "ing"):
                    if word.endswith(ending):
                        stem = word[: -len(ending)]
                        bases.update((stem, stem + "e") if ending == "ing" else (stem,))
                        if len(stem) > 3 and stem[-1] == stem[-2]:
                            bases.add(stem[:-1])
                        if stem.endswith("i"):
                            bases.add(stem[:-1] + "y")
            elif tag in ("VB", "VBP"):
                bases.add(word)
    for tag, words in _CLOSED.items():
        tags.update(dict.fromkeys(words.split(), tag))
    tags.update(dict.fromkeys(_CONTRACTED, "MD"))
    tags.update(_CONTRACTED_TAG)
    return tags, frozenset(base for base in bases if base in tags)


def tag(words: Words) -> Words:
    """`words` with the part of speech of every token in `words.tag`."""
    tags, _ = _lexicon()
    text, start, low = words.text, words.start, words.low
    out = [""] * len(low)
    for first, last in words.sentences:
        shouting = _all_capitals(words, first, last)
        titled = not shouting and _title_case(words, first, last)
        for i in range(first, last):
            token = low[i]
            found = _PUNCTUATION.get(token)
            if found is None:
                capital = text[start[i]].isupper() and not shouting
                if token[0].isdecimal():
                    found = "CD"
                elif titled and capital and i > first and token in _happenings():
                    found = _happenings()[token]
                elif titled and capital and tags.get(token) in ("VBZ", "VBD", "VBP", "VBN", "VBG"):
                    found = tags[token]
                elif (
                    titled
                    and capital
                    and token in tags
                    and token not in _NAMES_TOO
                    and _beside_a_number(low, i, first, last)
                ):
                    found = tags[token]  # "Shoot Dead 6 Fishermen": a headline's capital makes no name of it
                elif (
                    (token in _NAMES_TOO and capital and i > first)
                    or (token in ABBREVIATIONS and i + 1 < last and low[i + 1] == "." and start[i + 1] == words.end[i])
                    or (token in _STATES and text[start[i] : words.end[i]].isupper() and not shouting)
                ):
                    found = "NNP"
                elif capital and i > first:
                    known = tags.get(token)
                    # a capital inside a sentence is a name, function words apart
                    found = known if known is not None and known not in _OPEN else "NNP"
                else:
                    found = tags.get(token)
                    if found is None:
                        found = tags.get(text[start[i] : words.end[i]]) or _guess(token, capital)
                    elif (
                        capital
                        and found in _OPEN
                        and i + 1 < last
                        and text[start[i + 1]].isupper()
                        and low[i + 1] not in tags
                    ):
                        found = "NNP"
            out[i] = found
            if i > first and start[i] == words.end[i - 1]:
                if (
                    token == "."
                    and i + 1 < last
                    and out[i - 1] == "NNP"
                    and (low[i - 1] in ABBREVIATIONS or len(low[i - 1]) == 1)
                ):
                    out[i] = "AB"  # the full stop of an abbreviation
                elif token == "-" and i + 1 < last and start[i + 1] == words.end[i]:
                    out[i] = "HY"  # a hyphen inside a word
    words.tag = out
    for first, last in words.sentences:
        _in_context(words, first, last)
    return words


_QUANTIFIERS = word_set("both all some many these those")
_SAME_FORMS = word_set("shot cut hit hurt set put read struck")
_BOUNDS = word_set("more over about some nearly almost fewer less roughly around approximately")
_TIME_NOUNS = word_set(
    "night day week month year time evening morning afternoon summer winter spring autumn weekend period point"
)
_NAMES_TOO = word_set("will may mark bill")
_SUBORDINATE = word_set("because although though while if unless until since as whereas after before")
_COLLECTIVE = word_set("staff police")
_PRONOUNS = word_set("it he she they")
_STATES = frozenset(("us", "un", "eu", "uk", "who"))
_OPEN = frozenset(("NN", "NNS", "VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "JJ", "RB", "FW", "UH", "NNP"))


def _all_capitals(words: Words, first: int, last: int) -> bool:
    run = words.text[words.start[first] : words.end[last - 1]]
    return run.isupper() and last - first > 3


def _title_case(words: Words, first: int, last: int) -> bool:
    """Whether a line is a headline In Title Case: nearly all of its longer words begin with a capital."""
    if not 5 <= last - first <= 25:
        return False
    long = [words.text[words.start[i]] for i in range(first, last) if len(words.low[i]) > 3]
    if words.low[last - 1] != "." and 2 <= len(long) < 4:  # "Blast Kills 5, Injures 12"
        return any(words.low[i] in _happenings() for i in range(first + 1, last)) and all(map(str.isupper, long))
    return len(long) >= 4 and sum(character.isupper() for character in long) >= 0.85 * len(long)


def _beside_a_number(low: list[str], i: int, first: int, last: int) -> bool:
    return any(first <= k < last and low[k][0].isdecimal() for k in (i - 1, i + 1))


@cache
def _happenings() -> dict[str, str]:
    """Every form of the verbs of measures.csv, with its tag: in a headline a capital makes no name of them."""
    return {
        form: tag
        for row in rows("measures")
        if row["role"] in ("victim", "self")
        for form, tag in forms_of(row["word"]).items()
        if tag != "VB" or row["word"] not in ("down", "fire", "order", "strike", "want", "need", "return", "free")
    }


def _guess(token: str, capital: bool) -> str:
    """The part of speech of an unknown word, by its form."""
    if token[0].isdigit():
        return "CD"
    if token in ("'s", "'"):
        return "POS"
    if capital or not token[0].isalpha():
        return "NNP" if token[0].isalpha() else ":"
    if "-" in token:
        return "NN" if token.endswith(("-gazer", "-goer", "-maker", "-keeper", "-holder", "-general")) else "JJ"
    if token.endswith("ly"):
        return "RB"
    if token.endswith("ing"):
        return "VBG"
    if token.endswith("ed"):
        return "VBD"
    if token.endswith(("able", "ible", "ful", "ous", "ish", "ive", "less", "ic", "al")):
        return "JJ"
    if token.endswith("s") and not token.endswith("ss"):
        return "NNS"
    return "NN"


def _counts(low: list[str], tags: list[str], i: int, last: int, plural: bool) -> bool:
    """Whether a base form is the verb of its clause: "deaths stand at 104", "deaths number 104", "staff estimate that"."""
    if low[i] in ("stand", "number", "total", "remain"):
        k = i + 2 if i + 1 < last and low[i + 1] == "at" else i + 1
        return plural and k < last and tags[k] == "CD"
    return low[i - 1] in _COLLECTIVE and i + 1 < last and tags[i + 1] == "THAT"


def _goes_away(low: list[str], tags: list[str], i: int, last: int) -> bool:
    """Whether "left" means that somebody went, and not that something was left: "left again", "left without a word"."""
    return (
        i + 1 >= last
        or tags[i + 1] == "."
        or low[i + 1] in ("again", "without", "town", "home", "on", "for", "before", "early")
    )


def _in_context(words: Words, first: int, last: int) -> None:
    """Mend the tags of one sentence by their neighbours, from left to right."""
    low, tags, (_, bases) = words.low, words.tag, _lexicon()
    before = two_before = "."  # tags to the left, adverbs passed over
    finite = plural = False  # whether the clause has had its verb, and a plural noun before it
    for i in range(first, last):
        here, token = tags[i], low[i]
        nxt = tags[i + 1] if i + 1 < last else "."
        if token == "'s":
            here = "BE" if before in ("PRP", "THAT", "WP", "EX", "WRB") else "POS"
        elif token == "'" and (before in ("NNS", "NNP") or (i and low[i - 1].endswith("s"))) and nxt in NOUNS:
            here = "POS"
        elif (
            here == "NN"
            and before == ","
            and token.endswith("ing")
            and nxt in ("THAT", "DT", "PRP", "PRP$", '"', "WRB", "TO")
        ):
            here = "VBG"
        elif token in _SAME_FORMS and (before in ("BE", "HV") or (nxt == "PRP" and before in NOUNS)):
            here = "VBN" if before in ("BE", "HV") else "VBD"
        elif here == "NN" or here == "VB" or here == "VBP" or here == "JJ" or here == "RP":
            if token in bases:
                if before in ("TO", "MD") or (before == "DO" and here != "JJ"):
                    here = (
                        "VB"
                        if before != "TO"
                        or here != "NN"
                        or nxt not in ("IN", ".", ",")
                        or two_before in VERBS
                        or two_before in NOUNS
                        else here
                    )
                elif (here != "JJ" and before in ("PRP", "WP") and token not in ("such",)) or (
                    here != "JJ" and before in ("NNS",) and (here != "NN" or nxt in _BEFORE_CLAUSE)
                ):
                    here = "VBP"
                elif before == "DT" and low[i - 1] in _QUANTIFIERS and nxt in ("DT", "NN", "PRP$", "THAT", "TO"):
                    here = "VBP"  # "both deny"
                elif (
                    plural
                    and not finite
                    and here != "JJ"
                    and before in NOUNS
                    and nxt in _BEFORE_CLAUSE | {"JJ", "NN", "NNS", "TO"}
                    and before != "NN"
                ):
                    here = "VBP"  # "people in the town report"
                elif token == "chief" and before in ("NN", "NNP"):
                    here = "NN"
                elif (
                    token == "read"
                    and before in ("NN", "NNP", "JJ")
                    and not (plural and finite)
                    and nxt in (",", ":", '"', "THAT")
                ):
                    here = "VBD"  # "a statement read, and"
                elif before in NOUNS and not finite and _counts(low, tags, i, last, plural):
                    here = "VBP"
                elif before in ("DT", "PRP$", "JJ", "POS", "CD", "IN") and here != "JJ":
                    here = "NN"
                elif here == "VB" and before in NOUNS:
                    here = "VBP" if before == "NNP" and nxt in _BEFORE_CLAUSE else "NN"
        elif here == "NNS" or here == "VBZ":
            if token.endswith("s") and (
                token[:-1] in bases or token[:-2] in bases or (token.endswith("ies") and token[:-3] + "y" in bases)
            ):
                if before == "DT" and low[i - 1] in ("each", "neither") and nxt in _BEFORE_CLAUSE:
                    here = "VBZ"  # "each blames the other"
                elif nxt == "," and i + 3 < last and low[i + 2] in _PRONOUNS and low[i + 3] in ("says", "said", "adds"):
                    here = "VBZ"  # "the ministry estimates, it says, that"
                elif before in ("NN", "NNP") and i + 1 < last and (nxt == "CD" or low[i + 1] in _BOUNDS) and not finite:
                    here = "VBZ"  # "the council estimates more than 300"
                elif before in ("DT", "PRP$", "JJ", "POS", "CD", "IN", "$", "VBG", "VBN", "TO"):
                    here = "NNS"
                elif nxt == "THAT" and before in (",", ")", "NNP", "NN", "WP"):
                    here = "VBZ"
                elif before == "THAT":
                    here = "NNS" if nxt in ("MD", "HV", "DO", "VBD", "VBP", "BE") else "VBZ"
                elif before in ("PRP", "WP", "WDT"):
                    here = "VBZ"
                elif before in ("NNP", "NN") and not (finite and two_before in ("IN", "JJ")):
                    here = (
                        "VBZ"
                        if nxt in _BEFORE_CLAUSE or (here == "VBZ" and nxt != "IN") or nxt in ("TO", "WDT")
                        else here
                    )
        elif here == "VBD" or here == "VBN":
            if before == "HV" or before == "BE":
                here = "VBN"
            elif token == "left" and not finite and before in ("NNS", "CD", "NNP") and _goes_away(low, tags, i, last):
                here = "VBD"
            elif before in ("DT", "PRP$", "JJ", "CD", "POS") and nxt in NOUNS:
                here = "JJ"
            elif before in ("PRP", "WP", "WDT", "NNP"):
                here = "VBD"
            elif (
                here == "VBN"
                and nxt == "IN"
                and before in NOUNS
                and not finite
                and "that" in low[i + 2 : min(last, i + 6)]
            ):
                here = "VBD"  # "the council stated on 4 March that"
            elif before in ("NN", "NNS", "THAT", ")"):
                here = "VBN" if nxt == "IN" and low[i + 1] == "by" else here if here == "VBN" and nxt == "IN" else "VBD"
            elif (
                before == ","
                and here == "VBN"
                and (nxt in (",", '"') or (nxt == "RB" and i + 2 < last and tags[i + 2] == ","))
            ) or (before in (",", "CC") and here == "VBN" and nxt in ("DT", "PRP$", "PRP", "NNP", "CD", "THAT")):
                here = "VBD"
        elif here == "VBG":
            if before in ("DT", "POS", "NN", "NNP", "JJ", "PRP$") and nxt in ("VBD", "VBN", "VBZ", "BE", "MD", "HV"):
                here = "NN"
            elif before in ("DT", "JJ", "PRP$") and nxt in NOUNS:
                here = "JJ"
        elif here == "THAT":
            if i + 1 < last and low[i + 1] in _TIME_NOUNS:
                here = "DT"
            elif nxt == "NN" and i + 2 < last and tags[i + 2] in (".", ","):
                here = "DT"  # "contradicted that version."
            elif nxt == "NN" and before not in VERBS and before not in NOUNS and before != ")":
                here = "DT"
        elif here == "NNP" and before == "POS" and nxt == "THAT":
            here = "NN"
        tags[i] = here
        if here in FINITE:
            finite = True
        elif here in (",", ":", "THAT", "CC", "WP", "WDT", '"', "WRB") or (here == "IN" and token in _SUBORDINATE):
            finite = plural = False
        elif here == "NNS":
            plural = True
        if here != "RB" and here != "NEG" and here != '"':
            two_before, before = before, here
