"""Reaches: the SDPs that one reading of what was given takes up, where memory does not hold them all.

A reading begins with an ID, and takes up whatever follows. As it comes to hold too much, it lets go of the upper half,
and of what it reads from then on takes up no more than the lower: another reading begins where this one's reach ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.recompute.ids import Ids

_SEVERAL = 2


@dataclass(slots=True)
class Reach:
    """The SDPs from one ID until another, exclusive; all that follow, where it is None.

    :param most: the bytes that may be held of them; None where there is no bound.
    """

    first: str = ""
    end: str | None = None
    most: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every SDP is within it."""
        return not self.first and self.end is None

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Which IDs are within it."""
        found: NDArray[np.bool_] = ids >= self.first.encode()
        return found if self.end is None else found & (ids < self.end.encode())

    def takes(self, names: Any) -> NDArray[np.bool_]:
        """Which names of a sequence are within it."""
        end = self.end
        chosen = (self.first <= name and (end is None or name < end) for name in names)
        return np.fromiter(chosen, dtype=bool, count=len(names))

    def halved(self, ids: Ids) -> bool:
        """Let it hold the lower half of some IDs, of which each may come again; False where they are one."""
        distinct = np.unique(ids)
        distinct = distinct[self.holds(distinct)]
        if distinct.size < _SEVERAL:
            return False
        self.end = distinct[distinct.size // 2].decode()
        return True
