"""The reference implementations as systems that can be named: with a profile, and bent by a fault or variant."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from harness.interface.profile import load_profile
from reference_impl.cis.port import Port as CisPort
from reference_impl.repository.port import Port


class _Answering(Protocol):
    def exchange(self, request: Mapping[str, Any]) -> dict[str, Any]: ...


class System:
    """A port, and whatever bends it until it is closed."""

    def __init__(self, port: _Answering, bending: contextlib.ExitStack) -> None:
        self._port = port
        self._bending = bending

    def exchange(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one message."""
        return self._port.exchange(request)

    def close(self) -> None:
        """Let go of the fault or variant."""
        self._bending.close()


def create(*, profile_path: Path | None = None, bent: str | None = None) -> System:
    """Make a reference implementation of the MDM/R.

    :param bent: id of a fault or variant that applies until the system is closed.
    :raises ProfileError: the profile does not read.
    :raises KeyError: there is no such fault or variant.
    """
    return _bent(Port(load_profile(profile_path)), bent)


def create_cis(*, profile_path: Path | None = None, bent: str | None = None) -> System:
    """Make a reference CIS; parameters and errors as of `create`."""
    return _bent(CisPort(load_profile(profile_path)), bent)


def _bent(port: Port | CisPort, bent: str | None) -> System:
    """A port, bent or not; the faults and variants are loaded only where one of them is asked for."""
    bending = contextlib.ExitStack()
    if bent is not None:
        from reference_impl.bent import bent_by_id

        bending.enter_context(bent_by_id(bent).apply(port))
    return System(port, bending)
