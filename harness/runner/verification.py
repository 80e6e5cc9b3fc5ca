"""Verification: the scenarios of a run, again, with their journals in place of the system.

Everything that the results state of them is built anew and compared with what they state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from harness.errors import InputError
from harness.evidence.results import Subject, results_document
from harness.interface.instants import Day
from harness.port.journal import canonical
from harness.port.protocol import Json, SystemDescription
from harness.runner import controller
from harness.runner.controller import Wish
from harness.runner.plan import Task
from harness.runner.session import of_scenarios, run_session
from harness.suite.inventory import Inventory, take_inventory
from harness.suite.waivers import Waiver

Watch = Callable[[str], AbstractContextManager[Any]]
"""Shows how far something is: given what is counted, a context with ``total(n)`` and ``step()``."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What replaying a run showed.

    :param undecided: why no verdict can be given; empty where one is.
    :param refuted: every way in which journals and results do not bear each other out.
    """

    system: str
    statement: str
    replayed: int
    undecided: tuple[str, ...]
    refuted: tuple[str, ...]


def verify(folder: Path, profile: Path | None, *, workers: int, watch: Watch) -> Verification:
    """Replay a run.

    :raises InputError: the folder holds no results, or none that read.
    """
    stated = controller.read_results(folder)
    try:
        return _verified(folder, stated, profile, workers, watch)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"does not read as results: {type(error).__name__}: {error}",
            where=str(folder / "results.json"),
            expected="results as mdmr-conform wrote them: the file was changed",
        ) from error


def _verified(folder: Path, stated: Json, profile: Path | None, workers: int, watch: Watch) -> Verification:
    inventory = take_inventory(controller.features_folder())
    record = controller.stored_run_record(folder) or {}
    only = None if stated["only"] is None else frozenset(stated["only"])
    wish = Wish(stated["adapter"], stated["selection"], profile, stated["seed"], only=only)
    system = SystemDescription.from_reply(stated["system"])
    subject = controller.subject_of(wish, system, inventory, namespace=stated["namespace"], today=Day(date.min))
    subject = replace(subject, anchor=record.get("anchor", subject.anchor))
    name = f"{system.name} {system.version}"
    undecided = tuple(_of_another(stated, subject, record))
    if undecided:
        return Verification(name, stated["statement"], 0, undecided, ())
    selected = [scenario["id"] for scenario in stated["scenarios"]]
    missing = [
        f"{identifier}: the suite has no such scenario" for identifier in selected if identifier not in inventory
    ]
    if missing:
        return Verification(name, stated["statement"], 0, (), tuple(missing))
    return _compared(folder, stated, subject, wish, workers, watch, name)


def _of_another(stated: Json, subject: Subject, record: Json) -> Iterable[str]:
    if stated["suite"]["hash"] != subject.suite_hash:
        yield f"the run is of another suite ({stated['suite']['hash'][:12]}…); this one is {subject.suite_hash[:12]}…"
    if stated["profile"]["hash"] != subject.profile.hash:
        yield f"the run is of profile {stated['profile']['name']!r}, which is not the one given; name it with --profile"
    if record.get("state") != "finished":
        yield "the run was not finished, or its run.json is gone"


def _compared(
    folder: Path, stated: Json, subject: Subject, wish: Wish, workers: int, watch: Watch, name: str
) -> Verification:
    scenarios = {scenario["id"]: scenario for scenario in stated["scenarios"]}
    cases = [subject.inventory.case(identifier) for identifier in scenarios]
    sorted_out = controller.sort_out(cases, subject)
    tasks = [Task(case.id, subject.adapter, {}, _mark(scenarios[case.id])) for case in sorted_out.to_run]
    plan = controller.plan_of(subject, wish, tasks, mode="replay", folder=str(folder), replayed_system=stated["system"])
    with watch("journals") as steps:
        steps.total(len(tasks))
        session = run_session(plan, workers=workers, on_result=lambda _: steps.step())
    replayed = of_scenarios(session)
    refuted = [f"{identifier}: {why}" for identifier, why in _diverged(sorted_out.to_run, replayed)]
    if not refuted:
        performed = {**sorted_out.without_running, **replayed}
        left_out = [(entry["id"], entry["why"]) for entry in stated["left_out"]]
        judged = [case for case in cases if case.id in performed]
        anew = results_document(subject, judged, performed, left_out, _waivers(stated), stated["as_of"])
        refuted = [
            *_differences(stated, anew),
            *_selection_kept(stated, subject.inventory, wish),
            *_waivers_held(stated),
        ]
    return Verification(name, stated["statement"], len(replayed), (), tuple(refuted))


def _mark(scenario: Json) -> tuple[int, str]:
    journal = scenario["journal"] or {"entries": 0, "last_hash": ""}
    return int(journal["entries"]), str(journal["last_hash"])


def _diverged(to_run: Iterable[Any], replayed: Mapping[str, Json]) -> Iterable[tuple[str, str]]:
    for case in to_run:
        result = replayed.get(case.id)
        if result is None:
            yield case.id, "its journal could not be replayed"
        elif result["diverged"] is not None:
            yield case.id, f"journal {result['journal']['path']}: {result['diverged']}"


def _waivers(stated: Json) -> list[Waiver]:
    """The waivers that the results speak of, each as one of the scenario it covers."""
    return [
        Waiver(
            scenario["id"],
            None,
            scenario["waiver"]["reason"],
            scenario["waiver"]["owner"],
            date.fromisoformat(scenario["waiver"]["expires"]),
            "results.json",
        )
        for scenario in stated["scenarios"]
        if scenario["waiver"] is not None
    ]


def _differences(stated: Json, anew: Json) -> Iterable[str]:
    """Where results that were built anew differ from those stated."""
    found = {scenario["id"]: scenario for scenario in anew["scenarios"]}
    for scenario in stated["scenarios"]:
        for key, value in found[scenario["id"]].items():
            if canonical(scenario.get(key)) != canonical(value):
                stated_as, gives = _short(scenario.get(key)), _short(value)
                yield f"{scenario['id']}: {key} is stated as {stated_as}, the journal gives {gives}"
    for key, value in anew.items():
        if key != "scenarios" and canonical(stated.get(key)) != canonical(value):
            yield f"{key} is not what the scenarios' verdicts give"
    for key in stated.keys() - anew.keys():
        yield f"{key} does not belong into results"


def _selection_kept(stated: Json, inventory: Inventory, wish: Wish) -> Iterable[str]:
    """Scenarios that the selection names and the results do not, and the other way round."""
    named = {scenario["id"] for scenario in stated["scenarios"]} | {entry["id"] for entry in stated["left_out"]}
    selected = {case.id for case in controller.chosen(wish, inventory)}
    for identifier in sorted(selected - named):
        yield f"{identifier}: selected, and missing in the results"
    for identifier in sorted(named - selected):
        yield f"{identifier}: in the results, and not selected"


def _waivers_held(stated: Json) -> Iterable[str]:
    """Waivers that had expired on the day as of which they were to hold."""
    as_of = None if stated["as_of"] is None else date.fromisoformat(stated["as_of"])
    for scenario in stated["scenarios"]:
        if scenario["waiver"] is not None:
            expires = scenario["waiver"]["expires"]
            if as_of is None or date.fromisoformat(expires) < as_of:
                yield f"{scenario['id']}: its waiver expires on {expires}, and was to hold on {stated['as_of']}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:120]}…"
