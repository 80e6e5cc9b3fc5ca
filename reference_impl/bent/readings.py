"""Each known reading of an ambiguity, as an allowed variant: the reference that takes it where any is right.

And as a fault, where another was asked for.

A system under test that says nothing of its readings behaves so: told ``either``, it does as it likes.
"""

from __future__ import annotations

import random
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


def misread(rule: str, ambiguity: str, told: str, *taken: str, also: tuple[str, ...] = ()) -> Iterator[Bent]:
    """Faults: a system that is told one reading, and takes another.

    :param also: further rules that show it.
    """

    def forced(reading: str) -> Application:
        def make(original: Any) -> Any:
            return lambda profile, stated: {**original(profile, stated), ambiguity: reading}

        return replaced(port, "taken_readings", make)

    for reading in taken:
        identifier = f"{ambiguity}_{told}_read_as_{reading}".lower().replace("-", "_")
        text = f"Told to read {ambiguity} as {told}, it is read as {reading}."
        yield Bent(identifier, "fault", (rule, *also), text, forced(reading), {ambiguity: told})


def reading_variants(profile: Profile) -> Iterator[Bent]:
    """A variant for every known reading of each ambiguity in which the profile takes no side."""
    for ambiguity, known in profile.known_readings.items():
        for reading, text in known.items():
            if profile.readings[ambiguity] == EITHER and reading != profile.default_readings[ambiguity]:
                identifier = f"{ambiguity}_{reading}".lower().replace("-", "_")
                yield Bent(
                    identifier, "variant", (), f"{ambiguity}: {text}", taking(ambiguity, reading), takes=ambiguity
                )


def together(profile: Profile, number: int) -> Bent:
    """A variant that takes some reading of every ambiguity in which the profile takes no side, drawn by a number."""
    taken = {
        ambiguity: random.Random(f"{number} {ambiguity}").choice(sorted(known))
        for ambiguity, known in sorted(profile.known_readings.items())
        if profile.readings[ambiguity] == EITHER
    }

    def make(original: Any) -> Any:
        def taken_readings(under: Profile, stated: Mapping[str, str]) -> dict[str, str]:
            found: dict[str, str] = original(under, stated)
            return {**found, **{each: reading for each, reading in taken.items() if stated.get(each) == EITHER}}

        return taken_readings

    text = "It reads every ambiguity as may be: " + ", ".join(f"{each} {reading}" for each, reading in taken.items())
    return Bent(f"readings_together_{number}", "variant", (), text, replaced(port, "taken_readings", make))


READING_VARIANTS = (*reading_variants(load_profile()), *(together(load_profile(), number) for number in range(1, 5)))


READING_FAULTS = (
    *misread("BQ-01", "AMB-04", "nv-eligible", "nv-not-eligible"),
    *misread("BQ-01", "AMB-04", "nv-not-eligible", "nv-eligible"),
    *misread("STL-06", "AMB-44", "authorised-alone", "submitter"),
    *misread("STL-06", "AMB-44", "submitter", "authorised-alone"),
    *misread("BSV-10", "AMB-09", "newest-until", "that-very-one"),
    *misread("BSV-10", "AMB-09", "that-very-one", "newest-until"),
    *misread("SUM-02", "AMB-11", "nearest-earlier-on-a-tie", "nearest-later-on-a-tie"),
    *misread("SUM-02", "AMB-11", "nearest-later-on-a-tie", "nearest-earlier-on-a-tie"),
    *misread("BRP-07", "AMB-12", "at-that-time", "any-time-before", also=("BRP-08",)),
    *misread("WIN-07", "AMB-13", "no-data-first", "run-first"),
    *misread("WIN-07", "AMB-13", "run-first", "no-data-first"),
    *misread("BQ-05", "AMB-14", "standard-time", "prevailing-time"),
    *misread("BQ-05", "AMB-14", "prevailing-time", "standard-time"),
    *misread("BRP-01", "AMB-19", "on-receipt", "within-a-business-day"),
    *misread("WIN-01", "AMB-24", "from-receipt", "from-period-end", also=("BRP-05",)),
    *misread("WIN-01", "AMB-24", "from-period-end", "from-receipt"),
    *misread("BSV-08", "AMB-26", "last-day-of-period", "when-answered"),
    *misread("BSV-08", "AMB-26", "when-answered", "last-day-of-period"),
    *misread("BSV-04", "AMB-27", "calendar-days", "business-days"),
    *misread("BSV-04", "AMB-27", "business-days", "calendar-days"),
    *misread("BSV-04", "AMB-50", "earlier-of-both", "date-held", "new-date"),
    *misread("BSV-04", "AMB-50", "date-held", "earlier-of-both", "new-date"),
    *misread("BSV-04", "AMB-50", "new-date", "earlier-of-both", "date-held"),
    *misread("BSV-04", "AMB-51", "in-part", "whole-file", also=("BRP-01",)),
    *misread("BSV-04", "AMB-51", "whole-file", "in-part", also=("BRP-01",)),
    *misread("WIN-06", "AMB-52", "on-receipt", "next-reads-run"),
    *misread("BRP-02", "AMB-53", "with-exceptions-only", "for-each-file"),
    *misread("BRP-02", "AMB-53", "for-each-file", "with-exceptions-only"),
    *misread("BRP-02", "AMB-64", "exception", "answered"),
    *misread("BRP-02", "AMB-64", "answered", "exception"),
    *misread("BRP-04", "AMB-54", "closed-on-their-day", "open-window-alone", also=("TXS-05",)),
    *misread("BRP-04", "AMB-54", "open-window-alone", "closed-on-their-day"),
    *misread("BRP-04", "AMB-62", "nothing-there", "not-complete", also=("BRP-05",)),
    *misread("BRP-04", "AMB-62", "not-complete", "nothing-there", also=("BRP-05",)),
    *misread("BRP-09", "AMB-55", "whole-period", "each-sub-period"),
    *misread("BRP-09", "AMB-55", "each-sub-period", "whole-period"),
    *misread("SUM-04", "AMB-56", "two-reads-needed", "one-read-serves"),
    *misread("SUM-04", "AMB-56", "one-read-serves", "two-reads-needed"),
    *misread("SUM-03", "AMB-63", "as-the-energy", "as-processed"),
    *misread("SUM-03", "AMB-63", "as-processed", "as-the-energy"),
    *misread("BQ-08", "AMB-57", "down", "nearest", "up"),
    *misread("BQ-08", "AMB-57", "nearest", "down", "up"),
    *misread("BQ-08", "AMB-57", "up", "down", "nearest"),
    *misread("BRP-04", "AMB-58", "tried-again", "not-tried-again"),
    *misread("BSV-08", "AMB-59", "nothing-to-the-agent", "quantities-to-the-agent"),
    *misread("BSV-08", "AMB-59", "quantities-to-the-agent", "nothing-to-the-agent"),
)
"""What shows that the scenarios of a reading judge that reading; nothing but a demand of its own makes a fault."""
