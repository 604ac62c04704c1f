"""What a student wrote in an answer cell, read and never run: the values that stand there as they are."""

from __future__ import annotations

import ast
from typing import Any

MOST = 200_000  # characters of a cell; nobody writes more by hand


def literals(source: str) -> dict[str, Any]:
    """The values of the names that a cell sets to what stands there: numbers, texts, lists, dicts.

    `name = {...}`, `one, two = 1, 2`, `name["key"] = 1`, `name.update({...})` and `dict.fromkeys([...])` are understood. A name that is set in
    any other way is left out, as is everything in a cell that is no Python.

    Args:
        source: the cell.
    """
    if len(source) > MOST:
        return {}
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, Any] = {}
    for statement in tree.body:
        try:
            _take(statement, found)
        except (ValueError, TypeError, KeyError, RecursionError, MemoryError, SyntaxError):
            for node in ast.walk(statement):  # it may have set any name in it, and changed what can be changed
                if isinstance(node, ast.Name) and (
                    isinstance(node.ctx, ast.Store) or isinstance(found.get(node.id), dict | list | set)
                ):
                    found.pop(node.id, None)
    return found


def _take(statement: ast.stmt, found: dict[str, Any]) -> None:
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                _assign(target, value, found)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            found[name] = _value(value)
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="update"), args=[more], keywords=[])
        ):
            found[name].update(_value(more))
        case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.Import() | ast.ImportFrom():
            pass
        case _:
            raise ValueError


def _assign(target: ast.expr, value: ast.expr, found: dict[str, Any]) -> None:
    match target:
        case ast.Name(id=name):
            found[name] = _value(value)
        case ast.Subscript(value=ast.Name(id=name), slice=key):
            found[name][_value(key)] = _value(value)
        case ast.Tuple(elts=names) | ast.List(elts=names) if isinstance(value, ast.Tuple | ast.List):
            for one, part in zip(names, value.elts, strict=True):
                _assign(one, part, found)
        case _:
            raise ValueError


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys"), args=[keys, *rest], keywords=[]
        ) if len(rest) < 2:
            return dict.fromkeys(_value(keys), *map(_value, rest))
        case ast.Call(func=ast.Name(id="range"), args=ends, keywords=[]) if 0 < len(ends) < 4:
            numbers = range(*map(_value, ends))
            if len(numbers) > 1000:
                raise ValueError
            return list(numbers)
    return ast.literal_eval(node)
