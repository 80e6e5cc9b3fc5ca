"""Who computes quantities: segmentation and framing as an installed package offers them, found by an entry point.

What is computed again must not be computed by the harness: it asks, as it asks any system under test.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from harness.errors import UsageError, nearest
from harness.interface.files import Value
from harness.interface.instants import Day
from harness.interface.profile import Profile

GROUP = "mdmr_conform.computing"
"""Entry points of what computes: ``create(profile)``, which returns a `Computing`."""


class State(NamedTuple):
    """A value that holds from a day until another, exclusive; open where `end` is None."""

    start: Day
    end: Day | None
    value: str


class Part(NamedTuple):
    """A sub-period, from a day until another, exclusive, and the code of its framing structure."""

    start: Day
    end: Day
    framing: str


class IntervalArrays(NamedTuple):
    """Intervals of SDPs: int32 Wh and varh and uint8 status, each ``[sdp, interval]``.

    Statuses are 0 for a missing interval, 1 VAL, 2 EST, 3 NV, 4 NVE, and more for what is not eligible either.

    :param first: the EST day at whose midnight the first interval begins.
    :param varh: None where no reactive energy is metered; `reactive`: bool ``[sdp]``, of which SDPs it is.
    """

    minutes: int
    first: Day
    wh: NDArray[np.int32]
    status: NDArray[np.uint8]
    varh: NDArray[np.int32] | None
    reactive: NDArray[np.bool_]


class Computed(NamedTuple):
    """The quantities of a sub-period, int64 ``[sdp]`` by the name of the field that delivers them.

    :param eligible: bool ``[sdp]``: where it is False, the quantities mean nothing.
    :param quantities: by field, with what is not delivered left out.
    :param hourly: Wh of each hour, ``[sdp, day, 24]``, where the sub-period is framed as Hourly.
    :param apparent: bool ``[sdp]``, of which SDPs there is a `peak_va`.
    """

    eligible: NDArray[np.bool_]
    quantities: Mapping[str, NDArray[np.int64]]
    hourly: NDArray[np.int64] | None = None
    apparent: NDArray[np.bool_] | None = None


class DayOfIntervals(NamedTuple):
    """The intervals of an EST day of one SDP, as `IntervalArrays` without the dimension of SDPs."""

    minutes: int
    wh: NDArray[np.int32]
    status: NDArray[np.uint8]
    varh: NDArray[np.int32] | None


class RegisterReads(NamedTuple):
    """The register reads of many SDPs, one SDP after the other, each in order of time, all int64.

    :param offsets: ``[sdp + 1]``, where the reads of each SDP begin, and where the last one's end.
    :param seconds: ``[read]``, seconds since 1970-01-01 00:00 UTC; `readings`: ``[read]``, dial units.
    """

    offsets: NDArray[np.int64]
    seconds: NDArray[np.int64]
    readings: NDArray[np.int64]


class Compared(NamedTuple):
    """Energy of intervals against registers, int64 Wh ``[sdp]``, and where it is over the threshold, bool ``[sdp]``.

    :param beyond_percent: where it is over the stated share, which it may be by no more than a register can tell.
    """

    register_wh: NDArray[np.int64]
    variance_wh: NDArray[np.int64]
    over: NDArray[np.bool_]
    beyond_percent: NDArray[np.bool_]


class SumChecking(Protocol):
    """What is asked of whoever computes the sum check (SUM-01 to SUM-06).

    :param range_hours: the maximum register range.
    """

    range_hours: int

    def applies(self, vee_service: str) -> bool:
        """Whether a VEE service has the sum check."""

    def nearest(self, reads: RegisterReads, boundaries: NDArray[np.int64]) -> Sequence[NDArray[np.int64]]:
        """The read of each SDP that is nearest to a boundary, as places in the array of reads; -1 where none is.

        There is an array for each reading that may be taken of equally near reads, the one that is taken first.

        :param boundaries: seconds since 1970-01-01 00:00 UTC, ``[sdp]``.
        """

    def one_read_serves(self) -> Sequence[bool]:
        """Whether one read that is nearest to both ends is compared with itself: all answers that are right."""

    def register(self, parameters: Mapping[str, str | None]) -> tuple[int, int] | None:
        """Digits, and Wh of a dial unit, of a register with some parameters; None where they make no sense."""

    def energy(self, wh: NDArray[np.int32], first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """The energy from one interval until another, exclusive: places in ``[sdp, interval]``, for each SDP."""

    def compared(
        self,
        interval_wh: NDArray[np.int64],
        readings: tuple[NDArray[np.int64], NDArray[np.int64]],
        digits: NDArray[np.int64],
        unit_wh: NDArray[np.int64],
    ) -> Compared:
        """The energy of intervals against the difference of a first and a last reading of registers."""


class Computing(Protocol):
    """What is asked of whoever computes.

    :param last_eligible: the last of the statuses that are eligible: those from 1 to it are.
    """

    last_eligible: int
    sum_check: SumChecking

    def sub_periods(
        self, start: Day, end: Day, framings: Sequence[State], accounts: Sequence[State]
    ) -> Sequence[Part] | None:
        """Divide a period at its events; None where a day has no framing structure."""

    def quantities(self, intervals: IntervalArrays, part: Part) -> Computed:
        """The quantities of a sub-period, for SDPs whose intervals have one length."""

    def quantities_by_day(
        self, days: Mapping[Day, DayOfIntervals], part: Part
    ) -> Mapping[str, Sequence[Mapping[str, Value]]] | None:
        """The quantities of one SDP, whatever the length of its intervals: fields of records by file type.

        None where data is missing or not eligible.
        """

    def begins_late(self, framing: str) -> bool:
        """Whether days of a framing structure begin an hour after EST's: it is of the Central time zone."""

    def file_types(self, framing: str) -> Sequence[str]:
        """The file types that a framing structure's quantities are delivered in, energy first."""


def computing(name: str, profile: Profile) -> Computing:
    """Whoever computes, by name.

    :raises UsageError: nobody of that name is installed.
    """
    found = {point.name: point for point in importlib.metadata.entry_points(group=GROUP)}
    if name not in found:
        raise UsageError(
            f"nobody {name!r} computes quantities",
            where="--computing",
            expected=f"one of {', '.join(sorted(found)) or 'none installed'}",
            remedy=nearest(name, found),
        )
    made: Computing = found[name].load()(profile)
    return made
