"""Faults of a CIS where things take an unusual course: two events of one day, an SDP to be given up, reports on audits."""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from harness.interface.files import Record
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, day_of, later
from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_again import taken_for_told
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.bent.cis_details import changed_field
from reference_impl.bent.cis_rare_cases import ONE_DAY, SUNDAY, forgotten, moved
from reference_impl.bent.cis_sync_bending import PERIODIC, Part, entries_of_sets, lines_of_sets
from reference_impl.cis import book, identifiers, instructions, periodic_audit, records, sequence
from reference_impl.cis import synchronization_reports as reports
from reference_impl.cis.book import Book, History, Sdp, Value
from reference_impl.cis.cis import Cis
from reference_impl.cis.records import Entry, Source
from reference_impl.cis.sequence import SentSet
from reference_impl.cis.sequence import Sequence as Numbers
from reference_impl.cis.state import Desk, State

HEADER, INSTANT_DIGITS, MIDNIGHT_HOUR = "FH|", 14, "00"
CITY_CHARACTERS = 12
REPEATED_AT_ONCE = 2
SUMMER_BEGINS, SUMMER_ENDS = (3, 13), (11, 6)


def _year_ends_early(original: Any) -> Any:
    """An SDP that is given up as of the first day of a year is so as of the day before."""

    def remove(found: Book, sdp: Sdp, day: Day) -> None:
        original(found, sdp, Day(day - ONE_DAY) if (day.month, day.day) == (1, 1) else day)

    return remove


# --- when a set was extracted -----------------------------------------------------------------------------------


def _day_before_at_midnight(lines: list[str], _: Part) -> list[str]:
    """What is extracted in the first hour of a day states the day before."""

    def changed(field: str) -> str:
        if len(field) != INSTANT_DIGITS or field[8:10] != MIDNIGHT_HOUR:
            return field
        day = date(int(field[:4]), int(field[4:6]), int(field[6:8])) - ONE_DAY
        return f"{day:%Y%m%d}{field[8:]}"

    return ["|".join(map(changed, line.split("|"))) if line.startswith(HEADER) else line for line in lines]


# --- sets that were rejected, or failed to load ------------------------------------------------------------------


def _forgetting(is_forgotten: Callable[[SentSet], bool]) -> Callable[[Any], Any]:
    """Some of the sets that an IR10 rejects are not sent again."""

    def make(original: Any) -> Any:
        def take_rejection(numbers: Numbers, tx_id: str, **why: bool) -> list[SentSet]:
            found: list[SentSet] = original(numbers, tx_id, **why)
            numbers.to_repeat = [each for each in numbers.to_repeat if not is_forgotten(each)]
            return found

        return take_rejection

    return make


def _is_audit(sent: SentSet) -> bool:
    return sent.extract.kind == PERIODIC


def _made_anew(original: Any) -> Any:
    """A rejected P-Sync set is sent again on another day as of that day: what ended between is told by nobody."""

    def repeat_rejected(state: State, desk: Desk) -> None:
        def anew(sent: SentSet) -> SentSet:
            if not _is_audit(sent) or day_of(sent.sent) == day_of(state.now):
                return sent
            return dataclasses.replace(sent, extract=periodic_audit.extract(state.source(desk), state.now))

        desk.sequence.to_repeat = [anew(each) for each in desk.sequence.to_repeat]
        original(state, desk)

    return repeat_rejected


def _audit_in_its_place(original: Any) -> Any:
    """An audit is thought to say all that rejected I-Sync sets told: they are given up."""

    def audit(state: State, desk: Desk) -> None:
        desk.sequence.to_repeat = [each for each in desk.sequence.to_repeat if _is_audit(each)]
        original(state, desk)

    return audit


def _two_at_once(original: Any) -> Any:
    """Of the sets that were rejected the first two are sent again."""

    def repeat_rejected(state: State, desk: Desk) -> None:
        desk.sequence.to_repeat = sequence.in_order(desk.sequence.to_repeat)[:REPEATED_AT_ONCE]
        original(state, desk)

    return repeat_rejected


def _audits_load(original: Any) -> Any:
    """That a P-Sync set failed to load is passed over, but for its number."""

    def take_load(numbers: Numbers, tx_id: str, **about: Any) -> SentSet | None:
        failed: SentSet | None = original(numbers, tx_id, **about)
        if failed is None or not _is_audit(failed):
            return failed
        numbers.to_replace.remove(failed)
        return None

    return take_load


def _latest_untold(original: Any) -> Any:
    """Of what a set told that failed to load the latest state of each attribute alone is told again."""

    def untell(desk: Desk, failed: SentSet) -> None:
        latest = {
            sdp: {name: frozenset({max(days)}) for name, days in told.items()}
            for sdp, told in failed.extract.told.items()
        }
        original(desk, dataclasses.replace(failed, extract=dataclasses.replace(failed.extract, told=latest)))

    return untell


# --- exceptions (IR07) -------------------------------------------------------------------------------------------


def _of_i_syncs(original: Any) -> Any:
    """An IR07 on a P-Sync set is not acted upon."""
    return lambda desk, sent, file: None if _is_audit(sent) else original(desk, sent, file)


def _of_sdps(original: Any) -> Any:
    """An exception that names a meter is passed over."""
    return lambda desk, record: original(desk, record) if desk.ids.sdp_of(str(record["entity_id"])) else []


def _once(original: Any) -> Any:
    """What could not be updated for a second time is not told again."""
    seen: Counter[tuple[int, str, str]] = Counter()

    def take_exceptions(desk: Desk, sent: SentSet, file: Any) -> None:
        def is_first(record: Record) -> bool:
            key = id(desk), str(record["entity_id"]), str(record["attribute"])
            seen[key] += 1
            return seen[key] == 1

        original(desk, sent, dataclasses.replace(file, details=[each for each in file.details if is_first(each)]))

    return take_exceptions


# --- two events of one day, and what else is on record ------------------------------------------------------------


def _stays(attribute: str, first: Value | None) -> Application:
    """Where a value was put on record from a day, another one from the same day is passed over."""

    def make(original: Any) -> Any:
        def enter(known: Book, sdp: Sdp, name: str, day: Day, value: Value | None) -> None:
            if name != attribute or (day, first) not in sdp.histories.get(name, ()):
                original(known, sdp, name, day, value)

        return enter

    return replaced(book, "enter", make)


def _with_retailer(original: Any) -> Any:
    """Where a retailer leaves, the CCA service provider does so as well."""

    def enter(known: Book, sdp: Sdp, name: str, day: Day, value: Value | None) -> None:
        original(known, sdp, name, day, value)
        if name == "energy_service_provider" and value is None and "cca_service_provider" in sdp.histories:
            original(known, sdp, "cca_service_provider", day, None)

    return enter


def _account_once(entries: list[Entry], _: str) -> list[Entry]:
    """Of several SDPs that come to have one account in a set the first alone is told."""
    first: dict[Any, Any] = {}
    told = []
    for entry in entries:
        fields = dict(entry.fields)
        sdp = fields.get("universal_sdp_id")
        if entry.kind != "sdp_to_account" or first.setdefault(fields["account_id"], sdp) == sdp:
            told.append(entry)
    return told


def _is_given_up(sdp: Sdp, _: str, __: Day, ___: Value | None, ____: History) -> bool:
    return sdp.removed is not None


def _module_had(original: Any) -> Any:
    """That a meter has a communication module is not told where another meter had it before."""

    def meter_itself(source: Source, meter_id: str, since: Day) -> Iterator[Entry]:
        first: dict[str, tuple[Day, str]] = {}
        for meter, known in source.book.meters.items():
            for day, each in known.items():
                module = each.communication_module_id
                first[module] = min(first.get(module, (day, meter)), (day, meter))
        for entry in original(source, meter_id, since):
            module = str(dict(entry.fields).get("communication_module_id"))
            if entry.kind != "meter_to_communication_module" or first[module][1] == meter_id:
                yield entry

    return meter_itself


def _parts_of_first_day(original: Any) -> Any:
    """A premise record has of what does not change on its day what the SDP had on its first."""

    def part_fields(source: Source, part: Any, span: Any) -> Mapping[str, Any]:
        sdp = next((each for each in source.book.sdps.values() if span in book.spans(each, book.PREMISE)), None)
        if part.kind != "premise" or sdp is None:
            return dict(original(source, part, span))
        first = book.spans(sdp, book.PREMISE)[0].values
        begun = [any(day == span.start for day, _ in sdp.histories.get(name, ())) for name in book.PREMISE]
        values = [now if new else then for now, then, new in zip(span.values, first, begun, strict=True)]
        return dict(original(source, part, span._replace(values=tuple(values))))

    return part_fields


def _clocks_go_forward(day: date) -> bool:
    return day.month == 3 and day.weekday() == SUNDAY and 8 <= day.day <= 14


# --- audits that are ordered ahead --------------------------------------------------------------------------------


def _book_when_ordered() -> Application:
    """An audit that is ordered ahead says what was on record when it was ordered."""
    ordered: dict[tuple[int, Instant], Book] = {}

    def load(original: Any) -> Any:
        def take(cis: Cis, events: Any, told: Sequence[Mapping[str, Any]]) -> None:
            original(cis, events, told)
            for each in told:
                moment, desk = instructions.due(each), cis.desks[OrgId(each["ldc"])]
                if moment is not None:
                    ordered[id(desk), moment] = copy.deepcopy(desk.book)

        return take

    def extract(original: Any) -> Any:
        def audit(state: State, desk: Desk) -> None:
            kept = desk.book
            desk.book = ordered.pop((id(desk), state.now), kept)
            try:
                original(state, desk)
            finally:
                desk.book = kept

        return audit

    return together(replaced(Cis, "load", load), replaced(instructions, "audit", extract))


def _latest_order_alone(original: Any) -> Any:
    """An order for an audit at an instant takes the place of the one before it."""

    def load(cis: Cis, events: Any, told: Sequence[Mapping[str, Any]]) -> None:
        for each in told:
            if instructions.due(each) is not None:
                cis.due = [entry for entry in cis.due if entry[1:] != (each["ldc"], instructions.audit)]
        original(cis, events, told)

    return load


def _in_summer_time(original: Any) -> Any:
    """In summer an instant is taken for one on the clock on the wall: an hour early."""

    def due(instruction: Mapping[str, Any]) -> Instant | None:
        moment: Instant | None = original(instruction)
        if moment is None or not SUMMER_BEGINS <= (moment.month, moment.day) < SUMMER_ENDS:
            return moment
        return later(moment, minutes=-60)

    return due


# --- Universal SDP IDs --------------------------------------------------------------------------------------------


def _known_of_any(original: Any) -> Any:
    """An SDP ID under which another LDC has an SDP with its Universal SDP ID is not asked for."""

    def request_universal_sdp_ids(state: State, desk: Desk, sdps: Any) -> None:
        others = {sdp for other in state.desks.values() if other is not desk for sdp in other.ids.known}

        def without(find: Any) -> Any:
            return lambda *known: [sdp for sdp in find(*known) if sdp not in others]

        with replaced(identifiers, "without_id", without)(None):
            original(state, desk, sdps)

    return request_universal_sdp_ids


def _exceptions_once(original: Any) -> Any:
    """An SDP that came back as an exception a second time is not asked for again."""
    asked: Counter[tuple[int, Any]] = Counter()

    def exceptions_of(matters: Any, ids: Any, sdps: Any) -> list[Any]:
        found = [sdp for sdp in original(matters, ids, sdps) if not asked[id(ids), sdp]]
        asked.update((id(ids), sdp) for sdp in found)
        return found

    return exceptions_of


CIS_UNUSUAL_COURSE_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_extracted_day_before_at_midnight",
        "SYN-09",
        "sets of the first hour of a day state the day before",
        lines_of_sets(_day_before_at_midnight),
    ),
    cis_fault(
        "cis_rejected_audit_forgotten",
        "SEQ-08",
        "a rejected P-Sync set is not sent again, and what it told is told by no other",
        replaced(sequence, "take_rejection", _forgetting(_is_audit)),
    ),
    cis_fault(
        "cis_rejected_audit_made_anew",
        "SEQ-08",
        "a rejected P-Sync set is made anew days later, and what ended between is told by nobody",
        replaced(instructions, "repeat_rejected", _made_anew),
    ),
    cis_fault(
        "cis_rejected_given_up_for_audit",
        "SEQ-08",
        "where an audit is made before a rejected I-Sync set has come again, that is given up",
        replaced(instructions, "audit", _audit_in_its_place),
    ),
    cis_fault(
        "cis_third_rejected_set_forgotten",
        "SEQ-08",
        "of three rejected sets the first two alone are sent again",
        replaced(instructions, "repeat_rejected", _two_at_once),
    ),
    cis_fault(
        "cis_failed_number_lost_in_restart",
        "SEQ-08",
        "started again, the CIS has forgotten that the number of a set which failed to load is still expected",
        forgotten(lambda desk: desk.sequence.free.clear()),
    ),
    cis_fault(
        "cis_failed_audit_not_made_anew",
        "ISY-05",
        "that a P-Sync set failed to load is passed over, and what it told is not told again",
        replaced(sequence, "take_load", _audits_load),
    ),
    cis_fault(
        "cis_latest_of_failed_set_alone",
        "ISY-05",
        "of several states of one attribute that a set told which failed to load the latest alone is told again",
        replaced(reports, "untell", _latest_untold),
    ),
    cis_fault(
        "cis_exceptions_of_audit_unread",
        "ISY-05",
        "an attribute that a P-Sync set told, and that could not be updated, is not told again",
        replaced(reports, "take_exceptions", _of_i_syncs),
    ),
    cis_fault(
        "cis_exceptions_of_meters_unread",
        "ISY-05",
        "an attribute of a meter that could not be updated is not told again",
        replaced(reports, "sdps_concerned", _of_sdps),
    ),
    cis_fault(
        "cis_second_exception_unread",
        "ISY-05",
        "an attribute that could not be updated for the second time is not told again",
        replaced(reports, "take_exceptions", _once),
    ),
    cis_fault(
        "cis_kept_module_not_told",
        "ISY-10",
        "that a new meter has the communication module of the old one is not told",
        replaced(records, "meter_itself", _module_had),
    ),
    cis_fault(
        "cis_meter_on_day_of_removal_not_told",
        "ISY-03",
        "a meter that comes on the day on which another is removed is not told",
        _stays("meter", None),
    ),
    cis_fault(
        "cis_move_in_on_day_of_move_out_not_told",
        "ISY-03",
        "an account that begins on the day on which another ends with nobody to follow is not told",
        _stays("account_id", None),
    ),
    cis_fault(
        "cis_account_of_two_sdps_told_once",
        "ISY-03",
        "of two SDPs that come to have one account in a set the first alone is told",
        entries_of_sets(_account_once),
    ),
    cis_fault(
        "cis_booting_on_day_of_cut_not_told",
        "ISY-03",
        "that a meter is booted on the day on which the service was cut is not told",
        _stays("service_status", "cut_at_pole"),
    ),
    cis_fault(
        "cis_cca_leaves_with_retailer",
        "ISY-21",
        "where a retailer leaves the CCA service provider is told to leave as well",
        replaced(book, "enter", _with_retailer),
    ),
    cis_fault(
        "cis_changes_of_given_up_not_told",
        "ISY-03",
        "what is put on record of an SDP after it was given up is not told, be it of the days before that",
        taken_for_told(_is_given_up),
    ),
    cis_fault(
        "cis_premise_parts_of_first_day",
        "ISY-03",
        "with a part of a premise that changes the others are told as they were first",
        replaced(records, "part_fields", _parts_of_first_day),
    ),
    cis_fault(
        "cis_premise_before_clocks_go_forward",
        "ISY-03",
        "a premise from the day on which clocks go forward is told from the day before",
        moved("premise", _clocks_go_forward, -ONE_DAY),
    ),
    cis_fault(
        "cis_cities_cut",
        "ISY-22",
        "names of cities are cut after twelve characters",
        changed_field("city", lambda city: city[:CITY_CHARACTERS]),
    ),
    cis_fault(
        "cis_audit_of_book_when_ordered",
        "PSY-01",
        "an audit that is ordered ahead says what was on record when it was ordered",
        _book_when_ordered(),
    ),
    cis_fault(
        "cis_given_up_before_new_year",
        "PSY-01",
        "what is given up as of the first day of a year is told to end the day before",
        replaced(book, "remove", _year_ends_early),
    ),
    cis_fault(
        "cis_one_audit_ordered_at_a_time",
        "PSY-08",
        "an order for an audit at an instant takes the place of the one before it",
        replaced(Cis, "load", _latest_order_alone),
    ),
    cis_fault(
        "cis_audit_in_summer_time",
        "PSY-08",
        "in summer an audit is made an hour early",
        replaced(instructions, "due", _in_summer_time),
    ),
    cis_fault(
        "cis_sdp_id_of_another_ldc_not_asked",
        "USDP-18",
        "an SDP ID that another LDC has as well is not asked for",
        replaced(instructions, "request_universal_sdp_ids", _known_of_any),
    ),
    cis_fault(
        "cis_second_exception_not_asked_again",
        "USDP-18",
        "an SDP that came back as an exception a second time is not asked for again",
        replaced(identifiers, "exceptions_of", _exceptions_once),
    ),
)
