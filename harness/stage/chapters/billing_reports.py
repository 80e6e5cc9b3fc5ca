"""The billing quantity process reports as an LDC or agent reads them: BR01 and BR04, BR05, BR06, BR03.

A run's records are looked at together, in however many files they came; a run that has nothing to say may bring a
file without records, or none. Reports are dated on the day of their run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from harness.errors import SuiteMistake
from harness.interface.files import Record, Value
from harness.interface.instants import Instant, at, day_digits, day_of, iso, later
from harness.stage.chapters import mailboxes
from harness.stage.chapters.billing import BillingDesk, Found, ResponseRef
from harness.stage.conversation import Conversation, Delivered
from harness.suite.verdicts import Unmet

Row: TypeAlias = Mapping[str, str]
Cells: TypeAlias = dict[str, str]

SUMMARY: Mapping[str, str] = {
    "total": "total",
    "pending": "pending",
    "in process": "in_process",
    "in process without data": "in_process_no_data",
    "data found": "data_found",
    "found and sent": "found_and_sent",
    "found and delivery failed": "found_and_delivery_failed",
    "request failed": "request_failed",
    "failed and sent": "failed_and_sent",
    "failed and delivery failed": "failed_and_delivery_failed",
}
"""The counts of BR01, by the words for them in features."""
_FOR_EACH = {"window end": "window_end_date", "period end": "period_end_date"}

_OF_ACTIVE = {"pending": "pending", "in_process": "in_process", "no_data": "in_process_no_data"}
_OF_ANSWERED = {
    True: {"not_sent": "data_found", "sent": "found_and_sent", "delivery_failed": "found_and_delivery_failed"},
    False: {"not_sent": "request_failed", "sent": "failed_and_sent", "delivery_failed": "failed_and_delivery_failed"},
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A record of a report, and the file it stands in."""

    file: Delivered
    record: Record


@dataclass(frozen=True, slots=True)
class Run:
    """What of a report is looked at: what came to somebody from one instant until another, both included.

    :param report: the report type, such as ``BR04``.
    :param alias: whose mailbox is looked into.
    :param repeats: whether a record may stand there more than once.
    """

    report: str
    alias: str
    first: Instant
    last: Instant
    repeats: bool = False

    def __str__(self) -> str:
        return f"{self.report} that came to {self.alias!r} from {iso(self.first)} until {iso(self.last)}"


class ReportDesk:
    """Finds reports in mailboxes and reads them."""

    def __init__(self, conversation: Conversation, billing: BillingDesk) -> None:
        self.conversation = conversation
        self.billing = billing

    # --- finding ----------------------------------------------------------------------------------------

    def run(self, report: str, alias: str, on: Instant) -> Run:
        """The run of a report at an instant: what was delivered within the seconds of delivery."""
        return Run(report, alias, on, self._until(on))

    def of_the_day(self, report: str, alias: str, until: Instant) -> Run:
        """The day's run of a report that is due by an instant: what came after the instant on the day before."""
        return Run(report, alias, later(self._until(until), days=-1, seconds=1), self._until(until))

    def between(self, report: str, alias: str, first: Instant, until: Instant) -> Run:
        """The runs of a report from an instant until one by which it is due: no record stands there twice."""
        return Run(report, alias, first, self._until(until))

    def since(self, report: str, alias: str, moment: Instant) -> Run:
        """All that came of a report from an instant until now, whenever it runs."""
        return Run(report, alias, moment, self.conversation.now, repeats=True)

    def _until(self, moment: Instant) -> Instant:
        return later(moment, seconds=int(self.conversation.setting.value("delivery_within_seconds")))

    def files(self, run: Run) -> list[Delivered]:
        """The files of a run.

        :raises SuiteMistake: its time has not come yet.
        :raises Unmet: a file is dated on another day than that on which it came.
        """
        if run.last > self.conversation.now:
            raise SuiteMistake(f"{run} cannot be looked for at {iso(self.conversation.now)}")
        every = mailboxes.of_type(self.conversation.mailbox(run.alias), run.report)
        found = [file for file in every if run.first <= file.instant <= run.last]
        for file in () if run.repeats else found:
            self._check_dated(run, file)
        return found

    def _check_dated(self, run: Run, file: Delivered) -> None:
        """Hold a file to the day of its run, in its name and where its header says when it was created."""
        day = day_digits(day_of(file.instant))
        elements = file.name.split(".")
        stated = elements[4][:8] if len(elements) > 4 else ""
        content = mailboxes.read_whole(self.conversation, file).file
        header = None if content is None else content.header
        says_created = header is not None and "created_date_time" in header.layout.positions
        created = header["created_date_time"] if header is not None and says_created else None
        if isinstance(created, datetime) and stated == day:
            stated = day_digits(day_of(Instant(created)))
        if stated != day:
            raise Unmet(f"{run}, dated on the day on which it came: {day}", stated, file=file.name)

    def records(self, run: Run) -> list[Seen]:
        """The records of a run.

        :raises Unreadable: a file cannot be read.
        """
        found: list[Seen] = []
        for file in self.files(run):
            content = mailboxes.read_whole(self.conversation, file).file
            for record in () if content is None else content.details:
                if not run.repeats or all(record.values != each.record.values for each in found):
                    found.append(Seen(file, record))
        return found

    def check_times(self, report: str, alias: str, clocks: Iterable[str]) -> None:
        """:raises Unmet: a report has come to somebody at another time of the day than those, or never has."""
        wanted = list(clocks)
        for file in mailboxes.received(self.conversation, alias, report):
            day = day_of(file.instant)
            runs = [at(day, int(clock[:2]), int(clock[3:])) for clock in wanted]
            if not any(run <= file.instant <= self._until(run) for run in runs):
                raise Unmet(f"{report} of {alias!r} at {' and '.join(wanted)} alone", iso(file.instant), file=file.name)

    def check_comes_by(self, report: str, alias: str, clock: str) -> None:
        """:raises Unmet: a report has come to somebody later in a day than it is due, or never has (BRP-07, BRP-08)."""
        for file in mailboxes.received(self.conversation, alias, report):
            due = at(day_of(file.instant), int(clock[:2]), int(clock[3:]))
            if file.instant > self._until(due):
                raise Unmet(f"{report} of {alias!r} by {clock}", iso(file.instant), file=file.name)

    # --- BR03, BR04, BR05, BR06: records as rows of a table ---------------------------------------------

    def check_lists(self, run: Run, rows: Sequence[Row]) -> None:
        """Hold the records of a run to a table; columns that are not there are not looked at.

        :raises Unmet: a row has no record, or a record no row.
        """
        left = self.records(run)
        missing = []
        for row in rows:
            fitting = next((seen for seen in left if self._fits(row, seen.record)), None)
            if fitting is None:
                missing.append(row)
            else:
                left.remove(fitting)
        if missing or left:
            self._unmet(run, rows, left)

    def _unmet(self, run: Run, rows: Sequence[Row], left: Sequence[Seen]) -> None:
        headings = list(rows[0]) if rows else list(self._columns())
        seen = [self._shown(headings, each.record) for each in self.records(run)]
        odd = left[0] if left else None
        raise Unmet(
            f"{run}: {'; '.join(map(_listed, rows)) or 'no records'}",
            "; ".join(map(_listed, seen)) or "no records",
            file=None if odd is None else odd.file.name,
            record=None if odd is None else odd.record.line,
        )

    def _fits(self, row: Row, record: Record) -> bool:
        for heading in row:
            if self._column(heading).field not in record.layout.positions:
                raise SuiteMistake(f"records of kind {record.layout.kind!r} have no {heading!r}")
        return all(self._column(heading).fits(cell, record) for heading, cell in row.items())

    def _shown(self, headings: Iterable[str], record: Record) -> Cells:
        shown = {heading: self._column(heading).shown(record) for heading in headings}
        return {heading: cell for heading, cell in shown.items() if cell}

    def _column(self, heading: str) -> _Column:
        columns = self._columns()
        if heading not in columns:
            raise SuiteMistake(f"a report has no column {heading!r}; there are {', '.join(columns)}")
        return columns[heading]

    def _columns(self) -> Mapping[str, _Column]:
        within = int(self.conversation.setting.value("delivery_within_seconds"))
        inserted = within + 60 * int(self.conversation.setting.value("billing_reads_processor_every_minutes"))
        codes = self.conversation.profile.codes
        return {
            "request": _Column("request_detail_id", self._request_fits, self._request_shown),
            "SDP": _Column("universal_sdp_id", self._sdp_fits, self._sdp_shown),
            "read": _coded("read_status", codes["read_status"]),
            "export": _coded("export_status", codes["export_status"]),
            "status": _Column("transaction_status", lambda cell, value: (value or "") == cell),
            "change": _coded("change", codes["rebilling_change"]),
            "inserted": _Column("inserted_date_time", self._at(inserted)),
            "completed": _Column("completed_date_time", self._at(inserted)),
            "from": _Column("period_start_date", self._day_fits),
            "until": _Column("period_end_date", self._day_fits),
            "window end": _Column("window_end_date", self._day_fits),
            "original": _Column("original_wh", _number),
            "new": _Column("new_wh", _number),
            "difference": _Column("difference_wh", _number),
            "percent": _Column("percent_change", _hundredths, lambda value: f"{Decimal(str(value)) / 100:.2f}"),
            "total variant": _Column("total_variant_wh", _number),
            "start read": _Column("start_read_date_time", self._at(0)),
            "start reading": _Column("start_reading", _number),
            "end read": _Column("end_read_date_time", self._at(0)),
            "end reading": _Column("end_reading", _number),
            "interval total": _Column("interval_total_wh", _number),
        }

    def _request_fits(self, cell: str, value: Value) -> bool:
        """A request by its alias; what nobody asked for, a schedule did, and its ID is nobody's."""
        if cell:
            return value == self.billing.asked_for(cell).request_detail_id
        return value not in {asked.request_detail_id for asked in self.billing.asked.values()}

    def _request_shown(self, value: Value) -> str:
        aliases = {asked.request_detail_id: alias for alias, asked in self.billing.asked.items()}
        return aliases.get(str(value), str(value))

    def _sdp_fits(self, cell: str, value: Value) -> bool:
        return value == self._universal_sdp_id(cell)

    def _sdp_shown(self, value: Value) -> str:
        asked = {self._universal_sdp_id(each.sdp): each.sdp for each in self.billing.asked.values()}
        return asked.get(str(value), str(value))

    def _universal_sdp_id(self, sdp: str) -> str:
        sync = self.billing.sync
        return sync.universal_sdp_id(sync.ldc_of(sdp), sdp)

    def _day_fits(self, cell: str, value: Value) -> bool:
        return value == self.billing.day(cell)

    def _at(self, seconds: int) -> Callable[[str, Value], bool]:
        """An instant such as ``Tuesday of week 1 09:10``, or some seconds later."""

        def fits(cell: str, value: Value) -> bool:
            if not cell or value is None:
                return not cell and value is None
            moment = self.moment(cell)
            return isinstance(value, type(moment)) and moment <= value <= moment + timedelta(seconds=seconds)

        return fits

    def moment(self, words: str) -> Instant:
        """The instant of words such as ``Tuesday of week 1 09:10``."""
        day, _, clock = words.rpartition(" ")
        return at(self.billing.day(day), int(clock[:2]), int(clock[3:]))

    def check_status_agrees(self, alias: str, requests: Iterable[str]) -> None:
        """Hold BR04 to the Transaction Status in the responses (TXS-05).

        :raises Unmet: a BR04 shows another status than the response to a request carries, or none ever shows one.
        """
        everything = self.since("BR04", alias, self.conversation.setting.anchor)
        for request in requests:
            (status,) = {found.record["transaction_status"] for found in self._response(request)}
            wanted = self.billing.asked_for(request).request_detail_id
            shown = [
                seen
                for seen in self.records(everything)
                if seen.record["request_detail_id"] == wanted and seen.record["transaction_status"] is not None
            ]
            if not shown:
                raise Unmet(f"status {status} of {request!r} in BR04 of {alias!r}", "no status")
            for seen in shown:
                if (stated := seen.record["transaction_status"]) != status:
                    expected = f"status {status} of {request!r}, as in the response"
                    raise Unmet(expected, str(stated), file=seen.file.name, record=seen.record.line)

    def check_export_is_true(self, run: Run, request: str) -> None:
        """Hold BR04 to what has come: a response shows as sent where it has, and as delivery failed where it has not.

        :raises Unmet: it shows otherwise, or the request not at all.
        """
        codes = self.conversation.profile.codes["export_status"]
        wanted = self.billing.asked_for(request).request_detail_id
        shown = [seen for seen in self.records(run) if seen.record["request_detail_id"] == wanted]
        if not shown:
            raise Unmet(f"{run} that lists {request!r}", "no record of it")
        came = {found.file.instant for found in self.billing.records(ResponseRef(request, None))}
        words = {"sent"} if any(moment <= run.last for moment in came) else {"delivery_failed"}
        if any(run.first <= moment <= run.last for moment in came):
            words.add("delivery_failed")  # it came while the report did
        for seen in shown:
            stated = _word(codes, seen.record["export_status"])
            if stated not in words:
                expected = f"{request!r} as {' or '.join(sorted(words))}, as it is when the report comes"
                raise Unmet(expected, stated, file=seen.file.name, record=seen.record.line)

    def _response(self, request: str) -> list[Found]:
        """The records of a response, which carry one status."""
        found = self.billing.stating(ResponseRef(request, None))
        if len({each.record["transaction_status"] for each in found}) != 1:
            raise Unmet(f"one status in the response to {request!r}", "several", file=found[0].file.name)
        return found

    # --- BR01 ---------------------------------------------------------------------------------------------

    def check_counts(self, run: Run, rows: Sequence[Row]) -> None:
        """Hold the records of BR01 to a table; counts that have no column are to be 0.

        :raises Unmet: a window and period end date is counted otherwise, or stands there twice.
        """
        expected = {}
        for row in rows:
            window, period = (str(self.billing.day(row[heading])) for heading in _FOR_EACH)
            expected[window, period] = {SUMMARY[words]: int(row[words]) for words in row if words in SUMMARY}
        self._check_summary(run, expected)

    def check_counts_details(self, run: Run) -> None:
        """Hold BR01 to the records of the BR04 of the same run (BRP-06).

        :raises Unmet: they count otherwise.
        """
        expected: dict[tuple[str, str], dict[str, int]] = {}
        for seen in self.records(replace(run, report="BR04")):
            key = str(seen.record["window_end_date"]), str(seen.record["period_end_date"])
            counts = expected.setdefault(key, {})
            for name in ("total", self._category(seen)):
                counts[name] = counts.get(name, 0) + 1
        if not expected:
            raise Unmet(f"records of {replace(run, report='BR04')}, to be counted", "none")
        self._check_summary(run, expected)

    def check_adds_up(self, run: Run) -> None:
        """:raises Unmet: the categories of a record do not add up to its total, or there is no record."""
        records = self.records(run)
        if not records:
            raise Unmet(f"records in {run}", "none")
        for seen in records:
            counts = _counts(seen.record)
            total = counts.pop("total", 0)
            if sum(counts.values()) != total:
                shown = _counted(counts)
                raise Unmet(f"{run} with categories that add up to {total}", shown, file=seen.file.name)

    def _category(self, seen: Seen) -> str:
        """The category of BR01 that a record of BR04 belongs to (AMB-16)."""
        codes, record = self.conversation.profile.codes, seen.record
        status = record["transaction_status"]
        if status is None:
            word = _word(codes["read_status"], record["read_status"])
            if word not in _OF_ACTIVE:
                raise Unmet("a Transaction Status of what was answered", word, file=seen.file.name, record=record.line)
            return _OF_ACTIVE[word]
        delivered = status == codes["transaction_status"]["delivered"]
        return _OF_ANSWERED[delivered][_word(codes["export_status"], record["export_status"])]

    def _check_summary(self, run: Run, expected: Mapping[tuple[str, str], Mapping[str, int]]) -> None:
        seen: dict[tuple[str, str], Mapping[str, int]] = {}
        file = None
        for each in self.records(run):
            file = each.file.name
            key = str(each.record["window_end_date"]), str(each.record["period_end_date"])
            if key in seen:
                raise Unmet(f"{run} with one record for each window and period end date", f"two for {key}", file=file)
            if counts := _counts(each.record):
                seen[key] = counts
        if seen != {key: dict(counts) for key, counts in expected.items()}:
            raise Unmet(f"{run}: {_summed_up(expected)}", _summed_up(seen), file=file)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table of a report.

    :param field: the field it stands for.
    :param compare: whether a cell fits the field's value; `show`: a value as a cell.
    """

    field: str
    compare: Callable[[str, Value], bool]
    show: Callable[[Value], str] = str

    def fits(self, cell: str, record: Record) -> bool:
        return self.compare(cell, record[self.field])

    def shown(self, record: Record) -> str:
        value = record[self.field] if self.field in record.layout.positions else None
        return "" if value is None else self.show(value)


def _coded(field: str, codes: Mapping[str, str]) -> _Column:
    """A column of words of a code list, with blanks: ``in process``."""

    def fits(cell: str, value: Value) -> bool:
        word = cell.replace(" ", "_")
        if word not in codes:
            raise SuiteMistake(f"no code for {cell!r}; there are {', '.join(codes)}")
        return codes[word] == value

    return _Column(field, fits, lambda value: _word(codes, value).replace("_", " "))


def _number(cell: str, value: Value) -> bool:
    return value == (int(cell) if cell else None)


def _hundredths(cell: str, value: Value) -> bool:
    return value == (int(Decimal(cell) * 100) if cell else None)


def _word(codes: Mapping[str, str], code: Value) -> str:
    return next((word for word, known in codes.items() if known == code), str(code))


def _counts(record: Record) -> dict[str, int]:
    """The counts of a record of BR01 that are not 0."""
    values = {name: record[name] for name in SUMMARY.values()}
    return {name: value for name, value in values.items() if isinstance(value, int) and value}


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items())) or "nothing"


def _summed_up(summary: Mapping[tuple[str, str], Mapping[str, int]]) -> str:
    shown = [
        f"window until {window}, period until {period}: {_counted(counts)}"
        for (window, period), counts in sorted(summary.items())
    ]
    return "; ".join(shown) or "no records"


def _listed(cells: Row) -> str:
    return ", ".join(f"{heading} {cell or '-'}" for heading, cell in cells.items())
