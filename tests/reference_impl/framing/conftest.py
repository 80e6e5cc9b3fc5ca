"""Hypothesis without chance or clock, and few examples: each is a few days of several SDPs."""

from __future__ import annotations

import hypothesis

hypothesis.settings.register_profile("framing", derandomize=True, deadline=None, database=None, max_examples=8)
