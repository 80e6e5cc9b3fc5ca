"""The referee: one judge for any stream. Happenings in, judgements out; the same stream gives the same judgements.

It holds an instant back until the next begins, so that the order in which files of one instant are told makes no
difference. It reads every file once, and hands it to its checks (`harness.referee.case` says what they see).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from harness.errors import SuiteMistake
from harness.interface.files import read_file
from harness.interface.instants import later
from harness.referee.assignment import AssignmentCheck
from harness.referee.billing_check import BillingCheck
from harness.referee.case import TAKEN_BY, Case, Check, Letter, Reads, Seen
from harness.referee.delivered_files import DeliveredFilesCheck
from harness.referee.given_content import GivenContentCheck
from harness.referee.given_files import GivenFilesCheck
from harness.referee.given_ids import GivenIdsCheck
from harness.referee.given_orders import GivenOrdersCheck
from harness.referee.given_requests import GivenRequestsCheck
from harness.referee.given_sets import GivenSetsCheck
from harness.referee.judgements import Judgement, Outcome
from harness.referee.post import admitted, opened
from harness.referee.stream import (
    Delivered,
    Happening,
    Loaded,
    Opening,
    Passed,
    Seat,
    StreamError,
    Submitted,
    has_offset,
    in_order,
)
from harness.referee.synchronization import SynchronizationChapter
from harness.referee.worlds import Worlds

Makes = Callable[[Case], Check]
_SHOWN = 5

CHECKS: Mapping[Seat, Sequence[Makes]] = {
    "repository": (DeliveredFilesCheck, AssignmentCheck, Worlds.of(SynchronizationChapter), BillingCheck),
    "cis": (
        GivenFilesCheck,
        GivenIdsCheck,
        GivenSetsCheck,
        GivenContentCheck,
        GivenOrdersCheck,
        GivenRequestsCheck,
    ),
}
"""The checks of each seat, in the order in which they see what happens: what others rest on comes first."""


class Referee:
    """Judges one stream.

    :param read: reads files; whoever has read them too can share what was read.
    :raises StreamError: the opening does not say whose CIS is judged, or since when, or organisations are not each
        registered once.
    """

    def __init__(self, opening: Opening, checks: Sequence[Makes] | None = None, *, read: Reads = read_file) -> None:
        if opening.seat not in CHECKS:
            raise StreamError(f"seat {opening.seat!r} is unknown", expected=" or ".join(map(repr, CHECKS)))
        has_offset(opening.instant, "the opening")
        makes = CHECKS[opening.seat] if checks is None else checks
        if (opening.you is None) != (opening.seat == "repository"):
            expected = "an organisation whose CIS it is, in the seat of a CIS alone"
            raise StreamError(f"seat {opening.seat!r} is taken by {opening.you or 'nobody'}", expected=expected)
        twice = [each for each, times in Counter(each.id for each in opening.organisations).items() if times > 1]
        if twice:
            raise StreamError(f"organisation {twice[0]} is registered twice", expected="each organisation once")
        known = {each.id for each in opening.organisations}
        if opening.you is not None and opening.you not in known:
            raise StreamError(
                f"{opening.you}, whose CIS is judged, is not registered", expected=f"one of {_few(known)}"
            )
        self._case = Case(opening, read)
        self._checks = [make(self._case) for make in makes]
        for check in self._checks:
            for situation, sentence in check.declared().items():
                if situation in self._case.known_situations:
                    raise SuiteMistake(f"two checks declare the situation {situation!r}")
                self._case.known_situations[situation] = sentence
        self._shown_to = {kind: [check for check in self._checks if check.takes(kind)] for kind in TAKEN_BY}
        self._held_back: list[Submitted | Loaded | Delivered] = []

    @property
    def outcomes(self) -> Mapping[tuple[str, Outcome], int]:
        """How often each rule was held, violated, or not to be seen so far."""
        return self._case.book.outcomes

    @property
    def situations(self) -> Mapping[str, int]:
        """How often each declared situation was met so far."""
        return {name: self._case.book.situations[name] for name in self._case.known_situations}

    def see(self, happening: Happening) -> list[Judgement]:
        """Take a happening; the judgements that what has been told by now allows.

        :raises StreamError: it is out of order.
        """
        in_order(happening, self._case.now)
        if happening.instant > self._case.now:
            if self._held_back:
                self._tell_of_now()
            self._case.now = happening.instant
            self._show([Passed(later(self._case.now, seconds=-1))])
        if not isinstance(happening, Passed):
            self._held_back.append(happening)
        return self._case.book.take()

    def close(self) -> list[Judgement]:
        """The stream is over: its last judgements."""
        self._tell_of_now()
        self._show([Passed(self._case.now)])
        for check in self._checks:
            check.close()
        return self._case.book.take()

    def _tell_of_now(self) -> None:
        """Show what was told of the present instant: what was given, as it was told; then what was delivered."""
        told, self._held_back = self._held_back, []
        for happening in _sorted_submissions(told):
            match happening:
                case Submitted():
                    self._show([admitted(happening, self._case)])
                case Loaded():
                    self._show([happening])
        delivered = [each for each in told if isinstance(each, Delivered) and each.arrived is not None]
        letters = [opened(file, self._case) for file in delivered]
        for letter in sorted(letters, key=_by_name):
            self._show([letter])

    def _show(self, seen: Iterable[Seen]) -> None:
        for one in seen:
            for check in self._shown_to[type(one)]:
                check.see(one)


def _few(names: Iterable[str]) -> str:
    shown = sorted(names)
    return f"{', '.join(shown[:_SHOWN])}{', …' if len(shown) > _SHOWN else ''}" or "those that are registered"


def _by_name(letter: Letter) -> tuple[int, str, str, bytes]:
    """By recipient and name: first those that tell IDs, of which use may be made at once; last what was rejected.

    A set that stood behind another may be rejected as soon as the other was processed.
    """
    file = letter.file
    place = 0 if letter.tells_ids else 2 if letter.type == "IR10" else 1
    return place, file.recipient, file.name, file.content


def _sorted_submissions(told: Iterable[Happening]) -> list[Submitted | Loaded]:
    """What was given at one instant: files by name, as far as no data was loaded between them.

    File sets come first: what else comes then may have been seen with what they change, or without.
    """
    found: list[tuple[int, bool, str, str, Submitted | Loaded]] = []
    loads = 0
    for happening in told:
        if isinstance(happening, Submitted):
            is_of_set = happening.name.split(".")[2:3] in (["3000"], ["4000"])
            found.append((loads, not is_of_set, happening.organisation, happening.name, happening))
        elif isinstance(happening, Loaded):
            found.append((loads + 1, False, "", "", happening))
            loads += 2
    return [each for *_, each in sorted(found, key=lambda entry: entry[:4])]
