"""What a simulated day costs: a year of 200 SDPs with the reference in process, checks and journal included."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from harness.stories.document import simulation_document
from harness.stories.folder import write
from harness.stories.playing import cast_of, play
from harness.stories.story import drawn
from tests.benchmarks.conftest import Row
from tests.benchmarks.test_framing import hand_in

SDPS, DAYS = 200, 365
AIM_SECONDS = 60


def _no_step() -> None:
    """Nobody watches."""


def test_a_year_of_200_sdps(benchmark: Any, tmp_path: Path) -> None:
    cast = cast_of("reference", None, 10, str)
    story = drawn(SDPS, DAYS, 0)
    processor: list[float] = []

    def year() -> Any:
        before = time.process_time()
        played = play(cast, story, tmp_path, _no_step)
        write(tmp_path, simulation_document(cast, played))
        processor.append(time.process_time() - before)
        return played

    played = benchmark.pedantic(year, rounds=1, iterations=1)
    assert played.lived.ledger.violations == []
    seconds = benchmark.stats.stats.min
    checks = sum(played.lived.ledger.checks.values())
    hand_in(
        benchmark,
        Row(
            f"a simulated year of {SDPS} SDPs",
            f"{seconds:.1f} s",
            f"{DAYS / seconds:.1f} days/s",
            f"less than {AIM_SECONDS} s",
            f"{processor[0]:.1f} s of processor time, {checks:,} checks, journal and report included",
        ),
    )
