"""File sets for tests, their records written as the lines that they are; the file of a record is found by its code.

Dates are days of January 2011. A set is extracted on the 10th at 06:00 EST, and tests begin at noon of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from harness.interface.files import InterfaceFile, read_file
from harness.interface.identifiers import OrgId, SdpId, UniversalSdpId
from harness.interface.instants import Day, Instant, at, later
from harness.interface.names import read_name
from harness.interface.profile import load_profile
from reference_impl.repository.file_sets import ArrivingSet, key_of, take_segment
from reference_impl.repository.file_transfer import Participants
from reference_impl.repository.repository import Repository
from reference_impl.repository.state import Delivery

LDC, OTHER_LDC, AGENT = OrgId("ORG11111"), OrgId("ORG22222"), OrgId("ORG33333")
I_SYNC, P_SYNC = "4000.00", "3000.01"
EXTRACT = "20110110060000"
SDPS = ("1001", "1002", "1003", "1004", "1005", "1006")
"""The Universal SDP IDs that were issued to the LDC."""
OTHER_SDPS = ("2001", "2002")
"""Those of the other LDC."""
PROFILE = load_profile()
FILE_NO_OF = {
    record.code: file.id for file in PROFILE.set_files.values() for record in file.records if record.role == "detail"
}


def day(number: int) -> Day:
    return Day(date(2011, 1, number))


NOON = at(day(10), 12)


def noon_and(minutes: int, seconds: int = 0) -> Instant:
    """So long after noon."""
    return later(NOON, minutes=minutes, seconds=seconds)


def set_files(
    number: int,
    records: Iterable[str] = (),
    *,
    kind: str = I_SYNC,
    ldc: str = LDC,
    submitter: str | None = None,
    tx_id: str = "",
    elsewhere: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """The files of a set by name, the manifest last.

    :param records: lines such as `SD|1001|MILL|P`, each of which goes into its file's segment 01.
    :param elsewhere: lines that go somewhere else, by file and segment number: `{"02.03": "PR|…"}`.
    """
    lines: dict[str, list[str]] = {f"{file_no}.01": [] for file_no in ("01", "02", "03", "04", "05")}
    for record in records:
        lines.setdefault(f"{FILE_NO_OF[record[:2]]}.01", []).append(record)
    for place, record in (elsewhere or {}).items():
        lines.setdefault(place, []).append(record)
    listed = [f"MF|{place.replace('.', '|')}|{len(those):09}" for place, those in sorted(lines.items())]
    prefix = f"{ldc}.{submitter or ldc}.{kind}.{EXTRACT}.{tx_id or f'tx{number}'}"
    texts = {f"{prefix}.{place}.DAT": [f"FH|{ldc}|{EXTRACT}", *those] for place, those in lines.items()}
    texts[f"{prefix}.00.01.DAT"] = [f"FH|{ldc}|{EXTRACT}|{number:09}", *listed]
    return {name: "".join(f"{line}\r\n" for line in (f"FN|{name}", *those)).encode() for name, those in texts.items()}


def edited(files: Mapping[str, bytes], place: str, old: str, new: str) -> dict[str, bytes]:
    """A set of which one file has another text."""
    assert any(old.encode() in content for name, content in files.items() if name.endswith(f".{place}.DAT"))
    return {
        name: content.replace(old.encode(), new.encode()) if name.endswith(f".{place}.DAT") else content
        for name, content in files.items()
    }


def without(files: Mapping[str, bytes], *places: str) -> dict[str, bytes]:
    """A set of which files are missing."""
    return {name: content for name, content in files.items() if name[-9:-4] not in places}


def only(files: Mapping[str, bytes], *places: str) -> dict[str, bytes]:
    """Some files of a set."""
    return {name: content for name, content in files.items() if name[-9:-4] in places}


def arrived(files: Mapping[str, bytes], moment: Instant = NOON) -> ArrivingSet:
    """A set of which files have come, all at one moment."""
    arriving: ArrivingSet | None = None
    for name, content in files.items():
        reading = read_file(name, content, PROFILE)
        taken_apart, _ = read_name(name, PROFILE)
        assert taken_apart is not None
        arriving = arriving or ArrivingSet(key_of(taken_apart), moment, moment)
        take_segment(arriving, taken_apart, reading, moment)
    assert arriving is not None
    return arriving


def sdp(identifier: str, *, kind: str = "P", cycle: str = "A", since: int = 1) -> list[str]:
    """An SDP with a premise and a billing cycle."""
    start = f"201101{since:02}"
    return [
        f"SD|{identifier}|SDP{identifier}|{kind}",
        f"PR|{identifier}|{identifier} Main St|Oakville|L6L2X3|{start}|",
        f"SP|{identifier}|BILLING_CYCLE_ID|{cycle}|{start}|",
    ]


def cycle(identifier: str, value: str, start: int, end: int | None = None) -> str:
    """A billing cycle, from one day of January until another."""
    return f"SP|{identifier}|BILLING_CYCLE_ID|{value}|201101{start:02}|{'' if end is None else f'201101{end:02}'}"


@dataclass
class Mdmr:
    """A repository at noon, which expects set 1 of either LDC, and everything that it has delivered."""

    authorised: frozenset[str] = frozenset()
    readings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    delivered: list[Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        authorisations = {(LDC, AGENT, file_type, "submit") for file_type in ("3000", "4000")}
        authorisations |= {(LDC, AGENT, report, "receive") for report in self.authorised}  # type: ignore[arg-type]
        participants = Participants(
            frozenset({LDC, OTHER_LDC}),
            frozenset({AGENT}),
            frozenset(authorisations),  # type: ignore[arg-type]
        )
        values, readings = {**PROFILE.values, **self.values}, {**PROFILE.decided(), **self.readings}
        expected = {LDC: 1, OTHER_LDC: 1}
        self.repository = Repository.opened(PROFILE, participants, NOON, 0, values, readings, expected)
        for ldc, identifiers in ((LDC, SDPS), (OTHER_LDC, OTHER_SDPS)):
            for identifier in identifiers:
                self.repository.ids.issued[ldc, SdpId(f"SDP{identifier}")] = UniversalSdpId(identifier)

    def send(self, files: Mapping[str, bytes]) -> None:
        """Let files arrive now."""
        for name, content in files.items():
            self.repository.submit(OrgId(name.split(".")[1]), name, content)

    def until(self, moment: Instant) -> None:
        self.delivered += self.repository.advance(moment)

    def take(self, files: Mapping[str, bytes]) -> dict[str, InterfaceFile]:
        """Let files arrive now, and see what comes of it at once: the last report of each type."""
        self.send(files)
        seen = len(self.delivered)
        self.until(self.repository.now)
        return {file.name.split(".")[2]: self.read(file) for file in self.delivered[seen:]}

    def read(self, delivery: Delivery) -> InterfaceFile:
        reading = read_file(delivery.name, delivery.content, PROFILE)
        assert reading.findings == ()
        assert reading.file is not None
        return reading.file

    def reports(self, file_id: str) -> list[Delivery]:
        return [file for file in self.delivered if file.name.split(".")[2] == file_id]

    def history(self, identifier: str, attribute: str) -> list[tuple[int, int | None, str]]:
        """An SDP's attribute, its states by day of January."""
        from reference_impl.repository.master_directory import Key

        states = self.repository.directories[LDC].history(Key("sdp", identifier, attribute))
        return [(s.start.day, None if s.end is None else s.end.day, s.value) for s in states]


def changes(report: InterfaceFile) -> list[tuple[object, ...]]:
    """The differences of an IR06 or IR07: id, attribute, from, to, prior and new value, days by their number."""

    def shown(value: object) -> object:
        return value.day if isinstance(value, date) else value

    fields = ("entity_id", "attribute", "effective_from", "effective_to", "prior_value", "new_value")
    return [tuple(shown(record[name]) for name in fields) for record in report.details]
