"""Of whom a CIS speaks: SDP IDs of its LDCs in requests, Universal SDP IDs that it was given in file sets.

Rules USDP-01, USDP-15 and USDP-17 from the CIS's side, BSV-08 and BSV-09 of requests for quantities. What the business
tells the CIS says which SDPs an LDC has, and who is their billing agent; responses that came whole say which IDs they
were given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from harness.interface.files import Reading, Record
from harness.referee.case import Case, Check, Letter, Received
from harness.referee.given_reading import hold_records, issued
from harness.referee.stream import Loaded

_IDS = ("universal_sdp_id", "component_universal_sdp_id")


class GivenIdsCheck(Check):
    """Holds what a CIS says of SDPs to what it was told of them."""

    situations: ClassVar[Mapping[str, str]] = {
        "ids/request of several LDCs": "A CIS that works for several LDCs asks for Universal SDP IDs.",
        "ids/set after a response": "A file set speaks of an SDP whose Universal SDP ID has come.",
        "ids/request before the response": "SDPs are asked for, and no response has come yet.",
        "ids/quantities where the billing agent changes": "Quantities are asked for of an SDP that had several.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._sdps: dict[str, set[str]] = defaultdict(set)
        self._issued: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._sdp_of: dict[str, tuple[str, str]] = {}
        self._told_of: dict[tuple[str, str], str] = {}
        self._agents: dict[tuple[str, str], list[tuple[date, str | None]]] = defaultdict(list)

    def loaded(self, loaded: Loaded) -> None:
        for event in loaded.data.get("events", ()):
            self._happened(event)

    def _happened(self, event: Mapping[str, Any]) -> None:
        sdp, since = (event["ldc"], event["sdp_id"]), date.fromisoformat(event["effective"])
        if event["event"] == "sdp_created":
            self._sdps[event["ldc"]].add(event["sdp_id"])
            self._agents[sdp].append((since, event["attributes"].get("billing_agent")))
        elif event["event"] == "billing_agent_changed":
            self._agents[sdp].append((since, event["organisation"]))

    def arrived(self, letter: Letter) -> None:
        """Take the Universal SDP IDs of a response that came whole."""
        for universal, sdp in issued(letter):
            self._issued[sdp].add(universal)
            self._sdp_of[universal] = sdp

    def received(self, received: Received) -> None:
        if received.admission.verdict == "refused" or not self.case.opening.from_the_beginning:
            return
        if received.type == "1000":
            self._check_request(received)
        elif received.type == "5000":
            self._check_quantities(received)
        elif received.type in {"3000", "4000"}:
            self._check_set_file(received)

    # --- requests for IDs (USDP-01) --------------------------------------------------------------------------

    def _check_request(self, received: Received) -> None:
        own, wrong = self._sdps[received.ldc], []
        if len(self._sdps) > 1:
            self.case.meet("ids/request of several LDCs")
        if not self._issued:
            self.case.meet("ids/request before the response")
        for record in _details(self.case.content_of(received)):
            ldc, sdp_id = record["ldc_org_id"], record["sdp_id"]
            if None not in (ldc, sdp_id) and (ldc != received.ldc or sdp_id not in own):
                wrong.append((record.line, f"{sdp_id} of {ldc}"))
        expected = f"SDP IDs of {received.ldc}, each with that LDC's organisation ID"
        hold_records(self.case, "USDP-01", received, expected, wrong)

    # --- file sets (USDP-15, USDP-17) ------------------------------------------------------------------------

    def _check_set_file(self, received: Received) -> None:
        wrong: list[tuple[int, str]] = []
        shared: list[tuple[int, str]] = []
        for record in _details(self.case.content_of(received)):
            named = [str(record[field]) for field in _IDS if field in record.layout.positions and record[field]]
            unknown = [each for each in named if each not in self._sdp_of]
            if record.kind == "sdp" and named and not unknown and record["sdp_id"] is not None:
                sdp = received.ldc, str(record["sdp_id"])
                unknown = [each for each in named if each not in self._issued[sdp]]
            if record.kind == "sdp" and record["sdp_id"] is not None and record["universal_sdp_id"] is not None:
                shared += self._told_of_another(received, record)
            if len(unknown) < len(named):
                self.case.meet("ids/set after a response")
            wrong += [(record.line, f"a record {record.kind!r} of {each}") for each in unknown]
        expected = "records of SDPs alone whose Universal SDP ID a response has given, under that ID"
        hold_records(self.case, "USDP-15", received, expected, wrong)
        hold_records(self.case, "USDP-17", received, "SDP IDs that stand for one Universal SDP ID each", shared)

    def _told_of_another(self, received: Received, record: Record) -> Iterator[tuple[int, str]]:
        sdp_id, universal = str(record["sdp_id"]), str(record["universal_sdp_id"])
        before = self._told_of.setdefault((received.ldc, sdp_id), universal)
        if before != universal:
            yield record.line, f"{sdp_id} of {universal}, after it was told of {before}"

    # --- requests for quantities (BSV-08) --------------------------------------------------------------------

    def _check_quantities(self, received: Received) -> None:
        wrong: list[tuple[int, str]] = []
        empty: list[tuple[int, str]] = []
        for record in _details(self.case.content_of(received)):
            sdp = self._sdp_of.get(str(record["universal_sdp_id"]))
            start, end = record["period_start_date"], record["period_end_date"]
            if isinstance(start, date) and isinstance(end, date) and end <= start:
                empty.append((record.line, f"a period from {start} until {end}"))
            elif sdp is not None and isinstance(start, date) and isinstance(end, date):
                wrong += self._asked_for_another(received, record, sdp, self._agents_between(sdp, start, end))
        hold_records(
            self.case, "BSV-09", received, "periods that end after they begin: the end date is exclusive", empty
        )
        expected = f"requests for SDPs alone whose billing agent is {received.file.organisation} within the period"
        hold_records(self.case, "BSV-08", received, expected, wrong)

    def _asked_for_another(
        self, received: Received, record: Record, sdp: tuple[str, str], agents: set[str]
    ) -> Iterator[tuple[int, str]]:
        if len(agents) > 1:
            self.case.meet("ids/quantities where the billing agent changes")
        if agents and received.file.organisation not in agents:
            yield record.line, f"{sdp[1]}, whose billing agent is {' or '.join(sorted(agents))}"

    def _agents_between(self, sdp: tuple[str, str], start: date, end: date) -> set[str]:
        """Everybody who may be taken for an SDP's billing agent of a period, its end included.

        Of two that hold from one day either may be meant; where nobody is known of a day, nothing is.
        """
        told = self._agents[sdp]
        days = sorted({start, *(since for since, _ in told if start < since <= end + timedelta(days=1))})
        found: set[str] = set()
        for day in days:
            latest = max((since for since, _ in told if since <= day), default=None)
            holding = {agent for since, agent in told if since == latest}
            if not holding or None in holding:
                return set()
            found |= {agent for agent in holding if agent is not None}
        return found


def _details(reading: Reading) -> Iterator[Record]:
    details: Iterable[Record] = () if reading.file is None else reading.file.details
    yield from details
