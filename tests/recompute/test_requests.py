"""What was asked for: request files, billing cycles, a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from harness.errors import InputError
from harness.interface.files import write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST
from harness.interface.names import FileName
from harness.recompute import run
from harness.recompute.inputs import Given
from tests.recompute.conftest import FIRST, SDP, World, hours

LDC = OrgId("ORG11111")
END = FIRST + timedelta(days=1)


def written(
    world: World,
    file_type: str,
    kind: str,
    records: Iterable[Mapping[str, Any]],
    ldc: str = LDC,
    submitter: str = LDC,
    created: str = "20110210060000",
) -> Path:
    name = FileName(OrgId(ldc), OrgId(submitter), file_type, "00", created)
    header = {"ldc_org_id": ldc, "created_date_time": datetime(2011, 2, 10, tzinfo=EST)}
    path = world.folder / str(name)
    path.write_bytes(write_file(world.profile, name, header, [(kind, record) for record in records]))
    return path


def asked(detail: str, sdp: str = SDP, version: datetime | None = None) -> dict[str, Any]:
    period = {"period_start_date": FIRST, "period_end_date": END, "version_date_time": version}
    return {"request_detail_id": detail, "universal_sdp_id": sdp, "cycle": "N", **period}


def rows(world: World, *requests: Path) -> list[tuple[str, str | None, date]]:
    """SDP, request detail ID and first day of all that is computed."""
    intervals, master = world.write("intervals", hours(1)), world.write("master", world.master)
    out = world.folder / "out"
    run.recompute(run.Wish(Given((intervals,), (master,), requests, ()), "reference", 2**30, 0, 0, out), world.profile)
    found = pq.read_table(out / "quantities.parquet").to_pylist()
    return [(row["universal_sdp_id"], row["request_detail_id"], row["period_start_date"]) for row in found]


def test_request_files_tell_periods_and_detail_ids(world: World) -> None:
    world.sdp()
    assert rows(world, written(world, "5000", "billing_request", [asked("R2"), asked("R1")])) == [
        (SDP, "R1", FIRST),
        (SDP, "R2", FIRST),
    ]


def test_a_request_for_a_former_response_asks_for_nothing_new(world: World) -> None:
    world.sdp()
    former = asked("R2", version=datetime(2011, 2, 9, tzinfo=EST))
    assert rows(world, written(world, "5000", "billing_request", [asked("R1"), former])) == [(SDP, "R1", FIRST)]


def test_billing_cycles_ask_for_the_sdps_that_have_them_on_the_last_day(world: World) -> None:
    for number, start in enumerate((date(2006, 1, 1), FIRST, END)):
        world.sdp(f"100000000{number}", start=start, billing_cycle_id="C1")
    world.sdp("1000000007", end=FIRST, billing_cycle_id="C1")
    world.sdp("1000000008", billing_cycle_id="C2")
    world.sdp("1000000009", billing_cycle_id="C1", ldc="ORG22222")
    period = {"period_start_date": FIRST, "period_end_date": END}
    schedule = written(world, "8000", "billing_cycle", [{"billing_cycle_id": "C1", **period}])
    assert rows(world, schedule) == [("1000000000", None, FIRST), ("1000000001", None, FIRST)]


def test_a_later_schedule_moves_the_end_of_a_period_that_begins_alike(world: World) -> None:
    world.sdp(billing_cycle_id="C1")
    first, moved = (
        {"billing_cycle_id": "C1", "period_start_date": FIRST, "period_end_date": end}
        for end in (END, END + timedelta(days=2))
    )
    later = written(world, "8000", "billing_cycle", [moved], submitter="AGENT1", created="20110211060000")
    before = written(world, "8000", "billing_cycle", [first])
    for given in ((later, before), (before, later)):
        assert rows(world, *given) == [(SDP, None, FIRST)]
        (row,) = pq.read_table(world.folder / "out" / "quantities.parquet").to_pylist()
        assert row["period_end_date"] == END + timedelta(days=2)


def test_the_same_twice_counts_once(world: World) -> None:
    world.sdp()
    world.ask()
    world.ask()
    world.intervals = hours(1)
    results = world.recompute()
    assert (len(results.quantities), results.codes) == (1, {"request-twice"})


@pytest.mark.parametrize("end", [FIRST, FIRST - timedelta(days=1), None])
def test_a_row_that_asks_for_nothing_is_refused(world: World, end: date | None) -> None:
    world.sdp()
    world.ask()
    world.requests += [{**world.requests[0], "period_end_date": end}]
    world.intervals = hours(1)
    with pytest.raises(InputError, match="has a row that asks for nothing"):
        world.recompute()


def test_files_that_ask_for_nothing_are_refused(world: World) -> None:
    world.sdp()
    with pytest.raises(InputError, match="asks for no quantities"):
        rows(world, written(world, "5000", "billing_request", []))
