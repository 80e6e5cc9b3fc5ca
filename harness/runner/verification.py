"""Verification: the scenarios of a run, again, with their journals in place of the system.

Results, JUnit and report are made anew from the journals and the run's record, and compared with what lies there, to
the byte. What the record alone says is named: a chain of hashes without a signature cannot bear it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from harness.errors import InputError
from harness.evidence.results import Counterpart, Subject, not_performed, results_document
from harness.interface.instants import Day
from harness.interface.profile import Profile
from harness.interface.regular import read_regular
from harness.port.failure import AdapterFailure
from harness.port.journal import canonical
from harness.port.protocol import Hello, Json, Role, SystemDescription, request
from harness.port.replies import check_reply
from harness.report.text import counted
from harness.runner import controller
from harness.runner.controller import Wish
from harness.runner.folder import RESULTS, RUN_RECORD, left_over_journals, outputs, read_results, stored_run_record
from harness.runner.plan import Task, journal_path
from harness.runner.session import of_scenarios, run_session
from harness.suite.inventory import ScenarioCase
from harness.suite.verdicts import ScenarioVerdict
from harness.suite.waivers import Waiver

Watch = Callable[[str], AbstractContextManager[Any]]
"""Shows how far something is: given what is counted, a context with ``total(n)`` and ``step()``."""


ALONE = "the system's name, version and claims, how it was reached, and when the run began"
"""What a run's record says and its journals do not bear out."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What replaying a run showed.

    :param undecided: why no verdict can be given; empty where one is.
    :param refuted: every way in which journals, record and what came out do not bear each other out.
    :param unconfirmed: what `run.json` alone says, so that nobody can confirm it.
    """

    system: str
    statement: str
    replayed: int
    undecided: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()


def verify(
    folder: Path, profile: Path | None, *, workers: int, watch: Watch, features: Path | None = None
) -> Verification:
    """Replay a run, and make anew from its journals and its record what came out of it.

    :param features: the folder of features that was run in place of the shipped ones.

    :raises InputError: the folder holds no results, or none that read.
    """
    stated = read_results(folder)
    try:
        record = stored_run_record(folder) or {}
        return _verified(folder, stated, record, profile, features, workers, watch)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"does not read as results: {type(error).__name__}: {error}",
            where=str(folder / RESULTS),
            expected="results, and a run.json beside them, as mdmr-conform wrote them: one was changed",
        ) from error


def _verified(
    folder: Path,
    stated: Json,
    record: Json,
    profile: Path | None,
    features: Path | None,
    workers: int,
    watch: Watch,
) -> Verification:
    name, statement = f"{stated['system']['name']} {stated['system']['version']}", str(stated["statement"])
    undecided = tuple(_of_another(stated, controller.read_profile(profile), record, features))
    if undecided:
        return Verification(name, statement, 0, undecided)
    if wrong := tuple(_wrong_record(record)):
        return Verification(name, statement, 0, refuted=wrong)
    identity = record["identity"]
    only = None if identity["only"] is None else frozenset(identity["only"])
    wish = Wish(
        identity["adapter"],
        identity["selection"],
        profile,
        identity["seed"],
        only=only,
        secret=record["secret"],
        role=Role(identity["system"]["role"]),
        features=features,
    )
    inventory = controller.features_of(features)
    try:
        system = described(identity["system"], controller.read_profile(profile))
        counterpart = _counterpart(identity["counterpart"], controller.read_profile(profile))
    except AdapterFailure as failure:
        return Verification(name, statement, 0, refuted=(f"run.json: {failure.detail}",))
    subject = replace(
        controller.subject_of(
            wish, system, inventory, namespace=record["namespace"], today=Day(date.min), counterpart=counterpart
        ),
        anchor=record["anchor"],
        profile_option=record["profile_option"],
        features_option=record["features_option"],
        secret=record["secret"],
    )
    wrong = (*_of_no_run(record, subject), *_stated_otherwise(stated, record), *_selection_kept(stated, subject, wish))
    if wrong:
        return Verification(name, statement, 0, refuted=wrong)
    return _compared(folder, stated, record, subject, wish, workers, watch)


def _of_another(stated: Json, profile: Profile, record: Json, features: Path | None) -> Iterable[str]:
    suite = controller.suite_hash(features)
    if stated["suite"]["hash"] != suite:
        own = record.get("features_option") is not None and features is None
        remedy = "; it is of features of its own: name their folder with --features" if own else ""
        yield f"the run is of another suite ({str(stated['suite']['hash'])[:12]}…); this one is {suite[:12]}…{remedy}"
    if stated["profile"]["hash"] != profile.hash:
        yield f"the run is of profile {stated['profile']['name']!r}, which is not the one given; name it with --profile"
    if record.get("state") != "finished":
        yield "the run was not finished, or its run.json is gone"


# --- the record of the run ------------------------------------------------------------------------------------


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _may_be_null(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _is_moment(value: Any) -> bool:
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


_RECORD: Mapping[str, Callable[[Any], bool]] = {
    "run": lambda value: value == 1,
    "state": lambda value: value == "finished",
    "identity": lambda value: isinstance(value, dict),
    "profile_option": _may_be_null(_is_text),
    "features_option": _may_be_null(_is_text),
    "secret": _may_be_null(_is_text),
    "namespace": _is_text,
    "anchor": _is_text,
    "as_of": _may_be_null(_is_text),
    "waivers": lambda value: isinstance(value, list),
    "workers": _is_number,
    "shuffle": _may_be_null(_is_number),
    "started": _is_moment,
    "without_journal": lambda value: isinstance(value, dict),
    "trouble": lambda value: isinstance(value, list) and all(map(_is_text, value)),
}
"""The members of the record of a run that has ended, and what each must be."""


def _wrong_record(record: Json) -> Iterable[str]:
    """What is wrong with a record by itself."""
    for key in sorted(_RECORD.keys() - record.keys()):
        yield f"run.json: {key} is missing"
    for key, value in record.items():
        if key not in _RECORD:
            yield f"run.json: {_short(key)} does not belong there"
        elif not _RECORD[key](value):
            yield f"run.json: {key} is {_short(value)}, which no run writes"


def described(raw: Json, profile: Profile) -> SystemDescription:
    """The system as it described itself, read as its reply was.

    :raises AdapterFailure: no system can have said so.
    """
    hello = request(0, Hello(Role(raw["role"])))
    reply = check_reply({"id": 0, "ok": {"protocol": hello["protocol"], **raw}}, hello)
    return controller.checked(SystemDescription.from_reply(reply["ok"]), profile)


def _counterpart(raw: Json | None, profile: Profile) -> Counterpart | None:
    return None if raw is None else Counterpart(str(raw["adapter"]), described(raw["system"], profile))


def _of_no_run(record: Json, subject: Subject) -> Iterable[str]:
    """What a record says of its run that no run of this system can have."""
    identity = controller.identity_of(subject)
    if canonical(record["identity"]) != canonical(identity):
        yield "run.json: its identity is not the one of a run of this suite, profile and selection"
    if not controller.could_begin_so(record, subject):
        yield f"run.json: no run of this system begins at {record['anchor']!r} in namespace {record['namespace']!r}"
    for waiver in _waivers(record):
        if record["as_of"] is None or waiver.expires < date.fromisoformat(record["as_of"]):
            yield (
                f"{waiver.scenario or waiver.rule}: its waiver expires on {waiver.expires}, "
                f"and was to hold on {record['as_of']}"
            )
    for identifier, entry in record["without_journal"].items():
        if identifier not in subject.inventory or entry["verdict"] not in _WITHOUT_JOURNAL:
            yield f"run.json: {_short(identifier)} cannot be {_short(entry['verdict'])} without a journal"


_WITHOUT_JOURNAL = frozenset({ScenarioVerdict.ERROR, ScenarioVerdict.BLOCKED})
"""The verdicts of a scenario that left no result, such as one whose process died: neither is a pass, or a fail."""


def _stated_otherwise(stated: Json, record: Json) -> Iterable[str]:
    """Where the results say otherwise than the record what the run was about."""
    about = {key: record["identity"][key] for key in ("system", "adapter", "counterpart", "seed", "selection", "only")}
    for key, value in {**about, **{key: record[key] for key in ("namespace", "as_of")}}.items():
        if canonical(stated.get(key)) != canonical(value):
            yield f"{key} is stated as {_short(stated.get(key))}, and in run.json as {_short(value)}"


def _waivers(record: Json) -> list[Waiver]:
    return [Waiver.from_record(raw, RUN_RECORD) for raw in record["waivers"]]


# --- what came out --------------------------------------------------------------------------------------------


def _compared(
    folder: Path, stated: Json, record: Json, subject: Subject, wish: Wish, workers: int, watch: Watch
) -> Verification:
    cases = controller.chosen(wish, subject.inventory)
    sorted_out = controller.sort_out(cases, subject)
    lost = {
        case.id: not_performed(case, ScenarioVerdict(entry["verdict"]), str(entry["message"]))
        for case in sorted_out.to_run
        if (entry := record["without_journal"].get(case.id)) is not None
    }
    marks = {scenario["id"]: controller.mark_of(scenario) for scenario in stated["scenarios"]}
    to_replay = [case for case in sorted_out.to_run if case.id not in lost]
    tasks = [Task(case.id, subject.adapter, {}, marks.get(case.id, (0, ""))) for case in to_replay]
    plan = controller.plan_of(subject, wish, tasks, mode="replay", folder=str(folder))
    with watch("journals") as steps:
        steps.total(len(tasks))
        session = run_session(plan, workers=workers, on_result=lambda _: steps.step())
    if session.interrupted:
        raise KeyboardInterrupt
    replayed = of_scenarios(session)
    refuted = [f"{identifier}: {why}" for identifier, why in _diverged(to_replay, replayed)]
    refuted += _left_over(folder, sorted_out.to_run)
    if not refuted:
        performed = {**sorted_out.without_running, **lost, **replayed}
        judged = [case for case in cases if case.id in performed]
        anew = results_document(subject, judged, performed, sorted_out.left_out, _waivers(record), record["as_of"])
        refuted = [*_differences(stated, anew)] or differing(folder, outputs(folder, anew, record, subject.profile))
    name = f"{subject.system.name} {subject.system.version}"
    return Verification(name, stated["statement"], len(replayed), (), tuple(refuted), tuple(_alone(record)))


def _left_over(folder: Path, to_run: Iterable[ScenarioCase]) -> list[str]:
    named = [journal_path("", case.id).as_posix() for case in to_run]
    return [f"journal {path}: it is of no scenario of the run" for path in left_over_journals(folder, named)]


def differing(folder: Path, anew: Mapping[str, bytes]) -> list[str]:
    """Which files that came out are not, to the byte, what was made anew, and from which line on."""
    found = []
    for name, content in anew.items():
        try:
            there = read_regular(folder / name)
        except OSError as error:
            found.append(f"{name}: cannot be read: {error.strerror}")
            continue
        if there != content:
            lines = zip_longest(there.split(b"\n"), content.split(b"\n"))
            line = next(number for number, (one, other) in enumerate(lines, start=1) if one != other)
            found.append(f"{name}: from line {line} on it is not what the journals give: it was changed")
    return found


def _alone(record: Json) -> Iterable[str]:
    """What the record of a run alone says."""
    yield ALONE
    if record["without_journal"]:
        yield f"why {counted(len(record['without_journal']), 'scenario')} left no result"
    if record["waivers"]:
        yield "who waived what"


def _diverged(to_run: Iterable[Any], replayed: Mapping[str, Json]) -> Iterable[tuple[str, str]]:
    for case in to_run:
        result = replayed.get(case.id)
        if result is None:
            yield case.id, "its journal could not be replayed"
        elif result["diverged"] is not None:
            yield case.id, f"journal {result['journal']['path']}: {result['diverged']}"


_NOT_FOUND: Mapping[bool, str] = {
    False: "has a verdict, and is left out under the readings taken",
    True: "is stated to have been noticed, and the journal does not give it",
}
"""Why a case that is stated cannot be: of a scenario, and of what was noticed beside one."""


def _cases(results: Json) -> list[Json]:
    """What has a verdict: the scenarios, and what was noticed beside them."""
    return [*results["scenarios"], *results["noticed"]]


def _differences(stated: Json, anew: Json) -> Iterable[str]:
    """Where results that were built anew differ from those stated."""
    found = {case["id"]: case for case in _cases(anew)}
    for case in _cases(stated):
        if case["id"] not in found:
            yield f"{case['id']}: {_NOT_FOUND['scenario' in case]}"
            continue
        for key, value in found.pop(case["id"]).items():
            if canonical(case.get(key)) != canonical(value):
                stated_as, gives = _short(case.get(key)), _short(value)
                yield f"{case['id']}: {key} is stated as {stated_as}, the journal gives {gives}"
    for identifier in found:
        yield f"{identifier}: the journal gives it, and it is not stated"
    for key, value in anew.items():
        if key not in {"scenarios", "noticed"} and canonical(stated.get(key)) != canonical(value):
            yield f"{key} is not what the scenarios' verdicts give"
    for key in stated.keys() - anew.keys():
        yield f"{key} does not belong into results"


def _selection_kept(stated: Json, subject: Subject, wish: Wish) -> Iterable[str]:
    """Scenarios that the selection names and the results do not, and the other way round."""
    named = {str(scenario["id"]) for scenario in (*stated["scenarios"], *stated["left_out"])}
    selected = {case.id for case in controller.chosen(wish, subject.inventory)}
    for identifier in sorted(selected - named):
        yield f"{identifier}: selected, and missing in the results"
    for identifier in sorted(named - selected):
        there = (
            "in the results, and not selected" if identifier in subject.inventory else "the suite has no such scenario"
        )
        yield f"{_short(identifier)[1:-1]}: {there}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:120]}…"
