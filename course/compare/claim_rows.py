"""A claim as a row of a table, read the same way wherever it comes from.

Accepted: a row of `Case.claims` or `World.claims`, a row of `to_frame(claims)`, or a dict with some of these columns. What a column
would say and is not there counts as not stated.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, cast

import pandas as pd

from course.quantity import Number, Quantity, exactly

ClaimLike: TypeAlias = "pd.Series[Any] | Mapping[str, Any] | pd.DataFrame | Row"
ClaimsLike: TypeAlias = "pd.DataFrame | Iterable[ClaimLike]"

_HOW = 'take one with row_of(case, "U001"), or write a dict such as {"claimant": "A", "measure": "killed", "lower": 20}'
_BOUNDS = ("lower", "upper", "lower_open", "upper_open", "approximate", "whole")


@dataclass(frozen=True, slots=True)
class Row:
    """One claim; "" and None where the table does not say. `name` is what a sentence calls it: its id, or who claims it."""

    name: str
    id: str = ""
    claimant: str = ""
    side: str = ""
    about: str = ""
    about_side: str = ""
    population: str = ""
    measure: str = ""
    detail: str = ""
    quantity: Quantity = field(default_factory=Quantity)
    point: Number | None = None
    unit: str = ""
    start: dt.date | None = None
    start_precision: str = "day"
    end: dt.date | None = None
    end_precision: str = "day"
    place: str = ""
    scope: str = ""
    basis: str = ""
    renders: str = ""

    @property
    def has_number(self) -> bool:
        return self.quantity.lower is not None or self.quantity.upper is not None

    @property
    def wording(self) -> str:
        """The number in words, in one form for all claims."""
        return str(replace(self.quantity, text="")) if self.has_number else "no number"

    @property
    def printed(self) -> Number | None:
        """The one number to reckon with: the central estimate, the number printed, or the middle of a range."""
        if self.point is not None:
            return self.point
        if self.quantity.value is not None:
            return self.quantity.value
        return middle_of(self.quantity)


def middle_of(quantity: Quantity) -> Number | None:
    """Half way between two bounds; None where one is missing."""
    if quantity.lower is None or quantity.upper is None:
        return None
    return ((exactly(quantity.lower) + exactly(quantity.upper)) / 2).value


def row_of(case: Any, id: str) -> pd.Series[Any]:
    """The row of the claim named `id` in a Case or a World. Errors: KeyError that lists the claims there are."""
    claims = claims_of(case)
    found = claims[claims["id"] == id]
    if found.empty:
        raise KeyError(f"{name_of(case)} has no claim {id!r}. It has {len(claims)}: {', '.join(claims['id'])}.")
    return found.iloc[0]


def family(case: Any, *ids: str) -> pd.DataFrame:
    """The rows of the claims named `ids` and of all claims that render them, or render such a rendering.

    Errors: KeyError that lists the claims there are; ValueError without any id.
    """
    if not ids:
        raise ValueError('Name at least one claim: family(case, "U001").')
    claims, wanted = claims_of(case), {row_of(case, id)["id"] for id in ids}
    if "renders" in claims:
        while True:
            more = set(claims.loc[claims["renders"].isin(wanted), "id"]) - wanted
            if not more:
                break
            wanted |= more
    return claims[claims["id"].isin(wanted)]


def claims_of(case: Any) -> pd.DataFrame:
    """The claims table of a Case or a World. Errors: TypeError for anything else."""
    claims = getattr(case, "claims", None)
    if not isinstance(claims, pd.DataFrame):
        kind = type(case).__name__
        raise TypeError(
            f'This needs a case, such as load_case("bakhmut-2023"), or a practice world; it was given a {kind}.'
        )
    return claims


def name_of(case: Any) -> str:
    """What a sentence calls a case."""
    return str(getattr(case, "name", "") or "The case")


def as_row(claim: ClaimLike) -> Row:
    """One claim as a Row. Errors: TypeError for what is no row, ValueError for a frame that has not exactly one."""
    if isinstance(claim, Row):
        return claim
    if isinstance(claim, pd.DataFrame):
        if len(claim) != 1:
            raise ValueError(f"One claim is needed, and the table has {len(claim)} rows; {_HOW}.")
        claim = claim.iloc[0]
    if isinstance(claim, str):
        raise TypeError(f"{claim!r} is only the name of a claim; {_HOW}.")
    if not isinstance(claim, pd.Series | Mapping):
        raise TypeError(f"A claim is one row of a table, not a {type(claim).__name__}; {_HOW}.")
    id = _text(claim, "id")
    if not id and _text(claim, "claim"):
        id = f"claim {_text(claim, 'claim')}"
    claimant = _text(claim, "claimant")
    return Row(
        name=id or claimant or _text(claim, "label") or "a claim without a name",
        id=id,
        claimant=claimant,
        side=_text(claim, "side"),
        about=_text(claim, "about") or _text(claim, "of"),
        about_side=_text(claim, "about_side"),
        population=_text(claim, "population"),
        measure=_text(claim, "measure"),
        detail=_text(claim, "measure_detail") or _text(claim, "definition"),
        quantity=_quantity(claim),
        point=_plain(_number(claim, "point")),
        unit="" if _text(claim, "unit") == "none" else _text(claim, "unit"),
        start=_date(claim, "period_start"),
        start_precision=_text(claim, "period_start_precision") or "day",
        end=_date(claim, "period_end"),
        end_precision=_text(claim, "period_end_precision") or "day",
        place=_text(claim, "place") or _text(claim, "places"),
        scope=_text(claim, "scope"),
        basis=_text(claim, "basis"),
        renders=_text(claim, "renders"),
    )


def as_rows(claims: ClaimsLike) -> list[Row]:
    """Every claim as a Row: from a claims table, or from several rows. Errors: TypeError for anything else."""
    if isinstance(claims, pd.DataFrame):
        return [as_row(cast("Mapping[str, Any]", record)) for record in claims.to_dict("records")]
    if isinstance(claims, pd.Series | Mapping | str) or not isinstance(claims, Iterable):
        raise TypeError(f"Several claims are needed: a claims table, or a list of rows, not a {type(claims).__name__}.")
    return [as_row(claim) for claim in claims]


def in_words(names: Iterable[str], most: int = 4) -> str:
    """Names joined as in a sentence: "A, B and C"; from the fifth on only how many more there are."""
    given = list(dict.fromkeys(names))
    if len(given) > most:
        return f"{', '.join(given[: most - 1])} and {len(given) - most + 1} more"
    return " and ".join(filter(None, [", ".join(given[:-1]), given[-1]])) if given else "none"


def day(date: dt.date, precision: str = "day") -> str:
    """A date in words, no more exact than it is known: "1 May 2023", "May 2023", "2023"."""
    forms = {"year": f"{date.year}", "month": f"{date:%B %Y}"}
    return forms.get(precision, f"{date.day} {date:%B %Y}")


def earliest_latest(date: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """The days that a date may mean: the whole month where only the month is known."""
    if precision == "year":
        return dt.date(date.year, 1, 1), dt.date(date.year, 12, 31)
    if precision == "month":
        return date.replace(day=1), date.replace(day=calendar.monthrange(date.year, date.month)[1])
    return date, date


def _given(claim: Any, column: str) -> Any:
    value = claim.get(column)
    return None if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)) else value


def _text(claim: Any, column: str) -> str:
    value = _given(claim, column)
    return "" if value is None else str(value).strip()


def _number(claim: Any, column: str) -> Number | None:
    value = _given(claim, column)
    return None if value is None or value == "" else value


def _plain(number: Number | None) -> Number | None:
    """98000 for 98000.0, as a quantity has it."""
    return None if number is None else exactly(number).value


def _date(claim: Any, column: str) -> dt.date | None:
    value = _given(claim, column)
    if value is None or value == "":
        return None
    return pd.Timestamp(value).date()


def _quantity(claim: Any) -> Quantity:
    given = _given(claim, "quantity")
    if isinstance(given, Quantity):
        return given
    lower, upper, low_open, up_open, approximate, whole = (_number(claim, column) for column in _BOUNDS)
    return Quantity(lower, upper, bool(low_open), bool(up_open), bool(approximate), whole=whole)
