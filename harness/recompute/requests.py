"""Which quantities were asked for: by requests (5000), by billing cycles (8000), or by a table (BSV-01, -02, -09).

Where nothing says so, what was delivered tells what had been asked for. A request that recovers a former response asks
for nothing new (BSV-10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from harness.errors import InputError
from harness.interface.files import InterfaceFile
from harness.interface.interval_data import SDP
from harness.recompute import tables
from harness.recompute.findings import Findings
from harness.recompute.ids import Ids, coded, coded_texts, ids_in, ids_of, places, ranks, recoded, texts, within
from harness.recompute.master_data import CYCLE, LDC, MasterData, days_since_1970
from harness.recompute.reach import Reach

DETAIL, START, END = "request_detail_id", "period_start_date", "period_end_date"


class Requests(NamedTuple):
    """Requests, by SDP, period, LDC and request detail ID: days since 1970-01-01, and numbers of texts.

    :param detail: the request detail ID, an empty text where there is none.
    """

    sdp: Ids
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    ldc: NDArray[np.int32]
    detail: NDArray[np.int32]
    ldcs: Sequence[str]
    details: Sequence[str]

    def rows(self, chosen: Any) -> Requests:
        return Requests._make([*(each[chosen] for each in self[:5]), self.ldcs, self.details])

    def part(self, first: str, end: str | None) -> Requests:
        """The requests for the SDPs from one ID until another, exclusive, with the texts alone that they have."""
        own = self.rows(within(self.sdp, first, end))
        (ldc, ldcs), (detail, details) = recoded(own.ldc, self.ldcs), recoded(own.detail, self.details)
        return own._replace(ldc=ldc, ldcs=ldcs, detail=detail, details=details)


class _Asked(NamedTuple):
    """Some requests; LDCs and request detail IDs are pyarrow arrays of texts, empty where there is none."""

    sdp: Ids
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    ldc: Any
    detail: Any

    @property
    def nbytes(self) -> int:
        """How many bytes they take."""
        return int(sum(each.nbytes for each in self))

    def rows(self, chosen: NDArray[np.bool_]) -> _Asked:
        ldc, detail = (each.filter(pa.array(chosen)) for each in (self.ldc, self.detail))
        return _Asked(self.sdp[chosen], self.start[chosen], self.end[chosen], ldc, detail)


class RequestsBuilder:
    """Takes up what was asked for, one source after the other.

    :param reach: of which SDPs; it is narrowed as memory is full.
    """

    def __init__(self, findings: Findings, reach: Reach | None = None) -> None:
        self.findings = findings
        self.reach = Reach() if reach is None else reach
        self.recoveries = 0
        self._asked: list[_Asked] = []
        self._cycles: dict[tuple[str, str, int], int] = {}  # the end, by LDC, billing cycle and first day
        self._of_responses = False

    def take_request_file(self, file: InterfaceFile) -> None:
        """Take up a file 5000."""
        rows = []
        for record in file.details:
            start, end = record[START], record[END]
            if record["version_date_time"] is not None:
                self.recoveries += 1
            elif isinstance(start, date) and isinstance(end, date) and start < end and record[SDP] is not None:
                detail = record[DETAIL]
                rows.append((str(record[SDP]), start, end, "" if detail is None else str(detail)))
        self._take(rows, file.name.org_1)

    def _take(self, rows: Sequence[tuple[str, date, date, str]], ldc: str) -> None:
        self._add(
            _Asked(
                ids_of(row[0] for row in rows),
                np.array([days_since_1970(row[1]) for row in rows], dtype=np.int32),
                np.array([days_since_1970(row[2]) for row in rows], dtype=np.int32),
                _repeated(ldc, len(rows)),
                pa.array([row[3] for row in rows], pa.string()),
            )
        )

    def take_schedule(self, file: InterfaceFile) -> None:
        """Take up a billing cycle schedule, 8000: it moves the ends of periods that one before it told of (BSV-04)."""
        for record in file.details:
            start, end = record[START], record[END]
            if isinstance(start, date) and isinstance(end, date) and start < end:
                cycle = str(record["billing_cycle_id"])
                self._cycles[file.name.org_1, cycle, days_since_1970(start)] = days_since_1970(end)

    def take_table(self, path: Path, named: Mapping[str, str]) -> None:
        """Take up a table: SDP, the first day, the first day after, and, where it has them, LDC and request detail ID.

        :raises InputError: it does not read, or lacks a column.
        """
        file = tables.opened(path)
        schema = file.schema_arrow
        columns = {ours: tables.wanted_column(path, schema, ours, named) for ours in (SDP, START, END)}
        for ours in (START, END):
            tables.wanted_type(
                path, schema, columns[ours], pa.types.is_date(schema.field(columns[ours]).type), "a date"
            )
        for ours in (LDC, DETAIL):
            found = tables.column(path, schema, ours, named)
            if found is not None:
                columns[ours] = found
        for ours, theirs in columns.items():
            if ours not in {START, END}:
                tables.wanted_text(path, schema, theirs)
        for batch in tables.batches(path, file, list(dict.fromkeys(columns.values()))):
            read = {ours: batch.column(theirs) for ours, theirs in columns.items()}
            days = {ours: tables.dates(path, columns[ours], read[ours]) for ours in (START, END)}
            self._take_batch(path, read | days)

    def _take_batch(self, path: Path, columns: Mapping[str, Any]) -> None:
        start, end = (columns[name].cast(pa.date32()).cast(pa.int32()) for name in (START, END))
        whole = pc.fill_null(pc.and_(pc.is_valid(columns[SDP]), pc.less(start, end)), False)
        if not pc.all(whole).as_py():
            row = pc.index(whole, False).as_py()
            said = ", ".join(f"{name} {columns[name][row].as_py()}" for name in (SDP, START, END))
            expected = "an SDP and a period that ends after it begins: its end is the first day after"
            raise InputError(f"has a row that asks for nothing: {said}", where=str(path), expected=expected)
        names = tables.plain_texts(columns[SDP])
        none = _repeated("", len(names))
        ldc, detail = (
            pc.fill_null(tables.plain_texts(columns[name]), "") if name in columns else none for name in (LDC, DETAIL)
        )
        first, last = (each.to_numpy(zero_copy_only=False) for each in (start, end))
        self._add(_Asked(ids_in(names), first, last, ldc, detail))

    def take_delivered(self, sdp: Ids, start: Any, end: Any, ldc: list[str], detail: list[str]) -> None:
        """Take what was delivered for what had been asked for; it comes in several records of one request."""
        self._of_responses = True
        self._add(_Asked(sdp, start, end, pa.array(ldc, pa.string()), pa.array(detail, pa.string())))

    def _add(self, asked: _Asked) -> None:
        """Hold some requests: those within reach, which is narrowed where they are more than memory should hold."""
        reach = self.reach
        self._asked.append(asked if reach.is_whole else asked.rows(reach.holds(asked.sdp)))
        while reach.most is not None and sum(each.nbytes for each in self._asked) > reach.most:
            if not reach.halved(np.concatenate([each.sdp for each in self._asked])):
                break
            self._asked = [each.rows(reach.holds(each.sdp)) for each in self._asked]

    def built(self, master: MasterData) -> Requests:
        """Every request once, in order."""
        asked = [*self._asked, *self._of_cycles(master)]
        sdp = _together([each.sdp for each in asked], "S1")
        start = _together([each.start for each in asked], np.int32)
        end = _together([each.end for each in asked], np.int32)
        detail, details = coded_texts(_texts_together([each.detail for each in asked]))
        ldc, ldcs = self._owners(sdp, _texts_together([each.ldc for each in asked]), master)
        order = np.lexsort((ranks(details)[detail], end, start, sdp))
        return self._once(Requests(sdp, start, end, ldc, detail, ldcs, details).rows(order))

    def _owners(self, sdp: Ids, stated: Any, master: MasterData) -> tuple[NDArray[np.int32], list[str]]:
        """The LDC of each request: as it is stated, else as the master data says."""
        numbers, words = coded_texts(stated)
        every = [*words, *master.ldcs, ""]
        of_master = len(words) + np.append(master.ldc, len(master.ldcs))[places(sdp, master.sdps)]
        unstated = np.array([word == "" for word in words] or [True])[numbers]
        codes, distinct = coded(every)
        return recoded(codes[np.where(unstated, of_master, numbers)], distinct)

    def _of_cycles(self, master: MasterData) -> list[_Asked]:
        """The SDPs that have a billing cycle on the last day of a period of it (BSV-01)."""
        spans, values = master.spans[CYCLE], master.values[CYCLE]
        owner = places(spans.sdp, master.sdps)
        found = []
        for (ldc, cycle, start), end in self._cycles.items():
            wanted = [number for number, value in enumerate(values) if value == cycle]
            has = np.isin(spans.value, wanted) & (spans.start < end) & (end <= spans.end)
            has &= np.array([*(each == ldc for each in master.ldcs), False])[master.ldc[owner]]
            own = spans.sdp[has]
            first, last = (np.full(own.size, day, dtype=np.int32) for day in (start, end))
            found.append(_Asked(own, first, last, _repeated(ldc, own.size), _repeated("", own.size)))
        return found

    def _once(self, requests: Requests) -> Requests:
        if requests.sdp.size < 2:
            return requests
        again = requests.sdp[1:] == requests.sdp[:-1]
        for column in (requests.start, requests.end, requests.detail):
            again &= column[1:] == column[:-1]
        for place in () if self._of_responses else (np.flatnonzero(again) + 1).tolist():
            (sdp,) = texts(requests.sdp[place : place + 1])
            self.findings.add(sdp, "request-twice", -1, 1, "a request twice", "each request once")
        return requests.rows(np.concatenate([[True], ~again]))


def _repeated(text: str, times: int) -> Any:
    return pa.array([text] * times, pa.string())


def _texts_together(parts: Sequence[Any]) -> Any:
    return pa.concat_arrays([*parts, pa.array([], pa.string())])


def _together(parts: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)
