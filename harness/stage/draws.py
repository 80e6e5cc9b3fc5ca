"""What a scenario draws by chance: identifiers of organisations, SDPs and transactions, and the system's own seed.

Everything comes from the run's seed, secret and namespace and the scenario id alone, so that a scenario draws the same
under any order, worker or selection, and the same journal comes out of it. A persistent system sees each name once for
ever: there the namespace is new for each run. Without a secret anybody with the suite can list beforehand what each
scenario draws, and recognise it by that.
"""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Sequence
from typing import TypeVar

from faker import Faker

from harness.interface.identifiers import OrgId, SdpId

T = TypeVar("T")
_faker: list[Faker] = []


def _shared_faker() -> Faker:
    """One Faker for the process: to make one costs more than a scenario. It is seeded anew for each draw."""
    if not _faker:
        _faker.append(Faker("en_CA"))
    return _faker[0]


def keyed(text: str, secret: str | None) -> bytes:
    """32 bytes that rest on a text, and on the secret of the run where one was given."""
    if secret is None:
        return hashlib.sha256(text.encode()).digest()
    return hmac.digest(secret.encode(), text.encode(), "sha256")


class Draw:
    """The chance of one scenario.

    :param secret: what nobody knows but who gave it; None where none was given.
    """

    def __init__(self, seed: int, namespace: str, scenario_id: str, secret: str | None = None) -> None:
        digest = keyed(f"{seed}\n{namespace}\n{scenario_id}", secret)
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

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """Some things in an order that nobody has chosen."""
        return self._random.sample(choices, len(choices))

    def organisation_id(self) -> OrgId:
        """An organisation identifier in the shape that the slides show: ``ORG`` and five digits."""
        return OrgId(self._unused("ORG#####"))

    def sdp_id(self) -> SdpId:
        """An LDC's own SDP ID. The slides leave its shape open: it is no number, whatever it begins with."""
        return SdpId(self._unused("0?-######"))

    def asset_id(self) -> str:
        """An identifier of a meter or communication module. The slides leave its shape open."""
        return self._unused("?#######")

    def account_id(self) -> str:
        """An identifier of an account. The slides leave its shape open: it is no number, and may be long."""
        return self._unused("00#######-####-?##")

    def unissued_universal_sdp_id(self) -> str:
        """A number that nobody issued."""
        return self._unused("0###########")

    def transaction_id(self, pattern: str = "########") -> str:
        """A TX_ID, chosen by the submitter: digits, which every reading of AMB-33 takes."""
        return self._unused(pattern).lower()
