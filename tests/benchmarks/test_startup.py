"""How long `mdmr-conform --help` takes to start, beside what Python itself takes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROUNDS = 20
PYTHON = [sys.executable, "-c", "pass"]
HELP = [str(Path(sys.executable).with_name("mdmr-conform")), "--help"]


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def test_start_up_of_help(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> None:
    alone = min(_seconds(PYTHON) for _ in range(ROUNDS))
    benchmark.pedantic(_seconds, args=(HELP,), rounds=ROUNDS, warmup_rounds=1)
    ours = benchmark.stats.stats.min
    benchmark.extra_info.update({"python_ms": round(alone * 1e3, 1), "ratio": round(ours / alone, 2)})
    with capsys.disabled():
        sys.stdout.write(
            f"\nmdmr-conform --help {ours * 1e3:.0f} ms, python -c pass {alone * 1e3:.0f} ms: "
            f"{ours / alone:.1f} times as long\n"
        )
