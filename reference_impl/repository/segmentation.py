"""Segmented responses: a period is divided where an event falls into it (SEG-01 to SEG-06, SEG-08).

Events are a change of the framing structure, a change of the account, and a seasonal price change, which does not
divide what is framed as Hourly. One on the first day of the period, or on its exclusive end, divides nothing; several
on one day divide once. Meter and CT/PT multiplier changes do not divide until the register read functions are enabled
(SEG-07, SEG-08): where a profile names them among the events that divide, they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from harness.interface.instants import Day
from reference_impl.framing import Energy, Framing
from reference_impl.repository.master_directory import History, value_on


class SubPeriod(NamedTuple):
    """A part of a period, from a day until another, exclusive, with the framing structure that holds in it."""

    start: Day
    end: Day
    framing: str


def changes(history: History, start: Day, end: Day) -> set[Day]:
    """The days after the first and before the exclusive end on which another value holds than the day before."""
    days = {state.start for state in history} | {state.end for state in history if state.end is not None}
    return {
        day
        for day in days
        if start < day < end and value_on(history, day) != value_on(history, Day(day - timedelta(days=1)))
    }


def split_at_events(
    start: Day,
    end: Day,
    framings: History,
    accounts: History,
    price_changes: Iterable[Day],
    framing_of: Callable[[str], Framing],
) -> tuple[SubPeriod, ...] | None:
    """Divide a period at its events; None where a day of it has no framing structure.

    :param framing_of: the framing structure of a code.
    """
    events = framing_events(framings, start, end) | account_events(accounts, start, end)
    prices = frozenset(price_changes)
    found: list[SubPeriod] = []
    for first, last in pairwise([start, *sorted(events), end]):
        framing = value_on(framings, first)
        if framing is None:
            return None
        splits = prices if divides_at_prices(framing_of(framing)) else frozenset()
        inner = sorted(day for day in splits if first < day < last)
        found += [SubPeriod(one, other, framing) for one, other in pairwise([first, *inner, last])]
    return tuple(found)


def divided_at(parts: Iterable[SubPeriod], days: Iterable[Day]) -> tuple[SubPeriod, ...]:
    """Sub-periods divided further at some days, where these fall into them."""
    found: list[SubPeriod] = []
    inner = sorted(days)
    for part in parts:
        edges = [part.start, *(day for day in inner if part.start < day < part.end), part.end]
        found += [SubPeriod(one, other, part.framing) for one, other in pairwise(edges)]
    return tuple(found)


def framing_events(framings: History, start: Day, end: Day) -> set[Day]:
    """Changes of the Energy Purchase Service (SEG-01)."""
    return changes(framings, start, end)


def account_events(accounts: History, start: Day, end: Day) -> set[Day]:
    """Changes of the SDP to Account relationship (SEG-02)."""
    return changes(accounts, start, end)


def divides_at_prices(framing: Framing) -> bool:
    """Whether a seasonal price change divides what is framed so: TOU/CPP and Periodic, not Hourly (SEG-03)."""
    return framing.energy is not Energy.HOURLY
