"""Faults of the staging table loader and its report IR14 (STL)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from harness.interface.findings import Severity
from reference_impl.bent.bending import (
    Application,
    Bent,
    fault,
    replaced,
    together,
)
from reference_impl.bent.loading import (
    findings_kept,
    overlooked,
    reported_though_failed,
    staged,
)
from reference_impl.repository import file_sets, file_transfer, repository, staging_table_loader, synchronization
from reference_impl.repository import synchronization_reports as reports
from reference_impl.repository.master_directory import BEGINNING


def _without_impossible_ends(values: Any) -> Any:
    return (v._replace(end=None) if v.end is not None and v.end <= v.start else v for v in values)


def _applied_in_part(which: Callable[[Any], bool]) -> Callable[[Any], Any]:
    """Some of what a set says is applied though it fails to load."""

    def make(original: Any) -> Any:
        def load(due: Any, directory: Any, *more: Any) -> Any:
            found = original(due, directory, *more)
            if not found.succeeded:
                chosen = [value for value in found.staged.values if which(value)]
                synchronization.apply(synchronization.updates_wanted(chosen, directory), directory)
            return found

        return load

    return make


def _bad_records_skipped(original: Any) -> Any:
    """A record with an error is left out, and the rest of the set is applied."""

    def load(*arguments: Any) -> Any:
        found = original(*arguments)
        bad = {(f.file, f.line) for f in found.findings if f.severity is Severity.ERROR}
        values = tuple(value for value in found.staged.values if tuple(value.source) not in bad)
        staged = dataclasses.replace(found.staged, values=values)
        return staging_table_loader.Load(staged, ())

    return load


def _applied_though_failed(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        ldc = due.key.ldc
        issued = frozenset(str(i) for (owner, _), i in here.ids.issued.items() if owner == ldc)
        load = staging_table_loader.load(due, here.directories[ldc], issued, here.profile)
        if not load.succeeded:
            bad = {(f.file, f.line) for f in load.findings}
            values = tuple(v for v in load.staged.values if tuple(v.source) not in bad)
            for update in synchronization.updates_wanted(values, here.directories[ldc]):
                here.directories[ldc].record(update.key, update.history)
        original(here, due)

    return process


def _load_reported(when: Callable[[Any], bool]) -> Application:
    """IR14 comes in some cases only."""
    return replaced(
        repository,
        "report_load",
        lambda original: lambda here, loaded, load: original(here, loaded, load) if when(load) else None,
    )


def _first_of(severity: Severity | None) -> Application:
    """IR14 lists the first finding only, of a severity or of all."""

    def make(_: Any) -> Any:
        def reported(load: Any) -> Any:
            if severity is None:
                return load.findings[:1]
            others = [f for f in load.findings if f.severity is not severity]
            return [*others, *[f for f in load.findings if f.severity is severity][:1]]

        return reported

    return replaced(reports, "reported_findings", make)


def _only_of_one_file(_: Any) -> Any:
    def reported(load: Any) -> Any:
        return [f for f in load.findings if f.file is None or f.file == load.findings[0].file]

    return reported


def _warnings_only_without_errors(_: Any) -> Any:
    def reported(load: Any) -> Any:
        errors = [f for f in load.findings if f.severity is Severity.ERROR]
        return errors or load.findings

    return reported


def _syntax_first(original: Any) -> Any:
    """Logic is not looked at where syntax has errors."""

    def load(*arguments: Any) -> Any:
        found = original(*arguments)
        syntax = tuple(f for f in found.findings if f.code.startswith("field"))
        return dataclasses.replace(found, findings=syntax) if syntax else found

    return load


def _with_warnings_of_07(original: Any) -> Any:
    def load(*arguments: Any) -> Any:
        found = original(*arguments)
        findings = tuple(
            each._replace(severity=Severity.WARNING) if re.search(r"\.07\.\d\d\.DAT$", each.file or "") else each
            for each in found.findings
        )
        return dataclasses.replace(found, findings=findings)

    return load


def _first_failure_reported(original: Any) -> Any:
    def report_load(here: Any, due: Any, load: Any) -> None:
        failed_before = f"{due.key.ldc} failed"  # among names that no file has
        if load.succeeded or failed_before not in here.names_loaded:
            original(here, due, load)
        if not load.succeeded:
            here.names_loaded.add(failed_before)

    return report_load


def _report_to(report: str, choose: Callable[..., tuple[Any, ...]]) -> Application:
    def make(original: Any) -> Any:
        return lambda key, wanted, parties, reading: (
            choose(key, parties) if wanted == report else original(key, wanted, parties, reading)
        )

    return replaced(reports, "submitter_alone", make)


def _with_ldc(key: Any, _: Any) -> tuple[Any, ...]:
    return (key.submitter,) if key.submitter == key.ldc else (key.submitter, key.ldc)


def _with_agents(report: str) -> Callable[..., tuple[Any, ...]]:
    def choose(key: Any, parties: Any) -> tuple[Any, ...]:
        agents = [a for a in sorted(parties.agents) if file_transfer.may_receive(a, key.ldc, report, parties)]
        return (key.submitter, *(agent for agent in agents if agent != key.submitter))

    return choose


def _loaded_out_of_turn(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        original(here, name, reading)
        for arriving in here.sets.values():
            if file_sets.is_complete(arriving):
                repository.report_load(
                    here, arriving, staging_table_loader.Load(staging_table_loader.StagedSet((), frozenset()), ())
                )

    return receive


def _cut_where_a_later_span_begins(said: Any) -> Any:
    """What has no end cuts nothing."""
    starts = [each.start for each in said if each.end is not None]
    return [
        each if each.end is None else each._replace(end=min([each.end, *(day for day in starts if day > each.start)]))
        for each in said
    ]


def _meters_in_use_held_back(original: Any) -> Any:
    """The errors of a meter in use, whatever is to be made of it."""
    return lambda loaded, directory, extracted, audit, _: original(loaded, directory, extracted, audit, "load-error")


STL_FAULTS: tuple[Bent, ...] = (
    fault(
        "syntax_unchecked",
        "STL-01",
        "A record that lacks a field is taken as far as it goes.",
        overlooked("field-count", "field-missing"),
    ),
    fault(
        "end_before_start_unchecked",
        "STL-01",
        "What ends before or when it starts is accepted.",
        together(overlooked("end-not-after-start"), staged(_without_impossible_ends)),
    ),
    fault(
        "unknown_meter_accepted",
        "STL-01",
        "A meter that nobody created is accepted, and a meter change without its module's relationship.",
        overlooked("meter-unknown", "minimum-data-relationship"),
    ),
    fault(
        "overlaps_accepted",
        "STL-01",
        "Two values of one attribute at a time are accepted.",
        overlooked("overlap"),
        AMB_40="refused",
    ),
    fault(
        "overlaps_of_premises_accepted",
        "STL-01",
        "Two values at a time of what stands in file 02 are accepted.",
        findings_kept(lambda found: found.code != "overlap" or ".02." not in str(found.file)),
        AMB_40="refused",
    ),
    fault(
        "overlaps_refused",
        "STL-01",
        "Two values of one attribute at a time are refused, where the later is to hold.",
        replaced(staging_table_loader, "CONTRADICTED", lambda _: {"later-holds": None}),
        AMB_40="later-holds",
    ),
    fault(
        "overlaps_with_what_has_no_end_refused",
        "STL-01",
        "A span in which another value begins that has no end is refused, where the later is to hold.",
        replaced(staging_table_loader, "CONTRADICTED", lambda _: {"later-holds": _cut_where_a_later_span_begins}),
        AMB_40="later-holds",
    ),
    fault(
        "meter_on_two_sdps_accepted",
        "STL-01",
        "A set may give a meter to two SDPs at a time.",
        overlooked("meter-on-two-sdps"),
        AMB_40="refused",
    ),
    fault(
        "meter_of_another_sdp_given",
        "STL-01",
        "A meter that another SDP has by earlier sets is given to a second one.",
        replaced(synchronization, "meters_in_use", lambda _: lambda *_given: ()),
    ),
    fault(
        "meter_of_another_sdp_loaded",
        "STL-01",
        "A set that gives a meter which another SDP has is loaded, where it is to fail.",
        replaced(synchronization, "meters_refused_at_load", lambda _: lambda *_given: ()),
        AMB_61="load-error",
    ),
    fault(
        "meter_of_another_sdp_refuses_the_set",
        "STL-01",
        "A set that gives a meter which another SDP has fails to load, where the meter alone is an exception.",
        replaced(synchronization, "meters_refused_at_load", _meters_in_use_held_back),
        AMB_61="exception",
    ),
    fault(
        "loaded_out_of_turn",
        "STL-01",
        "IR14 says of a set that is held that it was loaded.",
        replaced(repository, "receive_segment", _loaded_out_of_turn),
    ),
    fault(
        "load_report_on_errors_alone",
        "STL-02",
        "IR14 comes only when a load fails.",
        _load_reported(lambda load: not load.succeeded),
    ),
    fault(
        "load_report_on_success_alone",
        "STL-02",
        "IR14 comes only when a load succeeds.",
        _load_reported(lambda load: load.succeeded),
    ),
    fault(
        "first_failure_reported_alone",
        "STL-02",
        "IR14 comes for the first set of an LDC that fails to load, and for no further one.",
        replaced(repository, "report_load", _first_failure_reported),
    ),
    fault(
        "errors_of_file_07_taken_for_warnings",
        "STL-03",
        "Errors in file 07 let the set load.",
        replaced(staging_table_loader, "load", _with_warnings_of_07),
    ),
    fault(
        "bad_records_skipped",
        "STL-03",
        "A record with an error is left out, and the rest applied; IR14 says nothing of it.",
        replaced(staging_table_loader, "load", _bad_records_skipped),
    ),
    fault(
        "assets_of_failed_set_applied",
        "STL-03",
        "Of a set that fails to load the assets are applied.",
        replaced(staging_table_loader, "load", _applied_in_part(lambda value: value.start == BEGINNING)),
    ),
    fault(
        "relationships_of_failed_set_applied",
        "STL-03",
        "Of a set that fails to load the relationships of SDPs are applied.",
        replaced(
            staging_table_loader, "load", _applied_in_part(lambda value: value.key.attribute.startswith("sdp_to"))
        ),
    ),
    fault(
        "failed_set_applied_in_part",
        "STL-03",
        "A set that fails to load is applied as far as it is right.",
        replaced(repository, "process", _applied_though_failed),
    ),
    fault(
        "failed_set_reported_as_synchronized",
        "STL-03",
        "IR06 and IR07 follow a load that failed.",
        replaced(repository, "process", reported_though_failed),
    ),
    fault(
        "failed_set_applied_in_part_number_used",
        "STL-03",
        "A set that fails to load is applied as far as it is right, and uses up its number.",
        replaced(repository, "process", _applied_though_failed),
        AMB_22="number-used-up",
    ),
    fault(
        "warnings_refuse_the_set",
        "STL-04",
        "A warning refuses the set.",
        replaced(staging_table_loader.Load, "succeeded", lambda _: property(lambda self: not self.findings)),
    ),
    fault(
        "repeated_record_fails_the_load",
        "STL-04",
        "A record that stands there twice fails the load, where it is nothing to report.",
        replaced(staging_table_loader, "REPEATED", lambda _: {"no-finding": Severity.ERROR}),
        AMB_39="no-finding",
    ),
    fault(
        "repeated_record_accepted",
        "STL-04",
        "A record that stands there twice is taken, where it is to be an ERROR.",
        overlooked("repeated"),
        AMB_39="error",
    ),
    fault("first_finding_alone", "STL-05", "IR14 lists the first finding only.", _first_of(None)),
    fault(
        "findings_of_first_file_alone",
        "STL-05",
        "IR14 lists the findings of the first file that has any.",
        replaced(reports, "reported_findings", _only_of_one_file),
    ),
    fault(
        "warnings_left_out_beside_errors",
        "STL-05",
        "IR14 lists warnings only where there are no errors.",
        replaced(reports, "reported_findings", _warnings_only_without_errors),
        AMB_39="warning",
    ),
    fault(
        "first_warning_alone",
        "STL-05",
        "IR14 lists the first warning only.",
        _first_of(Severity.WARNING),
        AMB_39="warning",
    ),
    fault(
        "logic_unchecked_beside_syntax",
        "STL-05",
        "Errors of logic are not reported where there are errors of syntax.",
        replaced(staging_table_loader, "load", _syntax_first),
        AMB_40="refused",
    ),
    fault("load_report_to_the_ldc_too", "STL-06", "IR14 goes to the LDC, too.", _report_to("IR14", _with_ldc)),
    fault("rejection_report_to_the_ldc_too", "STL-06", "IR10 goes to the LDC, too.", _report_to("IR10", _with_ldc)),
    fault(
        "load_report_to_agents_too",
        "STL-06",
        "IR14 goes to every agent that may receive it.",
        _report_to("IR14", _with_agents("IR14")),
    ),
    fault(
        "rejection_report_to_agents_too",
        "STL-06",
        "IR10 goes to every agent that may receive it.",
        _report_to("IR10", _with_agents("IR10")),
    ),
)
