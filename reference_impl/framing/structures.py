"""Framing structures, also called Energy Purchase Services: how an SDP's intervals become billing quantities (BQ-08).

Four for energy alone, and 24 that add demand: each energy framing with 15- or 60-minute demand, block or rolling, in
the Eastern or the Central time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Energy(StrEnum):
    """How energy is framed."""

    TOU_CPP = "tou_cpp"
    HOURLY = "hourly"
    PERIODIC = "periodic"


class Zone(StrEnum):
    """By which standard time days and hours are counted: Eastern, or Central, an hour behind."""

    EASTERN = "eastern"
    CENTRAL = "central"


class Method(StrEnum):
    """Which spans demand is taken over: those that follow one another, or one from each interval on."""

    BLOCK = "block"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class Demand:
    """Over how many minutes demand is taken, and how."""

    minutes: int
    method: Method


@dataclass(frozen=True, slots=True)
class Framing:
    """A framing structure. `demand` is None where it has energy alone."""

    energy: Energy
    zone: Zone
    demand: Demand | None = None


def framing_of(word: str) -> Framing:
    """The framing structure of a name in the profile's code list, such as ``hourly`` or ``tou_cpp_15_block_central``.

    :raises ValueError: there is none of that name.
    """
    if word not in FRAMINGS:
        raise ValueError(f"{word!r} is no framing structure")
    return FRAMINGS[word]


_ENERGY_ALONE = {
    "tou_cpp_est": Framing(Energy.TOU_CPP, Zone.EASTERN),
    "tou_cpp_cst": Framing(Energy.TOU_CPP, Zone.CENTRAL),
    "hourly": Framing(Energy.HOURLY, Zone.EASTERN),
    "periodic": Framing(Energy.PERIODIC, Zone.EASTERN),
}

FRAMINGS = _ENERGY_ALONE | {
    f"{energy}_{minutes}_{method}_{zone}": Framing(energy, zone, Demand(minutes, method))
    for energy in Energy
    for minutes in (15, 60)
    for method in Method
    for zone in Zone
}
"""Every framing structure, by its name in the profile's code list."""
