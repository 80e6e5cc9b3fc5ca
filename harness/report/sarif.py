"""SARIF 2.1.0: findings for whatever shows them beside the lines they are about.

Nothing but the findings goes in: no time, host or machine. Paths are as short as the working directory allows, so that
a code host finds them in its tree. The same findings give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from harness import __version__
from harness.port.protocol import Json
from harness.report.text import printable

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Result:
    """One finding.

    :param code: of a kind of findings, and `level` is ``error`` or ``warning``.
    :param line: from 1; None where it is about the file as a whole.
    """

    code: str
    level: str
    message: str
    path: Path
    line: int | None


def sarif(meanings: Mapping[str, str], results: Iterable[Result], root: Path) -> bytes:
    """Findings as a SARIF log in UTF-8.

    :param meanings: what each code means, for all that there are.
    :param root: the folder from which paths below it are told.
    """
    codes = list(meanings)
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mdmr-conform",
                        "version": __version__,
                        "rules": [{"id": code, "shortDescription": {"text": meanings[code]}} for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, codes.index(each.code), root) for each in results],
            }
        ],
    }
    return (json.dumps(log, indent=1, ensure_ascii=False) + "\n").encode()


def _result(result: Result, index: int, root: Path) -> Json:
    place: Json = {"artifactLocation": {"uri": _uri(result.path, root)}}
    if result.line is not None:
        place["region"] = {"startLine": result.line}
    return {
        "ruleId": result.code,
        "ruleIndex": index,
        "level": result.level,
        "message": {"text": printable(result.message)},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: Path, root: Path) -> str:
    """A path as a reference relative to the working directory, or where it lies elsewhere, as a file URI."""
    whole = root / path
    if whole.is_relative_to(root):
        return quote(bytes(whole.relative_to(root)))
    return f"file://{quote(bytes(whole))}"
