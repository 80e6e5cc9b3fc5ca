"""The billing cycle schedule as people publish it, and as the CIS under test has given it to the MDM/R (BSV-04, -12).

A period is known by its cycle and first day, and ends on the date that was given last. Whether the whole schedule is
sent again, or what is new of it alone, makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from harness.interface.instants import Day, day_of, iso
from harness.interface.set_records import day_or_none
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_files import Outbox
from harness.stage.conversation import Sent
from harness.suite.verdicts import Unmet

SCHEDULE = "8000"
Key: TypeAlias = tuple[str, Day]
"""A period of a schedule: its cycle and first day."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period of a billing cycle as people say it, both days included."""

    cycle: str
    first_day: Day
    last_day: Day

    @property
    def date(self) -> Day:
        """The billing cycle date, the day after the last."""
        return Day(self.last_day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Given:
    """A date of the schedule that the CIS gave the MDM/R.

    :param held: the date that the period had before; None where the period is new.
    """

    key: Key
    date: Day
    held: Day | None
    file: Sent
    number: int


class ScheduleDesk:
    """What people order about schedules, and what became of it."""

    def __init__(self, business: Business, outbox: Outbox) -> None:
        self.business = business
        self.outbox = outbox
        self.seat = business.seat

    def publish(self, ldc: str, cycles: Sequence[Cycle]) -> None:
        """Let people publish periods of a schedule, now."""
        told = [
            {
                "billing_cycle_id": each.cycle,
                "first_day": each.first_day.isoformat(),
                "last_day": each.last_day.isoformat(),
            }
            for each in cycles
        ]
        self.business.order("publish_billing_schedule", ldc, cycles=told)

    # --- what was given ----------------------------------------------------------------------------------

    def given(self, ldc: str) -> Iterator[Given]:
        """Every date of an LDC's schedule that the CIS gave the MDM/R, in the order in which it did.

        :raises Unreadable: a schedule cannot be read.
        :raises Unmet: a period has no first day, or no date.
        """
        held: dict[Key, Day] = {}
        for file in self.outbox.given([SCHEDULE]):
            if file.name.split(".")[0] != self.seat.party(ldc).id:
                continue
            for record in self.outbox.read_whole(file).details:
                start, end = day_or_none(record["period_start_date"]), day_or_none(record["period_end_date"])
                if start is None or end is None:
                    raise Unmet("a period with its first day and its date", "one of them is missing", file=file.name)
                key = str(record["billing_cycle_id"]), start
                yield Given(key, end, held.get(key), file, record.line)
                held[key] = end

    def check_schedule(self, ldc: str, cycles: Sequence[Cycle]) -> None:
        """The MDM/R has been given exactly these periods, each with this date.

        :raises Unmet: a period is missing, is one too many, or has another date.
        """
        found, file = {}, None
        for each in self.given(ldc):
            found[each.key] = each.date
            file = each.file.name
        wanted: Mapping[Key, Day] = {(each.cycle, each.first_day): each.date for each in cycles}
        for key in sorted({*wanted, *found}):
            if wanted.get(key) != found.get(key):
                expected = f"{_shown(key, wanted.get(key))} by {iso(self.seat.now)}"
                raise Unmet(expected, _shown(key, found.get(key)), file=file)

    def check_in_time(self, ldc: str) -> None:
        """No date has been changed so late that no reading allows it: less than three calendar days ahead (BSV-04).

        It is left open whether the date held has to lie so far ahead, the new one or both (AMB-50).

        :raises Unmet: both dates are nearer.
        """
        lead = int(self.seat.setting.value("schedule_update_lead_days"))
        self.outbox.submitted(SCHEDULE)
        for each in self.given(ldc):
            today = day_of(each.file.instant)
            if each.held not in {None, each.date} and max(each.held or each.date, each.date) < today + timedelta(lead):
                raise Unmet(
                    f"no change of {_shown(each.key, each.held)} less than {lead} days ahead",
                    f"on {today}: {_shown(each.key, each.date)}",
                    file=each.file.name,
                    record=each.number,
                )


def _shown(key: Key, date: Day | None) -> str:
    """A period, for people."""
    period = f"a period of cycle {key[0]} from {key[1]}"
    return f"no {period.removeprefix('a ')}" if date is None else f"{period} with the date {date}"
