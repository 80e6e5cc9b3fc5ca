"""What the tests of the interface share: the workshop's profile."""

from __future__ import annotations

import pytest

from harness.interface.profile import Profile, load_profile


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()
