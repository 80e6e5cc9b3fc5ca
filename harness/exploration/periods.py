"""Moves about whole billing periods: their days come, they are asked for, their windows pass (BQ, WIN, SEG, SUM, ODE).

Nothing else of a conversation has to come together by chance: what is asked for is what came, but for a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from harness.exploration.billing import CYCLES, OFF_CYCLE, STATUSES, called, row_of, sdp_of, submit_schedule
from harness.exploration.opening import BILLING_AGENT, REGISTER_MULTIPLIER, billing_agents
from harness.exploration.scene import DAY, Scene
from harness.exploration.synchronizing import FRAMING, Rows, send_changes, value_of

LENGTHS = (1, 1, 2, 7, 8, 25, 35)
"""Days of a period; in one of 35 there are two months."""
WINDOWS = (1, 3, 3, 4, 4, 5, 6, 11)
"""So many days after its end a period is looked at: its window may hold a weekend, and holidays."""
HOUR, EVENING = 60, 23 * 60
SHARE = 12_500
"""So many Wh each hour are 300 kWh a day: of these a register can be off by exactly the two percent that pass."""
MUCH = 5_000_000
"""Of so many Wh each hour there are more in a month than 32 bits hold."""
WH_OF_A_UNIT, PASS_PERCENT = 1000, 2
HOURS = ("00-07", "07-11", "11-17", "17-19", "19-24")
"""Hours that prices put elsewhere in summer and in winter."""
AMOUNTS = (("12500", "10"), ("1000", "40"), ("30", "30"), ("12345", "5"), ("999", "12600"), ("0", "1"))
"""Wh and varh: where one is highest, the other is not, nor are both together."""
LESS = AMOUNTS[1:]
"""Those without the most Wh: where some days have these, the highest is on the others."""
SMALLEST, HALF_HOURS = 5, (15, 30)
MINUTES = {"60": (15, 30, 60), "15": (5, 15)}
"""Intervals of which the minutes of demand are a whole number."""
FINE = (5, 15, 30, 60, 60)
"""Minutes of intervals of which energy is made."""
FARTHEST = 49
"""So many hours from a boundary a register is read at most: one more than count."""
MULTIPLIER = "CT/PT multiplier"
CHANGED = (FRAMING, "account", MULTIPLIER, "billing cycle")
"""What may change within a period: some of it divides it, and one change alone says by which rule."""
BESIDE_THE_POINT = ("energy service provider", "AMI operator", "service status", "city")
"""What changes within a period and divides nothing."""
SATURDAY, SUNDAY = 5, 6
"""Days of the week, counted from Monday, whose reports are easily forgotten."""
ESTIMATING, HISTORIC = frozenset({"13", "14"}), "13"
"""The VEE services by which is estimated what lacks; by one of them from history."""
LOOK_BACK = 29
"""So many days of history are more than estimates may rest on."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of an SDP.

    :param start: its first day, counted from the first of the conversation; `end` is exclusive.
    :param missing: the day, or the days, that lack at first: from one until another; None where none do.
    """

    ldc: str
    sdp: str
    start: int
    end: int
    missing: tuple[int, int] | None

    @property
    def days(self) -> int:
        return self.end - self.start


def bill(scene: Scene) -> None:
    """Periods of one SDP or several are billed: a day may lack, or not count, or come late; one is asked for twice."""
    there = [(ldc, sdp) for ldc in scene.ldcs for sdp in scene.known[ldc]]
    billed = [_billed(scene, *found) for found in scene.chance.sample(there, min(len(there), scene.one_of((1, 2, 3))))]
    if billed and scene.perhaps(3):
        scene.wait()
        period = scene.one_of(billed)
        row = row_of(scene, period.ldc, period.sdp, _day(scene, period.start), _day(scene, period.end))
        _ask(scene, period.ldc, period.sdp, row)
    for period in scene.some(billed):
        _goes_on(scene, period)


def _billed(scene: Scene, ldc: str, sdp: str) -> Period:
    """A period comes, and is asked for."""
    today, days = scene.minute // DAY, scene.one_of(LENGTHS)
    start = today + scene.one_of((-days, -days, -days, -days - 1, -days - 3, 1 - days, 2 - days))
    period = Period(ldc, sdp, start, start + days, _missing(scene, (ldc, sdp), start, days))
    _come(scene, period)
    _ask(scene, ldc, sdp, row_of(scene, ldc, sdp, _day(scene, period.start), _day(scene, period.end)))
    return period


def push(scene: Scene) -> None:
    """What a schedule asks for comes, or lacks a day, and its window passes; its date may be moved before."""
    found = sdp_of(scene)
    if found is None:
        return
    ldc, sdp = found
    today, days = scene.minute // DAY, scene.one_of(LENGTHS)
    end = today + scene.one_of((0, 1, 2, 3, 4))
    period = Period(ldc, sdp, end - days, end, _missing(scene, found, end - days, days))
    cycle = scene.natures.get(found, {}).get("billing cycle", "C1")
    submit_schedule(scene, ldc, [(cycle, _day(scene, period.start), _day(scene, period.end))])
    _come(scene, period)
    if scene.perhaps(4):
        moved = scene.one_of((-1, 1, 2, 3, 7))
        submit_schedule(
            scene, ldc, [(cycle, _day(scene, period.start), _day(scene, max(period.start + 1, end + moved)))]
        )
    if scene.perhaps(3):
        scene.wait()
        _ask(scene, ldc, sdp, row_of(scene, ldc, sdp, _day(scene, period.start), _day(scene, period.end)))
    _goes_on(scene, period)
    if period.missing is None and scene.minute < end * DAY + EVENING:
        scene.wait_until(end * DAY + scene.one_of((7 * 60 + 31, 8 * 60 + 1, EVENING)))


def recover(scene: Scene) -> None:
    """A period is billed, is corrected, and billed again; then either response is asked for as it was."""
    found = sdp_of(scene)
    if found is None:
        return
    ldc, sdp = found
    days, aliases = scene.one_of((1, 2, 8, 35)), []
    period = Period(ldc, sdp, scene.minute // DAY - days, scene.minute // DAY, None)
    _come(scene, period)
    for share in (2 * SHARE, 0):
        row = row_of(scene, ldc, sdp, _day(scene, period.start), _day(scene, period.end))
        _ask(scene, ldc, sdp, row, OFF_CYCLE)
        aliases.append(row[0])
        scene.wait_until(scene.minute + scene.one_of((1, *scene.times.periods)) + 1)
        if scene.perhaps(2):
            _uses(scene, period, period.start, period.start + 1, "VAL", share=share)
    for _ in range(scene.one_of((1, 2))):
        alias = scene.one_of(aliases)
        again = f"R{len(scene.requests) + 1}"
        scene.requests[again] = scene.requests[alias]
        scene.say(f'the response to "{alias}" is requested again as of the moment it came, as "{again}"')
        scene.wait_until(scene.minute + scene.one_of((0, 1)))


def correct(scene: Scene) -> None:
    """What was delivered is corrected, once or twice, on that day or the Saturday or Sunday; its reports come."""
    found = sdp_of(scene)
    if found is None:
        return
    today, days = scene.minute // DAY, scene.one_of((1, 2, 8))
    period = Period(*found, today - days, today, None)
    _uses(scene, period, period.start, today + _is_central(scene, period), "VAL")
    _ask(scene, *found, row_of(scene, *found, _day(scene, period.start), _day(scene, today)), OFF_CYCLE)
    scene.wait_until(scene.minute + scene.times.periods[1] + 1)
    weekday = today % 7
    later = scene.one_of((today, today + max(0, SATURDAY - weekday), today + SUNDAY - weekday))
    scene.wait_until(later * DAY + scene.one_of((9 * HOUR, EVENING)))
    for share in scene.one_of(((0,), (2 * SHARE,), (0, 2 * SHARE), (2 * SHARE, SHARE))):
        day = scene.one_of((period.start, today - 1))
        _uses(scene, period, day, day + 1, "VAL", share=share)
        scene.wait_until(scene.minute + 1)
    scene.wait_until(scene.minute // DAY * DAY + DAY - 1)


def fill(scene: Scene) -> None:
    """A period waits for a day that lacks or does not count; that comes, and it is looked at, or asked for again."""
    found = sdp_of(scene)
    if found is None:
        return
    days, today = scene.one_of((1, 2, 7)), scene.minute // DAY
    start = today - days
    lacks = start + scene.one_of((0, days - 1))
    period = Period(*found, start, today, (lacks, lacks + 1))
    for first, last in _spans(start, today, period.missing):
        _uses(scene, period, first, last, "VAL")
    if scene.perhaps(2):
        _uses(scene, period, lacks, lacks + 1, scene.one_of(("NVE", "NVE", "EST", "NV")))
    cycle = scene.one_of((CYCLES[0], CYCLES[0], OFF_CYCLE))
    _ask(scene, *found, row_of(scene, *found, _day(scene, start), _day(scene, today)), cycle)
    scene.wait_until((today + scene.one_of((1, 1, 2))) * DAY + 9 * HOUR)
    _uses(scene, period, lacks, lacks + 1, "VAL", share=scene.one_of((SHARE, 2 * SHARE)))
    if scene.perhaps(3):
        _uses(scene, period, start, start + 1, "VAL", share=0)
    scene.wait_until(scene.one_of((scene.minute + 4 * HOUR, (today + scene.one_of((5, 7))) * DAY + EVENING)))
    if scene.perhaps(2):
        _ask(scene, *found, row_of(scene, *found, _day(scene, start), _day(scene, today)), OFF_CYCLE)
        scene.wait_until(scene.minute + scene.times.periods[1] + 1)


def estimate(scene: Scene) -> None:
    """The end of a period does not come, and is estimated; then it comes, and the period is asked for again."""
    there = [found for found, nature in scene.natures.items() if nature.get("VEE service") in ESTIMATING]
    if not there:
        return
    found = scene.one_of(there)
    today, days = scene.minute // DAY, scene.one_of((2, 7))
    start, lacks = today - days, today - scene.one_of((1, 1, 2))
    before = LOOK_BACK if scene.natures[found]["VEE service"] == HISTORIC else 1
    period = Period(*found, start - before, today, (lacks, today))
    if scene.perhaps(2):
        _use_unevenly(scene, period, HOUR)
    else:
        _uses(scene, period, period.start, lacks, "VAL")
    row = row_of(scene, *found, _day(scene, start), _day(scene, today))
    _ask(scene, *found, row)
    scene.wait_until((today + scene.one_of((2, 3, 4, 5))) * DAY + EVENING)
    _uses(scene, period, lacks, today, "VAL", share=2 * SHARE)
    if scene.perhaps(2):
        _ask(scene, *found, row_of(scene, *found, row[2], row[3]), OFF_CYCLE)
    scene.wait_until((scene.minute // DAY + scene.one_of((0, 1))) * DAY + DAY - 1)


def _come(scene: Scene, period: Period) -> None:
    """The days of a period come, as far as they do not lack; within it something may change."""
    _use(scene, period)
    if period.missing is not None and scene.perhaps(3):
        _uses(scene, period, *period.missing, scene.one_of(("NVE", "NVE", "EST", "NV")))
    if scene.perhaps(2):
        _change_within(scene, period)
    if not scene.perhaps(6):
        scene.wait_until(scene.minute + 1)


def _goes_on(scene: Scene, period: Period) -> None:
    """What lacked comes, before or after the window closes, or what was delivered is corrected; the window passes."""
    today = scene.minute // DAY
    if period.missing is not None and scene.perhaps(2):
        scene.wait_until(max(today, period.end + scene.one_of(WINDOWS)) * DAY + scene.one_of((0, 8 * 60, EVENING)))
        _uses(scene, period, *period.missing, scene.one_of(STATUSES))
    elif period.missing is None and scene.perhaps(5):
        scene.wait_until(max(today, period.end) * DAY + EVENING + 1)
        day = scene.one_of((period.start, period.end - 1))
        _uses(scene, period, day, day + 1, "VAL", share=scene.one_of((0, SHARE + 1, 2 * SHARE)))
    if scene.perhaps(2):
        after = max(period.end + scene.one_of(WINDOWS), scene.minute // DAY)
        scene.wait_until(after * DAY + scene.one_of((8 * 60 - 1, 8 * 60, 8 * 60 + 1, EVENING)))


def _day(scene: Scene, day: int) -> str:
    """A day counted from the first of the conversation, as features write it."""
    return (scene.first + timedelta(days=day)).isoformat()


def _missing(scene: Scene, found: tuple[str, str], start: int, days: int) -> tuple[int, int] | None:
    """Which days of a period lack: none; the first, the last, one between; a Sunday, or the last of February.

    Where an SDP's VEE service provides estimates, it is its end mostly.
    """
    if scene.natures.get(found, {}).get("VEE service") in ESTIMATING and not scene.perhaps(3):
        gap = start + scene.one_of((days - 1, days // 2, 0))
        return gap, scene.one_of((start + days, start + days, gap + 1))
    of_days = [scene.first + timedelta(days=start + each) for each in range(days)]
    sundays = [place for place, day in enumerate(of_days) if day.isoweekday() == 7]
    leap_days = [place for place, day in enumerate(of_days) if _is_leap_day(day)]
    lacks = scene.one_of((*[None] * 8, 0, days // 2, days - 1, *sundays[:2], *leap_days * 4))
    return None if lacks is None else (start + lacks, start + lacks + 1)


def _is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def _use(scene: Scene, period: Period) -> None:
    """Let the days of a period come, but those that lack; its register may be read, and nearly agree."""
    nature = scene.natures.get((period.ldc, period.sdp), {})
    framing = nature.get(FRAMING, "")
    minutes = next((each for words, each in MINUTES.items() if f" {words} " in framing), ())
    if not scene.perhaps(4) if minutes else scene.perhaps(4):
        _use_unevenly(scene, period, scene.one_of(minutes or FINE))
        return
    reads = () if scene.perhaps(3) else _reads_of(scene, period)
    before = LOOK_BACK if nature.get("VEE service") == HISTORIC and period.missing is not None else 0
    first = min(period.start - before, *(hour // 24 for hour in reads), period.start)
    last = max(period.end + _is_central(scene, period), *(-(-hour // 24) for hour in reads), period.start)
    multiplier = int(nature.get(MULTIPLIER, "1")) * int(nature.get(REGISTER_MULTIPLIER, "1"))
    share = SHARE * multiplier if reads else scene.one_of((SHARE, SHARE, 0, 0, MUCH))
    for start, end in _spans(first, last, period.missing):
        _uses(scene, period, start, end, "VAL", share=share)
    if reads:
        if scene.perhaps(3):
            _counts_though_estimated(scene, period, share)
        _read(scene, period, reads)


def _counts_though_estimated(scene: Scene, period: Period, share: int) -> None:
    """A day of a period that is read is there, and counts, but is not validated: its first, its last, or a Sunday."""
    sundays = [
        day for day in range(period.start, period.end) if (scene.first + timedelta(days=day)).weekday() == SUNDAY
    ]
    day = scene.one_of((period.start, period.end - 1, *sundays[:2]))
    if period.missing is None or not period.missing[0] <= day < period.missing[1]:
        _uses(scene, period, day, day + 1, scene.one_of(("EST", "EST", "NV")), share=share)


def _spans(start: int, end: int, missing: tuple[int, int] | None) -> list[tuple[int, int]]:
    """From which day until which days come."""
    spans = [(start, end)] if missing is None else [(start, missing[0]), (missing[1], end)]
    return [span for span in spans if span[0] < span[1]]


def _is_central(scene: Scene, period: Period) -> bool:
    """Whether an SDP's days are those of the Central clock, which go on for an hour on the day after."""
    return scene.natures.get((period.ldc, period.sdp), {}).get(FRAMING, "").endswith(("central", "CST"))


def _use_unevenly(scene: Scene, period: Period, minutes: int) -> None:
    """Let days come in intervals that differ by the hours of the day, with reactive data."""
    spans = _spans(period.start, period.end, period.missing)
    if _is_central(scene, period) and not scene.perhaps(4):
        spans.append((period.end, period.end + 1))
    if scene.perhaps(2):
        spans = _with_a_day_apart(scene, spans)
    for start, end in spans:
        amounts = scene.chance.sample(scene.one_of((AMOUNTS, LESS)), len(HOURS))
        rows = [(hours, *amount) for hours, amount in zip(HOURS, amounts, strict=True)]
        span = f"from {_day(scene, start)} until {_day(scene, end)}"
        scene.say(
            f'"{called(period.ldc, period.sdp)}" uses, each {minutes} minutes of the days {span}',
            ("hours", "Wh", "varh"),
            *rows,
        )
        if minutes < HOUR and scene.perhaps(2):
            _use_within_an_hour(scene, period, minutes, scene.one_of((start, end - 1)))
        elif end - start > 2 and scene.perhaps(2):
            _use_over_midnight(scene, period, minutes, scene.one_of((start, end - 3)))


def _with_a_day_apart(scene: Scene, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of each span of days the first or the last by itself, so that what comes of it differs from the others."""
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        border = scene.one_of((start + 1, end - 1))
        apart += [(start, border), (border, end)] if start < border < end else [(start, end)]
    return apart


def _use_within_an_hour(scene: Scene, period: Period, minutes: int, day: int) -> None:
    """Of one hour the first, the last or all but one of its intervals differ from the others, or are not eligible."""
    hour = scene.one_of((0, 7, 10, 18, 23))
    first, last = scene.one_of(((0, minutes), (HOUR - minutes, HOUR), (minutes, HOUR)))
    times = f"{hour:02}:{first:02}-{hour + last // HOUR:02}:{last % HOUR:02}"
    said = f'"{called(period.ldc, period.sdp)}" uses, in intervals of {minutes} minutes on {_day(scene, day)}'
    status = scene.one_of(("VAL", "VAL", *STATUSES))
    wh, varh = scene.one_of((("0", "0"), ("7", "12"), ("0", str(SHARE)), (str(SHARE), "10"), (str(SHARE), str(SHARE))))
    scene.say(said, ("times", "Wh", "varh", "status"), (times, wh, varh, status))


def _use_over_midnight(scene: Scene, period: Period, minutes: int, day: int) -> None:
    """Most is used shortly before and after two days part: by the Central clock, or in ten minutes by the Eastern."""
    spans: tuple[tuple[int, str], ...] = ()
    if minutes == SMALLEST:
        spans = (day, "23:50-24:00"), (day + 1, "00:00-00:10")
    elif minutes in HALF_HOURS:
        spans = ((day + 1, "00:30-01:30"),)
    varh = str(scene.one_of((0, 10, 2 * SHARE)))
    for each, times in spans:
        said = f'"{called(period.ldc, period.sdp)}" uses, in intervals of {minutes} minutes on {_day(scene, each)}'
        scene.say(said, ("times", "Wh", "varh", "status"), (times, str(SHARE), varh, "VAL"))


def _uses(scene: Scene, period: Period, start: int, end: int, status: str, *, share: int = SHARE) -> None:
    with_status = "" if status == "VAL" else f", with status {status}"
    span = f"from {_day(scene, start)} until {_day(scene, end)}"
    scene.say(f'"{called(period.ldc, period.sdp)}" uses {share} Wh each hour {span}{with_status}')


def _reads_of(scene: Scene, period: Period) -> tuple[int, int]:
    """The hours at which a register is read: as a period starts and ends, mostly; else as far away as may count."""
    away = [scene.one_of((0, 0, 0, 0, 0, 1, 23, 47, 48, FARTHEST)) for _ in range(2)]
    start = period.start * 24 - away[0]
    return start, max(start + 1, period.end * 24 + away[1])


def _read(scene: Scene, period: Period, reads: Sequence[int]) -> None:
    """A register is read near the start and the end of a period, and differs by what passes, or by one more."""
    first, last = reads
    moved = (last - first) * SHARE // WH_OF_A_UNIT
    passes = moved * PASS_PERCENT // 100
    off = scene.one_of((0, passes, passes + 1, -passes, -passes - 1))
    start = scene.one_of((100, scene.dials - 20))
    readings = (first, start), (last, start + moved + off)
    rows = [(_day(scene, hour // 24), f"{hour % 24:02}:00", scene.on_register(reading)) for hour, reading in readings]
    scene.say(f'the register of "{called(period.ldc, period.sdp)}" reads', ("day", "time", "reading"), *rows)


def _change_within(scene: Scene, period: Period) -> None:
    """Something of an SDP changes on the first day of a period, within it, on its last day, or as it ends."""
    agents = billing_agents(scene, period.ldc)
    rows: Rows = []
    if agents and scene.perhaps(2):
        rows.append(_for_a_day(scene, period, agents))
    changed = scene.chance.sample(CHANGED, scene.one_of((1, 1, 2)) - len(rows))
    if scene.perhaps(4):
        changed = [scene.one_of(BESIDE_THE_POINT)]
    for attribute in changed:
        ahead = scene.one_of((0, 1, period.days // 2, period.days // 2, period.days - 1, period.days))
        value = _another(scene, period, attribute, agents)
        rows.append((period.sdp, attribute, value, _day(scene, period.start + ahead), ""))
    send_changes(scene, period.ldc, rows)


def _for_a_day(scene: Scene, period: Period, agents: Sequence[str]) -> tuple[str, str, str, str, str]:
    """Another agent bills on the first or the last day of a period, or the day after it: alone, or from then on."""
    day = scene.one_of((period.start, period.end - 1, period.end))
    until = scene.one_of(("", _day(scene, day + 1)))
    return period.sdp, BILLING_AGENT, _another(scene, period, BILLING_AGENT, agents), _day(scene, day), until


def _another(scene: Scene, period: Period, attribute: str, agents: Sequence[str]) -> str:
    """A value that an attribute may change to; of a billing agent, another one than it has."""
    if attribute != BILLING_AGENT:
        return value_of(scene, attribute)
    former = scene.natures.get((period.ldc, period.sdp), {}).get(attribute, period.ldc)
    others = [each for each in (period.ldc, *agents) if each != former]
    return scene.one_of(others or [period.ldc])


def _ask(scene: Scene, ldc: str, sdp: str, row: tuple[str, str, str, str], cycle: str | None = None) -> None:
    """A period is asked for by the billing agent mostly, else by its LDC, or by another agent."""
    agent = scene.natures.get((ldc, sdp), {}).get(BILLING_AGENT, ldc)
    may = agent != ldc and (ldc, agent, "5000", "submit") in scene.may
    who = agent if may and not scene.perhaps(3) else scene.submitter(ldc, "5000")
    on_behalf = "" if who == ldc else f' on behalf of "{ldc}"'
    headings = ("request", "SDP", "from", "until")
    rows = [row, *([row_of(scene, ldc, sdp, row[2], row[2])] if scene.perhaps(12) else [])]
    if scene.perhaps(4):
        scene.wait_for_run()
    scene.say(f'"{who}" requests quantities {cycle or scene.one_of(CYCLES)}{on_behalf}', headings, *rows)
    scene.submitted.append((who, "5000"))
