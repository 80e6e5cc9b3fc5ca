"""The reference over stdio, which in its second conversation spoils what was written of the first.

The first argument says how: ``empties``, ``removes`` or ``adds to`` the journals that lie in the folder ``out``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from harness.port.serving import serve
from reference_impl.system import create

SECOND = 2


class Destroying:
    """Answers as the reference does."""

    def __init__(self) -> None:
        self._system: Any = create(profile_path=None, bent=None)
        self._begun = 0

    def exchange(self, request: Any) -> Any:
        self._begun += request["message"] == "begin"
        if request["message"] == "end" and self._begun == SECOND:
            for journal in sorted(Path("out").rglob("*.jsonl")):
                spoil(journal)
        return self._system.exchange(request)


def spoil(journal: Path) -> None:
    if sys.argv[1] == "removes":
        journal.unlink()
    else:
        journal.write_bytes(journal.read_bytes() + b"{}\n" if sys.argv[1] == "adds to" else b"")


serve(Destroying(), sys.stdin.buffer, sys.stdout.buffer)
