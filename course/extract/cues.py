"""Cue verbs, nouns and adverbs: which words say that somebody says something, of what kind, and with what stance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from course.claim import CueKind, Stance
from course.extract.lexicons import forms_of, rows, word_set

# Verbs that may stand after what is said: "..., she recalled."
SAYING = word_set(
    "say write tell add ask note continue reply explain argue tweet respond warn insist declare joke recall report announce claim suggest"
    " conclude predict shout chant acknowledge admit state observe remark recount quip muse agree counter lament complain boast warn concede"
    " confirm estimate stress emphasize contend assert allege reveal show find indicate think believe know hope fear learn post read testify"
    " whisper sigh sob laugh groan murmur mutter exclaim cry yell snap retort interject chuckle sneer comment answer remember emphasize emphasise"
    " put object reckon suspect plead fume scoff grumble moan gasp wail promise vow"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its base form, kind and stance, and the complements (see `complements`) with which it attributes something."""

    lemma: str
    kind: CueKind
    stance: Stance
    frames: frozenset[str] = frozenset()
    addressee: bool = False


@cache
def cue_verbs() -> dict[str, Cue]:
    """Every form of every cue verb, with its cue."""
    found: dict[str, Cue] = {}
    for row in rows("cues"):
        cue = Cue(row["verb"], row["kind"], row["stance"], frozenset(row["frames"].split()), bool(row["addressee"]))  # type: ignore[arg-type]
        for form in forms_of(row["verb"]):
            found.setdefault(form, cue)
            if row["verb"] == form:
                found[form] = cue
    return found


@cache
def cue_words() -> dict[str, Cue]:
    """Cue nouns, adverbs and prepositions, with their cues: "estimate", "allegedly", "according to"."""
    return {
        row["word"]: Cue(row["word"], row["kind"], row["stance"], frozenset(row["frames"].split()))  # type: ignore[arg-type]
        for row in rows("cue_words")
    }


def stance_of(cue: str) -> Stance:
    """How a cue places the writer towards what is said: neutral, distancing, endorsing or evidential.

    Any wording may be given: "said", "has repeatedly claimed", "According to the US estimate". The word with the strongest
    stance decides; a cue with none is neutral.
    """
    stance: Stance = "neutral"
    for word in _WORD.findall(cue.lower()):
        known = cue_verbs().get(word) or cue_words().get(word)
        if known is not None and known.stance != "neutral":
            stance = known.stance
    return stance
