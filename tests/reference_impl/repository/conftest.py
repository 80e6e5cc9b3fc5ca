"""What the tests of the reference share: the workshop's profile."""

from __future__ import annotations

import pytest

from harness.interface.profile import Profile, load_profile
from reference_impl.repository import large_sets


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(params=[large_sets.LARGE, 0], ids=["record by record", "by columns"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets are synchronized as small ones are, and as large ones are."""
    monkeypatch.setattr(large_sets, "LARGE", request.param)
