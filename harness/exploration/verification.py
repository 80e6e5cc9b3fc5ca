"""Verification of an exploration: what was found is found again, with the journals in place of the system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from harness.errors import InputError
from harness.evidence.results import Counterpart
from harness.exploration import folder as folders
from harness.exploration.course import Found
from harness.exploration.exploring import Subject, Wish
from harness.exploration.playing import Player
from harness.interface.profile import Profile
from harness.port.protocol import Json
from harness.runner import controller
from harness.runner.folder import JOURNALS, left_over_journals
from harness.runner.verification import described


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What replaying showed.

    :param replayed: how many journals were replayed.
    :param undecided: why nothing can be said; `refuted`: every way in which journals and results do not agree.
    """

    statement: str
    replayed: int = 0
    undecided: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()


def verify(
    folder: Path, profile_path: Path | None, begins: Callable[[int], None], step: Callable[[], None]
) -> Confirmation:
    """Replay the journals of what an exploration found.

    :param begins: is told how many there are, and `step` that one was replayed.
    :raises InputError: the folder holds nothing that an exploration wrote, or nothing that reads.
    """
    stated = folders.read(folder)
    if stated.get("state") != "finished":
        return Confirmation("", 0, ("the exploration was not finished",))
    profile = controller.read_profile(profile_path)
    try:
        identity, statement = stated["identity"], str(stated["statement"])
        undecided = tuple(_of_another(identity, profile))
        if undecided:
            return Confirmation(statement, 0, undecided)
        found = [
            Found.from_json({key: value for key, value in raw.items() if key != "feature"}) for raw in stated["found"]
        ]
        kept = [each for each in found if each.journal is not None]
        begins(len(kept))
        player = _player(identity, stated["secret"], profile, profile_path, folder)
        refuted = [line for each in kept for line in _replayed(player, each, step)]
        paths = [str(each.journal["path"]) for each in kept if each.journal is not None]
        refuted += [f"{path}: is of nothing that was found" for path in left_over_journals(folder, paths)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"does not read as what an exploration came to: {type(error).__name__}: {error}",
            where=str(folder / folders.FILE),
            expected="results as mdmr-conform wrote them: the file was changed",
        ) from error
    return Confirmation(statement, len(kept), (), tuple(refuted))


def _of_another(identity: Json, profile: Profile) -> Iterator[str]:
    suite = controller.suite_hash()
    if identity["suite"] != suite:
        yield f"the exploration is of another suite ({str(identity['suite'])[:12]}…); this one is {suite[:12]}…"
    if identity["profile"] != profile.hash:
        yield "the exploration is of another profile; name it with --profile"


def _player(identity: Json, secret: str | None, profile: Profile, profile_path: Path | None, folder: Path) -> Player:
    """Who plays conversations with journals in place of the system."""
    rules = None if identity["rules"] is None else frozenset(identity["rules"])
    system = described(identity["system"], profile)
    stated = identity["counterpart"]
    counterpart = None if stated is None else Counterpart(stated["adapter"], described(stated["system"], profile))
    wish = Wish(
        str(identity["adapter"]), profile_path, int(identity["seed"]), None, rules, 1, 0, system.role, secret=secret
    )
    subject = Subject(wish, system, profile, str(identity["suite"]), str(identity["namespace"]), counterpart)
    plan = replace(
        subject.plan(),
        mode="replay",
        folder=str(folder),
    )
    return Player(plan, wish.adapter, rules)


def _replayed(player: Player, found: Found, step: Callable[[], None]) -> Iterator[str]:
    """In what a journal and what is stated of it do not agree."""
    journal = found.journal or {}
    played = player.play(found.scenario, found.lines, (int(journal["entries"]), str(journal["last_hash"])))
    step()
    seen = played.breach(found.key)
    if played.diverged is not None:
        yield f"{JOURNALS} of {found.scenario}: {played.diverged}"
    elif seen != found.breach:
        yield f"{found.key} is stated as {found.breach.observed!r}, the journal gives {seen and seen.observed!r}"
