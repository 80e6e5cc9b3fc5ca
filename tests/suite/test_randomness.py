"""USDP-04's statistic: how seldom it fails a system that draws at random, worked out, and what it finds.

The bound. A system draws 64 different numbers, each uniformly from those of M ≥ 10⁷ consecutive numbers that are left.
For every criterion its chance is bounded from above; the chance of failing any of them is at most the sum (Boole).

* A run. The order of exchangeable, different numbers is a uniform permutation, and rising steps are its ascents: of n!
  permutations the Eulerian number A(n, k) have k. Numbers of one lag fall into `lag` chains, which share no number, so
  that their orders are independent: the counts of their ascents are convolved. At most T steps rise, or at most T fall:
  both have the same chance.
* A rhythm. Fix the places of the k equal steps, and let the numbers be drawn one after the other. Once the earliest of
  these steps is known, each later one has to hit a wanted number, or one of those with a wanted ending modulo m: before
  its second number is drawn, its first is known. Of the at least M - 63 numbers left, whatever was drawn, at most
  M/m + 1 end so. Given all that was drawn before it, each of the k - 1 later steps thus has a chance of at most
  (M/m + 1) / (M - 63), for whole numbers 1 / (M - 63), and these chances multiply, however the steps depend on each
  other. There are C(64 - lag, k) choices of places.
* A block. One of the 64 is the least. Given it, each of the 63 others lies among the S - 1 numbers above it, where S is
  the greatest span that is still a block: at most (S - 1) / (M - 63) each, one after the other.

* A common last digit, which is cut off before the numbers are looked at. Once the first number is known, each of the 63
  others ends as it does with a chance of at most (M/10 + 1) / (M - 63). That alone fails nobody; it is counted as if.

Every bound falls as M grows, so M = 10⁷ is the worst case. A statistic that looks away in some cases, as this one does
from endings that are a code, fails more seldom still.
"""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

import pytest

from harness.suite.randomness import (
    CROWD,
    ENDINGS,
    EQUAL_STEPS,
    LAGS,
    SAMPLE,
    TRAILING,
    TURNS,
    sequence_shown,
)

FEWEST = 10**7


# --- the bound ----------------------------------------------------------------------------------------


def eulerian(n: int) -> list[int]:
    """How many permutations of n things have 0, 1, …, n - 1 ascents."""
    row = [1]
    for size in range(2, n + 1):
        row = [(k + 1) * (row[k] if k < len(row) else 0) + (size - k) * (row[k - 1] if k else 0) for k in range(size)]
    return row


def ascents(sizes: list[int]) -> list[int]:
    """Over all orders of several chains: how many have 0, 1, 2, … ascents in all."""
    total = [1]
    for size in sizes:
        row, longer = eulerian(size), [0] * (len(total) + size - 1)
        for (i, a), (j, b) in itertools.product(enumerate(total), enumerate(row)):
            longer[i + j] += a * b
        total = longer
    return total


def chance_of_a_run(sample: int, lag: int, turns: int) -> Fraction:
    sizes = [len(range(start, sample, lag)) for start in range(lag)]
    counts = ascents(sizes)
    return Fraction(2 * sum(counts[: turns + 1]), math.prod(map(math.factorial, sizes)))


def bound_of_a_rhythm(sample: int, lag: int, equal: int, numbers: int, modulus: int | None) -> Fraction:
    wanted = Fraction(1) if modulus is None else Fraction(numbers, modulus) + 1
    return math.comb(sample - lag, equal) * (wanted / (numbers - sample + 1)) ** (equal - 1)


def bound_of_a_block(sample: int, span: int, numbers: int) -> Fraction:
    return sample * Fraction(span - 1, numbers - sample + 1) ** (sample - 1)


def bound_of_a_common_ending(sample: int, numbers: int) -> Fraction:
    return ((Fraction(numbers, 10) + 1) / (numbers - sample + 1)) ** (sample - 1)


def bound(numbers: int) -> Fraction:
    """Of the chance that a system fails which draws from so many numbers."""
    of_steps = (
        chance_of_a_run(SAMPLE, lag, TURNS)
        + bound_of_a_rhythm(SAMPLE, lag, EQUAL_STEPS, numbers, None)
        + bound_of_a_rhythm(SAMPLE, lag, EQUAL_STEPS, numbers, TRAILING)
        for lag in LAGS
    )
    block, ending = bound_of_a_block(SAMPLE, CROWD * SAMPLE - 1, numbers), bound_of_a_common_ending(SAMPLE, numbers)
    return sum(of_steps, block + ending)


def test_a_system_that_draws_at_random_fails_with_a_chance_below_one_in_a_thousand_million() -> None:
    assert bound(FEWEST) < Fraction(1, 10**9)
    assert f"{float(bound(FEWEST)):.1e}" == "7.3e-12"


@pytest.mark.parametrize("numbers", [10**7 + 1, 3 * 10**7, 10**8, 10**10, 10**20])
def test_a_system_that_draws_from_more_numbers_fails_more_seldom(numbers: int) -> None:
    assert bound(numbers) < bound(FEWEST)


def test_eulerian_numbers_count_ascents() -> None:
    assert [eulerian(n) for n in (1, 2, 3, 4)] == [[1], [1, 1], [1, 4, 1], [1, 11, 11, 1]]


@pytest.mark.parametrize(("lag", "turns"), [(1, 0), (1, 1), (2, 0), (2, 1)])
def test_the_chance_of_a_run_is_the_share_of_the_orders_that_are_one(lag: int, turns: int) -> None:
    orders = list(itertools.permutations(range(6)))
    rising = [sum(order[i + lag] > order[i] for i in range(6 - lag)) for order in orders]
    runs = sum(count <= turns or count >= 6 - lag - turns for count in rising)
    assert chance_of_a_run(6, lag, turns) == Fraction(runs, len(orders))


@pytest.mark.parametrize("modulus", [None, 2, 3, 5])
@pytest.mark.parametrize("lag", [1, 2])
def test_no_rhythm_is_likelier_than_its_bound(lag: int, modulus: int | None) -> None:
    draws = list(itertools.permutations(range(9), 5))
    steps = [[draw[i + lag] - draw[i] for i in range(5 - lag)] for draw in draws]
    if modulus is not None:
        steps = [[step % modulus for step in each] for each in steps]
    for equal in (2, 3):
        share = Fraction(sum(max(Counter(each).values()) >= equal for each in steps), len(draws))
        assert share <= bound_of_a_rhythm(5, lag, equal, 9, modulus)


@pytest.mark.parametrize("span", [4, 5, 6])
def test_no_block_is_likelier_than_its_bound(span: int) -> None:
    draws = list(itertools.permutations(range(12), 4))
    share = Fraction(sum(max(draw) - min(draw) + 1 <= span for draw in draws), len(draws))
    assert share <= bound_of_a_block(4, span, 12)


def test_no_common_ending_is_likelier_than_its_bound() -> None:
    draws = list(itertools.permutations(range(14), 3))
    share = Fraction(sum(len({number % 10 for number in draw}) == 1 for draw in draws), len(draws))
    assert share <= bound_of_a_common_ending(3, 14)


# --- what it finds, and what not ------------------------------------------------------------------------


def counting(start: int, step: int) -> list[int]:
    return [start + step * turn for turn in range(SAMPLE)]


def jittered(chance: random.Random, start: int = 10**9) -> list[int]:
    numbers = [start]
    while len(numbers) < SAMPLE:
        numbers.append(numbers[-1] + chance.randrange(1, 10**6))
    return numbers


def in_turn(first: list[int], second: list[int]) -> list[int]:
    return [number for pair in zip(first, second, strict=True) for number in pair][:SAMPLE]


def behind_chance(chance: random.Random, digits: int) -> list[int]:
    """A running number of so many digits, behind seven random ones."""
    start = chance.randrange(10**digits)
    return [chance.randrange(10**6, 10**7) * 10**digits + (start + turn) % 10**digits for turn in range(SAMPLE)]


SEQUENCES: dict[str, Callable[[random.Random], list[int]]] = {
    "one-after-the-other": lambda _: counting(4_000_000_000, 1),
    "a-constant-step": lambda _: counting(4_000_000_000, 7919),
    "descending": lambda _: counting(4_000_000_000, -1),
    "a-step-that-wraps-around": lambda _: [(123_456_789 * turn) % 10**10 for turn in range(1, SAMPLE + 1)],
    "increasing-with-jitter": jittered,
    "decreasing-with-jitter": lambda chance: jittered(chance)[::-1],
    "increasing-until-it-wraps-around": lambda chance: [
        (number + 10**10 - 10**7) % 10**10 for number in jittered(chance, 0)
    ],
    "counting-until-it-wraps-around": lambda _: [n % 10**7 for n in counting(10**7 - 30, 1)],
    "a-shuffled-block": lambda chance: chance.sample(range(4_000_000_000, 4_000_000_064), SAMPLE),
    "some-of-a-shuffled-block": lambda chance: chance.sample(range(4_000_000_000, 4_000_050_000), SAMPLE),
    "two-shuffled-blocks-one-after-the-other": lambda chance: [
        number for start in (4_000_000_000, 4_000_000_032) for number in chance.sample(range(start, start + 32), 32)
    ],
    "three-running-digits-behind-chance": lambda chance: behind_chance(chance, 3),
    "four-running-digits-behind-chance": lambda chance: behind_chance(chance, 4),
    "five-running-digits-behind-chance": lambda chance: behind_chance(chance, 5),
    "six-running-digits-behind-chance": lambda chance: behind_chance(chance, 6),
    "running-digits-before-chance": lambda chance: [
        turn * 10**6 + chance.randrange(10**6) for turn in range(100, 100 + SAMPLE)
    ],
    "three-running-digits-before-a-code": lambda chance: [n * 1000 + 416 for n in behind_chance(chance, 3)],
    "two-counters-in-turn": lambda _: in_turn(counting(2_000_000_000, 1), counting(7_000_000_000, 1)),
    "two-counters-in-turn-with-jitter": lambda chance: in_turn(jittered(chance), jittered(chance, 5 * 10**9)),
    "two-running-numbers-behind-chance-in-turn": lambda chance: in_turn(
        behind_chance(chance, 3), behind_chance(chance, 3)
    ),
    "the-digits-of-a-counter-backwards": lambda _: [int(str(number)[::-1]) for number in counting(10**9, 1)],
    "a-counter-behind-a-mask": lambda _: [number ^ 0x5A5A5A5A for number in counting(10**9, 1)],
    "one-number-for-all": lambda _: [4_000_000_000] * SAMPLE,
}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("make", SEQUENCES.values(), ids=SEQUENCES)
def test_a_sequence_is_shown(make: Callable[[random.Random], list[int]], seed: int) -> None:
    assert sequence_shown(make(random.Random(seed))) is not None


def drawn(chance: random.Random, digits: int) -> list[int]:
    """Different random numbers of so many digits, the first of which may be 0."""
    numbers: dict[int, None] = {}
    while len(numbers) < SAMPLE:
        numbers[chance.randrange(10**digits)] = None
    return list(numbers)


@pytest.mark.parametrize("digits", range(7, 21))
def test_random_numbers_show_no_sequence(digits: int) -> None:
    samples = [drawn(random.Random(f"{digits} {seed}"), digits) for seed in range(15)]
    assert [sequence_shown(numbers) for numbers in samples] == [None] * len(samples)


@pytest.mark.parametrize("seed", range(5))
def test_a_code_behind_random_digits_is_no_sequence(seed: int) -> None:
    chance = random.Random(seed)
    one, two = chance.randrange(10**3), chance.randrange(10**3)
    assert sequence_shown([number * 1000 + one for number in drawn(chance, 7)]) is None
    assert (
        sequence_shown([number * 1000 + (one, two)[turn % 2] for turn, number in enumerate(drawn(chance, 7))]) is None
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_check_digit_is_no_sequence(seed: int) -> None:
    numbers = drawn(random.Random(seed), 8)
    assert sequence_shown([number * 100 + number % 97 for number in numbers]) is None


@pytest.mark.parametrize("seed", range(5))
def test_what_comes_after_the_sample_is_not_looked_at(seed: int) -> None:
    assert sequence_shown([*drawn(random.Random(seed), 9), *counting(1, 1)]) is None


# --- on both sides of each limit ------------------------------------------------------------------------


def with_rising(rising: int) -> list[int]:
    """Numbers of which so many steps go up, by steps that are all different."""
    chance, numbers = random.Random(0), [10**12]
    for turn in range(SAMPLE - 1):
        step = chance.randrange(10**6, 10**9)
        numbers.append(numbers[-1] + (step if turn < rising else -step))
    return numbers


@pytest.mark.parametrize(
    ("rising", "shown"),
    [(3, "60 of 63 steps go the same way"), (60, "60 of 63 steps go the same way"), (59, None), (4, None)],
)
def test_a_run_has_at_most_three_turns(rising: int, shown: str | None) -> None:
    numbers = with_rising(rising)
    found = sequence_shown(numbers)
    assert found == shown or (shown is None and found is not None and "from the last but one" in found)


def with_equal_steps(equal: int, modulus: int | None) -> list[int]:
    """Random numbers, so many of which follow the one before by 321: whole, or in their last digits."""
    numbers = drawn(random.Random(1), 12)
    for place in range(1, 7 * equal, 7):
        ahead = numbers[place - 1] + 321 - numbers[place]
        numbers[place] += ahead if modulus is None else ahead % modulus
    return numbers


@pytest.mark.parametrize(("modulus", "which"), [(None, ""), (1000, " of the last three digits")])
def test_eight_equal_steps_are_a_rhythm_and_seven_are_not(modulus: int | None, which: str) -> None:
    assert sequence_shown(with_equal_steps(7, modulus)) is None
    assert sequence_shown(with_equal_steps(8, modulus)) == f"8 of 63 steps{which} are +321"


def block(span: int) -> list[int]:
    middle = random.Random(2).sample(range(10**9 + 1, 10**9 + span - 1), SAMPLE - 2)
    return [*middle[:31], 10**9, *middle[31:], 10**9 + span - 1]


def test_sixty_four_thousand_numbers_in_a_row_are_the_least_that_are_no_block() -> None:
    assert sequence_shown(block(63_999)) == "64 numbers lie in a block of 63999"
    assert sequence_shown(block(64_000)) is None


def test_thirty_two_endings_may_be_a_running_number_and_fewer_are_a_code() -> None:
    chance = random.Random(3)

    def with_endings(endings: int) -> list[int]:
        return [number * 1000 + turn % endings for turn, number in enumerate(drawn(chance, 9))]

    assert ENDINGS == 32
    assert sequence_shown(with_endings(31)) is None
    assert sequence_shown(with_endings(32)) == "62 of 63 steps of the last three digits are +1"
