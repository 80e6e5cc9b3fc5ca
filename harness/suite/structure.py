"""The feature check of one file's shape: what Gherkin or pytest-bdd takes for less than it says, or for something else.

pytest-bdd lets the last of equal names win, runs Examples without rows once with its gaps unfilled, and passes a
scenario without steps; Gherkin takes a line with a mistyped keyword for description.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from harness.suite.findings import Code, Finding, Source, Written, backgrounds, rules, scenarios
from harness.suite.inventory import CIS_FOLDER, FOUND_FOLDER, PLACEHOLDER, slug
from harness.suite.keywords import hint, meant, meant_title

LONGEST_SLUG = 150
"""A scenario's slug becomes the name of its journal; file systems take 255 bytes."""
_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FILE = re.compile(
    rf"(?:(?:{CIS_FOLDER}/)?{_NAME}/{_NAME}|{FOUND_FOLDER}/(?:{CIS_FOLDER}/)?[A-Z]{{2,4}}-[0-9]{{2}})\.feature"
)


def structure(source: Source) -> Iterator[Finding]:
    """Everything that is wrong with the shape of a feature file."""
    yield from _of_file(source)
    yield from _descriptions(source)
    yield from _names(source)
    for background in backgrounds(source.feature):
        yield from _background(source, background)
    for written in scenarios(source.feature):
        yield from _scenario(source, written)
        yield from _examples(source, written)
        yield from _placeholders(source, written)


def _of_file(source: Source) -> Iterator[Finding]:
    feature = source.feature
    if _FILE.fullmatch(source.file) is None:
        expected = f"AREA/NAME.feature or {CIS_FOLDER}/AREA/NAME.feature, in a-z, 0-9 and hyphens"
        yield source.finding(feature, Code.MISPLACED_FILE, f"lies at {source.file!r}", expected)
    if feature["language"] != "en":
        yield source.finding(1, Code.LANGUAGE, f"is written in language {feature['language']!r}", "English keywords")
    if not scenarios(feature):
        yield source.finding(feature, Code.NO_SCENARIO, "the feature has no scenario", "scenarios")
    for rule in rules(feature):
        if not any("scenario" in entry for entry in rule["children"]):
            what = f"Rule {rule['name']!r} has no scenario"
            yield source.finding(rule, Code.NO_SCENARIO, what, "scenarios, or no such Rule")


# --- descriptions: where a line with a mistyped keyword ends up ---------------------------------------------


def _descriptions(source: Source) -> Iterator[Finding]:
    for node in (source.feature, *rules(source.feature)):
        for number, line in _description(source, node):
            if (keyword := meant(line)) is not None:
                what = f"{line!r} is read as description, and looks like a line that begins with {keyword}"
                yield source.finding(number, Code.MISTYPED_KEYWORD, what, *_spelling(keyword))
    written = [written.node for written in scenarios(source.feature)]
    tables = [examples for node in written for examples in node["examples"]]
    for node in (*backgrounds(source.feature), *written, *tables):
        for number, line in _description(source, node):
            yield _stray(source, number, line)
    for node in (*backgrounds(source.feature), *written):
        yield from _doc_strings(source, node)


def _stray(source: Source, number: int, line: str) -> Finding:
    keyword = meant(line)
    if keyword is not None:
        return source.finding(number, Code.MISTYPED_KEYWORD, f"{line!r} is no step", *_spelling(keyword))
    what = f"{line!r} is neither step, table nor keyword"
    return source.finding(number, Code.STRAY_LINE, what, "no description below the Feature's and the Rule's")


def _spelling(keyword: str) -> tuple[str, str]:
    return "a keyword as Gherkin spells it, or a sentence that begins otherwise", hint(keyword)


def _description(source: Source, node: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The lines of a description with their numbers: they stand below the title, comments and empty lines between."""
    number = int(node["location"]["line"])
    for line in (text.strip() for text in node.get("description", "").splitlines()):
        if not line:
            continue
        while number < len(source.lines) and source.lines[number].strip() != line:
            number += 1
        number += 1
        yield number, line


def _doc_strings(source: Source, node: Mapping[str, Any]) -> Iterator[Finding]:
    for step in node["steps"]:
        if (text := step.get("docString")) is None:
            continue
        for offset, line in enumerate(text["content"].splitlines(), start=1):
            if meant_title(line) is not None and ":" in line:
                number = int(text["location"]["line"]) + offset
                what = f"{line.strip()!r} stands inside a text between {text['delimiter']}"
                yield source.finding(number, Code.MISTYPED_KEYWORD, what, "a text that is closed before the next title")


# --- names: a scenario's id is made of them ------------------------------------------------------------------


def _names(source: Source) -> Iterator[Finding]:
    seen: dict[str, Mapping[str, Any]] = {}
    for written in scenarios(source.feature):
        node, name = written.node, slug(written.name)
        if not name:
            yield source.finding(node, Code.NO_NAME, f"the name {written.name!r} makes no id", "a name of its own")
        elif len(name) > LONGEST_SLUG:
            what = f"the name makes an id of {len(name)} characters"
            yield source.finding(node, Code.NO_NAME, what, f"a name of at most {LONGEST_SLUG} letters and digits")
        elif name in seen:
            other = seen[name]
            alike = "have the name" if other["name"] == node["name"] else "have one id, by the name"
            what = f"two scenarios {alike} {written.name!r}; the other is in line {other['location']['line']}"
            yield source.finding(node, Code.EQUAL_NAMES, what, "a name that differs in letters or digits")
        if PLACEHOLDER.search(written.name):
            what = f"the name {written.name!r} holds a placeholder"
            yield source.finding(node, Code.NO_NAME, what, "a name that all cases share; the case tells them apart")
        seen.setdefault(name, node)


# --- steps ---------------------------------------------------------------------------------------------------


def _background(source: Source, background: Mapping[str, Any]) -> Iterator[Finding]:
    if not background["steps"]:
        yield source.finding(background, Code.NO_STEPS, "the Background has no steps", "steps, or no Background")
    yield from _first_step(source, background["steps"])
    for step, kind in typed(background["steps"]):
        if kind in {"when", "then"} and step["keyword"].strip() not in {"And", "But"}:
            what = f"{step['keyword'].strip()} stands in a Background"
            yield source.finding(
                step, Code.STEP_ORDER, what, "Given: what happens and what is judged is the scenario's"
            )
        for name in PLACEHOLDER.findall(step["text"]):
            what = f"<{name}> stands in a Background"
            yield source.finding(step, Code.NO_COLUMN, what, "a Background that is the same for every case")


def _scenario(source: Source, written: Written) -> Iterator[Finding]:
    node = written.node
    steps = node["steps"]
    if not steps:
        yield source.finding(node, Code.NO_STEPS, f"scenario {written.name!r} has no steps", "steps, and a Then")
        return
    yield from _first_step(source, steps)
    if not any(kind == "then" for _, kind in typed(steps)):
        what = f"scenario {written.name!r} has no Then: it judges nothing"
        yield source.finding(node, Code.NO_THEN, what, "a Then that can fail")
    yield from _order(source, steps)


def _first_step(source: Source, steps: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    if steps and steps[0]["keyword"].strip() in {"And", "But"}:
        what = f"{steps[0]['keyword'].strip()} goes on from nothing"
        yield source.finding(steps[0], Code.STEP_ORDER, what, "Given, When or Then as the first step")
    for step in steps:
        if step["keyword"].strip() == "*":
            yield source.finding(step, Code.STEP_ORDER, "'*' does not say what the step is", "Given, When, Then or And")


def _order(source: Source, steps: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Given, then at most one When, then Then: what stands elsewhere is judged, or not judged, by accident."""
    reached = "Given"
    order = ("Given", "When", "Then")
    for step in steps:
        keyword = step["keyword"].strip()
        if keyword not in order:
            continue
        if keyword == "When" and reached == "When" and step is not _first_of(steps, "When"):
            expected = "one When, with And for what else happens; or two scenarios"
            yield source.finding(step, Code.STEP_ORDER, "a second When", expected)
        elif order.index(keyword) < order.index(reached):
            what = f"{keyword} comes after {reached}"
            yield source.finding(step, Code.STEP_ORDER, what, "Given, then one When, then Then; or two scenarios")
        reached = max(reached, keyword, key=order.index)


def _first_of(steps: Sequence[Mapping[str, Any]], keyword: str) -> Mapping[str, Any]:
    return next(step for step in steps if step["keyword"].strip() == keyword)


def typed(steps: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each step with its type: And and But are of the type of the step before them."""
    types = {"Context": "given", "Action": "when", "Outcome": "then"}
    current = "given"
    for step in steps:
        current = types.get(step["keywordType"], current)
        yield step, current


# --- Examples --------------------------------------------------------------------------------------------------


def _examples(source: Source, written: Written) -> Iterator[Finding]:
    node = written.node
    tables = node["examples"]
    if not tables:
        if node["keyword"] in {"Scenario Outline", "Scenario Template"}:
            what = f"{node['keyword']} {written.name!r} has no Examples"
            yield source.finding(node, Code.NO_EXAMPLES, what, "Examples, or the keyword Scenario")
        return
    if not _used(written):
        what = f"scenario {written.name!r} has Examples and no placeholder"
        yield source.finding(tables[0], Code.NEEDLESS_EXAMPLES, what, "placeholders such as <value>, or no Examples")
    for table in tables:
        if "tableHeader" not in table or not table["tableBody"]:
            yield source.finding(table, Code.NO_ROWS, "Examples without rows", "headings, and a row for each case")
        if "tableHeader" in table:
            yield from _columns(source, written, table["tableHeader"])
    yield from _case_names(source, written)


def _columns(source: Source, written: Written, header: Mapping[str, Any]) -> Iterator[Finding]:
    names = [cell["value"] for cell in header["cells"]]
    for name, count in Counter(names).items():
        if count > 1:
            yield source.finding(header, Code.COLUMN, f"two columns are called {name!r}", "a name for each column")
    for name in dict.fromkeys(names[1:]):  # the first column names the case
        if name not in _used(written):
            what = f"column {name!r} is used in no step"
            yield source.finding(header, Code.COLUMN, what, f"<{name}> in a step, or no such column")


def _case_names(source: Source, written: Written) -> Iterator[Finding]:
    seen: dict[str, Mapping[str, Any]] = {}
    for _, values, row in written.rows:
        name = slug(values[0])
        if not name or len(name) > LONGEST_SLUG:
            what = f"the first cell, {values[0]!r}, makes no name for the case"
            yield source.finding(row, Code.CASE, what, "a short name of letters and digits in the first column")
        elif name in seen:
            what = f"two cases are called {values[0]!r}; the other is in line {seen[name]['location']['line']}"
            yield source.finding(row, Code.CASE, what, "a first column that tells the cases apart")
        seen.setdefault(name, row)


def _used(written: Written) -> set[str]:
    return {name for step in written.node["steps"] for _, name in _gaps(step)}


def _gaps(step: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The placeholders of a step, of its table and of its text, each with its line."""
    texts = [(step["location"]["line"], step["text"])]
    if (table := step.get("dataTable")) is not None:
        texts += [(row["location"]["line"], cell["value"]) for row in table["rows"] for cell in row["cells"]]
    if (text := step.get("docString")) is not None:
        texts.append((text["location"]["line"], text["content"]))
    for line, content in texts:
        for name in PLACEHOLDER.findall(content):
            yield int(line), name


def _placeholders(source: Source, written: Written) -> Iterator[Finding]:
    tables = [
        {cell["value"] for cell in examples["tableHeader"]["cells"]}
        for examples in written.node["examples"]
        if "tableHeader" in examples
    ] or [set()]
    for step in written.node["steps"]:
        for line, name in dict.fromkeys(_gaps(step)):
            if not all(name in columns for columns in tables):
                known = " or ".join(f"<{column}>" for column in sorted(set().union(*tables))) or "no placeholder"
                what = f"no column of the Examples is called {name!r}"
                yield source.finding(line, Code.NO_COLUMN, what, known)
