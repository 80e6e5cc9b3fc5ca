"""Writes the conversation on docs/adapter-protocol.md anew: the profile as it now is, and what is now answered.

``python tests/port/refresh_protocol_page.py``, after the profile or the reference has learnt something.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from harness.interface.profile import load_profile
from harness.port.naming import opener

PAGE = Path(__file__).parents[2] / "docs" / "adapter-protocol.md"
HEADING = "## A conversation, line by line"


def refreshed(page: str) -> str:
    """The page, with every request and reply of the conversation as they now are, wherever on the page they stand."""
    reference = opener("reference", profile_path=None, time_limit=10)()
    for request, reply in re.findall(r"^→ (.+)\n← (.+)$", page.partition(HEADING)[2], re.MULTILINE):
        now = with_profile(json.loads(request))
        page = page.replace(f"→ {request}\n← {reply}", f"→ {json.dumps(now)}\n← {json.dumps(reference.exchange(now))}")
    return page


def with_profile(request: Any) -> Any:
    if "profile" in request:
        profile = load_profile(None)
        stated = {"values": dict(profile.values), "readings": dict(profile.readings)}
        request["profile"] = {"name": profile.name, "hash": profile.hash, **stated}
    return request


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
