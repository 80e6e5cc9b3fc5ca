"""The folder that a simulation writes: its results, its page, its journal, and the contents that the journal names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from harness.errors import InputError
from harness.port.protocol import Json
from harness.report.simulation import simulation_html
from harness.runner import controller
from harness.stories.document import FILE, PAGE, SIMULATION_VERSION

SMALLEST = "smallest"
"""Where the smallest story that still fails is kept, inside the folder of the one that was made smaller."""


def is_of_a_simulation(folder: Path) -> bool:
    """Whether a folder is one that a simulation wrote."""
    return (folder / FILE).is_file()


def clear(folder: Path) -> None:
    """Make a folder ready: what an earlier simulation wrote is removed, and nothing else.

    :raises InputError: the folder holds something else, which must not be lost, or cannot be made.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", where=str(folder), expected="a folder for what comes out of the simulation")
    if folder.exists() and any(folder.iterdir()) and not is_of_a_simulation(folder):
        raise InputError(
            f"holds files, but no {FILE} of a simulation: they would be lost",
            where=str(folder),
            expected="a new folder, or one that an earlier simulation wrote",
            remedy="name another folder with --out, or empty this one yourself",
        )
    controller.make_folder(folder)
    (folder / PAGE).unlink(missing_ok=True)
    for name in ("journals", "shared", SMALLEST):
        shutil.rmtree(folder / name, ignore_errors=True)
    begun = {"simulation": SIMULATION_VERSION, "state": "unfinished"}
    controller.write(folder / FILE, controller.as_document(begun))


def write(folder: Path, document: Json) -> None:
    """Write results and page."""
    controller.write(folder / FILE, controller.as_document(document))
    controller.write(folder / PAGE, simulation_html(document))


def read(folder: Path) -> Json:
    """The results of a folder.

    :raises InputError: there are none, or none that read.
    """
    path = folder / FILE
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
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
