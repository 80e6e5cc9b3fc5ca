"""What was delivered: the records of response files 6000, 6100 and 6200, by columns (BQ-11, TXS-01).

Each record keeps its file and line. A file that is not whole is not held against anything: it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.interface.billing_files import quantity
from harness.interface.files import Record
from harness.interface.interval_data import SDP
from harness.interface.names import FileName
from harness.recompute.ids import Ids, coded, ids_of, recoded, within
from harness.recompute.master_data import days_since_1970

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

    def alone(self) -> Responses:
        """The same, without request detail IDs that none of them has."""
        detail, details = recoded(self.detail, self.texts["detail"])
        return self._replace(detail=detail, texts={**self.texts, "detail": details})


@dataclass(slots=True)
class ResponsesBuilder:
    """Takes up the records of one type of response file.

    :param ldcs: of each file; `recipients` and `created`: who receives it, and its date and time.
    """

    file_type: str
    ldcs: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    _rows: list[tuple[Any, ...]] = field(default_factory=list)
    _values: list[tuple[int, ...]] = field(default_factory=list)
    _files: list[str] = field(default_factory=list)

    def begin(self, name: FileName) -> None:
        """Note that the records of another file come."""
        self._files.append(str(name))
        self.ldcs.append(name.org_1)
        self.recipients.append(name.org_2)
        self.created.append(name.created)

    def see(self, record: Record) -> None:
        """Take up a record."""
        days = [record[name] for name in ("period_start_date", "period_end_date")]
        parts = [record[name] for name in ("sub_period_start_date", "sub_period_end_date")]
        if record[SDP] is None or not all(isinstance(day, date) for day in (*days, *parts)):
            return
        day = record["day"] if "day" in record.layout.positions else None
        self._rows.append(
            (
                str(record[SDP]),
                *(days_since_1970(each) for each in (*days, *parts) if isinstance(each, date)),
                days_since_1970(day) if isinstance(day, date) else NO_DAY,
                str(record["request_detail_id"] or ""),
                str(record["framing_structure"] or ""),
                str(record["transaction_status"] or ""),
                len(self._files) - 1,
                record.line,
            )
        )
        values = (quantity(record, name) for name in FIELDS[self.file_type])
        self._values.append(tuple(value if isinstance(value, int) else NONE for value in values))

    def built(self) -> Responses:
        """Every record, in order of SDPs."""
        columns = [list(each) for each in zip(*self._rows, strict=True)] or [[] for _ in range(11)]
        ids = ids_of(columns[0])
        numbers = [np.array(each, dtype=np.int32) for each in columns[1:6]]
        texts: dict[str, Sequence[str]] = {
            "file": self._files,
            "ldc": self.ldcs,
            "recipient": self.recipients,
            "created": self.created,
        }
        for name, values in zip(("detail", "framing", "status"), columns[6:9], strict=True):
            coded_values, texts[name] = coded(values)
            numbers.append(coded_values)
        numbers += [np.array(each, dtype=np.int32) for each in columns[9:]]
        quantities = np.array(self._values, dtype=np.int64).reshape(len(self._rows), len(FIELDS[self.file_type]))
        order = np.lexsort((numbers[-1], numbers[-2], ids)) if ids.size else np.zeros(0, dtype=np.int64)
        return Responses._make([ids, *numbers, quantities, texts]).rows(order)
