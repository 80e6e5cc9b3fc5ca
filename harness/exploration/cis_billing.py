"""Moves of a CIS's conversation about billing: quantities ordered, amiss, lost or closed; schedules (BSV, WIN).

No day of an SDP is ordered twice, so that it is plain what is to be asked for.
"""

from __future__ import annotations

from datetime import date, timedelta

from harness.exploration.cis_scene import ALL_SDPS, SEAT_OF_AGENT, CisScene, day_ahead, telling_day
from harness.exploration.lines import names
from harness.exploration.scene import DAY, moment

CYCLES = ("on cycle", "off cycle")
WH = (0, 1, 10, 1000)
LENGTHS = (1, 1, 2, 7, 31, 75)
"""Of so many days are the periods that people bill."""
BACK = (1, 1, 2, 3, 8, 40)
"""So many days back lies the last day of a period."""
FAILED = ('says status 06 of "{sdp}"', 'says status 07 of "{sdp}"')
AMISS = ("comes cut short", "comes cut short, and 30 minutes later whole", *FAILED, "comes twice")
"""What becomes of a response on its way."""
CHANGED_AHEAD = ((1, 2, 3, 4, 20), (20, 40, 400), (20, 40, 400))
"""How many days ahead dates of billing cycles come to lie that are changed: near, or all of them far."""
A_YEAR_OF_FORTNIGHTS = 26
BILLED_BEFORE = (0, 1, 30)
"""So many days before a period another begins to bill."""
SCHEDULE = ("cycle", "first day", "last day")
CHANGED = ("of", "attribute", "value", "from")


def request(scene: CisScene) -> None:
    """People order quantities of SDPs that the MDM/R has known for long: of a day, a week, over the month's end."""
    ldc = scene.one_of(scene.ldcs)
    if sdps := _served(scene, ldc):
        _order(scene, ldc, scene.some(sdps)[:2], scene.one_of(CYCLES))
        scene.answer()


def meter(scene: CisScene) -> None:
    """Meter data of an SDP comes."""
    if sdps := _served(scene, scene.one_of(scene.ldcs)):
        first, last = _period(scene)
        scene.say(f'"{scene.one_of(sdps)}" is metered at {scene.one_of(WH)} Wh each hour from {first} to {last}')


def deliver(scene: CisScene) -> None:
    """Quantities that are there are ordered, and delivered at once: as they ought to, or amiss."""
    ldc = scene.one_of(scene.ldcs)
    if sdps := _free(scene, _served(scene, ldc)):
        is_amiss = not scene.perhaps(3) and scene.goes("amiss")
        _deliver(scene, ldc, scene.some(sdps)[:2], scene.one_of(AMISS) if is_amiss else None)


def lose(scene: CisScene) -> None:
    """A response gets lost, and people say so; what recovers it may get lost as well, or tell of a failed sum check."""
    ldc = scene.one_of(scene.ldcs)
    if (sdps := _free(scene, _served(scene, ldc))) and not scene.manner and scene.goes("lost"):
        _deliver(scene, ldc, sdps[:1], "gets lost")
        lost = f'"{ldc}" is told that the first response about "{sdps[0]}" got lost'
        if scene.perhaps(3):
            scene.say("the next 6100 for the CIS gets lost")
            scene.say(lost)
            scene.rest()
            _say_time(scene)
        elif scene.perhaps(2):
            scene.say(f"the next 6100 for the CIS {scene.one_of(FAILED).format(sdp=sdps[0])}")
        scene.say(lost)
        scene.rest()


def _say_time(scene: CisScene) -> None:
    """Say what time it is, a minute later than all that was before."""
    scene.minute += 1
    scene.say(f"it is {moment(*divmod(scene.minute, DAY))}")


def bill_again(scene: CisScene) -> None:
    """People decide which of the quantities that have come are billed again, perhaps otherwise than before.

    The response may have got lost, and have been recovered. Days that follow may have been billed before.
    """
    ldc = scene.one_of(scene.ldcs)
    sdps = _free(scene, _served(scene, ldc))
    if not sdps or scene.manner or not scene.goes("billed again"):
        return
    sdps = scene.some(sdps)[:2]
    is_lost = len(sdps) == 1 and scene.perhaps(2)
    first, last = _deliver(scene, ldc, sdps, "gets lost" if is_lost else None)
    if is_lost:
        scene.say(f'"{ldc}" is told that the first response about "{sdps[0]}" got lost')
        scene.rest()
    elif scene.perhaps(2):
        _deliver_following(scene, ldc, sdps, last)
    scene.say(f"the CIS has been given status 00 for {names(sdps)}")
    if scene.perhaps(2):
        scene.say(f'"{ldc}" decides not to bill {names(sdps)} again, from {first} to {last}')
        scene.rest()
    _say_time(scene)
    scene.is_over = True
    scene.say(f'"{ldc}" decides to bill {names(scene.some(sdps))} again, from {first} to {last}')
    scene.rest()


def _deliver_following(scene: CisScene, ldc: str, sdps: list[str], last: date) -> None:
    """Let the days up to yesterday, which follow a period, be ordered, where there are any."""
    first, yesterday = last + timedelta(days=1), day_ahead(scene, -1)
    if first <= yesterday:
        for sdp in sdps:
            scene.say(f'"{sdp}" is metered at {scene.one_of(WH)} Wh each hour from {first} to {yesterday}')
        _told_to_request(scene, ldc, sdps, (first, yesterday), CYCLES[1])
        scene.rest()


def bill_elsewhere(scene: CisScene) -> None:
    """It becomes known who has billed an SDP since before some days: they are ordered, or their response got lost."""
    ldc = scene.one_of(scene.ldcs)
    sdps = [sdp for sdp in _free(scene, _served(scene, ldc)) if (sdp, "billing agent") not in scene.latest]
    if not sdps or scene.manner or not scene.goes("billed elsewhere"):
        return
    sdp, is_lost = sdps[0], scene.perhaps(2)
    first, last = _deliver(scene, ldc, [sdp], "gets lost") if is_lost else _period(scene)
    since = first - timedelta(days=scene.one_of(BILLED_BEFORE))
    other = ldc if any(agent == SEAT_OF_AGENT for _, agent, _, _ in scene.may) else scene.agents[0]
    scene.say(f'"{ldc}" puts on record', CHANGED, (sdp, "billing agent", other, since.isoformat()))
    scene.latest[sdp, "billing agent"] = since
    scene.billed.discard(sdp)
    if is_lost:
        scene.say(f'"{ldc}" is told that the first response about "{sdp}" got lost')
    else:
        _told_to_request(scene, ldc, [sdp], (first, last), scene.one_of(CYCLES))
    scene.rest()


def _deliver(scene: CisScene, ldc: str, sdps: list[str], amiss: str | None) -> tuple[date, date]:
    """Let quantities that are there be ordered: those of which days."""
    first, last = _period(scene)
    for sdp in sdps:
        scene.say(f'"{sdp}" is metered at {scene.one_of(WH)} Wh each hour from {first} to {last}')
    if amiss is not None:
        scene.say(f"the next 6100 for the CIS {amiss.format(sdp=sdps[-1])}")
    _told_to_request(scene, ldc, sdps, (first, last), CYCLES[1])
    scene.rest()
    return first, last


def close(scene: CisScene) -> None:
    """What was ordered is closed without quantities; then the problem is corrected: of all, of some, or of none.

    Where it was that of all, people name them, or the days alone.

    It was one of all its days, of one of them, or of a day beside them. Where the response gets lost, BR06 alone tells
    of it.
    """
    ldc = scene.one_of(scene.ldcs)
    sdps = _free(scene, _served(scene, ldc))
    if not sdps or not scene.goes("closed"):
        return
    sdps, (first, last) = scene.some(sdps), _period(scene)
    is_silent = scene.perhaps(3)
    if is_silent:
        scene.say("the next 6100 for the CIS gets lost")
    _told_to_request(scene, ldc, sdps, (first, last), scene.one_of(CYCLES))
    weekday = scene.minute // DAY % 7
    scene.wait_until((scene.minute // DAY + (5 if weekday < 2 else 7)) * DAY + 9 * 60)
    if not is_silent:
        scene.say(f"the CIS has been given status 02 for {names(sdps)}")
    if is_silent or scene.perhaps(2):
        scene.wait_until(scene.minute + DAY)
        scene.say(f"the CIS has been given a BR06 that lists {names(sdps)}")
    corrected = scene.some(sdps, at_least=0)
    is_of_all = scene.perhaps(3) and all(sdp in sdps for sdp, what in scene.latest if what == "ordered")
    _say_time(scene)
    if corrected or is_of_all:
        scene.is_over = True
        start, end = _amended(scene, first, last)
        whose = ALL_SDPS if is_of_all else names(corrected)
        problem = f"the problems with quantities of {whose} from {start} to {end} are corrected"
        scene.say(f'"{ldc}" hears that {problem}')
    scene.rest()


def _amended(scene: CisScene, first: date, last: date) -> tuple[date, date]:
    """The days whose problem is corrected: all of a period mostly, else its first or last, or the one beside it."""
    if not scene.perhaps(2):
        return first, last
    day = scene.one_of((first, last, first - timedelta(days=1), last + timedelta(days=1)))
    return day, day


def publish(scene: CisScene) -> None:
    """A billing cycle schedule is published: of cycles that are new, or with another date, near or far."""
    ldc = scene.one_of(scene.ldcs)
    rows = []
    ahead = scene.one_of(CHANGED_AHEAD)
    for cycle in scene.some(("C1", "C2", "C3")):
        first, last = scene.cycles.get((ldc, cycle), (day_ahead(scene, scene.one_of((-7, 0, 1))), scene.today))
        last = max(day_ahead(scene, scene.one_of(ahead)), first)
        scene.cycles[ldc, cycle] = first, last
        rows.append((cycle, first.isoformat(), last.isoformat()))
        if scene.perhaps(3):
            following = last + timedelta(days=1)
            rows.append((f"{cycle}X", following.isoformat(), (following + timedelta(days=30)).isoformat()))
        elif scene.perhaps(8):
            starts = [last + timedelta(days=1 + 14 * each) for each in range(A_YEAR_OF_FORTNIGHTS)]
            rows += [(f"{cycle}Y", each.isoformat(), (each + timedelta(days=13)).isoformat()) for each in starts]
    scene.say(f'"{ldc}" is told to publish this billing cycle schedule', SCHEDULE, *rows)
    scene.answer()


def _served(scene: CisScene, ldc: str) -> list[str]:
    """The SDPs that an LDC has had since before the conversation; none once what was closed has been corrected."""
    return [] if scene.is_over else [sdp for sdp in scene.physical(ldc) if scene.since[sdp] is None]


def _free(scene: CisScene, sdps: list[str]) -> list[str]:
    """SDPs that the organisation whose CIS it is bills, and of which nothing was ordered."""
    return [sdp for sdp in sdps if sdp in scene.billed and (sdp, "ordered") not in scene.latest]


def _period(scene: CisScene) -> tuple[date, date]:
    """The first and the last day of a period that people bill; often it ends with the month before."""
    last = day_ahead(scene, -scene.one_of(BACK))
    if scene.perhaps(3):
        last = scene.today.replace(day=1) - timedelta(days=1)
    telling = telling_day(scene)
    if telling is not None and telling < scene.today:
        last = telling
    return last - timedelta(days=scene.one_of(LENGTHS) - 1), last


def _order(scene: CisScene, ldc: str, sdps: list[str], cycle: str) -> None:
    """Order a period that begins after those that were ordered before, and ends before today."""
    first, last = _period(scene)
    before = [scene.latest[sdp, "ordered"] for sdp in sdps if (sdp, "ordered") in scene.latest]
    first = max([first, *(day + timedelta(days=1) for day in before)])
    if first <= last:
        _told_to_request(scene, ldc, sdps, (first, last), cycle)


def _told_to_request(scene: CisScene, ldc: str, sdps: list[str], period: tuple[date, date], cycle: str) -> None:
    first, last = period
    scene.latest.update({(sdp, "ordered"): last for sdp in sdps})
    scene.tell(ldc, f"request quantities of {names(sdps)} from {first} to {last}, {cycle}")
