"""The layouts of a profile for people: the fields of every record in a table, and an example of every file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from harness.interface.fields import Value
from harness.interface.files import write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, at
from harness.interface.names import FileName, SetPart
from harness.interface.profile import FieldLayout, FileLayout, Profile, RecordLayout


def layouts_page(profile: Profile) -> str:
    """Every file of a profile: its records and fields, and an example of it, as Markdown."""
    lines: list[str] = []
    for name, title, layout, file_name in _files_shown(profile):
        lines += ["", f"### {name}: {title}", ""]
        lines += ["| record | field | form | codes | from |", "|---|---|---|---|---|"]
        for record in layout.records:
            for place, entry in enumerate(record.fields):
                kind = f"{record.kind} (`{record.code}`)" if place == 0 else ""
                form = entry.form + ("" if entry.required else ", may be empty")
                form += "" if entry.characters == "ascii" else f", {entry.characters} characters"
                codes = "" if entry.codes is None else f"`{entry.codes}`"
                lines.append(f"| {kind} | `{entry.name}` | {form} | {codes} | {entry.source} |")
        lines += ["", "```text", *_example(profile, layout, file_name).splitlines(), "```"]
    return "\n".join([*lines[1:], *_codes(profile)])


def _codes(profile: Profile) -> Iterator[str]:
    """Every code list that a field names, each code with the word for it that `begin`, events and features use.

    A list that is called as a word of such a list has the values of that parameter, as `service_status` has.
    """
    named = {entry.codes for file in _layouts(profile) for record in file.records for entry in record.fields}
    used = named | {word for name in named if name is not None for word in profile.codes[name]}
    yield from ("", "### Codes", "", "| codes | word | code |", "|---|---|---|")
    for name, codes in profile.codes.items():
        if name in used:
            yield from (f"| `{name}` | `{word}` | `{code}` |" for word, code in codes.items())


def _layouts(profile: Profile) -> Iterator[FileLayout]:
    yield from profile.files.values()
    yield from profile.set_files.values()


def _files_shown(profile: Profile) -> Iterator[tuple[str, str, FileLayout, FileName]]:
    ldc, agent = OrgId("ORG11111"), OrgId("ORG22222")
    for layout in profile.files.values():
        file_id, _, version = layout.id.partition(".")
        name = FileName(ldc, agent, file_id, version, "20110110080000")
        yield layout.id, profile.file_types[file_id].title, layout, name
    i_sync, p_sync = (f"{file_id}.{profile.file_types[file_id].active}" for file_id in ("4000", "3000"))
    for number, layout in profile.set_files.items():
        part = SetPart("10000001", number, "01")
        name = FileName(ldc, agent, "4000", profile.file_types["4000"].active, "20110110080000", part)
        yield f"file {number} of a set", f"I-Sync ({i_sync}) and P-Sync ({p_sync}) alike", layout, name


def _example(profile: Profile, layout: FileLayout, name: FileName) -> str:
    """A file of a layout, with one record of each kind."""

    def filled(record: RecordLayout) -> dict[str, Value]:
        return {entry.name: _value(profile, record, entry) for entry in record.fields}

    details = [(record.kind, filled(record)) for record in layout.records if record.role != "header"]
    return write_file(profile, name, filled(layout.header), details).decode()


def _value(profile: Profile, record: RecordLayout, entry: FieldLayout) -> Value:
    """What stands in a field of an example: the first of its codes, or something of its type."""
    if (own := f"{record.kind}.{entry.name}") in _VALUES:
        return _VALUES[own]
    if entry.codes is not None:
        return next(iter(profile.codes[entry.codes].values()))
    if entry.name in _VALUES:
        return _VALUES[entry.name]
    if entry.type == "date":
        return Day(date(2011, 2, 1) if "end" in entry.name or entry.name.endswith("to") else date(2011, 1, 1))
    if entry.type == "date_time":
        return at(Day(date(2011, 1, 10)), 8)
    return entry.name.upper()[: entry.length] if entry.type in {"char", "varchar", "padded"} else 1


_VALUES: Mapping[str, Value] = {
    "ldc_org_id": "ORG11111",
    "organisation_id": "ORG22222",
    "universal_sdp_id": "471100081500",
    "component_universal_sdp_id": "471100081501",
    "sdp_id": "SDP-0001",
    "request_file_name": "ORG11111.ORG22222.1000.00.20110110074500.DAT",
    "file_name": "ORG11111.ORG22222.4000.00.20110110074500.10000001.04.01.DAT",
    "schedule_status.file_name": "ORG11111.ORG22222.8000.00.20110110074500.DAT",
    "request_exception.file_name": "ORG11111.ORG22222.5000.00.20110110074500.DAT",
    "file_type": "4000",
    "tx_id": "10000001",
    "file_no": "01",
    "segment_no": "01",
    "missing": "03",
    "meter_id": "M1000001",
    "communication_module_id": "C1000001",
    "account_id": "A1000001",
    "request_detail_id": "R1",
    "message": "in words",
    "address": "1 Main St",
    "city": "Oakville",
    "postal_code": "L6L2A1",
    "value": "C1",
    "meter_parameter.value": "5",
    "prior_value": "C1",
    "new_value": "C2",
    "attribute": "billing_cycle_id",
    "entity_id": "471100081500",
    "billing_cycle_id": "C1",
    "field": "end_date",
    "code": "field-count",
}
"""What stands in fields of an example where their names would say nothing; in one kind of record, or in all."""
