"""Draws conversations: each from seed, round and number alone, and from what the rounds before it have met.

Each conversation is made of a few kinds of moves only, which it repeats: so it meets what a mixture of all would not.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from harness.exploration import asking_ids, billing, cis_conversations, periods, synchronizing
from harness.exploration.lines import Lines
from harness.exploration.opening import open_scene
from harness.exploration.repertoire import Move, Repertoire
from harness.exploration.scene import DAY, MONDAYS, Scene, Times
from harness.port.protocol import Json, Role
from harness.stage.draws import keyed

MOVES: Mapping[str, Move] = {
    "assignment/ask": asking_ids.ask,
    "assignment/ask side by side": asking_ids.ask_side_by_side,
    "assignment/ask in lines": asking_ids.ask_in_lines,
    "assignment/ask alike": asking_ids.ask_alike,
    "assignment/ask for many": asking_ids.ask_for_many,
    "assignment/ask wrongly": asking_ids.ask_wrongly,
    "files/submit again": asking_ids.submit_again,
    "sync/send": synchronizing.send,
    "sync/send in parts": synchronizing.send_in_parts,
    "sync/send crossed": synchronizing.send_crossed,
    "sync/send again": synchronizing.send_again,
    "sync/aggregate": synchronizing.aggregate,
    "sync/regroup": synchronizing.regroup,
    "sync/change meter": synchronizing.change_meter,
    "sync/change on and on": synchronizing.change_on_and_on,
    "sync/come and go": synchronizing.come_and_go,
    "sync/complete": synchronizing.complete,
    "sync/send far": synchronizing.send_far,
    "sync/send amiss": synchronizing.send_amiss,
    "sync/send in segments": synchronizing.send_in_segments,
    "sync/send misnamed": synchronizing.send_misnamed,
    "sync/send of a version": synchronizing.send_of_a_version,
    "billing/use": billing.use,
    "billing/use finely": billing.use_finely,
    "billing/read register": billing.read_register,
    "billing/bill": periods.bill,
    "billing/push": periods.push,
    "billing/recover": periods.recover,
    "billing/correct": periods.correct,
    "billing/fill": periods.fill,
    "billing/estimate": periods.estimate,
    "billing/request": billing.request,
    "billing/request again": billing.request_again,
    "billing/schedule": billing.schedule,
}
"""The kinds of moves, by chapter."""
CHAPTERS = ("assignment", "sync", "sync", "billing", "billing", "mixed")
"""What conversations are mostly about."""
NEEDED: Mapping[str, tuple[str, ...]] = {
    "sync": ("sync/send", "sync/send crossed"),
    "billing": ("billing/bill", "billing/bill", "billing/push"),
    "mixed": ("assignment/ask", "sync/send"),
}
CLASSES: Mapping[str, str] = {"assignment": "USDP", "sync": "SYNC", "billing": "BILLING-ENERGY"}
"""What a system has to claim for the moves of a chapter to be made."""
SITUATIONS: Mapping[str, str] = {
    "assignment/": "USDP",
    "sets/": "SYNC",
    "billing/": "BILLING-ENERGY",
    "billing/kW": "BILLING-DEMAND",
    "billing/kVA": "BILLING-DEMAND",
    "billing/estimated": "ODEST",
}
"""What a system has to claim for a situation to come up, by how its name begins."""
LONGEST = 12
"""So many moves a conversation has at most."""
LASTS = 7
"""Once it has lasted so many days, no further moves are made: each day costs as much as many moves."""
LAST_DAYS = (0, 0, 0, 0, 1, 4)
"""So many days are waited at the end for what is still due."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What sets a conversation apart before anything of it is drawn: what it is about, and how it opens.

    :param first: the first day, where it is not the usual one.
    """

    moves: tuple[str, ...]
    first: str | None = None
    outages: bool = False
    synchronized: bool = False

    def as_json(self) -> Json:
        return {**asdict(self), "moves": list(self.moves)}

    @classmethod
    def from_json(cls, raw: Json) -> Kind:
        return cls(tuple(raw["moves"]), raw["first"], raw["outages"], raw["synchronized"])


@dataclass(frozen=True, slots=True)
class Source:
    """Where conversations are drawn from.

    :param times: when things fall due with the system.
    :param classes: the conformance classes that the system claims.
    :param promising: kinds of conversations that met what is seldom met: half of all are of such a kind.
    :param role: of the system.
    :param remembers: whether what it knows outlives its process, which may be ended then.
    :param acts_as: whose CIS a CIS can be.
    :param register_digits: of a meter of which none are stated, as the system has it.
    :param secret: what conversations rest on besides the seed; None where anybody may know them.
    """

    seed: int
    times: Times
    classes: frozenset[str]
    promising: tuple[Kind, ...] = ()
    role: Role = Role.REPOSITORY
    remembers: bool = False
    acts_as: tuple[str, ...] = ()
    secret: str | None = field(default=None, repr=False)
    register_digits: int = 5

    def drawn(self, round_number: int, number: int) -> tuple[Kind, Lines]:
        """Draw a conversation by its round and its number in it."""
        chance = random.Random(keyed(f"{self.seed}\n{round_number}\n{number}", self.secret))
        kind = chance.choice(self.promising) if self.promising and chance.randrange(2) else self._kind(chance)
        return kind, self._told(chance, kind)

    def _kind(self, chance: random.Random) -> Kind:
        """Draw what sets a conversation apart: a few kinds of moves, the day, and how it opens."""
        of_role = REPERTOIRES[self.role]
        claimed = {chapter for chapter, name in of_role.classes.items() if name in self.classes}
        chapter = chance.choice([each for each in of_role.chapters if each in {*claimed, "mixed"}])
        among = {*claimed, "files"} if chapter == "mixed" else {chapter, "files"}
        possible = [name for name in of_role.moves if name.partition("/")[0] in among]
        chosen = chance.sample(possible, chance.randint(1, len(possible)))
        needed = [name for name in of_role.needed.get(chapter, ()) if name in possible]
        first = chance.choice(MONDAYS[1:]) if chance.randrange(2) == 0 else None
        opens_synchronized = chapter in {"sync", "billing", "post"} or chance.randrange(2) == 0
        synchronized = opens_synchronized and "sync" in claimed
        return Kind(tuple(sorted([*chosen, *needed])), first, chance.randrange(4) == 0, synchronized)

    def _told(self, chance: random.Random, kind: Kind) -> Lines:
        """A conversation of a kind, from its opening until what is due has come."""
        of_role = REPERTOIRES[self.role]
        scene = of_role.scene(chance, self.times, date.fromisoformat(kind.first or MONDAYS[0]))
        scene.remembers, scene.acts_as, scene.classes = self.remembers, self.acts_as, self.classes
        scene.register_digits = self.register_digits
        of_role.opens(scene, first=kind.first, outages=kind.outages, synchronized=kind.synchronized)
        for _ in range(chance.choice((2, 4, 6, 8, of_role.longest))):
            if scene.minute >= LASTS * DAY:
                break
            of_role.moves[chance.choice(kind.moves)](scene)
            if chance.randrange(3):
                scene.wait()
        of_role.ends(scene)
        lines: Lines = scene.told()
        return lines


def _end(scene: Scene) -> None:
    """Let what is due come."""
    scene.wait()
    scene.wait_until(scene.minute // DAY * DAY + DAY * scene.one_of(LAST_DAYS) + DAY - 1)


REPERTOIRES: Mapping[Role, Repertoire] = {
    Role.REPOSITORY: Repertoire(MOVES, CHAPTERS, NEEDED, CLASSES, SITUATIONS, LONGEST, Scene, open_scene, _end),
    Role.CIS: cis_conversations.REPERTOIRE,
}
"""What conversations are made of, by the role of the system."""
