"""Faults of quantities that show where two things coincide: events of one day, a divided period and a holiday, an agent and a schedule."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.framing import Energy, Zone
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_services,
    segmentation,
)

_SEVERAL = 3
_MONTH = 28

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


def _last_of_several_sound(response: Any, _kind: str, every: tuple[Any, ...]) -> tuple[Any, ...]:
    starts = {each["sub_period_start_date"] for each in every}
    if response.sum_check is None or len(starts) < _SEVERAL:
        return every
    return tuple(
        {**each, "transaction_status": "00"} if each["sub_period_start_date"] == max(starts) else each for each in every
    )


# --- demand -----------------------------------------------------------------------------------------------------------


def _last_length_alone(original: Any) -> Any:
    return lambda *given: list(original(*given))[-1:]


def _reactive_of_the_first_length(original: Any) -> Any:
    def spans(*given: Any) -> Any:
        first, *others = original(*given)
        return [first, *(dataclasses.replace(each, varh=None) for each in others)]

    return spans


# --- sum check and estimation -----------------------------------------------------------------------------------------


def _unchecked(is_so: Callable[[Any, list[Any]], bool]) -> Application:
    """Some responses are not checked: `is_so` is given a request and the framing structures of its sub-periods."""

    def make(original: Any) -> Any:
        def checked(request: Any, parts: Any, billing: Any) -> Any:
            framings = [billing.framing_of(part.framing) for part, _ in parts]
            return None if is_so(request, framings) else original(request, parts, billing)

        return checked

    return replaced(billing_services, "sum_checked", make)


def _unchecked_central(energy: Energy) -> Application:
    return _unchecked(lambda _, framings: (framings[0].energy, framings[0].zone) == (energy, Zone.CENTRAL))


def _no_reads_where(is_so: Callable[[Any, Any, Any, Any], bool]) -> Application:
    """Reads do not serve where they lie so: `is_so` is given both their instants, and the ends of the period."""

    def make(original: Any) -> Any:
        def reads(held: Any, start: Any, end: Any, rules: Any) -> Any:
            first, last = original(held, start, end, rules)
            if first is None or last is None or not is_so(first.instant, last.instant, start, end):
                return first, last
            return None, None

        return reads

    return replaced(billing_services, "reads_near", make)


def _not_estimated(is_so: Callable[[Any, Any], bool]) -> Application:
    """Estimation does not start for some requests: `is_so` is given a request, and what it is processed with."""

    def make(original: Any) -> Any:
        def start(here: Any) -> None:
            every = here.billing.active
            here.billing.active = [
                each for each in every if not is_so(each, billing_operations.billing_of(here, each.ldc))
            ]
            original(here)
            here.billing.active = every

        return start

    return replaced(billing_operations, "start_estimation", make)


def _is_divided(request: Any, billing: Any) -> bool:
    return len(billing_services.sub_periods(request, billing) or ()) > 1


def _is_scheduled_for_an_agent(request: Any, billing: Any) -> bool:
    return request.requester is None and billing_services.billing_agent(request, billing) != request.ldc


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
        (
            "last_of_several_parts_sound",
            "SUM-03",
            "The last of three or more sub-periods says 00, though the sum check failed.",
            _records_changed(_last_of_several_sound),
        ),
        (
            "reads_both_before_the_ends",
            "SUM-02",
            "A read before the start of the period and one before its end do not serve.",
            _no_reads_where(lambda first, last, start, end: first < start and last < end),
        ),
        (
            "reads_both_after_the_ends",
            "SUM-02",
            "A read after the start of the period and one after its end do not serve.",
            _no_reads_where(lambda first, last, start, end: first > start and last > end),
        ),
        (
            "central_hourly_unchecked",
            "SUM-01",
            "Hourly quantities beside Central demand are not checked.",
            _unchecked_central(Energy.HOURLY),
        ),
        (
            "central_periodic_unchecked",
            "SUM-01",
            "Periodic quantities beside Central demand are not checked.",
            _unchecked_central(Energy.PERIODIC),
        ),
        (
            "month_unchecked",
            "SUM-01",
            "A period of 28 days or more is not checked.",
            _unchecked(lambda request, _: (request.end - request.start).days >= _MONTH),
        ),
        (
            "agents_on_cycle_unchecked",
            "SUM-01",
            "What an agent asks for on cycle is not checked.",
            _unchecked(lambda request, _: request.on_cycle and request.requester not in {None, request.ldc}),
        ),
        ("divided_not_estimated", "ODE-03", "A period that is divided is not estimated.", _not_estimated(_is_divided)),
        (
            "scheduled_for_agents_not_estimated",
            "ODE-02",
            "What the schedule asked for, and an agent receives, is not estimated.",
            _not_estimated(_is_scheduled_for_an_agent),
        ),
    )
)
