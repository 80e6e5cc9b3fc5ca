"""Faults of quantities that show where two things coincide: events of one day, a divided period and a holiday."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.repository import (
    billing_quantities,
    billing_services,
    segmentation,
)

# --- sub-periods ------------------------------------------------------------------------------------------------------


def _cancelled_by_a_price_change(events: Callable[[Any, Any, Any], set[Any]], place: int) -> Application:
    """On the day of a price change events of a kind divide nothing; `place`: of their history among what is given."""

    def make(original: Any) -> Any:
        def split(*given: Any) -> Any:
            parts = original(*given)
            both = events(given[place], given[0], given[1]) & set(given[4])
            found: list[Any] = []
            for part in parts or ():
                if part.start in both:
                    found[-1] = found[-1]._replace(end=part.end)
                else:
                    found.append(part)
            return None if parts is None else tuple(found)

        return split

    return replaced(billing_services, "split_at_events", make)


def _no_holidays_where_divided(original: Any) -> Any:
    def quantities(request: Any, billing: Any) -> Any:
        calendar = billing.calendar
        if len(billing_services.sub_periods(request, billing) or ()) > 1:
            calendar = dataclasses.replace(calendar, holidays=frozenset())
        return original(request, dataclasses.replace(billing, calendar=calendar))

    return quantities


def _records_changed(change: Callable[[Any, str, tuple[Any, ...]], tuple[Any, ...]]) -> Application:
    """Other records of a response with quantities: `change` is given the response, a file type and its records."""

    def make(original: Any) -> Any:
        def with_quantities(*given: Any) -> Any:
            found = original(*given)
            records = {kind: change(found, kind, every) for kind, every in found.records.items()}
            return dataclasses.replace(found, records=records)

        return with_quantities

    return replaced(billing_services, "with_quantities", make)


def _first_demand_for_agents(response: Any, kind: str, every: tuple[Any, ...]) -> tuple[Any, ...]:
    is_so = kind == billing_quantities.DEMAND and response.recipient != response.request.ldc
    return every[:1] if is_so else every


# --- demand -----------------------------------------------------------------------------------------------------------


def _last_length_alone(original: Any) -> Any:
    return lambda *given: list(original(*given))[-1:]


def _reactive_of_the_first_length(original: Any) -> Any:
    def spans(*given: Any) -> Any:
        first, *others = original(*given)
        return [first, *(dataclasses.replace(each, varh=None) for each in others)]

    return spans


QUANTITY_COINCIDENCE_FAULTS: tuple[Bent, ...] = tuple(
    fault(*each)
    for each in (
        (
            "account_hidden_by_a_price_change",
            "SEG-04",
            "Another account from the day of a price change on: neither divides.",
            _cancelled_by_a_price_change(segmentation.account_events, 3),
        ),
        (
            "framing_hidden_by_a_price_change",
            "SEG-04",
            "Another framing structure from the day of a price change on: neither divides.",
            _cancelled_by_a_price_change(segmentation.framing_events, 2),
        ),
        (
            "agents_demand_of_the_first_part",
            "BQ-09",
            "Of a divided period an agent receives the demand of the first sub-period alone.",
            _records_changed(_first_demand_for_agents),
        ),
        (
            "no_holidays_where_divided",
            "BQ-05",
            "In a period that is divided a holiday is like any other day of the week.",
            replaced(billing_services, "quantities", _no_holidays_where_divided),
        ),
        (
            "demand_of_the_last_length_of_interval",
            "BQ-08",
            "Where intervals change their length, the kW and kVA are those of the last length alone.",
            replaced(billing_quantities, "spans_of_equal_length", _last_length_alone),
        ),
        (
            "apparent_demand_of_the_first_length_of_interval",
            "BQ-08",
            "Where intervals change their length, the kVA is that of the first length alone.",
            replaced(billing_quantities, "spans_of_equal_length", _reactive_of_the_first_length),
        ),
    )
)
