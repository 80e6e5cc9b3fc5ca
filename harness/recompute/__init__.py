"""What was billed, computed again from interval data, and what was delivered held to it; at any volume (BQ, SEG, TXS).

`tables` opens Parquet, `interval_reading` reads interval data and finds what is wrong with it, `interval_arrays` puts
it into arrays. `master_data`, `requests` and `delivered` are what was said of SDPs, asked for, and answered. Quantities
are computed by whoever offers to (`computing`, `quantities`), held against what was delivered (`comparison`), and for
some SDPs against the oracle (`sample`). `partitions` does all of it for some SDPs, `run` for all.
Needs pyarrow.
"""
