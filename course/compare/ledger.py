"""The ledger of one claim through all its carriers: what each kept, and what it changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from course.compare.carried import NOT_CARRIED, in_time
from course.compare.claim_rows import Row, as_row, claims_of, day, row_of
from course.compare.comparability import same_period

ASPECTS = ("qualifier", "number", "measure", "definition", "base", "unit", "scope", "period", "speaker", "basis")
COLUMNS = ("date", "report", "outlet", "rendering", "carried", "cue", *ASPECTS, "corrected", "reply", "note", "summary")

_NOT_ON_RECORD = "not on record"
# A change that does not read as "aspect verb".
_IRREGULAR = {"bound not on record": ("qualifier", _NOT_ON_RECORD), "computed": ("number", "computed")}
_REPLIES = frozenset(
    {"denial", "other figure", "earlier figure"}
)  # answers of the other side; not what its own side says
_WORLD_REPLY = {"present": "given", "absent": "missing", "not-applicable": ""}


def mutations(case: Any, claim: str) -> pd.DataFrame:
    """The ledger of one claim: one row a carrier, in the order of time, with what became of it there.

    Columns: `date`, `report` (id, "" where the carrier has no digest), `outlet`, `rendering` (the claim in the table that holds its
    version), `carried`, `cue`; `qualifier`, `number`, `measure`, `definition`, `base`, `unit`, `scope`, `period`, `speaker`, `basis`
    (each "" where it was kept, else "dropped", "shifted", "altered", "not on record", or from what to what); `corrected`; `reply`
    ("given", "missing", "came later", "" where our record does not say); `note`; `summary`, a sentence.

    Args:
        case: a Case or a World. Read: claims, coverage, reports and, where it has them, replies and renders.
        claim: the id of the claim, as its claimant made it.

    Errors: KeyError that lists the claims there are; ValueError for a claim that itself renders another.
    """
    origin = as_row(row_of(case, claim))
    if origin.renders:
        raise ValueError(
            f"{claim} is a rendering of {origin.renders}; ask for the ledger of that: mutations(case, {origin.renders!r})."
        )
    reports = case.reports.set_index("id")
    table: pd.DataFrame = case.coverage
    rows = []
    for id in in_time(case):
        entries = table[(table["report"] == id) & (table["claim"] == claim)]
        if len(entries):
            report = reports.loc[id]
            rows.append(
                _row(entries, id, report["date"], report["outlet"]) | {"reply": _reply(case, claim, id, entries)}
            )
    _add_renderings(case, origin, rows)
    filled = [{column: row.get(column, "") for column in COLUMNS} for row in rows]
    ledger = pd.DataFrame(filled, columns=list(COLUMNS))
    ledger["date"] = pd.to_datetime(ledger["date"])
    ledger["carried"] = ledger["carried"].astype(bool)
    ledger = ledger.sort_values("date", kind="stable", na_position="last", ignore_index=True)
    ledger["summary"] = [_sentence(row, claim) for row in ledger.to_dict("records")]
    return ledger


def _row(entries: pd.DataFrame, id: str, date: Any, outlet: str) -> dict[str, Any]:
    row: dict[str, Any] = {"date": date, "report": id, "outlet": outlet, "rendering": "", "corrected": False}
    row["carried"] = not set(entries["change"]) <= NOT_CARRIED
    row["cue"] = "; ".join(dict.fromkeys(filter(None, entries["words"])))
    row["note"] = " ".join(dict.fromkeys(filter(None, entries["note"])))
    for change in entries["change"]:
        if change == "corrected":
            row["corrected"] = True
        elif change != "none" and change not in NOT_CARRIED:
            aspect, verb = _IRREGULAR.get(change) or change.rsplit(" ", 1)
            row[aspect] = verb
    return row


def _reply(case: Any, claim: str, report: str, entries: pd.DataFrame) -> str:
    if "reply" in entries:  # a practice world says it in the coverage
        return _WORLD_REPLY.get(entries["reply"].iloc[0], entries["reply"].iloc[0])
    replies = getattr(case, "replies", None)
    if replies is None:
        return ""
    ids = set(replies.loc[(replies["claim"] == claim) & replies["answer"].isin(_REPLIES), "reply"]) - {""}
    table = case.coverage
    changes = set(table.loc[(table["report"] == report) & table["claim"].isin(ids), "change"])
    if changes - NOT_CARRIED:
        return "given"
    dates = case.claims.loc[case.claims["id"].isin(ids), "date"]
    published = case.reports.set_index("id").loc[report, "date"]
    if len(dates) and pd.notna(published) and published < dates.min():
        return "came later"
    if "reply missing" in changes:
        direct = case.claims[case.claims["id"].isin(set(table.loc[table["change"] == "reply missing", "claim"]) & ids)]
        later = pd.notna(published) and len(direct) > 0 and published < direct["date"].min()
        return "came later" if later else "missing"
    return ""


def _add_renderings(case: Any, origin: Row, rows: list[dict[str, Any]]) -> None:
    """Enter the claims that render `origin`: into the row of their outlet, or as a row of their own."""
    claims = claims_of(case)
    if "renders" not in claims:
        return
    for record in claims[claims["renders"] == origin.id].to_dict("records"):
        version = as_row(record)  # type: ignore[arg-type]
        changes = _changes(origin, version)
        own = record["claimant"] == record["outlet"]  # else somebody else's version, that the outlet passes on
        same = [
            row for row in rows if own and row["outlet"] == record["outlet"] and row["carried"] and not row["rendering"]
        ]
        # Several reports of an outlet: the version is the one whose changes are on record.
        best = max(same, key=lambda row: sum(bool(row.get(aspect)) for aspect in changes), default=None)
        if best is not None and any(best.get(aspect) for aspect in changes):
            best["rendering"] = version.id
            best.update({a: words for a, words in changes.items() if best.get(a) not in (None, _NOT_ON_RECORD)})
        else:
            rows.append(
                {
                    "date": record["date"],
                    "report": "",
                    "outlet": record["outlet"],
                    "rendering": version.id,
                    "carried": True,
                }
                | {"corrected": record.get("flag") == "correction", "note": record.get("note", "")}
                | changes
            )


def _changes(origin: Row, version: Row) -> dict[str, str]:
    """From what to what, for each aspect in which the two rows differ."""

    def words(row: Row) -> dict[str, str]:
        dates = [
            day(date, how) for date, how in ((row.start, row.start_precision), (row.end, row.end_precision)) if date
        ]
        number, bound = row.quantity.value, row.wording
        base = row.measure.removeprefix("share of ") if row.measure.startswith("share of ") else ""
        return {
            "number": f"{number:,}" if number is not None else bound,
            "qualifier": bound,
            "measure": "" if base else row.measure,
            "base": base,
            "unit": row.unit,
            "scope": row.place,
            "period": " to ".join(dates),
        }

    one, two = words(origin), words(version)
    found = {aspect: f"{one[aspect]} → {two[aspect]}" for aspect in one if one[aspect] != two[aspect]}
    if same_period(origin, version):
        found.pop("period", None)
    if "number" in found:  # another number is more than another bound
        found.pop("qualifier", None)
    return found


def _sentence(row: Any, claim: str) -> str:
    date = "day not on record" if pd.isna(row["date"]) else day(row["date"].date())
    head = f"{row['outlet']} ({date})"
    if not row["carried"]:
        return f"{head} does not carry {claim}."
    changes = [f"{aspect} {row[aspect]}" for aspect in ASPECTS if row[aspect] and row[aspect] != _NOT_ON_RECORD]
    said = f"changes {claim}: {', '.join(changes)}" if changes else f"carries {claim} without a change on record"
    ends = ["; corrects an earlier version"] if row["corrected"] else []
    return f"{head} {said}{''.join(ends)}."
