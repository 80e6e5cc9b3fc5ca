"""How the loading and synchronization of sets is bent, by faults of several chapters."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from harness.interface.findings import Severity
from reference_impl.bent.bending import (
    Application,
    replaced,
)
from reference_impl.repository import repository, staging_table_loader, synchronization
from reference_impl.repository.staging_table_loader import LoadFinding
from reference_impl.repository.synchronization import Outcome, Status


def overlooked(*codes: str) -> Application:
    """The staging table loader overlooks findings of some codes."""
    return findings_kept(lambda found: found.code not in codes)


def findings_kept(keep: Callable[[LoadFinding], bool]) -> Application:
    """The staging table loader drops findings."""

    def dropping(check: Any) -> Any:
        return lambda staging: (found for found in check(staging) if keep(found))

    return replaced(staging_table_loader, "CHECKS", lambda checks: tuple(dropping(check) for check in checks))


def check_kept(name: str, keep: Callable[[Any, list[Any]], Iterable[Any]]) -> Application:
    """One check of the loader finds less: `keep` is given what is loaded and what was found."""
    original = getattr(staging_table_loader, name)

    def make(checks: Any) -> Any:
        return tuple(_kept if each is original else each for each in checks)

    def _kept(staging: Any) -> Iterable[Any]:
        return keep(staging, list(original(staging)))

    return replaced(staging_table_loader, "CHECKS", make)


def refused(where: Callable[[Any], bool]) -> Application:
    """A set is refused where something holds of its staging."""

    def refuse(staging: Any) -> Any:
        if where(staging):
            yield LoadFinding(None, None, Severity.ERROR, "refused", None, "refused")

    return replaced(staging_table_loader, "CHECKS", lambda checks: (*checks, refuse))


def staged(change: Callable[[tuple[Any, ...]], Any]) -> Application:
    """What a set's records bring is changed."""

    def make(original: Any) -> Any:
        def stage(records: Any, profile: Any) -> Any:
            found = original(records, profile)
            return dataclasses.replace(found, values=tuple(change(found.values)))

        return stage

    return replaced(staging_table_loader, "stage", make)


def never(*attributes: str) -> Application:
    """Some attributes are never taken."""
    return staged(lambda values: (v for v in values if v.key.attribute not in attributes))


def outcome_changed(change: Callable[..., Outcome]) -> Application:
    """What synchronizing a set came to is changed: `change` is given the outcome, the staged set and the directory."""

    def make(original: Any) -> Any:
        def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Outcome:
            return change(original(staged, directory, extracted, audit), staged, directory, extracted)

        return synchronize

    return replaced(synchronization, "synchronize", make)


def reported_though_failed(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        before = here.expected_numbers[due.key.ldc]
        original(here, due)
        if here.expected_numbers[due.key.ldc] == before:
            extracted = staging_table_loader.extracted_date_time(due)
            repository.report_synchronization(here, due, extracted, Outcome(Status.COMPLETED, (), ()))

    return process
