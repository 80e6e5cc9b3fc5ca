"""The scene of a conversation with a CIS while it is drawn: whose CIS it is, what its business has on record.

Two sides that answer each other come to rest nobody knows exactly when: time goes on after that at a clock time that
lies certainly later. What is told has days of its own, so that it means the same whatever else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from harness.exploration.lines import names
from harness.exploration.scene import AGENTS, DAY, LDCS, Scene

SEAT_OF_AGENT = "Metering Partners"
SDPS = {LDCS[0]: ("Mill", "Bakery", "Depot", "Harbour", "Forge", "Dairy"), LDCS[1]: ("Barn", "Silo", "Stable", "Kiln")}
VIRTUALS = {LDCS[0]: ("Yard", "Quay"), LDCS[1]: ("Farm", "Mews")}
FIRST_NUMBERS = (1, 2, 7, 99)
OF_SETS = ("1000", "3000", "4000")
OF_BILLING = ("5000", "8000")
RECEIVED = ("2000", "IR06", "IR07", "IR10", "IR14", "6000", "6100", "6200", "BR03", "BR06")
TELLING_DAYS = tuple(
    map(
        date.fromisoformat,
        (
            *("2010-12-31", "2011-01-01", "2011-02-28", "2011-03-01", "2011-03-13", "2011-11-06"),
            *("2011-12-31", "2012-01-01", "2012-02-29", "2012-03-01", "2012-03-11"),
        ),
    )
)
"""Days that are easily mistaken: a year's last and first, leap day, those on which clocks are moved."""
AROUND_DAYS = 75
"""So many days around today a telling day is told of."""
AT_REST = "the CIS and the MDM/R have come to rest"
ALL_SDPS = "all SDPs"
"""Whose a problem with quantities was, where people name the days alone."""
HAD_TIME = "the file sets of the CIS have had their time"
RESTART = "the CIS ends, and is started again"
_REST_MINUTES, _REST_ANSWERS = 150, 10
"""By so many minutes, and so many times the time that a CIS may take to answer, two sides have come to rest."""
_MINUTES = (1, 9, 11, 16, 31, 59, 60, 61)
_HOURS = (0, 1, 150, 360, 485, 600, 1439)
"""Minutes of the day: midnight, the hour in which clocks change, early, as responses come, in the day, the last."""


@dataclass(slots=True)
class CisScene(Scene):
    """What a conversation with a CIS has come to while it is drawn.

    :param since: from which day each SDP is on record; None for those that were before the conversation.
    :param latest: the latest day from which anything of an attribute of an SDP is on record.
    :param meters: the meter of each physical SDP; None where it has none.
    :param virtual: the SDPs that each virtual SDP aggregates.
    :param gone: the SDPs that are given up, and from which day on.
    :param billed: the SDPs that the organisation whose CIS it is bills.
    :param cycles: the period of each LDC's billing cycle that was published last.
    :param manner: in which manner quantities fail to come as they ought to: one in a conversation shows what follows
        from it. `is_over`: nothing is ordered any more, so that it is plain what is asked for again.
    :param fresh: how many names were made up so far.
    """

    since: dict[str, date | None] = field(default_factory=dict)
    latest: dict[tuple[str, str], date] = field(default_factory=dict)
    meters: dict[str, str | None] = field(default_factory=dict)
    virtual: dict[str, list[str]] = field(default_factory=dict)
    gone: dict[str, date] = field(default_factory=dict)
    billed: set[str] = field(default_factory=set)
    cycles: dict[tuple[str, str], tuple[date, date]] = field(default_factory=dict)
    manner: str = ""
    is_over: bool = False
    fresh: int = 0

    def name(self, kind: str) -> str:
        """A name that nothing has yet."""
        self.fresh += 1
        return f"{kind}{self.fresh}"

    def goes(self, manner: str) -> bool:
        """Whether quantities may fail to come in a manner: in no other they did before."""
        self.manner = self.manner or manner
        return self.manner == manner

    def physical(self, ldc: str) -> list[str]:
        """The physical SDPs that an LDC has on record, those aside that it gives up."""
        return [sdp for sdp in self.known[ldc] if sdp not in self.virtual and sdp not in self.gone]

    def rest(self) -> None:
        """Let both sides come to rest."""
        self.say(AT_REST)
        self.minute += _REST_MINUTES + _REST_ANSWERS * self.times.answer

    def answer(self) -> None:
        """Let so much time pass that what was told has been done, and may have been answered."""
        assigned = self.times.periods[0] + 1
        self.wait_until(self.minute + 2 * self.times.answer + self.one_of((1, assigned, assigned, 2 * assigned)))

    def wait(self) -> None:
        """Let time pass: minutes mostly, else until a telling hour of one of the next days."""
        if not self.perhaps(6):
            self.wait_until(self.minute + self.one_of(_MINUTES) + self.times.answer)
            return
        ahead = self.one_of((1, 1, 1, 1, 2, 6 - self.minute // DAY % 7))
        self.wait_until((self.minute // DAY + max(1, ahead)) * DAY + self.one_of(_HOURS))

    def tell(self, ldc: str, what: str) -> None:
        """Let people of an LDC tell its CIS what to do."""
        self.say(f'"{ldc}" is told to {what}')


def open_scene(scene: CisScene, *, first: str | None, outages: bool, synchronized: bool) -> None:
    """Let a scene open.

    :param first: the first day, where it is not the usual one.
    :param outages: whether the mailbox of the CIS refuses files for a time.
    :param synchronized: whether the MDM/R knows SDPs already.
    """
    if first is not None:
        scene.prepare(f"the first day is {first}")
    of_agent = "agent" in scene.acts_as and (scene.perhaps(4) or "ldc" not in scene.acts_as)
    scene.ldcs = list(LDCS[: scene.one_of((1, 2))]) if of_agent else [LDCS[0]]
    for ldc in scene.ldcs:
        scene.prepare(f'LDC "{ldc}" is registered')
        scene.asked[ldc], scene.known[ldc] = [], []
    scene.agents = list(AGENTS[:1])
    scene.prepare(f'agent "{scene.agents[0]}" is registered')
    if of_agent:
        scene.prepare(f'the CIS of agent "{SEAT_OF_AGENT}" is under test')
        for ldc in scene.ldcs:
            _authorise(scene, ldc, everything=ldc == LDCS[0] and not scene.perhaps(5))
    else:
        scene.prepare(f'the CIS of "{LDCS[0]}" is under test')
    for ldc in scene.ldcs:
        scene.numbers[ldc] = scene.one_of(FIRST_NUMBERS)
        scene.prepare(f'the next expected sequence number of "{ldc}" is {scene.numbers[ldc]}')
    if outages and scene.perhaps(3):
        scene.prepare(f'the mailbox of "{SEAT_OF_AGENT if of_agent else LDCS[0]}" refuses files from {_outage(scene)}')
    if synchronized:
        for ldc in scene.ldcs:
            if may(scene, ldc, OF_SETS):
                serve(scene, ldc)
    scene.wait_until((scene.minute // DAY + 1) * DAY + scene.one_of(_HOURS))


def _outage(scene: CisScene) -> str:
    start, hours = scene.one_of((0, 6, 9, 23)), scene.one_of((1, 2, 24))
    end = start + hours
    return f"Tuesday {start:02}:00 until {'Tuesday' if end < 24 else 'Wednesday'} {end % 24:02}:30"


def _authorise(scene: CisScene, ldc: str, *, everything: bool) -> None:
    """Let an LDC authorise the agent whose CIS is under test: for everything, or for some types."""
    submitted = (*OF_SETS, *OF_BILLING) if everything else scene.some((*OF_SETS, *OF_BILLING), at_least=0)
    for direction, types in (("submit", sorted(submitted)), ("receive", RECEIVED)):
        for file_type in types:
            scene.may.add((ldc, SEAT_OF_AGENT, file_type, direction))
            scene.prepare(f'"{ldc}" has authorised "{SEAT_OF_AGENT}" to {direction} {file_type}')


def may(scene: CisScene, ldc: str, types: Sequence[str]) -> bool:
    """Whether the CIS may submit files of some types for an LDC."""
    of_agent = any(agent == SEAT_OF_AGENT for _, agent, _, _ in scene.may) or len(scene.ldcs) > 1
    return not of_agent or all((ldc, SEAT_OF_AGENT, each, "submit") in scene.may for each in types)


def serve(scene: CisScene, ldc: str) -> None:
    """Let an LDC have SDPs that the MDM/R knows."""
    sdps = list(SDPS[ldc][: scene.one_of((1, 2, 3, 4))])
    other = scene.one_of(scene.agents) if len(scene.may) == 0 else SEAT_OF_AGENT
    rows = [(sdp, "billing agent", other) for sdp in sdps if scene.perhaps(4 if other != SEAT_OF_AGENT else 2)]
    text = f'"{ldc}" serves SDPs {names(sdps)}, known to the MDM/R'
    named = {sdp for sdp, _, _ in rows}
    scene.billed |= named if other == SEAT_OF_AGENT else set(sdps) - named
    if rows:
        scene.prepare(f"{text}, with", ("of", "attribute", "value"), *rows)
    else:
        scene.prepare(text)
    for sdp in sdps:
        scene.known[ldc].append(sdp)
        scene.asked[ldc].append(sdp)
        scene.since[sdp], scene.meters[sdp] = None, f"{sdp} meter"
    scene.minute += 2 * (_REST_MINUTES + _REST_ANSWERS * scene.times.answer)


def end(scene: CisScene) -> None:
    """Let everything that the business has on record be asked for and told, and perhaps an audit be made."""
    for ldc in scene.ldcs:
        scene.tell(ldc, "request Universal SDP IDs")
    scene.rest()
    if "CIS-SYNC" not in scene.classes:
        return
    for ldc in scene.ldcs:
        scene.tell(ldc, "synchronize")
    scene.rest()
    if scene.perhaps(2):
        sunday = 6 - scene.minute // DAY % 7
        ahead = scene.one_of((1, 1, 1, sunday or 7))
        scene.wait_until((scene.minute // DAY + ahead) * DAY + scene.one_of((30, 150, 600)))
        for ldc in scene.ldcs:
            scene.tell(ldc, "send a periodic audit")
        scene.rest()


def telling_day(scene: CisScene) -> date | None:
    """Now and then a day that is easily mistaken, where there is one around today."""
    near = telling_days(scene)
    return scene.one_of(near) if near and scene.perhaps(4) else None


def telling_days(scene: CisScene) -> list[date]:
    """The days around today that are easily mistaken."""
    return [day for day in TELLING_DAYS if abs((day - scene.today).days) <= AROUND_DAYS]


def day_ahead(scene: CisScene, days: int) -> date:
    """A day seen from today."""
    return scene.today + timedelta(days=days)
