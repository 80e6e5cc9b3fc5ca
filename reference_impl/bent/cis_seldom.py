"""Faults of a CIS in what it sends when something comes back, comes later than the rest, or follows a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from reference_impl.bent.bending import Application, Bent, details_changed, replaced, text_changed, together
from reference_impl.bent.cis_again import taken_for_told
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.bent.cis_details import changed_field
from reference_impl.bent.cis_rare_cases import all_ever, forgotten
from reference_impl.bent.cis_sync_bending import INCREMENTAL, Part, entries_of_sets, of_each_set, of_sets
from reference_impl.cis import book, identifiers, incremental, instructions, periodic_audit, port, records
from reference_impl.cis import synchronization_reports as reports
from reference_impl.cis.book import Book, History, Sdp, Value
from reference_impl.cis.file_transfer import Parties
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.records import Entry
from reference_impl.cis.state import Desk, State, Submission

SUNDAY = 6
RECORDS_READ = 50
APRIL, OCTOBER = 4, 10
HEADER, INSTANT_DIGITS = "FH|", 14
CUT, BOOTED = "cut_at_pole", "booted"
ALL_TYPES = frozenset({"1000", "3000", "4000", "5000", "8000"})


# --- authorisation (FTS-10) -----------------------------------------------------------------------------------


def _all_allowed_after_restart(original: Any) -> Any:
    """Started again, an agent's CIS has forgotten what it may submit, and submits everything."""

    def take_up(self: port.Port, conversation: str) -> None:
        original(self, conversation)
        if self.cis is not None:
            parties = self.cis.parties
            self.cis.parties = Parties(parties.you, parties.ldcs, dict.fromkeys(parties.ldcs, ALL_TYPES))

    return take_up


def _all_allowed_on_sundays(original: Any) -> Any:
    return lambda state, *what: state.now.weekday() == SUNDAY or original(state, *what)


# --- Universal SDP IDs ----------------------------------------------------------------------------------------


def _cut_when_asked_again(original: Any) -> Any:
    """What is asked for by name, as an exception is, loses the last character of its SDP ID."""

    def request(state: State, desk: Desk, sdps: Any) -> None:
        before = len(state.outbox)
        original(state, desk, sdps)
        if sdps is not None:
            state.outbox[before:] = [
                text_changed(file, lambda text: details_changed(text, lambda rows: [_cut(row) for row in rows]))
                for file in state.outbox[before:]
            ]

    return request


def _cut(row: list[str]) -> list[str]:
    return [*row[:2], row[2][:-1], *row[3:]]


def _asked_for_unless(is_left_out: Callable[[Sdp, Identifiers], bool]) -> Application:
    def make(original: Any) -> Any:
        def without_id(found: Book, ids: Identifiers) -> list[Any]:
            return [each for each in original(found, ids) if not is_left_out(found.sdps[each], ids)]

        return without_id

    return replaced(identifiers, "without_id", make)


def _comes_after_components(sdp: Sdp, ids: Identifiers) -> bool:
    return sdp.is_virtual and all(component in ids.known for component in records.components(sdp))


def _is_of_sunday(sdp: Sdp, _: Identifiers) -> bool:
    return sdp.created is not None and sdp.created.weekday() == SUNDAY


def _exceptions_alone(original: Any) -> Any:
    """What was asked for in vain, without a response, is not asked for again."""
    return lambda matters, ids, sdps: [each for each in original(matters, ids, sdps) if ("id", each) in matters.held]


def _answers_to_the_last_request() -> Application:
    """Of a response nothing is read but what was asked for with the last request."""
    latest: dict[Any, set[Any]] = {}

    def asking(original: Any) -> Any:
        def request_details(ldc: Any, sdps: Iterable[Any]) -> Any:
            latest[ldc] = set(sdps)
            return original(ldc, sdps)

        return request_details

    def reading(original: Any) -> Any:
        def take_response(details: Any, file: str, ldc: Any, *more: Any) -> None:
            original([row for row in details if str(row["sdp_id"]) in latest.get(ldc, ())], file, ldc, *more)

        return take_response

    return together(replaced(identifiers, "request_details", asking), replaced(identifiers, "take_response", reading))


def _second_attempts_untold() -> Application:
    """What got its ID after an exception is not synchronized."""
    late: set[Any] = set()

    def learning(original: Any) -> Any:
        def learn(sdp: Any, universal: Any, file: str, ids: Any, matters: Any) -> None:
            if ("id", sdp) in matters.held:
                late.add(universal)
            original(sdp, universal, file, ids, matters)

        return learn

    def telling(original: Any) -> Any:
        return lambda source, sdp: original(source, sdp) and source.ids[sdp.sdp_id] not in late

    return together(replaced(identifiers, "learn", learning), replaced(incremental, "can_be_synchronized", telling))


def _fifty_read(original: Any) -> Any:
    return lambda details, *more: original(list(details)[:RECORDS_READ], *more)


# --- file sets ------------------------------------------------------------------------------------------------


def _components_of_new_alone(entries: list[Entry], kind: str) -> list[Entry]:
    """What a virtual SDP aggregates is told where a set creates those SDPs, too."""
    created = {dict(entry.fields)["universal_sdp_id"] for entry in entries if entry.kind == "sdp"}
    parts = [dict(entry.fields).get("component_universal_sdp_id") for entry in entries]
    is_all_new = {part for part in parts if part is not None} <= created
    return [entry for entry in entries if kind != INCREMENTAL or entry.file_no != "07" or is_all_new]


def _comes_back(*attributes: str) -> Callable[..., bool]:
    """Whether an attribute comes to have a value that it had before."""

    def is_meant(_: Sdp, attribute: str, __: Any, value: Value | None, before: History) -> bool:
        return attribute in attributes and value is not None and any(value == held for _, held in before)

    return is_meant


def _is_second_cut(_: Sdp, attribute: str, __: Any, value: Value | None, before: History) -> bool:
    return attribute == "service_status" and value == CUT and any(held == BOOTED for _, held in before)


def _without_relationships(original: Any) -> Any:
    """Exceptions about relationships are passed over."""

    def sdps_concerned(desk: Desk, record: Mapping[str, Any]) -> Any:
        return [] if record["attribute"] in reports.RELATIONSHIPS else original(desk, record)

    return sdps_concerned


def _forget_failed(desk: Desk) -> None:
    desk.sequence.to_replace.clear()
    desk.book.untold.clear()


def _due_lost(original: Any) -> Any:
    """Started again, the CIS has forgotten what it was to do later."""

    def take_up(self: port.Port, conversation: str) -> None:
        original(self, conversation)
        if self.cis is not None:
            self.cis.due.clear()

    return take_up


def _modules_moved(files: dict[Part, list[str]]) -> dict[Part, list[str]]:
    """The modules in a set that tells of a meter that is removed stand among relationships."""
    related = next((part for part in files if part.file_no == "05"), None)
    if related is None or not any(line.startswith("SM|") and line.split("|")[-1] for line in files[related]):
        return files
    modules = [line for lines in files.values() for line in lines if line.startswith("CM|")]
    found = {part: [line for line in lines if line not in modules] for part, lines in files.items()}
    return {**found, related: [*found[related], *modules]}


def _modules_once(original: Any) -> Any:
    """The module of a meter that comes back is left out."""

    def meter_itself(source: records.Source, meter_id: str, since: Any) -> Any:
        is_back = len(source.book.meters.get(meter_id, ())) > 1
        found = original(source, meter_id, since)
        return [entry for entry in found if not is_back or "communication_module_id" not in dict(entry.fields)]

    return meter_itself


def _without_failed(original: Any) -> Any:
    """SDPs of a set that failed to load are left out of an audit."""

    def audit(state: State, desk: Desk) -> None:
        failed = {sdp for each in desk.sequence.to_replace for sdp in each.extract.told}
        left = {sdp: desk.book.sdps.pop(sdp) for sdp in failed if sdp in desk.book.sdps}
        original(state, desk)
        desk.book.sdps.update(left)

    return audit


def _changed_since_restart() -> Application:
    """Started again, the CIS leaves out of audits the SDPs of which nothing is untold."""
    restarted: set[int] = set()

    def make(original: Any) -> Any:
        def audited(source: records.Source, day: Any) -> Any:
            found = original(source, day)
            is_fresh = id(source.book) in restarted
            return [sdp for sdp in found if not is_fresh or sdp.sdp_id in source.book.untold]

        return audited

    return together(forgotten(lambda desk: restarted.add(id(desk.book))), replaced(periodic_audit, "audited", make))


def _in_summer_time(file: Submission, _: Part) -> list[Submission]:
    """From April to October the Extracted Date Time is an hour ahead."""
    if not APRIL <= file.instant.month <= OCTOBER:
        return [file]

    def ahead(line: str) -> str:
        fields = line.split("|")
        return "|".join(f"{int(each) + 10_000}" if len(each) == INSTANT_DIGITS else each for each in fields)

    lines = file.content.decode().split("\r\n")
    text = "\r\n".join(ahead(line) if line.startswith(HEADER) else line for line in lines)
    return [text_changed(file, lambda _: text)]


def _first_segment_named(file: Submission, part: Part) -> list[Submission]:
    """Segments after the first state the name of the first."""
    stated = f".{part.segment_no}.DAT"
    return [text_changed(file, lambda text: text.replace(stated, ".01.DAT", 1))]


CIS_SELDOM_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_agent_submits_all_after_restart",
        "FTS-10",
        "started again, an agent takes everything to be authorised",
        replaced(port.Port, "_take_up", _all_allowed_after_restart),
    ),
    cis_fault(
        "cis_agent_submits_all_on_sundays",
        "FTS-10",
        "on Sundays an agent submits whatever it is told to",
        replaced(instructions, "is_authorised", _all_allowed_on_sundays),
    ),
    cis_fault(
        "cis_request_again_cut",
        "USDP-01",
        "SDP IDs that are asked for by name have lost their last character",
        replaced(instructions, "request_universal_sdp_ids", _cut_when_asked_again),
    ),
    cis_fault(
        "cis_later_virtual_not_asked",
        "USDP-06",
        "no ID is asked for a virtual SDP that comes once those it aggregates have theirs",
        _asked_for_unless(_comes_after_components),
    ),
    cis_fault(
        "cis_sunday_sdps_not_asked",
        "USDP-18",
        "no ID is asked for an SDP that was created on a Sunday",
        _asked_for_unless(_is_of_sunday),
    ),
    cis_fault(
        "cis_asked_in_vain_not_asked_again",
        "USDP-18",
        "what was asked for in vain, without a response, is not asked for again",
        replaced(identifiers, "exceptions_of", _exceptions_alone),
    ),
    cis_fault(
        "cis_first_exception_alone_asked_again",
        "USDP-18",
        "of several exceptions the first alone is asked for again",
        replaced(identifiers, "exceptions_of", lambda original: lambda *given: original(*given)[:1]),
    ),
    cis_fault(
        "cis_former_request_unanswered",
        "USDP-20",
        "what answers another request than the last one is not read",
        _answers_to_the_last_request(),
    ),
    cis_fault(
        "cis_second_attempt_not_synchronized",
        "USDP-20",
        "an SDP that got its ID after an exception is not synchronized",
        _second_attempts_untold(),
    ),
    cis_fault(
        "cis_fifty_ids_read",
        "USDP-20",
        "of a response fifty records are read",
        replaced(identifiers, "take_response", _fifty_read),
    ),
    cis_fault(
        "cis_later_virtual_without_components",
        "SYN-02",
        "file 07 is left out where those that a virtual SDP aggregates were told of before",
        entries_of_sets(_components_of_new_alone),
    ),
    cis_fault(
        "cis_meter_that_comes_back_not_told",
        "ISY-12",
        "a meter that comes back to the SDP that it was at is not told",
        taken_for_told(_comes_back("meter")),
    ),
    cis_fault(
        "cis_second_cut_not_told",
        "ISY-13",
        "that the service is cut again after the meter was booted is not told",
        taken_for_told(_is_second_cut),
    ),
    cis_fault(
        "cis_former_billing_agent_not_told",
        "ISY-20",
        "that an organisation bills again which did so before is not told",
        taken_for_told(_comes_back("billing_agent")),
    ),
    cis_fault(
        "cis_former_operator_not_told",
        "ISY-20",
        "that an organisation is the AMI operator again is not told",
        taken_for_told(_comes_back("ami_operator")),
    ),
    cis_fault(
        "cis_cycle_zeros_dropped",
        "ISY-16",
        "zeros with which a Billing Cycle ID begins are left out",
        changed_field("value", lambda value: value.lstrip("0"), "BILLING_CYCLE_ID"),
    ),
    cis_fault(
        "cis_exceptions_of_relationships_unread",
        "ISY-05",
        "a relationship that could not be updated is not told again",
        replaced(reports, "sdps_concerned", _without_relationships),
    ),
    cis_fault(
        "cis_failed_lost_in_restart",
        "ISY-05",
        "started again, the CIS has forgotten what a set told that failed to load",
        forgotten(_forget_failed),
    ),
    cis_fault(
        "cis_audit_with_past_premises",
        "PSY-04",
        "an audit tells of addresses that had ended",
        all_ever("part_records", lambda part: getattr(part, "kind", None) == "premise"),
    ),
    cis_fault(
        "cis_audit_with_past_statuses",
        "PSY-04",
        "an audit tells of service statuses that had ended",
        all_ever("part_records", lambda part: getattr(part, "parameter", None) == "service_status"),
    ),
    cis_fault(
        "cis_audit_lost_in_restart",
        "PSY-08",
        "started again, the CIS has forgotten the audit that it was to make",
        replaced(port.Port, "_take_up", _due_lost),
    ),
    cis_fault(
        "cis_audit_without_failed",
        "PSY-01",
        "SDPs of a set that failed to load are left out of audits",
        replaced(instructions, "audit", _without_failed),
    ),
    cis_fault(
        "cis_audit_of_changes_after_restart",
        "PSY-01",
        "started again, the CIS leaves out of audits what has not changed",
        _changed_since_restart(),
    ),
    cis_fault(
        "cis_audit_with_given_up",
        "PSY-07",
        "audits go on listing SDPs that were given up",
        replaced(book, "is_active", lambda _: lambda sdp, _: sdp.created is not None),
    ),
    cis_fault(
        "cis_removed_modules_among_relationships",
        "SYN-11",
        "the communication modules of meters that are removed stand in file 05",
        of_each_set(_modules_moved),
    ),
    cis_fault(
        "cis_module_of_meter_that_comes_back_left_out",
        "ISY-04",
        "the communication module of a meter that comes back is left out",
        replaced(records, "meter_itself", _modules_once),
    ),
    cis_fault(
        "cis_extracted_in_summer_time",
        "SYN-09",
        "from April to October the Extracted Date Time is an hour ahead",
        of_sets(_in_summer_time),
    ),
    cis_fault(
        "cis_segments_state_first_name",
        "FTS-01",
        "segments after the first state the name of the first",
        of_sets(_first_segment_named),
    ),
)
