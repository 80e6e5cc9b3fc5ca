"""The feature check: refuses whatever could make a scenario get lost, pass by accident or judge something else.

What it reads is the feature files, the catalogue, the readings of the shipped profile and the step definitions; it runs
nothing. All findings are listed, not the first.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.resources
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.errors import InputError, UsageError, nearest
from harness.interface.profile import Profile, ProfileError, load_profile
from harness.interface.regular import read_regular
from harness.port.protocol import Role
from harness.suite import definitions as of_steps
from harness.suite.catalogue import Catalogue, load_catalogue
from harness.suite.findings import STOPS, Code, Finding, Source, scenarios
from harness.suite.inventory import (
    ADVICE,
    AMBIGUITY_TAG,
    CIS_FOLDER,
    FEATURE_LIMIT,
    FOUND_FOLDER,
    feature_text,
    read_document,
    seat_of,
)
from harness.suite.keywords import hint, meant
from harness.suite.structure import structure
from harness.suite.tags import Known, is_rule, tags, tags_of

SUFFIX = ".feature"
_PATH = "a features folder, the folder of an area, or a .feature file"
_ALMOST = re.compile(r"\.?features?\b|\.fea", re.IGNORECASE)
_TOKENS = {
    "#EOF": "the end",
    "#Comment": "a comment",
    "#TagLine": "tags",
    "#FeatureLine": "Feature:",
    "#RuleLine": "Rule:",
    "#BackgroundLine": "Background:",
    "#ScenarioLine": "Scenario:",
    "#ExamplesLine": "Examples:",
    "#StepLine": "a step",
    "#DocStringSeparator": 'a text between """',
    "#TableRow": "a table row",
    "#Other": "a description",
    "#Language": "a language",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, and everything that was found, by place."""

    findings: tuple[Finding, ...]
    features: int
    scenarios: int
    definitions: int


@dataclass(frozen=True, slots=True)
class Extent:
    """Which files to check, below which features folder, and whether they are a whole suite."""

    root: Path
    files: tuple[Path, ...]
    whole: bool


def shipped_features() -> Path:
    """Where the shipped features lie."""
    return Path(str(importlib.resources.files("features")))


def extent(path: Path | None, catalogue: Catalogue) -> Extent:
    """What a path means: the features folder, the folder of an area, or one feature file.

    :raises UsageError: there is no such path, or it holds no features.
    """
    where = str(path)
    path = (shipped_features() if path is None else path).absolute()
    if not path.exists():
        near = nearest(path.name, [entry.name for entry in path.parent.glob("*")])
        raise UsageError("does not exist", where=where, expected=_PATH, remedy=near)
    if path.is_file():
        if path.suffix != SUFFIX:
            raise UsageError("is no .feature file", where=where, expected=_PATH)
        return Extent(_root_of(path.parent), (path,), whole=False)
    files = tuple(file for file in _below(path) if file.suffix == SUFFIX)
    if not files:
        raise UsageError("holds no .feature file", where=where, expected=_PATH)
    if path.name.upper() in catalogue.areas or all(file.parent == path for file in files):
        return Extent(_root_of(path), files, whole=False)
    if path.name in {CIS_FOLDER, FOUND_FOLDER}:
        return Extent(path.parent, files, whole=False)
    return Extent(path, files, whole=_is_whole(path, catalogue))


def _root_of(area: Path) -> Path:
    """The features folder that the folder of an area lies in."""
    above = CIS_FOLDER if area.name != CIS_FOLDER else FOUND_FOLDER
    return area.parent.parent if area.parent.name == above else area.parent


def _is_whole(root: Path, catalogue: Catalogue) -> bool:
    """Whether a folder is a suite, not some features: it has a folder for each area with a rule that is judged."""
    judged = {rule.area for rule in catalogue.rules if catalogue.is_judged(rule.id)}
    return all((root / area.lower()).is_dir() for area in judged)


def check(path: Path | None = None, *, step_package: str = "steps") -> Checked:
    """Check a features folder, an area's folder or one feature file; the shipped features where no path is given.

    :raises UsageError: there is no such path, or it holds no features.
    :raises InputError: the catalogue or the shipped profile does not read.
    """
    catalogue = load_catalogue()
    reach = extent(path, catalogue)
    known = Known(catalogue, _shipped_profile())
    steps = of_steps.read_definitions(step_package)
    found = [*of_steps.definitions(steps), *_almost_features(reach.root if reach.whole else None)]
    sources: list[Source] = []
    for file in reach.files:
        source = _read(file, reach.root)
        if isinstance(source, Source):
            sources.append(source)
            found += [*structure(source), *tags(source, known), *of_steps.steps(source, steps)]
        else:
            found += source
    if reach.whole:
        found += [*_rules_without_scenario(sources, known), *of_steps.unused(steps)]
    ordered = sorted(dict.fromkeys(found), key=lambda finding: (str(finding.path), finding.line, finding.code))
    number = sum(max(1, len(written.rows)) for source in sources for written in scenarios(source.feature))
    return Checked(tuple(ordered), len(reach.files), number, len(steps.all))


def _shipped_profile() -> Profile:
    try:
        return load_profile(None)
    except ProfileError as error:
        raise InputError(error.what, where=error.where, expected=error.expected) from error


def refuse_to_run(folder: Path, step_package: str) -> None:
    """Refuse to run features whose verdicts could not be believed.

    :raises InputError: the check found something that stops a run; with every such finding.
    """
    found = _stopping(folder, step_package, _content(folder))
    if found:
        listed = "\n".join(str(finding) for finding in found)
        raise InputError(
            f"{len(found)} finding{'s' * (len(found) != 1)} in features and steps; nothing was run\n{listed}",
            where=str(folder),
            expected="features that 'mdmr-conform lint' accepts",
        )


@functools.lru_cache(maxsize=8)
def _stopping(folder: Path, step_package: str, content: bytes) -> tuple[Finding, ...]:  # noqa: ARG001
    """What stops a run of features of some content: checked once in a process, and again once that has changed."""
    return tuple(found for found in check(folder, step_package=step_package).findings if found.code in STOPS)


def _content(folder: Path) -> bytes:
    """A hash of what lies in a folder of features, or of the one feature: names, and what is read."""
    digest = hashlib.sha256()
    for path in [folder, *_below(folder)]:
        digest.update(b"\0" + os.fsencode(path))
        with contextlib.suppress(OSError):  # which the check says
            digest.update(b"\0" + read_regular(path, FEATURE_LIMIT) if path.suffix == SUFFIX else b"")
    return digest.digest()


def _read(path: Path, root: Path) -> Source | list[Finding]:
    """A feature file that parses, or why it does not."""
    from gherkin.errors import CompositeParserException, ParserException

    try:
        text = feature_text(path)
        document = read_document(text)
    except (OSError, UnicodeDecodeError) as error:
        return [Finding(path, 0, Code.DOES_NOT_PARSE, f"cannot be read: {error}", "a feature in UTF-8")]
    except CompositeParserException as error:
        return [_unparsed(path, each) for each in error.errors]
    except ParserException as error:
        return [_unparsed(path, error)]
    if document.get("feature") is None:
        return [Finding(path, 0, Code.NO_SCENARIO, "holds no feature", "Feature: and its scenarios")]
    file = path.relative_to(root).as_posix()
    return Source(path, file, tuple(text.splitlines()), document["feature"])


def _unparsed(path: Path, error: Any) -> Finding:
    message = re.sub(r"^\(\d+:\d+\): ", "", str(error))
    line = int(error.location["line"])
    match = re.fullmatch(r"expected: (?P<expected>.*?), got '(?P<got>.*)'", message, re.DOTALL)
    if match is None:
        return Finding(path, line, Code.DOES_NOT_PARSE, message, "a feature that Gherkin can read")
    expected = ", ".join(_TOKENS[token] for token in match["expected"].split(", ") if token in _TOKENS)
    keyword = meant(match["got"])
    code = Code.DOES_NOT_PARSE if keyword is None else Code.MISTYPED_KEYWORD
    remedy = "" if keyword is None else hint(keyword)
    return Finding(path, line, code, f"{match['got']!r} cannot stand here", expected, remedy)


def _below(root: Path) -> list[Path]:
    """What lies below a folder, in order; folders that may not be read, or are gone meanwhile, hold nothing."""
    return sorted(Path(at, name) for at, folders, files in os.walk(root) for name in (*folders, *files))


def _almost_features(root: Path | None) -> Iterator[Finding]:
    """Files that somebody took for features, and that nobody reads."""
    for path in _below(root) if root is not None else ():
        if path.is_file() and _ALMOST.search(path.name) and path.suffix != SUFFIX and path.suffix != ".pyc":
            yield Finding(path, 0, Code.MISPLACED_FILE, "is not read as a feature", f"a name that ends in {SUFFIX}")


def _rules_without_scenario(sources: Iterable[Source], known: Known) -> Iterator[Finding]:
    """Judged rules without a scenario, of a role, that runs under the shipped profile."""
    covered = {
        (seat_of(source.file), tag)
        for source in sources
        for written in scenarios(source.feature)
        if _runs(tags_of(written.node), known) and ADVICE not in tags_of(written.node)
        for tag in tags_of(written.node)
        if is_rule(tag)
    }
    place = Path(str(importlib.resources.files("corpus"))) / "rules.toml"
    lines = place.read_text(encoding="utf-8").splitlines()
    for rule in known.catalogue.rules:
        for role in Role:
            if known.catalogue.is_judged(rule.id, role) and (role, rule.id) not in covered:
                number = next((n for n, line in enumerate(lines, start=1) if line == f'id = "{rule.id}"'), 0)
                of = "" if role is Role.REPOSITORY else " of a CIS"
                expected = f"a scenario{of} tagged @{rule.id}, or what it waits for in corpus/judgement.toml"
                yield Finding(place, number, Code.NO_SCENARIO_FOR_RULE, f"no scenario{of} judges {rule.id}", expected)


def _runs(names: Iterable[str], known: Known) -> bool:
    """Whether a scenario holds under the readings of the shipped profile."""
    found = [match for name in names if (match := AMBIGUITY_TAG.fullmatch(name)) is not None]
    return all(match[2] is None or known.profile.readings.get(match[1]) == match[2] for match in found)
