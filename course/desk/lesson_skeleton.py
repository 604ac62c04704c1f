"""What a new lesson begins with: every part that a lesson has, two tasks for the machine that work, and one for a person."""

from __future__ import annotations

import re

from nbformat import NotebookNode, v4

ITEMS = {
    1: "The gate was closed at noon.",
    2: "When was the gate closed?",
    3: "Nine people waited at the gate.",
    4: "Please close the gate.",
    5: "The gate was closed because of the wind.",
    6: "If only the gate stays closed!",
}

_OPENING = """\
# Lesson {n}: Title of the lesson

**One sentence that says what a learner does here.**

| Difficulty | Time | What you need |
|---|---|---|
| first steps | 60 minutes | "Start here", and the lesson before this one |

**Content note.** Say in one or two sentences what the material is about, and that nobody has to read it. The case `"flood"` has the
same tasks without a war; its dead are invented. Stop whenever you like: your work is kept.

**You will be able to**

- name the first thing that a learner can do at the end,
- name the second thing.

**The questions of this lesson**: What is the first question? What is the second?

There are three tasks and 40 points. Task {n}.3 is read by a person."""

_SET_UP = """\
## Set up

Write your case and your name or number, as on the first page. Then run the two cells below. They bring in the tools of the lesson, and the texts
that belong to the case of your choice. Nothing is fetched from a network, and your work stays on this machine."""

_PREDICT = """\
## Predict, then look

The next cell shows six short sentences. **Before you run it**, predict: how many of them say that something is so? Write your guess in the place of
`None`. A guess cannot be wrong, and it makes you read better. Then run the cell and count once more, slowly."""

_EXPLAIN = """\
## What is the idea?

Explain one idea here, in about forty-five words. A sentence that says that something is so can be true or false. A question, a request or a wish
cannot. You do not have to know whether the sentence is true. It is enough that somebody could look."""

_CHOOSE = """\
### Task {n}.1: Which of them can be checked? (13 points)

Run the cell above again, if you need to. Which of the six sentences say that something is so? In the answer cell, write their numbers as a list, such
as `[1, 2]`. Look at one sentence after the other, and do not stop at the first that fits.

<details><summary>Hint</summary>

Put *Is it true that* before the sentence. If that gives a good question, it says that something is so.

</details>
<details><summary>Second hint</summary>

Half of the six do.

</details>"""

_CHOOSE_TEST = """\
answer = hand_in("{n}.1", chosen=chosen)
answer.require(list, "chosen")
assert all(number in range(1, 7) for number in answer.chosen), "Use the numbers 1 to 6, without quotation marks."
answer.visible_checks_pass()
### BEGIN HIDDEN TESTS
score(
    13,
    check_chosen(
        answer.chosen,
        {{1, 3, 5}},
        among=range(1, 7),
        misconceptions={{
            2: "A question asks for something. It does not say that something is so.",
            4: "A request can be followed. It cannot be true or false.",
            6: "A wish hopes for something. It does not say that it is so.",
        }},
    ),
)
### END HIDDEN TESTS"""

_SORT = """\
### Task {n}.2: What kind is it? (13 points)

Three of the sentences say that something is so, and each does it in another way. Give each its kind: `"event"` for what happened, `"quantity"` for how
many, `"cause"` for why. Write the kind in the place of `None`, in small letters and in quotation marks.

<details><summary>Hint</summary>

Ask what you would need to check it: a witness, a count, or a reason.

</details>
<details><summary>Second hint</summary>

Each kind is there once.

</details>"""

_SORT_TEST = """\
answer = hand_in("{n}.2", kinds=kinds)
answer.require(dict, "kinds")
answer.visible_checks_pass()
### BEGIN HIDDEN TESTS
score(
    13,
    check_each(
        answer.kinds,
        {{1: "event", 3: "quantity", 5: "cause"}},
        {{
            3: {{"event": "Something happened, but the point of the sentence is how many."}},
            5: {{"event": "It goes further than saying what happened: it says why."}},
        }},
    ),
)
### END HIDDEN TESTS"""

_PICTURE = """\
## A picture of it

A chart says what was put into it, and no more. The next cell counts the kinds of your answer and draws them. **Predict** how long the bars will be. The
table below it has the same numbers, and the words beside the picture say them once more."""

_MISTAKE = """\
## A mistake on purpose

This cell looks up a sentence under a number that is not there. Run it: it **must** fail. Read the last line first, and guess what has to change. Nothing
is broken by an error: you can change the cell and run it again, as often as you like."""

_OPEN = """\
### Task {n}.3: In your own words (14 points)

Choose one of the sentences that cannot be checked. Write it anew, so that it says that something is so, and say how somebody could look whether it
is. Write four to six sentences. There is no single right answer: what counts is that you give reasons.

<details><summary>Hint</summary>

Name a thing, a time and a place.

</details>
<details><summary>Second hint</summary>

Who could have seen it? What would they have written down?

</details>"""

_ANSWER = """\
*Please close the gate* becomes *The gate at the north end was open at noon on Monday*. It says that something is so, because it names a thing, a place and a
time. A keeper's book could show it. If there is no book, two people who were there could be asked apart.

=== BEGIN MARK SCHEME ===
**The new sentence** (0 to 5): 0 none; 1 still no statement; 2 a statement; 3 with a thing; 4 with a time or a place; 5 with both.

**How to look** (0 to 5): 0 none; 1 "somebody knows"; 2 a witness or a record; 3 one that fits; 4 and what it would show; 5 and what if it is missing.

**Reasons** (0 to 3): 0 none; 1 one; 2 two; 3 two that fit together.

**Fair** (0 to 1): blames nobody without a ground.

*Example of 14 points*: the answer above.
=== END MARK SCHEME ==="""

_SURE = """\
## How sure are you?

For each task, write how sure you are that your answer is right, from 50 (a pure guess) to 100 (certain). Leave `None` where you do not want to say. It
earns no points and costs none. Over several lessons you will see whether you are as often right as you are sure."""

_CLOSE = """\
## Key points

- Say the first point in one sentence.
- Say the second point in one sentence.

## Words of this lesson

**Statement**: a sentence that says that something is so.

**What comes next**: say what the next lesson asks."""


def notebook(name: str) -> NotebookNode:
    """The instructor's notebook of a new lesson, not yet run: two tasks for the machine, one for a person, 40 points."""
    n = str(int(name[:2]))
    cells = [
        _prose("opening", _OPENING.format(n=n)),
        _prose("about-set-up", _SET_UP),
        _code("set-up", "from course import check_chosen, check_each, counts, data_table, hand_in\nfrom course import progress, score, show, start_lesson"),
        _code("choose", f'case = "bakhmut-2023"  # or "flood"\nstudent = "anyone"\nlesson = start_lesson("{name}", case, student)'),
        _prose("predict", _PREDICT),
        _code("sentences", 'my_guess = None\nlesson.listing("sentences")'),
        _prose("explain", _EXPLAIN),
        *_task(n, 1, _CHOOSE.format(n=n), "choose", "chosen = None", "chosen = [1, 3, 5]", _CHOOSE_TEST.format(n=n), 13),
        *_task(
            n, 2, _SORT.format(n=n), "fill in", "kinds = {1: None, 3: None, 5: None}",
            'kinds = {1: "event", 3: "quantity", 5: "cause"}', _SORT_TEST.format(n=n), 13,
        ),
        _prose("about-picture", _PICTURE),
        _code("picture", 'figure = counts(kinds.values(), of="sentences", source="this lesson")\nshow(figure)\ndata_table(figure)'),
        _prose("about-mistake", _MISTAKE),
        _code("mistake", 'sentences = {1: "The gate was closed."}\nsentences["1"]', tags=["raises-exception"]),
        _marked(_prose(f"q{n}-3", _OPEN.format(n=n)), f"q{n}-3", locked=True, kind="explain"),
        _marked(_prose(f"t{n}-3", _ANSWER), f"t{n}-3", grade=True, solution=True, points=14),
        _prose("about-sure", _SURE),
        _marked(
            _code(f"a{n}-sure", _solved(f'sure = {{"{n}.1": None, "{n}.2": None}}', f'sure = {{"{n}.1": 80, "{n}.2": 75}}')),
            f"a{n}-sure", solution=True,
        ),
        _code(
            f"t{n}-sure", 'answer = hand_in("how sure", sure=sure)\nanswer.require(dict, "sure")\nanswer.visible_checks_pass()',
            tags=["raises-exception"],
        ),
        _code("progress", "progress()"),
        _prose("close", _CLOSE),
    ]  # fmt: skip
    return v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )


def class_file(name: str) -> str:
    """The class for the end-to-end test: typical mistakes, the points that they earn, and the words that name them."""
    n = int(name[:2])
    return f"""\
by_hand: t{n}-3
mistakes:
  a{n}-1: chosen = [1, 2, 3, 5]
  a{n}-2: 'kinds = {{1: "event", 3: "event", 5: "cause"}}'
earned:
  t{n}-1: 8.7
  t{n}-2: 8.7
named:
- A question asks for something.
- Something happened, but the point of the sentence is how many.
kind:
- There is no answer yet. Write chosen in the place of None.
"""


def notes(name: str) -> str:
    """The page of notes for instructors."""
    title = re.sub(r"-", " ", name[3:])
    return f"""\
# Notes on lesson {int(name[:2])}: {title}

**Aim.** Say what students can do afterwards.

## Minutes

| section | minutes | in 50 minutes |
|---|---|---|
| Opening, set-up, first look | 8 | 5 |

## Likely wrong answers

| task | what students do | why, and what to ask |
|---|---|---|
| {int(name[:2])}.1 | choose the question as well | It sounds like the others. Could it be false? |

## Questions for discussion

1. A question for the class.

## Rubric

The mark scheme of task {int(name[:2])}.3 stands in the notebook under the model answer.
"""


def _task(
    n: str, number: int, question: str, kind: str, empty: str, right: str, test: str, points: int
) -> list[NotebookNode]:
    name = f"{n}-{number}"
    return [
        _marked(_prose(f"q{name}", question), f"q{name}", locked=True, kind=kind),
        _marked(_code(f"a{name}", _solved(empty, right)), f"a{name}", solution=True),
        _marked(_code(f"t{name}", test, tags=["raises-exception"]), f"t{name}", grade=True, locked=True, points=points),
    ]


def _solved(empty: str, right: str) -> str:
    return f"{empty}\n### BEGIN SOLUTION\n{right}\n### END SOLUTION"


def _prose(name: str, text: str) -> NotebookNode:
    return v4.new_markdown_cell(text, id=name)


def _code(name: str, source: str, tags: list[str] | None = None) -> NotebookNode:
    return v4.new_code_cell(source, id=name, metadata={"tags": tags} if tags else {})


def _marked(
    cell: NotebookNode, name: str, *, grade: bool = False, solution: bool = False, locked: bool = False,
    points: int | None = None, kind: str = "",
) -> NotebookNode:  # fmt: skip
    cell.metadata["nbgrader"] = {
        "schema_version": 3, "grade_id": name, "grade": grade, "solution": solution, "locked": locked, "task": False,
        **({} if points is None else {"points": points}),
    }  # fmt: skip
    if kind:
        cell.metadata["counterclaim"] = {"kind": kind}
    return cell
