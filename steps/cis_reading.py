"""What a CIS under test says it has understood of quantities, and responses that say something else of them."""

from __future__ import annotations

import pytest

from harness.stage import words
from harness.stage.chapters.cis_billing_responses import Answers
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_post import PostOffice
from harness.stage.chapters.cis_reading import ReadingDesk
from steps.vocabulary import done, seen


@pytest.fixture
def reading(business: Business) -> ReadingDesk:
    """Where a CIS is asked what it has understood."""
    return ReadingDesk(business)


@done('the next {file_type:FileType} for the CIS says status {status:No} of "{sdp:Name}"')
def _says_otherwise(post: PostOffice, answers: Answers, file_type: str, status: str, sdp: str) -> None:
    post.restate(file_type, lambda record: answers.is_about(record, sdp), {"transaction_status": status})


@seen('the CIS of "{ldc:Name}" has understood exactly these quantities')
def _understood(reading: ReadingDesk, ldc: str, datatable: list[list[str]]) -> None:
    reading.check_understood(ldc, reading.rows(words.table(datatable)))


@seen('the CIS of "{ldc:Name}" has no quantities of {sdps:Names}')
def _nothing_understood(reading: ReadingDesk, ldc: str, sdps: list[str]) -> None:
    reading.check_nothing_understood(ldc, sdps)


@seen('quantities of {sdps:Names} wait for a person at "{ldc:Name}"')
def _waits(reading: ReadingDesk, sdps: list[str], ldc: str) -> None:
    reading.check_waits(ldc, sdps)
