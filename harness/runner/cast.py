"""Who takes part on a worker: the system under test, and where that is a CIS the repository that is its counterpart.

One connection to each serves scenario after scenario, one system at a time; after any failure of an adapter the next
scenario gets fresh ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from harness.errors import InputError, UsageError
from harness.port.failure import AdapterFailure, Connection, Side
from harness.port.lasting import Lasting
from harness.port.naming import opener
from harness.port.protocol import Role, SystemDescription
from harness.runner.plan import Plan


class Cast:
    """The connections of a worker."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._names: dict[Side, str] = {}
        self._open: dict[Side, Lasting] = {}

    def connected(self, system: str) -> Mapping[Side, Lasting]:
        """The connections to a system and, where there is one, its counterpart.

        :raises AdapterFailure: one of them cannot be reached, or does not introduce itself.
        """
        wanted: dict[Side, str] = {"system": system}
        if self._plan.counterpart is not None:
            wanted["counterpart"] = self._plan.counterpart
        for side, name in wanted.items():
            if self._names.get(side) != name:
                self._let_go(side)
                try:
                    self._open[side] = self._lasting(side, name)
                except AdapterFailure as failure:
                    failure.side = side
                    raise
                self._names[side] = name
        return self._open

    def _lasting(self, side: Side, name: str) -> Lasting:
        introduced = self._plan.introduced.get(side)
        known = None if introduced is None or introduced[0] != name else SystemDescription.from_reply(introduced[1])
        return Lasting(lambda: self._connect(name), self._role(side), known)

    def _role(self, side: Side) -> Role:
        return Role(self._plan.role) if side == "system" else Role.REPOSITORY

    def _connect(self, name: str) -> Connection:
        path = None if self._plan.profile_path is None else Path(self._plan.profile_path)
        try:
            return opener(name, profile_path=path, time_limit=self._plan.time_limit_seconds)()
        except (InputError, UsageError) as error:  # it was there when the system introduced itself, before the run
            raise AdapterFailure("start", str(error)) from error

    def settles(self, settle: Callable[[Sequence[AdapterFailure]], None]) -> None:
        """Say what is to be called once it is known who is to blame for what came after the conversation's end.

        That is at once, or while the next conversation begins, or the connections are closed: see `Lasting.settles`.
        """
        blamed: list[AdapterFailure] = []
        waited_for = list(self._open)

        def settled(side: Side, failure: AdapterFailure | None) -> None:
            if failure is not None:
                failure.side = side
                blamed.append(failure)
            waited_for.remove(side)
            if not waited_for:
                settle(blamed)

        if not waited_for:
            settle(())
        for side, connection in list(self._open.items()):
            connection.settles(lambda failure, side=side: settled(side, failure))  # type: ignore[misc]

    def close(self) -> None:
        """Let go of everybody, once it is known how the last scenario ended."""
        for side in list(self._open):
            self._let_go(side)

    def drop(self) -> None:
        """Let go of everybody at once: what is unsettled stays so."""
        for connection in self._open.values():
            connection.drop()
        self.close()

    def _let_go(self, side: Side) -> None:
        self._names.pop(side, None)
        connection = self._open.pop(side, None)
        if connection is not None:
            connection.close()
