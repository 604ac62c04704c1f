"""`course read`, as a learner and as another program use it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest

STORY = (
    "The mayor of Ostrell said on Monday that more than 1,200 people were evacuated. "
    "“We lost twelve boats,” harbour master Ida Voss told reporters.\n"
)
PLAIN = "Wash the rice. Boil the water. Add salt.\n"


@pytest.fixture
def story(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return "story.txt"


@pytest.mark.parametrize("columns", [80, 110, 200])
def test_table_fits_the_terminal_and_keeps_every_word(course, story, columns):
    done = course("read", story, columns=columns)
    assert done.returncode == 0 and done.stderr == ""
    assert max(map(len, done.stdout.splitlines())) <= columns
    words = " ".join(done.stdout.split())
    for word in (
        "claimant",
        "cue",
        "form",
        "quantity",
        "measure",
        "said",
        "direct",
        "more than 1,200",
        "“We lost twelve boats,”",
    ):
        assert word in words


def test_standard_input_is_an_article(course, story):
    assert course("read", "-", stdin=STORY).stdout.splitlines()[1:] == course("read", story).stdout.splitlines()[1:]


def test_csv_has_one_row_a_quantity_and_says_which_article(course, story):
    done = course("read", story, "-", "--format", "csv", stdin=STORY)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["report"] for row in rows} == {"story", "article"}
    bounds = [row for row in rows if row["quantity"].startswith("more than 1,200")]
    assert len(bounds) == 2
    assert (bounds[0]["lower"], bounds[0]["upper"], bounds[0]["lower_open"]) == ("1200", "", "True")


def test_json_and_csv_tell_the_same(course, story):
    rows = list(csv.DictReader(io.StringIO(course("read", story, "--format", "csv").stdout)))
    records = json.loads(course("read", story, "--format", "json").stdout)
    assert [record["content"] for record in records] == [row["content"] for row in rows]
    assert list(records[0]) == list(rows[0])


def test_jsonld_is_schema_org_claims_whose_offsets_resolve(course, tmp_path):
    head = "Title: Boats lost\nOutlet: The Quay\nDate: 2041-03-04\n"
    (tmp_path / "story.txt").write_text(head + STORY, encoding="utf-8")
    graph = json.loads(course("read", "story.txt", "--format", "jsonld").stdout)
    assert graph["@context"][0] == "https://schema.org"
    assert {node["@type"] for node in graph["@graph"]} == {"Claim"}
    first = graph["@graph"][0]
    assert first["appearance"] == {
        "@type": "NewsArticle",
        "identifier": "story",
        "headline": "Boats lost",
        "publisher": {"@type": "Organization", "name": "The Quay"},
        "datePublished": "2041-03-04",
    }
    number = first["mentions"][0]
    assert number["minValue"] == 1200 and "maxValue" not in number and "more than 1,200" in number["description"]
    assert {"@type": "PropertyValue", "name": "lower_open", "value": True} in number["additionalProperty"]
    for claim in graph["@graph"]:
        where = claim["oa:hasSelector"]
        assert claim["text"] in STORY.strip()[where["oa:start"] : where["oa:end"]]


@pytest.mark.parametrize("name", ["claims.csv", "claims.json", "claims.jsonld", "claims.txt"])
def test_file_gets_the_format_that_its_name_tells(course, story, tmp_path, name):
    form = "table" if name.endswith("txt") else name.partition(".")[2]
    done = course("read", story, "--to", name)
    assert done.returncode == 0 and name in done.stdout
    assert (tmp_path / name).read_text("utf-8") == course("read", story, "--format", form).stdout


def test_format_that_is_named_wins_over_the_suffix(course, story, tmp_path):
    course("read", story, "--format", "json", "--to", "claims.data")
    assert json.loads((tmp_path / "claims.data").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        ("noise.txt", bytes(range(256)) * 20),
        ("plain.txt", PLAIN.encode()),
        ("page.html", b"<html><body></body></html>"),
        (".", None),
    ],
)
def test_article_that_gives_nothing_gets_one_line_and_stops_no_other(course, story, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = course("read", name, story)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith(f"{name}: ")
    assert "said" in done.stdout
    alone = course("read", name)
    assert alone.returncode == 1 and alone.stdout == ""


@pytest.mark.parametrize("given", [b"", PLAIN.encode(), b"\x00\x01\x02" * 50])
def test_standard_input_that_gives_nothing_gets_one_line(course, given):
    done = course("read", "-", stdin=given)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and done.stdout == ""


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["story.txt", "--format", "xml"],
        ["story.txt", "--to", "claims.xlsx"],
        ["story.txt", "--to", "."],
        ["story.txt", "--format", "csv", "--to", "story.txt"],
    ],
)
def test_wrong_call_is_told_from_a_bad_article_and_changes_nothing(course, story, tmp_path, wrong):
    done = course("read", *wrong)
    assert done.returncode == 2 and "Error: " in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / story).read_text("utf-8") == STORY
    assert [path.name for path in tmp_path.iterdir()] == [story]


def test_file_that_cannot_be_written_is_said_and_leaves_no_half(course, story, tmp_path):
    done = course("read", story, "--to", "no/such/folder.csv")
    assert done.returncode == 1 and "folder.csv" in done.stderr and len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [story]


def test_nothing_found_leaves_an_older_file_as_it_is(course, tmp_path):
    (tmp_path / "claims.csv").write_text("mine")
    (tmp_path / "plain.txt").write_text(PLAIN)
    assert course("read", "plain.txt", "--to", "claims.csv").returncode == 1
    assert (tmp_path / "claims.csv").read_text() == "mine"


def test_reader_that_stops_early_meets_no_traceback(tmp_path, story, root):
    (tmp_path / "long.txt").write_text(STORY * 400, encoding="utf-8")
    command = f"'{sys.executable}' -m course.cli read long.txt --format json | head -n 1"
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)}
    )
    assert done.stdout.strip() == "[" and done.stderr == ""


def test_terminal_without_curly_quotation_marks_still_gets_the_claims(tmp_path, story, root):
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", "read", story],
        cwd=tmp_path,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONIOENCODING": "latin-1"},
    )
    assert done.returncode == 0 and b"?We lost twelve boats,?" in done.stdout
