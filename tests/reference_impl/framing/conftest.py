"""Few examples of hypothesis: each is a few days of several SDPs."""

from __future__ import annotations

import hypothesis

hypothesis.settings.register_profile("framing", hypothesis.settings.get_profile("steady"), max_examples=8)
