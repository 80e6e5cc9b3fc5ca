"""Mutants: the reference changed in one small way, as a slip of the keyboard or of thought would change it.

What is changed: comparisons and their boundaries, whole numbers by one, truth values, ``and`` and ``or``, conditions,
plus and minus, and statements that are left out. Only what functions do is changed, and of types nothing.
"""

from __future__ import annotations

import ast
import copy
import importlib.util
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LEFT_OUT = ("port",)
"""Modules that are no chapter: they speak the protocol."""
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of one module.

    :param function: in which it is; `source`: the line on which it begins, without its indentation.
    :param place: the number of the changed node among those of its module; `which`: of the changes of that node.
    :param was: the source of what is changed; `now`: what stands there instead.
    """

    module: str
    function: str
    source: str
    line: int
    place: int
    which: int
    was: str
    now: str

    @property
    def name(self) -> str:
        """By which it is told from every other one."""
        return f"{self.module}:{self.place}:{self.which}"

    def __str__(self) -> str:
        return f"{self.module}:{self.line}  {self.was}  →  {self.now}"


def all_of(package: str) -> list[Mutant]:
    """Every mutant of a package, by module and place; nothing of it is imported."""
    return [mutant for module, path in sorted(modules_of(package).items()) for mutant in _of_module(module, path)]


def drawn(mutants: Sequence[Mutant], number: int, seed: int) -> list[Mutant]:
    """So many of them, or all where there are fewer, in an order that the seed draws."""
    return random.Random(f"mutants {seed}").sample(list(mutants), min(number, len(mutants)))


def modules_of(package: str) -> dict[str, Path]:
    """The modules of a package by name, but those that are no chapter."""
    spec = importlib.util.find_spec(package)
    folders = () if spec is None else spec.submodule_search_locations or ()
    found = {f"{package}.{path.stem}": path for folder in folders for path in Path(folder).glob("*.py")}
    return {name: path for name, path in found.items() if path.stem not in {*LEFT_OUT, "__init__"}}


def changed(mutant: Mutant, path: Path) -> str:
    """The source of a mutant's module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    _, node, changes = list(_places(tree))[mutant.place]
    new = changes[mutant.which](node)
    return ast.unparse(ast.fix_missing_locations(_Replacing(node, new).visit(tree)))


def _of_module(module: str, path: Path) -> Iterator[Mutant]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for place, (function, node, changes) in enumerate(_places(ast.parse(text))):
        line = int(getattr(node, "lineno", 0))
        for which, change in enumerate(changes):
            was, now = ast.unparse(node), ast.unparse(ast.fix_missing_locations(change(node)))
            source = lines[line - 1].strip()
            yield Mutant(module, function, source, line, place, which, _short(was), _short(now))


def _places(tree: ast.Module) -> Iterator[tuple[str, ast.AST, Sequence[Change]]]:
    """What can be changed in the functions of a module, each with its function and its changes."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                for node in _within(statement):
                    changes = list(_changes(node))
                    if changes:
                        yield function.name, node, changes


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """A node and what it is made of, without types, nested functions, and what is said where something is raised."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Raise | ast.Assert):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _within(child)


def _changes(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARISONS:
            other = _COMPARISONS[type(op)]
            yield lambda old: _with(old, ops=[other()])
        case ast.BoolOp(op=op):
            yield lambda old: _with(old, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.BinOp(op=op) if type(op) in _ARITHMETIC and not _is_text(node):
            opposite = _ARITHMETIC[type(op)]
            yield lambda old: _with(old, op=opposite())
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not _is_changed_itself(test):
            yield lambda old: _with(old, test=ast.UnaryOp(ast.Not(), test))
        case ast.Constant(value=bool() as truth):
            yield lambda _: ast.Constant(not truth)
        case ast.Constant(value=int() as number):
            yield lambda _: ast.Constant(number + 1)
            yield lambda _: ast.Constant(number - 1)
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield lambda _: ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield lambda _: ast.Pass()


def _is_changed_itself(test: ast.expr) -> bool:
    """Whether a condition is one comparison or truth value: that one is changed, which comes to the same."""
    return isinstance(test, ast.Constant) or (isinstance(test, ast.Compare) and len(test.ops) == 1)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with other fields."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _is_text(node: ast.BinOp) -> bool:
    return any(isinstance(side, ast.JoinedStr) or _is_word(side) for side in (node.left, node.right))


def _is_word(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


class _Replacing(ast.NodeTransformer):
    """Puts a node in place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _short(source: str) -> str:
    first, *more = source.splitlines()
    text = f"{first} …" if more else first
    return text if len(text) <= 100 else f"{text[:100]}…"
