"""The inventory of scenarios: read from the feature files by gherkin-official, apart from what runs them.

A scenario's id is ``area/feature-file/scenario-name[/case]`` in slugs; the case is the first column of its Examples.
Those of the CIS's seat lie in the folder `CIS_FOLDER`, and their ids begin with it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.errors import InputError, nearest
from harness.interface.regular import read_regular
from harness.port.protocol import Role

RULE_TAG = re.compile(r"[A-Z]{2,4}-\d{2}")
AMBIGUITY_TAG = re.compile(r"(AMB-\d{2})(?::([a-z0-9-]+))?")
PLACEHOLDER = re.compile(r"<(.+?)>")
USES = "uses:"
DATED = "dated"
PROTOCOL_2 = "protocol-2"
"""Tag of scenarios that rest on what systems of protocol 2 alone are told."""
ADVICE = "advice"
"""Tag of scenarios that show what a CIS makes of an advice: no verdict, class or exit code rests on them."""
AGENT = "agent"
"""Tag of scenarios in which the CIS under test is that of an agent."""
CIS_FOLDER = "cis"
"""The folder of the features by which a CIS is judged, area by area."""
COURSE = "COURSE"
"""The area, and in lower case the folder, of the long conversations of a CIS that a person can take part in by hand.

The scenarios of one such feature have all steps in common but what they judge, and each judges a rule of any area.
"""
FOUND_FOLDER = "found"
"""The folder of features that retell what exploration found: a file for each rule, named after it.

Those of a CIS lie in a folder `CIS_FOLDER` there.
"""
_TYPES = {"Context": "given", "Action": "when", "Outcome": "then"}


FEATURE_LIMIT = 1024 * 1024
"""The largest feature file that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class StepText:
    """A step as it stands in the feature, with the values of its case filled in; `table` holds rows of cells."""

    keyword: str
    type: str
    text: str
    line: int
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ScenarioCase:
    """A scenario, or one case of a scenario outline.

    :param judges: the id of the one rule that it judges.
    :param readings: ambiguities it rests on, each with the reading, or None where it holds under every one.
    :param protocol: the oldest version of the protocol in which a system is told all that it rests on.
    :param role: the role of the systems that it judges.
    :param advice: whether what comes of it is shown, and judges nothing.
    :param acts_as: whose CIS is under test, ``ldc`` or ``agent``.
    """

    id: str
    area: str
    file: str
    feature: str
    name: str
    case: str | None
    line: int
    rule_text: str | None
    judges: str
    uses: tuple[str, ...]
    classes: tuple[str, ...]
    readings: tuple[tuple[str, str | None], ...]
    dated: bool
    tags: frozenset[str]
    steps: tuple[StepText, ...]
    protocol: int = 1
    role: Role = Role.REPOSITORY
    advice: bool = False
    acts_as: str = "ldc"


@dataclass(frozen=True, slots=True)
class Inventory:
    """All scenarios, by id."""

    cases: tuple[ScenarioCase, ...]
    _by_id: Mapping[str, ScenarioCase] = field(repr=False)

    def case(self, scenario: str) -> ScenarioCase:
        """The scenario of an id.

        :raises InputError: there is none.
        """
        if scenario not in self._by_id:
            raise InputError(
                f"no scenario {scenario!r}", expected="a scenario of the suite", remedy=nearest(scenario, self._by_id)
            )
        return self._by_id[scenario]

    def __contains__(self, scenario: object) -> bool:
        return scenario in self._by_id


def slug(text: str) -> str:
    """A text as part of a scenario id: lower case letters and digits, anything else one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def scenario_id(file: str, name: str, case: str | None) -> str:
    """The id of a scenario; `file` is relative to the features folder."""
    parts = [*file.removesuffix(".feature").split("/"), slug(name)]
    return "/".join(parts if case is None else [*parts, slug(case)])


def seat_of(path: str) -> Role:
    """The role of the systems that a feature file, or a scenario, judges.

    :param path: the file relative to the features folder, or the scenario's id.
    """
    return Role.CIS if path.startswith((f"{CIS_FOLDER}/", f"{FOUND_FOLDER}/{CIS_FOLDER}/")) else Role.REPOSITORY


def conversation_of(scenario: str) -> str:
    """The name of the conversation that a scenario judges, where a person takes part: the course shares them."""
    return feature_file_of(scenario).removesuffix(".feature") if area_of(scenario) == COURSE else scenario


def place_in_course(scenario: str) -> int:
    """The place of a scenario's conversation in the course, from 1: its feature file begins with it."""
    return int(scenario.split("/")[2].partition("-")[0])


def area_of(path: str) -> str:
    """The area of a feature file, or of a scenario; see `seat_of`."""
    if path.startswith(f"{FOUND_FOLDER}/"):
        return path.removeprefix(f"{FOUND_FOLDER}/").removeprefix(f"{CIS_FOLDER}/").partition("-")[0].upper()
    return path.removeprefix(f"{CIS_FOLDER}/").split("/")[0].upper()


def outline_of(scenario: str) -> str:
    """The id of the scenario that a case belongs to; its own, where it has no cases."""
    return "/".join(scenario.split("/")[: _PARTS[seat_of(scenario)] + 1])


def feature_file_of(scenario: str) -> str:
    """The feature file of a scenario, relative to the features folder."""
    return "/".join(scenario.split("/")[: _PARTS[seat_of(scenario)]]) + ".feature"


_PARTS = {Role.REPOSITORY: 2, Role.CIS: 3}
"""Of how many parts the path of a feature file is."""


@functools.lru_cache(maxsize=1024)
def read_document(text: str) -> Mapping[str, Any]:
    """The document that gherkin-official makes of the text of a feature; not to be changed by anyone.

    :raises gherkin.errors.ParserError: it does not parse.
    """
    from gherkin.parser import Parser

    return dict(Parser().parse(text))


def feature_text(path: Path) -> str:
    """The text of a feature file, its lines closed by line feeds.

    :raises OSError: it cannot be read, or is too large.
    :raises UnicodeDecodeError: it is not UTF-8.
    """
    text = read_regular(path, FEATURE_LIMIT).decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_feature(path: Path) -> Mapping[str, Any]:
    """The document that gherkin-official makes of a feature file.

    :raises InputError: it does not parse; with every error and its line.
    """
    from gherkin.errors import CompositeParserException, ParserError

    try:
        document = read_document(feature_text(path))
    except CompositeParserException as error:
        raise InputError(
            "; ".join(str(e) for e in error.errors), where=str(path), expected="a Gherkin feature"
        ) from error
    except (ParserError, UnicodeDecodeError) as error:
        raise InputError(str(error), where=str(path), expected="a Gherkin feature in UTF-8") from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), expected="a Gherkin feature") from error
    return document


def take_inventory(folder: Path, files: Iterable[str] | None = None) -> Inventory:
    """Read every feature below a folder, or those `files` of it that are named.

    :raises InputError: a file does not parse, a scenario judges no rule or several, or two have one id.
    """
    from harness.suite.catalogue import load_catalogue

    classes = {role: frozenset(load_catalogue().classes_of(role)) for role in Role}
    cases: dict[str, ScenarioCase] = {}
    for path in sorted(folder.rglob("*.feature")) if files is None else [folder / file for file in files]:
        file = path.relative_to(folder).as_posix()
        for case in _of_file(path, file, classes[seat_of(file)]):
            if case.id in cases:
                raise InputError(
                    f"two scenarios have the id {case.id!r}", where=f"{path}:{case.line}", expected="names of their own"
                )
            cases[case.id] = case
    return Inventory(tuple(cases[identifier] for identifier in sorted(cases)), cases)


def _of_file(path: Path, file: str, classes: frozenset[str]) -> Iterator[ScenarioCase]:
    feature = parse_feature(path).get("feature")
    if feature is None:
        return
    tags = _tags(feature)
    background: list[Any] = []
    for child in feature["children"]:
        if "background" in child:
            background = child["background"]["steps"]
        elif "scenario" in child:
            yield from _cases(path, file, feature, None, child["scenario"], background, tags, classes)
        else:
            rule = child["rule"]
            inner = list(background)
            for entry in rule["children"]:
                if "background" in entry:
                    inner = [*background, *entry["background"]["steps"]]
                else:
                    yield from _cases(path, file, feature, rule["name"], entry["scenario"], inner, tags, classes)


def _tags(node: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(tag["name"].removeprefix("@") for tag in node["tags"])


def _cases(
    path: Path,
    file: str,
    feature: Mapping[str, Any],
    rule_text: str | None,
    scenario: Mapping[str, Any],
    background: Sequence[Any],
    feature_tags: frozenset[str],
    classes: frozenset[str],
) -> Iterator[ScenarioCase]:
    tags = feature_tags | _tags(scenario)
    judged = sorted(tag for tag in tags if RULE_TAG.fullmatch(tag) and not tag.startswith("AMB-"))
    if len(judged) != 1:
        where = f"{path}:{scenario['location']['line']}"
        raise InputError(f"judges {', '.join(judged) or 'no rule'}", where=where, expected="exactly one rule tag")
    rows = [
        ([cell["value"] for cell in examples["tableHeader"]["cells"]], [cell["value"] for cell in row["cells"]], row)
        for examples in scenario["examples"]
        if "tableHeader" in examples
        for row in examples["tableBody"]
    ]
    for header, values, row in rows or [([], [], scenario)]:
        case = values[0] if values else None
        yield ScenarioCase(
            id=scenario_id(file, scenario["name"], case),
            area=area_of(file),
            file=file,
            feature=feature["name"],
            name=scenario["name"],
            case=case,
            line=row["location"]["line"],
            rule_text=rule_text,
            judges=judged[0],
            uses=tuple(sorted(tag.removeprefix(USES) for tag in tags if tag.startswith(USES))),
            classes=tuple(sorted(tags & classes)),
            readings=tuple(sorted((m[1], m[2]) for tag in tags if (m := AMBIGUITY_TAG.fullmatch(tag)))),
            dated=DATED in tags,
            protocol=2 if PROTOCOL_2 in tags else 1,
            role=seat_of(file),
            advice=ADVICE in tags,
            acts_as=AGENT if AGENT in tags else "ldc",
            tags=tags,
            steps=_steps([*background, *scenario["steps"]], dict(zip(header, values, strict=True))),
        )


def _steps(steps: Sequence[Mapping[str, Any]], values: Mapping[str, str]) -> tuple[StepText, ...]:
    found, current = [], "given"
    for step in steps:
        current = _TYPES.get(step["keywordType"], current)
        rows = step.get("dataTable", {}).get("rows", ())
        table = tuple(tuple(_filled(cell["value"], values) for cell in row["cells"]) for row in rows)
        text = _filled(step["text"], values)
        found.append(StepText(step["keyword"].strip(), current, text, step["location"]["line"], table))
    return tuple(found)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
