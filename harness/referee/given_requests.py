"""What a CIS asks for again, held to what it was told of requests that were closed without quantities.

Rules BRP-11 of what is asked for again before anybody says that its problem is corrected, and WIN-11 of what is not
once somebody has said so. A period that was asked for whole may be asked for again in parts, and the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from harness.interface.files import Record
from harness.interface.instants import Instant, later
from harness.referee.case import Case, Check, Diary, Letter, Received
from harness.referee.given_books import Books, SdpKey
from harness.referee.given_reading import Span, hold_records, issued, ordered, period_of
from harness.referee.stream import Loaded

KNOWN_MINUTES = 60
"""So long after something was told a CIS may still act by what was before, and as long as it says on top of that."""
_AGENT = "sdp_to_billing_agent"
_RESPONSES = ("6000", "6100", "6200")
_ORDERS = frozenset({"request_quantities", "decide"})
_SHOWN = 5


class _Asked(NamedTuple):
    """A line of a request: its Request Detail ID, the days, and when it was given."""

    detail_id: str
    days: Span
    instant: Instant


class _Word(NamedTuple):
    """What people said: of which days of an SDP they want quantities, None for whichever, and when."""

    days: Span | None
    instant: Instant


class _Owed(NamedTuple):
    """What has to be asked for again: of an SDP the days that were closed and that are corrected, and since when."""

    sdp: SdpKey
    days: Span
    since: Instant


@dataclass(slots=True)
class _Told:
    """What is known of an SDP's quantities.

    :ivar asked: what was asked for anew; `closed` the periods that were closed without quantities, and since when the
        CIS has known; `words` what people said; `named` the periods that they ever named.
    """

    asked: list[_Asked] = field(default_factory=list)
    closed: dict[Span, Instant] = field(default_factory=dict)
    words: list[_Word] = field(default_factory=list)
    named: set[Span] = field(default_factory=set)

    def is_of_latest(self, detail_id: str | None, days: Span) -> bool:
        """Whether nothing was asked for since a request, that of the schedule where it has no Request Detail ID."""
        meeting = [each for each in self.asked if each.days.meets(days)]
        return not meeting if detail_id is None else bool(meeting) and meeting[-1].detail_id == detail_id

    def is_wanted_since(self, days: Span, closed: Span, moment: Instant) -> bool:
        """Whether people want days of a closed period again since a moment, or a period in which they lie."""
        around = [days, closed, *(each for each in self.named if each.meets(days))]
        return any(
            word.instant >= moment and (word.days is None or any(word.days.meets(each) for each in around))
            for word in self.words
        )


class GivenRequestsCheck(Check):
    """Holds what is asked for again to what was closed, and to what people say of it."""

    situations: ClassVar[Mapping[str, str]] = {
        "orders/closed": "A CIS hears that a request was closed without quantities.",
        "orders/closed and corrected": "The problem of a request that was closed is corrected.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._books = Books(case.profile.codes)
        self._sdp_of: dict[str, SdpKey] = {}
        self._told: dict[SdpKey, _Told] = defaultdict(_Told)
        self._owed: Diary[_Owed] = Diary()
        self._closed = case.profile.codes["transaction_status"]["no_data"]
        self._minutes = case.opening.sends_within_minutes + KNOWN_MINUTES

    # --- what people say ---------------------------------------------------------------------------------

    def loaded(self, loaded: Loaded) -> None:
        self._books.take(loaded)
        for each in loaded.data.get("instructions", ()):
            self._hear(each, loaded.instant)

    def _hear(self, word: Mapping[str, Any], moment: Instant) -> None:
        name, days = word["instruction"], ordered(word) if "first_day" in word else None
        if name in _ORDERS and days is not None:
            for sdp_id in word["sdp_ids"]:
                key = word["ldc"], sdp_id
                self._told[key].named.add(days)
                if word.get("rebill", True):
                    self._told[key].words.append(_Word(days, moment))
        elif name == "problem_corrected":
            for key in list(self._told):
                if key[0] == word["ldc"] and (not word["sdp_ids"] or key[1] in word["sdp_ids"]):
                    self._correct(key, days, moment)

    def _correct(self, key: SdpKey, days: Span | None, moment: Instant) -> None:
        told = self._told[key]
        told.words.append(_Word(days, moment))
        for closed, since in told.closed.items():
            if days is None or not closed.meets(days):
                continue
            self.case.meet("orders/closed and corrected")
            if later(since, minutes=KNOWN_MINUTES) <= moment:
                both = Span(max(closed.start, days.start), min(closed.end, days.end))
                self._owed.note(later(moment, minutes=self._minutes), _Owed(key, both, moment))

    # --- what a CIS is told ------------------------------------------------------------------------------

    def arrived(self, letter: Letter) -> None:
        if letter.findings:
            return
        self._sdp_of |= issued(letter)
        if letter.type in {*_RESPONSES, "BR06"}:
            for record in letter.details:
                self._note(record, letter.instant)

    def _note(self, record: Record, moment: Instant) -> None:
        """Note what was closed: of the request that was made last, which nothing was heard of before."""
        key, days = self._sdp_of.get(str(record["universal_sdp_id"])), period_of(record)
        if key is None or days is None or record["transaction_status"] != self._closed:
            return
        detail_id = record["request_detail_id"]
        told = self._told[key]
        if told.is_of_latest(None if detail_id is None else str(detail_id), days):
            self.case.meet("orders/closed")
            told.closed.setdefault(days, moment)

    # --- what it asks for --------------------------------------------------------------------------------

    def received(self, received: Received) -> None:
        is_taken = received.admission.verdict != "refused" and self.case.opening.from_the_beginning
        content = self.case.content_of(received).file if is_taken and received.type == "5000" else None
        if content is None:
            return
        early: list[tuple[int, str]] = []
        for record in content.details:
            key, days = self._sdp_of.get(str(record["universal_sdp_id"])), period_of(record)
            if key is None or days is None or record["version_date_time"] is not None:
                continue
            if self._is_early(key, days):
                early.append((record.line, f"{key[1]} {days}"))
            self._take(key, _Asked(str(record["request_detail_id"]), days, received.instant))
        expected = "nothing asked for again that was closed before its problem is corrected"
        hold_records(self.case, "BRP-11", received, expected, early)

    def _is_early(self, key: SdpKey, days: Span) -> bool:
        """Whether some days are asked for again of which nobody has said anything since they were closed."""
        told = self._told[key]
        return any(
            closed.meets(days) and not told.is_wanted_since(days, closed, later(since, minutes=-self._minutes))
            for closed, since in told.closed.items()
        )

    def _take(self, key: SdpKey, asked: _Asked) -> None:
        told = self._told[key]
        told.asked.append(asked)
        told.closed = {closed: since for closed, since in told.closed.items() if not closed.meets(asked.days)}

    # --- what has to have been asked for -----------------------------------------------------------------

    def passed(self, until: Instant) -> None:
        for due, owed in self._owed.over(until):
            if self._has_to_ask(owed):
                self._judge(due, owed)

    def _has_to_ask(self, owed: _Owed) -> bool:
        """Whether whose CIS it is may ask for an SDP's quantities, and surely bills it."""
        you, sdp = str(self.case.opening.you), self._books.sdps.get(owed.sdp)
        if sdp is None or sdp.removed is not None or not self.case.opening.from_the_beginning:
            return False
        if not self.case.may_submit(you, owed.sdp[0], "5000"):
            return False
        return all(each.value == you for each in sdp.histories.get(_AGENT, ()))

    def _judge(self, due: Instant, owed: _Owed) -> None:
        asked = [each for each in self._told[owed.sdp].asked if each.instant >= owed.since]
        held = any(each.days.meets(owed.days) for each in asked)
        expected = f"{owed.days} asked for again: they were closed, and their problem is corrected"
        observed = ", ".join(str(each.days) for each in asked[:_SHOWN]) or "nothing"
        self.case.hold("WIN-11", held, due, f"quantities of {owed.sdp[1]}", expected, observed)
