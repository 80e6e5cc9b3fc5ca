"""The oracle's sum check, against cases worked by hand: 24 Wh-intervals of 1,000 Wh a day, registers in kWh."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from harness.interface.instants import Day, instant
from harness.oracle.master_directory import Attribute, Record
from harness.oracle.quantities import MeterBook, Part
from harness.oracle.spans import SpanDirectory
from harness.oracle.sum_check import RegisterBook, SumCheckTerms
from harness.oracle.synchronization import AcceptedSet

SDP = "7"
PART = Part(Day(date(2011, 1, 10)), Day(date(2011, 1, 20)), "periodic")
"""Ten days: 240 kWh, of which two per cent are 4.8."""
OVER, NO_READ = "sum_check_threshold", "sum_check_no_register_read"


def directory(*said: tuple[str, str, str, str]) -> SpanDirectory:
    """An SDP with meter M and VEE service 03 since the first of January; more are entity, its ID, attribute, value."""
    standard = (("sdp", SDP, "vee_service", "03"), ("sdp", SDP, "sdp_to_meter", "M"))
    since = Day(date(2011, 1, 1))
    records = tuple(Record(Attribute(*each[:3]), since, None, each[3]) for each in (*standard, *said))
    found = SpanDirectory()
    found.synchronize(AcceptedSet("I-Sync", since, records=records), 50)
    return found


def checked(*reads: tuple[str, int], held: SpanDirectory | None = None, later: bool = False) -> tuple[object, object]:
    terms = SumCheckTerms(("01", "02"), 2, timedelta(hours=48), 5, later)
    registers, meters = RegisterBook(terms), MeterBook(("VAL",))
    meters.take(SDP, instant("2011-01-05T00:00:00-05:00"), 60, [1000] * 24 * 20, "VAL")
    for moment, reading in reads:
        registers.take(SDP, instant(f"2011-{moment}:00-05:00"), reading)
    found = registers.check(meters, held or directory(), SDP, [PART])
    return ("exempt", None) if found is None else (found.status, found.variance_wh)


@pytest.mark.parametrize(
    ("last", "status", "variance"),
    [
        (340, None, 0),
        (336, None, 4_000),  # 236 kWh: two per cent are 4,720 Wh
        (335, OVER, 5_000),  # 235 kWh: two per cent are 4,700 Wh
        (345, OVER, 5_000),  # 245 kWh: two per cent are 4,900 Wh
        (344, None, 4_000),
    ],
)
def test_a_variance_of_more_than_two_per_cent_is_over_the_threshold(
    last: int, status: str | None, variance: int
) -> None:
    assert checked(("01-10T00:00", 100), ("01-20T00:00", last)) == (status, variance)


def test_a_variance_of_exactly_the_threshold_passes() -> None:
    # 255 kWh metered between 250 kWh turned: two per cent of 250 are 5,000 Wh
    assert checked(("01-10T00:00", 0), ("01-20T15:00", 250)) == (None, 5_000)


def test_one_dial_unit_always_passes() -> None:
    by_100 = directory(("sdp", SDP, "ct_pt_multiplier", "100"))
    assert checked(("01-10T00:00", 0), ("01-20T00:00", 3), held=by_100) == (None, 60_000)
    assert checked(("01-10T00:00", 0), ("01-20T00:00", 1), held=by_100) == (OVER, 140_000)


def test_a_register_begins_again_at_nothing() -> None:
    assert checked(("01-10T00:00", 99_900), ("01-20T00:00", 140)) == (None, 0)


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("01-08T00:00", "01-22T00:00", None),  # 48 hours off, both: 14 days, 336 kWh
        ("01-07T23:00", "01-22T00:00", NO_READ),
        ("01-08T00:00", "01-22T01:00", NO_READ),
    ],
)
def test_a_read_counts_as_far_as_the_maximum_register_range(first: str, last: str, status: str | None) -> None:
    assert checked((first, 0), (last, 336))[0] == status


def test_the_nearest_read_counts_and_of_two_the_earlier() -> None:
    reads = (("01-09T12:00", 100), ("01-10T12:00", 999), ("01-19T20:00", 348), ("01-20T06:00", 999))
    assert checked(*reads) == (None, 0)  # from the 9th 12:00 until the 19th 20:00 are 248 hours
    assert checked(*reads, later=True)[0] == OVER


def test_reads_of_two_meters_cannot_be_compared() -> None:
    held = directory()
    exchanged = Record(Attribute("sdp", SDP, "sdp_to_meter"), Day(date(2011, 1, 15)), None, "N")
    held.synchronize(AcceptedSet("I-Sync", Day(date(2011, 1, 15)), records=(exchanged,)), 50)
    assert checked(("01-10T00:00", 100), ("01-20T00:00", 340), held=held)[0] == NO_READ


@pytest.mark.parametrize("service", ["01", "02"])
def test_two_vee_services_have_no_sum_check(service: str) -> None:
    assert checked(held=directory(("sdp", SDP, "vee_service", service))) == ("exempt", None)


def test_one_read_is_not_enough() -> None:
    assert checked(("01-10T00:00", 100))[0] == NO_READ
