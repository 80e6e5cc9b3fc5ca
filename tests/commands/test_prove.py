"""The proof that the suite can fail, and that it does not fail the innocent: it holds for the whole suite."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_every_fault_is_caught_every_scenario_catches_one_and_every_variant_passes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "harness", "prove", "--workers", "2", "--out", "proof"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False)
    proof = json.loads((tmp_path / "proof" / "proof.json").read_bytes())
    assert proof["problems"] == []
    assert (ran.returncode, proof["proven"]) == (0, True)
    assert len(proof["variants"]) >= 10
