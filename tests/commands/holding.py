"""The reference over stdio, which stops in the middle of the fourth conversation while there is a file ``hold``.

Every conversation it opens leaves a line in ``begun``; ``holding`` tells that it has stopped.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from harness.port.serving import serve
from reference_impl.system import create

FOURTH = 4
BEGUN, HOLD, HOLDING = Path("begun"), Path("hold"), Path("holding")


class Holding:
    """Answers as the reference does, but not always at once."""

    def __init__(self) -> None:
        self._system: Any = create(profile_path=None, bent=None)

    def exchange(self, request: Any) -> Any:
        if request["message"] == "begin":
            with BEGUN.open("a") as begun:
                begun.write(f"{request['conversation']}\n")
        elif request["message"] == "advance" and len(BEGUN.read_text().splitlines()) >= FOURTH:
            while HOLD.exists():
                HOLDING.touch()
                time.sleep(0.05)
        return self._system.exchange(request)


serve(Holding(), sys.stdin.buffer, sys.stdout.buffer)
