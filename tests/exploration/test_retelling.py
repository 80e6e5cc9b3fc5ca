"""What was found, retold as a feature: it reads as one, whatever the rule's own words begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.exploration.lines import Line
from harness.exploration.playing import Breach
from harness.exploration.retelling import feature
from harness.port.protocol import Role
from harness.suite.catalogue import load_catalogue
from harness.suite.check import check

BEGINNING_AS_STEPS_DO = [
    rule.id for rule in load_catalogue().rules if rule.text.split()[0] in {"Given", "When", "Then", "And", "But"}
]


@pytest.mark.parametrize("rule", [*BEGINNING_AS_STEPS_DO, "USDP-03"])
def test_the_words_of_a_rule_are_taken_for_no_step(rule: str, tmp_path: Path) -> None:
    lines = [Line('LDC "Lakeside" is registered'), Line("it is Monday 08:00")]
    told = feature(Breach(rule, "a set", "one", "another"), lines, Role.REPOSITORY, "found by a test")
    (tmp_path / "found").mkdir()
    (tmp_path / "found" / f"{rule}.feature").write_text(told)
    assert check(tmp_path).findings == ()


def test_what_was_expected_and_observed_is_told_before_the_steps() -> None:
    breach = Breach("USDP-03", "Mill of Lakeside", "the ID " + "1234567890 " * 12, "Given\nanother")
    told = feature(breach, [Line('LDC "Lakeside" is registered')], Role.REPOSITORY, "found by a test")
    description, _, steps = told.partition("\n  @USDP-03")
    before = [line for line in description.splitlines() if line.startswith("  > ")]
    assert (len(before), "Expected" in steps) == (6, False)
    words = " ".join(line.removeprefix("  > ") for line in before)
    assert "About: Mill of Lakeside Expected: the ID 1234567890" in words
    assert words.endswith("Observed: Given another")
