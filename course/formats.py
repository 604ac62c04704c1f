"""Claims written out: a table for the terminal, CSV and JSON of one row a quantity, and schema.org Claim in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import StringIO
from typing import Any, Literal

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from course.claim import Claim, Mention
from course.corpus.report import Report

Format = Literal["table", "csv", "json", "jsonld"]
SUFFIXES: dict[str, Format] = {".txt": "table", ".csv": "csv", ".json": "json", ".jsonld": "jsonld"}
WIDE = 110
"""Columns of a terminal from which a claim stands beside its attribution; below, it stands under it."""

Read = Sequence[tuple[Report, Sequence[Claim]]]

_HEAD = ("claimant", "cue", "form", "quantity", "measure")
_NARROW = (20, 13, 9, 20, 12)


def write_claims(read: Read, form: Format, width: int = 80, colour: bool = False) -> str:
    """The claims of each report in the chosen form, as text.

    Args:
        read: reports, each with its claims.
        form: "table", "csv" and "json" (one row a quantity, or one for a claim without any; columns as in `to_frame`, after
            `report`), or "jsonld".
        width: columns of the terminal, for a table.
        colour: whether the terminal shows colours, for a table.
    """
    if form == "table":
        return _table(read, width, colour)
    if form == "jsonld":
        graph = [_schema_org(report, claim) for report, claims in read for claim in claims]
        context = ["https://schema.org", {"oa": "http://www.w3.org/ns/oa#"}]
        return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"
    import pandas as pd

    from course.extract import to_frame

    frames = [to_frame(claims, report.text) for report, claims in read]
    for frame, (report, _) in zip(frames, read, strict=True):
        frame.insert(0, "report", report.id)
    frame = pd.concat(frames, ignore_index=True)
    if form == "csv":
        return str(frame.to_csv(index=False, lineterminator="\n", float_format="%.15g"))
    return str(frame.to_json(orient="records", force_ascii=False, indent=2, date_format="iso")) + "\n"


# --- for the eye -------------------------------------------------------------------------------------------------------


def _table(read: Read, width: int, colour: bool) -> str:
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    for report, claims in read:
        about = ", ".join(filter(None, [report.title, report.outlet, report.date.isoformat() if report.date else ""]))
        console.print(Text(about or report.id, style="bold"))
        console.print(_wide(claims) if width >= WIDE else _stacked(claims))
    console.print(Text("A program found these by rules. It can miss a claim or misread one: compare with the article."))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _wide(claims: Sequence[Claim]) -> RenderableType:
    table = Table(*_HEAD, "claim", box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_lines=False)
    for column, ratio in zip(table.columns, (4, 3, 2, 4, 3, 12), strict=True):
        column.ratio = ratio
        column.overflow = "fold"
    form = table.columns[_HEAD.index("form")]
    form.ratio, form.width = None, len("indirect")  # a word of ours is never broken
    for claim in claims:
        table.add_row(*_cells(claim), _words(claim))
        table.add_row()
    return table


def _stacked(claims: Sequence[Claim]) -> RenderableType:
    def line(cells: Sequence[str], style: str = "") -> Table:
        grid = Table.grid(padding=(0, 1))
        for size in _NARROW:
            grid.add_column(width=size, overflow="fold")
        grid.add_row(*cells, style=style)
        return grid

    blocks: list[RenderableType] = [line(_HEAD, "bold"), Text()]
    for claim in claims:
        blocks += [line(_cells(claim)), Padding(_words(claim), (0, 0, 1, 2))]
    return Group(*blocks)


def _cells(claim: Claim) -> tuple[str, ...]:
    form = claim.attribution.form if claim.attribution else ""
    quantities = [str(mention.quantity) for mention in claim.mentions]
    measures = [mention.measure or mention.unit or "-" for mention in claim.mentions]
    return claim.claimant or "(not named)", claim.cue, form, "\n".join(quantities), "\n".join(measures)


def _words(claim: Claim) -> Text:
    label = f"[{claim.kind}] " if claim.kind != "claim" else ""
    return Text(label + " ".join(claim.text.split()))


# --- for other programs ------------------------------------------------------------------------------------------------


def _schema_org(report: Report, claim: Claim) -> dict[str, Any]:
    """A schema.org Claim. Offsets are a W3C Web Annotation TextPositionSelector: characters of the report's plain text."""
    appearance = {
        "@type": "NewsArticle" if report.outlet and report.kind == "article" else "CreativeWork",
        "identifier": report.id,
        "headline": report.title,
        "publisher": report.outlet and {"@type": "Organization", "name": report.outlet},
        "datePublished": report.date and report.date.isoformat(),
        "url": report.url,
    }
    return _known(
        {
            "@type": "Claim",
            "text": claim.text,
            "author": _author(report, claim),
            "keywords": claim.kind if claim.kind != "claim" else "",
            "appearance": _known(appearance),
            "mentions": [_value(mention) for mention in claim.mentions],
            "oa:hasSelector": {
                "@type": "oa:TextPositionSelector",
                "oa:start": claim.span.start,
                "oa:end": claim.span.end,
            },
        }
    )


def _author(report: Report, claim: Claim) -> dict[str, str] | None:
    if claim.attribution is None:  # the report speaks in its own voice
        return {"@type": "Organization", "name": report.outlet} if report.outlet else None
    # whether a claimant is a person or a body is not known here
    return {"@type": "Thing", "name": claim.claimant} if claim.claimant else None


def _value(mention: Mention) -> dict[str, Any]:
    quantity = mention.quantity
    flags = {name: getattr(quantity, name) for name in ("lower_open", "upper_open", "approximate")}
    point = quantity.lower is not None and quantity.lower == quantity.upper
    return _known(
        {
            "@type": "QuantitativeValue",
            "name": mention.measure,
            "description": quantity.text,
            "value": quantity.lower if point else None,
            "minValue": quantity.lower,
            "maxValue": quantity.upper,
            "unitText": mention.unit or mention.measure,
            "additionalProperty": [
                {"@type": "PropertyValue", "name": name, "value": True} for name, holds in flags.items() if holds
            ],
        }
    )


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
