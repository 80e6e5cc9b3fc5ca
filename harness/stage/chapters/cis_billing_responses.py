"""What a CIS under test is given of quantities: the meter data behind them, and the responses and reports that came.

Nothing here is judged of the CIS. Where something did not come that a scenario rests on, the scenario is blocked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from harness.interface.files import InterfaceFile, Record, read_file
from harness.interface.instants import Day, Instant, iso
from harness.stage.chapters.assignment import AssignmentDesk
from harness.stage.chapters.billing import HOURS, RESPONSES, BillingDesk
from harness.stage.chapters.cis_billing import RequestDesk
from harness.stage.chapters.mailboxes import described, file_type
from harness.stage.chapters.synchronization import SyncDesk
from harness.stage.conversation import Conversation, Delivered
from harness.suite.verdicts import Unmet

ONE_DAY = timedelta(days=1)


class IssuedDesk(SyncDesk):
    """Who is who where a CIS asks for the Universal SDP IDs: they are those that it was given."""

    def __init__(self, conversation: Conversation, assignment: AssignmentDesk, requests: RequestDesk) -> None:
        super().__init__(conversation, assignment)
        self.requests = requests

    def ldc_of(self, sdp: str) -> str:
        """The LDC that has an SDP on record; the first, where none has."""
        sdp_id, created = self.assignment.sdp_id(sdp), self.requests.business.created
        return next((ldc for ldc, of_ldc in created.items() if sdp_id in of_ldc), super().ldc_of(sdp))

    def universal_sdp_id(self, ldc: str, sdp: str) -> str:
        """The Universal SDP ID that the CIS was given for an SDP of an LDC.

        :raises Unmet: it was given none.
        """
        for universal, named in self.requests.named().items():
            if named == sdp:
                return self.conversation.aliases.call(universal, sdp)
        raise Unmet(
            f"a Universal SDP ID of {sdp!r}, an SDP of {ldc!r}, by {iso(self.conversation.now)}",
            "the CIS was given none",
        )


class Answers:
    """Lets meter data reach the MDM/R, and reads what came of requests."""

    def __init__(self, requests: RequestDesk, assignment: AssignmentDesk) -> None:
        self.requests = requests
        self.seat = requests.seat
        self.ids = IssuedDesk(self.seat, assignment, requests)
        self._meters = BillingDesk(self.seat, self.ids)

    def meter(self, sdp: str, wh: int, first: Day, last: Day) -> None:
        """Let the MDM/R have meter data of an SDP, the same each hour, for days of which the last is included."""
        self._meters.load(sdp, first, Day(last + ONE_DAY), [wh] * HOURS)

    def is_about(self, record: Record, sdp: str) -> bool:
        """Whether a record of a response is about an SDP."""
        return record["universal_sdp_id"] == self.ids.universal_sdp_id(self.ids.ldc_of(sdp), sdp)

    # --- what was delivered ------------------------------------------------------------------------------

    def deliveries(self, sdp: str) -> list[Instant]:
        """When the MDM/R delivered responses about an SDP to the CIS, whatever became of them on their way."""
        you = self.seat.you.id
        files = [file for file in self.seat.delivered if file.recipient == you and file_type(file) in RESPONSES]
        found = {file.instant for file in files for record in self._details(file) if self.is_about(record, sdp)}
        return sorted(found)

    def delivery(self, sdp: str, number: int) -> tuple[Instant, Instant | None]:
        """When the first, second, ... response about an SDP was delivered, and when the one after it.

        :raises Unmet: there were not so many.
        """
        found = self.deliveries(sdp)
        if len(found) < number:
            raise Unmet(f"{number} responses about {sdp!r} by {iso(self.seat.now)}", f"{len(found)} were delivered")
        return found[number - 1], found[number] if len(found) > number else None

    # --- what reached the CIS ----------------------------------------------------------------------------

    def check_given(self, status: str, sdps: Sequence[str], times: int = 1) -> None:
        """Responses with a status about some SDPs have reached the CIS whole.

        :param times: in how many files about each of them.

        :raises Unmet: there were fewer.
        """
        for sdp in sdps:
            given = {file.name for file, record in self._reached(RESPONSES, sdp) if _status(record) == status}
            if len(given) < times:
                expected = f"{times} times a response about {sdp!r} with status {status} by {iso(self.seat.now)}"
                raise Unmet(expected, f"{len(given)} times; {self._described(RESPONSES)}")

    def check_listed(self, report: str, sdps: Sequence[str]) -> None:
        """Reports of a type that list some SDPs have reached the CIS.

        :raises Unmet: one of them was not listed.
        """
        for sdp in sdps:
            if not any(self._reached((report,), sdp)):
                raise Unmet(f"a {report} that lists {sdp!r} by {iso(self.seat.now)}", self._described((report,)))

    def _reached(self, types: Sequence[str], sdp: str) -> Iterator[tuple[Delivered, Record]]:
        for file in self.seat.got:
            if file_type(file) in types:
                yield from ((file, record) for record in self._details(file) if self.is_about(record, sdp))

    def _details(self, file: Delivered) -> Sequence[Record]:
        reading = read_file(file.name, file.content, self.seat.profile)
        content: InterfaceFile | None = reading.file if reading.complete else None
        return () if content is None else content.details

    def _described(self, types: Sequence[str]) -> str:
        return f"the CIS was given {described(file for file in self.seat.got if file_type(file) in types)}"


def _status(record: Record) -> str:
    return str(record["transaction_status"])
