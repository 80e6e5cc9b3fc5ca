"""The sequence of a CIS's file sets: numbers and waiting."""

from __future__ import annotations

import pytest

from harness.stage.chapters.cis_sync_business import SyncRoom
from harness.stage.chapters.cis_sync_sequence import SequenceDesk
from harness.stage.chapters.cis_sync_sets import SetDesk
from steps.vocabulary import done, seen


@pytest.fixture
def sequence_desk(set_desk: SetDesk) -> SequenceDesk:
    """The numbers and times of file sets."""
    return SequenceDesk(set_desk)


@done("the file sets of the CIS have had their time")
def _had_time(sync_room: SyncRoom) -> None:
    sync_room.give_time()


@seen('the file sets of "{ldc:Name}" are numbered one after the other from {number:Number}')
def _numbered(sequence_desk: SequenceDesk, ldc: str, number: int) -> None:
    sequence_desk.check_numbered(ldc, number)


@seen('the file sets of "{ldc:Name}" are numbered one after the other from the first that was expected')
def _numbered_from_the_first(sequence_desk: SequenceDesk, ldc: str) -> None:
    sequence_desk.check_numbered(ldc, sequence_desk.seat.first_number(ldc))


@seen("the file sets that the CIS has sent are numbered one after the other from {number:Number}")
def _numbered_together(sequence_desk: SequenceDesk, number: int) -> None:
    sequence_desk.check_numbered_together(number)


@seen('the numbers of "{ldc:Name}", from the first that was expected on, have no gap, and none is used twice')
def _goes_on_from_the_first(sequence_desk: SequenceDesk, ldc: str) -> None:
    sequence_desk.check_goes_on(ldc, sequence_desk.seat.first_number(ldc))


@seen('the numbers of "{ldc:Name}" from {number:Number} on have no gap, and none is used twice')
def _goes_on(sequence_desk: SequenceDesk, ldc: str, number: int) -> None:
    sequence_desk.check_goes_on(ldc, number)


@seen('each file set of "{ldc:Name}" has left whole within the wait-time')
def _whole_in_time(sequence_desk: SequenceDesk, ldc: str) -> None:
    sequence_desk.check_whole_in_time(ldc)


@seen('no file set of "{ldc:Name}" has waited for the one before it longer than the wait-time')
def _predecessors(sequence_desk: SequenceDesk, ldc: str) -> None:
    sequence_desk.check_predecessors_in_time(ldc)
