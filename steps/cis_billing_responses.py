"""Responses and reports about quantities that the CIS is given, what people say of them, and what it asks for then."""

from __future__ import annotations

from harness.stage import words
from harness.stage.chapters.cis_billing import RequestDesk
from harness.stage.chapters.cis_billing_responses import Answers
from harness.stage.words import ClockTime
from steps.vocabulary import done, seen


@seen("the CIS has been given status {status:No} for {sdps:Names}")
def _given(answers: Answers, status: str, sdps: list[str]) -> None:
    answers.check_given(status, sdps)


@seen("the CIS has been given status {status:No} for {sdps:Names} in {number:Number} responses")
def _given_often(answers: Answers, status: str, sdps: list[str], number: int) -> None:
    answers.check_given(status, sdps, number)


@seen("the CIS has been given a {report:FileType} that lists {sdps:Names}")
def _listed(answers: Answers, report: str, sdps: list[str]) -> None:
    answers.check_listed(report, sdps)


@done(
    '"{ldc:Name}" hears that the problems with quantities of {sdps:Names} from {first:Day} to {last:Day} are corrected'
)
def _corrected(requests_of_cis: RequestDesk, ldc: str, sdps: list[str], first: str, last: str) -> None:
    day = requests_of_cis.business.billed_day
    requests_of_cis.correct(ldc, sdps, day(first), day(last))


@done('"{ldc:Name}" hears that the problems with quantities of all SDPs from {first:Day} to {last:Day} are corrected')
def _all_corrected(requests_of_cis: RequestDesk, ldc: str, first: str, last: str) -> None:
    day = requests_of_cis.business.billed_day
    requests_of_cis.correct(ldc, [], day(first), day(last))


@done('"{ldc:Name}" decides to bill {sdps:Names} again, from {first:Day} to {last:Day}')
def _bills_again(requests_of_cis: RequestDesk, ldc: str, sdps: list[str], first: str, last: str) -> None:
    day = requests_of_cis.business.billed_day
    requests_of_cis.decide(ldc, sdps, day(first), day(last), rebill=True)


@done('"{ldc:Name}" decides not to bill {sdps:Names} again, from {first:Day} to {last:Day}')
def _bills_no_more(requests_of_cis: RequestDesk, ldc: str, sdps: list[str], first: str, last: str) -> None:
    day = requests_of_cis.business.billed_day
    requests_of_cis.decide(ldc, sdps, day(first), day(last), rebill=False)


@seen("since {time:Moment} the CIS has asked again for exactly these quantities")
def _asked_again(requests_of_cis: RequestDesk, time: ClockTime, datatable: list[list[str]]) -> None:
    periods = requests_of_cis.periods(words.table(datatable))
    requests_of_cis.check_asked_again(periods, time.at_or_before(requests_of_cis.seat.now))


@seen("since {time:Moment} the CIS has asked for no quantities")
def _asked_nothing_since(requests_of_cis: RequestDesk, time: ClockTime) -> None:
    requests_of_cis.check_nothing_asked(time.at_or_before(requests_of_cis.seat.now))
