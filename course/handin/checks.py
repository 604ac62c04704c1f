"""Checks that know the typical misunderstandings: each says what went wrong without giving the answer away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from course.quantity import Quantity


class Misunderstanding(AssertionError):
    """An answer that is not what was asked; the message names the misunderstanding where it is a known one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found: `credit` from 0 to 1, and the message for the learner ("" where there is nothing to say)."""

    credit: float
    message: str = ""


class Readings:
    """Several defensible answers, each with its reason; feedback names the reading that was chosen.

    Args:
        reasons: a dict from answer to reason; a reason of "" is another spelling, and is not talked about.
    """

    def __init__(self, reasons: Mapping[Any, str]) -> None:
        if not reasons:
            raise ValueError("Readings needs at least one answer with its reason.")
        self.reasons = dict(reasons)

    def reason_for(self, value: Any) -> str | None:
        """The reason of the reading that `value` is, or None where it is none of them."""
        return next((reason for reading, reason in self.reasons.items() if same(value, reading)), None)


def same(value: Any, wanted: Any) -> bool:
    """Whether two answers are the same: texts aside from case, quotation marks, spacing, outer punctuation and a first article; 1 equals 1.0,
    True does not equal 1; tables by their values; lists in order."""
    if isinstance(value, pd.DataFrame) or isinstance(wanted, pd.DataFrame):
        return (
            isinstance(value, pd.DataFrame)
            and isinstance(wanted, pd.DataFrame)
            and list(value.columns) == list(wanted.columns)
            and same(value.to_numpy().tolist(), wanted.to_numpy().tolist())
        )
    if isinstance(value, pd.Series) or isinstance(wanted, pd.Series):
        return same(
            value.tolist() if isinstance(value, pd.Series) else value,
            wanted.tolist() if isinstance(wanted, pd.Series) else wanted,
        )
    if isinstance(value, str) and isinstance(wanted, str):
        return _folded(value) == _folded(wanted)
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, list | tuple) and isinstance(wanted, list | tuple):
        return len(value) == len(wanted) and all(same(a, b) for a, b in zip(value, wanted, strict=True))
    if isinstance(value, Quantity) or isinstance(wanted, Quantity):
        return isinstance(value, Quantity) and isinstance(wanted, Quantity) and value == wanted
    try:
        return bool(value == wanted)
    except Exception:
        return False


def check(
    value: Any, wanted: Any, misconceptions: Mapping[Any, str] | None = None, *, near: float | None = None
) -> Outcome:
    """The outcome for one answer.

    Args:
        value: the answer, as rebuilt from plain data.
        wanted: the expected answer, or `Readings`.
        misconceptions: typical wrong answers, each with the message that names the misunderstanding.
        near: for spans of text: share of words in common (F1, 0 to 1) from which the answer earns that share as credit.
    """
    if value is None:
        return Outcome(0.0, "There is no answer yet. Any honest try is welcome.")
    if isinstance(wanted, Readings):
        reason = wanted.reason_for(value)
        if reason is not None:
            return Outcome(1.0, f"A good reading: {reason}." if reason and len(wanted.reasons) > 1 else "")
        targets = list(wanted.reasons)
    else:
        if same(value, wanted):
            return Outcome(1.0)
        targets = [wanted]
    for wrong, message in (misconceptions or {}).items():
        if same(value, wrong):
            return Outcome(0.0, message)
    if near is not None and isinstance(value, str):
        closest = max((_words_in_common(value, target) for target in targets if isinstance(target, str)), default=0.0)
        if closest >= near:
            return Outcome(closest, "Close. Look again at where it begins and where it ends.")
    kind = kind_of(targets[0])
    if kind_of(value) != kind:
        return Outcome(0.0, f"{kind[0].upper()}{kind[1:]} was asked for; this is {kind_of(value)}.")
    return Outcome(0.0, "Not this one. Read the question and the hints once more.")


def check_chosen(
    value: Any,
    wanted: Iterable[Hashable],
    *,
    among: Iterable[Hashable],
    either: Iterable[Hashable] = (),
    misconceptions: Mapping[Hashable, str] | None = None,
) -> Outcome:
    """The outcome for a choice of some items among many.

    Credit is the share of the wanted ones that were chosen, less the share of the others that were (Youden's index, 1950), so
    that choosing all, none, or by a coin earns nothing.

    Args:
        value: the items chosen.
        wanted: those to be chosen.
        among: all items to choose from.
        either: items for which both choices are defensible; they do not count.
        misconceptions: a message for an item where it is wrongly chosen or wrongly left out.
    """
    every, good, open_ = set(among), set(wanted), set(either)
    if isinstance(value, str) or not isinstance(value, Iterable):
        return Outcome(0.0, f"A list was asked for, such as [1, 2]; this is {kind_of(value)}.")
    chosen = {item for item in value if isinstance(item, Hashable)}
    strangers = sorted(map(repr, chosen - every))
    if strangers:
        return Outcome(0.0, f"{', '.join(strangers)} is not among those to choose from.")
    rest = every - good - open_
    good -= open_
    missed, extra = sorted(good - chosen, key=str), sorted((chosen & rest), key=str)
    if not missed and not extra:
        return Outcome(1.0)
    left_out = len(missed) / len(good) if good else 0.0
    added = len(extra) / len(rest) if rest else 0.0
    credit = max(0.0, 1 - left_out - added)
    counts = [f"{len(extra)} too many" if extra else "", f"{len(missed)} left out" if missed else ""]
    message = "Not all yet: " + " and ".join(filter(None, counts)) + "."
    told = [
        f"{item}: {misconceptions[item]}" for item in [*extra, *missed] if misconceptions and item in misconceptions
    ]
    return Outcome(credit, "\n  ".join([message, *told[:4]]))


def check_each(
    value: Any,
    wanted: Mapping[Hashable, Any],
    misconceptions: Mapping[Hashable, Mapping[Any, str]] | Mapping[Any, str] | None = None,
) -> Outcome:
    """The outcome for an answer of several entries, such as {1: "event", 2: "quantity"}; credit is the share that is right.

    Args:
        value: a dict from item to answer.
        wanted: the expected answer, or `Readings`, of each item.
        misconceptions: messages by item and wrong answer, or by wrong answer alone.
    """
    if not isinstance(value, Mapping):
        return Outcome(0.0, f"A dict was asked for, such as {{1: 'event'}}; this is {kind_of(value)}.")
    right, told, again, missing = 0.0, [], [], []
    for item, target in wanted.items():
        if value.get(item) is None:
            missing.append(str(item))
            continue
        known = (misconceptions or {}).get(item, misconceptions or {})
        texts = {k: v for k, v in known.items() if isinstance(v, str)} if isinstance(known, Mapping) else {}
        outcome = check(value[item], target, texts)
        right += outcome.credit
        if outcome.credit < 1:
            again.append(str(item))
            named = next((message for wrong, message in texts.items() if same(value[item], wrong)), None)
            if named:
                told.append(f"{item}: {named}")
    lines = [f"Not answered yet: {', '.join(missing)}."] if missing else []
    if again:
        lines.append(f"Look again at: {', '.join(again)}.")
    return Outcome(right / len(wanted), "\n  ".join([*lines, *told[:4]]))


def expect(
    value: Any, wanted: Any, misconceptions: Mapping[Any, str] | None = None, *, near: float | None = None
) -> None:
    """Stop with a message unless `value` is `wanted`; arguments as for `check`. Errors: Misunderstanding."""
    outcome = check(value, wanted, misconceptions, near=near)
    if outcome.credit < 1:
        raise Misunderstanding(outcome.message)
    if outcome.message:
        print(outcome.message)


def rule_out(value: Any, misconceptions: Mapping[Any, str]) -> None:
    """Stop with its message where `value` is a typical wrong answer; for the visible checks. Errors: Misunderstanding."""
    for wrong, message in misconceptions.items():
        if value is not None and same(value, wrong):
            raise Misunderstanding(message)


def _folded(text: str) -> str:
    text = re.sub(r"[\"“”„«»]", "", text.replace("’", "'").replace("‘", "'"))
    text = " ".join(text.casefold().split()).strip(" .,;:!?'")
    return re.sub(r"^(the|an?) (?=.)", "", text)


def _words_in_common(one: str, two: str) -> float:
    a, b = Counter(re.findall(r"\w+", one.casefold())), Counter(re.findall(r"\w+", two.casefold()))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def kind_of(value: Any) -> str:
    """What `value` is, in words for a message: "a text", "a number", ..."""
    names: list[tuple[Any, str]] = [
        (type(None), "nothing"),
        (bool, "True or False"),
        (str, "a text"),
        (int | float, "a number"),
        (list | tuple, "a list"),
        (Mapping, "a dict"),
        (set, "a set"),
        (Quantity, "a Quantity"),
        (pd.DataFrame | pd.Series, "a table"),
        (Callable, "a function"),
    ]
    return next((name for kind, name in names if isinstance(value, kind)), f"a {type(value).__name__}")
