"""Faults that show where two things meet: one who asks and a response of another, a framing or an agent and a report."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.bent.billing_seldom_told import found_again, rebillings_of
from reference_impl.bent.failure_reports import failures_listed, no_reads_made_of, not_on, rebillings_listed
from reference_impl.framing import Energy
from reference_impl.repository import (
    billing_operations,
    billing_reports,
    billing_services,
    file_transfer,
    identifiers,
    repository,
)

_SATURDAY = 5

# --- who asks -------------------------------------------------------------------------------------------------------


def _recovered_for_others(is_so: Callable[[Any, Any], bool]) -> Application:
    """Some find what was delivered to others: `is_so` is given the request, and what was delivered when."""

    def make(original: Any) -> Any:
        def recovered(request: Any, delivered: Any, reading: str) -> Any:
            every = (
                dataclasses.replace(each, response=dataclasses.replace(each.response, recipient=request.requester))
                if is_so(request, each)
                else each
                for each in delivered
            )
            return original(request, every, reading)

        return recovered

    return replaced(billing_services, "recovered", make)


def _went_to_an_agent(response: Any) -> bool:
    return bool(response.recipient != response.request.ldc)


def _unanswered_where_all_bad(original: Any) -> Any:
    def respond(here: Any, request: Any, assignments: Any) -> None:
        if any(each.universal_sdp_id is not None for each in assignments):
            original(here, request, assignments)

    return respond


def _unreported_where_all_bad(original: Any) -> Any:
    issued = identifiers.AssignmentStatus.ISSUED, identifiers.AssignmentStatus.ALREADY_ISSUED

    def report(here: Any, key: Any, new: Any) -> None:
        kept = [each for each in new if any(each.counts.get(status) for status in issued)]
        if kept:
            original(here, key, kept)

    return report


# --- reports --------------------------------------------------------------------------------------------------------


def _of_framings(is_so: Callable[[Any], bool]) -> Callable[[Any, Any], bool]:
    """Whether the last framing structure of a request's period is such a one."""

    def of_request(here: Any, request: Any) -> bool:
        billing = billing_operations.billing_of(here, request.ldc)
        parts = billing_services.sub_periods(request, billing)
        return bool(parts and is_so(billing.framing_of(parts[-1].framing)))

    return of_request


def _no_failures_of(is_so: Callable[[Any, Any], bool]) -> Application:
    """BR05 leaves out the failures of some requests."""
    return failures_listed(lambda here, found: [each for each in found if not is_so(here, each.request)])


def _no_closed_of(is_so: Callable[[Any, Any], bool]) -> Application:
    """BR06 leaves out some requests."""
    return no_reads_made_of(lambda here, entry: not is_so(here, entry.request))


_TOU = _of_framings(lambda framing: framing.energy is Energy.TOU_CPP and not framing.demand)
_DEMAND = _of_framings(lambda framing: bool(framing.demand))


def _is_something(found: Any) -> bool:
    request = found.now.request
    return billing_reports.energy_wh(found.now, request.start, request.end) != 0


# --- mailboxes ------------------------------------------------------------------------------------------------------


def _last_of_each_type(original: Any) -> Any:
    """Of the refused files of one type that wait for a mailbox the last is kept."""

    def deliver_again(here: Any) -> None:
        last = {(each.recipient, each.name.split(".")[2]): each for each in here.undelivered}
        here.undelivered = list(last.values())
        original(here)

    return deliver_again


def _once_more_alone(original: Any) -> Any:
    """What is refused again is dropped."""

    def deliver_again(here: Any) -> None:
        original(here)
        here.undelivered = [
            each
            for each in here.undelivered
            if each.instant != here.now or file_transfer.refuses_until(each.recipient, here.now, here.outages) is None
        ]

    return deliver_again


REPORT_COINCIDENCE_FAULTS: tuple[Bent, ...] = (
    fault(
        "version_recovered_for_the_ldc",
        "BSV-08",
        "The LDC recovers what was delivered to its agent on request.",
        _recovered_for_others(
            lambda request, each: request.requester == request.ldc and not each.response.request.is_pushed
        ),
    ),
    fault(
        "version_recovered_for_an_agent",
        "BSV-08",
        "An agent recovers what was delivered to the LDC.",
        _recovered_for_others(lambda request, _: request.requester != request.ldc),
    ),
    fault(
        "scheduled_version_recovered_for_the_ldc",
        "BSV-08",
        "The LDC recovers what was delivered to its agent by schedule.",
        _recovered_for_others(
            lambda request, each: request.requester == request.ldc and each.response.request.is_pushed
        ),
    ),
    fault(
        "scheduled_version_of_an_agent_not_found",
        "BSV-10",
        "An agent's scheduled response is not found by its version.",
        found_again(lambda _, each: not (each.response.request.is_pushed and _went_to_an_agent(each.response))),
    ),
    fault(
        "request_of_bad_lines_alone_unanswered",
        "USDP-14",
        "A request all of whose lines are bad gets no response.",
        replaced(repository, "respond", _unanswered_where_all_bad),
    ),
    fault(
        "request_of_bad_lines_alone_not_summed_up",
        "USDP-13",
        "A request all of whose lines are bad is not in IR01.",
        replaced(repository, "report", _unreported_where_all_bad),
    ),
    fault(
        "rebilling_without_what_falls_to_nothing",
        "BRP-09",
        "BR03 leaves out periods whose quantities fall to nothing.",
        rebillings_listed(lambda found: [each for each in found if _is_something(each)]),
    ),
    fault(
        "rebilling_without_scheduled_of_agents",
        "BRP-09",
        "BR03 leaves out what a schedule delivered to an agent.",
        rebillings_of(lambda response, _: not (response.request.is_pushed and _went_to_an_agent(response))),
    ),
    fault(
        "rebilling_without_on_cycle",
        "BRP-09",
        "BR03 leaves out what was delivered on an on-cycle request.",
        rebillings_of(lambda response, _: response.request.is_pushed or not response.request.on_cycle),
    ),
    fault(
        "sum_check_failures_without_tou",
        "BRP-07",
        "BR05 leaves out TOU/CPP SDPs without demand.",
        _no_failures_of(_TOU),
    ),
    fault(
        "sum_check_failures_without_demand",
        "BRP-07",
        "BR05 leaves out SDPs whose framing structure has demand.",
        _no_failures_of(_DEMAND),
    ),
    fault(
        "sum_check_failures_without_on_cycle",
        "BRP-07",
        "BR05 leaves out what was requested on cycle.",
        _no_failures_of(lambda _, request: request.on_cycle and not request.is_pushed),
    ),
    fault(
        "sum_check_failures_not_on_saturdays",
        "BRP-07",
        "BR05 does not run on Saturdays.",
        replaced(billing_reports, "run_sum_check_failures", not_on(lambda day: day.weekday() == _SATURDAY)),
    ),
    fault("no_reads_without_tou", "BRP-08", "BR06 leaves out TOU/CPP SDPs without demand.", _no_closed_of(_TOU)),
    fault(
        "no_reads_without_demand",
        "BRP-08",
        "BR06 leaves out SDPs whose framing structure has demand.",
        _no_closed_of(_DEMAND),
    ),
    fault(
        "no_reads_not_on_saturdays",
        "BRP-08",
        "BR06 does not run on Saturdays.",
        replaced(billing_reports, "run_no_reads", not_on(lambda day: day.weekday() == _SATURDAY)),
    ),
    fault(
        "last_of_several_refused_tried_again",
        "BRP-04",
        "Of several refused files of one type the last is tried again.",
        replaced(repository, "deliver_again", _last_of_each_type),
        AMB_58="tried-again",
    ),
    fault(
        "refused_again_and_dropped",
        "BRP-04",
        "What a mailbox refuses when it is tried again is tried no more.",
        replaced(repository, "deliver_again", _once_more_alone),
        AMB_58="tried-again",
    ),
)
