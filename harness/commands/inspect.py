"""``mdmr-conform inspect``: reads interface files by name and content, and lists everything that is wrong with them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from harness.audit.inspection import (
    Inspected,
    Inspection,
    as_json,
    files_in_folders,
    inspect,
    listed_sdps,
    profile_to_inspect_with,
)
from harness.commands import console
from harness.commands.options import PATH, profile_option
from harness.commands.sarif_file import sarif_option, write_sarif
from harness.interface.findings import CODES, Finding, Severity
from harness.interface.profile import Profile
from harness.report.sarif import Result

FINDINGS = 1
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


@click.command(
    epilog="""\b
Examples:
  mdmr-conform inspect ORG11111.ORG22222.1000.00.200906082210.DAT
  mdmr-conform inspect outbox/*.DAT --json
  mdmr-conform inspect outbox
  mdmr-conform inspect outbox --sarif findings.sarif
  mdmr-conform inspect ORG11111.ORG22222.5000.00.20100601120000.DAT --sdps our-sdps.txt

Exit code: 0 nothing found; 1 findings; 2 wrong usage, such as a file that there is not."""
)
@click.argument("files", metavar="FILE|FOLDER...", nargs=-1, required=True, type=PATH)
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON, as inspection.schema.json describes it.")
@click.option("--sdps", type=PATH, metavar="FILE", help="A list of known Universal SDP IDs, one a line.")
@sarif_option
@profile_option
def command(
    files: tuple[Path, ...], json_wanted: bool, sdps: Path | None, sarif: Path | None, profile: Path | None
) -> int:
    """Read interface files by name and content, and list all findings.

    Each finding says file, line, field, code, severity, what was found and what was expected. What the codes mean
    stands in docs/finding-codes.md. A folder stands for the files in it, and the files of each synchronization set in
    it are held together: what is missing, what the manifest says, segments, Extracted Date Time. SDPs that billing
    files name are held against those that the other files of the call (2000, 3000, 4000) and --sdps tell of; where
    nothing tells any, no SDP is called unknown.
    """
    wanted = profile_to_inspect_with(profile)
    listed = None if sdps is None else listed_sdps(sdps)
    with console.progress("files of sets") as steps:
        steps.total(files_in_folders(files))
        inspection = inspect(files, wanted, listed, steps.step)
    if sarif is not None:
        write_sarif(sarif, {code: kind.meaning for code, kind in CODES.items()}, _results(inspection))
    if json_wanted:
        document = as_json(inspection)
        console.say_document(json.dumps(document, indent=1))
        return FINDINGS if document["summary"]["files_with_findings"] else 0
    return _show(inspection)


def _results(inspection: Iterable[Inspected]) -> Iterator[Result]:
    for file in inspection:
        for finding in file.findings:
            field = "" if finding.field is None else f"{finding.field}: "
            message = f"{field}found {finding.found}, expected {finding.expected}"
            yield Result(finding.code, finding.severity.lower(), message, file.path, finding.line)


def _show(inspection: Inspection) -> int:
    profile = inspection.profile
    files, with_findings = 0, 0
    codes: Counter[str] = Counter()
    severities: Counter[Severity] = Counter()
    for file in inspection:
        _show_file(file, profile)
        files += 1
        with_findings += bool(file.findings)
        codes.update(finding.code for finding in file.findings)
        severities.update(finding.severity for finding in file.findings)
    _show_summary(files, with_findings, codes, severities)
    layouts = " (assumed layouts)" if profile.assumed_layouts else ""
    if inspection.wants_sdps:
        console.say(_about_sdps(inspection))
    console.say(f"Read by profile {profile.name}{layouts}.")
    return FINDINGS if with_findings else 0


def _about_sdps(inspection: Inspection) -> str:
    if inspection.known is None:
        return "No SDP is called unknown: nothing here tells which there are (files 2000, 3000, 4000, or --sdps FILE)."
    return f"SDPs of billing files were held against {_number(len(inspection.known), 'known SDP')}."


def _show_file(file: Inspected, profile: Profile) -> None:
    console.say(console.Styled(str(file.path), bold=True))
    console.say(f"  {_described(file, profile)}")
    for finding in file.findings:
        _show_finding(finding)
    if not file.findings:
        console.say("  ", console.Styled("nothing found", "green"))
    console.say()


def _described(file: Inspected, profile: Profile) -> str:
    name, read = file.read.name, file.read
    if name is None:
        return f"not named as an interface file; {_number(file.size, 'byte')}, not read"
    known = profile.file_types.get(name.file_id)
    title = "unknown type" if known is None else known.title
    part = "" if name.part is None else f", file {name.part.file_no} segment {name.part.segment_no}"
    content = f"{_number(file.size, 'byte')}, not read"
    if read.layout is not None:
        content = f"{_number(read.lines, 'line')}, {_number(read.details, 'detail record')}"
    return f"{name.file_id}.{name.version} {title}{part}; {name.org_1}, {name.org_2}; {content}"


def _show_finding(finding: Finding) -> None:
    place = f"line {finding.line}" if finding.line is not None else _whole(finding)
    field = f", {finding.field}" if finding.field is not None else ""
    severity = console.Styled(str(finding.severity), _COLOURS[finding.severity])
    console.say(f"  {place}{field}: ", severity, f" {finding.code}")
    console.say(f"      found     {finding.found}")
    console.say(f"      expected  {finding.expected}")


def _whole(finding: Finding) -> str:
    return "name" if finding.code.startswith("name-") else "file"


def _show_summary(files: int, with_findings: int, codes: Counter[str], severities: Counter[Severity]) -> None:
    if not with_findings:
        console.say(f"{_number(files, 'file')}: ", console.Styled("nothing found", "green"))
        return
    numbers = ", ".join(_number(severities[each], each.lower()) for each in Severity if severities[each])
    by_code = ", ".join(f"{count} {code}" for code, count in sorted(codes.items()))
    console.say(f"{_number(files, 'file')}, {with_findings} with findings: {numbers} ({by_code})")


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
