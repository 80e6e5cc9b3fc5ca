"""The results of a run: which scenarios apply, and what their verdicts say of rules, classes and the system.

`results.json` is built here from what was judged alone: no time, duration, host or absolute path, so that it is
byte-equal for one seed whatever the order or the workers. `results.schema.json` describes it.

What the referee noticed in a scenario's conversation is a fail of the rule that it is about, unless the scenario itself
fails that rule: it stands beside the scenarios, under an id of its own.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from harness import __version__
from harness.evidence.classes import class_entry
from harness.interface.instants import Day
from harness.interface.profile import EITHER, Profile
from harness.port.protocol import Json, Role, SystemDescription
from harness.stage.chapters.master_data import LONG_AGO_DAYS, furthest_ahead
from harness.suite.catalogue import Catalogue, Rule, Standing
from harness.suite.inventory import Inventory, ScenarioCase
from harness.suite.noticed import behind, noticed_id
from harness.suite.verdicts import JUDGED, RuleVerdict, ScenarioVerdict, Unmet, merged, rule_verdict
from harness.suite.waivers import Waiver

RESULTS_VERSION = 2
COUNTERPART = "reference"
"""The repository that answers a CIS under test where no other is named."""

CLASS_KEY = {Role.REPOSITORY: "class", Role.CIS: "cis_class"}
"""Under which key a rule's entry has the class that it counts for."""

HIDDEN = "-"
"""Names a secret on a command line that is not to show it: it is read from standard input."""
FOREKNOWN = "without --secret, what is drawn can be listed beforehand: a system could have known its scenarios"
"""What a verdict says of itself where no secret was given."""

UNSETTLED = frozenset(
    {
        ScenarioVerdict.BLOCKED,
        ScenarioVerdict.ERROR,
        ScenarioVerdict.PENDING,
        ScenarioVerdict.NOT_APPLICABLE,
    },
)
"""Verdicts of scenarios that leave their rule undetermined."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The repository that answers a CIS under test: how it was reached, and as it described itself."""

    adapter: str
    system: SystemDescription

    def as_json(self) -> Json:
        return {"adapter": self.adapter, "system": self.system.as_json()}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a run is about: the suite, the profile, the system as it described itself, and how it was asked.

    :param only: the scenarios to which a run is restricted that runs again what failed; None where it is not.
    :param features_option: the folder of features in place of the shipped ones; None where there is none.
    :param secret: how a command line names the secret: the secret itself once the run has ended, `HIDDEN` before;
        None where none was given.
    """

    suite_hash: str
    catalogue: Catalogue
    inventory: Inventory
    profile: Profile
    workshop: Profile
    system: SystemDescription
    adapter: str
    profile_option: str | None
    seed: int
    namespace: str
    anchor: str
    selection: str | None
    only: tuple[str, ...] | None = None
    secret: str | None = None
    counterpart: Counterpart | None = None
    features_option: str | None = None

    @property
    def role(self) -> Role:
        return self.system.role

    @property
    def is_selected(self) -> bool:
        """Whether a part of the suite was asked for."""
        return self.selection is not None or self.only is not None

    @property
    def is_persistent(self) -> bool:
        """Whether names stay used for ever, with the system or with its counterpart."""
        return any(each.state == "persistent" for each in self._taking_part)

    @property
    def is_isolated(self) -> bool:
        """Whether conversations see nothing of each other, neither in the system nor in its counterpart."""
        return all(each.isolation == "conversation" for each in self._taking_part)

    @property
    def _taking_part(self) -> list[SystemDescription]:
        return [self.system] if self.counterpart is None else [self.system, self.counterpart.system]

    @property
    def stated(self) -> Mapping[str, str]:
        """The readings that the system states, or its counterpart."""
        return {**({} if self.counterpart is None else self.counterpart.system.readings), **self.system.readings}

    @property
    def readings(self) -> Mapping[str, str]:
        """The reading that holds of each ambiguity: the profile's, narrowed to the one stated where any is right."""
        return self.profile.narrowed(self.stated)

    def value(self, name: str) -> object:
        """A configured value as it holds: the system's, or its counterpart's, where one has fixed it; the profile's."""
        others = {} if self.counterpart is None else self.counterpart.system.values
        found = self.system.values.get(name, others.get(name, self.profile.values.get(name)))
        return tuple(found) if isinstance(found, list) else found  # as a profile has a list


@dataclass(frozen=True, slots=True)
class SetAside:
    """Why a scenario is not run: the verdict it gets instead, or None where it is left out altogether."""

    verdict: ScenarioVerdict | None
    why: str


def set_aside(case: ScenarioCase, subject: Subject) -> SetAside | None:
    """Whether a scenario can be judged on this system under this profile: None where it can."""
    for check in (
        *_ELSEWHERE,
        _of_later_protocol,
        _not_claimed,
        _on_real_clock,
        _on_changed_value,
        _on_dates_beyond_limits,
    ):
        found = check(case, subject)
        if found is not None:
            return found
    return None


def _of_other_reading(case: ScenarioCase, subject: Subject) -> SetAside | None:
    """A scenario that rests on one reading is judged where that reading alone is taken, by profile or system."""
    held = subject.readings
    for ambiguity, reading in case.readings:
        taken, stated = subject.profile.readings[ambiguity], subject.stated.get(ambiguity)
        if reading is None or (reading == held[ambiguity] and stated in {None, reading}):
            continue
        rests = f"rests on reading {reading!r} of {ambiguity}"
        if reading == taken:
            return SetAside(
                ScenarioVerdict.NOT_APPLICABLE, f"{rests}, which the profile takes; the system reads {stated!r}"
            )
        of_whom = "the profile takes" if taken != EITHER or stated is None else "the system reads"
        return SetAside(None, f"{rests}; {of_whom} {held[ambiguity]!r}")
    return None


_KINDS = {"ldc": "an LDC", "agent": "an agent"}


def _of_another_kind(case: ScenarioCase, subject: Subject) -> SetAside | None:
    """A scenario of an agent's CIS is judged of one that can be an agent's, and the other way round."""
    if case.role is Role.CIS and case.acts_as not in subject.system.acts_as:
        return SetAside(None, f"is of the CIS of {_KINDS[case.acts_as]}, which the system says that it cannot be")
    return None


_ELSEWHERE = (_of_other_reading, _of_another_kind)
"""Why a scenario is for other systems, and nothing is missed without it."""


def _is_for(case: ScenarioCase, subject: Subject) -> bool:
    return all(check(case, subject) is None for check in _ELSEWHERE)


def _of_later_protocol(case: ScenarioCase, subject: Subject) -> SetAside | None:
    spoken = subject.system.protocol
    if case.protocol > spoken:
        return SetAside(None, f"rests on what protocol {case.protocol} tells; the system speaks protocol {spoken}")
    return None


def _not_claimed(case: ScenarioCase, subject: Subject) -> SetAside | None:
    missing = [name for name in case.classes if name not in subject.system.classes]
    if missing:
        return SetAside(ScenarioVerdict.NOT_CLAIMED, f"the system does not claim {' and '.join(missing)}")
    return None


def _on_real_clock(case: ScenarioCase, subject: Subject) -> SetAside | None:
    if case.dated and subject.system.clock != "settable":
        return SetAside(ScenarioVerdict.NOT_APPLICABLE, "needs a certain date, and the system's clock cannot be set")
    return None


def _on_changed_value(case: ScenarioCase, subject: Subject) -> SetAside | None:
    for identifier in (case.judges, *case.uses):
        for name in subject.catalogue.rule(identifier).values:
            stated = subject.workshop.values.get(name)
            effective = subject.value(name)
            if effective != stated:
                return SetAside(
                    ScenarioVerdict.NOT_APPLICABLE,
                    f"rests on {name} = {stated}; here it is {effective}",
                )
    return None


def _on_dates_beyond_limits(case: ScenarioCase, subject: Subject) -> SetAside | None:
    """A set may be refused for dates that lie further back or ahead than the system's limits (AMB-18)."""
    if "SYNC" not in case.classes or subject.readings.get("AMB-18") == "no-limit":
        return None
    anchor = Day(date.fromisoformat(subject.anchor[:10]))
    ahead = max((furthest_ahead(step.text, step.table, anchor) for step in case.steps), default=0)
    for name, days, way in (
        ("retroactive_dating_limit_days", LONG_AGO_DAYS, "back"),  # since then there is what a scenario finds there
        ("future_dating_limit_days", ahead, "ahead"),
    ):
        limit = subject.value(name)
        if isinstance(limit, int) and limit != subject.workshop.values.get(name) and limit < days:
            return SetAside(
                ScenarioVerdict.NOT_APPLICABLE, f"rests on a change dated {days} days {way}; here {name} is {limit}"
            )
    return None


def reproduce(subject: Subject, scenario: str) -> str:
    """The command line that runs one scenario again, as it was run."""
    parts = ["mdmr-conform", "run"]
    if subject.counterpart is not None:
        parts += ["--role", subject.role.value]
        parts += ["--counterpart", subject.counterpart.adapter] * (subject.counterpart.adapter != COUNTERPART)
    parts += ["--adapter", subject.adapter, "--seed", str(subject.seed), "--select", scenario]
    if subject.secret is not None:
        parts += ["--secret", subject.secret]
    if subject.features_option is not None:
        parts += ["--features", subject.features_option]
    if subject.profile_option is not None:
        parts += ["--profile", subject.profile_option]
    return shlex.join(parts)


NOT_RUN: Json = {
    "message": "",
    "expected": None,
    "observed": None,
    "file": None,
    "record": None,
    "stderr": [],
    "reported": [],
    "noticed": [],
    "journal": None,
}


def not_performed(case: ScenarioCase, verdict: ScenarioVerdict, why: str) -> Json:
    """What stands in the results for a scenario that was not run."""
    return {**NOT_RUN, "scenario": case.id, "verdict": str(verdict), "message": why, "steps": []}


def results_document(
    subject: Subject,
    selected: Sequence[ScenarioCase],
    performed: Mapping[str, Json],
    left_out: Iterable[tuple[str, str]],
    waivers: Sequence[Waiver] = (),
    as_of: str | None = None,
    *,
    interrupted: bool = False,
) -> Json:
    """Build the results of a run.

    The verdict agrees with the exit code: where anything is left open, nothing is conformant or waived as a whole.

    :param selected: the scenarios that the run was to judge, twins for other readings excepted.
    :param performed: what became of each of them, by scenario id.
    :param left_out: scenarios of another reading, with the reason.
    :param interrupted: whether the run was: then it leaves something open.
    """
    broken = _broken(selected, performed)
    scenarios = [
        _scenario(subject, case, performed[case.id], waivers, broken)
        for case in sorted(selected, key=lambda case: case.id)
    ]
    noticed = [
        case for scenario in scenarios for case in _noticed(subject, scenario, performed[scenario["id"]], waivers)
    ]
    left_out = sorted(left_out)
    rules = _rules(subject, scenarios, noticed)
    classes = _classes(subject, rules, scenarios)
    judging = [scenario for scenario in scenarios if not scenario["advice"]]
    counts = Counter(scenario["verdict"] for scenario in judging)
    advice = Counter(scenario["verdict"] for scenario in scenarios if scenario["advice"])
    exit_code = _exit_code([*judging, *noticed], interrupted=interrupted)
    verdict = _VERDICT_OF.get(exit_code) or merged(RuleVerdict(rule["verdict"]) for rule in rules)
    return {
        "results": RESULTS_VERSION,
        "suite": {"name": "mdmr-conform", "version": __version__, "hash": subject.suite_hash},
        "catalogue": subject.catalogue.name,
        "profile": {
            "name": subject.profile.name,
            "hash": subject.profile.hash,
            "assumed_layouts": subject.profile.assumed_layouts,
            "values": dict(subject.profile.values),
            "readings": dict(subject.readings),
        },
        "system": subject.system.as_json(),
        "adapter": subject.adapter,
        "counterpart": None if subject.counterpart is None else subject.counterpart.as_json(),
        "seed": subject.seed,
        "namespace": subject.namespace,
        "selection": subject.selection,
        "only": None if subject.only is None else list(subject.only),
        "as_of": as_of,
        "verdict": str(verdict),
        "statement": _statement(subject, verdict, [*scenarios, *noticed]),
        "foreknown": FOREKNOWN if subject.secret is None else None,
        "exit_code": exit_code,
        "counts": {str(verdict): counts[str(verdict)] for verdict in ScenarioVerdict},
        "misfits": _misfits([performed[case.id] for case in sorted(selected, key=lambda case: case.id)]),
        "advice": {str(verdict): advice[str(verdict)] for verdict in ScenarioVerdict if advice[str(verdict)]},
        "leaves_out": _leaves_out(subject.system, classes, rules, _claimed_in_vain(subject, scenarios)),
        "classes": classes,
        "rules": rules,
        "scenarios": scenarios,
        "noticed": noticed,
        "left_out": [{"id": identifier, "why": why} for identifier, why in left_out],
    }


def _misfits(performed: Iterable[Json]) -> list[Json]:
    """What of delivered files does not have the form of its layout: each field once, with how many scenarios met it."""
    first: dict[tuple[str, ...], Json] = {}
    met: Counter[tuple[str, ...]] = Counter()
    for result in performed:
        for misfit in result.get("misfits", ()):
            key = misfit["layout"], misfit["field"] or "", misfit["expected"]
            met[key] += 1
            first.setdefault(key, misfit)
    return [{**first[key], "scenarios": met[key]} for key in sorted(first)]


def _broken(selected: Iterable[ScenarioCase], performed: Mapping[str, Json]) -> set[str]:
    """The rules that a scenario fails, or that the referee noticed to be broken."""
    judging = {case.judges for case in selected if not case.advice and performed[case.id]["verdict"] == "fail"}
    return judging | {noticed["rule"] for case in selected for noticed in performed[case.id]["noticed"]}


def _waiver(case: ScenarioCase, result: Json, waivers: Iterable[Waiver], broken: Collection[str]) -> Waiver | None:
    """The waiver that covers what a scenario came to, where one does."""
    if case.advice or result["verdict"] not in {"fail", "blocked"}:
        return None
    if result["verdict"] == "fail":
        return next((each for each in waivers if each.covers(case.id, case.judges)), None)
    rests_on = {case.judges, *case.uses, *(noticed["rule"] for noticed in result["noticed"])}
    return next((each for each in waivers if each.covers_blocked(case.id, rests_on.intersection(broken))), None)


def _scenario(
    subject: Subject, case: ScenarioCase, result: Json, waivers: Sequence[Waiver], broken: Collection[str]
) -> Json:
    verdict, waiver = result["verdict"], _waiver(case, result, waivers, broken)
    return {
        "id": case.id,
        "rule": case.judges,
        "advice": case.advice,
        "uses": list(case.uses),
        "classes": list(case.classes),
        "readings": [name if reading is None else f"{name}:{reading}" for name, reading in case.readings],
        "feature": {"file": case.file, "title": case.feature, "line": case.line},
        "name": case.name,
        "case": case.case,
        "rule_text": case.rule_text,
        "verdict": verdict if waiver is None else str(ScenarioVerdict.WAIVED),
        **{key: result[key] for key in ("message", "expected", "observed", "file", "record", "stderr", "reported")},
        "steps": _steps(case, result["steps"]),
        "waiver": None if waiver is None else waiver.as_json(),
        "journal": _journal(result["journal"]),
        "reproduce": reproduce(subject, case.id),
    }


def _noticed(subject: Subject, scenario: Json, result: Json, waivers: Sequence[Waiver]) -> Iterable[Json]:
    """What the referee noticed in the conversation of a scenario, beyond what the scenario itself fails."""
    itself_fails = scenario["rule"] if result["verdict"] == ScenarioVerdict.FAIL else ""
    for noticed in result["noticed"]:
        rule = noticed["rule"]
        if rule == itself_fails:
            continue
        identifier = noticed_id(rule, scenario["id"])
        waiver = next((each for each in waivers if each.covers(identifier, rule)), None)
        found = {key: noticed[key] for key in ("expected", "observed", "file", "record")}
        yield {
            "id": identifier,
            "rule": rule,
            "scenario": scenario["id"],
            "verdict": str(ScenarioVerdict.FAIL if waiver is None else ScenarioVerdict.WAIVED),
            "message": str(Unmet(**found)),
            **found,
            **{key: noticed[key] for key in ("about", "instant", "times", "followed_by")},
            "waiver": None if waiver is None else waiver.as_json(),
            "journal": scenario["journal"],
            "reproduce": reproduce(subject, identifier),
        }


def _journal(kept: Json | None) -> Json | None:
    """Where a journal lies and how it ends, in one order of keys: a continued run reads back what it kept sorted."""
    return None if kept is None else {key: kept[key] for key in ("path", "entries", "last_hash")}


def _steps(case: ScenarioCase, performed: Sequence[Json]) -> list[Json]:
    """The steps as they stand in the feature, tables included, each with what became of it."""
    outcomes = {step["line"]: step["outcome"] for step in performed}
    return [
        {
            "keyword": step.keyword,
            "text": step.text,
            "table": [list(row) for row in step.table],
            "line": step.line,
            "outcome": outcomes.get(step.line, "not run"),
        }
        for step in case.steps
    ]


# --- rules, classes, system ----------------------------------------------------------------------------


def _rules(subject: Subject, scenarios: Sequence[Json], noticed: Sequence[Json]) -> list[Json]:
    of_rule = _by_rule(scenarios)
    noticed_of = _by_rule(noticed)
    in_suite = _in_suite(subject)
    return [
        _rule(subject, rule, of_rule.get(rule.id, []), noticed_of.get(rule.id, []), in_suite[rule.id])
        for rule in subject.catalogue.rules
    ]


def _in_suite(subject: Subject) -> Counter[str]:
    """How many scenarios of the suite judge each rule of a system such as this one."""
    return Counter(case.judges for case in _judging(subject) if _is_for(case, subject))


def _judging(subject: Subject) -> list[ScenarioCase]:
    """The scenarios of the suite by which a system in this role is judged."""
    return [case for case in subject.inventory.cases if case.role is subject.role and not case.advice]


def _by_rule(cases: Iterable[Json]) -> dict[str, list[Json]]:
    of_rule: dict[str, list[Json]] = {}
    for case in cases:
        of_rule.setdefault(case["rule"], []).append(case)
    return of_rule


def _rule(subject: Subject, rule: Rule, scenarios: Sequence[Json], noticed: Sequence[Json], in_suite: int) -> Json:
    judging = [each for each in scenarios if not each["advice"]]
    verdict, why = _rule_verdict(subject, rule, judging, in_suite)
    if noticed:
        verdict = rule_verdict(ScenarioVerdict(case["verdict"]) for case in [*judging, *noticed])
        why = "" if not judging else why
    return {
        "id": rule.id,
        "area": rule.area,
        "class": rule.class_,
        "cis_class": rule.cis_class,
        "text": rule.text,
        "slide": rule.slide,
        "binds": rule.binds,
        "status": rule.status,
        "verdict": str(verdict),
        "why": why,
        "scenarios": [scenario["id"] for scenario in scenarios],
        "noticed": [case["id"] for case in noticed],
    }


def _rule_verdict(subject: Subject, rule: Rule, scenarios: Sequence[Json], in_suite: int) -> tuple[RuleVerdict, str]:
    if not scenarios:
        return _without_scenarios(subject, rule, in_suite)
    verdict = rule_verdict(ScenarioVerdict(scenario["verdict"]) for scenario in scenarios)
    reasons = []
    if len(scenarios) < in_suite:
        missing = in_suite - len(scenarios)
        reasons.append(f"{missing} of its {in_suite} scenarios {'is' if missing == 1 else 'are'} not selected")
    unclaimed = sum(scenario["verdict"] == ScenarioVerdict.NOT_CLAIMED for scenario in scenarios)
    if unclaimed:
        reasons.append(f"{unclaimed} of its scenarios need{'s' * (unclaimed == 1)} classes that are not claimed")
    waiting = subject.catalogue.in_part.get(rule.id) if subject.role is Role.REPOSITORY else None
    if waiting is not None:
        reasons.append(f"judged in part: {waiting}")
    return verdict, "; ".join(reasons)


def _without_scenarios(subject: Subject, rule: Rule, in_suite: int) -> tuple[RuleVerdict, str]:
    if in_suite > 0:
        return RuleVerdict.NOT_SELECTED, "none of its scenarios is selected"
    why = subject.catalogue.standing(rule.id, subject.role)
    if why is Standing.JUDGED:
        twins = any(case.judges == rule.id for case in _judging(subject))
        missing = "no scenario judges it under the readings taken" if twins else "no scenario judges it yet"
        return RuleVerdict.NOT_YET_JUDGED, missing
    return RuleVerdict(why.value), subject.catalogue.why_not_judged(rule.id, subject.role)


def _classes(subject: Subject, rules: Sequence[Json], scenarios: Sequence[Json]) -> list[Json]:
    key, in_suite = CLASS_KEY[subject.role], _in_suite(subject)
    run = Counter(scenario["rule"] for scenario in scenarios if not scenario["advice"])
    in_part = {rule for rule, number in in_suite.items() if run[rule] < number} if subject.is_selected else set()
    return [
        class_entry(
            name,
            [rule for rule in rules if rule[key] == name],
            claimed=name in subject.system.classes,
            in_part=in_part,
        )
        for name in subject.catalogue.classes_of(subject.role)
    ]


def _claimed_in_vain(subject: Subject, scenarios: Sequence[Json]) -> dict[str, list[str]]:
    """The classes that are claimed, and each of whose scenarios needs others that are not: these others, by class."""
    missing: dict[str, list[set[str]]] = {}
    for scenario in scenarios:
        rule = subject.catalogue.rule(scenario["rule"])
        own = rule.class_ if subject.system.role is Role.REPOSITORY else rule.cis_class
        missing.setdefault(own, []).append(set(scenario["classes"]) - set(subject.system.classes))
    needs = {name: set.intersection(*every) for name, every in missing.items() if name in subject.system.classes}
    return {name: [each for each in subject.catalogue.classes if each in needs[name]] for name in needs if needs[name]}


def _leaves_out(
    system: SystemDescription, classes: Sequence[Json], rules: Sequence[Json], in_vain: Mapping[str, Sequence[str]]
) -> list[Json]:
    """What a verdict does not cover, and why: classes, rules of those it does cover, rules of the other side."""
    role = system.role
    unclaimed = {entry["class"] for entry in classes if entry["verdict"] == RuleVerdict.NOT_CLAIMED}
    other, whom = ("cis", "CIS") if role is Role.REPOSITORY else ("repository", "repository")
    out = [{"what": f"class {name}", "why": "not claimed"} for name in sorted(unclaimed)]
    for name, needed in sorted(in_vain.items()):
        out.append(
            {"what": f"class {name}", "why": f"claimed without {' and '.join(needed)}, which its scenarios need"}
        )
    unclaimed |= in_vain.keys()
    covered = [rule for rule in rules if rule[CLASS_KEY[role]] not in unclaimed]
    out += [
        {"what": f"rule {rule['id']}", "why": _why_none(rule)}
        for rule in covered
        if rule["verdict"] not in JUDGED and rule["binds"] != other
    ]
    out += [
        {"what": f"part of rule {rule['id']}", "why": rule["why"]}
        for rule in covered
        if rule["verdict"] in JUDGED and rule["why"]
    ]
    for kind, whose in _KINDS.items():
        if role is Role.CIS and kind not in system.acts_as:
            out.append({"what": f"scenarios of the CIS of {whose}", "why": "the system says that it cannot be one"})
    of_the_other = sum(rule["binds"] == other for rule in rules)
    if of_the_other:
        rules_that = "rule that binds" if of_the_other == 1 else "rules that bind"
        out.append({"what": f"{of_the_other} {rules_that} the {whom} alone", "why": str(RuleVerdict.OTHER_ROLE)})
    return out


def _why_none(rule: Json) -> str:
    """Why a rule has no verdict, led by the word for it, once."""
    verdict, why = rule["verdict"], rule["why"]
    return str(why) if why.startswith(f"{verdict}:") else f"{verdict}: {why}"


_NAMED_READINGS = 3
"""So many readings are named with a verdict; of more their number stands there, and the report lists them."""


def _statement(subject: Subject, verdict: RuleVerdict, cases: Iterable[Json]) -> str:
    limits = []
    waived = sum(case["verdict"] == ScenarioVerdict.WAIVED for case in cases)
    if waived:
        limits.append(f"{waived} waived")
    if subject.profile.assumed_layouts:
        limits.append("assumed layouts")
    if subject.is_selected:
        limits.append("selected scenarios only")
    workshop = subject.workshop.readings
    taken = [f"{name} read as {held}" for name, held in sorted(subject.readings.items()) if held != workshop[name]]
    if len(taken) > _NAMED_READINGS:
        taken = [f"{len(taken)} ambiguities read otherwise than in the workshop's profile"]
    limits += taken
    return f"{verdict} ({', '.join(limits)})" if limits else str(verdict)


_VERDICT_OF = {1: RuleVerdict.NOT_CONFORMANT, 3: RuleVerdict.UNDETERMINED}
"""The verdict on a system that an exit code stands for; 0 is conformant, or waived."""


def _exit_code(cases: Sequence[Json], *, interrupted: bool) -> int:
    verdicts = {ScenarioVerdict(case["verdict"]) for case in cases}
    if ScenarioVerdict.FAIL in verdicts:
        return 1
    ran = verdicts & {ScenarioVerdict.PASS, ScenarioVerdict.WAIVED}
    return 3 if verdicts & UNSETTLED or not ran or interrupted else 0


def unmatched_waivers(waivers: Sequence[Waiver], results: Json) -> list[Waiver]:
    """Waivers that have outlived their cause: all that they cover was judged, and nothing of it fails.

    What is not claimed, or came to no verdict this time, says nothing of that.
    """
    return [waiver for waiver in waivers if _outlived(waiver, results)]


def _outlived(waiver: Waiver, results: Json) -> bool:
    noticed = None if waiver.scenario is None else behind(waiver.scenario)
    judging = [scenario for scenario in results["scenarios"] if not scenario["advice"]]
    cases = [*judging, *results["noticed"]]
    verdicts = {case["verdict"] for case in cases if waiver.covers(case["id"], case["rule"])}
    if noticed is not None:
        verdicts |= {case["verdict"] for case in judging if case["id"] == noticed[1]}
    return ScenarioVerdict.PASS in verdicts and not verdicts & {ScenarioVerdict.WAIVED, *UNSETTLED}
