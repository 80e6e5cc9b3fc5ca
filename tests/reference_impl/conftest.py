"""What the tests of the reference share: the workshop's profile, and hypothesis without chance or clock."""

from __future__ import annotations

import hypothesis
import pytest

from harness.interface.profile import Profile, load_profile

hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, database=None, max_examples=60)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()
