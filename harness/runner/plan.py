"""What one pytest session is to run: scenarios, systems and settings, in a form that crosses to other workers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from harness.interface.profile import Profile, load_profile
from harness.port.failure import Side
from harness.port.protocol import Json, Role

SAFE_PATH = "PYTHONSAFEPATH"
"""The variable that keeps the working directory off the path of a worker process while it starts."""
SEARCH_PATH = "PYTHONPATH"
"""The variable whose folders a worker process does not search while it starts, and gets back afterwards."""
OWNER = "conform_owner"
"""Under which name a worker process is told the process id of the one that started it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One scenario against one system.

    :param readings: readings of ambiguities that differ from the profile's, for twins and announced rules.
    :param mark: entry count and last hash of the journal to replay, where the task is to verify one.
    """

    scenario: str
    system: str
    readings: Mapping[str, str] = field(default_factory=dict)
    mark: tuple[int, str] | None = None

    @property
    def key(self) -> str:
        """Names the task among those of its session."""
        changed = "".join(f" {ambiguity}={reading}" for ambiguity, reading in sorted(self.readings.items()))
        return f"{self.scenario} @ {self.system}{changed}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A session of scenarios.

    :param mode: ``live`` asks systems and keeps journals in `folder`; ``replay`` reads journals from `folder` instead
        of asking; ``prove`` asks systems and keeps no journals.
    :param features: the folder of the features.
    :param step_package: the import name of the package with the step definitions.
    :param anchor: the first instant of every conversation, ISO 8601.
    :param secret: what all drawing rests on besides the seed; None where no secret was given.
    :param passing: the folder in which content passes between suite and system; none is needed for a replay.
    :param role: of the systems; `counterpart` is the repository that answers a CIS.
    :param introduced: how those who take part described themselves before the session, by their side: name, and the
        reply to `hello`. A replay goes by it, and a live system that is so named is held to it.
    :param given_up: identifiers of conversations that a person has begun again under others.
    """

    mode: Literal["live", "replay", "prove"]
    tasks: tuple[Task, ...]
    features: str
    step_package: str
    suite_hash: str
    profile_path: str | None
    seed: int
    namespace: str
    anchor: str
    time_limit_seconds: float
    folder: str | None = None
    secret: str | None = None
    passing: str | None = None
    role: str = Role.REPOSITORY.value
    counterpart: str | None = None
    introduced: Mapping[Side, tuple[str, Json]] = field(default_factory=dict)
    given_up: tuple[str, ...] = ()

    def to_text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Plan:
        raw = json.loads(text)
        tasks = tuple(
            Task(t["scenario"], t["system"], t["readings"], tuple(t["mark"]) if t["mark"] else None)
            for t in raw.pop("tasks")
        )
        return cls(tasks=tasks, given_up=tuple(raw.pop("given_up")), **raw)

    def profile(self, readings: Mapping[str, str]) -> Profile:
        """The profile of the session, with some readings taken otherwise."""
        profile = load_profile(None if self.profile_path is None else Path(self.profile_path))
        for ambiguity, reading in sorted(readings.items()):
            profile = profile.with_reading(ambiguity, reading)
        return profile


def journal_path(folder: str | Path, scenario: str) -> Path:
    """Where the journal of a scenario lies below a run's folder."""
    return Path(folder) / "journals" / f"{scenario}.jsonl"
