"""The files that a repository delivers: each is read once, and held to what holds of any file.

Names, versions, mailboxes and authorisations, the End Of File record, and that it can be read at all (FTS).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from harness.interface.files import InterfaceFile, Record, read_file
from harness.interface.instants import Instant, at, day_of, later
from harness.interface.profile import Profile
from harness.port.protocol import Outage
from harness.referee.ledger import Ledger
from harness.stage.conversation import Delivered

END_OF_DAY = (23, 59, 59)
UNREADABLE: Mapping[str, str] = {
    "2000": "USDP-01",
    "IR01": "USDP-13",
    "IR03": "BRP-01",
    "IR06": "SRP-03",
    "IR07": "SRP-04",
    "IR08": "BRP-02",
    "IR10": "SEQ-05",
    "IR14": "STL-05",
    "6000": "BQ-11",
    "6100": "BQ-11",
    "6200": "BQ-09",
    "BR01": "BRP-05",
    "BR03": "BRP-09",
    "BR04": "BRP-04",
    "BR05": "BRP-07",
    "BR06": "BRP-08",
}
"""The rule that says what stands in a file, by its type: one that cannot be read does not say it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A delivered file that could be read."""

    file: Delivered
    type: str
    ldc: str
    content: InterfaceFile

    @property
    def details(self) -> Sequence[Record]:
        return self.content.details

    @property
    def status(self) -> Record | None:
        """Its status record."""
        return next((other for other in self.content.others if other.layout.role == "status"), None)


@dataclass(frozen=True, slots=True)
class PostOffice:
    """What is known of organisations: the LDCs, and which types each agent may receive of which LDC.

    :param seconds: how long a delivery may take; `outages`: when each organisation's mailbox refuses files.
    """

    profile: Profile
    ledger: Ledger
    ldcs: Collection[str]
    authorised: Collection[tuple[str, str, str]]
    seconds: int
    outages: Mapping[str, Sequence[Outage]] = field(default_factory=dict)

    def may_receive(self, recipient: str, ldc: str, file_type: str) -> bool:
        """Whether an organisation may receive a type of an LDC's files (FTS-11, FTS-13)."""
        return recipient == ldc or (ldc, recipient, file_type) in self.authorised

    def refused_until(self, recipient: str, moment: Instant) -> Instant:
        """When a mailbox takes a file that is sent at a moment: at once, or at the end of an outage."""
        ends = [each.end for each in self.outages.get(recipient, ()) if each.start <= moment < each.end]
        return max(ends, default=moment)

    def latest(self, recipient: str, due: Instant) -> Instant:
        """When a file that is due has to have come: some seconds later, or, after an outage, by the end of the day."""
        on_time = later(due, seconds=self.seconds)
        for outage in self.outages.get(recipient, ()):
            if outage.start <= on_time and due < outage.end:
                return at(day_of(outage.end), *END_OF_DAY)
        return on_time

    def read(self, file: Delivered) -> Seen | None:
        """Read a file, and hold it to what holds of any file; None where nobody can say what it is."""
        reading = read_file(file.name, file.content, self.profile)
        file_type = file.name.split(".")[2] if file.name.count(".") > 2 else "?"
        self._check_name(file, file_type, [f for f in reading.findings if f.code.startswith("name-")])
        others = [finding for finding in reading.findings if not finding.code.startswith("name-")]
        ends = [f for f in others if f.code.startswith("end-of-file") or f.code == "detail-count"]
        about = f"{file_type} for {file.recipient}"
        if reading.file is not None and reading.file.layout.closes_with_end_of_file:
            expected = "an End Of File record last, which counts the detail records"
            line = ends[0].line if ends else None
            self.ledger.hold("FTS-09", not ends, file.instant, about, expected, ends and ends[0], file.name, line)
        wrong = [finding for finding in others if finding not in ends and finding.severity == "ERROR"]
        rule = UNREADABLE.get(file_type, "FTS-06")
        if wrong or reading.file is None:
            what = wrong[0] if wrong else "it cannot be read"
            self.ledger.hold(rule, False, file.instant, about, "a file of its layout", what, file.name)
            return None
        return Seen(file, file_type, reading.file.name.org_1, reading.file)

    def _check_name(self, file: Delivered, file_type: str, findings: Sequence[object]) -> None:
        known = self.profile.file_types.get(file_type)
        is_report = known is None or known.kind == "report"
        hold, about = self.ledger.hold, f"{file_type} for {file.recipient}"
        hold("FTS-12", known is None or not known.withdrawn, file.instant, about, "no withdrawn report", file_type)
        elements = file.name.split(".")
        active = "" if known is None else known.active
        version = elements[3] if len(elements) > 3 else ""
        rule = "FTS-08" if is_report else "FTS-07"
        hold(rule, version == active, file.instant, about, f"version {active}", f"version {version}", file.name)
        shape = [f for f in findings if not getattr(f, "code", "").startswith(("name-version", "name-withdrawn"))]
        rule = "FTS-06" if is_report else "FTS-01"
        hold(rule, not shape, file.instant, about, "a name as the workshop gives it", shape and shape[0], file.name)
        ldc, recipient = elements[0], elements[1] if len(elements) > 1 else ""
        named = ldc in self.ldcs and recipient == file.recipient
        hold(rule, named, file.instant, about, f"an LDC and {file.recipient}", f"{ldc} and {recipient}", file.name)
        rule = "BRP-10" if file_type.startswith("BR") else "FTS-11" if is_report else "FTS-13"
        may = self.may_receive(file.recipient, ldc, file_type)
        expected = f"{file_type} of {ldc} with the LDC, or an agent authorised for it"
        hold(rule, may, file.instant, about, expected, f"with {file.recipient}", file.name)
