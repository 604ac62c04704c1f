"""Who makes the claim: the person or body behind "he", "the official", "Kirby" and "the US estimate"."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from course.claim import Attribution
from course.extract.attributions import Page
from course.extract.lexicons import rows, word_set
from course.extract.tags import NOUNS
from course.extract.tokens import ABBREVIATIONS

NOT_NAMED = "not named"
ITSELF = "the report itself"
_TITLES = ABBREVIATIONS | word_set(
    "president minister general colonel captain major admiral senator secretary governor mayor chancellor king queen prince princess pope"
    " professor doctor lieutenant sergeant commander ambassador chief prime deputy vice former foreign defence defense sir lord dame lady"
    " brigadier marshal"
)
_RANKS = {
    "gen": "general", "col": "colonel", "lt": "lieutenant", "capt": "captain", "maj": "major", "adm": "admiral", "sgt": "sergeant",
    "sen": "senator", "gov": "governor", "prof": "professor", "dr": "doctor", "rep": "representative", "amb": "ambassador",
}  # fmt: skip
_PERSON_PRONOUNS = frozenset(("he", "she", "him", "her", "his"))
_PERSON_ROLES = ("official", "military", "expert", "media", "witness", "unnamed")


_ANYBODY = word_set("official spokesman spokeswoman spokesperson source man woman speaker")
_OWNED = word_set("count tally website yearbook office")
_OURS = word_set("reporter reporters correspondent correspondents report reports desk station newspaper newsroom")
_MEMORY = 40  # speakers; "the official" does not go back further


@cache
def _roles() -> dict[str, str]:
    return {row["word"]: row["role"] for row in rows("roles")}


@cache
def _aliases() -> dict[str, str]:
    return {row["alias"]: row["name"] for row in rows("aliases")}


@dataclass(slots=True)
class Speaker:
    """Somebody who has spoken so far: the name, whether a person, and the words by which the text describes them."""

    name: str
    person: bool
    described: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The claimant, and how the words of the source lead there, in a sentence ("" where they are the name itself)."""

    claimant: str
    how: str = ""


class Claimants:
    """Resolves the sources of a text in their order, remembering who has spoken."""

    def __init__(self, page: Page, attributions: list[Attribution], outlet: str = "") -> None:
        self._page = page
        self._outlet = outlet or ITSELF
        self._token_at = {start: i for i, start in enumerate(page.words.start)}
        self._speakers: list[Speaker] = []  # the last who spoke stands last
        self._titled: dict[str, str] = {}  # "mayor" -> the first who is named with that title
        self._names = self._full_names()
        self._seats = self._seated()
        self.resolved: list[Resolved] = []
        for number, attribution in enumerate(attributions):
            self.resolved.append(self._resolve(attribution, attributions[number + 1 :][:2]))

    def _full_names(self) -> dict[str, str]:
        """Last word -> the first name of two and more words that ends with it."""
        words = self._page.words
        found: dict[str, str] = {}
        i = 0
        while i < len(words):
            k = i
            while k < len(words) and words.tag[k] == "NNP" and words.low[k] not in _TITLES:
                k += 1
                if (
                    k + 1 < len(words)
                    and words.low[k] == "."
                    and len(words.low[k - 1]) == 1
                    and words.tag[k + 1] == "NNP"
                ):
                    k += 1
            if k - i >= 2:
                name = words.span(i, k).of(words.text)
                found.setdefault(words.word(k - 1), name)
                if i and _roles().get(words.low[i - 1]) in _PERSON_ROLES:
                    self._titled.setdefault(words.low[i - 1], name)
            i = max(k, i + 1)
        return found

    def _seated(self) -> dict[str, str]:
        """City -> the body that the report places there: "the ministry in Velm"."""
        words = self._page.words
        found: dict[str, str] = {}
        for i in range(1, len(words) - 2):
            if words.low[i + 1] == "in" and words.tag[i + 2] == "NNP" and _roles().get(words.low[i]) == "body":
                begin = i
                while begin and words.tag[begin - 1] in ("NNP", "NN", "JJ"):
                    begin -= 1
                if i + 3 >= len(words) or words.tag[i + 3] != "NNP":
                    found.setdefault(words.low[i + 2], "the " + words.span(begin, i + 3).of(words.text))
        return found

    def _resolve(self, attribution: Attribution, following: list[Attribution]) -> Resolved:
        if not attribution.source:
            return Resolved(NOT_NAMED, "The text does not say who says so.")
        words = self._page.words
        span = attribution.source[0]
        first = self._token_at.get(span.start)
        if first is None:
            return Resolved(span.of(words.text))
        last = first
        while last < len(words) and words.end[last] <= span.end:
            last += 1
        said = span.of(words.text).strip(" ,")
        if last - first == 1 and (words.tag[first] in ("PRP", "PRP$")):
            return self._pronoun(words.low[first], said)
        if last - first == 1 and words.tag[first] in ("WP", "WDT", "THAT"):
            return self._relative(first, said)
        seat = self._seats.get(words.low[first]) if last - first == 1 else None
        if seat is not None:
            return Resolved(seat, f"“{said}” is read as {seat}, which the report names elsewhere.")
        speaker = self._named(first, last)
        if speaker is not None:
            written = speaker.name
            speaker = self._remember(speaker)
            how = (
                ""
                if speaker.name == written
                else f"“{written}” is read as {speaker.name}, whose full name stands elsewhere in the report."
            )
            return Resolved(speaker.name, how)
        return self._described(first, last, said, following)

    # --- names ------------------------------------------------------------------------------------------------------------

    def _named(self, first: int, last: int) -> Speaker | None:
        """The name in a source: "Col. Gen. Oleksandr Syrskyi, the commander", "a spokeswoman, Anna White"."""
        words = self._page.words
        parts: list[tuple[int, int]] = []
        begin = first
        for i in range(first, last + 1):
            if i == last or words.low[i] in (",", "(", "—", "–"):
                if i > begin:
                    parts.append((begin, i))
                begin = i + 1
        described = {words.low[i] for i in range(first, last) if words.tag[i] in NOUNS}
        described |= {_RANKS[word] for word in list(described) if word in _RANKS}
        for a, b in parts:
            stop = next((i for i in range(a, b) if self._ends_name(i, a)), b)
            if stop < b and self._spokesman_before_name(stop, b):
                stop = b  # "Ministry of Defence spokesman Orin Tay"
            k = stop
            while k > a and words.tag[k - 1] == "POS":
                k -= 1
            end = k
            while k > a and (
                (words.tag[k - 1] == "NNP" and not self._title(k - 1, a))
                or (
                    words.low[k - 1] in ("of", "and", "the") and k < end and k - 1 > a and words.tag[k] in ("NNP", "DT")
                )
                or (words.low[k - 1] == "." and k - 2 >= a and len(words.low[k - 2]) == 1)
                or (words.low[k - 1] in ("al", "bin", "von", "van", "de", "el", "ibn") and k < end)
            ):
                k -= 1
            if k == end:
                continue
            name = words.span(k, end).of(words.text)
            alias = _aliases().get(name.lower()) or _aliases().get(words.span(a, end).of(words.text).lower())
            if alias:
                return Speaker(alias, False, described)
            full = self._full(name) if end - k == 1 else name
            person = end - k >= 2 or full != name or (k > a and words.low[k - 1] in _TITLES | {"."})
            if end - k == 1 and not person and a == k - 1 and words.low[a] == "the":
                name = full = words.span(a, end).of(words.text)
            return Speaker(full if full else name, person and not self._body(full), described)
        return None

    def _spokesman_before_name(self, start: int, end: int) -> bool:
        words = self._page.words
        k = end
        while k > start and words.tag[k - 1] == "NNP":
            k -= 1
        return end - k >= 2 and _roles().get(words.low[k - 1]) in _PERSON_ROLES

    def _ends_name(self, i: int, start: int) -> bool:
        """Whether token `i` ends the name that begins at `start`: a preposition or relative, "Ministry of Defence" apart."""
        words = self._page.words
        if i == start or words.tag[i] not in ("IN", "WP", "TO", "WDT"):
            return False
        if words.low[i] != "of" or i + 1 >= len(words) or words.tag[i - 1] != "NNP":
            return True
        return _roles().get(words.low[i - 1]) != "body" or words.tag[i + 1] not in ("NNP", "DT")

    def _title(self, i: int, start: int) -> bool:
        """Whether a word with a capital is a title and no name: "Minister", and "Governor" in "the Governor"."""
        words = self._page.words
        if words.low[i] in _TITLES:
            return words.low[i - 1] != "of" and not (words.low[i - 1] == "and" and "of" in words.low[start:i])
        return _roles().get(words.low[i]) in _PERSON_ROLES and words.low[start] in ("the", "a", "an")

    def _body(self, name: str) -> bool:
        parts = name.lower().split()
        return any(
            _roles().get(part) in ("body", "document") for part in (*parts[-1:], *parts[: -2 if "of" in parts else 0])
        )

    def _full(self, name: str) -> str:
        return self._names.get(name, name)

    def _remember(self, speaker: Speaker) -> Speaker:
        for known in self._speakers:
            if known.name == speaker.name or (known.name.split()[-1] == speaker.name and " " in known.name):
                known.described |= speaker.described
                self._speakers.remove(known)
                self._speakers.append(known)
                return known
        self._speakers.append(speaker)
        del self._speakers[:-_MEMORY]
        return speaker

    # --- pronouns and descriptions ------------------------------------------------------------------------------------------

    def _pronoun(self, word: str, said: str) -> Resolved:
        if word in ("we", "i", "our", "my"):
            return Resolved(self._outlet, f"“{said}” outside quotation marks is the voice of the report.")
        persons = [speaker for speaker in self._speakers if speaker.person == (word in _PERSON_PRONOUNS)]
        if not persons:
            return Resolved(said, f"The text does not make clear who “{said}” is.")
        chosen = persons[-1]
        self._remember(chosen)
        return Resolved(chosen.name, f"“{said}” is read as {chosen.name}, the last who spoke.")

    def _relative(self, token: int, said: str) -> Resolved:
        from course.extract.phrases import phrase_start

        words = self._page.words
        k = token - 1
        while k > 0 and words.low[k] == ",":
            k -= 1
        if k < 0 or words.tag[k] not in NOUNS:
            return Resolved(said, f"The text does not make clear who “{said}” is.")
        start = phrase_start(words, k, max(0, token - 30))
        speaker = self._named(start, k + 1)
        name = self._remember(speaker).name if speaker is not None else words.span(start, k + 1).of(words.text)
        return Resolved(name, f"“{said}” stands for {name}, directly before it.")

    def _described(self, first: int, last: int, said: str, following: list[Attribution]) -> Resolved:
        words, roles = self._page.words, _roles()
        if words.low[first] in ("our", "this") and any(words.low[i] in _OURS for i in range(first, last)):
            return Resolved(self._outlet, f"“{said}” is the voice of the report.")
        if words.low[first] in ("its", "their", "his", "her") and last - first > 1:
            owner = self._owner(first, last, said)
            if owner is not None:
                return owner
        stop = next((i for i in range(first, last) if words.tag[i] in ("IN", ",", "WP", "TO") and i > first), last)
        head = words.low[stop - 1]
        role = roles.get(head, "")
        names = [i for i in range(first, stop) if words.tag[i] == "NNP"]
        if role == "document" and names:
            # "the US estimate": the body that made it
            run = words.span(names[0], names[-1] + 1).of(words.text)
            run = run.removesuffix("'s").removesuffix("’s")
            body = _aliases().get(run.lower(), run)
            self._remember(Speaker(body, False, {head}))
            return Resolved(body, f"“{said}” is read as a claim by {body}.")
        definite = words.low[first] in ("the", "this", "that") and not names
        if definite and role:
            bodily = role == "body"
            fitting = [one for one in self._speakers if head in one.described and not (bodily and one.person)]
            if bodily and not fitting and head.capitalize() in self._names:
                name = self._names[head.capitalize()]
                self._remember(Speaker(name, False, {head}))
                return Resolved(name, f"“{said}” is read as {name}, which the report names.")
            if not fitting and head.rstrip("s") == head and head in _ANYBODY and stop - first == 2:
                fitting = [speaker for speaker in self._speakers if speaker.person]
            if not fitting and stop - first == 2 and head in self._titled:
                name = self._titled[head]
                self._remember(Speaker(name, True, {head}))
                return Resolved(name, f"“{said}” is read as {name}, whom the report names with that title.")
            if fitting:
                chosen = fitting[-1]
                self._remember(chosen)
                return Resolved(
                    chosen.name, f"“{said}” is read as {chosen.name}, the last who spoke and fits the words."
                )
        if words.low[first] in ("a", "an", "one") and role in _PERSON_ROLES:
            later = self._introduced(head, following)
            if later:
                return Resolved(later, f"“{said}” is read as {later}, named directly after.")
        alias = _aliases().get(said.lower())
        name = alias or said
        self._remember(
            Speaker(
                name,
                role in _PERSON_ROLES and not head.endswith("s"),
                {words.low[i] for i in range(first, last) if words.tag[i] in NOUNS | {"JJ"}},
            )
        )
        return Resolved(name)

    def _owner(self, first: int, last: int, said: str) -> Resolved | None:
        """Whose document or office it is: "their last count", "his office"."""
        words = self._page.words
        if not any(
            _roles().get(words.low[i]) in ("document", "body") or words.low[i] in _OWNED for i in range(first, last)
        ):
            return None
        person = words.low[first] in ("his", "her")
        fitting = [speaker for speaker in self._speakers if speaker.person == person]
        if not fitting:
            return None
        return Resolved(fitting[-1].name, f"“{said}” is read as a claim by {fitting[-1].name}, the last who spoke.")

    def _introduced(self, head: str, following: list[Attribution]) -> str:
        """The name of the next speaker, where the next attribution introduces one who fits "a general"."""
        words = self._page.words
        for attribution in following[:1]:
            if not attribution.source:
                continue
            span = attribution.source[0]
            first = self._token_at.get(span.start)
            if first is None:
                continue
            last = first
            while last < len(words) and words.end[last] <= span.end:
                last += 1
            speaker = self._named(first, last)
            if speaker is not None and head in speaker.described and speaker.person:
                return self._remember(speaker).name
        return ""
