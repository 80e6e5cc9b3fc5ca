"""Interval data as tables: how the columns are called, and what may stand in them.

Meter data comes from outside the interfaces of the workshop, so that the layouts are ours. There are two of intervals.
``long`` has a row for each interval: SDP, the instant at which it begins, minutes, Wh and validation status, and varh
where reactive energy is metered. ``days`` has a row for each SDP and EST day: lists of Wh and statuses, and of varh,
with as many entries as the day has intervals. Register reads have a row each: SDP, instant, dial units.
"""

from __future__ import annotations

from collections.abc import Mapping

SDP = "universal_sdp_id"
START = "start"
DAY = "day"
MINUTES = "minutes"
WH = "wh"
KWH = "kwh"
STATUS = "status"
VARH = "varh"
INSTANT = "instant"
READING = "reading"

LAYOUTS: Mapping[str, tuple[str, ...]] = {"long": (SDP, START, MINUTES, WH, STATUS), "days": (SDP, DAY, WH, STATUS)}
"""The columns that a layout must have. ``kwh`` may stand for ``wh``, and ``days`` may say its minutes."""

LENGTHS = (5, 15, 30, 60)
"""Minutes that an interval may have."""
MINUTES_OF_DAY = 24 * 60
LARGEST = 2**31 - 1
"""The most Wh or varh of an interval."""
