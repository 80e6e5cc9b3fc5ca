"""A story played: with a system under test, which leaves a journal, or with the journal in place of the system."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.errors import InputError
from harness.interface.instants import instant
from harness.interface.profile import Profile
from harness.interface.regular import read_regular
from harness.port.failure import AdapterFailure
from harness.port.introduction import introduced
from harness.port.journal import JournalError, JournalMark, JournalWriter, check_contents, read_journal
from harness.port.naming import opener
from harness.port.protocol import Json, SystemDescription, holidays_of_ontario
from harness.port.replay import Diverged, Replay, failure_event
from harness.runner import controller
from harness.runner.controller import Wish
from harness.runner.folder import passing_root
from harness.stage.conversation import Conversation
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from harness.stories.living import Lived, live
from harness.stories.story import Story
from harness.suite.verdicts import Pending

ANCHOR = "2011-01-10T00:00:00-05:00"
"""The first instant of every simulation: the Monday on which the profile's weeks begin."""
JOURNAL = "journals/simulation.jsonl"
SHARED = "shared"
NEEDED = ("FTS", "USDP", "SYNC", "BILLING-ENERGY")
"""The conformance classes that a system has to claim to be simulated with."""
READINGS = {
    "AMB-05": "number-stays",
    "AMB-12": "at-that-time",
    "AMB-19": "on-receipt",
    "AMB-22": "number-stays",
    "AMB-24": "from-receipt",
    "AMB-26": "last-day-of-period",
    "AMB-27": "calendar-days",
    "AMB-50": "earlier-of-both",
    "AMB-51": "in-part",
    "AMB-52": "on-receipt",
    "AMB-54": "closed-on-their-day",
    "AMB-55": "whole-period",
    "AMB-56": "two-reads-needed",
    "AMB-58": "tried-again",
    "AMB-59": "nothing-to-the-agent",
}
"""Readings that the oracle takes; of other ambiguities it takes any, or nothing in a story rests on them."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What a story is played with.

    :param namespace: sets the names of one simulation apart from those of another, on a system that remembers them.
    """

    adapter: str
    profile: Profile
    profile_path: Path | None
    time_limit: float
    system: SystemDescription
    namespace: str = ""


@dataclass(slots=True)
class Played:
    """What playing a story came to.

    :param trouble: why it did not come to its end: the kind of failure, and what happened.
    :param mark: how long the journal is, and its last hash; None where none was kept.
    """

    lived: Lived
    trouble: tuple[str, str] | None = None
    interrupted: bool = False
    mark: JournalMark | None = None


def cast_of(adapter: str, profile_path: Path | None, time_limit: float, fresh_namespace: Callable[[], str]) -> Cast:
    """Ask a system who it is, and hold it and the profile to what a simulation needs.

    :raises UsageError: there is no such adapter.
    :raises InputError: the profile does not read, or takes a reading that the oracle does not.
    :raises SystemUnreachable: the system does not answer.
    """
    profile = controller.read_profile(profile_path)
    for ambiguity, reading in READINGS.items():
        if profile.decided()[ambiguity] != reading:
            raise InputError(
                f"takes reading {profile.readings.get(ambiguity)!r} of {ambiguity}",
                where=profile.name if profile_path is None else str(profile_path),
                expected=f"{reading!r}, the one that the oracle of simulations knows",
                remedy="mdmr-conform run judges a system under the other reading",
            )
    system = controller.introduce(Wish(adapter=adapter, profile=profile_path, time_limit_seconds=time_limit))
    namespace = fresh_namespace() if system.state == "persistent" else ""
    return Cast(adapter, profile, profile_path, time_limit, system, namespace)


def unfit(system: SystemDescription) -> str | None:
    """Why a system cannot be simulated with, or None."""
    missing = [name for name in NEEDED if name not in system.classes]
    if system.clock != "settable":
        return "its clock cannot be set: a simulation lives through days at once"
    if missing:
        return f"it does not claim {', '.join(missing)}: a simulation needs {', '.join(NEEDED)}"
    return None


def play(cast: Cast, story: Story, folder: Path | None, step: Callable[[], None]) -> Played:
    """Play a story with the system.

    :param folder: where journal and shared folder go; without one no journal is kept.
    """
    draw = Draw(story.seed, cast.namespace, "simulation", story.secret)
    journal = None if folder is None else JournalWriter(folder / JOURNAL, opening(cast, story, draw))
    played = Played(Lived(story))
    connection = None
    try:
        connection = opener(cast.adapter, profile_path=cast.profile_path, time_limit=cast.time_limit)()
        introduced(connection)
        with contextlib.ExitStack() as stack:
            passing = None if folder is None else Path(stack.enter_context(passing_root(folder)))
            _live(cast, Recorder(connection, journal), draw, played, folder, passing, step)
    except AdapterFailure as failure:
        if connection is None and journal is not None:
            journal.append("event", failure_event(failure))
        played.trouble = (failure.kind, failure.detail)
    except Pending as pending:
        played.trouble = ("pending", str(pending))
    except KeyboardInterrupt:
        played.interrupted = True
    finally:
        if connection is not None:
            connection.close()
        if journal is not None:
            played.mark = journal.mark
            journal.close()
    return played


def replay(cast: Cast, story: Story, folder: Path, mark: JournalMark, step: Callable[[], None]) -> Played:
    """Play a story with the journal of a folder in place of the system.

    :raises JournalError: the journal was changed, or cut.
    :raises Diverged: what is asked now is not what the journal holds.
    """
    try:
        content = read_regular(folder / JOURNAL)
    except OSError as error:
        raise JournalError(None, f"the journal cannot be read: {error.strerror}") from error
    entries = read_journal(content, mark)
    check_contents(entries, folder / SHARED)
    draw = Draw(story.seed, cast.namespace, "simulation", story.secret)
    for key, value in opening(cast, story, draw).items():
        if entries[0].body.get(key) != value:
            raise Diverged(f"entry 0: the journal names {key} {entries[0].body.get(key)!r}, stated is {value!r}")
    recorded = Replay(entries[1:])
    played = Played(Lived(story), mark=mark)
    try:
        if recorded.begins_with_failure:
            raise recorded.failure()
        _live(cast, Recorder(recorded, None), draw, played, folder, None, step)
    except AdapterFailure as failure:
        played.trouble = (failure.kind, failure.detail)
    except Pending as pending:
        played.trouble = ("pending", str(pending))
    recorded.check_used_up()
    return played


def opening(cast: Cast, story: Story, draw: Draw) -> Json:
    """The first entry of a simulation's journal."""
    return {
        "suite": controller.suite_hash(),
        "profile": cast.profile.hash,
        "conversation": draw.conversation,
        "scenario": "simulation",
        "seed": story.seed,
        "namespace": cast.namespace,
        "anchor": ANCHOR,
        "story": story.as_json(),
    }


def _live(
    cast: Cast,
    recorder: Recorder,
    draw: Draw,
    played: Played,
    folder: Path | None,
    passing: Path | None,
    step: Callable[[], None],
) -> None:
    """Live a story; where a journal answers, nothing is passing."""
    kept, replayed = None if folder is None else folder / SHARED, folder is not None and passing is None
    setting = Setting(
        cast.profile, cast.system, holidays_of_ontario(), instant(ANCHOR), passing or kept, replayed, kept
    )
    conversation = Conversation(setting, draw, recorder)
    live(conversation, played.lived.story, played.lived, step=step)
