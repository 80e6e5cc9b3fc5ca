"""What `recompute` does, as a good user of other engines would write it: from Parquet to quantities, with the checks.

The data is hourly, and framed as TOU/CPP. An interval that is there twice counts once, or is in doubt where it says two
things; so is one with a status that nobody knows, with less than no Wh, or that begins at no full hour, with all hours
that it touches. What is missing is counted, and what is not eligible; SDPs that nobody knows are told.

Both programs look at all SDPs in one way that is quick and tells which of them need a second look: those without one
row for each hour, or with a row that is odd. Answers come as a table in the order of SDPs, with columns as `recompute`
calls them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

THREADS = 2
BUCKETS = ("off_peak_wh", "mid_peak_wh", "on_peak_wh", "critical_peak_wh")
COUNTS = ("intervals_missing", "intervals_not_eligible", "intervals_in_doubt")
OUTCOMES = ("quantities", "no data", "undetermined")
COLUMNS = ("universal_sdp_id", "outcome", *BUCKETS, "total_wh", *COUNTS)
_ELIGIBLE, _KNOWN = ("VAL", "EST", "NV"), ("VAL", "EST", "NV", "NVE")


class Answer(NamedTuple):
    """A table with `COLUMNS`, and how many SDPs nobody knows."""

    table: Any
    unknown: int


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked for: the same period of all SDPs of the master data.

    :param begins: the first instant, in seconds since 1970 UTC; `buckets`: of each hour of the period.
    """

    files: Sequence[Path]
    master: Path
    begins: int
    buckets: Any

    @property
    def hours(self) -> int:
        return len(self.buckets)


def duckdb_program(task: Task) -> Callable[[], Answer]:
    """SQL straight from Parquet; a set of bits tells how many hours are there."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    connection.register("of_hours", {"cell": np.arange(task.hours), "bucket": np.asarray(task.buckets, dtype=np.int64)})
    files = ", ".join(f"'{path}'" for path in task.files)
    sums = ", ".join(
        f"coalesce(sum(wh) filter (bucket = {number}), 0)::bigint as {name}" for number, name in enumerate(BUCKETS)
    )
    rows = f"""
        select universal_sdp_id as sdp, (epoch(start)::bigint - {task.begins}) // 60 as minute, minutes, wh, status
        from read_parquet([{files}])
        where epoch(start)::bigint between {task.begins - 3600} and {task.begins + task.hours * 3600 - 1}
    """
    odd = f"minutes <> 60 or minute % 60 <> 0 or status not in {_KNOWN} or coalesce(wh, -1) < 0 or status is null"
    first_look = f"""
        create or replace temp table looked as
        select sdp, count(*) as rows, bit_count(bitstring_agg(cell, 0, {task.hours - 1})) as cells,
               bool_or({odd}) as odd, coalesce(bool_and(status in {_ELIGIBLE}), false) as eligible, {sums}
        from (select *, greatest(minute // 60, 0) as cell from ({rows}) where minute >= 0 or minute % 60 <> 0)
        join of_hours using (cell) group by sdp
    """
    second_look = f"""
        with suspects as (select sdp from looked where odd or not eligible or rows <> {task.hours} or cells <> rows),
        own as (select r.* from ({rows}) r semi join suspects using (sdp)),
        cells as (
            select sdp, minute // 60 as cell, any_value(wh) as wh, any_value(status) as status,
                   min(wh) = max(wh) and min(status) = max(status) as clear
            from own where not ({odd}) group by all
        ),
        doubts as (
            select distinct sdp, cell from (
                select sdp, cell from cells where not clear union all
                select sdp, unnest(range(minute // 60, (minute + minutes + 59) // 60)) as cell
                from own where ({odd}) and wh is not null and status is not null
            ) where cell between 0 and {task.hours - 1}
        ),
        there as (select * from cells anti join doubts using (sdp, cell) where cell >= 0),
        told as (
            select sdp, count(*) as present, count(*) filter (status not in {_ELIGIBLE}) as barred, {sums}
            from there join of_hours using (cell) group by sdp
        ),
        doubtful as (select sdp, count(*) as doubtful from doubts group by sdp)
        select sdp, coalesce(present, 0) as present, coalesce(barred, 0) as barred, coalesce(doubtful, 0) as doubtful,
               {", ".join(BUCKETS)}
        from suspects left join told using (sdp) left join doubtful using (sdp)
    """
    both = {name: f"coalesce(s.{name}, l.{name})" for name in BUCKETS}
    buckets = ", ".join(f"case when outcome = 0 then {value} end as {name}" for name, value in both.items())
    lacking = f"{task.hours} - coalesce(present + doubtful, 0)", "coalesce(barred, 0)", "coalesce(doubtful, 0)"
    counts = ", ".join(
        f"case when outcome = 0 then 0 else {value} end as {name}" for name, value in zip(COUNTS, lacking, strict=True)
    )
    answer = f"""
        select m.universal_sdp_id,
               case when present - barred = {task.hours} or (s.sdp is null and l.sdp is not null) then 0
                    when doubtful > 0 then 2 else 1 end as outcome,
               {buckets}, case when outcome = 0 then {" + ".join(both.values())} end as total_wh, {counts}
        from read_parquet('{task.master}') m left join looked l on l.sdp = m.universal_sdp_id
        left join ({second_look}) s on s.sdp = m.universal_sdp_id order by m.universal_sdp_id
    """
    unknown = f"select count(*) from looked anti join read_parquet('{task.master}') on sdp = universal_sdp_id"

    def program() -> Answer:
        connection.execute(first_look)
        found = connection.sql(answer).to_arrow_table()
        return Answer(found, connection.execute(unknown).fetchone()[0])

    return program


def polars_program(task: Task) -> Callable[[], Answer]:
    """A lazy query straight from Parquet."""
    os.environ["POLARS_MAX_THREADS"] = str(THREADS)
    import polars as pl

    of_hours = pl.LazyFrame({"cell": np.arange(task.hours), "bucket": np.asarray(task.buckets, dtype=np.int64)})
    minute = (pl.col("start").dt.epoch("s") - task.begins) // 60
    rows = pl.scan_parquet(task.files).select(
        pl.col("universal_sdp_id").cast(pl.String).alias("sdp"),
        minute.alias("minute"),
        pl.col("minutes").cast(pl.Int64),
        pl.col("wh").cast(pl.Int64),
        pl.col("status").cast(pl.String),
    )
    rows = rows.filter(pl.col("minute").is_between(-60, task.hours * 60 - 1))
    lacks = pl.col("wh").is_null() | pl.col("status").is_null()
    unclear = (pl.col("minutes") != 60) | (pl.col("minute") % 60 != 0) | ~pl.col("status").is_in(_KNOWN)
    unclear |= pl.col("wh") < 0
    cell = (pl.col("minute") // 60).alias("cell")
    sums = [
        pl.when(pl.col("bucket") == number).then(pl.col("wh")).otherwise(0).sum().alias(name)
        for number, name in enumerate(BUCKETS)
    ]
    eligible = pl.col("status").is_in(_ELIGIBLE)
    looked = (
        rows.filter((pl.col("minute") >= 0) | (pl.col("minute") % 60 != 0))
        .with_columns(cell.clip(lower_bound=0))
        .join(of_hours, on="cell")
        .group_by("sdp")
        .agg(
            pl.len().alias("rows"),
            pl.col("cell").n_unique().alias("cells"),
            (unclear | lacks).any().alias("odd"),
            eligible.all().alias("eligible"),
            *sums,
        )
    )
    master = pl.scan_parquet(task.master).select(pl.col("universal_sdp_id").alias("sdp")).unique()

    def program() -> Answer:
        first = looked.collect(engine="streaming")
        is_clear = (
            ~pl.col("odd") & pl.col("eligible") & (pl.col("rows") == task.hours) & (pl.col("cells") == pl.col("rows"))
        )
        suspects = first.filter(~is_clear).select("sdp")
        second = _second_look(rows, suspects.lazy(), of_hours)
        known = master.collect()
        found = (
            known.join(first.filter(is_clear), on="sdp", how="left")
            .join(second, on="sdp", how="left", suffix="_again")
            .with_columns(pl.col("rows").is_not_null().alias("clear"))
            .with_columns(
                pl.when(pl.col("clear") | (pl.col("present") - pl.col("barred") == task.hours))
                .then(0)
                .when(pl.col("doubtful") > 0)
                .then(2)
                .otherwise(1)
                .alias("outcome")
            )
            .sort("sdp")
        )
        whole = pl.col("outcome") == 0
        buckets = [pl.when(whole).then(pl.coalesce(name, f"{name}_again")).alias(name) for name in BUCKETS]
        present, barred, doubtful = (pl.col(name).fill_null(0) for name in ("present", "barred", "doubtful"))
        counts = (task.hours - present - doubtful, barred, doubtful)
        table = found.select(
            pl.col("sdp").alias("universal_sdp_id"),
            "outcome",
            *buckets,
            pl.sum_horizontal(*buckets, ignore_nulls=False).alias("total_wh"),
            *(pl.when(whole).then(0).otherwise(each).alias(name) for name, each in zip(COUNTS, counts, strict=True)),
        )
        return Answer(table.to_arrow(), first.join(known, on="sdp", how="anti").height)

    def _second_look(rows: Any, suspects: Any, of_hours: Any) -> Any:
        own = rows.join(suspects, on="sdp", how="semi").filter(~lacks).collect()
        cells = (
            own.filter(~unclear)
            .with_columns(cell)
            .group_by("sdp", "cell")
            .agg(
                pl.col("wh", "status").first(),
                ((pl.col("wh").n_unique() == 1) & (pl.col("status").n_unique() == 1)).alias("clear"),
            )
        )
        touched = own.filter(unclear).select(
            "sdp",
            pl.int_ranges(pl.col("minute") // 60, (pl.col("minute") + pl.col("minutes") + 59) // 60).alias("cell"),
        )
        doubts = pl.concat([cells.filter(~pl.col("clear")).select("sdp", "cell"), touched.explode("cell")]).unique()
        doubts = doubts.filter(pl.col("cell").is_between(0, task.hours - 1))
        there = cells.filter(pl.col("cell") >= 0).join(doubts, on=["sdp", "cell"], how="anti")
        told = (
            there.lazy()
            .join(of_hours, on="cell")
            .group_by("sdp")
            .agg(pl.len().cast(pl.Int64).alias("present"), (~eligible).sum().cast(pl.Int64).alias("barred"), *sums)
        )
        doubtful = doubts.lazy().group_by("sdp").agg(pl.len().cast(pl.Int64).alias("doubtful"))
        found = suspects.join(told, on="sdp", how="left").join(doubtful, on="sdp", how="left").collect()
        return found.with_columns(pl.col("present", "barred", "doubtful").fill_null(0))

    return program
