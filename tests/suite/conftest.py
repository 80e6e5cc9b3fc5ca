"""A features folder and a package of steps, made for one test; the findings expected stand in the text itself."""

from __future__ import annotations

import itertools
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.suite.check import check
from harness.suite.findings import Finding

STEPS = """
from pytest_bdd import given, parsers, then, when

@given("a request")
@when("a request")
@then("a request")
def _request():
    pass

@then("a response")
def _response():
    pass

@then(parsers.parse('an ID for "{name}"'))
def _gives(name):
    pass

@then("these lines")
def _lines(datatable):
    pass

@then("this text")
def _text(docstring):
    pass
"""
"""A small vocabulary."""

MARK = re.compile(r" *<== ([a-z-]+(?: [a-z-]+)*)$")
_numbers = itertools.count()

Places = list[tuple[int, str]]


def unmarked(text: str) -> tuple[str, Places]:
    """A text without its marks ``<== code``, and the line and code of each finding that they announce."""
    lines, expected = [], []
    for number, line in enumerate(textwrap.dedent(text).removeprefix("\n").split("\n"), start=1):
        if (match := MARK.search(line)) is not None:
            expected += [(number, code) for code in match[1].split(" ")]
        lines.append(MARK.sub("", line))
    return "\n".join(lines), sorted(expected)


class Suite:
    """A features folder and a package of steps in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.features = root / "features"
        self.steps = f"steps_of_test_{next(_numbers)}"

    def feature(self, text: str, file: str = "usdp/identity.feature") -> Places:
        """Write a feature file, without its marks; what they announce."""
        plain, expected = unmarked(text)
        path = self.features / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plain, encoding="utf-8")
        return expected

    def define(self, code: str, module: str = "words") -> Places:
        """Write a module of step definitions, without its marks; what they announce."""
        plain, expected = unmarked(code)
        path = self.root / self.steps / f"{module}.py"
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(plain, encoding="utf-8")
        return expected

    def findings(self, path: Path | None = None) -> tuple[Finding, ...]:
        """Everything that the check finds."""
        if not (self.root / self.steps).exists():
            self.define(STEPS)
        return check(path or self.features, step_package=self.steps).findings

    def found(self, path: Path | None = None) -> Places:
        """The lines and codes of what the check finds."""
        return sorted((finding.line, str(finding.code)) for finding in self.findings(path))


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Suite]:
    """An empty suite."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made = Suite(tmp_path)
    yield made
    for name in [name for name in sys.modules if name.partition(".")[0] == made.steps]:
        del sys.modules[name]
