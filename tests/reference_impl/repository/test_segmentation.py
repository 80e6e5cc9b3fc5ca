"""Sub-periods, held to a version that looks at one day after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.interface.instants import Day
from reference_impl.framing import Framing, framing_of
from reference_impl.repository.master_directory import History, State, put
from reference_impl.repository.segmentation import SubPeriod, divided_at, split_at_events

DAYS = 20
MANY = settings(derandomize=True, deadline=None, database=None)
TOU, OTHER_TOU, HOURLY, PERIODIC = "tou_cpp_est", "tou_cpp_cst", "hourly", "periodic"


def _by_day(runs: list[tuple[str, int]]) -> list[str]:
    return [word for word, length in runs for _ in range(length)][:DAYS]


FRAMINGS = st.lists(
    st.tuples(st.sampled_from([TOU, HOURLY, PERIODIC, OTHER_TOU]), st.integers(1, 9)), min_size=DAYS, max_size=DAYS
).map(_by_day)
ACCOUNTS = st.lists(st.sampled_from([None, None, None, "1", "2"]), min_size=DAYS, max_size=DAYS)
PRICES = st.frozensets(st.integers(0, DAYS), max_size=3)
PERIODS = st.tuples(st.integers(0, DAYS - 1), st.integers(1, DAYS)).filter(lambda period: period[0] < period[1])


def day(number: int) -> Day:
    """A day by its number; the first day of May is in the middle."""
    return Day(date(2010, 4, 21) + timedelta(days=number))


def history(values: Sequence[str | None]) -> History:
    """What holds on each day, as it would have been recorded a day at a time."""
    states: History = ()
    for number, value in enumerate(values):
        if value is not None:
            states = put(states, day(number), day(number + 1), value)
    return states


def obvious(
    period: tuple[int, int], framings: Sequence[str], accounts: Sequence[str | None], prices: frozenset[int]
) -> list[tuple[int, int, str]]:
    """The sub-periods, by the slides: a day begins one where something is otherwise than on the day before."""
    starts = [period[0]]
    for number in range(period[0] + 1, period[1]):
        other_framing = framings[number] != framings[number - 1]
        other_account = accounts[number] != accounts[number - 1]
        other_price = number in prices and framings[number] != HOURLY
        if other_framing or other_account or other_price:
            starts.append(number)
    return [(start, end, framings[start]) for start, end in pairwise([*starts, period[1]])]


def split(
    period: tuple[int, int], framings: History, accounts: History, prices: frozenset[int]
) -> tuple[SubPeriod, ...] | None:
    return split_at_events(day(period[0]), day(period[1]), framings, accounts, map(day, prices), framing)


def framing(word: str) -> Framing:
    return framing_of(word)


@MANY
@given(PERIODS, FRAMINGS, ACCOUNTS, PRICES)
def test_a_period_is_divided_where_something_changes_and_nowhere_else(
    period: tuple[int, int], framings: list[str], accounts: list[str | None], prices: frozenset[int]
) -> None:
    expected = [
        SubPeriod(day(start), day(end), word) for start, end, word in obvious(period, framings, accounts, prices)
    ]
    assert split(period, history(framings), history(accounts), prices) == tuple(expected)


@MANY
@given(PERIODS, FRAMINGS, ACCOUNTS, PRICES)
def test_sub_periods_partition_the_period(
    period: tuple[int, int], framings: list[str], accounts: list[str | None], prices: frozenset[int]
) -> None:
    parts = split(period, history(framings), history(accounts), prices)
    assert parts is not None
    assert (parts[0].start, parts[-1].end) == (day(period[0]), day(period[1]))
    assert all(part.start < part.end for part in parts)
    assert all(one.end == other.start for one, other in pairwise(parts))


@MANY
@given(PERIODS, FRAMINGS, ACCOUNTS, PRICES, st.data())
def test_the_order_in_which_price_changes_are_told_means_nothing(
    period: tuple[int, int],
    framings: list[str],
    accounts: list[str | None],
    prices: frozenset[int],
    data: st.DataObject,
) -> None:
    one, other = (map(day, data.draw(st.permutations(sorted(prices)))) for _ in range(2))
    told = [
        split_at_events(day(period[0]), day(period[1]), history(framings), history(accounts), each, framing)
        for each in (one, other)
    ]
    assert told[0] == told[1]


def test_a_day_without_framing_structure_leaves_no_sub_periods() -> None:
    known = (State(day(0), day(5), TOU),)
    assert split((0, 6), known, (), frozenset()) is None
    assert split((0, 5), known, (), frozenset()) == (SubPeriod(day(0), day(5), TOU),)


@MANY
@given(framings=FRAMINGS, days=st.frozensets(st.integers(0, DAYS)), period=PERIODS)
def test_dividing_further_at_days_cuts_there_and_nowhere_else(
    framings: list[str], days: frozenset[int], period: tuple[int, int]
) -> None:
    parts = split(period, history(framings), (), frozenset())
    assert parts is not None
    found = divided_at(parts, map(day, days))
    starts = {part.start for part in parts} | {day(number) for number in days if period[0] < number < period[1]}
    assert [part.start for part in found] == sorted(starts)
    assert [part.end for part in found] == [*sorted(starts)[1:], day(period[1])]
    assert [part.framing for part in found] == [framings[(part.start - day(0)).days] for part in found]
