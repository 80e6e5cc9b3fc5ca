"""The world of a simulation: a conversation with the repository, and what its LDCs and their agent know.

Whatever is done here goes through the conversation, and the referee watches that. What the repository delivers is read
as it comes, and told at the end of each day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.interface.file_sets import MANIFEST, Place
from harness.interface.files import Value, write_file
from harness.interface.instants import Day, Instant, at, day_of, digits, iso, later
from harness.interface.names import FileName
from harness.oracle.billing import Request
from harness.stage.chapters.file_sets import A_MINUTE_EARLIER, FILE_TYPES, Draft, Kind
from harness.stage.conversation import Conversation
from harness.stories.ledger import Ledger
from harness.stories.made_ldc import Entry
from harness.stories.mail import END_OF_DAY, Answered, Seen, answered, opened
from harness.stories.sequences import Sequences
from harness.stories.utility import Sdp, Utility
from harness.stories.watched import LedgerWatch

AGENT = "Northern Billing"


@dataclass(frozen=True, slots=True)
class Intervals:
    """Meter data of an SDP, from an instant on, as it is loaded."""

    sdp: Sdp
    start: Instant
    wh: Sequence[int]
    status: str
    varh: Sequence[int] | None = None


@dataclass(slots=True)
class World:
    """Everybody and everything of a simulation.

    :param authorised: which types the agent may receive of which LDC.
    :param prefix: what every Request Detail ID begins with.
    :ivar sequences: the next sequence numbers; `schedules` the billing cycle dates of each LDC: of each period, by
        billing cycle and first day, the exclusive end.
    :param answers: what was delivered in answer to requests and schedules.
    :param seen: the files of the day, as far as they could be read.
    """

    conversation: Conversation
    ledger: Ledger
    utilities: Sequence[Utility]
    authorised: frozenset[tuple[str, str, str]]
    prefix: str = ""
    watch: LedgerWatch = field(init=False)
    sequences: Sequences = field(init=False)
    schedules: dict[str, dict[tuple[str, Day], Day]] = field(init=False)
    answers: list[Answered] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    _read: int = 0
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sequences = Sequences.of_reading(self.conversation.profile.readings["AMB-34"])
        self.schedules = {utility.ldc: {} for utility in self.utilities}
        self.watch = LedgerWatch(self.conversation, self.conversation.setting.system, self.ledger)
        self.conversation.let_watch(self.watch)

    @property
    def now(self) -> Instant:
        return self.conversation.now

    @property
    def today(self) -> Day:
        return day_of(self.now)

    def may_receive(self, recipient: str, ldc: str, file_type: str) -> bool:
        """Whether an organisation may receive a type of an LDC's files (FTS-11, FTS-13)."""
        return recipient == ldc or (ldc, recipient, file_type) in self.authorised

    # --- time ------------------------------------------------------------------------------------------------

    def until(self, moment: Instant) -> None:
        """Let time pass, and read what has come meanwhile."""
        if moment <= self.now:
            return
        self.conversation.advance(moment)
        delivered = self.conversation.delivered
        for file in delivered[self._read :]:
            seen = opened(file, self.conversation)
            if seen is not None:
                self.seen.append(seen)
                self.answers += answered(seen)
        self._read = len(delivered)

    def end_of_day(self) -> list[Seen]:
        """Let the day come to its end; the files that were delivered on it."""
        self.until(at(self.today, *END_OF_DAY))
        seen, self.seen = self.seen, []
        self.watch.check()
        return seen

    # --- what is submitted -----------------------------------------------------------------------------------

    def _name(self, utility: Utility, submitter: str, file_type: str) -> FileName:
        """A name that no other file has: those of one instant differ in their seconds."""
        version = self.conversation.profile.file_types[file_type].active
        moment, org = self.now, self.conversation.party(submitter).id
        while True:
            name = FileName(utility.ldc, org, file_type, version, digits(moment))
            if str(name) not in self._names:
                self._names.add(str(name))
                return name
            moment = later(moment, seconds=1)

    def _submit(
        self,
        utility: Utility,
        submitter: str,
        file_type: str,
        details: Iterable[tuple[str, Mapping[str, Value]]],
    ) -> None:
        name = self._name(utility, submitter, file_type)
        header: Mapping[str, Value] = {"ldc_org_id": utility.ldc, "created_date_time": self.now}
        self.conversation.submit(submitter, str(name), write_file(self.conversation.profile, name, header, details))

    def ask_for_ids(self, utility: Utility, sdps: Sequence[Sdp]) -> None:
        """Ask for the Universal SDP IDs of SDPs."""
        details = [("assignment_request", {"ldc_org_id": utility.ldc, "sdp_id": sdp.sdp_id}) for sdp in sdps]
        self._submit(utility, utility.alias, "1000", details)

    def take_ids(self, utility: Utility, sdps: Iterable[Sdp]) -> None:
        """Take the Universal SDP IDs of SDPs from what has come; one that did not come stays unknown."""
        for seen in self.seen:
            for record in seen.details if seen.type == "2000" and seen.ldc == utility.ldc else ():
                utility.ids.setdefault(str(record["sdp_id"]), str(record["universal_sdp_id"]))
        for sdp in sdps:
            sdp.universal_id = utility.ids.get(sdp.sdp_id, "")

    def send_set(
        self,
        utility: Utility,
        kind: Kind,
        entries: Sequence[Entry],
        *,
        ahead: int = 0,
        submitter: str | None = None,
        flawed: bool = False,
        without: str | None = None,
    ) -> str:
        """Send a file set; its TX_ID.

        :param ahead: how far its sequence number lies ahead of the next one.
        :param flawed: whether its files state different Extracted Date Times, so that it does not load.
        :param without: the file number that is held back, so that the set stays incomplete.
        """
        by = submitter or utility.alias
        number = self.sequences.next_number(utility.ldc, self.conversation.party(by).id) + ahead
        draft = Draft(kind, number, utility.alias, by, self.conversation.draw.transaction_id())
        if flawed:
            draft.extracted_otherwise["03"] = A_MINUTE_EARLIER
        for entry in dict.fromkeys(map(_hashable, entries)):
            draft.add(entry[0], entry[1], **dict(entry[2]))
        created = self._name(utility, by, FILE_TYPES[kind]).created
        draft.lay_out(self.conversation, created)
        self._send_files(draft, by, without)
        return draft.tx_id

    def _send_files(self, draft: Draft, by: str, without: str | None) -> None:
        """Send the files of a set, its manifest last."""

        def last(place: Place) -> tuple[bool, Place]:
            return place.file_no == MANIFEST, place

        for place in sorted(draft.files, key=last):
            if place.file_no != without:
                self.conversation.submit(by, draft.files[place].sent_as, draft.files[place].content)

    def use_number(self, utility: Utility, submitter: str | None = None) -> None:
        """The set that was sent is going to be processed: the next one has the next number."""
        self.sequences.use(utility.ldc, self.conversation.party(submitter or utility.alias).id)

    def load(self, intervals: Sequence[Intervals], reads: Sequence[tuple[Sdp, Instant, int]] = ()) -> None:
        """Let meter data, and register reads, reach the repository."""
        if not intervals and not reads:
            return
        entries: list[dict[str, Any]] = []
        for each in intervals:
            minutes = each.sdp.nature.minutes
            entry: dict[str, Any] = {
                "universal_sdp_id": each.sdp.universal_id,
                "start": iso(each.start),
                "interval_minutes": minutes,
                "wh": list(each.wh),
                "status": each.status,
            }
            if each.varh is not None:
                entry["varh"] = list(each.varh)
            entries.append(entry)
        message: dict[str, Any] = {"intervals": entries}
        for sdp, moment, reading in reads:
            read = {"universal_sdp_id": sdp.universal_id, "instant": iso(moment), "reading": reading}
            message.setdefault("register_reads", []).append(read)
        self.conversation.load(message)

    def request(self, utility: Utility, submitter: str, request: Request, version: Instant | None = None) -> None:
        """Ask for billing quantities, or, with a version, for what was delivered by an instant."""
        self._submit(utility, submitter, "5000", [("billing_request", self._fields(request, version))])

    def _fields(self, request: Request, version: Instant | None) -> Mapping[str, Value]:
        codes = self.conversation.profile.codes["request_cycle"]
        return {
            "request_detail_id": request.detail_id,
            "universal_sdp_id": request.sdp,
            "cycle": codes["on_cycle" if request.on_cycle else "off_cycle"],
            "period_start_date": request.start,
            "period_end_date": request.end,
            "version_date_time": version,
        }

    def send_schedule(self, utility: Utility, dates: Sequence[tuple[str, Day, Day]]) -> None:
        """Send billing cycle dates: billing cycle, first day and exclusive end."""
        details: list[tuple[str, Mapping[str, Value]]] = [
            ("billing_cycle", {"billing_cycle_id": cycle, "period_start_date": start, "period_end_date": end})
            for cycle, start, end in dates
        ]
        self._submit(utility, utility.alias, "8000", details)


def _hashable(entry: Entry) -> tuple[str, str, tuple[tuple[str, Value], ...]]:
    return entry.file_no, entry.kind, tuple(entry.fields.items())
