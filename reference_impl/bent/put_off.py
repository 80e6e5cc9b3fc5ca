"""P-Sync sets that are put off until the night: what is behind them waits for them however long (SEQ-10)."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

from harness.interface.instants import day_of, later
from reference_impl.bent.bending import replaced, together
from reference_impl.repository import repository, sequence, synchronization
from reference_impl.repository import staging_table_loader as loader
from reference_impl.repository.billing_window import next_at_clock
from reference_impl.repository.file_sets import is_complete
from reference_impl.repository.port import Port

AT = "02:00"


class _Night:
    """A repository that processes P-Sync sets at night alone."""

    def __init__(self, port: Port) -> None:
        self.port = port
        self.is_night = False

    def awaits(self, here: Any, owner: Any) -> bool:
        """Whether the set whose turn it is in a sequence is a P-Sync set, and whole."""
        reading, expected = here.readings["AMB-34"], here.expected_numbers[owner]
        own = (each for each in here.sets.values() if sequence.counted_for(each.key, reading) == owner)
        return any(
            each.is_periodic_audit and is_complete(each) and each.manifest.sequence_number == expected for each in own
        )

    def turn_of(self, original: Any) -> Any:
        def turn_of(arriving: Any, expected: int) -> Any:
            turn = original(arriving, expected)
            put_off = turn is sequence.Turn.NEXT and arriving.is_periodic_audit and not self.is_night
            return sequence.Turn.WAITS if put_off else turn

        return turn_of

    def deadline(self, original: Any) -> Any:
        """Nobody is rejected for a predecessor that has come, and is merely not processed yet."""

        def deadline(arriving: Any, wait: int, reading: str) -> Any:
            here: Any = self.port.repository
            owner = sequence.counted_for(arriving.key, here.readings["AMB-34"])
            behind = is_complete(arriving) and self.awaits(here, owner)
            return later(original(arriving, wait, reading), days=2 if behind else 0)

        return deadline

    def process_all(self, here: Any) -> None:
        self.is_night = True
        for owner in here.expected_numbers:
            repository.process_in_turn(here, owner)
        self.is_night = False

    def next_events(self, original: Any) -> Any:
        def next_events(here: Any) -> Any:
            due, happenings = original(here)
            moment = None if due is None else max(due, here.now)
            if not any(self.awaits(here, owner) for owner in here.expected_numbers):
                return moment, happenings
            at_night = next_at_clock(here.now, AT)
            if moment is None or at_night < moment:
                return at_night, [self.process_all]
            return moment, [*happenings, self.process_all] if moment == at_night else happenings

        return next_events


@contextlib.contextmanager
def p_sync_at_night(port: Port) -> Iterator[None]:
    """P-Sync sets are processed at the next 02:00."""
    night = _Night(port)
    with together(
        replaced(sequence, "turn_of", night.turn_of),
        replaced(sequence, "deadline", night.deadline),
        replaced(repository, "next_events", night.next_events),
    )(port):
        yield


class _LoadedOnReceipt(_Night):
    """A repository that loads P-Sync sets on receipt, and synchronizes those that load at night."""

    def __init__(self, port: Port) -> None:
        super().__init__(port)
        self.told: dict[Any, Any] = {}

    def load_of(self, here: Any, due: Any) -> Any:
        """What loading a P-Sync set comes to."""
        extracted = day_of(loader.extracted_date_time(due))
        directory, audit = here.directories[due.key.ldc], repository.audit_of(here, extracted)
        issued = frozenset(str(one) for (owner, _), one in here.ids.issued.items() if owner == due.key.ldc)
        limits = loader.dating_limits(here.values, here.readings["AMB-18"])
        load = loader.load(due, directory, issued, here.profile, limits)
        refused = synchronization.errors_at_load(load.staged, directory, audit, here.readings)
        in_use = synchronization.meters_refused_at_load(
            load.staged, directory, extracted, audit, here.readings["AMB-61"]
        )
        return dataclasses.replace(load, findings=(*load.findings, *refused, *in_use))

    def turn_of(self, original: Any) -> Any:
        put_off = super().turn_of(original)

        def turn_of(arriving: Any, expected: int) -> Any:
            turn = put_off(arriving, expected)
            here: Any = self.port.repository
            if original(arriving, expected) is not sequence.Turn.NEXT or turn is not sequence.Turn.WAITS:
                return turn
            if self.told.get(arriving.key) is not arriving:
                load = self.load_of(here, arriving)
                if not load.succeeded:
                    return sequence.Turn.NEXT
                repository.report_load(here, arriving, load)
                self.told[arriving.key] = arriving
            return turn

        return turn_of

    def report_load(self, original: Any) -> Any:
        def report_load(here: Any, loaded: Any, load: Any) -> None:
            if not (self.is_night and self.told.get(loaded.key) is loaded):
                original(here, loaded, load)

        return report_load


@contextlib.contextmanager
def p_sync_loaded_on_receipt(port: Port) -> Iterator[None]:
    """P-Sync sets are loaded on receipt, and synchronized at the next 02:00."""
    night = _LoadedOnReceipt(port)
    with together(
        replaced(sequence, "turn_of", night.turn_of),
        replaced(sequence, "deadline", night.deadline),
        replaced(repository, "next_events", night.next_events),
        replaced(repository, "report_load", night.report_load),
    )(port):
        yield
