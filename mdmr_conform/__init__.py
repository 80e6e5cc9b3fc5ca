"""Where the command ``mdmr-conform`` starts: our own `harness` is loaded, whatever of that name stands on the path.

The name `harness` is one that a user's project may well have, and PYTHONPATH goes before what is installed.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import PathFinder
from pathlib import Path


def main() -> None:
    """Run the command and exit with its code."""
    spec = PathFinder.find_spec("harness", [str(Path(__file__).parent.parent)])
    if spec is None or spec.loader is None:
        print("Error: mdmr-conform is not installed whole: harness is missing beside mdmr_conform", file=sys.stderr)  # noqa: T201
        sys.exit(3)
    sys.modules["harness"] = harness = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(harness)
    importlib.import_module("harness.__main__").main()
