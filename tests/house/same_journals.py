"""Whether two runs say the same, entry for entry: by what a move of code is held to have changed nothing.

``python tests/house/same_journals.py BEFORE AFTER`` compares the journals of two output folders. Each entry has to be
equal in kind and body; the opening's hash of the suite, and with it the chain of hashes, may differ.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def differences(before: Path, after: Path) -> Iterator[str]:
    """Where the journals of two folders differ: journal, entry and what is wrong with it."""
    old, new = _journals(before), _journals(after)
    if not old:
        yield f"{before}: holds no journals"
    for name in sorted(old.keys() ^ new.keys()):
        yield f"{name}: only in {before if name in old else after}"
    for name in sorted(old.keys() & new.keys()):
        if len(old[name]) != len(new[name]):
            yield f"{name}: {len(old[name])} entries, then {len(new[name])}"
        for number, (one, other) in enumerate(zip(old[name], new[name], strict=False)):
            if one != other:
                yield f"{name}, entry {number}: {_short(one)} became {_short(other)}"


def _journals(folder: Path) -> dict[str, list[Any]]:
    root = folder / "journals"
    return {
        path.relative_to(root).as_posix(): [_entry(line) for line in path.read_bytes().splitlines()]
        for path in root.rglob("*.jsonl")
    }


def _entry(line: bytes) -> Any:
    try:
        entry = json.loads(line)
        body = dict(entry["body"])
    except (ValueError, KeyError, TypeError):
        return line
    if entry["kind"] == "opening":
        body.pop("suite", None)
    return entry["kind"], body


def _short(entry: Any) -> str:
    text = repr(entry)
    return text if len(text) <= 200 else f"{text[:200]}…"


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: same_journals.py BEFORE AFTER", file=sys.stderr)  # noqa: T201
        return 2
    found = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    for line in found[:20]:
        print(line)  # noqa: T201
    print(f"{len(found)} differences" if found else "the same")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
