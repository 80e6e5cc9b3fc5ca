"""The folder that a simulation writes: its results, its page, its journal, and the contents that the journal names."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from harness.errors import InputError, writing
from harness.interface.regular import read_regular
from harness.port.protocol import Json
from harness.port.replies import read_json
from harness.report.simulation import simulation_html
from harness.runner.folder import (
    as_document,
    clear_evidence,
    is_ours,
    kept_for,
    make_folder,
    refuse_links,
    refuse_others,
    write,
)
from harness.stories.document import FILE, PAGE, SIMULATION_VERSION

SMALLEST = "smallest"
"""Where the smallest story that still fails is kept, inside the folder of the one that was made smaller."""
MEMBER = "simulation"
"""What the results of each simulation have at the top: their version."""


OUTPUTS = (FILE, PAGE, SMALLEST)


def is_of_a_simulation(folder: Path) -> bool:
    """Whether a folder is one that a simulation wrote."""
    return (folder / FILE).is_file()


@contextlib.contextmanager
def kept_for_simulation(folder: Path) -> Iterator[None]:
    """Keep a folder for this simulation alone, cleared of an earlier one's.

    :raises InputError: the folder holds something else, another command writes in it, or it cannot be made.
    """
    refuse_others(folder, FILE, MEMBER, "simulation")
    with kept_for(folder, OUTPUTS):
        clear(folder)
        yield


def clear(folder: Path) -> None:
    """Make a folder ready: what an earlier simulation wrote is removed, and nothing else.

    :raises InputError: the folder holds something else, which must not be lost, or cannot be made.
    :raises OutputError: what an earlier simulation wrote cannot be removed.
    """
    refuse_others(folder, FILE, MEMBER, "simulation")
    make_folder(folder)
    refuse_links(folder, OUTPUTS)
    smallest = folder / SMALLEST
    with writing(folder):
        (folder / PAGE).unlink(missing_ok=True)
        clear_evidence(folder)
        if is_ours(smallest / FILE, MEMBER):
            refuse_links(smallest, (FILE, PAGE))
            clear_evidence(smallest)
            for name in (FILE, PAGE):
                (smallest / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # there is none, or it holds something else
            smallest.rmdir()
    begun = {MEMBER: SIMULATION_VERSION, "state": "unfinished"}
    write(folder / FILE, as_document(begun))


def outputs(document: Json) -> dict[str, bytes]:
    """What comes out of a simulation, by name: results and page."""
    return {FILE: as_document(document), PAGE: simulation_html(document)}


def write_outputs(folder: Path, document: Json) -> None:
    """Write results and page.

    :raises OutputError: one of them cannot be written.
    """
    for name, content in outputs(document).items():
        write(folder / name, content)


def read(folder: Path) -> Json:
    """The results of a folder.

    :raises InputError: there are none, or none that read.
    """
    path = folder / FILE
    try:
        document = read_json(read_regular(path))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(
            f"cannot be read: {reason}", where=str(path), expected="the results of a simulation"
        ) from error
    if not isinstance(document, dict) or document.get("simulation") != SIMULATION_VERSION:
        raise InputError(
            "does not read as the results of a simulation",
            where=str(path),
            expected=f'"simulation": {SIMULATION_VERSION}',
        )
    return document
