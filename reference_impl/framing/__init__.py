"""The framing core: what turns intervals into billing quantities, by framing structure (Energy Purchase Service).

`structures` names the framing structures, `calendar` says which bucket an hour belongs to, `core` sums, and `chunks`
takes any number of SDPs a part at a time. Everything is integers: Wh, varh, W, VA.
"""

from __future__ import annotations

from reference_impl.framing.calendar import BillingCalendar, Bucket, billing_calendar
from reference_impl.framing.chunks import Chunk, Series, framed_chunks, in_chunks
from reference_impl.framing.core import (
    DemandError,
    Rounding,
    Status,
    daily_framed_usage,
    eligible,
    eligible_days,
    hourly_quantities,
    last_eligible,
    peak_apparent_demand,
    peak_demand,
    period_quantities,
    present,
)
from reference_impl.framing.structures import FRAMINGS, Demand, Energy, Framing, Method, Zone, framing_of

__all__ = [
    "FRAMINGS",
    "BillingCalendar",
    "Bucket",
    "Chunk",
    "Demand",
    "DemandError",
    "Energy",
    "Framing",
    "Method",
    "Rounding",
    "Series",
    "Status",
    "Zone",
    "billing_calendar",
    "daily_framed_usage",
    "eligible",
    "eligible_days",
    "framed_chunks",
    "framing_of",
    "hourly_quantities",
    "in_chunks",
    "last_eligible",
    "peak_apparent_demand",
    "peak_demand",
    "period_quantities",
    "present",
]
