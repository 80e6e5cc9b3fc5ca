"""Results as somebody hands them in: a `results.json`, or the folder of a run, held to the schema of results."""

from __future__ import annotations

import functools
import importlib.resources
import json
from pathlib import Path
from typing import Any

from harness.errors import InputError
from harness.interface.regular import read_regular
from harness.port.protocol import Json
from harness.port.replies import read_json

RESULTS_FILE, RECORD_FILE = "results.json", "run.json"
_EXPECTED = f"the folder of a run (mdmr-conform run --out), or its {RESULTS_FILE}"


def stored_results(path: Path, schema: Json | None = None) -> Json:
    """The results of a run.

    :param path: the folder of the run, or its `results.json`.
    :param schema: what of them has to be right; by default all that `results.schema.json` says.
    :raises InputError: there are none, or they are not as the schema says.
    """
    file = path / RESULTS_FILE if path.is_dir() else path
    try:
        raw = read_json(read_regular(file))
    except OSError as error:
        raise unreadable_results(file, error, _EXPECTED) from error
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", where=str(file), expected=_EXPECTED) from error
    if (found := next(iter(_validator(schema).iter_errors(raw)), None)) is not None:
        place = "/".join(str(part) for part in found.absolute_path) or "the document"
        raise InputError(f"{place} is not as the schema of results says", where=str(file), expected=_EXPECTED)
    results: Json = raw
    if (twice := _twice(results)) is not None:
        raise InputError(f"{twice} stands there twice", where=str(file), expected=_EXPECTED)
    if schema is None and (lost := _lost_rule(results)) is not None:
        raise InputError(f"{lost} is not among the rules", where=str(file), expected=_EXPECTED)
    return results


def unreadable_results(file: Path, error: OSError, expected: str) -> InputError:
    """What is said of a `results.json` that cannot be read: where its run has not ended, that too."""
    begun = isinstance(error, FileNotFoundError) and file.with_name(RECORD_FILE).is_file()
    remedy = "the run there has not ended: the same command goes on with it" if begun else ""
    return InputError(f"cannot be read: {error.strerror}", where=str(file), expected=expected, remedy=remedy)


def _twice(results: Json) -> str | None:
    """The first id that two scenarios have, or two things that were noticed: neither verdict is to be believed."""
    seen: set[str] = set()
    for case in (*results["scenarios"], *results["noticed"]):
        if case["id"] in seen:
            return str(case["id"])
        seen.add(case["id"])
    return None


def _lost_rule(results: Json) -> str | None:
    """The first rule of a class of which there is no verdict."""
    known = {rule["id"] for rule in results["rules"]}
    return next(
        (f"{rule} of {each['class']}" for each in results["classes"] for rule in each["rules"] if rule not in known),
        None,
    )


def _validator(schema: Json | None) -> Any:
    import jsonschema

    return jsonschema.Draft202012Validator(_schema_of_results() if schema is None else schema)


@functools.cache
def _schema_of_results() -> Json:
    text = importlib.resources.files("harness.evidence").joinpath("results.schema.json").read_text(encoding="utf-8")
    schema: Json = json.loads(text)
    return schema
