"""`explore.json`: what an exploration came to. It holds no time and no place of a machine."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from pathlib import Path

from harness.evidence.results import COUNTERPART, FOREKNOWN, HIDDEN
from harness.exploration.course import Course, Found
from harness.exploration.drawing import REPERTOIRES
from harness.exploration.exploring import Explored, Subject
from harness.exploration.folder import VERSION
from harness.exploration.playing import ERROR
from harness.exploration.retelling import file_of
from harness.port.protocol import Json, Role
from harness.report.text import counted
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import FOUND_FOLDER

EXIT_CODES = {"nothing broken": 0, "violated": 1, "error": 3, "interrupted": 3, "at fault": 3}


def verdict_of(explored: Explored) -> str:
    """What an exploration came to, in a word or two."""
    course = explored.course
    if any(key != ERROR for key in course.times):
        return "violated"
    if explored.interrupted or explored.trouble:
        return "interrupted"
    if course.times:
        return "error"
    return "at fault" if course.mistakes else "nothing broken"


def command(subject: Subject, conversations: int, secret: str | None) -> str:
    """The command line that explores the same again.

    :param secret: how it names the secret, where there is one.
    """
    wish = subject.wish
    parts = ["mdmr-conform", "explore", *_of_the_same(subject, secret), "--conversations", str(conversations)]
    if wish.rules is not None:
        parts += ["--select", " or ".join(_shortest(wish.rules))]
    return shlex.join(parts)


def _shortest(rules: Collection[str]) -> list[str]:
    """Names for some rules: that of an area where all of its rules are among them."""
    of_area: dict[str, set[str]] = {}
    for rule in load_catalogue().rules:
        of_area.setdefault(rule.area, set()).add(rule.id)
    whole = [area for area, own in of_area.items() if own <= {*rules}]
    return sorted([*whole, *(rule for rule in rules if not any(rule in of_area[area] for area in whole))])


def run_of_found(subject: Subject, folder: Path) -> str:
    """The command line that runs the features of what was found, as they were played.

    :param folder: into which the exploration wrote.
    """
    of_the_same = _of_the_same(subject, subject.wish.secret)
    return shlex.join(["mdmr-conform", "run", *of_the_same, "--features", str(folder / FOUND_FOLDER)])


def _of_the_same(subject: Subject, secret: str | None) -> list[str]:
    """The options that name the same system, and draw the same."""
    wish = subject.wish
    parts = ["--adapter", wish.adapter, "--seed", str(wish.seed)]
    if subject.counterpart is not None:
        parts += ["--role", "cis"]
        if wish.counterpart != COUNTERPART:
            parts += ["--counterpart", wish.counterpart]
    if wish.secret is not None and secret is not None:
        parts += ["--secret", secret]
    if wish.profile is not None:
        parts += ["--profile", str(wish.profile)]
    return parts


def exploration_document(explored: Explored) -> Json:
    """Everything that an exploration came to."""
    subject, course, verdict = explored.subject, explored.course, verdict_of(explored)
    is_over = not (explored.interrupted or explored.trouble)
    secret = subject.wish.secret if is_over else HIDDEN
    not_claimed = unclaimed(subject, course)
    return {
        "explore": VERSION,
        "state": "finished" if is_over else "unfinished",
        "identity": {**subject.identity(), "namespace": subject.namespace},
        "secret": subject.wish.secret if is_over else explored.hidden,
        "foreknown": FOREKNOWN if subject.wish.secret is None else None,
        "profile": {"name": subject.profile.name, "option": _text(subject.wish.profile)},
        "again": command(subject, course.conversations, secret) if course.conversations else None,
        "verdict": verdict,
        "exit_code": EXIT_CODES[verdict],
        "statement": statement(explored),
        "conversations": course.conversations,
        "rounds": course.rounds,
        "stopped_early": course.stopped,
        "situations": dict(sorted(course.situations.items())),
        "never_met": sorted(name for name, times in course.situations.items() if not times and name not in not_claimed),
        "not_claimed": dict(sorted(not_claimed.items())),
        "times": dict(sorted(course.times.items())),
        "found": [_found(found, subject.wish.role) for _, found in sorted(course.found.items())],
        "not_told": sum(not found.is_told for found in course.found.values()),
        "mistakes": [{"round": number, "conversation": which, "what": what} for number, which, what in course.mistakes],
    }


def unclaimed(subject: Subject, course: Course) -> dict[str, str]:
    """The situations that were never met, each with the class that the system would have to claim for that."""
    repertoire = REPERTOIRES[subject.wish.role]
    needed = {name: repertoire.class_of(name) for name, times in course.situations.items() if not times}
    return {name: each for name, each in needed.items() if each is not None and each not in subject.system.classes}


def _found(found: Found, role: Role) -> Json:
    return {**found.as_json(), "feature": file_of(found.key, role) if found.is_told else None}


def statement(explored: Explored) -> str:
    """What an exploration came to, in a sentence."""
    course = explored.course
    broken = sorted(key for key in course.times if key != ERROR)
    if broken:
        return f"{counted(len(broken), 'rule')} broken: {', '.join(broken)}"
    if explored.trouble:
        return explored.trouble
    if explored.interrupted:
        return "interrupted: the same command goes on"
    if course.times:
        who = "the adapter" if explored.subject.counterpart is None else "the adapter, or its counterpart,"
        return f"{who} misbehaved, and nothing is known of those conversations"
    if course.mistakes:
        return "the suite itself went wrong; please report this"
    return "no rule was seen broken"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
