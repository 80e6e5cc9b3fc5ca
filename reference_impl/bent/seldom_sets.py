"""Faults of sets and of assignment that show in one case of several: a kind of set, a file, who submits, the second of two."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable
from typing import Any

from harness.interface.file_sets import PERIODIC_AUDIT, Place, SetKey, place_of
from harness.interface.instants import day_of
from reference_impl.bent.bending import Application, Bent, fault, only, replaced, together
from reference_impl.bent.loading import check_kept
from reference_impl.repository import (
    file_sets,
    identifiers,
    repository,
    schedule,
    sequence,
    staging_table_loader,
)
from reference_impl.repository import synchronization_reports as reports
from reference_impl.repository.file_sets import ArrivingSet
from reference_impl.repository.identifiers import AssignmentStatus, RequestLine

_HOURS = 10 * 60
_FAR_AHEAD = 50
_SATURDAY = 5
_A_MINUTE = 60
_ASSIGNMENT_MINUTES = 15
_FIRST = "01"
_MANY, _SOME, _MANY_WAITING = 10, 5, 4


def _is_of_an_agent(key: SetKey) -> bool:
    return key.ldc != key.submitter


# --- sequence ---------------------------------------------------------------------------------------------------


def _longer(is_so: Callable[[ArrivingSet], bool]) -> Application:
    """Some sets wait for hours more."""

    def make(original: Any) -> Any:
        return lambda waiting, minutes, reading: original(waiting, minutes + _HOURS * is_so(waiting), reading)

    return replaced(sequence, "deadline", make)


def _ahead(arriving: ArrivingSet, number: int) -> bool:
    return arriving.manifest is not None and arriving.manifest.sequence_number >= number


def _held(arriving: ArrivingSet) -> bool:
    return file_sets.is_complete(arriving)


def _from_the_manifest(original: Any) -> Any:
    def taken(arriving: Any, name: Any, reading: Any, moment: Any) -> None:
        original(arriving, name, reading, moment)
        if place_of(name) == Place("00", _FIRST):
            arriving.first_received = moment

    return taken


def _once(name: str, of: Callable[[Any, ArrivingSet], Hashable]) -> Application:
    """A report is sent once for what `of` says of the repository and a set; each conversation begins anew."""
    told: set[Hashable] = set()

    def begun(original: Any) -> Any:
        def opened(*arguments: Any, **more: Any) -> Any:
            told.clear()
            return original(*arguments, **more)

        return opened

    def make(original: Any) -> Any:
        def report(here: Any, about: Any, *others: Any) -> None:
            what = of(here, about)
            if what not in told:
                original(here, about, *others)
            told.add(what)

        return report

    return together(replaced(repository.Repository, "opened", begun), replaced(repository, name, make))


def _number(_: Any, arriving: ArrivingSet) -> Hashable:
    return arriving.key.ldc, arriving.manifest and arriving.manifest.sequence_number


def _joined_to_the_other_type(original: Any) -> Any:
    """A file joins a set of its TX_ID that is there, I-Sync or P-Sync."""

    def receive(here: Any, name: Any, reading: Any) -> None:
        own = file_sets.key_of(name)
        others = [each for each in here.sets if each._replace(file_type=own.file_type) == own != each]
        with replaced(file_sets, "key_of", lambda of: lambda each: others[0] if others else of(each))(None):
            original(here, name, reading)

    return receive


# --- files and checks -------------------------------------------------------------------------------------------


def _of_p_sync(is_read: Callable[[Place], bool]) -> Application:
    """Of P-Sync sets some files alone are read."""

    def make(original: Any) -> Any:
        def segments(arriving: ArrivingSet) -> Any:
            return [each for each in original(arriving) if not arriving.is_periodic_audit or is_read(each[0])]

        return segments

    return replaced(staging_table_loader, "segments_in_order", make)


def _unless(name: str, is_so: Callable[[Any, Any], bool]) -> Application:
    """A check overlooks findings of which something holds: `is_so` is given one, and the set that is loaded."""
    return check_kept(name, lambda staging, found: [each for each in found if not is_so(each, staging)])


def _in_file(number: str) -> Callable[[Any, Any], bool]:
    return lambda finding, _: f".{number}.{_FIRST}." in str(finding.file)


def _within_a_minute(finding: Any, staging: Any) -> bool:
    extracted = staging_table_loader.extracted_date_time(staging.arriving)
    headers = (each.file for each in staging.arriving.files.values() if each.file is not None)
    stated = next(file.header["extracted_date_time"] for file in headers if str(file.name) == finding.file)
    return finding.code == "extracted-date-time" and bool(abs((stated - extracted).total_seconds()) < _A_MINUTE)


def _across_segments(finding: Any, _: Any) -> bool:
    return finding.code == "overlap" and str(finding.file) not in finding.message


def _begins(is_so: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """What the record says that was found begins so, as seen from the day of the extract."""

    def found(finding: Any, staging: Any) -> bool:
        extracted = day_of(staging_table_loader.extracted_date_time(staging.arriving))
        place = finding.file, finding.line
        return any(tuple(each.source) == place and is_so(each.start, extracted) for each in staging.staged.values)

    return found


def _another_module(finding: Any, staging: Any) -> bool:
    return finding.code == "minimum-data-module" and bool(staging.created.get("communication_module"))


# --- who receives what ------------------------------------------------------------------------------------------


def _to_the_ldc_of_a_p_sync(report: str) -> Application:
    def make(original: Any) -> Any:
        def recipients(key: SetKey, of: str, *others: Any) -> Any:
            also = {key.ldc} if (key.file_type, of) == (PERIODIC_AUDIT, report) else set()
            return tuple(sorted({*original(key, of, *others), *also}))

        return recipients

    return replaced(reports, "submitter_alone", make)


def _p_sync_to_ldcs_alone(original: Any) -> Any:
    def recipients(key: SetKey, *others: Any) -> Any:
        return (key.ldc,) if key.file_type == PERIODIC_AUDIT else original(key, *others)

    return recipients


def _agents_with_details_alone(report: str) -> Application:
    def sent(file: Any) -> Any:
        ldc, recipient, *_ = file.name.split(".")
        return file if ldc == recipient or b"\nDT|" in file.content else None

    return only(report, sent)


def _loads_of_p_sync_that_succeed(original: Any) -> Any:
    def report(here: Any, loaded: Any, load: Any) -> None:
        if load.succeeded or not loaded.is_periodic_audit:
            original(here, loaded, load)

    return report


# --- Universal SDP IDs ------------------------------------------------------------------------------------------


def _is_bad(line: RequestLine) -> bool:
    return line.ldc is None or line.sdp_id is None


def _lines(change: Callable[[tuple[RequestLine, ...]], tuple[RequestLine, ...]]) -> Application:
    return replaced(identifiers, "request_lines", lambda original: lambda details: change(original(details)))


def _until_two_are_bad(lines: tuple[RequestLine, ...]) -> tuple[RequestLine, ...]:
    return tuple(line for number, line in enumerate(lines) if sum(map(_is_bad, lines[:number])) < 2)


def _agents_afresh(original: Any) -> Any:
    def summaries(earlier: Any, new: Any, day: Any) -> Any:
        (first, *_) = new
        return original(earlier if first.request.ldc == first.request.submitter else (), new, day)

    return summaries


def _agents_without_bad_lines(original: Any) -> Any:
    def summary(request: Any, *others: Any) -> Any:
        found = original(request, *others)
        if request.ldc == request.submitter:
            return found
        return dataclasses.replace(found, counts={**found.counts, AssignmentStatus.INCOMPLETE_DATA: 0})

    return summary


def _not_at_a_quarter_to_midnight(original: Any) -> Any:
    def next_run(after: Any, minutes: int, **more: Any) -> Any:
        found = original(after, minutes, **more)
        is_so = minutes == _ASSIGNMENT_MINUTES and (found.hour, found.minute) == (23, 45)
        return original(found, minutes, **more) if is_so else found

    return next_run


def _without_the_last_of_ten(original: Any) -> Any:
    def fields(assignments: Any, codes: Any) -> Any:
        found = [*original(assignments, codes)]
        return iter(found[:-1] if len(found) >= _MANY else found)

    return fields


def _four_at_a_time(original: Any) -> Any:
    """Of the requests that wait, four are answered."""

    def run(here: Any) -> None:
        del here.waiting[_MANY_WAITING:]
        original(here)

    return run


def _shifted(original: Any) -> Any:
    """In a longer response each SDP ID has the Universal SDP ID of the next."""

    def fields(assignments: Any, codes: Any) -> Any:
        found = [*original(assignments, codes)]
        given = [each["universal_sdp_id"] for _, each in found]
        shifted = zip(found, given[1:] + given[:1], strict=True)
        return iter(
            [(kind, {**each, "universal_sdp_id": its}) for (kind, each), its in shifted]
            if len(found) > _SOME
            else found
        )

    return fields


def _apart_by_submitter(original: Any) -> Any:
    """What an agent asks for is another SDP than what the LDC does."""

    def assigned(request: Any, ids: Any) -> Any:
        if request.ldc == request.submitter:
            return original(request, ids)
        own, ids.issued = ids.issued, {}
        try:
            return original(request, ids)
        finally:
            ids.issued = {**ids.issued, **own}

    return assigned


SELDOM_SET_FAULTS: tuple[Bent, ...] = (
    fault(
        "held_for_hours_at_weekends",
        "SEQ-05",
        "A set that is held at a weekend waits for hours.",
        _longer(lambda each: _held(each) and each.first_received.weekday() >= _SATURDAY),
    ),
    fault(
        "held_for_hours_where_far_ahead",
        "SEQ-05",
        "A set that is far ahead of its turn waits for hours.",
        _longer(lambda each: _held(each) and _ahead(each, _FAR_AHEAD)),
    ),
    fault(
        "held_for_hours_of_agents",
        "SEQ-05",
        "A set of an agent's that is held waits for hours.",
        _longer(lambda each: _held(each) and _is_of_an_agent(each.key)),
    ),
    fault(
        "second_held_set_rejected_silently",
        "SEQ-05",
        "Of the second set of an LDC that is rejected nobody is told.",
        _once("report_rejection", lambda _, each: each.key.ldc),
    ),
    fault(
        "sets_rejected_together_told_of_once",
        "SEQ-05",
        "Of sets that are rejected at one time the first alone is told of.",
        _once("report_rejection", lambda here, each: (each.key.ldc, here.now)),
    ),
    fault(
        "hours_for_one_file_alone",
        "SEQ-06",
        "A set of which one file has come waits for hours.",
        _longer(lambda each: len(each.files) == 1),
    ),
    fault(
        "hours_for_incomplete_sets_of_agents",
        "SEQ-06",
        "A set of an agent's that is incomplete waits for hours.",
        _longer(lambda each: not _held(each) and _is_of_an_agent(each.key)),
    ),
    fault(
        "hours_for_incomplete_sets_ahead",
        "SEQ-06",
        "A set that is incomplete waits for hours where its predecessor is missing.",
        _longer(lambda each: not _held(each) and _ahead(each, 8)),
    ),
    fault(
        "wait_time_from_the_manifest",
        "SEQ-06",
        "The wait-time runs from the manifest.",
        replaced(file_sets, "take_segment", _from_the_manifest),
    ),
    fault(
        "second_incomplete_set_rejected_silently",
        "SEQ-06",
        "Of the second set of an LDC that is rejected nobody is told.",
        _once("report_rejection", lambda _, each: each.key.ldc),
    ),
    fault(
        "rejected_once_for_each_number",
        "SEQ-06",
        "Of the second set of a number that is rejected nobody is told.",
        _once("report_rejection", _number),
    ),
    fault(
        "one_tx_id_for_both_types",
        "FTS-03",
        "Files of an I-Sync set and of a P-Sync set with one TX_ID are taken for one set.",
        replaced(repository, "receive_segment", _joined_to_the_other_type),
    ),
    fault(
        "further_segments_of_p_sync_lost",
        "SYN-05",
        "Of P-Sync sets the first segment of each file is read.",
        _of_p_sync(lambda place: place.segment_no == _FIRST),
    ),
    fault(
        "components_of_p_sync_not_read",
        "SYN-02",
        "File 07 of a P-Sync set is not read.",
        _of_p_sync(lambda place: place.file_no != "07"),
    ),
    fault(
        "extracted_to_the_minute",
        "SYN-09",
        "The Extracted Date Time may differ by seconds.",
        _unless("check_headers", _within_a_minute),
    ),
    fault(
        "load_told_of_once_for_each_number",
        "STL-02",
        "Of the second load of a number that fails nobody is told.",
        _once("report_load", _number),
    ),
    fault(
        "failed_load_of_p_sync_untold",
        "STL-02",
        "IR14 does not come for a P-Sync set that fails to load.",
        replaced(repository, "report_load", _loads_of_p_sync_that_succeed),
    ),
    *(
        fault(
            f"end_before_start_in_{number}_unchecked",
            "STL-01",
            f"What ends before it starts is accepted in file {number}.",
            _unless("check_dates", _in_file(number)),
        )
        for number in ("02", "03", "05")
    ),
    fault(
        "overlaps_across_segments_accepted",
        "STL-01",
        "Two values at a time are accepted where they stand in two segments.",
        _unless("check_overlaps", _across_segments),
    ),
    fault(
        "load_of_p_sync_told_to_the_ldc_too",
        "STL-06",
        "IR14 on a P-Sync set goes to the LDC, too.",
        _to_the_ldc_of_a_p_sync("IR14"),
    ),
    fault(
        "rejection_of_p_sync_told_to_the_ldc_too",
        "STL-06",
        "IR10 on a P-Sync set goes to the LDC, too.",
        _to_the_ldc_of_a_p_sync("IR10"),
    ),
    fault(
        "p_sync_told_to_ldcs_alone",
        "SRP-06",
        "IR06 and IR07 on P-Sync sets go to the LDC alone.",
        replaced(reports, "ldc_and_authorised", _p_sync_to_ldcs_alone),
    ),
    fault(
        "agents_told_of_updates_alone",
        "SRP-06",
        "An agent receives IR06 where it lists something.",
        _agents_with_details_alone("IR06"),
    ),
    *(
        fault(
            f"sdp_created_by_file_{number}",
            "USDP-07",
            f"Data for an SDP that was not created is accepted in file {number}.",
            _unless("check_universal_sdp_ids", _in_file(number)),
        )
        for number in ("02", "03", "05")
    ),
    fault(
        "minimum_data_of_changes_to_come_unchecked",
        "ISY-10",
        "A meter change to come needs no module.",
        _unless("check_minimum_data", _begins(lambda start, today: start > today)),
    ),
    fault(
        "minimum_data_of_former_changes_unchecked",
        "ISY-10",
        "A meter change that has been needs no module.",
        _unless("check_minimum_data", _begins(lambda start, today: start < today)),
    ),
    fault(
        "one_module_asset_for_all_changes",
        "ISY-10",
        "The module asset of one meter change stands for all of a set.",
        _unless("check_minimum_data", _another_module),
    ),
    fault(
        "agents_summaries_afresh",
        "USDP-12",
        "An agent's IR01 holds the new summary records only.",
        replaced(identifiers, "summaries_of_day", _agents_afresh),
    ),
    fault(
        "agents_summaries_without_incomplete_data",
        "USDP-13",
        "IR01 counts no incomplete data of an agent's request.",
        replaced(identifiers, "summarise", _agents_without_bad_lines),
    ),
    fault(
        "no_assignment_at_a_quarter_to_midnight",
        "USDP-11",
        "The assignment process does not run at 23:45.",
        replaced(schedule, "next_run", _not_at_a_quarter_to_midnight),
    ),
    fault(
        "nothing_after_two_bad_lines",
        "USDP-14",
        "Nothing after a second bad line is assigned.",
        _lines(_until_two_are_bad),
    ),
    fault(
        "response_of_ten_lacks_the_last",
        "USDP-01",
        "A response of ten records or more lacks the last.",
        replaced(identifiers, "response_fields", _without_the_last_of_ten),
    ),
    fault(
        "four_requests_of_a_run",
        "USDP-01",
        "Of the requests that wait for a run four are answered.",
        replaced(repository, "run_assignment", _four_at_a_time),
    ),
    fault(
        "ids_of_longer_responses_shifted",
        "USDP-03",
        "In a response of more than five each SDP ID has the ID of the next.",
        replaced(identifiers, "response_fields", _shifted),
    ),
    fault(
        "ids_apart_by_submitter",
        "USDP-03",
        "An agent gets another ID than the LDC for the same SDP.",
        replaced(identifiers, "assign_all", _apart_by_submitter),
    ),
)
"""Each fault leaves the other cases as they should be."""
