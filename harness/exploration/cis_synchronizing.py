"""Moves of a CIS's conversation about SDPs and sets: created, changed, told, audited, lost on their way (USDP, ISY)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from harness.exploration.cis_scene import (
    HAD_TIME,
    OF_SETS,
    RESTART,
    SDPS,
    SEAT_OF_AGENT,
    VIRTUALS,
    CisScene,
    day_ahead,
    may,
    telling_day,
    telling_days,
)
from harness.exploration.lines import names

NOBODY = "nobody"
MANY = "120"
AWAY = (-40, -3, -1, 0, 0, 0, 1, 3, 40)
"""From how many days around today what the business learns of holds."""
FRAMINGS = ("hourly", "periodic", "TOU/CPP EST")
CHANGED = ("of", "attribute", "value", "from")
CREATED = ("of", "attribute", "value")
CORRECTED = "that the problem is put right"
ASTRAY = (
    "gets lost",
    "comes 40 minutes late",
    "comes cut short",
    "comes cut short, and 30 minutes later whole",
    "comes twice",
)
"""What becomes of a response or report that the post does not carry as it ought to."""
REFUSALS = ("incomplete data", "invalid organisation")


def create(scene: CisScene) -> str | None:
    """New SDPs, since some day or from one to come: one or several, with or without a customer, meter or retailer.

    :return: the LDC that has them; None where there are enough.
    """
    ldc = scene.one_of(scene.ldcs)
    left = [sdp for sdp in SDPS[ldc] if sdp not in scene.since]
    if not left:
        return None
    sdps, since = left[: scene.one_of((1, 1, 2, 3))], telling_day(scene) or day_ahead(scene, scene.one_of(AWAY))
    rows = []
    for sdp in sdps:
        different = scene.some(_nature(scene, sdp).items())
        rows += [(sdp, attribute, value) for attribute, value in different]
        meter = dict(different).get("meter", f"{sdp} meter")
        scene.since[sdp], scene.meters[sdp] = since, None if meter == NOBODY else meter
        scene.known[ldc].append(sdp)
    scene.say(f'"{ldc}" creates SDPs {names(sdps)} as of {since}, with', CREATED, *rows)
    return ldc


def _nature(scene: CisScene, sdp: str) -> dict[str, str]:
    """In what an SDP can differ from others."""
    agent = scene.agents[0]
    return {
        "framing structure": scene.one_of(FRAMINGS),
        "billing cycle": scene.one_of(("C2", "C3")),
        "VEE service": scene.one_of(("01", "03")),
        "CT/PT multiplier": scene.one_of(("40", "80")),
        "account": scene.one_of((NOBODY, scene.name("Tenant "))),
        "billing agent": scene.one_of((agent, _seat(scene))),
        "AMI operator": agent,
        "energy service provider": agent,
        "CCA service provider": agent,
        "meter": scene.one_of((NOBODY, f"{sdp} first meter")),
    }


def _seat(scene: CisScene) -> str:
    """Whose CIS is under test."""
    return SEAT_OF_AGENT if any(agent == SEAT_OF_AGENT for _, agent, _, _ in scene.may) else scene.ldcs[0]


def create_many(scene: CisScene) -> None:
    """So many new SDPs that the files of a set may need segments; once in a conversation, and seldom."""
    if MANY not in scene.written and scene.perhaps(3):
        scene.written.add(MANY)
        scene.say(f'"{scene.ldcs[0]}" creates {MANY} SDPs')


def create_virtual(scene: CisScene) -> None:
    """A virtual SDP that aggregates two or more others, maybe such that are to come."""
    ldc = scene.one_of(scene.ldcs)
    left, components = [each for each in VIRTUALS[ldc] if each not in scene.since], scene.physical(ldc)
    if left and len(components) > 1:
        chosen = scene.some(components, at_least=2)
        scene.say(f'"{ldc}" creates virtual SDP "{left[0]}", which aggregates {names(chosen)}')
        scene.since[left[0]], scene.virtual[left[0]] = scene.today, chosen
        scene.known[ldc].append(left[0])


def change(scene: CisScene) -> str | None:
    """Attributes change: one or several, of one SDP or several, from days back or to come; what is there may end.

    :return: the LDC whose they are; None where it has none.
    """
    ldc = scene.one_of(scene.ldcs)
    rows = [row for row in (_change(scene, ldc) for _ in range(scene.one_of((1, 2, 4, 8)))) if row is not None]
    if not rows:
        return None
    scene.say(f'"{ldc}" puts on record', CHANGED, *rows)
    return ldc


def _change(scene: CisScene, ldc: str) -> tuple[str, str, str, str] | None:
    """A change that can be told, of an SDP that is the LDC's on its day: mostly later than what is on record."""
    sdps = scene.known[ldc]
    if not sdps:
        return None
    sdp = scene.one_of(sdps)
    attribute, value = scene.one_of(list(_values(scene, sdp).items()))
    day = _behind(scene, sdp, attribute, value) or _ahead(scene, sdp, attribute)
    if sdp in scene.gone and day >= scene.gone[sdp]:
        return None
    scene.latest[sdp, attribute] = max(day, scene.latest.get((sdp, attribute), day))
    if attribute == "meter":
        scene.meters[sdp] = None if value == NOBODY else value
    return sdp, attribute, value, day.isoformat()


def _ahead(scene: CisScene, sdp: str, attribute: str) -> date:
    """A day after all from which anything of an attribute is on record."""
    earliest = scene.latest.get((sdp, attribute)) or scene.since[sdp]
    day = telling_day(scene) or day_ahead(scene, scene.one_of(AWAY))
    if earliest is not None and day <= earliest:
        day = earliest + timedelta(days=scene.one_of((1, 1, 2)))
    return day


def _behind(scene: CisScene, sdp: str, attribute: str, value: str) -> date | None:
    """Now and then the very day from which something of an attribute is on record, or one before it.

    What begins on a day is corrected by another value, and never ended on that day: no record could tell. Meters come
    and go in order.
    """
    latest, since = scene.latest.get((sdp, attribute)), scene.since[sdp]
    if latest is None or attribute == "meter" or not scene.perhaps(4):
        return None
    days = (1, 2, 9) if value == NOBODY else (0, 0, 1, 2, 9)
    day = latest - timedelta(days=scene.one_of(days))
    return day if since is None or day > since else None


def change_meter(scene: CisScene) -> None:
    """An SDP loses its meter, and is told of or not, and has another one from a later day on."""
    ldc = scene.one_of(scene.ldcs)
    sdps = [sdp for sdp in scene.physical(ldc) if scene.meters[sdp] is not None]
    if not sdps:
        return
    sdp = scene.one_of(sdps)
    earliest = scene.latest.get((sdp, "meter")) or scene.since[sdp]
    day = day_ahead(scene, scene.one_of(AWAY))
    if earliest is not None and day <= earliest:
        day = earliest + timedelta(days=1)
    scene.say(f'"{ldc}" puts on record', CHANGED, (sdp, "meter", NOBODY, day.isoformat()))
    if scene.perhaps(2):
        scene.tell(ldc, "synchronize")
        scene.answer()
    day += timedelta(days=scene.one_of((1, 2, 40)))
    scene.latest[sdp, "meter"], scene.meters[sdp] = day, scene.name("M")
    scene.say(f'"{ldc}" puts on record', CHANGED, (sdp, "meter", str(scene.meters[sdp]), day.isoformat()))


def follow(scene: CisScene) -> None:
    """Something ends, and is told of or not; and from the very same day another takes its place."""
    ldc = scene.one_of(scene.ldcs)
    sdps = scene.physical(ldc)
    if not sdps:
        return
    sdp = scene.one_of(sdps)
    ends = {"account": NOBODY, "energy service provider": NOBODY, "meter": NOBODY, "service status": "cut at pole"}
    attribute = scene.one_of([each for each in ends if each != "meter" or scene.meters[sdp] is not None])
    follows = {
        "account": scene.name("Tenant "),
        "energy service provider": scene.agents[0],
        "meter": scene.name("M"),
        "service status": "booted",
    }
    day = _ahead(scene, sdp, attribute).isoformat()
    scene.say(f'"{ldc}" puts on record', CHANGED, (sdp, attribute, ends[attribute], day))
    if scene.perhaps(2):
        scene.tell(ldc, "synchronize")
        scene.answer()
    scene.say(f'"{ldc}" puts on record', CHANGED, (sdp, attribute, follows[attribute], day))
    scene.latest[sdp, attribute] = date.fromisoformat(day)
    if attribute == "meter":
        scene.meters[sdp] = follows[attribute]


def _values(scene: CisScene, sdp: str) -> dict[str, str]:
    """The values that attributes of an SDP can come to have."""
    agent = scene.agents[0]
    meter = scene.name("M")
    of_meter = {"meter": meter if scene.meters.get(sdp) is None else scene.one_of((meter, meter, NOBODY))}
    return {
        "account": scene.one_of((scene.name("Tenant "), scene.name("Tenant "), NOBODY)),
        "framing structure": scene.one_of(FRAMINGS),
        "billing cycle": scene.one_of(("C1", "C2", "17")),
        "VEE service": scene.one_of(("01", "02", "03")),
        "CT/PT multiplier": scene.one_of(("1", "40")),
        "billing agent": scene.one_of((agent, _seat(scene))),
        "AMI operator": scene.one_of((agent, scene.ldcs[0])),
        "energy service provider": scene.one_of((agent, _seat(scene), NOBODY)),
        "service status": scene.one_of(("cut at pole", "booted")),
        "address": scene.name("Main St "),
        "postal code": scene.one_of(("L0L 1L0", "K1A 0B1")),
        **({} if sdp in scene.virtual else of_meter),
    }


def regroup(scene: CisScene) -> None:
    """A virtual SDP comes to aggregate others than before."""
    ldc = scene.one_of(scene.ldcs)
    virtual, components = [each for each in scene.known[ldc] if each in scene.virtual], scene.physical(ldc)
    if virtual and len(components) > 2:
        sdp, chosen = scene.one_of(virtual), scene.some(components, at_least=2)
        earliest = scene.latest.get((sdp, "component")) or scene.since[sdp] or scene.today
        day = max(day_ahead(scene, scene.one_of((1, 4))), earliest + timedelta(days=1))
        scene.say(f'as of {day}, virtual SDP "{sdp}" of "{ldc}" aggregates {names(chosen)}')
        scene.latest[sdp, "component"], scene.virtual[sdp] = day, chosen


def give_up(scene: CisScene) -> None:
    """An SDP is given up, from today or a day to come, which may be one that is easily mistaken."""
    ldc = scene.one_of(scene.ldcs)
    sdps = [sdp for sdp in scene.physical(ldc) if not any(sdp in each for each in scene.virtual.values())]
    if len(sdps) > 2:
        sdp, day = scene.one_of(sdps), day_ahead(scene, scene.one_of((0, 1, 2)))
        if (ahead := [each for each in telling_days(scene) if each > scene.today]) and scene.perhaps(2):
            day = scene.one_of(ahead)
        earliest = max([each for (of, _), each in scene.latest.items() if of == sdp] + [scene.since[sdp] or day])
        if earliest <= day:
            scene.say(f'"{ldc}" gives up SDPs "{sdp}" as of {day}')
            scene.gone[sdp] = day


# --- what people order -------------------------------------------------------------------------------


def ask(scene: CisScene) -> None:
    """People have Universal SDP IDs requested: of all SDPs without, or of some."""
    ldc = scene.one_of(scene.ldcs)
    sdps = scene.physical(ldc)
    if sdps and scene.perhaps(4):
        sdps = scene.some(sdps)
        scene.tell(ldc, f"request Universal SDP IDs of {names(sdps)}")
    else:
        scene.tell(ldc, "request Universal SDP IDs")
    scene.asked[ldc] += sdps
    scene.answer()


def synchronize(scene: CisScene) -> None:
    """People have it told what has changed: once, or twice in a row."""
    ldc = scene.one_of(scene.ldcs)
    for _ in range(scene.one_of((1, 1, 2))):
        scene.tell(ldc, "synchronize")
    if not scene.perhaps(3):
        scene.answer()


def audit(scene: CisScene) -> None:
    """People have a periodic audit made: at once, or beside the telling of changes."""
    ldc = scene.one_of(scene.ldcs)
    orders = scene.one_of((("send a periodic audit",), ("synchronize", "send a periodic audit")))
    for order in orders if scene.perhaps(2) else reversed(orders):
        scene.tell(ldc, order)
    if not scene.perhaps(3):
        scene.answer()


def audit_what_ended(scene: CisScene) -> None:
    """Something holds for some days, and has ended before anybody is told of it: the next thing told is an audit."""
    ldc = scene.one_of(scene.ldcs)
    sdps = scene.physical(ldc)
    if not sdps or not _goes_out(scene, ldc):
        return
    sdp = scene.one_of(sdps)
    attribute = scene.one_of([each for each in _values(scene, sdp) if each != "meter"])
    start, end = day_ahead(scene, -scene.one_of((3, 40))), day_ahead(scene, -scene.one_of((0, 1, 2)))
    earliest = scene.latest.get((sdp, attribute)) or scene.since[sdp]
    if earliest is not None and start <= earliest:
        return
    first, second = _values(scene, sdp)[attribute], _values(scene, sdp)[attribute]
    if first != second:
        scene.say(
            f'"{ldc}" puts on record',
            CHANGED,
            *((sdp, attribute, first, f"{start}"), (sdp, attribute, second, f"{end}")),
        )
        scene.latest[sdp, attribute] = end
    scene.tell(ldc, "send a periodic audit")
    scene.answer()


def restart(scene: CisScene) -> None:
    """The process of the CIS ends, and another goes on: before or after anything."""
    if scene.remembers:
        scene.say(RESTART)


# --- what goes amiss on the way ----------------------------------------------------------------------


def answer_astray(scene: CisScene) -> None:
    """SDPs are asked for, and the response does not come as it ought to, or refuses one."""
    ldc = create(scene)
    if ldc is None or not may(scene, ldc, ("1000",)):
        return
    waiting = scene.physical(ldc)
    if scene.perhaps(3):
        scene.say(f'the next response for the CIS says "{scene.one_of(REFUSALS)}" of "{waiting[-1]}"')
    else:
        scene.say(f"the next 2000 for the CIS {scene.one_of(ASTRAY)}")
    scene.tell(ldc, "request Universal SDP IDs")
    scene.wait_until(scene.minute + scene.one_of((16, 31, 59, 61)) + 2 * scene.times.answer)
    _amend(scene, ldc, ("synchronize",))


def set_astray(scene: CisScene) -> None:
    """A set loses a file or a record on its way, and is rejected or fails to load; another may wait for it."""
    ldc = change(scene)
    if ldc is None or not _goes_out(scene, ldc):
        return
    if scene.perhaps(4):
        scene.say("the last record in file 04 of the next file set of the CIS is damaged on its way")
    else:
        file_no = scene.one_of(("00", "01", "03", "05"))
        scene.say(f"file {file_no} of the next file set of the CIS gets lost")
    scene.tell(ldc, scene.one_of(("synchronize", "send a periodic audit")))
    if scene.perhaps(3):
        change(scene)
        scene.tell(ldc, "synchronize")
    if scene.remembers and scene.perhaps(4):
        scene.say(RESTART)
    _have_time(scene)
    _amend(scene, ldc, ("synchronize", "send a periodic audit"))


def report_astray(scene: CisScene) -> None:
    """A report on a set does not come as it ought to."""
    ldc = change(scene)
    if ldc is None or not _goes_out(scene, ldc):
        return
    scene.say(f"the next IR06 for the CIS {scene.one_of(ASTRAY)}")
    scene.tell(ldc, "synchronize")
    _have_time(scene)
    _amend(scene, ldc, ("synchronize",))


def _goes_out(scene: CisScene, ldc: str) -> bool:
    """Whether changes of an LDC's SDPs can be told: it has IDs for all of them, and the CIS may send sets."""
    return may(scene, ldc, OF_SETS) and set(scene.physical(ldc)) <= set(scene.asked[ldc])


def _have_time(scene: CisScene) -> None:
    scene.say(HAD_TIME)
    scene.minute += 3 * scene.times.wait + 6 * scene.times.answer


def _amend(scene: CisScene, ldc: str, then: Sequence[str]) -> None:
    """People say that it is put right, mostly, and order the next thing."""
    if not scene.perhaps(4):
        scene.say(f'"{ldc}" is told {CORRECTED}')
        scene.rest()
    if "CIS-SYNC" in scene.classes:
        scene.tell(ldc, scene.one_of(then))
        scene.answer()
