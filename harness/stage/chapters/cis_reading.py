"""What a CIS under test says it has understood of quantities, held to what it was given (SUM-07, FTS-16).

It is asked, and asked alone: in no file can be seen what it made of a response.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day, iso
from harness.stage.chapters.cis_business import Business
from harness.suite.verdicts import Unmet

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Understood:
    """Quantities of a sub-period as a CIS should have understood them.

    :param days: first and last day, as they stand in an answer.
    :param status: as it was delivered.
    :param wh: the energy in watt-hours; None where it may be stated or not.
    """

    sdp: str
    days: tuple[str, str]
    status: str
    wh: int | None = None

    def has(self, found: Mapping[str, Any]) -> bool:
        """Whether an answer of a CIS is about days of the period."""
        return bool(self.days[0] <= found["first_day"] and found["last_day"] <= self.days[1])

    def __str__(self) -> str:
        energy = "" if self.wh is None else f", {self.wh} Wh"
        return f"{self.sdp!r} from {self.days[0]} to {self.days[1]} with status {self.status}{energy}"


class ReadingDesk:
    """Asks a CIS what it has understood."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self.seat = business.seat

    def rows(self, table: Sequence[Mapping[str, str]]) -> list[Understood]:
        """The rows of a table: SDP, first day, last day, status, and where it is of interest the energy in Wh."""
        day = self.business.billed_day
        return [
            Understood(
                row["SDP"],
                (day(row["first day"]).isoformat(), day(row["last day"]).isoformat()),
                row["status"],
                int(row["Wh"]) if row.get("Wh") else None,
            )
            for row in table
        ]

    def quantities(self, ldc: str, sdp: str) -> list[Mapping[str, Any]]:
        """What the CIS says of the quantities of an SDP, once it has had its time."""
        self.seat.let_answer()
        sdp_id = self.business.sdp_id(sdp)
        return [each for each in self.seat.ask("quantities", ldc) if each["sdp_id"] == sdp_id]

    def check_understood(self, ldc: str, rows: Sequence[Understood]) -> None:
        """The CIS knows exactly these quantities of the SDPs that are named, a period whole or in parts that meet.

        :raises Unmet: some are missing, are too many, or have another status or energy.
        """
        for sdp in dict.fromkeys(row.sdp for row in rows):
            found = sorted(self.quantities(ldc, sdp), key=lambda each: (each["first_day"], each["last_day"]))
            wanted = [row for row in rows if row.sdp == sdp]
            parts = [[each for each in found if row.has(each)] for row in wanted]
            if sum(map(len, parts)) != len(found) or not all(map(_fits, wanted, parts)):
                expected = f"at {iso(self.seat.now)}: {'; '.join(map(str, wanted))}"
                raise Unmet(expected, "; ".join(map(_shown, found)) or f"no quantities of {sdp!r}")

    def check_nothing_understood(self, ldc: str, sdps: Sequence[str]) -> None:
        """:raises Unmet: the CIS has quantities of some SDPs."""
        for sdp in sdps:
            if found := self.quantities(ldc, sdp):
                raise Unmet(f"no quantities of {sdp!r} at {iso(self.seat.now)}", "; ".join(map(_shown, found)))

    def check_waits(self, ldc: str, sdps: Sequence[str]) -> None:
        """What was delivered of some SDPs waits for a person.

        :raises Unmet: nothing of one of them does.
        """
        self.seat.let_answer()
        matters = self.seat.ask("open_matters", ldc)
        for sdp in sdps:
            if not any(matter["sdp_id"] == self.business.sdp_id(sdp) for matter in matters):
                listed = "; ".join(f"{matter['sdp_id'] or 'no SDP'}: {matter['says']}" for matter in matters)
                raise Unmet(f"an open matter about {sdp!r} at {iso(self.seat.now)}", listed or "no open matter")


def _fits(wanted: Understood, parts: Sequence[Mapping[str, Any]]) -> bool:
    """Whether parts of a period meet, make it up, and say of it together what they should."""
    starts = [part["first_day"] for part in parts]
    ends = [(Day(date.fromisoformat(part["last_day"])) + ONE_DAY).isoformat() for part in parts]
    meet = bool(parts) and starts[1:] == ends[:-1] and (starts[0], parts[-1]["last_day"]) == wanted.days
    energies = [part["wh"] for part in parts]
    energy = None if None in energies else sum(energies)
    return meet and {part["status"] for part in parts} == {wanted.status} and wanted.wh in {None, energy}


def _shown(found: Mapping[str, Any]) -> str:
    energy = "no energy" if found["wh"] is None else f"{found['wh']} Wh"
    return f"from {found['first_day']} to {found['last_day']} with status {found['status']}, {energy}"
