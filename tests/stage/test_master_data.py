"""How features name attributes, and IR06 and IR07 do."""

from __future__ import annotations

import pytest

from harness.stage.chapters.master_data import attribute


@pytest.mark.parametrize(
    ("words", "value", "name"),
    [
        ("component", "4711", "channel_to_channel_01_4711_01"),
        ("formula", "A + B", "channel_to_formula_01"),
        ("billing cycle", "B1", "billing_cycle_id"),
        ("account", "2010", "sdp_to_account"),
        ("city", "Milton", "city"),
    ],
)
def test_a_difference_has_the_name_that_ir06_gives_it(words: str, value: str, name: str) -> None:
    assert attribute(words).name_of(value) == name
