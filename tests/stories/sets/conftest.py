"""What the tests of file sets share: the workshop's profile, sets that were made, and a repository that takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from harness.interface.files import InterfaceFile, read_file
from harness.interface.identifiers import OrgId, SdpId, UniversalSdpId
from harness.interface.instants import Instant, instant, later
from harness.interface.profile import Profile, load_profile
from harness.stories.make_set import Made, Wish, make
from reference_impl.repository.file_transfer import Participants
from reference_impl.repository.repository import Repository

LDC = OrgId("ORG11111")
AT = instant("2011-01-10T06:00:00-05:00")


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture
def made(tmp_path: Path, profile: Profile) -> Callable[..., Made]:
    """Makes a set, in a folder of its own where none is named."""
    count = 0

    def make_it(kind: Any = "p-sync", sdps: int = 60, out: Path | None = None, **given: Any) -> Made:
        nonlocal count
        count += 1
        wish = Wish(**{"kind": kind, "sdps": sdps, "seed": 1, "at": AT, "ldc": LDC, **given})
        return make(wish, profile, tmp_path / f"set{count}" if out is None else out)

    return make_it


@dataclass
class Mdmr:
    """A repository, and what it has delivered."""

    repository: Repository
    contents: dict[str, bytes] = field(default_factory=dict)

    def issue(self, paths: Iterable[Path]) -> None:
        """Let the Universal SDP IDs of a set's SDPs count as issued."""
        for path in paths:
            for line in path.read_text(encoding="ascii").splitlines():
                if line.startswith("SD|"):
                    _, universal, sdp, _ = line.split("|")
                    self.repository.ids.issued[LDC, SdpId(sdp)] = UniversalSdpId(universal)

    def take(self, paths: Iterable[Path]) -> dict[str, InterfaceFile]:
        """Submit files, and let some time pass; the last report of each type that came of it."""
        for path in paths:
            self.repository.submit(LDC, path.name, path.read_bytes())
        came: dict[str, InterfaceFile] = {}
        for delivery in self.repository.advance(later(self.repository.now, minutes=15)):
            self.contents[delivery.name] = delivery.content
            reading = read_file(delivery.name, delivery.content, self.repository.profile)
            assert reading.findings == ()
            assert reading.file is not None
            came[reading.file.name.file_id] = reading.file
        return came


@pytest.fixture
def mdmr(profile: Profile) -> Mdmr:
    return new_mdmr(profile, AT)


def new_mdmr(profile: Profile, now: Instant) -> Mdmr:
    participants = Participants(frozenset([LDC]), frozenset(), frozenset())
    return Mdmr(Repository.opened(profile, participants, now, 0, profile.values, profile.decided(), {LDC: 1}))
