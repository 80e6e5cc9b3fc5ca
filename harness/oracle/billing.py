"""What is asked for, how an answer may stand, and the times of day at which requests are processed (WIN-05, BSV-09)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.interface.instants import Day, Instant
from harness.oracle.quantities import day_before

DELIVERED = "delivered"
NO_DATA = "no_data"
NOT_BILLING_AGENT = "not_billing_agent"


@dataclass(frozen=True, slots=True)
class Request:
    """Quantities of an SDP over a period, asked for by somebody, or (`requester` None) by the schedule.

    :param start: the first day; `end`: the first day after.
    """

    ldc: str
    requester: str | None
    detail_id: str | None
    sdp: str
    start: Day
    end: Day
    received: Instant
    on_cycle: bool = True

    @property
    def last_day(self) -> Day:
        return day_before(self.end)


def clock(text: str) -> tuple[int, int]:
    """Hours and minutes of a text such as ``07:30``."""
    hours, _, minutes = text.partition(":")
    return int(hours), int(minutes)


def runs_between(first: str, last: str, every_hours: int) -> tuple[tuple[int, int], ...]:
    """The times of the billing runs of a day."""
    runs = []
    hours, minutes = clock(first)
    while (hours, minutes) <= clock(last):
        runs.append((hours, minutes))
        hours += every_hours
    return tuple(runs)
