"""Period quantities and eligibility as a good user of other engines would have them, and the memory sweep.

Each engine holds its data in memory in its own form, with the bucket of each interval beside it; `load` is not timed.
Answers come as int64 ``[sdp, bucket]`` and bool ``[sdp]``, in order of SDPs.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

THREADS = 2
BUCKETS = 4

Answer: TypeAlias = tuple[NDArray[np.int64], NDArray[np.bool_]]


def columns(wh: Any, status: Any, buckets: Any) -> dict[str, NDArray[Any]]:
    """The arrays as columns, an interval a row, in order of SDPs and time."""
    sdps, intervals = wh.shape
    return {
        "sdp": np.repeat(np.arange(sdps, dtype=np.int32), intervals),
        "bucket": np.tile(buckets, sdps),
        "wh": wh.reshape(-1),
        "status": status.reshape(-1),
    }


def load_pandas(wh: Any, status: Any, buckets: Any) -> Callable[[], Answer]:
    """One key of SDP and bucket, which groups twice as quickly as two."""
    import pandas as pd

    frame = pd.DataFrame(columns(wh, status, buckets))
    frame["key"] = frame["sdp"] * BUCKETS + frame["bucket"]

    def answer() -> Answer:
        sums = frame.groupby("key", sort=False)["wh"].sum()
        quantities = sums.reindex(range(wh.shape[0] * BUCKETS), fill_value=0).to_numpy(np.int64).reshape(-1, BUCKETS)
        ends = frame.groupby("sdp", sort=False)["status"].agg(["min", "max"])
        return quantities, ((ends["min"] >= 1) & (ends["max"] <= 3)).to_numpy()

    return answer


def load_polars(wh: Any, status: Any, buckets: Any) -> Callable[[], Answer]:
    """A conditional sum for each bucket: three times as quick as grouping by bucket too."""
    os.environ["POLARS_MAX_THREADS"] = str(THREADS)
    import polars as pl

    frame = pl.DataFrame(columns(wh, status, buckets)).with_columns(pl.col("sdp").set_sorted())
    energy, kind = pl.col("wh").cast(pl.Int64), pl.col("bucket")
    sums = [pl.when(kind == bucket).then(energy).otherwise(0).sum().alias(str(bucket)) for bucket in range(BUCKETS)]
    eligible = (pl.col("status").min() >= 1) & (pl.col("status").max() <= 3)
    query = frame.lazy().group_by("sdp").agg(*sums, eligible.alias("eligible")).sort("sdp")

    def answer() -> Answer:
        found = query.collect()
        return found.select(str(bucket) for bucket in range(BUCKETS)).to_numpy(), found["eligible"].to_numpy()

    return answer


def load_duckdb(wh: Any, status: Any, buckets: Any) -> Callable[[], Answer]:
    """Grouped by SDP and bucket, then turned; with room for its aggregation without hashing."""
    import duckdb

    held = columns(wh, status, buckets)
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    connection.execute("set perfect_ht_threshold = 20")
    connection.register("held", held)
    connection.execute("create table readings as select * from held")
    connection.unregister("held")
    query = """
        select coalesce(sum(wh) filter (bucket = 0), 0)::bigint, coalesce(sum(wh) filter (bucket = 1), 0)::bigint,
               coalesce(sum(wh) filter (bucket = 2), 0)::bigint, coalesce(sum(wh) filter (bucket = 3), 0)::bigint,
               bool_and(eligible)
        from (select sdp, bucket, sum(wh) as wh, bool_and(status between 1 and 3) as eligible
              from readings group by sdp, bucket)
        group by sdp order by sdp
    """

    def answer() -> Answer:
        *sums, eligible = connection.execute(query).fetchnumpy().values()
        return np.stack([np.asarray(each) for each in sums], axis=1), np.asarray(eligible)

    return answer


def load_sweep(wh: Any, status: Any) -> Callable[[], int]:
    """Both arrays summed as words of 64 bits, by all threads: no answer, but what reading memory takes."""
    import numba

    @numba.njit(parallel=True)
    def sweep(first: Any, second: Any) -> Any:
        total = 0
        for place in numba.prange(first.size):
            total += first[place]
        for place in numba.prange(second.size):
            total += second[place]
        return total

    words = wh.reshape(-1).view(np.int64), status.reshape(-1).view(np.int64)
    return lambda: sweep(*words)


def load_duckdb_sum_check(
    wh: Any, reads: Any, *, start: int, end: int, furthest: int, percent: int, unit: int, capacity: int
) -> Callable[[], tuple[Any, Any]]:
    """The sum check as SQL: the reads nearest to two instants, and the intervals between them."""
    import duckdb
    import pandas as pd

    sdps, hours = wh.shape
    counts = np.diff(reads.offsets)
    tables = {
        "intervals": {"sdp": np.repeat(np.arange(sdps), hours), "t": np.tile(np.arange(hours) * 3600, sdps)},
        "reads": {"sdp": np.repeat(np.arange(sdps), counts), "t": reads.seconds, "reading": reads.readings},
        "sdps": {"sdp": np.arange(sdps)},
    }
    tables["intervals"]["wh"] = wh.reshape(-1)
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    for name, columns in tables.items():
        connection.register("arriving", pd.DataFrame(columns))
        connection.execute(f"create table {name} as select * from arriving")
        connection.unregister("arriving")
    nearest = """
        select sdp, arg_min(t, abs(t - {at}) * 2 + (t > {at})::int) as t,
               arg_min(reading, abs(t - {at}) * 2 + (t > {at})::int) as reading
        from reads where abs(t - {at}) <= {furthest} group by sdp
    """
    query = f"""
        with first as ({nearest.format(at=start, furthest=furthest)}),
        last as ({nearest.format(at=end, furthest=furthest)}),
        both_ends as (
            select first.sdp, first.t as from_t, last.t as to_t,
                   ((last.reading - first.reading) % {capacity} + {capacity}) % {capacity} * {unit} as register_wh
            from first join last using (sdp) where first.t < last.t
        ),
        sums as (
            select sdp, register_wh, coalesce(sum(wh), 0)::bigint as wh
            from both_ends join intervals using (sdp) where t >= from_t and t < to_t group by sdp, register_wh
        )
        select case when sums.sdp is null then 7
                    when abs(wh - register_wh) * 100 > register_wh * {percent} and abs(wh - register_wh) > {unit} then 6
                    else 0 end as status,
               coalesce(abs(wh - register_wh), 0)::bigint as variance
        from sdps left join sums using (sdp) order by sdps.sdp
    """

    def work() -> tuple[Any, Any]:
        found = connection.execute(query).fetchnumpy()
        return found["status"], found["variance"]

    return work
