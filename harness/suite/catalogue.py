"""The rule catalogue: what the workshop demands, where it is ambiguous, and what of it is judged already.

Two files of the corpus are read, strictly: `rules.toml` (rules and ambiguities, the text of the whole project) and
`judgement.toml` (which rules have to wait for a later chapter, or for the other role). What is written there and not
understood here is refused, with its place: a rule must never fall out of the verdict by a spelling mistake.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from harness.errors import InputError, nearest
from harness.interface.toml import read_toml
from harness.port.protocol import Role

CIS_ROLE = "cis role"
"""What a rule waits for that only a CIS under test can show."""

_RULE_ID = re.compile(r"(?P<area>[A-Z]{2,4})-\d{2}")
_AMBIGUITY_ID = re.compile(r"AMB-\d{2}")
_BINDS = ("repository", "cis", "both")
_STATUS = ("current", "withdrawn", "future", "advice", "not observable")
_CIS_CLASS = re.compile(r"CIS-[A-Z]+")
_NO_CLASS = "none"


_IN_FORCE = ("current", "withdrawn")
_WITHOUT_VERDICT = ("advice", "not observable")
"""Statuses of rules that nobody is judged by."""


class Standing(StrEnum):
    """Whether a rule is judged, and if not, why: the words are those of a rule's verdict."""

    JUDGED = "judged"
    NOT_YET_JUDGED = "not yet judged"
    OTHER_ROLE = "other role"
    ADVICE = "advice"
    NOT_OBSERVABLE = "not observable"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Rule:
    """One normative statement of the workshop.

    :param area: the prefix of the id; features of the rule stand in the folder of that name.
    :param class_: the conformance class of a repository that it counts for, or ``none``.
    :param slide: heading of the slide it is read from.
    :param binds: ``repository``, ``cis`` or ``both``.
    :param status: ``current``, ``withdrawn``, ``future``, ``advice`` or ``not observable``.
    :param cis_class: the conformance class of a CIS that it counts for, or ``none``.
    :param values: the workshop's configured values that it rests on.
    :param unseen: why nothing of it is seen in files, where it is not observable.
    """

    id: str
    area: str
    class_: str
    text: str
    slide: str
    binds: str
    status: str
    cis_class: str = _NO_CLASS
    values: Mapping[str, Any] = field(default_factory=dict)
    unseen: str = ""

    def class_of(self, role: Role) -> str:
        """The conformance class of a system in a role that it counts for, or ``none``."""
        return self.class_ if role is Role.REPOSITORY else self.cis_class

    def binds_in(self, role: Role) -> bool:
        """Whether it binds a system in a role."""
        return self.binds in {role.value, "both"}


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A place where the workshop leaves something open, and the reading taken by the shipped profile."""

    id: str
    rules: tuple[str, ...]
    text: str
    reading: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a rule, or a part of it, is not judged yet.

    :param waits_for: the conformance classes without which it cannot be seen, or `CIS_ROLE`.
    """

    waits_for: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        if self.waits_for == (CIS_ROLE,):
            return f"seen only of a CIS under test: {self.why}"
        return f"waits for {' and '.join(self.waits_for)}: {self.why}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every rule and ambiguity, in the order of the file, and what is judged of them.

    :param cis_not_yet_judged: why a rule that binds the CIS is not judged of one yet.
    :param areas: the areas, in the order in which the catalogue first names them.
    """

    name: str
    rules: tuple[Rule, ...]
    ambiguities: tuple[Ambiguity, ...]
    not_yet_judged: Mapping[str, Waiting]
    in_part: Mapping[str, Waiting]
    cis_not_yet_judged: Mapping[str, str]
    areas: tuple[str, ...]
    _classes: Mapping[Role, tuple[str, ...]] = field(repr=False, compare=False)
    _by_id: Mapping[str, Rule] = field(repr=False, compare=False)

    @property
    def classes(self) -> tuple[str, ...]:
        """The conformance classes of a repository, in the order in which the catalogue first names them."""
        return self.classes_of(Role.REPOSITORY)

    def classes_of(self, role: Role) -> tuple[str, ...]:
        """The conformance classes of a role, in the order in which the catalogue first names them."""
        return self._classes[role]

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._by_id

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id.

        :raises InputError: there is none; the message names the nearest.
        """
        if (found := self._by_id.get(rule_id)) is not None:
            return found
        raise InputError(
            f"no rule is called {rule_id}",
            expected="the id of a rule, such as USDP-03",
            remedy=nearest(rule_id, self._by_id),
        )

    def ambiguity(self, ambiguity_id: str) -> Ambiguity:
        """The ambiguity of that id.

        :raises InputError: there is none; the message names the nearest.
        """
        for ambiguity in self.ambiguities:
            if ambiguity.id == ambiguity_id:
                return ambiguity
        raise InputError(
            f"no ambiguity is called {ambiguity_id}",
            expected="the id of an ambiguity, such as AMB-01",
            remedy=nearest(ambiguity_id, (known.id for known in self.ambiguities)),
        )

    def standing(self, rule_id: str, role: Role = Role.REPOSITORY) -> Standing:
        """Whether the rule is judged of a system in a role now, and if not, why not.

        :raises InputError: there is no such rule.
        """
        rule = self.rule(rule_id)
        if not rule.binds_in(role):
            return Standing.OTHER_ROLE
        if rule.status in _WITHOUT_VERDICT:
            return Standing(rule.status)
        if role is Role.CIS and rule_id in self.cis_not_yet_judged:
            return Standing.NOT_YET_JUDGED
        if role is Role.REPOSITORY and (waiting := self.not_yet_judged.get(rule_id)) is not None:
            return Standing.OTHER_ROLE if waiting.waits_for == (CIS_ROLE,) else Standing.NOT_YET_JUDGED
        return Standing.ANNOUNCED if rule.status == "future" else Standing.JUDGED

    def is_judged(self, rule_id: str, role: Role = Role.REPOSITORY) -> bool:
        """Whether scenarios must judge the rule."""
        return self.standing(rule_id, role) is Standing.JUDGED

    def why_not_judged(self, rule_id: str, role: Role = Role.REPOSITORY) -> str:
        """A sentence saying why the rule has no verdict, or an empty string where it is judged."""
        if not self.rule(rule_id).binds_in(role):
            return f"it binds the {'CIS' if role is Role.REPOSITORY else 'repository'} alone"
        waiting = self.not_yet_judged if role is Role.REPOSITORY else self.cis_not_yet_judged
        return {
            Standing.JUDGED: "",
            Standing.ADVICE: "advice: shown, not judged",
            Standing.NOT_OBSERVABLE: f"not observable: {self.rule(rule_id).unseen}",
            Standing.ANNOUNCED: "announced: not in force yet",
        }.get(self.standing(rule_id, role)) or str(waiting.get(rule_id, ""))


@functools.cache
def load_catalogue() -> Catalogue:
    """The shipped catalogue.

    :raises InputError: it does not read as a catalogue, or is not installed.
    """
    corpus = importlib.resources.files("corpus")
    texts = []
    for name in ("rules.toml", "judgement.toml"):
        try:
            texts.append((corpus / name).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read ({error})", where=f"corpus/{name}", expected="a TOML file") from error
    return read_catalogue(*texts)


def read_catalogue(
    rules_text: str,
    judgement_text: str = "",
    *,
    rules_place: str = "corpus/rules.toml",
    judgement_place: str = "corpus/judgement.toml",
) -> Catalogue:
    """Read a catalogue from the text of its two files.

    :raises InputError: a file is no TOML, a key is unknown or missing, a value is not of its kind, an id stands twice,
        or a rule is named that does not exist.
    """
    top = _Table(_parsed(rules_text, rules_place), rules_place)
    name = top.text("catalogue")
    rules = tuple(_rule(table) for table in top.tables("rule"))
    ambiguities = tuple(_ambiguity(table) for table in top.tables("ambiguity", required=False))
    top.close()
    by_id = _unique(rules, rules_place)
    _unique(ambiguities, rules_place)
    for ambiguity in ambiguities:
        _known(ambiguity.rules, by_id, f"{rules_place}, {ambiguity.id}, rules")
    judgement = _Table(_parsed(judgement_text, judgement_place), judgement_place)
    waiting, in_part = _judgement(judgement, by_id)
    of_the_cis = _judgement_of_the_cis(judgement, by_id)
    judgement.close()
    return Catalogue(
        name=name,
        rules=rules,
        ambiguities=ambiguities,
        not_yet_judged=MappingProxyType(waiting),
        in_part=MappingProxyType(in_part),
        cis_not_yet_judged=MappingProxyType(of_the_cis),
        areas=tuple(dict.fromkeys(rule.area for rule in rules)),
        _classes=MappingProxyType({role: _classes(rules, role) for role in Role}),
        _by_id=MappingProxyType(by_id),
    )


def _classes(rules: Iterable[Rule], role: Role) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for rule in rules if (name := rule.class_of(role)) != _NO_CLASS))


def _parsed(text: str, place: str) -> dict[str, Any]:
    try:
        return read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is no TOML: {error}", where=place, expected="a TOML file") from error


def _rule(table: _Table) -> Rule:
    identifier = table.text("id")
    table.place += f" ({identifier})"
    shape = _RULE_ID.fullmatch(identifier)
    if shape is None or shape["area"] == "AMB":
        raise table.wrong("id", identifier, "an area of two to four capitals, a hyphen and two digits: USDP-03")
    rule = Rule(
        id=identifier,
        area=shape["area"],
        class_=table.text("class"),
        text=table.text("text"),
        slide=table.text("slide"),
        binds=table.text("binds", among=_BINDS),
        status=table.text("status", among=_STATUS),
        cis_class=table.text("cis_class", default=_NO_CLASS),
        values=MappingProxyType(table.table("values")),
        unseen=table.text("unseen", default=""),
    )
    table.close()
    if bool(rule.unseen) != (rule.status == "not observable"):
        raise table.wrong("unseen", rule.unseen, "why nothing of it is seen in files, of a rule that is not observable")
    _classes_of_both_sides(rule, table)
    return rule


def _classes_of_both_sides(rule: Rule, table: _Table) -> None:
    """A rule counts for a class of whom it binds, and of nobody else."""
    if rule.binds == "cis" and rule.class_ != _NO_CLASS:
        raise table.wrong("class", rule.class_, f"{_NO_CLASS}, since the rule binds the CIS alone")
    if rule.binds == "repository" or rule.status == "future":
        if rule.cis_class != _NO_CLASS:
            raise table.wrong("cis_class", rule.cis_class, "no such key, since the rule does not bind the CIS today")
    elif _CIS_CLASS.fullmatch(rule.cis_class) is None:
        raise table.wrong("cis_class", rule.cis_class, "a class of the CIS, since the rule binds it: CIS-SYNC")


def _ambiguity(table: _Table) -> Ambiguity:
    identifier = table.text("id")
    table.place += f" ({identifier})"
    if _AMBIGUITY_ID.fullmatch(identifier) is None:
        raise table.wrong("id", identifier, "AMB, a hyphen and two digits: AMB-01")
    ambiguity = Ambiguity(identifier, table.texts("rules"), table.text("text"), table.text("reading"))
    table.close()
    return ambiguity


def _judgement(top: _Table, rules: Mapping[str, Rule]) -> tuple[dict[str, Waiting], dict[str, Waiting]]:
    """What waits: a rule's own entry goes before that of its area."""
    classes = {rule.class_ for rule in rules.values()} - {_NO_CLASS}
    sections = {
        name: {key: _waiting(table, classes) for key, table in top.named_tables(name).items()}
        for name in ("area", "not_yet_judged", "in_part")
    }
    by_area, own, in_part = sections["area"], sections["not_yet_judged"], sections["in_part"]
    areas = {rule.area for rule in rules.values()}
    for area in by_area:
        if area not in areas:
            raise InputError(
                f"no rule's id begins with {area}",
                where=f"{top.place}, area.{area}",
                expected=f"one of {', '.join(sorted(areas))}",
                remedy=nearest(area, areas),
            )
    for section, entries in (("not_yet_judged", own), ("in_part", in_part)):
        _known(entries, rules, f"{top.place}, {section}")
        for rule_id in entries:
            rule = rules[rule_id]
            if rule.binds == "cis" or rule.status not in _IN_FORCE:
                why = "binds the CIS alone" if rule.binds == "cis" else f"is {rule.status}"
                raise InputError(
                    f"{rule_id} {why}: no verdict is waited for",
                    where=f"{top.place}, {section}",
                    expected="rules that bind a repository, whose status is current or withdrawn",
                )
    if both := sorted(set(own) & set(in_part)):
        raise InputError(
            f"{both[0]} is said to wait as a whole and in part",
            where=top.place,
            expected="a rule under not_yet_judged or under in_part",
        )
    binding = [rule for rule in rules.values() if rule.status in _IN_FORCE and rule.id not in in_part]
    waiting = {rule.id: found for rule in binding if (found := own.get(rule.id) or by_area.get(rule.area)) is not None}
    return waiting, in_part


def _judgement_of_the_cis(top: _Table, rules: Mapping[str, Rule]) -> dict[str, str]:
    """Why rules in force are not judged of a CIS yet: a rule's own entry goes before that of its class."""
    by_class, own = (_reasons(top, name) for name in ("cis_class", "cis_not_yet_judged"))
    binding = {
        rule.id: rule.cis_class for rule in rules.values() if rule.status in _IN_FORCE and rule.binds != "repository"
    }
    for section, entries, known in (
        ("cis_class", by_class, set(binding.values())),
        ("cis_not_yet_judged", own, binding.keys()),
    ):
        for name in entries:
            if name not in known:
                raise InputError(
                    f"{name!r} is not waited for",
                    where=f"{top.place}, {section}",
                    expected="a class of the CIS" if section == "cis_class" else "a rule in force that binds the CIS",
                    remedy=nearest(name, known),
                )
    return {rule: why for rule, name in binding.items() if (why := own.get(rule) or by_class.get(name)) is not None}


def _reasons(top: _Table, section: str) -> dict[str, str]:
    found = {}
    for name, table in top.named_tables(section).items():
        found[name] = table.text("why")
        table.close()
    return found


def _waiting(table: _Table, classes: set[str]) -> Waiting:
    waiting = Waiting(table.texts("waits_for"), table.text("why"))
    for name in waiting.waits_for:
        if name not in classes | {CIS_ROLE}:
            raise table.wrong("waits_for", name, f"conformance classes, or {CIS_ROLE!r}", classes | {CIS_ROLE})
    table.close()
    return waiting


def _unique(entries: Iterable[Any], place: str) -> dict[str, Any]:
    by_id: dict[str, Any] = {}
    for entry in entries:
        if entry.id in by_id:
            raise InputError(f"{entry.id} stands twice", where=place, expected="each id once")
        by_id[entry.id] = entry
    return by_id


def _known(named: Iterable[str], rules: Mapping[str, Rule], place: str) -> None:
    for rule_id in named:
        if rule_id not in rules:
            raise InputError(
                f"no rule is called {rule_id}",
                where=place,
                expected="ids of rules of the catalogue",
                remedy=nearest(rule_id, rules),
            )


class _Table:
    """A TOML table that is read key by key, and knows which keys nobody asked for."""

    def __init__(self, content: Mapping[str, Any], place: str) -> None:
        self.content = content
        self.place = place
        self._asked: list[str] = []

    def wrong(self, key: str, found: object, expected: str, known: Iterable[str] = ()) -> InputError:
        remedy = nearest(str(found), known)
        return InputError(f"{key} is {found!r}", where=self.place, expected=expected, remedy=remedy)

    def text(self, key: str, *, among: tuple[str, ...] = (), default: str | None = None) -> str:
        value = self._value(key, required=default is None)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, value, "a text")
        if among and value not in among:
            raise self.wrong(key, value, f"one of {', '.join(among)}", among)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """One text, or several different ones."""
        value = self._value(key)
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
            raise self.wrong(key, value, "a text, or a list of texts")
        if len(set(texts)) != len(texts):
            raise self.wrong(key, value, "each entry once")
        return tuple(texts)

    def table(self, key: str) -> dict[str, Any]:
        value = self._value(key, required=False)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.wrong(key, value, "a table")
        return value

    def tables(self, key: str, *, required: bool = True) -> list[_Table]:
        """The entries of an array of tables, each named by its place in the array, from 1."""
        value = self._value(key, required=required)
        if value is None:
            return []
        if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
            raise self.wrong(key, value, f"[[{key}]] tables")
        return [_Table(entry, f"{self.place}, {key} {number}") for number, entry in enumerate(value, start=1)]

    def named_tables(self, key: str) -> dict[str, _Table]:
        """The tables of a table, by name."""
        found = {}
        for name, entry in self.table(key).items():
            if not isinstance(entry, dict):
                raise self.wrong(f"{key}.{name}", entry, "a table")
            found[name] = _Table(entry, f"{self.place}, {key}.{name}")
        return found

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self.content:
            if key not in self._asked:
                raise InputError(
                    f"unknown key {key!r}",
                    where=self.place,
                    expected=f"keys among {', '.join(self._asked)}",
                    remedy=nearest(key, self._asked),
                )

    def _value(self, key: str, *, required: bool = True) -> Any:
        self._asked.append(key)
        if required and key not in self.content:
            # A misspelt key is the likeliest reason for a missing one.
            remedy = nearest(key, self.content)
            raise InputError(f"has no key {key!r}", where=self.place, expected=f"a key {key!r}", remedy=remedy)
        return self.content.get(key)
