"""Universal SDP ID assignment: requests, responses and IR01."""

from __future__ import annotations

import pytest
from pytest_bdd import given

from harness.stage import words
from harness.stage.chapters.assignment import AssignmentDesk, Line, Request
from harness.stage.conversation import Conversation
from steps.vocabulary import done, phrase, seen


@pytest.fixture
def desk(conversation: Conversation) -> AssignmentDesk:
    """Where requests for Universal SDP IDs are written and answers read."""
    return AssignmentDesk(conversation)


@given(phrase('a request of "{ldc:Name}" is answered'))
def _answers(desk: AssignmentDesk, ldc: str) -> None:
    desk.check_answers(ldc)


@given(phrase('the SDP ID of "{sdp:Name}" is that of "{other:Name}" {how}'))
def _is_alike(desk: AssignmentDesk, sdp: str, other: str, how: str) -> None:
    desk.make_alike(sdp, other, how)


@done('"{who:Name}" requests Universal SDP IDs for {sdps:Names}')
def _requests(desk: AssignmentDesk, who: str, sdps: list[str]) -> None:
    desk.request(who, who, [Line(who, sdp) for sdp in sdps])


@done('"{who:Name}" requests Universal SDP IDs for {sdps:Names} on behalf of "{ldc:Name}"')
def _requests_for(desk: AssignmentDesk, who: str, ldc: str, sdps: list[str]) -> None:
    desk.request(who, ldc, [Line(ldc, sdp) for sdp in sdps])


@done('"{who:Name}" requests Universal SDP IDs for {number:Number} new SDPs')
def _requests_many(desk: AssignmentDesk, who: str, number: int) -> None:
    desk.request_many(who, number)


@done('"{first:Name}" and "{second:Name}" request a Universal SDP ID in turn, {number:Number} in all')
def _request_in_turn(desk: AssignmentDesk, first: str, second: str, number: int) -> None:
    for turn in range(number):
        desk.request_many(second if turn % 2 else first, 1)


@done('"{who:Name}" requests a Universal SDP ID every minute for {minutes:Number} minutes')
def _requests_every_minute(desk: AssignmentDesk, who: str, minutes: int) -> None:
    desk.request_every_minute(who, minutes)


@done('"{who:Name}" submits a request with these lines')
def _submits_lines(desk: AssignmentDesk, who: str, datatable: list[list[str]]) -> None:
    desk.request(who, who, _lines(datatable))


@done('"{who:Name}" submits a request on behalf of "{ldc:Name}" with these lines')
def _submits_lines_for(desk: AssignmentDesk, who: str, ldc: str, datatable: list[list[str]]) -> None:
    desk.request(who, ldc, _lines(datatable))


def _lines(datatable: list[list[str]]) -> list[Line]:
    return [Line(row["LDC"] or None, row["SDP"] or None) for row in words.table(datatable)]


@done('"{who:Name}" submits a request for "{sdp:Name}" of version {version}')
def _submits_version(desk: AssignmentDesk, who: str, sdp: str, version: str) -> None:
    desk.request(who, who, [Line(who, sdp)], version=version)


@done('"{who:Name}" submits a request for "{sdp:Name}" that is named {how}')
def _submits_misnamed(desk: AssignmentDesk, who: str, sdp: str, how: str) -> None:
    desk.request(who, who, [Line(who, sdp)], misnamed=how)


@done('"{who:Name}" submits a request for "{sdp:Name}" of "{ldc:Name}" that is named {how}')
def _submits_misnamed_for(desk: AssignmentDesk, who: str, sdp: str, ldc: str, how: str) -> None:
    desk.request(who, ldc, [Line(ldc, sdp)], misnamed=how)


@done("the assignment process has run")
def _process_has_run(desk: AssignmentDesk) -> None:
    desk.wait_for_run()


# --- responses -----------------------------------------------------------------------------------------


@seen("the response to the {number:Ordinal} request says", target_fixture="request_answered")
def _response_says(desk: AssignmentDesk, number: int, datatable: list[list[str]]) -> Request:
    request = desk.numbered(number)
    desk.check_outcomes(request, [(row["SDP"], row["status"]) for row in words.table(datatable)])
    return request


@seen("it gives {sdps:Names} a Universal SDP ID each")
def _gives_ids(desk: AssignmentDesk, request_answered: Request, sdps: list[str]) -> None:
    for sdp in sdps:
        desk.universal_sdp_id(request_answered, sdp)


@seen('it gives "{sdp:Name}" no Universal SDP ID')
def _gives_no_id(desk: AssignmentDesk, request_answered: Request, sdp: str) -> None:
    desk.check_no_id(request_answered, sdp)


@seen('"{alias:Name}" alone has received the response to the {number:Ordinal} request')
def _alone_has_response(desk: AssignmentDesk, alias: str, number: int) -> None:
    desk.check_response_goes_to(desk.numbered(number), [alias])


@seen("nobody has received a response to the {number:Ordinal} request")
def _nobody_has_response(desk: AssignmentDesk, number: int) -> None:
    desk.check_response_goes_to(desk.numbered(number), [])


@seen('"{sdp:Name}" has the same Universal SDP ID in the {first:Ordinal} and {again:Ordinal} response')
def _same_id(desk: AssignmentDesk, sdp: str, first: int, again: int) -> None:
    desk.check_same_id(desk.numbered(first), desk.numbered(again), sdp)


@seen('all records for "{sdp:Name}" in the {number:Ordinal} response give the same Universal SDP ID')
def _one_id(desk: AssignmentDesk, sdp: str, number: int) -> None:
    desk.check_one_id(desk.numbered(number), sdp)


@seen("all Universal SDP IDs that were issued are different")
def _all_different(desk: AssignmentDesk) -> None:
    desk.check_all_different()


@seen("the Universal SDP IDs that were issued reveal no sequence")
def _no_sequence(desk: AssignmentDesk) -> None:
    desk.check_no_sequence()


# --- IR01 ----------------------------------------------------------------------------------------------


@seen('"{alias:Name}" has received {number:Number} IR01')
def _number_of_summaries(desk: AssignmentDesk, alias: str, number: int) -> None:
    desk.check_number_of_summaries(alias, number)


@seen('the last IR01 of "{alias:Name}" sums up the {numbers:Ordinals} request')
def _last_summary(desk: AssignmentDesk, alias: str, numbers: list[int]) -> None:
    desk.check_last_summary(alias, [desk.numbered(number) for number in numbers])


@seen('one IR01 of "{alias:Name}" sums up the {numbers:Ordinals} request')
def _some_summary(desk: AssignmentDesk, alias: str, numbers: list[int]) -> None:
    desk.check_some_summary(alias, [desk.numbered(number) for number in numbers])


@seen('each IR01 of "{alias:Name}" repeats what was processed before on its day, and nothing of another day')
def _summaries_of_each_day(desk: AssignmentDesk, alias: str) -> None:
    desk.check_summaries_of_each_day(alias)


@seen('IR01 of "{alias:Name}" counts for the {number:Ordinal} request')
def _counts(desk: AssignmentDesk, alias: str, number: int, datatable: list[list[str]]) -> None:
    (row,) = words.table(datatable)
    counts = {heading.replace(" ", "_"): int(cell) for heading, cell in row.items()}
    desk.check_counts(alias, desk.numbered(number), counts)


@seen('IR01 has come to "{alias:Name}" every {minutes:Number} minutes')
def _run_interval(desk: AssignmentDesk, alias: str, minutes: int) -> None:
    desk.check_run_interval(alias, minutes)
