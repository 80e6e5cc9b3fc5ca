"""The Billing Validation Sum Check (SUM-01 to SUM-06; slide "Validation and Estimation Services (2 of 3)").

The energy of the intervals between two register reads is compared with the difference of the reads: those nearest to
the start and to the end of the billing period. Over the threshold the response carries status 06; where no two reads
can be had within the maximum register range, 07. Either way it carries its quantities.

As the framing core, for one SDP or a million by the same code: a check is arrays by SDP, and the reads of all SDPs
stand in one ragged array. Integers throughout: Wh, seconds, dial units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.interface.instants import Instant

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_READ = -1
WH_OF_DIAL_UNIT = 1000
"""A register without multipliers counts kilowatt-hours."""


# --- for any number of SDPs ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RegisterReads:
    """The register reads of many SDPs, one SDP after the other, each in order of time.

    :param offsets: int64 ``[sdp + 1]``, where the reads of each SDP begin, and where the last one's end.
    :param seconds: int64 ``[read]``, seconds since any instant, the same for all.
    :param readings: int64 ``[read]``, dial units.
    """

    offsets: Integers
    seconds: Integers
    readings: Integers


def nearest_reads(
    reads: RegisterReads, boundaries: Integers, range_seconds: int, *, later_on_a_tie: bool = False
) -> Integers:
    """The read of each SDP that is nearest to a boundary of its period; the earlier of two equally near (AMB-11).

    :param boundaries: int64 seconds ``[sdp]``.
    :param range_seconds: the maximum register range: a read just so far away still counts.
    :returns: int64 ``[sdp]``, places in the array of reads; `NO_READ` where none is near enough.
    """
    sdps = boundaries.size
    if reads.seconds.size == 0:
        return np.full(sdps, NO_READ, dtype=np.int64)
    begins, ends = reads.offsets[:-1], reads.offsets[1:]
    after = _first_at_or_after(reads, boundaries)
    before = after - 1
    far = np.iinfo(np.int64).max
    last = reads.seconds.size - 1
    to_before = np.where(before >= begins, boundaries - reads.seconds[np.clip(before, 0, last)], far)
    to_after = np.where(after < ends, reads.seconds[np.clip(after, 0, last)] - boundaries, far)
    take_before = to_before < to_after if later_on_a_tie else to_before <= to_after
    nearest = np.where(take_before, before, after)
    return np.where(np.minimum(to_before, to_after) <= range_seconds, nearest, NO_READ)


def _first_at_or_after(reads: RegisterReads, boundaries: Integers) -> Integers:
    """Where each SDP's reads at or after its boundary begin: one search for all of them.

    SDPs are laid end to end on one axis of time, so that the reads of all are in order.
    """
    low = min(int(reads.seconds.min()), int(boundaries.min()))
    width = max(int(reads.seconds.max()), int(boundaries.max())) - low + 1
    numbers = np.arange(boundaries.size, dtype=np.int64)
    axis = np.repeat(numbers, np.diff(reads.offsets)) * width + (reads.seconds - low)
    return np.searchsorted(axis, numbers * width + (boundaries - low), side="left").astype(np.int64)


def sums_between(wh: NDArray[np.int32], first: Integers, last: Integers) -> Integers:
    """The energy of each SDP from one interval until another, exclusive.

    :param wh: int32 ``[sdp, interval]``, nothing where an interval is missing.
    :param first: int64 ``[sdp]``, places of intervals; `last` is not before it.
    """
    sdps, intervals = wh.shape
    rows = np.arange(sdps, dtype=np.int64) * intervals
    edges = np.column_stack([rows + np.clip(first, 0, intervals), rows + np.clip(last, 0, intervals)]).ravel()
    inside = edges[edges < wh.size]  # those of the last SDP may stand behind the last interval
    sums = np.zeros(edges.size, dtype=np.int64)
    if inside.size:
        sums[: inside.size] = np.add.reduceat(wh.reshape(-1), inside, dtype=np.int64)
    return np.where(edges[::2] == edges[1::2], 0, sums[::2])


@dataclass(frozen=True, slots=True)
class Variances:
    """What comparing came to, int64 Wh ``[sdp]`` and bool ``[sdp]``."""

    register_wh: Integers
    variance_wh: Integers
    over: Flags


def compared(
    interval_wh: Integers,
    first_readings: Integers,
    last_readings: Integers,
    registers: tuple[Integers, Integers],
    percent: int,
) -> Variances:
    """The energy of intervals against the difference of reads (SUM-02, SUM-03, SUM-06).

    A register that has come to its end goes on at nothing: the difference is taken modulo its capacity. A variance
    passes up to so many per cent of the register's difference, and up to one dial unit, than which a register cannot
    tell less.

    :param registers: capacity in dial units and Wh of a dial unit, each int64 ``[sdp]``.
    """
    capacity, unit_wh = registers
    register_wh = (last_readings - first_readings) % capacity * unit_wh
    variance = np.abs(interval_wh - register_wh)
    over = (variance * 100 > register_wh * percent) & (variance > unit_wh)
    return Variances(register_wh, variance, over)


# --- for one response ---------------------------------------------------------------------------------------


class Read(NamedTuple):
    """A register read: when, and dial units."""

    instant: Instant
    reading: int


class Register(NamedTuple):
    """What a reading is read from.

    :param meter: the meter, or None where the Master Directory names none.
    :param digits: of the dials; `unit_wh`: Wh of a dial unit, all multipliers included.
    """

    meter: str | None
    digits: int
    unit_wh: int


@dataclass(frozen=True, slots=True)
class SumCheck:
    """What the sum check of one response came to, for its status and for BR05.

    :param status: by its name in the profile: `delivered`, `sum_check_threshold`, `sum_check_no_register_read`.
    :param interval_wh: the energy of the intervals between the reads; None without two reads, as is the variance.
    """

    status: str
    first: Read | None = None
    last: Read | None = None
    interval_wh: int | None = None
    register_wh: int | None = None
    variance_wh: int | None = None


@dataclass(frozen=True, slots=True)
class SumCheckRules:
    """What the profile says of the sum check.

    :param exempt: the VEE services that have none (SUM-05).
    :param later_on_a_tie: which of two reads is taken that are equally near (AMB-11).
    :param one_read_serves: whether one read that is nearest to both ends can be compared with itself (AMB-56).
    """

    exempt: frozenset[str]
    threshold_percent: int
    range_hours: int
    later_on_a_tie: bool = False
    one_read_serves: bool = False


def has_sum_check(vee_service: str | None, rules: SumCheckRules) -> bool:
    """Whether an SDP's VEE service has the sum check: all but 01 and 02 (SUM-05); without a service there is none."""
    return vee_service is not None and vee_service not in rules.exempt


def reads_near(
    reads: Sequence[Read], start: Instant, end: Instant, rules: SumCheckRules
) -> tuple[Read | None, Read | None]:
    """The reads nearest to the start and to the end of a period, where they lie within the range (AMB-11).

    :param reads: in order of time.
    """
    seconds = np.array([_seconds(read.instant, start) for read in reads], dtype=np.int64)
    readings = np.array([read.reading for read in reads], dtype=np.int64)
    ragged = RegisterReads(np.array([0, len(reads)], dtype=np.int64), seconds, readings)

    def nearest(boundary: Instant) -> Read | None:
        seconds = _array(_seconds(boundary, start))
        place = int(nearest_reads(ragged, seconds, rules.range_hours * 3600, later_on_a_tie=rules.later_on_a_tie)[0])
        return None if place == NO_READ else reads[place]

    return nearest(start), nearest(end)


def check(
    first: Read | None,
    last: Read | None,
    registers: tuple[Register | None, Register | None],
    interval_wh: int,
    rules: SumCheckRules,
) -> SumCheck:
    """The sum check of one response.

    Two reads can be compared where they are two, of one register: a meter or a multiplier that changed between them
    leaves nothing to compare, as if there were no read (SUM-04).

    :param registers: what the first and the last read are of; None where its parameters make no sense.
    :param interval_wh: the energy of the intervals between the reads.
    """
    one, other = registers
    alone = first == last and not rules.one_read_serves
    if first is None or last is None or alone or one is None or one != other:
        return SumCheck("sum_check_no_register_read", first, last)
    found = compared(
        _array(interval_wh),
        _array(first.reading),
        _array(last.reading),
        (_array(10**one.digits), _array(one.unit_wh)),
        rules.threshold_percent,
    )
    return SumCheck(
        "sum_check_threshold" if found.over[0] else "delivered",
        first,
        last,
        interval_wh,
        int(found.register_wh[0]),
        int(found.variance_wh[0]),
    )


def register_of(meter: str | None, parameters: Mapping[str, str | None], digits: int) -> Register | None:
    """The register of an SDP on a day; None where a parameter is no positive number.

    :param parameters: `register_digits`, `register_multiplier`, `ct_pt_multiplier`, as the Master Directory has them.
    :param digits: of a register of which nothing is said.
    """
    try:
        stated = {name: int(value) for name, value in parameters.items() if value is not None}
    except ValueError:
        return None
    found = Register(
        meter,
        stated.get("register_digits", digits),
        WH_OF_DIAL_UNIT * stated.get("register_multiplier", 1) * stated.get("ct_pt_multiplier", 1),
    )
    return found if 0 < found.digits <= LONGEST_REGISTER and 0 < found.unit_wh <= LARGEST_UNIT else None


LONGEST_REGISTER = 9
LARGEST_UNIT = 10**7
"""Beyond these a register's difference in Wh, times 100, would not fit 64 bits; no meter comes near them."""


def _seconds(moment: Instant, since: Instant) -> int:
    return int((moment - since).total_seconds())


def _array(value: int) -> Integers:
    return np.array([value], dtype=np.int64)
