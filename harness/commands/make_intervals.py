"""``mdmr-conform make-intervals``: writes plausible interval data of a made LDC as Parquet, of any size."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from harness import extras
from harness.audit.inspection import profile_to_inspect_with
from harness.commands import console
from harness.commands.options import PATH, Whole, as_day, profile_option, seed_option
from harness.errors import UsageError
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day
from harness.stories.load_shapes import Trouble
from harness.stories.made_ldc import SDP_LIMIT
from harness.stories.make_set import universal_ids_in

_DAY_LIMIT = 4000
_PER_MILLE = Whole(0, 1000)


@click.command(
    epilog="""\b
Examples:
  mdmr-conform make-intervals --sdps 1000 --days 62 --seed 1 --out intervals
  mdmr-conform make-intervals --sdps 100 --days 31 --from 2011-03-01 --minutes 15 --layout days \\
      --reactive --reads --out intervals

Exit code: 0 the files are written; 2 wrong usage or input; 3 they cannot be written."""
)
@click.option("--sdps", type=Whole(1, SDP_LIMIT), required=True, help="How many SDPs the LDC has.")
@click.option("--days", type=Whole(1, _DAY_LIMIT), required=True, help="Of how many days there is data.")
@click.option("--from", "first", default="2011-01-01", show_default=True, metavar="DAY", help="The first day, EST.")
@seed_option
@click.option("--out", type=PATH, required=True, metavar="DIR", help="The folder for the files.")
@click.option(
    "--minutes", type=click.Choice(["5", "15", "30", "60"]), default="60", show_default=True, help="Of each interval."
)
@click.option(
    "--layout",
    type=click.Choice(["long", "days"]),
    default="long",
    show_default=True,
    help="A row for each interval, or for each SDP and day.",
)
@click.option("--gaps", type=_PER_MILLE, default=10, show_default=True, help="SDPs of a thousand that have a gap.")
@click.option(
    "--estimated", type=_PER_MILLE, default=30, show_default=True, help="SDPs of a thousand with estimates (EST)."
)
@click.option(
    "--not-validated", type=_PER_MILLE, default=10, show_default=True, help="SDPs of a thousand with NV intervals."
)
@click.option(
    "--needs-edit", type=_PER_MILLE, default=5, show_default=True, help="SDPs of a thousand with NVE intervals."
)
@click.option("--reactive", is_flag=True, help="Give one SDP in twenty varh as well.")
@click.option("--reads", is_flag=True, help="Write register reads, too.")
@click.option("--ldc", default="ORG11111", show_default=True, metavar="ID", help="The LDC's organisation ID.")
@click.option("--file-sdps", type=Whole(1), default=100_000, show_default=True, help="SDPs in a file.")
@click.option(
    "--universal-ids",
    type=PATH,
    metavar="FILE",
    help="A response 2000 with the SDPs' Universal SDP IDs. [default: drawn]",
)
@click.option("--replace", is_flag=True, help="Let earlier interval data in the folder give way.")
@profile_option
def command(
    sdps: int,
    days: int,
    first: str,
    seed: int,
    out: Path,
    minutes: str,
    layout: str,
    gaps: int,
    estimated: int,
    not_validated: int,
    needs_edit: int,
    ldc: str,
    file_sdps: int,
    universal_ids: Path | None,
    profile: Path | None,
    *,
    reactive: bool,
    reads: bool,
    replace: bool,
) -> int:
    """Write interval data of a plausible LDC as Parquet, drawn from a seed.

    Load shapes, seasons and weather, estimates, gaps and data that needs verification. The same options give the same
    intervals; the SDPs are those of make-set with the same seed and LDC. How the columns are called stands in
    docs/volume.md.
    """
    extras.need("volume", "pyarrow")
    from harness.stories import make_intervals

    wanted = profile_to_inspect_with(profile)
    begins = as_day(first, "--from")
    if begins is None or not 1900 <= begins.year <= 2200:
        raise UsageError(f"{first!r} is beyond the calendar", where="--from", expected="a day from 1900 to 2200")
    wish = make_intervals.Wish(
        sdps,
        Day(begins),
        days,
        seed,
        OrgId(ldc),
        int(minutes),
        cast("make_intervals.Layout", layout),
        file_sdps,
        Trouble(gaps, estimated, not_validated, needs_edit),
        reactive,
        reads,
        None if universal_ids is None else universal_ids_in(universal_ids, wanted),
        replace,
    )
    with console.progress("files") as steps:
        steps.total(-(-sdps // file_sdps))
        made = make_intervals.make(wish, wanted, out, steps.step)
    size = sum(path.stat().st_size for path in made.files)
    files = "1 file" if len(made.files) == 1 else f"{len(made.files)} files"
    console.say(f"{made.intervals:,} intervals of {sdps:,} SDPs in {files}, {size:,} bytes, in {out}")
    return 0
