"""``mdmr-conform lint``: the feature check."""

from __future__ import annotations

from pathlib import Path

import click

from harness.commands import console
from harness.commands.options import PATH
from harness.commands.sarif_file import sarif_option, write_sarif
from harness.report.sarif import Result

FOUND = 1


@click.command(
    epilog="""\b
Examples:
  mdmr-conform lint
  mdmr-conform lint features/usdp
  mdmr-conform lint features/usdp/identity.feature
  mdmr-conform lint --sarif findings.sarif

Exit code: 0 nothing found; 1 findings; 2 wrong usage."""
)
@click.argument("path", metavar="[PATH]", type=PATH, required=False)
@sarif_option
def command(path: Path | None, sarif: Path | None) -> int:
    """Check feature files, and the step definitions they rest on.

    PATH is a features folder, the folder of an area, or one feature file; by default the shipped features. Refused is
    whatever could make a scenario get lost, pass by accident or judge something else: every finding is listed, with its
    line, what was expected and the nearest right spelling. In a whole suite every judged rule must have a scenario, and
    every step definition a feature that uses it.
    """
    from harness.suite.check import check
    from harness.suite.findings import Code

    found = check(path)
    if sarif is not None:
        results = (
            Result(each.code, "error", f"{each.what}; expected {each.expected}", each.path, each.line or None)
            for each in found.findings
        )
        write_sarif(sarif, {code: code.replace("-", " ").capitalize() for code in Code}, results)
    for finding in found.findings:
        console.say_lines(str(finding))
    console.say(
        f"feature files: {found.features}, scenarios: {found.scenarios}, step definitions: {found.definitions}; "
        f"{_number(len(found.findings))}"
    )
    return FOUND if found.findings else 0


def _number(findings: int) -> str:
    if not findings:
        return "nothing found"
    return "1 finding" if findings == 1 else f"{findings} findings"
