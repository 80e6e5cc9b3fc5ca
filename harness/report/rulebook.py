"""The rule book, as data: chapter by chapter each rule of either side, with all that the suite knows of it.

What a rule rests on comes from the catalogue, the profile, the feature files, the faults and variants that installed
packages offer, and the referee. Results of runs add verdicts. `rulebook_pages` makes pages of it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import harness.referee
from harness.errors import UsageError
from harness.interface.profile import EITHER, Profile
from harness.port.naming import bents
from harness.port.protocol import Json, Role
from harness.report.areas import title_of
from harness.report.rulebook_sentences import Told, told
from harness.report.rulebook_terms import Term, Terms, terms
from harness.suite.catalogue import Ambiguity, Catalogue, Rule
from harness.suite.inventory import Inventory, ScenarioCase
from harness.suite.places import lines_of_slides, numbers_of_slides

WHOM: Mapping[Role, str] = {Role.REPOSITORY: "the MDM/R", Role.CIS: "the CIS"}
BINDS: Mapping[str, str] = {"repository": "the MDM/R", "cis": "the CIS", "both": "the MDM/R and the CIS"}
STATUS: Mapping[str, str] = {
    "current": "in force: the slide says must or will",
    "withdrawn": "withdrawn: must never be seen",
    "future": "announced for a later release",
    "advice": "advice: the slide says should or may; shown, and nobody is judged by it",
    "not observable": "in force, and nothing of it is seen in files",
}


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide that a rule is read from.

    :param lines: at which line of the workshop's text each of its parts begins.
    :param numbers: its places among the slides of that text, by their headings: the text itself numbers none.
    """

    title: str
    lines: tuple[int, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """How a rule stands in one role.

    :param standing: whether it is judged, and `why` not.
    :param verdict: of the run whose results were given; None without, or where that run was of the other role.
    """

    role: Role
    class_: str
    standing: str
    why: str
    scenarios: tuple[Told, ...]
    verdict: str | None = None

    @property
    def groups(self) -> list[tuple[str | None, list[Told]]]:
        """Its scenarios under the sentences that they illustrate, in the order of the feature files."""
        return [(text, list(group)) for text, group in groupby(self.scenarios, key=lambda each: each.first.rule_text)]


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """An ambiguity with its known readings, and how the shipped profile takes it."""

    entry: Ambiguity
    known: Mapping[str, str]
    taken: str
    default: str
    only_one: str | None

    @property
    def is_open(self) -> bool:
        """Whether any of the known readings is right."""
        return self.taken == EITHER and self.only_one is None


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule, with all that the book says of it. A fault breaks it on purpose; a variant is right, and must pass."""

    rule: Rule
    slide: Slide
    status: str
    binds: str
    in_part: str
    stands: tuple[Stand, ...]
    readings: tuple[ReadingShown, ...]
    faults: tuple[Any, ...]
    variants: tuple[Any, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """A case worth meeting that the referee counts, and the areas whose rules are judged there."""

    name: str
    sentence: str
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules of an area."""

    area: str
    title: str
    rules: tuple[RuleShown, ...]
    situations: tuple[Situation, ...]

    @property
    def page(self) -> str:
        return f"{self.area.lower()}.html"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The whole book. `runs` are the results that its verdicts come from, by role."""

    catalogue: str
    profile: Profile
    chapters: tuple[Chapter, ...]
    readings: tuple[ReadingShown, ...]
    situations: tuple[Situation, ...]
    terms: Terms
    runs: Mapping[Role, Json]

    @property
    def rules(self) -> list[RuleShown]:
        return [rule for chapter in self.chapters for rule in chapter.rules]

    def scenario_verdict(self, case: ScenarioCase) -> str | None:
        """What a scenario came to in the run of its role; None where it was not run."""
        return self._verdicts.get(case.id)

    _verdicts: Mapping[str, str]


def rule_book(
    catalogue: Catalogue, profile: Profile, inventory: Inventory, features: Path, results: Iterable[Json] = ()
) -> RuleBook:
    """The rule book of the shipped suite.

    :param features: the folder in which the feature files lie.
    :param results: of runs (`results.schema.json`), at most one for each role.
    :raises UsageError: there are two results of one role.
    """
    runs = _by_role(results)
    known = terms(profile)
    judging: dict[tuple[Role, str], list[ScenarioCase]] = {}
    for case in inventory.cases:
        judging.setdefault((case.role, case.judges), []).append(case)
    readings = tuple(_reading(entry, profile) for entry in catalogue.ambiguities)
    situations = tuple(declared_situations(catalogue.areas))
    scenarios = {key: tuple(told(cases, features)) for key, cases in judging.items()}
    rules = [_shown(rule, catalogue, scenarios, readings, known, runs) for rule in catalogue.rules]
    chapters = tuple(
        Chapter(
            area,
            title_of(area),
            tuple(rule for rule in rules if rule.rule.area == area),
            tuple(each for each in situations if area in each.areas),
        )
        for area in catalogue.areas
    )
    verdicts = {each["id"]: each["verdict"] for run in runs.values() for each in run["scenarios"]}
    return RuleBook(catalogue.name, profile, chapters, readings, situations, known, runs, verdicts)


def _by_role(results: Iterable[Json]) -> dict[Role, Json]:
    runs: dict[Role, Json] = {}
    for run in results:
        role = Role(run["system"]["role"])
        if role in runs:
            raise UsageError(
                f"two results are of the role {role.value}",
                where="--results",
                expected="the results of one run for each role: of a repository, of a CIS",
            )
        runs[role] = run
    return runs


def _shown(
    rule: Rule,
    catalogue: Catalogue,
    scenarios: Mapping[tuple[Role, str], tuple[Told, ...]],
    readings: Sequence[ReadingShown],
    known: Terms,
    runs: Mapping[Role, Json],
) -> RuleShown:
    roles = [role for role in Role if rule.binds_in(role)]
    stands = tuple(_stand(rule, role, catalogue, scenarios.get((role, rule.id), ()), runs.get(role)) for role in roles)
    texts = [text for stand in stands for scenario in stand.scenarios for text in scenario.texts]
    bent = [entry for entry in bents() if rule.id in entry.rules]
    waiting = catalogue.in_part.get(rule.id)
    return RuleShown(
        rule=rule,
        slide=Slide(rule.slide, lines_of_slides().get(rule.slide, ()), numbers_of_slides().get(rule.slide, ())),
        status=STATUS[rule.status],
        binds=BINDS[rule.binds],
        in_part="" if waiting is None else str(waiting),
        stands=stands,
        readings=tuple(each for each in readings if rule.id in each.entry.rules),
        faults=tuple(entry for entry in bent if entry.kind == "fault"),
        variants=tuple(entry for entry in bent if entry.kind == "variant"),
        terms=known.within(texts),
    )


def _stand(rule: Rule, role: Role, catalogue: Catalogue, scenarios: tuple[Told, ...], run: Json | None) -> Stand:
    verdicts = {} if run is None else {entry["id"]: entry["verdict"] for entry in run["rules"]}
    return Stand(
        role,
        rule.class_of(role),
        str(catalogue.standing(rule.id, role)),
        catalogue.why_not_judged(rule.id, role),
        scenarios,
        verdicts.get(rule.id),
    )


def _reading(entry: Ambiguity, profile: Profile) -> ReadingShown:
    return ReadingShown(
        entry,
        profile.known_readings.get(entry.id, {}),
        profile.readings[entry.id],
        profile.default_readings[entry.id],
        profile.single_readings.get(entry.id),
    )


# --- what the referee watches for -----------------------------------------------------------------------------


def declared_situations(areas: Sequence[str]) -> Iterator[Situation]:
    """The situations that the referee's checks and chapters of either seat declare, by name.

    :param areas: the areas there are. A situation is of the area of each rule that its check says it judges, or of
        those that the text of the check's module names.
    """
    found: set[Situation] = set()
    for each in pkgutil.iter_modules(harness.referee.__path__):
        module = importlib.import_module(f"{harness.referee.__name__}.{each.name}")
        for check in vars(module).values():
            if isinstance(check, type) and check.__module__ == module.__name__:
                declared = vars(check).get("situations")
                if not isinstance(declared, Mapping):  # a field of that name, or none
                    continue
                of = _areas_of(check, module.__doc__ or "", areas)
                found |= {Situation(name, sentence, of) for name, sentence in declared.items()}
    yield from sorted(found, key=lambda each: (each.name, each.sentence))


def _areas_of(check: type, text: str, areas: Sequence[str]) -> frozenset[str]:
    judged = " ".join(vars(check).get("rules", ())) or text
    return frozenset(area for area in areas if re.search(rf"\b{area}\b", judged))
