"""From a wish to results: settles what a run is about, runs it or goes on with it, and writes what comes out of it."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from harness.errors import InputError, OutputError, UsageError, nearest, writing
from harness.evidence.results import (
    COUNTERPART,
    HIDDEN,
    Counterpart,
    Subject,
    not_performed,
    results_document,
    set_aside,
    unmatched_waivers,
)
from harness.interface.instants import Day, Instant, instant, iso, later, midnight
from harness.interface.profile import Profile, ProfileError, load_profile, out_of_bounds
from harness.interface.regular import read_regular
from harness.port.course_folder import Course
from harness.port.failure import AdapterFailure, Side
from harness.port.introduction import introduced
from harness.port.journal import JournalMark, canonical, is_whole
from harness.port.naming import is_person, opener, person_folder
from harness.port.protocol import Json, Role, SystemDescription
from harness.runner.folder import (
    ENDED,
    KEPT,
    RESULTS,
    RUN_RECORD,
    as_document,
    clear,
    ended_before,
    kept_for,
    passing_root,
    read_results,
    read_run_record,
    refuse_no_text,
    stored_run_record,
    write,
    write_outputs,
)
from harness.runner.plan import Plan, Task
from harness.runner.session import SessionRecord, of_scenarios, refuse_no_folder, run_unchecked
from harness.suite.catalogue import load_catalogue
from harness.suite.check import extent, refuse_to_run
from harness.suite.inventory import Inventory, ScenarioCase, take_inventory
from harness.suite.selection import parse_selection
from harness.suite.verdicts import ScenarioVerdict
from harness.suite.waivers import Waiver

STEP_PACKAGE = "steps"
FIRST_MONDAY = Day(date(2011, 1, 10))
"""The Monday on which every conversation with a settable clock opens."""
SUITE_PACKAGES = ("corpus", "features", "harness", "steps")


class SystemUnreachable(Exception):
    """The system under test, or its counterpart, does not introduce itself: nothing can be run."""

    def __init__(self, failure: AdapterFailure) -> None:
        super().__init__(failure)
        self.failure = failure

    def __str__(self) -> str:
        tail = "".join(f"\n  stderr: {line}" for line in self.failure.stderr[-10:])
        whom = {"system": "system under test", "counterpart": "counterpart"}[self.failure.side]
        hint = "\n  is each reply flushed, and closed by a line feed?" if self.failure.kind == "timeout" else ""
        return f"the {whom} cannot be talked to ({self.failure.kind}): {self.failure.detail}{hint}{tail}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for.

    :param secret: what all drawing rests on besides the seed; None where anybody may know what is drawn.
    :param role: of the system under test; `counterpart` is the repository that answers a CIS.
    :param features: a folder of features in place of the shipped ones, such as what exploration found.
    """

    adapter: str = "reference"
    selection: str | None = None
    profile: Path | None = None
    seed: int = 0
    workers: int = 1
    shuffle: int | None = None
    only: frozenset[str] | None = None
    time_limit_seconds: float = 10.0
    secret: str | None = None
    role: Role = Role.REPOSITORY
    counterpart: str = COUNTERPART
    features: Path | None = None


def features_folder() -> Path:
    """Where the shipped features lie."""
    return Path(str(importlib.resources.files("features")))


def read_profile(path: Path | None) -> Profile:
    """The profile of a run.

    :raises InputError: it does not read as one.
    """
    try:
        return load_profile(path)
    except ProfileError as error:
        raise InputError(error.what, where=error.where, expected=error.expected) from error


def features_of(path: Path | None) -> Inventory:
    """The scenarios of a folder of features; the shipped ones where none is named.

    :raises UsageError: there is no such folder, or it holds no features.
    :raises InputError: they could not be believed: see `refuse_to_run`.
    """
    refuse_to_run(features_folder() if path is None else path, STEP_PACKAGE)
    if path is None:
        return take_inventory(features_folder())
    reach = extent(path, load_catalogue())
    return take_inventory(reach.root, [file.relative_to(reach.root).as_posix() for file in reach.files])


def _features_root(path: Path | None) -> Path:
    """The folder below which the features lie."""
    return features_folder() if path is None else extent(path, load_catalogue()).root


def suite_hash(features: Path | None = None) -> str:
    """A hash over everything that judges: features, steps, catalogue and harness.

    :param features: a folder of features in place of the shipped ones.
    """
    digest = hashlib.sha256()
    for package in SUITE_PACKAGES:
        root = Path(str(importlib.resources.files(package)))
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{package}/{path.relative_to(root).as_posix()}\n".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    if features is not None:
        reach = extent(features, load_catalogue())
        for path in reach.files:
            digest.update(f"given/{path.relative_to(reach.root).as_posix()}\n".encode())
            digest.update(hashlib.sha256(read_regular(path)).digest())
    return digest.hexdigest()


def chosen(wish: Wish, inventory: Inventory) -> list[ScenarioCase]:
    """The scenarios of its role that a wish selects, in the order of their ids.

    :raises UsageError: the selection does not read.
    """
    cases = [case for case in inventory.cases if case.role is wish.role]
    if wish.selection is not None:
        selection = parse_selection(wish.selection, inventory, load_catalogue(), wish.role)
        cases = [case for case in cases if selection.matches(case)]
    if wish.only is not None:
        cases = [case for case in cases if case.id in wish.only]
    return sorted(cases, key=lambda case: case.id)


def introduce(wish: Wish) -> SystemDescription:
    """Ask the system who it is.

    :raises UsageError: no such adapter, command or factory.
    :raises InputError: the profile, which a system may read too, does not read as one.
    :raises SystemUnreachable: it does not answer as a system must.
    """
    return _introduced(wish, wish.adapter, "system")


def introduce_counterpart(wish: Wish, system: SystemDescription) -> Counterpart | None:
    """Ask the repository that is to answer a CIS who it is; None where a repository is under test.

    :raises UsageError: no such adapter, command or factory, or its clock cannot be set, or it reads an ambiguity
        otherwise than the CIS does.
    :raises InputError: the profile does not read as one.
    :raises SystemUnreachable: it does not answer as a repository must.
    """
    if system.role is Role.REPOSITORY:
        return None
    found = _introduced(wish, wish.counterpart, "counterpart")
    where, differs = f"--counterpart {wish.counterpart!r}", system.readings.items() ^ found.readings.items()
    if found.clock != "settable":
        raise UsageError("has a clock that cannot be set", where=where, expected="a repository with a settable clock")
    for ambiguity in sorted({name for name, _ in differs} & system.readings.keys() & found.readings.keys()):
        what = f"reads {ambiguity} as {found.readings[ambiguity]!r}, and the CIS as {system.readings[ambiguity]!r}"
        raise UsageError(what, where=where, expected="a repository that states no reading, or the same one")
    return Counterpart(wish.counterpart, found)


def _introduced(wish: Wish, name: str, side: Side) -> SystemDescription:
    profile = read_profile(wish.profile)
    option, role = ("--adapter", wish.role) if side == "system" else ("--counterpart", Role.REPOSITORY)
    make = opener(name, profile_path=wish.profile, time_limit=wish.time_limit_seconds, option=option)
    try:
        connection = make()
        try:
            return checked(introduced(connection, role), profile)
        finally:
            connection.close()
    except AdapterFailure as failure:
        failure.side = side
        raise SystemUnreachable(failure) from failure


def checked(system: SystemDescription, profile: Profile) -> SystemDescription:
    """Hold what a system claims to the classes and configured values that there are.

    :raises AdapterFailure: it names others: a claim with a slip in it would go unjudged, a value unheeded.
    """
    for name in system.classes:
        if name not in (classes := load_catalogue().classes_of(system.role)):
            remedy = nearest(name, classes) or f"there are {', '.join(classes)}"
            raise AdapterFailure("malformed", f"the reply to 'hello' claims {name!a}, which is no class; {remedy}")
    for name, value in system.values.items():
        if name not in profile.values:
            remedy = nearest(name, profile.values) or f"there are {', '.join(profile.values)}"
            raise AdapterFailure("malformed", f"the reply to 'hello' fixes {name!a}, which is no value; {remedy}")
        if _json_type(value) is not _json_type(profile.values[name]):
            like = f"expected a value such as {json.dumps(profile.values[name])}"
            raise AdapterFailure("malformed", f"the reply to 'hello' fixes {name!a} at {json.dumps(value)}, {like}")
        if (expected := out_of_bounds(name, value)) is not None:
            fixes = f"the reply to 'hello' fixes {name!a} at {json.dumps(value)}"
            raise AdapterFailure("malformed", f"{fixes}, expected {expected}")
    for ambiguity, reading in system.readings.items():
        if ambiguity not in profile.known_readings:
            remedy = nearest(ambiguity, profile.known_readings) or "mdmr-conform rules AMB lists them"
            raise AdapterFailure(
                "malformed", f"the reply to 'hello' reads {ambiguity!a}, which is no ambiguity; {remedy}"
            )
        if reading not in (known := profile.known_readings[ambiguity]):
            there_are = f"there are {', '.join(known)}"
            raise AdapterFailure("malformed", f"the reply to 'hello' reads {ambiguity} as {reading!a}; {there_are}")
    return system


def _json_type(value: object) -> type:
    return list if isinstance(value, tuple) else type(value)


def subject_of(
    wish: Wish,
    system: SystemDescription,
    inventory: Inventory,
    *,
    namespace: str,
    today: date,
    counterpart: Counterpart | None = None,
) -> Subject:
    """Put together what a run is about."""
    return Subject(
        suite_hash=suite_hash(wish.features),
        catalogue=load_catalogue(),
        inventory=inventory,
        profile=read_profile(wish.profile),
        workshop=read_profile(None),
        system=system,
        adapter=wish.adapter,
        profile_option=None if wish.profile is None else str(wish.profile),
        features_option=None if wish.features is None else str(wish.features),
        seed=wish.seed,
        namespace=namespace,
        anchor=iso(_anchor(system, today)),
        selection=wish.selection,
        only=None if wish.only is None else tuple(sorted(wish.only)),
        secret=None if wish.secret is None else HIDDEN,
        counterpart=counterpart,
    )


def _anchor(system: SystemDescription, today: date) -> Instant:
    """The first instant of conversations: the profile's Monday, or on a real clock the next Monday."""
    if system.clock == "settable":
        return midnight(FIRST_MONDAY)
    return later(midnight(Day(today)), days=7 - today.weekday())


@dataclass(frozen=True, slots=True)
class Sorted:
    """The scenarios of a selection: those to run, those with a verdict of their own, those of another reading."""

    to_run: tuple[ScenarioCase, ...]
    without_running: dict[str, Json]
    left_out: tuple[tuple[str, str], ...]

    @property
    def judged(self) -> list[str]:
        return [case.id for case in self.to_run] + list(self.without_running)


def sort_out(cases: Sequence[ScenarioCase], subject: Subject) -> Sorted:
    """Decide for each scenario whether it can be judged on this system under this profile."""
    to_run, without, left_out = [], {}, []
    for case in cases:
        aside = set_aside(case, subject)
        if aside is None:
            to_run.append(case)
        elif aside.verdict is None:
            left_out.append((case.id, aside.why))
        else:
            without[case.id] = not_performed(case, aside.verdict, aside.why)
    return Sorted(tuple(to_run), without, tuple(left_out))


def plan_of(subject: Subject, wish: Wish, tasks: Sequence[Task], **more: Any) -> Plan:
    """The plan of a session on a subject."""
    counterpart = subject.counterpart
    return Plan(
        tasks=tuple(tasks),
        features=str(_features_root(wish.features)),
        step_package=STEP_PACKAGE,
        suite_hash=subject.suite_hash,
        profile_path=None if wish.profile is None else str(wish.profile),
        seed=subject.seed,
        namespace=subject.namespace,
        anchor=subject.anchor,
        time_limit_seconds=wish.time_limit_seconds,
        secret=wish.secret,
        role=subject.role.value,
        given_up=Course.read(person_folder(wish.adapter)).given_up() if _asks_person(wish, more) else (),
        counterpart=None if counterpart is None else counterpart.adapter,
        introduced=introduced_as(subject.adapter, subject.system, counterpart),
        **more,
    )


def introduced_as(
    adapter: str, system: SystemDescription, counterpart: Counterpart | None
) -> dict[Side, tuple[str, Json]]:
    """Who takes part, as they described themselves: for a plan."""
    found: dict[Side, tuple[str, Json]] = {"system": (adapter, system.as_json())}
    if counterpart is not None:
        found["counterpart"] = (counterpart.adapter, counterpart.system.as_json())
    return found


def _asks_person(wish: Wish, more: Mapping[str, Any]) -> bool:
    return is_person(wish.adapter) and more["mode"] == "live"


# --- whose run it is --------------------------------------------------------------------------------------


def identity_of(subject: Subject) -> Json:
    """What must agree for an unfinished run to be continued: what names a run among others."""
    return {
        "suite": subject.suite_hash,
        "profile": subject.profile.hash,
        "system": subject.system.as_json(),
        "adapter": subject.adapter,
        "counterpart": None if subject.counterpart is None else subject.counterpart.as_json(),
        "seed": subject.seed,
        "selection": subject.selection,
        "only": None if subject.only is None else list(subject.only),
    }


def hidden(secret: str | None, salt: str) -> Json | None:
    """What stands for a secret while its run goes on: enough to know it again, and not the secret."""
    if secret is None:
        return None
    return {"salt": salt, "sha256": hashlib.sha256(f"{salt}\n{secret}".encode()).hexdigest()}


def knows(kept: Any, secret: str | None) -> bool:
    """Whether a secret is the one that an unfinished run was begun with."""
    if kept is None or secret is None:
        return kept is None and secret is None
    return isinstance(kept, dict) and kept == hidden(secret, str(kept.get("salt")))


def _continued(folder: Path, earlier: Json, subject: Subject, secret: str | None) -> Subject:
    """The subject of an unfinished run, which goes on.

    :raises InputError: it is of something else, or its record was changed.
    """
    was, now = {**earlier["identity"]}, identity_of(subject)
    differs = next((key for key, value in now.items() if canonical(was.get(key)) != canonical(value)), None)
    if differs is None and not knows(earlier.get("secret"), secret):
        differs = "secret"
    if differs is not None:
        values = "" if differs == "secret" else f": {was.get(differs)!r}, now {now[differs]!r}"
        raise InputError(
            f"an unfinished run lies there, with another {differs}{values}",
            where=str(folder),
            expected="the same suite, profile, system, seed, secret and selection, so that it can go on",
            remedy="name another folder with --out, or remove this one",
        )
    if not could_begin_so(earlier, subject):
        raise InputError(
            f"says that the run is of namespace {earlier['namespace']!r} from {earlier['anchor']!r}: it was changed",
            where=str(folder / RUN_RECORD),
            expected="the record that the run wrote when it began",
            remedy="name another folder with --out, or remove this one",
        )
    return replace(subject, namespace=earlier["namespace"], anchor=earlier["anchor"])


def could_begin_so(record: Json, subject: Subject) -> bool:
    """Whether a run of this system can have the namespace and the first instant that its record states."""
    namespace, anchor = record["namespace"], record["anchor"]
    try:
        is_midnight = iso(midnight(Day(instant(anchor).date()))) == anchor
    except ValueError:
        return False
    fits = anchor == iso(midnight(FIRST_MONDAY)) if subject.system.clock == "settable" else is_midnight
    return fits and bool(namespace) == subject.is_persistent


def mark_of(result: Json) -> tuple[int, str]:
    """How long a scenario's journal is stated to be, and the hash of its last entry."""
    journal = result["journal"] or {"entries": 0, "last_hash": ""}
    return int(journal["entries"]), str(journal["last_hash"])


def taken_over(folder: Path, subject: Subject, wish: Wish, to_run: Sequence[ScenarioCase]) -> dict[str, Json]:
    """The results of scenarios that had ended when a run was interrupted, each borne out by its journal.

    :raises InputError: what was written down of one is not what its journal gives: one of them was changed.
    """
    stated = ended_before(folder, to_run)

    def refused(identifier: str, why: str) -> InputError:
        return InputError(
            f"{identifier}: {why}",
            where=str(folder / ENDED),
            expected="what the journals of the interrupted run give: one of them was changed since",
            remedy="remove the folder, and run from the start",
        )

    tasks = []
    for identifier, result in stated.items():
        try:
            tasks.append(Task(identifier, subject.adapter, {}, mark_of(result)))
        except (KeyError, TypeError, ValueError) as error:
            raise refused(identifier, "it does not read as a result") from error
    plan = plan_of(subject, wish, tasks, mode="replay", folder=str(folder))
    session = run_unchecked(plan, workers=wish.workers)
    if session.interrupted:
        raise KeyboardInterrupt
    found = of_scenarios(session)
    for identifier, result in stated.items():
        anew = found.get(identifier)
        if anew is None or anew["diverged"] is not None:
            raise refused(identifier, "its journal cannot be replayed" if anew is None else str(anew["diverged"]))
        if json.loads(json.dumps(anew)) != result:
            raise refused(identifier, f"{result.get('verdict')!s:.40} is written down, {anew['verdict']} was seen")
    return stated


# --- a run ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """A run that came to an end: its results, where they lie, and what did not go as it should."""

    results: Json
    folder: Path
    interrupted: bool
    trouble: tuple[str, ...]
    stale_waivers: tuple[Waiver, ...]

    @property
    def exit_code(self) -> int:
        if self.stale_waivers:
            return 2
        return int(self.results["exit_code"])


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to see a run go: told which scenarios there are and which had ended, and each result as it comes.

    A watcher who raises `Enough` at a result ends the run there: what did not run is blocked for good.
    """

    starts: Callable[[Sequence[ScenarioCase], Mapping[str, Json]], None] = lambda _to_run, _ended: None
    result: Callable[[Json], None] = lambda _: None


def would_run(wish: Wish, today: date) -> Sorted:
    """Which scenarios of a selection a run would perform on the system, which is asked who it is and nothing else.

    :raises ConformError: wrong usage or input.
    :raises SystemUnreachable: the system does not introduce itself.
    """
    inventory = features_of(wish.features)
    cases = chosen(wish, inventory)
    system = introduce(wish)
    counterpart = introduce_counterpart(wish, system)
    subject = subject_of(wish, system, inventory, namespace="", today=today, counterpart=counterpart)
    return sort_out(cases, subject)


def run(
    wish: Wish,
    folder: Path,
    *,
    waivers: Callable[[Inventory], tuple[Waiver, ...]] = lambda _: (),
    as_of: date | None,
    today: date,
    fresh_namespace: Callable[[], str],
    started: str,
    watcher: Watcher = Watcher(),
) -> Run:
    """Run scenarios against a system and write everything that comes out of it to a folder.

    :param today: the day, read once by the caller: used only for a system whose clock is real.
    :param fresh_namespace: makes a word that was never used before: the namespace of a run against a persistent
        system, and the salt with which a secret is hidden.
    :param started: when the run began, for `run.json` alone.
    :raises ConformError: wrong usage or input.
    :raises SystemUnreachable: the system does not introduce itself.
    :raises OutputError: what comes out cannot be written.
    """
    inventory = features_of(wish.features)
    cases = chosen(wish, inventory)
    granted = waivers(inventory)
    refuse_no_folder()
    refuse_no_text(
        {"--adapter": wish.adapter, "--counterpart": wish.counterpart, "--profile": wish.profile}
        | {"--features": wish.features, "--out": folder, "the folder you are in": Path.cwd()}
    )
    read_run_record(folder)
    system = introduce(wish)
    counterpart = introduce_counterpart(wish, system)
    subject = subject_of(wish, system, inventory, namespace="", today=today, counterpart=counterpart)
    with kept_for(folder), passing_root(folder) as passing:
        subject, done = _begun(folder, subject, wish, cases, fresh_namespace)
        record = {
            "run": 1,
            "state": "unfinished",
            "identity": identity_of(subject),
            "profile_option": subject.profile_option,
            "features_option": subject.features_option,
            "secret": hidden(wish.secret, fresh_namespace()),
            "namespace": subject.namespace,
            "anchor": subject.anchor,
            "as_of": None if as_of is None else as_of.isoformat(),
            "waivers": [waiver.as_record() for waiver in granted],
            "workers": wish.workers,
            "shuffle": wish.shuffle,
            "started": started,
        }
        write(folder / RUN_RECORD, as_document(record))
        return _performed(folder, record, subject, wish, cases, done, granted, passing, watcher)


def _begun(
    folder: Path, subject: Subject, wish: Wish, cases: Sequence[ScenarioCase], fresh_namespace: Callable[[], str]
) -> tuple[Subject, dict[str, Json]]:
    """The subject of a run as it begins or goes on in a folder, and what had ended there before."""
    earlier = read_run_record(folder)
    if earlier is not None and earlier["state"] != "finished" and not _is_kept_by_person(earlier, wish):
        subject = _continued(folder, earlier, subject, wish.secret)
        return subject, taken_over(folder, subject, wish, sort_out(cases, subject).to_run)
    clear(folder)
    with writing(folder):
        (folder / KEPT).mkdir(exist_ok=True)
    return replace(subject, namespace=fresh_namespace() if subject.is_persistent else ""), {}


def _is_kept_by_person(earlier: Json, wish: Wish) -> bool:
    """Whether all that an unfinished run was answered lies in a person's folder, and is answered again from there."""
    return is_person(wish.adapter) and earlier["identity"].get("adapter") == wish.adapter


def _performed(
    folder: Path,
    record: Json,
    subject: Subject,
    wish: Wish,
    cases: Sequence[ScenarioCase],
    done: dict[str, Json],
    granted: tuple[Waiver, ...],
    passing: str,
    watcher: Watcher,
) -> Run:
    """Perform what has not ended yet, and write what comes out."""
    sorted_out = sort_out(cases, subject)
    watcher.starts(sorted_out.to_run, done)
    tasks = _tasks(wish, [case.id for case in sorted_out.to_run if case.id not in done])
    plan = plan_of(subject, wish, tasks, mode="live", folder=str(folder), passing=passing)
    workers = wish.workers if subject.is_isolated else 1
    session = run_unchecked(plan, workers=workers, on_result=watcher.result)
    if session.unwritten:
        raise OutputError(session.unwritten, remedy="the same command goes on with the scenarios that had not ended")
    performed = {**sorted_out.without_running, **done, **of_scenarios(session)}
    lost = {**_lost(sorted_out.to_run, performed, session), **_spoilt(folder, sorted_out.to_run, performed)}
    performed |= lost
    broken_off = session.interrupted and not session.enough
    unfinished = broken_off or any(r["verdict"] == ScenarioVerdict.PENDING for r in performed.values())
    if not unfinished:
        subject = replace(subject, secret=wish.secret)
        without = {name: {key: result[key] for key in ("verdict", "message")} for name, result in lost.items()}
        record |= {"state": "finished", "secret": wish.secret, "without_journal": without}
    judged = [case for case in cases if case.id in performed]
    day, stopped = record["as_of"], session.interrupted
    results = results_document(subject, judged, performed, sorted_out.left_out, granted, day, interrupted=stopped)
    write_outputs(folder, results, record, subject.profile)
    write(folder / RUN_RECORD, as_document({**record, "trouble": session.trouble}))
    if not unfinished:
        (folder / ENDED).unlink(missing_ok=True)
    return Run(
        results,
        folder,
        session.interrupted,
        tuple(session.trouble),
        tuple(unmatched_waivers(granted, results)),
    )


def _tasks(wish: Wish, scenarios: Sequence[str]) -> list[Task]:
    """What is to run, in the order asked for; with a secret it rests on that too, or a system could count along."""
    ordered = list(scenarios)
    if wish.shuffle is not None or _hides_the_order(wish):
        order = "\n".join(str(each) for each in (wish.secret, wish.shuffle) if each is not None)
        ordered.sort(key=lambda name: hashlib.sha256(f"{order}\n{name}".encode()).digest())
    return [Task(name, wish.adapter) for name in ordered]


def _hides_the_order(wish: Wish) -> bool:
    """Whether a secret gives the order: not where a person works, whose course has one."""
    return wish.secret is not None and not is_person(wish.adapter)


def _lost(to_run: Sequence[ScenarioCase], performed: dict[str, Json], session: SessionRecord) -> dict[str, Json]:
    """Results for scenarios that left none: they block their rule, whatever made them disappear."""
    died = set() if session.interrupted else {key.partition(" @ ")[0] for key in session.died}
    why = "not run: the run was interrupted" if session.interrupted else "lost: it was to run and left no result"
    if session.enough:
        why = "not run: enough had failed before"
    if session.trouble:
        why = f"{why}; run.json says what went wrong"
    ended = "the process that ran the scenario died: it was killed, or something that ran in it ended or crashed it"
    return {
        case.id: not_performed(case, ScenarioVerdict.ERROR, ended)
        if case.id in died
        else not_performed(case, ScenarioVerdict.BLOCKED, why)
        for case in to_run
        if case.id not in performed
    }


def _spoilt(folder: Path, to_run: Sequence[ScenarioCase], performed: Mapping[str, Json]) -> dict[str, Json]:
    """Results for scenarios whose journal is not what was written: nothing bears out what was seen in them."""
    what = "its journal was changed or removed while the run went on: nothing bears out what was seen"
    return {
        case.id: not_performed(case, ScenarioVerdict.ERROR, what)
        for case in to_run
        if (result := performed.get(case.id)) is not None and result["journal"] is not None
        if not _is_borne_out(folder, result)
    }


def _is_borne_out(folder: Path, result: Json) -> bool:
    try:
        return is_whole(read_regular(folder / result["journal"]["path"]), JournalMark(*mark_of(result)))
    except OSError:
        return False


# --- what failed, again -----------------------------------------------------------------------------------


FAILED = frozenset({"fail", "blocked", "error"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is needed of an earlier run to run again what failed, or came to no verdict, in it."""

    adapter: str
    seed: int
    secret: str | None
    failed: frozenset[str]
    role: Role
    counterpart: str
    features: Path | None


def earlier_run(folder: Path) -> Earlier:
    """What failed, or came to no verdict, in an earlier run, and on what it ran.

    :raises InputError: the folder holds no results, or none that read.
    """
    raw, record = read_results(folder), stored_run_record(folder) or {}
    secret, features = record.get("secret"), record.get("features_option")
    try:
        judging = [scenario for scenario in raw["scenarios"] if not scenario["advice"]]
        failed = {str(scenario["id"]) for scenario in judging if scenario["verdict"] in FAILED}
        failed |= {str(case["scenario"]) for case in raw["noticed"] if case["verdict"] in FAILED}
        kept = secret if isinstance(secret, str) else None
        counterpart = COUNTERPART if raw["counterpart"] is None else str(raw["counterpart"]["adapter"])
        role = Role(raw["system"]["role"])
        given = Path(features) if isinstance(features, str) else None
        return Earlier(str(raw["adapter"]), int(raw["seed"]), kept, frozenset(failed), role, counterpart, given)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"does not read as results: {type(error).__name__}: {error}",
            where=str(folder / RESULTS),
            expected="results as mdmr-conform wrote them: the file was changed",
        ) from error
