"""What holds of every file that a CIS gives: its name, its version, for whom it may be given, its layout.

Rules FTS-01 to FTS-05 and FTS-07 of names, in the File Name Record as well, USDP-08, SYN-10 and BSV-07 of who submits,
and of each type the rule that says what stands in it. A field in another form than the assumed one breaks none, nor
does a code of an assumed list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import ClassVar

from harness.interface.findings import Finding, Severity
from harness.interface.instants import Instant, from_digits, iso, later
from harness.referee.case import Case, Check, Received

CONTENT_RULES: Mapping[str, str] = {
    "1000": "USDP-01",
    "3000": "SYN-04",
    "4000": "SYN-04",
    "5000": "BSV-02",
    "8000": "BSV-12",
}
"""The rule that says what stands in a file, by its type: one that is not of its layout does not say it."""
SUBMITTER_RULES: Mapping[str, str] = {
    "1000": "USDP-08",
    "3000": "SYN-10",
    "4000": "SYN-10",
    "5000": "BSV-07",
    "8000": "BSV-07",
}
"""The rule by which an agent needs its LDC's word, by type."""
_OF_NAMES: Mapping[str, str] = {"file-name-record": "FTS-01"}
_OF_SETS: Mapping[str, str] = {"record-type": "SYN-11", **_OF_NAMES}
"""Findings that another rule than that of the content speaks of: in any file, and in those of sets."""
_NOT_JUDGED = frozenset({"field-form", "field-characters", "field-code", "period-end", "request-id-twice"})
"""Findings that no slide speaks of: forms and code lists are assumed, and how requests are told apart is not said."""


_SETS = ("3000", "4000")
_OF_ANY = 6
"""So many elements, with .DAT, are in any name; those of a set's files have three more."""


class GivenFilesCheck(Check):
    """Holds every file that a CIS gives to what holds of any file."""

    situations: ClassVar[Mapping[str, str]] = {
        "given/for itself": "An LDC's CIS gives a file.",
        "given/by an agent": "An agent's CIS gives a file for an LDC.",
        "given/of a set": "A file of a set is given.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._together: Counter[tuple[str, str]] = Counter()

    def passed(self, _: Instant) -> None:
        self._together.clear()

    def received(self, received: Received) -> None:
        admission, name = received.admission, received.admission.name
        self._meet(received)
        rule = SUBMITTER_RULES.get(received.type, "FTS-10") if admission.rule == "FTS-10" else admission.rule
        if name is None and _lacks_elements_of_a_set(received.file.name):
            rule = "FTS-02"
        if admission.verdict == "refused":
            self._say(rule, False, received, _EXPECTED.get(rule, "a file that may be given"), admission.why)
        else:
            for held in ("FTS-01", "FTS-07", SUBMITTER_RULES[received.type]):
                self._say(held, True, received)
        if name is None or received.type not in CONTENT_RULES:
            return
        self._check_date(received, name.created)
        self._check_content(received)

    def _meet(self, received: Received) -> None:
        name = received.admission.name
        if name is None:
            return
        self.case.meet("given/for itself" if name.org_1 == received.file.organisation else "given/by an agent")
        if name.part is not None:
            self.case.meet("given/of a set")

    def _check_date(self, received: Received, created: str) -> None:
        """A file is not given before it was made, by the one clock that names are dated with.

        Files of one instant may be given times of their own, up to a minute apart, which is what a name to the minute
        can tell.
        """
        try:
            made = from_digits(created) if len(created) in {12, 14} else received.instant
        except ValueError:
            return  # that it forms no date was said of the name
        self._together[received.type, received.ldc] += 1
        alike = self._together[received.type, received.ldc]
        held = made <= later(received.instant, seconds=self.case.seconds + 60 * (alike - 1) + 1)
        expected = f"a name dated no later than the file was given, {iso(received.instant)}"
        self._say("FTS-01", held, received, expected, iso(made))

    def _check_content(self, received: Received) -> None:
        rule = CONTENT_RULES[received.type]
        reading = self.case.content_of(received)
        if reading.file is None and not reading.findings:
            self.case.cannot_see(
                rule, received.instant, f"content of {received.type}", "the profile has no layout for it"
            )
            return
        wrong = list(_wrong(reading.findings))
        for finding in wrong:
            others = _OF_SETS if received.type in _SETS else _OF_NAMES
            broken = others.get(finding.code, rule)
            expected = f"{f'field {finding.field}: ' if finding.field else ''}{finding.expected}"
            observed = f"{finding.code}: {finding.found}"
            self._say(broken, False, received, expected, observed, finding.line)
        if not wrong:
            self._say(rule, True, received)
        for finding in reading.findings:
            if finding.code in _NOT_JUDGED:
                about = f"field {finding.field} of {received.type}"
                why = f"{finding.code}: {finding.found}, and no slide says what it has to be"
                self.case.cannot_see(rule, received.instant, about, why, received.file.name)

    def _say(
        self,
        rule: str,
        held: bool,
        received: Received,
        expected: str = "",
        observed: str = "",
        line: int | None = None,
    ) -> None:
        about, file = f"{received.type or 'a file'} of {received.ldc or received.file.organisation}", received.file.name
        self.case.hold(rule, held, received.instant, about, expected, observed, file, line)


_EXPECTED: Mapping[str, str] = {
    "FTS-01": "<ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>.DAT: the LDC that it is about, then its submitter",
    "FTS-02": "<TX_ID>.<FILE_NO>.<SEGMENT_NO> before .DAT in the names of file sets, and in no others",
    "FTS-04": "a FILE_NO of 00 to 05, or 07",
    "FTS-05": "a SEGMENT_NO from 01 on, and 01 of a manifest",
    "FTS-07": "a version that is active",
    "USDP-08": "requests 1000 only for an LDC that has authorised their submitter",
    "SYN-10": "file sets only for an LDC that has authorised their submitter for the type",
    "BSV-07": "requests 5000 and schedules 8000 only for an LDC that has authorised their submitter",
}


def _lacks_elements_of_a_set(name: str) -> bool:
    """Whether a name that cannot be read is that of a file of a set which has some of its elements alone."""
    elements = name.split(".")
    return _OF_ANY < len(elements) < _OF_ANY + 3 and elements[2] in _SETS


def _wrong(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """What is wrong with the content of a file, each kind of thing once."""
    found = [
        each
        for each in findings
        if each.severity is Severity.ERROR and not each.code.startswith("name-") and each.code not in _NOT_JUDGED
    ]
    kinds = sorted(found, key=lambda each: (each.code, each.field or ""))  # by line within a kind: sorting is stable
    for _, alike in groupby(kinds, key=lambda each: (each.code, each.field)):
        yield next(alike)
