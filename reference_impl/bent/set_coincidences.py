"""Faults of file sets that show where two things come together: a P-Sync set and a warning, an agent and prior values."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from harness.interface.findings import Severity
from harness.interface.instants import Day
from harness.interface.set_records import BEGINNING, SDP_TO_METER
from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.repository import (
    master_directory,
    repository,
    sequence,
    staging_table_loader,
    synchronization,
)
from reference_impl.repository.file_sets import ArrivingSet


def _is_of_an_agent(due: ArrivingSet) -> bool:
    return due.key.submitter != due.key.ldc


def _while_processing(is_meant: Callable[[ArrivingSet], bool], change: Application) -> Application:
    """Another change applies while some sets are processed, and no others."""

    def make(original: Any) -> Any:
        def process(repo: Any, due: ArrivingSet) -> None:
            with change(repo) if is_meant(due) else contextlib.nullcontext():
                original(repo, due)

        return process

    return replaced(repository, "process", make)


_SHARE_OF_AGENTS_UNCHECKED = _while_processing(
    _is_of_an_agent, replaced(synchronization, "is_over_threshold", lambda _: lambda *_: False)
)


# --- sequence -------------------------------------------------------------------------------------------------------


def _keeps_its_number(original: Any) -> Any:
    def report_synchronization(repo: Any, processed: ArrivingSet, extracted: Any, outcome: Any) -> None:
        original(repo, processed, extracted, outcome)
        if processed.is_periodic_audit and outcome.status is synchronization.Status.COMPLETED_WITH_EXCEPTIONS:
            repo.expected_numbers[sequence.counted_for(processed.key, repo.readings["AMB-34"])] -= 1

    return report_synchronization


def _forgets_who_is_held(original: Any) -> Any:
    def process(repo: Any, due: ArrivingSet) -> None:
        owner = sequence.counted_for(due.key, repo.readings["AMB-34"])
        before = repo.expected_numbers[owner]
        original(repo, due)
        if repo.expected_numbers[owner] == before:
            for key in [key for key in repo.sets if sequence.counted_for(key, repo.readings["AMB-34"]) == owner]:
                del repo.sets[key]

    return process


# --- the load -------------------------------------------------------------------------------------------------------


def _of_audits(change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Application:
    """What the loader finds in P-Sync sets is changed."""

    def make(original: Any) -> Any:
        def load(due: ArrivingSet, *others: Any) -> Any:
            found = original(due, *others)
            return dataclasses.replace(found, findings=change(found.findings)) if due.is_periodic_audit else found

        return load

    return replaced(staging_table_loader, "load", make)


def _as_errors(findings: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(each._replace(severity=Severity.ERROR) for each in findings)


def _without_warnings(findings: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(each for each in findings if each.severity is Severity.ERROR)


# --- what takes effect ----------------------------------------------------------------------------------------------


def _states(is_kept: Callable[[Any, Day], bool]) -> Application:
    """Some of the states that a set gives are passed over."""

    def make(original: Any) -> Any:
        def synchronize(staged: Any, directory: Any, extracted: Day, audit: Any = None) -> Any:
            kept = [value for value in staged.values if is_kept(value, extracted)]
            return original(dataclasses.replace(staged, values=kept), directory, extracted, audit)

        return synchronize

    return replaced(synchronization, "synchronize", make)


def _leaves_what_it_covers(original: Any) -> Any:
    def put(history: Any, start: Day, end: Day | None, value: str) -> Any:
        covered = next((each for each in history if end and each.end and start < each.start and each.end < end), None)
        if covered is None:
            return original(history, start, end, value)
        return original(original(history, start, covered.start, value), covered.end, end, value)

    return put


@contextlib.contextmanager
def _meters_stay_in_use(_: object) -> Iterator[None]:
    """The meter of an SDP that a P-Sync set left out is in use for good."""
    synchronize, meters_in_use = synchronization.synchronize, synchronization.meters_in_use
    kept: dict[int, set[str]] = {}

    def noted(staged: Any, directory: Any, extracted: Day, audit: Any = None) -> Any:
        if audit is not None:
            left_out = synchronization.omitted_sdps(staged, directory, extracted)
            kept.setdefault(id(directory), set()).update(left_out)
        return synchronize(staged, directory, extracted, audit)

    def in_use(updates: Any, failed: Any, directory: Any) -> Iterator[Any]:
        yield from meters_in_use(updates, failed, directory)
        for key, update in updates.items():
            meters = [each.after for each in update.differences if key.attribute == SDP_TO_METER]
            others = {sdp for meter in meters if meter for sdp in directory.sdps_of_meter.get(meter, ())} - {key.id}
            if key not in failed and others & kept.get(id(directory), set()):
                yield key

    synchronization.synchronize, synchronization.meters_in_use = noted, in_use
    try:
        yield
    finally:
        synchronization.synchronize, synchronization.meters_in_use = synchronize, meters_in_use


SET_COINCIDENCE_FAULTS: tuple[Bent, ...] = (
    fault(
        "p_sync_with_exceptions_keeps_number",
        "SEQ-02",
        "a P-Sync set with exceptions does not use up its number",
        replaced(repository, "report_synchronization", _keeps_its_number),
        AMB_35="exception",
    ),
    fault(
        "held_sets_lost_as_predecessor_fails",
        "SEQ-05",
        "sets that are held are forgotten when their predecessor fails to load, and nobody is told",
        replaced(repository, "process", _forgets_who_is_held),
        AMB_22="number-stays",
    ),
    fault(
        "p_sync_fails_for_warning",
        "STL-04",
        "a warning fails the load of a P-Sync set",
        _of_audits(_as_errors),
        AMB_39="warning",
    ),
    fault(
        "warnings_of_p_sync_left_out",
        "STL-05",
        "warnings of a P-Sync set are not reported",
        _of_audits(_without_warnings),
        AMB_39="warning",
    ),
    fault(
        "agent_s_prior_values_passed_over",
        "ISY-01",
        "of an agent's I-Sync set the states that are over change nothing",
        _while_processing(
            lambda due: _is_of_an_agent(due) and not due.is_periodic_audit,
            _states(lambda value, day: value.end is None or value.end > day or value.start == BEGINNING),
        ),
    ),
    fault(
        "covered_state_left_in_place",
        "ISY-01",
        "a state that lies within the days of one that comes is left in place",
        replaced(master_directory, "put", _leaves_what_it_covers),
    ),
    fault(
        "meter_of_omitted_sdp_stays_in_use",
        "PSY-02",
        "the meter of an SDP that a P-Sync set left out can be given to no other",
        _meters_stay_in_use,
    ),
    fault(
        "agent_s_p_sync_beyond_share_applied",
        "PSY-05",
        "the share of SDPs that an agent's P-Sync set leaves out is not checked",
        _SHARE_OF_AGENTS_UNCHECKED,
        AMB_17="stopped-whole",
    ),
    fault(
        "agent_s_p_sync_beyond_share_loaded",
        "PSY-05",
        "an agent's P-Sync set that leaves out more than its share is loaded",
        _SHARE_OF_AGENTS_UNCHECKED,
        AMB_17="refused-at-load",
    ),
)
