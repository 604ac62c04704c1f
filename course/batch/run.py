"""The run: find the articles, skip what is known, hand out the rest, keep each part, and write the table at the end."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from course.batch.parts import Article, Part, head_of
from course.batch.table import write_table
from course.batch.teams import INSTALL, BatchError, Chunk, Cluster, Processes, Team, cores
from course.corpus.article import ArticleError, article_bytes
from course.files import printable, write_whole

ENDINGS = {".txt", ".md", ".markdown", ".html", ".htm"}
FORMS = {".csv": "csv", ".parquet": "parquet"}
MOST = 64  # articles in a chunk: what a stop may lose
LARGE = 1_000_000  # bytes after which a chunk ends
BREATH = 2  # seconds after which somebody looks whether the workers are still there
NO_CLAIMS = "no claims were found"


class Watch:
    """Somebody who watches a run; does nothing. Override what you want to see."""

    def begin(self, total: int) -> None:
        """The run begins on `total` articles."""

    def step(self, articles: int, known: bool = False) -> None:
        """So many more articles are read, or `known` from an earlier run."""

    def note(self, text: str) -> None:
        """Something to know, "" when it is over."""

    def whole(self) -> None:
        """The table is written; what is left is to tidy up."""


@dataclass(slots=True)
class Outcome:
    """What a run gave. `unread` and `without_claims` are paths below the folder, unread ones with the problem."""

    to: Path
    beside: Path
    total: int = 0
    rows: int = 0
    unread: dict[str, str] = field(default_factory=dict)
    without_claims: list[str] = field(default_factory=list)


def read_folder(
    folder: Path,
    to: Path,
    workers: int | None = None,
    scheduler: str | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Write the claims of every .txt, .md and .html file below `folder` to the table `to`, a .csv or .parquet file.

    One row a quantity, as in `to_frame`, after the columns path, report, title, outlet, date; in the order of the paths. The
    table is a function of the articles alone, however often the run was stopped. Until it is written, what is read stays in
    parts beside it, and the same call goes on from there. Files that gave no rows are listed in a small table beside it.
    Hidden files and folders (with a dot) are left out, links to folders are not followed.

    Args:
        workers: processes on this machine, by default one a core.
        scheduler: the address of a Dask scheduler, to read on its workers instead.

    Errors: BatchError where there is nothing to read, the table cannot be written, or the scheduler is not there.
    """
    watch = watch or Watch()
    form = FORMS.get(to.suffix.lower())
    if form is None:
        raise BatchError(f"The claims of a folder are written as .csv or .parquet; {to.name} is neither.")
    if form == "parquet" and find_spec("pyarrow") is None:
        raise BatchError(f"Parquet needs pyarrow, which is not installed. Write a .csv, or install it: {INSTALL}")
    to = to.resolve()
    outcome = Outcome(to, to.with_name(f"{to.stem}.left-out.csv"))
    paths = _articles_below(folder, outcome)
    if not paths and not outcome.unread:
        raise BatchError(f"{folder}: there is no .txt, .md or .html file below this folder. Name another one.")
    outcome.total = len(paths) + len(outcome.unread)
    watch.begin(outcome.total)
    watch.step(len(outcome.unread))
    with _parts_beside(to) as parts:
        run = _Run(folder, parts, outcome, watch)
        known = [part for file in sorted(parts.glob("*.part")) if (part := head_of(file))]
        held = {(entry.path, entry.sha256): part for part in known for entry in part.entries}
        team: Team | None = None
        limit = min(workers or cores(), len(paths))
        try:
            chunks = run.chunks(paths, held, 4 * limit)
            if first := next(chunks, None):
                team = Cluster(scheduler) if scheduler else Processes(limit)
                run.read(chain([first], chunks), team)
        finally:
            if team:
                team.stop()
        run.write(form)
    return outcome


class _Run:
    def __init__(self, folder: Path, parts: Path, outcome: Outcome, watch: Watch) -> None:
        self.folder, self.parts, self.outcome, self.watch = folder, parts, outcome, watch
        self.owners: dict[str, Part] = {}

    def chunks(self, paths: list[str], held: dict[tuple[str, str], Part], pieces: int) -> Iterator[Chunk]:
        """The articles that no part holds, in at least so many `pieces`, where there are enough of them."""
        most = min(MOST, max(1, len(paths) // pieces))
        chunk: list[Article] = []
        for path in paths:
            article = self._article(path)
            if article is None:
                self.watch.step(1)
            elif part := held.get((path, article.sha256)):
                self.owners[path] = part
                self.watch.step(1, known=True)
            else:
                chunk.append(article)
            if len(chunk) >= most or sum(len(article.content) for article in chunk) >= LARGE:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def read(self, chunks: Iterator[Chunk], team: Team) -> None:
        """Have the team read all chunks, and keep the parts."""
        waiting: dict[Future[bytes], Chunk] = {}
        more = True
        while more or waiting:
            room = 2 * team.size()  # enough that nobody waits, and few enough for the memory
            crashed: list[Chunk] = []
            while more and not crashed and len(waiting) < room:
                if (chunk := next(chunks, None)) is None:
                    more = False
                    continue
                try:
                    waiting[team.submit(chunk)] = chunk
                except team.crash:
                    crashed.append(chunk)
            done, _ = wait(waiting, timeout=BREATH, return_when=FIRST_COMPLETED)
            self.watch.note("" if done else team.check())
            for future in done:
                chunk = waiting.pop(future)
                try:
                    self._keep(chunk, future.result())
                except team.crash:
                    crashed.append(chunk)
                except CancelledError:
                    team.check()
                    raise
                except ImportError as error:
                    raise BatchError(
                        f"The workers lack a part of the course ({error}). Install it there too."
                    ) from error
            if crashed:
                lost = crashed + team.lost(waiting)
                for article, data in team.alone(article for chunk in lost for article in chunk):
                    self._keep([article], data)

    def write(self, form: str) -> None:
        """Write the table, and beside it the files that gave no rows."""
        outcome = self.outcome
        for path, part in self.owners.items():
            entry = part.entry(path)
            if entry.problem:
                outcome.unread[path] = entry.problem
            elif not entry.rows:
                outcome.without_claims.append(path)
        left_out = {**dict.fromkeys(outcome.without_claims, NO_CLAIMS), **outcome.unread}
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["path", "reason"])
        writer.writerows([printable(path), reason] for path, reason in sorted(left_out.items()))
        whole = self.parts / "table"
        with _writing(outcome.to):
            outcome.rows = write_table([(path, self.owners[path]) for path in sorted(self.owners)], whole, form)
            write_whole(outcome.beside, table.getvalue())
            if outcome.rows:
                whole.replace(outcome.to)
                self.watch.whole()
        for file in self.parts.glob("*.part"):  # they have done their duty
            file.unlink()

    def _article(self, path: str) -> Article | None:
        try:
            content = article_bytes(self.folder / path, path)
        except ArticleError as error:
            self.outcome.unread[path] = str(error).removeprefix(f"{path}: ")
            return None
        return Article(path, hashlib.sha256(content).hexdigest(), content)

    def _keep(self, chunk: Chunk, data: bytes) -> None:
        name = hashlib.sha256(repr([(article.path, article.sha256) for article in chunk]).encode()).hexdigest()[:32]
        file = self.parts / f"{name}.part"
        with _writing(self.outcome.to):
            write_whole(file, data)
        part = head_of(file)
        if part is None:
            raise BatchError(
                "The workers have another version of the course than this machine. Install the same on both."
            )
        self.owners |= dict.fromkeys((article.path for article in chunk), part)
        self.watch.step(len(chunk))


def _articles_below(folder: Path, outcome: Outcome) -> list[str]:
    """The paths of the articles, in order; what is not an ordinary file goes to `unread`."""
    found: list[str] = []

    def closed(error: OSError) -> None:
        outcome.unread[Path(error.filename).relative_to(folder).as_posix()] = (
            f"the folder cannot be opened ({error.strerror})."
        )

    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(place, name)
            if name.startswith(".") or file.suffix.lower() not in ENDINGS:
                continue
            path = file.relative_to(folder).as_posix()
            if file.is_file():
                found.append(path)
            else:
                outcome.unread[path] = (
                    "this is a link to nothing." if file.is_symlink() else "this is not an ordinary file."
                )
    return sorted(found)


@contextmanager
def _parts_beside(to: Path) -> Iterator[Path]:
    """The folder of the parts, for this process alone."""
    parts = to.with_name(f".{to.name}.parts")
    with _writing(to):
        parts.mkdir(exist_ok=True)
        lock = (parts / "lock").open("w")
    with lock:
        try:
            import fcntl  # the system opens the lock again when the process ends, however it ends

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BatchError(f"Another run is writing {to} at the moment. Wait for it, or name another file.") from None
        except (ImportError, OSError):
            pass  # not on this system: then two runs on one table are the user's to avoid
        try:
            yield parts
        finally:
            if not any(parts.glob("*.part")):  # nothing to go on from
                shutil.rmtree(parts, ignore_errors=True)


@contextmanager
def _writing(to: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BatchError(
            f"{to} cannot be written ({error.strerror or error}). Name another file after --to, or make room for it."
        ) from error
