"""How a drawn conversation opens: its first day, who takes part, who may do what, and what is synchronized already."""

from __future__ import annotations

from harness.exploration.lines import names
from harness.exploration.scene import (
    AGENTS,
    DAY,
    DEMAND_FRAMINGS,
    FURTHER_DEMAND_FRAMINGS,
    LDCS,
    SDPS,
    STRANGER,
    Scene,
    moment,
)

FIRST_NUMBERS = (1, 2, 7, 99)
OPENING_MINUTES = 60
"""By then everything has happened that a conversation opens with."""
BEGINNINGS = tuple(
    day * DAY + hours * OPENING_MINUTES for day, hours in ((0, 1), (0, 1), (0, 10), (0, 10), (2, 10), (5, 10), (6, 1))
)
"""When what is said may begin: in the first night or morning, in the middle of the week, on a Saturday or a Sunday."""
OUTAGES = (OPENING_MINUTES, 10 * OPENING_MINUTES, 10 * OPENING_MINUTES + 15)
"""Minutes of the day at which mailboxes begin to refuse files, beside those at which something happens every day."""
SUBMITTED = ("1000", "3000", "4000", "5000", "8000")
RECEIVED = (
    *("2000", "IR01", "IR03", "IR06", "IR07", "IR08", "IR10", "IR14", "6000", "6100", "6200"),
    *("BR01", "BR03", "BR04", "BR05", "BR06"),
)
BILLING_AGENT = "billing agent"
REGISTER_MULTIPLIER = "register multiplier"
SIXTHS = {"VEE service": 6, "framing structure": 5}
"""How often an SDP has the value that is drawn for it, not the standard: of other attributes half the time."""
OWN = {"Lakeside": ("Mill", "Bakery", "Depot"), "Riverbend": ("Mill", "Barn", "Silo")}
"""The SDPs that an LDC has synchronized; the first of both is called alike, and so has one SDP ID."""


def open_scene(scene: Scene, *, first: str | None, outages: bool, synchronized: bool) -> None:
    """Let a scene open.

    :param first: the first day, where it is not the usual one.
    :param outages: whether mailboxes refuse files for a time.
    :param synchronized: whether LDCs have SDPs in the Master Directory.
    """
    if first is not None:
        scene.prepare(f"the first day is {first}")
    scene.ldcs = list(LDCS[: scene.one_of((1, 2, 2))])
    for ldc in scene.ldcs:
        scene.prepare(f'LDC "{ldc}" is registered')
        scene.numbers[ldc], scene.asked[ldc], scene.known[ldc] = scene.one_of(FIRST_NUMBERS), [], []
    scene.agents = list(AGENTS[: scene.one_of((0, 1, 1, 1, 2, 2))])
    for agent in scene.agents:
        scene.prepare(f'agent "{agent}" is registered')
    if scene.perhaps(8):
        scene.prepare(f'"{STRANGER}" is not registered')
        scene.written.add(STRANGER)
    for agent in scene.agents:
        _authorise(scene, agent)
    if outages:
        for _ in range(scene.one_of((1, 1, 2))):
            _outage(scene)
    scene.demand_framings = _demand_framings(scene)
    for ldc in scene.ldcs:
        if synchronized and not (scene.known[scene.ldcs[0]] and scene.perhaps(3)):
            _synchronize(scene, ldc)
        else:
            scene.prepare(f'the next expected sequence number of "{ldc}" is {scene.numbers[ldc]}')
    scene.wait_until(scene.one_of(BEGINNINGS))


def _authorise(scene: Scene, agent: str) -> None:
    """Let some LDCs authorise an agent: for everything, for some types, or to submit without receiving."""
    if len(scene.ldcs) > 1 and scene.perhaps(3):
        _authorise_crosswise(scene, agent)
        return
    of_all = scene.perhaps(3)
    for ldc in scene.ldcs if of_all else scene.some(scene.ldcs):
        everything = of_all or scene.perhaps(2)
        submitted = SUBMITTED if everything else scene.some(SUBMITTED, at_least=0)
        received = RECEIVED if everything else scene.some(RECEIVED, at_least=0)
        for direction, types in (("submit", submitted), ("receive", received)):
            for file_type in sorted(types):
                _may(scene, ldc, agent, direction, file_type)


def _authorise_crosswise(scene: Scene, agent: str) -> None:
    """Let an agent submit for all LDCs, and receive of each what it may not receive of the other."""
    submitted = SUBMITTED if scene.perhaps(2) else scene.some(SUBMITTED)
    for file_type in sorted(submitted):
        for ldc in scene.ldcs:
            _may(scene, ldc, agent, "submit", file_type)
    for file_type in sorted(RECEIVED):
        _may(scene, scene.one_of(scene.ldcs), agent, "receive", file_type)


def _may(scene: Scene, ldc: str, agent: str, direction: str, file_type: str) -> None:
    scene.may.add((ldc, agent, file_type, direction))
    scene.prepare(f'"{ldc}" has authorised "{agent}" to {direction} {file_type}')


def _outage(scene: Scene) -> None:
    """Let a mailbox refuse files from shortly before something falls due; for minutes, for hours, or over midnight."""
    who = scene.one_of((*scene.ldcs, *scene.agents))
    start = scene.one_of((0, 1, 2, 3)) * DAY + scene.one_of((*scene.times.hours, *OUTAGES)) + scene.one_of((-1, 0, -30))
    end = start + scene.one_of((1, 2, 16, 60, 240, DAY))
    begins, ends = (moment(*divmod(each, DAY)) for each in (max(1, start), max(2, end)))
    scene.prepare(f'the mailbox of "{who}" refuses files from {begins} until {ends}')


def _synchronize(scene: Scene, ldc: str) -> None:
    """Let an LDC have synchronized some of its SDPs, each with what makes its quantities differ."""
    sdps = list(OWN[ldc][: scene.one_of((1, 2, 3))])
    rows: list[tuple[str, str, str]] = []
    for sdp in sdps:
        nature = scene.natures[ldc, sdp] = _nature(scene, ldc)
        its_own = sdp in SDPS and ldc != LDCS[0]
        meter = f"{sdp} meter of {ldc}" if its_own else f"{sdp} meter"
        of = {attribute: meter if attribute == REGISTER_MULTIPLIER else sdp for attribute in nature}
        rows += [(of[attribute], attribute, value) for attribute, value in nature.items()]
        if its_own:
            rows += of_its_own(sdp, ldc)
    word = "SDP" if len(sdps) == 1 else "SDPs"
    text = f'"{ldc}" has synchronized {word} {names(sdps)} in I-Sync set {scene.numbers[ldc]}'
    if rows:
        scene.prepare(f"{text}, with", ("of", "attribute", "value"), *rows)
    else:
        scene.prepare(text)
    scene.written.add(f'set {scene.numbers[ldc]} of "{ldc}"')
    scene.numbers[ldc] += 1
    scene.asked[ldc], scene.known[ldc], scene.opened[ldc] = list(sdps), list(sdps), sdps


def _demand_framings(scene: Scene) -> tuple[str, ...]:
    """The framing structures with demand that SDPs of a conversation may have: mostly others than usual as well."""
    further = () if scene.perhaps(3) else scene.chance.sample(FURTHER_DEMAND_FRAMINGS, len(DEMAND_FRAMINGS))
    return (*DEMAND_FRAMINGS, *further, *further)


def _nature(scene: Scene, ldc: str) -> dict[str, str]:
    """In what an SDP differs from the standard."""
    choices: dict[str, tuple[str, ...]] = {
        "framing structure": scene.framings,
        "VEE service": ("01", "03", "03", "03", "04", "13", "14"),
        "billing cycle": ("C1", "C1", "C2"),
        "CT/PT multiplier": ("1", "1", "40"),
        REGISTER_MULTIPLIER: ("1", "1", "10"),
        BILLING_AGENT: (ldc, ldc, *billing_agents(scene, ldc)),
    }
    drawn = {attribute: scene.one_of(values) for attribute, values in choices.items()}
    return {
        attribute: value
        for attribute, value in drawn.items()
        if value != ldc and scene.chance.randrange(6) < SIXTHS.get(attribute, 3)
    }


def billing_agents(scene: Scene, ldc: str) -> list[str]:
    """The agents that an LDC lets have its quantities."""
    return [agent for agent in scene.agents if (ldc, agent, "6000", "receive") in scene.may]


def of_its_own(sdp: str, ldc: str) -> list[tuple[str, str, str]]:
    """Meter, module and account of an SDP that another LDC has one of the same name of."""
    meter, module = f"{sdp} meter of {ldc}", f"{sdp} module of {ldc}"
    return [
        (sdp, "meter", meter),
        (f"{sdp} meter", "communication module", ""),
        (meter, "communication module", module),
        (sdp, "account", f"{sdp} account of {ldc}"),
    ]
