"""The form of a CIS's file sets: files, segments, manifest, headers, and records in their files."""

from __future__ import annotations

import pytest

from harness.stage.chapters.cis_sync_directory import Library
from harness.stage.chapters.cis_sync_form import FormDesk
from harness.stage.chapters.cis_sync_sets import SetDesk
from harness.stage.chapters.file_sets import Kind
from harness.stage.words import ClockTime
from steps.vocabulary import seen


@pytest.fixture
def form_desk(library: Library) -> FormDesk:
    """The form of file sets."""
    return FormDesk(library)


@seen('each file set of "{ldc:Name}" has files 00 to 05, and its manifest lists them')
def _files(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_files(ldc)


@seen('one {kind:Kind} set of "{ldc:Name}" tells of virtual SDP "{sdp:Name}" in file 07')
def _components_file(form_desk: FormDesk, ldc: str, kind: Kind, sdp: str) -> None:
    form_desk.check_components_file(ldc, kind, sdp)


@seen('each file of the sets of "{ldc:Name}" begins with a File Name Record and a File Header Record')
def _headed(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_headed(ldc)


@seen('each file set of "{ldc:Name}" has one manifest')
def _one_manifest(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_one_manifest(ldc)


@seen('the segments of each file of "{ldc:Name}" begin with 01')
def _first_segments(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_first_segments(ldc)


@seen('the manifest of each file set of "{ldc:Name}" lists the segments that were sent, and no other')
def _listed(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_listed(ldc)


@seen('each segment of "{ldc:Name}" holds whole records')
def _whole_records(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_whole_records(ldc)


@seen('the files of each set of "{ldc:Name}" state one Extracted Date Time')
def _one_time(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_one_extracted_time(ldc)


@seen('the last {kind:Kind} set of "{ldc:Name}" was extracted after {time:Moment}, and not later than it left')
def _extracted_after(form_desk: FormDesk, ldc: str, kind: Kind, time: ClockTime) -> None:
    form_desk.check_extracted_after(ldc, kind, time.at_or_before(form_desk.seat.now))


@seen('each file of the sets of "{ldc:Name}" keeps to the format of its number')
def _format(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_layouts(ldc)


@seen('each record of "{ldc:Name}" stands in the file of its kind')
def _in_their_files(form_desk: FormDesk, ldc: str) -> None:
    form_desk.check_in_their_files(ldc)


@seen('the CIS has sent no file set of "{ldc:Name}"')
def _no_set(set_desk: SetDesk, ldc: str) -> None:
    set_desk.check_none(ldc)
