"""Conversations played: with the system under test, each judged by the referee, or with a journal in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.errors import ConformError, OutputError, SuiteMistake
from harness.exploration import cis_billing_duties, cis_duties
from harness.exploration.cis_duties import Duty
from harness.exploration.lines import Line, Lines, typed
from harness.exploration.speaking import Speech, vocabulary
from harness.port.failure import AdapterFailure
from harness.port.protocol import Json, Role
from harness.port.replay import Diverged
from harness.runner.performing import Performance, Performer, adapter_error, at_fault
from harness.runner.plan import Plan, Task
from harness.suite.catalogue import load_catalogue
from harness.suite.verdicts import NotApplicable, Outcome, Pending, ScenarioVerdict, Unmet, Unreadable

_READING = "CIS-READING"
"""The class whose claim lets a CIS be asked what it has understood."""
ERROR = "error"
"""What stands in place of a rule where the adapter misbehaved."""


@dataclass(frozen=True, slots=True)
class Breach:
    """What was found wrong in a conversation.

    :param key: the rule that was broken, or `ERROR` where the adapter misbehaved.
    :param duty: the sentence that did not hold; None where it was the referee who saw it.
    """

    key: str
    about: str
    expected: str
    observed: str
    file: str | None = None
    record: int | None = None
    duty: Line | None = None

    def as_json(self) -> Json:
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**fields, "duty": None if self.duty is None else self.duty.as_json()}

    @classmethod
    def from_json(cls, raw: Json) -> Breach:
        return cls(**{**raw, "duty": None if raw["duty"] is None else Line.from_json(raw["duty"])})


@dataclass(frozen=True, slots=True)
class Played:
    """What a conversation came to.

    :param breaches: what was found wrong, each rule once.
    :param situations: how often each situation worth meeting was met.
    :param heard: how many of its lines happened; the next one asked for what did not come, or made no sense.
    :param mistake: where the suite itself went wrong; None where it did not.
    :param journal: the journal's path below the folder, its entry count and last hash, where one was kept.
    """

    breaches: tuple[Breach, ...] = ()
    situations: Mapping[str, int] = field(default_factory=dict)
    heard: int = 0
    mistake: str | None = None
    journal: Mapping[str, object] | None = None
    diverged: str | None = None

    def breach(self, key: str) -> Breach | None:
        """What was found wrong of a rule, or of the adapter."""
        return next((each for each in self.breaches if each.key == key), None)


@dataclass(slots=True)
class Player:
    """Plays conversations with one system, one after the other.

    :param rules: those that are looked at; None for all of them.
    :param readings: of ambiguities that are taken otherwise than by the profile.
    """

    plan: Plan
    adapter: str
    rules: frozenset[str] | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    _performer: Performer = field(init=False)

    def __post_init__(self) -> None:
        self._performer = Performer(self.plan)

    def play_all(self, conversations: Iterable[tuple[str, Lines]]) -> list[Played]:
        """Play conversations, each with the name that all drawing in it rests on."""
        played: dict[str, Played] = {}
        names = []
        for name, lines in conversations:
            self._play(name, lines, None, played)
            names.append(name)
        self._performer.close()
        return [played[name] for name in names]

    def play(self, name: str, lines: Lines, mark: tuple[int, str] | None = None) -> Played:
        """Play one conversation, and wait until it is known how it ended.

        :param mark: of the journal that is read back, in a replay.
        """
        played: dict[str, Played] = {}
        self._play(name, lines, mark, played)
        if name not in played:
            self._performer.close()
        return played[name]

    def close(self) -> None:
        """Let go of the system."""
        self._performer.close()

    def _play(self, name: str, lines: Lines, mark: tuple[int, str] | None, played: dict[str, Played]) -> None:
        heard = 0
        broken: list[tuple[Duty, Breach]] = []

        def hear() -> None:
            nonlocal heard
            heard += 1

        def speak() -> None:
            conversation = self._performer.conversation
            speech = vocabulary(self.plan.step_package).perform(conversation, typed(lines), hear)
            held = ((duty, _held_to(speech, duty)) for duty in self._duties(lines))
            broken.extend((duty, breach) for duty, breach in held if breach is not None)

        def ended(performance: Performance) -> None:
            played[name] = self._summed_up(performance, broken, heard)

        self._performer.perform(Task(name, self.adapter, self.readings, mark), lambda: _spoken(speak), ended)

    def _duties(self, lines: Lines) -> list[Duty]:
        """To what a CIS is held that has heard some lines, as far as it claims that."""
        if self.plan.role != Role.CIS.value:
            return []
        claimed, catalogue = self._performer.conversation.judged.classes, load_catalogue()
        owed = (*cis_duties.duties(lines), *cis_billing_duties.duties(lines))
        may_ask = _READING in claimed
        return [
            duty for duty in owed if catalogue.rule(duty.rule).cis_class in claimed and (may_ask or not duty.is_asked)
        ]

    def _summed_up(self, performance: Performance, broken: Sequence[tuple[Duty, Breach]], heard: int) -> Played:
        outcome = performance.outcome
        is_caused = bool(performance.noticed) or not all(duty.rests_on_all for duty, _ in broken)
        breaches = [
            breach
            for duty, breach in broken
            if not (duty.rests_on_all and is_caused) and (self.rules is None or duty.rule in self.rules)
        ]
        for each in performance.noticed:
            first = each.first
            if self.rules is None or first.rule in self.rules:
                breaches.append(
                    Breach(first.rule, first.about, first.expected, first.observed, first.file, first.record)
                )
        if outcome.verdict in {ScenarioVerdict.ERROR, ScenarioVerdict.PENDING}:
            breaches.append(Breach(ERROR, self.adapter, "answers that make sense", outcome.message))
        mistake = outcome.message if outcome.verdict is ScenarioVerdict.BLOCKED else None
        breaches = list({each.key: each for each in reversed(breaches)}.values())[::-1]
        return Played(
            tuple(breaches), performance.situations, heard, mistake, performance.journal, performance.diverged
        )


def _held_to(speech: Speech, duty: Duty) -> Breach | None:
    """What is wrong with a duty, or None.

    :raises AdapterFailure: a system cannot go on.
    """
    try:
        speech.say("then", duty.line)
    except Unmet as unmet:
        about = duty.line.text
        return Breach(duty.rule, about, unmet.expected, unmet.observed, unmet.file, unmet.record, duty.line)
    except Unreadable:
        return None  # the referee says what is wrong with the file
    return None


def _spoken(speak: Callable[[], None]) -> Outcome:
    """Let lines happen. Where one asks for what did not come, or makes no sense after the others, the rest does not."""
    try:
        speak()
    except AdapterFailure as failure:
        return adapter_error(failure)
    except Pending as pending:
        return Outcome(ScenarioVerdict.PENDING, str(pending))
    except (OutputError, Diverged):
        raise
    except (Unmet, Unreadable, NotApplicable, SuiteMistake, ConformError):
        return Outcome(ScenarioVerdict.PASS)
    except Exception as mistake:  # noqa: BLE001 (whatever else a step raises, the suite is at fault)
        return Outcome(ScenarioVerdict.BLOCKED, at_fault(mistake))
    return Outcome(ScenarioVerdict.PASS)
