"""Faults of segmented responses (SEG)."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.framing import Energy, calendar
from reference_impl.repository import billing_services, segmentation
from reference_impl.repository.master_directory import value_on

_FIRST_YEAR = 2011


def _restated_values_divide(_: Any) -> Any:
    def changes(history: Any, start: Any, end: Any) -> set[Day]:
        days = {state.start for state in history} | {state.end for state in history if state.end is not None}
        return {day for day in days if start < day < end}

    return changes


def _price_changes_by_first_framing(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
        first = value_on(framings, start)
        divides = first is not None and segmentation.divides_at_prices(framing_of(first))
        parts = original(start, end, framings, accounts, (), framing_of)
        return parts if parts is None or not divides else segmentation.divided_at(parts, prices)

    return split


def _account_hides_prices(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
        is_divided = segmentation.account_events(accounts, start, end)
        return original(start, end, framings, accounts, () if is_divided else prices, framing_of)

    return split


def _one_demand_for_all(original: Any) -> Any:
    def with_quantities(request: Any, recipient: Any, parts: Any, *others: Any) -> Any:
        response = original(request, recipient, parts, *others)
        demand = response.records.get("6200", ())
        highest = max((record["peak_w"] or 0 for record in demand), default=0)
        records = {**response.records, **({"6200": tuple({**r, "peak_w": highest} for r in demand)} if demand else {})}
        return dataclasses.replace(response, records=records)

    return with_quantities


def _no_events(_: Any) -> Any:
    return lambda _history, _start, _end: set()


def _events_on_boundary(first: bool) -> Application:
    """An event on the first day, or on the exclusive end, divides as well: an empty part is a day long."""

    def make(original: Any) -> Any:
        def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
            parts = original(start, end, framings, accounts, prices, framing_of)
            wide = Day(start - timedelta(days=1)), Day(end + timedelta(days=1))
            inner = segmentation.changes(accounts, *wide) | segmentation.changes(framings, *wide)
            if parts and first and start in inner and (end - start).days > 1:
                middle = Day(start + timedelta(days=1))
                return (
                    segmentation.SubPeriod(start, middle, parts[0].framing),
                    parts[0]._replace(start=middle),
                    *parts[1:],
                )
            if parts and not first and end in inner and (end - start).days > 1:
                middle = Day(end - timedelta(days=1))
                return (
                    *parts[:-1],
                    parts[-1]._replace(end=middle),
                    segmentation.SubPeriod(middle, end, parts[-1].framing),
                )
            return parts

        return split

    return replaced(billing_services, "split_at_events", make)


def _prices_on_boundary(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, prices: Any, framing_of: Any) -> Any:
        parts = original(start, end, framings, accounts, prices, framing_of)
        starts = {(5, 1), (11, 1)}
        if parts and (start.month, start.day) in starts:
            middle = Day(start + timedelta(days=1))
            return (parts[0]._replace(end=middle), parts[0]._replace(start=middle), *parts[1:])
        if parts and (end.month, end.day) in starts:
            middle = Day(end - timedelta(days=1))
            return (*parts[:-1], parts[-1]._replace(end=middle), parts[-1]._replace(start=middle))
        return parts

    return split


def _whole_period_by_last_framing(original: Any) -> Any:
    def split(*arguments: Any) -> Any:
        parts = original(*arguments)
        return parts and tuple(part._replace(framing=parts[-1].framing) for part in parts)

    return split


def _only_first_event(original: Any) -> Any:
    def split(*arguments: Any) -> Any:
        parts = original(*arguments)
        if not parts or len(parts) < 3:
            return parts
        return (parts[0], parts[1]._replace(end=parts[-1].end))

    return split


def _twice_on_one_day(original: Any) -> Any:
    def split(start: Any, end: Any, framings: Any, accounts: Any, *others: Any) -> Any:
        parts = original(start, end, framings, accounts, *others)
        both = segmentation.changes(framings, start, end) & segmentation.changes(accounts, start, end)
        if not parts or not both:
            return parts
        found = []
        for part in parts:
            middle = Day(part.start + timedelta(days=1))
            found += [part._replace(end=middle), part._replace(start=middle)] if part.start in both else [part]
        return tuple(found)

    return split


def _parts_delivered_singly(original: Any) -> Any:
    def quantities(request: Any, billing: Any) -> Any:
        got = original(request, billing)
        parts = billing_services.sub_periods(request, billing)
        if got is not None or parts is None or len(parts) < 2:
            return got
        first = parts[0]
        return original(dataclasses.replace(request, start=first.start, end=first.end), billing)

    return quantities


def _pull_undivided(original: Any) -> Any:
    def sub_periods(request: Any, billing: Any) -> Any:
        parts = original(request, billing)
        if not parts or not request.is_pushed:
            return parts
        return (parts[0]._replace(end=parts[-1].end),)

    return sub_periods


def _in_force(event: str) -> Application:
    """An announced event divides as if it were in force."""
    return replaced(
        billing_services,
        "announced_events",
        lambda original: (
            lambda request, billing: original(request, dataclasses.replace(billing, dividing=frozenset([event])))
        ),
    )


def _divides(*energies: Energy) -> Application:
    return replaced(segmentation, "divides_at_prices", lambda _: lambda framing: framing.energy in energies)


def _no_price_changes(months: int) -> Application:
    def make(original: Any) -> Any:
        return lambda self, start, end: tuple(day for day in original(self, start, end) if day.month != months)

    return replaced(calendar.BillingCalendar, "price_changes", make)


def _prices_of_the_first_year(original: Any) -> Any:
    """Prices change in the year in which a period begins."""
    return lambda self, start, end: tuple(day for day in original(self, start, end) if day.year == start.year)


def _prices_of_one_year(original: Any) -> Any:
    """The days of price changes are known of one year alone."""
    return lambda self, start, end: tuple(day for day in original(self, start, end) if day.year == _FIRST_YEAR)


def _first_price_change(original: Any) -> Any:
    return lambda self, start, end: original(self, start, end)[:1]


SEGMENTATION_FAULTS: tuple[Bent, ...] = (
    fault(
        "framing_change_divides_not",
        "SEG-01",
        "A framing structure change inside the period does not divide it.",
        replaced(segmentation, "framing_events", _no_events),
    ),
    fault(
        "last_framing_for_every_part",
        "SEG-01",
        "Each sub-period is framed as the last one.",
        replaced(billing_services, "split_at_events", _whole_period_by_last_framing),
    ),
    fault(
        "one_demand_for_every_part",
        "SEG-01",
        "Each sub-period shows the highest demand of the whole period.",
        replaced(billing_services, "with_quantities", _one_demand_for_all),
    ),
    fault(
        "account_change_divides_not",
        "SEG-02",
        "An account change inside the period does not divide it.",
        replaced(segmentation, "account_events", _no_events),
    ),
    fault(
        "end_of_account_divides_not",
        "SEG-02",
        "The end of an account does not divide the period.",
        replaced(
            segmentation,
            "account_events",
            lambda original: (
                lambda history, start, end: {
                    day for day in original(history, start, end) if value_on(history, day) is not None
                }
            ),
        ),
    ),
    fault(
        "values_stated_again_divide",
        "SEG-02",
        "An account or framing structure that is stated again divides, though it is the same.",
        replaced(segmentation, "changes", _restated_values_divide),
    ),
    fault(
        "price_changes_by_first_framing",
        "SEG-03",
        "Whether a price change divides goes by the framing on the period's first day.",
        replaced(billing_services, "split_at_events", _price_changes_by_first_framing),
    ),
    fault(
        "price_change_divides_hourly",
        "SEG-03",
        "A seasonal price change divides Hourly responses too.",
        _divides(Energy.TOU_CPP, Energy.PERIODIC, Energy.HOURLY),
    ),
    fault(
        "price_change_divides_tou_alone",
        "SEG-03",
        "A seasonal price change does not divide Periodic responses.",
        _divides(Energy.TOU_CPP),
    ),
    fault(
        "price_change_divides_periodic_alone",
        "SEG-03",
        "A seasonal price change does not divide TOU/CPP responses.",
        _divides(Energy.PERIODIC),
    ),
    fault(
        "winter_price_change_overlooked",
        "SEG-03",
        "The price change of 1 November does not divide.",
        _no_price_changes(11),
    ),
    fault(
        "price_changes_of_the_first_year",
        "SEG-03",
        "The price changes of the year in which the period begins are the only ones.",
        replaced(calendar.BillingCalendar, "price_changes", _prices_of_the_first_year),
    ),
    fault(
        "price_changes_of_one_year",
        "SEG-03",
        "Prices change in 2011 alone.",
        replaced(calendar.BillingCalendar, "price_changes", _prices_of_one_year),
    ),
    fault(
        "only_first_price_change_divides",
        "SEG-03",
        "Of several price changes in a period the first one divides.",
        replaced(calendar.BillingCalendar, "price_changes", _first_price_change),
    ),
    fault(
        "only_first_event_divides",
        "SEG-04",
        "Only the first event divides the period.",
        replaced(billing_services, "split_at_events", _only_first_event),
    ),
    fault(
        "account_change_hides_price_change",
        "SEG-04",
        "Where an account change divides a period, a price change does not.",
        replaced(billing_services, "split_at_events", _account_hides_prices),
    ),
    fault(
        "events_of_one_day_divide_twice",
        "SEG-04",
        "Two events on one day divide twice.",
        replaced(billing_services, "split_at_events", _twice_on_one_day),
    ),
    fault(
        "first_part_delivered_alone",
        "SEG-04",
        "A sub-period is delivered while another lacks data.",
        replaced(billing_services, "quantities", _parts_delivered_singly),
    ),
    fault(
        "event_on_first_day_divides", "SEG-05", "An event on the first day divides.", _events_on_boundary(first=True)
    ),
    fault(
        "event_on_exclusive_end_divides",
        "SEG-05",
        "An event on the exclusive end divides.",
        _events_on_boundary(first=False),
    ),
    fault(
        "price_change_on_boundary_divides",
        "SEG-05",
        "A price change on the first day or the exclusive end divides.",
        replaced(billing_services, "split_at_events", _prices_on_boundary),
    ),
    fault(
        "event_on_last_day_divides_not",
        "SEG-05",
        "An event on the last day does not divide.",
        replaced(
            segmentation,
            "account_events",
            lambda original: lambda history, start, end: original(history, start, Day(end - timedelta(days=1))),
        ),
    ),
    fault(
        "push_undivided",
        "SEG-06",
        "Push responses are not divided.",
        replaced(billing_services, "sub_periods", _pull_undivided),
    ),
    fault(
        "multiplier_change_divides",
        "SEG-08",
        "A CT/PT multiplier change divides the response.",
        _in_force("ct_pt_multiplier_change"),
    ),
    fault("meter_change_divides", "SEG-08", "A meter change divides the response.", _in_force("meter_change")),
)
