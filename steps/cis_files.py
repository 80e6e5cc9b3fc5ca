"""What came out of a CIS under test: its files, their names, what it asked for and what it synchronized."""

from __future__ import annotations

import pytest

from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.cis_requests import IdDesk
from harness.stage.words import ClockTime
from steps.vocabulary import seen


@pytest.fixture
def id_desk(business: Business, outbox: Outbox) -> IdDesk:
    """What the CIS does about Universal SDP IDs."""
    return IdDesk(business, outbox)


@seen("the CIS has submitted no {file_type:FileType}")
def _submitted_none(outbox: Outbox, file_type: str) -> None:
    outbox.not_submitted(file_type)


@seen("since {time:Moment} the CIS has submitted no {file_type:FileType}")
def _submitted_none_since(outbox: Outbox, time: ClockTime, file_type: str) -> None:
    outbox.not_submitted_since(file_type, time.at_or_before(outbox.seat.now))


@seen('of "{ldc:Name}" the CIS has submitted nothing but {file_type:FileType}')
def _nothing_but(outbox: Outbox, ldc: str, file_type: str) -> None:
    outbox.check_nothing_but(ldc, [file_type])


@seen('of "{ldc:Name}" the CIS has submitted nothing but {one:FileType} and {other:FileType}')
def _nothing_but_two(outbox: Outbox, ldc: str, one: str, other: str) -> None:
    outbox.check_nothing_but(ldc, [one, other])


@seen('each {file_type:FileType} of the CIS is named after "{ldc:Name}" as its LDC, then after the one who submits it')
def _named(outbox: Outbox, file_type: str, ldc: str) -> None:
    outbox.check_names(file_type, ldc)


@seen("each {file_type:FileType} of the CIS is of version {version}")
def _of_version(outbox: Outbox, file_type: str, version: str) -> None:
    outbox.check_version(file_type, version)


@seen('the CIS has asked for Universal SDP IDs of {sdps:Names} of "{ldc:Name}"')
def _asked_for(id_desk: IdDesk, sdps: list[str], ldc: str) -> None:
    id_desk.check_requested(ldc, sdps)


@seen("the CIS has synchronized {sdps:Names} under the Universal SDP IDs that they were given")
def _synchronized(id_desk: IdDesk, sdps: list[str]) -> None:
    id_desk.check_synchronized(sdps)


@seen('the CIS has synchronized {sdps:Names} of "{ldc:Name}" under the Universal SDP IDs that they were given')
def _synchronized_of(id_desk: IdDesk, sdps: list[str], ldc: str) -> None:
    id_desk.check_synchronized(sdps, ldc)


@seen("no file set of the CIS speaks of an SDP without the Universal SDP ID that it was given")
def _nothing_without_id(id_desk: IdDesk) -> None:
    id_desk.check_nothing_without_id()


@seen('in the file sets of the CIS each SDP ID of "{ldc:Name}" has one Universal SDP ID alone')
def _told_apart(id_desk: IdDesk, ldc: str) -> None:
    id_desk.check_told_apart(ldc)


@seen('each line of the requests of the CIS names "{ldc:Name}" as the LDC, and one of its SDP IDs')
def _lines(id_desk: IdDesk, ldc: str) -> None:
    id_desk.check_lines(ldc)


@seen('the CIS has asked once for a Universal SDP ID of "{sdp:Name}"')
def _asked_once(id_desk: IdDesk, sdp: str) -> None:
    id_desk.check_asked_times(sdp, 1)


@seen('the CIS has asked twice for a Universal SDP ID of "{sdp:Name}"')
def _asked_twice(id_desk: IdDesk, sdp: str) -> None:
    id_desk.check_asked_times(sdp, 2)


@seen('the CIS has asked three times for a Universal SDP ID of "{sdp:Name}"')
def _asked_three_times(id_desk: IdDesk, sdp: str) -> None:
    id_desk.check_asked_times(sdp, 3)
