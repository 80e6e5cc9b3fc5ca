"""The same sums as `core`, compiled by numba where it is installed: one pass over memory, one SDP a row, all cores."""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

numba: Any = None
with contextlib.suppress(ImportError):  # numba is an option: numpy alone gives the same
    import numba

AVAILABLE = numba is not None
"""Whether numba is installed."""

_compiled: list[Any] = []


def period(
    wh: NDArray[np.int32] | NDArray[np.int64],
    status: NDArray[np.uint8],
    starts: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    buckets: int,
    last: int,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Energy by bucket, and whether every interval is eligible; see `core.period_quantities`.

    :param starts: where the runs of equal bucket start, with the end last; `kinds`: their buckets.
    :param last: the last eligible status.
    """
    quantities = np.zeros((wh.shape[0], buckets), dtype=np.int64)
    whole = np.zeros(wh.shape[0], dtype=np.bool_)
    _kernel()(wh, status, starts, kinds, np.uint8(last), quantities, whole)
    return quantities, whole


def _kernel() -> Any:
    if not _compiled:
        _compiled.append(numba.njit(parallel=True, nogil=True)(_period))
    return _compiled[0]


def _period(wh: Any, status: Any, starts: Any, kinds: Any, last: Any, quantities: Any, whole: Any) -> None:
    for sdp in numba.prange(wh.shape[0]):
        row, flags = wh[sdp], status[sdp]
        for run in range(kinds.size):
            total = np.int64(0)
            for interval in range(starts[run], starts[run + 1]):
                total += row[interval]
            quantities[sdp, kinds[run]] += total
        worst = np.uint8(0)
        for interval in range(flags.size):
            # MISSING wraps around to 255, so that one comparison finds it and what is not eligible
            worst = max(worst, np.uint8(flags[interval] - np.uint8(1)))
        whole[sdp] = worst < last
