"""Faults of billing that show where two things come together that seldom do."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.framing import Method, Zone
from reference_impl.repository import billing_quantities, billing_services

_FINEST = 5
_SATURDAY = 5


# --- demand ---------------------------------------------------------------------------------------------------------


def _demand_field(name: str, change: Callable[..., Any]) -> Application:
    """KW or kVA alone is another: `change` is given the original, its arguments and what it says of both."""

    def make(original: Any) -> Any:
        def record(*arguments: Any) -> Any:
            found = original(*arguments)
            return found if found[name] is None else {**found, name: change(original, arguments, found)}

        return record

    return replaced(billing_quantities, "demand_record", make)


def _kva_by_blocks(original: Any, arguments: Any, _: Any) -> Any:
    *before, demand, rounding = arguments
    return original(*before, dataclasses.replace(demand, method=Method.BLOCK), rounding)["peak_va"]


def _kva_by_eastern_days(original: Any, arguments: Any, _: Any) -> Any:
    data, sdp, days, _zone, *others = arguments
    return original(data, sdp, days, Zone.EASTERN, *others)["peak_va"]


def _no_kva_of_fine_data(_: Any, arguments: Any, found: Any) -> Any:
    data, sdp, days, *_others = arguments
    held = [data.day(sdp, day) for day in days]
    return None if any(day is not None and day.minutes == _FINEST for day in held) else found["peak_va"]


def _kw_of_weekdays(original: Any, arguments: Any, _: Any) -> Any:
    data, sdp, days, *others = arguments
    return original(data, sdp, [day for day in days if day.weekday() < _SATURDAY] or days, *others)["peak_w"]


def _kva_of_all_parts(original: Any) -> Any:
    def response(*arguments: Any) -> Any:
        found = original(*arguments)
        every = found.records.get(billing_quantities.DEMAND, ())
        highest = max((each["peak_va"] or 0 for each in every), default=0)
        alike = tuple({**each, "peak_va": each["peak_va"] and highest} for each in every)
        return dataclasses.replace(found, records=found.records | ({billing_quantities.DEMAND: alike} if alike else {}))

    return response


SELDOM_BILLING_FAULTS: tuple[Bent, ...] = (
    fault(
        "no_kva_where_nothing_was_used",
        "BQ-08",
        "kVA is left out where there is reactive energy alone.",
        _demand_field("peak_va", lambda _original, _arguments, found: found["peak_va"] if found["peak_w"] else None),
    ),
    fault(
        "rolling_kva_as_block",
        "BQ-08",
        "Rolling demand is taken as block demand in kVA, and rightly in kW.",
        _demand_field("peak_va", _kva_by_blocks),
    ),
    fault(
        "central_kva_by_eastern_days",
        "BQ-08",
        "kVA of Central SDPs is taken over Eastern days, kW over Central ones.",
        _demand_field("peak_va", _kva_by_eastern_days),
    ),
    fault(
        "no_kva_of_five_minutes",
        "BQ-08",
        "kVA is left out where intervals are of five minutes.",
        _demand_field("peak_va", _no_kva_of_fine_data),
    ),
    fault(
        "demand_of_weekdays_alone",
        "BQ-08",
        "kW is that of weekdays, where a period has any.",
        _demand_field("peak_w", _kw_of_weekdays),
    ),
    fault(
        "one_kva_for_every_part",
        "SEG-01",
        "Each sub-period shows the highest kVA of the whole period.",
        replaced(billing_services, "with_quantities", _kva_of_all_parts),
    ),
)
