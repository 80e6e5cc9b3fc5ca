"""Performs scenarios: gives each its conversation, live with those who take part or replayed from its journal."""

from __future__ import annotations

import contextlib
import itertools
import json
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from harness.errors import OutputError, SuiteMistake, writing
from harness.interface.instants import Instant, instant, later
from harness.interface.profile import Profile
from harness.interface.regular import read_regular
from harness.port.failure import AdapterFailure, Side
from harness.port.journal import (
    JOURNAL_VERSIONS,
    Entry,
    JournalError,
    JournalMark,
    JournalWriter,
    check_contents,
    read_journal,
)
from harness.port.naming import is_person
from harness.port.protocol import Json, Role, SystemDescription, holidays_of_ontario
from harness.port.replay import Diverged, Replay, failure_event
from harness.port.shared_folder import PassingFolders
from harness.runner.cast import Cast
from harness.runner.folder import ENDED, append
from harness.runner.plan import Plan, Task, journal_path
from harness.runner.watching import Noticed, Watch
from harness.stage.aliases import Aliases
from harness.stage.conversation import Conversation
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from harness.stage.seat import CisConversation, End
from harness.suite.inventory import conversation_of, place_in_course
from harness.suite.verdicts import Outcome, ScenarioVerdict

DAYS_OF_A_CONVERSATION = 21
"""So many days apart the conversations begin that a person takes part in, one after the other: whole weeks."""


def adapter_error(failure: AdapterFailure) -> Outcome:
    """The outcome of a scenario whose adapter failed: never a pass or a fail of a rule."""
    who = "adapter" if failure.side == "system" else "counterpart"
    return Outcome(ScenarioVerdict.ERROR, f"the {who} failed ({failure.kind}): {failure.detail}", stderr=failure.stderr)


def _ended_badly(outcome: Outcome, failure: AdapterFailure) -> Outcome:
    """The outcome of a scenario whose adapter failed at its end: what was found of the rule stands."""
    return outcome if outcome.verdict is ScenarioVerdict.FAIL else adapter_error(failure)


@dataclass(frozen=True, slots=True)
class Performance:
    """What a scenario came to.

    :param noticed: the rules that the referee saw broken in its conversation.
    :param situations: how often the referee met each situation that is worth meeting.
    :param journal: the journal's entry count and last hash, where one was kept.
    :param diverged: how a replay departed from its journal, or None.
    """

    outcome: Outcome
    noticed: Sequence[Noticed] = ()
    journal: dict[str, Any] | None = None
    diverged: str | None = None
    situations: Mapping[str, int] = field(default_factory=dict)


Voice: TypeAlias = tuple[Recorder, SystemDescription]
"""Somebody who takes part: through what is spoken, and as described."""


class Performer:
    """Performs the tasks of a plan, one after the other."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._profiles: dict[tuple[tuple[str, str], ...], Profile] = {}
        self._cast = Cast(plan)
        self._folders = PassingFolders(plan.passing)
        self._conversation: Conversation | None = None

    @property
    def conversation(self) -> Conversation:
        """The conversation of the scenario being performed."""
        if self._conversation is None:
            raise SuiteMistake("no conversation is going on")
        return self._conversation

    def perform(self, task: Task, play: Callable[[], Outcome], ended: Callable[[Performance], None]) -> None:
        """Give a task its conversation, let `play` run its steps, and close it.

        :param ended: told what it came to: at once, or where the system could still misbehave on its account, while the
            next task is performed or the system is let go of.
        :raises OutputError: its journal, or that of the task before, cannot be written.
        """
        try:
            if self.plan.mode == "replay":
                ended(self._replayed(task, play))
            else:
                self._live(task, play, ended)
        except OutputError:  # in the middle of its conversation: the next scenario starts afresh
            self.drop()
            raise
        finally:
            self._conversation = None

    def close(self) -> None:
        """Let go of everybody, once it is known how the last scenario ended.

        :raises OutputError: the journal of that scenario cannot be written.
        """
        self._cast.close()

    def drop(self) -> None:
        """Let go of everybody at once: a scenario of which it is not known how it ended has not ended."""
        self._cast.drop()

    # --- live ----------------------------------------------------------------------------------------

    def _live(self, task: Task, play: Callable[[], Outcome], ended: Callable[[Performance], None]) -> None:
        namespace = self._namespace(task)
        draw = self._draw(task, namespace)
        journal = self._journal(task, draw, namespace)
        try:
            connections = self._cast.connected(task.system)
        except AdapterFailure as failure:
            if journal is not None:
                journal.append("event", failure_event(failure), failure.side)
            played = Performance(adapter_error(failure))
        else:
            voices = {
                side: (Recorder(each, journal, side, each.restart), each.description)
                for side, each in connections.items()
            }
            played = self._played(voices, task, draw, play)
        if played.outcome.verdict is ScenarioVerdict.ERROR:
            self.close()

        def settle(failures: Sequence[AdapterFailure]) -> None:
            settled = played.outcome
            for failure in failures:
                if journal is not None:
                    journal.append("event", failure_event(failure), failure.side)
                settled = _ended_badly(settled, failure)
            ended(replace(played, outcome=settled, journal=self._closed(journal, task)))

        self._cast.settles(settle)

    def _namespace(self, task: Task) -> str:
        """The run's namespace; a further attempt at a persistent system draws other names, since the first are used."""
        if is_person(task.system):
            return self._namespace_of_person(task)
        if self.plan.namespace and self.plan.folder is not None:
            attempts = len(_earlier_attempts(journal_path(self.plan.folder, task.scenario)))
            return f"{self.plan.namespace}.{attempts}" if attempts else self.plan.namespace
        return self.plan.namespace

    def _namespace_of_person(self, task: Task) -> str:
        """The run's namespace; a further one for each time that the conversation was begun again."""
        attempts = (f"{self.plan.namespace}.{count}" for count in itertools.count(1))
        return next(
            namespace
            for namespace in itertools.chain([self.plan.namespace], attempts)
            if self._draw(task, namespace).conversation not in self.plan.given_up
        )

    def _draw(self, task: Task, namespace: str) -> Draw:
        """The chance of a task: a person takes part once in the conversation of all scenarios of a feature."""
        name = conversation_of(task.scenario) if is_person(task.system) else task.scenario
        return Draw(self.plan.seed, namespace, name, self.plan.secret)

    def _journal(self, task: Task, draw: Draw, namespace: str) -> JournalWriter | None:
        if self.plan.folder is None or self.plan.mode != "live":
            return None
        path = journal_path(self.plan.folder, task.scenario)
        if path.exists():
            with writing(path):
                path.rename(path.with_suffix(f".interrupted-{len(_earlier_attempts(path))}.jsonl"))
        return JournalWriter(
            path, self._opening(task, draw, namespace), JOURNAL_VERSIONS[self.plan.counterpart is not None]
        )

    def _opening(self, task: Task, draw: Draw, namespace: str) -> Json:
        return {
            "suite": self.plan.suite_hash,
            "profile": self._profile(task).hash,
            "conversation": draw.conversation,
            "scenario": task.scenario,
            "seed": self.plan.seed,
            "namespace": namespace,
            "anchor": self.plan.anchor,
        }

    def _closed(self, journal: JournalWriter | None, task: Task) -> dict[str, Any] | None:
        if journal is None:
            return None
        journal.close()
        mark = journal.mark
        return {
            "path": journal_path("", task.scenario).as_posix(),
            "entries": mark.entries,
            "last_hash": mark.last_hash,
        }

    # --- replayed ------------------------------------------------------------------------------------

    def _replayed(self, task: Task, play: Callable[[], Outcome]) -> Performance:
        if self.plan.folder is None or not self.plan.introduced or task.mark is None:
            raise SuiteMistake("a replay needs the run's folder, its system's description and the journal's mark")
        relative = journal_path("", task.scenario).as_posix()
        journal = {"path": relative, "entries": task.mark[0], "last_hash": task.mark[1]}
        nothing = Outcome(ScenarioVerdict.BLOCKED, "the journal could not be replayed")
        try:
            entries = read_journal(read_regular(Path(self.plan.folder) / relative), JournalMark(*task.mark))
            check_contents(entries, Path(self.plan.folder) / "shared")
            draw = self._checked_opening(task, entries[0])
            played = self._replay(task, entries, draw, play)
        except (JournalError, Diverged) as found:
            return Performance(nothing, (), journal, str(found))
        except OSError as error:
            return Performance(nothing, (), journal, f"the journal cannot be read: {error.strerror}")
        return replace(played, journal=journal)

    def _replay(self, task: Task, entries: tuple[Entry, ...], draw: Draw, play: Callable[[], Outcome]) -> Performance:
        recorded = Replay(entries[1:], Role(self.plan.role))
        if recorded.begins_with_failure:
            played = Performance(adapter_error(recorded.failure()))
        else:
            voices = {
                side: (Recorder(recorded.of(side), None, side), SystemDescription.from_reply(each))
                for side, (_, each) in self.plan.introduced.items()
            }
            played = self._played(voices, task, draw, play)
        while recorded.begins_with_failure:  # of one who misbehaved after the conversation's end
            played = replace(played, outcome=_ended_badly(played.outcome, recorded.failure()))
        recorded.check_used_up()
        return played

    def _checked_opening(self, task: Task, opening: Entry) -> Draw:
        namespace = opening.body.get("namespace")
        if not isinstance(namespace, str) or not _is_attempt(namespace, self.plan.namespace):
            raise Diverged(f"entry 0: the journal is of namespace {namespace!r}, the run of {self.plan.namespace!r}")
        draw = self._draw(task, namespace)
        for key, value in self._opening(task, draw, namespace).items():
            if opening.body.get(key) != value:
                raise Diverged(f"entry 0: the journal names {key} {opening.body.get(key)!r}, the run is of {value!r}")
        return draw

    # --- both ----------------------------------------------------------------------------------------

    def _end(self, recorder: Recorder, description: SystemDescription, task: Task, shared: Path | None) -> End:
        """One end of a conversation, live or replayed.

        :param shared: the folder in which content passes there.
        """
        begins, replayed = self._first_instant(task), self.plan.mode == "replay"
        kept = None if self.plan.folder is None else Path(self.plan.folder) / "shared"
        holidays = holidays_of_ontario()
        setting = Setting(self._profile(task), description, holidays, begins, shared or kept, replayed, kept)
        return End(setting, recorder)

    def _first_instant(self, task: Task) -> Instant:
        """When a conversation begins; a person, who sets the date of a CIS by hand, never has to set it back."""
        before = place_in_course(task.scenario) - 1 if is_person(task.system) else 0
        return later(instant(self.plan.anchor), days=before * DAYS_OF_A_CONVERSATION)

    def _played(self, voices: Mapping[Side, Voice], task: Task, draw: Draw, play: Callable[[], Outcome]) -> Performance:
        with contextlib.ExitStack() as until_its_end:
            ends = {
                side: self._end(recorder, description, task, until_its_end.enter_context(self._folder(draw, side)))
                for side, (recorder, description) in voices.items()
            }
            system = ends["system"]
            if "counterpart" in ends:
                return self._held(CisConversation(system, ends["counterpart"], draw), play)
            return self._held(Conversation(system.setting, draw, system.recorder), play)

    def _folder(self, draw: Draw, side: Side) -> AbstractContextManager[Path | None]:
        """The folder in which content passes at one end: where there are two, neither sees what passes at the other."""
        name = draw.conversation if self.plan.counterpart is None else f"{draw.conversation}-{side}"
        return self._folders.named(name)

    def _held(self, conversation: Conversation, play: Callable[[], Outcome]) -> Performance:
        """Let the steps run while the referee watches the system under test, and close the conversation."""
        self._conversation = conversation
        watch = Watch(conversation.setting.profile, conversation.judged, conversation.reader.read)
        conversation.let_watch(watch)
        conversation.let_judge(watch)
        outcome = self._ended(conversation, play())
        noticed = watch.noticed()
        if watch.mistake is not None and outcome.verdict is ScenarioVerdict.PASS:
            outcome = Outcome(ScenarioVerdict.BLOCKED, at_fault(watch.mistake))
        named = [each.with_aliases(conversation.aliases) for each in noticed]
        return Performance(_with_aliases(outcome, conversation.aliases), named, situations=watch.situations)

    def _ended(self, conversation: Conversation, outcome: Outcome) -> Outcome:
        """Close a scenario's conversation, unless its system has failed or is awaited; what the scenario came to."""
        if outcome.verdict in {ScenarioVerdict.ERROR, ScenarioVerdict.PENDING}:
            return outcome
        try:
            conversation.end()
        except AdapterFailure as failure:
            self.close()
            return _ended_badly(outcome, failure)
        return outcome

    def _profile(self, task: Task) -> Profile:
        key = tuple(sorted(task.readings.items()))
        if key not in self._profiles:
            self._profiles[key] = self.plan.profile(task.readings)
        return self._profiles[key]


def _with_aliases(outcome: Outcome, aliases: Aliases) -> Outcome:
    """What a scenario came to, with the names by which its feature calls what the messages name by identifiers."""
    if outcome.expected is None or outcome.observed is None:
        return outcome
    expected, observed = aliases.added_to(outcome.expected), aliases.added_to(outcome.observed)
    return replace(outcome, message=aliases.added_to(outcome.message), expected=expected, observed=observed)


def at_fault(mistake: BaseException) -> str:
    """Says where the suite went wrong, by file name and line: paths differ from machine to machine."""
    last = traceback.extract_tb(mistake.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return f"the suite is at fault: {type(mistake).__name__} in {place}: {mistake}; please report this"


def _earlier_attempts(path: Path) -> list[Path]:
    """The journals of a scenario's interrupted attempts, and the one that is about to become one."""
    kept = sorted(path.parent.glob(f"{path.stem}.interrupted-*.jsonl"))
    return [*kept, path] if path.exists() else kept


def note_ended(folder: Path, result: Json) -> None:
    """Write down that a scenario has ended, in one write, so that an interrupted run goes on after it.

    :raises OutputError: it cannot be written.
    """
    line = json.dumps(result, sort_keys=True).encode() + b"\n"
    append(folder / ENDED, line)


def _is_attempt(namespace: str, run: str) -> bool:
    """Whether a journal's namespace is that of its run, or of a further attempt in it."""
    first, _, attempt = namespace.rpartition(".")
    return namespace == run or (bool(run) and first == run and attempt.isdecimal())
