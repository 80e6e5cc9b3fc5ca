"""Verification of a simulation: its story again, with the journal in place of the system.

Results and page are made anew from what the results say of story, system and journal, and compared to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.errors import InputError
from harness.evidence.results import Counterpart
from harness.port.failure import AdapterFailure
from harness.port.journal import JournalError, JournalMark, canonical
from harness.port.protocol import Json, Role
from harness.port.replay import Diverged
from harness.runner import controller
from harness.runner.folder import left_over_journals
from harness.runner.verification import described, differing
from harness.stories import folder as folders
from harness.stories.document import FILE, simulation_document
from harness.stories.playing import ANCHOR, JOURNAL, Cast, replay, unfit
from harness.stories.story import Story, story_from


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What replaying a simulation showed.

    :param undecided: why no verdict can be given; empty where one is.
    :param refuted: every way in which journal and results do not bear each other out.
    """

    system: str
    statement: str
    days: int
    undecided: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()


def verify(folder: Path, profile: Path | None, begins: Callable[[int], None], step: Callable[[], None]) -> Confirmation:
    """Replay a simulation.

    :param begins: is told how many days there are to be, and `step` that one is over.
    :raises InputError: the folder holds no results of a simulation, or none that read.
    """
    stated = folders.read(folder)
    if stated.get("state") != "finished":
        return Confirmation("", "", 0, ("the simulation was not finished",))
    try:
        story, cast, mark = _stated(stated, profile)
        name, statement = f"{cast.system.name} {cast.system.version}", str(stated["statement"])
        undecided = tuple(_of_another(stated, cast))
        if undecided:
            return Confirmation(name, statement, 0, undecided)
        if why := _of_none(cast):
            return Confirmation(name, statement, 0, (), (why,))
        begins(story.length)
        refuted = tuple(_replayed(folder, stated, story, cast, mark, step))
    except AdapterFailure as failure:
        return Confirmation("", "", 0, (), (f"{FILE}: {failure.detail}",))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"does not read as the results of a simulation: {type(error).__name__}: {error}",
            where=str(folder / FILE),
            expected="results as mdmr-conform wrote them: the file was changed",
        ) from error
    return Confirmation(name, statement, story.length, (), refuted)


def _stated(stated: Json, profile_path: Path | None) -> tuple[Story, Cast, JournalMark]:
    """Story, cast and journal mark that results state."""
    profile = controller.read_profile(profile_path)
    system = described(stated["system"], profile)
    named = None if stated["profile_option"] is None else Path(stated["profile_option"])
    answering = stated["counterpart"]
    counterpart = None
    if answering is not None:
        counterpart = Counterpart(str(answering["adapter"]), described(answering["system"], profile))
    cast = Cast(str(stated["adapter"]), profile, named, 0, system, str(stated["namespace"]), counterpart)
    journal = stated["journal"]
    return (
        story_from(stated["story"], stated["secret"], system.role),
        cast,
        JournalMark(int(journal["entries"]), str(journal["last_hash"])),
    )


def _of_none(cast: Cast) -> str | None:
    """Why nothing can have been simulated with what is stated, or None."""
    if why := unfit(cast.system):
        return f"nothing can be simulated with such a system: {why}"
    if (cast.counterpart is None) != (cast.system.role is Role.REPOSITORY):
        return f"a system of the role {cast.system.role} is stated, and {cast.counterpart or 'no counterpart'}"
    states = {cast.system.state, *([] if cast.counterpart is None else [cast.counterpart.system.state])}
    if bool(cast.namespace) != ("persistent" in states):
        return f"namespace is stated as {cast.namespace!r}, which no simulation with such a system has"
    return None


def _of_another(stated: Json, cast: Cast) -> Iterable[str]:
    suite = controller.suite_hash()
    if stated["suite"] != suite:
        yield f"the simulation is of another suite ({str(stated['suite'])[:12]}…); this one is {suite[:12]}…"
    if stated["profile"]["hash"] != cast.profile.hash:
        name = stated["profile"]["name"]
        yield f"the simulation is of profile {name!r}, which is not the one given; name it with --profile"
    if stated["anchor"] != ANCHOR:
        yield f"the simulation begins at {stated['anchor']}, this suite's begin at {ANCHOR}"


def _replayed(
    folder: Path, stated: Json, story: Story, cast: Cast, mark: JournalMark, step: Callable[[], None]
) -> Iterable[str]:
    try:
        played = replay(cast, story, folder, mark, step)
    except (JournalError, Diverged) as found:
        yield f"journal {JOURNAL}: {found}"
        return
    anew = simulation_document(cast, played)
    for key, value in anew.items():
        if canonical(stated.get(key)) != canonical(value):
            yield f"{key} is stated as {_short(stated.get(key))}, the journal gives {_short(value)}"
    for key in sorted(stated.keys() - anew.keys()):
        yield f"{_short(key)} does not belong into the results"
    if all(canonical(stated.get(key)) == canonical(value) for key, value in anew.items()):
        yield from differing(folder, folders.outputs(anew))
    for path in left_over_journals(folder, [JOURNAL]):
        yield f"journal {path}: it is not of this simulation"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:160]}…"
