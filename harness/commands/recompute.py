"""``mdmr-conform recompute``: computes billing quantities again, and holds what was delivered to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from harness import extras
from harness.audit.inspection import profile_to_inspect_with
from harness.commands import console
from harness.commands.options import PATH, Whole, out_option, profile_option, seed_option
from harness.errors import UsageError, nearest
from harness.interface.profile import Profile, ProfileError
from harness.report.text import counted

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([KMG])i?B?", re.IGNORECASE | re.ASCII)
_UNITS = {"K": 2**10, "M": 2**20, "G": 2**30}
_LEAST, _MOST = 2**26, 2**50
_COLOURS = {0: "green", 1: "red", 3: "yellow"}


@click.command(
    epilog="""\b
Examples:
  mdmr-conform recompute --intervals meter-data --master p-sync --delivered responses
  mdmr-conform recompute --intervals 2011-06.parquet --master master.parquet --requests requests.parquet \\
      --delivered responses --column universal_sdp_id=sdp --memory 4G --out june

Exit code: 0 nothing differs; 1 something does; 2 wrong usage or input; 3 no verdict (something
could not be held, the second model disagrees, or results cannot be written)."""
)
@click.option(
    "--intervals", multiple=True, required=True, type=PATH, metavar="PATH", help="Interval data: Parquet, or folders."
)
@click.option(
    "--master",
    multiple=True,
    required=True,
    type=PATH,
    metavar="PATH",
    help="Master data: synchronization sets, IR06 reports, or Parquet.",
)
@click.option(
    "--requests",
    multiple=True,
    type=PATH,
    metavar="PATH",
    help="What was asked for: 5000, 8000, or Parquet. [default: what was delivered]",
)
@click.option(
    "--delivered", multiple=True, type=PATH, metavar="PATH", help="Response files 6000, 6100 and 6200 to hold to it."
)
@click.option(
    "--reads",
    multiple=True,
    type=PATH,
    metavar="PATH",
    help="Register reads: Parquet. With them the sum check is computed, and statuses 00, 06 and 07 are held to it.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="OURS=THEIRS",
    help="How a column is called in Parquet, where it is called otherwise; TABLE.OURS=THEIRS in one table alone.",
)
@click.option(
    "--memory",
    default="1G",
    show_default=True,
    metavar="SIZE",
    help="What interval data may take at a time; master data and requests may take half as much each.",
)
@click.option(
    "--dask",
    "scheduler",
    metavar="ADDRESS",
    help="Let the workers of a Dask scheduler compute. They have to see the data under the same paths.",
)
@click.option("--files", "files_wanted", is_flag=True, help="Write response files 6000, 6100 and 6200, too.")
@click.option(
    "--sample",
    type=Whole(0, 10_000),
    default=20,
    show_default=True,
    metavar="N",
    help="How many SDPs a second, independent model computes, too.",
)
@click.option(
    "--computing",
    default="reference",
    show_default=True,
    metavar="NAME",
    help="Whose segmentation and framing computes.",
)
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="AMB:READING",
    help="Take another reading of an ambiguity, such as AMB-14:prevailing-time.",
)
@seed_option
@out_option("mdmr-conform-recompute")
@profile_option
def command(
    intervals: tuple[Path, ...],
    master: tuple[Path, ...],
    requests: tuple[Path, ...],
    delivered: tuple[Path, ...],
    reads: tuple[Path, ...],
    columns: tuple[str, ...],
    memory: str,
    scheduler: str | None,
    sample: int,
    computing: str,
    readings: tuple[str, ...],
    seed: int,
    out: Path,
    profile: Path | None,
    *,
    files_wanted: bool,
) -> int:
    """Compute billing quantities again from interval data, and hold what was delivered to them.

    Interval data comes as Parquet, with a row for each interval, or for each SDP and day; which, is found out. Where
    data contradicts itself it is not guessed at: findings say what is in doubt, and what rests on it stays undecided.
    Quantities, differences and findings go to the folder --out as Parquet, with a page that sums them up. Layouts and
    finding codes: docs/volume.md.
    """
    extras.need("volume", "pyarrow", *(() if scheduler is None else ("distributed",)))
    from harness.recompute import run
    from harness.recompute.inputs import Given

    wanted = _with_readings(profile_to_inspect_with(profile), readings)
    if not requests and not delivered:
        expected = "--requests, or --delivered, which tells what was asked for"
        raise UsageError("nothing says which quantities are wanted", expected=expected)
    given = Given(intervals, master, requests, delivered, _named(columns), reads)
    wish = run.Wish(given, computing, _bytes(memory), sample, seed, out, files_wanted, scheduler)
    with console.progress("partitions and files read") as steps:
        kept: list[int] = []
        document = run.recompute(wish, wanted, run.Watch(steps.total, kept.append, steps.step))
    if any(kept):
        console.say(f"{counted(kept[0], 'partition')} had been done by a call that was interrupted")
    _show(document, out)
    code: int = document["exit_code"]
    return code


def _with_readings(profile: Profile, readings: tuple[str, ...]) -> Profile:
    """A profile that takes other readings.

    :raises UsageError: there is no such reading.
    """
    for text in readings:
        ambiguity, _, reading = text.partition(":")
        try:
            profile = profile.with_reading(ambiguity, reading)
        except ProfileError as error:
            raise UsageError(error.what, where="--reading", expected=error.expected) from error
    return profile


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    """How columns are called, by our names.

    :raises UsageError: an option does not read, or names a column that there is not.
    """
    from harness.recompute.run import COLUMNS

    known = [column for of_table in COLUMNS.values() for column in of_table]
    every = {*known, *(f"{table}.{column}" for table, of_table in COLUMNS.items() for column in of_table)}
    found: dict[str, str] = {}
    for text in columns:
        ours, equals, theirs = text.partition("=")
        if not equals or not theirs or ours not in every:
            expected = f"OURS=THEIRS, ours one of {', '.join(dict.fromkeys(known))}; for one table alone TABLE.OURS"
            raise UsageError(
                f"{text!r} names no column", where="--column", expected=expected, remedy=nearest(ours, every)
            )
        found[ours] = theirs
    return found


def _bytes(text: str) -> int:
    """A size such as ``512M``.

    :raises UsageError: it is none, or too small to work in.
    """
    read = _SIZE.fullmatch(text)
    size = 0 if read is None else float(read[1]) * _UNITS[read[2].upper()]
    if not _LEAST <= size <= _MOST:
        expected = "a size such as 512M or 4G, at least 64M and at most 1048576G"
        raise UsageError(f"{text!r} is no size", where="--memory", expected=expected)
    return int(size)


def _show(document: Mapping[str, Any], out: Path) -> None:
    read = document["read"]
    console.say(f"read {read['intervals']:,} intervals: {'; '.join(read['layouts'])}")
    asked = f"{counted(read['requests'], 'request')} ({read['requests_from']}) for {counted(read['sdps'], 'SDP')} known"
    console.say(f"{asked}, {counted(document['sub_periods'], 'sub-period')}")
    console.say(f"computed: {_counts(document['outcomes'])}")
    if document["sum_check"] is not None:
        console.say(f"sum check: {_counts(document['sum_check'])}")
    if document["held"] is not None:
        console.say(f"delivered: {_counts(document['held'])}")
        if document["undue_responses"]:
            console.say(f"  {counted(document['undue_responses'], 'response')} that nobody asked for")
    for code, found in document["findings"].items():
        console.say(f"  {found['severity']} {code}: {counted(found['sdps'], 'SDP')}. {found['meaning']}")
    sampled = document["sample"]
    console.say(f"second model: {sampled['agreed']} of {sampled['sdps']} SDPs drawn agree")
    if document["files"] is not None:
        console.say(f"{counted(document['files'], 'response file')} in {out / 'files'}")
    console.say(console.Styled(document["verdict"], _COLOURS.get(document["exit_code"]), bold=True))
    console.say(f"results in {out}: quantities, differences and findings as Parquet; the page is recompute.html")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in counts.items() if count) or "nothing"
