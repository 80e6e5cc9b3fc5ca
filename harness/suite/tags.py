"""The feature check of tags: what a scenario judges, what it rests on, and where it stands, against the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.errors import nearest
from harness.interface.profile import Profile
from harness.port.protocol import Role
from harness.suite.catalogue import Catalogue, Rule, Standing
from harness.suite.findings import Code, Finding, Source, Written, rules, scenarios
from harness.suite.inventory import (
    ADVICE,
    AGENT,
    AMBIGUITY_TAG,
    CIS_FOLDER,
    COURSE,
    DATED,
    PROTOCOL_2,
    RULE_TAG,
    USES,
    area_of,
    seat_of,
)

_OF_A_CIS = (ADVICE, AGENT)
_MARKS = (DATED, PROTOCOL_2, *_OF_A_CIS)
_KINDS = f"a rule, an area, a class, uses:RULE, an ambiguity such as AMB-01 or AMB-01:reading, {', '.join(_MARKS)}"
_JUDGED = {Role.REPOSITORY: "a repository", Role.CIS: "a CIS"}


@dataclass(frozen=True, slots=True)
class Known:
    """What tags can name: the catalogue, and the readings of the shipped profile."""

    catalogue: Catalogue
    profile: Profile

    @property
    def words(self) -> set[str]:
        """Every tag that could stand somewhere."""
        ids = {rule.id for rule in self.catalogue.rules}
        readings = {
            f"{ambiguity}:{reading}" for ambiguity, known in self.profile.known_readings.items() for reading in known
        }
        areas_and_classes = {*self.catalogue.areas, *self.classes}
        return {
            *ids,
            *(f"{USES}{name}" for name in ids),
            *areas_and_classes,
            *self.profile.readings,
            *readings,
            *_MARKS,
        }

    @property
    def classes(self) -> frozenset[str]:
        """The conformance classes of both roles."""
        return frozenset(name for role in Role for name in self.catalogue.classes_of(role))

    def near(self, tag: str) -> str:
        """A hint that names the nearest tags."""
        return nearest(tag, self.words)


def is_rule(tag: str) -> bool:
    """Whether a tag has the shape of a rule's id."""
    return RULE_TAG.fullmatch(tag) is not None and not tag.startswith("AMB-")


def tags_of(node: Mapping[str, Any]) -> list[str]:
    """The tags of a node, without their @."""
    return [str(tag["name"]).removeprefix("@") for tag in node["tags"]]


def tags(source: Source, known: Known) -> Iterator[Finding]:
    """Everything that is wrong with the tags of a feature file."""
    yield from _feature(source, known)
    for node in (*rules(source.feature), *(e for w in scenarios(source.feature) for e in w.node["examples"])):
        for tag in node["tags"]:
            what = f"{tag['name']} stands on {node['keyword']}, where nothing reads it"
            yield source.finding(tag, Code.MISPLACED_TAG, what, "tags on the feature and on scenarios")
    for written in scenarios(source.feature):
        yield from _scenario(source, written, known)


def _each(source: Source, node: Mapping[str, Any], known: Known) -> Iterator[Finding]:
    for tag in node["tags"]:
        found = _problem(str(tag["name"]).removeprefix("@"), known)
        if found is not None:
            code, what, expected = found
            remedy = known.near(str(tag["name"]).removeprefix("@"))
            yield source.finding(tag, code, f"{tag['name']}: {what}", expected, remedy)


def _problem(tag: str, known: Known) -> tuple[Code, str, str] | None:
    """What is wrong with a tag by itself: code, what, and what was expected."""
    name = tag.removeprefix(USES)
    if is_rule(name):
        return None if name in known.catalogue else (Code.UNKNOWN_RULE, f"no rule is called {name}", "the id of a rule")
    if (match := AMBIGUITY_TAG.fullmatch(tag)) is not None:
        return _reading_problem(match[1], match[2], known)
    if tag in {*known.catalogue.areas, *known.classes, *_MARKS}:
        return None
    return Code.UNKNOWN_TAG, "means nothing", _KINDS


def _reading_problem(ambiguity: str, reading: str | None, known: Known) -> tuple[Code, str, str] | None:
    if ambiguity not in {entry.id for entry in known.catalogue.ambiguities}:
        return Code.UNKNOWN_READING, f"no ambiguity is called {ambiguity}", "the id of an ambiguity"
    readings = known.profile.known_readings.get(ambiguity, {})
    if not readings:
        return Code.UNKNOWN_READING, f"the profile has no readings of {ambiguity}", "an ambiguity that can be judged"
    if reading is not None and reading not in readings:
        return Code.UNKNOWN_READING, f"{ambiguity} has no reading {reading!r}", f"one of {', '.join(sorted(readings))}"
    return None


# --- the feature: area and class -------------------------------------------------------------------------------


def _feature(source: Source, known: Known) -> Iterator[Finding]:
    yield from _each(source, source.feature, known)
    area, own, role = area_of(source.file), tags_of(source.feature), seat_of(source.file)
    if area == COURSE:  # its scenarios judge rules of many areas
        return
    for tag in source.feature["tags"]:
        name = str(tag["name"]).removeprefix("@")
        if is_rule(name) or AMBIGUITY_TAG.fullmatch(name) or name.startswith(USES):
            what = f"{tag['name']} stands on the feature"
            yield source.finding(tag, Code.MISPLACED_TAG, what, "such a tag on each scenario that it is about")
        elif name in known.catalogue.areas and name != area and name not in known.catalogue.classes_of(role):
            what = f"{tag['name']}: the feature stands in the folder of {area}"
            yield source.finding(tag, Code.AREA, what, f"@{area}, or the feature in folder {name.lower()}")
    if area not in known.catalogue.areas:
        remedy = nearest(area, known.catalogue.areas).lower()
        what = f"stands in folder {area.lower()!r}, which is no area"
        yield source.finding(source.feature, Code.AREA, what, "the folder of an area, in lower case", remedy)
        return
    if area not in own:
        yield source.finding(source.feature, Code.AREA, "the feature lacks the tag of its area", f"@{area}")
    classes = [name for name in known.catalogue.classes_of(role) if name in _classes_of(area, role, known)]
    if classes and not set(classes) & set(own):
        what = "the feature lacks the tag of its class"
        yield source.finding(source.feature, Code.CLASS, what, " or ".join(f"@{name}" for name in classes))


def _classes_of(area: str, role: Role, known: Known) -> set[str]:
    return {rule.class_of(role) for rule in known.catalogue.rules if rule.area == area}


# --- the scenario: what it judges, and what it rests on -----------------------------------------------------------


def _scenario(source: Source, written: Written, known: Known) -> Iterator[Finding]:
    yield from _each(source, written.node, known)
    own = tags_of(written.node)
    together = [*tags_of(source.feature), *own]
    judged = sorted({tag for tag in together if is_rule(tag)})
    if len(judged) != 1:
        what = f"scenario {written.name!r} judges {' and '.join(judged) or 'no rule'}"
        expected = "exactly one rule tag; rules that it rests on as @uses:RULE"
        yield source.finding(written.node, Code.NOT_ONE_RULE, what, expected)
    elif judged[0] in known.catalogue:
        yield from _judged(source, written, judged[0], together, known)
    yield from _twins(source, written, together)


def _judged(source: Source, written: Written, rule_id: str, together: list[str], known: Known) -> Iterator[Finding]:
    rule, node = known.catalogue.rule(rule_id), written.node
    area, role = area_of(source.file), seat_of(source.file)
    if area not in {rule.area, COURSE}:
        what = f"judges {rule_id} in the folder of {area}"
        yield source.finding(node, Code.AREA, what, f"scenarios of {rule_id} in folder {rule.area.lower()}")
    yield from _class_declared(source, written, rule, together, known)
    if f"{USES}{rule_id}" in together:
        what = f"judges {rule_id} and rests on it"
        yield source.finding(node, Code.OWN_RULE, what, f"no @uses:{rule_id}: the rule it judges is no premise")
    standing = known.catalogue.standing(rule_id, role)
    allowed = {Standing.JUDGED, Standing.ANNOUNCED}
    if ADVICE in together:
        allowed |= {Standing.ADVICE, Standing.NOT_YET_JUDGED}
    for mark in _OF_A_CIS:
        if mark in together and role is not Role.CIS:
            what = f"@{mark} stands on a scenario of a repository"
            yield source.finding(node, Code.MISPLACED_TAG, what, f"@{mark} on scenarios in folder {CIS_FOLDER}")
    if standing not in allowed:
        what = f"judges {rule_id}, of which the catalogue says: {known.catalogue.why_not_judged(rule_id, role)}"
        waiting = known.catalogue.not_yet_judged if role is Role.REPOSITORY else known.catalogue.cis_not_yet_judged
        expected = (
            f"{rule_id} taken out of corpus/judgement.toml, or no scenario that judges it"
            if rule_id in waiting
            else f"no scenario: {_JUDGED[role]} is not judged by it"
        )
        yield source.finding(node, Code.NOT_JUDGED, what, expected)


def _class_declared(
    source: Source, written: Written, rule: Rule, together: list[str], known: Known
) -> Iterator[Finding]:
    """The class that a rule counts for is declared, and none of the other role."""
    role = seat_of(source.file)
    if rule.class_of(role) in known.catalogue.classes_of(role) and rule.class_of(role) not in together:
        what = f"judges {rule.id}, which counts for class {rule.class_of(role)}, and does not declare it"
        yield source.finding(written.node, Code.CLASS, what, f"@{rule.class_of(role)} on the scenario or the feature")
    foreign = known.classes - {*known.catalogue.classes_of(role), *known.catalogue.areas}
    for name in sorted(foreign.intersection(together)):
        what = f"declares class {name}, which {_JUDGED[role]} cannot claim"
        yield source.finding(written.node, Code.CLASS, what, f"a class of {_JUDGED[role]}")


def _twins(source: Source, written: Written, together: list[str]) -> Iterator[Finding]:
    """A scenario rests on one reading of an ambiguity: another reading has a scenario of its own."""
    readings: dict[str, set[str | None]] = {}
    for tag in together:
        if (match := AMBIGUITY_TAG.fullmatch(tag)) is not None:
            readings.setdefault(match[1], set()).add(match[2])
    for ambiguity, found in sorted(readings.items()):
        if len(found) > 1:
            what = f"rests on several readings of {ambiguity}"
            yield source.finding(written.node, Code.UNKNOWN_READING, what, "one reading; a twin for each other one")
