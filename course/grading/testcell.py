"""What stands in a test cell: where answers are handed in, which lines are hidden, which names it uses."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass

CALL = "__handed_in__"
_BEGIN, _END = re.compile(r"###\s*BEGIN HIDDEN TESTS"), re.compile(r"###\s*END HIDDEN TESTS")


@dataclass(frozen=True, slots=True)
class HandIn:
    """The statement `name = hand_in("task", part=expression, ...)`."""

    task: str
    name: str
    parts: dict[str, str]


def handed_in(source: str) -> HandIn | None:
    """The statement of a cell that hands an answer in; None where there is none of that form at the cell's top level."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    for statement in tree.body:
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Name(id="hand_in"), args=[ast.Constant(value=str(task))], keywords=keywords),
            ) if keywords and all(keyword.arg for keyword in keywords):
                return HandIn(task, name, {str(keyword.arg): ast.unparse(keyword.value) for keyword in keywords})
    return None


def lines_hidden(source: str) -> set[int]:
    """The numbers of the lines between the marks of hidden tests, from 1."""
    found, inside = set(), False
    for number, line in enumerate(source.splitlines(), 1):
        if _BEGIN.search(line):
            inside = True
        if inside:
            found.add(number)
        if _END.search(line):
            inside = False
    return found


def visible(source: str) -> str:
    """The cell without its hidden tests."""
    hidden = lines_hidden(source)
    return "\n".join(line for number, line in enumerate(source.splitlines(), 1) if number not in hidden)


def strange_names(source: str, known: set[str]) -> set[str]:
    """Names that a test cell uses though they will not be there where it is run: the student's variables, above all.

    Args:
        source: the instructor's cell.
        known: the names that the lesson's own cells import.
    """
    tree = ast.parse(source)
    inside: set[int] = set()
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            call = statement.value
            if isinstance(call.func, ast.Name) and call.func.id == "hand_in":
                inside |= {id(node) for keyword in call.keywords for node in ast.walk(keyword)}
    used, own = set(), {"lesson"}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if id(node) not in inside:
                used.add(name)
            case ast.Name(id=name) | ast.arg(arg=name):
                own.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                own.add(name)
            case ast.alias(name=name, asname=other):
                own.add(other or name.split(".")[0])
            case ast.ExceptHandler(name=str(name)):
                own.add(name)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                own.add(name)
    return used - own - known - set(dir(builtins))


def imported(source: str) -> list[str]:
    """The import statements at the top level of a cell, one a line."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [ast.unparse(one) for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]


def names_of(imports: list[str]) -> set[str]:
    """The names that import statements set."""
    names = set()
    for statement in ast.parse("\n".join(imports)).body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            names |= {one.asname or one.name.split(".")[0] for one in statement.names}
    return names


def started(source: str) -> tuple[str, list[str]] | None:
    """The lesson's name, and case and student as the instructor's cell sets them, where a cell starts the lesson."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    constants: dict[str, str] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                constants[name] = text
            case ast.Assign(
                targets=[ast.Name(id="lesson")],
                value=ast.Call(func=ast.Name(id="start_lesson"), args=[ast.Constant(value=str(lesson)), *_]),
            ):
                return lesson, [constants.get("case", ""), constants.get("student", "")]
    return None
