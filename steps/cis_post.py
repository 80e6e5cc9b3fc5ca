"""The post between a CIS under test and the MDM/R: what becomes of the next file of a type."""

from __future__ import annotations

import pytest

from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_post import PostOffice
from steps.vocabulary import done


@pytest.fixture
def post(business: Business) -> PostOffice:
    """Where orders for the post are given."""
    return PostOffice(business)


@done("the next {file_type:FileType} for the CIS gets lost")
def _lost(post: PostOffice, file_type: str) -> None:
    post.lose(file_type, "cis")


@done("the next {file_type:FileType} for the CIS comes {minutes:Number} minutes late")
def _late(post: PostOffice, file_type: str, minutes: int) -> None:
    post.delay(file_type, "cis", minutes)


@done("the next {file_type:FileType} for the CIS comes cut short")
def _cut(post: PostOffice, file_type: str) -> None:
    post.cut(file_type, "cis")


@done("the next {file_type:FileType} for the CIS comes cut short, and so does every one after it")
def _cut_from_now_on(post: PostOffice, file_type: str) -> None:
    post.cut_from_now_on(file_type, "cis")


@done("the next {file_type:FileType} for the CIS comes cut short, and {minutes:Number} minutes later whole")
def _cut_then_whole(post: PostOffice, file_type: str, minutes: int) -> None:
    post.cut_then_whole(file_type, "cis", minutes)


@done("the next {file_type:FileType} for the CIS lists its records in the opposite order")
def _reversed(post: PostOffice, file_type: str) -> None:
    post.reverse(file_type, "cis")


@done('the next response for the CIS says "{status:Name}" of "{sdp:Name}"')
def _answers_otherwise(post: PostOffice, status: str, sdp: str) -> None:
    post.answer_otherwise(sdp, status)
