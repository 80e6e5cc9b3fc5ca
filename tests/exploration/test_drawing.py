"""What conversations are drawn of: the same from the same seed, in words that the suite has, and dense."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from harness.exploration.drawing import MOVES, REPERTOIRES, Kind, Source
from harness.exploration.lines import Line, Lines, names, typed
from harness.exploration.scene import DAY, DEMAND_FRAMINGS, FURTHER_DEMAND_FRAMINGS, Scene, Times, moment
from harness.interface.profile import load_profile
from harness.port.protocol import Role
from harness.report.rulebook import declared_situations
from harness.suite.catalogue import load_catalogue
from harness.suite.definitions import read_definitions

TIMES = Times.of(load_profile().values)
CLASSES = frozenset({"FTS", "USDP", "SYNC", "BILLING-ENERGY"})
SOURCE = Source(5, TIMES, CLASSES)


def conversations(source: Source = SOURCE, number: int = 200) -> list[Lines]:
    return [source.drawn(0, each)[1] for each in range(number)]


def text_of(lines: Lines) -> str:
    return "\n".join(line.text for line in lines)


def test_a_conversation_rests_on_its_seed_round_and_number_alone() -> None:
    assert SOURCE.drawn(3, 7) == Source(5, TIMES, CLASSES).drawn(3, 7)
    others = [Source(6, TIMES, CLASSES).drawn(3, 7), SOURCE.drawn(4, 7), SOURCE.drawn(3, 8)]
    assert all(other != SOURCE.drawn(3, 7) for other in others)


def test_every_line_is_a_step_that_the_suite_has() -> None:
    index = read_definitions("steps").index
    unknown = [
        line.text for lines in conversations() for kind, line in typed(lines) if index.find(kind, line.text) is None
    ]
    assert unknown == []


def test_every_kind_of_move_is_made() -> None:
    made = {move for number in range(200) for move in SOURCE.drawn(0, number)[0].moves}
    assert made == set(MOVES)


def test_what_a_system_does_not_claim_is_not_drawn() -> None:
    told = "\n".join(map(text_of, conversations(Source(5, TIMES, frozenset({"FTS", "USDP"})))))
    assert "requests Universal SDP IDs" in told
    assert "I-Sync" not in told
    assert "quantities" not in told


def test_framing_structures_with_demand_are_for_those_who_claim_demand() -> None:
    claims = Source(5, TIMES, CLASSES | {"BILLING-DEMAND"})
    values = [
        {cell for lines in conversations(each) for line in lines for row in line.table for cell in row}
        for each in (SOURCE, claims)
    ]
    assert [set(DEMAND_FRAMINGS) & each for each in values] == [set(), set(DEMAND_FRAMINGS)]


def test_each_energy_is_drawn_beside_demand_of_each_length_and_method() -> None:
    drawn = {tuple(framing.split()[:-1]) for framing in (*DEMAND_FRAMINGS, *FURTHER_DEMAND_FRAMINGS)}
    assert drawn == set(itertools.product(("periodic", "hourly", "TOU/CPP"), ("15", "60"), ("block", "rolling")))
    claims = conversations(Source(5, TIMES, CLASSES | {"BILLING-DEMAND"}))
    cells = {cell for lines in claims for line in lines for row in line.table for cell in row}
    assert set(FURTHER_DEMAND_FRAMINGS) <= cells


def test_quantities_are_asked_for_off_cycle_in_the_very_minute_of_a_run() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("billing/bill",), synchronized=True),))
    asked = re.compile(r"it is \w+ (\d\d:\d\d)\n.* requests quantities off cycle")
    minutes = [clock for lines in conversations(source) for clock in asked.findall(text_of(lines))]
    assert sum(clock[-1] == "0" for clock in minutes) >= 10
    runs = Counter(clock for clock in minutes if clock in {"08:00", "11:00", "14:00", "17:00", "20:00", "23:00"})
    assert runs.total() >= 10
    assert runs.keys() & {"14:00", "17:00", "20:00"}


def test_a_sunday_between_two_reads_is_there_and_estimated() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("billing/bill",), synchronized=True),))
    estimated = re.compile(r"from (\S+) until \S+, with status EST\nthe register of")
    days = [date.fromisoformat(day) for lines in conversations(source) for day in estimated.findall(text_of(lines))]
    assert sum(day.isoweekday() == 7 for day in days) >= 5


def test_of_billing_periods_sundays_lack_most_often_and_the_29th_of_february_too() -> None:
    kind = Kind(("billing/bill",), "2012-02-27", synchronized=True)
    spans = re.compile(r"from (\S+) until (\S+)\n.* from (\S+) until")
    lacking: Counter[date] = Counter()
    for lines in conversations(Source(5, TIMES, CLASSES, (kind,))):
        for _, end, begin in spans.findall(text_of(lines)):
            day = date.fromisoformat(end)
            lacking[day] += date.fromisoformat(begin) == day + timedelta(days=1)
    weekdays = Counter(day.isoweekday() for day in lacking.elements())
    assert weekdays.most_common(1)[0][0] == 7
    assert lacking[date(2012, 2, 29)] >= 5


def test_changes_lie_at_the_limits_of_dating_and_a_day_beyond_them() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("sync/send far",), synchronized=True),))
    cells = {cell for lines in conversations(source) for line in lines for row in line.table for cell in row}
    assert {"730 days ago", "731 days ago", "in 730 days", "in 731 days"} <= cells


def test_a_day_that_does_not_count_comes_anew_once_its_period_has_been_asked_for() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("billing/fill",), synchronized=True),))
    waits = re.compile(
        r'"(\w+)" uses \d+ Wh each hour from (\S+) until \S+, with status NVE\n'
        r'"\w+" requests quantities on cycle\n(?:.*\n)*"\1" uses \d+ Wh each hour from \2'
    )
    assert sum(bool(waits.search(text_of(lines))) for lines in conversations(source)) >= 5


def test_a_period_whose_end_was_estimated_is_asked_for_again_once_its_end_has_come() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("billing/estimate",), synchronized=True),))
    asked_for_again = re.compile(
        r"requests quantities .*\n(?:it is .*\n)+.* uses 25000 Wh each hour from .*\n.* requests quantities off cycle"
    )
    assert sum(bool(asked_for_again.search(text_of(lines))) for lines in conversations(source)) >= 5


def test_what_was_delivered_is_corrected_on_a_sunday() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("billing/correct",), synchronized=True),))
    corrected = re.compile(
        r"requests quantities off cycle(?: .*)?\n(?:it is .*\n)*it is Sunday .*\n"
        r".* uses .*\n(?:.*\n)*it is Sunday 23:59"
    )
    assert sum(bool(corrected.search(text_of(lines))) for lines in conversations(source)) >= 5


def test_an_attribute_changes_on_and_on_with_one_set_after_the_other_or_by_one() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("sync/change on and on",), synchronized=True),))
    by_one = in_turn = 0
    for lines in conversations(source, 50):
        tables = [line.table[1:] for line in lines if line.text.startswith("I-Sync set") and line.table]
        by_one += any(len(rows) > 2 and len({row[:2] for row in rows}) == 1 for rows in tables)
        alone = [rows[0][:2] for rows in tables if len(rows) == 1]
        in_turn += any(before == then == last for before, then, last in zip(alone, alone[1:], alone[2:], strict=False))
    assert min(by_one, in_turn) >= 5


def test_one_set_makes_two_virtual_sdps() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("sync/aggregate",), synchronized=True),))
    made = re.compile(
        r'(set \d+ of "\w+") makes "Tower" the sum of .*\n(?:.*\n)*\1 makes "Arcade" the sum of "\w+" and'
    )
    assert sum(bool(made.search(text_of(lines))) for lines in conversations(source)) >= 5


def test_what_divides_nothing_changes_within_periods_as_well() -> None:
    kind = Kind(("billing/bill",), synchronized=True)
    source = Source(5, TIMES, CLASSES, (kind,))
    drawn = [source.drawn(0, number) for number in range(400)]
    of_kind = [lines for its, lines in drawn if its == kind]
    changed = {row[1] for lines in of_kind for line in lines for row in line.table if len(row) == 5}
    assert {"energy service provider", "AMI operator", "service status", "city"} <= changed


def test_the_first_or_the_last_day_of_a_period_has_the_most_by_itself() -> None:
    source = Source(5, TIMES, CLASSES, (Kind(("billing/bill",), synchronized=True),))
    days = re.compile(r"uses, each \d+ minutes of the days from (\S+) until (\S+)")
    alone = 0
    for lines in conversations(source):
        spans = [(match, line) for line in lines if (match := days.search(line.text))]
        for (first, one), (second, other) in itertools.pairwise(spans):
            most = [max(int(row[1]) for row in line.table[1:]) for line in (one, other)]
            follow = first[2] == second[1] and one.text.split(" uses")[0] == other.text.split(" uses")[0]
            alone += follow and most[0] != most[1]
    assert alone >= 5


def test_an_audit_is_the_first_to_tell_of_what_has_held_and_has_ended() -> None:
    claims = frozenset({"CIS-FTS", "CIS-USDP", "CIS-SYNC"})
    kind = Kind(("sync/audit what ended",), synchronized=True)
    source = Source(5, TIMES, claims, (kind,), role=Role.CIS, acts_as=("ldc",))
    audited = [
        before.table[1:]
        for lines in conversations(source, 50)
        for before, order in itertools.pairwise(lines)
        if before.text.endswith("puts on record") and order.text.endswith("send a periodic audit")
    ]
    assert any(first[:2] == second[:2] and first[3] < second[3] for first, second in audited)


def test_half_of_all_are_of_a_kind_that_is_promising() -> None:
    kind = Kind(("assignment/ask for many",))
    source = Source(5, TIMES, CLASSES, (kind,))
    of_the_kind = [source.drawn(0, number)[0] == kind for number in range(200)]
    assert 60 < sum(of_the_kind) < 140


@pytest.mark.parametrize(
    "words",
    ["first day is 2012-02-27", "refuses files from", "is submitted again", "is not registered", "another I-Sync set"],
)
def test_what_is_seldom_tried_is_tried(words: str) -> None:
    assert any(words in text_of(lines) for lines in conversations())


def test_both_ldcs_ask_for_sdps_of_one_name() -> None:
    asked = [line.text for lines in conversations() for line in lines if "requests Universal SDP IDs for" in line.text]
    assert any(text.startswith('"Lakeside"') and '"Mill"' in text for text in asked)
    assert any(text.startswith('"Riverbend"') and '"Mill"' in text for text in asked)


def test_time_is_told_so_that_it_comes_as_meant() -> None:
    scene = Scene(random.Random(0), TIMES, date(2011, 1, 10))
    for minute in (61, DAY, 9 * DAY + 5, 23 * DAY + 5):
        scene.wait_until(minute)
    told = [line.text for line in scene.lines]
    weeks = ["7 days have passed", "it is Wednesday 00:05", "14 days have passed"]
    assert told == ["it is Monday 01:01", "it is Tuesday 00:00", *weeks]


def test_waiting_ends_by_a_minute_from_what_falls_due() -> None:
    minutes = set()
    for seed in range(1000):
        scene = Scene(random.Random(seed), TIMES, date(2011, 1, 10), minute=601)
        scene.wait()
        if scene.minute < DAY:
            minutes.add(scene.minute)
    assert {614, 615, 616, 660, 661, 662, 719, 720, 721} <= minutes


def test_the_last_line_that_says_the_time_is_what_is_judged_by() -> None:
    lines = (Line(f"it is {moment(0, 60)}"), Line(f"it is {moment(0, 75)}"))
    assert [kind for kind, _ in typed(lines)] == ["given", "when"]
    assert names(["A"]) == '"A"'
    assert names(["A", "B", "C"]) == '"A", "B" and "C"'


@pytest.mark.parametrize("role", Role)
def test_every_situation_that_a_repertoire_knows_is_one_of_the_referee(role: Role) -> None:
    declared = {each.name for each in declared_situations(load_catalogue().areas)}
    known = REPERTOIRES[role].situations
    assert all(any(name.startswith(beginning) for name in declared) for beginning in known)
    assert set(known.values()) <= {*load_catalogue().classes_of(role)}
    assert REPERTOIRES[role].class_of("files/after an outage") is None


def test_a_register_is_read_with_as_many_digits_as_the_system_has_and_begins_anew_after_them() -> None:
    source = replace(SOURCE, classes=CLASSES | {"BILLING-ENERGY", "ODEST"}, register_digits=7)
    lines = [line for each in conversations(source) for line in each if line.text.startswith("the register of")]
    shown = [row[2] for line in lines for row in line.table[1:]]
    assert {len(each) for each in shown} == {7}
    assert any(each.startswith("99999") for each in shown)
    assert any(each.startswith("00000") for each in shown)
