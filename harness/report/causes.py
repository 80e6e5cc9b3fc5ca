"""Scenarios that came to nothing for one and the same reason, put together, so that a reader sees each reason once.

Names, numbers and instants are drawn anew for each scenario: two messages that differ in nothing else have one cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.port.protocol import Json

_DRAWN = re.compile(r"'[^']*'|[^\s(),;:]*[0-9][^\s(),;]*|TX_ID [^\s(),;:]+")


@dataclass(frozen=True, slots=True)
class Cause:
    """Scenarios with one cause, in their order; the first stands for them all."""

    scenarios: Sequence[Json]

    @property
    def example(self) -> Json:
        return self.scenarios[0]

    @property
    def text(self) -> str:
        """What kept the example from a verdict: what reports that came said of it, or what was seen."""
        scenario = self.example
        if scenario["expected"] is None:
            return str(scenario["message"])
        seen = "; ".join(scenario["reported"]) or scenario["observed"]
        return f"expected {scenario['expected']}; {seen}"


def causes(scenarios: Iterable[Json], verdict: str) -> list[Cause]:
    """The scenarios of a verdict by their cause: the cause of most scenarios first."""
    found: dict[str, list[Json]] = {}
    for scenario in scenarios:
        if scenario["verdict"] == verdict:
            found.setdefault(_alike(scenario), []).append(scenario)
    return sorted(map(Cause, found.values()), key=lambda cause: -len(cause.scenarios))


def _alike(scenario: Json) -> str:
    """What two scenarios with one cause have in common."""
    texts = [scenario["message"]] if scenario["expected"] is None else [scenario["expected"], *scenario["reported"]]
    return _DRAWN.sub("*", "\n".join(texts))
