"""``mdmr-conform make-set``: writes a synchronization file set of a plausible LDC, of any size."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

import click

from harness.audit.inspection import profile_to_inspect_with
from harness.commands import console
from harness.commands.options import PATH, Finite, Whole, profile_option, seed_option
from harness.errors import UsageError
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST, Instant
from harness.stories import make_set
from harness.stories.made_ldc import SDP_LIMIT

_AT = "2011-01-10T06:00:00"


@click.command(
    epilog="""\b
Examples:
  mdmr-conform make-set --sdps 1000 --kind p-sync --seed 1 --out set1
  mdmr-conform make-set --sdps 1000 --kind i-sync --seed 1 --changed 2 --sequence-number 2 \\
      --at 2011-01-11T06:00 --out set2
  mdmr-conform inspect set1

Exit code: 0 the files are written; 2 wrong usage or input, and nothing is written."""
)
@click.option("--sdps", type=Whole(1, SDP_LIMIT), required=True, help="How many SDPs the LDC has.")
@click.option(
    "--kind",
    type=click.Choice(["p-sync", "i-sync", "request"]),
    required=True,
    help="Every SDP; changes alone; or the request 1000 for the SDPs' Universal SDP IDs.",
)
@seed_option
@click.option("--out", type=PATH, required=True, metavar="DIR", help="The folder for the files.")
@click.option("--at", default=_AT, show_default=True, metavar="TIME", help="The Extracted Date Time, EST.")
@click.option(
    "--changed",
    type=Finite(0, 100),
    metavar="PERCENT",
    help="How many of the SDPs have changed. [default: 1 for i-sync, 0 for p-sync]",
)
@click.option("--ldc", default="ORG11111", show_default=True, metavar="ID", help="The LDC's organisation ID.")
@click.option("--submitter", metavar="ID", help="Who submits the set. [default: the LDC]")
@click.option("--sequence-number", type=Whole(1, 999_999_999), default=1, show_default=True)
@click.option("--tx-id", metavar="ID", help="The set's TX_ID. [default: drawn]")
@click.option("--segment-records", type=Whole(1), metavar="N", help="Records in a segment. [default: 100000]")
@click.option(
    "--universal-ids",
    type=PATH,
    metavar="FILE",
    help="A response 2000 with the SDPs' Universal SDP IDs. [default: drawn]",
)
@click.option("--replace", is_flag=True, help="Let earlier files of the same set give way.")
@profile_option
def command(
    sdps: int,
    kind: str,
    seed: int,
    out: Path,
    at: str,
    changed: float | None,
    ldc: str,
    submitter: str | None,
    sequence_number: int,
    tx_id: str | None,
    segment_records: int | None,
    universal_ids: Path | None,
    profile: Path | None,
    *,
    replace: bool,
) -> int:
    """Write a synchronization file set of a plausible LDC, drawn from a seed.

    The same options give the same bytes. What an SDP is like rests on seed, LDC and number alone: an i-sync holds what
    changes of the SDPs that a p-sync of the same seed has, and a p-sync with the same --changed holds all of them
    afterwards. Where Universal SDP IDs are drawn, no repository has issued them; to load a set into one, make a
    request first, submit it, and name its response by --universal-ids.
    """
    wanted = profile_to_inspect_with(profile)
    wish = make_set.Wish(
        cast("make_set.Kind", kind),
        sdps,
        seed,
        _instant(at),
        OrgId(ldc),
        None if submitter is None else OrgId(submitter),
        sequence_number,
        tx_id,
        (1 if kind == "i-sync" else 0) if changed is None else changed,
        segment_records,
        None if universal_ids is None else make_set.universal_ids_in(universal_ids, wanted),
        replace,
    )
    with console.progress(f"thousands of {sdps:,} SDPs") as steps:
        steps.total(sdps // make_set.STEP)
        made = make_set.make(wish, wanted, out, steps.step)
    size = sum(path.stat().st_size for path in made.files)
    files = "1 file" if len(made.files) == 1 else f"{len(made.files)} files"
    console.say(f"{made.records:,} detail records in {files}, {size:,} bytes, in {out}")
    console.say(f"first {made.files[0].name}")
    return 0


def _instant(text: str) -> Instant:
    """A date and time, EST unless it states its offset.

    :raises UsageError: it is none, or not of whole seconds.
    """
    expected = "a date and time such as 2011-01-10T06:00:00"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no date and time: {error}", where="--at", expected=expected) from error
    if moment.microsecond:
        raise UsageError(f"{text!r} is finer than a second", where="--at", expected=expected)
    try:
        return Instant(moment.replace(tzinfo=EST) if moment.tzinfo is None else moment.astimezone(EST))
    except OverflowError as error:
        raise UsageError(f"{text!r} is beyond the calendar", where="--at", expected=expected) from error
