"""Where a report lacks a difference, what is shown of it is what is most like the one that is missing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.interface.profile import load_profile
from harness.stage.chapters import sync_reports
from harness.stage.chapters.sync_reports import Difference, check_contains, check_differences
from harness.suite.verdicts import Unmet


def ended(sdp: str, attribute: str, day: str = "2011-01-12") -> Difference:
    return Difference("SDP", sdp, attribute, day, "", "C1", "")


def observed(monkeypatch: pytest.MonkeyPatch, missing: Difference, *listed: Difference) -> str:
    """What is said of a report that lists some differences, and lacks one."""
    monkeypatch.setattr(sync_reports, "differences", lambda _: sorted(listed))
    found = cast("Any", SimpleNamespace(profile=load_profile(), file=SimpleNamespace(name="IR06")))
    with pytest.raises(Unmet) as caught:
        check_contains(found, [missing])
    return caught.value.observed


MISSING = ended("111", "billing_cycle_id")


def test_of_a_report_that_lists_the_attribute_otherwise_that_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    otherwise = ended("111", "billing_cycle_id", "2011-01-13")
    said = observed(monkeypatch, MISSING, ended("111", "city"), otherwise, ended("222", "billing_cycle_id"))
    assert said == "billing_cycle_id of SDP 111 from 2011-01-13: C1 -> nothing; differences in all: 3"


def test_of_a_report_that_does_not_list_the_attribute_what_it_says_of_the_sdp_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = observed(monkeypatch, MISSING, ended("111", "city"), ended("222", "billing_cycle_id"))
    assert said == "city of SDP 111 from 2011-01-12: C1 -> nothing; differences in all: 2"


def test_of_a_report_that_does_not_name_the_sdp_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said = observed(monkeypatch, MISSING, ended("222", "billing_cycle_id"))
    assert said == "nothing of SDP 111; differences in all: 1"
    assert observed(monkeypatch, MISSING) == "nothing of SDP 111"


def test_what_is_missing_not_expected_and_listed_twice_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    city, cycle, other = ended("111", "city"), ended("111", "billing_cycle_id"), ended("222", "city")
    monkeypatch.setattr(sync_reports, "differences", lambda _: sorted([city, city, other]))
    content = SimpleNamespace(details=())
    found = SimpleNamespace(profile=load_profile(), file=SimpleNamespace(name="IR06"), content=content)
    with pytest.raises(Unmet) as caught:
        check_differences(cast("Any", found), [city, cycle])
    assert caught.value.observed == (
        "missing: billing_cycle_id of SDP 111 from 2011-01-12: C1 -> nothing; "
        "not expected: city of SDP 222 from 2011-01-12: C1 -> nothing; "
        "more than once: city of SDP 111 from 2011-01-12: C1 -> nothing"
    )
