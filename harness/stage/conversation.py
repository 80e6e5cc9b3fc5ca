"""One self-contained conversation with a system under test: who takes part, what time it is, what was sent and seen.

A conversation draws its organisations, opens with `begin` at the first thing that happens, hands time to the system,
and keeps every file that came out of it. It knows no rules and judges nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, Protocol

from harness.errors import SuiteMistake
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, iso, later, midnight
from harness.interface.profile import Profile
from harness.interface.reader import Reader
from harness.port.protocol import (
    Authorisation,
    Begin,
    DeliveredFile,
    End,
    Load,
    Organisation,
    Outage,
    Submit,
    SystemDescription,
)
from harness.stage.aliases import Aliases
from harness.stage.draws import Draw
from harness.stage.link import Link, Recorder, Setting
from harness.suite.verdicts import NotApplicable, Pending, Unmet


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a scenario: an LDC, an agent, or a stranger whom the MDM/R does not know."""

    alias: str
    id: OrgId
    kind: Literal["ldc", "agent", "stranger"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was submitted."""

    organisation: OrgId
    name: str
    content: bytes
    instant: Instant


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that the system delivered to somebody's mailbox."""

    recipient: OrgId
    name: str
    content: bytes
    instant: Instant


class Witness(Protocol):
    """Whoever watches a conversation: told what happens in it, in order of time, once the system has answered."""

    def begun(self, begin: Begin) -> None:
        """The conversation has begun."""

    def submitted(self, file: Sent) -> None:
        """An organisation has submitted a file."""

    def loaded(self, data: Mapping[str, Any], moment: Instant) -> None:
        """Data has reached the system from outside."""

    def delivered(self, file: Delivered, *, arrived: bool) -> None:
        """The system has delivered a file, which has arrived, or which the mailbox has refused."""

    def passed(self, moment: Instant) -> None:
        """Time has come so far."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a rule was first broken: what was expected and observed, and the file and record where there is one."""

    expected: str
    observed: str
    file: str | None = None
    record: int | None = None


class Judge(Protocol):
    """Whoever judges a conversation by every rule."""

    def breach(self, rule: str) -> Breach | None:
        """Where a rule was first broken, now that nothing more happens; None where it was not."""


class Conversation:
    """The world of one scenario, as the system under test is told of it."""

    def __init__(self, setting: Setting, draw: Draw, recorder: Recorder) -> None:
        self.setting = setting
        self._profile = replace(setting.profile, readings=setting.held_readings())
        self.draw = draw
        self.reader = Reader()
        self.now = setting.anchor
        self.parties: dict[str, Party] = {}
        self.aliases = Aliases()
        self.sent: list[Sent] = []
        self.delivered: list[Delivered] = []
        self._link = Link(setting, recorder)
        self._watching: list[Witness] = []
        self._judge: Judge | None = None
        self._authorisations: list[Authorisation] = []
        self._sequence_numbers: dict[str, int] = {}
        self._outages: dict[str, list[Outage]] = {}
        self._begun = False
        self._openings: list[Callable[[], None]] = []

    @property
    def profile(self) -> Profile:
        """The profile, with its open readings narrowed to those that are stated."""
        return self._profile

    @property
    def judged(self) -> SystemDescription:
        """The system under test, as it describes itself."""
        return self.setting.system

    def let_watch(self, witness: Witness) -> None:
        """Let somebody be told of what happens from here on."""
        self._watching.append(witness)

    def let_judge(self, judge: Judge) -> None:
        """Let somebody say at the end which rules were broken."""
        self._judge = judge

    def check_held(self, rule: str) -> None:
        """Hold the conversation to a rule, now that nothing more happens.

        :raises SuiteMistake: nobody judges it.
        :raises Unmet: the rule was broken, and not in consequence of another.
        """
        if self._judge is None:
            raise SuiteMistake("nobody judges this conversation")
        breach = self._judge.breach(rule)
        if breach is not None:
            raise Unmet(breach.expected, breach.observed, file=breach.file, record=breach.record)

    # --- who takes part: told to the system once, in `begin` ---------------------------------------

    def register(self, alias: str, kind: Literal["ldc", "agent"], identifier: OrgId | None = None) -> Party:
        """Let an organisation take part, registered with the MDM/R, by an ID that is drawn where none is given."""
        self._still_open(f"registering {alias!r}")
        return self._join(alias, kind) if identifier is None else self._admit(Party(alias, identifier, kind))

    def stranger(self, alias: str) -> Party:
        """Let somebody take part of whom the system is told nothing."""
        return self._join(alias, "stranger")

    def _join(self, alias: str, kind: Literal["ldc", "agent", "stranger"]) -> Party:
        if alias in self.parties:
            raise SuiteMistake(f"{alias!r} takes part already")
        return self._admit(Party(alias, self.draw.organisation_id(), kind))

    def _admit(self, party: Party) -> Party:
        self.parties[party.alias] = party
        self.aliases.call(party.id, party.alias)
        return party

    def party(self, alias: str) -> Party:
        """The organisation behind an alias.

        :raises SuiteMistake: nobody of that name takes part.
        """
        if alias not in self.parties:
            raise SuiteMistake(f"nobody called {alias!r} takes part; there are {', '.join(map(repr, self.parties))}")
        return self.parties[alias]

    def authorise(self, ldc: str, agent: str, file_type: str, direction: Literal["submit", "receive"]) -> None:
        """Record an LDC's authorisation (SME_FORM_0006) of an agent for one file or report type."""
        self._still_open(f"authorising {agent!r}")
        self._authorisations.append(Authorisation(self.party(ldc).id, self.party(agent).id, file_type, direction))

    def expect_sequence_number(self, ldc: str, number: int) -> None:
        """Fix the synchronization sequence number that the repository expects next of an LDC."""
        self._still_open(f"fixing the sequence number of {ldc!r}")
        self._sequence_numbers[self.party(ldc).alias] = number

    def first_number(self, ldc: str) -> int:
        """The synchronization sequence number that the repository expects of an LDC as the conversation begins."""
        return self._sequence_numbers.get(self.party(ldc).alias, 1)

    def expect_first_sequence_number(self, alias: str, number: int) -> None:
        """Fix the sequence number that is expected first of an organisation, where none was fixed; the least counts."""
        self._still_open(f"fixing the sequence number of {alias!r}")
        known = self._sequence_numbers.get(self.party(alias).alias, number)
        self._sequence_numbers[self.party(alias).alias] = min(known, number)

    def refuse_deliveries(self, alias: str, start: Instant, end: Instant) -> None:
        """Let an organisation's mailbox refuse files for a time: a file that comes meanwhile has not arrived."""
        self._still_open(f"an outage of {alias!r}")
        self._outages.setdefault(self.party(alias).alias, []).append(Outage(start, end))

    def begin_on(self, day: str) -> None:
        """Let the conversation begin with another day than conversations usually do, written as ``2012-02-27``.

        :raises SuiteMistake: it is no Monday.
        :raises NotApplicable: the system's clock cannot be set.
        """
        self._still_open(f"the first day {day}")
        if self.setting.system.clock != "settable":
            raise NotApplicable(f"begins on {day}, and the system's clock cannot be set")
        anchor = _monday(day)
        self.setting = replace(self.setting, anchor=anchor)
        self._link.setting = replace(self._link.setting, anchor=anchor)
        self.now = anchor

    def opens_with(self, happening: Callable[[], None]) -> None:
        """Let something happen as soon as the conversation has begun, before anything else that a scenario does.

        Whoever takes part is known by then, also who is named only after this was asked for. In a conversation that
        has begun it happens at once.
        """
        if self._begun:
            happening()
        else:
            self._openings.append(happening)

    def _still_open(self, what: str) -> None:
        if self._begun:
            raise SuiteMistake(f"{what} comes after the conversation has begun")

    # --- what happens ------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin, unless it has begun: what it opens with happens, and time may have passed by then."""
        self._begin()

    def submit(self, alias: str, name: str, content: bytes) -> Sent:
        """Let an organisation submit a file now."""
        self._begin()
        party = self.party(alias)
        sent = Sent(party.id, name, content, self.now)
        self.sent.append(sent)
        self._link.ask(Submit(party.id, name, self._link.as_content(content)))
        for witness in self._watching:
            witness.submitted(sent)
        return sent

    def submit_again(self, alias: str, file_type: str) -> None:
        """Let an organisation submit its last file of a type once more, as it was.

        :raises SuiteMistake: it has submitted none.
        """
        party = self.party(alias)
        sent = [file for file in self.sent if file.organisation == party.id and f".{file_type}." in file.name]
        if not sent:
            raise SuiteMistake(f"{alias!r} has submitted no {file_type}")
        self.submit(alias, sent[-1].name, sent[-1].content)

    def load(self, data: Mapping[str, Any]) -> None:
        """Let data reach the system from outside these interfaces, now."""
        self._begin()
        self._link.ask(Load(data))
        for witness in self._watching:
            witness.loaded(data, self.now)

    def advance(self, to: Instant) -> None:
        """Let time pass until an instant, and collect what was delivered meanwhile.

        :raises Pending: the system's own clock has not come so far.
        :raises AdapterFailure: the reply contradicts what time can do.
        """
        self._begin()
        if to < self.now:
            raise SuiteMistake(f"time does not run back: it is {iso(self.now)}, asked for {iso(to)}")
        reached, received = self._link.advance(self.now, to, DeliveredFile)
        files = [Delivered(file.recipient, file.name, content, file.instant) for file, content in received]
        files.sort(key=lambda file: file.instant)
        arrived = [self._arrives(file) for file in files]
        self.delivered.extend(itertools.compress(files, arrived))
        self.now = reached
        for witness in self._watching:
            for file, came in zip(files, arrived, strict=True):
                witness.delivered(file, arrived=came)
            witness.passed(reached)
        if reached < to:
            raise Pending(iso(to), iso(reached))

    def _arrives(self, file: Delivered) -> bool:
        """Whether a file reaches its recipient: the suite plays the mailbox, and a mailbox may refuse files."""
        outages = [
            outage
            for alias, spans in self._outages.items()
            if self.parties[alias].id == file.recipient
            for outage in spans
        ]
        return not any(outage.start <= file.instant < outage.end for outage in outages)

    def settle(self, moment: Instant) -> None:
        """Let time pass until what is due at `moment` must have been seen: `delivery_within_seconds` later."""
        due = later(moment, seconds=self.setting.value("delivery_within_seconds"))
        if due > self.now:
            self.advance(due)

    def end(self) -> None:
        """Close the conversation, if it was ever opened."""
        if self._begun:
            self._begun = False
            self._link.ask(End())

    def mailbox(self, alias: str) -> tuple[Delivered, ...]:
        """All files delivered to an organisation so far, by instant."""
        recipient = self.party(alias).id
        return tuple(file for file in self.delivered if file.recipient == recipient)

    def start(self) -> None:
        """Open the conversation, if it is not open yet, and let happen what it opens with."""
        self._begin()

    def _begin(self) -> None:
        if self._begun:
            return
        self._open()
        self._begun = True
        for happening in self._openings:
            happening()

    def _open(self) -> None:
        """Tell the system of the conversation."""
        begin = self._beginning(self._link)
        self._link.ask(begin)
        for witness in self._watching:
            witness.begun(begin)

    def _beginning(self, link: Link) -> Begin:
        """What a system is told as the conversation opens."""
        setting = link.setting
        return Begin(
            conversation=self.draw.conversation,
            instant=self.now,
            seed=self.draw.system_seed,
            holidays=setting.told_holidays(),
            organisations=tuple(
                Organisation(
                    party.alias,
                    party.id,
                    party.kind,
                    self.first_number(party.alias),
                    tuple(self._outages.get(party.alias, ())),
                )
                for party in self.parties.values()
                if party.kind != "stranger"
            ),
            authorisations=tuple(self._authorisations),
            profile=link.profile_statement(),
            shared_folder=None if setting.shared_folder is None else str(setting.shared_folder),
        )


def _monday(words: str) -> Instant:
    """The first instant of a day written as ``2012-02-27``.

    :raises SuiteMistake: it is no such day, or no Monday.
    """
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise SuiteMistake(f"{words!r} is no first day; it is written as 2012-02-27") from None
    if day.weekday() != 0:
        raise SuiteMistake(f"{words} is no Monday, and weeks begin with one")
    return midnight(Day(day))
