"""What holds of every delivered file: name, version, recipient, date, layout and end (FTS-01, FTS-06 to FTS-13).

Every file is held to its layout, field by field, by the reader that all commands share. What the profile does not know,
and a field that is filled in another form than it assumes, is said once, as that: no slide forbids it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import ClassVar

from harness.interface.findings import CODES, Finding, Severity
from harness.interface.instants import Instant, day_of, from_digits, iso, later
from harness.referee.case import Case, Check, Letter
from harness.referee.judgements import Subject
from harness.referee.post import SUBMITTED_TYPES

CONTENT_RULES: Mapping[str, str] = {
    "2000": "USDP-01",
    "IR01": "USDP-13",
    "IR03": "BRP-01",
    "IR06": "SRP-03",
    "IR07": "SRP-04",
    "IR08": "BRP-02",
    "IR10": "SEQ-05",
    "IR14": "STL-05",
    "6000": "BQ-11",
    "6100": "BQ-11",
    "6200": "BQ-09",
    "BR01": "BRP-05",
    "BR03": "BRP-09",
    "BR04": "BRP-04",
    "BR05": "BRP-07",
    "BR06": "BRP-08",
}
"""The rule that says what stands in a file, by its type: one that is not of its layout does not say it."""
_NAMING_REQUESTS = frozenset({"2000", "IR01"})
"""Files that name the requests that they tell of."""
_TOLD_THE_SUBMITTER: Mapping[str, tuple[str, ...]] = {
    "IR03": ("8000",),
    "IR10": ("3000", "4000"),
    "IR14": ("3000", "4000"),
}
"""What is submitted, by the type of the report that goes to its submitter and names no request (AMB-44)."""
_OF_SUBMITTERS: Mapping[str, str] = {"IR06": "SRP-06", "IR07": "SRP-06", "IR08": "BRP-03"}
"""The rule by which a submitter, too, has to be authorised for a report, by the report's type."""
_DELIVERED_BY = frozenset({"BR03", "BR05", "BR06"})
"""Reports that the slides want delivered by a time, or at a time that is not theirs: they may be made hours before."""
_MAY_HAVE_MORE = frozenset({"BR01"})
"""Reports of which the slides name what is provided, and not that it is all: a record may have more fields."""
_OF_FORM = frozenset({"field-form", "field-characters"})
"""Findings of what is there, only not in the form that the profile assumes."""
_TOLD_OF_A_FILE = 5


class DeliveredFilesCheck(Check):
    """Holds every delivered file to what holds of any file.

    What is wrong with a file taints what rests on it: ``("file", name)`` where it cannot be read, ``("lines", name)``
    and ``("line", name, number)`` where something of a line cannot, ``("recipient", name)`` where it is in a wrong
    mailbox, ``("name", name)`` where its name is of another LDC or recipient, and ``("unread", type, recipient)`` for
    whoever awaits what nobody can recognise.
    """

    situations: ClassVar[Mapping[str, str]] = {
        "files/to an agent": "A file goes to an agent.",
        "files/to an agent of two LDCs": "An agent receives a type for which two LDCs have authorised it.",
        "files/in the first minute of a day": "A file is made in the first minute of a day.",
        "files/after an outage": "A file arrives after its recipient's mailbox refused files.",
        "files/without details": "A file that closes with an End Of File record has no detail record.",
        "files/several of a kind at an instant": "Several files of one type, LDC and recipient arrive at one instant.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._together: Counter[tuple[str, str, str]] = Counter()
        self._agents = {
            (each.agent, each.type): {
                other.ldc
                for other in case.opening.authorisations
                if (other.agent, other.type) == (each.agent, each.type)
            }
            for each in case.opening.authorisations
            if each.direction == "receive"
        }

    def arrived(self, letter: Letter) -> None:
        self._meet(letter)
        known = self.case.profile.file_types.get(letter.type)
        if known is None and letter.name is not None:
            why = "the profile does not know this type, and no slide forbids it"
            self.case.cannot_see("FTS-06", letter.instant, f"files of type {letter.type}", why, letter.file.name)
            return
        if known is not None and known.id in SUBMITTED_TYPES:
            why = "a type that organisations submit was delivered, of which the slides say nothing"
            self.case.cannot_see("FTS-01", letter.instant, f"files of type {letter.type}", why, letter.file.name)
            return
        rule = "FTS-06" if known is None or known.kind == "report" else "FTS-01"
        names = [finding for finding in letter.findings if finding.code.startswith("name-")]
        if known is not None and self._check_version(letter, known.withdrawn, known.active):
            self._check_layout(letter)
        self._check_name(letter, rule, names)
        if letter.name is not None:
            self._check_recipient(letter, rule)
            self._check_date(letter, rule)

    def passed(self, _: Instant) -> None:
        self._together.clear()

    def _meet(self, letter: Letter) -> None:
        meet = self.case.meet
        if self.case.kinds.get(letter.recipient) == "agent":
            meet("files/to an agent")
            if len(self._agents.get((letter.recipient, letter.type), ())) > 1:
                meet("files/to an agent of two LDCs")
        if (letter.instant.hour, letter.instant.minute) == (0, 0):
            meet("files/in the first minute of a day")
        if self.case.outage_within(letter.recipient, later(letter.instant, hours=-1), letter.instant):
            meet("files/after an outage")
        if letter.content is not None and letter.content.layout.closes_with_end_of_file and not letter.details:
            meet("files/without details")
        key = letter.type, letter.ldc, letter.recipient
        self._together[key] += 1
        if self._together[key] == 2:
            meet("files/several of a kind at an instant")

    # --- the name ------------------------------------------------------------------------------------------

    def _say(self, rule: str, held: bool, letter: Letter, expected: object, observed: object, *taints: Subject) -> bool:
        about, file = f"{letter.type} for {letter.recipient}", letter.file.name
        return self.case.hold(rule, held, letter.instant, about, expected, observed, file, taints=taints)

    def _check_version(self, letter: Letter, withdrawn: bool, active: str) -> bool:
        """Whether a file is of the version in force, and so can be read."""
        self._say("FTS-12", not withdrawn, letter, "no report that was withdrawn", letter.type)
        if withdrawn:
            return False
        rule = "FTS-08" if self.case.profile.file_types[letter.type].kind == "report" else "FTS-07"
        elements = letter.file.name.split(".")
        version = elements[3] if len(elements) > 3 else ""
        observed = f"version {version or 'none'}"
        return self._say(rule, version == active, letter, f"version {active}", observed, *_unreadable(letter))

    def _check_name(self, letter: Letter, rule: str, findings: Iterable[Finding]) -> None:
        told_elsewhere = ("name-version", "name-withdrawn", "name-file-id")
        wrong = [finding for finding in findings if not finding.code.startswith(told_elsewhere)]
        form = "<ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>.DAT"
        self._say(rule, not wrong, letter, form, wrong and wrong[0])

    def _check_recipient(self, letter: Letter, rule: str) -> None:
        case, name = self.case, letter.name
        first, second = (name.org_1, name.org_2) if name is not None else ("", "")
        held = first in case.ldcs and second == letter.recipient
        expected, observed = f"a name that begins with an LDC and {letter.recipient}", f"{first} and {second}"
        taints: Subject = ("unread", letter.type, letter.recipient)
        self._say(rule, held, letter, expected, observed, ("name", letter.file.name), taints)
        known = case.profile.file_types.get(letter.type)
        if first not in case.ldcs or known is None or known.withdrawn:
            return
        is_report = rule == "FTS-06"
        may = case.may_receive(letter.recipient, first, letter.type) or self._is_submitters_all_the_same(letter, first)
        rule = "BRP-10" if letter.type.startswith("BR") else "FTS-11" if is_report else "FTS-13"
        expected = f"{letter.type} about {first} for the LDC, or an agent that it has authorised to receive it"
        observed = f"{letter.recipient} has received it"
        self._say(rule, may, letter, expected, observed, ("recipient", letter.file.name))
        if letter.type in _OF_SUBMITTERS:
            self._say(_OF_SUBMITTERS[letter.type], may, letter, expected, observed)

    def _is_submitters_all_the_same(self, letter: Letter, ldc: str) -> bool:
        """Whether a reading lets its submitter receive a file without an authorisation for it."""
        case, submitted = self.case, _TOLD_THE_SUBMITTER.get(letter.type, ())
        ambiguity = "AMB-44" if submitted else "AMB-43" if letter.type == "IR01" else "AMB-30"
        if letter.recipient not in case.kinds or not (submitted or letter.type == "IR01" or letter.type.isdecimal()):
            return False
        if submitted and not any(case.may_submit(letter.recipient, ldc, each) for each in submitted):
            return False
        if letter.type in _NAMING_REQUESTS and letter.recipient not in _submitters_of(letter):
            return False
        return "submitter" in case.still_open(ambiguity, ldc) and case.keeps(ambiguity, ldc, ("submitter",))

    # --- dates ---------------------------------------------------------------------------------------------

    def _check_date(self, letter: Letter, rule: str) -> None:
        """Hold the dates of name and header to the MDM/R's clock: when the file was made, which then was delivered."""
        if letter.name is not None and len(letter.name.created) in {12, 14}:
            try:
                made = from_digits(letter.name.created)
            except ValueError:
                return  # that it forms no date was said of the name
            apart = 60 if len(letter.name.created) == 12 else 1
            held = self._is_dated(letter, made, later(made, seconds=apart - 1), apart)
            words = ("", "") if held else _dates("the name", letter, made)
            self._say(rule, held, letter, *words, ("date", letter.file.name))
        if letter.header is not None and "created_date_time" in letter.header.layout.positions:
            stated = letter.header["created_date_time"]
            if isinstance(stated, datetime):
                made = Instant(stated)
                held, about = self._is_dated(letter, made, made), f"{letter.type} for {letter.recipient}"
                words = ("", "") if held else _dates("the header", letter, made)
                place = letter.instant, about, *words, letter.file.name, 2
                self.case.hold(_content_rule(letter), held, *place, rests_on=[("date", letter.file.name)])

    def _is_dated(self, letter: Letter, first: Instant, last: Instant, apart: int = 1) -> bool:
        """Whether a file that was made between two instants may have been sent when it was.

        Files of one instant may be given times of their own, up to a minute apart, which is what a name to the minute
        can tell. A mailbox that refused it explains delay.
        """
        case, sent = self.case, letter.file.sent
        alike = self._together[letter.type, letter.ldc, letter.recipient]
        if first > later(sent, seconds=case.seconds + 60 * (alike - 1) + apart):
            return False
        if sent <= case.latest(letter.recipient, last) or case.may_be_late(letter.recipient, first, last):
            return True
        same_day = letter.type in _DELIVERED_BY and day_of(last) == day_of(sent)
        return same_day or (letter.type == "BR03" and last >= later(sent, days=-1))

    # --- the content ---------------------------------------------------------------------------------------

    def _check_layout(self, letter: Letter) -> None:
        others = [finding for finding in letter.findings if not finding.code.startswith("name-")]
        ends = [each for each in others if each.code.startswith("end-of-file") or each.code == "detail-count"]
        rule = _content_rule(letter)
        case = self.case
        if letter.content is None:
            why = str(others[0]) if others else "the profile has no layout for it"
            case.cannot_see(rule, letter.instant, f"content of {letter.type}", why, letter.file.name)
            return
        if letter.content.layout.closes_with_end_of_file:
            expected = "an End Of File record last, which counts the details"
            self._say("FTS-09", not ends, letter, expected, ends and ends[0], *letter.whole)
        others = [finding for finding in others if finding not in ends and finding.severity is Severity.ERROR]
        self._tell_forms(letter, [finding for finding in others if finding.code in _OF_FORM])
        others = [finding for finding in others if finding.code not in _OF_FORM]
        wrong = list(self._wrong(letter, others))
        for finding in wrong[:_TOLD_OF_A_FILE]:
            expected = f"{f'field {finding.field}: ' if finding.field else ''}{finding.expected}"
            alike = [each for each in others if (each.code, each.field) == (finding.code, finding.field)]
            taints = (_tainted_by(each, letter) for each in alike)
            place, where = (letter.file.name, finding.line), (letter.instant, f"{letter.type} for {letter.recipient}")
            observed = f"{finding.code}: {finding.found}"
            case.hold(rule, False, *where, expected, observed, *place, taints=chain.from_iterable(taints))
        if not wrong:
            self._say(rule, True, letter, "", "")
        self._check_header(letter, rule)

    def _tell_forms(self, letter: Letter, findings: Iterable[Finding]) -> None:
        """Say once of each field that it has another form than the profile assumes: no slide shows the form."""
        for finding in findings:
            about = f"field {finding.field} of {letter.type}"
            why = f"it has another form than the profile assumes: {finding.found}, not {finding.expected}"
            taints = _tainted_by(finding, letter)
            self.case.cannot_see(_content_rule(letter), letter.instant, about, why, letter.file.name, taints=taints)

    def _wrong(self, letter: Letter, findings: Iterable[Finding]) -> Iterator[Finding]:
        """What is wrong with the layout of a file, each kind of thing once; what may be so is said once, as that."""
        told: set[tuple[str, str | None]] = set()
        for finding in findings:
            kind = finding.code, finding.field
            if kind in told:
                continue
            told.add(kind)
            more = finding.code == "field-count" and int(finding.found) > int(finding.expected.split()[0])
            if more and letter.type in _MAY_HAVE_MORE:
                why = f"it has fields beyond those of the slides: {finding.found}"
                self.case.cannot_see(_content_rule(letter), letter.instant, f"records of {letter.type}", why)
            else:
                yield finding

    def _check_header(self, letter: Letter, rule: str) -> None:
        if letter.header is None or "ldc_org_id" not in letter.header.layout.positions:
            return
        stated = letter.header["ldc_org_id"]
        if stated is not None and letter.ldc in self.case.ldcs:
            about, file = f"{letter.type} for {letter.recipient}", letter.file.name
            expected, held = f"a header about {letter.ldc}, as the name of the file says", stated == letter.ldc
            self.case.hold(rule, held, letter.instant, about, expected, stated, file, 2, rests_on=letter.whole)


def _content_rule(letter: Letter) -> str:
    return CONTENT_RULES.get(letter.type, "FTS-06" if letter.type.isalpha() else "FTS-01")


def _unreadable(letter: Letter) -> tuple[Subject, ...]:
    """What is no longer to be relied on where nothing of a file can be read."""
    return (*letter.whole, ("unread", letter.type, letter.recipient))


def _tainted_by(finding: Finding, letter: Letter) -> tuple[Subject, ...]:
    """What is no longer to be relied on where something is wrong with a file's layout."""
    if finding.line is None or CODES[finding.code].structural or letter.header is None or finding.line <= 2:
        return _unreadable(letter)
    return ("lines", letter.file.name), ("line", letter.file.name, str(finding.line))


def _dates(where: str, letter: Letter, made: Instant) -> tuple[str, str]:
    sent = letter.file.sent
    return f"{where} dated when the file was made, shortly before {iso(sent)} by the MDM/R's clock", iso(made)


def _submitters_of(letter: Letter) -> set[str]:
    """Who submitted the requests that a response or summary tells of, by the requests' names."""
    records = [record for record in (letter.header, *letter.details) if record is not None]
    names = (str(record["request_file_name"]) for record in records if "request_file_name" in record.layout.positions)
    return {elements[1] for elements in (name.split(".") for name in names) if len(elements) > 1}
