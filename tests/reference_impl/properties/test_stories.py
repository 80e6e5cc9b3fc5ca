"""Stories of two LDCs, whatever the order, loss, repetition and delay of their files, held against the oracle.

What may vary without breaking a rule is not looked at: the order of records, and whether an old number or a repeated
segment gets an IR10 (AMB-23).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.oracle.sequence import Fate
from reference_impl.repository import large_sets
from tests.reference_impl.properties.judge import (
    Expected,
    Verdict,
    exceptions_of,
    held_by,
    held_inside,
    received,
    seen_by,
    shown,
    to_be_seen,
)
from tests.reference_impl.properties.stories import (
    END,
    STEADY,
    Story,
    closing,
    delivered_to,
    moment,
    played,
    stories,
)
from tests.reference_impl.properties.world import FIRST_NUMBERS, LDCS, Delivered

simulation = settings(STEADY, max_examples=16)


@simulation
@given(stories())
def test_every_set_ends_once_however_its_files_arrive(story: Story) -> None:
    world, arrivals = played(story)
    verdict = Verdict(story.plans, arrivals, END)
    ended = Counter(report.tx_id for report in verdict.reports() if tells_an_ending(report, verdict))
    told = Counter(report.tx_id for report, _ in received(world) if tells_an_ending(report, verdict))
    assert told == ended
    processed = Counter(ending.set for ending in verdict.endings if ending.fate == Fate.PROCESSED)
    sent_again = {ending.set.tx_id for ending in verdict.endings if ending.fate in {Fate.NOT_LOADED, Fate.REJECTED}}
    assert set(processed.values()) == {1}
    assert {tx_id for tx_id, count in ended.items() if count > 1} <= sent_again
    assert {ending.fate for ending in verdict.endings} <= {Fate.PROCESSED, Fate.NOT_LOADED, Fate.REJECTED}


@simulation
@given(stories())
def test_sets_come_to_the_same_by_columns_and_record_by_record(story: Story) -> None:
    by_records, _ = played(story)
    with mock.patch.object(large_sets, "LARGE", 0):
        by_columns, _ = played(story)
    assert by_columns.delivered == by_records.delivered
    for ldc in LDCS:
        assert held_inside(by_columns, ldc) == held_inside(by_records, ldc)


def tells_an_ending(report: Expected, verdict: Verdict) -> bool:
    return report.kind in {"IR10", "IR14"} and verdict.is_judged(report)


@simulation
@given(stories())
def test_a_set_gets_the_reports_of_its_ending_when_it_ends_and_no_other(story: Story) -> None:
    world, arrivals = played(story)
    verdict = Verdict(story.plans, arrivals, END)
    came = [report for report, _ in received(world) if verdict.is_judged(report)]
    assert sorted(came) == [report for report in verdict.reports() if verdict.is_judged(report)]


@simulation
@given(stories())
def test_the_directory_is_what_the_accepted_sets_make_of_it_in_sequence(story: Story) -> None:
    world, arrivals = played(story)
    verdict = Verdict(story.plans, arrivals, END)
    for ldc in LDCS:
        assert held_inside(world, ldc) == held_by(verdict.directories[ldc])


@simulation
@given(stories())
def test_a_last_set_that_changes_everything_shows_what_held_before(story: Story) -> None:
    world, arrivals = played(story)
    verdict = Verdict(story.plans, arrivals, END)
    for ldc in LDCS:
        last = closing(ldc, FIRST_NUMBERS[ldc] + sum(name.ldc == ldc for name in verdict.outcomes))
        world.delivered.clear()
        for file in world.writer.files(last):
            world.send(file)
        world.advance(world.now)
        updates = next(report for expected, report in received(world) if expected.kind == "IR06")
        attributes = {record.attribute for record in last.content.records}
        assert seen_by(updates.changes()) == to_be_seen(verdict.directories[ldc], attributes)


@simulation
@given(stories())
def test_ir06_and_ir07_of_a_set_are_the_difference_it_made_and_the_one_it_did_not(story: Story) -> None:
    world, arrivals = played(story)
    outcomes = {name.tx_id: outcome for name, outcome in Verdict(story.plans, arrivals, END).outcomes.items()}
    for expected, report in received(world):
        if expected.kind == "IR06":
            assert shown(report.changes()) == shown(outcomes[expected.tx_id].updates)
        if expected.kind == "IR07":
            assert sorted(report.failed(), key=str) == exceptions_of(outcomes[expected.tx_id])


@simulation
@given(stories())
def test_ir06_and_ir07_of_a_set_carry_one_status_record_that_counts_them(story: Story) -> None:
    world, arrivals = played(story)
    outcomes = {name.tx_id: outcome for name, outcome in Verdict(story.plans, arrivals, END).outcomes.items()}
    told = defaultdict(set)
    for expected, report in received(world):
        if expected.kind in {"IR06", "IR07"}:
            told[expected.tx_id].add(report.status_line())
    for tx_id, lines in told.items():
        outcome = outcomes[tx_id]
        counts = f"|{outcome.status.upper()}|{len(outcome.updates):09}|{len(outcome.exceptions):09}"
        assert len(lines) == 1
        assert lines.pop().endswith(counts)


@simulation
@given(stories(), st.sampled_from([1, 10, 1000]))
def test_time_that_passes_in_many_steps_brings_the_same_files(story: Story, steps: int) -> None:
    whole, _ = played(story)
    step = (END - moment(0)) / steps
    stops = [moment(int((number * step).total_seconds())) for number in range(steps)]
    chopped, _ = played(story, stops=stops)
    assert everything(chopped.delivered) == everything(whole.delivered)


@simulation
@given(stories(repeats=False, together=True))
def test_the_order_of_files_that_arrive_in_one_moment_means_nothing(story: Story) -> None:
    forwards, _ = played(story)
    backwards, _ = played(story, backwards=True)
    assert everything(backwards.delivered) == everything(forwards.delivered)


@pytest.mark.parametrize("ldc", LDCS)
@simulation
@given(story=stories())
def test_what_one_ldc_gets_does_not_depend_on_the_other(ldc: str, story: Story) -> None:
    together, _ = played(story)
    alone, _ = played(story.of(ldc))
    assert everything(delivered_to(together, ldc)) == everything(alone.delivered)


def everything(files: list[Delivered]) -> list[Delivered]:
    """Files byte for byte, in an order of their own."""
    return sorted(files, key=lambda file: (file.at, file.recipient, file.name))
