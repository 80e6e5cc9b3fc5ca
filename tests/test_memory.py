"""The command looks for garbage seldom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COMMAND = """
import gc

from harness import __main__, cli, memory

cli.main = lambda: print(gc.get_threshold() == (memory.OBJECTS, memory.TIMES, memory.TIMES))
__main__.main()
"""


def test_the_command_looks_seldom(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", COMMAND], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("True\n", "")
