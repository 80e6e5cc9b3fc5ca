"""What was delivered: the records of response files 6000, 6100 and 6200, by columns (BQ-11, TXS-01).

Each record keeps its file and line. A file that is not whole is not held against anything: it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from harness.interface.billing_files import quantity
from harness.interface.files import Record
from harness.interface.interval_data import SDP
from harness.interface.names import FileName
from harness.recompute import sorted_runs
from harness.recompute.ids import Ids, coded_texts, ids_in, within
from harness.recompute.master_data import days_since_1970
from harness.recompute.sorted_runs import SDP as RUN_SDP
from harness.recompute.sorted_runs import SortedRuns

HOURS = tuple(f"hour_{hour:02}_wh" for hour in range(1, 25))
FIELDS: Mapping[str, tuple[str, ...]] = {
    "6000": ("on_peak_wh", "mid_peak_wh", "off_peak_wh", "critical_peak_wh", "total_wh"),
    "6100": HOURS,
    "6200": ("peak_w", "peak_va"),
}
"""The quantities of each type of response file."""
NONE = -(2**62)
"""Stands for a quantity that a record leaves blank."""
NO_DAY = -(2**31)


class Responses(NamedTuple):
    """The records of one type of response file, by SDP: days since 1970-01-01, and numbers of texts.

    :param values: int64 ``[record, field]``, `NONE` where a field is blank.
    :param day: of an hourly record; `NO_DAY` where there is none.
    """

    sdp: Ids
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    part_start: NDArray[np.int32]
    part_end: NDArray[np.int32]
    day: NDArray[np.int32]
    detail: NDArray[np.int32]
    framing: NDArray[np.int32]
    status: NDArray[np.int32]
    file: NDArray[np.int32]
    line: NDArray[np.int32]
    values: NDArray[np.int64]
    texts: Mapping[str, Sequence[str]]

    def rows(self, chosen: Any) -> Responses:
        return Responses._make([*(each[chosen] for each in self[:-1]), self.texts])

    def part(self, first: str, end: str | None) -> Responses:
        """The records of the SDPs from one ID until another, exclusive."""
        return self.rows(within(self.sdp, first, end))


_DAYS = ("start", "end", "part_start", "part_end", "day")
_TEXTS = ("detail", "framing", "status")
_OF_FILES = ("file", "ldc", "recipient", "created")
_SCHEMA = pa.schema(
    [
        (RUN_SDP, pa.string()),
        *((name, pa.int32()) for name in _DAYS),
        *((name, pa.string()) for name in _TEXTS),
        ("file", pa.int32()),
        ("line", pa.int32()),
        ("values", pa.list_(pa.int64())),
    ]
)


@dataclass(slots=True)
class StoredResponses:
    """All records of one type of response file, of which a range of SDPs is had at a time.

    :param texts: of each file its name, LDC, recipient, and date and time.
    """

    file_type: str
    runs: SortedRuns
    texts: Mapping[str, Sequence[str]]

    def part(self, first: str, end: str | None) -> Responses:
        """The records of the SDPs from one ID until another, exclusive."""
        return self._of(self.runs.part(first, end))

    def each_run(self) -> Iterator[Responses]:
        """All records, some at a time."""
        return map(self._of, self.runs.runs())

    def _of(self, rows: Any) -> Responses:
        ids = ids_in(rows.column(RUN_SDP))
        numbers = [rows.column(name).to_numpy() for name in _DAYS]
        texts = dict(self.texts)
        for name in _TEXTS:
            codes, words = coded_texts(rows.column(name))
            numbers.append(codes)
            texts[name] = list(words)
        numbers += [rows.column(name).to_numpy() for name in ("file", "line")]
        values = rows.column("values").combine_chunks().flatten().to_numpy()
        values = values.reshape(rows.num_rows, len(FIELDS[self.file_type]))
        order = np.lexsort((numbers[-1], numbers[-2], ids)) if ids.size else np.zeros(0, dtype=np.int64)
        return Responses._make([ids, *numbers, values, texts]).rows(order)


@dataclass(slots=True)
class ResponsesBuilder:
    """Takes up the records of one type of response file.

    :param folder: where records go that are more than memory should hold.
    """

    file_type: str
    folder: Path
    _texts: dict[str, list[str]] = field(
        default_factory=lambda: {"file": [], "ldc": [], "recipient": [], "created": []}
    )
    _rows: list[tuple[Any, ...]] = field(default_factory=list)
    _runs: SortedRuns = field(init=False)

    def __post_init__(self) -> None:
        self._runs = SortedRuns(self.folder, f"delivered-{self.file_type}", _SCHEMA)

    def begin(self, name: FileName) -> None:
        """Note that the records of another file come."""
        for of, text in (
            ("file", str(name)),
            ("ldc", name.org_1),
            ("recipient", name.org_2),
            ("created", name.created),
        ):
            self._texts[of].append(text)

    def see(self, record: Record) -> None:
        """Take up a record.

        :raises OutputError: those before it cannot be written.
        """
        days = [record[name] for name in ("period_start_date", "period_end_date")]
        parts = [record[name] for name in ("sub_period_start_date", "sub_period_end_date")]
        if record[SDP] is None or not all(isinstance(day, date) for day in (*days, *parts)):
            return
        day = record["day"] if "day" in record.layout.positions else None
        values = (quantity(record, name) for name in FIELDS[self.file_type])
        self._rows.append(
            (
                str(record[SDP]),
                *(days_since_1970(each) for each in (*days, *parts) if isinstance(each, date)),
                days_since_1970(day) if isinstance(day, date) else NO_DAY,
                str(record["request_detail_id"] or ""),
                str(record["framing_structure"] or ""),
                str(record["transaction_status"] or ""),
                len(self._texts["file"]) - 1,
                record.line,
                [value if isinstance(value, int) else NONE for value in values],
            )
        )
        if len(self._rows) == sorted_runs.ROWS:
            self._put_by()

    def _put_by(self) -> None:
        columns = [list(each) for each in zip(*self._rows, strict=True)]
        arrays = [pa.array(values, kind) for values, kind in zip(columns, _SCHEMA.types, strict=True)]
        self._runs.add(pa.table(arrays, schema=_SCHEMA))
        self._rows.clear()

    def built(self) -> StoredResponses:
        """Every record."""
        if self._rows:
            self._put_by()
        return StoredResponses(self.file_type, self._runs, self._texts)
