"""What the CIS does about IR10, IR14, IR06 and IR07 (SEQ-08, FTS-16).

A set that was rejected, or that failed to load, waits to be sent again; so do attributes that could not be updated. A
warning asks for nothing, and a value that IR06 shows otherwise than it was sent is no error: nothing is sent for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from harness.interface.files import InterfaceFile, Record
from harness.interface.identifiers import SdpId
from harness.interface.instants import Day
from reference_impl.cis import book as books
from reference_impl.cis import sequence
from reference_impl.cis.book import ASSET
from reference_impl.cis.records import PARTS
from reference_impl.cis.sequence import SentSet
from reference_impl.cis.state import Desk, State

RELATIONSHIPS: Mapping[str, str] = {
    **{part.kind: next(iter(part.attributes.values())) for part in PARTS if part.file_no == "05"},
    "sdp_to_meter": "meter",
}
"""The attributes that reports name by their kind of record."""


def take_rejections(state: State, desk: Desk, file: InterfaceFile) -> None:
    """Take an IR10 in: the sets that it rejects, and those that never arrived, are to be sent again."""
    out_of_sequence = state.profile.codes["rejection"]["out_of_sequence"]
    for record in file.details:
        late = record["reason"] == out_of_sequence
        numbered = record["sequence_number"] is not None
        for each in sequence.take_rejection(
            desk.sequence, str(record["tx_id"]), numbered=numbered, out_of_sequence=late
        ):
            says = f"set {each.number} was rejected: {record['reason']} {record['missing'] or ''}".strip()
            state.desks[each.ldc].matters.note(("set", each.tx_id), "set", says, file=each.manifest)


def take_load(state: State, desk: Desk, file: InterfaceFile) -> None:
    """Take an IR14 in: a set that failed to load is untold again; warnings change nothing."""
    for status in _of_kind(file.others, "load_status"):
        loaded = status["status"] == state.profile.codes["load_status"]["loaded"]
        failed = sequence.take_load(desk.sequence, str(status["tx_id"]), loaded=loaded, readings=state.readings)
        if failed is not None:
            untell(desk, failed)
            error = state.profile.codes["severity"]["error"]
            first = next((record for record in file.details if record["severity"] == error), None)
            why = "" if first is None else f": {first['code']} in line {first['line']} of {first['file_name']}"
            says = f"set {failed.number} failed to load, {status['errors']} errors{why}"
            desk.matters.note(("set", failed.tx_id), "set", says, file=failed.manifest)


def untell(desk: Desk, failed: SentSet) -> None:
    """What a set told is untold again."""
    for sdp_id, days in failed.extract.told.items():
        books.leave_untold(desk.book, sdp_id, days)


def take_synchronization(state: State, desk: Desk, file: InterfaceFile) -> None:
    """Take an IR06 or IR07 in: the set was synchronized, as a whole or with exceptions.

    Of a set that stopped at the load IR14 says what there is to say (AMB-08).
    """
    for status in _of_kind(file.others, "synchronization_status"):
        if status["status"] == state.profile.codes["sync_status"]["stopped_at_load"]:
            continue
        found = sequence.take_synchronization(desk.sequence, str(status["tx_id"]))
        if found is None or file.name.file_id != "IR07":
            continue
        if status["status"] == state.profile.codes["sync_status"]["stopped_at_threshold"]:
            untell(desk, found)
            says = f"set {found.number} was stopped: it leaves out too many SDPs"
            desk.matters.note(("set", found.tx_id), "set", says, file=found.manifest)
        else:
            take_exceptions(desk, found, file)


def take_exceptions(desk: Desk, synchronized: SentSet, file: InterfaceFile) -> None:
    """Let the attributes that could not be updated wait for a person, and nothing but them."""
    for record in file.details:
        for sdp_id in sdps_concerned(desk, record):
            attribute = attribute_named(str(record["attribute"]))
            days = synchronized.extract.told.get(sdp_id, {}).get(attribute) or every_day(desk, sdp_id, attribute)
            books.leave_untold(desk.book, sdp_id, {attribute: days})
            desk.withheld.add((sdp_id, attribute))
            says = f"{record['attribute']} could not be updated: {record['reason']}"
            desk.matters.note(("set", sdp_id, attribute), "set", says, sdp_id=sdp_id, file=str(file.name))


def every_day(desk: Desk, sdp_id: SdpId, attribute: str) -> frozenset[Day]:
    """The days on which something of an attribute begins, or ends."""
    return frozenset(day for day, _ in desk.book.sdps[sdp_id].histories.get(attribute, ()))


def sdps_concerned(desk: Desk, record: Record) -> list[SdpId]:
    """The SDPs that an exception is about: the one that it names, or those that have the meter that it names."""
    identifier = str(record["entity_id"])
    sdp_id = desk.ids.sdp_of(identifier)
    if sdp_id is not None:
        return [sdp_id]
    return [sdp.sdp_id for sdp in books.sdps_with_meter(desk.book, identifier)]


def attribute_named(name: str) -> str:
    """The attribute that a report calls by a name."""
    if name.startswith("channel_to_"):
        return "components"
    if name in {"register_digits", "register_multiplier", "meter_to_communication_module", "serial_number"}:
        return "meter"
    return ASSET if name in {"sdp_id", "sdp_type"} else RELATIONSHIPS.get(name, name)


def _of_kind(records: Iterable[Record], kind: str) -> Iterator[Record]:
    return (record for record in records if record.kind == kind)
