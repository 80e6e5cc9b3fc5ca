"""What billing is configured to do, as this system has it: times, calendars, the sum check, on-demand estimation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from harness.interface.calendars import tou_schedules
from harness.interface.instants import Day, Instant, at, day_of, later
from harness.oracle.billing import clock, runs_between
from harness.oracle.calendar import Calendar, next_day
from harness.oracle.estimation import EstimationTerms
from harness.oracle.sum_check import SumCheckTerms
from harness.referee.case import Case

DIVIDING = frozenset({"framing_structure_change", "account_change", "seasonal_price_change"})
"""The events that divide a response; where a system states others, how periods are divided is not judged."""


@dataclass(frozen=True, slots=True)
class BillingTerms:
    """The configured values of billing.

    :param runs: the times of the billing runs of a day, `push_load` and `no_data` those of what they name.
    :param reads_minutes: the minutes between two runs of the Billing Reads Processor.
    :param calendars: of each reading of AMB-14, the buckets of the hours.
    :param knows_price_plan: whether the system was told the holidays of the price plan.
    :param sum_checks: of each reading of AMB-11.
    :param estimates: whether the system claims on-demand estimation.
    """

    runs: tuple[tuple[int, int], ...]
    push_load: tuple[int, int]
    no_data: tuple[int, int]
    window_business_days: int
    reads_minutes: int
    lead_days: int
    calendars: dict[str, Calendar]
    knows_price_plan: bool
    sum_checks: dict[str, SumCheckTerms]
    estimation: EstimationTerms
    estimates: bool
    divides_as_usual: bool

    @classmethod
    def of(cls, case: Case) -> BillingTerms:
        """The configured values of a case."""
        value, opening = case.value, case.opening
        runs = runs_between(
            value("billing_run_first"), value("billing_run_last"), int(value("billing_run_every_hours"))
        )
        return cls(
            runs=runs,
            push_load=clock(value("push_load_at")),
            no_data=clock(value("no_data_response_at")),
            window_business_days=int(value("billing_window_business_days")),
            reads_minutes=int(value("billing_reads_processor_every_minutes")),
            lead_days=int(value("schedule_update_lead_days")),
            calendars={
                reading: _calendar(case, prevailing=reading == "prevailing-time") for reading in case.answers("AMB-14")
            },
            knows_price_plan=opening.price_plan_holidays is not None,
            sum_checks={
                reading: _sum_check(case, later_on_a_tie=reading == "nearest-later-on-a-tie")
                for reading in case.answers("AMB-11")
            },
            estimation=_estimation(case),
            estimates=opening.classes is None or "ODEST" in opening.classes,
            divides_as_usual=frozenset(value("events_that_divide")) == DIVIDING,
        )

    @property
    def calendar(self) -> Calendar:
        """Which days are business days; the buckets of the likeliest reading."""
        return next(iter(self.calendars.values()))

    def ticks(self, after: Instant, until: Instant) -> Iterator[Instant]:
        """The clock times after an instant and until another, itself included, at which billing does something."""
        if until <= after:
            return
        clocks = sorted({(0, 0), self.push_load, self.no_data, *self.runs})
        day = day_of(after)
        while day <= day_of(until):
            for each in clocks:
                if after < (moment := at(day, *each)) <= until:
                    yield moment
            day = next_day(day)

    def is_run(self, moment: Instant) -> bool:
        """Whether active requests are processed at a moment (WIN-05)."""
        return (moment.hour, moment.minute) in self.runs

    def last_run(self, until: Instant) -> Instant:
        """The last billing run until an instant."""
        day = day_of(until)
        today = [moment for each in self.runs if (moment := at(day, *each)) <= until]
        return max(today, default=at(Day(day - timedelta(days=1)), *self.runs[-1]))

    def window_end(self, opens: Day) -> Day:
        """The last day of a window that opens on a day (WIN-01)."""
        return self.calendar.last_day_of_window(opens, self.window_business_days)

    def same_time_next_business_day(self, moment: Instant) -> Instant:
        """The same time of the next business day (AMB-19)."""
        day = next_day(day_of(moment))
        while not self.calendar.is_business_day(day):
            day = next_day(day)
        return later(moment, days=(day - day_of(moment)).days)


def _calendar(case: Case, *, prevailing: bool) -> Calendar:
    holidays, of_price_plan = case.opening.holidays, case.opening.price_plan_holidays
    critical = frozenset(Day(date.fromisoformat(day)) for day in case.value("critical_peak_days"))
    return Calendar(
        holidays, holidays if of_price_plan is None else of_price_plan, tou_schedules(), critical, prevailing
    )


def _sum_check(case: Case, *, later_on_a_tie: bool) -> SumCheckTerms:
    value = case.value
    return SumCheckTerms(
        frozenset(value("vee_services_without_sum_check")),
        int(value("sum_check_threshold_percent")),
        timedelta(hours=int(value("sum_check_register_range_hours"))),
        int(value("register_digits")),
        later_on_a_tie,
    )


def _estimation(case: Case) -> EstimationTerms:
    value = case.value
    return EstimationTerms(
        int(value("odest_after_business_days")),
        {code: service["method"] for code, service in value("odest_vee_services").items()},
        {code: (each["business_day"], each["other_day"]) for code, each in value("class_load_profiles").items()},
        int(value("odest_look_back_days")),
        case.profile.codes["validation_status"]["estimated"],
    )
