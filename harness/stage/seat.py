"""The other seat: a conversation with a CIS under test, in which a counterpart plays the MDM/R.

Time passes in steps. In each the CIS moves first, then its counterpart; what left one side meanwhile is handed over to
the other at the step's end, or as a scenario has ordered the post to do. What the conversation inherits speaks with the
counterpart: other LDCs and agents may submit files to it, and meter data is loaded into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Literal

from harness.errors import SuiteMistake
from harness.interface.file_sets import PERIODIC_AUDIT
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, day_of, iso, later
from harness.port import protocol
from harness.port.protocol import (
    Ask,
    Begin,
    Deliver,
    Event,
    Instruction,
    Load,
    OwnOrganisation,
    Question,
    Restart,
    Submit,
    SubmittedFile,
    SystemDescription,
)
from harness.stage.conversation import Conversation, Delivered, Party, Sent, Witness
from harness.stage.draws import Draw
from harness.stage.link import Link, Recorder, Setting
from harness.stage.post import Letter, Post
from harness.suite.verdicts import NotApplicable, Pending, Unmet

AT_ONCE_MINUTES = 1
"""How long an `advance` lasts, at least, after which a CIS that sends at once has sent."""
_DAILY = "BR"
"""So the types of reports begin that come by the clock, day by day."""
_AUDIT = f".{PERIODIC_AUDIT}."
"""So a file of a P-Sync set is named: a CIS may send them by a schedule of its own, for ever (PSY-08)."""
_ON_A_SET = ("IR06", "IR07", "IR14")
"""The types of reports that come of every file set."""
_SOON_MINUTES = 2 * 24 * 60
WEEK_MINUTES = 7 * 24 * 60
ROUNDS = 20
"""So often two sides may answer each other before they are said not to come to rest."""
EVENTS_TOGETHER = 2000
"""So many events go in one message, at most: a line has its limits."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a conversation: who is there, and how what is said is recorded."""

    setting: Setting
    recorder: Recorder


class CisConversation(Conversation):
    """The world of one scenario, as a CIS and its counterpart are told of it.

    :ivar given: the files that the CIS submitted, at the instants at which it did.
    :ivar got: the files that were handed over to the CIS, at the instants at which they were.
    """

    def __init__(self, cis: End, counterpart: End, draw: Draw) -> None:
        stated = {**counterpart.setting.system.readings, **cis.setting.system.readings}
        super().__init__(replace(counterpart.setting, stated=stated), draw, counterpart.recorder)
        self.post = Post()
        self.given: list[Sent] = []
        self.got: list[Delivered] = []
        self._cis = Link(replace(cis.setting, stated=stated), cis.recorder)
        self._seat: str | None = None
        self._stirred = self.now
        self._words, self._last_was_audit = 0, False
        self._waited = self.now, Day(day_of(self.now))
        self._own: dict[str, list[OwnOrganisation]] = {}
        self._witnesses: list[Witness] = []

    @property
    def judged(self) -> SystemDescription:
        """The CIS, as it describes itself."""
        return self._cis.setting.system

    def let_watch(self, witness: Witness) -> None:
        """Let somebody be told what the CIS hears, is given and gives."""
        self._witnesses.append(witness)

    # --- who takes part ----------------------------------------------------------------------------

    def begin_on(self, day: str) -> None:
        if self.judged.clock != "settable":
            raise NotApplicable(f"begins on {day}, and the clock of the CIS cannot be set")
        super().begin_on(day)
        self._cis.setting = replace(self._cis.setting, anchor=self.now)
        self._stirred = self.now

    def take_seat(self, alias: str, kind: Literal["ldc", "agent"]) -> None:
        """Let the CIS under test be that of an organisation, which takes part.

        :raises NotApplicable: the CIS has organisations of its own, and none of the kind is left.
        """
        self._still_open(f"the CIS of {alias!r}")
        if self._seat is not None:
            raise SuiteMistake(f"the CIS is that of {self._seat!r}; {alias!r} cannot have it too")
        if alias not in self.parties:
            self.register(alias, kind)
        self._seat = alias

    @property
    def you(self) -> Party:
        """The organisation whose CIS is under test."""
        if self._seat is None:
            raise SuiteMistake("nobody's CIS is under test; a scenario says whose it is")
        return self.party(self._seat)

    def _join(self, alias: str, kind: Literal["ldc", "agent", "stranger"]) -> Party:
        owned = self._cis.setting.system.organisations
        if not owned or kind == "stranger":
            return super()._join(alias, kind)
        if kind not in self._own:
            self._own[kind] = self.draw.shuffled([each for each in owned if each.kind == kind])
        if not self._own[kind]:
            raise NotApplicable(f"the scenario needs one more {kind} than the CIS has of its own")
        own = self._own[kind].pop(0)
        self._sequence_numbers[alias] = own.next_sequence_number
        return self._admit(Party(alias, own.id, kind))

    def begin_before(self, waits: int) -> None:
        """Begin so long before the first week that a CIS has sent what it takes so many waits for an answer to send.

        What an LDC has long been doing has then been done when the week begins, by whose days a scenario speaks, also
        where the CIS takes a day for each answer. A CIS that is soon ready begins with the week.
        """
        needed = waits * self.judged.sends_within_minutes
        is_free = self.judged.clock == "settable" and self.judged.isolation == "conversation"
        if not self._begun and is_free and needed > _SOON_MINUTES:
            self.now = self._stirred = later(self.setting.anchor, minutes=-WEEK_MINUTES * -(-needed // WEEK_MINUTES))
            self._waited = self.now, Day(day_of(self.now))

    def let_the_week_begin(self) -> None:
        """Let time pass until the first week begins, where it has not yet."""
        if self.now < self.setting.anchor:
            self.advance(self.setting.anchor)

    # --- the CIS is told and asked -----------------------------------------------------------------

    def tell(self, events: Iterable[Event] = (), instructions: Iterable[Instruction] = ()) -> None:
        """Let events happen in the business, and people give instructions, now."""
        self._begin()
        facts, told = [event.as_json() for event in events], [each.as_json() for each in instructions]
        for start in range(0, len(facts), EVENTS_TOGETHER):
            self._load({"events": facts[start : start + EVENTS_TOGETHER]})
        if told:
            self._load({"instructions": told})
        self._stirred = self.now

    def _load(self, data: Mapping[str, Any]) -> None:
        self._cis.ask(Load(data))
        for witness in self._witnesses:
            witness.loaded(data, self.now)

    def ask(self, question: Question, ldc: str) -> list[Mapping[str, Any]]:
        """What the CIS has understood so far."""
        self._begin()
        answer: list[Mapping[str, Any]] = self._cis.ask(Ask(question, self.party(ldc).id))["answer"]
        return answer

    def restart(self) -> None:
        """End the process of the CIS; another goes on with the conversation.

        :raises NotApplicable: the CIS keeps nothing.
        :raises AdapterFailure: it does not come back.
        """
        if self._cis.setting.system.keeps == "nothing":
            raise NotApplicable("the CIS says that what it knows ends with its process")
        self._begin()
        self._cis.ask(Restart())
        self._cis.restart()
        self._cis.ask(replace(self._opening_of_the_cis(), instant=self.now, resumed=True))

    # --- time ---------------------------------------------------------------------------------------

    def advance(self, to: Instant) -> None:
        """Let time pass until an instant, step by step.

        :raises Pending: the CIS's own clock has not come so far.
        :raises AdapterFailure: a reply contradicts what time can do.
        """
        self._begin()
        if to < self.now:
            raise SuiteMistake(f"time does not run back: it is {iso(self.now)}, asked for {iso(to)}")
        longest = int(self._cis.setting.value("step_minutes"))
        first = True
        while first or self.now < to:
            first = False
            ends = [to, later(self.now, minutes=longest), self.post.next_due]
            self._step(min(end for end in ends if end is not None and (end > self.now or end == to)))

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let time pass for answers alone: `today` stays the day that it was."""
        today = self.today
        yield
        self._waited = self.now, today

    def let_answer(self) -> None:
        """Let time pass until the CIS must have sent what follows from what it was told or handed over last."""
        due = later(self._stirred, minutes=max(AT_ONCE_MINUTES, self._cis.setting.system.sends_within_minutes))
        if due > self.now:
            with self.waiting():
                self.advance(due)

    def come_to_rest(self) -> None:
        """Let time pass until nothing goes to and fro any more, for as long as either side may take to answer.

        :raises Unmet: the two do not stop, or what the post was told of has not come.
        """
        assignment = int(self.setting.value("assignment_run_every_minutes"))
        for passed in range(ROUNDS):
            before, words = self._went_to_and_fro(), self._words
            with self.waiting():
                self.let_answer()
                self.settle(later(self.now, minutes=assignment))
                self.let_answer()
            is_quiet = self._went_to_and_fro() == before or (passed > 0 and self._words == words)
            if is_quiet and self.post.next_due is None:
                self.post.check_carried_out()
                return
        raise Unmet("a CIS that comes to rest", f"it still submits files at {iso(self.now)}")

    def _went_to_and_fro(self) -> int:
        """How many files went either way, but for the reports that come by the clock, day by day."""
        return len(self.given) + sum(f".{_DAILY}" not in file.name for file in self.got)

    def _comes_by_the_clock(self, name: str) -> bool:
        """Whether a report came of a day's end, or of an audit: a schedule of audits brings it for ever."""
        return f".{_DAILY}" in name or (self._last_was_audit and any(f".{each}." in name for each in _ON_A_SET))

    @property
    def today(self) -> Day:
        """The day of the last instant that the scenario named: waiting for answers makes it no other."""
        until, day = self._waited
        return day if self.now == until else Day(day_of(self.now))

    def _step(self, to: Instant) -> None:
        reached, files = self._cis.advance(self.now, to, SubmittedFile)
        seen = len(self.delivered)
        super().advance(reached)
        for file, content in sorted(files, key=lambda pair: pair[0].instant):
            self._take_from_cis(file, content)
        for delivered in self.delivered[seen:]:
            if delivered.recipient == self.you.id:
                self.post.take(Letter("cis", delivered.name, delivered.content, delivered.instant, self.now))
        self._hand_over()
        for witness in self._witnesses:
            witness.passed(reached)
        if reached < to:
            raise Pending(iso(to), iso(reached))

    def _take_from_cis(self, file: SubmittedFile, content: bytes) -> None:
        if file.organisation != self.you.id:
            raise self._cis.failure(
                f"file {file.name!a} was submitted by {file.organisation!a}, expected {self.you.id!a}, whose CIS it is"
            )
        self._last_was_audit = _AUDIT in file.name
        self._words += not self._last_was_audit
        given = Sent(file.organisation, file.name, content, file.instant)
        self.given.append(given)
        for witness in self._witnesses:
            witness.submitted(given)
        self.post.take(Letter("repository", file.name, content, file.instant, self.now))

    def _hand_over(self) -> None:
        """Hand over the letters that are due."""
        for letter in self.post.hand_over(self.now):
            if letter.to == "repository":
                self.sent.append(Sent(self.you.id, letter.name, letter.content, self.now))
                self._link.ask(Submit(self.you.id, letter.name, self._link.as_content(letter.content)))
            else:
                got = Delivered(self.you.id, letter.name, letter.content, self.now)
                self.got.append(got)
                self._cis.ask(Deliver(self.you.id, letter.name, self._cis.as_content(letter.content)))
                for witness in self._witnesses:
                    witness.delivered(got, arrived=True)
                if not self._comes_by_the_clock(letter.name):
                    self._stirred = self.now
                    self._words += 1

    # --- beginning and end --------------------------------------------------------------------------

    def submit(self, alias: str, name: str, content: bytes) -> Sent:
        """Let another organisation than the one whose CIS is under test submit a file to the counterpart."""
        if alias == self._seat:
            raise SuiteMistake(f"files of {alias!r} come from its CIS, which is under test")
        return super().submit(alias, name, content)

    def _begin(self) -> None:
        if not self._begun:
            self._check_authorisations()
        super()._begin()

    def _open(self) -> None:
        beginning = self._opening_of_the_cis()
        super()._open()
        self._cis.ask(beginning)
        for witness in self._witnesses:
            witness.begun(beginning)

    def _opening_of_the_cis(self) -> Begin:
        """What the CIS is told: of outages to come nothing, which nobody can know."""
        beginning = self._beginning(self._cis)
        organisations = tuple(replace(each, mailbox_outages=()) for each in beginning.organisations)
        return replace(beginning, organisations=organisations, you=self.you.id)

    def _check_authorisations(self) -> None:
        """:raises NotApplicable: organisations of the CIS's own have authorised each other otherwise."""
        if self._cis.setting.system.organisations:
            taking_part: set[OrgId] = {party.id for party in self.parties.values()}
            stated = {each for each in self._cis.setting.system.authorisations if {each.ldc, each.agent} <= taking_part}
            if stated != set(self._authorisations):
                raise NotApplicable("the organisations of the CIS have authorised each other otherwise")

    def expect_sequence_number(self, ldc: str, number: int) -> None:
        if self._cis.setting.system.organisations and self._sequence_numbers.get(ldc) != number:
            raise NotApplicable(f"the next file set of the CIS's own LDC has another number than {number}")
        super().expect_sequence_number(ldc, number)

    def end(self) -> None:
        """Close the conversation on both sides, if it was ever opened."""
        if self._begun:
            super().end()
            self._cis.ask(protocol.End())
