"""A folder of files that a command writes anew each time: its record names them, and nothing else is ever replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from pathlib import Path

from harness.errors import InputError, writing
from harness.interface.regular import read_regular
from harness.port.replies import read_json
from harness.runner.folder import LOCK, as_document, kept_for, write

_WHAT = "mdmr-conform"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.[a-z0-9]+")


def write_owned(folder: Path, record: str, files: Mapping[str, bytes], *, what: str) -> None:
    """Write files into a folder that is new, empty, or written so before; what was written before goes.

    :param record: the name of the file in the folder that names the others.
    :param what: what the files are together, as in ``a rule book``.
    :raises InputError: the folder is a file, holds what was not written so, or another command writes in it.
    :raises OutputError: something cannot be written or removed.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", where=str(folder), expected=f"a folder for {what}")
    earlier = _owned(folder / record)
    _refuse_what_is_not_ours(folder, earlier, {*files, record}, what)
    with kept_for(folder, [*files, record]):
        with writing(folder):
            for name in sorted((earlier or set()) - {*files, record}):
                (folder / name).unlink(missing_ok=True)
        write(folder / record, as_document({_WHAT: what, "files": sorted(files)}))
        for name in sorted(files):
            write(folder / name, files[name])


def _owned(record: Path) -> set[str] | None:
    """The files that a record names: names alone, of the form that ours have; None where there is no such record."""
    try:
        raw = read_json(read_regular(record))
    except (OSError, ValueError):
        return None
    named = raw.get("files") if isinstance(raw, dict) and _WHAT in raw else None
    if not isinstance(named, list):
        return None
    return {record.name, *(name for name in named if isinstance(name, str) and _NAME.fullmatch(name))}


def _refuse_what_is_not_ours(folder: Path, earlier: Set[str] | None, wanted: Set[str], what: str) -> None:
    present = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    in_the_way = sorted(present - {LOCK} if earlier is None else (present & wanted) - earlier)
    if in_the_way:
        raise InputError(
            f"holds {in_the_way[0]}, which is not of {what}: it would be lost",
            where=str(folder),
            expected=f"a new folder, or one that holds {what} written earlier",
            remedy="name another folder with --out, or empty this one yourself",
        )
