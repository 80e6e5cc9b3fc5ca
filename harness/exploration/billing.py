"""Moves about billing: meter data with gaps and corrections, requests, schedules, reads (BQ, WIN, BSV, SUM)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from harness.exploration.scene import LDCS, Scene

WH = (0, 1, 10, 999, 1000, 12345)
STATUSES = ("VAL", "VAL", "EST", "NV", "NVE")
OFF_CYCLE = "off cycle"
CYCLES = ("on cycle", OFF_CYCLE)


def sdp_of(scene: Scene) -> tuple[str, str] | None:
    """An SDP in the Master Directory, with its LDC; None where there is none."""
    there = [(ldc, sdp) for ldc in scene.ldcs for sdp in scene.known[ldc]]
    return scene.one_of(there) if there else None


def called(ldc: str, sdp: str) -> str:
    """How an SDP is called where its LDC is not named beside it."""
    return sdp if ldc == LDCS[0] else f"{sdp} of {ldc}"


def use(scene: Scene) -> None:
    """Meter data of some days comes: all of them, without one in any place, in part, corrected, not eligible."""
    found = sdp_of(scene)
    if found is None:
        return
    sdp, first = called(*found), scene.one_of((-8, -3, -2, -1, 0))
    days, wh = scene.one_of((1, 2, 3, 7)), scene.one_of(WH)
    missing = scene.one_of((0, days // 2, days - 1)) if scene.perhaps(3) and days > 1 else None
    spans = (
        [(first, first + days)] if missing is None else [(first, first + missing), (first + missing + 1, first + days)]
    )
    for start, end in spans:
        if start < end:
            scene.say(f'"{sdp}" uses {wh} Wh each hour from {scene.day(start)} until {scene.day(end)}')
    if scene.perhaps(3):
        status, day = scene.one_of(STATUSES), first + scene.one_of((0, days - 1))
        span = f"from {scene.day(day)} until {scene.day(day + 1)}"
        scene.say(f'"{sdp}" uses {scene.one_of(WH)} Wh each hour {span}, with status {status}')
    if scene.perhaps(4):
        hour = scene.one_of((1, 12, 23))
        scene.say(f'"{sdp}" uses {wh} Wh each hour on {scene.day(first + days)} until {hour:02}:00')


def use_finely(scene: Scene) -> None:
    """Meter data of a day comes in intervals of five, fifteen or thirty minutes, which differ."""
    found = sdp_of(scene)
    if found is None:
        return
    minutes, first = scene.one_of((5, 15, 30)), scene.one_of((-3, -1, 0))
    rows = [("00-07", str(scene.one_of(WH)), "1"), ("07-17", str(scene.one_of(WH)), "30"), ("17-24", "1000", "40")]
    span = f"from {scene.day(first)} until {scene.day(first + scene.one_of((1, 2)))}"
    headings = ("hours", "Wh", "varh")
    scene.say(f'"{called(*found)}" uses, each {minutes} minutes of the days {span}', headings, *rows)


def read_register(scene: Scene) -> None:
    """A meter's register is read at the borders of days, or an hour off; it begins anew; it is nearly right."""
    found = sdp_of(scene)
    if found is None:
        return
    first, days, start = scene.one_of((-8, -3, -2)), scene.one_of((1, 2, 7)), scene.one_of((100, scene.dials - 20))
    steps = scene.one_of((24 * days, 24 * days + 1, 25 * days, 30 * days, 1))
    hours = [scene.one_of(("00:00", "00:00", "01:00", "23:00")) for _ in range(2)]
    rows = [
        (scene.day(first), hours[0], scene.on_register(start)),
        (scene.day(first + days), hours[1], scene.on_register(start + steps)),
    ]
    scene.say(f'the register of "{called(*found)}" reads', ("day", "time", "reading"), *rows)
    if scene.perhaps(2):
        span = f"from {scene.day(first)} until {scene.day(first + days)}"
        scene.say(f'"{called(*found)}" uses 1000 Wh each hour {span}')


def request(scene: Scene) -> None:
    """Quantities of some SDPs are asked for: of a day, of many, of none; for the second time; of periods to come."""
    ldcs = [ldc for ldc in scene.ldcs if scene.known[ldc]]
    if not ldcs:
        return
    ldc = scene.one_of(ldcs)
    rows = []
    for sdp in scene.some(scene.known[ldc]):
        first = scene.one_of((-8, -3, -2, -1, 0, 1))
        days = 0 if scene.perhaps(8) else scene.one_of((1, 1, 2, 3, 7))
        wanted = sdp, scene.day(first), scene.day(first + days)
        former = [old for of, old in scene.requests.values() if of == ldc]
        if former and scene.perhaps(3):
            _, *wanted_before = scene.one_of(former)
            wanted = wanted_before[0], wanted_before[1], wanted_before[2]
        rows.append(row_of(scene, ldc, *wanted))
    who = scene.submitter(ldc, "5000")
    on_behalf = "" if who == ldc else f' on behalf of "{ldc}"'
    headings = ("request", "SDP", "from", "until")
    scene.say(f'"{who}" requests quantities {scene.one_of(CYCLES)}{on_behalf}', headings, *rows)
    scene.submitted.append((who, "5000"))


def row_of(scene: Scene, ldc: str, sdp: str, start: str, end: str) -> tuple[str, str, str, str]:
    """A row of a request for quantities, with an alias of its own."""
    alias = f"R{len(scene.requests) + 1}"
    row = (alias, sdp, start, end)
    scene.requests[alias] = ldc, row
    return row


def request_again(scene: Scene) -> None:
    """The response to a request is asked for as it was some while ago: before, at or after one was delivered."""
    if scene.requests:
        alias = scene.one_of(sorted(scene.requests))
        again = f"R{len(scene.requests) + 1}"
        scene.requests[again] = scene.requests[alias]
        weekday = (scene.first + timedelta(days=scene.minute // (24 * 60))).strftime("%A")
        at = scene.minute % (24 * 60)
        when = max(0, at - scene.one_of((1, 10, 60, 180)))
        scene.say(
            f'the response to "{alias}" of {weekday} {when // 60:02}:{when % 60:02} is requested again, as "{again}"'
        )


def schedule(scene: Scene) -> None:
    """A billing cycle schedule comes: the first; another that moves a date; periods that adjoin, or end too early."""
    ldc = scene.one_of(scene.ldcs)
    rows = []
    for cycle in scene.some(("C1", "C2")):
        start = scene.one_of((-7, -3, -1, 0))
        end = scene.one_of((1, 2, 3, 4, 5, 7))
        rows.append((cycle, scene.day(start), scene.day(end)))
        if scene.perhaps(3):
            rows.append((cycle, scene.day(end), scene.day(end + scene.one_of((1, 2, 7)))))
    if scene.perhaps(3):
        rows.append(("B1", scene.day(2), scene.day(1)))
    submit_schedule(scene, ldc, rows)


def submit_schedule(scene: Scene, ldc: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """A billing cycle schedule of an LDC is submitted, by itself or by an agent."""
    who = scene.submitter(ldc, "8000")
    on_behalf = "" if who == ldc else f' on behalf of "{ldc}"'
    scene.say(f'"{who}" submits a billing cycle schedule{on_behalf}', ("cycle", "from", "until"), *rows)
    scene.submitted.append((who, "8000"))
