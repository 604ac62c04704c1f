"""Lesson 9: every drawn pair of critics can be solved, the labels are those on record, and other good answers earn as much."""

from __future__ import annotations

import ast
import builtins
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from nbformat import NotebookNode
from tools import variants

import course
from course import agreement, attributions_in, precision_recall, stance_of, word_roles
from course.corpus import load_case, load_world
from course.corpus.lessons import open_lesson
from course.corpus.passes import second_pass

LESSON = "09-agree"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / LESSON / f"{LESSON}.ipynb"
CASES = ("bakhmut-2023", "flood")
WIDE = "board = type('Board', (), {'unless': lambda self, typed: typed})()\n"  # a widget that nobody touched


@pytest.fixture(scope="module")
def cells() -> dict[str, NotebookNode]:
    return variants.cells_of(LESSON)


def texts_and_gold(case: str) -> dict[str, tuple[str, dict[str, Any]]]:
    record = load_world(case) if case == "flood" else load_case(case)
    gold = record.gold.__getitem__ if case == "flood" else record.gold
    return {id: (record.report(id).text, gold(id)) for id in record.reports["id"]}


def plain(text: str) -> str:
    return text.replace("’", "'").replace("\n", " ")


def words_of(cells: dict[str, NotebookNode]) -> str:
    """What makes the table `words` with the program's column, as the cells of the notebook do."""
    return "\n".join([cells["words"].source, cells["trace"].source])


def graded(cells: variants.Cells, tried: list[tuple[str, str, str, str]]) -> list[tuple[float, float, str]]:
    """(points, of how many, messages) for each (task without its "9-", case, student, answer)."""
    given = []
    for task, case, student, answer in tried:
        before = {"1": WIDE, "5": words_of(cells), "6": words_of(cells)}.get(task, "")
        given.append((f"9-{task}", case, student, f"{before}\n{answer or cells[f'a9-{task}'].source}"))
    return variants.graded(cells, given, variants.drawing(cells))


def test_every_drawn_pair_of_critics_can_be_solved(cells: dict[str, NotebookNode]) -> None:
    students = {open_lesson(LESSON, "flood", name).draw("films").name: name for name in map(str, range(200))}
    assert sorted(students) == list(range(1, 9))
    tried = [("11", CASES[number % 2], name, "") for number, name in students.items()]
    assert [(got, most) for got, most, _ in graded(cells, tried)] == [(3, 3)] * 8


def test_the_numbers_of_the_critics_are_those_in_the_text(cells: dict[str, NotebookNode]) -> None:
    answers = []
    for number, row in open_lesson(LESSON, "flood").table("films").iterrows():
        first, second = re.findall(r"two genres: (\w+) and (\w+)", row["text"])[0]
        counts = [int(count) for count in re.findall(r"\d+", row["text"].split("call", 1)[1])]
        assert sum(counts) == 20, row["text"]
        pairs = [(first, first), (second, second), (second, first), (first, second)]
        marks = [pair for pair, count in zip(pairs, counts, strict=True) for _ in range(count)]
        found = agreement(pd.DataFrame(marks, columns=["one", "two"]))
        space: dict[str, Any] = {"films": row.rename(number)}
        exec(cells["a9-11"].source, space)
        assert space["films_numbers"]["alike"] == pytest.approx(found.observed)
        assert space["films_numbers"]["kappa"] == pytest.approx(found.kappa)
        answers.append(space["beyond_chance"])
    assert sorted(answers) == ["no"] * 4 + ["yes"] * 4


@pytest.mark.parametrize("case", CASES)
def test_the_two_passes_have_the_labels_that_the_lesson_shows(case: str) -> None:
    record, texts = (load_world(case) if case == "flood" else load_case(case)), texts_and_gold(case)
    for letter, row in open_lesson(LESSON, case).table("passes").iterrows():
        sentence, found = plain(row["text"].replace("[", "").replace("]", "")).rstrip(":"), []
        for id, (text, gold) in texts.items():
            if sentence in plain(text) and row["rests_on"] in ("fictional", id):
                at = plain(text).index(sentence) + row["text"].index("[")
                roles = word_roles(text, first=gold, second=second_pass(record.folder, id)).set_index("start").loc[at]
                found.append((roles["first"], roles["second"]))
        assert found == [(row["first"], row["second"])], f"{case} {letter}: {row['text']}"


def test_what_is_right_in_9_1_is_what_one_of_the_passes_has(cells: dict[str, NotebookNode]) -> None:
    for case in CASES:
        lesson = open_lesson(LESSON, case)
        space: dict[str, Any] = {"lesson": lesson}
        exec(cells["a9-1"].source, space)
        table = lesson.table("passes")
        differ = table[table["first"] != table["second"]]
        assert set(space["decided"]) == set(differ.index)
        assert all(label in set(differ.loc[key, ["first", "second"]]) for key, label in space["decided"].items())


@pytest.mark.parametrize("case", CASES)
def test_the_labels_of_the_other_reader_are_those_of_the_annotation(case: str) -> None:
    texts = texts_and_gold(case)
    for number, row in open_lesson(LESSON, case).table("sentences").iterrows():
        where = [id for id, (text, _) in texts.items() if plain(row["text"]) in plain(text)]
        assert where and row["rests_on"] in ("fictional", *where), row["text"]
        text, gold = texts[where[0]]
        start = plain(text).index(plain(row["text"]))
        ends = range(start, start + len(row["text"]))
        has = any(span["start"] in ends for one in gold["attributions"] for span in (*one["source"], *one["cue"]))
        assert row["other"] == ("attributed" if has else "own voice"), f"{case} {number}: {row['text']}"


@pytest.mark.parametrize("case", CASES)
def test_the_key_of_9_3_has_the_stance_on_record(case: str, cells: dict[str, NotebookNode]) -> None:
    table, texts = open_lesson(LESSON, case).table("alike"), texts_and_gold(case)
    for _, row in table.iterrows():
        cue = re.findall(r"\[(.*)\]", row["text"])[0]
        assert stance_of(cue) == row["key"], row["text"]
        stances = {
            one["stance"]
            for id, (_, gold) in texts.items()
            if row["rests_on"] in ("fictional", id)
            for one in gold["attributions"]
            for span in one["cue"]
            if cue in span["text"]
        }
        assert row["key"] in stances, row["text"]
    space: dict[str, Any] = {}
    exec(cells["a9-3"].source, space)
    wrong = (table["first"] == table["second"]) & (table["first"] != table["key"])
    assert space["same_mistake"] == list(table.index[wrong])
    assert space["counts"] == {
        "alike": int((table["first"] == table["second"]).sum()),
        "first right": int((table["first"] == table["key"]).sum()),
        "second right": int((table["second"] == table["key"]).sum()),
    }


def test_ninety_five_of_a_hundred_alike_is_no_more_than_chance(cells: dict[str, NotebookNode]) -> None:
    rows = re.findall(r"\| \*\*first says (?:yes|no)\*\* \| (\d+) \| (\d+) \|", cells["q9-2"].source)
    (both, only_one), (only_two, neither) = [tuple(map(int, row)) for row in rows]
    pairs = [("y", "y")] * both + [("y", "n")] * only_one + [("n", "y")] * only_two + [("n", "n")] * neither
    found = agreement(pd.DataFrame(pairs, columns=["one", "two"]))
    space: dict[str, Any] = {}
    exec(cells["a9-2"].source, space)
    assert space["alike"] == pytest.approx(found.observed) == 0.95
    assert space["kappa"] == pytest.approx(found.kappa) and abs(found.kappa or 1) < 0.03
    assert space["both_found"] == both == 0


@pytest.mark.parametrize("case", CASES)
def test_the_program_both_overlooks_and_invents_in_the_report(case: str) -> None:
    """Else nothing could be learnt from its confusions; and one confusion is the most frequent."""
    lesson = open_lesson(LESSON, case)
    table = word_roles(lesson.report, hand=lesson.gold, program=attributions_in(lesson.report.text))
    by_hand, by_program = table["hand"] == "cue", table["program"] == "cue"
    assert (by_hand & ~by_program).any() and (by_program & ~by_hand).any()
    confusions = table.loc[table["hand"] != table["program"], ["hand", "program"]].value_counts()
    assert confusions.iloc[0] > confusions.iloc[1]


def test_the_program_overlooks_less_in_the_world_on_which_it_was_tested() -> None:
    recall = {}
    for case in CASES:
        hits = there = 0
        for text, gold in texts_and_gold(case).values():
            cues = [[(span["start"], span["end"]) for span in one["cue"]] for one in gold["attributions"] if one["cue"]]
            score = precision_recall([one.cue for one in attributions_in(text) if one.cue], cues).overlapping
            hits, there = hits + len(score.hits), there + len(cues)
        recall[case] = hits / there
    assert recall["flood"] > recall["bakhmut-2023"] + 0.1


def test_the_practice_sentences_do_not_give_the_unseen_ones_away(cells: dict[str, NotebookNode]) -> None:
    practice = open_lesson(LESSON, "flood").table("practice")
    held_out = re.findall(r'^    \("(.+?)", "(\w*)"\),$', cells["t9-7"].source, flags=re.M)
    assert len(held_out) == 24 and not {text for text, _ in held_out} & set(practice["text"])
    assert all(cue in re.findall(r"\w+", text.lower()) for text, cue in held_out if cue)
    assert all(cue in re.findall(r"\w+", text) for text, cue in practice[["text", "cue"]].to_numpy() if cue)
    known = {cue.lower() for cue in practice["cue"] if cue}
    assert {cue for _, cue in held_out if cue} - known == {"told", "insisted", "admitted"}


RULES = {
    "every word": "find_cues = lambda sentence: sentence.split()",
    "nothing": "find_cues = lambda sentence: []",
    "said only": "find_cues = lambda sentence: [word for word in sentence.split() if word == 'said']",
    "a list of verbs": "verbs = 'said told claimed according estimated explained denied announced reported warned'.split()\n"
    "find_cues = lambda sentence: [word for word in sentence.lower().replace(',', ' ').split() if word in verbs]",
    "stops": "find_cues = lambda sentence: {'The baker said that the oven was cold.': ['said']}[sentence]",
    "a set": "import re\nverbs = 'said told claimed according estimated explained denied announced reported warned'.split()\n"
    "find_cues = lambda sentence: set(re.findall('(?<!the )(?<!an )(?<!a )(?<!her )\\\\b(' + '|'.join(verbs) + ')\\\\b', sentence.lower()))",
}  # fmt: skip


def test_a_rule_needs_precision_and_recall(cells: dict[str, NotebookNode]) -> None:
    results = dict(zip(RULES, graded(cells, [("7", "flood", "river", rule) for rule in RULES.values()]), strict=True))
    earned = {name: got for name, (got, _, _) in results.items()}
    messages = {name: said for name, (_, _, said) in results.items()}
    assert earned["every word"] == earned["nothing"] == earned["stops"] == earned["said only"] == 0
    assert 2 < earned["a list of verbs"] < 4 == earned["a set"]
    assert "takes nearly every word" in messages["every word"] and "Recall is 0" in messages["nothing"]
    assert "overlooked" in messages["said only"] and "claimed prize" in messages["a list of verbs"]


GOOD = [
    ("1", "bakhmut-2023", 'decided = {"C": "none", "D": "None", "f": "content", "H": "none", "J": "cue", "K": "none"}', 3),
    ("1", "flood", 'decided = {"C": "content", "D": "cue", "F": "cue", "H": "none", "J": "source", "K": "none"}', 3),
    ("2", "flood", "alike, by_chance, kappa, both_found = 95, 95.12, -2.5, 0", 3),
    ("2", "flood", "alike, by_chance, kappa, both_found = 0.95, 0.951, -0.02, 0", 3),
    ("2", "flood", "alike, by_chance, kappa, both_found = 0.95, 0.5, 0.9, 0", 2.2),  # kappa follows from the wrong chance
    ("4", "flood", 'order = "d a f c g b e"', 2),
    ("4", "flood", 'order = list("ebgcfad")', 0),
    ("6", "bakhmut-2023", 'cues = {"marked": 9, "found": 10, "right": 6}; precision, recall = 60, 66.7', 3),
    ("6", "bakhmut-2023", 'cues = {"marked": 9, "found": 10, "right": 6}; precision, recall = 0.67, 0.6', 1),
]  # fmt: skip


def test_other_good_answers_earn_as_much(cells: dict[str, NotebookNode]) -> None:
    results = graded(cells, [(task, case, "river", answer) for task, case, answer, _ in GOOD])
    for (task, _, answer, wanted), (got, _, said) in zip(GOOD, results, strict=True):
        assert got == wanted, f"{task}: {answer}: {said}"


CARELESS = {
    "1": ["decided = None", 'decided = ["cue"]', 'decided = {"C": "noun"}', 'decided = {"C": 3}', "decided = {},"],
    "2": ["alike = by_chance = kappa = both_found = None", "alike, by_chance, kappa, both_found = '95%', 1, 1, 1", "alike, by_chance, kappa, both_found = 0.95, None, None, '0'"],
    "3": ["counts, same_mistake, shown = None, None, None", "counts, same_mistake, shown = {'alike': '9'}, 'BDFH', ['p']", "counts, same_mistake, shown = 9, [], []"],
    "4": ["order = None", "order = ['d', 'a']", "order = [1, 2, 3, 4, 5, 6, 7]", "order = 5"],
    "5": ["figure = confused = None", "figure, confused = 'words', ['content', 'none']", "figure, confused = None, 'content'", "figure, confused = words, ['a']"],
    "6": ["cues = precision = recall = None", "cues, precision, recall = {'marked': 'nine'}, None, 0.5", "cues, precision, recall = 9, 0.6, '0.7'"],
    "7": ["find_cues = None", "find_cues = 'said'", "def find_cues(sentence):\n    print('said')", "find_cues = lambda: []", "find_cues = lambda sentence: 3"],
    "8": ["trusted = None", "trusted = 'ace'", "trusted = [1, 2]"],
    "11": ["films_numbers = beyond_chance = None", "films_numbers, beyond_chance = {'alike': '0.9'}, 'yes'", "films_numbers, beyond_chance = [0.9, 0.8, 0.7], 'maybe'"],
}  # fmt: skip


def test_careless_answers_meet_a_kind_message_and_lose_only_their_own_part(cells: dict[str, NotebookNode]) -> None:
    tried = [(task, "bakhmut-2023", "river", answer) for task, answers in CARELESS.items() for answer in answers]
    for (task, _, _, answer), (got, most, said) in zip(tried, graded(cells, tried), strict=True):
        assert 0 <= got < most, f"{task}: {answer}: {got}"
        assert len(said) > 20 and "Traceback" not in said and "object" not in said, f"{task}: {answer}: {said}"
        print(task, answer, "=>", got, said)


def test_a_check_uses_nothing_that_a_learner_made(cells: dict[str, NotebookNode]) -> None:
    """Hidden tests run in another process: there are the set-up, the lesson, the answer, and what the check defines itself."""
    there = {*re.findall(r"\b\w+\b", cells["set-up"].source), "lesson", "answer", *dir(builtins)}
    for id, cell in cells.items():
        if not re.fullmatch(r"t9-\d+", id) or cell.cell_type != "code":
            continue
        first, *rest = ast.parse(cell.source).body
        assert isinstance(first, ast.Assign) and "hand_in(" in ast.unparse(first), id
        names = [
            node for part in rest for node in ast.walk(part) if isinstance(node, ast.Name | ast.arg | ast.FunctionDef)
        ]
        made = {node.id for node in names if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        made |= {node.arg for node in names if isinstance(node, ast.arg)}
        made |= {node.name for node in names if isinstance(node, ast.FunctionDef)}
        made |= {
            node.name for part in rest for node in ast.walk(part) if isinstance(node, ast.ExceptHandler) and node.name
        }
        used = {node.id for node in names if isinstance(node, ast.Name)}
        assert used <= there | made, f"{id}: {used - there - made}"


def test_every_name_of_the_set_up_is_used(cells: dict[str, NotebookNode]) -> None:
    names = re.findall(
        r"\b\w+\b", cells["set-up"].source.replace("from course import", "").replace("import pandas as pd", "")
    )
    rest = "\n".join(cell.source for id, cell in cells.items() if id != "set-up")
    assert not [name for name in names if not re.search(rf"\b{name}\b", rest)]
    assert set(names) <= set(course.__all__)
