"""IR08: what is wrong with request files, told once to the LDC, and to a submitting agent (BRP-02, BRP-03, AMB-53)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from harness.interface.files import Record
from harness.interface.instants import Instant, iso, later
from harness.referee.billing_terms import BillingTerms
from harness.referee.case import Case, Diary, Letter
from harness.referee.post import broken_by

_REMEMBERED_DAYS = 2


class BadLine(NamedTuple):
    """A line of a request file, about an SDP, that cannot be processed, and why in words."""

    line: int
    detail_id: str
    why: str
    sdp: str

    def is_told_by(self, record: Record) -> bool:
        """Whether a record of IR08 may tell of it; what the record leaves blank is not held against it."""
        return record["line"] in {None, self.line} and record["request_detail_id"] in {None, self.detail_id}


@dataclass(slots=True, eq=False)
class RequestFile:
    """A request file that was let in.

    :param bad: the lines of which IR08 has to tell; `may_be_bad` the Request Detail IDs of those of which it may.
    :param told: the records of IR08 that name it, by recipient, and the file that each stands in.
    :param latest: when the last file of its name came, where that is another one: what becomes of that one is open.
    """

    name: str
    ldc: str
    submitter: str
    at: Instant
    is_sure: bool
    bad: tuple[BadLine, ...] = ()
    may_be_bad: frozenset[str] = frozenset()
    told: list[tuple[Letter, Record]] = field(default_factory=list)
    reported_to: set[str] = field(default_factory=set)
    latest: Instant | None = None


class ExceptionReports:
    """Holds IR08 to the request files that came."""

    def __init__(self, case: Case, terms: BillingTerms) -> None:
        self.case = case
        self.minutes = terms.reads_minutes
        self.files: dict[str, RequestFile] = {}
        self.refused: dict[str, str] = {}
        self._due: Diary[tuple[RequestFile, str]] = Diary()
        self._forgotten: Diary[str] = Diary()

    def take(self, file: RequestFile) -> None:
        """A request file was let in."""
        if file.name in self.files:
            self.files[file.name].latest = file.at
            return
        self.files[file.name] = file
        for recipient in self._recipients(file):
            self._due.note(
                self.case.latest(recipient, later(file.at, minutes=self.minutes), file.at), (file, recipient)
            )
        self._forgotten.note(later(file.at, days=_REMEMBERED_DAYS), file.name)

    def synchronized(self, ldc: str, concerns: Callable[[str], bool], moment: Instant) -> None:
        """A set has come that may make right what was wrong of files that may not have been read yet (AMB-52)."""
        if "next-reads-run" not in self.case.still_open("AMB-52", ldc):
            return
        for file in self.files.values():
            if file.ldc == ldc and moment < later(file.at, minutes=self.minutes, seconds=self.case.seconds):
                open_now = [each for each in file.bad if concerns(each.sdp)]
                file.bad = tuple(each for each in file.bad if each not in open_now)
                file.may_be_bad |= {each.detail_id for each in open_now}

    def _recipients(self, file: RequestFile) -> list[str]:
        """Who has to receive IR08: the LDC, and a submitting agent where it is authorised for it (BRP-03)."""
        everybody = sorted({file.ldc, file.submitter})
        return [each for each in everybody if self.case.may_receive(each, file.ldc, "IR08")]

    def arrived(self, letter: Letter) -> None:
        """An IR08 came."""
        about = f"IR08 for {letter.recipient}"
        for file in self.files.values():
            if file.ldc == letter.ldc and file.at <= letter.instant:
                file.reported_to.add(letter.recipient)
        if not letter.details and self.case.answers("AMB-53") == ("with-exceptions-only",) and letter.content:
            expected = "no IR08 without exceptions"
            place = letter.instant, about, expected, "one without records", letter.file.name
            self.case.hold("BRP-02", False, *place, rests_on=letter.whole)
        for record in letter.details:
            self._take_record(letter, record, about)

    def _take_record(self, letter: Letter, record: Record, about: str) -> None:
        named = str(record["file_name"])
        file = self.files.get(named)
        where = (letter.instant, about)
        if file is None:
            if self.case.opening.from_the_beginning and record["file_name"] is not None:
                expected, observed = "exceptions of request files that were let in", f"one of {named}"
                rule, place = self.refused.get(named, "BRP-02"), (letter.file.name, record.line)
                for each in broken_by(rule, "5000"):
                    self.case.hold(each, False, *where, expected, observed, *place, rests_on=letter.resting_on(record))
            return
        if not file.is_sure or record["request_detail_id"] in file.may_be_bad:
            return
        is_told = any(each.is_told_by(record) for each in file.bad)
        if not is_told and file.latest is not None:
            return
        held = is_told or (record["request_detail_id"] is None and bool(file.may_be_bad))
        expected = f"no exception of what is right in {named}"
        observed = f"{record['code']} of request {record['request_detail_id'] or 'unnamed'}"
        place = letter.file.name, record.line
        self.case.hold("BRP-02", held, *where, expected, observed, *place, rests_on=letter.resting_on(record))
        if held:
            file.told.append((letter, record))

    def passed(self, until: Instant) -> None:
        """Judge what had to have come by an instant."""
        for due, (file, recipient) in self._due.over(until):
            if file.is_sure:
                self._judge(file, recipient, due)
        for due, name in self._forgotten.over(until):
            known = self.files[name]
            rest = due if known.latest is None else later(known.latest, days=_REMEMBERED_DAYS)
            if due < rest:
                self._forgotten.note(rest, name)
            else:
                del self.files[name]

    def _judge(self, file: RequestFile, recipient: str, due: Instant) -> None:
        case, rule = self.case, "BRP-02" if recipient == file.ldc else "BRP-03"
        about = f"request file {file.name}"
        if case.may_be_lost(recipient, file.at, due):
            if file.bad:
                case.cannot_see(rule, due, about, "no slide says whether what a mailbox refused is delivered later")
            return
        unread = [("unread", "IR08", recipient)]
        told = [(letter, record) for letter, record in file.told if letter.recipient == recipient]
        by = f"IR08 for {recipient} by {iso(due)}"
        for bad in file.bad:
            those = [letter for letter, record in told if bad.is_told_by(record)]
            expected = f"{by}: request {bad.detail_id}, {bad.why}"
            case.hold(rule, bool(those), due, about, expected, "it is not told", rests_on=unread)
            if recipient != file.ldc and told and not those:
                case.hold("BRP-02", False, due, about, expected, "it is not told", rests_on=unread)
        times = Counter((record["line"], record["request_detail_id"], letter.file.name) for letter, record in told)
        named = Counter(place[:2] for place in times if place[0] is not None and place[1] is not None)
        twice = [place for place, number in named.items() if number > 1]
        if file.bad and file.latest is None:
            expected, observed = "each exception in one IR08", f"that of request {twice and twice[0][1]} in several"
            case.hold("BRP-02", not twice, due, about, expected, observed)
        if not file.bad and not file.may_be_bad and case.answers("AMB-53") == ("for-each-file",):
            held = recipient in file.reported_to
            case.hold(rule, held, due, about, f"{by}, without records", "none", rests_on=unread)
