"""Whether files fit a profile: of each field, how often it is filled, and what does not have its form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from harness.interface.files import Reading, Record, read_file
from harness.interface.findings import Finding
from harness.interface.profile import FieldLayout, Profile, RecordLayout

OF_FIELDS = frozenset({"field-form", "field-value", "field-missing", "field-code", "field-characters"})
"""The findings that say that a field does not fit."""
OF_RECORDS = "field-count"


@dataclass(slots=True)
class FieldFit:
    """How a field of a layout fits what was found: `first` is the first finding of those that do not."""

    layout: FieldLayout
    filled: int = 0
    unfit: int = 0
    first: Finding | None = None

    def misses(self, finding: Finding) -> None:
        self.unfit += 1
        self.first = self.first or finding


@dataclass(slots=True)
class RecordFit:
    """How the records of a kind fit: how many there were, how many have another number of fields, and each field."""

    layout: RecordLayout
    records: int = 0
    miscounted: int = 0
    first: Finding | None = None
    fields: Mapping[str, FieldFit] = field(default_factory=dict)

    @property
    def fits(self) -> bool:
        return not self.miscounted and not any(each.unfit for each in self.fields.values())


@dataclass(slots=True)
class Fitting:
    """How files fit a profile.

    :param kinds: by file (``2000.01``, or ``file 04`` of a set) and kind of record.
    :param others: findings that are about no field: of names, and of files as a whole.
    """

    files: int = 0
    kinds: dict[tuple[str, str], RecordFit] = field(default_factory=dict)
    others: list[Finding] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        return not self.others and all(kind.fits for kind in self.kinds.values())


def fitting(files: Iterable[tuple[str, bytes]], profile: Profile) -> Fitting:
    """Hold files, each with its name and content, to the layouts of a profile. Never raises."""
    found = Fitting()
    for name, content in files:
        found.files += 1
        _take(found, read_file(name, content, profile))
    return found


def _take(found: Fitting, reading: Reading) -> None:
    by_line: dict[int, RecordFit] = {}
    if reading.file is not None:
        layout = reading.file.layout
        place = layout.id if "." in layout.id else f"file {layout.id}"
        for record in _records(reading):
            fit = found.kinds.setdefault((place, record.kind), _new(record.layout))
            by_line[record.line] = fit
            fit.records += 1
            for entry in record.layout.fields:
                fit.fields[entry.name].filled += record[entry.name] is not None
    for finding in reading.findings:
        fit_of_line = by_line.get(finding.line or 0)
        if fit_of_line is not None and finding.code == OF_RECORDS:
            fit_of_line.miscounted += 1
            fit_of_line.first = fit_of_line.first or finding
        elif fit_of_line is not None and finding.code in OF_FIELDS and (finding.field or "") in fit_of_line.fields:
            fit_of_line.fields[finding.field or ""].misses(finding)
        else:
            found.others.append(finding)


def _new(layout: RecordLayout) -> RecordFit:
    return RecordFit(layout, fields={entry.name: FieldFit(entry) for entry in layout.fields})


def _records(reading: Reading) -> Iterator[Record]:
    if reading.file is not None:
        if reading.file.header is not None:
            yield reading.file.header
        yield from reading.file.others
        yield from reading.file.details
