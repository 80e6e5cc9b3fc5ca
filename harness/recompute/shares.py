"""Shares: master data and requests of as many SDPs as memory holds, read for one share after the other.

Where everything fits, it is read once, and stays in memory. Where it does not, it is read once for each share; shares
are kept in the output folder, of which one at a time is in memory. What comes out is the same either way.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from harness.errors import OutputError
from harness.interface.profile import Profile
from harness.recompute import inputs as reading
from harness.recompute.delivered import Responses, StoredResponses
from harness.recompute.findings import Findings
from harness.recompute.groups import Range
from harness.recompute.ids import Ids, ids_of
from harness.recompute.inputs import Given
from harness.recompute.master_data import MasterData
from harness.recompute.output_folder import write
from harness.recompute.reach import Reach
from harness.recompute.requests import Requests, RequestsBuilder

T_co = TypeVar("T_co", covariant=True)


class Parted(Protocol[T_co]):
    """What is had for a range of SDPs at a time."""

    def part(self, first: str, end: str | None) -> T_co:
        """What there is of the SDPs from one ID until another, exclusive."""


class Shares:
    """Shares in the order of their SDPs, which together are all.

    :param folder: where they are kept, where there are several.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ranges: list[Range] = []
        self.sdps = 0
        self.requests = 0
        self.recoveries = 0
        self._asked: list[Ids] = [ids_of(())]
        self._at_hand: tuple[int, MasterData, Requests] | None = None

    def add(self, of: Range, master: MasterData, requests: Requests) -> None:
        """Take up the next share.

        :raises OutputError: it cannot be written.
        """
        if self.ranges or of.end is not None:
            write(self._path(len(self.ranges)), pickle.dumps((master, requests), protocol=pickle.HIGHEST_PROTOCOL))
        self._at_hand = len(self.ranges), master, requests
        self.ranges.append(of)
        self.sdps += int(master.sdps.size)
        self.requests += int(requests.sdp.size)
        self._asked.append(np.unique(requests.sdp))

    def _path(self, number: int) -> Path:
        return self.folder / f"share-{number:06}"

    def asked(self) -> Ids:
        """The SDPs whose quantities are asked for, each once."""
        return np.concatenate(self._asked)

    def share(self, number: int) -> tuple[MasterData, Requests]:
        """Master data and requests of a share.

        :raises OutputError: it cannot be read again.
        """
        if self._at_hand is None or self._at_hand[0] != number:
            self._at_hand = None  # so that two are never in memory
            path = self._path(number)
            try:
                master, requests = pickle.loads(path.read_bytes())  # noqa: S301  what this command wrote
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                what, remedy = f"cannot be read again: {error}", "give the command again: it goes on where it was"
                raise OutputError(what, where=str(path), expected="what was written there", remedy=remedy) from error
            self._at_hand = number, master, requests
        return self._at_hand[1:]

    def within(self, of: Range) -> tuple[MasterData, Requests]:
        """The share that has the SDPs of a range: no range lies in two."""
        return self.share(next(number for number, each in enumerate(self.ranges) if each.holds(of.first)))

    @property
    def of_master_data(self) -> Parted[MasterData]:
        return _Of(self, 0)

    @property
    def of_requests(self) -> Parted[Requests]:
        return _Of(self, 1)


class _Of(Generic[T_co]):
    """Master data, or requests, of a range of SDPs at a time."""

    def __init__(self, shares: Shares, place: int) -> None:
        self._shares, self._place = shares, place

    def part(self, first: str, end: str | None) -> Any:
        """What there is of the SDPs from one ID until another, exclusive."""
        return self._shares.within(Range(first, end))[self._place].part(first, end)


def clamped(ranges: list[Range], share: Range) -> list[Range]:
    """Ranges that are all SDPs, as those that are all of a share."""
    edges = [share.first, *(each.first for each in ranges[1:]), share.end]
    return [Range(first or "", end) for first, end in pairwise(edges)]


def read(
    given: Given,
    profile: Profile,
    findings: Findings,
    responses: Mapping[str, StoredResponses],
    shares: Shares,
    most: int,
    step: Callable[[], None],
) -> None:
    """Read master data and requests, share by share.

    :param responses: what was delivered; it tells what was asked for, where no requests were given.
    :param most: the bytes that either of both may take in memory.
    :raises InputError: something does not read, or tells of nothing that the sum check rests on.
    :raises OutputError: a share cannot be written.
    """
    told: set[str] = set()
    reach = Reach(most=most)
    while True:
        noted = Findings()
        master = reading.master_data(given, profile, noted, step, reach)
        builder = RequestsBuilder(noted, reach)
        reading.take_requests(builder, given, profile, step)
        if not given.requests:
            for records in (run for stored in responses.values() for run in stored.each_run()):
                _take_what_was_delivered(builder, records.rows(reach.holds(records.sdp)))
        if not reach.is_whole:
            master = master.part(reach.first, reach.end)
        told |= {name for name, spans in master.spans.items() if spans.sdp.size}
        of = Range(reach.first, reach.end)
        shares.add(of, master, builder.built(master))
        findings.extend(each for each in noted if (of.holds(each.sdp) if each.sdp else not reach.first))
        shares.recoveries = builder.recoveries
        if reach.end is None:
            break
        reach = Reach(reach.end, most=most)
    if given.reads:
        reading.wanted_for_sum_check(told, given)


def _take_what_was_delivered(builder: RequestsBuilder, records: Responses) -> None:
    """Take each response for a request: once, though it comes in several records and files."""
    keys = [records.sdp, records.start, records.end, records.detail]
    order = np.lexsort(keys[::-1])
    new = np.ones(order.size, dtype=bool)
    same = np.ones(max(0, order.size - 1), dtype=bool)
    for key in keys:
        same &= key[order][1:] == key[order][:-1]
    new[1:] = ~same
    own = records.rows(order[new])
    ldc = [records.texts["ldc"][number] for number in own.file.tolist()]
    detail = [records.texts["detail"][number] for number in own.detail.tolist()]
    builder.take_delivered(own.sdp, own.start, own.end, ldc, detail)
