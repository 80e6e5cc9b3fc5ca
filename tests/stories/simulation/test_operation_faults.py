"""Faults that show in days of operation alone: no scenario catches them. The proof holds them to their rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reference_impl.bent.operations import OPERATION_FAULTS
from tests.conftest import Said

TOUCHES = {
    "thirty_first_day_off_peak": "BQ or SEG or BSV",
    "returned_sdps_end_dated_again": "PSY or ISY or SRP",
}
"""The areas that each of them touches."""


def test_of_each_it_is_known_what_it_touches() -> None:
    assert {fault.id for fault in OPERATION_FAULTS} == TOUCHES.keys()


@pytest.mark.parametrize("fault", TOUCHES)
def test_no_scenario_of_the_areas_that_it_touches_catches_it(said: Callable[..., Said], fault: str) -> None:
    assert said("run", "--adapter", f"reference+{fault}", "--select", TOUCHES[fault]).code == 0
