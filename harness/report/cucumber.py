"""A run as Cucumber messages: one JSON object a line, for the formatters of that ecosystem.

| verdict                         | status of the step at which it stopped            |
|---------------------------------|---------------------------------------------------|
| pass                            | PASSED                                            |
| fail                            | FAILED                                            |
| waived, or a fail of an advice  | SKIPPED, with the reason                          |
| blocked, pending                | PENDING                                           |
| error                           | UNKNOWN: the adapter is at fault, not the system  |
| not claimed, not applicable     | SKIPPED                                           |

What the referee noticed in a scenario's conversation stands as a step of its own after the scenario's. Messages want
instants and durations, and results have none: every instant is the one at which the run began, and no time passes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from harness import __version__
from harness.errors import InputError
from harness.port.protocol import Json
from harness.report.text import printable
from harness.suite.inventory import feature_text

_NO_TIME: Json = {"seconds": 0, "nanos": 0}
_PROTOCOL = "34.0.0"
_REFEREE = "the-referee"
_STOPPED: Mapping[str, str] = {
    "fail": "FAILED",
    "waived": "SKIPPED",
    "blocked": "PENDING",
    "pending": "PENDING",
    "error": "UNKNOWN",
    "not claimed": "SKIPPED",
    "not applicable": "SKIPPED",
}


def cucumber_messages(results: Json, features: Path, started: datetime) -> str:
    """The results of a run (`results.schema.json`) as Cucumber messages, each on a line of its own.

    :param features: the folder of the features that were run.
    :param started: when the run began, with its time zone.
    :raises InputError: the features are not those of the run.
    """
    at: Json = {"seconds": int(started.timestamp()), "nanos": 0}
    noticed: dict[str, list[Json]] = {}
    for case in results["noticed"]:
        noticed.setdefault(case["scenario"], []).append(case)
    told: list[Json] = [{"meta": _meta(results)}]
    by_file: dict[str, list[Json]] = {}
    for scenario in sorted(results["scenarios"], key=lambda each: (each["feature"]["file"], each["feature"]["line"])):
        by_file.setdefault(scenario["feature"]["file"], []).append(scenario)
    pickles = {}
    ids = _ids()
    for file in by_file:
        pickles[file], messages = _read(features / file, f"features/{file}", ids)
        told += messages
    told.append(
        {"hook": {"id": _REFEREE, "name": "the referee watches", "sourceReference": {"uri": "harness/referee"}}}
    )
    told.append({"testRunStarted": {"id": "run", "timestamp": at}})
    for file, scenarios in by_file.items():
        for scenario in scenarios:
            pickle = _pickle_of(scenario, pickles[file], features / file)
            told += _performed(scenario, pickle, noticed.get(scenario["id"], []), at)
    finished = {"testRunStartedId": "run", "success": results["exit_code"] == 0, "timestamp": at}
    told.append({"testRunFinished": finished})
    return "\n".join(json.dumps(message) for message in told)


def _meta(results: Json) -> Json:
    system = results["system"]
    return {
        "protocolVersion": _PROTOCOL,
        "implementation": {"name": "mdmr-conform", "version": __version__},
        "runtime": {"name": printable(system["name"]), "version": printable(system["version"])},
        "os": {"name": "any"},
        "cpu": {"name": "any"},
    }


def _ids() -> Any:
    from gherkin.stream.id_generator import IdGenerator

    return IdGenerator()


def _read(path: Path, uri: str, ids: Any) -> tuple[Mapping[int, Json], list[Json]]:
    """The pickles of a feature file by line, and the messages that tell of the file.

    :raises InputError: it cannot be read.
    """
    from gherkin.ast_builder import AstBuilder
    from gherkin.errors import ParserError
    from gherkin.parser import Parser
    from gherkin.pickles.compiler import Compiler

    try:
        text = feature_text(path)
        document: Any = {**Parser(AstBuilder(ids)).parse(text), "uri": uri}
    except (OSError, UnicodeDecodeError, ParserError) as error:
        raise _others(path) from error
    source = {"uri": uri, "data": text, "mediaType": "text/x.cucumber.gherkin+plain"}
    pickles: list[Any] = [{**pickle, "uri": uri} for pickle in Compiler(ids).compile(document)]
    messages = [{"source": source}, {"gherkinDocument": document}, *({"pickle": pickle} for pickle in pickles)]
    return {pickle["location"]["line"]: pickle for pickle in pickles}, messages


def _pickle_of(scenario: Json, pickles: Mapping[int, Json], path: Path) -> Json:
    pickle = pickles.get(scenario["feature"]["line"])
    if pickle is None or [step["text"] for step in pickle["steps"]] != [step["text"] for step in scenario["steps"]]:
        raise _others(path)
    return pickle


def _others(path: Path) -> InputError:
    return InputError(
        "is not the feature that was run",
        where=str(path),
        expected="a run of the features of this release of the suite",
        remedy="export it with the release that ran it",
    )


def _performed(scenario: Json, pickle: Json, noticed: Iterable[Json], at: Json) -> Iterator[Json]:
    """The messages that tell of a scenario that was performed, or why it was not."""
    case, started = f"case/{scenario['id']}", f"started/{scenario['id']}"
    steps = [(f"{case}/{number}", {"pickleStepId": step["id"]}) for number, step in enumerate(pickle["steps"])]
    outcomes = [*_outcomes(scenario)]
    for each in noticed:
        steps.append((f"{case}/{each['id']}", {"hookId": _REFEREE}))
        outcomes.append(_result(_STOPPED[each["verdict"]], f"{each['rule']}: {_why(each)}"))
    yield {
        "testCase": {
            "id": case,
            "pickleId": pickle["id"],
            "testRunStartedId": "run",
            "testSteps": [{"id": step, **of} for step, of in steps],
        }
    }
    yield {"testCaseStarted": {"id": started, "testCaseId": case, "attempt": 0, "timestamp": at}}
    for (step, _), outcome in zip(steps, outcomes, strict=True):
        of_step = {"testCaseStartedId": started, "testStepId": step, "timestamp": at}
        yield {"testStepStarted": of_step}
        yield {"testStepFinished": {**of_step, "testStepResult": outcome}}
    finished = {"testCaseStartedId": started, "willBeRetried": False, "timestamp": at}
    yield {"testCaseFinished": finished}


def _outcomes(scenario: Json) -> Iterator[Json]:
    """The result of each step: the first that did not pass says why."""
    verdict = scenario["verdict"]
    stopped = "SKIPPED" if scenario["advice"] and verdict == "fail" else _STOPPED.get(verdict, "PASSED")
    is_told = verdict == "pass"
    for step in scenario["steps"]:
        if step["outcome"] == "passed":
            yield _result("PASSED")
        elif not is_told:
            is_told = True
            yield _result(stopped, f"{verdict}: {_why(scenario)}")
        else:
            yield _result("SKIPPED")


def _why(case: Json) -> str:
    waiver = case["waiver"]
    waived = "" if waiver is None else f" (waived until {waiver['expires']} by {waiver['owner']}: {waiver['reason']})"
    return f"{case['message']}{waived}"


def _result(status: str, message: str = "") -> Json:
    said = {"message": printable(message)} if message else {}
    return {"status": status, "duration": _NO_TIME, **said}
