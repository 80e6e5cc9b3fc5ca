"""Faults of a CIS in reading responses: what it takes for quantities that may be used, and what it makes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.cis import billing_quantities
from reference_impl.cis.billing_quantities import Delivered

FAILED = frozenset({"06", "07"})


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


def _status_of_first(found: Any) -> Any:
    """The sub-periods of a period all have the status of the first."""
    return {key: _like_first(parts) for key, parts in found.items()}


def _like_first(parts: Any) -> Any:
    first = next(iter(parts.values())).status
    return {span: Delivered(first, part.wh) for span, part in parts.items()}


def _shown_as_sound(original: Any) -> Any:
    """Whatever failed the sum check is told of as if it had not."""

    def understood(quantities: Any, codes: Any) -> Any:
        for sdp_id, first, last, status, wh in original(quantities, codes):
            yield sdp_id, first, last, "00" if status in FAILED else status, wh

    return understood


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
        "cis_second_sub_period_unseen",
        "SUM-07",
        "the status of a period's first sub-period is taken for that of all",
        _delivered(_status_of_first),
    ),
    cis_fault(
        "cis_failed_sum_checks_shown_as_sound",
        "SUM-07",
        "the status of quantities that failed the sum check is kept as 00",
        replaced(billing_quantities, "understood", _shown_as_sound),
    ),
)
