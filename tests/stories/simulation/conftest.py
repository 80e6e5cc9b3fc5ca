"""Simulations in this process: of the reference, and of repositories that go wrong in one way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from harness.stories.living import Lived
from harness.stories.playing import Cast, cast_of, play
from harness.stories.story import Story
from reference_impl.bent.bending import Application
from reference_impl.repository.port import Port

Simulate = Callable[..., Lived]


def _no_step() -> None:
    """Nobody watches."""


@pytest.fixture(scope="session")
def cast() -> Cast:
    """The reference."""
    return cast_of("reference", None, 3600, lambda: "")


@pytest.fixture(scope="session")
def simulate(cast: Cast) -> Simulate:
    """Plays a story with the reference, or bent as a fault or an application says, which may state readings."""

    def call(
        story: Story, *, fault: str = "", bent: Application | None = None, states: Mapping[str, str] | None = None
    ) -> Lived:
        adapter = f"reference+{fault}" if fault else "reference"
        system = replace(cast.system, readings={**cast.system.readings, **(states or {})})
        with _bent(bent):
            played = play(replace(cast, adapter=adapter, system=system), story, None, _no_step)
        assert played.trouble is None
        return played.lived

    return call


@contextlib.contextmanager
def _bent(application: Application | None) -> Iterator[None]:
    if application is None:
        yield
    else:
        with application(Port.__new__(Port)):
            yield
