"""The numbers of a CIS's sets: after one was rejected, or failed to load (AMB-05, AMB-22), and of an agent (AMB-34)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from harness.interface.instants import Instant
from harness.interface.profile import load_profile
from harness.stage.chapters.cis_sync_sequence import SequenceDesk
from harness.suite.verdicts import Unmet

NOON = Instant(datetime(2011, 1, 10, 12, tzinfo=UTC))


@dataclass(frozen=True)
class Left:
    """A set as it left: its number, and which set it was."""

    number: int
    place: int

    @property
    def first(self) -> Instant:
        return Instant(NOON + timedelta(hours=self.place))

    @property
    def told_as(self) -> tuple[str, str, str]:
        return "ORG11111", "4000", f"{self.place:06}"

    @property
    def manifest(self) -> Any:
        return SimpleNamespace(file=SimpleNamespace(name=f"set {self.place}"))


def goes_on(
    monkeypatch: pytest.MonkeyPatch,
    numbers: list[int],
    rejected: set[int],
    failed: Collection[int] = (),
    of_failed: str = "number-stays",
    *,
    of_rejected: str = "either",
    without_number: Collection[int] = (),
) -> bool:
    given = [Left(number, place) for place, number in enumerate(numbers)]

    def told(places: Collection[int]) -> list[tuple[tuple[str, str, str], Instant]]:
        return [(each.told_as, Instant(each.first + timedelta(minutes=1))) for each in given if each.place in places]

    monkeypatch.setattr("harness.stage.chapters.cis_sync_sequence.sets_named", lambda *_: told(rejected))
    monkeypatch.setattr("harness.stage.chapters.cis_sync_sequence.sets_that_failed", lambda _: told(failed))
    unnumbered = "harness.stage.chapters.cis_sync_sequence.sets_rejected_without_number"
    monkeypatch.setattr(unnumbered, lambda _: told(without_number))
    readings = {"AMB-05": of_rejected, "AMB-22": of_failed, "AMB-34": "either"}
    profile = SimpleNamespace(readings=readings, known_readings=load_profile().known_readings)
    seat = SimpleNamespace(profile=profile, you=SimpleNamespace(alias="Lakeside"))
    desk: Any = SequenceDesk(SimpleNamespace(seat=seat, given=lambda _: given))  # type: ignore[arg-type]
    try:
        desk.check_goes_on("Lakeside", 1)
    except Unmet:
        return False
    return True


@pytest.mark.parametrize(
    ("numbers", "rejected", "held"),
    [
        ([1, 2, 2, 3], {1}, True),
        ([1, 2, 3], {1}, True),
        ([1, 2, 2, 3], {1, 2}, True),
        ([1, 2, 2, 4], {1, 2}, False),
        ([1, 2, 2, 2, 3], {1}, False),
        ([1, 2, 2, 3], set(), False),
    ],
)
def test_a_set_that_comes_again_and_is_rejected_again_leaves_no_gap(
    monkeypatch: pytest.MonkeyPatch, numbers: list[int], rejected: set[int], held: bool
) -> None:
    assert goes_on(monkeypatch, numbers, rejected) == held


@pytest.mark.parametrize(
    ("numbers", "rejected", "of_failed", "held"),
    [
        ([1, 2, 2, 3], set(), "number-stays", True),
        ([1, 2, 3], set(), "number-stays", False),
        ([1, 2, 3, 2, 3], {2}, "number-stays", True),
        ([1, 2, 3], set(), "number-used-up", True),
        ([1, 2, 2, 3], set(), "number-used-up", False),
        ([1, 2, 2], set(), "either", True),
        ([1, 2, 3], set(), "either", True),
        ([1, 2, 4], set(), "either", False),
    ],
)
def test_the_number_of_a_set_that_failed_to_load_is_used_as_the_reading_says(
    monkeypatch: pytest.MonkeyPatch, numbers: list[int], rejected: set[int], of_failed: str, held: bool
) -> None:
    assert goes_on(monkeypatch, numbers, rejected, {1}, of_failed) == held


@pytest.mark.parametrize(
    ("numbers", "without_number", "held"),
    [([7, 8, 8, 9], {1}, True), ([7, 8, 8, 9], (), False), ([7, 8, 9], {1}, True)],
)
def test_a_set_that_is_rejected_without_a_number_may_use_up_none(
    monkeypatch: pytest.MonkeyPatch, numbers: list[int], without_number: Collection[int], held: bool
) -> None:
    told = goes_on(
        monkeypatch, [each - 6 for each in numbers], {1}, of_rejected="number-used-up", without_number=without_number
    )
    assert told == held


@pytest.mark.parametrize(
    ("of_lakeside", "of_hilltop", "reading", "held"),
    [
        ([7, 8], [41], "either", True),
        ([23, 25], [24], "either", True),
        ([23, 24], [41], "either", False),
        ([7, 8], [41], "per-submitter", False),
        ([23, 25], [24], "per-submitter", True),
        ([23, 25], [24], "per-ldc", False),
    ],
)
def test_an_agent_counts_ldc_by_ldc_or_together(
    of_lakeside: list[int], of_hilltop: list[int], reading: str, held: bool
) -> None:
    lakeside = [Left(number, 2 * place) for place, number in enumerate(of_lakeside)]
    hilltop = [Left(number, 1) for number in of_hilltop]
    profile = SimpleNamespace(readings={"AMB-34": reading}, known_readings=load_profile().known_readings)
    seat = SimpleNamespace(profile=profile, you=SimpleNamespace(alias="Metering Partners"), first_number=lambda _: 23)
    sets = {"given": lambda _: lakeside, "demanded": lambda _: lakeside, "all_given": lambda: [*hilltop, *lakeside]}
    desk: Any = SequenceDesk(SimpleNamespace(seat=seat, **sets))  # type: ignore[arg-type]
    if held:
        desk.check_numbered("Lakeside", 7)
    else:
        with pytest.raises(Unmet):
            desk.check_numbered("Lakeside", 7)
