"""The files that a repository delivers in a simulation, as those who receive them read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from harness.interface.files import InterfaceFile, Record
from harness.interface.instants import Day, Instant
from harness.stage.conversation import Conversation, Delivered

END_OF_DAY = (23, 59, 59)
_RESPONSES = ("6000", "6100")


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


class Answered(NamedTuple):
    """A response about a period of an SDP that somebody has received."""

    sdp: str
    start: Day
    end: Day
    recipient: str
    at: Instant


def opened(file: Delivered, conversation: Conversation) -> Seen | None:
    """Read a file; None where nobody can say what it says. What is wrong with it the referee tells."""
    reading = conversation.reader.read(file.name, file.content, conversation.profile)
    file_type = file.name.split(".")[2] if file.name.count(".") > 2 else "?"
    passed_over = ("name-", "end-of-file", "detail-count")
    wrong = (each for each in reading.findings if not each.code.startswith(passed_over))
    if reading.file is None or any(each.severity == "ERROR" for each in wrong):
        return None
    return Seen(file, file_type, reading.file.name.org_1, reading.file)


def answered(seen: Seen) -> Iterator[Answered]:
    """The responses that stand in a file; of several records about one request there is one."""
    known: set[Answered] = set()
    for record in seen.details if seen.type in _RESPONSES else ():
        start, end = record["period_start_date"], record["period_end_date"]
        if isinstance(start, date) and isinstance(end, date):
            place = str(record["universal_sdp_id"]), Day(start), Day(end)
            found = Answered(*place, seen.file.recipient, seen.file.instant)
            if found not in known:
                known.add(found)
                yield found
