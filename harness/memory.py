"""How often a process of ours looks for garbage in cycles: seldom.

Next to nothing that conversations leave behind is in cycles, and what stays (features, catalogue, profiles) would be
looked through again and again: a tenth of the time of a run.
"""

from __future__ import annotations

import gc

OBJECTS = 20_000
"""So many objects that may be in cycles are made, beyond those that are gone, before it is looked for them."""
TIMES = 20
"""So often it is looked among the young ones before it is looked among those that have stayed a while, or long."""


def look_seldom() -> None:
    """Let this process look seldom."""
    gc.set_threshold(OBJECTS, TIMES, TIMES)
