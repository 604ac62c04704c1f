"""The learner's folder: the released notebooks are laid in it, and nothing the learner did there is ever overwritten."""

from __future__ import annotations

import hashlib
import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path

from course.files import write_whole

PRIVATE = ".counterclaim"
_RECORD = "released.json"


class WorkspaceError(Exception):
    """The folder cannot be used; the message says why and what to do, in one line."""


@dataclass(slots=True)
class Laid:
    """What was done: notebooks that are new, notebooks replaced because the learner had not touched them, and the newer
    releases that were laid beside the learner's own work (name of the notebook -> name of the newer one)."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)


def lay(folder: Path, released: dict[str, str]) -> Laid:
    """Lay the released notebooks in `folder` (made where it is missing) and tell what was done.

    `released` maps the name of a notebook to its text. `.counterclaim/released.json` remembers the hash of what was laid, which
    tells a notebook that the learner changed from one that was only laid.

    Errors: WorkspaceError where the folder cannot be made or written.
    """
    try:
        return _lay(folder, {name: text.encode() for name, text in released.items()})
    except (FileExistsError, NotADirectoryError) as error:
        raise WorkspaceError(f"{error.filename or folder} is a file. Name a folder for your notebooks.") from error
    except OSError as error:
        why = error.strerror or error
        raise WorkspaceError(f"The folder {folder} cannot be written ({why}). Name a folder of your own.") from error


def _lay(folder: Path, released: dict[str, bytes]) -> Laid:
    (folder / PRIVATE).mkdir(parents=True, exist_ok=True)
    record = _record(folder)
    laid = Laid()
    for name, content in released.items():
        path, known = folder / name, record.get(name, [])
        if not path.exists():
            laid.new.append(name)
            write_whole(path, content)
        elif _hash(path) == _digest(content):
            pass
        elif known and known[0] and _hash(path) == known[0]:
            laid.replaced.append(name)
            write_whole(path, content)
        elif _digest(content) in known:
            continue  # the learner's work began from this release, or has it beside already
        else:
            beside = _place_beside(path, known[1:])
            laid.beside[name] = beside.name
            write_whole(beside, content)
            record[name] = [*(known or [""]), _digest(content)]
            continue
        record[name] = [_digest(content)]
    write_whole(folder / PRIVATE / _RECORD, json.dumps(record, indent=1, sort_keys=True))
    return laid


def _record(folder: Path) -> dict[str, list[str]]:
    """Name of a notebook -> hashes: first what was laid under that name, then what was laid beside it since."""
    try:
        record = json.loads((folder / PRIVATE / _RECORD).read_text("utf-8"))
        return {str(name): [str(one) for one in hashes] for name, hashes in record.items()}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}  # unknown: then every notebook that differs counts as the learner's work


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash(path: Path) -> str:
    return _digest(path.read_bytes()) if path.is_file() else ""


def _place_beside(path: Path, laid_before: list[str]) -> Path:
    """The first of NAME-newer, NAME-newer-2, ... that is free, or holds an earlier release that nobody touched."""
    for number in itertools.count(1):
        beside = path.with_name(f"{path.stem}-newer{'' if number == 1 else f'-{number}'}{path.suffix}")
        if not beside.exists() or _hash(beside) in laid_before:
            return beside
    raise AssertionError
