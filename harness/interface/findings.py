"""What a reader has to say of a file that is not as it should be. A reader never guesses, and never raises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        field = f" {self.field}:" if self.field else ""
        return f"{place}:{field} {self.severity} {self.code}: found {self.found}, expected {self.expected}"
