"""The word lists in data/lexicons, read once: rules as data where they are lists."""

from __future__ import annotations

import csv
import re
from functools import cache

from course.corpus.places import data_folder


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/lexicons/NAME.csv`, one dictionary each.

    Errors: FileNotFoundError where the course's data is incomplete.
    """
    path = data_folder() / "lexicons" / f"{name}.csv"
    if not path.is_file():
        raise FileNotFoundError(f"The word list {path} is missing. Install the course again.")
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def listed(name: str, column: str = "word") -> frozenset[str]:
    """The words of one column of a word list."""
    return frozenset(row[column] for row in rows(name))


@cache
def units() -> dict[str, str]:
    """Unit as written -> the unit: "kms" -> "kilometres"."""
    return {row["word"]: row["unit"] for row in rows("units")}


_IRREGULAR = """say says said said saying|tell tells told told telling|think thinks thought thought thinking
write writes wrote written writing|speak speaks spoke spoken speaking|find finds found found finding
know knows knew known knowing|see sees saw seen seeing|hear hears heard heard hearing|read reads read read reading
hold holds held held holding|feel feels felt felt feeling|mean means meant meant meaning|make makes made made making
give gives gave given giving|show shows showed shown showing|swear swears swore sworn swearing|put puts put put putting
forecast forecasts forecast forecast forecasting|foresee foresees foresaw foreseen foreseeing|let lets let let letting
teach teaches taught taught teaching|learn learns learned learned learning|go goes went gone going|lay lays laid laid laying
bet bets bet bet betting|seek seeks sought sought seeking|understand understands understood understood understanding
forget forgets forgot forgotten forgetting|take takes took taken taking|lead leads led led leading|keep keeps kept kept keeping
set sets set set setting|shoot shoots shot shot shooting|die dies died died dying|lie lies lied lied lying
lose loses lost lost losing|leave leaves left left leaving|bring brings brought brought bringing|get gets got got getting
come comes came come coming|run runs ran run running|sing sings sang sung singing|spin spins spun spun spinning
choose chooses chose chosen choosing|cut cuts cut cut cutting|hurt hurts hurt hurt hurting|strike strikes struck struck striking
mislead misleads misled misled misleading|withdraw withdraws withdrew withdrawn withdrawing|begin begins began begun beginning
overthrow overthrows overthrew overthrown overthrowing|behead beheads beheaded beheaded beheading|quote quotes quoted quoted quoting
bear bears bore borne bearing|blow blows blew blown blowing|stand stands stood stood standing|draw draws drew drawn drawing
offer offers offered offered offering|admit admits admitted admitted admitting|concede concedes conceded conceded conceding
warn warns warned warned warning|answer answers answered answered answering|order orders ordered ordered ordering
vow vows vowed vowed vowing|blog blogs blogged blogged blogging|stress stresses stressed stressed stressing
regret regrets regretted regretted regretting|infer infers inferred inferred inferring|slam slams slammed slammed slamming
plan plans planned planned planning|rebut rebuts rebutted rebutted rebutting|chat chats chatted chatted chatting
refer refers referred referred referring|prefer prefers preferred preferred preferring|quip quips quipped quipped quipping
commit commits committed committed committing|submit submits submitted submitted submitting|tip tips tipped tipped tipping
concur concurs concurred concurred concurring|nod nods nodded nodded nodding|bar bars barred barred barring
flee flees fled fled fleeing|drive drives drove driven driving|sink sinks sank sunk sinking|slay slays slew slain slaying
label labels labeled labeled labeling|reveal reveals revealed revealed revealing|signal signals signaled signaled signaling"""
_VOWELS = "aeiou"
_DOUBLED = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")  # stab, stabbed


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    groups = (group.split() for line in _IRREGULAR.splitlines() for group in line.split("|"))
    return {group[0]: tuple(group) for group in groups if group}


def forms_of(verb: str) -> dict[str, str]:
    """The forms of an English verb, each with its part of speech: {"says": "VBZ", "said": "VBD", "saying": "VBG", "say": "VB"}."""
    known = _irregular().get(verb)
    if known is not None:
        base, third, past, participle, ing = known
        return {ing: "VBG", participle: "VBN", past: "VBD", third: "VBZ", base: "VB"}
    if _DOUBLED.fullmatch(verb):
        return {verb + verb[-1] + "ing": "VBG", verb + verb[-1] + "ed": "VBD", verb + "s": "VBZ", verb: "VB"}
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    elif verb.endswith(("s", "x", "z", "ch", "sh")):
        third, past = verb + "es", verb + "ed"
    else:
        third, past = verb + "s", verb + ("d" if verb.endswith("e") else "ed")
    ing = (
        verb[:-2] + "ying"
        if verb.endswith("ie")
        else (verb[:-1] if verb.endswith("e") and verb[-2:] != "ee" else verb) + "ing"
    )
    return {ing: "VBG", past: "VBD", third: "VBZ", verb: "VB"}
