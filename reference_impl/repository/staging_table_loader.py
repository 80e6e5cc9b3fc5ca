"""The staging table loader: checks a set's files and content before anything of it takes effect (STL-01 to STL-05).

One ERROR and nothing of the set is applied; WARNINGs let it load. Every finding of the whole set is reported. The
checks are those of the slides, as far as these name them: Extracted Date Time (SYN-09), manifest (SYN-07), segments
(SYN-05, SYN-06), records in the right file (SYN-11), Universal SDP IDs (USDP-15), assets (USDP-07), dates and
relationships, virtual SDPs (SYN-13), and the minimum data of meter change and removal (ISY-10, ISY-11).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from harness.interface.columns import Columns, columns_of
from harness.interface.file_sets import disagreements
from harness.interface.files import Record
from harness.interface.findings import Severity
from harness.interface.instants import Day, Instant, day_of
from harness.interface.profile import Profile
from harness.interface.set_records import (
    ASSETS,
    CHANNEL_TO_CHANNEL,
    SDP_TO_METER,
    Source,
    Statement,
    Statements,
    day_or_none,
    ends_too_early,
    meters_on_two_sdps,
    overlaps,
    owners,
    parameter_words,
    statements,
)
from reference_impl.repository.file_sets import MANIFEST, ArrivingSet, segments_in_order
from reference_impl.repository.master_directory import (
    BEGINNING,
    Entity,
    Key,
    MasterDirectory,
    State,
    differences,
    holds_after,
    put,
    taken_together,
    value_on,
)

__all__ = ["ASSETS", "CHECKS", "Load", "LoadFinding", "Source", "Staged", "StagedSet", "Staging", "load", "stage"]

NOT_CREATED = "it was not created, and the set does not create it"
Staged = Statement
"""A value of an attribute that a record brings, and where the record stands."""


class Table(NamedTuple):
    """The records of one kind in one file of a set."""

    file: str
    records: Columns


class DatingLimits(NamedTuple):
    """How many days before and after the day of the extract a change may begin or end."""

    back: int
    ahead: int


class LoadFinding(NamedTuple):
    """One line of IR14. `line` is None where a finding is of a file, `file` where it is of the set, as a whole."""

    file: str | None
    line: int | None
    severity: Severity
    code: str
    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class StagedSet:
    """A set in the staging tables.

    :param values: what its records bring, in the order of files, segments and lines.
    :param sdps: the SDPs that it has an asset record for.
    """

    values: Sequence[Staged]
    sdps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Load:
    """What loading a set came to."""

    staged: StagedSet
    findings: tuple[LoadFinding, ...]

    @property
    def succeeded(self) -> bool:
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Staging:
    """A set that is being loaded, with all that its records are held against.

    :param issued: the Universal SDP IDs that were issued to the LDC.
    :param tables: its records, by file and kind.
    :param created: the assets that the set has records for, by kind; `sdp_types` of them, by Universal SDP ID.
    """

    arriving: ArrivingSet
    tables: tuple[Table, ...]
    staged: StagedSet
    directory: MasterDirectory
    issued: frozenset[str]
    created: Mapping[Entity, Set[str]]
    sdp_types: Mapping[str, str]
    profile: Profile
    limits: DatingLimits | None = None

    @property
    def records(self) -> Sequence[tuple[Source, Record]]:
        """All records, in the order of files, segments and lines."""
        return self.of_kind(*{table.records.layout.kind for table in self.tables})

    def of_kind(self, *kinds: str) -> Sequence[tuple[Source, Record]]:
        """The records of some kinds, in the order of files, segments and lines."""
        chosen = (table for table in self.tables if table.records.layout.kind in kinds)
        found = ((Source(table.file, record.line), record) for table in chosen for record in table.records.records())
        return sorted(found, key=lambda entry: entry[0])

    def known(self, entity: Entity) -> Set[str]:
        """What was created of an entity, or is by this set."""
        return self.directory.identifiers(entity) | self.created.get(entity, frozenset())

    def naming_others(self, field: str, known: Set[str]) -> Iterator[tuple[Source, str]]:
        """The records of which a field names what is not known, and what."""
        for table in self.tables:
            names = table.records.of(field) if field in table.records.layout.positions else ()
            wrong = set(names).difference(known, (None,))
            if wrong:
                yield from (
                    (Source(table.file, line), str(name))
                    for line, name in zip(table.records.lines, names, strict=True)
                    if name in wrong
                )


def dating_limits(values: Mapping[str, int], reading: str) -> DatingLimits | None:
    """How far back and ahead a change may lie; None where there is no limit (AMB-18)."""
    limits = DatingLimits(values["retroactive_dating_limit_days"], values["future_dating_limit_days"])
    return {"no-limit": None, "within-limits": limits}[reading]


def load(
    arriving: ArrivingSet,
    directory: MasterDirectory,
    issued: frozenset[str],
    profile: Profile,
    limits: DatingLimits | None = None,
) -> Load:
    """Load a complete set into the staging tables: every check is made, and everything found is reported (STL-05)."""
    found = tuple(tables(arriving))
    staged = stage(found, profile)
    created, types = created_by(found), types_by(found)
    staging = Staging(arriving, found, staged, directory, issued, created, types, profile, limits)
    findings = [finding for check in CHECKS for finding in sorted(check(staging), key=_place)]
    return Load(staged, tuple(findings))


def _place(finding: LoadFinding) -> tuple[str, int]:
    return finding.file or "", finding.line or 0


def tables(arriving: ArrivingSet) -> Iterator[Table]:
    """The records of a set, by file and kind: of I-Sync and P-Sync alike (SYN-03); a file may have none (SYN-04)."""
    for place, reading in segments_in_order(arriving):
        if place.file_no != MANIFEST and reading.file is not None:
            for records in columns_of(reading.file.details):
                yield Table(str(reading.file.name), records)


# --- staging ------------------------------------------------------------------------------------------------


def stage(tables: Sequence[Table], profile: Profile) -> StagedSet:
    """What records bring to which attributes, relationships too (SYN-12); of one that lacks what it needs, nothing."""
    words = parameter_words(profile.codes)
    values: Sequence[Staged] = Statements(
        said for table in tables for said in statements(table.file, table.records, words)
    )
    readings = profile.decided()
    for read in (INTERRUPTED[readings["AMB-38"]], CONTRADICTED[readings["AMB-40"]]):
        values = values if read is None else attribute_by_attribute(values, read)
    return StagedSet(values, frozenset(types_by(tables)))


def attribute_by_attribute(values: Iterable[Staged], read: Callable[[Sequence[Staged]], list[Staged]]) -> list[Staged]:
    """What is said, with all that is said of one attribute read together, in order of its days."""
    about: dict[Key, list[Staged]] = defaultdict(list)
    for value in values:
        about[value.key].append(value)
    return [value for said in about.values() for value in read(sorted(said, key=lambda each: each.start))]


def ended_where_interrupted(said: Sequence[Staged]) -> list[Staged]:
    """What has no end, ended for good where a later span with one begins (AMB-38)."""
    spans = [value.start for value in said if value.end is not None]
    return [
        value._replace(end=min((start for start in spans if start > value.start), default=None))
        if value.end is None
        else value
        for value in said
    ]


def cut_where_a_later_begins(said: Sequence[Staged]) -> list[Staged]:
    """Of spans that overlap, the earlier ended where the later begins (AMB-40)."""
    starts = [value.start for value in said]
    return [
        value
        if value.end is None
        else value._replace(end=min([value.end, *(start for start in starts if start > value.start)]))
        for value in said
    ]


INTERRUPTED: Mapping[str, Callable[[Sequence[Staged]], list[Staged]] | None] = {
    "comes-back": None,
    "ends": ended_where_interrupted,
}
CONTRADICTED: Mapping[str, Callable[[Sequence[Staged]], list[Staged]] | None] = {
    "refused": None,
    "later-holds": cut_where_a_later_begins,
}
REPEATED: Mapping[str, Severity | None] = {"warning": Severity.WARNING, "no-finding": None, "error": Severity.ERROR}
"""What the same record twice is, by the readings of AMB-39."""


def types_by(tables: Iterable[Table]) -> Mapping[str, str]:
    """The types of the SDPs that there are asset records for, by Universal SDP ID."""
    of_sdps = [table.records for table in tables if table.records.layout.kind == "sdp"]
    return {
        str(identifier): str(kind)
        for records in of_sdps
        for identifier, kind in zip(records.of("universal_sdp_id"), records.of("sdp_type"), strict=True)
    }


# --- checks -------------------------------------------------------------------------------------------------


def _error(source: Source | None, code: str, message: str, field: str | None = None) -> LoadFinding:
    file, line = (None, None) if source is None else source
    return LoadFinding(file, line, Severity.ERROR, code, field, message)


def check_syntax(staging: Staging) -> Iterator[LoadFinding]:
    """What the files' readings found, records in the wrong file among it (SYN-11)."""
    for _, reading in segments_in_order(staging.arriving):
        for found in reading.findings:
            message = f"found {found.found}, expected {found.expected}"
            yield LoadFinding(found.file, found.line, found.severity, found.code, found.field, message[:200])


def check_headers(staging: Staging) -> Iterator[LoadFinding]:
    """Each header names the set's LDC and the same Extracted Date Time (SYN-09)."""
    extracted = extracted_date_time(staging.arriving)
    for _, reading in segments_in_order(staging.arriving):
        if reading.file is None or reading.file.header is None:
            continue
        header, name = reading.file.header, str(reading.file.name)
        if header["extracted_date_time"] != extracted:
            message = "the Extracted Date Time is not that of the manifest"
            yield _error(Source(name, header.line), "extracted-date-time", message, "extracted_date_time")
        if header["ldc_org_id"] != staging.arriving.key.ldc:
            message = "the LDC is not the one of the file name"
            yield _error(Source(name, header.line), "header-ldc", message, "ldc_org_id")


def extracted_date_time(arriving: ArrivingSet) -> Instant:
    """The Extracted Date Time of a set, as its manifest states it; the arrival of the set where it states none."""
    reading = next(reading for place, reading in arriving.files.items() if place.file_no == MANIFEST)
    header = None if reading.file is None else reading.file.header
    stated = None if header is None else header["extracted_date_time"]
    return Instant(stated) if isinstance(stated, datetime) else arriving.first_received


def check_manifest(staging: Staging) -> Iterator[LoadFinding]:
    """The manifest lists each segment that came, and its records; segments start at 01 (SYN-06, SYN-07, FTS-05)."""
    files = {place: reading.file for place, reading in staging.arriving.files.items() if reading.file is not None}
    records = {place: len(file.details) for place, file in files.items()}
    for code, place, found, expected in disagreements(staging.arriving.manifest, records):
        name = None if place is None else str(files[place].name)
        yield LoadFinding(name, None, Severity.ERROR, code, None, f"found {found}, expected {expected}")


def check_universal_sdp_ids(staging: Staging) -> Iterator[LoadFinding]:
    """Each Universal SDP ID was issued to the LDC (USDP-15), and stands for an SDP that was created (USDP-07)."""
    known = staging.issued & staging.known("sdp")
    for field in ("universal_sdp_id", "component_universal_sdp_id"):
        for source, sdp in staging.naming_others(field, known):
            if sdp not in staging.issued:
                yield _error(source, "universal-sdp-id-unknown", "it was not issued to the LDC", field)
            else:
                yield _error(source, "sdp-unknown", "the SDP was not created, and the set does not create it", field)


def check_assets(staging: Staging) -> Iterator[LoadFinding]:
    """Each meter and communication module that a record names was created, or is by this set."""
    for source, _ in staging.naming_others("meter_id", staging.known("meter")):
        yield _error(source, "meter-unknown", NOT_CREATED, "meter_id")
    for source, _ in staging.naming_others("communication_module_id", staging.known("communication_module")):
        yield _error(source, "communication-module-unknown", NOT_CREATED, "communication_module_id")


def created_by(tables: Iterable[Table]) -> Mapping[Entity, Set[str]]:
    """The assets that there are records for, by what kind of thing they are."""
    found: dict[Entity, set[str]] = defaultdict(set)
    for table in tables:
        if table.records.layout.kind in ASSETS:
            entity, identifiers = owners(table.records)
            found[entity].update(map(str, identifiers))
    return found


def check_dates(staging: Staging) -> Iterator[LoadFinding]:
    """What ends, ends after it starts."""
    for table in staging.tables:
        for line, start, end in ends_too_early(table.records):
            message = f"it starts on {start} and ends on {end}"
            yield _error(Source(table.file, line), "end-not-after-start", message, "end_date")


def check_overlaps(staging: Staging) -> Iterator[LoadFinding]:
    """Two records do not give one attribute two values at a time; the same record twice, see AMB-39."""
    severity = REPEATED[staging.profile.decision("AMB-39")]
    for clash in overlaps(staging.staged.values):
        (file, line), (other, other_line) = clash.later.source, clash.earlier.source
        if clash.is_repetition:
            message = f"it says the same as line {other_line} of {other}"
            if severity is not None:
                yield LoadFinding(file, line, severity, "repeated", None, message[:200])
        else:
            yield _error(clash.later.source, "overlap", f"it overlaps with line {other_line} of {other}"[:200])


def check_meters_used_once(staging: Staging) -> Iterator[LoadFinding]:
    """A set does not give a meter to two SDPs at a time (AMB-40)."""
    if {"refused": False, "later-holds": True}[staging.profile.decision("AMB-40")]:
        return

    def starts_on_record(key: Key) -> Iterator[Day]:
        return (state.start for state in staging.directory.history(key))

    for clash in meters_on_two_sdps(staging.staged.values, starts_on_record):
        file, line = clash.earlier.source
        message = f"line {line} of {file} gives the meter to another SDP then"
        yield _error(clash.later.source, "meter-on-two-sdps", message[:200], "meter_id")


def check_virtual_sdps(staging: Staging) -> Iterator[LoadFinding]:
    """A virtual SDP aggregates two or more physical ones, also after the set (SYN-13).

    What held before the day of the extract is no matter. From there on its components are two or more on each day on
    which it has any; one that has an asset record has some.
    """
    named = virtual_sdps_named(staging)
    if not named or {"refused": False, "taken": True}[staging.profile.decision("AMB-41")]:
        return
    extracted = day_of(extracted_date_time(staging.arriving))
    said: dict[str, list[Staged]] = defaultdict(list)
    for columns in Statements.of(staging.staged.values).columns:
        if columns.attribute.startswith(CHANNEL_TO_CHANNEL):
            for value in columns.statements():
                said[value.key.id].append(value)
    for identifier, (source, has_asset) in named.items():
        numbers = numbers_of_components(physical_components(staging, identifier, said[identifier]), extracted)
        if 1 in numbers or (has_asset and not any(numbers)):
            message = f"it would aggregate {min(numbers - {0}, default=0)} physical SDPs, and needs two"
            yield _error(source, "virtual-sdp-components", message, "sdp_type" if has_asset else None)


def virtual_sdps_named(staging: Staging) -> Mapping[str, tuple[Source, bool]]:
    """The virtual SDPs of which a set has records, with the first of them, and whether it is the asset record."""
    virtual = staging.profile.codes["sdp_type"]["virtual"]
    named = {
        str(identifier): (Source(table.file, line), True)
        for table in staging.tables
        if table.records.layout.kind == "sdp"
        for line, identifier, kind in zip(
            table.records.lines, table.records.of("universal_sdp_id"), table.records.of("sdp_type"), strict=True
        )
        if kind == virtual
    }
    for source, record in staging.of_kind("channel_to_channel"):
        identifier = str(record["universal_sdp_id"])
        if sdp_type(staging, identifier) == virtual:
            named.setdefault(identifier, (source, False))
    return named


def physical_components(staging: Staging, virtual_sdp: str, said: Iterable[Staged]) -> Mapping[str, list[State]]:
    """When a virtual SDP aggregates which physical ones, as it will be after the set."""
    virtual = staging.profile.codes["sdp_type"]["virtual"]
    by_key: dict[Key, list[Staged]] = defaultdict(list)
    for value in said:
        by_key[value.key].append(value)
    names = staging.directory.attributes_of("sdp", virtual_sdp)
    keys = {Key("sdp", virtual_sdp, name) for name in names if name.startswith(CHANNEL_TO_CHANNEL)} | by_key.keys()
    components: dict[str, list[State]] = defaultdict(list)
    for key in keys:
        for state in taken_together(by_key[key], staging.directory.history(key)):
            if sdp_type(staging, state.value) != virtual:
                components[state.value].append(state)
    return components


def numbers_of_components(components: Mapping[str, Iterable[State]], since: Day) -> set[int]:
    """How many components there are, on some day from a day on: each number that occurs."""
    states = [state for held in components.values() for state in held]
    days = {since, *(day for state in states for day in (state.start, state.end) if day is not None and day > since)}
    return {sum(value_on(tuple(held), day) is not None for held in components.values()) for day in days}


def sdp_type(staging: Staging, universal_sdp_id: str) -> str | None:
    """Whether an SDP is physical or virtual, by this set or by the Master Directory."""
    if universal_sdp_id in staging.sdp_types:
        return staging.sdp_types[universal_sdp_id]
    return value_on(staging.directory.history(Key("sdp", universal_sdp_id, "sdp_type")), BEGINNING)


def check_minimum_data(staging: Staging) -> Iterator[LoadFinding]:
    """Meter change and removal by I-Sync come with the communication module and its meter (ISY-10, ISY-11)."""
    if staging.arriving.is_periodic_audit:
        return
    modules = {
        str(record["meter_id"]): str(record["communication_module_id"])
        for _, record in staging.of_kind("meter_to_communication_module")
    }
    for source, record in staging.of_kind(SDP_TO_METER):
        meter = str(record["meter_id"])
        if not is_meter_change_or_removal(record, staging.directory):
            continue
        if meter not in modules:
            message = "a meter change or removal needs the meter's relationship to its communication module"
            yield _error(source, "minimum-data-relationship", message, "meter_id")
        elif modules[meter] not in staging.created.get("communication_module", frozenset()):
            message = "a meter change or removal needs the asset record of the communication module"
            yield _error(source, "minimum-data-module", message, "meter_id")


def is_meter_change_or_removal(record: Record, directory: MasterDirectory) -> bool:
    """Whether a record changes the meter of an SDP that has one then; the same relationship again does not."""
    history = directory.history(Key("sdp", str(record["universal_sdp_id"]), SDP_TO_METER))
    start, end = day_or_none(record["start_date"]), day_or_none(record["end_date"])
    if start is None or not any(
        holds_after((state,), start) and (end is None or state.start < end) for state in history
    ):
        return False
    return bool(differences(history, put(history, start, end, str(record["meter_id"]))))


def check_dating(staging: Staging) -> Iterator[LoadFinding]:
    """No change begins or ends too far from the day of the extract, where there are limits (AMB-18).

    What is held already may be said again from whatever day it holds.
    """
    if staging.limits is None:
        return
    extracted = day_of(extracted_date_time(staging.arriving))
    earliest = Day(extracted - timedelta(days=staging.limits.back))
    latest = Day(extracted + timedelta(days=staging.limits.ahead))
    said: dict[Key, list[Staged]] = defaultdict(list)
    for value in staging.staged.values:
        if value.start != BEGINNING and (value.end is None or value.end > value.start):
            said[value.key].append(value)
    for key, about_one in said.items():
        before = staging.directory.history(key)
        changed = differences(before, taken_together(about_one, before))
        days = sorted({day for span in changed for day in (span.start, span.end) if day is not None})
        for day in days:
            if not earliest <= day <= latest:
                source = next((value.source for value in about_one if day in value[1:3]), about_one[0].source)
                code, limit = ("too-far-back", earliest) if day < earliest else ("too-far-ahead", latest)
                yield _error(source, code, f"it changes {key.attribute} on {day}, and the limit is {limit}"[:200])


CHECKS = (
    check_syntax,
    check_headers,
    check_manifest,
    check_universal_sdp_ids,
    check_assets,
    check_dates,
    check_overlaps,
    check_meters_used_once,
    check_virtual_sdps,
    check_minimum_data,
    check_dating,
)
"""Every check, in the order in which IR14 reports them."""
