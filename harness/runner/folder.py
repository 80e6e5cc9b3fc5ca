"""The folder that a run writes: whose it is, who writes in it now, what an interrupted run left, and what comes out.

The folder tells by its `run.json` whose it is and whether the run in it came to its end: a finished one is replaced, an
unfinished one is continued where suite, profile, system, seed, secret and selection agree. One command writes in it at
a time. What no run wrote is never removed, and nothing is written through a link.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.errors import InputError, OutputError, unwritten, writing
from harness.evidence.results import RESULTS_VERSION
from harness.evidence.stored import unreadable_results
from harness.interface.profile import Profile
from harness.interface.regular import open_to_write, read_regular
from harness.port.protocol import Json
from harness.port.replies import read_json
from harness.port.shared_folder import remove
from harness.suite.inventory import ScenarioCase

RUN_RECORD, RESULTS, JUNIT, REPORT = "run.json", "results.json", "junit.xml", "report.html"
ENDED = "ended.jsonl"
LOCK = ".lock"
OUTPUTS = (RESULTS, JUNIT, REPORT, ENDED, RUN_RECORD)
JOURNALS, KEPT = "journals", "shared"
_PART = ".part"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})
_CONTENT = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{64}\.[0-9]+")
"""The name of a content that a run kept, or was keeping when it was killed."""
_NEW_FOLDER = "name another folder with --out, or empty this one yourself"


# --- who writes in it ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def kept_for(folder: Path, names: Sequence[str] = OUTPUTS) -> Iterator[None]:
    """Keep a folder, made where there is none, for this command alone while it writes in it.

    :param names: the files that the command writes in it.
    :raises InputError: it cannot be made, another command writes in it, or what it would write through is a link.
    :raises OutputError: it cannot be kept.
    """
    make_folder(folder)
    refuse_links(folder, names)
    path = folder / LOCK
    with writing(path):
        descriptor = _locked(path)
    if descriptor is None:
        raise InputError(
            "another command is writing there",
            where=str(folder),
            expected="a folder that one command at a time writes in",
            remedy="wait until it has ended, or name another folder with --out",
        )
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _locked(path: Path) -> int | None:
    """The descriptor of a lock file that is held; None where somebody else holds it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), path.lstat()):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            return None
        except FileNotFoundError:  # whoever held it has just removed it: the next one is ours
            pass
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make the folder for what comes out, where there is none yet.

    :raises InputError: it cannot be made, by what was named.
    :raises OutputError: it cannot be made, by what is left of the disk or may be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise unwritten(folder, error) from error
        why = "it is a link to nothing" if folder.is_symlink() else error.strerror
        raise InputError(f"cannot be made: {why}", where=str(folder), expected="a folder for what comes out") from error


def refuse_no_text(named: Mapping[str, object]) -> None:
    """Refuse names with bytes that are not UTF-8: processes and documents of a run are told of them as text.

    :param named: what was named, by what it was given as, such as ``--out``.
    :raises InputError: one of them is no text.
    """
    for where, name in named.items():
        try:
            str(name).encode()
        except UnicodeEncodeError as error:
            raise InputError(
                f"{name}: is not text in UTF-8",
                where=where,
                expected="a name in UTF-8, and a locale that reads it so",
                remedy="rename it, or name another one",
            ) from error


def refuse_links(folder: Path, names: Sequence[str]) -> None:
    """Refuse to write where a link stands: what it leads to is somebody else's.

    :raises InputError: one of the names, or anything below the folders of journals and contents, is a link.
    """
    inside = [folder / JOURNALS, folder / KEPT]
    for root in (folder / JOURNALS, folder / KEPT):
        if not root.is_symlink():
            inside += (Path(at, name) for at, folders, files in os.walk(root) for name in (*folders, *files))
    for path in (*(folder / name for name in (*names, LOCK)), *inside):
        if path.is_symlink():
            raise InputError(
                "is a link, and nothing is written through a link",
                where=str(path),
                expected="a folder that holds only what an earlier run wrote",
                remedy=_NEW_FOLDER,
            )


def is_ours(path: Path, member: str) -> bool:
    """Whether a file is a document that a command of ours wrote: its name alone says nothing, others use it, too.

    :param member: which a document of its kind has at the top. Of a file of lines the first is looked at.
    """
    try:
        content = read_regular(path)
        raw = json.loads(content.partition(b"\n")[0] if path.suffix == ".jsonl" else content)
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(raw, dict) and member in raw


def refuse_others(folder: Path, file: str, member: str, what: str) -> None:
    """Leave alone a folder that holds something else than what an earlier command of its kind wrote.

    :param file: the document that lies in each folder of the kind, and `member` one that it has; `what` is called so,
        such as ``simulation``.
    :raises InputError: it holds something else, or is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", where=str(folder), expected=f"a folder for what comes out of the {what}")
    held = folder.exists() and any(path.name != LOCK for path in folder.iterdir())
    if held and not is_ours(folder / file, member):
        article = "an" if what[0] in "aeiou" else "a"
        raise InputError(
            f"holds files, but no {file} of {article} {what}: they would be lost",
            where=str(folder),
            expected=f"a new folder, or one that an earlier {what} wrote",
            remedy="name another folder with --out, or empty this one yourself",
        )


def refuse_to_replace(folder: Path, files: Mapping[str, tuple[str, str]]) -> None:
    """Leave alone a folder in which something else lies under the name of a file that is to be written.

    :param files: the names, each with the document that tells whose the file is, and a member of that.
    :raises InputError: something else lies there.
    """
    for name, (document, member) in files.items():
        path = folder / name
        if path.exists() and not is_ours(folder / document, member):
            raise InputError(
                "was not written by mdmr-conform: it would be lost",
                where=str(path),
                expected=f"a folder without {name}, or with one that an earlier command wrote",
                remedy=_NEW_FOLDER,
            )


@contextlib.contextmanager
def passing_root(folder: Path) -> Iterator[str]:
    """A private folder in which content passes between suite and system: its path tells nothing of the run.

    :param folder: the run's own folder, outside which it lies.
    :raises InputError: the folder for temporary files lies inside it.
    :raises OutputError: it cannot be made.
    """
    place = Path(tempfile.gettempdir()).resolve()
    if place.is_relative_to(folder.resolve()):
        raise InputError(
            f"holds the folder for temporary files, {place}",
            where=str(folder),
            expected="a folder that what is handed to the system does not lead to",
            remedy="name another folder with --out, or with TMPDIR",
        )
    with writing(place):
        root = tempfile.mkdtemp(prefix="mdmr-")
    try:
        yield root
    finally:
        remove(Path(root))


# --- whose it is --------------------------------------------------------------------------------------------


def read_run_record(folder: Path) -> Json | None:
    """The `run.json` of a folder, or None where the folder is new or empty.

    :raises InputError: the folder holds something else, which must not be lost.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", where=str(folder), expected="a folder for what comes out of the run")
    record = stored_run_record(folder)
    if record is None and folder.exists() and any(path.name != LOCK for path in folder.iterdir()):
        raise InputError(
            "holds files, but no run.json of a run: they would be lost",
            where=str(folder),
            expected="a new folder, or one that an earlier run wrote",
            remedy=_NEW_FOLDER,
        )
    return record


def stored_run_record(folder: Path) -> Json | None:
    """The `run.json` of a folder, or None where there is none that reads as one."""
    try:
        raw = read_json(read_regular(folder / RUN_RECORD))
    except (OSError, ValueError):
        return None
    return raw if _is_run_record(raw) else None


def _is_run_record(raw: Any) -> bool:
    """Whether a `run.json` says what is needed to replace its run, or to go on with it."""
    if not isinstance(raw, dict) or raw.get("run") != 1:
        return False
    if raw.get("state") == "finished":
        return True
    texts = all(isinstance(raw.get(key), str) for key in ("state", "namespace", "anchor"))
    return texts and isinstance(raw.get("identity"), dict)


def clear(folder: Path) -> None:
    """Remove what an earlier run wrote, and nothing else.

    :raises OutputError: it cannot be removed.
    """
    with writing(folder):
        for name in OUTPUTS:
            (folder / name).unlink(missing_ok=True)
        clear_evidence(folder)


def clear_evidence(folder: Path) -> None:
    """Remove the journals and contents that a run kept; what else lies among them stays.

    :raises OSError: they cannot be removed.
    """
    for path in _below(folder / JOURNALS):
        if _is_journal(path):
            path.unlink()
    for path in _below(folder / KEPT):
        if path.parent == folder / KEPT and _CONTENT.fullmatch(path.name):
            path.unlink()
    for root in (folder / JOURNALS, folder / KEPT):
        for at, _, _ in sorted(os.walk(root), reverse=True):
            with contextlib.suppress(OSError):  # it holds something else
                Path(at).rmdir()


def _below(root: Path) -> list[Path]:
    """The files below a folder; no link is followed, the folder itself included."""
    if root.is_symlink():
        return []
    return [Path(at, name) for at, _, files in os.walk(root) for name in files if not Path(at, name).is_symlink()]


def _is_journal(path: Path) -> bool:
    """Whether a file is a journal, or the first bytes of one that was being opened when its run was killed."""
    if path.suffix != ".jsonl":
        return False
    try:
        first = read_regular(path).partition(b"\n")[0]
    except OSError:
        return False
    return not first or b'"kind":"opening"' in first


def left_over_journals(folder: Path, named: Sequence[str]) -> list[str]:
    """Journals in a run's folder that are of none of the scenarios named, nor of an interrupted attempt at one.

    :returns: their paths below the folder, in order.
    """
    found = sorted(path.relative_to(folder).as_posix() for path in _below(folder / JOURNALS))
    known = set(named)
    return [
        path
        for path in found
        if path.endswith(".jsonl") and re.sub(r"\.interrupted-[0-9]+\.jsonl$", ".jsonl", path) not in known
    ]


# --- what an interrupted run left -----------------------------------------------------------------------------


def ended_before(folder: Path, to_run: Sequence[ScenarioCase]) -> dict[str, Json]:
    """What an interrupted run wrote down of scenarios that had ended: stated, and not yet borne out by a journal.

    :raises InputError: it cannot be read.
    """
    path = folder / ENDED
    try:
        content = read_regular(path) if path.exists() else b""
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), expected="what an interrupted run wrote down"
        ) from error
    wanted = {case.id for case in to_run}
    found: dict[str, Json] = {}
    for line in content.split(b"\n"):
        try:
            result = read_json(line)
            if result["scenario"] in wanted:
                found[result["scenario"]] = result
        except (ValueError, TypeError, KeyError):  # the line that was being written when the run was killed
            continue
    return found


# --- what comes out -------------------------------------------------------------------------------------------


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, through no link, and read it back.

    :raises OutputError: not at all, or what is read is not what was written.
    """
    temporary = path.with_name(f"{path.name}{_PART}")
    try:
        with writing(path), os.fdopen(open_to_write(temporary, os.O_TRUNC), "wb") as file:
            file.write(content)
            file.flush()
            temporary.replace(path)
            if read_regular(path) != content:
                raise OSError(errno.EIO, "what was written is not what is read back")
    except OutputError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file, made where there is none, in one write: whole or, where that fails, perhaps cut.

    :raises OutputError: it cannot be written, or another thing stands in its place.
    """
    with writing(path), os.fdopen(open_to_write(path, os.O_APPEND), "ab", buffering=0) as file:
        if file.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def as_document(document: Json) -> bytes:
    """A document for people and programs: indented, keys in the order they were built, one final line feed."""
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def outputs(folder: Path, results: Json, record: Json, profile: Profile) -> dict[str, bytes]:
    """What comes out of a run, by name: `results.json`, `junit.xml` and `report.html`, which shows its journals.

    :param record: what stands in `run.json`: the foot of the report tells when the run began, and how it was run.
    """
    from harness.report.html import report_html
    from harness.report.junit import junit_xml

    def journal(path: str) -> bytes | None:
        try:
            return read_regular(folder / path)
        except OSError:
            return None

    return {
        RESULTS: as_document(results),
        JUNIT: junit_xml(results),
        REPORT: report_html(results, journal, record, profile),
    }


def write_outputs(folder: Path, results: Json, record: Json, profile: Profile) -> None:
    """Write `results.json`, `junit.xml` and `report.html`.

    :raises OutputError: one of them cannot be written.
    """
    for name, content in outputs(folder, results, record, profile).items():
        write(folder / name, content)


def read_results(folder: Path) -> Json:
    """The `results.json` of a run.

    :raises InputError: there is none, or it does not read.
    """
    path = folder / RESULTS
    try:
        raw = read_json(read_regular(path))
    except OSError as error:
        raise unreadable_results(path, error, "the results of a run (mdmr-conform run --out)") from error
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", where=str(path), expected="the results of a run") from error
    if not isinstance(raw, dict) or raw.get("results") != RESULTS_VERSION:
        what = f"is not a results document of version {RESULTS_VERSION}"
        raise InputError(what, where=str(path), expected="the results of a run")
    return raw
