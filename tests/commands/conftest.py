"""The command from the outside, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said


@pytest.fixture
def conform(tmp_path: Path) -> Callable[..., Said]:
    """Runs the command as a process, in a folder of its own."""

    def call(*arguments: str) -> Said:
        command = [sys.executable, "-m", "harness", *arguments]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return Said(ran.returncode, ran.stdout, ran.stderr)

    return call
