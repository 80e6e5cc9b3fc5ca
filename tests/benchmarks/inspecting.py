"""A folder with a set, inspected, in a process apart: seconds and memory.

``python -m tests.benchmarks.inspecting FOLDER`` prints what it measured, as JSON: the processor seconds of inspecting,
those that Python's `csv` takes to split the same bytes, and the most memory that inspecting had, as Linux has it.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.audit.inspection import inspect
from harness.interface.profile import load_profile
from tests.benchmarks.synchronizing import most_memory, seconds_of, split


def measured(folder: Path) -> Mapping[str, Any]:
    profile = load_profile()
    seconds = seconds_of(lambda: _found_nothing(folder, profile))
    memory = most_memory()
    of_csv = sum(min(_of_csv(path) for _ in range(3)) for path in sorted(folder.iterdir()))
    return {"inspected": seconds, "bytes": memory, "csv": of_csv}


def _of_csv(path: Path) -> float:
    content = {path.name: path.read_bytes()}
    return seconds_of(lambda: split(content))


def _found_nothing(folder: Path, profile: Any) -> None:
    assert all(not file.findings for file in inspect([folder], profile))


if __name__ == "__main__":
    gc.disable()  # as in all benchmarks
    print(json.dumps(measured(Path(sys.argv[1]))))  # noqa: T201
