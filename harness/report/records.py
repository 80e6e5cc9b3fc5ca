"""A file as its layout reads it: the fields of a line beside their names, and what the reader finds wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.interface.files import read_file
from harness.interface.findings import Finding
from harness.interface.profile import Profile
from harness.report.text import counted

_FINDINGS_SHOWN = 20
_DELIMITER = "|"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of a record: its name, and its text as it stands in the file."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader says of a file.

    :param fields: those of the line in question, beside their names; empty where there is none, or no layout for it.
    :param findings: what is wrong with the file, in words; of very many, the first.
    """

    fields: Sequence[FieldShown] = ()
    findings: Sequence[str] = ()


def read(name: str, content: bytes, profile: Profile, marked: int | None) -> Read:
    """Read a file by its name and content.

    :param marked: the number of the line in question.
    """
    reading = read_file(name, content, profile)
    found = [_in_words(finding) for finding in reading.findings[:_FINDINGS_SHOWN]]
    if len(reading.findings) > _FINDINGS_SHOWN:
        found.append(f"and {counted(len(reading.findings) - _FINDINGS_SHOWN, 'more finding')}")
    lines = content.split(b"\n")
    if reading.file is None or marked is None or not 1 <= marked <= len(lines):
        return Read((), found)
    code, *values = lines[marked - 1].removesuffix(b"\r").decode("ascii", "backslashreplace").split(_DELIMITER)
    layout = next((record for record in reading.file.layout.records if record.code == code), None)
    if layout is None:
        return Read((), found)
    names = [field.name for field in layout.fields] + ["one too many"] * max(0, len(values) - len(layout.fields))
    fields = [FieldShown("record", f"{code} ({layout.kind})")]
    return Read([*fields, *(FieldShown(*pair) for pair in zip(names, values, strict=False))], found)


def _in_words(finding: Finding) -> str:
    place = ", ".join(each for each in ("" if finding.line is None else f"line {finding.line}", finding.field) if each)
    return f"{place}{': ' * bool(place)}found {finding.found}, expected {finding.expected} ({finding.code})"
