"""Outputs of cells, from a student's process: brought into the form of a notebook, whatever was sent."""

from __future__ import annotations

import json
import re
from typing import Any

from course.grading.notebook import clean

_MIME = re.compile(r"[\w.+-]+/[\w.+-]+")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def sane(outputs: Any, most: int) -> list[dict[str, Any]]:
    """The outputs that have a notebook's form, as long as there are not more than twice `most` characters of them."""
    kept, left = [], 2 * most
    for output in outputs if isinstance(outputs, list) else []:
        made = _sane(output) if isinstance(output, dict) else None
        if made is None:
            continue
        left -= len(json.dumps(made))
        if left < 0:
            break
        kept.append(made)
    return kept


def _sane(output: dict[str, Any]) -> dict[str, Any] | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        trace = output.get("traceback")
        return {
            "output_type": "error",
            "ename": _text(output.get("ename")),
            "evalue": _text(output.get("evalue")),
            "traceback": [_text(line) for line in trace] if isinstance(trace, list) else [],
        }
    if kind in ("display_data", "execute_result"):
        data = output.get("data")
        if not isinstance(data, dict):
            return None
        shown = {name: _data(name, item) for name, item in data.items() if _MIME.fullmatch(name)}
        made: dict[str, Any] = {"output_type": kind, "data": shown, "metadata": {}}
        if kind == "execute_result":
            count = output.get("execution_count")
            made["execution_count"] = count if isinstance(count, int) else None
        return made
    return None


def _data(name: str, item: Any) -> Any:
    if name.endswith("json"):
        return json.loads(clean(json.dumps(item)))
    return _text(item)


def _text(item: Any) -> str:
    if isinstance(item, list) and all(isinstance(line, str) for line in item):
        item = "".join(item)
    return clean(item) if isinstance(item, str) else ""


def message_in(outputs: list[dict[str, Any]]) -> str:
    """What a test cell says to the student, as plain text."""
    said = []
    for output in outputs:
        if output["output_type"] == "stream":
            said.append(output["text"].strip())
        elif output["output_type"] == "error":
            said.append("\n".join(output["traceback"]))
    return _COLOUR.sub("", "\n".join(filter(None, said)))
