"""File names, as the workshop's slides lay them down: of data files, reports, and files of synchronization sets.

Rules FTS-01 to FTS-08 and SYN-05 as far as a name shows them; readings AMB-02, AMB-03 and AMB-28. A name is read
against a profile, which knows the file types and versions; what is wrong with it is a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.interface.findings import Finding, finding, shown
from harness.interface.identifiers import OrgId
from harness.interface.instants import from_digits
from harness.interface.profile import EITHER, Profile

_ORGANISATION = re.compile(r"[A-Za-z0-9]{1,20}")
_TX_ID = {
    "letters-and-digits": (re.compile(r"[A-Za-z0-9]{1,20}"), "1 to 20 letters and digits"),
    "digits": (re.compile(r"[0-9]{1,20}"), "1 to 20 digits"),
}
_TWO_DIGITS = re.compile(r"[0-9]{2}")
_DIGITS = re.compile(r"[0-9]+")
_ENDING = "DAT"
_MANIFEST = "00"
READ_UNDER = ("AMB-02", "AMB-03", "AMB-33")
"""The ambiguities whose readings change how a name is read."""
NAME_LIMIT = 255
"""The longest name, in characters, that a file system carries."""


def is_organisation(text: str) -> bool:
    """Whether a text can be an organisation ID: 1 to 20 letters and digits (assumed)."""
    return _ORGANISATION.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class SetPart:
    """What the name of a synchronization file says of its place in the file set (FTS-02)."""

    tx_id: str
    file_no: str
    segment_no: str


@dataclass(frozen=True, slots=True)
class FileName:
    """A file name, taken apart.

    :param org_1: the LDC that the file is about.
    :param org_2: the organisation that submits a data file, or receives a response or report (AMB-28).
    :param created: the date-time of the name: 12 digits to the minute, or 14 to the second.
    :param bare: whether the name lacks the ending .DAT, as an IR08 does in one reading of AMB-03.
    """

    org_1: OrgId
    org_2: OrgId
    file_id: str
    version: str
    created: str
    part: SetPart | None = None
    bare: bool = False

    def __str__(self) -> str:
        elements = [self.org_1, self.org_2, self.file_id, self.version, self.created]
        if self.part is not None:
            elements += [self.part.tx_id, self.part.file_no, self.part.segment_no]
        return ".".join(elements if self.bare else [*elements, _ENDING])


def read_name(text: str, profile: Profile) -> tuple[FileName | None, tuple[Finding, ...]]:
    """Take a file name apart.

    :returns: the name, or None where it cannot be taken apart, and everything that is wrong with it.
    """
    return _NameReader(text, profile).read()


class _NameReader:
    def __init__(self, text: str, profile: Profile) -> None:
        self.text = text
        self.profile = profile
        self.bare = False
        self.findings: list[Finding] = []

    def read(self) -> tuple[FileName | None, tuple[Finding, ...]]:
        elements = self._elements()
        if elements is None:
            return None, tuple(self.findings)
        org_1, org_2, file_id, version, created = elements[:5]
        self._organisation("ORG_ID_1", org_1)
        self._organisation("ORG_ID_2", org_2)
        self._type(file_id, version)
        self._created(created)
        part = self._part(file_id, elements[5:])
        name = FileName(OrgId(org_1), OrgId(org_2), file_id, version, created, part, self.bare)
        return name, tuple(self.findings)

    def _widest(self, ambiguity: str, widest: str) -> str:
        """The reading that is taken of an ambiguity; where any is right, the one that lets most names pass."""
        taken = self.profile.readings[ambiguity]
        return widest if taken == EITHER else taken

    def _found(self, field: str | None, code: str, found: str, expected: str) -> None:
        self.findings.append(finding(self.text[:NAME_LIMIT], None, field, code, shown(found), expected))

    def _elements(self) -> list[str] | None:
        """The dot-separated elements before .DAT, or None where there are too few or too many to go on."""
        unfit = self._unfit()
        if unfit is not None:
            self._found(None, unfit[0], self.text, unfit[1])
            return None
        elements = self._without_ending(self.text.split("."))
        if len(elements) not in {5, 8}:
            expected = "<ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>[.<TX_ID>.<FILE_NO>.<SEGMENT_NO>].DAT"
            self._found(None, "name-elements", self.text, expected)
            return None
        return elements

    def _unfit(self) -> tuple[str, str] | None:
        """Why the text is no file name at all, as a code and what was expected; None where it may be one."""
        if not self.text:
            return "name-empty", "a file name"
        if len(self.text) > NAME_LIMIT:
            return "name-too-long", f"at most {NAME_LIMIT} characters"
        if not self.text.isascii() or not self.text.isprintable():
            return "name-characters", "printable ASCII characters"
        if re.search(r"[ /\\]", self.text):
            return "name-characters", "no blanks and no path separators"
        return None

    def _without_ending(self, elements: list[str]) -> list[str]:
        """The elements without the ending, whatever it is; self.bare where an IR08 rightly has none."""
        last = elements[-1]
        without = _DIGITS.fullmatch(last) is not None
        endings = {"dat-ending": False, "ir08-bare": True, EITHER: without}
        self.bare = elements[2:3] == ["IR08"] and endings[self.profile.readings["AMB-03"]]
        if self.bare and not without:
            self._found(None, "name-ending", last, "no ending on an IR08, as the slide prints it")
        elif not self.bare and last != _ENDING:
            self._found(None, "name-ending", last, "the ending .DAT in capitals")
        if last != _ENDING and _ENDING in elements[5:]:  # something was put after it, such as .gz
            return elements[: elements.index(_ENDING, 5)]
        return elements if without else elements[:-1]

    def _organisation(self, field: str, text: str) -> None:
        if not _ORGANISATION.fullmatch(text):
            self._found(field, "name-organisation", text, "an organisation ID of 1 to 20 letters and digits")

    def _type(self, file_id: str, version: str) -> None:
        known = self.profile.file_types.get(file_id)
        if known is None:
            in_force = (known.id for known in self.profile.file_types.values() if not known.withdrawn)
            self._found("FILE_ID", "name-file-id", file_id, f"one of {', '.join(in_force)}")
        elif known.withdrawn:
            self._found("FILE_ID", "name-withdrawn", file_id, "a report that was not withdrawn")
        elif version in known.retired:
            self._found("VERSION", "name-version-retired", version, f"the active version {known.active}")
        elif version != known.active:
            self._found("VERSION", "name-version", version, f"the active version {known.active}")

    def _created(self, text: str) -> None:
        if len(text) == 13 and _DIGITS.fullmatch(text):
            if self._widest("AMB-02", "accept-13-digits") == "refuse-13-digits":
                expected = "12 (yyyymmddhh24mi) or 14 (yyyymmddhh24miss) digits; 13 are a slip of the workshop's slides"
                self._found("DATETIME", "name-date-time-13-digits", text, expected)
            return
        try:
            from_digits(text)
        except ValueError:
            self._found(
                "DATETIME",
                "name-date-time",
                text,
                "12 (yyyymmddhh24mi) or 14 (yyyymmddhh24miss) digits that form a date",
            )

    def _part(self, file_id: str, elements: list[str]) -> SetPart | None:
        known = self.profile.file_types.get(file_id)
        part = SetPart(*elements) if elements else None
        if known is None:  # nobody can tell whether it belongs to sets
            return part
        if known.in_sets and part is not None:
            self._place_in_set(part)
        elif known.in_sets:
            self._found(None, "name-set-elements-missing", self.text, "<TX_ID>.<FILE_NO>.<SEGMENT_NO> before .DAT")
        elif part is not None:
            expected = "no <TX_ID>.<FILE_NO>.<SEGMENT_NO>: only synchronization files carry them"
            self._found(None, "name-set-elements", ".".join(elements), expected)
        return part if known.in_sets else None

    def _place_in_set(self, part: SetPart) -> None:
        numbers = self.profile.set_file_numbers
        pattern, expected = _TX_ID[self._widest("AMB-33", "letters-and-digits")]
        if not pattern.fullmatch(part.tx_id):
            self._found("TX_ID", "name-tx-id", part.tx_id, expected)
        if part.file_no not in numbers:
            self._found("FILE_NO", "name-file-no", part.file_no, f"one of {', '.join(numbers)}")
        if not _TWO_DIGITS.fullmatch(part.segment_no) or part.segment_no == "00":
            self._found("SEGMENT_NO", "name-segment-no", part.segment_no, "two digits from 01 on")
        elif part.file_no == _MANIFEST and part.segment_no != "01":
            self._found("SEGMENT_NO", "name-segment-no", part.segment_no, "01: a manifest is not segmented")
