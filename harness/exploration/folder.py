"""The folder that an exploration writes: whose it is, its rounds, what was found, and the journals of that."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from harness.errors import InputError, writing
from harness.interface.regular import read_regular
from harness.port.journal import canonical
from harness.port.protocol import Json
from harness.port.replies import read_json
from harness.runner.folder import JOURNALS, KEPT, append, as_document, clear_evidence, kept_for, refuse_others, write
from harness.suite.inventory import FOUND_FOLDER

FILE, ROUNDS = "explore.json", "rounds.jsonl"
MEMBER, VERSION = "explore", 1
FOUND_BY = "Found by exploration: "
"""How the first line of each feature begins that tells what was found; it is a comment."""
_NAMES = (FILE, ROUNDS, FOUND_FOLDER)


@contextlib.contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Keep a folder for this exploration alone.

    :raises InputError: it holds something else, another command writes in it, or it cannot be made.
    """
    refuse_others(folder, FILE, MEMBER, "exploration")
    with kept_for(folder, _NAMES):
        yield


def is_of_an_exploration(folder: Path) -> bool:
    """Whether a folder is one that an exploration wrote."""
    return (folder / FILE).is_file()


def begun(folder: Path, identity: Json, secret: Json | None, knows: Callable[[object], bool]) -> Json:
    """The record of the exploration in a folder: of an unfinished one, which goes on, or of this one, which begins.

    :param secret: what stands for the secret until the exploration has ended; `knows` says whether what stands for that
        of an unfinished one is the same.
    :raises InputError: an unfinished one of something else lies there.
    """
    earlier = _read(folder / FILE) if is_of_an_exploration(folder) else None
    if earlier is not None and earlier.get("state") != "finished":
        was = earlier.get("identity")
        was = was if isinstance(was, dict) else {}
        differs = next((key for key, value in identity.items() if _differs(key, was, value)), None)
        if differs is None and not knows(earlier.get("secret")):
            differs = "secret"
        if differs is None:
            return earlier
        raise InputError(
            f"an unfinished exploration lies there, with another {differs}",
            where=str(folder),
            expected="the same suite, profile, system, adapter, seed, secret and rules, so that it can go on",
            remedy="name another folder with --out, or remove this one",
        )
    _clear(folder)
    record = {MEMBER: VERSION, "state": "unfinished", "identity": identity, "secret": secret}
    write(folder / FILE, as_document(record))
    return record


def _differs(key: str, was: Json, value: object) -> bool:
    """Whether something is another than it was; a namespace is new each time, where there is one."""
    if key == "namespace":
        return bool(was.get(key)) != bool(value)
    return canonical(was.get(key)) != canonical(value)


def _clear(folder: Path) -> None:
    """Remove what an earlier exploration wrote, and nothing else."""
    with writing(folder):
        for name in (FILE, ROUNDS):
            (folder / name).unlink(missing_ok=True)
        for path in sorted((folder / FOUND_FOLDER).rglob("*.feature")):
            if _is_retold(path):
                path.unlink()
        clear_evidence(folder)
        (folder / JOURNALS).mkdir(exist_ok=True)
        (folder / KEPT).mkdir(exist_ok=True)


def _is_retold(path: Path) -> bool:
    """Whether a feature is one that exploration wrote, as its first line says."""
    try:
        return read_regular(path).startswith(f"# {FOUND_BY}".encode())
    except OSError:
        return False


def rounds(folder: Path) -> Iterator[Json]:
    """The rounds that were written down, in order; one that was being written when it was killed is left out."""
    path = folder / ROUNDS
    if not path.exists():
        return
    for number, line in enumerate(read_regular(path).split(b"\n")):
        try:
            found = read_json(line)
        except ValueError:
            return
        if not isinstance(found, dict) or found.get("round") != number:
            return
        yield found


def add_round(folder: Path, line: Json) -> None:
    """Write down what a round came to.

    :raises OutputError: it cannot be written.
    """
    path = folder / ROUNDS
    before = (
        b"".join(json.dumps(each, sort_keys=True).encode() + b"\n" for each in rounds(folder))
        if _is_cut(path)
        else None
    )
    if before is not None:
        write(path, before)
    append(path, json.dumps(line, sort_keys=True).encode() + b"\n")


def _is_cut(path: Path) -> bool:
    """Whether the last line was being written when its exploration was killed."""
    return path.exists() and not read_regular(path).endswith(b"\n")


def write_feature(folder: Path, name: str, text: str) -> None:
    """Write the feature of what was found.

    :raises OutputError: it cannot be written.
    """
    path = folder / name
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write(path, text.encode())


def read(folder: Path) -> Json:
    """What an exploration came to.

    :raises InputError: there is nothing, or nothing that reads.
    """
    document = _read(folder / FILE)
    if document.get(MEMBER) != VERSION:
        raise InputError(
            "does not read as what an exploration came to",
            where=str(folder / FILE),
            expected=f'"{MEMBER}": {VERSION}',
        )
    return document


def _read(path: Path) -> Json:
    try:
        document = read_json(read_regular(path))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"cannot be read: {reason}", where=str(path), expected="what an exploration wrote") from error
    if not isinstance(document, dict):
        raise InputError("is no document", where=str(path), expected="what an exploration wrote")
    return document
