"""A P-Sync set into an empty Master Directory, then one with 1% changed: seconds and memory, in a process apart.

``python -m tests.benchmarks.synchronizing SDPS FOLDER`` prints what it measured, as JSON: for each of the two sets the
processor seconds that Python's `csv` takes to split the same bytes, those of reading and loading, and of the whole;
and the most memory that the process ever had, as Linux has it.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from harness.interface.identifiers import OrgId, SdpId, UniversalSdpId
from harness.interface.instants import instant, later
from harness.interface.profile import Profile, load_profile
from harness.stories.make_set import Wish, make
from reference_impl.repository import repository as chapters
from reference_impl.repository import staging_table_loader
from reference_impl.repository.file_transfer import Participants
from reference_impl.repository.repository import Repository

LDC = OrgId("ORG11111")
AT = instant("2011-01-10T06:00:00-05:00")
MINUTES_A_DAY = 24 * 60


def measured(sdps: int, folder: Path) -> Mapping[str, Any]:
    """Make both sets, and let a repository take them."""
    profile = load_profile()
    wishes = [
        Wish("p-sync", sdps, seed=1, at=later(AT, minutes=day * MINUTES_A_DAY), ldc=LDC, sequence_number=day + 1)
        for day in range(2)
    ]
    wishes[1] = Wish(**{**{name: getattr(wishes[1], name) for name in Wish.__slots__}, "changed": 1})
    folders = [folder / str(day) for day in range(2)]
    for wish, into in zip(wishes, folders, strict=True):
        make(wish, profile, into)
    repository = opened(profile, folders[0])
    sets = [taken(repository, into) for into in folders]
    return {"sets": sets, "bytes": most_memory()}


def most_memory() -> int:
    """The most memory that this process ever had, in bytes.

    What `resource` says is more: a process begins there with what the one had that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]


def opened(profile: Profile, folder: Path) -> Repository:
    """A repository that has issued the Universal SDP IDs of a set."""
    participants = Participants(frozenset([LDC]), frozenset(), frozenset())
    repository = Repository.opened(profile, participants, AT, 0, profile.values, profile.decided(), {LDC: 1})
    for path in folder.glob("*.01.*.DAT"):
        for line in path.read_text(encoding="ascii").splitlines():
            if line.startswith("SD|"):
                _, universal, sdp, _ = line.split("|")
                repository.ids.issued[LDC, SdpId(sdp)] = UniversalSdpId(universal)
    return repository


def taken(repository: Repository, folder: Path) -> Mapping[str, float]:
    """Let a repository take a set; the seconds of it, and those of `csv`."""
    contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    of_csv = min(seconds_of(lambda: split(contents)) for _ in range(3))
    reading_and_loading: list[float] = []
    undo = [
        timed(chapters, "read_columns", reading_and_loading),
        timed(staging_table_loader, "load", reading_and_loading),
    ]
    whole = seconds_of(lambda: take(repository, contents))
    for restore in undo:
        restore()
    return {"csv": of_csv, "loaded": sum(reading_and_loading), "whole": whole}


def split(contents: Mapping[str, bytes]) -> None:
    for content in contents.values():
        for _ in csv.reader(io.StringIO(content.decode("ascii")), delimiter="|"):
            pass


def take(repository: Repository, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        repository.submit(LDC, name, content)
    delivered = repository.advance(later(repository.now, minutes=15))
    assert {file.name.split(".")[2] for file in delivered} == {"IR06", "IR07", "IR14"}


def timed(module: Any, name: str, into: list[float]) -> Callable[[], None]:
    """Note the seconds of a function, until what is returned is called."""
    original = getattr(module, name)

    def run(*given: Any, **more: Any) -> Any:
        start = time.process_time()
        try:
            return original(*given, **more)
        finally:
            into.append(time.process_time() - start)

    setattr(module, name, run)
    return lambda: setattr(module, name, original)


def seconds_of(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


if __name__ == "__main__":
    gc.disable()  # as in all benchmarks
    print(json.dumps(measured(int(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201
