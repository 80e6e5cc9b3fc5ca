"""Billing as an LDC or agent does it: meter data reaches the repository, quantities are asked for, and come.

Quantities are compared sub-period by sub-period. Which records of one response stand in which order, or in which of
several files of one type, makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from harness.errors import SuiteMistake
from harness.interface.billing_files import quantity
from harness.interface.files import Record, Value, write_file
from harness.interface.instants import Day, Instant, at, day_of, iso, later
from harness.interface.names import FileName
from harness.stage.chapters import mailboxes
from harness.stage.chapters.synchronization import SyncDesk
from harness.stage.conversation import Conversation, Delivered
from harness.suite.verdicts import Unmet, in_words

RESPONSES = ("6000", "6100", "6200")
HOURS = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for quantities, as it was submitted.

    :param at: when.
    :param ids: the Request Detail IDs by which its response is known: its own, and where it recovers a former
        response that one's, which may come back as it was; None where a schedule asked for that, without an ID.
    """

    ldc: str
    submitter: str
    sdp: str
    start: Day
    end: Day
    request_detail_id: str
    at: Instant
    ids: frozenset[str | None]


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

    def load_spans(self, sdp: str, day: Day, minutes: int, rows: Iterable[tuple[str, int, int | None, str]]) -> None:
        """Let spans of a day reach the repository now: rows are a span such as ``06:30-07:30``, Wh, varh, and status.

        :param minutes: the length of the intervals.
        """
        entries: list[Mapping[str, Any]] = []
        for span, wh, varh, status in rows:
            first, last = (int(part[:2]) * 60 + int(part[3:]) for part in span.split("-"))
            number = (last - first) // minutes
            start = iso(at(day, first // 60, first % 60))
            entry = {"start": start, "interval_minutes": minutes, "wh": [wh] * number, "status": status}
            entries.append(entry if varh is None else {**entry, "varh": [varh] * number})
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
        file_version: str | None = None,
    ) -> None:
        """Submit a request file: rows are alias of the request, SDP, first day and exclusive end."""
        self.request_in_cycles(submitter, ldc, [(cycle, row) for row in rows], file_version=file_version)

    def request_in_cycles(
        self,
        submitter: str,
        ldc: str,
        rows: Iterable[tuple[str, tuple[str, str, Day, Day]]],
        *,
        file_version: str | None = None,
    ) -> None:
        """Submit a request file: rows are ``on cycle`` or ``off cycle``, and what `request` is given."""
        self.conversation.start()
        details = [self._anew(submitter, ldc, cycle, row) for cycle, row in rows]
        self._submit(submitter, ldc, "5000", details, file_version)

    def _anew(
        self, submitter: str, ldc: str, cycle: str, row: tuple[str, str, Day, Day]
    ) -> tuple[str, Mapping[str, Value]]:
        """The record of a request file that asks for quantities, known by an alias from then on."""
        alias, sdp, start, end = row
        own = self.sync.identifier("request", alias)
        asked = Asked(ldc, submitter, sdp, start, end, own, self.conversation.now, frozenset({own}))
        self.asked[alias] = asked
        return self._request_record(asked, own, cycle, None)

    def _request_record(
        self, asked: Asked, identifier: str, cycle: str, version: Instant | None
    ) -> tuple[str, Mapping[str, Value]]:
        fields: Mapping[str, Value] = {
            "request_detail_id": identifier,
            "universal_sdp_id": self.sync.universal_sdp_id(asked.ldc, asked.sdp),
            "cycle": self.conversation.profile.codes["request_cycle"][cycle.replace(" ", "_")],
            "period_start_date": asked.start,
            "period_end_date": asked.end,
            "version_date_time": version,
        }
        return "billing_request", fields

    def recover(self, former: Asked, as_alias: str, versions: Sequence[Instant]) -> None:
        """Let whoever made a request ask for the response that was delivered by an instant.

        :param versions: the instant; or two, to be asked for by a request each, of which either may find it.
        """
        details = self._again(former, as_alias, versions)
        self._submit(former.submitter, former.ldc, "5000", details, None)

    def _again(
        self, former: Asked, as_alias: str, versions: Sequence[Instant], cycle: str = "off cycle"
    ) -> list[tuple[str, Mapping[str, Value]]]:
        """The records of a request file that ask for a former response, known by a new alias from then on."""
        own = [self.sync.identifier("request", f"{as_alias} {place}") for place in range(len(versions))]
        ids = frozenset({*former.ids, *own})
        asked = replace(former, request_detail_id=own[0], at=self.conversation.now, ids=ids)
        self.asked[as_alias] = asked
        asks = zip(own, versions, strict=True)
        return [self._request_record(asked, identifier, cycle, version) for identifier, version in asks]

    def recover_together(self, aliases: Iterable[str], as_aliases: Iterable[str]) -> None:
        """Let several responses to one organisation be asked for by one file, each as of the moment it came."""
        details: list[tuple[str, Mapping[str, Value]]] = []
        for alias, as_alias in zip(aliases, as_aliases, strict=True):
            former = self.asked_for(alias)
            details += self._again(former, as_alias, self._came(self.response(ResponseRef(alias, None))))
        self._submit(former.submitter, former.ldc, "5000", details, None)

    def recover_as_it_came(self, alias: str, as_alias: str, who: str | None = None) -> None:
        """Let a response be asked for as of the moment it came, which may be known by its arrival or by its file.

        :param who: asks; None for whoever asked for it first.
        """
        found = self.response(ResponseRef(alias, None))
        former = self.asked_for(alias)
        self.recover(replace(former, submitter=who or former.submitter), as_alias, self._came(found))

    def recover_in_cycle(self, alias: str, as_alias: str, cycle: str) -> None:
        """Let a response be asked for ``on cycle`` or ``off cycle``, as of the moment it came."""
        former, moments = self.asked_for(alias), self._came(self.response(ResponseRef(alias, None)))
        self._submit(former.submitter, former.ldc, "5000", self._again(former, as_alias, moments, cycle), None)

    def recover_beside(self, alias: str, as_alias: str, rows: Iterable[tuple[str, str, Day, Day]]) -> None:
        """Let a response be asked for as of the moment it came, by a file that asks for other quantities, too."""
        former, moments = self.asked_for(alias), self._came(self.response(ResponseRef(alias, None)))
        others = [self._anew(former.submitter, former.ldc, "off cycle", row) for row in rows]
        self._submit(former.submitter, former.ldc, "5000", [*self._again(former, as_alias, moments), *others], None)

    def recover_scheduled(self, sdp: str, start: Day, end: Day, as_alias: str, who: str | None = None) -> None:
        """Let the LDC, or somebody else, ask for what a schedule asked for, as of the moment it came."""
        found, ldc = self.response(ResponseRef(None, sdp)), self.sync.ldc_of(sdp)
        stated = found[0].record["request_detail_id"]
        ids = frozenset({None if stated is None else str(stated)})
        own = self.sync.identifier("request", as_alias)
        asked = Asked(ldc, who or ldc, sdp, start, end, own, found[0].file.instant, ids)
        self.recover(asked, as_alias, self._came(found))

    def _came(self, found: Sequence[Found]) -> list[Instant]:
        """The moments at which a response may have come."""
        return sorted({max(each.file.instant for each in found), self._created(found[0].file)})

    def _created(self, file: Delivered) -> Instant:
        """When a file says that it was created, or else when it came."""
        content = mailboxes.read_whole(self.conversation, file).file
        header = None if content is None else content.header
        created = None if header is None else header["created_date_time"]
        return Instant(created) if isinstance(created, datetime) else file.instant

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
            if self._is_of(ref, record, file)
        ]

    def _details(self, file: Delivered) -> Sequence[Record]:
        content = mailboxes.read_whole(self.conversation, file).file
        return () if content is None else content.details

    def _is_of(self, ref: ResponseRef, record: Record, file: Delivered) -> bool:
        """Whether a record answers a request: the last of those made before it that are known by its ID."""
        identifier = record["request_detail_id"]
        if ref.request is not None:
            asked = self.asked_for(ref.request)
            later_ones = (other for other in self.asked.values() if other.at > asked.at)
            again = any(identifier in other.ids and other.at <= file.instant for other in later_ones)
            return identifier in asked.ids and asked.at <= file.instant and not again
        sdp = str(ref.sdp)
        usid = self.sync.universal_sdp_id(self.sync.ldc_of(sdp), sdp)
        asked_for = any(identifier in each.ids and each.at <= file.instant for each in self.asked.values())
        return record["universal_sdp_id"] == usid and not asked_for

    def response(self, ref: ResponseRef, *file_types: str) -> list[Found]:
        """The records of a response: those that the requester received, or where that received none, all there are.

        Others may receive something else about the same request (AMB-59).

        :raises Unmet: there are none.
        """
        found = self.records(ref, *file_types)
        if ref.request is not None:
            asked = self.asked_for(ref.request)
            requester = self.conversation.party(asked.submitter).id
            found = [each for each in found if each.file.recipient == requester] or found
            found = _once(found) if len(asked.ids) > 1 else found
        if not found:
            seen = mailboxes.described(
                file for file in self.conversation.delivered if mailboxes.file_type(file) in RESPONSES
            )
            kinds = " or ".join(file_types or RESPONSES)
            raise Unmet(f"{ref} in {kinds} by {iso(self.conversation.now)}", f"none; delivered: {seen}")
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
                fields[field] = codes[cell.lower().replace(" ", "_").replace("/", "_")]
            elif field == "transaction_status":
                fields[field] = cell
            else:
                fields[field] = int(cell) if cell else None
        return fields

    def _check_rows(self, ref: ResponseRef, found: Sequence[Found], expected: Sequence[Mapping[str, Value]]) -> None:
        left, missing = list(found), []
        for row in expected:
            fitting = next((each for each in left if _fits(row, each.record)), None)
            if fitting is None:
                missing.append(row)
            else:
                left.remove(fitting)
        if missing or left:
            fields, odd = list(expected[0]), left[0] if left else found[0]
            seen = [{name: quantity(each.record, name) for name in fields} for each in found]
            raise Unmet(f"of {ref}: {_listed(expected)}", _listed(seen), file=odd.file.name, record=odd.record.line)

    def check_hours(self, ref: ResponseRef, expected: Mapping[Day, Sequence[int]]) -> None:
        """:raises Unmet: an hourly response has not those 24 values for each of those days, and no others."""
        found = self.response(ref, "6100")
        days = sorted(in_words(each.record["day"]) for each in found)
        wanted = sorted(str(day) for day in expected)
        if days != wanted:
            raise Unmet(f"{ref} for the days {', '.join(wanted)}", ", ".join(days), file=found[0].file.name)
        for each in found:
            hours = [each.record[f"hour_{hour:02}_wh"] for hour in range(1, HOURS + 1)]
            values = next(list(wh) for day, wh in expected.items() if day == each.record["day"])
            if hours != values:
                expects = f"for {each.record['day']}, hour by hour: {', '.join(map(str, values))}"
                raise Unmet(
                    expects, ", ".join(in_words(wh) for wh in hours), file=each.file.name, record=each.record.line
                )

    def stating(self, ref: ResponseRef) -> list[Found]:
        """The records of a response that state its status: whether those of demand state the same is open (AMB-63)."""
        found = self.response(ref)
        return [each for each in found if each.file_type != "6200"] or found

    def check_status(self, ref: ResponseRef, status: str) -> None:
        """:raises Unmet: a record of a response carries another Transaction Status, or there is none."""
        for found in self.stating(ref):
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
            if _has_quantities(found.record):
                shown = _shown(found.record)
                raise Unmet(f"{ref} without quantities", shown, file=found.file.name, record=found.record.line)

    def check_goes_to(self, ref: ResponseRef, alias: str) -> None:
        """:raises Unmet: somebody else has received records of a response, or nobody has."""
        wanted = self.conversation.party(alias).id
        self.response(ref)
        for found in self.records(ref):
            if found.file.recipient != wanted:
                raise Unmet(
                    f"{ref} with {alias!r} ({wanted}) alone", f"with {found.file.recipient}", file=found.file.name
                )

    def check_gives_quantities(self, ref: ResponseRef, alias: str) -> None:
        """:raises Unmet: somebody has received no record of a response that carries quantities (AMB-59)."""
        wanted = self.conversation.party(alias).id
        own = [found for found in self.records(ref) if found.file.recipient == wanted]
        if not any(_has_quantities(found.record) for found in own):
            shown = "; ".join(_shown(found.record) for found in own) or "nothing"
            raise Unmet(f"quantities in {ref} with {alias!r} ({wanted}) by {iso(self.conversation.now)}", shown)

    def check_gives_no_quantities(self, ref: ResponseRef, alias: str) -> None:
        """:raises Unmet: somebody has received a record of a response that carries quantities (BSV-08)."""
        wanted = self.conversation.party(alias).id
        for found in self.records(ref):
            if found.file.recipient == wanted and _has_quantities(found.record):
                expected = f"no quantities in {ref} with {alias!r} ({wanted}), who is not the billing agent"
                raise Unmet(expected, _shown(found.record), file=found.file.name, record=found.record.line)

    def check_came_at(self, ref: ResponseRef, moment: Instant, until: Instant | None = None) -> None:
        """Hold a response to an instant, or to the time from one until another, within the seconds of delivery.

        :raises Unmet: it came at another time, or there is none.
        """
        due = later(until or moment, seconds=int(self.conversation.setting.value("delivery_within_seconds")))
        when = f"at {iso(moment)}" if until is None else f"from {iso(moment)} until {iso(until)}"
        for found in self.response(ref):
            if not moment <= found.file.instant <= due:
                raise Unmet(f"{ref} {when}", f"at {iso(found.file.instant)}", file=found.file.name)

    def check_same(self, ref: ResponseRef, earlier: ResponseRef) -> None:
        """:raises Unmet: a response says something else than an earlier one, apart from the request it answers.

        Where two requests ask for it, either may find it.
        """
        first, again = _lines(self.response(earlier)), [_lines(each) for each in self._answers(ref)]
        if first not in again:
            raise Unmet(f"{ref} as {earlier}: {'; '.join(first)}", " and ".join("; ".join(each) for each in again))

    def _answers(self, ref: ResponseRef) -> list[list[Found]]:
        """What came in answer to a request, or to each of two that may find the same.

        :raises Unmet: there is none.
        """
        found = self.response(ref)
        if ref.request is None or len(self.asked_for(ref.request).ids) == 1:
            return [found]
        to = found[0].file.recipient
        by_id: dict[Value, list[Found]] = {}
        for each in self.records(ref):
            if each.file.recipient == to:
                by_id.setdefault(each.record["request_detail_id"], []).append(each)
        return [_once(several) for several in by_id.values()]

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
        stated = [words.get(str(record["status"]), in_words(record["status"])) for record in others]
        wanted = [word.replace(" ", "_") for word in status.split(" or ")]
        if len(stated) != 1 or stated[0] not in wanted:
            raise Unmet(f"IR03 that says {' or '.join(wanted)}", ", ".join(stated) or "nothing", file=file.name)

    def check_schedule_refuses(
        self, alias: str, expected: Iterable[tuple[str, Day]], *, among_others: bool = False
    ) -> None:
        """Hold the exceptions of somebody's IR03s to billing cycle dates; what a record leaves blank is not told.

        :param among_others: whether they may refuse more dates than those.

        :raises Unmet: they refuse others, or not all of them; or there is none.
        """
        files = mailboxes.received(self.conversation, alias, "IR03")
        left = [_refused_date(record) for file in files for record in self._details(file)]
        seen, wanted, missing = list(left), [(cycle, str(start)) for cycle, start in expected], []
        for date in wanted:
            fitting = next(
                (each for each in left if all(a in {None, b} for a, b in zip(each, date, strict=True))), None
            )
            if fitting is None:
                missing.append(date)
            else:
                left.remove(fitting)
        if missing or (left and not among_others):
            raise Unmet(f"IR03 that refuses {_dates(wanted)}", _dates(seen) or "no date", file=files[-1].name)

    def check_exceptions(self, alias: str, requests: Iterable[str]) -> None:
        """Hold the IR08s of somebody to requests; an exception without Request Detail ID may be about any of them.

        :raises Unmet: they report other requests, or not all of those; or there is none.
        """
        files = mailboxes.received(self.conversation, alias, "IR08")
        told = [record["request_detail_id"] for file in files for record in self._details(file)]
        wanted = {self.asked_for(request).request_detail_id for request in requests}
        named = {str(identifier) for identifier in told if identifier is not None}
        if not named <= wanted or len(wanted - named) > told.count(None):
            shown = [*sorted(named), *["one without Request Detail ID"] * told.count(None)]
            expected = f"IR08 that reports exactly {', '.join(sorted(wanted))}"
            raise Unmet(expected, ", ".join(shown) or "no exceptions", file=files[-1].name)

    def check_no_exceptions(self) -> None:
        """:raises Unmet: an IR08 reports an exception, whoever received it (BRP-02)."""
        for file in mailboxes.of_type(self.conversation.delivered, "IR08"):
            for record in self._details(file):
                raise Unmet("no exception in any IR08", _shown(record), file=file.name, record=record.line)

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


def _once(found: Sequence[Found]) -> list[Found]:
    """The records of a response that was asked for by two requests, and may have come twice, once."""
    first = found[0].record["request_detail_id"] if found else None
    own = [each for each in found if each.record["request_detail_id"] == first]
    return [
        each for place, each in enumerate(own) if all(each.record.values != one.record.values for one in own[:place])
    ]


def _lines(found: Iterable[Found]) -> list[str]:
    """What records say, the request that they answer apart."""
    return sorted(_shown(each.record, leave_out=frozenset({"request_detail_id"})) for each in found)


def _is_later_day(record: Record) -> bool:
    """Whether a record is of an hourly response, and not of its sub-period's first day."""
    day = record["day"] if "day" in record.layout.positions else None
    return day is not None and day != record["sub_period_start_date"]


def _fits(row: Mapping[str, Value], record: Record) -> bool:
    """Whether a record is as a row of a table has it.

    A framing structure may be left blank, and an empty cell stands for a quantity that is 0 or left blank: no slide
    says that a response has to state the one, or how it states that there is nothing.
    """
    stated = {name: quantity(record, name) for name in row}
    allowed = {name: {wanted, None} if name == "framing_structure" else {wanted} for name, wanted in row.items()}
    return all(stated[name] in ({None, 0} if row[name] is None else allowed[name]) for name in row)


def _has_quantities(record: Record) -> bool:
    return any(record[name] is not None for name in record.layout.positions if name.endswith(("_wh", "_w", "_va")))


def _refused_date(record: Record) -> tuple[str | None, str | None]:
    """The billing cycle and first day that a record of IR03 tells of; None for what it leaves blank."""
    cycle, start = record["billing_cycle_id"], record["period_start_date"]
    return None if cycle is None else str(cycle), None if start is None else str(start)


def _dates(dates: Iterable[tuple[str | None, str | None]]) -> str:
    return "; ".join(f"billing cycle {cycle or '-'} from {start or '-'}" for cycle, start in dates)


def _listed(rows: Iterable[Mapping[str, Value]]) -> str:
    shown = [", ".join(f"{name} {'-' if cell is None else cell}" for name, cell in row.items()) for row in rows]
    return "; ".join(shown) or "nothing"


def _shown(record: Record, leave_out: frozenset[str] = frozenset()) -> str:
    filled = [
        f"{name}={value}"
        for name, value in zip(record.layout.positions, record.values, strict=True)
        if value is not None and name not in leave_out
    ]
    return f"{record.layout.code} {' '.join(filled)}"
