"""What the names of a CIS's files say of file sets: TX_ID, file number, segment number."""

from __future__ import annotations

import pytest

from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.cis_set_names import SetNames
from harness.stage.chapters.cis_sync_sets import SetDesk
from steps.vocabulary import seen


@pytest.fixture
def set_names(set_desk: SetDesk) -> SetNames:
    """The names of the files of sets."""
    return SetNames(set_desk)


@seen("each {file_type:FileType} of the CIS carries TX_ID, file number and segment number in its name")
def _carries(outbox: Outbox, file_type: str) -> None:
    outbox.check_set_elements(file_type, carried=True)


@seen("no {file_type:FileType} of the CIS carries TX_ID, file number and segment number in its name")
def _carries_none(outbox: Outbox, file_type: str) -> None:
    outbox.check_set_elements(file_type, carried=False)


@seen('a TX_ID of its own groups the files of each set of "{ldc:Name}"')
def _grouped(set_names: SetNames, ldc: str) -> None:
    set_names.check_grouped(ldc)


@seen('each file of the sets of "{ldc:Name}" has a file number that there is')
def _file_numbers(set_names: SetNames, ldc: str) -> None:
    set_names.check_file_numbers(ldc)


@seen('each file that "{ldc:Name}" has sent as one segment is segment 01')
def _only_segments(set_names: SetNames, ldc: str) -> None:
    set_names.check_only_segments(ldc)
