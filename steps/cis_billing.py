"""Quantities as people at an LDC order them, and as its CIS asks for them."""

from __future__ import annotations

import pytest

from harness.stage import words
from harness.stage.chapters.assignment import AssignmentDesk
from harness.stage.chapters.cis_billing import RequestDesk
from harness.stage.chapters.cis_billing_responses import Answers
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.cis_requests import IdDesk
from harness.stage.words import ClockTime
from steps.vocabulary import done, seen


@pytest.fixture
def requests_of_cis(business: Business, outbox: Outbox, id_desk: IdDesk) -> RequestDesk:
    """What people order about quantities, and what the CIS asks for."""
    return RequestDesk(business, outbox, id_desk)


@pytest.fixture
def answers(requests_of_cis: RequestDesk, desk: AssignmentDesk) -> Answers:
    """What the CIS is given of quantities."""
    return Answers(requests_of_cis, desk)


# --- what a scenario finds ---------------------------------------------------------------------------


@done('"{sdp:Name}" is metered at {wh:Number} Wh each hour from {first:Day} to {last:Day}')
def _metered(answers: Answers, business: Business, sdp: str, wh: int, first: str, last: str) -> None:
    answers.meter(sdp, wh, business.billed_day(first), business.billed_day(last))


# --- what people order -------------------------------------------------------------------------------


@done('"{ldc:Name}" is told to request quantities of {sdps:Names} from {first:Day} to {last:Day}, {cycle:Cycle}')
def _ordered(requests_of_cis: RequestDesk, ldc: str, sdps: list[str], first: str, last: str, cycle: str) -> None:
    day = requests_of_cis.business.billed_day
    requests_of_cis.order(ldc, sdps, day(first), day(last), cycle)


@done('"{ldc:Name}" is told that the {number:Ordinal} response about "{sdp:Name}" got lost')
def _lost(requests_of_cis: RequestDesk, answers: Answers, ldc: str, number: int, sdp: str) -> None:
    requests_of_cis.order_recovery(ldc, [sdp], answers.delivery(sdp, number)[0])


@done('"{ldc:Name}" is told that the {number:Ordinal} responses about {sdps:Names} got lost')
def _all_lost(requests_of_cis: RequestDesk, answers: Answers, ldc: str, number: int, sdps: list[str]) -> None:
    requests_of_cis.order_recovery(ldc, sdps, max(answers.delivery(sdp, number)[0] for sdp in sdps))


# --- what the CIS asked for --------------------------------------------------------------------------


@seen("the CIS has asked for exactly these quantities")
def _asked(requests_of_cis: RequestDesk, datatable: list[list[str]]) -> None:
    requests_of_cis.check_asked(requests_of_cis.periods(words.table(datatable)))


@seen("the CIS has asked for no quantities of {sdps:Names}")
def _asked_none_of(requests_of_cis: RequestDesk, sdps: list[str]) -> None:
    requests_of_cis.check_not_asked(sdps)


@seen("the CIS has asked for quantities of {sdps:Names} up to {last:Day}")
def _asked_up_to(requests_of_cis: RequestDesk, sdps: list[str], last: str) -> None:
    requests_of_cis.check_asked_up_to(sdps, requests_of_cis.business.billed_day(last))


@seen("the CIS has asked for no day of {sdps:Names} twice")
def _asked_once(requests_of_cis: RequestDesk, sdps: list[str]) -> None:
    requests_of_cis.check_asked_once(sdps)


@seen('the CIS has asked for the {number:Ordinal} response about "{sdp:Name}" as it was delivered, and for no other')
def _recovers(requests_of_cis: RequestDesk, answers: Answers, number: int, sdp: str) -> None:
    requests_of_cis.check_recovers(sdp, *answers.delivery(sdp, number))


@seen('since {time:Moment} the CIS has asked for the {number:Ordinal} response about "{sdp:Name}" as it was delivered')
def _recovers_since(requests_of_cis: RequestDesk, answers: Answers, time: ClockTime, number: int, sdp: str) -> None:
    since = time.at_or_before(requests_of_cis.seat.now)
    requests_of_cis.check_recovered_since(sdp, *answers.delivery(sdp, number), since)


@seen("no request of the CIS asks for an earlier response")
def _recovers_nothing(requests_of_cis: RequestDesk) -> None:
    requests_of_cis.check_recovers_nothing()
