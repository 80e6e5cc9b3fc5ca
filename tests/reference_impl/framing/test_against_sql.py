"""The core against SQL: quarter-hourly data of a town over a change of season and of schedule, to the watt-hour.

The SQL is a second source all the way: it takes buckets from the clock on the wall, with the hours of the Regulated
Price Plan and the holidays written down in it, and asks nothing of the core or its calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pytest

from harness.interface.calendars import price_plan_holidays, tou_schedules
from harness.interface.instants import Day
from reference_impl.framing import (
    Bucket,
    Demand,
    Method,
    Status,
    billing_calendar,
    eligible_days,
    hourly_quantities,
    peak_apparent_demand,
    peak_demand,
    period_quantities,
)

FIRST, DAYS, PER_DAY, SDPS = datetime(2011, 4, 15), 112, 96, 40  # noqa: DTZ001 (the clock on the wall, for SQL)
CRITICAL = datetime(2011, 6, 8)  # noqa: DTZ001 (as above); a Wednesday
DAY_OF_FIRST = Day(FIRST.date())

BUCKETS_SQL = """
    create view bucketed as
    select *, case
        when isodow(wall) >= 6 then 'off'
        when wall::date in (date '2011-04-22', date '2011-05-23', date '2011-07-01', date '2011-08-01') then 'off'
        -- Good Friday, Victoria Day, Canada Day, Civic Holiday
        when wall >= timestamp '2011-05-01' then case
            when hour(wall) between 11 and 16 then if(wall::date = date '2011-06-08', 'critical', 'on')
            when hour(wall) between 7 and 10 or hour(wall) between 17 and 18 then 'mid'
            else 'off' end
        when hour(wall) between 7 and 10 or hour(wall) between 17 and 20 then 'on'
        when hour(wall) between 11 and 16 then 'mid'
        else 'off' end as bucket
    from readings
"""


def town() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Wh, varh and status ``[sdp, interval]``: homes by the hour of the day, every eighth a works."""
    chance = np.random.default_rng(20110415)
    place = np.arange(DAYS * PER_DAY)
    hour, weekday = place % PER_DAY // 4, (4 + place // PER_DAY) % 7
    homes = 150 + 120 * ((hour >= 17) & (hour < 22)) + 40 * (weekday >= 5)
    works = 900_000 * ((hour >= 6) & (hour < 18) & (weekday < 5)) + 20_000
    scale = np.where(np.arange(SDPS)[:, None] % 8 == 0, works, homes)
    wh = (scale * chance.uniform(0, 2, (SDPS, place.size))).astype(np.int32)
    varh = (wh * chance.uniform(0, 0.6, wh.shape)).astype(np.int32)
    status = chance.choice([Status.VAL, Status.EST, Status.NV], wh.shape, p=[0.97, 0.02, 0.01]).astype(np.uint8)
    holes = chance.random(wh.shape) < 0.0002
    status[holes] = chance.choice([Status.MISSING, Status.NVE], holes.sum())
    wh[status == Status.MISSING] = 0
    varh[status == Status.MISSING] = 0
    return wh, varh, status


WH, VARH, STATUS = town()


@pytest.fixture(scope="module")
def sql() -> Iterator[Any]:
    """The same readings as rows: what was missing has no row."""
    connection = duckdb.connect()
    sdp, place = np.nonzero(STATUS != Status.MISSING)
    rows = {  # noqa: F841 (duckdb finds it by its name)
        "sdp": sdp,
        "interval": place,
        "wh": WH[sdp, place].astype(np.int64),
        "varh": VARH[sdp, place].astype(np.int64),
        "status": STATUS[sdp, place],
    }
    connection.execute(
        "create table readings as select *, ?::timestamp + to_minutes((interval * 15)::bigint) as wall from rows",
        [FIRST],
    )
    connection.execute(BUCKETS_SQL)
    yield connection
    connection.close()


def rows_of(sql: Any, query: str) -> list[tuple[Any, ...]]:
    """The answer of SQL, which is to be of integers alone."""
    answer: list[tuple[Any, ...]] = sql.execute(query).fetchall()
    return answer


def test_the_town_has_what_a_comparison_is_for(sql: Any) -> None:
    ((kinds, missing, unfit),) = rows_of(
        sql, f"select count(distinct bucket), {STATUS.size} - count(*), count(*) filter (status = 4) from bucketed"
    )
    assert kinds == 4
    assert missing > 5
    assert unfit > 5


def test_time_of_use_quantities_are_those_of_sql(sql: Any) -> None:
    calendar = billing_calendar(tou_schedules(), price_plan_holidays(), [Day(CRITICAL.date())], prevailing_time=False)
    found = period_quantities(WH, STATUS, calendar.buckets(DAY_OF_FIRST, DAYS, PER_DAY)).quantities
    order = [Bucket.OFF_PEAK, Bucket.MID_PEAK, Bucket.ON_PEAK, Bucket.CRITICAL_PEAK]
    assert found[:, order].tolist() == [
        list(sums)
        for sums in rows_of(
            sql,
            """select sum(wh) filter (bucket = 'off')::bigint, sum(wh) filter (bucket = 'mid')::bigint,
                      sum(wh) filter (bucket = 'on')::bigint, sum(wh) filter (bucket = 'critical')::bigint
               from bucketed group by sdp order by sdp""",
        )
    ]


def test_periodic_sums_and_eligible_sdps_are_those_of_sql(sql: Any) -> None:
    period = period_quantities(WH, STATUS, np.zeros(WH.shape[1], dtype=np.uint8))
    found = list(zip(period.quantities.sum(axis=1).tolist(), period.eligible.tolist(), strict=True))
    assert found == rows_of(
        sql,
        f"""select sum(wh)::bigint, count(*) filter (status in (1, 2, 3)) = {DAYS * PER_DAY}
            from readings group by sdp order by sdp""",
    )
    assert {True, False} == {fit for _, fit in found}


def test_eligible_days_are_those_of_sql(sql: Any) -> None:
    found = np.argwhere(eligible_days(STATUS, PER_DAY)).tolist()
    assert found == [
        list(row)
        for row in rows_of(
            sql,
            f"""select sdp, date_diff('day', timestamp '{FIRST}', date_trunc('day', wall)) as day
                from readings where status in (1, 2, 3) group by all having count(*) = {PER_DAY} order by all""",
        )
    ]


def test_hours_are_those_of_sql(sql: Any) -> None:
    found = hourly_quantities(WH, PER_DAY).reshape(SDPS, -1)
    answer = np.zeros_like(found)
    for sdp, hour, wh in rows_of(
        sql,
        f"""select sdp, date_diff('hour', timestamp '{FIRST}', date_trunc('hour', wall)), sum(wh)::bigint
            from readings group by all""",
    ):
        answer[sdp, hour] = wh
    assert found.tolist() == answer.tolist()


@pytest.mark.parametrize("minutes", [15, 60])
def test_the_highest_demand_of_blocks_is_that_of_sql(minutes: int, sql: Any) -> None:
    found = peak_demand(WH, 15, Demand(minutes, Method.BLOCK)).tolist()
    assert found == [
        watts
        for (watts,) in rows_of(
            sql,
            f"""select max(watts)::bigint from (
                    select sdp, sum(wh) * {60 // minutes} as watts from readings
                    group by sdp, time_bucket(to_minutes({minutes}), wall, timestamp '{FIRST}'))
                group by sdp order by sdp""",
        )
    ]


def test_the_highest_rolling_demand_is_that_of_sql(sql: Any) -> None:
    demand = Demand(60, Method.ROLLING)
    found = list(
        zip(peak_demand(WH, 15, demand).tolist(), peak_apparent_demand(WH, VARH, 15, demand).tolist(), strict=True)
    )
    spans = rows_of(
        sql,
        f"""select sdp, max(w)::bigint, max(w * w + v * v)::hugeint from (
                select sdp, wall, sum(wh) over hour as w, sum(varh) over hour as v from readings
                window hour as (partition by sdp order by wall
                                range between current row and to_minutes(45) following))
            where wall <= timestamp '{FIRST + timedelta(days=DAYS, minutes=-60)}'
            group by sdp order by sdp""",
    )
    assert [watts for watts, _ in found] == [watts for _, watts, _ in spans]
    for (_, apparent), (_, _, square) in zip(found, spans, strict=True):
        assert apparent**2 <= square < (apparent + 1) ** 2
