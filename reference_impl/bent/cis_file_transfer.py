"""Faults of a CIS in naming its files, and in the versions that it sends."""

from __future__ import annotations

from collections.abc import Callable

from reference_impl.bent.bending import Application, Bent, renamed
from reference_impl.bent.cis_bending import REQUEST, cis_fault, submitted
from reference_impl.cis.state import Submission


def _named(change: Callable[[list[str]], list[str]]) -> Application:
    """Change the elements of the names of requests."""
    return submitted(REQUEST, lambda file: [_renamed(file, change)])


def _and_a_copy(change: Callable[[list[str]], list[str]]) -> Application:
    """Send each request under its name, and a copy under another."""
    return submitted(REQUEST, lambda file: [file, _renamed(file, change)])


def _renamed(file: Submission, change: Callable[[list[str]], list[str]]) -> Submission:
    return renamed(file, lambda name: ".".join(change(name.split("."))))


def _version(version: str) -> Callable[[list[str]], list[str]]:
    return lambda name: [*name[:3], version, *name[4:]]


CIS_FILE_TRANSFER_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_name_submitter_first",
        "FTS-01",
        "an agent's requests name the agent first, and the LDC second",
        _named(lambda name: [name[1], name[0], *name[2:]]),
    ),
    cis_fault(
        "cis_name_ldc_as_submitter",
        "FTS-01",
        "an agent's requests name the LDC as the submitter, too",
        _named(lambda name: [name[0], name[0], *name[2:]]),
    ),
    cis_fault(
        "cis_name_agent_as_ldc",
        "FTS-01",
        "an agent's requests name the agent as the LDC, too",
        _named(lambda name: [name[1], name[1], *name[2:]]),
    ),
    cis_fault(
        "cis_name_ends_in_lower_case",
        "FTS-01",
        "requests are named .dat",
        _named(lambda name: [*name[:-1], "dat"]),
    ),
    cis_fault(
        "cis_name_without_time",
        "FTS-01",
        "names have the date, and no time",
        _named(lambda name: [*name[:4], name[4][:8], *name[5:]]),
    ),
    cis_fault(
        "cis_name_of_copy_numbered",
        "FTS-01",
        "a copy of each request is sent, with a number before the end of its name",
        _and_a_copy(lambda name: [*name[:-1], "2", name[-1]]),
    ),
    cis_fault(
        "cis_request_of_next_version",
        "FTS-07",
        "requests 1000 are sent in version 01, which is that of the response",
        _named(_version("01")),
    ),
    cis_fault(
        "cis_request_version_of_one_digit",
        "FTS-07",
        "requests 1000 are sent in version 0",
        _named(_version("0")),
    ),
    cis_fault(
        "cis_request_version_of_release",
        "FTS-07",
        "requests 1000 are named after Release 7.0, not after their version",
        _named(_version("70")),
    ),
    cis_fault(
        "cis_copy_of_request_in_next_version",
        "FTS-07",
        "of each request a copy is sent in version 01, too",
        _and_a_copy(_version("01")),
    ),
)
