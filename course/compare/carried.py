"""Which report carries which claim, and with what change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from course.compare.claim_rows import claims_of, name_of

UNCHANGED = "unchanged"
NOT_CARRIED = frozenset({"left out", "reply missing"})


def coverage(case: Any, claims: Iterable[str] | None = None) -> pd.DataFrame:
    """Reports (rows, in the order of time; those without a day last) by claims (columns), with what each report changed.

    A cell holds "unchanged", the changes joined by "; " ("left out" and "reply missing" among them: there the claim is not carried),
    or "" where our record says nothing of the pair. "bound not on record" is a limit of the record, not a change.

    Args:
        case: a Case or a World. Read: coverage (report, claim, change), reports (id, date), claims (id).
        claims: ids to keep, in their order; without it, every claim that some report carries.

    Errors: TypeError for what is no case; KeyError for a claim that it does not have.
    """
    known = list(claims_of(case)["id"])
    table: pd.DataFrame = case.coverage
    if claims is None:
        carried = set(table["claim"])
        wanted = [id for id in known if id in carried]
    else:
        wanted = [claims] if isinstance(claims, str) else list(claims)
        for id in wanted:
            if id not in known:
                raise KeyError(f"{name_of(case)} has no claim {id!r}. It has {len(known)}: {', '.join(known)}.")
    words = table["change"].replace("none", UNCHANGED)
    cells = words.groupby([table["report"], table["claim"]], sort=False).agg("; ".join)
    matrix = cells.unstack("claim") if len(cells) else pd.DataFrame()
    return matrix.reindex(index=in_time(case), columns=pd.Index(wanted, name="claim")).fillna("")


def in_time(case: Any) -> pd.Index[Any]:
    """The ids of a case's reports, oldest first; those without a day last."""
    reports: pd.DataFrame = case.reports
    return pd.Index(reports.sort_values(["date", "id"], na_position="last")["id"], name="report")
