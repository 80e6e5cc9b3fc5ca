"""The README's own example: a fault that does what its sentence says, and a run that shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

EXAMPLE = "reference+universal_sdp_id_reissued_on_repeat"
RESTS_ON_IDS = "USDP-03 or USDP-05 or BQ-08 or ISY-16 or USDP-15"


def test_the_example_s_fault_fails_what_asks_again_and_blocks_nothing(said: Callable[..., Any], tmp_path: Path) -> None:
    ran = said("run", "--adapter", EXAMPLE, "--select", RESTS_ON_IDS)
    assert ran.code == 1
    results = json.loads((tmp_path / "mdmr-conform-out" / "results.json").read_bytes())
    failing = {scenario["rule"] for scenario in results["scenarios"] if scenario["verdict"] == "fail"}
    assert "USDP-03" in failing
    assert failing <= {"USDP-03", "USDP-05"}
    assert {scenario["verdict"] for scenario in results["scenarios"]} == {"pass", "fail"}
    first = ran.out.partition("\n\n")[2]
    assert first.startswith("fail  USDP-03  usdp/identity/")


def test_what_is_blocked_is_said_once_with_the_ir14_that_came_beside_the_rule_that_is_broken(
    said: Callable[..., Any], tmp_path: Path
) -> None:
    arguments = ("--adapter", "reference+universal_sdp_id_shared", "--select", "brp/delivery-details/", "--out", "out")
    ran = said("run", *arguments)
    assert ran.code == 1
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    assert {case["rule"] for case in results["noticed"]} == {"USDP-02"}
    blocked = [scenario for scenario in results["scenarios"] if scenario["verdict"] == "blocked"]
    assert len(blocked) > 1
    assert all("says FAILED: ERROR overlap" in scenario["message"] for scenario in blocked)
    (line,) = (line for line in ran.out.splitlines() if line.startswith("blocked"))
    assert line.startswith(f"blocked  {len(blocked)} scenarios such as {blocked[0]['id']}: ")
    assert "says FAILED: ERROR overlap" in line
