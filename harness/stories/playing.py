"""A story played: with a system under test, which leaves a journal, or with the journal in place of the system."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from harness.errors import writing
from harness.evidence.results import COUNTERPART, Counterpart
from harness.interface.instants import instant
from harness.interface.profile import Profile
from harness.interface.regular import read_regular
from harness.port.failure import AdapterFailure, Connection, Side
from harness.port.journal import (
    JOURNAL_VERSIONS,
    JournalError,
    JournalMark,
    JournalWriter,
    check_contents,
    read_journal,
)
from harness.port.lasting import Lasting
from harness.port.naming import opener
from harness.port.protocol import Json, Role, SystemDescription, holidays_of_ontario
from harness.port.replay import Diverged, Replay, failure_event
from harness.runner import controller
from harness.runner.controller import Wish
from harness.runner.folder import passing_root
from harness.stage.conversation import Conversation
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from harness.stage.seat import CisConversation, End
from harness.stories import cis_living
from harness.stories.living import Lived, live
from harness.stories.story import Story
from harness.suite.verdicts import Pending

ANCHOR = "2011-01-10T00:00:00-05:00"
"""The first instant of every simulation: the Monday on which the profile's weeks begin."""
JOURNAL = "journals/simulation.jsonl"
SHARED = "shared"
NEEDED: Mapping[Role, Sequence[str]] = {
    Role.REPOSITORY: ("FTS", "USDP", "SYNC", "BILLING-ENERGY"),
    Role.CIS: ("CIS-FTS", "CIS-USDP", "CIS-SYNC", "CIS-BILLING"),
}
"""The conformance classes that a system has to claim to be simulated with, by its role."""
EVENING_ALLOWS_MINUTES = 120
"""So long a CIS may take to send: what got lost in the morning is asked for again at eleven, and told at three."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What a story is played with.

    :param namespace: sets the names of one simulation apart from those of another, on a system that remembers them.
    :param counterpart: the repository that answers, where a CIS is under test.
    """

    adapter: str
    profile: Profile
    profile_path: Path | None
    time_limit: float
    system: SystemDescription
    namespace: str = ""
    counterpart: Counterpart | None = None


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


def cast_of(
    adapter: str,
    profile_path: Path | None,
    time_limit: float,
    fresh_namespace: Callable[[], str],
    role: Role = Role.REPOSITORY,
    counterpart: str = COUNTERPART,
) -> Cast:
    """Ask a system, and where it is a CIS its counterpart, who it is, and hold them and the profile to what is needed.

    :raises UsageError: there is no such adapter.
    :raises InputError: the profile does not read.
    :raises SystemUnreachable: the system does not answer.
    """
    profile = controller.read_profile(profile_path)
    wish = Wish(adapter, profile=profile_path, time_limit_seconds=time_limit, role=role, counterpart=counterpart)
    system = controller.introduce(wish)
    answering = controller.introduce_counterpart(wish, system)
    descriptions = (system, *([] if answering is None else [answering.system]))
    namespace = fresh_namespace() if any(each.state == "persistent" for each in descriptions) else ""
    return Cast(adapter, profile, profile_path, time_limit, system, namespace, answering)


def unfit(system: SystemDescription) -> str | None:
    """Why a system cannot be simulated with, or None."""
    needed = NEEDED[system.role]
    missing = [name for name in needed if name not in system.classes]
    if system.clock != "settable":
        return "its clock cannot be set: a simulation lives through days at once"
    if missing:
        return f"it does not claim {', '.join(missing)}: a simulation needs {', '.join(needed)}"
    if system.role is Role.CIS and system.sends_within_minutes > EVENING_ALLOWS_MINUTES:
        return (
            f"it may take {system.sends_within_minutes} minutes to send: each evening a simulation holds a CIS to what "
            f"it was told by day, and allows it {EVENING_ALLOWS_MINUTES}"
        )
    return None


def play(cast: Cast, story: Story, folder: Path | None, step: Callable[[], None]) -> Played:
    """Play a story with the system.

    :param folder: where journal and shared folder go; without one no journal is kept.
    """
    draw = Draw(story.seed, cast.namespace, "simulation", story.secret)
    version = JOURNAL_VERSIONS[cast.counterpart is not None]
    journal = None if folder is None else JournalWriter(folder / JOURNAL, opening(cast, story, draw), version)
    played = Played(Lived(story))
    connections: dict[Side, Lasting] = {}
    try:
        for side, (adapter, role) in _adapters(cast).items():
            connections[side] = Lasting(partial(_connected, cast, adapter), role)
        recorders = {side: Recorder(each, journal, side, each.restart) for side, each in connections.items()}
        with contextlib.ExitStack() as stack:
            passing = None if folder is None else Path(stack.enter_context(passing_root(folder)))
            _live(cast, recorders, draw, played, folder, passing, step)
    except AdapterFailure as failure:
        if len(connections) < len(_adapters(cast)) and journal is not None:
            journal.append("event", failure_event(failure), failure.side)
        played.trouble = (failure.kind, failure.detail)
    except Pending as pending:
        played.trouble = ("pending", str(pending))
    except KeyboardInterrupt:
        played.interrupted = True
    finally:
        for connection in connections.values():
            connection.drop()
        if journal is not None:
            played.mark = journal.mark
            journal.close()
    return played


def _adapters(cast: Cast) -> Mapping[Side, tuple[str, Role]]:
    """Who takes part, by the side on which: how each is reached, and in which role."""
    found: dict[Side, tuple[str, Role]] = {"system": (cast.adapter, cast.system.role)}
    if cast.counterpart is not None:
        found["counterpart"] = (cast.counterpart.adapter, Role.REPOSITORY)
    return found


def _connected(cast: Cast, adapter: str) -> Connection:
    return opener(adapter, profile_path=cast.profile_path, time_limit=cast.time_limit)()


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
    recorded = Replay(entries[1:], cast.system.role)
    played = Played(Lived(story), mark=mark)
    try:
        if recorded.begins_with_failure:
            raise recorded.failure()
        recorders = {side: Recorder(recorded.of(side), None, side) for side in _adapters(cast)}
        _live(cast, recorders, draw, played, folder, None, step)
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
        **({} if cast.counterpart is None else {"counterpart": cast.counterpart.adapter}),
    }


def _live(
    cast: Cast,
    recorders: Mapping[Side, Recorder],
    draw: Draw,
    played: Played,
    folder: Path | None,
    passing: Path | None,
    step: Callable[[], None],
) -> None:
    """Live a story; where a journal answers, nothing is passing."""
    described: dict[Side, SystemDescription] = {"system": cast.system}
    if cast.counterpart is not None:
        described["counterpart"] = cast.counterpart.system
    ends = {side: End(_setting(cast, described[side], folder, passing, side), each) for side, each in recorders.items()}
    system = ends["system"]
    if "counterpart" in ends:
        seat = CisConversation(system, ends["counterpart"], draw)
        cis_living.live(seat, played.lived.story, played.lived, step=step)
    else:
        live(Conversation(system.setting, draw, system.recorder), played.lived.story, played.lived, step=step)


def _setting(
    cast: Cast, described: SystemDescription, folder: Path | None, passing: Path | None, side: Side
) -> Setting:
    """What a conversation with one side is about. Of two sides each has its own folder in which content passes."""
    kept, replayed = None if folder is None else folder / SHARED, folder is not None and passing is None
    if passing is not None and cast.counterpart is not None:
        passing = passing / side
        with writing(passing):
            passing.mkdir(exist_ok=True)
    return Setting(cast.profile, described, holidays_of_ontario(), instant(ANCHOR), passing or kept, replayed, kept)
