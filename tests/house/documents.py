"""The parts of the documents that are read off the tree: written by ``make docs``, held true by tests.

Such a part stands between ``<!-- name: … -->`` and ``<!-- end of name -->``. Everything else is written by hand.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from harness.interface.profile import load_profile
from harness.recompute.findings import CODES
from harness.report.layouts import layouts_page
from harness.stage.words import TYPES
from harness.suite.definitions import Definition, read_definitions

ROOT = Path(__file__).parents[2]
PROFILE = ROOT / "harness/interface/profiles/workshop-2010.toml"
_PART = re.compile(r"(<!-- ([a-z]+): [^\n]*? -->\n).*?(<!-- end of \2 -->)", re.DOTALL)
_SHOWN_CODES = 6
_ORDER = ("parties", "clock", "mailboxes", "assignment", "synchronization", "billing", "billing_reports")

EXAMPLES: Mapping[str, str] = {
    "Clock": "07:30",
    "Cycle": "on cycle",
    "Day": "Tuesday of week 2",
    "FileType": "IR01",
    "Kind": "P-Sync",
    "Moment": "Wednesday 11:00",
    "Name": "Lakeside",
    "Names": '"Mill", "Bakery" and "Depot"',
    "No": "05",
    "Nos": "01, 03 and 07",
    "Number": "15",
    "Ordinal": "second",
    "Ordinals": "first, second and third",
    "Response": 'response to "R1"',
    "Set": 'set 7 of "Lakeside"',
    "Severity": "warning",
}
"""What may stand in a gap of each type, in words of the field."""


def vocabulary() -> str:
    """Every step there is, by the module that has it, and what may stand in its gaps."""
    by_module: dict[str, list[Definition]] = {}
    for definition in read_definitions("steps").all:
        by_module.setdefault(definition.path.stem, []).append(definition)
    rest = [name for name in sorted(by_module) if name not in _ORDER]
    lines = ["| gap | for example |", "|---|---|"]
    lines += [f"| `{name}` | `{EXAMPLES.get(name, '')}` |" for name in sorted(TYPES)]
    for name in (*_ORDER, *rest):
        lines += ["", f"`steps/{name}.py`", ""]
        lines += [_step(definition) for definition in by_module.get(name, [])]
    return "\n".join(lines)


def _step(definition: Definition) -> str:
    kinds = {context.type or "" for context in definition.contexts}
    said = "/".join(kind.capitalize() for kind in ("given", "when", "then") if kind in kinds)
    table = ", with a table" if "datatable" in inspect.signature(definition.function).parameters else ""
    return f"* {said}: `{definition.pattern}`{table}"


def assumed() -> str:
    """Every element that the workshop's profile marks as assumed, and what it is for."""
    raw = tomllib.loads(PROFILE.read_text(encoding="utf-8"))
    lines = ["| value | is | used in |", "|---|---|---|"]
    for name, entry in raw["values"].items():
        if entry["source"] == "assumed":
            lines.append(f"| `{name}` | `{entry['value']}` | {_users(name)} |")
    lines += ["", "| code list | codes | used in |", "|---|---|---|"]
    for name, codes in raw["codes"].items():
        if codes["source"] == "assumed":
            values = [str(value) for key, value in codes.items() if key != "source"]
            shown = [f"`{value}`" for value in values]
            if len(shown) > _SHOWN_CODES:
                shown = [*shown[:2], "…", shown[-1]]
            lines.append(f"| `{name}` | {', '.join(shown)} | {_users(name)} |")
    lines += ["", "| shown otherwise than sent | how | used in |", "|---|---|---|"]
    for name, entry in raw["transformations"].items():
        lines.append(f"| `{name}` | `{entry['as']}` | {_users('transformations')} |")
    lines += ["", "| file | record | assumed fields |", "|---|---|---|"]
    lines += list(_fields(raw))
    return "\n".join(lines)


def _fields(raw: Mapping[str, Any]) -> Iterator[str]:
    files = [(file["id"], file["record"]) for file in raw["file"]]
    files += [(f"file {file['file_no']} of a set", file["record"]) for file in raw["set_file"]]
    for name, records in files:
        for record in records:
            fields = [field for field in record["fields"] if field["source"] == "assumed"]
            shown = ", ".join(f"`{field['name']}`" for field in fields)
            if fields:
                yield f"| {name} | {record['kind']} (`{record['code']}`) | {shown} |"


def _users(name: str) -> str:
    """The modules that name an element; the code lists of fields are named by the profile itself."""
    quoted = re.compile(rf"""(?:["']{re.escape(name)}["']|\.{re.escape(name)}\b)""")
    rooms = ("harness", "reference_impl")
    found = [
        path.relative_to(ROOT).as_posix()
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        if "faults" not in path.parts and path.stem != "variants" and quoted.search(path.read_text(encoding="utf-8"))
    ]
    return ", ".join(f"`{path}`" for path in found) or "the layouts of its fields"


def findings() -> str:
    """What recomputing can find in data, by code."""
    lines = ["| code | severity | meaning |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| `{code}` | {known.severity} | {known.meaning} |" for code, known in CODES.items())])


def layouts() -> str:
    """Every file: its records and fields, and an example of it."""
    return layouts_page(load_profile())


PARTS: Mapping[str, Callable[[], str]] = {
    "vocabulary": vocabulary,
    "assumed": assumed,
    "findings": findings,
    "layouts": layouts,
}
PAGES: Mapping[str, str] = {
    "vocabulary": "docs/writing-features.md",
    "assumed": "docs/assumptions.md",
    "findings": "docs/volume.md",
    "layouts": "docs/layouts.md",
}


def refreshed(page: str) -> str:
    """A page, with each part that is read off the tree as it now is."""
    return _PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n{found[3]}", page)


if __name__ == "__main__":
    load_profile(None)
    for name in sorted(set(PAGES.values())):
        path = ROOT / name
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
