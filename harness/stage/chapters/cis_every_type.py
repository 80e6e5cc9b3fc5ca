"""What people order of a CIS who want a file of every type that organisations submit (FTS-10)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.stage.chapters.cis_billing import RequestDesk
from harness.stage.chapters.cis_billing_schedules import Cycle, ScheduleDesk


def order_every_type(requests: RequestDesk, schedules: ScheduleDesk, ldc: str, sdps: Sequence[str]) -> None:
    """Let people order 1000, 4000, 3000, 5000 and 8000, one after the other, each once the one before is done with."""
    business, seat = requests.business, requests.seat
    business.order_ids(ldc)
    seat.come_to_rest()
    for instruction in ("synchronize", "audit"):
        business.order(instruction, ldc)
        seat.come_to_rest()
    requests.order(ldc, sdps, business.day("7 days ago"), business.day("yesterday"), "off cycle")
    schedules.publish(ldc, [Cycle("C1", business.day("Monday of week 3"), business.day("Sunday of week 4"))])
