"""Sets of any size: what is found of them block by block is what is found of files read whole, and takes no memory.

The plain way of inspecting is stated here: each file is read whole, what its records say is gone through one by one,
and then the files are held together.
"""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.audit import inspection
from harness.audit.inspection import inspect
from harness.interface.file_sets import Place
from harness.interface.files import Summary, read_file
from harness.interface.findings import Finding, finding
from harness.interface.identifiers import OrgId
from harness.interface.instants import instant
from harness.interface.profile import load_profile
from harness.interface.set_check import SetFile, findings_of_sets
from harness.interface.set_records import day_or_none
from harness.stories.make_set import Wish, make

PROFILE = load_profile()
MIB = 2**20


def made(sdps: int, folder: Path, segment_records: int | None = None) -> dict[str, bytes]:
    """A P-Sync set, whole and right, by the names of its files."""
    at, ldc = instant("2011-01-10T06:00:00-05:00"), OrgId("ORG11111")
    make(Wish("p-sync", sdps, seed=3, at=at, ldc=ldc, segment_records=segment_records), PROFILE, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


with tempfile.TemporaryDirectory() as _folder:
    WHOLE = made(6, Path(_folder), segment_records=9)


# --- The plain way -----------------------------------------------------------------------------------------


def found_plainly(files: Mapping[str, bytes]) -> dict[str, list[tuple[int, str, str]]]:
    """What is found of the files of a folder: by file, the line, code and what stands there."""
    found: dict[str, list[Finding]] = {}
    of_sets = []
    for name, content in files.items():
        reading = read_file(name, content, PROFILE)
        details = () if reading.file is None else reading.file.details
        found[name] = [*reading.findings]
        entries: dict[Place, tuple[int, int]] = {}
        for record in details:
            if record.kind == "manifest_entry":
                place = Place(str(record["file_no"]), str(record["segment_no"]))
                entries[place] = int(str(record["record_count"] or 0)), record.line
            elif "end_date" in record.layout.positions:
                start, end = day_or_none(record["start_date"]), day_or_none(record["end_date"])
                if start is not None and end is not None and end <= start:
                    expected = f"a day after {start:%Y%m%d}"
                    more = finding(name, record.line, "end_date", "end-not-after-start", f"{end:%Y%m%d}", expected)
                    found[name].append(more)
        if reading.name is not None and reading.file is not None:
            header = reading.file.header
            summary = Summary(reading.name, reading.file.layout, 0, len(details), reading.findings, header)
            of_sets.append(SetFile(name, reading.name, summary, entries))
    for name, together in findings_of_sets(of_sets).items():
        found[name] += together
    return {name: told(each) for name, each in found.items()}


def told(findings: list[Finding]) -> list[tuple[int, str, str]]:
    return sorted((each.line or 0, each.code, each.found) for each in findings)


# --- What sets come to -------------------------------------------------------------------------------------


def cut(content: bytes, place: int) -> bytes:
    return content[: place % (len(content) + 1)]


def lines_of(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def without_a_line(content: bytes, place: int) -> bytes:
    lines = lines_of(content)
    del lines[place % len(lines)]
    return b"".join(lines)


def with_a_line_twice(content: bytes, place: int) -> bytes:
    lines = lines_of(content)
    return b"".join([*lines, lines[place % len(lines)]])


def in_another_order(content: bytes, place: int) -> bytes:
    lines = lines_of(content)
    return b"".join([*lines[place % len(lines) :], *lines[: place % len(lines)]])


def with_a_line_of_another_file(content: bytes, place: int) -> bytes:
    other = [line for each in WHOLE.values() for line in lines_of(each)]
    return content + other[place % len(other)]


def with_another_byte(content: bytes, place: int) -> bytes:
    at = place % len(content)
    return content[:at] + bytes([content[at] ^ (1 << place % 8)]) + content[at + 1 :]


DAMAGES = (cut, without_a_line, with_a_line_twice, in_another_order, with_a_line_of_another_file, with_another_byte)
HARM = st.tuples(st.sampled_from(DAMAGES), st.sampled_from(sorted(WHOLE)), st.integers(0, 10_000))


@settings(max_examples=60, deadline=None)
@given(st.lists(HARM, max_size=4), st.sets(st.sampled_from(sorted(WHOLE)), max_size=2), st.integers(1, 500))
def test_a_broken_set_is_found_to_be_so_whatever_the_size_of_the_blocks(
    harms: list[tuple[object, str, int]], lost: set[str], block: int
) -> None:
    files = dict(WHOLE)
    for damage, name, place in harms:
        if files[name]:
            files[name] = damage(files[name], place)  # type: ignore[operator]
    files = {name: content for name, content in files.items() if name not in lost}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        with mock.patch.object(inspection, "BLOCK", block):
            found = {each.path.name: told([*each.findings]) for each in inspect([Path(folder)], PROFILE)}
    assert found == found_plainly(files)


def test_memory_does_not_grow_with_a_set(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    made(2_000, few)
    made(8_000, many)
    sizes = [sum(path.stat().st_size for path in folder.iterdir()) for folder in (few, many)]
    assert sizes[1] - sizes[0] > 3 * MIB
    assert most_memory(many) < most_memory(few) + MIB / 2


def most_memory(folder: Path) -> int:
    tracemalloc.start()
    try:
        assert all(not each.findings for each in inspect([folder], PROFILE))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
