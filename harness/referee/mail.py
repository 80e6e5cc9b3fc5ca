"""The files that a repository delivers in a simulation, and what is known of those who receive them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from harness.interface.files import InterfaceFile, Record, read_file
from harness.interface.instants import Instant, at, day_of, later
from harness.interface.profile import Profile
from harness.port.protocol import Outage
from harness.stage.conversation import Delivered

END_OF_DAY = (23, 59, 59)


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
    """What is known of organisations: which types each agent may receive of which LDC.

    :param seconds: how long a delivery may take; `outages`: when each organisation's mailbox refuses files.
    """

    profile: Profile
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
        """Read a file; None where nobody can say what it says. What is wrong with it the referee tells."""
        reading = read_file(file.name, file.content, self.profile)
        file_type = file.name.split(".")[2] if file.name.count(".") > 2 else "?"
        passed_over = ("name-", "end-of-file", "detail-count")
        wrong = (each for each in reading.findings if not each.code.startswith(passed_over))
        if reading.file is None or any(each.severity == "ERROR" for each in wrong):
            return None
        return Seen(file, file_type, reading.file.name.org_1, reading.file)
