"""Partitions on a Dask cluster: the same work on the same ranges of SDPs, and so the same bytes.

A task carries what the partition needs of master data, requests and responses; interval data and register reads are
read by the worker, from the paths that were given. A few tasks are under way at a time, so that nobody holds all of
them. A worker that dies costs its tasks alone: the scheduler gives them to another.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import distributed

from harness import __version__
from harness.errors import ConformError, OutputError, UsageError
from harness.recompute.computing import computing
from harness.recompute.groups import Range
from harness.recompute.kept_parts import KeptParts, content_of
from harness.recompute.partitions import Inputs, outcome_of, sliced

_CONNECT_SECONDS = 10
_LOOK_SECONDS = 30
"""After so long without a result it is looked whether there are workers left."""
_connect: Any = distributed.Client
_wait: Any = distributed.wait
_GOES_ON = "the same command goes on where it was"


class _Refused(NamedTuple):
    """A mistake that a worker found, to be told by whoever gave the command."""

    kind: type[ConformError]
    what: str
    told: Mapping[str, str]


def compute(
    scheduler: str,
    name: str,
    inputs: Inputs,
    ranges: Sequence[Range],
    missing: Sequence[int],
    kept: KeptParts,
    step: Callable[[], None],
) -> None:
    """Compute partitions on a cluster, and keep what comes of each as soon as it comes.

    :param scheduler: its address; `name`: who computes, installed on every worker.
    :param missing: the numbers of the ranges that are to be computed.
    :raises UsageError: the scheduler is not reached, has no workers, or they have another version of the suite.
    :raises OutputError: the cluster is lost, or what came cannot be kept.
    """
    if not missing:
        return
    with _connected(scheduler) as client:
        waiting = iter(missing)
        under_way: dict[Any, int] = {}
        together = 2 * max(1, sum(client.nthreads().values()))
        while True:
            while len(under_way) < together and (number := next(waiting, None)) is not None:
                task = _task(name, inputs, ranges[number])
                under_way[client.submit(_content, task, pure=False)] = number
            if not under_way:
                return
            for future in _done(client, list(under_way), scheduler):
                number = under_way.pop(future)
                kept.keep(number, ranges[number], _result(future, scheduler))
                step()


@contextlib.contextmanager
def _connected(scheduler: str) -> Iterator[Any]:
    try:
        client = _connect(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        what = f"no scheduler is reached: {type(error).__name__}"
        expected = "the address of a Dask scheduler, such as tcp://10.0.0.5:8786"
        raise UsageError(what, where=f"--dask {scheduler}", expected=expected) from error
    with client, client.as_current():
        _check(client, scheduler)
        yield client


def _check(client: Any, scheduler: str) -> None:
    """:raises UsageError: there are no workers, or some have another version of the suite."""
    versions = client.run(_version)
    if not versions:
        raise UsageError("the cluster has no workers", where=f"--dask {scheduler}", expected="one worker at least")
    other = sorted({version for version in versions.values() if version != __version__})
    if other:
        what = f"workers have mdmr-conform {', '.join(other)}"
        raise UsageError(what, where=f"--dask {scheduler}", expected=f"{__version__}, as here, on every worker")


def _done(client: Any, futures: Sequence[Any], scheduler: str) -> list[Any]:
    """Those that are done of some futures: one at least.

    :raises OutputError: no worker is left.
    """
    while True:
        try:
            return list(_wait(futures, timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            if not client.nthreads():
                raise _lost("no worker is left", scheduler) from None
        except OSError as error:
            raise _lost(f"the scheduler is gone: {error}", scheduler) from error


def _result(future: Any, scheduler: str) -> bytes:
    if future.status != "finished":
        raise _lost(f"a partition came to nothing: {future.exception() or future.status}", scheduler)
    found: bytes | _Refused = future.result()
    if isinstance(found, _Refused):
        raise found.kind(found.what, **found.told)
    return found


def _lost(what: str, scheduler: str) -> OutputError:
    return OutputError(what, where=f"--dask {scheduler}", expected="a cluster that works on", remedy=_GOES_ON)


# --- tasks ------------------------------------------------------------------------------------------------------------


class _Pickler(pickle.Pickler):
    """Pickles what a profile is made of, too."""

    def reducer_override(self, value: Any) -> Any:
        return (_read_only, (dict(value),)) if isinstance(value, MappingProxyType) else NotImplemented


def _read_only(value: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(value)


def _task(name: str, inputs: Inputs, wanted: Range) -> bytes:
    own = sliced(inputs, wanted)
    fields = {each.name: getattr(own, each.name) for each in dataclasses.fields(own) if each.name != "computing"}
    return pickled((name, fields, wanted))


def pickled(value: Any) -> bytes:
    """A value as bytes, a profile among it."""
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return buffer.getvalue()


def _content(task: bytes) -> bytes | _Refused:
    """What comes of a partition, in a worker."""
    name, fields, wanted = pickle.loads(task)  # noqa: S301  what comes is what the command sent
    try:
        return content_of(outcome_of(Inputs(computing=computing(name, fields["profile"]), **fields), wanted))
    except ConformError as error:
        told = {"where": error.where, "expected": error.expected, "remedy": error.remedy}
        return _Refused(type(error), error.what, told)


def _version() -> str:
    return __version__
