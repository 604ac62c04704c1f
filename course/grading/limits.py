"""How much one submission may use; the numbers can be set for the whole class in nbgrader_config.py."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one submission.

    Seconds of the processor's time, of all processes of the submission together: `cell_seconds` for one cell, `all_seconds` for the
    notebook, `call_seconds` for one call of a handed-in function. So nobody loses a point because the machine was busy. By the clock each
    may take `patience` times as long, which ends what only waits.
    Megabytes: `memory_mb` for all its processes, `disk_mb` for its files. `processes` counts threads as well. `files` may be open at
    once. `output_characters` of one cell are kept, and five times as many of the whole notebook.
    """

    cell_seconds: float = 60
    all_seconds: float = 600
    call_seconds: float = 5
    patience: float = 5
    memory_mb: int = 2048
    disk_mb: int = 64
    processes: int = 64
    files: int = 256
    output_characters: int = 1_000_000

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                raise ValueError(f"The limit {field.name} must be a number above 0, not {value!r}.")

    def plain(self) -> dict[str, Any]:
        """The limits as a record for the other side of a channel."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
