"""The same sums as `core`, compiled by numba where it is installed: one pass over memory, one SDP a row, all cores.

A row is summed at 32 bits, which is as quick as memory can be read, and once more at 64 bits where its values could
exceed them or an interval is missing. The functions here are Python that numba compiles when first called.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.framing.calendar import BUCKETS

numba: Any = None
"""The module, once a kernel has been asked for: importing it and compiling take seconds."""

AVAILABLE = importlib.util.find_spec("numba") is not None
"""Whether numba is installed: numpy alone gives the same."""

_LARGEST = 2**31 - 1
_NOTHING = np.int32(0)

_compiled: dict[str, Any] = {}


def period(
    wh: NDArray[np.int32] | NDArray[np.int64], status: NDArray[np.uint8], buckets: NDArray[np.uint8], last: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Energy by bucket, and whether every interval is eligible; see `core.period_quantities`.

    :param last: the last eligible status.
    """
    quantities = np.empty((wh.shape[0], BUCKETS), dtype=np.int64)
    whole = np.empty(wh.shape[0], dtype=np.bool_)
    _kernel("period")(wh, status, buckets, np.uint8(last), wh.dtype == np.int32, quantities, whole)
    return quantities, whole


def peak(energy: NDArray[np.int32] | NDArray[np.int64], width: int, step: int) -> NDArray[np.int64]:
    """The highest energy of a span of `width` intervals of each SDP, one begun every `step` intervals."""
    found = np.empty(energy.shape[0], dtype=np.int64)
    _kernel("peak")(energy, width, step, found)
    return found


def peak_square(
    wh: NDArray[np.int32] | NDArray[np.int64],
    varh: NDArray[np.int32] | NDArray[np.int64],
    width: int,
    step: int,
    times: int,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The highest W² + var² of a span of each SDP, and whether 64 bits hold it; it means nothing where they do not.

    :param times: how often a span goes into an hour.
    """
    found = np.empty(wh.shape[0], dtype=np.int64)
    fits = np.empty(wh.shape[0], dtype=np.bool_)
    _kernel("peak_square")(wh, varh, width, step, times, found, fits)
    return found, fits


def _kernel(name: str) -> Any:
    """A kernel; all are made when the first is asked for, and compiled when called."""
    if not _compiled:
        globals()["numba"] = importlib.import_module("numba")
        for inner in (_worst, _narrow, _wide, _largest, _sums):
            globals()[inner.__name__] = numba.njit(nogil=True)(inner)
        for outer in (_period, _peak, _peak_square):
            _compiled[outer.__name__.lstrip("_")] = numba.njit(parallel=True, nogil=True)(outer)
    return _compiled[name]


def _period(wh: Any, status: Any, buckets: Any, last: Any, narrow: Any, quantities: Any, whole: Any) -> None:
    for sdp in numba.prange(wh.shape[0]):
        row, flags, found = wh[sdp], status[sdp], quantities[sdp]
        worst = _worst(flags)
        whole[sdp] = worst < last
        missing = worst == 255
        if missing or not narrow or not _narrow(row, buckets, found):
            _wide(row, flags, buckets, found)


def _worst(flags: Any) -> Any:
    """The highest status less one: MISSING wraps around to 255, so that one comparison finds it too."""
    worst = np.uint8(0)
    for interval in range(flags.size):
        worst = max(worst, np.uint8(flags[interval] - np.uint8(1)))
    return worst


def _narrow(row: Any, buckets: Any, found: Any) -> Any:
    """Sums at 32 bits, which wrap around; whether no value is so large that they can have."""
    total, mid, on, critical, bits = _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING
    for interval in range(row.size):
        wh, bucket = np.int32(row[interval]), buckets[interval]
        total = np.int32(total + wh)
        mid = np.int32(mid + (wh if bucket == 1 else _NOTHING))
        on = np.int32(on + (wh if bucket == 2 else _NOTHING))
        critical = np.int32(critical + (wh if bucket == 3 else _NOTHING))
        bits = np.int32(bits | (wh ^ (wh >> np.int32(31))))  # no value's magnitude exceeds bits + 1
    found[0] = np.int64(total) - mid - on - critical
    found[1], found[2], found[3] = mid, on, critical
    return (np.int64(bits) + 1) * row.size <= _LARGEST


def _wide(row: Any, flags: Any, buckets: Any, found: Any) -> None:
    """Sums at 64 bits of the intervals that are there."""
    nothing = np.int64(0)
    off, mid, on, critical = nothing, nothing, nothing, nothing
    for interval in range(row.size):
        wh, bucket = np.int64(row[interval]) if flags[interval] != 0 else nothing, buckets[interval]
        off += wh if bucket == 0 else nothing
        mid += wh if bucket == 1 else nothing
        on += wh if bucket == 2 else nothing
        critical += wh if bucket == 3 else nothing
    found[0], found[1], found[2], found[3] = off, mid, on, critical


def _peak(energy: Any, width: Any, step: Any, found: Any) -> None:
    spans = (energy.shape[1] - width) // step + 1
    for sdp in numba.prange(energy.shape[0]):
        row = energy[sdp]
        if _largest(row) <= _LARGEST // width:
            found[sdp] = _sums(row, width, step, np.empty(spans, np.int32)).max()
        else:
            found[sdp] = _sums(row, width, step, np.empty(spans, np.int64)).max()


def _peak_square(wh: Any, varh: Any, width: Any, step: Any, times: Any, found: Any, fits: Any) -> None:
    spans = (wh.shape[1] - width) // step + 1
    for sdp in numba.prange(wh.shape[0]):
        watts, vars_ = wh[sdp], varh[sdp]
        fits[sdp] = max(_largest(watts), _largest(vars_)) <= _LARGEST // (width * times)
        if fits[sdp]:
            watts = _sums(watts, width, step, np.empty(spans, np.int32))
            vars_ = _sums(vars_, width, step, np.empty(spans, np.int32))
            highest = np.int64(0)
            for span in range(spans):
                w, v = np.int64(watts[span]), np.int64(vars_[span])
                highest = max(highest, w * w + v * v)
            found[sdp] = highest * (times * times)


def _sums(row: Any, width: Any, step: Any, sums: Any) -> Any:
    """Energy of each span: one place of all spans after another, which is quicker than span after span."""
    sums[:] = 0
    for place in range(width):
        begun = row[place:]
        if step == 1:
            for span in range(sums.size):
                sums[span] += begun[span]
        else:
            for span in range(sums.size):
                sums[span] += begun[span * step]
    return sums


def _largest(row: Any) -> Any:
    """No less than the largest magnitude in a row."""
    bits = np.int64(0)
    for interval in range(row.size):
        value = np.int64(row[interval])
        bits |= value ^ (value >> 63)
    return bits + 1
