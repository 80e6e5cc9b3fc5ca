"""What a reader has to say of a file that is not as it should be. A reader never guesses, and never raises.

Every code a reader of names or files can give stands in `CODES`, with its severity and meaning; docs/finding-codes.md
is the same table for people, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_SHOWN = 120
FINDING_LIMIT = 10_000
"""So many findings of a file are told; one more counts the others."""


class Severity(StrEnum):
    """An ERROR makes the file, or the record, unusable; a WARNING does not."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a file: where it stands, what was found there, what was expected.

    :param file: the file's name.
    :param line: the line from 1, or None where the finding is about the name or the file as a whole.
    :param field: the field's name in the layout, or None.
    :param code: a stable kebab-case code, such as ``field-missing``.
    """

    file: str
    line: int | None
    field: str | None
    code: str
    severity: Severity
    found: str
    expected: str

    def __str__(self) -> str:
        name = self.file if self.file.isascii() and self.file.isprintable() else shown(self.file)
        place = name if self.line is None else f"{name}:{self.line}"
        field = f" {self.field}:" if self.field else ""
        return f"{place}:{field} {self.severity} {self.code}: found {self.found}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class FindingCode:
    """What a code means.

    :param structural: after a finding of this code the file cannot be taken for whole: something of it is missing,
        out of place, or could not be read.
    """

    meaning: str
    severity: Severity = Severity.ERROR
    structural: bool = False


_ABOUT_NAMES_THAT_ARE_NONE = {
    "name-empty": "There is no name.",
    "name-too-long": "The name is longer than a file system carries.",
    "name-characters": "The name holds blanks, path separators, or characters that are not printable ASCII.",
    "name-elements": "The name has more or fewer elements between its dots than a file name has (FTS-01, FTS-06).",
}

_ABOUT_NAMES = {
    "name-ending": "The name does not end in .DAT, or does where the reading of AMB-03 says that it should not.",
    "name-organisation": "An organisation ID is not 1 to 20 letters and digits.",
    "name-file-id": "There is no such file or report type.",
    "name-withdrawn": "The report type is withdrawn (FTS-12).",
    "name-version": "There is no such version of the file or report type (FTS-07, FTS-08).",
    "name-version-retired": "The version of the file or report type is retired (FTS-07, FTS-08).",
    "name-date-time": "The date-time is not 12 or 14 digits that form a date and time.",
    "name-date-time-13-digits": "The date-time has 13 digits, as the slides print it by mistake (AMB-02).",
    "name-set-elements": "A file that is no synchronization file carries TX_ID, FILE_NO and SEGMENT_NO (FTS-02).",
    "name-set-elements-missing": "A synchronization file lacks TX_ID, FILE_NO and SEGMENT_NO (FTS-02).",
    "name-tx-id": "The TX_ID is not 1 to 20 letters and digits.",
    "name-file-no": "The FILE_NO is none of those that make up a set (FTS-04).",
    "name-segment-no": "The SEGMENT_NO is not two digits from 01 on, or not 01 for a manifest (FTS-05, SYN-05).",
}

_ABOUT_THE_WHOLE = {
    "layout-unknown": "The profile has no layout for the file type and version: the content was not read.",
    "file-empty": "The file has no content at all.",
    "file-name-record": "The File Name Record does not state the file's own name.",
    "file-name-record-missing": "The file does not begin with a File Name Record.",
    "file-name-record-not-first": "A File Name Record stands elsewhere than in line 1.",
    "header-missing": "The file has no header record.",
    "header-not-first": "The header record comes after records that it should head.",
    "header-twice": "The file has more than one header record.",
    "end-of-file-missing": "The End Of File record is missing: the file is cut (FTS-09).",
    "end-of-file-twice": "The file has more than one End Of File record.",
    "end-of-file-not-last": "Something comes after the End Of File record.",
    "detail-count": "The End Of File record does not count the detail records that there are.",
    "record-type": "The line begins with no record type of this file.",
    "characters": "The line holds control characters, or begins with a byte order mark, and was skipped.",
    "line-too-long": "The line is longer than 1 MiB, and was skipped.",
    "too-many-fields": "The line has more than 1,000 fields, and was skipped.",
    "more-findings": "There are more than 10,000 findings; this last one counts the others by code.",
}

_ABOUT_RECORDS = {
    "field-count": "The record has more or fewer fields than its layout. Fields that are missing are read as empty.",
    "field-missing": "A field that must be filled is empty.",
    "field-characters": "The field's text holds bytes that are not in its character set: it is read as empty.",
    "field-form": "The field's text says what the field is for, in another form than the layout assumes.",
    "field-value": "The field's text cannot be what the field is for: no number, or no date that there is.",
    "field-code": "The field's text is none of its code list.",
}

_ABOUT_RECORDS_TOGETHER = {
    "period-end": "A period does not end after it begins; the end date is exclusive (BSV-09).",
    "sub-period-outside": "A sub-period is not within the period that it is part of.",
    "request-id-twice": "Two requests of a file have one request detail ID.",
}

_ABOUT_SETS = {
    "manifest-missing": "Files of a synchronization set lie there without a manifest (SYN-01, SYN-07).",
    "file-unlisted": "The manifest lists no segment of a mandatory file (SYN-01).",
    "segment-missing": "A segment that the manifest lists does not lie beside it (SYN-07).",
    "segment-twice": "Two files are the same segment of one set.",
    "segment-01-missing": "The manifest lists segments of a file, and not its segment 01 (SYN-06).",
    "not-in-manifest": "The manifest does not list the segment (SYN-07).",
    "record-count": "The segment has another number of records than the manifest says.",
    "extracted-date-time": "The Extracted Date Time is not that of the manifest (SYN-09).",
    "header-ldc": "The header names another LDC than the file's name.",
    "end-not-after-start": "What a record of a set says does not end after it starts.",
}

_ABOUT_BILLING = {
    "sdp-unknown": "No file or list read beside it tells of the SDP; told once for each, where it is named first.",
    "period-overlap": "Two periods of one SDP or billing cycle overlap, or two sub-periods of one period.",
    "schedule-gap": "Between two periods of a billing cycle there are days in neither.",
}

CODES: Mapping[str, FindingCode] = {
    **{code: FindingCode(meaning, structural=True) for code, meaning in _ABOUT_NAMES_THAT_ARE_NONE.items()},
    **{code: FindingCode(meaning) for code, meaning in _ABOUT_NAMES.items()},
    **{code: FindingCode(meaning, structural=True) for code, meaning in _ABOUT_THE_WHOLE.items()},
    **{code: FindingCode(meaning) for code, meaning in _ABOUT_RECORDS.items()},
    **{code: FindingCode(meaning) for code, meaning in _ABOUT_RECORDS_TOGETHER.items()},
    **{code: FindingCode(meaning) for code, meaning in _ABOUT_SETS.items()},
    **{code: FindingCode(meaning, Severity.WARNING) for code, meaning in _ABOUT_BILLING.items()},
    "blank-line": FindingCode("The line is empty. It carries nothing, and nothing is lost by it.", Severity.WARNING),
}


def finding(file: str, line: int | None, field: str | None, code: str, found: str, expected: str) -> Finding:
    """A finding of a code of `CODES`, with the severity that belongs to it."""
    return Finding(file, line, field, code, CODES[code].severity, found, expected)


def shown(text: str) -> str:
    """A text as a finding shows it: quoted, printable ASCII, bounded."""
    return ascii(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!a}..."
