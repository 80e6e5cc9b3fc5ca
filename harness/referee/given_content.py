"""What a CIS says in file sets, held to the books of its LDC: nothing that was never so, and in a P-Sync all that is.

Rules ISY-10 to ISY-22 and SYN-13 of I-Sync sets, PSY-01 of P-Sync sets. Whatever a CIS cuts into records and sets, a
value that it states from a day on has to be one that the books had for that day, when it was extracted or before; and
where it states an end, the value ends by the books, or goes on in the same file. What a set tells was on record by the
time at which it says that it was extracted (SYN-09). That something was not told by I-Sync is not judged here: no set
says what it leaves for the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from harness.interface.columns import columns_of
from harness.interface.file_sets import (
    MANIFEST,
    PERIODIC_AUDIT,
    Manifest,
    Place,
    SetKey,
    key_of,
    manifest_of,
    place_of,
    segments_awaited,
)
from harness.interface.instants import Day, Instant, day_of, iso, later
from harness.interface.set_records import (
    BEGINNING,
    CHANNEL_TO_CHANNEL,
    CHANNEL_TO_FORMULA,
    Statement,
    as_meant,
    parameter_words,
    statements,
)
from harness.port.business import PREMISE, plain
from harness.referee.case import Case, Check, Letter, Received
from harness.referee.given_books import NEW_SDP, Books, Sdp, SdpKey
from harness.referee.given_reading import issued
from harness.referee.stream import Loaded

IDS_KNOWN_MINUTES = 60
"""So long after a response came its Universal SDP IDs are known to what is extracted, or as long as the CIS says."""
ON_RECORD_MINUTES = 1
"""By so much an Extracted Date Time may lie before what a set tells was told: some state minutes alone.

Or by as much as the CIS says that it takes: where a person works with it nobody sets its time of day.
"""
_SETS = ("3000", "4000")
_MODULE, _DIGITS = "meter_to_communication_module", "register_digits"
_METER = "sdp_to_meter"
_SHOWN = 5


class _Wrong(NamedTuple):
    """Something that is not so: by which rule, what was said of what, and what the books say."""

    rule: str
    statement: Statement
    expected: str


@dataclass(slots=True)
class _Sending:
    """A set as it is given once: what its manifest lists, what is there, and what that says."""

    manifest: Manifest | None = None
    there: set[Place] = field(default_factory=set)
    extracted: set[datetime] = field(default_factory=set)
    said: list[Statement] = field(default_factory=list)
    is_read: bool = True

    @property
    def is_whole(self) -> bool:
        return self.is_read and self.manifest is not None and not segments_awaited(self.manifest, self.there)

    def holds_all_of(self, place: Place) -> bool:
        """Whether a segment holds all of its file, as the manifest says, which came before it."""
        listed = () if self.manifest is None else segments_awaited(self.manifest, {})
        return [each.segment_no for each in listed if each.file_no == place.file_no] == [place.segment_no]


class _Audit(NamedTuple):
    """A whole P-Sync set: of which LDC, extracted when, and what it says of which attribute of what."""

    ldc: str
    extracted: Instant
    said: Mapping[tuple[str, str, str], Sequence[Statement]]

    def on(self, entity: str, identifier: str, attribute: str, day: Day) -> str | None:
        """The value that it gives an attribute on a day."""
        return _on(self.said.get((entity, identifier, attribute), ()), day)

    def has_formula(self, universal_sdp_id: str, day: Day) -> bool:
        """Whether it says on a day by which formula any channel of a virtual SDP is computed."""
        return any(
            identifier == universal_sdp_id and attribute.startswith(CHANNEL_TO_FORMULA) and _on(said, day) is not None
            for (_, identifier, attribute), said in self.said.items()
        )


class GivenContentCheck(Check):
    """Holds what a CIS says in file sets to what its LDC has on record."""

    situations: ClassVar[Mapping[str, str]] = {
        "content/prior change": "A file set tells of a change from a day before its own.",
        "content/change to come": "A file set tells of a change from a day after its own.",
        "content/audit": "A P-Sync set says what holds of SDPs that are on record.",
        "content/audit after changes": "A P-Sync set says what holds of an SDP that has changed.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._books = Books(case.profile.codes)
        self._words = parameter_words(case.profile.codes)
        self._sdp_of: dict[str, SdpKey] = {}
        self._known: dict[SdpKey, tuple[str, Instant]] = {}
        self._latest: dict[SetKey, _Sending] = {}
        self._formulas: dict[str, dict[tuple[str, Day], Statement]] = defaultdict(dict)
        """What I-Sync sets said of the formulas of virtual SDPs; what begins on the same day replaces."""

    def loaded(self, loaded: Loaded) -> None:
        self._books.take(loaded)

    def arrived(self, letter: Letter) -> None:
        """Take the Universal SDP IDs of a response that came whole."""
        for universal, key in issued(letter):
            self._sdp_of[universal] = key
            self._known.setdefault(key, (universal, letter.instant))

    # --- what is said ----------------------------------------------------------------------------------------

    def received(self, received: Received) -> None:
        name = received.admission.name
        is_taken = received.admission.verdict != "refused" and self.case.opening.from_the_beginning
        if not is_taken or name is None or name.part is None or received.type not in _SETS:
            return
        key, place = key_of(name), place_of(name)
        sending = self._latest.get(key)
        if sending is None or place in sending.there:
            sending = self._latest[key] = _Sending()
        self._hold(self._read(sending, place, received), received, is_all=sending.holds_all_of(place))
        if received.type == PERIODIC_AUDIT and sending.is_whole and len(sending.extracted) == 1:
            self._check_audit(sending, Instant(next(iter(sending.extracted))), received)
            del self._latest[key]

    def _read(self, sending: _Sending, place: Place, received: Received) -> list[Statement]:
        """Take a file in; what it says."""
        reading = self.case.content_of(received)
        sending.there.add(place)
        sending.is_read = sending.is_read and reading.file is not None and reading.complete
        if reading.file is None:
            return []
        header = reading.file.header
        if header is not None and isinstance(header["extracted_date_time"], datetime):
            sending.extracted.add(header["extracted_date_time"])
        if place.file_no == MANIFEST:
            sending.manifest = manifest_of(reading)
            return []
        said = [
            as_meant(statement)
            for records in columns_of(reading.file.details)
            for columns in statements(received.file.name, records, self._words)
            for statement in columns.statements()
        ]
        if received.type == PERIODIC_AUDIT:
            sending.said += said
        else:
            formulas = [each for each in said if each.key.attribute.startswith(CHANNEL_TO_FORMULA)]
            for each in formulas:
                self._formulas[each.key.id][each.key.attribute, each.start] = each
        return said

    def _hold(self, said: Sequence[Statement], received: Received, *, is_all: bool) -> None:
        """Nothing is said that was never so (ISY-10 to ISY-22; in a P-Sync PSY-01).

        :param is_all: whether nothing of what is said goes on in another segment, by the manifest.
        """
        wrong: dict[str, list[_Wrong]] = defaultdict(list)
        held: set[str] = set()
        today, extracted = day_of(received.instant), self._extracted(received)
        begun = {(each.key, each.start) for each in said}
        for statement in said:
            rule, expected = self._books_on(statement, extracted)
            if rule is None:
                continue
            may_end = not is_all or (statement.key, statement.end) in begun
            goes_on = None if may_end else self._goes_on(statement, extracted)
            expected = expected or goes_on
            if expected is None and (told := self._told_first(statement)) is not None:
                held.add("SYN-09")
                if told > later(extracted, minutes=max(ON_RECORD_MINUTES, self.case.opening.sends_within_minutes)):
                    wrong["SYN-09"].append(
                        _Wrong("SYN-09", statement, f"extracted after {iso(told)}, when it was told")
                    )
            if statement.start != BEGINNING and statement.start != today:
                self.case.meet("content/prior change" if statement.start < today else "content/change to come")
            broken = "PSY-01" if received.type == PERIODIC_AUDIT and rule != "SYN-13" else rule
            if expected is None:
                held.add(broken)
            else:
                wrong[broken].append(_Wrong(broken, statement, expected))
        for rule in sorted(held | wrong.keys()):
            self._say(rule, received, wrong.get(rule, []))

    def _extracted(self, received: Received) -> Instant:
        """When a file says that its set was extracted, which was not after it was given."""
        content = self.case.content_of(received).file
        stated = None if content is None or content.header is None else content.header["extracted_date_time"]
        return min(Instant(stated), received.instant) if isinstance(stated, datetime) else received.instant

    def _books_on(self, statement: Statement, extracted: Instant) -> tuple[str | None, str | None]:
        """By which rule a statement is judged, None by none; and what the books say instead, None if it is so."""
        entity, identifier, attribute = statement.key
        if entity == "meter":
            return self._of_meter(identifier, attribute, statement.value)
        key = self._sdp_of.get(identifier)
        sdp = None if key is None else self._books.sdps.get(key)
        if entity != "sdp" or sdp is None or key is None:
            return None, None
        if attribute.startswith(CHANNEL_TO_CHANNEL):
            return self._of_component(key, sdp, statement)
        if attribute == "sdp_type":
            kind = self.case.profile.codes["sdp_type"]["virtual" if sdp.is_virtual else "physical"]
            return NEW_SDP, None if statement.value == kind else kind
        if attribute not in sdp.histories:
            return (NEW_SDP, "nothing") if attribute in _EVERY else (None, None)
        for day, since in _days_looked_at(statement, extracted):
            values = sdp.values_on(attribute, day, since)
            if not any(_same(attribute, statement.value, each) for each in values):
                shown = " or ".join(sorted(each or "nothing" for each in values))
                return _rule_of(sdp, statement, day), f"{shown} on {day}"
        told = sdp.said_of(attribute, statement.start)
        return (told.rule if told else NEW_SDP), None

    def _sdp(self, statement: Statement) -> Sdp | None:
        """The SDP that a statement is about; None where it is about something else, or an SDP that nobody told of."""
        entity, identifier, _ = statement.key
        key = self._sdp_of.get(identifier)
        return None if key is None or entity != "sdp" else self._books.sdps.get(key)

    def _goes_on(self, statement: Statement, extracted: Instant) -> str | None:
        """That a value goes on which a statement ends, by the books and all that the same record tells of; or None.

        A CIS may end everything that it tells of an SDP which is given up by then.
        """
        sdp, end, attribute = self._sdp(statement), statement.end, statement.key.attribute
        if sdp is None or end is None or end <= statement.start or (sdp.removed is not None and sdp.removed <= end):
            return None
        beside = next((each for each in _ONE_RECORD if attribute in each), (attribute,))
        if any(each.since == end for name in beside for each in sdp.histories.get(name, ())):
            return None
        values = sdp.values_on(attribute, end, extracted)
        goes_on = bool(values) and all(_same(attribute, statement.value, each) for each in values)
        return f"{statement.value} on {end}, too" if goes_on else None

    def _told_first(self, statement: Statement) -> Instant | None:
        """When the business first told of a value of an attribute of an SDP; None where it never did."""
        sdp, attribute = self._sdp(statement), statement.key.attribute
        told = [] if sdp is None else sdp.histories.get(attribute, [])
        return min((each.told for each in told if _same(attribute, statement.value, each.value)), default=None)

    def _of_meter(self, meter: str, attribute: str, value: str) -> tuple[str | None, str | None]:
        known = {_MODULE: self._books.modules, _DIGITS: self._books.digits}.get(attribute, {}).get(meter)
        if not known:
            return None, None
        return self._books.came.get(meter, NEW_SDP), None if value in known else " or ".join(sorted(known))

    def _of_component(self, key: SdpKey, sdp: Sdp, statement: Statement) -> tuple[str | None, str | None]:
        component = self._sdp_of.get(statement.value)
        grouped = {each for group in sdp.grouped for each in group.components}
        if component is None or not sdp.grouped:
            return None, None
        held = component[0] == key[0] and component[1] in grouped
        return "SYN-13", None if held else ", ".join(sorted(grouped))

    def _say(self, rule: str, received: Received, wrong: Sequence[_Wrong]) -> None:
        about, file = f"{received.type} of {received.ldc}", received.file.name
        first = next(iter(wrong), None)
        expected = "" if first is None else f"{self._named(first.statement)}: {first.expected}, as the business said"
        observed = "; ".join(_shown(each.statement) for each in wrong[:_SHOWN])
        line = None if first is None else first.statement.source.line
        self.case.hold(rule, not wrong, received.instant, about, expected, observed, file, line)

    def _named(self, statement: Statement) -> str:
        key = self._sdp_of.get(statement.key.id)
        return f"{_word(statement.key.attribute)} of {statement.key.id if key is None else key[1]}"

    # --- a P-Sync says all that is so (PSY-01, SYN-13) --------------------------------------------------------

    def _check_audit(self, sending: _Sending, extracted: Instant, received: Received) -> None:
        """Of every SDP that is active when a P-Sync is extracted it states all current values."""
        said: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        for each in sending.said:
            said[each.key].append(each)
        audit = _Audit(received.ldc, extracted, said)
        missing: dict[str, list[str]] = defaultdict(list)
        for (ldc, sdp_id), sdp in sorted(self._books.sdps.items(), key=lambda entry: entry[0]):
            if ldc == received.ldc and self._is_due(audit, sdp_id, sdp):
                self.case.meet("content/audit")
                for rule, what in self._left_out(audit, sdp_id, sdp):
                    missing[rule].append(what)
        for rule in sorted({"PSY-01", *missing}):
            about, file = f"P-Sync set of {received.ldc}", received.file.name
            expected = "every active SDP with all its current values"
            observed = "; ".join(missing[rule][:_SHOWN])
            self.case.hold(rule, not missing[rule], received.instant, about, expected, observed, file)

    def _known_by(self, ldc: str, sdp_id: str, extracted: Instant) -> str | None:
        """The Universal SDP ID of an SDP, where it was known when something was extracted."""
        universal, since = self._known.get((ldc, sdp_id), (None, extracted))
        minutes = max(IDS_KNOWN_MINUTES, self.case.opening.sends_within_minutes)
        return universal if universal and later(since, minutes=minutes) <= extracted else None

    def _is_due(self, audit: _Audit, sdp_id: str, sdp: Sdp) -> bool:
        """Whether an SDP was on record and not given up, and had its ID, as all that it aggregates, for an audit."""
        ids = (sdp_id, *(each for group in sdp.grouped for each in group.components))
        have_ids = all(self._known_by(audit.ldc, each, audit.extracted) for each in ids)
        is_there = sdp.removed is None or sdp.removed > max(day_of(audit.extracted), sdp.created)
        return have_ids and sdp.told < audit.extracted and is_there

    def _left_out(self, audit: _Audit, sdp_id: str, sdp: Sdp) -> Iterator[tuple[str, str]]:
        """What a P-Sync does not say of an SDP that holds when it is extracted, or when the SDP comes to be."""
        day = max(day_of(audit.extracted), sdp.created)
        universal = str(self._known_by(audit.ldc, sdp_id, audit.extracted))
        if ("sdp", universal, "sdp_id") not in audit.said:
            yield "PSY-01", f"asset of {sdp_id}: nothing"
        for attribute in sorted(sdp.histories):
            told = sdp.on(attribute, day)
            if told is None or told.value is None or not sdp.untouched_since(attribute, audit.extracted):
                continue
            if len(sdp.histories[attribute]) > 1:
                self.case.meet("content/audit after changes")
            said = audit.on("sdp", universal, attribute, day)
            if said is None or not _same(attribute, said, told.value):
                yield "PSY-01", f"{_word(attribute)} of {sdp_id} on {day}: {said or 'nothing'}, not {told.value}"
            elif attribute == _METER:
                yield from self._left_out_of_meter(audit, told.value, day)
        if all(each.told < audit.extracted for each in sdp.grouped):
            for component in sorted(self._components_left_out(audit, universal, sdp, day)):
                yield from ((rule, f"component {component} of {sdp_id} on {day}") for rule in ("PSY-01", "SYN-13"))
            said_before = _on(list(self._formulas.get(universal, {}).values()), day) is not None
            if said_before and sdp.components_on(day) and not audit.has_formula(universal, day):
                yield "PSY-01", f"formula of virtual SDP {sdp_id} on {day}: nothing"

    def _left_out_of_meter(self, audit: _Audit, meter: str, day: Day) -> Iterator[tuple[str, str]]:
        """Of a meter that holds its asset, its communication module and the asset of that, and its register digits."""
        if ("meter", meter, "meter_id") not in audit.said:
            yield "PSY-01", f"asset of meter {meter}: nothing"
        modules, module = self._books.modules[meter], audit.on("meter", meter, _MODULE, day)
        if len(modules) == 1 and module not in modules:
            yield "PSY-01", f"communication module of meter {meter}: {module or 'nothing'}"
        elif module is not None and ("communication_module", module, "communication_module_id") not in audit.said:
            yield "PSY-01", f"asset of communication module {module}: nothing"
        digits, said = self._books.digits[meter], audit.on("meter", meter, _DIGITS, day)
        if len(digits) == 1 and said not in digits:
            yield "PSY-01", f"register digits of meter {meter}: {said or 'nothing'}"

    def _components_left_out(self, audit: _Audit, universal: str, sdp: Sdp, day: Day) -> set[str]:
        """The SDPs that a virtual one aggregates on a day, but for those of which a P-Sync says so."""
        ids = {self._known_by(audit.ldc, each, audit.extracted): each for each in sdp.components_on(day)}
        rows = (
            said
            for (_, identifier, attribute), said in audit.said.items()
            if ids and identifier == universal and attribute.startswith(CHANNEL_TO_CHANNEL)
        )
        return set(ids.values()) - {ids[value] for said in rows if (value := _on(said, day)) in ids}


_EVERY = frozenset({"sdp_to_account", "sdp_to_energy_service_provider", "sdp_to_cca_service_provider", _METER})
"""What an SDP need not have: of one that never had it nothing is said."""


_ONE_RECORD = (PREMISE, ("framing_structure", "commodity_type"))
"""Attributes of which one record tells: it ends where any of them changes."""


def _days_looked_at(statement: Statement, extracted: Instant) -> Iterator[tuple[Day, Instant | None]]:
    """The first day for which something is said, by what was told when it was extracted; where it ends, the last day.

    By then it may not have been known that something else comes between.
    """
    yield statement.start, extracted
    if statement.end is not None and statement.end > statement.start:
        yield Day(statement.end - timedelta(days=1)), None


def _rule_of(sdp: Sdp, statement: Statement, day: Day) -> str:
    """The business scenario that is told wrongly: that of the value, or that of what holds instead."""
    attribute = statement.key.attribute
    told = (sdp.meant_by(attribute, statement.value), sdp.said_of(attribute, day))
    return next((each.rule for each in told if each is not None and each.rule != NEW_SDP), NEW_SDP)


def _on(said: Sequence[Statement], day: Day) -> str | None:
    """The value that statements of one attribute give it on a day."""
    holding = [each for each in said if each.start <= day and (each.end is None or day < each.end)]
    return max(holding, key=lambda each: each.start).value if holding else None


def _same(attribute: str, one: str, other: str | None) -> bool:
    return other is not None and plain(attribute, one) == plain(attribute, other)


def _word(attribute: str) -> str:
    return attribute.removeprefix("sdp_to_").replace("_", " ")


def _shown(statement: Statement) -> str:
    end = "" if statement.end is None else f" until {statement.end}"
    since = "" if statement.start == BEGINNING else f" from {statement.start}{end}"
    return f"{statement.value}{since}"
