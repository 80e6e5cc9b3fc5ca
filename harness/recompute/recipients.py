"""Who received a response: quantities go to the billing agent, and 08 to whoever is not (BSV-05, BSV-08).

Whose relationship counts, on which day, is not said (AMB-26). Who is the billing agent by one reading and not by
another may have received either; and where the master data names none, nothing is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.interface.profile import EITHER, Profile
from harness.recompute.delivered import NO_DAY, Responses
from harness.recompute.master_data import days_since_1970
from harness.recompute.quantities import OfSdps
from harness.recompute.requests import Requests

_ON_LAST_DAY, _WHEN_ANSWERED = "last-day-of-period", "when-answered"


class Received(NamedTuple):
    """Of records, bool ``[record]``: whether their recipient is the billing agent by every reading, or by none."""

    by_agent: NDArray[np.bool_]
    by_another: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BillingAgents:
    """The billing agents of some SDPs.

    :param place: of each request's SDP.
    :param readings: those of AMB-26 that may be taken.
    """

    agents: OfSdps
    place: NDArray[np.int64]
    readings: Sequence[str]

    def received(self, requests: Requests, records: Responses, request: NDArray[np.int64]) -> Received:
        """Who received records.

        :param request: the request of each record.
        """
        recipients = records.texts["recipient"]
        numbers = {name: number for number, name in enumerate(self.agents.values)}
        recipient = np.array([numbers.get(name, -2) for name in recipients] or [-2], dtype=np.int64)[records.file]
        answered = np.array([_day(text) for text in records.texts["created"]] or [NO_DAY], dtype=np.int64)[records.file]
        days = {_ON_LAST_DAY: requests.end[request].astype(np.int64) - 1, _WHEN_ANSWERED: answered}
        found = [self.agents.on(self.place[request], days[reading]) for reading in self.readings]
        known = np.logical_and.reduce([agent >= 0 for agent in found])
        agreeing = [known & (agent == recipient) for agent in found]
        return Received(np.logical_and.reduce(agreeing), known & ~np.logical_or.reduce(agreeing))


def readings_of_agents(profile: Profile) -> tuple[str, ...]:
    """The readings of AMB-26 that are right under a profile."""
    taken = profile.readings["AMB-26"]
    return (_ON_LAST_DAY, _WHEN_ANSWERED) if taken == EITHER else (taken,)


def _day(created: str) -> int:
    """The day of a file's date and time; one that nobody is an agent on, where it says none."""
    try:
        return days_since_1970(date.fromisoformat(created[:8]))
    except ValueError:
        return NO_DAY
