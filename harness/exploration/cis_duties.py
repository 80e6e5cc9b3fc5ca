"""To what a CIS is held at the end of an explored conversation, in the sentences of features, whatever was drawn.

What it has to have done follows from the lines that were told, and from nothing else: from fewer lines follows less.
What the MDM/R has to know by then is held to what the business put on record, where nothing got lost or was refused on
its way; all else that holds of any file the referee sees.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from harness.exploration.cis_scene import AT_REST
from harness.exploration.lines import Line, Lines, names
from harness.exploration.scene import MONDAYS
from harness.interface.instants import EST, Instant
from harness.stage.chapters.master_data import ATTRIBUTES, LONG_AGO_DAYS, RELATIONSHIPS, SINCE
from harness.stage.chapters.synchronization import STANDARD
from harness.stage.words import ClockTime

NOBODY = "nobody"
RULES: Mapping[str, str] = {
    "account": "ISY-19",
    "framing structure": "ISY-15",
    "billing cycle": "ISY-16",
    "VEE service": "ISY-17",
    "CT/PT multiplier": "ISY-18",
    "billing agent": "ISY-20",
    "AMI operator": "ISY-20",
    "energy service provider": "ISY-21",
}
"""The business scenario of a change, by its attribute. No slide has one for premises."""
_STATUS_RULES = {"cut at pole": "ISY-13", "booted": "ISY-14"}
_NAME = re.compile(r'"([^"]*)"')
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COMES_WHOLE = re.compile(
    r"the next 2000 for the CIS comes (?:\d+ minutes late|cut short, and \d+ minutes later whole|twice)"
)
"""A response that comes in the end, and has to be taken as any other."""
_LOST_FILE = re.compile(r"file \d\d of the next file set")
_ORDERED = re.compile(r'"([^"]*)" is told to (.*)')
_PUT_RIGHT = " is told that the problem is put right"
_ASK, _SYNCHRONIZE, _AUDIT = "request Universal SDP IDs", "synchronize", "send a periodic audit"
_ASKS = frozenset({"submit 1000", "receive 2000"})
_TELLS = frozenset({*_ASKS, "submit 3000", "submit 4000"})
SUBMITS_REQUESTS, SUBMITS_SCHEDULES = frozenset({"submit 5000"}), frozenset({"submit 8000"})
TABLE = ("of", "attribute", "value", "from")
UNTIL = ("of", "attribute", "value", "from", "until")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that a CIS has to have done: a sentence, and the rule that says so.

    :param is_asked: whether the CIS has to be asked what it has understood, which of those who claim it alone is done.
    :param rests_on_all: whether it comes to nothing where anything else is wrong: then that is the cause.
    """

    rule: str
    line: Line
    rests_on_all: bool = False
    is_asked: bool = False


@dataclass(slots=True)
class Record:
    """What an LDC has on record of an SDP.

    :param since: from which day on, in words; `is_new`: whether it was created in the conversation.
    :param values: what was told of each attribute, each with its day, in words; in the order of the days.
    """

    since: str
    is_new: bool
    values: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def rows(self, sdp: str, attribute: str) -> list[tuple[str, ...]]:
        """What is known of an attribute: of what was told of one day that which was told last."""
        by_day = dict(self.values[attribute])
        return [(sdp, attribute, value, day) for day, value in by_day.items()]


@dataclass(slots=True)
class Told:
    """What was told of an LDC in a conversation, as far as duties rest on it.

    :param records: what is on record of each SDP; `components` of which day on each virtual one aggregates which.
    :param changes: the attributes that changed, by SDP, with the rules that say that it is told.
    :param meters: of each SDP the meter that came or went last, and the rule that says that it is told.
    :param gone: the SDPs that are given up, and from which day on.
    :param asked: whether IDs of all SDPs were requested in the end, and both sides came to rest then;
        `told`: the same of synchronization.
    :param kept_back: whether a set lost a file, and nobody has said since that the problem is put right: until then a
        set that was rejected waits, and others that leave meanwhile wait for it.
    :param audited: the day of a periodic audit after that, and nothing came later; `audits`: whether there was any.
    """

    name: str
    number: int = 1
    may: set[str] | None = None
    records: dict[str, Record] = field(default_factory=dict)
    components: dict[str, list[tuple[date, list[str]]]] = field(default_factory=dict)
    changes: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    meters: dict[str, tuple[str, str]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)
    asked: bool = False
    told: bool = False
    kept_back: bool = False
    audited: date | None = None
    audits: bool = False
    served: bool = False
    of_many: bool = False

    def may_all(self, deeds: Iterable[str]) -> bool:
        """Whether the CIS may do all that is named: it is the LDC's, or that of an agent which is authorised."""
        return self.may is None or self.may >= set(deeds)


def duties(lines: Lines) -> list[Duty]:
    """To what a CIS is held that has heard some lines."""
    story = heard(lines)
    return [duty for ldc in story.acting for duty in _of_ldc(ldc, story)]


def heard(lines: Lines) -> Story:
    """What the lines of a conversation say."""
    story = Story()
    for line in lines:
        story.hear(line)
    return story


# --- what was told -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Story:
    """What the lines of a conversation say, one after the other.

    :param loses: whether the next set is to lose a file.
    :param now: what time it is, at the latest that a line has named; `is_clear`: whether that is the present day.
    """

    ldcs: dict[str, Told] = field(default_factory=dict)
    seat: str = ""
    of_agent: bool = False
    troubles: list[str] = field(default_factory=list)
    loses: bool = False
    now: datetime = field(default_factory=lambda: _midnight(MONDAYS[0]))
    is_clear: bool = False

    @property
    def acting(self) -> list[Told]:
        """The LDCs whose files come from the CIS."""
        return [told for name, told in self.ldcs.items() if self.of_agent or name == self.seat]

    def hear(self, line: Line) -> None:
        for pattern, take in _HEARD:
            if (match := pattern.fullmatch(line.text)) is not None:
                take(self, match)
                return
        self._of_business(line)

    # --- the opening, the clock and the post -------------------------------------------------------------

    def begins(self, match: re.Match[str]) -> None:
        self.now = _midnight(match[1])

    def takes_part(self, match: re.Match[str]) -> None:
        self.ldcs[match[1]] = Told(match[1])

    def takes_seat(self, match: re.Match[str]) -> None:
        self.seat, self.of_agent = match[2], match[1] is not None
        for told in self.ldcs.values():
            told.may = set() if self.of_agent else None

    def is_numbered(self, match: re.Match[str]) -> None:
        self.ldcs[match[1]].number = int(match[2])

    def is_authorised(self, match: re.Match[str]) -> None:
        may = self.ldcs[match[1]].may
        if may is not None:
            may.add(f"{match[2]} {match[3]}")

    def time_is(self, match: re.Match[str]) -> None:
        self.now, self.is_clear = ClockTime(match[1], match[2]).at_or_after(Instant(self.now)), True

    def days_pass(self, match: re.Match[str]) -> None:
        self.now += timedelta(days=int(match[1]))

    def goes_amiss(self, match: re.Match[str]) -> None:
        if _COMES_WHOLE.fullmatch(match[0]) is None:
            self.troubles.append(match[0])
            self.loses = self.loses or _LOST_FILE.match(match[0]) is not None

    def comes_to_rest(self, _: re.Match[str]) -> None:
        self.is_clear = False
        for told in self.ldcs.values():
            told.told = told.told or (told.asked and _SYNCHRONIZE in told.orders)
            told.asked = told.asked or _ASK in told.orders
            told.orders = []

    # --- the business, and what people order -------------------------------------------------------------

    def _of_business(self, line: Line) -> None:
        quoted = _NAME.findall(line.text)
        told = next((self.ldcs[each] for each in quoted if each in self.ldcs), None)
        if told is None:
            return
        ordered = _ORDERED.match(line.text)
        if ordered is not None:
            self._ordered(told, ordered[2])
            return
        if line.text.endswith(_PUT_RIGHT):
            told.kept_back = False
            return
        happened = next((take for words, take in _TAKES.items() if words in line.text), None)
        if happened is not None:
            told.asked, told.told, told.audited, told.orders = False, False, None, []
            happened(self, told, line, [each for each in quoted if each != told.name])

    def _ordered(self, told: Told, order: str) -> None:
        told.orders.append(order)
        if self.loses and order in {_SYNCHRONIZE, _AUDIT}:
            told.kept_back, self.loses = True, False
        if order == _AUDIT:
            told.audits = True
            told.audited = self.now.date() if self.is_clear and told.told else None
        elif order == _SYNCHRONIZE:
            told.audited = None


_HEARD: Sequence[tuple[re.Pattern[str], Callable[[Story, re.Match[str]], None]]] = (
    (re.compile(r"the first day is (.*)"), Story.begins),
    (re.compile(r'LDC "(.*)" is registered'), Story.takes_part),
    (re.compile(r'the CIS of (agent )?"(.*)" is under test'), Story.takes_seat),
    (re.compile(r'the next expected sequence number of "(.*)" is (\d+)'), Story.is_numbered),
    (re.compile(r'"(.*)" has authorised ".*" to (submit|receive) (\w{4})'), Story.is_authorised),
    (re.compile(r"it is (\w+) (\d\d:\d\d)"), Story.time_is),
    (re.compile(r"(\d+) days? ha(?:s|ve) passed"), Story.days_pass),
    (re.compile(re.escape(AT_REST)), Story.comes_to_rest),
    (re.compile(r"(?:the next|file|the last record|the mailbox) .*"), Story.goes_amiss),
)
"""What becomes of a line that is not about the business of an LDC, by its words; the first that fit."""


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=EST)


def _serves(_: Story, told: Told, line: Line, sdps: list[str]) -> None:
    told.served = True
    _record(told, line, sdps, SINCE, is_new=False)


def _creates(_: Story, told: Told, line: Line, sdps: list[str]) -> None:
    _record(told, line, sdps, _DAY.findall(line.text)[0], is_new=True)


def _record(told: Told, line: Line, sdps: Sequence[str], since: str, *, is_new: bool) -> None:
    different = {(row[0], row[1]): row[2] for row in line.table[1:]}
    for sdp in sdps:
        record = told.records[sdp] = Record(since, is_new)
        standard = {
            **STANDARD,
            "meter": f"{sdp} meter",
            "account": f"{sdp} account",
            "billing agent": told.name,
            "AMI operator": told.name,
            "energy service provider": NOBODY,
            "CCA service provider": NOBODY,
        }
        for attribute, value in standard.items():
            record.values[attribute].append((since, different.get((sdp, attribute), value)))


def _creates_virtual(story: Story, told: Told, _: Line, quoted: list[str]) -> None:
    sdp, *components = quoted
    told.records[sdp] = Record("", is_new=True)
    told.components[sdp] = [(story.now.date(), components)] if story.is_clear else []


def _creates_many(_: Story, told: Told, __: Line, ___: list[str]) -> None:
    told.of_many = True


def _regroups(_: Story, told: Told, line: Line, quoted: list[str]) -> None:
    sdp, *components = quoted
    if told.components.get(sdp):
        told.components[sdp].append((date.fromisoformat(_DAY.findall(line.text)[0]), components))


def _changes(_: Story, told: Told, line: Line, __: list[str]) -> None:
    for sdp, attribute, value, since in line.table[1:]:
        values = told.records[sdp].values[attribute] if sdp in told.records else []
        before = values[-1][1] if values else NOBODY
        rule: str | None
        if attribute == "meter":
            rule = "ISY-11" if value == NOBODY else "ISY-12" if before == NOBODY else "ISY-10"
            if (value, before) != (NOBODY, NOBODY):
                told.meters[sdp] = before if value == NOBODY else value, rule
        else:
            rule = _STATUS_RULES[value] if attribute == "service status" else RULES.get(attribute)
        values.append((since, value))
        values.sort(key=lambda each: (each[0] != SINCE, each[0]))  # of one day in the order in which it was told
        told.changes[sdp, attribute] |= set() if rule is None else {rule}


def _gives_up(_: Story, told: Told, line: Line, sdps: list[str]) -> None:
    told.gone |= dict.fromkeys(sdps, _DAY.findall(line.text)[0])


_TAKES: Mapping[str, Callable[[Story, Told, Line, list[str]], None]] = {
    " serves SDPs ": _serves,
    " creates SDPs ": _creates,
    " creates virtual SDP ": _creates_virtual,
    " creates ": _creates_many,
    " puts on record": _changes,
    " gives up SDPs ": _gives_up,
    "as of ": _regroups,
}
"""What becomes of a line, by words in it; the first that fit."""


# --- what follows from it ----------------------------------------------------------------------------------


def _of_ldc(told: Told, story: Story) -> Iterator[Duty]:
    sdps = list(told.records)
    there = [sdp for sdp in sdps if sdp not in told.gone]
    if told.asked and there and told.may_all(_ASKS):
        rule = "USDP-06" if told.components else "USDP-18"
        asked = Line(f'the CIS has asked for Universal SDP IDs of {names(there)} of "{told.name}"')
        yield from (Duty(each, asked) for each in dict.fromkeys((rule, "USDP-18")))
    if not told.may_all(_TELLS):
        return
    settled = told.told and bool(sdps) and not story.troubles
    if settled or told.served:
        yield from _of_form(told.name)
        if not story.troubles:
            said = f'no file set of "{told.name}" has waited for the one before it longer than the wait-time'
            yield Duty("SEQ-05", Line(said))
    if told.told and not told.kept_back and (settled or all(map(_LOST_FILE.match, story.troubles))):
        rules = ("SEQ-02", "SEQ-08") if settled else ("SEQ-08",)
        numbered = Line(f'the numbers of "{told.name}" from {told.number} on have no gap, and none is used twice')
        yield from (Duty(rule, numbered) for rule in rules if settled or told.served)
    if settled:
        if there:
            given = "under the Universal SDP IDs that they were given"
            yield Duty("USDP-20", Line(f"the CIS has synchronized {names(there)} {given}"))
        yield from _of_audits(told, there)
        yield from _of_content(told)
        yield from _of_given_up(told)


def _of_form(ldc: str) -> Iterator[Duty]:
    """What holds of every set that a CIS has sent."""
    yield Duty("SYN-03", Line(f'each file of the sets of "{ldc}" keeps to the format of its number'))
    yield Duty("SYN-05", Line(f'each file set of "{ldc}" has one manifest'))
    yield Duty("SYN-06", Line(f'the segments of each file of "{ldc}" begin with 01'))
    yield Duty("SYN-08", Line(f'each segment of "{ldc}" holds whole records'))
    yield Duty("SYN-11", Line(f'each record of "{ldc}" stands in the file of its kind'))
    yield Duty("SEQ-06", Line(f'each file set of "{ldc}" has left whole within the wait-time'))


def _of_content(told: Told) -> Iterator[Duty]:
    """What the MDM/R knows of what was put on record."""
    by_rule: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for sdp, attribute, rules in _changed(told):
        if sdp not in told.gone:
            for rule in rules:
                by_rule[rule] += told.records[sdp].rows(sdp, attribute)
    for sdp, record in told.records.items():
        if record.is_new and sdp not in (*told.components, *told.gone):
            for attribute in record.values:
                by_rule["ISY-22"] += record.rows(sdp, attribute)
                if ATTRIBUTES[attribute].file_no == RELATIONSHIPS:
                    by_rule["SYN-12"] += record.rows(sdp, attribute)
    if told.audited is not None and by_rule:
        by_rule["PSY-01"] = [row for rows in by_rule.values() for row in rows]
    for rule, rows in sorted(by_rule.items()):
        yield Duty(rule, Line("the MDM/R knows", (TABLE, *dict.fromkeys(rows))), rests_on_all=True)
    yield from _of_meters(told)
    yield from _of_components(told)


def _changed(told: Told) -> Iterator[tuple[str, str, list[str]]]:
    """The attributes that changed, each with the rules by which the MDM/R comes to know it."""
    for (sdp, attribute), rules in sorted(told.changes.items()):
        yield sdp, attribute, sorted(rules | ({"ISY-03"} if len(told.changes) > 1 else set()))


def _of_given_up(told: Told) -> Iterator[Duty]:
    """What the MDM/R knows of SDPs that are given up: all that changed before; of the rest any is right."""
    rows: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for sdp, attribute, rules in _changed(told):
        if (day := told.gone.get(sdp)) is not None:
            before = [row for row in told.records[sdp].rows(sdp, attribute) if row[3] == SINCE or row[3] < day]
            for rule in rules:
                rows[rule, day] += before
    for (rule, day), found in sorted(rows.items()):
        if found:
            said = Line(f"the MDM/R knows, of the days before {day}", (TABLE, *dict.fromkeys(found)))
            yield Duty(rule, said, rests_on_all=True)


def _of_meters(told: Told) -> Iterator[Duty]:
    """Of the meter that came or went last the communication module comes along, in an I-Sync, unless an audit told it.

    Of one that another has replaced nobody says that its module is told again.
    """
    if told.audits:
        return
    for sdp, (meter, rule) in told.meters.items():
        if sdp in told.gone:
            continue
        module = "holds its communication module, and how it belongs to the meter"
        said = Line(f'the I-Sync set that says "{sdp}" has meter "{meter}" {module}')
        yield from (Duty(each, said) for each in ("ISY-04", rule) if each != "ISY-12")


def _of_components(told: Told) -> Iterator[Duty]:
    rows = [row for sdp, grouped in told.components.items() for row in _component_rows(sdp, grouped)]
    if rows:
        yield Duty("SYN-13", Line("the MDM/R knows", (UNTIL, *rows)), rests_on_all=True)


def _component_rows(sdp: str, grouped: Sequence[tuple[date, list[str]]]) -> Iterator[tuple[str, ...]]:
    """From when until when a virtual SDP aggregates each of its components."""
    ends = [*(day for day, _ in grouped[1:]), *([None] if grouped else [])]
    spans: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for (day, components), end in zip(grouped, ends, strict=True):
        for each in components:
            if spans[each] and spans[each][-1][1] == day:
                spans[each][-1] = spans[each][-1][0], end
            else:
                spans[each].append((day, end))
    for each, of_each in spans.items():
        for start, until in of_each:
            yield sdp, "component", each, start.isoformat(), "" if until is None else until.isoformat()


def _of_audits(told: Told, there: Sequence[str]) -> Iterator[Duty]:
    """What a periodic audit says, which was made after all else had been told."""
    day = told.audited
    if day is None or not there:
        return
    yield Duty("PSY-01", Line(f'the last P-Sync set of "{told.name}" lists {names(there)}'))
    if told.of_many and not told.gone:
        yield Duty("PSY-01", Line(f'the last P-Sync set of "{told.name}" lists all its SDPs'))
    yield Duty("PSY-04", Line(f'no P-Sync set of "{told.name}" changes a state that had ended'))
    rows = [row for sdp in there for row in _current(sdp, told.records[sdp], day)]
    if rows:
        yield Duty("PSY-01", Line(f'the last P-Sync set of "{told.name}" says', (TABLE, *rows)))


_ONE_RECORD = (("address", "city", "postal code"), ("framing structure", "commodity type"))
"""Attributes of which one record tells: it begins anew where any of them changes."""


def _current(sdp: str, record: Record, day: date) -> Iterator[tuple[str, ...]]:
    """The values of an SDP that hold on a day, of attributes that do not change later, nor anything in their record."""
    for attribute in record.values:
        beside = next((each for each in _ONE_RECORD if attribute in each), (attribute,))
        days = [_as_day(row[3], day) for name in beside if name in record.values for row in record.rows(sdp, name)]
        *_, last = record.rows(sdp, attribute)
        if all(since <= day for since in days) and last[2] != NOBODY:
            yield (*last[:3], day.isoformat())


def _as_day(words: str, day: date) -> date:
    return day - timedelta(days=LONG_AGO_DAYS) if words == SINCE else date.fromisoformat(words)
