"""From a wish to results: settles what a run is about, runs it, and writes what comes out of it.

The output folder tells by its `run.json` whose it is and whether the run in it came to its end: a finished one is
replaced, an unfinished one is continued where suite, profile, system, seed and selection agree.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.resources
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from harness.errors import InputError, OutputError, nearest, writing
from harness.evidence.results import (
    Subject,
    not_performed,
    results_document,
    set_aside,
    unmatched_waivers,
)
from harness.interface.instants import Day, Instant, iso, later, midnight
from harness.interface.profile import Profile, ProfileError, load_profile
from harness.port.failure import AdapterFailure
from harness.port.introduction import introduced
from harness.port.journal import canonical
from harness.port.naming import opener
from harness.port.protocol import Json, SystemDescription
from harness.runner.plan import Plan, Task
from harness.runner.session import SessionRecord, of_scenarios, run_unchecked
from harness.suite.catalogue import load_catalogue
from harness.suite.check import refuse_to_run
from harness.suite.inventory import Inventory, ScenarioCase, take_inventory
from harness.suite.selection import parse_selection
from harness.suite.verdicts import ScenarioVerdict
from harness.suite.waivers import Waiver

STEP_PACKAGE = "steps"
FIRST_MONDAY = Day(date(2011, 1, 10))
"""The Monday on which every conversation with a settable clock opens."""
SUITE_PACKAGES = ("corpus", "features", "harness", "steps")


class SystemUnreachable(Exception):
    """The system under test does not introduce itself: nothing can be run."""

    def __init__(self, failure: AdapterFailure) -> None:
        super().__init__(failure)
        self.failure = failure

    def __str__(self) -> str:
        tail = "".join(f"\n  stderr: {line}" for line in self.failure.stderr[-10:])
        return f"the system under test cannot be talked to ({self.failure.kind}): {self.failure.detail}{tail}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for."""

    adapter: str = "reference"
    selection: str | None = None
    profile: Path | None = None
    seed: int = 0
    workers: int = 1
    shuffle: int | None = None
    only: frozenset[str] | None = None
    time_limit_seconds: float = 10.0


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


def suite_hash() -> str:
    """A hash over everything that judges: features, steps, catalogue and harness."""
    digest = hashlib.sha256()
    for package in SUITE_PACKAGES:
        root = Path(str(importlib.resources.files(package)))
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{package}/{path.relative_to(root).as_posix()}\n".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def chosen(wish: Wish, inventory: Inventory) -> list[ScenarioCase]:
    """The scenarios that a wish selects, in the order of their ids.

    :raises UsageError: the selection does not read.
    """
    cases = list(inventory.cases)
    if wish.selection is not None:
        selection = parse_selection(wish.selection, inventory, load_catalogue())
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
    read_profile(wish.profile)
    make = opener(wish.adapter, profile_path=wish.profile, time_limit=wish.time_limit_seconds)
    try:
        connection = make()
        try:
            return _checked(introduced(connection), read_profile(wish.profile))
        finally:
            connection.close()
    except AdapterFailure as failure:
        raise SystemUnreachable(failure) from failure


def _checked(system: SystemDescription, profile: Profile) -> SystemDescription:
    """Hold what a system claims to the classes and configured values that there are.

    :raises AdapterFailure: it names others: a claim with a slip in it would go unjudged, a value unheeded.
    """
    for name in system.classes:
        if name not in (classes := load_catalogue().classes):
            remedy = nearest(name, classes) or f"there are {', '.join(classes)}"
            raise AdapterFailure("malformed", f"the reply to 'hello' claims {name!a}, which is no class; {remedy}")
    for name, value in system.values.items():
        if name not in profile.values:
            remedy = nearest(name, profile.values) or f"there are {', '.join(profile.values)}"
            raise AdapterFailure("malformed", f"the reply to 'hello' fixes {name!a}, which is no value; {remedy}")
        if _json_type(value) is not _json_type(profile.values[name]):
            like = f"expected a value such as {json.dumps(profile.values[name])}"
            raise AdapterFailure("malformed", f"the reply to 'hello' fixes {name!a} at {json.dumps(value)}, {like}")
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


def subject_of(wish: Wish, system: SystemDescription, inventory: Inventory, *, namespace: str, today: date) -> Subject:
    """Put together what a run is about."""
    return Subject(
        suite_hash=suite_hash(),
        catalogue=load_catalogue(),
        inventory=inventory,
        profile=read_profile(wish.profile),
        workshop=read_profile(None),
        system=system,
        adapter=wish.adapter,
        profile_option=None if wish.profile is None else str(wish.profile),
        seed=wish.seed,
        namespace=namespace,
        anchor=iso(_anchor(system, today)),
        selection=wish.selection,
        only=None if wish.only is None else tuple(sorted(wish.only)),
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
    return Plan(
        tasks=tuple(tasks),
        features=str(features_folder()),
        step_package=STEP_PACKAGE,
        suite_hash=subject.suite_hash,
        profile_path=None if wish.profile is None else str(wish.profile),
        seed=subject.seed,
        namespace=subject.namespace,
        anchor=subject.anchor,
        time_limit_seconds=wish.time_limit_seconds,
        **more,
    )


# --- the output folder ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """What must agree for an unfinished run to be continued."""

    suite: str
    profile: str
    system: Json
    adapter: str
    seed: int
    selection: str | None
    only: list[str] | None

    def as_json(self) -> Json:
        return {
            "suite": self.suite,
            "profile": self.profile,
            "system": self.system,
            "adapter": self.adapter,
            "seed": self.seed,
            "selection": self.selection,
            "only": self.only,
        }


def identity_of(subject: Subject) -> Identity:
    """What names a run among others."""
    return Identity(
        subject.suite_hash,
        subject.profile.hash,
        subject.system.as_json(),
        subject.adapter,
        subject.seed,
        subject.selection,
        None if subject.only is None else list(subject.only),
    )


def read_run_record(folder: Path) -> Json | None:
    """The `run.json` of a folder, or None where the folder is new or empty.

    :raises InputError: the folder holds something else, which must not be lost.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", where=str(folder), expected="a folder for what comes out of the run")
    record = stored_run_record(folder)
    if record is None and folder.exists() and any(folder.iterdir()):
        raise InputError(
            "holds files, but no run.json of a run: they would be lost",
            where=str(folder),
            expected="a new folder, or one that an earlier run wrote",
            remedy="name another folder with --out, or empty this one yourself",
        )
    return record


def stored_run_record(folder: Path) -> Json | None:
    """The `run.json` of a folder, or None where there is none that reads as one."""
    try:
        raw: Json = json.loads((folder / "run.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return raw if _is_run_record(raw) else None


def _is_run_record(raw: Any) -> bool:
    """Whether a `run.json` says what is needed to replace its run, or to go on with it."""
    if not isinstance(raw, dict) or raw.get("run") != 1:
        return False
    if raw.get("state") == "finished":
        return True
    texts = all(isinstance(raw.get(key), str) for key in ("state", "namespace", "anchor"))
    return texts and isinstance(raw.get("identity"), dict)


def make_folder(folder: Path) -> None:
    """Make the folder for what comes out, where there is none yet.

    :raises InputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"cannot be made: {error.strerror}", where=str(folder), expected="a folder for what comes out"
        ) from error


OUTPUTS = ("results.json", "junit.xml", "report.html", "ended.jsonl", "run.json")


def clear(folder: Path) -> None:
    """Remove what an earlier run wrote, and nothing else."""
    with writing(folder):
        for name in OUTPUTS:
            (folder / name).unlink(missing_ok=True)
    for name in ("journals", "shared"):
        shutil.rmtree(folder / name, ignore_errors=True)


def ended_before(folder: Path, to_run: Sequence[ScenarioCase]) -> dict[str, Json]:
    """The results of scenarios that had ended when an earlier run of the folder was interrupted."""
    path = folder / "ended.jsonl"
    if not path.exists():
        return {}
    wanted = {case.id for case in to_run}
    found: dict[str, Json] = {}
    for line in path.read_bytes().split(b"\n"):
        try:
            result = json.loads(line)
            if result["scenario"] in wanted:
                found[result["scenario"]] = result
        except (ValueError, TypeError, KeyError):  # the line that was being written when the run was killed
            continue
    return found


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    :raises OutputError: not at all.
    """
    temporary = path.with_name(f"{path.name}.part")
    try:
        with writing(path):
            temporary.write_bytes(content)
            temporary.replace(path)
    except OutputError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def as_document(document: Json) -> bytes:
    """A document for people and programs: indented, keys in the order they were built, one final line feed."""
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


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
    """Who wants to see a run go: told which scenarios there are and which had ended, and each result as it comes."""

    starts: Callable[[Sequence[ScenarioCase], Mapping[str, Json]], None] = lambda _to_run, _ended: None
    result: Callable[[Json], None] = lambda _: None


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
    :param fresh_namespace: makes the namespace of a run against a persistent system.
    :param started: when the run began, for `run.json` alone.
    :raises ConformError: wrong usage or input.
    :raises SystemUnreachable: the system does not introduce itself.
    :raises OutputError: what comes out cannot be written.
    """
    refuse_to_run(features_folder(), STEP_PACKAGE)
    inventory = take_inventory(features_folder())
    cases = chosen(wish, inventory)
    granted = waivers(inventory)
    earlier = read_run_record(folder)
    system = introduce(wish)
    subject = subject_of(wish, system, inventory, namespace="", today=today)
    identity = identity_of(subject).as_json()
    make_folder(folder)
    continued = earlier is not None and earlier["state"] != "finished"
    if continued and earlier is not None:
        _check_same(folder, earlier, identity)
        subject = replace(subject, namespace=earlier["namespace"], anchor=earlier["anchor"])
    else:
        if system.state == "persistent":
            subject = replace(subject, namespace=fresh_namespace())
        clear(folder)
    with writing(folder):
        (folder / "shared").mkdir(exist_ok=True)
    record = {
        "run": 1,
        "state": "unfinished",
        "identity": identity,
        "namespace": subject.namespace,
        "anchor": subject.anchor,
        "workers": wish.workers,
        "shuffle": wish.shuffle,
        "started": started,
    }
    write(folder / "run.json", as_document(record))
    sorted_out = sort_out(cases, subject)
    done = ended_before(folder, sorted_out.to_run)
    watcher.starts(sorted_out.to_run, done)
    tasks = _tasks(wish, [case.id for case in sorted_out.to_run if case.id not in done])
    plan = plan_of(subject, wish, tasks, mode="live", folder=str(folder))
    workers = 1 if system.isolation == "none" else wish.workers
    session = run_unchecked(plan, workers=workers, on_result=watcher.result)
    if session.unwritten:
        raise OutputError(session.unwritten, remedy="the same command goes on with the scenarios that had not ended")
    performed = {**sorted_out.without_running, **done, **of_scenarios(session)}
    performed |= _lost(sorted_out.to_run, performed, session)
    judged = [case for case in cases if case.id in performed]
    day = None if as_of is None else as_of.isoformat()
    results = results_document(
        subject, judged, performed, sorted_out.left_out, granted, day, interrupted=session.interrupted
    )
    write_outputs(folder, results)
    unfinished = session.interrupted or any(s["verdict"] == ScenarioVerdict.PENDING for s in results["scenarios"])
    record |= {"state": "unfinished" if unfinished else "finished", "trouble": session.trouble}
    write(folder / "run.json", as_document(record))
    if not unfinished:
        (folder / "ended.jsonl").unlink(missing_ok=True)
    return Run(
        results,
        folder,
        session.interrupted,
        tuple(session.trouble),
        tuple(unmatched_waivers(granted, results["scenarios"])),
    )


def _check_same(folder: Path, earlier: Json, identity: Json) -> None:
    for key, value in identity.items():
        if canonical(earlier["identity"].get(key)) != canonical(value):
            raise InputError(
                f"an unfinished run lies there, with another {key}: {earlier['identity'].get(key)!r}, now {value!r}",
                where=str(folder),
                expected="the same suite, profile, system, seed and selection, so that it can go on",
                remedy="name another folder with --out, or remove this one",
            )


def _tasks(wish: Wish, scenarios: Sequence[str]) -> list[Task]:
    ordered = list(scenarios)
    if wish.shuffle is not None:
        ordered.sort(key=lambda name: hashlib.sha256(f"{wish.shuffle}\n{name}".encode()).digest())
    return [Task(name, wish.adapter) for name in ordered]


def _lost(to_run: Sequence[ScenarioCase], performed: dict[str, Json], session: SessionRecord) -> dict[str, Json]:
    """Results for scenarios that left none: they block their rule, whatever made them disappear."""
    died = {key.partition(" @ ")[0] for key in session.died}
    why = "not run: the run was interrupted" if session.interrupted else "lost: it was to run and left no result"
    if session.trouble:
        why = f"{why}; run.json says what went wrong"
    ended = "the process that ran the scenario died: the system under test, which ran in it, ended or crashed it"
    return {
        case.id: not_performed(case, ScenarioVerdict.ERROR, ended)
        if case.id in died
        else not_performed(case, ScenarioVerdict.BLOCKED, why)
        for case in to_run
        if case.id not in performed
    }


def write_outputs(folder: Path, results: Json) -> None:
    """Write `results.json`, `junit.xml` and `report.html`."""
    from harness.report.html import report_html
    from harness.report.junit import junit_xml

    def journal(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except OSError:
            return None

    write(folder / "results.json", as_document(results))
    write(folder / "junit.xml", junit_xml(results))
    write(folder / "report.html", report_html(results, journal))


def read_results(folder: Path) -> Json:
    """The `results.json` of a run.

    :raises InputError: there is none, or it does not read.
    """
    path = folder / "results.json"
    try:
        raw = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}",
            where=str(path),
            expected="the results of a run (mdmr-conform run --out)",
        ) from error
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", where=str(path), expected="the results of a run") from error
    if not isinstance(raw, dict) or raw.get("results") != 1:
        raise InputError("is not a results document of version 1", where=str(path), expected="the results of a run")
    return raw


FAILED = frozenset({"fail", "blocked", "error"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is needed of an earlier run to run again what failed, or came to no verdict, in it."""

    adapter: str
    seed: int
    failed: frozenset[str]


def earlier_run(folder: Path) -> Earlier:
    """What failed, or came to no verdict, in an earlier run, and on what it ran.

    :raises InputError: the folder holds no results, or none that read.
    """
    raw = read_results(folder)
    try:
        failed = frozenset(str(scenario["id"]) for scenario in raw["scenarios"] if scenario["verdict"] in FAILED)
        return Earlier(str(raw["adapter"]), int(raw["seed"]), failed)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"does not read as results: {type(error).__name__}: {error}",
            where=str(folder / "results.json"),
            expected="results as mdmr-conform wrote them: the file was changed",
        ) from error
