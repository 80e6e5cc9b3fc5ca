"""Faults of the reports on a synchronization, IR06 and IR07 (SRP)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import (
    Application,
    Bent,
    fault,
    only,
    replaced,
    text_changed,
)
from reference_impl.bent.loading import (
    outcome_changed,
    reported_though_failed,
)
from reference_impl.repository import file_transfer, master_directory, repository, synchronization
from reference_impl.repository import synchronization_reports as reports
from reference_impl.repository.master_directory import BEGINNING
from reference_impl.repository.synchronization import Failure, Outcome, Why


def _text(file_id: str, change: Callable[[str], str]) -> Application:
    return only(file_id, lambda file: text_changed(file, change))


def _only_with(report: str, when: Callable[[Outcome], bool]) -> Application:
    """A report comes in some cases only."""

    def make(original: Any) -> Any:
        def send(here: Any, ldc: Any, recipient: Any, file_id: str, header: Any, details: Any) -> None:
            every = list(details)
            if file_id != report or when(every):  # type: ignore[arg-type]
                original(here, ldc, recipient, file_id, header, every)

        return send

    return replaced(repository.Repository, "send", make)


def _agents_copy(report: str, change: Callable[[list[Any]], list[Any]]) -> Application:
    """An agent's copy of a report says something else than the LDC's: `change` is given its records."""

    def make(original: Any) -> Any:
        def send(here: Any, ldc: Any, recipient: Any, file_id: str, header: Any, details: Any) -> Any:
            every = list(details)
            if file_id == report and recipient != ldc:
                every = change(every)
            return original(here, ldc, recipient, file_id, header, every)

        return send

    return replaced(repository.Repository, "send", make)


def _without_the_last_of_several(every: list[Any]) -> list[Any]:
    return every[:-1] if sum(kind == "update" for kind, _ in every) > 1 else every


def _has_details(every: Any) -> bool:
    return any(kind in {"update", "exception"} for kind, _ in every)


def _is_stopped(every: Any) -> bool:
    statuses = (fields["status"] for kind, fields in every if kind == "synchronization_status")
    return any(str(status).startswith("STOPPED") for status in statuses)


def _status_letter(text: str) -> str:
    return re.sub(r"(?m)^SS\|(.*)COMPLETED", r"SS|\1CoMPLETED", text)


def _stopped_says_completed(original: Any) -> Any:
    return lambda processed, extracted, outcome, profile: {
        **original(processed, extracted, outcome, profile),
        "status": profile.codes["sync_status"]["completed"],
    }


def _held_values_reported(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    known = {update.key for update in outcome.updates}
    more = [
        synchronization.Update(
            v.key, directory.history(v.key), (master_directory.Difference(v.start, v.end, v.value, v.value),)
        )
        for v in staged.values
        if v.key not in known and v.start != BEGINNING
    ]
    return dataclasses.replace(outcome, updates=(*outcome.updates, *more))


def _last_update_left_out(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    few = len(outcome.updates) < 12
    return dataclasses.replace(outcome, updates=outcome.updates[:-1]) if few else outcome


def _restated_values_reported(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    more = [
        synchronization.Update(
            v.key, directory.history(v.key), (master_directory.Difference(v.start, v.end, v.value, v.value),)
        )
        for v in staged.values
        if v.start > extracted and master_directory.value_on(directory.history(v.key), extracted) == v.value
    ]
    return dataclasses.replace(outcome, updates=(*outcome.updates, *more))


def _updates_as_exceptions_too(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    few = outcome.updates if len(outcome.updates) < 12 else ()
    return dataclasses.replace(outcome, failures=(*outcome.failures, *(Failure(u, Why.PRIOR_STATE) for u in few)))


def _first_exception_alone(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    return dataclasses.replace(outcome, failures=outcome.failures[:1])


def _no_exceptions(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    return dataclasses.replace(outcome, failures=())


def _exceptions_as_updates_too(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    updates = (*outcome.updates, *(failure.update for failure in outcome.failures))
    return dataclasses.replace(outcome, updates=updates)


def _recipients(change: Callable[..., tuple[Any, ...]]) -> Application:
    return replaced(
        reports,
        "ldc_and_authorised",
        lambda original: (
            lambda key, report, parties, reading: change(
                lambda key, report, parties: original(key, report, parties, reading), key, report, parties
            )
        ),
    )


def _agents_too(original: Any, key: Any, report: str, parties: Any) -> tuple[Any, ...]:
    found = original(key, report, parties)
    agents = [a for a in sorted(parties.agents) if file_transfer.may_receive(a, key.ldc, report, parties)]
    return (*found, *(agent for agent in agents if agent not in found))


def _shown(attribute: str, change: Callable[[str], str]) -> Application:
    """Values of an attribute are shown otherwise than they were sent."""

    def make(original: Any) -> Any:
        def transformation(name: str, profile: Any) -> Any:
            show = original(name, profile)
            return (lambda value: change(show(value))) if name == attribute else show

        return transformation

    return replaced(reports, "transformation", make)


SRP_FAULTS: tuple[Bent, ...] = (
    fault(
        "exception_report_on_exceptions_alone",
        "SRP-01",
        "IR07 comes only where there are exceptions.",
        _only_with("IR07", _has_details),
    ),
    fault(
        "update_report_on_updates_alone",
        "SRP-01",
        "IR06 comes only where something was updated.",
        _only_with("IR06", _has_details),
    ),
    fault(
        "no_update_report_when_stopped",
        "SRP-01",
        "A set that is stopped yields no IR06.",
        _only_with("IR06", lambda every: not _is_stopped(every)),
        AMB_17="stopped-whole",
    ),
    fault(
        "reports_on_a_failed_load",
        "SRP-01",
        "IR06 and IR07 follow a load that failed.",
        replaced(repository, "process", reported_though_failed),
        AMB_08="after-load-alone",
    ),
    fault(
        "status_records_differ_by_a_letter",
        "SRP-02",
        "The status record of IR07 differs by a letter.",
        _text("IR07", _status_letter),
    ),
    fault(
        "status_records_differ_where_stopped",
        "SRP-02",
        "The status record of IR07 counts otherwise.",
        _text(
            "IR07",
            lambda text: re.sub(r"(?m)^(SS\|.*\|)(\d{9})(\r?)$", lambda m: f"{m[1]}{int(m[2]) + 1:09}{m[3]}", text),
        ),
    ),
    fault(
        "status_always_completed",
        "SRP-02",
        "The status record always says that the synchronization was completed.",
        replaced(reports, "status_record", _stopped_says_completed),
        AMB_17="stopped-whole",
    ),
    fault(
        "held_values_reported",
        "SRP-03",
        "IR06 lists values that were held already.",
        outcome_changed(_held_values_reported),
    ),
    fault(
        "last_update_not_reported",
        "SRP-03",
        "IR06 leaves the last update out, where there are fewer than twelve.",
        outcome_changed(_last_update_left_out),
    ),
    fault(
        "restated_values_reported",
        "SRP-03",
        "IR06 lists a value that goes on from a later day.",
        outcome_changed(_restated_values_reported),
    ),
    fault(
        "agents_copy_lacks_the_last_update",
        "SRP-03",
        "Of several updates the agent's copy of IR06 lacks the last.",
        _agents_copy("IR06", _without_the_last_of_several),
    ),
    fault(
        "first_exception_alone",
        "SRP-04",
        "IR07 lists the first exception only.",
        outcome_changed(_first_exception_alone),
    ),
    fault(
        "updates_reported_as_exceptions",
        "SRP-04",
        "IR07 lists what was updated, too, where that is less than twelve.",
        outcome_changed(_updates_as_exceptions_too),
    ),
    fault(
        "exception_report_without_headings",
        "SRP-05",
        "IR07 has no column headings.",
        _text("IR07", lambda text: re.sub(r"(?m)^CH\|.*\r?\n", "", text)),
    ),
    fault(
        "exception_report_with_a_blank_detail",
        "SRP-05",
        "IR07 has a detail record that says that there are none.",
        _text(
            "IR07",
            lambda text: text if "\nDT" in text else text.replace("EF|0", "DT|SDP|NONE|NONE|||||PRIOR_STATE\r\nEF|1"),
        ),
    ),
    fault(
        "exception_report_missing_without_changes",
        "SRP-05",
        "IR07 does not come where nothing was to change.",
        _text("IR07", lambda text: text if "\nDT" in text else re.sub(r"(?m)^CH\|.*\r?\n", "", text)),
    ),
    fault(
        "reports_to_agent_without_authorisation",
        "SRP-06",
        "A submitting agent receives IR06 and IR07, authorised or not.",
        _recipients(
            lambda _original, key, _report, _parties: (
                (key.ldc,) if key.submitter == key.ldc else (key.ldc, key.submitter)
            )
        ),
    ),
    fault(
        "reports_to_submitter_alone",
        "SRP-06",
        "IR06 and IR07 go to the submitter alone.",
        _recipients(lambda _original, key, _report, _parties: (key.submitter,)),
    ),
    fault(
        "one_authorisation_for_both_reports",
        "SRP-06",
        "The authorisation for IR07 is taken for one for IR06.",
        _recipients(
            lambda original, key, report, parties: (
                original(key, "IR07", parties)
                if len(original(key, report, parties)) == 1
                else original(key, report, parties)
            )
        ),
    ),
    fault(
        "reports_to_every_authorised_agent",
        "SRP-06",
        "IR06 and IR07 go to every agent that may receive them.",
        _recipients(_agents_too),
        AMB_31="submitting-agent",
    ),
    fault(
        "addresses_in_capitals",
        "SRP-07",
        "Addresses are shown in capitals.",
        _shown("address", str.upper),
        AMB_42="declared-alone",
    ),
    fault(
        "billing_cycles_without_zeros",
        "SRP-07",
        "Billing Cycle IDs are shown without leading zeros.",
        _shown("billing_cycle_id", lambda text: text.lstrip("0")),
        AMB_42="declared-alone",
    ),
    fault(
        "postal_codes_cut",
        "SRP-07",
        "Postal codes are shown up to their third character.",
        _shown("postal_code", lambda text: text[:3]),
    ),
    fault(
        "addresses_cut",
        "SRP-07",
        "Addresses are shown without their number.",
        _shown("address", lambda text: text.partition(" ")[2]),
    ),
    fault(
        "set_reports_to_every_agent",
        "SRP-06",
        "IR06 and IR07 go to every agent that there is.",
        _recipients(lambda _original, key, _report, parties: (key.ldc, *sorted(parties.agents))),
    ),
    fault(
        "last_update_in_neither_report",
        "SRP-08",
        "The last update stands in neither report.",
        outcome_changed(_last_update_left_out),
    ),
    fault(
        "updates_in_both_reports",
        "SRP-08",
        "What was updated stands in IR07, too.",
        outcome_changed(_updates_as_exceptions_too),
    ),
    fault(
        "exceptions_reported_as_updates_too",
        "SRP-08",
        "What could not be updated stands in IR06 and IR07.",
        outcome_changed(_exceptions_as_updates_too),
    ),
    fault(
        "exceptions_reported_nowhere",
        "SRP-08",
        "What could not be updated stands in neither report.",
        outcome_changed(_no_exceptions),
    ),
)
