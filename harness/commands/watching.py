"""How a run goes, as it is shown: a line for each feature, how much failed so far, and when it has failed enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.commands import console
from harness.port.protocol import Json
from harness.report.text import clipped, counted
from harness.runner.session import Enough
from harness.suite.inventory import ScenarioCase
from harness.suite.noticed import noticed_id
from harness.suite.waivers import Waiver

_LONGEST_ERROR = 200


class Shown:
    """What is shown of a run while it goes.

    :param quiet: whether the lines of features are left out.
    :param stop_after: after so many conversations with a fail that nobody waives the run stops; None where it does not.
    """

    def __init__(self, steps: console.Steps, *, quiet: bool, stop_after: int | None) -> None:
        self.stopped = False
        self.waivers: Sequence[Waiver] = ()
        self._lines = console.FeatureLines()
        self._steps = steps
        self._quiet = quiet
        self._stop_after = stop_after
        self._fails = 0
        self._met_error = False
        self._cases: dict[str, ScenarioCase] = {}

    def starts(self, to_run: Sequence[ScenarioCase], ended: Mapping[str, Json]) -> None:
        """Take note of what is to run, and of what had ended before."""
        self._cases = {case.id: case for case in to_run}
        self._lines.starts(to_run, ended.values())
        self._steps.total(len(to_run) - len(ended))

    def result(self, result: Json) -> None:
        """Take note of a result.

        :raises Enough: so much has failed that the run is to stop.
        """
        line = self._lines.result(result)
        self._fails += self._has_fail(result)
        self._steps.note(f"{counted(self._fails, 'fail')} so far" if self._fails else "")
        if result["verdict"] == "error":
            self._tell_first_error(result)
        self._steps.step(*(() if self._quiet else line))
        if self._stop_after is not None and self._fails >= self._stop_after:
            self.stopped = True
            raise Enough

    def _tell_first_error(self, result: Json) -> None:
        """Say at once why there is an error, once: what ails an adapter mostly ails it everywhere."""
        if not (self._met_error or self._quiet):
            said = f"  {result['scenario']}: {clipped(result['message'], _LONGEST_ERROR)}"
            self._steps.tell("  first ", console.coloured("error"), said)
        self._met_error = True

    def _has_fail(self, result: Json) -> bool:
        case = self._cases[result["scenario"]]
        fails = [(case.id, case.judges)] if result["verdict"] == "fail" and not case.advice else []
        fails += [(noticed_id(each["rule"], case.id), each["rule"]) for each in result["noticed"]]
        return any(not any(waiver.covers(*fail) for waiver in self.waivers) for fail in fails)
