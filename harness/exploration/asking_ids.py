"""Moves about Universal SDP IDs: requests that repeat, collide, lack something, or are made by others (USDP, FTS)."""

from __future__ import annotations

from harness.exploration.lines import names
from harness.exploration.scene import SDPS, STRANGER, Scene

MANY = 64
"""So many IDs at once that a sequence among them would show."""
ALIKE = ("Wharf", "Annex")
"""Two SDPs whose SDP IDs are nearly the same."""
APART = (
    "with zeros before it",
    "with a digit after it",
    "without its hyphen",
    "in small letters",
    "with another last character, both of the greatest length",
)
"""How the SDP ID of the second differs from that of the first."""
MISNAMED = (
    "without .DAT",
    "with .dat in lower case",
    "with a 12-digit date-time",
    "with an hour that there is not",
    "as if the LDC had submitted it",
    "with a file number and segment",
)


def ask(scene: Scene) -> None:
    """An LDC, or an agent on its behalf, asks for the IDs of some SDPs, maybe of one twice."""
    ldc = scene.one_of(scene.ldcs)
    sdps = scene.some(SDPS)
    if scene.perhaps(5):
        sdps.append(sdps[0])
    _submitted(scene, ldc, scene.submitter(ldc, "1000"), sdps)


def _submitted(scene: Scene, ldc: str, who: str, sdps: list[str]) -> None:
    on_behalf = "" if who == ldc else f' on behalf of "{ldc}"'
    scene.say(f'"{who}" requests Universal SDP IDs for {names(sdps)}{on_behalf}')
    scene.submitted.append((who, "1000"))
    if who == ldc:
        scene.asked[ldc] += [sdp for sdp in dict.fromkeys(sdps) if sdp not in scene.asked[ldc]]
        scene.ids_by[ldc] = scene.minute + scene.times.periods[0] + 1


def ask_side_by_side(scene: Scene) -> None:
    """Several requests wait for one run: of two LDCs for one SDP ID, of one agent for both, of one LDC twice."""
    sdps = scene.some(SDPS)
    agents = scene.some(scene.agents, at_least=0) if scene.agents else []
    may = [agent for agent in agents if all((ldc, agent, "1000", "submit") in scene.may for ldc in scene.ldcs)]
    one = scene.one_of(may) if may and not scene.perhaps(4) else None
    for ldc in (*scene.ldcs, scene.one_of(scene.ldcs)):
        _submitted(scene, ldc, one or scene.one_of((ldc, *agents)), sdps)
        if scene.perhaps(4):
            scene.wait_until(scene.minute + 1)


def ask_in_lines(scene: Scene) -> None:
    """A request of which lines lack something, or name another LDC, or one that nobody knows."""
    ldc = scene.one_of(scene.ldcs)
    others = [*scene.ldcs, *(each for each in (STRANGER,) if each in scene.written)]
    rows = [
        (scene.one_of((ldc, ldc, "", *others)), scene.one_of((*SDPS, ""))) for _ in range(scene.one_of((1, 2, 2, 3, 5)))
    ]
    who = scene.submitter(ldc, "1000")
    on_behalf = "" if who == ldc else f' on behalf of "{ldc}"'
    scene.say(f'"{who}" submits a request{on_behalf} with these lines', ("LDC", "SDP"), *rows)
    scene.submitted.append((who, "1000"))


def ask_alike(scene: Scene) -> None:
    """Two SDP IDs that are nearly the same are asked for: of one LDC or of two, side by side or in turn, and again."""
    first, second = ALIKE
    if second not in scene.written:
        scene.written.add(second)
        scene.prepare(f'the SDP ID of "{second}" is that of "{first}" {scene.one_of(APART)}')
    ldc = scene.one_of(scene.ldcs)
    for sdp in scene.chance.sample(ALIKE, 2):
        scene.say(f'"{ldc}" requests Universal SDP IDs for "{sdp}"')
        scene.submitted.append((ldc, "1000"))
        if not scene.perhaps(3):
            scene.wait_until(scene.minute + scene.times.periods[0] + 1)
        if scene.perhaps(4):
            ldc = scene.one_of(scene.ldcs)


def ask_for_many(scene: Scene) -> None:
    """An LDC asks for so many IDs that a sequence among them would show, or two do so in turn."""
    first, last = scene.one_of(scene.ldcs), scene.one_of(scene.ldcs)
    if first != last and scene.perhaps(3):
        scene.say(f'"{first}" and "{last}" request a Universal SDP ID in turn, {MANY} in all')
    else:
        scene.say(f'"{first}" requests Universal SDP IDs for {MANY} new SDPs')
    scene.wait()


def ask_wrongly(scene: Scene) -> None:
    """A request that is refused at the door, for its name, its version, or who submits it."""
    ldc, sdp = scene.one_of(scene.ldcs), scene.one_of(SDPS)
    how = scene.one_of(("name", "version", "other"))
    if how == "version":
        scene.say(f'"{ldc}" submits a request for "{sdp}" of version {scene.one_of(("01", "99"))}')
    elif how == "other" and STRANGER in scene.written:
        scene.say(f'"{STRANGER}" requests Universal SDP IDs for "{sdp}" on behalf of "{ldc}"')
    elif how == "other" and scene.agents:
        agent, misnamed = scene.one_of(scene.agents), scene.one_of(MISNAMED)
        scene.say(f'"{agent}" submits a request for "{sdp}" of "{ldc}" that is named {misnamed}')
    else:
        scene.say(f'"{ldc}" submits a request for "{sdp}" that is named {scene.one_of(MISNAMED)}')


def submit_again(scene: Scene) -> None:
    """A file that was submitted is submitted once more, as it was: at once, or later.

    Of an SDP that is asked for twice under one name no set speaks any more: which answer counts is left open.
    """
    if scene.submitted:
        who, file_type = scene.one_of(scene.submitted)
        if file_type == "1000" and who in scene.asked:
            scene.asked[who], scene.known[who] = (list(scene.opened.get(who, ())) for _ in range(2))
        if scene.perhaps(2):
            scene.wait()
        scene.say(f'the last {file_type} of "{who}" is submitted again')
