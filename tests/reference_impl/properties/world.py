"""A world of two LDCs and their agent around one repository, reached through its port with real files.

SDPs are called by letters, `A` to `C` physical and `V` virtual, in both LDCs, and meters and modules have the same
names in both. What the repository writes is read back into those words and into the oracle's terms.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from harness.interface.files import Record as FileRecord
from harness.interface.files import Value, read_file, write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, instant, iso, later
from harness.interface.names import FileName, SetPart
from harness.interface.profile import load_profile
from harness.oracle.master_directory import Attribute, Change, Fact, Record
from harness.oracle.sequence import Arrival, Manifest, Segment, SetName
from harness.oracle.synchronization import AcceptedSet, Failed
from harness.port.protocol import (
    Advance,
    Authorisation,
    Begin,
    Holidays,
    Organisation,
    ProfileStatement,
    Submit,
    pack,
    request,
)
from reference_impl.repository.port import Port

PROFILE = load_profile()
LAKE, RIVER, AGENT = OrgId("ORG11111"), OrgId("ORG22222"), OrgId("ORG33333")
LDCS = (LAKE, RIVER)
FIRST_NUMBERS = {LAKE: 7, RIVER: 3}
START = instant("2011-01-10T07:00:00-05:00")
WAIT = timedelta(minutes=60)
LIMIT_PERCENT = 50
FILE_TYPES = {"I-Sync": "4000", "P-Sync": "3000"}

PHYSICAL = ("A", "B", "C")
VIRTUAL = "V"
SDPS = (*PHYSICAL, VIRTUAL)
METERS = ("M1", "M2", "M3", "M4")
MODULES = ("C1", "C2")

AUTHORISATIONS = (
    *((LAKE, kind, "submit") for kind in ("3000", "4000")),
    *((LAKE, kind, "receive") for kind in ("IR06", "IR07", "IR10", "IR14")),
    *((RIVER, kind, "submit") for kind in ("3000", "4000")),
    *((RIVER, kind, "receive") for kind in ("IR07", "IR10", "IR14")),
)
"""What the agent may do for whom: of Lake's sets it receives all reports, of River's all but IR06."""


def day(number: int) -> Day:
    """A day by its number; day 8 is the one on which every story starts."""
    return Day(date(2011, 1, 2) + timedelta(days=number))


# --- Sets as they are written ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """A file set that somebody writes.

    :param content: what it says, in the oracle's terms.
    :param cuts: into how many segments each of its files is cut; a file that is not named is one.
    :param flaw: what keeps it from loading; empty where nothing does.
    """

    name: SetName
    number: int
    content: AcceptedSet
    cuts: Mapping[str, int] = field(default_factory=dict)
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class SetFile:
    """A file of a set as it is sent."""

    set: SetName
    segment: Segment
    name: str
    content: bytes
    manifest: Manifest | None = None

    def arrives(self, at: Instant) -> Arrival:
        return Arrival(at, self.set, self.segment, self.manifest)


def facts_of_sdps(letters: Iterable[str]) -> list[Fact]:
    """What an SDP's asset record says."""
    facts = []
    for letter in letters:
        kind = "V" if letter == VIRTUAL else "P"
        facts += [Fact(Attribute("sdp", letter, "sdp_id"), f"SDP-{letter}")]
        facts += [Fact(Attribute("sdp", letter, "sdp_type"), kind)]
    return facts


def facts_of(entity: str, names: Iterable[str]) -> list[Fact]:
    """What the asset records of meters or communication modules say."""
    return [Fact(Attribute(entity, name, f"{entity}_id"), name) for name in names]


FLAWS = ("end before start", "unknown meter", "another extract", "wrong count", "ID of another LDC", "wrong file")
SEGMENT_NUMBERS = ("01", "03", "07")


@dataclass(slots=True)
class Writer:
    """Writes the files of sets, with the Universal SDP IDs that were issued."""

    ids: Mapping[tuple[str, str], str]

    def files(self, plan: Plan) -> list[SetFile]:
        """A set's files, the manifest first."""
        rows = self._rows(plan)
        parts: dict[Segment, list[tuple[str, Mapping[str, Value]]]] = {}
        for file_no in ("01", "02", "03", "04", "05", *(["07"] if "07" in rows else [])):
            segments = SEGMENT_NUMBERS[: plan.cuts.get(file_no, 1)]
            size = -(-len(rows[file_no]) // len(segments))
            for place, number in enumerate(segments):
                parts[Segment(file_no, number)] = rows[file_no][place * size : (place + 1) * size]
        manifest = Manifest(plan.number, frozenset(parts))
        more = plan.flaw == "wrong count"
        parts[Segment("00", "01")] = [
            (
                "manifest_entry",
                {"file_no": each.file_no, "segment_no": each.segment_no, "record_count": len(rows) + more},
            )
            for each, rows in parts.items()
        ]
        return [self._file(plan, segment, rows, manifest) for segment, rows in sorted(parts.items())]

    def _file(
        self, plan: Plan, segment: Segment, rows: Iterable[tuple[str, Mapping[str, Value]]], manifest: Manifest
    ) -> SetFile:
        ldc, submitter, file_type, tx_id = plan.name
        version = PROFILE.file_types[file_type].active
        part = SetPart(tx_id, *segment)
        name = FileName(OrgId(ldc), OrgId(submitter), file_type, version, "20110110070000", part)
        otherwise = plan.flaw == "another extract" and segment.file_no == "03"
        header: dict[str, Value] = {
            "ldc_org_id": ldc,
            "extracted_date_time": later(extract_of(plan), minutes=1 if otherwise else 0),
        }
        if segment.file_no != "00":
            content = write_file(PROFILE, name, header, rows)
            if plan.flaw == "wrong file" and segment.file_no == "03":
                content += f"PR|{self.ids[ldc, 'A']}|||K1A0B1|20130101|\r\n".encode()
            return SetFile(plan.name, segment, str(name), content)
        content = write_file(PROFILE, name, {**header, "sequence_number": plan.number}, rows)
        return SetFile(plan.name, segment, str(name), content, manifest)

    def _rows(self, plan: Plan) -> dict[str, list[tuple[str, Mapping[str, Value]]]]:
        """Detail records by file number."""
        ldc, rows = plan.name.ldc, defaultdict(list)
        for file_no, kind, fields in itertools.chain(
            self._asset_rows(ldc, plan.content), (self._row(ldc, record) for record in plan.content.records)
        ):
            rows[file_no].append((kind, fields))
        self._spoil(plan, rows)
        return rows

    def _asset_rows(self, ldc: str, content: AcceptedSet) -> Iterable[tuple[str, str, Mapping[str, Value]]]:
        facts = {fact.attribute: fact.value for fact in content.facts}
        for entity, entity_id, attribute in facts:
            if attribute == "sdp_type":
                kind = facts[Attribute(entity, entity_id, attribute)]
                fields = {"universal_sdp_id": self.ids[ldc, entity_id], "sdp_id": f"SDP-{entity_id}", "sdp_type": kind}
                yield "01", "sdp", fields
            elif entity != "sdp":
                yield "01", entity, {f"{entity}_id": entity_id}

    def _row(self, ldc: str, record: Record) -> tuple[str, str, Mapping[str, Value]]:
        attribute, value = record.attribute, record.value
        owner = "universal_sdp_id" if attribute.entity == "sdp" else "meter_id"
        named = self.ids[ldc, attribute.entity_id] if attribute.entity == "sdp" else attribute.entity_id
        fields: dict[str, Value] = {owner: named, "start_date": record.start, "end_date": record.end}
        if attribute.name.startswith("channel_to_channel"):
            _, _, _, channel, component, component_channel = attribute.name.split("_")
            fields |= {
                "channel": int(channel),
                "component_universal_sdp_id": self.ids[ldc, component],
                "component_channel": int(component_channel),
            }
            return "07", "channel_to_channel", fields
        file_no, kind, value_field, parameter = TRAVELS[attribute.name]
        if parameter:
            fields["parameter"] = parameter
        return file_no, kind, {**fields, value_field: value}

    def _spoil(self, plan: Plan, rows: dict[str, list[tuple[str, Mapping[str, Value]]]]) -> None:
        """Give a set its flaw, where that stands in its records."""
        ldc = plan.name.ldc
        sdp, other = self.ids[ldc, "A"], self.ids[LDCS[ldc == LAKE], "A"]
        if plan.flaw == "end before start":
            fields = {"universal_sdp_id": sdp, "account_id": "1", "start_date": day(9), "end_date": day(9)}
            rows["05"].append(("sdp_to_account", fields))
        if plan.flaw == "unknown meter":
            fields = {"universal_sdp_id": sdp, "meter_id": "M9", "start_date": day(900), "end_date": None}
            rows["05"].append(("sdp_to_meter", fields))
        if plan.flaw == "ID of another LDC":
            fields = {"universal_sdp_id": other, "city": "z", "start_date": day(900), "end_date": None}
            rows["02"].append(("premise", fields))


def extract_of(plan: Plan) -> Instant:
    """The Extracted Date Time of a set: six in the morning of its day."""
    return instant(f"{plan.content.extracted.isoformat()}T06:00:00-05:00")


TRAVELS: Mapping[str, tuple[str, str, str, str]] = {
    "city": ("02", "premise", "city", ""),
    "postal_code": ("02", "premise", "postal_code", ""),
    "framing_structure": ("03", "service_agreement", "framing_structure", ""),
    "billing_cycle_id": ("04", "sdp_parameter", "value", "BILLING_CYCLE_ID"),
    "register_digits": ("04", "meter_parameter", "value", "REGISTER_DIGITS"),
    "sdp_to_meter": ("05", "sdp_to_meter", "meter_id", ""),
    "sdp_to_account": ("05", "sdp_to_account", "account_id", ""),
    "meter_to_communication_module": ("05", "meter_to_communication_module", "communication_module_id", ""),
}
"""In which file, kind of record and field an attribute travels, and as which parameter."""


# --- What comes back -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that the repository delivered."""

    at: Instant
    recipient: OrgId
    name: str
    content: bytes

    @property
    def ldc(self) -> str:
        return self.name.split(".")[0]

    @property
    def kind(self) -> str:
        return self.name.split(".")[2]


class Report:
    """A synchronization report, read."""

    def __init__(self, file: Delivered, letters: Mapping[str, str]) -> None:
        reading = read_file(file.name, file.content, PROFILE)
        assert reading.file is not None
        assert not reading.findings, reading.findings
        self.file = file
        self.letters = letters
        self.details = reading.file.details
        self.status = next((other for other in reading.file.others if other.layout.role == "status"), None)

    @property
    def tx_id(self) -> str:
        """The TX_ID of the set that it is about."""
        record = self.details[0] if self.status is None else self.status
        return str(record["tx_id"])

    def status_line(self) -> str:
        """The status record, byte for byte."""
        return next(line for line in self.file.content.decode().split("\r\n") if line.startswith("SS|"))

    def changes(self) -> list[Change]:
        """The details of IR06 or IR07 as changes, in the oracle's words."""
        return [self._change(record) for record in self.details]

    def failed(self) -> list[Failed]:
        """The details of IR07 with their reasons."""
        reasons = {code: word for word, code in PROFILE.codes["sync_exception"].items()}
        return [Failed(self._change(record), reasons[str(record["reason"])]) for record in self.details]

    def _change(self, record: FileRecord) -> Change:
        entities = {code: word for word, code in PROFILE.codes["entity"].items()}
        attribute = Attribute(
            entities[str(record["entity"])], self._word(record["entity_id"]), self._name(str(record["attribute"]))
        )
        since, until = record["effective_from"], record["effective_to"]
        prior, new = (None if record[of] is None else self._word(record[of]) for of in ("prior_value", "new_value"))
        return Change(attribute, since, until, prior, new)  # type: ignore[arg-type]

    def _word(self, value: Value) -> str:
        return self.letters.get(str(value), str(value))

    def _name(self, attribute: str) -> str:
        return "_".join(self._word(part) for part in attribute.split("_"))


# --- The world ---------------------------------------------------------------------------------------------------


class World:
    """One conversation with the repository: both LDCs registered, with Universal SDP IDs for their SDPs.

    :param readings: readings other than the profile's, as in ``AMB_05="number-used-up"``.
    """

    def __init__(self, **readings: str) -> None:
        self.port = Port(PROFILE)
        self.numbers = itertools.count(1)
        self.now = START
        self.delivered: list[Delivered] = []
        self._tell(
            Begin(
                conversation="a-conversation",
                instant=START,
                seed=0,
                holidays=Holidays(),
                organisations=(
                    *(Organisation(ldc, ldc, "ldc", FIRST_NUMBERS[ldc]) for ldc in LDCS),
                    Organisation(AGENT, AGENT, "agent"),
                ),
                authorisations=tuple(Authorisation(ldc, AGENT, kind, to) for ldc, kind, to in AUTHORISATIONS),  # type: ignore[arg-type]
                profile=ProfileStatement(
                    PROFILE.name,
                    PROFILE.hash,
                    PROFILE.values,
                    {**PROFILE.decided(), **{name.replace("_", "-"): reading for name, reading in readings.items()}},
                ),
            )
        )
        self.ids = self._request_ids()
        self.letters = {issued: letter for (_, letter), issued in self.ids.items()}
        self.writer = Writer(self.ids)
        self.delivered.clear()

    def _tell(self, message: Any) -> Mapping[str, Any]:
        reply = self.port.exchange(request(next(self.numbers), message))
        assert "ok" in reply, reply
        return dict(reply["ok"])

    def _request_ids(self) -> dict[tuple[str, str], str]:
        """Have Universal SDP IDs issued to all SDPs."""
        for ldc in LDCS:
            name = FileName(ldc, ldc, "1000", "00", "20110110070000")
            details = [("assignment_request", {"ldc_org_id": ldc, "sdp_id": f"SDP-{letter}"}) for letter in SDPS]
            header = {"ldc_org_id": ldc, "created_date_time": START}
            self.submit(ldc, str(name), write_file(PROFILE, name, header, details))
        self.advance(later(START, minutes=15))
        responses = [file for file in self.delivered if file.kind == "2000"]
        readings = [read_file(file.name, file.content, PROFILE).file for file in responses]
        return {
            (str(record["ldc_org_id"]), str(record["sdp_id"]).removeprefix("SDP-")): str(record["universal_sdp_id"])
            for file in readings
            if file is not None
            for record in file.details
        }

    def submit(self, organisation: str, name: str, content: bytes) -> None:
        self._tell(Submit(OrgId(organisation), name, pack(content)))

    def send(self, file: SetFile) -> Arrival:
        """Send a file of a set."""
        self.submit(file.set.submitter, file.name, file.content)
        return file.arrives(self.now)

    def advance(self, to: Instant) -> list[Delivered]:
        """Let time pass; the files that are delivered meanwhile."""
        answer = self._tell(Advance(to))
        assert answer["instant"] == iso(to)
        files = [
            Delivered(
                instant(file["instant"]), OrgId(file["recipient"]), file["name"], file["content"]["text"].encode()
            )
            for file in answer["files"]
        ]
        self.now = to
        self.delivered += files
        return files

    def reports(self) -> list[Report]:
        """All synchronization reports so far."""
        return [Report(file, self.letters) for file in self.delivered]
