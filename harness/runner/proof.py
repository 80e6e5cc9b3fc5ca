"""The proof that the suite can fail, and that it does not fail the innocent.

Every seeded fault is run against the scenarios of the rule it breaks, every allowed variant and the unbent system
against all of them. A fault counts as caught only by a `fail` in a `Then` of a scenario of its own rule: an error or a
blocked scenario shows nothing. Scenarios of another reading run under a profile that differs in that one reading.

Some faults are caught by no scenario. The referee, which watches all these conversations, has to notice its rule broken
in one of them; or the fault shows in days of operation alone, and a simulation has to catch it. With a variant, and
with the unbent system, the referee notices nothing.

Each seat has a reference, and faults and variants of its own: they are run against the scenarios of that seat alone.

A part of the proof takes less time and asks the same of every fault, scenario and rule: a fault is run in rounds, until
a scenario catches it, and a scenario until it catches a fault (`next_round`). Of variants it shows less: each is run
against a part of the scenarios.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.interface.profile import Profile
from harness.port.naming import REFERENCES
from harness.port.protocol import Json, Role
from harness.runner.plan import Task
from harness.suite.catalogue import Catalogue, Rule
from harness.suite.inventory import ScenarioCase
from harness.suite.verdicts import ScenarioVerdict

PROOF_VERSION = 1
REFERENCE = REFERENCES[Role.REPOSITORY]
CAUGHT_BEFORE = Path(str(importlib.resources.files("corpus") / "caught" / "scenarios.toml"))
"""Where it is kept what scenarios were seen to catch once."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One scenario against one way of bending the reference, or against the reference itself (`bent` is None)."""

    case: ScenarioCase
    bent: str | None
    task: Task


def readings_of(case: ScenarioCase, profile: Profile) -> dict[str, str]:
    """The readings on which a scenario rests that the profile takes otherwise."""
    return {
        ambiguity: reading
        for ambiguity, reading in case.readings
        if reading is not None and profile.readings.get(ambiguity) != reading
    }


def trials(
    cases: Sequence[ScenarioCase], bents: Iterable[Any], profile: Profile, *, full: bool, one_in: int = 1
) -> list[Trial]:
    """What is to be run.

    :param full: run every fault against every scenario, not only those of its own rule, and every variant of a reading
        against those, too, that do not name its ambiguity.
    :param one_in: run each variant against one in so many of the scenarios: other ones for each variant, and always the
        same. Where there are more variants than that, each scenario is in the part of some.
    """
    bents = list(bents)
    part_of = _places(case.id for case in cases) | _places(bent.id for bent in bents if bent.kind == "variant")
    found = [_trial(case, None, profile) for case in cases]
    for bent in bents:
        found += [
            _trial(case, bent.id, profile)
            for case in cases
            if _fits(case, bent, profile)
            and (full or _concerned(case, bent))
            and (bent.kind == "fault" or (part_of[bent.id] + part_of[case.id]) % one_in == 0)
        ]
    return found


def _places(identifiers: Iterable[str]) -> dict[str, int]:
    """The place of each in an order that nobody chose: neighbours of one kind are far apart in it."""
    return {each: place for place, each in enumerate(sorted(set(identifiers), key=_number))}


def _number(identifier: str) -> int:
    """A number that is always the same, and like no other's."""
    return int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:8])


def sought(planned: Iterable[Trial], bents: Iterable[Any], before: Mapping[str, Collection[str]]) -> list[Trial]:
    """The trials by which a part of the proof looks for a scenario that catches a fault, the likeliest first.

    Those come first in which the scenario caught the fault before; then those are likeliest whose scenario and fault
    are called and described with the same words, that few scenarios use. What no scenario may catch, and what nobody
    may accuse, is not looked for.

    :param before: faults that a scenario caught once, by its id. It decides what is tried first, never what is
        found: where it is wrong, or says nothing, the search goes on as without it.
    """
    looked_for = {bent.id: bent for bent in bents if bent.kind == "fault" and bent.shows_in == "scenarios"}
    found = [trial for trial in planned if trial.bent in looked_for]
    of_case = {trial.case.id: _words(f"{trial.case.id} {trial.case.name}") for trial in found}
    of_fault = {each.id: _words(f"{each.id} {each.text}") for each in looked_for.values()}
    users = Counter(word for words in of_case.values() for word in words)
    rarity = {word: len(of_case) // number for word, number in users.items()}

    def likeliest(trial: Trial) -> tuple[bool, int, int]:
        shared = of_case[trial.case.id] & of_fault[str(trial.bent)]
        is_new = trial.bent not in before.get(trial.case.id, ())
        return is_new, -sum(rarity[word] for word in shared), _number(trial.task.key)

    return sorted(found, key=likeliest)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}|\d+", text.lower()))


def caught_before() -> dict[str, list[str]]:
    """Faults that each scenario was seen to catch once, by its id."""
    return tomllib.loads(CAUGHT_BEFORE.read_text(encoding="utf-8"))


def next_round(candidates: Sequence[Trial], caught: Mapping[str, bool], number: int) -> list[Trial]:
    """The trials to run next where each fault is to be caught once, and each scenario to catch one fault.

    A fault that nothing has caught yet, and a scenario that has caught nothing yet, gets the first of its trials in the
    first round, and twice as many with each further round.

    :param candidates: all that could be run, each a fault against a scenario of its rule, the likeliest first.
    :param caught: of those that were run, by task key, whether the scenario caught the fault.
    :param number: of the round, from 0.
    :return: empty where nothing is left that could show more.
    """
    groups: dict[tuple[str, str], dict[str, Trial]] = {}
    for trial in candidates:
        groups.setdefault(("fault", str(trial.bent)), {})[trial.task.key] = trial
        groups.setdefault(("scenario", trial.case.id), {})[trial.task.key] = trial
    unsettled = [own for own in groups.values() if not any(caught.get(key) for key in own)]
    if all(key in caught for own in unsettled for key in own):
        return []
    chosen: dict[str, Trial] = {}
    for own in unsettled:
        others = [key for key in own if key not in caught and key not in chosen]
        more = 2**number - (len(own) - len(others))
        chosen |= {key: own[key] for key in others[: max(0, more)]}
    return list(chosen.values()) or next_round(candidates, caught, number + 1)


def _concerned(case: ScenarioCase, bent: Any) -> bool:
    """Whether a scenario is of the rule that a fault breaks, or names the ambiguity that a variant reads otherwise."""
    if bent.kind == "fault":
        return case.judges in bent.rules
    return bent.takes is None or any(ambiguity == bent.takes for ambiguity, _ in case.readings)


def _trial(case: ScenarioCase, bent: str | None, profile: Profile) -> Trial:
    reference = REFERENCES[case.role]
    system = reference if bent is None else f"{reference}+{bent}"
    return Trial(case, bent, Task(case.id, system, readings_of(case, profile)))


def _fits(case: ScenarioCase, bent: Any, profile: Profile) -> bool:
    """Whether a fault of the seat can show in a scenario, or a variant is conformant in it, by the readings taken."""
    if bent.system != REFERENCES[case.role]:
        return False
    if bent.takes is not None:
        return all(ambiguity != bent.takes or reading is None for ambiguity, reading in case.readings)
    taken = {**profile.decided(), **readings_of(case, profile)}
    return all(taken.get(ambiguity) == reading for ambiguity, reading in bent.readings.items())


@dataclass(frozen=True, slots=True)
class Bench:
    """What the proof is about, and what its trials came to, by task key.

    :param simulated: how often each rule was violated when a system was simulated with, by the fault, or `REFERENCE`.
    """

    catalogue: Catalogue
    cases: Sequence[ScenarioCase]
    bents: Sequence[Any]
    trials: Sequence[Trial]
    results: Mapping[str, Json]
    simulated: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def verdict(self, trial: Trial) -> str:
        """The verdict of a trial; ``lost`` where it left none."""
        result = self.results.get(trial.task.key)
        return "lost" if result is None else str(result["verdict"])

    def noticed(self, trial: Trial) -> frozenset[str]:
        """The rules that the referee noticed broken in a trial, also those that the scenario itself fails."""
        result = self.results.get(trial.task.key, {"noticed": ()})
        return frozenset(each["rule"] for each in result["noticed"])

    def message(self, trial: Trial) -> str:
        """What a trial said of its verdict."""
        result = self.results.get(trial.task.key)
        return "" if result is None else str(result["message"])

    def of(self, bent: str | None) -> list[Trial]:
        return [trial for trial in self.trials if trial.bent == bent]


def proof_document(bench: Bench, about: Json) -> Json:
    """What the trials prove, and every way in which they do not.

    :param about: suite, profile and seed, to stand at the head.
    """
    of_kind = [bent for bent in bench.bents if bent.kind == "fault"]
    faults = [_fault(bench, bent) for bent in of_kind if bent.shows_in == "scenarios"]
    beside = [_fault(bench, bent) for bent in of_kind if bent.shows_in == "referee"]
    in_operation = [_fault_in_operation(bench, bent) for bent in of_kind if bent.shows_in == "operation"]
    variants = [_innocent(bench, bent.id, bent.text) for bent in bench.bents if bent.kind == "variant"]
    reference = _innocent(bench, None, "the reference implementation of each seat, as it is")
    caught_in = {scenario for fault in faults for scenario in fault["caught_by"]}
    scenarios = [{"id": case.id, "rule": case.judges, "catches": _catches(faults, case.id)} for case in bench.cases]
    rules = [_rule(bench, rule, faults) for rule in _rules(bench)]
    problems = [
        *_of_innocents([reference, *variants]),
        *(
            f"fault {f['id']} of {', '.join(f['rules'])} is not caught: {_seen(f['verdicts'])}"
            for f in faults
            if not f["caught_by"]
        ),
        *_of_referee(beside),
        *_of_operation(bench, in_operation),
        *(f"rule {rule['id']} has no caught fault" for rule in rules if not rule["caught"]),
        *(f"rule {rule['id']} is judged and has no scenario" for rule in rules if not rule["scenarios"]),
        *(f"scenario {case.id} catches no fault" for case in bench.cases if case.id not in caught_in),
    ]
    return {
        "proof": PROOF_VERSION,
        **about,
        "proven": not problems,
        "problems": problems,
        "reference": reference,
        "rules": rules,
        "scenarios": scenarios,
        "faults": faults,
        "noticed_alone": beside,
        "in_operation": in_operation,
        "variants": variants,
    }


def _rules(bench: Bench) -> list[Rule]:
    """The rules to be proven: those that the scenarios judge, and where all take part, every judged rule."""
    chosen = {case.judges for case in bench.cases}
    return [rule for rule in bench.catalogue.rules if rule.id in chosen]


def _fault(bench: Bench, bent: Any) -> Json:
    found = bench.of(bent.id)
    verdicts = {trial.case.id: bench.verdict(trial) for trial in found}
    own = {trial.case.id for trial in found if trial.case.judges in bent.rules}
    said = {trial.case.id: bench.message(trial) for trial in found if bench.verdict(trial) == ScenarioVerdict.FAIL}
    return {
        "id": bent.id,
        "rules": list(bent.rules),
        "text": bent.text,
        "caught_by": [name for name, verdict in verdicts.items() if verdict == ScenarioVerdict.FAIL and name in own],
        "noticed_in": [trial.case.id for trial in found if bench.noticed(trial) & set(bent.rules)],
        "verdicts": verdicts,
        "said": said,
    }


def _fault_in_operation(bench: Bench, bent: Any) -> Json:
    """A fault that simulations catch: the rules that were violated, and the scenarios that catch it too."""
    found = _fault(bench, bent)
    violated = dict(bench.simulated.get(bent.id, {}))
    return {
        **{key: found[key] for key in ("id", "rules", "text")},
        "violated": violated,
        "scenarios": found["caught_by"],
        "noticed_in": found["noticed_in"],
    }


def _of_referee(faults: Iterable[Json]) -> Iterator[str]:
    """What is amiss with the faults that the referee alone is to notice."""
    for fault in faults:
        of = f"fault {fault['id']} of {', '.join(fault['rules'])}"
        if not fault["noticed_in"]:
            yield f"{of} is not noticed by the referee: {_seen(fault['verdicts'])}"
        for scenario in fault["caught_by"]:
            yield f"fault {fault['id']} needs no referee: it is caught by {scenario}"


def _of_operation(bench: Bench, faults: Iterable[Json]) -> Iterator[str]:
    """What is amiss with the faults that show in operation alone, and with the simulation of the reference itself."""
    for rule, number in bench.simulated.get(REFERENCE, {}).items():
        yield f"{REFERENCE} is conformant, and its simulation violates {rule} {number} times"
    for fault in faults:
        if not set(fault["rules"]) & set(fault["violated"]):
            violated = ", ".join(fault["violated"]) or "nothing"
            of = f"fault {fault['id']} of {', '.join(fault['rules'])}"
            yield f"{of} is not caught by a simulation, which violates {violated}"
        for scenario in fault["scenarios"]:
            yield f"fault {fault['id']} needs no simulation: it is caught by {scenario}"
        for scenario in fault["noticed_in"]:
            yield f"fault {fault['id']} needs no simulation: the referee notices it in {scenario}"


def _innocent(bench: Bench, bent: str | None, text: str) -> Json:
    verdicts = {trial.case.id: bench.verdict(trial) for trial in bench.of(bent)}
    noticed = {trial.case.id: sorted(bench.noticed(trial)) for trial in bench.of(bent)}
    return {
        "id": bent or REFERENCE,
        "text": text,
        "scenarios": len(verdicts),
        "not_passed": {name: verdict for name, verdict in verdicts.items() if verdict != ScenarioVerdict.PASS},
        "noticed": {name: rules for name, rules in noticed.items() if rules},
    }


def _of_innocents(entries: Iterable[Json]) -> list[str]:
    return [
        f"{entry['id']} is conformant, and scenario {scenario} gives {verdict!r}"
        for entry in entries
        for scenario, verdict in entry["not_passed"].items()
    ] + [
        f"{entry['id']} is conformant, and the referee notices {', '.join(rules)} in {scenario}"
        for entry in entries
        for scenario, rules in entry["noticed"].items()
    ]


def _catches(faults: Iterable[Json], scenario: str) -> list[str]:
    return [fault["id"] for fault in faults if scenario in fault["caught_by"]]


def _rule(bench: Bench, rule: Rule, faults: Sequence[Json]) -> Json:
    own = [fault for fault in faults if rule.id in fault["rules"]]
    return {
        "id": rule.id,
        "scenarios": [case.id for case in bench.cases if case.judges == rule.id],
        "faults": [fault["id"] for fault in own],
        "caught": [fault["id"] for fault in own if fault["caught_by"]],
    }


def _seen(verdicts: Mapping[str, str]) -> str:
    if not verdicts:
        return "no scenario of its rule was run"
    return ", ".join(f"{verdict} in {scenario}" for scenario, verdict in verdicts.items())


def proof_table(proof: Json) -> str:
    """The proof as a table, a line for each rule, for people."""
    lines = [f"{'rule':<9} {'scenarios':>9} {'faults':>7} {'caught':>7}"]
    lines += [
        f"{rule['id']:<9} {len(rule['scenarios']):>9} {len(rule['faults']):>7} {len(rule['caught']):>7}"
        for rule in proof["rules"]
    ]
    caught = sum(bool(fault["caught_by"]) for fault in proof["faults"])
    noticed = sum(bool(fault["noticed_in"]) for fault in proof["faults"])
    passed = sum(not variant["not_passed"] and not variant["noticed"] for variant in proof["variants"])
    lines += [
        "",
        f"{caught} of {len(proof['faults'])} faults are caught by a scenario of their rule",
        f"{noticed} of them are noticed by the referee as well",
        *_other_lines(proof),
        f"{passed} of {len(proof['variants'])} allowed variants pass {_of_which(proof)}, with nothing noticed",
        f"{sum(bool(s['catches']) for s in proof['scenarios'])} of {len(proof['scenarios'])} scenarios catch a fault",
    ]
    lines += ["", *proof["problems"]] if proof["problems"] else []
    return "\n".join(lines) + "\n"


def _of_which(proof: Json) -> str:
    return "every scenario" if proof["one_in"] == 1 else f"one in {proof['one_in']} scenarios"


def _other_lines(proof: Json) -> Iterator[str]:
    """How many are caught of the faults that scenarios do not catch."""
    if faults := proof["noticed_alone"]:
        caught = sum(bool(fault["noticed_in"]) and not fault["caught_by"] for fault in faults)
        yield f"{caught} of {len(faults)} faults that no scenario catches are noticed by the referee"
    if faults := proof["in_operation"]:
        caught = sum(bool(set(fault["rules"]) & set(fault["violated"])) and not fault["scenarios"] for fault in faults)
        yield f"{caught} of {len(faults)} faults that show in operation alone are caught by a simulation"
