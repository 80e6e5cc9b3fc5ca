"""What a referee remembers: bytes for each SDP of a month of data, requests and responses, in processes apart."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.benchmarks.conftest import Row
from tests.benchmarks.test_framing import hand_in

FEW, MANY = 2_000, 10_000
AIM_BYTES = 20_000
LDC = 100_000


def _bytes(sdps: int) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.judging", str(sdps)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["violated"] == 0
    assert found["held"] >= sdps
    return int(found["bytes"])


def test_the_memory_of_a_month(benchmark: Any) -> None:
    few, many = benchmark.pedantic(lambda: (_bytes(FEW), _bytes(MANY)), rounds=1, iterations=1)
    each = (many - few) // (MANY - FEW)
    hand_in(
        benchmark,
        Row(
            f"memory of a referee for each SDP of a month, between {FEW:,} and {MANY:,} SDPs",
            f"{each:,} bytes",
            "",
            f"less than {AIM_BYTES:,}",
            f"hourly; {few / 2**20:,.0f} and {many / 2**20:,.0f} MiB; {each * LDC / 2**30:.1f} GiB of {LDC:,} SDPs",
        ),
    )
