"""What a scenario draws by chance: identifiers of organisations, SDPs and transactions, and the system's own seed.

Everything comes from the run's seed, the namespace and the scenario id alone, so that a scenario draws the same under
any order, worker or selection, and the same journal comes out of it. A persistent system sees each name once for
ever: there the namespace is new for each run.
"""

from __future__ import annotations

import hashlib
import random

from faker import Faker

from harness.interface.identifiers import OrgId, SdpId

_faker: list[Faker] = []


def _shared_faker() -> Faker:
    """One Faker for the process: to make one costs more than a scenario. It is seeded anew for each draw."""
    if not _faker:
        _faker.append(Faker("en_CA"))
    return _faker[0]


class Draw:
    """The chance of one scenario."""

    def __init__(self, seed: int, namespace: str, scenario_id: str) -> None:
        digest = hashlib.sha256(f"{seed}\n{namespace}\n{scenario_id}".encode()).digest()
        self.conversation = digest[:16].hex()
        self.system_seed = int.from_bytes(digest[16:22], "big")
        self._faker = _shared_faker()
        self._random = random.Random(digest)
        self._taken: set[str] = set()

    def _unused(self, pattern: str) -> str:
        self._faker.seed_instance(self._random.getrandbits(64))
        while (text := self._faker.bothify(pattern, letters="ABCDEFGHJKLMNPRSTUVWXYZ")) in self._taken:
            pass
        self._taken.add(text)
        return text

    def organisation_id(self) -> OrgId:
        """An organisation identifier in the shape that the slides show: ``ORG`` and five digits."""
        return OrgId(self._unused("ORG#####"))

    def sdp_id(self) -> SdpId:
        """An LDC's own SDP ID. The slides leave its shape open."""
        return SdpId(self._unused("??-######"))

    def asset_id(self) -> str:
        """An identifier of a meter, communication module or account. The slides leave its shape open."""
        return self._unused("?#######")

    def transaction_id(self) -> str:
        """A TX_ID, chosen by the submitter."""
        return self._unused("??####").lower()
