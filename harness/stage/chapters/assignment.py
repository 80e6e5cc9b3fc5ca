"""Universal SDP ID assignment as an LDC or agent does it: requests 1000 out, responses 2000 and summaries IR01 in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from harness.errors import SuiteMistake
from harness.interface.files import Record, Value, write_file
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day, Instant, day_of, iso, later
from harness.interface.names import FileName
from harness.stage.chapters import mailboxes
from harness.stage.conversation import Conversation, Delivered
from harness.suite.randomness import SAMPLE, sequence_shown
from harness.suite.verdicts import Unmet, in_words

_ALIKE: Mapping[str, Callable[[str, int], tuple[str, str]]] = {
    "with zeros before it": lambda drawn, _: (drawn[-6:].lstrip("0") or "7", f"00{drawn[-6:].lstrip('0') or '7'}"),
    "with a digit after it": lambda drawn, _: (drawn, f"{drawn}1"),
    "without its hyphen": lambda drawn, _: (drawn, drawn.replace("-", "")),
    "in small letters": lambda drawn, _: (drawn, drawn.lower()),
    "with another last character, both of the greatest length": lambda drawn, longest: (
        drawn.ljust(longest - 1, "0") + "1",
        drawn.ljust(longest - 1, "0") + "2",
    ),
}
"""Two SDP IDs that are nearly the same, of one that was drawn and the longest that there may be."""
_BESIDES = "an SDP besides"
"""The SDP that is asked for to see whether requests are answered at all."""
STATUSES = ("issued", "already issued", "invalid organisation", "incomplete data")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a request: an alias of an LDC and of an SDP; either may be left out."""

    ldc: str | None
    sdp: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was submitted; `name` is the file name it carried."""

    name: str
    ldc: str
    submitter: str
    lines: tuple[Line, ...]
    at: Instant

    def __str__(self) -> str:
        return f"request {self.name}"


class AssignmentDesk:
    """Writes requests, and finds and reads what comes back."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.requests: list[Request] = []
        self._sdp_ids: dict[str, SdpId] = {}

    # --- what is sent -------------------------------------------------------------------------------

    def sdp_id(self, alias: str) -> SdpId:
        """The SDP ID behind an alias."""
        if alias not in self._sdp_ids:
            self._sdp_ids[alias] = self.conversation.draw.sdp_id()
            self.conversation.aliases.call(self._sdp_ids[alias], alias)
        return self._sdp_ids[alias]

    def make_alike(self, alias: str, other: str, how: str) -> None:
        """Let an SDP have an SDP ID that is nearly that of another: neither was named before.

        :raises SuiteMistake: one of them has an SDP ID already, or nobody knows what is meant.
        """
        if how not in _ALIKE or alias in self._sdp_ids or other in self._sdp_ids:
            raise SuiteMistake(f"SDP IDs cannot be alike in this way, or no longer: {how!r}; known: {sorted(_ALIKE)}")
        layout = self.conversation.profile.files["1000.00"].record("assignment_request")
        longest = layout.fields[layout.positions["sdp_id"]].length
        drawn = self.conversation.draw.sdp_id()
        self._sdp_ids[other], self._sdp_ids[alias] = map(SdpId, _ALIKE[how](drawn, longest))

    def request(
        self, submitter: str, ldc: str, lines: Sequence[Line], *, version: str = "00", misnamed: str | None = None
    ) -> Request:
        """Submit a request now.

        :param misnamed: how its name differs from what is usual, in the words of `_misnamed`.
        """
        conversation = self.conversation
        conversation.begin()
        name = self._name(submitter, ldc)
        header: dict[str, Value] = {"ldc_org_id": conversation.party(ldc).id, "created_date_time": conversation.now}
        content = write_file(
            conversation.profile, name, header, [("assignment_request", self._fields(e)) for e in lines]
        )
        sent_as = str(replace(name, version=version))
        if misnamed is not None:
            sent_as = self._misnamed(sent_as, misnamed, ldc)
        conversation.submit(submitter, sent_as, content.replace(str(name).encode(), sent_as.encode()))
        request = Request(sent_as, ldc, submitter, tuple(lines), conversation.now)
        self.requests.append(request)
        return request

    def request_many(self, ldc: str, number: int) -> Request:
        """Let an LDC submit a request for SDPs that nobody has named, now."""
        new = [f"SDP {len(self._sdp_ids) + count}" for count in range(1, number + 1)]
        return self.request(ldc, ldc, [Line(ldc, sdp) for sdp in new])

    def request_every_minute(self, ldc: str, minutes: int) -> None:
        """Let an LDC submit a request for one SDP each minute, from now on."""
        for _ in range(minutes):
            self.request_many(ldc, 1)
            self.conversation.advance(later(self.conversation.now, minutes=1))

    def _name(self, submitter: str, ldc: str) -> FileName:
        """A name that no other request has: requests of one instant differ in their seconds."""
        party = self.conversation.party
        moment, taken = self.conversation.now, {request.name for request in self.requests}
        while True:
            created = moment.strftime("%Y%m%d%H%M%S")
            name = FileName(party(ldc).id, party(submitter).id, "1000", "00", created)
            if str(name) not in taken:
                return name
            moment = later(moment, seconds=1)

    def _fields(self, line: Line) -> Mapping[str, Value]:
        ldc = None if line.ldc is None else self.conversation.party(line.ldc).id
        return {"ldc_org_id": ldc, "sdp_id": None if line.sdp is None else self.sdp_id(line.sdp)}

    def _misnamed(self, name: str, how: str, ldc: str) -> str:
        first, _, rest = name.partition(".")
        created = name.split(".")[4]
        return {
            "without .DAT": name.removesuffix(".DAT"),
            "with .dat in lower case": name.replace(".DAT", ".dat"),
            "with a 13-digit date-time": name.replace(created, created[:13]),
            "with a 12-digit date-time": name.replace(created, created[:12]),
            "with an hour that there is not": name.replace(created, f"{created[:8]}25{created[10:]}"),
            "as if the LDC had submitted it": f"{first}.{self.conversation.party(ldc).id}.{rest.partition('.')[2]}",
            "with a file number and segment": name.replace(".DAT", ".abc123.01.01.DAT"),
        }[how]

    def wait_for_run(self) -> None:
        """Let time pass until the assignment run after the last request must have been seen."""
        minutes = int(self.conversation.setting.value("assignment_run_every_minutes"))
        last = self.requests[-1].at if self.requests else self.conversation.now
        self.conversation.settle(later(max(last, self.conversation.now), minutes=minutes))

    def check_answers(self, ldc: str) -> None:
        """Hold the system to answering requests at all, first of all, by one that no scenario counts among its own.

        :raises Unmet: it does not.
        """

        def happen() -> None:
            request = self.request(ldc, ldc, [Line(ldc, _BESIDES)])
            self.wait_for_run()
            self.requests.remove(request)
            if not self.responses(request):
                raise Unmet(f"a response to {request} by {iso(self.conversation.now)}", "none")

        self.conversation.opens_with(happen)

    # --- what comes back ----------------------------------------------------------------------------

    def numbered(self, number: int) -> Request:
        """A request by its number, from 1."""
        if not 1 <= number <= len(self.requests):
            raise SuiteMistake(f"there is no request {number}; {len(self.requests)} were submitted")
        return self.requests[number - 1]

    def responses(self, request: Request) -> list[tuple[Delivered, Sequence[Record]]]:
        """The responses to a request, to whomever, with their detail records.

        :raises Unreadable: a response that may be one of them cannot be read.
        """
        found = []
        for file in mailboxes.of_type(self.conversation.delivered, "2000"):
            read = mailboxes.read_whole(self.conversation, file).file
            if read is not None and read.header is not None and read.header["request_file_name"] == request.name:
                found.append((file, read.details))
        return found

    def response(self, request: Request) -> tuple[Delivered, Sequence[Record]]:
        """The response to a request.

        :raises Unmet: there is none, or more than one.
        """
        found = self.responses(request)
        if len(found) != 1:
            observed = mailboxes.described(file for file, _ in found)
            raise Unmet(f"one response to {request} by {iso(self.conversation.now)}", observed)
        return found[0]

    def check_response_goes_to(self, request: Request, aliases: Iterable[str]) -> None:
        """:raises Unmet: others than those named have received the response, or one of them has not."""
        wanted = sorted(self.conversation.party(alias).id for alias in aliases)
        got = sorted(file.recipient for file, _ in self.responses(request))
        if got != wanted:
            raise Unmet(
                f"the response to {request} with {self._named(wanted)} by {iso(self.conversation.now)}",
                self._named(got),
            )

    def _named(self, organisations: Iterable[OrgId]) -> str:
        names = {party.id: party.alias for party in self.conversation.parties.values()}
        return (
            " and ".join(f"{names.get(each, 'an unknown organisation')} ({each})" for each in organisations) or "nobody"
        )

    def outcomes(self, request: Request) -> list[tuple[str, str]]:
        """What a response says, as pairs of SDP alias and status in words, sorted."""
        codes = {
            code: word.replace("_", " ") for word, code in self.conversation.profile.codes["assignment_status"].items()
        }
        aliases = {identifier: alias for alias, identifier in self._sdp_ids.items()}
        _, records = self.response(request)
        return sorted(
            (
                aliases.get(
                    SdpId(str(record["sdp_id"])), "" if record["sdp_id"] is None else f"unknown {record['sdp_id']}"
                ),
                codes.get(
                    str(record["status"]), "no status" if record["status"] is None else f"unknown {record['status']}"
                ),
            )
            for record in records
        )

    def check_outcomes(self, request: Request, expected: Iterable[tuple[str, str]]) -> None:
        """Hold a response to what it should say; a status may be one of two: ``incomplete data or invalid …``.

        :raises Unmet: the response says something else of an SDP ID, leaves one out, or has one too many.
        """
        wanted, found = sorted(expected), self.outcomes(request)
        if [sdp for sdp, _ in found] != [sdp for sdp, _ in wanted] or not all(
            status in stated.split(" or ") for (_, stated), (_, status) in zip(wanted, found, strict=True)
        ):
            file, records = self.response(request)
            others = {sdp for sdp, _ in {*wanted} ^ {*found}}
            lines = [
                record.line for record in records if record["sdp_id"] in {self._sdp_ids.get(each) for each in others}
            ]
            line = lines[0] if len(others) == len(lines) == 1 else None
            raise Unmet(self._listed(wanted), self._listed(found), file=file.name, record=line)

    def _listed(self, outcomes: Sequence[tuple[str, str]]) -> str:
        """Outcomes in words, each SDP with the SDP ID by which it stands in files."""
        return "; ".join(f"{self._called(sdp)}: {status}" for sdp, status in outcomes) or "no records"

    def _called(self, sdp: str) -> str:
        known = self._sdp_ids.get(sdp)
        return f"{sdp} ({known})" if known else sdp or "(no SDP ID)"

    def _in_files(self, sdp: str) -> str:
        """An SDP, and the SDP ID by which it stands in files."""
        return f"{sdp!r} (SDP ID {self.sdp_id(sdp)})"

    def record_of(self, request: Request, sdp: str) -> tuple[Delivered, Record]:
        """The record of an SDP in the response to a request.

        :raises Unmet: the response has none.
        """
        file, records = self.response(request)
        for record in records:
            if record["sdp_id"] == self.sdp_id(sdp):
                return file, record
        raise Unmet(f"a record for {self._in_files(sdp)}", "no such record", file=file.name)

    def universal_sdp_id(self, request: Request, sdp: str) -> str:
        """The Universal SDP ID that a response gives to an SDP.

        :raises Unmet: it gives none.
        """
        file, record = self.record_of(request, sdp)
        identifier = record["universal_sdp_id"]
        if identifier is None:
            raise Unmet(
                f"a Universal SDP ID for {self._in_files(sdp)}",
                "the field is empty",
                file=file.name,
                record=record.line,
            )
        return self.conversation.aliases.call(str(identifier), sdp)

    def issued(self) -> list[tuple[str, str, str]]:
        """All Universal SDP IDs of all responses: LDC, SDP and the ID, in the order of requests and their lines."""
        return [
            (request.ldc, line.sdp, self.universal_sdp_id(request, line.sdp))
            for request in self.requests
            for line in request.lines
            if line.sdp is not None
        ]

    def check_same_id(self, first: Request, again: Request, sdp: str) -> None:
        """:raises Unmet: the second response gives another Universal SDP ID than the first."""
        before, after = self.universal_sdp_id(first, sdp), self.universal_sdp_id(again, sdp)
        if before != after:
            file, record = self.record_of(again, sdp)
            raise Unmet(
                f"Universal SDP ID {before} for {self._in_files(sdp)}, as before",
                after,
                file=file.name,
                record=record.line,
            )

    def check_no_id(self, request: Request, sdp: str) -> None:
        """:raises Unmet: the response gives an SDP a Universal SDP ID where it should give none."""
        file, record = self.record_of(request, sdp)
        if record["universal_sdp_id"] is not None:
            found = str(record["universal_sdp_id"])
            raise Unmet(f"no Universal SDP ID for {self._in_files(sdp)}", found, file=file.name, record=record.line)

    def check_one_id(self, request: Request, sdp: str) -> None:
        """:raises Unmet: an SDP that stands several times in a response has several Universal SDP IDs, or none."""
        file, records = self.response(request)
        found = [in_words(record["universal_sdp_id"]) for record in records if record["sdp_id"] == self.sdp_id(sdp)]
        if len(found) < 2 or len(set(found)) != 1 or found[0] == "none":
            raise Unmet(
                f"one Universal SDP ID in all records for {self._in_files(sdp)}",
                ", ".join(found) or "none",
                file=file.name,
            )

    def check_all_different(self) -> None:
        """:raises Unmet: two pairs of LDC and SDP share a Universal SDP ID (USDP-02, USDP-05)."""
        owners: dict[str, tuple[str, str]] = {}
        for ldc, sdp, identifier in self.issued():
            owner = owners.setdefault(identifier, (ldc, sdp))
            if owner != (ldc, sdp):
                raise Unmet(
                    "a Universal SDP ID of its own for each LDC and SDP",
                    f"{identifier} stands for {owner[1]!r} of {owner[0]!r} and for {sdp!r} of {ldc!r}",
                )

    def check_no_sequence(self) -> None:
        """:raises Unmet: the Universal SDP IDs are no numbers, or reveal a sequence (USDP-04)."""
        identifiers = [identifier for _, _, identifier in self.issued()]
        if len(identifiers) < SAMPLE:
            raise SuiteMistake(f"{SAMPLE} Universal SDP IDs are needed to tell, {len(identifiers)} were asked for")
        for identifier in identifiers:
            if not (identifier.isascii() and identifier.isdigit()):
                raise Unmet("Universal SDP IDs that are numbers", identifier)
        shown = sequence_shown([int(identifier) for identifier in identifiers])
        if shown is not None:
            raise Unmet("Universal SDP IDs that reveal no sequence", f"{shown}: {', '.join(identifiers[:5])}, …")

    # --- IR01 -----------------------------------------------------------------------------------------

    def summaries(self, alias: str) -> list[tuple[Delivered, Sequence[Record]]]:
        """The IR01s that somebody has received, each with its summary records.

        :raises Unmet: there are none.
        """
        found = []
        for file in mailboxes.received(self.conversation, alias, "IR01"):
            read = mailboxes.read_whole(self.conversation, file).file
            found.append((file, () if read is None else read.details))
        return found

    def check_last_summary(self, alias: str, requests: Iterable[Request]) -> None:
        """:raises Unmet: somebody's last IR01 has not one summary record for each of the requests, or has others."""
        file, records = self.summaries(alias)[-1]
        wanted = sorted(request.name for request in requests)
        found = sorted(in_words(record["request_file_name"]) for record in records)
        if wanted != found:
            raise Unmet(f"summary records for {_names(wanted)}", _names(found), file=file.name)

    def check_some_summary(self, alias: str, requests: Iterable[Request]) -> None:
        """:raises Unmet: no IR01 of somebody has one summary record for each of the requests and no others."""
        wanted = sorted(request.name for request in requests)
        found = [sorted(in_words(r["request_file_name"]) for r in records) for _, records in self.summaries(alias)]
        if wanted not in found:
            raise Unmet(f"an IR01 with summary records for {_names(wanted)}", "; ".join(map(_names, found)))

    def check_summaries_of_each_day(self, alias: str) -> None:
        """Each IR01 states when each request was processed: the last one says which calendar day it is of (USDP-12).

        :raises Unmet: one leaves out a record of that day that was in an earlier one, tells it otherwise, or has one of
            another day.
        """
        so_far: dict[Day, dict[str, str]] = {}
        for file, records in self.summaries(alias):
            days = {in_words(record["request_file_name"]): _day_of(record["processed_date_time"]) for record in records}
            today = max(days.values(), default=None)
            if today is None:
                raise Unmet("summary records", "none", file=file.name)
            if others := sorted(name for name, day in days.items() if day != today):
                raise Unmet(f"summary records of {today} alone", f"those of {_names(others)}", file=file.name)
            earlier = so_far.setdefault(today, {})
            if missing := sorted(earlier.keys() - days.keys()):
                raise Unmet(f"summary records of {_names(missing)} again", "none of them", file=file.name)
            for record in records:
                name, told = in_words(record["request_file_name"]), _told(record)
                if earlier.setdefault(name, told) != told:
                    raise Unmet(f"the summary record of {name} as before: {earlier[name]}", told, file=file.name)
        if len(so_far) < 2:
            raise Unmet("IR01s of two days", f"those of {len(so_far)}")

    def check_number_of_summaries(self, alias: str, number: int) -> None:
        """:raises Unmet: somebody has received more or fewer IR01s."""
        found = [file for file, _ in self.summaries(alias)]
        if len(found) != number:
            raise Unmet(f"{number} IR01 for {alias!r}", mailboxes.described(found))

    def check_counts(self, alias: str, request: Request, expected: Mapping[str, int]) -> None:
        """:raises Unmet: the summary record of a request counts otherwise (USDP-13)."""
        for file, records in reversed(self.summaries(alias)):
            for record in records:
                if record["request_file_name"] == request.name:
                    found = {field: record[field] for field in expected}
                    if found != expected:
                        raise Unmet(_counted(expected), _counted(found), file=file.name, record=record.line)
                    return
        raise Unmet(f"a summary record of {request} in an IR01 of {alias!r}", "no such record")

    def check_run_interval(self, alias: str, minutes: int) -> None:
        """:raises Unmet: somebody's IR01s do not come at that interval, within the seconds allowed for delivery."""
        slack = int(self.conversation.setting.value("delivery_within_seconds"))
        files = [file for file, _ in self.summaries(alias)]
        if len(files) < 2:
            raise Unmet("two IR01 at least", mailboxes.described(files))
        for before, after in pairwise(files):
            seconds = int((after.instant - before.instant).total_seconds())
            if abs(seconds - minutes * 60) > slack:
                raise Unmet(
                    f"IR01 {minutes} minutes after the one of {iso(before.instant)} (within {slack} s)",
                    f"after {seconds // 60} min {seconds % 60} s",
                    file=after.name,
                )


def _day_of(moment: Value) -> Day:
    if not isinstance(moment, datetime):
        raise Unmet("a date and time of processing in every summary record", "none")
    return day_of(Instant(moment))


def _told(record: Record) -> str:
    """What a summary record tells of a request: when it was processed, and what was counted."""
    counted = ("requested", "issued", "already_issued", "invalid_organisation", "incomplete_data")
    return f"{in_words(record['processed_date_time'])}: {_counted({name: record[name] for name in counted})}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"


def _counted(counts: Mapping[str, object]) -> str:
    return ", ".join(f"{field.replace('_', ' ')} {'nothing' if n is None else n}" for field, n in counts.items())
