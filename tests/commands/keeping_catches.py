"""Writes which fault each scenario catches into `corpus/caught/scenarios.toml`, for a part of the proof to try first.

    python tests/commands/keeping_catches.py PROOF.json ...

PROOF.json are those that `prove` wrote, also with `--one-in`, together of all scenarios. A part of the proof that knows
nothing of a fault or a scenario searches, and is slower: call this again when many were added.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.runner.proof import CAUGHT_BEFORE

HEAD = """\
# A fault that each scenario was seen to catch, and with some a second, so that every fault stands with a scenario.
# `prove --one-in` tries these first. It is written by tests/commands/keeping_catches.py from what a proof found.
"""


def to_keep(proofs: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """A fault that each scenario catches, by its id, and more where a fault would stand nowhere else."""
    pairs = {
        (scenario, fault["id"]) for proof in proofs for fault in proof["faults"] for scenario in fault["caught_by"]
    }
    catches: dict[str, list[str]] = {}
    caught_by: dict[str, str] = {}
    for scenario, fault in sorted(pairs):
        catches.setdefault(scenario, []).append(fault)
        caught_by.setdefault(fault, scenario)
    kept: dict[str, list[str]] = {}
    standing: set[str] = set()
    for scenario in sorted(catches, key=lambda each: (len(catches[each]), each)):
        new = [fault for fault in catches[scenario] if fault not in standing]
        kept[scenario] = (new or catches[scenario])[:1]
        standing.update(kept[scenario])
    for fault in sorted(caught_by.keys() - standing):
        kept[caught_by[fault]].append(fault)
    return dict(sorted(kept.items()))


def as_text(kept: Mapping[str, Sequence[str]]) -> str:
    """The file: a line for each scenario."""
    return HEAD + "".join(f"{json.dumps(scenario)} = {json.dumps(list(faults))}\n" for scenario, faults in kept.items())


if __name__ == "__main__":
    read = [json.loads(Path(name).read_bytes()) for name in sys.argv[1:]]
    CAUGHT_BEFORE.write_text(as_text(to_keep(read)), encoding="utf-8")
