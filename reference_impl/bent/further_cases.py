"""Faults of an agent's sets, of P-Sync sets alone, and of the second of two that one file asks for."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from harness.interface.instants import day_of
from reference_impl.bent.bending import Application, Bent, details_of, fault, only, replaced, text_changed, together
from reference_impl.bent.loading import check_kept, refused
from reference_impl.repository import (
    billing_operations,
    billing_requests,
    billing_services,
    repository,
    synchronization,
    synchronization_reports,
)
from reference_impl.repository.file_sets import SetKey
from reference_impl.repository.master_directory import value_on

_STATUS = 8
"""The place of the Transaction Status in a response's record."""
_SDP = 2
_TWO = 2
_LAST_RUN = 23


def _is_of_an_agent(key: SetKey) -> bool:
    return key.ldc != key.submitter


def _unless_of_an_agent(name: str, *codes: str) -> Application:
    """A check of the loader overlooks findings of some codes in the sets of agents."""

    def keep(staging: Any, found: list[Any]) -> list[Any]:
        return [each for each in found if each.code not in codes or not _is_of_an_agent(staging.arriving.key)]

    return check_kept(name, keep)


def _unless_periodic(name: str, *codes: str) -> Application:
    """A check of the loader overlooks findings of some codes in P-Sync sets."""

    def keep(staging: Any, found: list[Any]) -> list[Any]:
        return [each for each in found if each.code not in codes or not staging.arriving.is_periodic_audit]

    return check_kept(name, keep)


def _says_nothing_for_an_agent(staging: Any) -> bool:
    return _is_of_an_agent(staging.arriving.key) and not staging.staged.values


def _active_today(original: Any) -> Any:
    """What is left out, but for SDPs of which nothing holds by the day of the extract."""

    def omitted(staged: Any, directory: Any, extracted: Any) -> Any:
        return [
            sdp
            for sdp in original(staged, directory, extracted)
            if any(value_on(directory.history(key), extracted) is not None for key in directory.dated(sdp))
        ]

    return omitted


def _of_different_sdps(original: Any) -> Any:
    """Of the versions of one SDP that a file asks for, the first alone is recovered."""

    def recover(here: Any, name: Any, requests: Any) -> None:
        first = {request.universal_sdp_id: request for request in reversed(requests)}
        original(here, name, [request for request in requests if request in first.values()])

    return recover


def _second_sdp_without_exception(status: str) -> Application:
    """The second SDP of a response file, where it has a status, is told to have been processed without exception."""

    def change(rows: list[list[str]]) -> list[list[str]]:
        second = list(dict.fromkeys(row[_SDP] for row in rows))[1:2]
        return [
            [*row[:_STATUS], "00", *row[_STATUS + 1 :]] if [row[_SDP]] == second and row[_STATUS] == status else row
            for row in rows
        ]

    return together(*(details_of(file_type, change) for file_type in ("6000", "6100", "6200")))


def _in_agents_p_sync(module: Any, name: str, change: Any) -> Application:
    """Another function while a P-Sync set of an agent's is processed: `change` makes it of the original."""

    def make(original: Any) -> Any:
        def process(here: Any, due: Any) -> None:
            bends = due.is_periodic_audit and _is_of_an_agent(due.key)
            with replaced(module, name, change if bends else lambda same: same)(None):
                original(here, due)

        return process

    return replaced(repository, "process", make)


def _first_finding_of_p_sync(original: Any) -> Any:
    def report(here: Any, loaded: Any, load: Any) -> None:
        first = dataclasses.replace(load, findings=load.findings[:1])
        original(here, loaded, first if loaded.is_periodic_audit else load)

    return report


def _of_one_segment_each(load: Any) -> list[Any]:
    """Of the findings of a file's segments those of the first that has any."""
    first: dict[str, str] = {}
    return [
        each
        for each in load.findings
        if each.file is None or first.setdefault(each.file.rsplit(".", 2)[0], each.file) == each.file
    ]


def _counted_otherwise_for_agents(file: Any) -> Any:
    """The status record of a report that goes to an agent counts an update more."""
    ldc, recipient, *_ = file.name.split(".")
    if ldc == recipient:
        return file
    pattern = r"(?m)^(SS\|.*\|)(\d{9})(?=\|\d{9}\s*$)"
    return text_changed(file, lambda text: re.sub(pattern, lambda found: f"{found[1]}{int(found[2]) + 1:09}", text))


def _kept_of_a_file(keep: Any) -> Application:
    """Of the requests of a file some are kept: `keep` is given one and all of them."""

    def make(original: Any) -> Any:
        def validate(*arguments: Any) -> Any:
            found = original(*arguments)
            kept = tuple(each for each in found.requests if keep(each, found.requests))
            return dataclasses.replace(found, requests=kept)

        return validate

    return replaced(billing_requests, "validate", make)


def _recovered_with_first_demand(original: Any) -> Any:
    def recovered(*arguments: Any) -> Any:
        found = original(*arguments)
        if found is None or "6200" not in found.records:
            return found
        return dataclasses.replace(found, records={**found.records, "6200": found.records["6200"][:1]})

    return recovered


def _recovered_without_exception(status: str) -> Application:
    """A response that had a status is recovered as one that was processed without exception."""

    def make(original: Any) -> Any:
        def recovered(*arguments: Any) -> Any:
            found = original(*arguments)
            if found is None:
                return None
            records = {
                file_type: tuple(
                    {**each, "transaction_status": "00"} if each["transaction_status"] == status else each
                    for each in every
                )
                for file_type, every in found.records.items()
            }
            return dataclasses.replace(found, records=records)

        return recovered

    return replaced(billing_services, "recovered", make)


def _agents_update_at_any_time(original: Any) -> Any:
    def load(here: Any, name: Any, *others: Any) -> None:
        any_time = (lambda _: lambda *__: False) if name.org_1 != name.org_2 else (lambda same: same)
        with replaced(billing_requests, "comes_too_late", any_time)(None):
            original(here, name, *others)

    return load


def _all_of_several_refused(original: Any) -> Any:
    """Where one of three requests or more is refused, all of the requester's are."""

    def process(requests: Any, billing: Any) -> Any:
        every = list(requests)
        refused = [
            each
            for each in every
            if billing_services.is_refused_to(each, billing_services.billing_agent(each, billing))
        ]
        if len(every) <= _TWO or not refused:
            return original(every, billing)
        with replaced(billing_services, "is_refused_to", lambda _: lambda request, __: not request.is_pushed)(None):
            return original(every, billing)

    return process


def _closed_with_the_first(original: Any) -> Any:
    """With a request whose window has expired go those for the same SDP and period, without a response."""

    def close(here: Any) -> None:
        active = here.billing.active
        expired = [each for each in active if billing_operations.no_data_due(here, each) <= here.now]
        periods = {(each.universal_sdp_id, each.start, each.end) for each in expired}
        here.billing.active = [
            each for each in active if each in expired or (each.universal_sdp_id, each.start, each.end) not in periods
        ]
        original(here)

    return close


def _not_at_the_last_run(original: Any) -> Any:
    """The run at 23:00 leaves out requests whose window ends with the day."""

    def run(here: Any) -> None:
        last = [each for each in here.billing.active if billing_operations.window_end(here, each) == day_of(here.now)]
        if here.now.hour != _LAST_RUN:
            last = []
        here.billing.active = [each for each in here.billing.active if each not in last]
        original(here)
        here.billing.active += last

    return run


def _unless_of_demand_beside(energy_file: str) -> Application:
    """There is no sum check where demand stands beside energy of a file type."""

    def make(original: Any) -> Any:
        def checked(request: Any, parts: Any, billing: Any) -> Any:
            is_so = any({energy_file, "6200"} <= got.records.keys() for _, got in parts)
            return None if is_so else original(request, parts, billing)

        return checked

    return replaced(billing_services, "sum_checked", make)


def _unless_of_tou_with_demand() -> Application:
    """There is no sum check where demand stands beside energy by buckets."""

    def make(original: Any) -> Any:
        def checked(request: Any, parts: Any, billing: Any) -> Any:
            records = [got.records for _, got in parts]
            is_so = any("6200" in each and "on_peak_wh" in each.get("6000", ({},))[0] for each in records)
            return None if is_so else original(request, parts, billing)

        return checked

    return replaced(billing_services, "sum_checked", make)


def _divided_as_at_first() -> Application:
    """A period is divided as it was when it was first looked at; each conversation begins anew."""
    first: dict[tuple[str, Any, Any], Any] = {}

    def begun(original: Any) -> Any:
        def opened(*arguments: Any, **more: Any) -> Any:
            first.clear()
            return original(*arguments, **more)

        return opened

    def make(original: Any) -> Any:
        def sub_periods(request: Any, billing: Any) -> Any:
            period = request.universal_sdp_id, request.start, request.end
            if period not in first:
                first[period] = original(request, billing)
            return first[period]

        return sub_periods

    return together(replaced(repository.Repository, "opened", begun), replaced(billing_services, "sub_periods", make))


FURTHER_CASE_FAULTS: tuple[Bent, ...] = (
    fault(
        "extracted_date_time_of_agents_unchecked",
        "SYN-09",
        "The files of an agent's set may state different Extracted Date Times.",
        _unless_of_an_agent("check_headers", "extracted-date-time"),
    ),
    fault(
        "agents_set_without_details_refused",
        "SYN-04",
        "A set of an agent's without detail records fails to load.",
        refused(_says_nothing_for_an_agent),
    ),
    fault(
        "module_asset_of_agents_changes_not_needed",
        "ISY-10",
        "A meter change by an agent needs no asset record of the module.",
        _unless_of_an_agent("check_minimum_data", "minimum-data-module"),
    ),
    fault(
        "module_relationship_of_agents_changes_not_needed",
        "ISY-10",
        "A meter change by an agent needs no relationship of the meter to its module.",
        _unless_of_an_agent("check_minimum_data", "minimum-data-relationship"),
    ),
    fault(
        "minimum_data_of_agents_removals_unchecked",
        "ISY-11",
        "A meter removal by an agent needs no module.",
        _unless_of_an_agent("check_minimum_data", "minimum-data-module", "minimum-data-relationship"),
    ),
    fault(
        "meters_of_p_sync_unchecked",
        "STL-01",
        "A P-Sync set may name a meter that nobody created.",
        _unless_periodic("check_assets", "meter-unknown"),
    ),
    fault(
        "modules_of_p_sync_unchecked",
        "STL-01",
        "A P-Sync set may name a communication module that nobody created.",
        _unless_periodic("check_assets", "communication-module-unknown"),
    ),
    fault(
        "sdps_of_p_sync_created_by_data",
        "USDP-07",
        "Data in a P-Sync set creates an SDP without its asset record.",
        _unless_periodic("check_universal_sdp_ids", "sdp-unknown"),
    ),
    fault(
        "what_is_all_to_come_stays",
        "PSY-02",
        "An SDP of which everything is still to come stays as it is where a P-Sync set leaves it out.",
        replaced(synchronization, "omitted_sdps", _active_today),
    ),
    fault(
        "second_version_of_a_file_lost",
        "BSV-10",
        "Of several responses that a file asks for again the first alone is recovered.",
        replaced(
            billing_operations,
            "recover",
            lambda original: lambda here, name, requests: original(here, name, requests[:1]),
        ),
    ),
    fault(
        "second_version_of_an_sdp_lost",
        "BSV-10",
        "Of several responses for one SDP that a file asks for again the first alone is recovered.",
        replaced(billing_operations, "recover", _of_different_sdps),
    ),
    fault(
        "agents_p_sync_deactivates_nothing",
        "PSY-02",
        "A P-Sync set of an agent's deactivates nothing.",
        _in_agents_p_sync(synchronization, "omitted_sdps", lambda _: lambda *__: []),
    ),
    fault(
        "agents_p_sync_changes_prior_states",
        "PSY-04",
        "A P-Sync set of an agent's changes prior states.",
        _in_agents_p_sync(synchronization, "prior_states", lambda _: lambda *__: ()),
    ),
    fault(
        "first_finding_of_p_sync_alone",
        "STL-05",
        "IR14 lists the first finding of a P-Sync set only.",
        replaced(repository, "report_load", _first_finding_of_p_sync),
    ),
    fault(
        "findings_of_one_segment_alone",
        "STL-05",
        "IR14 lists the findings of one segment of a file, whatever the others have.",
        replaced(synchronization_reports, "reported_findings", lambda _: _of_one_segment_each),
    ),
    fault(
        "status_record_of_an_agents_copy_differs",
        "SRP-02",
        "The status record of an agent's copy of IR07 counts an update more.",
        only("IR07", _counted_otherwise_for_agents),
    ),
    fault(
        "version_on_cycle_lost",
        "BSV-10",
        "A former response that is asked for on cycle is not recovered.",
        _kept_of_a_file(lambda each, _: each.version is None or not each.on_cycle),
    ),
    fault(
        "versions_beside_requests_lost",
        "BSV-10",
        "A former response is not recovered where the file asks for other quantities, too.",
        _kept_of_a_file(lambda each, every: each.version is None or all(other.version for other in every)),
    ),
    fault(
        "requests_beside_versions_lost",
        "BSV-10",
        "Where a file asks for a former response, its requests for other quantities are lost.",
        _kept_of_a_file(lambda each, every: each.version is not None or not any(other.version for other in every)),
    ),
    fault(
        "recovered_with_the_first_demand",
        "BSV-10",
        "Of a divided response the demand of the first sub-period alone is recovered.",
        replaced(billing_services, "recovered", _recovered_with_first_demand),
    ),
    fault(
        "recovered_over_the_threshold_as_passed",
        "BSV-10",
        "A response with 06 is recovered with 00.",
        _recovered_without_exception("06"),
    ),
    fault(
        "schedule_updates_of_agents_at_any_time",
        "BSV-04",
        "An agent's update may change billing cycle dates that lie near.",
        replaced(billing_operations, "load_schedule", _agents_update_at_any_time),
    ),
    fault(
        "on_cycle_requests_never_refused",
        "BSV-08",
        "What is requested on cycle goes to the billing agent, whoever requested it.",
        replaced(
            billing_services,
            "is_refused_to",
            lambda original: lambda request, agent: original(request, agent) and not request.on_cycle,
        ),
    ),
    fault(
        "all_of_three_refused_with_one",
        "BSV-08",
        "Where one of three requests is refused with 08, all are.",
        replaced(billing_services, "process", _all_of_several_refused),
    ),
    fault(
        "further_request_closed_with_the_first",
        "WIN-07",
        "When the window of a request expires, another for the same period is dropped without a response.",
        replaced(billing_operations, "close_expired", _closed_with_the_first),
    ),
    fault(
        "last_run_of_the_window_missing",
        "WIN-05",
        "The run at 23:00 does not process requests whose window ends on that day.",
        replaced(billing_operations, "run_billing", _not_at_the_last_run),
    ),
    fault(
        "no_sum_check_of_hourly_with_demand",
        "SUM-01",
        "There is no sum check for Hourly quantities with demand.",
        _unless_of_demand_beside("6100"),
    ),
    fault(
        "no_sum_check_of_tou_with_demand",
        "SUM-01",
        "There is no sum check for TOU/CPP quantities with demand.",
        _unless_of_tou_with_demand(),
    ),
    fault(
        "divided_as_at_first",
        "SEG-02",
        "A period is divided by the events that were known when it was first looked at.",
        _divided_as_at_first(),
    ),
    *(
        fault(
            f"second_sdp_never_{status}",
            rule,
            f"The second SDP of a response file has status 00 in place of {status}.",
            _second_sdp_without_exception(status),
        )
        for status, rule in (("02", "TXS-03"), ("06", "SUM-03"), ("07", "SUM-04"), ("08", "BSV-08"))
    ),
)
"""Each fault leaves the other cases as they should be."""
