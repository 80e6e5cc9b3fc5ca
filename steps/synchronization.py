"""Synchronization: file sets that are written, arrive and are reported on, and what that changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from pytest_bdd import given

from harness.interface.file_sets import Place
from harness.stage import words
from harness.stage.chapters import master_data, sync_reports
from harness.stage.chapters.assignment import AssignmentDesk
from harness.stage.chapters.file_sets import A_MINUTE_EARLIER, A_SECOND_LATER, Kind
from harness.stage.chapters.synchronization import Change, SetRef, SyncDesk
from harness.stage.conversation import Conversation
from steps.vocabulary import done, phrase, seen


@pytest.fixture
def sync(conversation: Conversation, desk: AssignmentDesk) -> SyncDesk:
    """Where file sets are written and sent."""
    return SyncDesk(conversation, desk)


def changes(datatable: list[list[str]]) -> list[Change]:
    """The rows of a table ``| of | attribute | value | from | until |``; ``from`` and ``until`` may be left out."""
    return [
        Change(
            row["of"],
            master_data.attribute(row["attribute"]),
            row["value"],
            row.get("from", master_data.SINCE),
            row.get("until", ""),
        )
        for row in words.table(datatable)
    ]


# --- the world that a scenario finds -----------------------------------------------------------------------


@given(phrase('"{ldc:Name}" has Universal SDP IDs for {sdps:Names}'))
def _has_ids(sync: SyncDesk, ldc: str, sdps: list[str]) -> None:
    sync.request_ids(ldc, sdps)


@given(phrase('the next expected sequence number of "{ldc:Name}" is {number:Number}'))
def _next_number(conversation: Conversation, ldc: str, number: int) -> None:
    conversation.expect_sequence_number(ldc, number)


@given(phrase('"{ldc:Name}" has synchronized SDP {sdps:Names} in I-Sync {ref:Set}'))
@given(phrase('"{ldc:Name}" has synchronized SDPs {sdps:Names} in I-Sync {ref:Set}'))
def _has_synchronized(sync: SyncDesk, ldc: str, sdps: list[str], ref: SetRef) -> None:
    _synchronize(sync, ldc, sdps, ref.number, [])


@given(phrase('"{ldc:Name}" has synchronized SDP {sdps:Names} in I-Sync {ref:Set}, with'))
@given(phrase('"{ldc:Name}" has synchronized SDPs {sdps:Names} in I-Sync {ref:Set}, with'))
def _has_synchronized_with(sync: SyncDesk, ldc: str, sdps: list[str], ref: SetRef, datatable: list[list[str]]) -> None:
    _synchronize(sync, ldc, sdps, ref.number, changes(datatable))


@given(phrase('"{ldc:Name}" has synchronized {number:Number} SDPs in I-Sync {ref:Set}'))
def _has_synchronized_many(sync: SyncDesk, ldc: str, number: int, ref: SetRef) -> None:
    _synchronize(sync, ldc, _many(number), ref.number, [])


def _many(number: int) -> list[str]:
    """SDPs of which no feature has to know the names."""
    return [f"SDP {each}" for each in range(1, number + 1)]


def _synchronize(sync: SyncDesk, ldc: str, sdps: list[str], number: int, rows: Iterable[Change]) -> None:
    sync.synchronize(ldc, sdps, number, rows, lambda draft: sync_reports.check_processed(sync.conversation, draft))


# --- sets that are written --------------------------------------------------------------------------------


@given(phrase("{kind:Kind} {ref:Set} changes nothing"))
def _changes_nothing(sync: SyncDesk, kind: Kind, ref: SetRef) -> None:
    sync.write(kind, ref)


@given(phrase("{kind:Kind} {ref:Set} changes"))
def _changes(sync: SyncDesk, kind: Kind, ref: SetRef, datatable: list[list[str]]) -> None:
    sync.change(sync.write(kind, ref), changes(datatable))


@given(phrase("another {kind:Kind} {ref:Set} changes"))
def _another_changes(sync: SyncDesk, kind: Kind, ref: SetRef, datatable: list[list[str]]) -> None:
    sync.change(sync.write(kind, SetRef(ref.number, ref.ldc, other=True)), changes(datatable))


@given(phrase("another {kind:Kind} {ref:Set} changes nothing"))
def _another_changes_nothing(sync: SyncDesk, kind: Kind, ref: SetRef) -> None:
    sync.write(kind, SetRef(ref.number, ref.ldc, other=True))


@given(phrase("another {kind:Kind} {ref:Set} lists {sdps:Names}"))
def _another_lists(sync: SyncDesk, kind: Kind, ref: SetRef, sdps: list[str]) -> None:
    sync.describe(sync.write(kind, SetRef(ref.number, ref.ldc, other=True)), sdps)


@given(phrase("{kind:Kind} {ref:Set} lists {sdps:Names}"))
def _lists(sync: SyncDesk, kind: Kind, ref: SetRef, sdps: list[str]) -> None:
    sync.describe(sync.write(kind, ref), sdps)


@given(phrase("{kind:Kind} {ref:Set} lists {sdps:Names}, with"))
def _lists_with(sync: SyncDesk, kind: Kind, ref: SetRef, sdps: list[str], datatable: list[list[str]]) -> None:
    sync.describe(sync.write(kind, ref), sdps, changes(datatable))


@given(phrase("{ref:Set} changes besides"))
def _changes_besides(sync: SyncDesk, ref: SetRef, datatable: list[list[str]]) -> None:
    sync.change(sync.draft_of(ref), changes(datatable))


@given(phrase("{kind:Kind} {ref:Set} lists {number:Number} of them"))
def _lists_so_many(sync: SyncDesk, kind: Kind, ref: SetRef, number: int) -> None:
    sync.describe(sync.write(kind, ref), _many(number))


@given(phrase('{ref:Set} is submitted by "{submitter:Name}"'))
def _is_submitted_by(sync: SyncDesk, ref: SetRef, submitter: str) -> None:
    sync.submit_as(sync.draft_of(ref), submitter)


@given(phrase("the TX_ID of {ref:Set} has letters"))
def _has_letters(sync: SyncDesk, ref: SetRef) -> None:
    sync.draft_of(ref).tx_id = sync.conversation.draw.transaction_id("??####")


@given(phrase("the TX_ID of {ref:Set} is that of {other:Set}"))
def _has_that_of(sync: SyncDesk, ref: SetRef, other: SetRef) -> None:
    sync.draft_of(ref).tx_id = sync.draft_of(other).tx_id


@given(phrase('{ref:Set} carries the asset of meter "{meter:Name}"'))
def _carries_meter(sync: SyncDesk, ref: SetRef, meter: str) -> None:
    draft = sync.draft_of(ref)
    sync.plan(draft, lambda: sync.add_asset(draft, "meter", meter))


@given(phrase('{ref:Set} carries the asset of communication module "{module:Name}"'))
def _carries_module(sync: SyncDesk, ref: SetRef, module: str) -> None:
    draft = sync.draft_of(ref)
    sync.plan(draft, lambda: sync.add_asset(draft, "module", module))


@given(phrase('{ref:Set} carries the asset of {sdp_type} SDP "{sdp:Name}"'))
def _carries_sdp(sync: SyncDesk, ref: SetRef, sdp_type: str, sdp: str) -> None:
    draft = sync.draft_of(ref)
    sync.plan(draft, lambda: sync.add_sdp_asset(draft, sdp, sdp_type))


@given(phrase('{ref:Set} makes "{virtual:Name}" the sum of {sdps:Names}'))
def _aggregates(sync: SyncDesk, ref: SetRef, virtual: str, sdps: list[str]) -> None:
    draft = sync.draft_of(ref)
    sync.plan(draft, lambda: sync.add_components(draft, virtual, sdps))


# --- how a set is cut, and what is amiss with it -----------------------------------------------------------


@given(phrase("file {file_no:No} of {ref:Set} is split into segments {segments:Nos}"))
@given(phrase("file {file_no:No} of {ref:Set} is the one segment {segments:Nos}"))
def _is_split(sync: SyncDesk, file_no: str, ref: SetRef, segments: list[str]) -> None:
    sync.draft_of(ref).segments[file_no] = tuple(segments)


@given(phrase("the manifest of {ref:Set} does not list file {file_no:No}"))
def _is_unlisted(sync: SyncDesk, ref: SetRef, file_no: str) -> None:
    sync.draft_of(ref).unlisted.add(file_no)


@given(phrase("the Extracted Date Time of file {file_no:No} of {ref:Set} is a minute earlier"))
def _is_extracted_earlier(sync: SyncDesk, file_no: str, ref: SetRef) -> None:
    sync.draft_of(ref).extracted_otherwise[file_no] = A_MINUTE_EARLIER


@given(phrase("the Extracted Date Time of segment {segment:No} of file {file_no:No} of {ref:Set} is a minute earlier"))
def _is_segment_extracted_earlier(sync: SyncDesk, segment: str, file_no: str, ref: SetRef) -> None:
    sync.draft_of(ref).extracted_otherwise[Place(file_no, segment)] = A_MINUTE_EARLIER


@given(phrase("the Extracted Date Time of file {file_no:No} of {ref:Set} is a second later"))
def _is_extracted_later(sync: SyncDesk, file_no: str, ref: SetRef) -> None:
    sync.draft_of(ref).extracted_otherwise[file_no] = A_SECOND_LATER


@given(phrase("the last record of file {file_no:No} of {ref:Set} stands in file {other:No}"))
def _is_misplaced(sync: SyncDesk, file_no: str, ref: SetRef, other: str) -> None:
    sync.draft_of(ref).misplaced[file_no] = other


@given(phrase("record {number:Number} of file {file_no:No} of {ref:Set} lacks its last field"))
def _is_spoilt(sync: SyncDesk, number: int, file_no: str, ref: SetRef) -> None:
    sync.draft_of(ref).spoilt.add((file_no, number))


@given(phrase("record {number:Number} of file {file_no:No} of {ref:Set} stands there twice"))
def _is_repeated(sync: SyncDesk, number: int, file_no: str, ref: SetRef) -> None:
    draft = sync.draft_of(ref)
    sync.plan(draft, lambda: draft.repeat(file_no, number))


@given(phrase("{ref:Set} is named as version {version:No}"))
def _is_of_version(sync: SyncDesk, ref: SetRef, version: str) -> None:
    sync.draft_of(ref).version = version


@given(phrase("file {file_no:No} of {ref:Set} is named without TX_ID, file number and segment"))
def _is_named_without(sync: SyncDesk, file_no: str, ref: SetRef) -> None:
    sync.draft_of(ref).named[file_no] = lambda name: str(replace(name, part=None))


@given(phrase("file {file_no:No} of {ref:Set} is named with another TX_ID"))
def _is_named_with_another(sync: SyncDesk, file_no: str, ref: SetRef) -> None:
    sync.draft_of(ref).rename_part(file_no, tx_id=sync.conversation.draw.transaction_id())


@given(phrase("file {file_no:No} of {ref:Set} is named as file {other:No}"))
def _is_named_as(sync: SyncDesk, file_no: str, ref: SetRef, other: str) -> None:
    sync.draft_of(ref).rename_part(file_no, file_no=other)


# --- arrival -------------------------------------------------------------------------------------------------


@done("{ref:Set} arrives")
def _arrives(sync: SyncDesk, ref: SetRef) -> None:
    sync.send(sync.draft_of(ref))


@done("the rest of {ref:Set} arrives")
def _rest_arrives(sync: SyncDesk, ref: SetRef) -> None:
    draft = sync.draft_of(ref)
    sync.send(draft, lambda place: place not in draft.sent)


@done("{ref:Set} has had its time")
def _has_had_its_time(sync: SyncDesk, ref: SetRef) -> None:
    sync.give_time(sync.draft_of(ref))


@done("{ref:Set} arrives without file {file_no:No}")
def _arrives_without(sync: SyncDesk, ref: SetRef, file_no: str) -> None:
    sync.send(sync.draft_of(ref), lambda place: place.file_no != file_no)


@done("{ref:Set} arrives without segment {segment:No} of file {file_no:No}")
def _arrives_without_segment(sync: SyncDesk, ref: SetRef, segment: str, file_no: str) -> None:
    sync.send(sync.draft_of(ref), lambda place: place != Place(file_no, segment))


@done("file {file_no:No} of {ref:Set} arrives")
def _file_arrives(sync: SyncDesk, file_no: str, ref: SetRef) -> None:
    sync.send(sync.draft_of(ref), lambda place: place.file_no == file_no)


@done("segment {segment:No} of file {file_no:No} of {ref:Set} arrives")
def _segment_arrives(sync: SyncDesk, segment: str, file_no: str, ref: SetRef) -> None:
    sync.send(sync.draft_of(ref), lambda place: place == Place(file_no, segment))


# --- processed, rejected, reported ------------------------------------------------------------------------


@seen("{ref:Set} has been processed")
def _is_processed(sync: SyncDesk, ref: SetRef) -> None:
    sync_reports.check_processed(sync.conversation, sync.draft_of(ref))


@seen("{ref:Set} has not been processed")
def _is_not_processed(sync: SyncDesk, ref: SetRef) -> None:
    sync_reports.check_not_processed(sync.conversation, sync.draft_of(ref))


@seen("{ref:Set} has changed nothing")
def _has_changed_nothing(sync: SyncDesk, ref: SetRef) -> None:
    sync_reports.check_changed_nothing(sync.conversation, sync.draft_of(ref))


@seen("{ref:Set} was processed on receipt")
def _is_processed_on_receipt(sync: SyncDesk, ref: SetRef) -> None:
    sync_reports.check_on_receipt(sync.conversation, sync.draft_of(ref))


@seen('"{alias:Name}" has received {report:FileType} for {ref:Set}')
def _has_report(sync: SyncDesk, alias: str, report: str, ref: SetRef) -> None:
    sync_reports.check_reported(sync.conversation, sync.draft_of(ref), report, alias)


@seen('"{alias:Name}" has received no {report:FileType} for {ref:Set}')
def _has_no_report(sync: SyncDesk, alias: str, report: str, ref: SetRef) -> None:
    sync_reports.check_not_reported(sync.conversation, sync.draft_of(ref), report, alias)


@seen("nobody has received {report:FileType} for {ref:Set}")
def _nobody_has_report(sync: SyncDesk, report: str, ref: SetRef) -> None:
    sync_reports.check_not_reported(sync.conversation, sync.draft_of(ref), report)


@seen("{report:FileType} of {ref:Set} shows exactly")
def _shows_exactly(sync: SyncDesk, report: str, ref: SetRef, datatable: list[list[str]]) -> None:
    draft = sync.draft_of(ref)
    expected = [sync.difference(draft, row) for row in words.table(datatable)]
    sync_reports.check_differences(sync_reports.report(sync.conversation, draft, report), expected)


@seen('{report:FileType} of {ref:Set} for "{alias:Name}" shows exactly')
def _shows_somebody_exactly(sync: SyncDesk, report: str, ref: SetRef, alias: str, datatable: list[list[str]]) -> None:
    draft = sync.draft_of(ref)
    expected = [sync.difference(draft, row) for row in words.table(datatable)]
    found = sync_reports.report(sync.conversation, draft, report, mailbox=alias)
    sync_reports.check_differences(found, expected)


@seen("unless {ref:Set} fails to load, {report:FileType} of it shows exactly")
def _shows_exactly_if_loaded(sync: SyncDesk, ref: SetRef, report: str, datatable: list[list[str]]) -> None:
    if not sync_reports.fails_to_load(sync.conversation, sync.draft_of(ref)):
        _shows_exactly(sync, report, ref, datatable)


@seen('unless {ref:Set} fails to load, {report:FileType} of it for "{alias:Name}" shows exactly')
def _shows_somebody_if_loaded(sync: SyncDesk, ref: SetRef, report: str, alias: str, datatable: list[list[str]]) -> None:
    if not sync_reports.fails_to_load(sync.conversation, sync.draft_of(ref)):
        _shows_somebody_exactly(sync, report, ref, alias, datatable)


@seen('unless {ref:Set} fails to load, {report:FileType} of it says "{status:Name}"')
def _says_if_loaded(sync: SyncDesk, ref: SetRef, report: str, status: str) -> None:
    if not sync_reports.fails_to_load(sync.conversation, sync.draft_of(ref)):
        _says(sync, report, ref, status)


@seen("{report:FileType} of {ref:Set} shows among others")
def _shows_among_others(sync: SyncDesk, report: str, ref: SetRef, datatable: list[list[str]]) -> None:
    draft = sync.draft_of(ref)
    found = sync_reports.report(sync.conversation, draft, report)
    sync_reports.check_contains_either(found, sync.differences_by_end(draft, words.table(datatable)))


@seen('{report:FileType} of {ref:Set} for "{alias:Name}" shows among others')
def _shows_somebody_among(sync: SyncDesk, report: str, ref: SetRef, alias: str, datatable: list[list[str]]) -> None:
    draft = sync.draft_of(ref)
    found = sync_reports.report(sync.conversation, draft, report, mailbox=alias)
    sync_reports.check_contains_either(found, sync.differences_by_end(draft, words.table(datatable)))


@seen("IR06 and IR07 of {ref:Set} show between them exactly")
def _show_between_them(sync: SyncDesk, ref: SetRef, datatable: list[list[str]]) -> None:
    draft = sync.draft_of(ref)
    expected = [sync.difference(draft, row) for row in words.table(datatable)]
    sync_reports.check_together(sync.conversation, draft, expected)


@seen("{report:FileType} of {ref:Set} shows nothing")
def _shows_nothing(sync: SyncDesk, report: str, ref: SetRef) -> None:
    draft = sync.draft_of(ref)
    sync_reports.check_differences(sync_reports.report(sync.conversation, draft, report), ())


@seen("{report:FileType} of {ref:Set} shows nothing of {sdps:Names}")
def _shows_nothing_of(sync: SyncDesk, report: str, ref: SetRef, sdps: list[str]) -> None:
    draft = sync.draft_of(ref)
    names = {sync.universal_sdp_id(draft.ldc, sdp): sdp for sdp in sdps}
    sync_reports.check_nothing_of(sync_reports.report(sync.conversation, draft, report), names)


@seen('{report:FileType} of {ref:Set} shows nothing of meter "{meter:Name}"')
def _shows_nothing_of_meter(sync: SyncDesk, report: str, ref: SetRef, meter: str) -> None:
    found = sync_reports.report(sync.conversation, sync.draft_of(ref), report)
    sync_reports.check_nothing_of(found, {sync.identifier("meter", meter): meter})


@seen('{report:FileType} of {ref:Set} says "{status:Name}"')
def _says(sync: SyncDesk, report: str, ref: SetRef, status: str) -> None:
    codes = sync.conversation.profile.codes["load_status" if report == "IR14" else "sync_status"]
    sync_reports.check_status(sync.conversation, sync.draft_of(ref), report, status, codes)


@seen("IR14 of {ref:Set} fails the load for an error alone")
def _fails_for_errors_alone(sync: SyncDesk, ref: SetRef) -> None:
    sync_reports.check_status_fits(sync.conversation, sync.draft_of(ref))


@seen("IR06 and IR07 of {ref:Set} carry the same Synchronization Status Record")
def _same_status(sync: SyncDesk, ref: SetRef) -> None:
    sync_reports.check_identical_status(sync.conversation, sync.draft_of(ref))


@seen("IR07 of {ref:Set} has column headings and no detail records")
def _headings_alone(sync: SyncDesk, ref: SetRef) -> None:
    draft = sync.draft_of(ref)
    sync_reports.check_headings_alone(sync.conversation, draft, "IR07", draft.ldc)


@seen('IR07 of {ref:Set} for "{recipient:Name}" has column headings and no detail records')
def _headings_alone_for(sync: SyncDesk, ref: SetRef, recipient: str) -> None:
    sync_reports.check_headings_alone(sync.conversation, sync.draft_of(ref), "IR07", recipient)


@seen("IR14 of {ref:Set} reports an {severity:Severity} on record {number:Number} of file {file_no:No}")
@seen("IR14 of {ref:Set} reports a {severity:Severity} on record {number:Number} of file {file_no:No}")
def _reports_finding(sync: SyncDesk, ref: SetRef, severity: str, number: int, file_no: str) -> None:
    draft = sync.draft_of(ref)
    place, line = draft.place_of(file_no, number)
    name = draft.files[place].sent_as
    sync_reports.check_finding(sync.conversation, draft, severity, name, line)


@seen("IR14 of {ref:Set} reports {number:Number} {severity:Severity}s or more")
def _reports_so_many(sync: SyncDesk, ref: SetRef, number: int, severity: str) -> None:
    sync_reports.check_number_of_findings(sync.conversation, sync.draft_of(ref), severity, number)


@seen("IR14 of {ref:Set} reports a {severity:Severity}")
def _reports_some(sync: SyncDesk, ref: SetRef, severity: str) -> None:
    sync_reports.check_finding(sync.conversation, sync.draft_of(ref), severity, None, None)
