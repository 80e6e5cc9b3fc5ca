"""What the Master Directory says of SDPs, as far as the sets that came, and the reports on them, show it.

Billing rests on it, and does not judge it. A set counts from the moment on at which an IR06 or IR07 says that it was
synchronized; between its last file and that moment nothing can be said of its SDPs. Where the slides leave open what a
set makes of an SDP, nothing can be said of that SDP from then on.

What comes waits until something is asked: where nobody is billed, nothing of it is ever looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from harness.interface.columns import columns_of
from harness.interface.file_sets import PERIODIC_AUDIT, Place, SetKey, key_of, manifest_of, place_of, segments_awaited
from harness.interface.files import Reading
from harness.interface.instants import Day, Instant, day_of
from harness.interface.reader import REMEMBERED
from harness.interface.set_records import BEGINNING, Statement, overlaps, parameter_words, statements
from harness.oracle.master_directory import Attribute, Fact, Record
from harness.oracle.spans import SpanDirectory
from harness.oracle.synchronization import AcceptedSet, Kind
from harness.referee.case import Case, Letter, Received

_APPLIED = ("completed", "completed_with_exceptions")
_REPORTS = frozenset({"IR06", "IR07", "IR10", "IR14"})
_WAIT = 200
"""So many files wait at most."""
_NEVER_STOPPED = 100
"""The share of SDPs that a set may deactivate: that it was synchronized is known."""


@dataclass(slots=True)
class _Arriving:
    """A set of which files have come."""

    files: dict[Place, Reading] = field(default_factory=dict)
    said: tuple[Statement, ...] = ()

    def is_complete(self) -> bool:
        manifest = None if (reading := self.files.get(Place("00", "01"))) is None else manifest_of(reading)
        return manifest is not None and not segments_awaited(manifest, self.files)

    def sdps(self) -> set[str]:
        """The SDPs that it says something of."""
        return {each.key.id for each in self.said if each.key.entity == "sdp"}


class _Completed(NamedTuple):
    """The set that was whole last.

    :param received: the file that it was whole with; `sdps`: the SDPs that it may concern, None for all.
    """

    received: Received
    sdps: set[str] | None

    def concerns(self, sdp: str) -> bool:
        return self.sdps is None or sdp in self.sdps


class Directories:
    """The Master Directory of each LDC, and what is not known of it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._of: Mapping[str, SpanDirectory] = {ldc: SpanDirectory() for ldc in case.ldcs}
        self._waiting: list[Received | Letter] = []
        self._completed: _Completed | None = None
        self._arriving: dict[SetKey, _Arriving] = {}
        self._unsettled: dict[str, dict[SetKey, set[str] | None]] = defaultdict(dict)
        self._unclear: dict[tuple[str, str], str] = {}
        self._words = parameter_words(case.profile.codes)

    # --- what is known -------------------------------------------------------------------------------------

    @property
    def of(self) -> Mapping[str, SpanDirectory]:
        """The Master Directory of each LDC."""
        self._catch_up()
        return self._of

    def unknown(self, ldc: str, sdp: str) -> str:
        """Why nothing can be said of an SDP now; empty where it can."""
        self._catch_up()
        if (ldc, sdp) in self._unclear:
            return self._unclear[ldc, sdp]
        if any(sdps is None or sdp in sdps for sdps in self._unsettled[ldc].values()):
            return "a file set that names the SDP is on its way into the Master Directory"
        if not self.case.opening.from_the_beginning and not self.of[ldc].knows(sdp):
            return "what was synchronized before the stream began is not known"
        if not self.of[ldc].knows(sdp) and not self.is_settled(ldc):
            return "a file set is on its way, and whether the SDP is known is seen when it is there"
        if self.of[ldc].facts.get(Attribute("sdp", sdp, "sdp_type")) == self.case.profile.codes["sdp_type"]["virtual"]:
            return "what a virtual SDP is billed by is not judged"
        return ""

    def is_settled(self, ldc: str) -> bool:
        """Whether no set of an LDC is on its way."""
        self._catch_up()
        return not self._unsettled[ldc]

    # --- what comes ----------------------------------------------------------------------------------------

    def received(self, received: Received) -> Callable[[str], bool] | None:
        """A file was submitted; whether a set that is whole with it may say something that concerns an SDP."""
        name = received.admission.name
        if name is None or name.part is None or received.admission.verdict == "refused" or name.org_1 not in self._of:
            return None
        self._wait(received)

        def concerns(sdp: str) -> bool:
            self._catch_up()
            whole = self._completed
            return whole is not None and whole.received is received and whole.concerns(sdp)

        return concerns

    def arrived(self, letter: Letter) -> None:
        """A report on a set may have come."""
        if letter.ldc in self._of and letter.type in _REPORTS:
            self._wait(letter)

    def _wait(self, seen: Received | Letter) -> None:
        """Look at a file when something is asked; at once where it is large, or where many wait."""
        self._waiting.append(seen)
        if len(seen.file.content) > REMEMBERED or len(self._waiting) > _WAIT:
            self._catch_up()

    def _catch_up(self) -> None:
        waiting, self._waiting = self._waiting, []
        for seen in waiting:
            if isinstance(seen, Received):
                self._take(seen)
            else:
                self._settle(seen)

    def _take(self, received: Received) -> None:
        """Let a file join its set."""
        name = received.admission.name
        if name is None:
            return
        key = key_of(name)
        arriving = self._arriving.setdefault(key, _Arriving())
        reading = self.case.content_of(received)
        arriving.files.setdefault(place_of(name), reading)
        if not arriving.is_complete():
            return
        arriving.said = tuple(self._said(arriving.files.values()))
        sdps = self._unsettled[name.org_1][key] = None if key.file_type == PERIODIC_AUDIT else arriving.sdps()
        of_sdps_alone = all(each.key.entity == "sdp" for each in arriving.said)
        self._completed = _Completed(received, sdps if of_sdps_alone else None)

    def _settle(self, letter: Letter) -> None:
        """Let a report say what became of its set."""
        if letter.type in {"IR06", "IR07"} and letter.status is not None:
            self._synchronized(letter)
        elif letter.type == "IR14" and letter.status is not None:
            failed = self.case.profile.codes["load_status"]["failed"]
            if letter.status["status"] == failed:
                self._forget(letter.ldc, str(letter.status["tx_id"]))
        elif letter.type == "IR10":
            for record in letter.details:
                self._forget(letter.ldc, str(record["tx_id"]))

    def _said(self, readings: Iterable[Reading]) -> Iterator[Statement]:
        for reading in readings:
            if reading.file is not None and reading.name is not None and reading.name.part is not None:
                if reading.name.part.file_no == "00":
                    continue
                for columns in columns_of(reading.file.details):
                    for one in statements(str(reading.name), columns, self._words):
                        yield from one.statements()

    def _key(self, ldc: str, tx_id: str) -> SetKey | None:
        return next((key for key in self._arriving if (key.ldc, key.tx_id) == (ldc, tx_id)), None)

    def _forget(self, ldc: str, tx_id: str) -> None:
        key = self._key(ldc, tx_id)
        if key is not None:
            del self._arriving[key]
            self._unsettled[ldc].pop(key, None)

    def _synchronized(self, letter: Letter) -> None:
        status = letter.status
        key = None if status is None else self._key(letter.ldc, str(status["tx_id"]))
        if status is None or key is None:
            return
        arriving = self._arriving[key]
        if not arriving.is_complete():
            return
        self._forget(letter.ldc, key.tx_id)
        words = {code: word for word, code in self.case.profile.codes["sync_status"].items()}
        word = words.get(str(status["status"]), "")
        extracted = status["extracted_date_time"]
        if word in _APPLIED and isinstance(extracted, datetime):
            self._apply(key, arriving, day_of(Instant(extracted)), word)
        elif word not in words.values():
            self._cloud(letter.ldc, arriving.sdps(), "what was made of a file set that names it cannot be read")

    def _apply(self, key: SetKey, arriving: _Arriving, extracted: Day, word: str) -> None:
        directory, sdps = self._of[key.ldc], arriving.sdps()
        periodic = key.file_type == PERIODIC_AUDIT
        if periodic:
            omitted = directory.active_sdps(extracted) - sdps
            self._cloud(key.ldc, omitted, "when what a P-Sync leaves out ends is open (AMB-32, AMB-37)")
        self._cloud(key.ldc, _contradicted(arriving.said), "a file set says of it what can be read in two ways")
        accepted = _accepted(arriving, extracted, periodic=periodic)
        for attribute in directory.left_open(accepted):
            whose = [attribute] if attribute.entity == "sdp" else directory.rivals(attribute.entity_id)
            self._cloud(
                key.ldc,
                {each.entity_id for each in whose},
                "what holds after a span of what was left open is said nowhere",
            )
        outcome = directory.synchronize(accepted, _NEVER_STOPPED)
        failed = {each.change.attribute for each in outcome.exceptions}
        if bool(failed) != (word == _APPLIED[1]):
            self._cloud(key.ldc, sdps, "what failed of a file set that names it is not what was expected")
        of_meters = any(attribute.entity != "sdp" for attribute in failed)
        self._cloud(
            key.ldc,
            sdps if of_meters else {attribute.entity_id for attribute in failed},
            "a file set that names it was not taken whole",
        )

    def _cloud(self, ldc: str, sdps: Iterable[str], why: str) -> None:
        for sdp in sdps:
            self._unclear.setdefault((ldc, sdp), why)


def _accepted(arriving: _Arriving, extracted: Day, *, periodic: bool) -> AcceptedSet:
    """The content of a set in the oracle's words."""
    facts: list[Fact] = []
    records: list[Record] = []
    created: set[str] = set()
    for entity, identifier, name, start, end, value in ((*each.key, *each[1:4]) for each in arriving.said):
        attribute = Attribute(entity, identifier, name)
        if start == BEGINNING:
            facts.append(Fact(attribute, value))
            created |= {identifier} if entity == "sdp" else set()
        else:
            records.append(Record(attribute, start, end, value))
    kind: Kind = "P-Sync" if periodic else "I-Sync"
    return AcceptedSet(kind, extracted, frozenset(created), tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(records)))


def _contradicted(said: Iterable[Statement]) -> set[str]:
    """The SDPs of which a set says something that readings take otherwise (AMB-38, AMB-40)."""
    dated = [each for each in said if each.start != BEGINNING]
    found = {clash.later.key.id for clash in overlaps(dated) if not clash.is_repetition}
    by_key: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for each in dated:
        by_key[each.key].append(each)
    for several in by_key.values():
        opened = min((each.start for each in several if each.end is None), default=None)
        if opened is not None and any(each.end is not None and each.start > opened for each in several):
            found.add(several[0].key.id)
    return found
