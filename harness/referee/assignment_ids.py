"""Which Universal SDP ID belongs to whom, as the responses tell it (USDP-02 to USDP-05, USDP-14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from harness.interface.files import Record
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant
from harness.referee.case import Case, Letter
from harness.referee.judgements import Subject
from harness.referee.post import broken_by
from harness.suite.randomness import SAMPLE, sequence_shown

ISSUED, ALREADY_ISSUED = "issued", "already_issued"
INVALID, INCOMPLETE = "invalid_organisation", "incomplete_data"
EXCEPTIONS = frozenset({INVALID, INCOMPLETE})
_WITHOUT_LDC: Mapping[str, str] = {"incomplete-data": INCOMPLETE, "invalid-organisation": INVALID}
"""What a line without an LDC gets, by the readings of AMB-36."""


class Line(NamedTuple):
    """A line of a request: LDC and SDP ID as they stand there, None where they are left out."""

    ldc: str | None
    sdp_id: str | None


@dataclass(slots=True)
class Request:
    """A request that was let in, or may have been.

    :param is_sure: whether it was: all of it could be read, and no file of its name came before.
    :param responses: the responses to it, to whomever; `statuses` what the first of them says, counted by word.
    :param summarised_to: who has received an IR01 that tells of it, and the first such file.
    :param is_settled: whether it was judged to whom its response goes.
    :param latest: when the last file of its name came; `times` how many came: each may be answered, in any order.
    """

    name: str
    ldc: str
    submitter: OrgId
    instant: Instant
    lines: tuple[Line, ...]
    is_sure: bool
    latest: Instant
    responses: list[Letter] = field(default_factory=list)
    statuses: Mapping[str, int] | None = None
    summarised_to: dict[str, str] = field(default_factory=dict)
    is_settled: bool = False
    times: int = 1

    def __lt__(self, other: Request) -> bool:
        """In the order in which they were submitted."""
        return (self.instant, self.name) < (other.instant, other.name)

    @property
    def about(self) -> str:
        return f"request {self.name}"

    @property
    def subject(self) -> Subject:
        return ("request", self.name)

    @property
    def came_again(self) -> bool:
        return self.times > 1

    @property
    def has_bad_lines(self) -> bool:
        return any(line.ldc != self.ldc or line.sdp_id is None for line in self.lines)

    def pairs(self) -> Iterator[Pair]:
        """The LDC's SDP IDs that it asks for, as often as it does, in its order."""
        return (Pair(self.ldc, line.sdp_id) for line in self.lines if line.ldc == self.ldc and line.sdp_id)


class Pair(NamedTuple):
    """What a Universal SDP ID belongs to: one LDC's SDP ID."""

    ldc: str
    sdp_id: str

    def __str__(self) -> str:
        return f"SDP ID {self.sdp_id} of {self.ldc}"


@dataclass(slots=True)
class Held:
    """An ID, and in which run it was said to be issued; None where it was told to be issued before."""

    universal_id: str
    issued: Instant | None


class UniversalIds:
    """The IDs that are known from responses.

    :ivar waiting: how often an SDP ID was asked for without a response so far: it may have been issued unseen.
    :ivar refused: by which rule the request was refused that alone has asked for an SDP ID so far, and that request.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.words = {code: word for word, code in case.profile.codes["assignment_status"].items()}
        self.waiting: dict[Pair, int] = {}
        self.refused: dict[Pair, tuple[str, Subject]] = {}
        self._held: dict[Pair, Held] = {}
        self._owners: dict[str, Pair] = {}
        self._sample: list[str] | None = []

    def is_another_ldcs(self, pair: Pair) -> bool:
        """Whether another LDC has asked for the same SDP ID."""
        others = (Pair(ldc, pair.sdp_id) for ldc in self.case.ldcs if ldc != pair.ldc)
        return any(other in self._held or other in self.waiting for other in others)

    def ask(self, request: Request) -> None:
        """A request asks for IDs, which may be issued from now on: each time its file comes, until it is answered."""
        for pair in request.pairs():
            self.waiting[pair] = self.waiting.get(pair, 0) + 1

    def answer(self, request: Request) -> None:
        """A response has told of all that a request asked for."""
        for pair in request.pairs():
            self.waiting[pair] -= request.times
            if not self.waiting[pair]:
                del self.waiting[pair]

    def refuse(self, request: Request, rule: str) -> None:
        """A request is not let in: what it alone asks for is not issued."""
        for pair in request.pairs():
            if pair not in self._held:
                self.refused.setdefault(pair, (rule, request.subject))

    def take_sample(self, requests: Iterable[Request]) -> None:
        """Hold the IDs issued so far, in the order in which they were asked for, to being no sequence (USDP-04)."""
        for request in requests:
            if self._sample is None:
                return
            issued = [self._held[pair] for pair in dict.fromkeys(request.pairs()) if pair in self._held]
            new = [held.universal_id for held in issued if held.issued is not None and is_number(held.universal_id)]
            self._sample += [each for each in new if each not in self._sample]
            if len(self._sample) >= SAMPLE:
                self.case.meet("assignment/as many IDs as show a sequence")
                shown = sequence_shown([int(each) for each in self._sample])
                at, expected = request.responses[0].instant, "Universal SDP IDs that reveal no sequence"
                self.case.hold("USDP-04", shown is None, at, "Universal SDP IDs", expected, shown)
                self._sample = None

    # --- one record ------------------------------------------------------------------------------------------

    def judge(self, request: Request, letter: Letter, record: Record, run: Instant) -> str | None:
        """Hold a record of a response to what is known; the word of its status, where it has one.

        :param run: when the run was, or the first that was seen of it.
        """
        word = self.words.get(str(record["status"]))
        line = Line(_text(record["ldc_org_id"]), _text(record["sdp_id"]))
        universal_id = _text(record["universal_sdp_id"])
        if word is None:
            return None
        rests_on = letter.resting_on(record)
        where = letter.instant, f"{line.sdp_id or 'no SDP ID'} in {letter.file.name}"
        place = letter.file.name, record.line
        right = self._right_words(line, request) if request.is_sure else frozenset()
        expected = f"status {' or '.join(sorted(right))}" if right else ""
        if right and word not in right:
            rule = "USDP-14" if request.has_bad_lines else "USDP-01"
            self.case.hold(rule, False, *where, expected, word, *place, rests_on=rests_on)
            return word
        if line.ldc is None and line.sdp_id is not None:
            self.case.keeps("AMB-36", request.ldc, [answer for answer, gets in _WITHOUT_LDC.items() if gets == word])
        if word in EXCEPTIONS:
            no_id = "no Universal SDP ID in an exception"
            self.case.hold("USDP-14", universal_id is None, *where, no_id, universal_id, *place, rests_on=rests_on)
        elif line.ldc is not None and line.sdp_id is not None:
            self._judge_id(Pair(line.ldc, line.sdp_id), word, universal_id, (letter, record, run))
        return word

    def _right_words(self, line: Line, request: Request) -> frozenset[str]:
        """The statuses that a line may get; empty where the slides leave that open.

        What a line gets that has no LDC is open (AMB-36), and the same each time. That of one that names another LDC
        is not said.
        """
        if line.ldc is None:
            answers = self.case.still_open("AMB-36", request.ldc)
            return EXCEPTIONS if line.sdp_id is None else frozenset(_WITHOUT_LDC[answer] for answer in answers)
        if line.ldc != request.ldc and line.ldc in self.case.ldcs:
            return frozenset()
        wrong = {INVALID} if line.ldc != request.ldc else set()
        missing = {INCOMPLETE} if line.sdp_id is None else set()
        return frozenset(wrong | missing) or frozenset({ISSUED, ALREADY_ISSUED})

    def _judge_id(self, pair: Pair, word: str, given: str | None, at: tuple[Letter, Record, Instant]) -> None:
        letter, record, run = at
        place, rests_on = (letter.file.name, record.line), letter.resting_on(record)
        hold, about = self.case.hold, str(pair)
        held = self._held.get(pair)
        if given is None:
            rule = "USDP-01" if word == ISSUED else "USDP-03"
            hold(rule, False, letter.instant, about, "a Universal SDP ID", "none", *place, rests_on=rests_on)
            return
        right = self._may_say(pair, word, given, run)
        rule, refused = self.refused.pop(pair, ("USDP-03", ("request", "")))
        observed, ties = f"{word.replace('_', ' ')}: {given}", (*rests_on, refused)
        for each in broken_by(rule, "1000"):
            hold(each, not right, letter.instant, about, right, observed, *place, rests_on=ties)
        hold("USDP-04", is_number(given), letter.instant, about, "a number", given, *place, rests_on=rests_on)
        owner = self._owners.setdefault(given, pair)
        rule = "USDP-05" if owner.sdp_id == pair.sdp_id and owner != pair else "USDP-02"
        expected, observed = "an ID of its own", f"{given}, which is that of {owner}"
        hold(rule, owner == pair, letter.instant, about, expected, observed, *place, rests_on=rests_on)
        if held is None:
            self._held[pair] = Held(given, run if word == ISSUED else None)
        elif word == ISSUED and held.issued is None:
            held.issued = run

    def _may_say(self, pair: Pair, word: str, given: str, run: Instant) -> str:
        """What should have been said of a pair instead; empty where all is well."""
        held = self._held.get(pair)
        if held is None:  # the request at hand is one of those that wait
            unseen = self.waiting.get(pair, 0) > 1 or not self.case.opening.from_the_beginning
            return "" if word == ISSUED or unseen else "issued: it was never asked for before"
        self.case.meet("assignment/an SDP ID is asked for again")
        if given != held.universal_id:
            return f"already issued: {held.universal_id}"
        if word == ISSUED and held.issued is not None and not self._is_one_run(held.issued, run):
            return f"already issued: {held.universal_id}"
        return ""

    def _is_one_run(self, one: Instant, other: Instant) -> bool:
        return abs((one - other).total_seconds()) <= self.case.seconds


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _text(value: object) -> str | None:
    return None if value is None else str(value)


__all__ = ["ALREADY_ISSUED", "EXCEPTIONS", "INCOMPLETE", "INVALID", "ISSUED", "Line", "Pair", "Request", "UniversalIds"]
