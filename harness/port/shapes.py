"""The published schema as plain functions: as strict as a JSON Schema validator, quicker, and with plainer messages.

Only the keywords that `protocol.schema.json` uses are known; any other is refused when the schema is read, so that no
part of it is ever silently left out. A test holds these functions against the `jsonschema` library.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from harness.errors import nearest

Problem: TypeAlias = tuple[tuple[str | int, ...], str]
"""Where something is wrong (member names and positions), and what was found and expected."""
Check: TypeAlias = Callable[[Any], Problem | None]

_ANNOTATIONS = frozenset({"description", "title", "$schema", "$defs"})
_HANDLED_TOGETHER = frozenset({"properties", "required", "additionalProperties"})
_CLASSES: Mapping[str, type] = {"object": dict, "array": list, "string": str}
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
_A = {
    "object": "an object",
    "array": "an array",
    "string": "a text",
    "integer": "an integer",
    "boolean": "true or false",
    "null": "null",
}
_SHOWN = 120


@functools.cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of the protocol."""
    text = (importlib.resources.files("harness.port") / "protocol.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@functools.cache
def shape(name: str) -> Check:
    """The check of a definition of the published schema: None where a value fits it, else the first problem.

    The value is of parsed JSON without fractions: dict, list, str, int, bool or None.

    :raises ValueError: the schema holds a keyword that is not known here.
    """
    return _compiled(schema()["$defs"][name])


def _compiled(part: Mapping[str, Any]) -> Check:
    if set(part) == {"$ref"}:
        return shape(part["$ref"].removeprefix("#/$defs/"))
    unknown = set(part) - set(_KEYWORDS) - _ANNOTATIONS - _HANDLED_TOGETHER
    if unknown:
        raise ValueError(f"the protocol's schema holds keyword {min(unknown)!r}, which its check does not know")
    checks = [make(part) for keyword, make in _KEYWORDS.items() if keyword in part]
    if _HANDLED_TOGETHER & set(part):
        checks.insert(1 if "type" in part else 0, _members(part))
    return checks[0] if len(checks) == 1 else _all_of(tuple(checks))


def _all_of(checks: tuple[Check, ...]) -> Check:
    if len(checks) == 2:
        first, second = checks
        return lambda value: first(value) or second(value)

    def check(value: Any) -> Problem | None:
        for each in checks:
            if (problem := each(value)) is not None:
                return problem
        return None

    return check


def _found(value: Any, expected: str) -> Problem:
    text = ascii(value)
    return (), f"{text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'}, expected {expected}"


def _within(place: str | int, problem: Problem) -> Problem:
    where, what = problem
    return (place, *where), what


def _type(part: Mapping[str, Any]) -> Check:
    names = [part["type"]] if isinstance(part["type"], str) else part["type"]
    tests = [_TYPES[name] for name in names]
    expected = part.get("description") if names == ["string"] else None
    expected = expected or " or ".join(_A[name] for name in names)
    if names[0] in _CLASSES and len(names) == 1:
        kind = _CLASSES[names[0]]
        return lambda value: None if isinstance(value, kind) else _found(value, expected)
    if len(tests) == 1:
        only = tests[0]
        return lambda value: None if only(value) else _found(value, expected)
    return lambda value: None if any(test(value) for test in tests) else _found(value, expected)


def _const(part: Mapping[str, Any]) -> Check:
    return _one_of_values([part["const"]])


def _enum(part: Mapping[str, Any]) -> Check:
    return _one_of_values(part["enum"])


def _one_of_values(values: list[Any]) -> Check:
    expected = " or ".join(json.dumps(value) for value in values)
    texts = frozenset(value for value in values if isinstance(value, str))

    def check(value: Any) -> Problem | None:
        if isinstance(value, str):
            return None if value in texts else _found(value, expected)
        if any(value == known and isinstance(value, bool) == isinstance(known, bool) for known in values):
            return None
        return _found(value, expected)

    return check


def _minimum(part: Mapping[str, Any]) -> Check:
    least = part["minimum"]

    def check(value: Any) -> Problem | None:
        return _found(value, f"{least} at least") if _TYPES["integer"](value) and value < least else None

    return check


def _text(keyword: str, fits: Callable[[str, Any], bool]) -> Callable[[Mapping[str, Any]], Check]:
    def make(part: Mapping[str, Any]) -> Check:
        bound, expected = part[keyword], part.get("description", f"a text of {keyword} {part[keyword]}")

        def check(value: Any) -> Problem | None:
            return _found(value, expected) if isinstance(value, str) and not fits(value, bound) else None

        return check

    return make


def _matches(value: str, pattern: str) -> bool:
    # As JSON Schema says, $ is the end of the text; to Python alone it is also the place before a last line feed.
    return _pattern(pattern).fullmatch(value) is not None


@functools.cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.removeprefix("^").removesuffix("$"))


def _items(part: Mapping[str, Any]) -> Check:
    item = _compiled(part["items"])

    def check(value: Any) -> Problem | None:
        if isinstance(value, list):
            for place, each in enumerate(value):
                if (problem := item(each)) is not None:
                    return _within(place, problem)
        return None

    return check


def _unique(_: Mapping[str, Any]) -> Check:
    def check(value: Any) -> Problem | None:
        if not isinstance(value, list):
            return None
        keys = [json.dumps(each, sort_keys=True) for each in value]
        return _found(value, "no two that are equal") if len(set(keys)) < len(keys) else None

    return check


def _members(part: Mapping[str, Any]) -> Check:
    known = {name: _compiled(each) for name, each in part.get("properties", {}).items()}
    required = tuple(part.get("required", ()))
    closed = part.get("additionalProperties") is False

    def check(value: Any) -> Problem | None:
        if not isinstance(value, dict):
            return None
        for name in required:
            if name not in value:
                return (), f"has no member {name!r}, expected {', '.join(map(repr, required))}"
        for name, each in value.items():
            if (fits := known.get(name)) is not None:
                if (problem := fits(each)) is not None:
                    return _within(name, problem)
            elif closed:
                return (), f"has a member {name!a} that does not belong there; {_hint(name, known)}"
        return None

    return check


def _hint(name: str, known: Mapping[str, Check]) -> str:
    return nearest(name, known) or f"there may be {', '.join(map(repr, known)) or 'none'}"


def _exactly_one(part: Mapping[str, Any]) -> Check:
    if (member := _telling(part["oneOf"])) is not None:
        return _told_apart(member, part["oneOf"])
    branches = [(frozenset(each.get("required", ())), _compiled(each)) for each in part["oneOf"]]
    expected = "exactly one of: " + "; ".join(f"an object with {' and '.join(sorted(names))}" for names, _ in branches)

    def check(value: Any) -> Problem | None:
        keys = value.keys() if isinstance(value, dict) else None
        meant = [branch for names, branch in branches if keys is None or names <= keys]
        if len(meant) == 1:
            return meant[0](value)
        problems = [branch(value) for branch in meant]
        return None if problems.count(None) == 1 else _found(value, expected)

    return check


def _named(branch: Mapping[str, Any], member: str) -> list[Any]:
    """The values that a branch allows a member, where it names them."""
    of_member = branch.get("properties", {}).get(member, {})
    return [of_member["const"]] if "const" in of_member else list(of_member.get("enum", ()))


def _telling(branches: Sequence[Mapping[str, Any]]) -> str | None:
    """The member by whose value branches can be told apart: each requires it, and names values of it."""
    members: Mapping[str, Any] = branches[0].get("properties", {})
    for member in members:
        values = [_named(branch, member) for branch in branches]
        required = all(member in branch.get("required", ()) for branch in branches)
        if required and all(values) and any(each != values[0] for each in values):
            return member
    return None


def _told_apart(member: str, branches: Sequence[Mapping[str, Any]]) -> Check:
    """The check of branches that name different values of a member, or, several of them, the same values."""
    together: dict[Any, list[Mapping[str, Any]]] = {}
    for branch in branches:
        for value in _named(branch, member):
            together.setdefault(value, []).append(branch)
    checks = {value: _compiled(few[0] if len(few) == 1 else {"oneOf": few}) for value, few in together.items()}
    known = _one_of_values(list(checks))

    def check(value: Any) -> Problem | None:
        if not isinstance(value, dict):
            return _found(value, "an object")
        if member not in value:
            return (), f"has no member {member!r}"
        if (problem := known(value[member])) is not None:
            return _within(member, problem)
        return checks[value[member]](value)

    return check


_KEYWORDS: Mapping[str, Callable[[Mapping[str, Any]], Check]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "minimum": _minimum,
    "minLength": _text("minLength", lambda value, least: len(value) >= least),
    "maxLength": _text("maxLength", lambda value, most: len(value) <= most),
    "pattern": _text("pattern", _matches),
    "items": _items,
    "uniqueItems": _unique,
    "oneOf": _exactly_one,
}
