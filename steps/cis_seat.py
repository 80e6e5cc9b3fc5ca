"""The other seat: whose CIS is under test, what happens in its business, what people tell it to do."""

from __future__ import annotations

import pytest
from pytest_bdd import given

from harness.errors import SuiteMistake
from harness.stage.chapters.assignment import AssignmentDesk
from harness.stage.chapters.cis_business import Business, Happening
from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.master_data import SINCE
from harness.stage.chapters.synchronization import SyncDesk
from harness.stage.conversation import Conversation
from harness.stage.seat import CisConversation
from steps.vocabulary import done, phrase


@pytest.fixture
def seat(conversation: Conversation) -> CisConversation:
    """The conversation, where a CIS is under test."""
    if not isinstance(conversation, CisConversation):
        raise SuiteMistake("no CIS is under test; such a scenario stands in the folder of the CIS")
    return conversation


@pytest.fixture
def business(seat: CisConversation, desk: AssignmentDesk) -> Business:
    """What happens around the CIS."""
    return Business(seat, SyncDesk(seat, desk))


@pytest.fixture
def outbox(seat: CisConversation) -> Outbox:
    """What came out of the CIS."""
    return Outbox(seat)


@given(phrase('the CIS of "{alias:Name}" is under test'))
def _of_an_ldc(seat: CisConversation, alias: str) -> None:
    seat.take_seat(alias, "ldc")


@given(phrase('the CIS of agent "{alias:Name}" is under test'))
def _of_an_agent(seat: CisConversation, alias: str) -> None:
    seat.take_seat(alias, "agent")


# --- what happens ------------------------------------------------------------------------------------


@done('"{ldc:Name}" creates SDPs {sdps:Names}')
def _creates(business: Business, ldc: str, sdps: list[str]) -> None:
    business.create(ldc, sdps)


@done('"{ldc:Name}" has SDPs {sdps:Names}, for which "{agent:Name}" bills')
def _has_for(business: Business, ldc: str, sdps: list[str], agent: str) -> None:
    business.create(ldc, sdps, [Happening(sdp, "billing agent", agent) for sdp in sdps], SINCE)


@done('"{ldc:Name}" creates virtual SDP "{sdp:Name}", which aggregates {components:Names}')
def _creates_virtual(business: Business, ldc: str, sdp: str, components: list[str]) -> None:
    business.create_virtual(ldc, sdp, components)


# --- what people tell the CIS to do ------------------------------------------------------------------


@done('"{ldc:Name}" is told to request Universal SDP IDs')
def _requests_ids(business: Business, ldc: str) -> None:
    business.order_ids(ldc)


@done('"{ldc:Name}" is told to request Universal SDP IDs of {sdps:Names}')
def _requests_ids_of(business: Business, ldc: str, sdps: list[str]) -> None:
    business.order_ids(ldc, sdps)


@done('"{ldc:Name}" is told to synchronize')
def _synchronizes(business: Business, ldc: str) -> None:
    business.order("synchronize", ldc)


@done("the CIS and the MDM/R have come to rest")
def _at_rest(seat: CisConversation) -> None:
    seat.come_to_rest()
