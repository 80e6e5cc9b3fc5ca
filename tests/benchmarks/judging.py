"""What a referee remembers of a month of an LDC: data every night, a request for each SDP, and its response.

``python -m tests.benchmarks.judging SDPS`` prints as JSON by how many bytes the process has grown meanwhile, and how
often a rule was held and violated.
"""

from __future__ import annotations

import gc
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from harness.interface.instants import Day, iso, later, midnight
from harness.referee.judgements import Outcome
from harness.referee.referee import Referee
from harness.referee.stream import Happening, Loaded, Passed
from tests.referee.billing_streams import BUCKETS, FRAMINGS, file_set, opened, report_of_set, since
from tests.referee.conftest import LAKE, at, delivered, name, submitted

FIRST, DAYS = Day(date(2011, 1, 10)), 31
A_FILE = 1000
"""So many SDPs share a request file, and a response file."""


def measured(sdps: int) -> Mapping[str, Any]:
    """Let a referee watch, and measure what it holds on to."""
    known = [str(10**9 + number) for number in range(sdps)]
    said: Counter[str] = Counter()
    before = memory()
    referee = Referee(opened(classes=frozenset({"BILLING-ENERGY"})))
    for happening in month(known):
        said.update(judgement.outcome for judgement in referee.see(happening))
    gc.collect()
    return {"bytes": memory() - before, "held": said[Outcome.HELD], "violated": said[Outcome.VIOLATED]}


def month(sdps: list[str]) -> Iterator[Happening]:
    """Every SDP is synchronized, metered each night, and asked for and answered when the month is over."""
    yield from synchronized(sdps)
    for ahead in range(DAYS):
        day = Day(FIRST + timedelta(days=ahead))
        yield Loaded({"intervals": [of_a_day(sdp, day, ahead) for sdp in sdps]}, later(midnight(day), days=1, hours=1))
    end = Day(FIRST + timedelta(days=DAYS))
    for first in range(0, len(sdps), A_FILE):
        yield from asked_and_answered(sdps[first : first + A_FILE], first, end)
    yield Passed(later(midnight(end), hours=22))


def synchronized(sdps: list[str]) -> Iterator[Happening]:
    records: list[tuple[str, Mapping[str, Any]]] = []
    for sdp in sdps:
        records += [
            ("sdp", {"universal_sdp_id": sdp, "sdp_id": f"SDP {sdp}", "sdp_type": "P"}),
            ("service_agreement", since(sdp, framing_structure=FRAMINGS["periodic"])),
            ("sdp_to_account", since(sdp, account_id="A1")),
        ]
    yield from file_set(records, at("00:00"), 1)
    yield report_of_set(at("00:00"), 1)


def of_a_day(sdp: str, day: Day, ahead: int) -> Mapping[str, Any]:
    """A day of hours of which no two are alike."""
    first = 1000 * ahead + int(sdp[-3:])
    wh = [first + hour for hour in range(24)]
    return {"universal_sdp_id": sdp, "start": iso(midnight(day)), "interval_minutes": 60, "wh": wh, "status": "VAL"}


def asked_and_answered(sdps: list[str], place: int, end: Day) -> Iterator[Happening]:
    """A request file off cycle, and a response file at once."""
    moment = later(midnight(end), hours=10, minutes=place // A_FILE % 600, seconds=1)
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    period = {"period_start_date": FIRST, "period_end_date": end}
    parts = {"sub_period_start_date": FIRST, "sub_period_end_date": end}
    asked, answers = [], []
    for number, sdp in enumerate(sdps, start=place):
        named = {"request_detail_id": f"R{number}", "universal_sdp_id": sdp, **period}
        asked.append(("billing_request", {**named, "cycle": "F", "version_date_time": None}))
        energy = {**dict.fromkeys(BUCKETS), "total_wh": total(sdp)}
        codes = {"framing_structure": FRAMINGS["periodic"], "transaction_status": "00"}
        answers.append(("energy_response", {**named, **parts, **codes, **energy}))
    yield submitted(name("5000", moment), header, asked, moment)
    yield delivered(name("6000", moment), header, answers, moment)


def total(sdp: str) -> int:
    """The energy of all days of an SDP."""
    return sum(sum(of_a_day(sdp, FIRST, ahead)["wh"]) for ahead in range(DAYS))


def memory() -> int:
    """The memory that this process has now, in bytes, as Linux has it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))))
