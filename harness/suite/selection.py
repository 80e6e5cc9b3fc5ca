"""Which scenarios to run: ids and tags joined by ``and``, ``or`` (or a comma), ``not`` and parentheses.

An atom with a slash is a scenario id, the beginning of ids up to a slash, or a feature file: ``usdp/identity/``,
``usdp/identity`` and ``features/usdp/identity.feature`` are the same. ``noticed/RULE/`` before it changes nothing.
Any other atom is a tag (``@`` optional): an area, a class, a rule that scenarios judge, ``uses:RULE``, an ambiguity, or
``dated``.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from harness.errors import UsageError, nearest
from harness.port.protocol import Role
from harness.suite.catalogue import Catalogue
from harness.suite.inventory import Inventory, ScenarioCase
from harness.suite.noticed import FORM, behind

_TOKEN = re.compile(r"\s*([(),]|[^\s(),]+)")
DEPTH_LIMIT = 100
_SHOWN = 400

Matcher: TypeAlias = Callable[[ScenarioCase], bool]


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection that was understood."""

    text: str
    matches: Matcher


def parse_selection(
    text: str, inventory: Inventory, catalogue: Catalogue, role: Role | None = Role.REPOSITORY
) -> Selection:
    """Read a selection among the scenarios of a role; where it is None, among those of both.

    :raises UsageError: it does not read, or an atom names nothing; with the place and the nearest right spelling.
    """
    return Selection(text, _Parser(text, inventory, catalogue, role).parse())


class _Parser:
    def __init__(self, text: str, inventory: Inventory, catalogue: Catalogue, role: Role | None) -> None:
        self.text = text
        self.where = f"--select {_short(text)!r}"
        self.tokens = deque((match[1], match.start(1) + 1) for match in _TOKEN.finditer(text))
        self.rules = {rule.id for rule in catalogue.rules}
        own = [each for each in Role if role in {each, None}]
        self.ids, self.tags = _names(inventory, catalogue, own)
        self.others = {each: _names(inventory, catalogue, [each]) for each in Role if each not in own}
        self.tags_spelt_low = {tag.lower() for tag in self.tags}
        self.depth = 0

    def parse(self) -> Matcher:
        matcher = self._any_of()
        if self.tokens:
            raise self._wrong("an end, 'and' or 'or'")
        return matcher

    def _wrong(self, expected: str) -> UsageError:
        found, column = self.tokens[0] if self.tokens else ("the end", len(self.text) + 1)
        return UsageError(f"found {_short(found)!r} at column {column}", where=self.where, expected=expected)

    def _word(self, word: str) -> bool:
        if self.tokens and self.tokens[0][0].lower() == word:
            self.tokens.popleft()
            return True
        return False

    def _any_of(self) -> Matcher:
        parts = [self._all_of()]
        while self._word("or") or self._word(","):
            parts.append(self._all_of())
        return lambda case: any(part(case) for part in parts)

    def _all_of(self) -> Matcher:
        parts = [self._negated()]
        while self._word("and"):
            parts.append(self._negated())
        return lambda case: all(part(case) for part in parts)

    def _negated(self) -> Matcher:
        negations = 0
        while self._word("not"):
            negations += 1
        inner = self._atom()
        return inner if negations % 2 == 0 else lambda case: not inner(case)

    def _atom(self) -> Matcher:
        if self._word("("):
            self.depth += 1
            if self.depth > DEPTH_LIMIT:
                raise self._wrong(f"at most {DEPTH_LIMIT} parentheses inside each other")
            inner = self._any_of()
            if not self._word(")"):
                raise self._wrong("')'")
            self.depth -= 1
            return inner
        if not self.tokens or self.tokens[0][0].lower() in {")", ",", "and", "or"}:
            raise self._wrong("a tag, a rule, a scenario id or '('")
        return self._named(self.tokens.popleft()[0])

    def _named(self, atom: str) -> Matcher:
        if "/" in atom:
            rule, atom = behind(atom) or ("", atom)
            if rule and rule not in self.rules:
                what = f"a rule in {FORM}"
                remedy = nearest(_short(rule), self.rules)
                raise UsageError(f"no rule {_short(rule)!r}", where=self.where, expected=what, remedy=remedy)
            meant = _of_a_path(atom)
            known = {identifier for identifier in self.ids if identifier == meant or identifier.startswith(f"{meant}/")}
            if not known:
                raise UsageError(
                    f"no scenario {_short(atom)!r}",
                    where=self.where,
                    expected="a scenario id, the beginning of one up to a slash, or a feature file",
                    remedy=self._remedy(_short(meant), [*self.ids, *self._beginnings()]),
                )
            return lambda case: case.id in known
        tag = atom.removeprefix("@").lower()
        if tag not in self.tags_spelt_low:
            raise UsageError(
                f"no tag {_short(atom)!r}",
                where=self.where,
                expected="an area, a class, a rule or a tag of a scenario",
                remedy=self._feature(tag) or self._remedy(_short(tag), self.tags),
            )
        return lambda case: any(tag == known.lower() for known in case.tags)

    def _beginnings(self) -> set[str]:
        """What ids of scenarios begin with: areas and features."""
        parts = (each.split("/") for each in self.ids)
        return {"/".join(each[:length]) for each in parts for length in range(2, len(each))}

    def _feature(self, word: str) -> str:
        """The features that a word names without their folder."""
        stem = word.removesuffix(".feature")
        found = {each[: each.find(f"/{stem}/") + len(stem) + 2] for each in self.ids if f"/{stem}/" in each}
        return f"did you mean {' or '.join(sorted(found))}" if found else ""

    def _remedy(self, atom: str, known: Iterable[str]) -> str:
        """The nearest that is meant: what another role has, by the option that takes it, or another spelling."""
        for role, names in self.others.items():
            others = names[0] | names[1]
            if any(other.lower() == atom or ("/" in atom and other.startswith(f"{atom}/")) for other in others):
                return f"it is there with --role {role.value}"
        return nearest(atom, known)


def _names(
    inventory: Inventory, catalogue: Catalogue, roles: Collection[Role]
) -> tuple[frozenset[str], frozenset[str]]:
    """The ids that scenarios of some roles have, and the tags that name something for them."""
    cases = [case for case in inventory.cases if case.role in roles]
    named = {rule.id for rule in catalogue.rules} | {ambiguity.id for ambiguity in catalogue.ambiguities}
    classes = {name for role in roles for name in catalogue.classes_of(role)}
    tags = {tag for case in cases for tag in case.tags} | named | {*catalogue.areas, *classes}
    return frozenset(case.id for case in cases), frozenset(tags)


def _of_a_path(atom: str) -> str:
    """The beginning of ids that a path stands for: that of a feature file, or of ids themselves."""
    if atom.endswith(".feature"):
        atom = atom.removesuffix(".feature").rpartition("features/")[2]
    return atom.rstrip("/")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
