"""`simulation.json`: what a simulation came to. It holds no time and no place of a machine."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping

from harness.evidence.results import COUNTERPART, FOREKNOWN
from harness.port.naming import REFERENCES
from harness.port.protocol import Json, Role
from harness.runner import controller
from harness.stories.living import Lived
from harness.stories.playing import ANCHOR, JOURNAL, Cast, Played
from harness.stories.story import Story
from harness.suite.catalogue import load_catalogue

SIMULATION_VERSION = 1
FILE = "simulation.json"
PAGE = "simulation.html"


def simulation_document(cast: Cast, played: Played) -> Json:
    """Everything that a simulation came to."""
    lived = played.lived
    verdict = verdict_of(played)
    return {
        "simulation": SIMULATION_VERSION,
        "state": "interrupted" if played.interrupted else "finished",
        "suite": controller.suite_hash(),
        "profile": {
            "name": cast.profile.name,
            "hash": cast.profile.hash,
            "assumed_layouts": cast.profile.assumed_layouts,
        },
        "system": cast.system.as_json(),
        "adapter": cast.adapter,
        "counterpart": None if cast.counterpart is None else cast.counterpart.as_json(),
        "namespace": cast.namespace,
        "anchor": ANCHOR,
        "story": lived.story.as_json(),
        "secret": lived.story.secret,
        "foreknown": FOREKNOWN if lived.story.secret is None else None,
        "profile_option": None if cast.profile_path is None else str(cast.profile_path),
        "again": command(cast, lived.story),
        "verdict": verdict,
        "exit_code": EXIT_CODES[verdict],
        "statement": statement(played, verdict),
        "trouble": None if played.trouble is None else {"kind": played.trouble[0], "detail": played.trouble[1]},
        "lived": {"sdps": len(lived.story.taking_part), "days": len(lived.days)},
        "checks": sum(lived.ledger.checks.values()),
        "broken": sum(lived.ledger.broken.values()),
        "violations": [violation.as_json() for violation in lived.ledger.violations],
        "rules": _rules(lived),
        "days": [
            {"day": day.day.isoformat(), "statuses": _sorted(day.statuses), "files": _sorted(day.files)}
            for day in lived.days
        ],
        "statuses": _sorted(_sum(day.statuses for day in lived.days)),
        "delivered": _sorted(_sum(day.files for day in lived.days)),
        "submitted": _sorted(lived.submitted),
        "events": _sorted(lived.events),
        "journal": None
        if played.mark is None
        else {"path": JOURNAL, "entries": played.mark.entries, "last_hash": played.mark.last_hash},
    }


EXIT_CODES: Mapping[str, int] = {"held": 0, "violated": 1, "undetermined": 3}
"""What the command ends with."""


def verdict_of(played: Played) -> str:
    """Whether every invariant held, one was violated, or the simulation did not come to its end."""
    if played.lived.ledger.broken:
        return "violated"
    complete = len(played.lived.days) == played.lived.story.length and not played.interrupted
    return "held" if complete and played.trouble is None else "undetermined"


def statement(played: Played, verdict: str) -> str:
    """The verdict in a sentence."""
    lived = played.lived
    if verdict == "held":
        return f"every invariant held through {len(lived.days)} days"
    if verdict == "violated":
        rules = ", ".join(sorted(lived.ledger.broken))
        number = sum(lived.ledger.broken.values())
        return f"{number} {'violation' if number == 1 else 'violations'}: {rules}"
    why = "interrupted" if played.trouble is None else f"the adapter failed ({played.trouble[0]})"
    return f"no verdict: {why} after {len(lived.days)} of {lived.story.length} days"


def command(cast: Cast, story: Story) -> str:
    """The command line that plays a story again."""
    parts = [
        "mdmr-conform",
        "simulate",
        "--sdps",
        str(story.sdps),
        "--days",
        str(story.days),
        "--seed",
        str(story.seed),
    ]
    if not story.is_whole:
        parts += ["--kept", story.kept]
    if story.secret is not None:
        parts += ["--secret", story.secret]
    if cast.counterpart is not None:
        parts += ["--role", "cis"]
        if cast.counterpart.adapter != COUNTERPART:
            parts += ["--counterpart", cast.counterpart.adapter]
    if cast.adapter != REFERENCES[Role.REPOSITORY]:
        parts += ["--adapter", cast.adapter]
    if cast.profile_path is not None:
        parts += ["--profile", str(cast.profile_path)]
    return shlex.join(parts)


def _rules(lived: Lived) -> list[Json]:
    """Every rule that was checked: how often, and how often it did not hold."""
    catalogue = {rule.id: rule for rule in load_catalogue().rules}
    ledger = lived.ledger
    return [
        {"id": rule, "text": catalogue[rule].text, "checks": ledger.checks[rule], "broken": ledger.broken[rule]}
        for rule in catalogue
        if ledger.checks[rule]
    ]


def first_violations(violations: Iterable[Json]) -> list[Json]:
    """The first violation of each rule, of those that follow from nothing else."""
    found: dict[str, Json] = {}
    for violation in violations:
        if violation["follows"] is None:
            found.setdefault(violation["rule"], violation)
    return list(found.values())


def in_consequence(violations: Iterable[Json]) -> Mapping[str, list[str]]:
    """The rules that were violated in consequence of another, by that one."""
    found: dict[str, set[str]] = {}
    for violation in violations:
        if violation["follows"] not in {None, violation["rule"]}:
            found.setdefault(violation["follows"], set()).add(violation["rule"])
    return {rule: sorted(rules) for rule, rules in found.items()}


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _sorted(counter: Mapping[str, int]) -> Json:
    return {key: counter[key] for key in sorted(counter)}
