"""File sets, and reports on them, written by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from harness.interface.files import Value, write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, digits
from harness.interface.names import FileName, SetPart
from harness.referee.stream import Delivered, Submitted
from tests.referee.conftest import LAKE, PROFILE, at, delivered, name, request, response

FILES: Mapping[str, str] = {
    **dict.fromkeys(("sdp", "meter", "communication_module"), "01"),
    "premise": "02",
    "service_agreement": "03",
    **dict.fromkeys(("sdp_parameter", "meter_parameter"), "04"),
    **dict.fromkeys(("sdp_to_meter", "meter_to_communication_module", "sdp_to_account"), "05"),
    "channel_to_channel": "07",
}
Entry = tuple[str, Mapping[str, Any]]


def day(number: int, month: int = 1) -> Day:
    """A day of 2011."""
    return Day(date(2011, month, number))


NEW_YEAR = day(1)


def sdp(identifier: str, kind: str = "P") -> Entry:
    return "sdp", {"universal_sdp_id": identifier, "sdp_id": f"of {identifier}", "sdp_type": kind}


def meter(identifier: str) -> Entry:
    return "meter", {"meter_id": identifier}


def module(identifier: str) -> Entry:
    return "communication_module", {"communication_module_id": identifier}


def cycle(identifier: str, value: str, start: Day = NEW_YEAR, end: Day | None = None) -> Entry:
    fields = {"universal_sdp_id": identifier, "parameter": "BILLING_CYCLE_ID", "value": value}
    return "sdp_parameter", {**fields, "start_date": start, "end_date": end}


def parameter(identifier: str, name_of: str, value: str, start: Day = NEW_YEAR) -> Entry:
    return "sdp_parameter", {"universal_sdp_id": identifier, "parameter": name_of, "value": value, "start_date": start}


def digits_of(identifier: str, value: str, start: Day = NEW_YEAR) -> Entry:
    return "meter_parameter", {
        "meter_id": identifier,
        "parameter": "REGISTER_DIGITS",
        "value": value,
        "start_date": start,
    }


def has_meter(identifier: str, of: str, start: Day = NEW_YEAR, end: Day | None = None) -> Entry:
    return "sdp_to_meter", {"universal_sdp_id": identifier, "meter_id": of, "start_date": start, "end_date": end}


def has_module(of: str, identifier: str, start: Day = NEW_YEAR) -> Entry:
    fields = {"meter_id": of, "communication_module_id": identifier, "start_date": start}
    return "meter_to_communication_module", fields


def component(identifier: str, of: str, start: Day = NEW_YEAR, end: Day | None = None) -> Entry:
    fields = {"universal_sdp_id": identifier, "channel": 1, "component_universal_sdp_id": of, "component_channel": 1}
    return "channel_to_channel", {**fields, "start_date": start, "end_date": end}


@dataclass(frozen=True)
class ASet:
    """A set as it is submitted, and what reports say of it."""

    number: int
    tx_id: str
    file_type: str
    ldc: str
    by: str
    moment: Instant
    extracted: Instant
    files: tuple[Submitted, ...]

    def without(self, *numbers: str) -> list[Submitted]:
        return [file for file in self.files if file.name.split(".")[6] not in numbers]

    def only(self, number: str, moment: Instant) -> list[Submitted]:
        return [
            Submitted(file.organisation, file.name, file.content, moment)
            for file in self.files
            if file.name.split(".")[6] == number
        ]

    @property
    def of_set(self) -> dict[str, Value]:
        return {"file_type": self.file_type, "tx_id": self.tx_id, "sequence_number": self.number}


def a_set(
    number: int,
    moment: Instant,
    *entries: Entry,
    tx_id: str = "",
    file_type: str = "4000",
    ldc: str = LAKE,
    by: str | None = None,
    extracted: Instant | None = None,
    otherwise: Mapping[str, Instant] | None = None,
    unlisted: Sequence[str] = (),
    segments: Mapping[str, Sequence[str]] | None = None,
) -> ASet:
    """A set of I-Sync, or of another file type.

    :param otherwise: the Extracted Date Time of single files; `unlisted`: those that the manifest does not list.
    :param segments: into which segments the records of a file go, one record each.
    """
    tx_id, stated = tx_id or f"{number:08}", extracted or moment
    parts: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for file_no in ("01", "02", "03", "04", "05", *(["07"] if any(FILES[k] == "07" for k, _ in entries) else [])):
        own = [entry for entry in entries if FILES[entry[0]] == file_no]
        names = (segments or {}).get(file_no, ("01",))
        for place, segment in enumerate(names):
            parts[file_no, segment] = own if len(names) == 1 else own[place : place + 1]
    listed = [
        ("manifest_entry", {"file_no": file_no, "segment_no": segment, "record_count": len(records)})
        for (file_no, segment), records in parts.items()
        if file_no not in unlisted
    ]

    def file(file_no: str, segment: str, records: Iterable[Entry], **more: Value) -> Submitted:
        part = SetPart(tx_id, file_no, segment)
        submitter, version = OrgId(by or ldc), PROFILE.file_types[file_type].active
        named = FileName(OrgId(ldc), submitter, file_type, version, digits(moment), part)
        header = {"ldc_org_id": ldc, "extracted_date_time": (otherwise or {}).get(file_no, stated), **more}
        return Submitted(submitter, str(named), write_file(PROFILE, named, header, list(records)), moment)

    files = [file(*place, records) for place, records in parts.items()]
    files.append(file("00", "01", listed, sequence_number=number))
    return ASet(number, tx_id, file_type, ldc, by or ldc, moment, stated, tuple(files))


def changed(text: str, new: str, file: Submitted) -> Submitted:
    """A file with another text somewhere."""
    return Submitted(file.organisation, file.name, file.content.replace(text.encode(), new.encode()), file.instant)


# --- reports ----------------------------------------------------------------------------------------------


def ir10(of: ASet, moment: Instant, reason: str = "INCOMPLETE", to: str | None = None, **more: Any) -> Delivered:
    fields = {"first_received_date_time": of.moment, "rejected_date_time": moment, "reason": reason}
    return _report("IR10", of, moment, to or of.by, [("rejected_set", {**of.of_set, **fields, **more})])


def ir14(of: ASet, moment: Instant, *findings: Mapping[str, Any], to: str | None = None, **more: Any) -> Delivered:
    """An IR14; of each finding its severity and, where they are told, other fields."""
    errors = sum(each["severity"] == "ERROR" for each in findings)
    counts = {"errors": errors, "warnings": len(findings) - errors}
    status = {**of.of_set, "status": "FAILED" if errors else "LOADED", **counts, **more}
    details = [("load_finding", {"code": "odd", **each}) for each in findings]
    return _report("IR14", of, moment, to or of.by, [("load_status", status), *details])


def change(attribute: str, identifier: str, prior: str | None, new: str | None, **more: Any) -> dict[str, Any]:
    """A record of IR06, or of IR07; by default of an SDP, from the first of January on."""
    fields = {"entity": "SDP", "entity_id": identifier, "attribute": attribute}
    return {**fields, "effective_from": day(1), "prior_value": prior, "new_value": new, **more}


def ir06(of: ASet, moment: Instant, *updates: Mapping[str, Any], **more: Any) -> Delivered:
    return _synchronized("IR06", "update", of, moment, updates, {"updates": len(updates), "exceptions": 0}, **more)


def ir07(of: ASet, moment: Instant, *exceptions: Mapping[str, Any], **more: Any) -> Delivered:
    counts = {"updates": 0, "exceptions": len(exceptions)}
    rows = [{"reason": "PRIOR_STATE", **each} for each in exceptions]
    return _synchronized("IR07", "exception", of, moment, rows, counts, **more)


def _synchronized(
    report: str,
    kind: str,
    of: ASet,
    moment: Instant,
    rows: Iterable[Mapping[str, Any]],
    counts: Mapping[str, int],
    to: str | None = None,
    **more: Any,
) -> Delivered:
    status = {**of.of_set, "extracted_date_time": of.extracted, "status": "COMPLETED", **counts, **more}
    headings = {f"heading_{number}": "H" for number in range(1, 8 if report == "IR06" else 9)}
    records = [("synchronization_status", status), ("column_headings", headings), *((kind, row) for row in rows)]
    return _report(report, of, moment, to or of.ldc, records)


def _report(report: str, of: ASet, moment: Instant, to: str, records: Any) -> Delivered:
    header = {"ldc_org_id": of.ldc, "created_date_time": moment}
    return delivered(name(report, moment, of.ldc, to), header, records, moment)


def reported(of: ASet, moment: Instant, *updates: Mapping[str, Any], failed: Any = (), **more: Any) -> list[Delivered]:
    """The three reports on a set that was loaded, with their status records alike."""
    counts = {"updates": len(updates), "exceptions": len(failed), **more}
    counts.setdefault("status", "COMPLETED_WITH_EXCEPTIONS" if failed else "COMPLETED")
    found = [ir14(of, moment), ir06(of, moment, *updates, **counts), ir07(of, moment, *failed, **counts)]
    if of.by != of.ldc:
        found += [ir06(of, moment, *updates, to=of.by, **counts), ir07(of, moment, *failed, to=of.by, **counts)]
    return found


def issued(*identifiers: str, ldc: str = LAKE) -> list[Any]:
    """Universal SDP IDs as they were asked for and issued at seven o'clock."""
    asked = request(at("06:50"), *(f"of {each}" for each in identifiers), ldc=ldc)
    return [asked, response(asked, at("07:00"), *((f"of {each}", each, "00") for each in identifiers))]
