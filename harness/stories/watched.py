"""The referee watches days of operation: what it says goes into the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from harness.port.protocol import SystemDescription
from harness.referee.judgements import Judgement, Outcome
from harness.runner.watching import Watch
from harness.stage.conversation import Conversation
from harness.stories.ledger import Ledger


class LedgerWatch(Watch):
    """The referee watches a conversation, and what it says goes into the ledger.

    :param system: the system whose side it judges.
    """

    def __init__(self, conversation: Conversation, system: SystemDescription, ledger: Ledger) -> None:
        super().__init__(conversation.setting.profile, system, conversation.reader.read)
        self._ledger = ledger
        self._rules: dict[int, str] = {}

    def take(self, judgements: Sequence[Judgement]) -> None:
        for each in judgements:
            if each.outcome is Outcome.VIOLATED:
                self._rules[each.number] = each.rule
            if each.outcome is not Outcome.NOT_TO_BE_SEEN:
                follows = None if each.follows is None else self._rules[each.follows]
                place = each.expected, each.observed, each.file, each.record
                held = each.outcome is Outcome.HELD
                self._ledger.hold(each.rule, held, each.instant, each.about, *place, follows=follows)

    def check(self) -> None:
        """Let the referee have said all that it can by now.

        :raises Exception: the referee itself went wrong.
        """
        self.catch_up()
        if self.mistake is not None:
            raise self.mistake
