"""Synchronization from a CIS's seat: what changes in the business, what is ordered, what the MDM/R knows by then."""

from __future__ import annotations

import pytest
from pytest_bdd import given

from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.cis_sync_business import SyncRoom, happenings
from harness.stage.chapters.cis_sync_directory import Library, known_rows
from harness.stage.chapters.cis_sync_sets import SetDesk
from harness.stage.chapters.file_sets import Kind
from harness.stage.seat import CisConversation
from harness.stage.words import ClockTime, table
from steps.vocabulary import done, phrase, seen


@pytest.fixture
def set_desk(outbox: Outbox) -> SetDesk:
    """The file sets that came out of the CIS."""
    return SetDesk(outbox)


@pytest.fixture
def library(business: Business, set_desk: SetDesk) -> Library:
    """What the MDM/R knows."""
    return Library(business, set_desk)


@pytest.fixture
def sync_room(business: Business, library: Library) -> SyncRoom:
    """Where the business sees to synchronization."""
    return SyncRoom(business, library)


# --- what is there, and what happens -------------------------------------------------------------------


@given(phrase('"{ldc:Name}" serves SDPs {sdps:Names}, known to the MDM/R'))
def _serves(sync_room: SyncRoom, ldc: str, sdps: list[str]) -> None:
    sync_room.serve(ldc, sdps)


@given(phrase('"{ldc:Name}" serves SDPs {sdps:Names}, known to the MDM/R, with'))
def _serves_with(sync_room: SyncRoom, ldc: str, sdps: list[str], datatable: list[list[str]]) -> None:
    sync_room.serve(ldc, sdps, happenings(table(datatable)))


@given(phrase('the MDM/R has been told of all SDPs of "{ldc:Name}"'))
def _known(sync_room: SyncRoom, ldc: str) -> None:
    sync_room.make_known(ldc)


@done('"{ldc:Name}" creates {number:Number} SDPs')
def _creates_many(business: Business, ldc: str, number: int) -> None:
    business.create_many(ldc, number)


@done('"{ldc:Name}" creates SDPs {sdps:Names} as of {since:Day}, with')
def _creates_with(business: Business, ldc: str, sdps: list[str], since: str, datatable: list[list[str]]) -> None:
    business.create(ldc, sdps, happenings(table(datatable)), since)


@done('"{ldc:Name}" puts on record')
def _changes(business: Business, ldc: str, datatable: list[list[str]]) -> None:
    business.change(ldc, happenings(table(datatable)))


@done('as of {since:Day}, virtual SDP "{sdp:Name}" of "{ldc:Name}" aggregates {components:Names}')
def _regroups(business: Business, ldc: str, sdp: str, components: list[str], since: str) -> None:
    business.regroup(ldc, sdp, components, since)


@done('"{ldc:Name}" gives up SDPs {sdps:Names} as of {since:Day}')
def _removes(business: Business, ldc: str, sdps: list[str], since: str) -> None:
    business.remove(ldc, sdps, since)


@done('"{ldc:Name}" is told to send a periodic audit')
def _audits(business: Business, ldc: str) -> None:
    business.order("audit", ldc)


@done('"{ldc:Name}" is told to send a periodic audit on {time:Moment}')
def _audits_at(sync_room: SyncRoom, ldc: str, time: ClockTime) -> None:
    sync_room.schedule_audit(ldc, time.at_or_after(sync_room.seat.now))


@done('"{ldc:Name}" is told that the problem is put right')
def _corrected(sync_room: SyncRoom, ldc: str) -> None:
    sync_room.correct(ldc)


@done("the CIS ends, and is started again")
def _restarts(seat: CisConversation) -> None:
    seat.restart()


# --- what is known by then -------------------------------------------------------------------------------


@seen("the MDM/R knows")
def _knows(library: Library, datatable: list[list[str]]) -> None:
    library.check_knows(known_rows(table(datatable)))


@seen("the MDM/R knows, of the days before {end:Day}")
def _knows_before(library: Library, end: str, datatable: list[list[str]]) -> None:
    library.check_knows(known_rows(table(datatable)), before=end)


@seen(
    'the I-Sync set that says "{sdp:Name}" has meter "{meter:Name}" holds its communication module, '
    "and how it belongs to the meter"
)
def _holds_module(library: Library, sdp: str, meter: str) -> None:
    library.check_module(sdp, meter)


@seen('the last {kind:Kind} set of "{ldc:Name}" says')
def _says(library: Library, ldc: str, kind: Kind, datatable: list[list[str]]) -> None:
    library.check_says(ldc, kind, known_rows(table(datatable)))


@seen('the last {kind:Kind} set of "{ldc:Name}" lists {sdps:Names}')
def _lists(library: Library, ldc: str, kind: Kind, sdps: list[str]) -> None:
    library.check_lists(ldc, kind, sdps)


@seen('the last {kind:Kind} set of "{ldc:Name}" lists all its SDPs')
def _lists_all(library: Library, ldc: str, kind: Kind) -> None:
    library.check_lists_all(ldc, kind)


@seen('no P-Sync set of "{ldc:Name}" changes a state that had ended')
def _no_prior_states(library: Library, ldc: str) -> None:
    library.check_no_prior_states(ldc)
