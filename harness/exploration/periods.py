"""Moves about whole billing periods: their days come, they are asked for, their windows pass (BQ, WIN, SEG, SUM, ODE).

Nothing else of a conversation has to come together by chance: what is asked for is what came, but for a day.
"""

from __future__ import annotations

from datetime import timedelta

from harness.exploration.billing import CYCLES, DIALS, STATUSES, called, row_of, sdp_of
from harness.exploration.opening import BILLING_AGENT, billing_agents
from harness.exploration.scene import DAY, Scene
from harness.exploration.synchronizing import FRAMING, Rows, send_changes, value_of

LENGTHS = (1, 1, 2, 7, 8, 25, 35)
"""Days of a period; in one of 35 there are two months."""
WINDOWS = (1, 3, 4, 5, 6, 7, 11)
"""So many days after its end a period is looked at: its window may hold a weekend, and holidays."""
EVENING = 23 * 60
SHARE = 12_500
"""So many Wh each hour are 300 kWh a day: of these a register can be off by exactly the two percent that pass."""
KWH_OF_A_DAY, PASS = 300, 6
HOURS = ("00-07", "07-11", "11-17", "17-19", "19-24")
"""Hours that prices put elsewhere in summer and in winter."""
AMOUNTS = (("12500", "10"), ("1000", "40"), ("30", "30"), ("12345", "5"), ("999", "12000"), ("0", "1"))
"""Wh and varh: where one is highest, the other is not."""
READ_AT = ("00:00", "00:00", "01:00", "23:00")
BEFORE = (0, 0, 0, -1, -2, -3)
"""So many days before a period begins, or after it ends, a register is read; two are the most that count."""


CHANGED = (FRAMING, "account", "CT/PT multiplier", "billing cycle", BILLING_AGENT)
"""What may change within a period: some of it divides it, and one change alone says by which rule."""


def bill(scene: Scene) -> None:
    """A period is billed: a day may lack, or not count, or come late; something changes; it may be asked for twice."""
    found = sdp_of(scene)
    if found is None:
        return
    ldc, sdp = found
    days = scene.one_of(LENGTHS)
    first = scene.one_of((-days, -days, -days - 1, -days - 3, 1 - days, 2 - days))
    missing = _missing(scene, first, days)
    _use(scene, called(ldc, sdp), first, days, missing)
    if missing is not None and scene.perhaps(3):
        _uses(scene, called(ldc, sdp), first + missing, first + missing + 1, "NVE")
    if scene.perhaps(3):
        _change_within(scene, ldc, sdp, first, days)
    ends = scene.minute // DAY * DAY + (first + days) * DAY
    row = row_of(scene, ldc, sdp, scene.day(first), scene.day(first + days))
    _ask(scene, ldc, row)
    if scene.perhaps(3):
        scene.wait()
        _ask(scene, ldc, row_of(scene, ldc, *row[1:]))
    if missing is not None and scene.perhaps(2):
        today = scene.minute // DAY
        scene.wait_until(max(scene.minute, ends + scene.one_of(WINDOWS) * DAY) + scene.one_of((0, 8 * 60, EVENING)))
        ago = first + missing - (scene.minute // DAY - today)
        _uses(scene, called(ldc, sdp), ago, ago + 1, scene.one_of(STATUSES))
    if scene.perhaps(2):
        after = max(ends + scene.one_of(WINDOWS) * DAY, scene.minute // DAY * DAY)
        scene.wait_until(after + scene.one_of((8 * 60 - 1, 8 * 60, 8 * 60 + 1, EVENING)))


def _missing(scene: Scene, first: int, days: int) -> int | None:
    """Which day of a period lacks: none; the first, the last, one between; a Sunday, or the last of February."""
    of_days = [scene.today + timedelta(days=first + each) for each in range(days)]
    sundays = [place for place, day in enumerate(of_days) if day.isoweekday() == 7]
    leap_days = [place for place, day in enumerate(of_days) if (day.month, day.day) == (2, 29)]
    return scene.one_of((None, None, None, 0, days // 2, days - 1, *sundays[:2], *leap_days))


def _use(scene: Scene, sdp: str, first: int, days: int, missing: int | None) -> None:
    """Let the days of a period come, but one; its register may be read, and nearly agree."""
    spans = [(0, days)] if missing is None else [(0, missing), (missing + 1, days)]
    if scene.perhaps(3):
        amounts = scene.chance.sample(AMOUNTS, len(HOURS))
        rows = [(hours, *amount) for hours, amount in zip(HOURS, amounts, strict=True)]
        for start, end in spans:
            if start < end:
                span = f"from {scene.day(first + start)} until {scene.day(first + end)}"
                scene.say(f'"{sdp}" uses, each hour of the days {span}', ("hours", "Wh", "varh"), *rows)
        return
    for start, end in spans:
        if start < end:
            _uses(scene, sdp, first + start, first + end, "VAL")
    if scene.perhaps(2):
        _read(scene, sdp, first, days)


def _uses(scene: Scene, sdp: str, start: int, end: int, status: str) -> None:
    with_status = "" if status == "VAL" else f", with status {status}"
    span = f"from {scene.day(start)} until {scene.day(end)}"
    scene.say(f'"{sdp}" uses {SHARE} Wh each hour {span}{with_status}')


def _read(scene: Scene, sdp: str, first: int, days: int) -> None:
    """A register is read near the start and the end of a period, and differs by what passes, or by one more."""
    off = scene.one_of((0, PASS * days, PASS * days + 1, -PASS * days, -PASS * days - 1))
    start = scene.one_of((100, DIALS - 20))
    before, after = first + scene.one_of(BEFORE), first + days - scene.one_of(BEFORE)
    rows = [
        (scene.day(before), scene.one_of(READ_AT), f"{start:05}"),
        (scene.day(after), scene.one_of(READ_AT), f"{(start + KWH_OF_A_DAY * days + off) % DIALS:05}"),
    ]
    scene.say(f'the register of "{sdp}" reads', ("day", "time", "reading"), *rows)


def _change_within(scene: Scene, ldc: str, sdp: str, first: int, days: int) -> None:
    """Something of an SDP changes on the first day of a period, within it, on its last day, or as it ends."""
    agents = billing_agents(scene, ldc)
    rows: Rows = []
    for attribute in scene.chance.sample(CHANGED, scene.one_of((1, 1, 2))):
        day = scene.day(first + scene.one_of((0, 1, days // 2, days - 1, days)))
        value = scene.one_of((ldc, *agents)) if attribute == BILLING_AGENT else value_of(scene, attribute)
        rows.append((sdp, attribute, value, day, ""))
    send_changes(scene, ldc, rows)


def _ask(scene: Scene, ldc: str, row: tuple[str, str, str, str]) -> None:
    """A period is asked for by its LDC, or by an agent."""
    who = scene.submitter(ldc, "5000")
    on_behalf = "" if who == ldc else f' on behalf of "{ldc}"'
    headings = ("request", "SDP", "from", "until")
    scene.say(f'"{who}" requests quantities {scene.one_of(CYCLES)}{on_behalf}', headings, row)
    scene.submitted.append((who, "5000"))
