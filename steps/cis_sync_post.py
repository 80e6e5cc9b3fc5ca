"""What the post makes of a CIS's file sets, and of the reports on them: lost, damaged, said otherwise."""

from __future__ import annotations

import pytest

from harness.stage.chapters.cis_post import PostOffice
from harness.stage.chapters.cis_sync_directory import Library
from harness.stage.chapters.cis_sync_post import SetPost
from harness.stage.chapters.cis_sync_sets import SetDesk
from harness.stage.post import then_whole, without_end
from harness.stage.words import table
from steps.vocabulary import done, seen


@pytest.fixture
def set_post(library: Library) -> SetPost:
    """Where orders for the post are given that are about file sets."""
    return SetPost(library)


@done("file {file_no:No} of the next file set of the CIS gets lost")
def _loses(post: PostOffice, file_no: str) -> None:
    post.lose_of_set(file_no)


@done("the last record in file {file_no:No} of the next file set of the CIS is damaged on its way")
def _damaged(set_post: SetPost, file_no: str) -> None:
    set_post.damage(file_no)


@done('the next IR07 for the CIS says that the {attribute} of "{sdp:Name}" could not be updated')
def _not_updated(set_post: SetPost, attribute: str, sdp: str) -> None:
    set_post.fail_update(sdp, attribute)


@done(
    'the next IR07 for the CIS says that the {attribute} of "{sdp:Name}" could not be updated, '
    "and comes without its End Of File record"
)
def _not_updated_and_cut(set_post: SetPost, attribute: str, sdp: str) -> None:
    set_post.fail_update(sdp, attribute, without_end)


@done(
    'the next IR07 for the CIS says that the {attribute} of "{sdp:Name}" could not be updated, '
    "and comes cut short, and {minutes:Number} minutes later whole"
)
def _not_updated_and_whole_later(set_post: SetPost, attribute: str, sdp: str, minutes: int) -> None:
    set_post.fail_update(sdp, attribute, then_whole(minutes))


@done("the next IR07 for the CIS says that these attributes could not be updated")
def _none_updated(set_post: SetPost, datatable: list[list[str]]) -> None:
    set_post.fail_updates([(row["of"], row["attribute"]) for row in table(datatable)])


@done("the next IR14 for the CIS has one warning more")
def _warns(set_post: SetPost) -> None:
    set_post.warn()


@done('the next {report:FileType} for the CIS shows "{shown:Name}" where "{sent:Name}" was sent')
def _shown_otherwise(set_post: SetPost, report: str, shown: str, sent: str) -> None:
    set_post.show_otherwise(report, sent, shown)


@seen('the CIS has sent no file set of "{ldc:Name}" since {report:FileType} showed "{shown:Name}"')
def _none_since(set_desk: SetDesk, ldc: str, report: str, shown: str) -> None:
    set_desk.check_none_since(ldc, report, shown)


@seen('the CIS has told the {attribute} of "{sdp:Name}" again since IR07 named it')
def _told_again(library: Library, attribute: str, sdp: str) -> None:
    library.check_told_again(sdp, attribute)
