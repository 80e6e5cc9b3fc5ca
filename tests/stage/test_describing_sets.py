"""What a feature lets a set describe is written into it, or is a mistake of the feature."""

from __future__ import annotations

from typing import Any, cast

import pytest

from harness.errors import SuiteMistake
from harness.stage.chapters.file_sets import Draft
from harness.stage.chapters.master_data import attribute
from harness.stage.chapters.synchronization import Change, SyncDesk


def described(*different: Change) -> Draft:
    """A set of which nothing is written yet, that describes Mill and Depot but for some changes."""
    nothing = cast("Any", None)
    draft = Draft("I-Sync", 7, "Lakeside", "Lakeside", "4711")
    SyncDesk(nothing, nothing).describe(draft, ("Mill", "Depot"), different)
    return draft


def test_a_row_about_an_sdp_that_is_described_or_a_meter_of_it_is_taken() -> None:
    draft = described(
        Change("Mill", attribute("city"), "Milton"),
        Change("Depot meter", attribute("communication module"), "M7"),
        Change("Mill", attribute("meter"), "Second"),
        Change("Second", attribute("communication module"), "M8"),
    )
    assert len(draft.plans) == 1


@pytest.mark.parametrize("of", ["School", "School meter", "Second"])
def test_a_row_about_anything_else_is_a_mistake_of_the_feature(of: str) -> None:
    with pytest.raises(SuiteMistake, match=f"describes Mill, Depot tells nothing of '{of}'"):
        described(Change("Mill", attribute("city"), "Milton"), Change(of, attribute("city"), "Oakville"))
