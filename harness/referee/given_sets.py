"""The file sets that a CIS gives: what makes one up, that all of it comes, and its number among others.

Rules SYN-01, SYN-06, SYN-07 and SYN-09 of a set, SEQ-06 of the time that its files take, FTS-03 and FTS-05 of the
names in it, SEQ-02 of its number: the next one of its LDC, whatever its kind, or of who submits it (AMB-34). A set that
was rejected, or of which nothing was heard, may be sent again under its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from harness.interface.file_sets import (
    FIRST_SEGMENT,
    MANIFEST,
    Manifest,
    Place,
    SetKey,
    disagreements,
    files_unlisted,
    key_of,
    manifest_of,
    only_segments,
    place_of,
    segments_awaited,
)
from harness.interface.files import Reading
from harness.interface.instants import Instant, iso, later
from harness.referee.case import Case, Check, Diary, Letter, Received

_RULES: Mapping[str, str] = {"not-in-manifest": "SYN-07", "record-count": "SYN-07", "segment-01-missing": "SYN-06"}
_REPORTS = ("IR06", "IR07")
_ENDINGS = (*_REPORTS, "IR10", "IR14")
"""The reports that tell what became of a set."""
_PROCESSED = ("completed", "completed_with_exceptions")
_SHOWN = 5


@dataclass(slots=True)
class Sending:
    """A set as it is given once; one that is sent again is another.

    :param first: when its first file was given, and `last` its last so far.
    :ivar there: how many detail records each segment has; None where that cannot be told.
    """

    key: SetKey
    first: Instant
    last: Instant
    there: dict[Place, int | None] = field(default_factory=dict)
    extracted: dict[str, datetime] = field(default_factory=dict)
    manifest: Manifest | None = None
    manifest_file: str = ""
    is_judged: bool = False

    @property
    def awaited(self) -> tuple[Place, ...]:
        """What its manifest lists and has not been given."""
        return () if self.manifest is None else segments_awaited(self.manifest, self.there)

    def __str__(self) -> str:
        return f"set with TX_ID {self.key.tx_id} of {self.key.ldc}"


class GivenSetsCheck(Check):
    """Holds every file set that a CIS gives to what makes a set."""

    situations: ClassVar[Mapping[str, str]] = {
        "sets/second of an LDC": "A second file set of an LDC is given.",
        "sets/of both kinds": "I-Sync and P-Sync sets of one LDC share its numbers.",
        "sets/in segments": "A file of a set is given in several segments.",
        "sets/sent again": "A number is used again, for a set of which nothing was heard, or that was rejected.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._latest: dict[SetKey, Sending] = {}
        self._kinds: dict[str, set[str]] = {}
        self._numbers: dict[tuple[str, str, str], int] = {}
        self._used: dict[tuple[str, int], bool] = {}
        self._under_way: dict[tuple[str, str, str], tuple[int, Instant]] = {}
        self._due: Diary[Sending] = Diary()
        self._numbered: list[tuple[Sending, Received, int]] = []
        self._next: dict[str, int] = {each.id: each.next_sequence_number for each in case.opening.organisations}
        self._counts_what_it_submits = case.answers("AMB-34") == ("per-submitter",)

    # --- what is given ---------------------------------------------------------------------------------------

    def received(self, received: Received) -> None:
        name = received.admission.name
        if name is None or name.part is None or received.admission.verdict == "refused":
            return
        key, place = key_of(name), place_of(name)
        sending = self._latest.get(key)
        if sending is None or place in sending.there:
            sending = self._latest[key] = Sending(key, received.instant, received.instant)
        self._check_in_time(sending, place, received)
        reading = self.case.content_of(received)
        sending.there[place] = None if reading.file is None or not reading.complete else len(reading.file.details)
        header = None if reading.file is None else reading.file.header
        if header is not None and isinstance(header["extracted_date_time"], datetime):
            sending.extracted[received.file.name] = header["extracted_date_time"]
        if place.segment_no != "01" and place.file_no != MANIFEST:
            self.case.meet("sets/in segments")
        if place.file_no == MANIFEST:
            self._take_manifest(sending, received, reading)
        self._check_times(sending, received)
        if sending.manifest is not None and not sending.awaited and not sending.is_judged:
            self._check_whole(sending, received)

    def _take_manifest(self, sending: Sending, received: Received, reading: Reading) -> None:
        sending.manifest, sending.manifest_file = manifest_of(reading), received.file.name
        if sending.manifest is None:
            return
        unlisted = files_unlisted(sending.manifest)
        observed = f"nothing of file {', '.join(unlisted)}"
        self._say("SYN-01", not unlisted, sending, received, "a manifest that lists each of files 01 to 05", observed)
        self._due.note(self._wait_ends(sending), sending)
        self._numbered.append((sending, received, sending.manifest.sequence_number))
        self._check_apart(sending, received, sending.manifest.sequence_number)

    def _check_in_time(self, sending: Sending, place: Place, received: Received) -> None:
        """A file comes before the set that it belongs to is rejected for want of it (SEQ-06)."""
        ends = self._wait_ends(sending)
        expected, observed = f"all files of the set by {iso(ends)}", f"segment {place} at {iso(received.instant)}"
        self._say("SEQ-06", sending.is_judged or received.instant <= ends, sending, received, expected, observed)
        sending.last = received.instant

    def _wait_ends(self, sending: Sending) -> Instant:
        """When a set that is not whole is rejected: by one reading each file begins the wait-time anew (AMB-06)."""
        since = sending.last if "from-last-file" in self.case.answers("AMB-06") else sending.first
        return later(since, minutes=int(self.case.value("set_wait_time_minutes")))

    def _check_times(self, sending: Sending, received: Received) -> None:
        """One Extracted Date Time in all headers of a set, which is past when the set is given (SYN-09)."""
        stated = sending.extracted.get(received.file.name)
        if stated is None:
            return
        times = sorted(set(sending.extracted.values()))
        shown = ", ".join(iso(Instant(each)) for each in times)
        self._say("SYN-09", len(times) == 1, sending, received, "one Extracted Date Time in the whole set", shown)
        held = stated <= later(received.instant, seconds=self.case.seconds)
        expected = f"an Extracted Date Time no later than the set was given, {iso(received.instant)}"
        self._say("SYN-09", held, sending, received, expected, iso(Instant(stated)))

    def _check_whole(self, sending: Sending, received: Received) -> None:
        """Manifest and segments agree, once all is there."""
        sending.is_judged = True
        counted = {place: number for place, number in sending.there.items() if number is not None}
        found = [each for each in disagreements(sending.manifest, counted) if each.code in _RULES]
        for each in found:
            self._say(_RULES[each.code], False, sending, received, each.expected, each.found)
        if not found:
            self._say("SYN-07", True, sending, received)
        self._check_only_segments(sending, received.instant, received.file.name)

    # --- names (FTS-03, FTS-05) ------------------------------------------------------------------------------

    def _check_apart(self, sending: Sending, received: Received, number: int) -> None:
        """Another set than the one before it under the same TX_ID comes once that one has ended.

        Whose end was not heard of may have ended unheard, after the longest that processing takes.
        """
        told_as = _told_as(sending.key.ldc, sending.key.file_type, sending.key.tx_id)
        before, since = self._under_way.get(told_as, (number, received.instant))
        longest = later(since, hours=int(self.case.value("psync_processing_within_hours")))
        held = before == number or received.instant > longest
        expected = f"another TX_ID than that of set {before}, which is under way"
        self._say("FTS-03", held, sending, received, expected, f"TX_ID {sending.key.tx_id} in set {number}")
        self._under_way[told_as] = number, received.instant

    def _check_strays(self, sending: Sending, due: Instant) -> None:
        """What a set lacks has not come under a TX_ID that no manifest carries."""
        for other in self._latest.values():
            alike = (other.key.ldc, other.key.file_type) == (sending.key.ldc, sending.key.file_type)
            has_manifest = any(place.file_no == MANIFEST for place in other.there)
            strays = sorted(set(sending.awaited) & set(other.there))
            if alike and strays and not has_manifest:
                observed = f"segment {strays[0]} with TX_ID {other.key.tx_id}, which no manifest has"
                expected = f"TX_ID {sending.key.tx_id} in all that its manifest lists"
                self.case.hold("FTS-03", False, due, str(sending), expected, observed, sending.manifest_file)

    def _check_only_segments(self, sending: Sending, moment: Instant, file: str) -> None:
        wrong = [place for place in only_segments(sending.manifest, sending.there) if place.segment_no != FIRST_SEGMENT]
        expected, observed = "segment 01 of a file that is sent as one", f"segment {', '.join(map(str, wrong))}"
        self.case.hold("FTS-05", not wrong, moment, str(sending), expected, observed, file)

    # --- its number (SEQ-02) ---------------------------------------------------------------------------------

    def _check_number(self, sending: Sending, received: Received, number: int) -> None:
        ldc, kind = str(sending.key.ldc), sending.key.file_type
        self._numbers[ldc, kind, sending.key.tx_id.casefold()] = number
        kinds = self._kinds.setdefault(ldc, set())
        kinds.add(kind)
        if not self._counts_what_it_submits and self._others_submit(ldc):
            why = "another organisation may give file sets of the LDC, and take numbers"
            self.case.cannot_see("SEQ-02", received.instant, f"numbers of {ldc}", why)
            return
        owner = self._owner(ldc)
        awaited, again = self._next[owner], (owner, number) in self._used
        if self._used:
            self.case.meet("sets/second of an LDC")
        if len(kinds) > 1:
            self.case.meet("sets/of both kinds")
        if again:
            self.case.meet("sets/sent again")
        expected = f"number {awaited}, the next of {owner}, or one of a set that was not processed"
        observed = f"{number}, of a set that was processed" if again else str(number)
        held = number == awaited or (again and not self._used[owner, number])
        self._say("SEQ-02", held, sending, received, expected, observed)
        self._used.setdefault((owner, number), False)
        self._next[owner] = max(awaited, number + 1)

    def _owner(self, ldc: str) -> str:
        """In whose sequence a set of an LDC is counted (AMB-34)."""
        return str(self.case.opening.you) if self._counts_what_it_submits else ldc

    def _others_submit(self, ldc: str) -> bool:
        """Whether somebody else than who is judged may take numbers of an LDC's sequence, or has done so before."""
        opening = self.case.opening
        others = {each.agent for each in opening.authorisations if (each.ldc, each.direction) == (ldc, "submit")}
        submitters = {ldc, *(agent for agent in others if any(self.case.may_submit(agent, ldc, t) for t in _SETS))}
        return submitters != {opening.you}

    def arrived(self, letter: Letter) -> None:
        """Take note of sets that were processed: their numbers are used up."""
        if letter.type in _ENDINGS:
            self._take_ending(letter)
        if letter.type not in _REPORTS:
            return
        codes = {self.case.profile.codes["sync_status"][word] for word in _PROCESSED}
        status = letter.status
        if status is not None and "tx_id" in status.layout.positions and status["status"] in codes:
            key = letter.ldc, str(status["file_type"]), str(status["tx_id"]).casefold()
            if (number := self._numbers.get(key)) is not None:
                self._used[self._owner(letter.ldc), number] = True

    def _take_ending(self, letter: Letter) -> None:
        """Take note of sets that have ended, well or not: their TX_IDs are free."""
        for record in (*(() if letter.content is None else letter.content.others), *letter.details):
            if "tx_id" in record.layout.positions:
                self._under_way.pop(_told_as(letter.ldc, str(record["file_type"]), str(record["tx_id"])), None)

    # --- what does not come in time (FTS-03, SYN-07) --------------------------------------------------------

    def passed(self, until: Instant) -> None:
        """Judge the numbers of what was given at an instant, which is in no order, and what has not come by now."""
        numbered, self._numbered = sorted(self._numbered, key=lambda each: each[2]), []
        for sending, received, number in numbered:
            self._check_number(sending, received, number)
        for due, sending in self._due.over(until):
            if sending.awaited and (ends := self._wait_ends(sending)) > due:
                self._due.note(ends, sending)
                continue
            awaited = ", ".join(map(str, sending.awaited[:_SHOWN]))
            expected = f"all that its manifest lists by {iso(due)}, before it is rejected"
            what = str(sending), expected, f"without segment {awaited}"
            self.case.hold("SYN-07", not sending.awaited, due, *what, sending.manifest_file)
            self._check_strays(sending, due)
            if not sending.is_judged:
                self._check_only_segments(sending, due, sending.manifest_file)

    def _say(
        self, rule: str, held: bool, sending: Sending, received: Received, expected: str = "", observed: str = ""
    ) -> None:
        self.case.hold(rule, held, received.instant, str(sending), expected, observed, received.file.name)


def _told_as(ldc: str, file_type: str, tx_id: str) -> tuple[str, str, str]:
    """How reports name a set: by its LDC, file type, and TX_ID in one case."""
    return ldc, file_type, tx_id.casefold()


_SETS = ("3000", "4000")
