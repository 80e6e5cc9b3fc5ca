"""Each known reading of an ambiguity, as an allowed variant: the reference that takes it where any is right.

A system under test that says nothing of its readings behaves so: told ``either``, it does as it likes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harness.interface.profile import EITHER, Profile, load_profile
from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.repository import port


def taking(ambiguity: str, reading: str) -> Application:
    """Take a reading wherever the conversation leaves it open."""

    def make(original: Any) -> Any:
        def taken_readings(profile: Profile, stated: Mapping[str, str]) -> dict[str, str]:
            found: dict[str, str] = original(profile, stated)
            return {**found, ambiguity: reading} if stated.get(ambiguity) == EITHER else found

        return taken_readings

    return replaced(port, "taken_readings", make)


def reading_variants(profile: Profile) -> Iterator[Bent]:
    """A variant for every known reading of each ambiguity in which the profile takes no side."""
    for ambiguity, known in profile.known_readings.items():
        for reading, text in known.items():
            if profile.readings[ambiguity] == EITHER and reading != profile.default_readings[ambiguity]:
                identifier = f"{ambiguity}_{reading}".lower().replace("-", "_")
                yield Bent(
                    identifier, "variant", (), f"{ambiguity}: {text}", taking(ambiguity, reading), takes=ambiguity
                )


READING_VARIANTS = tuple(reading_variants(load_profile()))
