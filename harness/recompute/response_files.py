"""Computed quantities as the response files that deliver them: 6000, 6100 and 6200 (BSV-05, BSV-06, BQ-11).

One file for each LDC, recipient and file type; what has no data is answered with 02, and what is undetermined is left
out. Quantities whose sum check was not computed, or is open, come with status 00.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from harness.errors import InputError, writing
from harness.interface.fields import DELIMITER, LayoutError
from harness.interface.files import END_CODE, FILE_NAME_CODE, Value, record_writer
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, at, digits
from harness.interface.interval_data import SDP
from harness.interface.names import FileName
from harness.interface.profile import Profile
from harness.recompute.delivered import FIELDS, HOURS
from harness.recompute.master_data import day_number, days_since_1970
from harness.recompute.quantities import NO_DATA, QUANTITIES

FOLDER = "files"
_KINDS = {"6000": "energy_response", "6100": "hourly_response", "6200": "demand_response"}
_HEAD = (
    "request_detail_id",
    "universal_sdp_id",
    "period_start_date",
    "period_end_date",
    "sub_period_start_date",
    "sub_period_end_date",
    "framing_structure",
)
_LINE_END = "\r\n"
_NOBODY = "UNKNOWN"
"""Stands in a file's name for an LDC that nothing names."""


def write_response_files(folder: Path, profile: Profile) -> int:
    """Write the quantities in a folder as response files; how many there are.

    The files are dated on the end of the last period, at the first billing run.

    :raises InputError: the profile has no place for what they say.
    :raises OutputError: they cannot be written.
    """
    table = pq.ParquetFile(folder / "quantities.parquet")
    statistics = [_latest(table, number) for number in range(table.num_row_groups)]
    latest = max((each for each in statistics if each is not None), default=date(2011, 1, 1))
    hours, _, minutes = profile.values["billing_run_first"].partition(":")
    created = digits(at(Day(latest), int(hours), int(minutes)))
    files: dict[tuple[str, str, str], _File] = {}
    target = folder / FOLDER
    fields: Mapping[str, Value] = {}
    with writing(target):
        target.mkdir(exist_ok=True)
        try:
            for batch in table.iter_batches(batch_size=2**14):
                for (ldc, recipient, file_type), fields in _records(batch.to_pylist(), profile):
                    key = (ldc or _NOBODY, recipient or ldc or _NOBODY, file_type)
                    if key not in files:
                        files[key] = _File(target, key, created, profile)
                    files[key].add(fields)
            for file in files.values():
                file.close()
        except LayoutError as error:
            whose = f", SDP {fields[SDP]} from {fields['period_start_date']}" if fields else ""
            raise InputError(
                f"has no place for a quantity: {error}",
                where=f"profile {profile.name}{whose}",
                expected="other layouts, or intervals that come to what the field holds",
                remedy="without --files all is computed, and stands in quantities.parquet",
            ) from error
        finally:
            for file in files.values():
                file.let_go()
    return len(files)


def _latest(table: Any, group: int) -> date | None:
    place = table.schema_arrow.get_field_index("period_end_date")
    stated = table.metadata.row_group(group).column(place).statistics
    return stated.max if stated is not None and stated.has_min_max else None


def _records(
    rows: list[dict[str, Any]], profile: Profile
) -> Iterator[tuple[tuple[str, str, str], Mapping[str, Value]]]:
    """The records of rows of quantities, each with its LDC, recipient and file type."""
    codes = profile.codes["transaction_status"]
    for row in rows:
        to = row["ldc"], row["recipient"]
        head = {name: row[name] for name in _HEAD}
        if row["outcome"] == NO_DATA:
            period = {f"sub_{name}": row[name] for name in ("period_start_date", "period_end_date")}
            energy = "6100" if _is_hourly(row["framing_structure"], profile) else "6000"
            yield (*to, energy), {**head, **period, "transaction_status": codes["no_data"]}
        elif row["outcome"] == QUANTITIES:
            head["transaction_status"] = row["transaction_status"] or codes["delivered"]
            if row["hours_wh"] is not None:
                for day, fields in _days(row):
                    yield (*to, "6100"), {**head, "day": day, **fields}
            else:
                yield (*to, "6000"), head | {name: row[name] for name in FIELDS["6000"]}
            if _has_demand(row["framing_structure"], profile):
                yield (*to, "6200"), head | {name: row[name] for name in FIELDS["6200"]}


def _days(row: Mapping[str, Any]) -> Iterator[tuple[Day, Mapping[str, Value]]]:
    first = days_since_1970(row["sub_period_start_date"])
    hours = row["hours_wh"]
    for place in range(0, len(hours), 24):
        yield day_number(first + place // 24), dict(zip(HOURS, hours[place : place + 24], strict=True))


def _has_demand(code: str, profile: Profile) -> bool:
    words = {code: word for word, code in profile.codes["framing_structure"].items()}
    return any(word.isdigit() for word in words[code].split("_"))


def _is_hourly(code: str | None, profile: Profile) -> bool:
    words = {code: word for word, code in profile.codes["framing_structure"].items()}
    return code is not None and words[code].startswith("hourly")


class _File:
    """A response file that is being written."""

    def __init__(self, folder: Path, key: tuple[str, str, str], created: str, profile: Profile) -> None:
        ldc, recipient, file_type = key
        version = profile.file_types[file_type].active
        name = FileName(OrgId(ldc), OrgId(recipient), file_type, version, created)
        layout = profile.file(file_type, version)
        if layout is None:
            raise LayoutError(f"no layout for {file_type}.{version}")
        self.path = folder / str(name)
        self.unfinished = self.path.with_name(f".{self.path.name}.unfinished")
        self.records = 0
        self.stream: BinaryIO = self.unfinished.open("wb")
        self._write_record: Callable[[Mapping[str, Value]], str] = record_writer(layout.record(_KINDS[file_type]))
        self._write(f"{FILE_NAME_CODE}{DELIMITER}{name}")
        day = Day(date(int(created[:4]), int(created[4:6]), int(created[6:8])))
        header: dict[str, Value] = {
            "ldc_org_id": ldc,
            "created_date_time": at(day, int(created[8:10]), int(created[10:12])),
        }
        self._write(record_writer(layout.header)(header))

    def _write(self, line: str) -> None:
        self.stream.write(f"{line}{_LINE_END}".encode("ascii"))

    def add(self, fields: Mapping[str, Value]) -> None:
        self._write(self._write_record(fields))
        self.records += 1

    def close(self) -> None:
        self._write(f"{END_CODE}{DELIMITER}{self.records}")
        self.stream.close()
        self.unfinished.replace(self.path)

    def let_go(self) -> None:
        self.stream.close()
        self.unfinished.unlink(missing_ok=True)
