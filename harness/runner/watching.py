"""The referee watches a conversation: it is told what happens, and says which rules the system has broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.interface.instants import Instant, iso
from harness.interface.profile import Profile
from harness.port.protocol import Begin, Json, SystemDescription
from harness.referee import stream
from harness.referee.case import Reads
from harness.referee.judgements import Judgement, Outcome
from harness.referee.referee import Referee
from harness.stage.aliases import Aliases
from harness.stage.conversation import Breach, Delivered, Sent


@dataclass(frozen=True, slots=True)
class Noticed:
    """A rule that was broken in a conversation: the first place where, and what came of it.

    :param times: how often the rule was broken.
    :param followed_by: the rules that were broken in consequence, by this or any later breach of the rule.
    """

    first: Judgement
    times: int
    followed_by: tuple[str, ...]

    def with_aliases(self, aliases: Aliases) -> Noticed:
        """The same with the names by which the feature of the conversation calls what is named by identifiers."""
        expected, observed = aliases.added_to(self.first.expected), aliases.added_to(self.first.observed)
        return replace(self, first=self.first._replace(expected=expected, observed=observed))

    def as_json(self) -> Json:
        first = self.first
        return {
            "rule": first.rule,
            "instant": iso(first.instant),
            "about": first.about,
            "expected": first.expected,
            "observed": first.observed,
            "file": first.file,
            "record": first.record,
            "times": self.times,
            "followed_by": list(self.followed_by),
        }


class Watch:
    """Lets the referee watch one conversation with a system, from its beginning on.

    :param read: reads files; the conversation's, so that each is read once.
    :ivar mistake: what went wrong in the referee itself, after which it saw nothing more.
    :ivar situations: how often each situation that is worth meeting was met, once the conversation is over.
    """

    def __init__(self, profile: Profile, system: SystemDescription, read: Reads) -> None:
        self._profile = profile
        self._system = system
        self._read = read
        self._referee: Referee | None = None
        self._broken: list[Judgement] = []
        self._noticed: list[Noticed] | None = None
        self._come_to: Instant | None = None
        self.situations: Mapping[str, int] = {}
        self.mistake: Exception | None = None

    # --- what happens --------------------------------------------------------------------------------

    def begun(self, begin: Begin) -> None:
        """The conversation has begun."""
        try:
            self._referee = Referee(opening_of(begin, self._profile, self._system), read=self._read)
        except Exception as mistake:  # noqa: BLE001 (whatever goes wrong here, the suite is at fault)
            self.mistake = mistake

    def submitted(self, file: Sent) -> None:
        """An organisation has submitted a file."""
        self._see(stream.Submitted(file.organisation, file.name, file.content, file.instant))

    def loaded(self, data: Mapping[str, Any], moment: Instant) -> None:
        """Data has reached the system from outside."""
        self._see(stream.Loaded(data, moment))

    def delivered(self, file: Delivered, *, arrived: bool) -> None:
        """The system has delivered a file, which has arrived, or which the mailbox has refused."""
        moment = file.instant if arrived else None
        self._see(stream.Delivered(file.recipient, file.name, file.content, file.instant, moment))

    def passed(self, moment: Instant) -> None:
        """Time has come so far. The referee hears of it with what happens next: of many small steps the last alone."""
        self._come_to = moment

    def catch_up(self) -> None:
        """Let the referee hear how far time has come."""
        moment, self._come_to = self._come_to, None
        if moment is not None:
            self._show(stream.Passed(moment))

    def _see(self, happening: stream.Happening | None) -> None:
        """Show the referee what happened, and before that how far time had come; with None, that nothing more will."""
        self.catch_up()
        self._show(happening)

    def _show(self, happening: stream.Happening | None) -> None:
        if self._referee is None:
            return
        try:
            judgements = self._referee.close() if happening is None else self._referee.see(happening)
        except Exception as mistake:  # noqa: BLE001 (whatever goes wrong here, the suite is at fault)
            self.mistake, self._referee = mistake, None
        else:
            self.take(judgements)

    def take(self, judgements: Sequence[Judgement]) -> None:
        """Take note of what the referee has said."""
        self._broken += [each for each in judgements if each.outcome is Outcome.VIOLATED]

    # --- what was noticed ----------------------------------------------------------------------------

    def breach(self, rule: str) -> Breach | None:
        """Where a rule was first broken otherwise than in consequence of others, now that nothing more happens."""
        found = next((each.first for each in self.noticed() if each.first.rule == rule), None)
        return None if found is None else Breach(found.expected, found.observed, found.file, found.record)

    def noticed(self) -> list[Noticed]:
        """The conversation is over: the rules that were broken in it, in the order in which that was first seen.

        A rule that was broken only in consequence of others is named with those.
        """
        if self._noticed is None:
            self._see(None)
            self._noticed = [] if self._referee is None else self._summed_up(self._referee)
            self.situations = {} if self._referee is None else dict(self._referee.situations)
            self._referee = None
        return self._noticed

    def _summed_up(self, referee: Referee) -> list[Noticed]:
        rules = {each.number: each.rule for each in self._broken}
        first: dict[str, Judgement] = {}
        followed: dict[str, set[str]] = {}
        for each in self._broken:
            if each.follows is None:
                first.setdefault(each.rule, each)
            else:
                followed.setdefault(rules[each.follows], set()).add(each.rule)
        return [
            Noticed(each, referee.outcomes[rule, Outcome.VIOLATED], tuple(sorted(followed.get(rule, set()) - {rule})))
            for rule, each in first.items()
        ]


def opening_of(begin: Begin, profile: Profile, system: SystemDescription) -> stream.Opening:
    """What a conversation opens with for the referee."""
    return stream.Opening(
        seat="repository" if begin.you is None else "cis",
        you=begin.you,
        organisations=begin.organisations,
        authorisations=begin.authorisations,
        profile=profile,
        instant=begin.instant,
        holidays=frozenset(begin.holidays.statutory),
        price_plan_holidays=frozenset(begin.holidays.price_plan) or None,
        values=system.values,
        readings=system.readings,
        classes=frozenset(system.classes),
        from_the_beginning=system.state == "process",
        sends_within_minutes=system.sends_within_minutes,
    )
