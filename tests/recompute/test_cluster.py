"""Partitions on a Dask cluster come to the same bytes, though a worker is killed on the way."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InputError, OutputError, UsageError
from harness.recompute import run
from harness.recompute.findings import Findings
from harness.recompute.groups import Range
from harness.recompute.ids import ids_of
from harness.recompute.master_data import MasterDataBuilder
from tests.recompute.conftest import World
from tests.recompute.test_partitions import NAMES, many, parted

distributed = pytest.importorskip("distributed", reason="the extra `volume` brings dask, which is not installed")
cluster: Any = pytest.importorskip("harness.recompute.cluster")

pytestmark = pytest.mark.filterwarnings("default")  # a cluster may warn of what it will
__all__ = ["many"]


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Any]:
    """A cluster of two workers of one thread each."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path / "workers")
    ) as found:
        yield found


def workers_of(found: Any) -> set[int]:
    with distributed.Client(found, set_as_default=False) as client:
        return set(client.run(os.getpid).values())


def test_a_cluster_of_which_a_worker_is_killed_comes_to_the_same_bytes(
    many: World, two_workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = many.recompute().bytes()
    parted(monkeypatch, 12)
    before = workers_of(two_workers)
    victim = min(before)
    kept = []

    def kill_once() -> None:
        if len(kept) == 2:
            os.kill(victim, signal.SIGKILL)
        kept.append(len(kept))

    right = cluster.compute

    def watched(*given: Any) -> None:
        right(*given[:-1], kill_once)

    def here(*_: Any) -> Any:
        raise AssertionError("a partition is computed here")

    monkeypatch.setattr(cluster, "compute", watched)
    monkeypatch.setattr(run, "outcome_of", here)
    assert many.recompute(scheduler=two_workers.scheduler_address).bytes() == whole
    assert len(kept) == 12
    assert victim not in workers_of(two_workers)


def test_a_mistake_that_a_worker_finds_is_told_as_here(many: World, two_workers: Any) -> None:
    many.put(many.intervals, "cut")
    path = many.files[-1]
    content = bytearray(path.read_bytes())
    content[200:400] = bytes(200)
    path.write_bytes(content)
    with pytest.raises(InputError) as here:
        many.recompute()
    with pytest.raises(InputError) as there:
        many.recompute(scheduler=two_workers.scheduler_address)
    assert str(there.value) == str(here.value)


def test_a_scheduler_that_nobody_is_has_a_message(many: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 0.1)
    with pytest.raises(UsageError, match="no scheduler is reached"):
        many.recompute(scheduler="tcp://127.0.0.1:1")
    with pytest.raises(UsageError, match="no scheduler is reached"):
        many.recompute(scheduler="nonsense://x")


def test_a_cluster_without_workers_has_a_message(many: World, tmp_path: Path) -> None:
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, local_directory=str(tmp_path)) as empty,
        pytest.raises(UsageError, match="has no workers"),
    ):
        many.recompute(scheduler=empty.scheduler_address)


class _Client:
    """Whoever speaks for a cluster of which nothing is left."""

    def nthreads(self) -> dict[str, int]:
        return {}


def test_a_cluster_that_loses_all_its_workers_has_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(*_: Any, **__: Any) -> Any:
        raise TimeoutError

    monkeypatch.setattr(cluster, "_wait", too_long)
    with pytest.raises(OutputError) as ended:
        cluster._done(_Client(), [], "tcp://here")
    assert "no worker is left" in str(ended.value)
    assert "the same command goes on where it was" in str(ended.value)


def test_workers_of_another_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Client:
        def run(self, _: Any) -> dict[str, str]:
            return {"one": "0.0.1", "two": cluster.__version__}

    with pytest.raises(UsageError, match=r"workers have mdmr-conform 0\.0\.1"):
        cluster._check(Client(), "tcp://here")


def test_a_task_carries_what_its_range_needs_alone(world: World) -> None:
    for name in NAMES:
        world.sdp(name, account=f"account of {name}")
    builder = MasterDataBuilder(world.profile, Findings())
    builder.take_table(world.write("master", world.master), {})
    master = builder.built()
    part = master.part(*Range(NAMES[3], NAMES[5]))
    assert part.sdps.tolist() == ids_of(NAMES[3:5]).tolist()
    assert list(part.values["sdp_to_account"]) == [f"account of {name}" for name in NAMES[3:5]]
    spans = part.spans["sdp_to_account"]
    assert [part.values["sdp_to_account"][number] for number in spans.value] == [
        f"account of {name}" for name in NAMES[3:5]
    ]


def test_the_profile_travels_with_its_readings(world: World) -> None:
    changed = world.profile.with_reading("AMB-14", "prevailing-time")
    assert pickle.loads(cluster.pickled(changed)) == changed
