"""Moves about file sets: ahead, behind, doubled, late, in parts, in segments, and amiss (SYN, SEQ, ISY, PSY, STL)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.exploration.lines import names
from harness.exploration.opening import of_its_own
from harness.exploration.scene import DAY, LDCS, SDPS, Scene, SetSent
from harness.stage.chapters.master_data import SINCE

FILES = ("01", "02", "03", "04", "05")
KEPT_BACK = (*FILES, "00")
LOOK_ALIKE = (("05", "06"), ("04", "08"))
"""Files, and numbers that no file has, which are easily taken for theirs."""
SEGMENTS = ("01 and 02", "01, 02 and 03", "02 and 03", "01 and 03")
VALUES = {
    "billing cycle": ("C1", "C2", "B1"),
    "account": ("New tenant", "Old tenant"),
    "CT/PT multiplier": ("1", "40"),
    "city": ("Oakville", "Milton"),
    "service status": ("connected", "cut at pole", "booted"),
    "VEE service": ("01", "03", "13"),
}
FRAMING = "framing structure"
ORGANISATIONS = ("AMI operator", "billing agent", "energy service provider")
ATTRIBUTES = tuple(sorted({FRAMING, *VALUES, *ORGANISATIONS}))
"""What changes of SDPs are about."""
_HEADINGS = ("of", "attribute", "value", "from", "until")
Row = tuple[str, str, str, str, str]
Rows = list[Row]
"""Changes, as a table has them."""
MODULE = "communication module"
VIRTUAL, COMPONENT = "Tower", "component"
"""A virtual SDP, and what makes it one."""
ANOTHER_VIRTUAL = "Arcade"
"""A virtual SDP that comes in the same set as the other one."""
DAYS_IN_TURN = ("90 days ago", "30 days ago", "yesterday", "today", "tomorrow", "in 10 days")
"""Days from which values hold that follow one another."""
NEWCOMER = "Annex"
"""An SDP that comes to be, and is left out at once."""
UNKNOWN = "Cellar"
"""An SDP for which nobody has had an ID issued."""


def send(scene: Scene) -> None:
    """A set arrives whole: in turn mostly; else ahead of its turn, behind it, or with a number that another has."""
    sent = _written(scene)
    if sent is not None:
        _arrives(scene, sent)


def send_in_parts(scene: Scene) -> None:
    """A set arrives without one of its files, or of its segments; the rest comes as its time is up, or never."""
    sent = _written(scene)
    if sent is None:
        return
    if scene.perhaps(3):
        file_no, segments = scene.one_of(FILES), scene.one_of(SEGMENTS)
        scene.prepare(f"file {file_no} of {sent.words} is split into segments {segments}")
        segment = scene.one_of((segments[:2], segments[-2:]))
        scene.say(f"{sent.words} arrives without segment {segment} of file {file_no}")
    elif scene.perhaps(3):
        scene.say(f"file {scene.one_of(KEPT_BACK)} of {sent.words} arrives")
    else:
        scene.say(f"{sent.words} arrives without file {scene.one_of(KEPT_BACK)}")
    scene.sets.append(SetSent(sent.words, sent.ldc, kept_back=True))
    if scene.perhaps(2):
        scene.wait_until(scene.minute + scene.one_of(scene.spans) + scene.one_of((-1, 0, 1)))
        complete(scene)


def send_crossed(scene: Scene) -> None:
    """Two sets of an LDC cross: the second comes first, and the first when the second's time is nearly up, or never."""
    first = _written(scene, ahead=0)
    second = None if first is None else _written(scene, ahead=0, ldc=first.ldc)
    if first is None or second is None:
        return
    _arrives(scene, second)
    scene.wait_until(scene.minute + scene.one_of((0, 1, *(scene.times.wait + off for off in (-1, 0, 1)))))
    if scene.perhaps(4):
        scene.sets.append(first)
    else:
        _arrives(scene, first)


def send_again(scene: Scene) -> None:
    """A set that came, was rejected or was forgotten comes, whole, as it was."""
    if scene.sets:
        scene.say(f"{scene.one_of(scene.sets).words} arrives")


def aggregate(scene: Scene) -> None:
    """One virtual SDP or two are made of some of an LDC's SDPs: of two or more, or of one, which is too few."""
    ldcs = [ldc for ldc in scene.ldcs if scene.opened.get(ldc) and VIRTUAL not in scene.asked[ldc]]
    if not ldcs:
        return
    ldc = scene.one_of(ldcs)
    virtual = [VIRTUAL, ANOTHER_VIRTUAL][: scene.one_of((1, 2))]
    scene.say(f'"{ldc}" requests Universal SDP IDs for {names(virtual)}')
    scene.asked[ldc] += virtual
    scene.wait_until(scene.minute + scene.times.periods[0] + 1)
    words = _in_turn(scene, ldc)
    if words is None:
        return
    scene.prepare(f"I-Sync {words} changes nothing")
    for each in virtual:
        scene.prepare(f'{words} carries the asset of virtual SDP "{each}"')
        at_least = 2 if len(virtual) > 1 and not scene.perhaps(4) else 1
        scene.prepare(f'{words} makes "{each}" the sum of {names(scene.some(scene.opened[ldc], at_least=at_least))}')
    _arrives(scene, SetSent(words, ldc))


def regroup(scene: Scene) -> None:
    """A virtual SDP is made, of which a component may have left; later others leave, until one is left, or come."""
    ldcs = [ldc for ldc in scene.ldcs if len(scene.opened.get(ldc, ())) > 1]
    if not ldcs:
        return
    ldc = scene.one_of(ldcs)
    physical = scene.opened[ldc]
    if VIRTUAL not in scene.asked[ldc]:
        scene.say(f'"{ldc}" requests Universal SDP IDs for "{VIRTUAL}"')
        scene.asked[ldc].append(VIRTUAL)
        scene.wait_until(scene.minute + scene.times.periods[0] + 1)
        until = scene.one_of(("", "", "90 days ago", "in 10 days"))
        rows: Rows = [(VIRTUAL, COMPONENT, sdp, SINCE, "") for sdp in physical[:-1]]
        rows.append((VIRTUAL, COMPONENT, physical[-1], SINCE, until if len(physical) > 2 else ""))
        asset = f'set {scene.numbers[ldc]} of "{ldc}" carries the asset of virtual SDP "{VIRTUAL}"'
        send_changes(scene, ldc, [(VIRTUAL, "billing cycle", "C1", SINCE, ""), *rows], [asset])
    for sdp in scene.some(physical):
        day = scene.one_of(("today", "today", "in 10 days", "30 days ago"))
        comes = scene.perhaps(3)
        row = (VIRTUAL, COMPONENT, sdp, day, "") if comes else (VIRTUAL, COMPONENT, sdp, SINCE, day)
        send_changes(scene, ldc, [row])


def change_meter(scene: Scene) -> None:
    """An SDP gets another meter, or none, or back the one it had; two SDPs exchange theirs; something may lack."""
    ldcs = [ldc for ldc in scene.ldcs if scene.opened.get(ldc)]
    if not ldcs:
        return
    ldc = scene.one_of(ldcs)
    sdp, *others = scene.chance.sample(scene.opened[ldc], len(scene.opened[ldc]))
    words = f'set {scene.numbers[ldc]} of "{ldc}"'
    if words in scene.written:
        return
    own, its_module = _meter_of(ldc, sdp)
    day = scene.one_of(("today", "today", "in 10 days", "30 days ago"))
    until: Rows = [(sdp, "meter", own, SINCE, day), (own, MODULE, its_module, SINCE, day)]
    new, module = f"Meter {scene.one_of((2, 3))}", f"Module {scene.one_of((2, 3))}"
    how = scene.one_of(("new", "new", "removed", "exchanged", "back", "shared", "taken"))
    rows, assets = until, [f'communication module "{its_module}"']
    if how == "new":
        rows = [*scene.one_of(((), until)), (sdp, "meter", new, day, ""), (new, MODULE, module, day, "")]
        assets = [f'meter "{new}"', f'communication module "{module}"', *assets * (len(rows) > len(until))]
    elif how == "back":
        rows = [(sdp, "meter", own, day, ""), (own, MODULE, its_module, day, "")]
    elif how == "exchanged" and others:
        another, another_module = _meter_of(ldc, others[0])
        pairs = ((sdp, own, another), (others[0], another, own))
        rows = [
            row for each, old, to in pairs for row in ((each, "meter", old, SINCE, ""), (each, "meter", to, day, ""))
        ]
        rows += [(own, MODULE, its_module, SINCE, ""), (another, MODULE, another_module, SINCE, "")]
        assets.append(f'communication module "{another_module}"')
    elif how == "shared" and others:
        rows = [*until, *((each, "meter", new, day, "") for each in (sdp, others[0])), (new, MODULE, module, day, "")]
        assets = [f'meter "{new}"', f'communication module "{module}"', *assets]
    elif how == "taken" and others:
        another, another_module = _meter_of(ldc, others[0])
        rows = [*until, (sdp, "meter", another, day, ""), (another, MODULE, another_module, day, "")]
        assets.append(f'communication module "{another_module}"')
    if scene.perhaps(3):
        rows, assets = (rows[:-1], assets) if scene.perhaps(2) else (rows, assets[:-1])
    if scene.perhaps(3):
        attribute = scene.one_of(("CT/PT multiplier", "service status", FRAMING))
        rows = [*rows, (sdp, attribute, value_of(scene, attribute), day, "")]
    send_changes(scene, ldc, rows, [f"{words} carries the asset of {asset}" for asset in assets])


def change_on_and_on(scene: Scene) -> None:
    """An attribute of an SDP changes with each of several sets, or several times by one: to others, and back."""
    ldcs = [ldc for ldc in scene.ldcs if scene.opened.get(ldc)]
    if not ldcs:
        return
    ldc = scene.one_of(ldcs)
    sdp, attribute = scene.one_of(scene.opened[ldc]), scene.one_of((*ATTRIBUTES, "VEE service", FRAMING))
    values = list(scene.framings) if attribute == FRAMING else list(VALUES.get(attribute, ()))
    values = scene.some(values or [*scene.ldcs, *scene.agents], at_least=2)
    values = (values * 2)[: scene.one_of((3, 3, 4))]
    days = sorted(scene.chance.sample(DAYS_IN_TURN, len(values)), key=DAYS_IN_TURN.index)
    rows: Rows = [(sdp, attribute, value, day, "") for value, day in zip(values, days, strict=False)]
    if scene.perhaps(2):
        for row in rows:
            send_changes(scene, ldc, [row])
            scene.wait_until(scene.minute + 1)
    else:
        ends = [*(row[3] for row in rows[1:]), ""]
        send_changes(scene, ldc, [(*row[:4], end) for row, end in zip(rows, ends, strict=True)])


def come_and_go(scene: Scene) -> None:
    """An SDP comes to be in these days, and a P-Sync set of the same day or the next does not list it, or lists it."""
    ldcs = [ldc for ldc in scene.ldcs if scene.opened.get(ldc) and NEWCOMER not in scene.asked[ldc]]
    if not ldcs:
        return
    ldc = scene.one_of(ldcs)
    scene.say(f'"{ldc}" requests Universal SDP IDs for "{NEWCOMER}"')
    scene.asked[ldc].append(NEWCOMER)
    scene.wait_until(scene.minute + scene.times.periods[0] + 1)
    start = scene.one_of(("today", "today", "yesterday", "tomorrow", "30 days ago"))
    rows: Rows = [(NEWCOMER, attribute, value_of(scene, attribute), start, "") for attribute in scene.some(ATTRIBUTES)]
    asset = f'set {scene.numbers[ldc]} of "{ldc}" carries the asset of physical SDP "{NEWCOMER}"'
    send_changes(scene, ldc, rows, [asset])
    scene.wait_until(scene.minute + scene.one_of((1, 1, scene.times.wait, DAY)))
    words = _in_turn(scene, ldc)
    if words is None:
        return
    listed = [*scene.opened[ldc], NEWCOMER] if scene.perhaps(4) else list(scene.opened[ldc])
    _lists(scene, f"P-Sync {words}", ldc, listed)
    _arrives(scene, SetSent(words, ldc))


def _meter_of(ldc: str, sdp: str) -> tuple[str, str]:
    """The meter of an SDP that its LDC has synchronized, and its communication module."""
    of_its_own = f" of {ldc}" if sdp in SDPS and ldc != LDCS[0] else ""
    return f"{sdp} meter{of_its_own}", f"{sdp} module{of_its_own}"


def complete(scene: Scene) -> None:
    """What was kept back of a set arrives."""
    late = [sent for sent in scene.sets if sent.kept_back]
    if late:
        sent = scene.one_of(late)
        scene.say(f"the rest of {sent.words} arrives")
        scene.sets[scene.sets.index(sent)] = SetSent(sent.words, sent.ldc)


def send_changes(scene: Scene, ldc: str, rows: Rows, more: Iterable[str] = ()) -> None:
    """An I-Sync set arrives in turn that changes what is wanted; none where the number is taken.

    :param more: what else is said of it.
    """
    words = _in_turn(scene, ldc)
    if words is None:
        return
    scene.prepare(f"I-Sync {words} changes", _HEADINGS, *rows)
    for each in more:
        scene.prepare(each)
    _arrives(scene, SetSent(words, ldc))


def send_far(scene: Scene) -> None:
    """A set arrives with a change as far back or ahead as changes may lie where that is limited, or a day further."""
    ldcs = [ldc for ldc in scene.ldcs if scene.opened.get(ldc)]
    if not ldcs:
        return
    ldc = scene.one_of(ldcs)
    back, ahead = (limit + scene.one_of((0, 1)) for limit in scene.times.dating)
    spans = ((f"{back} days ago", f"{back - 30} days ago"), (f"in {ahead} days", ""), ("today", f"in {ahead} days"))
    sdp, cycle = scene.one_of(scene.opened[ldc]), VALUES["billing cycle"][-1]
    send_changes(scene, ldc, [(sdp, "billing cycle", cycle, *scene.one_of(spans))])


def send_amiss(scene: Scene) -> None:
    """A set arrives with which something is amiss; or with which nothing is, though it looks unusual."""
    sent = _written(scene)
    if sent is None:
        return
    file_no, other = scene.chance.sample(FILES, 2)
    record = scene.one_of((1, 1, 2))
    scene.prepare(
        scene.one_of(
            (
                f"the manifest of {sent.words} does not list file {file_no}",
                f"the Extracted Date Time of file {file_no} of {sent.words} is a minute earlier",
                f"the last record of file {file_no} of {sent.words} stands in file {other}",
                f"record {record} of file {file_no} of {sent.words} lacks its last field",
                f"record {record} of file {file_no} of {sent.words} stands there twice",
            )
        )
    )
    _arrives_amiss(scene, sent)


def send_in_segments(scene: Scene) -> None:
    """A set arrives of which one file or all are in segments, from 01 on or not; or of which one is another than 01."""
    sent = _written(scene)
    if sent is None:
        return
    if scene.perhaps(3):
        scene.prepare(f"file {scene.one_of(FILES)} of {sent.words} is the one segment {scene.one_of(('02', '99'))}")
        _arrives_amiss(scene, sent)
        return
    segments = scene.one_of(SEGMENTS)
    for file_no in scene.some(FILES):
        scene.prepare(f"file {file_no} of {sent.words} is split into segments {segments}")
    if segments.startswith("01"):
        _arrives(scene, sent)
    else:
        _arrives_amiss(scene, sent)


def send_of_a_version(scene: Scene) -> None:
    """A set arrives that is named as of a version: the one in force, a retired one, or one that never was."""
    sent = _written(scene)
    if sent is not None:
        scene.prepare(f"{sent.words} is named as version {scene.one_of(('00', '01', '02', '99'))}")
        _arrives_amiss(scene, sent)


def send_misnamed(scene: Scene) -> None:
    """A set arrives of which a name is not what it should be."""
    sent = _written(scene)
    if sent is None:
        return
    file_no, other = scene.chance.sample(FILES, 2)
    other, like = scene.one_of(((file_no, other), (file_no, "06"), (file_no, "08"), *LOOK_ALIKE))
    scene.prepare(
        scene.one_of(
            (
                f"file {file_no} of {sent.words} is named without TX_ID, file number and segment",
                f"file {file_no} of {sent.words} is named with another TX_ID",
                *[f"file {other} of {sent.words} is named as file {like}"] * 2,
            )
        )
    )
    _arrives_amiss(scene, sent)


def _in_turn(scene: Scene, ldc: str) -> str | None:
    """A set that has the next number of an LDC, in words; None where that is taken."""
    words = f'set {scene.numbers[ldc]} of "{ldc}"'
    if words in scene.written:
        return None
    scene.written.add(words)
    scene.numbers[ldc] += 1
    return words


def _arrives_amiss(scene: Scene, sent: SetSent) -> None:
    """A set arrives that does not load; by some readings it leaves its number to the next one."""
    _arrives(scene, sent)
    if scene.perhaps(2):
        scene.numbers[sent.ldc] -= 1


def _arrives(scene: Scene, sent: SetSent) -> None:
    scene.say(f"{sent.words} arrives")
    scene.sets.append(sent)


def _written(scene: Scene, *, ahead: int | None = None, ldc: str | None = None) -> SetSent | None:
    """A set that is written: an I-Sync or P-Sync set of an LDC that has Universal SDP IDs; None where there is none.

    :param ahead: how far it is ahead of its turn, where that is not left to chance.
    """
    ldcs = [each for each in scene.ldcs if scene.asked[each] and ldc in {None, each}]
    if not ldcs:
        return None
    ldc = scene.one_of(ldcs)
    scene.wait_until(scene.ids_by.get(ldc, 0))
    number = scene.numbers[ldc] + (scene.one_of((0, 0, 0, 0, 0, 0, 1, 2, -1)) if ahead is None else ahead)
    words = f'set {number} of "{ldc}"'
    another = ""
    if f"the other {words}" in scene.written or number < 0:
        return None
    if words in scene.written:
        another, words = "another ", f"the other {words}"
    scene.written.add(words)
    if number == scene.numbers[ldc]:
        scene.numbers[ldc] += 1
    kind = scene.one_of(("I-Sync", "I-Sync", "I-Sync", "P-Sync", "P-Sync"))
    _says(scene, f'{another}{kind} set {number} of "{ldc}"', ldc, kind, is_other=bool(another))
    file_type = "4000" if kind == "I-Sync" else "3000"
    submitter = scene.submitter(ldc, file_type)
    if submitter != ldc:
        scene.prepare(f'{words} is submitted by "{submitter}"')
    if scene.perhaps(4):
        scene.prepare(f"file {scene.one_of(FILES)} of {words} is split into segments {scene.one_of(SEGMENTS[:2])}")
    return SetSent(words, ldc)


def _says(scene: Scene, words: str, ldc: str, kind: str, *, is_other: bool) -> None:
    """What a set says: nothing, changes of an SDP, or SDPs with everything that belongs to them, new or known."""
    if kind == "P-Sync":
        listed = scene.some(scene.asked[ldc] if scene.perhaps(4) else scene.known[ldc] or scene.asked[ldc])
        rows = _changes(scene, listed, (UNKNOWN, *scene.asked[ldc]))
        if scene.perhaps(3):
            attribute = scene.one_of(ATTRIBUTES)
            until = scene.one_of(("yesterday", "today"))
            rows.append((scene.one_of(listed), attribute, value_of(scene, attribute), "30 days ago", until))
        more = rows if rows and scene.perhaps(2) and not is_other else ()
        _lists(scene, words, ldc, listed, more, is_other=is_other)
        return
    new = [sdp for sdp in scene.asked[ldc] if sdp not in scene.known[ldc]]
    if scene.known[ldc] and scene.perhaps(6):
        _lists(scene, words, ldc, scene.some(scene.known[ldc]), is_other=is_other)
        return
    if new and scene.perhaps(2):
        _lists(scene, words, ldc, new, is_other=is_other)
        scene.known[ldc] += new
        return
    rows = _changes(scene, scene.known[ldc] or scene.asked[ldc], (UNKNOWN, *scene.asked[ldc]))
    if rows and not scene.perhaps(6):
        scene.prepare(f"{words} changes", _HEADINGS, *rows)
    else:
        scene.prepare(f"{words} changes nothing")


def _lists(
    scene: Scene, words: str, ldc: str, listed: Sequence[str], more: Iterable[Row] = (), *, is_other: bool = False
) -> None:
    """A set has SDPs with everything that belongs to them; what is metering is the LDC's own.

    :param more: what it says besides.
    """
    alone = ldc == LDCS[0] or is_other
    own = () if alone else [row for sdp in listed if sdp in SDPS for row in of_its_own(sdp, ldc)]
    rows = (*((*row, "long ago", "") for row in own), *more)
    if rows:
        scene.prepare(f"{words} lists {names(listed)}, with", _HEADINGS, *rows)
    else:
        scene.prepare(f"{words} lists {names(listed)}")


def _changes(scene: Scene, sdps: list[str], others: Sequence[str]) -> Rows:
    """Changes of some SDPs: dated back, on the day, ahead, for some days, of values that were so already.

    Of an attribute there may be two values, one after the other or at a time, and one that has ended already.

    :param others: SDPs of which the set may say nothing else, one attribute of one of them: in one of its files alone.
    """
    rows: Rows = []
    for sdp in scene.some(sdps):
        for attribute in scene.some(ATTRIBUTES)[:3]:
            rows.append(_change(scene, sdp, attribute))
            if scene.perhaps(8):
                rows.append(_change(scene, sdp, attribute))
    if scene.perhaps(8):
        rows.append(_change(scene, scene.one_of(others), scene.one_of(ATTRIBUTES)))
    return rows


def _change(scene: Scene, sdp: str, attribute: str) -> tuple[str, str, str, str, str]:
    """A change of an attribute."""
    start = scene.one_of(("today", "today", "tomorrow", "yesterday", "30 days ago", "in 10 days"))
    ends = ("yesterday", "today", "in 10 days") if start == "30 days ago" else ("in 10 days", "tomorrow")
    until = scene.one_of(("", "", *ends)) if start in {"today", "yesterday", "30 days ago"} else ""
    return sdp, attribute, value_of(scene, attribute), start, until


def value_of(scene: Scene, attribute: str) -> str:
    """A value that an attribute may change to."""
    if attribute in ORGANISATIONS:
        return scene.one_of((*scene.ldcs, *scene.agents))
    return scene.one_of(scene.framings if attribute == FRAMING else VALUES[attribute])
