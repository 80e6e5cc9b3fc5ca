"""Billing as an LDC or agent does it: meter data reaches the repository, quantities are asked for, and come.

Quantities are compared sub-period by sub-period. Which records of one response stand in which order, or in which of
several files of one type, makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.errors import SuiteMistake
from harness.interface.billing_files import quantity
from harness.interface.files import Record, Value, write_file
from harness.interface.instants import Day, Instant, at, day_of, iso, later
from harness.interface.names import FileName
from harness.stage.chapters import mailboxes
from harness.stage.chapters.synchronization import SyncDesk
from harness.stage.conversation import Conversation, Delivered
from harness.suite.verdicts import Unmet

RESPONSES = ("6000", "6100", "6200")
HOURS = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for quantities, as it was submitted."""

    ldc: str
    submitter: str
    sdp: str
    start: Day
    end: Day
    request_detail_id: str


@dataclass(frozen=True, slots=True)
class ResponseRef:
    """A response as features name it: by its request, or, where a schedule asked for it, by its SDP."""

    request: str | None
    sdp: str | None

    def __str__(self) -> str:
        return f"the response to {self.request!r}" if self.request else f"the scheduled response for {self.sdp!r}"


@dataclass(frozen=True, slots=True)
class Found:
    """A record of a response, and the file it stands in."""

    file: Delivered
    file_type: str
    record: Record


class BillingDesk:
    """Sends meter data, requests and schedules, and reads responses."""

    def __init__(self, conversation: Conversation, sync: SyncDesk) -> None:
        self.conversation = conversation
        self.sync = sync
        self.asked: dict[str, Asked] = {}
        self._names: set[str] = set()

    # --- meter data -----------------------------------------------------------------------------------

    def load(
        self,
        sdp: str,
        start: Day,
        end: Day,
        wh_of_day: Sequence[int],
        *,
        status: str = "VAL",
        varh_of_day: Sequence[int] | None = None,
    ) -> None:
        """Let meter data of days, each like the other, reach the repository now; `end` is exclusive.

        :param wh_of_day: Wh of each interval of a day, as many as there are: 24, 48, 96 or 288.
        """
        days = (end - start).days
        entry: dict[str, Any] = {
            "start": iso(at(start, 0)),
            "interval_minutes": 24 * 60 // len(wh_of_day),
            "wh": list(wh_of_day) * days,
            "status": status,
        }
        if varh_of_day is not None:
            entry["varh"] = list(varh_of_day) * days
        self._load(sdp, "intervals", [entry])

    def load_part(self, sdp: str, day: Day, wh: Sequence[int]) -> None:
        """Let the first hours of a day reach the repository now, in Wh."""
        entry = {"start": iso(at(day, 0)), "interval_minutes": 60, "wh": list(wh), "status": "VAL"}
        self._load(sdp, "intervals", [entry])

    def load_spans(self, sdp: str, day: Day, minutes: int, rows: Iterable[tuple[str, int, str]]) -> None:
        """Let spans of a day reach the repository now: rows are a span such as ``06:30-07:30``, Wh, and status.

        :param minutes: the length of the intervals.
        """
        entries = []
        for span, wh, status in rows:
            first, last = (int(part[:2]) * 60 + int(part[3:]) for part in span.split("-"))
            number = (last - first) // minutes
            start = iso(at(day, first // 60, first % 60))
            entries.append({"start": start, "interval_minutes": minutes, "wh": [wh] * number, "status": status})
        self._load(sdp, "intervals", entries)

    def read_register(self, sdp: str, rows: Iterable[tuple[Instant, int]]) -> None:
        """Let register reads of an SDP's meter reach the repository now: rows are instant and dial units."""
        self._load(sdp, "register_reads", [{"instant": iso(moment), "reading": reading} for moment, reading in rows])

    def _load(self, sdp: str, kind: str, entries: Iterable[Mapping[str, Any]]) -> None:
        self.conversation.start()
        usid = self.sync.universal_sdp_id(self.sync.ldc_of(sdp), sdp)
        self.conversation.load({kind: [{"universal_sdp_id": usid, **entry} for entry in entries]})

    # --- requests and schedules -------------------------------------------------------------------------

    def request(
        self,
        submitter: str,
        ldc: str,
        cycle: str,
        rows: Iterable[tuple[str, str, Day, Day]],
        *,
        of_version: Instant | None = None,
        file_version: str | None = None,
    ) -> None:
        """Submit a request file: rows are alias of the request, SDP, first day and exclusive end."""
        self.conversation.start()
        code = self.conversation.profile.codes["request_cycle"][cycle.replace(" ", "_")]
        details: list[tuple[str, Mapping[str, Value]]] = []
        for alias, sdp, start, end in rows:
            asked = Asked(ldc, submitter, sdp, start, end, self.sync.identifier("request", alias))
            self.asked[alias] = asked
            fields: Mapping[str, Value] = {
                "request_detail_id": asked.request_detail_id,
                "universal_sdp_id": self.sync.universal_sdp_id(ldc, sdp),
                "cycle": code,
                "period_start_date": start,
                "period_end_date": end,
                "version_date_time": of_version,
            }
            details.append(("billing_request", fields))
        self._submit(submitter, ldc, "5000", details, file_version)

    def recover(self, alias: str, as_alias: str, version: Instant) -> None:
        """Let whoever made a request ask for the response that was delivered by an instant."""
        asked = self.asked_for(alias)
        rows = [(as_alias, asked.sdp, asked.start, asked.end)]
        self.request(asked.submitter, asked.ldc, "off cycle", rows, of_version=version)

    def schedule(
        self, submitter: str, ldc: str, rows: Iterable[tuple[str, Day, Day]], *, file_version: str | None = None
    ) -> None:
        """Submit a billing cycle schedule: rows are billing cycle, first day and exclusive end."""
        self.conversation.start()
        details: list[tuple[str, Mapping[str, Value]]] = [
            ("billing_cycle", {"billing_cycle_id": cycle, "period_start_date": start, "period_end_date": end})
            for cycle, start, end in rows
        ]
        self._submit(submitter, ldc, "8000", details, file_version)

    def _submit(
        self,
        submitter: str,
        ldc: str,
        file_type: str,
        details: Sequence[tuple[str, Mapping[str, Value]]],
        version: str | None,
    ) -> None:
        party, profile = self.conversation.party, self.conversation.profile
        active, moment = profile.file_types[file_type].active, self.conversation.now
        while True:
            name = FileName(party(ldc).id, party(submitter).id, file_type, active, moment.strftime("%Y%m%d%H%M%S"))
            if str(name) not in self._names:
                break
            moment = later(moment, seconds=1)
        self._names.add(str(name))
        header: Mapping[str, Value] = {"ldc_org_id": party(ldc).id, "created_date_time": self.conversation.now}
        content = write_file(profile, name, header, details)
        sent_as = str(name if version is None else replace(name, version=version))
        self.conversation.submit(submitter, sent_as, content.replace(str(name).encode(), sent_as.encode()))

    def asked_for(self, alias: str) -> Asked:
        """The request behind an alias.

        :raises SuiteMistake: none was made.
        """
        if alias not in self.asked:
            raise SuiteMistake(f"nobody made a request {alias!r}; there are {', '.join(self.asked) or 'none'}")
        return self.asked[alias]

    # --- responses --------------------------------------------------------------------------------------

    def records(self, ref: ResponseRef, *file_types: str) -> list[Found]:
        """The records of a response, in all files of some types, whoever received them.

        :raises Unreadable: a file that may hold some cannot be read.
        """
        return [
            Found(file, file_type, record)
            for file_type in file_types or RESPONSES
            for file in mailboxes.of_type(self.conversation.delivered, file_type)
            for record in self._details(file)
            if self._is_of(ref, record)
        ]

    def _details(self, file: Delivered) -> Sequence[Record]:
        content = mailboxes.read_whole(self.conversation, file).file
        return () if content is None else content.details

    def _is_of(self, ref: ResponseRef, record: Record) -> bool:
        if ref.request is not None:
            return bool(record["request_detail_id"] == self.asked_for(ref.request).request_detail_id)
        sdp = str(ref.sdp)
        usid = self.sync.universal_sdp_id(self.sync.ldc_of(sdp), sdp)
        return record["universal_sdp_id"] == usid and record["request_detail_id"] not in {
            asked.request_detail_id for asked in self.asked.values()
        }

    def response(self, ref: ResponseRef, *file_types: str) -> list[Found]:
        """The records of a response.

        :raises Unmet: there are none.
        """
        found = self.records(ref, *file_types)
        if not found:
            seen = mailboxes.described(
                file for file in self.conversation.delivered if mailboxes.file_type(file) in RESPONSES
            )
            kinds = " or ".join(file_types or RESPONSES)
            raise Unmet(f"{ref} in a {kinds} by {iso(self.conversation.now)}", f"none; delivered: {seen}")
        return found

    def check_no_response(self, ref: ResponseRef, *file_types: str) -> None:
        """:raises Unmet: there is a response."""
        for found in self.records(ref, *file_types):
            expected = f"no {str(ref).removeprefix('the ')} by {iso(self.conversation.now)}"
            raise Unmet(expected, _shown(found.record), file=found.file.name, record=found.record.line)

    def check_says(self, ref: ResponseRef, rows: Sequence[Mapping[str, str]]) -> None:
        """:raises Unmet: the sub-periods of an energy response, or what is said of them, are others than expected."""
        records = [found for found in self.response(ref, "6000", "6100") if not _is_later_day(found.record)]
        self._check_rows(ref, records, [self._expected(row) for row in rows])

    def check_demand(self, ref: ResponseRef, rows: Sequence[Mapping[str, str]]) -> None:
        """:raises Unmet: the demand response is another than expected."""
        self._check_rows(ref, self.response(ref, "6200"), [self._expected(row) for row in rows])

    def _expected(self, row: Mapping[str, str]) -> dict[str, Value]:
        """A row of a table of a response as fields of a record; columns that are not there are not looked at."""
        fields: dict[str, Value] = {}
        for heading, cell in row.items():
            field = COLUMNS[heading]
            if field in {"sub_period_start_date", "sub_period_end_date"}:
                fields[field] = self.day(cell)
            elif field == "framing_structure":
                codes = self.conversation.profile.codes["framing_structure"]
                fields[field] = codes[cell.lower().replace(" ", "_").replace("/", "_")] if cell else None
            elif field == "transaction_status":
                fields[field] = cell
            else:
                fields[field] = int(cell) if cell else None
        return fields

    def _check_rows(self, ref: ResponseRef, found: Sequence[Found], expected: Sequence[Mapping[str, Value]]) -> None:
        fields = list(expected[0])
        wanted = sorted(_row(row, fields) for row in expected)
        seen = sorted(_row_of(each.record, fields) for each in found)
        if wanted != seen:
            odd = next((each for each in found if _row_of(each.record, fields) not in wanted), found[0])
            raise Unmet(
                f"of {ref}: {_listed(fields, wanted)}",
                _listed(fields, seen),
                file=odd.file.name,
                record=odd.record.line,
            )

    def check_hours(self, ref: ResponseRef, expected: Mapping[Day, Sequence[int]]) -> None:
        """:raises Unmet: an hourly response has not those 24 values for each of those days, and no others."""
        found = self.response(ref, "6100")
        days = sorted(str(each.record["day"]) for each in found)
        wanted = sorted(str(day) for day in expected)
        if days != wanted:
            raise Unmet(f"{ref} for the days {', '.join(wanted)}", ", ".join(days), file=found[0].file.name)
        for each in found:
            hours = [each.record[f"hour_{hour:02}_wh"] for hour in range(1, HOURS + 1)]
            values = next(list(wh) for day, wh in expected.items() if day == each.record["day"])
            if hours != values:
                expects = f"for {each.record['day']}, hour by hour: {values}"
                raise Unmet(expects, str(hours), file=each.file.name, record=each.record.line)

    def check_status(self, ref: ResponseRef, status: str) -> None:
        """:raises Unmet: a record of a response carries another Transaction Status, or there is none."""
        for found in self.response(ref):
            stated = found.record["transaction_status"]
            if stated != status:
                raise Unmet(f"status {status} in {ref}", str(stated), file=found.file.name, record=found.record.line)

    def check_has_status(self, ref: ResponseRef) -> None:
        """:raises Unmet: a record of a response carries no Transaction Status of the code list (TXS-01)."""
        codes = set(self.conversation.profile.codes["transaction_status"].values())
        for found in self.response(ref):
            stated = found.record["transaction_status"]
            if stated not in codes:
                raise Unmet(
                    f"a Transaction Status in {ref}", str(stated), file=found.file.name, record=found.record.line
                )

    def check_no_quantities(self, ref: ResponseRef) -> None:
        """:raises Unmet: a record of a response carries quantities, or there is none."""
        for found in self.response(ref):
            names = [name for name in found.record.layout.positions if name.endswith(("_wh", "_w", "_va"))]
            if any(found.record[name] is not None for name in names):
                shown = _shown(found.record)
                raise Unmet(f"{ref} without quantities", shown, file=found.file.name, record=found.record.line)

    def check_goes_to(self, ref: ResponseRef, alias: str) -> None:
        """:raises Unmet: somebody else has received records of a response, or nobody has."""
        wanted = self.conversation.party(alias).id
        for found in self.response(ref):
            if found.file.recipient != wanted:
                raise Unmet(
                    f"{ref} with {alias!r} ({wanted}) alone", f"with {found.file.recipient}", file=found.file.name
                )

    def came(self, ref: ResponseRef) -> Instant:
        """When the last file of a response came.

        :raises Unmet: none did.
        """
        return max(found.file.instant for found in self.response(ref))

    def check_came_at(self, ref: ResponseRef, moment: Instant) -> None:
        """:raises Unmet: a response did not come at an instant, within the seconds of delivery."""
        due = later(moment, seconds=int(self.conversation.setting.value("delivery_within_seconds")))
        for found in self.response(ref):
            if not moment <= found.file.instant <= due:
                raise Unmet(f"{ref} at {iso(moment)}", f"at {iso(found.file.instant)}", file=found.file.name)

    def check_same(self, ref: ResponseRef, earlier: ResponseRef) -> None:
        """:raises Unmet: a response says something else than an earlier one, apart from the request it answers."""
        first, again = (self._lines(each) for each in (earlier, ref))
        if first != again:
            raise Unmet(f"{ref} as {earlier}: {'; '.join(first)}", "; ".join(again))

    def _lines(self, ref: ResponseRef) -> list[str]:
        return sorted(_shown(found.record, leave_out=frozenset({"request_detail_id"})) for found in self.response(ref))

    def check_same_layout(self, ref: ResponseRef, other: ResponseRef) -> None:
        """:raises Unmet: two responses fill other fields of their records, the request's ID apart (BSV-06)."""
        filled = []
        for each in (ref, other):
            record = self.response(each)[0].record
            filled.append({n for n in record.layout.positions if record[n] is not None} - {"request_detail_id"})
        if filled[0] != filled[1]:
            raise Unmet(f"{ref} with the fields of {other}: {sorted(filled[1])}", str(sorted(filled[0])))

    # --- IR03 and IR08 --------------------------------------------------------------------------------------

    def check_schedule_status(self, alias: str, status: str) -> None:
        """:raises Unmet: somebody's last IR03 gives another status, or there is none."""
        file = mailboxes.received(self.conversation, alias, "IR03")[-1]
        content = mailboxes.read_whole(self.conversation, file).file
        words = {code: word for word, code in self.conversation.profile.codes["schedule_status"].items()}
        others = () if content is None else content.others
        stated = [words.get(str(record["status"]), str(record["status"])) for record in others]
        if stated != [status.replace(" ", "_")]:
            raise Unmet(f"IR03 says {status!r}", ", ".join(stated) or "nothing", file=file.name)

    def check_schedule_refuses(self, alias: str, expected: Iterable[tuple[str, Day]]) -> None:
        """:raises Unmet: somebody's last IR03 refuses other billing cycle dates than those expected."""
        file = mailboxes.received(self.conversation, alias, "IR03")[-1]
        seen = sorted(
            (str(record["billing_cycle_id"]), str(record["period_start_date"])) for record in self._details(file)
        )
        wanted = sorted((cycle, str(start)) for cycle, start in expected)
        if seen != wanted:
            raise Unmet(f"IR03 refuses {wanted}", str(seen), file=file.name)

    def check_exceptions(self, alias: str, requests: Iterable[str]) -> None:
        """:raises Unmet: the IR08s of somebody do not report exactly those requests."""
        files = mailboxes.received(self.conversation, alias, "IR08")
        seen = sorted({str(record["request_detail_id"]) for file in files for record in self._details(file)})
        wanted = sorted(self.asked_for(request).request_detail_id for request in requests)
        if seen != wanted:
            raise Unmet(f"IR08 reports {', '.join(wanted)}", ", ".join(seen), file=files[-1].name)

    # --- words ------------------------------------------------------------------------------------------------

    def day(self, words: str) -> Day:
        """The day that words name, seen from today.

        :raises SuiteMistake: the words name no day.
        """
        found = self.sync.day(words, day_of(self.conversation.now))
        if found is None:
            raise SuiteMistake("a day is missing")
        return found


COLUMNS: Mapping[str, str] = {
    "from": "sub_period_start_date",
    "until": "sub_period_end_date",
    "status": "transaction_status",
    "framing": "framing_structure",
    "on-peak": "on_peak_wh",
    "mid-peak": "mid_peak_wh",
    "off-peak": "off_peak_wh",
    "critical peak": "critical_peak_wh",
    "total": "total_wh",
    "W": "peak_w",
    "VA": "peak_va",
}
"""The columns of a table of a response, and the fields they stand for."""


def hours_of(rows: Iterable[tuple[str, int]], per_day: int = HOURS) -> list[int]:
    """The values of a day from spans of hours: ``00-07`` is from 00:00 until 07:00.

    :raises SuiteMistake: the spans leave out a part of the day, or overlap.
    """
    per_hour = per_day // HOURS
    values: list[int | None] = [None] * per_day
    for span, wh in rows:
        first, last = (int(part) for part in span.split("-"))
        for place in range(first * per_hour, last * per_hour):
            if values[place] is not None:
                raise SuiteMistake(f"hours {span} overlap with others")
            values[place] = wh
    found = [value for value in values if value is not None]
    if len(found) != per_day:
        raise SuiteMistake("the spans of hours leave out a part of the day")
    return found


def quarters_of(rows: Iterable[tuple[str, int]]) -> list[int]:
    """The 96 values of a day from spans of time: ``06:30-07:30`` is four quarter hours.

    :raises SuiteMistake: the spans do not follow one another through the whole day.
    """
    values: list[int] = []
    for span, wh in rows:
        first, last = (int(part[:2]) * 4 + int(part[3:]) // 15 for part in span.split("-"))
        if first != len(values):
            raise SuiteMistake(f"{span} does not follow what comes before it")
        values += [wh] * (last - first)
    if len(values) != 4 * HOURS:
        raise SuiteMistake("the spans leave out a part of the day")
    return values


def _is_later_day(record: Record) -> bool:
    """Whether a record is of an hourly response, and not of its sub-period's first day."""
    day = record["day"] if "day" in record.layout.positions else None
    return day is not None and day != record["sub_period_start_date"]


def _row(fields: Mapping[str, Value], names: Sequence[str]) -> tuple[str, ...]:
    return tuple("" if fields[name] is None else str(fields[name]) for name in names)


def _row_of(record: Record, names: Sequence[str]) -> tuple[str, ...]:
    return _row({name: quantity(record, name) for name in names}, names)


def _listed(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    shown = [", ".join(f"{name} {cell or '-'}" for name, cell in zip(names, row, strict=True)) for row in rows]
    return "; ".join(shown) or "nothing"


def _shown(record: Record, leave_out: frozenset[str] = frozenset()) -> str:
    filled = [
        f"{name}={value}"
        for name, value in zip(record.layout.positions, record.values, strict=True)
        if value is not None and name not in leave_out
    ]
    return f"{record.layout.code} {' '.join(filled)}"
