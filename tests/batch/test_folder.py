"""`course read FOLDER`: a folder of articles becomes one table, as a user runs it, stops it and runs it again."""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import breaking
import pandas as pd
import pytest
from click.testing import CliRunner

from course.batch import read_folder
from course.batch.bar import CorpusBar
from course.cli import main
from course.corpus import read_article
from course.extract import claims_in, to_frame

ONE = "The mayor of {place} said on Monday that more than {number} people were evacuated from {place}.\n"
TWO = "According to the river guard, between {number} and 9,000 houses in {place} were flooded. “We lost boats,” Ida Voss said.\n"
PLAIN = "Wash the rice. Boil the water. Add salt.\n"


def story(number: int, sentences: int = 6) -> str:
    draw = random.Random(number)
    fill = {"place": f"Ostrell {number}"}
    return "".join(draw.choice([ONE, TWO]).format(**fill, number=draw.randrange(100, 5_000)) for _ in range(sentences))


def lay(folder: Path, many: int, sentences: int = 6) -> Path:
    for number in range(many):
        place = folder / f"week-{number % 7}"
        place.mkdir(parents=True, exist_ok=True)
        text = story(number, sentences)
        if number % 3 == 1:
            (place / f"s{number:04}.md").write_text(f"---\ntitle: Story {number}\ndate: 2041-03-04\n---\n\n{text}")
        elif number % 3 == 2:
            (place / f"s{number:04}.HTML").write_text(f"<html><body><article><p>{text}</p></article></body></html>")
        else:
            (place / f"s{number:04}.txt").write_text(text)
    return folder


def start(root: Path, *args: str | Path, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "course.cli", "read", *map(str, args)],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(root)},
        # a shell that starts the tests in the background has them ignore Ctrl-C, and so would this
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def finish(process: subprocess.Popen[bytes]) -> str:
    """What it says when it ends well."""
    said, wrong = process.communicate(timeout=300)
    assert process.returncode == 0, wrong.decode()
    return said.decode()


def parts_in(folder: Path, name: str) -> int:
    return len(list((folder / f".{name}.parts").glob("*.part")))


def wait_for_parts(process: subprocess.Popen[bytes], folder: Path, name: str, many: int) -> None:
    limit = time.monotonic() + 300
    while parts_in(folder, name) < many and process.poll() is None:
        assert time.monotonic() < limit
        time.sleep(0.01)


def children_of(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def at_work(root: Path, folder: Path, name: str, parts: int) -> tuple[subprocess.Popen[bytes], str, list[int]]:
    """A run that has so many parts and is not at its end: the process, the name of its table, and its workers.

    It stands still, as on a busy machine it could come to its end before a signal comes; `go_on` lets it continue.
    """
    for number in range(10):
        table = f"{name}-{number}.csv"
        process = start(root, "in", "--to", table, "--workers", "2", cwd=folder)
        wait_for_parts(process, folder, table, parts)
        process.send_signal(signal.SIGSTOP)
        while state_of(process.pid) not in "TZ":
            time.sleep(0.01)
        if state_of(process.pid) == "T":
            helpers = [
                pid for pid in children_of(process.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
            ]
            if len(helpers) == 2 or not parts:
                return process, table, helpers
        go_on(process)
        process.communicate()
    raise AssertionError("Ten runs came to their end before they could be stopped.")


def go_on(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGCONT)


def state_of(pid: int) -> str:
    """A letter: T stands still, Z has ended, others are at work."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def alive(pid: int) -> bool:
    try:
        return state_of(pid) != "Z"
    except OSError:
        return False


def all_gone(pids: list[int]) -> bool:
    limit = time.monotonic() + 300
    while any(map(alive, pids)) and time.monotonic() < limit:
        time.sleep(0.1)
    return not any(map(alive, pids))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    return lay(tmp_path_factory.mktemp("corpus") / "in", 240, 8)


@pytest.fixture(scope="module")
def whole(corpus, root) -> bytes:
    """The table that one process makes in one go."""
    finish(start(root, "in", "--to", "whole.csv", "--workers", "1", cwd=corpus.parent))
    return (corpus.parent / "whole.csv").read_bytes()


def test_table_holds_the_claims_of_every_article(corpus, whole):
    expected = []
    for path in sorted(corpus.rglob("*.*"), key=lambda path: path.relative_to(corpus).as_posix()):
        report = read_article(path)
        frame = to_frame(claims_in(report), report.text)
        frame.insert(0, "path", path.relative_to(corpus).as_posix())
        expected.append(frame)
    text = pd.concat(expected, ignore_index=True).to_csv(index=False, float_format="%.15g")
    made = pd.read_csv(corpus.parent / "whole.csv")
    assert list(made.columns[:5]) == ["path", "report", "title", "outlet", "date"]
    pd.testing.assert_frame_equal(made.drop(columns=made.columns[1:5]), pd.read_csv(io.StringIO(text)))
    second = made[made.path == "week-1/s0001.md"].iloc[0]
    assert (second.report, second.title, second.date) == ("s0001", "Story 1", "2041-03-04")


def test_many_processes_make_the_same_table_and_leave_nothing_else(corpus, whole, root):
    finish(start(root, "in", "--to", "two.csv", "--workers", "3", cwd=corpus.parent))
    assert (corpus.parent / "two.csv").read_bytes() == whole
    assert not (corpus.parent / ".two.csv.parts").exists()


def test_parquet_holds_the_same_with_types(corpus, whole, root):
    finish(start(root, "in", "--to", "typed.parquet", cwd=corpus.parent))
    typed, flat = pd.read_parquet(corpus.parent / "typed.parquet"), pd.read_csv(corpus.parent / "whole.csv")
    assert str(typed["lower"].dtype) == "float64" and str(typed["start"].dtype) == "int64"
    assert set(typed["lower_open"].dropna()) <= {True, False}
    assert str(typed["date"].dropna().iloc[0]) == "2041-03-04"
    shown = typed.astype(object).where(typed.notna(), "").astype(str).replace("", "nan")
    other = flat.astype(object).where(flat.notna(), "").astype(str).replace("", "nan")
    pd.testing.assert_frame_equal(shown, other, check_dtype=False)


@pytest.mark.parametrize("parts", [0, 1, 4, 7])
def test_killed_at_any_moment_it_goes_on_to_the_same_table(corpus, whole, root, parts):
    process, name, helpers = at_work(root, corpus.parent, f"killed-{parts}", parts)
    process.kill()
    process.wait(30)
    assert not (corpus.parent / name).exists(), "a table before all articles are read"
    kept = parts_in(corpus.parent, name)
    assert kept >= parts
    again = start(root, "in", "--to", name, "--workers", "2", cwd=corpus.parent)
    assert ("by an earlier run" in finish(again)) == bool(kept)
    assert (corpus.parent / name).read_bytes() == whole
    assert all_gone(helpers), "processes stayed behind"


def test_killed_again_and_again_it_comes_to_an_end_with_the_same_table(corpus, whole, root):
    stops = 0
    while stops < 60:
        process = start(root, "in", "--to", "often.csv", "--workers", "2", cwd=corpus.parent)
        wait_for_parts(process, corpus.parent, "often.csv", parts_in(corpus.parent, "often.csv") + 3)
        process.kill()
        if process.wait(30) == 0 or (corpus.parent / "often.csv").exists():
            break
        stops += 1
    assert 1 < stops < 60
    finish(start(root, "in", "--to", "often.csv", cwd=corpus.parent))
    assert (corpus.parent / "often.csv").read_bytes() == whole


def test_ctrl_c_stops_at_once_says_what_is_kept_and_leaves_no_process(corpus, whole, root):
    process, name, helpers = at_work(root, corpus.parent, "stopped", 2)
    process.send_signal(signal.SIGINT)
    go_on(process)
    _, wrong = process.communicate(timeout=300)
    assert process.returncode == 130 and b"Traceback" not in wrong and b"goes on from there" in wrong
    assert all_gone(helpers), "processes stayed behind"
    finish(start(root, "in", "--to", name, cwd=corpus.parent))
    assert (corpus.parent / name).read_bytes() == whole


def test_ctrl_c_once_the_table_is_there_says_so(corpus, whole, monkeypatch):
    def then_stop(bar: CorpusBar) -> None:
        monkeypatch.undo()
        bar.whole()
        raise KeyboardInterrupt

    monkeypatch.chdir(corpus.parent)
    monkeypatch.setattr(CorpusBar, "whole", then_stop)
    done = CliRunner().invoke(main, ["read", str(corpus), "--to", str(corpus.parent / "late.csv")])
    assert done.exit_code == 0 and "late.csv is written whole" in done.stderr
    assert (corpus.parent / "late.csv").read_bytes() == whole


def test_ctrl_c_before_anything_is_read_is_no_success(tmp_path, monkeypatch):
    lay(tmp_path / "in", 2)
    monkeypatch.setitem(sys.modules, "course.batch.bar", Interrupted("course.batch.bar"))
    done = CliRunner().invoke(main, ["read", str(tmp_path / "in"), "--to", str(tmp_path / "a.csv")])
    assert done.exit_code == 130 and "Stopped before anything was read" in done.stderr


class Interrupted(ModuleType):
    """A module in whose import somebody presses Ctrl-C."""

    def __getattr__(self, name: str) -> object:
        raise KeyboardInterrupt


def test_a_worker_that_is_killed_loses_nothing(corpus, whole, root):
    process, name, helpers = at_work(root, corpus.parent, "hurt", 1)
    os.kill(helpers[0], signal.SIGKILL)
    go_on(process)
    _, wrong = process.communicate(timeout=300)
    assert process.returncode == 0, wrong
    assert (corpus.parent / name).read_bytes() == whole


def test_a_worker_that_is_killed_while_large_articles_wait_for_one_loses_nothing(tmp_path, root):
    """More is on its way to the workers than a pipe holds: nobody waits for it to be read."""
    (tmp_path / "in").mkdir()
    for number in range(12):
        text = "The mayor said on Monday that more than 1,200 people were evacuated. " * 1_500
        (tmp_path / "in" / f"{number}.txt").write_text(f"{text}\n\n{number}")
    process, name, helpers = at_work(root, tmp_path, "large", 2)
    os.kill(helpers[0], signal.SIGKILL)
    go_on(process)
    finish(process)
    assert len((tmp_path / name).read_text().splitlines()) == 1 + 12 * 1_500
    assert all_gone(helpers), "processes stayed behind"


def test_what_changed_between_two_runs_is_read_again_and_only_that(tmp_path, root):
    lay(tmp_path / "in", 120, 12)
    process = start(root, "in", "--to", "claims.csv", "--workers", "2", cwd=tmp_path)
    wait_for_parts(process, tmp_path, "claims.csv", 9)
    process.kill()
    process.wait(30)
    for number in (0, 21, 84):
        (tmp_path / "in" / "week-0" / f"s{number:04}.txt").unlink(missing_ok=True)
    (tmp_path / "in" / "week-0" / "s0042.txt").write_text(ONE.format(place="Newtown", number="77"))
    (tmp_path / "in" / "week-0" / "s0001-late.txt").write_text(ONE.format(place="Latetown", number="88"))
    finish(start(root, "in", "--to", "claims.csv", cwd=tmp_path))
    finish(start(root, "in", "--to", "fresh.csv", cwd=tmp_path))
    assert (tmp_path / "claims.csv").read_bytes() == (tmp_path / "fresh.csv").read_bytes()
    assert "Newtown" in (tmp_path / "claims.csv").read_text()


def test_damaged_part_is_made_again(corpus, whole, root):
    process = start(root, "in", "--to", "torn.csv", "--workers", "2", cwd=corpus.parent)
    wait_for_parts(process, corpus.parent, "torn.csv", 3)
    process.kill()
    process.wait(30)
    torn, empty, *_ = sorted((corpus.parent / ".torn.csv.parts").glob("*.part"))
    torn.write_bytes(torn.read_bytes()[:-20])
    empty.write_bytes(b"")
    finish(start(root, "in", "--to", "torn.csv", cwd=corpus.parent))
    assert (corpus.parent / "torn.csv").read_bytes() == whole


def test_two_runs_on_one_table_do_not_meet(corpus, root):
    first = start(root, "in", "--to", "shared.csv", "--workers", "1", cwd=corpus.parent)
    wait_for_parts(first, corpus.parent, "shared.csv", 1)
    second = start(root, "in", "--to", "shared.csv", cwd=corpus.parent)
    _, wrong = second.communicate(timeout=300)
    assert second.returncode == 1 and b"Another run" in wrong and wrong.count(b"\n") == 1
    finish(first)


def test_what_cannot_be_read_is_listed_and_stops_nothing(course, tmp_path):
    folder = lay(tmp_path / "in", 5)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.md").write_bytes(bytes(range(256)) * 20)
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (folder / "plain.txt").write_text(PLAIN)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "folder.txt").mkdir()
    (folder / "notes.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.txt").write_text(story(1))
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    (folder / "large.txt").write_bytes(b"word " * 2_100_000)
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(ONE.format(place="Ostrell", number=300))
    done = course("read", "in", "--to", "claims.csv")
    assert done.returncode == 0
    listed = {row["path"]: row["reason"] for row in csv.DictReader((tmp_path / "claims.left-out.csv").open())}
    unread = {"empty.txt", "noise.md", "picture.html", "gone.txt", "pipe.txt", "large.txt"}
    assert set(listed) == unread | {"plain.txt"} and all(listed.values())
    assert listed["plain.txt"] == "no claims were found"
    assert {line.partition(": ")[0] for line in done.stderr.splitlines()} == unread
    assert "13 articles: 6 could not be read, 1 have no claims." in done.stdout
    read = set(pd.read_csv(tmp_path / "claims.csv")["path"])
    assert len(read) == 6 and "caf\\udce9.txt" in read


def test_closed_files_and_folders_are_listed(course, tmp_path):
    folder = lay(tmp_path / "in", 8)
    (folder / "week-0" / "s0000.txt").chmod(0)
    (folder / "week-1").chmod(0)
    done = course("read", "in", "--to", "claims.csv", as_anybody=True)
    (folder / "week-1").chmod(0o755)
    assert done.returncode == 0
    assert {line.partition(": ")[0] for line in done.stderr.splitlines()} == {"week-0/s0000.txt", "week-1"}


def test_many_unread_files_do_not_flood_the_terminal(course, tmp_path):
    folder = lay(tmp_path / "in", 3)
    for number in range(50):
        (folder / f"empty-{number}.txt").touch()
    done = course("read", "in", "--to", "claims.csv")
    assert done.returncode == 0 and len(done.stderr.splitlines()) == 21 and "30 more" in done.stderr
    assert len((tmp_path / "claims.left-out.csv").read_text().splitlines()) == 51


@pytest.mark.parametrize("name", ["claims.csv", "claims.parquet"])
def test_nothing_found_leaves_an_older_table_as_it_is(course, tmp_path, name):
    (tmp_path / name).write_text("mine")
    (tmp_path / "in").mkdir()
    done = course("read", "in", "--to", name)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and done.stderr.startswith("Error: in: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "in"])
    (tmp_path / "in" / "plain.txt").write_text(PLAIN)
    done = course("read", "in", "--to", name)
    assert done.returncode == 1 and "No claims" in done.stderr
    assert (tmp_path / name).read_text() == "mine"
    assert "plain.txt" in (tmp_path / "claims.left-out.csv").read_text()


def test_target_in_a_folder_that_is_not_there_is_said_before_the_work(course, tmp_path):
    lay(tmp_path / "in", 3)
    done = course("read", "in", "--to", "no/such/claims.csv")
    assert done.returncode == 1 and "claims.csv cannot be written" in done.stderr and len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["in", "--to", "claims.xlsx"],
        ["in", "--to", "claims"],
        ["in", "--to", "claims.csv", "--format", "json"],
        ["in", "--to", "claims.parquet", "--format", "csv"],
        ["in", "--to", "claims.csv", "--workers", "0"],
        ["in", "--to", "claims.csv", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"],
        ["in/a.txt", "--to", "claims.parquet"],
        ["in/a.txt", "--to", "claims.csv", "--workers", "2"],
        ["in", "--workers", "2"],
    ],
)
def test_wrong_call_is_told_and_changes_nothing(course, tmp_path, wrong):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(story(1))
    done = course("read", *wrong)
    assert done.returncode == 2 and "Error: " in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_folder_without_a_target_says_how_to_name_one(course, tmp_path):
    lay(tmp_path / "in", 1)
    done = course("read", "in")
    assert done.returncode == 1 and "--to claims.csv" in done.stderr and len(done.stderr.splitlines()) == 1


def test_table_may_stand_in_the_folder_itself(course, tmp_path):
    lay(tmp_path, 6)
    assert course("read", ".", "--to", "claims.csv").returncode == 0
    first = (tmp_path / "claims.csv").read_bytes()
    assert course("read", ".", "--to", "claims.csv").returncode == 0
    assert (tmp_path / "claims.csv").read_bytes() == first


def test_missing_parts_of_the_extra_are_named_with_the_cure(tmp_path, root):
    lay(tmp_path / "in", 1)
    for module, args in (
        ("pyarrow", ["claims.parquet"]),
        ("distributed", ["claims.csv", "--scheduler", "tcp://127.0.0.1:1"]),
    ):
        code = f"import sys; sys.modules[{module!r}] = None; from course.cli import main; main()"
        command = [sys.executable, "-c", code, "read", "in", "--to", *args]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)}
        )
        assert done.returncode == 1 and "counterclaim[corpus]" in done.stderr and len(done.stderr.splitlines()) == 1
        assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_thousands_of_small_files_are_all_read(tmp_path, root):
    sentence = "The mayor said on Monday that more than 1,200 people were evacuated from the valley. "
    (tmp_path / "small").mkdir()
    for number in range(2_000):
        (tmp_path / "small" / f"{number}.txt").write_text(sentence)
    finish(start(root, "small", "--to", "small.csv", cwd=tmp_path))
    assert len((tmp_path / "small.csv").read_text().splitlines()) == 2_001


def test_killed_while_the_table_is_written_it_is_whole_or_not_there(corpus, whole, root):
    """Kill at many short delays after the last article, where the table is put together."""
    name = "late.csv"
    process = start(root, "in", "--to", name, "--workers", "2", cwd=corpus.parent)
    parts = corpus.parent / f".{name}.parts"
    limit = time.monotonic() + 300
    while not (parts / "table").exists() and process.poll() is None:
        assert time.monotonic() < limit
    process.kill()
    process.wait(30)
    assert not (corpus.parent / name).exists() or (corpus.parent / name).read_bytes() == whole
    finish(start(root, "in", "--to", name, cwd=corpus.parent))
    assert (corpus.parent / name).read_bytes() == whole
    shutil.rmtree(parts, ignore_errors=True)


def test_an_article_that_always_ends_its_worker_is_listed_and_the_others_are_read(tmp_path, monkeypatch):
    lay(tmp_path / "in", 20)
    for number in (3, 11):
        (tmp_path / "in" / f"bad-{number}.txt").write_text("The mayor said that poison was found.")
    expected = read_folder(tmp_path / "in", tmp_path / "plain.csv", workers=2)
    assert not expected.unread
    monkeypatch.setattr("course.batch.teams.make_part", breaking.break_on_poison)
    outcome = read_folder(tmp_path / "in", tmp_path / "claims.csv", workers=2)
    assert set(outcome.unread) == {"bad-3.txt", "bad-11.txt"} and "stopped" in outcome.unread["bad-3.txt"]
    plain, claims = (pd.read_csv(tmp_path / name) for name in ("plain.csv", "claims.csv"))
    others = plain[~plain["path"].str.startswith("bad-")].reset_index(drop=True)
    assert len(others) < len(plain)
    pd.testing.assert_frame_equal(others, claims)
