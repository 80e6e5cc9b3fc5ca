"""Faults of a CIS in reading responses: what it takes for quantities that may be used, and what it makes of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_bending import cis_fault, reads_a_name_once, without_last_record
from reference_impl.cis import billing_quantities, file_transfer
from reference_impl.cis import cis as mailbox

RESPONSES = frozenset({"6000", "6100", "6200"})
FAILED = frozenset({"06", "07"})


# --- what failed the sum check (SUM-07) ---------------------------------------------------------------------


def _taken_for_sound(*words: str) -> Application:
    """Some statuses are taken for 00."""
    return together(
        replaced(billing_quantities, "USED", lambda used: used | {*words}),
        replaced(billing_quantities, "SET_ASIDE", lambda failed: failed - {*words}),
    )


def _delivered(change: Callable[[Any], Any]) -> Application:
    """Change what a response delivers, by period and request."""

    def make(original: Any) -> Any:
        return lambda file, ids, matters: change(original(file, ids, matters))

    return replaced(billing_quantities, "delivered_in", make)


def _without_failed(found: Any) -> Any:
    """What failed the sum check is left out."""
    kept = {
        key: {span: part for span, part in parts.items() if part.status not in FAILED} for key, parts in found.items()
    }
    return {key: parts for key, parts in kept.items() if parts}


def _shown_as_sound(original: Any) -> Any:
    """Whatever failed the sum check is told of as if it had not."""

    def understood(quantities: Any, codes: Any) -> Any:
        for sdp_id, first, last, status, wh in original(quantities, codes):
            yield sdp_id, first, last, "00" if status in FAILED else status, wh

    return understood


def _reads_no_demand(original: Any) -> Any:
    """Responses 6200 are left unread."""

    def take_response(file: Any, *more: Any) -> None:
        if file.name.file_id != "6200":
            original(file, *more)

    return take_response


def _recovered_taken_for_sound(original: Any) -> Any:
    """Of a response that recovers one which got lost every status is taken for 00."""

    def take_response(file: Any, quantities: Any, requests: Any, *more: Any) -> None:
        recovering = {made.detail_id for made in requests.made.values() if made.version is not None}

        def as_sound(delivered_in: Any) -> Any:
            def delivered(*of_file: Any) -> Any:
                return {
                    key: {span: dataclasses.replace(part, status="00") for span, part in parts.items()}
                    if key[1] in recovering
                    else parts
                    for key, parts in delivered_in(*of_file).items()
                }

            return delivered

        with replaced(billing_quantities, "delivered_in", as_sound)(None):
            original(file, quantities, requests, *more)

    return take_response


# --- the End Of File record (FTS-16) ------------------------------------------------------------------------


def _whole(judge: Callable[[bool, Any], bool]) -> Application:
    """Say otherwise whether a response came whole: `judge` is given what was found, and how it was read."""

    def make(original: Any) -> Any:
        def is_whole(reading: Any) -> bool:
            found = bool(original(reading))
            return judge(found, reading) if reading.name and reading.name.file_id in RESPONSES else found

        return is_whole

    return replaced(file_transfer, "is_whole", make)


def _read(change: Callable[[Any], Any]) -> Application:
    """Change a response before it is taken in."""

    def make(original: Any) -> Any:
        return lambda file, *more: original(change(file), *more)

    return replaced(billing_quantities, "take_response", make)


def _counted_as_energy(original: Any) -> Any:
    """The number in the End Of File record is added to the energy before it."""

    def delivered_in(file: Any, ids: Any, matters: Any) -> Any:
        found = original(file, ids, matters)
        last = list(list(found.values())[-1].values())[-1] if found else None
        if last is not None and last.wh is not None:
            last.wh += file.stated_details or 0
        return found

    return delivered_in


CIS_READING_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_failed_sum_checks_used",
        "SUM-07",
        "quantities with 06 and 07 are used like those with 00",
        _taken_for_sound("sum_check_threshold", "sum_check_no_register_read"),
    ),
    cis_fault(
        "cis_exceeded_sum_checks_used",
        "SUM-07",
        "quantities with 06 are used like those with 00",
        _taken_for_sound("sum_check_threshold"),
    ),
    cis_fault(
        "cis_missing_register_reads_used",
        "SUM-07",
        "quantities with 07 are used like those with 00",
        _taken_for_sound("sum_check_no_register_read"),
    ),
    cis_fault(
        "cis_failed_sum_checks_dropped",
        "SUM-07",
        "quantities with 06 and 07 are left out, and nobody hears of them",
        _delivered(_without_failed),
    ),
    cis_fault(
        "cis_failed_sum_checks_shown_as_sound",
        "SUM-07",
        "the status of quantities that failed the sum check is kept as 00",
        replaced(billing_quantities, "understood", _shown_as_sound),
    ),
    cis_fault(
        "cis_failed_sum_check_recovered_as_sound",
        "SUM-07",
        "quantities of a response that was recovered are used, whatever their status",
        replaced(billing_quantities, "take_response", _recovered_taken_for_sound),
    ),
    cis_fault(
        "cis_demand_left_unread",
        "SUM-07",
        "responses 6200, which carry demand, are left unread",
        replaced(billing_quantities, "take_response", _reads_no_demand),
    ),
    cis_fault(
        "cis_end_of_file_is_an_error",
        "FTS-16",
        "a response that ends with an End Of File record is refused",
        _whole(lambda _, __: False),
    ),
    cis_fault(
        "cis_end_of_file_is_energy",
        "FTS-16",
        "the number in the End Of File record is added to the energy before it",
        replaced(billing_quantities, "delivered_in", _counted_as_energy),
    ),
    cis_fault(
        "cis_record_before_end_dropped",
        "FTS-16",
        "the last record before the End Of File record is left out",
        _read(lambda file: dataclasses.replace(file, details=file.details[:-1])),
    ),
    cis_fault(
        "cis_cut_response_used",
        "FTS-16",
        "a response that came without its End Of File record is acted upon",
        _whole(lambda found, reading: found or reading.file is not None),
    ),
    cis_fault(
        "cis_whole_quantities_passed_over",
        "FTS-16",
        "quantities that came cut short are not looked at when they come whole",
        replaced(mailbox, "receive", reads_a_name_once),
    ),
    cis_fault(
        "cis_sum_check_report_filed_away",
        "SUM-08",
        "BR05 is filed away, and nobody hears of what it lists",
        replaced(billing_quantities, "take_sum_check_failures", lambda _: lambda *_: None),
    ),
    cis_fault(
        "cis_sum_check_report_without_last_line",
        "SUM-08",
        "of what BR05 lists the last record is not read",
        replaced(billing_quantities, "take_sum_check_failures", without_last_record),
    ),
)
