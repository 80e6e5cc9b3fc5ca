"""What the business around a CIS does about synchronization: SDPs that are served already, sets that are ordered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harness.interface.instants import Instant, iso, later
from harness.stage.chapters.cis_business import Business, Happening
from harness.stage.chapters.cis_sync_directory import Library
from harness.stage.chapters.master_data import SINCE
from harness.suite.verdicts import Unmet

_WAITS = 8
"""So many answers of a CIS it may take, at most, until what an LDC has long served is known to the MDM/R."""


class SyncRoom:
    """Where people see to it that the MDM/R knows what the LDC has on record."""

    def __init__(self, business: Business, library: Library) -> None:
        self.business = business
        self.library = library
        self.seat = business.seat

    def serve(self, ldc: str, sdps: Sequence[str], changes: Iterable[Happening] = ()) -> None:
        """Let an LDC have SDPs that it has served since long before the scenario, and that the MDM/R knows.

        :raises Unmet: the CIS has not had them synchronized.
        """
        self.seat.begin_before(_WAITS)
        self.business.create(ldc, sdps, changes, since=SINCE)
        self.make_known(ldc)
        self.seat.let_the_week_begin()

    def make_known(self, ldc: str) -> None:
        """Let the CIS ask for the Universal SDP IDs that are missing, and synchronize.

        :raises Unmet: an SDP of the LDC is not known to the MDM/R after that.
        """
        self.business.order_ids(ldc)
        self.seat.come_to_rest()
        self.business.order("synchronize", ldc)
        self.library.let_come()
        known = self.library.sdp_ids(ldc)
        if missing := sorted(self.business.created.get(ldc, set()) - known):
            raise Unmet(f"the MDM/R knows all SDPs of {ldc!r} by {iso(self.seat.now)}", f"not {', '.join(missing)}")

    def give_time(self) -> None:
        """Let twice the wait-time pass after what the CIS has to send by now: by then the MDM/R has rejected it."""
        self.seat.let_answer()
        self.seat.settle(later(self.seat.now, minutes=2 * int(self.seat.setting.value("set_wait_time_minutes"))))
        self.library.let_come()

    def schedule_audit(self, ldc: str, moment: Instant) -> None:
        """Let people tell the CIS to extract a P-Sync at an instant."""
        self.business.order("audit", ldc, at=iso(moment))

    def correct(self, ldc: str) -> None:
        """Let people tell the CIS that the cause of whatever was refused is put right."""
        self.business.order("problem_corrected", ldc, sdp_ids=[], what="the problem is put right")


def happenings(rows: Iterable[Mapping[str, str]]) -> list[Happening]:
    """The rows of a table of changes."""
    return [Happening(row["of"], row["attribute"], row["value"], row.get("from") or "today") for row in rows]
