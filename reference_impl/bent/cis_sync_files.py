"""Faults of a CIS in the files of its sets: which there are, segments, manifest, headers (SYN-01, -02, -04 to -09)."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from typing import Any

from harness.interface.instants import digits, from_digits, later
from reference_impl.bent.bending import Application, Bent, renamed, replaced
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.bent.cis_sync_bending import (
    MANIFEST,
    PERIODIC,
    Part,
    entries_of_sets,
    lines_of_sets,
    of_each_set,
    of_sets,
    part_of,
)
from reference_impl.bent.cis_sync_sequence import FIRST_SET
from reference_impl.cis import file_sets, instructions
from reference_impl.cis.records import Entry
from reference_impl.cis.state import Desk, State, Submission

COMPONENTS = "07"
HEADED_LINES = 2
"""The lines of a file without records: its name, and its header."""


def _is_later(part: Part) -> bool:
    return part.tx_id > FIRST_SET


def _without(concerns: Callable[[Part], bool]) -> Application:
    """Do not send some files."""
    return of_sets(lambda file, part: [] if concerns(part) else [file])


def _manifest(change: Callable[[list[str], Part], list[str]]) -> Application:
    """Change what manifests list; the lines that are given are those of segments."""
    return lines_of_sets(
        lambda lines, part: [*lines[:2], *change(lines[2:], part)] if part.file_no == MANIFEST else lines
    )


def _lists(line: str, file_no: str) -> bool:
    return line.startswith(f"MF|{file_no}|")


def _without_premises(original: Any) -> Any:
    """What is sent again is sent without file 02."""

    def repeat_rejected(state: State, desk: Desk) -> None:
        sent = state.outbox
        state.outbox = []
        original(state, desk)
        again = [file for file in state.outbox if (part := part_of(file)) is None or part.file_no != "02"]
        state.outbox = [*sent, *again]

    return repeat_rejected


# --- file 07 (SYN-02) ---------------------------------------------------------------------------------------


def _without_last_virtual(entries: list[Entry], _: str) -> list[Entry]:
    virtual = [dict(entry.fields)["universal_sdp_id"] for entry in entries if entry.file_no == COMPONENTS]
    several = len(set(virtual)) > 1
    return [
        entry
        for entry in entries
        if not (several and entry.file_no == COMPONENTS and dict(entry.fields)["universal_sdp_id"] == virtual[-1])
    ]


# --- manifest and segments (SYN-05 to SYN-08) ---------------------------------------------------------------


def _renumbered(file: Submission, segment_no: str) -> Submission:
    """A file as another segment."""
    return renamed(file, lambda name: ".".join([*name.split(".")[:7], segment_no, "DAT"]))


def _manifest_in_two(concerns: Callable[[Part, int], bool]) -> Application:
    """Send the last line of manifests as a segment of its own."""

    def change(file: Submission, part: Part) -> list[Submission]:
        lines = file.content.decode().split("\r\n")[:-1]
        if part.file_no != MANIFEST or not concerns(part, len(lines)):
            return [file]
        halves = lines[:-1], [*lines[:2], lines[-1]]
        first, second = (
            dataclasses.replace(file, content="".join(f"{line}\r\n" for line in half).encode()) for half in halves
        )
        return [first, _renumbered(second, "02")]

    return of_sets(change)


def _counted_from(first: Callable[[Sequence[Entry]], int]) -> Application:
    """Number segments from another number on, in names and manifest."""

    def make(original: Any) -> Any:
        def segments(entries: Sequence[Entry]) -> Any:
            for number, (_, part) in enumerate(original(entries), start=first(entries)):
                yield f"{number:02}", part

        return segments

    return replaced(file_sets, "segments", make)


def _as_segment(concerns: Callable[[Part], bool], segment_no: str) -> Application:
    return of_sets(lambda file, part: [_renumbered(file, segment_no) if concerns(part) else file])


def _torn(concerns: Callable[[Part, bool], bool]) -> Application:
    """Let segments end in the middle of a record, which goes on in the next one.

    :param concerns: whether a segment does; it is given whether the next one is the last.
    """

    def change(files: dict[Part, list[str]]) -> dict[Part, list[str]]:
        parts = list(files)
        for part, following in itertools.pairwise(parts):
            is_last = not any(
                other.file_no == part.file_no and other.segment_no > following.segment_no for other in parts
            )
            if part.file_no == following.file_no and concerns(part, is_last):
                record = files[part][-1]
                middle = len(record) // 2
                files[part] = [*files[part][:-1], record[:middle]]
                files[following] = [*files[following][:2], record[middle:], *files[following][2:]]
        return files

    return of_each_set(change)


# --- headers (SYN-04, SYN-09) -------------------------------------------------------------------------------


def _stated(change: Callable[[str, Part], str]) -> Application:
    """Change the Extracted Date Time of headers, in digits."""

    def changed(lines: list[str], part: Part) -> list[str]:
        code, ldc, moment, *more = lines[1].split("|")
        return [lines[0], "|".join([code, ldc, change(moment, part), *more]), *lines[2:]]

    return lines_of_sets(changed)


def _moved(moment: str, **by: int) -> str:
    return digits(later(from_digits(moment), **by))


def _of_first_set() -> Application:
    """State the time of the first set in all."""
    first: dict[str, str] = {}

    def change(lines: list[str], part: Part) -> list[str]:
        code, ldc, moment, *more = lines[1].split("|")
        if part.tx_id == FIRST_SET:
            first[ldc] = moment
        return [lines[0], "|".join([code, ldc, first[ldc], *more]), *lines[2:]]

    return lines_of_sets(change)


def _without_header(lines: list[str]) -> list[str]:
    return [lines[0], *lines[2:]]


CIS_FILES_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_empty_files_left_out",
        "SYN-01",
        "files without records are neither sent nor listed",
        replaced(file_sets, "files_of", lambda _: lambda extract: sorted({entry.file_no for entry in extract.entries})),
    ),
    cis_fault(
        "cis_audit_without_agreements",
        "SYN-01",
        "P-Sync sets have no file 03",
        _without(lambda part: part.kind == PERIODIC and part.file_no == "03"),
    ),
    cis_fault(
        "cis_manifest_without_relationships",
        "SYN-01",
        "the manifest does not list file 05",
        _manifest(lambda listed, _: [line for line in listed if not _lists(line, "05")]),
    ),
    cis_fault(
        "cis_second_set_without_premises",
        "SYN-01",
        "sets after the first have no file 02",
        _without(lambda part: _is_later(part) and part.file_no == "02"),
    ),
    cis_fault(
        "cis_second_set_without_manifest",
        "SYN-01",
        "sets after the first have no manifest",
        _without(lambda part: _is_later(part) and part.file_no == MANIFEST),
    ),
    cis_fault(
        "cis_repeated_set_without_premises",
        "SYN-01",
        "sets that are sent again have no file 02",
        replaced(instructions, "repeat_rejected", _without_premises),
    ),
    cis_fault(
        "cis_components_file_left_out",
        "SYN-02",
        "file 07 is not sent",
        _without(lambda part: part.file_no == COMPONENTS),
    ),
    cis_fault(
        "cis_audit_without_components_file",
        "SYN-02",
        "P-Sync sets have no file 07",
        _without(lambda part: part.kind == PERIODIC and part.file_no == COMPONENTS),
    ),
    cis_fault(
        "cis_components_file_not_listed",
        "SYN-02",
        "the manifest does not list file 07",
        _manifest(lambda listed, _: [line for line in listed if not _lists(line, COMPONENTS)]),
    ),
    cis_fault(
        "cis_last_virtual_left_out_of_components",
        "SYN-02",
        "file 07 says nothing of the last of several virtual SDPs",
        entries_of_sets(_without_last_virtual),
    ),
    cis_fault(
        "cis_manifest_without_name_record",
        "SYN-04",
        "manifests have no File Name Record",
        lines_of_sets(lambda lines, part: lines[1:] if part.file_no == MANIFEST else lines),
    ),
    cis_fault(
        "cis_empty_files_without_header",
        "SYN-04",
        "files without records have no File Header Record",
        lines_of_sets(lambda lines, _: lines[:1] if len(lines) == HEADED_LINES else lines),
    ),
    cis_fault(
        "cis_empty_files_without_a_line",
        "SYN-04",
        "files without records have no content at all",
        lines_of_sets(lambda lines, _: [] if len(lines) == HEADED_LINES else lines),
    ),
    cis_fault(
        "cis_segments_without_header",
        "SYN-04",
        "segments after the first have no File Header Record",
        lines_of_sets(lambda lines, part: _without_header(lines) if part.segment_no > "01" else lines),
    ),
    cis_fault(
        "cis_second_set_header_first",
        "SYN-04",
        "in sets after the first the header comes before the File Name Record",
        lines_of_sets(lambda lines, part: [lines[1], lines[0], *lines[2:]] if _is_later(part) else lines),
    ),
    cis_fault(
        "cis_audit_without_name_records",
        "SYN-04",
        "files of P-Sync sets have no File Name Record",
        lines_of_sets(lambda lines, part: lines[1:] if part.kind == PERIODIC else lines),
    ),
    cis_fault(
        "cis_manifest_in_two_segments",
        "SYN-05",
        "the manifest is sent in two segments",
        _manifest_in_two(lambda _, __: True),
    ),
    cis_fault(
        "cis_manifest_of_audit_in_two_segments",
        "SYN-05",
        "the manifest of a P-Sync set is sent in two segments",
        _manifest_in_two(lambda part, _: part.kind == PERIODIC),
    ),
    cis_fault(
        "cis_second_manifest_in_two_segments",
        "SYN-05",
        "from the second set on the manifest is sent in two segments",
        _manifest_in_two(lambda part, _: _is_later(part)),
    ),
    cis_fault(
        "cis_long_manifest_in_two_segments",
        "SYN-05",
        "a manifest that lists more than ten segments is sent in two",
        _manifest_in_two(lambda _, lines: lines > 10 + HEADED_LINES),
    ),
    cis_fault("cis_segments_from_zero", "SYN-06", "segments begin with 00", _counted_from(lambda _: 0)),
    cis_fault("cis_segments_from_two", "SYN-06", "segments begin with 02", _counted_from(lambda _: 2)),
    cis_fault(
        "cis_many_segments_from_zero",
        "SYN-06",
        "the segments of a file that has several begin with 00",
        _counted_from(lambda entries: 0 if len(entries) > file_sets.SEGMENT_RECORDS else 1),
    ),
    cis_fault(
        "cis_segments_of_audit_from_two",
        "SYN-06",
        "file 05 of a P-Sync set begins with segment 02",
        _as_segment(lambda part: part.kind == PERIODIC and (part.file_no, part.segment_no) == ("05", "01"), "99"),
    ),
    cis_fault(
        "cis_second_set_from_segment_two",
        "SYN-06",
        "file 04 of sets after the first is segment 02",
        _as_segment(lambda part: _is_later(part) and part.file_no == "04", "02"),
    ),
    cis_fault(
        "cis_first_segments_listed_alone",
        "SYN-07",
        "the manifest lists the first segment of each file alone",
        _manifest(lambda listed, _: [line for line in listed if line.split("|")[2] == "01"]),
    ),
    cis_fault(
        "cis_file_listed_in_vain",
        "SYN-07",
        "the manifest lists a file 07 that is not sent",
        _manifest(lambda listed, _: listed if any(_lists(line, "07") for line in listed) else [*listed, "MF|07|01|0"]),
    ),
    cis_fault(
        "cis_last_line_of_second_manifest_left_out",
        "SYN-07",
        "from the second set on the last line of the manifest is left out",
        _manifest(lambda listed, part: listed[:-1] if _is_later(part) else listed),
    ),
    cis_fault(
        "cis_second_segment_of_audit_listed_in_vain",
        "SYN-07",
        "the manifest of a P-Sync set lists one segment more of its last file than is sent",
        _manifest(lambda listed, part: [*listed, "MF|05|98|0"] if part.kind == PERIODIC else listed),
    ),
    cis_fault("cis_records_torn", "SYN-08", "segments end in the middle of a record", _torn(lambda _, __: True)),
    cis_fault(
        "cis_last_segment_torn",
        "SYN-08",
        "the last segment begins in the middle of a record",
        _torn(lambda _, is_last: is_last),
    ),
    cis_fault(
        "cis_records_of_audit_torn",
        "SYN-08",
        "segments of P-Sync sets end in the middle of a record",
        _torn(lambda part, _: part.kind == PERIODIC),
    ),
    cis_fault(
        "cis_relationships_torn",
        "SYN-08",
        "segments of file 05 end in the middle of a record",
        _torn(lambda part, _: part.file_no == "05"),
    ),
    cis_fault(
        "cis_time_of_each_file",
        "SYN-09",
        "each file states when it was written, a second after the one before it",
        _stated(lambda moment, part: _moved(moment, seconds=int(part.file_no))),
    ),
    cis_fault(
        "cis_manifest_a_minute_later",
        "SYN-09",
        "the manifest states a time that is a minute later than that of its files",
        _stated(lambda moment, part: _moved(moment, minutes=part.file_no == MANIFEST)),
    ),
    cis_fault(
        "cis_segments_a_minute_later",
        "SYN-09",
        "segments after the first state a time that is a minute later",
        _stated(lambda moment, part: _moved(moment, minutes=part.segment_no > "01")),
    ),
    cis_fault("cis_time_of_first_set", "SYN-09", "every set states the time of the first one", _of_first_set()),
    cis_fault(
        "cis_time_is_midnight",
        "SYN-09",
        "the Extracted Date Time is the beginning of the day",
        _stated(lambda moment, _: f"{moment[:8]}000000"),
    ),
    cis_fault(
        "cis_audit_extracted_ahead",
        "SYN-09",
        "a P-Sync set states a time that is an hour after it left",
        _stated(lambda moment, part: _moved(moment, minutes=60 * (part.kind == PERIODIC))),
    ),
)
