"""What of a long proof is over, a line for each trial, so that an interrupted one goes on where it was.

What a trial came to rests on the suite and on the reference as well: of a proof of anything else nothing is kept.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import writing
from harness.exploration.exploring import Subject
from harness.exploration.mutant_trials import PACKAGE
from harness.interface.regular import read_regular
from harness.port.protocol import Json
from harness.port.replies import read_json
from harness.runner.folder import append, write

FILE = "trials.jsonl"


@dataclass(slots=True)
class KeptTrials:
    """The trials of an unfinished proof.

    :param over: what each came to that is over, by its name.
    """

    path: Path
    over: dict[str, Json] = field(default_factory=dict)

    @classmethod
    def begun(cls, folder: Path, about: Json) -> KeptTrials:
        """Those of an unfinished proof of the same; none where another lies there, which is replaced.

        :param about: what has to agree.
        :raises OutputError: they cannot be written.
        """
        kept = cls(folder / FILE)
        first, *others = _documents(kept.path) or [{}]
        if first == about:
            kept.over = {each["name"]: each["ended"] for each in others if each.keys() == {"name", "ended"}}
        lines = [about, *({"name": name, "ended": ended} for name, ended in kept.over.items())]
        write(kept.path, b"".join(map(_line, lines)))
        return kept

    def add(self, name: str, ended: Json) -> None:
        """Keep what a trial came to.

        :raises OutputError: it cannot be written.
        """
        self.over[name] = ended
        append(self.path, _line({"name": name, "ended": ended}))

    def done(self) -> None:
        """Let go of them: the proof is over."""
        with writing(self.path):
            self.path.unlink()


def proof_of(kind: str, subject: Subject) -> Json:
    """What has to agree for any proof to go on: the suite and the reference, to the byte, profile and seed."""
    reference = Path(str(importlib.resources.files(PACKAGE))).parent
    sources = ((path.relative_to(reference).as_posix(), path.read_bytes()) for path in sorted(reference.rglob("*.py")))
    digest = hashlib.sha256(repr([(name, hashlib.sha256(text).hexdigest()) for name, text in sources]).encode())
    about = {"suite": subject.suite, "profile": subject.profile.hash, "seed": subject.wish.seed}
    return {"proof": kind, "reference": digest.hexdigest(), **about}


def _line(document: Json) -> bytes:
    return json.dumps(document, sort_keys=True).encode() + b"\n"


def _documents(path: Path) -> list[Json]:
    """The documents of a file's lines, up to one that was being written when its proof was killed."""
    documents: list[Json] = []
    for line in read_regular(path).split(b"\n") if path.exists() else ():
        try:
            document = read_json(line)
        except ValueError:
            break
        if not isinstance(document, dict):
            break
        documents.append(document)
    return documents
