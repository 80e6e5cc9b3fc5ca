"""Invariants of the billing quantity process reports: BR04, BR01 that counts it, BR06 and BR03 (BRP).

A report that has nothing to say may be a file without records, or none; its records may come in several files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from harness.interface.files import Record
from harness.interface.instants import Instant, at, day_of, iso, later
from harness.oracle.billing import Answer, clock
from harness.oracle.staging import (
    Rebilling,
    RebillingBooks,
    Row,
    closed_without,
    failed_sum_check,
    staging_table,
)
from harness.oracle.sum_check import THRESHOLD
from harness.referee.billing_categories import category_of
from harness.referee.check_billing import BillingCheck, Key, key_of
from harness.referee.ledger import Ledger
from harness.referee.mail import PostOffice, Seen

TYPES = ("BR01", "BR03", "BR04", "BR05", "BR06")
_BY = frozenset({"BR05", "BR06"})
EARLY_MINUTES = 10
"""What is delivered by a time may be delivered so many minutes before it."""
_RULES: Mapping[str, str] = {"BR01": "BRP-05", "BR03": "BRP-09", "BR04": "BRP-04", "BR05": "BRP-07", "BR06": "BRP-08"}
_COUNTS = (
    "total",
    "pending",
    "in_process",
    "in_process_no_data",
    "data_found",
    "found_and_sent",
    "found_and_delivery_failed",
    "request_failed",
    "failed_and_sent",
    "failed_and_delivery_failed",
)


@dataclass(frozen=True, slots=True)
class Due:
    """A run of a report on an LDC, and what it has to say."""

    report: str
    ldc: str
    at: Instant
    rows: Sequence[Any]


class News(NamedTuple):
    """Something that a report has to tell once: since when, and in which words."""

    at: Instant
    words: tuple[str, ...]


@dataclass(slots=True)
class ReportCheck:
    """Holds the reports to what the oracle says at the moments at which they run.

    :param untold: what each report has not told yet, and whether it may go on waiting.
    :param times: the hours and minutes at which each report runs; `minutes`: how often request files are looked at.
    """

    ledger: Ledger
    office: PostOffice
    billing: BillingCheck
    times: Mapping[str, Sequence[tuple[int, int]]]
    minutes: int
    rebilling: RebillingBooks
    due: list[Due] = field(default_factory=list)
    untold: dict[tuple[str, str, str], list[tuple[News, bool]]] = field(default_factory=dict)
    last_no_reads: Instant | None = None
    last_failures: Instant | None = None

    # --- what has to be said -----------------------------------------------------------------------------------

    def moments(self, after: Instant, until: Instant) -> list[Instant]:
        """The moments at which reports run, after an instant and until another."""
        clocks = {each for times in self.times.values() for each in times}
        days = {day_of(after), day_of(until)}
        return sorted(moment for day in days for each in clocks if after < (moment := at(day, *each)) <= until)

    def note(self, moment: Instant) -> None:
        """Write down what the reports of a moment have to say."""
        books = self.billing.books
        hour = (moment.hour, moment.minute)
        rebillings = self.rebilling.take() if hour in self.times["BR03"] else []
        for ldc in sorted(books.directories):
            if hour in self.times["BR04"]:
                rows = staging_table(books, ldc, moment, self._has_arrived)
                self.due.append(Due("BR04", ldc, moment, rows))
            if hour in self.times["BR06"]:
                since = self.last_no_reads or later(moment, days=-1)
                self.due.append(Due("BR06", ldc, moment, closed_without(books, ldc, since, moment)))
            if hour in self.times["BR05"]:
                since = self.last_failures or later(moment, days=-1)
                self.due.append(Due("BR05", ldc, moment, failed_sum_check(books, ldc, since, moment)))
            if hour in self.times["BR03"]:
                own = [rebilling for rebilling in rebillings if rebilling.period.ldc == ldc]
                self.due.append(Due("BR03", ldc, moment, own))
        if hour in self.times["BR06"]:
            self.last_no_reads = moment
        if hour in self.times["BR05"]:
            self.last_failures = moment

    def _has_arrived(self, answer: Answer, moment: Instant) -> bool | None:
        if not any(self.office.may_receive(answer.recipient, answer.request.ldc, each) for each in answer.file_types):
            return None
        return self.office.refused_until(answer.recipient, answer.at) <= moment

    # --- what was said -----------------------------------------------------------------------------------------

    def judge(self, seen: Iterable[Seen]) -> None:
        """Hold the reports that came to what they had to say."""
        files = [each for each in seen if each.type in TYPES]
        due, self.due = self.due, []
        checks: Mapping[str, Callable[[Due, str, Sequence[tuple[Seen, Record]]], None]] = {
            "BR04": self._judge_details,
            "BR05": self._judge_failures,
            "BR06": self._judge_no_reads,
            "BR03": self._judge_rebillings,
        }
        for each in due:
            for recipient in self._recipients(each):
                records = self._records(each, recipient, each.report, files)
                checks[each.report](each, recipient, records)
                if each.report == "BR04" and self.office.may_receive(recipient, each.ldc, "BR01"):
                    counts = self._records(each, recipient, "BR01", files)
                    self._judge_summary(each, recipient, records, counts)
        self._judge_moments(files)

    def _recipients(self, due: Due) -> list[str]:
        others = {recipient for ldc, recipient, _ in self.office.authorised if ldc == due.ldc}
        return [each for each in (due.ldc, *sorted(others)) if self.office.may_receive(each, due.ldc, due.report)]

    def _records(self, due: Due, recipient: str, report: str, files: Sequence[Seen]) -> list[tuple[Seen, Record]]:
        """The records of a run of a report, as far as they came in time."""
        own = [each for each in files if (each.type, each.ldc, each.file.recipient) == (report, due.ldc, recipient)]
        return [(each, record) for each in own if self._run_of(each) == due.at for record in each.details]

    def _run_of(self, seen: Seen) -> Instant | None:
        """The run that a file is of: the last one before it came, if it came when a file of that run can come.

        What is delivered by a time may come some minutes before it; when BR03 runs is not given.
        """
        moment, file_type = seen.file.instant, seen.type
        runs = [at(day_of(moment), *each) for each in self.times[file_type]]
        if file_type == "BR03":
            return runs[0]
        early = EARLY_MINUTES if file_type in _BY else 0
        run = max((each for each in runs if later(each, minutes=-early) <= moment), default=None)
        in_time = run is not None and moment <= self.office.latest(seen.file.recipient, run)
        return run if in_time else None

    def _judge_moments(self, files: Iterable[Seen]) -> None:
        for each in files:
            due = " and ".join(f"{hours:02}:{minutes:02}" for hours, minutes in self.times[each.type])
            held, name = self._run_of(each) is not None, each.file.name
            expected, observed = f"{each.type} at {due}", f"at {iso(each.file.instant)}"
            self.ledger.hold(_RULES[each.type], held, each.file.instant, each.type, expected, observed, name)

    def _judge_told_once(
        self, due: Due, recipient: str, news: Sequence[News], records: Sequence[tuple[Seen, Record, News]]
    ) -> None:
        """What there is to tell is told once, by the report that is due, or, where that may not know it yet."""
        place = due.report, due.ldc, recipient
        waiting = self.untold.setdefault(place, [])
        late = list(waiting)
        waiting += [(each, self._may_wait(due, each)) for each in news]
        rule, about = _RULES[due.report], f"{due.report} of {due.ldc} for {recipient}"
        for seen, record, told in records:
            found = next((entry for entry in waiting if entry[0].words == told.words), None)
            shown = " ".join(told.words)
            self.ledger.hold(
                rule, found is not None, due.at, about, "nothing that is not so", shown, seen.file.name, record.line
            )
            if found is not None:
                waiting.remove(found)
                late = [entry for entry in late if entry is not found]
        missing = [entry for entry in waiting if not entry[1] or entry in late]
        for entry in missing:
            waiting.remove(entry)
        shown = "; ".join(" ".join(entry[0].words) for entry in missing)
        self.ledger.hold(rule, not missing, due.at, about, shown or "all that there is to tell", "it is not told")

    def _may_wait(self, due: Due, each: News) -> bool:
        """Whether something to tell may be left to the next report of its kind."""
        return due.report == "BR03" or later(due.at, minutes=-EARLY_MINUTES) < each.at

    # --- BR04 and BR01 -----------------------------------------------------------------------------------------

    def _judge_details(self, due: Due, recipient: str, records: Sequence[tuple[Seen, Record]]) -> None:
        rows: dict[Key, Row] = {key_of(row.request): row for row in due.rows}
        listed: dict[Key, list[tuple[Seen, Record]]] = {}
        for seen, record in records:
            listed.setdefault(_key_in(record), []).append((seen, record))
        hold, about = self.ledger.hold, f"BR04 of {due.ldc} for {recipient}"
        missing = [str(key) for key, row in rows.items() if row.must and key not in listed]
        hold("BRP-04", not missing, due.at, about, f"it lists {'; '.join(missing)}", "it does not")
        more = [str(key) for key in listed if key not in rows]
        hold("BRP-04", not more, due.at, about, "no request that is closed", "; ".join(more))
        for key, found in listed.items():
            twice = f"{len(found)} times"
            hold("BRP-04", len(found) == 1, due.at, about, f"{key} once", twice, found[0][0].file.name)
            if key in rows:
                self._check_row(rows[key], *found[0], due)

    def _check_row(self, row: Row, seen: Seen, record: Record, due: Due) -> None:
        codes, request = self.office.profile.codes, row.request
        key = key_of(request)
        expected = {
            "read_status": codes["read_status"][row.read_status],
            "transaction_status": None if row.status is None else codes["transaction_status"][row.status],
            "export_status": codes["export_status"][row.export_status],
            "universal_sdp_id": request.sdp,
            "period_start_date": request.start,
            "period_end_date": request.end,
            "window_end_date": row.window_end,
        }
        stated = {name: record[name] for name in expected}
        odd = {name: value for name, value in expected.items() if stated[name] != value}
        hold, name, line = self.ledger.hold, seen.file.name, record.line
        told = {each: stated[each] for each in odd}
        hold("BRP-04", not odd, due.at, f"{key} in BR04", odd, told, name, line)
        self._check_times(row, seen, record, due)
        given = self.billing.stated.get(key)
        if row.status is not None and given is not None:
            expected_status = f"status {given}, as in the response"
            held = stated["transaction_status"] == given
            observed = stated["transaction_status"]
            hold("TXS-05", held, due.at, f"{key} in BR04", expected_status, observed, name, line)

    def _check_times(self, row: Row, seen: Seen, record: Record, due: Due) -> None:
        received = row.request.received
        inserted, completed = record["inserted_date_time"], record["completed_date_time"]
        in_time = isinstance(inserted, type(received)) and received <= inserted <= later(received, minutes=self.minutes)
        ended = row.completed is None and completed is None
        if row.completed is not None and isinstance(completed, type(received)):
            ended = row.completed <= completed <= later(row.completed, seconds=self.office.seconds)
        expected = f"inserted at {iso(received)}, completed at {iso(row.completed) if row.completed else 'no time yet'}"
        about = f"{key_of(row.request)} in BR04"
        observed = f"inserted at {inserted}, completed at {completed}"
        self.ledger.hold("BRP-04", in_time and ended, due.at, about, expected, observed, seen.file.name, record.line)

    def _judge_summary(
        self,
        due: Due,
        recipient: str,
        details: Sequence[tuple[Seen, Record]],
        counts: Sequence[tuple[Seen, Record]],
    ) -> None:
        """BR01 counts what stands in the BR04 of the same run (BRP-06)."""
        expected: dict[tuple[Any, Any], Counter[str]] = {}
        for _, record in details:
            window = record["window_end_date"], record["period_end_date"]
            expected.setdefault(window, Counter()).update(("total", category_of(self.office.profile.codes, record)))
        stated: dict[tuple[Any, Any], Counter[str]] = {}
        for _, record in counts:
            window = record["window_end_date"], record["period_end_date"]
            numbers = Counter({name: int(str(record[name])) for name in _COUNTS if record[name]})
            stated.setdefault(window, Counter()).update(numbers)
        stated = {window: numbers for window, numbers in stated.items() if numbers}
        about = f"BR01 of {due.ldc} for {recipient}"
        name = counts[0][0].file.name if counts else None
        told = [_numbers(each) for each in (expected, stated)]
        self.ledger.hold("BRP-06", expected == stated, due.at, about, told[0], told[1], name)
        held = all(sum(numbers.values()) == 2 * numbers["total"] for numbers in stated.values())
        self.ledger.hold("BRP-05", held, due.at, about, "categories that add up to the total", told[1], name)

    # --- BR06 and BR03 -----------------------------------------------------------------------------------------

    def _judge_no_reads(self, due: Due, recipient: str, records: Sequence[tuple[Seen, Record]]) -> None:
        codes = self.office.profile.codes["transaction_status"]
        news = [News(each.at, (str(key_of(each.request)), codes[each.status])) for each in due.rows]
        told = [
            (seen, record, News(due.at, (str(_key_in(record)), str(record["transaction_status"]))))
            for seen, record in records
        ]
        self._judge_told_once(due, recipient, news, told)

    def _judge_failures(self, due: Due, recipient: str, records: Sequence[tuple[Seen, Record]]) -> None:
        codes = self.office.profile.codes["transaction_status"]
        news = [News(each.at, _failure(each, codes)) for each in due.rows]
        over = codes["sum_check_threshold"]
        told = [(seen, record, News(due.at, _stated_failure(record, over))) for seen, record in records]
        self._judge_told_once(due, recipient, news, told)

    def _judge_rebillings(self, due: Due, recipient: str, records: Sequence[tuple[Seen, Record]]) -> None:
        codes = self.office.profile.codes["rebilling_change"]
        news = [News(due.at, _rebilling(each, codes)) for each in due.rows]
        told = [(seen, record, News(due.at, _stated_rebilling(record))) for seen, record in records]
        self._judge_told_once(due, recipient, news, told)
        for seen, record in records:
            original, new = int(str(record["original_wh"])), int(str(record["new_wh"]))
            percent, about = record["percent_change"], f"BR03 on {record['universal_sdp_id']}"
            exact = None if original == 0 else (new - original) * 10_000 / original
            held = percent is None if exact is None else isinstance(percent, int) and abs(percent - exact) < 1
            expected_percent = "no percent change" if exact is None else f"{exact:.2f} hundredths of a per cent"
            self.ledger.hold("BRP-09", held, due.at, about, expected_percent, percent, seen.file.name, record.line)


def _key_in(record: Record) -> Key:
    detail_id = record["request_detail_id"]
    if detail_id is not None:
        return Key(str(detail_id), "", None, None)
    start, end = record["period_start_date"], record["period_end_date"]
    return Key("", str(record["universal_sdp_id"]), start, end)  # type: ignore[arg-type]


def _failure(answer: Answer, codes: Mapping[str, str]) -> tuple[str, ...]:
    """What BR05 tells of an answer; of one without register reads no more than that."""
    words = (str(key_of(answer.request)), codes[answer.status])
    checked = answer.checked
    if answer.status != THRESHOLD or checked is None or checked.first is None or checked.last is None:
        return words
    reads = (checked.first, checked.last)
    numbers = [checked.variance_wh, *(each for read in reads for each in read), checked.interval_wh]
    return (*words, *map(str, numbers))


def _stated_failure(record: Record, over: str) -> tuple[str, ...]:
    words = (str(_key_in(record)), str(record["transaction_status"]))
    if record["transaction_status"] != over:
        return words
    names = ("total_variant_wh", "start_read_date_time", "start_reading", "end_read_date_time", "end_reading")
    return (*words, *(str(record[name]) for name in (*names, "interval_total_wh")))


def _rebilling(each: Rebilling, codes: Mapping[str, str]) -> tuple[str, ...]:
    period, kind = each.period, codes["interval_data" if each.is_hourly else "usage"]
    numbers = each.original_wh, each.new_wh, each.new_wh - each.original_wh
    return (period.sdp, str(period.start), str(period.end), kind, *map(str, numbers))


def _stated_rebilling(record: Record) -> tuple[str, ...]:
    names = ("universal_sdp_id", "period_start_date", "period_end_date", "change")
    return tuple(str(record[name]) for name in (*names, "original_wh", "new_wh", "difference_wh"))


def _numbers(windows: Mapping[tuple[Any, Any], Counter[str]]) -> str:
    told = [
        f"window until {window}, period until {end}: {', '.join(f'{n} {name}' for name, n in sorted(numbers.items()))}"
        for (window, end), numbers in sorted(windows.items(), key=str)
    ]
    return "; ".join(told) or "nothing"


def report_times(value: Callable[[str], Any]) -> Mapping[str, Sequence[tuple[int, int]]]:
    """When each report runs, from the configured values."""
    return {
        "BR01": [clock(each) for each in value("br01_at")],
        "BR04": [clock(each) for each in value("br04_at")],
        "BR05": [clock(value("br05_by"))],
        "BR06": [clock(value("br06_by"))],
        "BR03": [clock(value("br03_at"))],
    }
