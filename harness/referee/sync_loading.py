"""What the staging table loader has to make of a set (STL-01, STL-03; SYN-01, -05 to -07, -09, -11, -13; USDP-07, -15).

Three kinds of trouble: what fails the load; what no data can mean, of which nothing may take effect, by whatever way;
and what the slides leave to the loader. Readings are asked for where the answer depends on them alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from harness.interface.file_sets import FIRST_SEGMENT, MANIFEST, disagreements, only_segments
from harness.interface.findings import Severity
from harness.interface.instants import Day
from harness.interface.profile import Profile
from harness.interface.set_records import (
    BEGINNING,
    CHANNEL_TO_CHANNEL,
    SDP_TO_METER,
    Key,
    Statement,
    day_or_none,
    ends_too_early,
    meters_on_two_sdps,
)
from harness.oracle.master_directory import Attribute, Record
from harness.oracle.spans import SpanDirectory, State, after_records, changes_between, together
from harness.referee.sync_content import Content
from harness.referee.sync_sets import Course

_SYNTAX = frozenset({"field-count", "field-missing", "field-value", "field-code", "record-type"})
"""Findings of records that fail a load; what else a reader finds is left to the loader."""
_MANIFEST_RULES: Mapping[str, str] = {
    "not-in-manifest": "SYN-07",
    "segment-01-missing": "SYN-06",
    "manifest-segmented": "SYN-05",
}


class Trouble(NamedTuple):
    """Something that keeps a set from being loaded as it is.

    :param file: where it stands, and the line; None where it is of the set as a whole.
    """

    rule: str
    why: str
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a set is held against.

    :param issued: the Universal SDP IDs that were issued to the LDC; None where they are not all known.
    :param created: every asset that was created, by kind.
    """

    directory: SpanDirectory
    issued: frozenset[str] | None
    created: Mapping[str, frozenset[str]]
    types: Mapping[str, str]


@dataclass(slots=True)
class Troubles:
    """What is wrong with a set.

    :param failing: what fails the load; `unfinished`: what does, or keeps the set from being complete.
    :param senseless: what no data can mean; `left_open`: what is left to the loader.
    :param perhaps_lacking: what a meter change lacks of the meter that it ends, or of one that another SDP has: it may
        be minimum data or not.
    """

    failing: list[Trouble] = field(default_factory=list)
    unfinished: list[Trouble] = field(default_factory=list)
    senseless: list[Trouble] = field(default_factory=list)
    left_open: list[Trouble] = field(default_factory=list)
    perhaps_lacking: list[Trouble] = field(default_factory=list)

    @property
    def records(self) -> list[Trouble]:
        """What IR14 has to report: each record that fails the load."""
        return [each for each in self.failing if each.line is not None]


def troubles(course: Course, content: Content, known: Known) -> Troubles:
    """What is wrong with a set under every reading."""
    found = Troubles()
    _syntax(course, found)
    _headers(course, found)
    _manifest(course, found)
    found.senseless += _unknown_assets(content, known)
    found.senseless += _unknown_sdps(content, known)
    _dates(content, found)
    if not course.is_periodic_audit:
        for trouble, is_open in _minimum_data(content, known.directory):
            (found.perhaps_lacking if is_open else found.failing).append(trouble)
    return found


def _syntax(course: Course, found: Troubles) -> None:
    for reading in course.files.values():
        for each in reading.findings:
            if each.severity is Severity.ERROR and not each.code.startswith("name-"):
                rule = "SYN-11" if each.code == "record-type" else "STL-01"
                why = f"{each.code}: found {each.found}, expected {each.expected}"
                kind = found.failing if each.code in _SYNTAX and each.line is not None else found.left_open
                kind.append(Trouble(rule, why, each.file, each.line))


def _headers(course: Course, found: Troubles) -> None:
    extracted = course.extracted
    for reading in course.files.values():
        header = None if reading.file is None else reading.file.header
        if header is None:
            continue
        stated, ldc = header["extracted_date_time"], header["ldc_org_id"]
        if stated is not None and extracted is not None and stated != extracted:
            found.failing.append(Trouble("SYN-09", "its files state different Extracted Date Times"))
        if ldc is not None and ldc != course.key.ldc:
            found.left_open.append(Trouble("STL-01", f"a header names {ldc}, not {course.key.ldc}"))


def is_unfinished(course: Course) -> bool:
    """Whether a set of which all that is listed has come may be taken for incomplete all the same."""
    found = Troubles()
    _manifest(course, found)
    return bool(found.unfinished)


def _manifest(course: Course, found: Troubles) -> None:
    for file_no in course.unlisted:
        found.unfinished.append(Trouble("SYN-01", f"its manifest does not list file {file_no}"))
    for place in only_segments(course.manifest, course.files):
        if place.segment_no != FIRST_SEGMENT and place.file_no != MANIFEST:
            why = f"file {place.file_no} comes as the one segment {place.segment_no}"
            found.unfinished.append(Trouble("FTS-05", why))
    files = {place: reading.file for place, reading in course.files.items() if reading.file is not None}
    there = {place: len(file.details) for place, file in files.items()}
    for code, _, seen, expected in disagreements(course.manifest, there):
        why = f"{code}: {seen}, expected {expected}"
        rule = _MANIFEST_RULES.get(code)
        if rule is not None:
            found.unfinished.append(Trouble(rule, why))
        elif not found.failing:
            found.left_open.append(Trouble("STL-01", why))


def _unknown_sdps(content: Content, known: Known) -> Iterator[Trouble]:
    """Universal SDP IDs that were not issued to the LDC (USDP-15), or that stand for nothing created (USDP-07)."""
    created = known.created.get("sdp", frozenset()) | {each for kind, each in content.created if kind == "sdp"}
    for name in ("universal_sdp_id", "component_universal_sdp_id"):
        for file, line, sdp in _naming(content, name):
            if known.issued is not None and sdp not in known.issued:
                yield Trouble("USDP-15", f"Universal SDP ID {sdp} was not issued to the LDC", file, line)
            elif sdp not in created:
                yield Trouble("USDP-07", f"SDP {sdp} was not created", file, line)


def _unknown_assets(content: Content, known: Known) -> Iterator[Trouble]:
    for entity in ("meter", "communication_module"):
        created = known.created.get(entity, frozenset()) | {each for kind, each in content.created if kind == entity}
        for file, line, one in _naming(content, f"{entity}_id"):
            if one not in created:
                yield Trouble("STL-01", f"{entity.replace('_', ' ')} {one} was never created", file, line)


def _naming(content: Content, name: str) -> Iterator[tuple[str, int, str]]:
    """What a field of any record names, and where."""
    for file, records in content.tables:
        if name in records.layout.positions:
            for line, one in zip(records.lines, records.of(name), strict=True):
                if one is not None:
                    yield file, line, str(one)


def _dates(content: Content, found: Troubles) -> None:
    for file, records in content.tables:
        for line, start, end in ends_too_early(records):
            why = f"it starts on {start} and ends on {end}"
            kind = found.left_open if start == end else found.senseless
            kind.append(Trouble("STL-01", why, file, line))


def _minimum_data(content: Content, directory: SpanDirectory) -> Iterator[tuple[Trouble, bool]]:
    """Meter change and removal come with the communication module and the meter's relationship to it (ISY-10, -11).

    Something is missing, and so no record is wrong: IR14 may name any, or none. No slide says whether a meter change
    that states the old meter's end needs the old meter's module as well, or whether one that fails, because another SDP
    has the meter, needs any: what is missing of that is open.
    """
    modules = {
        str(meter): str(module)
        for _, records in content.of_kind("meter_to_communication_module")
        for meter, module in zip(records.of("meter_id"), records.of("communication_module_id"), strict=True)
    }
    for _, records in content.of_kind(SDP_TO_METER):
        for record in records.records():
            sdp, meter = str(record["universal_sdp_id"]), str(record["meter_id"])
            start, end = day_or_none(record["start_date"]), day_or_none(record["end_date"])
            rule = _scenario(directory, sdp, meter, start, end)
            if not rule:
                continue
            is_open = rule == "ISY-11" and _is_replaced(content, sdp, meter, end)
            is_open = is_open or _is_in_use(directory, sdp, meter, start, end)
            if meter not in modules:
                yield Trouble(rule, f"the relationship of meter {meter} to its module is missing"), is_open
            elif ("communication_module", modules[meter]) not in content.created:
                yield Trouble(rule, f"the asset record of module {modules[meter]} is missing"), is_open


def _is_replaced(content: Content, sdp: str, meter: str, end: Day | None) -> bool:
    """Whether a set gives an SDP another meter from the day on which it ends one."""
    return end is not None and any(
        record["universal_sdp_id"] == sdp and record["meter_id"] != meter and day_or_none(record["start_date"]) == end
        for _, records in content.of_kind(SDP_TO_METER)
        for record in records.records()
    )


def _is_in_use(directory: SpanDirectory, sdp: str, meter: str, start: Day | None, end: Day | None) -> bool:
    """Whether another SDP has a meter, by earlier sets, for any of some days."""
    if start is None:
        return False
    here = State(start, end, meter)
    others = (each for each in directory.rivals(meter) if each.entity_id != sdp)
    return any(together(here, state) is not None for each in others for state in directory.histories.get(each, ()))


def _scenario(directory: SpanDirectory, sdp: str, meter: str, start: Day | None, end: Day | None) -> str:
    """Whether a relationship changes the meter of an SDP that has one then: by which rule; empty where it does not."""
    attribute = Attribute("sdp", sdp, SDP_TO_METER)
    history = directory.histories.get(attribute, ())
    if start is None or not any(
        (state.end is None or state.end > start) and (end is None or state.start < end) for state in history
    ):
        return ""
    after = after_records(history, [Record(attribute, start, end, meter)])
    if not changes_between(attribute, history, after):
        return ""
    return "ISY-10" if end is None else "ISY-11"


# --- what rests on readings ---------------------------------------------------------------------------------


def repetitions(content: Content) -> list[Trouble]:
    """Records that stand there twice (AMB-39)."""
    return [
        Trouble("STL-04", "the same record stands there twice", *each.later.source)
        for each in content.clashes
        if each.is_repetition
    ]


def contradictions(content: Content, directory: SpanDirectory) -> tuple[list[Trouble], list[Trouble]]:
    """What gives an attribute two values at a time, or a meter two SDPs (AMB-40).

    :returns: all of them; and those that cannot be resolved by letting the later one hold.
    """
    several = [each for each in content.clashes if not each.is_repetition]
    found = [Trouble("STL-01", f"two values of {_words(each.later)} at a time", *each.later.source) for each in several]
    stuck = [trouble for trouble, each in zip(found, several, strict=True) if each.later.start == each.earlier.start]

    def on_record(key: Key) -> Iterable[Day]:
        return (state.start for state in directory.histories.get(Attribute(*key), ()))

    found += [
        Trouble("STL-01", f"meter {each.later.value} at two SDPs at a time", *each.later.source)
        for each in meters_on_two_sdps(content.said, on_record)
    ]
    return found, stuck


def lacks_components(day: Day, content: Content, known: Known, profile: Profile) -> list[Trouble]:
    """Virtual SDPs that would aggregate fewer than two physical ones on a day from that of the extract on (AMB-41)."""
    virtual = profile.codes["sdp_type"]["virtual"]
    types = {**known.types, **content.types}
    said: dict[str, list[Statement]] = defaultdict(list)
    for each in content.said:
        if each.key.attribute.startswith(CHANNEL_TO_CHANNEL) and types.get(each.key.id) == virtual:
            said[each.key.id].append(each)
    assets = {one for one, kind in content.types.items() if kind == virtual}
    found = []
    for sdp in sorted({*said, *assets}):
        numbers = _numbers(known.directory, sdp, said[sdp], day, lambda one: types.get(one) != virtual)
        if 1 in numbers or (sdp in assets and not any(numbers)):
            found.append(Trouble("SYN-13", f"virtual SDP {sdp} would aggregate fewer than two physical SDPs"))
    return found


def _numbers(
    directory: SpanDirectory, sdp: str, said: Iterable[Statement], since: Day, is_physical: Callable[[str], bool]
) -> set[int]:
    """How many physical SDPs a virtual one aggregates, on some day from a day on: each number that occurs."""
    records: dict[Attribute, list[Record]] = defaultdict(list)
    for each in said:
        records[Attribute(*each.key)].append(Record(Attribute(*each.key), each.start, each.end, each.value))
    held = [each for each in directory.dated(sdp) if each.name.startswith(CHANNEL_TO_CHANNEL)]
    spans: dict[str, list[tuple[Day, Day | None]]] = defaultdict(list)
    for attribute in {*held, *records}:
        for state in after_records(directory.histories.get(attribute, ()), records[attribute]):
            if is_physical(state.value):
                spans[state.value].append((state.start, state.end))
    edges = {day for several in spans.values() for span in several for day in span if day is not None and day > since}
    return {
        sum(any(s <= day and (e is None or day < e) for s, e in several) for several in spans.values())
        for day in {since, *edges}
    }


def beyond_limits(day: Day, content: Content, directory: SpanDirectory, back: int, ahead: int) -> list[Trouble]:
    """What changes further from the day of the extract than the limits of dating allow (AMB-18)."""
    earliest, latest = day - timedelta(days=back), day + timedelta(days=ahead)
    said: dict[Attribute, list[Record]] = defaultdict(list)
    sources: dict[Attribute, tuple[str, int]] = {}
    for each in content.said:
        if each.start != BEGINNING and (each.end is None or each.end > each.start):
            attribute = Attribute(*each.key)
            said[attribute].append(Record(attribute, each.start, each.end, each.value))
            sources.setdefault(attribute, each.source)
    found = []
    for attribute, records in said.items():
        before = directory.histories.get(attribute, ())
        spans = [(each.start, each.end) for each in before] + [(each.start, each.end) for each in records]
        named = [day for span in spans for day in span if day is not None]
        if all(earliest <= day <= latest for day in named):
            continue  # what changes begins and ends on days that are named
        changes = changes_between(attribute, before, after_records(before, records))
        days = [day for change in changes for day in (change.since, change.until) if day is not None]
        if any(not earliest <= day <= latest for day in days):
            why = f"{attribute.name} changes beyond the limits of dating, {earliest} to {latest}"
            found.append(Trouble("ISY-01", why, *sources[attribute]))
    return found


def _words(said: Statement) -> str:
    return f"{said.key.attribute} of {said.key.id}"
