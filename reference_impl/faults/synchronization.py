"""Faults of the synchronization chapters: file sets, the staging table loader, the Master Directory, and its reports."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.findings import Severity
from harness.interface.instants import Day
from harness.interface.names import read_name
from harness.interface.set_records import Clash
from reference_impl import (
    file_sets,
    file_transfer,
    master_directory,
    repository,
    sequence,
    staging_table_loader,
    synchronization,
)
from reference_impl import synchronization_reports as reports
from reference_impl.faults.bending import (
    Application,
    Bent,
    details_changed,
    fault,
    only,
    replaced,
    text_changed,
    together,
)
from reference_impl.file_sets import Place
from reference_impl.master_directory import BEGINNING, Key, State, differences, put
from reference_impl.staging_table_loader import LoadFinding
from reference_impl.synchronization import Failure, Outcome, Status, Why

# --- tools --------------------------------------------------------------------------------------------------


def _details(file_id: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Application:
    return only(file_id, lambda file: text_changed(file, lambda text: details_changed(text, change)))


def _text(file_id: str, change: Callable[[str], str]) -> Application:
    return only(file_id, lambda file: text_changed(file, change))


def _overlooked(*codes: str) -> Application:
    """The staging table loader overlooks findings of some codes."""
    return _findings(lambda found: found.code not in codes)


def _findings(keep: Callable[[LoadFinding], bool]) -> Application:
    """The staging table loader drops findings."""

    def dropping(check: Any) -> Any:
        return lambda staging: (found for found in check(staging) if keep(found))

    return replaced(staging_table_loader, "CHECKS", lambda checks: tuple(dropping(check) for check in checks))


def _refused(where: Callable[[Any], bool]) -> Application:
    """A set is refused where something holds of its staging."""

    def refuse(staging: Any) -> Any:
        if where(staging):
            yield LoadFinding(None, None, Severity.ERROR, "refused", None, "refused")

    return replaced(staging_table_loader, "CHECKS", lambda checks: (*checks, refuse))


def _staged(change: Callable[[tuple[Any, ...]], Any]) -> Application:
    """What a set's records bring is changed."""

    def make(original: Any) -> Any:
        def stage(records: Any, profile: Any) -> Any:
            found = original(records, profile)
            return dataclasses.replace(found, values=tuple(change(found.values)))

        return stage

    return replaced(staging_table_loader, "stage", make)


def _ignored(*attributes: str) -> Application:
    """Changes of some attributes are ignored, once there is a value."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            kept = (v for v in values if v.key.attribute not in attributes or not directory.history(v.key))
            return original(kept, directory)

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _never(*attributes: str) -> Application:
    """Some attributes are never taken."""
    return _staged(lambda values: (v for v in values if v.key.attribute not in attributes))


def _not_taken_lately(attribute: str) -> Application:
    """An attribute is taken only with a start long ago, as in the first set of a scenario."""

    def taken(value: Any) -> bool:
        return value.key.attribute != attribute or bool(value.start < Day(value.start.replace(year=2010, month=6)))

    return _staged(lambda values: filter(taken, values))


def _outcome(change: Callable[..., Outcome]) -> Application:
    """What synchronizing a set came to is changed: `change` is given the outcome, the staged set and the directory."""

    def make(original: Any) -> Any:
        def synchronize(staged: Any, directory: Any, extracted: Any, **more: Any) -> Outcome:
            return change(original(staged, directory, extracted, **more), staged, directory, extracted)

        return synchronize

    return replaced(synchronization, "synchronize", make)


# --- file sets ------------------------------------------------------------------------------------------------


def _only_listed(original: Any) -> Any:
    """Which files are mandatory does not matter: what the manifest lists is enough."""

    def missing(arriving: Any) -> Any:
        return tuple(entry for entry in original(arriving) if "." in entry or entry == "00")

    return missing


def _components_awaited(original: Any) -> Any:
    """Sets after the first await file 07."""

    def missing(arriving: Any) -> Any:
        found = original(arriving)
        later = arriving.manifest is not None and arriving.manifest.sequence_number > 6
        return (*found, "07") if later and not any(place.file_no == "07" for place in arriving.files) else found

    return missing


def _without_impossible_ends(values: Any) -> Any:
    return (v._replace(end=None) if v.end is not None and v.end <= v.start else v for v in values)


def _manifest_segments_admitted(original: Any) -> Any:
    def admitted(submitter: Any, text: str, parties: Any, profile: Any) -> Any:
        first = original(submitter, re.sub(r"\.00\.\d\d\.DAT$", ".00.01.DAT", text), parties, profile)
        return first and read_name(text, profile)[0]

    return admitted


def _segments_refused(*segments: str) -> Application:
    return _refused(lambda staging: any(place.segment_no in segments for place in staging.arriving.files))


def _has_segments(file_no: str, *segments: str) -> Callable[[Any], bool]:
    wanted = {Place(file_no, segment) for segment in segments}
    return lambda staging: not wanted.isdisjoint(staging.arriving.files)


def _file_segments_refused(*numbers: str) -> Application:
    return _refused(
        lambda staging: any(place.file_no in numbers and place.segment_no != "01" for place in staging.arriving.files)
    )


def _manifests_joined(original: Any) -> Any:
    def take(arriving: Any, name: Any, reading: Any, moment: Any) -> None:
        held = arriving.manifest
        original(arriving, name, reading, moment)
        if name.part.file_no != "00" or name.part.segment_no == "01":
            if held is not None and name.part.file_no == "00" and arriving.manifest is not None:
                listed = {**held.listed, **arriving.manifest.listed}
                arriving.manifest = dataclasses.replace(arriving.manifest, listed=listed)
            return
        more = file_sets.manifest_of(reading)
        if more is not None:
            listed = {**(held.listed if held else {}), **more.listed}
            arriving.manifest = dataclasses.replace(more, listed=listed)

    return take


def _first_segments_alone(original: Any) -> Any:
    return lambda arriving: (table for table in original(arriving) if table.file.split(".")[7] in {"01", "02"})


def _complete_with_last_file(original: Any) -> Any:
    """A set is taken for complete when its manifest has come last; else it waits for ever."""

    def is_complete(arriving: Any) -> bool:
        return bool(original(arriving)) and next(iter(arriving.files)).file_no != "00"

    return is_complete


def _complete_without_segments(original: Any) -> Any:
    def is_complete(arriving: Any) -> bool:
        manifest = arriving.manifest
        return manifest is not None and {p.file_no for p in arriving.files} >= {p.file_no for p in manifest.listed}

    return is_complete


def _one_set_at_a_time(original: Any) -> Any:
    """Files of another set end the set that was arriving."""

    def receive(here: Any, name: Any, reading: Any) -> None:
        key = file_sets.key_of(name)
        for other in [held for held in here.sets if held != key and not file_sets.is_complete(here.sets[held])]:
            del here.sets[other]
        original(here, name, reading)

    return receive


def _repeats_counted(original: Any) -> Any:
    def take(arriving: Any, name: Any, reading: Any, moment: Any) -> None:
        place = Place(name.part.file_no, name.part.segment_no)
        if place in arriving.files:
            arriving.first_received = moment - timedelta(minutes=59)
        original(arriving, name, reading, moment)

    return take


# --- staging table loader -------------------------------------------------------------------------------------


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


def _reported_though_failed(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        before = here.expected_numbers[due.key.ldc]
        original(here, due)
        if here.expected_numbers[due.key.ldc] == before:
            extracted = staging_table_loader.extracted_date_time(due)
            repository.report_synchronization(here, due, extracted, Outcome(Status.COMPLETED, (), ()))

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


def _report_to(report: str, choose: Callable[..., tuple[Any, ...]]) -> Application:
    def make(original: Any) -> Any:
        return lambda key, wanted, parties: choose(key, parties) if wanted == report else original(key, wanted, parties)

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


# --- the Master Directory -------------------------------------------------------------------------------------


def _past_rewrites_the_rest(original: Any) -> Any:
    """A value in the past holds from then on, whatever its end date and whatever came after it."""
    return lambda history, start, end, value: original(
        tuple(state for state in history if state.start <= start), start, None, value
    )


def _end_inclusive(original: Any) -> Any:
    return lambda history, start, end, value: original(history, start, end and Day(end + timedelta(days=1)), value)


def _dropped(which: Callable[[Any], bool]) -> Application:
    """Some values are passed over."""

    def make(original: Any) -> Any:
        def synchronize(staged: Any, directory: Any, extracted: Any, **more: Any) -> Any:
            kept = tuple(v for v in staged.values if not which((v, extracted, directory)))
            return original(dataclasses.replace(staged, values=kept), directory, extracted, **more)

        return synchronize

    return replaced(synchronization, "synchronize", make)


def _is_future(of: Any) -> bool:
    value, extracted, _ = of
    return bool(value.start > extracted)


def _is_prior(of: Any) -> bool:
    value, extracted, directory = of
    return value.end is not None and value.end <= extracted and bool(directory.history(value.key))


def _is_current(of: Any) -> bool:
    value, extracted, directory = of
    return bool(value.start == extracted and directory.history(value.key))


def _only_ends(of: Any) -> bool:
    value, _, directory = of
    return value.end is not None and any(s.start == value.start for s in directory.history(value.key))


def _far(of: Any) -> bool:
    value, extracted, directory = of
    return bool(
        abs((value.start - extracted).days) > 360
        and directory.history(value.key)
        and value.start != BEGINNING
        and value.end is None
    )


def _first_sdp_alone(values: Any) -> Any:
    first = next((v.key.id for v in values if v.key.entity == "sdp"), None)
    return (v for v in values if v.key.entity != "sdp" or v.key.id == first)


def _clears_what_is_not_named(original: Any) -> Any:
    """An I-Sync set end-dates the other attributes of an SDP that it names."""

    def synchronize(staged: Any, directory: Any, extracted: Any, *, periodic_audit: bool, limit_percent: int) -> Any:
        found = original(staged, directory, extracted, periodic_audit=periodic_audit, limit_percent=limit_percent)
        named = {value.key for value in staged.values}
        if not periodic_audit:
            for sdp in {key.id for key in named if key.entity == "sdp"}:
                for key in directory.dated(sdp):
                    if key not in named and not key.attribute.startswith("sdp_to"):
                        directory.record(key, master_directory.end_dated(directory.history(key), extracted))
        return found

    return synchronize


def _empty_fields_clear(original: Any) -> Any:
    """An empty field of a service agreement or premise ends its attribute."""

    def synchronize(staged: Any, directory: Any, extracted: Any, **more: Any) -> Any:
        groups = (("framing_structure", "commodity_type"), ("address", "city", "postal_code"))
        named = {value.key for value in staged.values}
        found = original(staged, directory, extracted, **more)
        for key in named:
            for group in groups:
                if key.attribute in group:
                    for other in group:
                        there = key._replace(attribute=other)
                        if there not in named:
                            directory.record(there, master_directory.end_dated(directory.history(there), extracted))
        return found

    return synchronize


def _of_today(original: Any) -> Any:
    """Components are counted on one day alone."""

    def numbers(components: Any, since: Any) -> Any:
        today = {name: [s for s in held if s.start <= since] for name, held in components.items()}
        return original(
            {
                name: [s._replace(end=None) for s in held if s.end is None or s.end > since]
                for name, held in today.items()
            },
            since,
        )

    return numbers


def _surplus_refused(staging: Any) -> bool:
    """More than one kind of record beside assets is too much, for an SDP that exists."""
    known = set(staging.directory.sdps())
    kinds = {
        (r.kind, str(r["parameter"]) if r.kind == "sdp_parameter" else "")
        for _, r in staging.records
        if r.kind not in staging_table_loader.ASSETS
    }
    return bool(known) and len(kinds) > 1 and not staging.arriving.is_periodic_audit


def _several_sdps_refused(staging: Any) -> bool:
    sdps = {
        str(record["universal_sdp_id"])
        for _, record in staging.records
        if "universal_sdp_id" in record.layout.positions
    }
    return len(sdps & set(staging.directory.sdps())) > 1 and not staging.arriving.is_periodic_audit


def _meter_scenario(removal: bool, code: str) -> Application:
    """Minimum data of meter change, or of meter removal, is not checked."""

    def make(checks: Any) -> Any:
        def without(check: Any) -> Any:
            def run(staging: Any) -> Any:
                for found in check(staging):
                    ends = any(
                        record["end_date"] is not None
                        for source, record in staging.of_kind("sdp_to_meter")
                        if tuple(source) == (found.file, found.line)
                    )
                    if found.code != code or ends is not removal:
                        yield found

            return run

        return tuple(without(check) for check in checks)

    return replaced(staging_table_loader, "CHECKS", make)


def _open_ends_for_ever(_: Any) -> Any:
    """A record without an end gives an SDP its meter for ever, whatever the set says next."""

    def clashes(said: Any, _: Any) -> Any:
        given = [statement for statement in said if statement.key.attribute == "sdp_to_meter"]
        for later in given:
            rivals = (other for other in given if other.key != later.key and other.value == later.value)
            for other in rivals:
                if other.start <= later.start and (other.end is None or later.start < other.end):
                    yield Clash(other, later)

    return clashes


def _moved_meters_in_use(original: Any) -> Any:
    """A meter is in use where an SDP has it before the set, though the set takes it from there."""

    def in_use(updates: Any, failed: Any, directory: Any) -> Any:
        for key in updates:
            alone = {key: updates[key]}
            yield from original(alone, failed, directory)

    return in_use


def _limits_changed(days: int) -> Callable[[Any], Any]:
    """Dating limits lie some days further away."""

    def make(original: Any) -> Any:
        def limits(values: Any, reading: Any) -> Any:
            found = original(values, reading)
            return None if found is None else found._replace(back=found.back + days, ahead=found.ahead + days)

        return limits

    return make


def _old_meter_kept(original: Any) -> Any:
    """A meter change leaves the old meter with the SDP: the new one comes after it ends, never."""

    def wanted(values: Any, directory: Any) -> Any:
        kept = (
            v for v in values if v.key.attribute != "sdp_to_meter" or not directory.history(v.key) or v.end is not None
        )
        return original(kept, directory)

    return wanted


def _module_follows_not(original: Any) -> Any:
    return lambda values, directory: original(
        (v for v in values if v.key.attribute != "meter_to_communication_module" or v.end is None), directory
    )


def _modules_not_with_new_meters(original: Any) -> Any:
    """The communication module of a meter that was not there before is passed over."""
    return lambda values, directory: original(
        (
            v
            for v in values
            if v.key.attribute not in {"meter_to_communication_module", "register_digits"}
            or directory.history(v.key)
            or not directory.histories
        ),
        directory,
    )


def _beyond(extra: str, main: str) -> Application:
    """What is sent beside a scenario's own attribute is passed over."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            every = list(values)
            names = {v.key.attribute for v in every}
            if main in names:
                every = [v for v in every if v.key.attribute != extra or not directory.knows("sdp", v.key.id)]
            return original(every, directory)

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _only_one_new_sdp(original: Any) -> Any:
    def wanted(values: Any, directory: Any) -> Any:
        every = list(values)
        new = sorted({v.key.id for v in every if v.key.entity == "sdp" and not directory.knows("sdp", v.key.id)})
        return original(
            [v for v in every if v.key.id not in new[1:]] if directory.histories or len(new) == 2 else every, directory
        )

    return wanted


# --- P-Sync -----------------------------------------------------------------------------------------------------


def _deactivated(change: Callable[..., Any]) -> Application:
    """What is done to omitted SDPs is changed: `change` is given the update, the directory and the extract's day."""

    def make(original: Any) -> Any:
        def deactivate(omitted: Any, directory: Any, extracted: Any) -> Any:
            found = []
            for update in original(omitted, directory, extracted):
                history = change(update, directory, extracted)
                before = directory.history(update.key)
                if differences := master_directory.differences(before, history):
                    found.append(synchronization.Update(update.key, history, differences))
            return found

        return deactivate

    return replaced(synchronization, "deactivate_omitted", make)


def _on(days: int) -> Application:
    return _deactivated(
        lambda update, directory, extracted: master_directory.end_dated(
            directory.history(update.key), Day(extracted + timedelta(days=days))
        )
    )


def _future_states_stay(update: Any, directory: Any, extracted: Any) -> Any:
    before = directory.history(update.key)
    later = tuple(state for state in before if state.start > extracted)
    return (*master_directory.end_dated(tuple(s for s in before if s.start <= extracted), extracted), *later)


def _extracted_now(original: Any) -> Any:
    """A P-Sync is taken for extracted at the moment when it is processed."""

    def process(here: Any, due: Any) -> None:
        stated: Any = staging_table_loader.extracted_date_time
        now: Any = (lambda _: here.now) if due.is_periodic_audit else stated
        staging_table_loader.extracted_date_time = now
        try:
            original(here, due)
        finally:
            staging_table_loader.extracted_date_time = stated

    return process


def _virtual_spared(original: Any) -> Any:
    def omitted(staged: Any, directory: Any, extracted: Any) -> Any:
        def is_physical(sdp: str) -> bool:
            history = directory.history(Key("sdp", sdp, "sdp_type"))
            return master_directory.value_on(history, BEGINNING) == "P"

        return [sdp for sdp in original(staged, directory, extracted) if is_physical(sdp)]

    return omitted


def _ended_again(original: Any) -> Any:
    """SDPs that were deactivated before are reported once more."""

    def synchronize(staged: Any, directory: Any, extracted: Any, *, periodic_audit: bool, limit_percent: int) -> Any:
        found = original(staged, directory, extracted, periodic_audit=periodic_audit, limit_percent=limit_percent)
        if not periodic_audit or found.status is not Status.COMPLETED:
            return found
        again = []
        for sdp in directory.sdps():
            if sdp not in staged.sdps and not any(update.key.id == sdp for update in found.updates):
                for key in directory.dated(sdp):
                    last = directory.history(key)[-1]
                    difference = master_directory.Difference(extracted, None, last.value, None)
                    again.append(synchronization.Update(key, directory.history(key), (difference,)))
        return dataclasses.replace(found, updates=(*found.updates, *again))

    return synchronize


def _i_sync_deactivates(original: Any) -> Any:
    def synchronize(staged: Any, directory: Any, extracted: Any, *, periodic_audit: bool, limit_percent: int) -> Any:
        full = bool(staged.sdps)
        return original(
            staged, directory, extracted, periodic_audit=periodic_audit or full, limit_percent=limit_percent
        )

    return synchronize


def _i_sync_deactivates_silently(original: Any) -> Any:
    def synchronize(staged: Any, directory: Any, extracted: Any, *, periodic_audit: bool, limit_percent: int) -> Any:
        found = original(staged, directory, extracted, periodic_audit=periodic_audit, limit_percent=limit_percent)
        if not periodic_audit and staged.sdps:
            for sdp in set(directory.sdps()) - staged.sdps:
                for key in directory.dated(sdp):
                    directory.record(key, master_directory.end_dated(directory.history(key), extracted))
        return found

    return synchronize


def _refuses_whole_set(original: Any) -> Any:
    """A prior state fails everything that the set would change."""

    def failures(wanted: Any, *others: Any, **more: Any) -> Any:
        every = list(wanted)
        found = original(every, *others, **more)
        return {update.key: Why.PRIOR_STATE for update in every} if found else found

    return failures


def _current_refused(original: Any) -> Any:
    def failures(wanted: Any, values: Any, directory: Any, extracted: Any, *, periodic_audit: bool) -> Any:
        every = list(wanted)
        found = dict(original(every, values, directory, extracted, periodic_audit=periodic_audit))
        if periodic_audit:
            found |= {u.key: Why.PRIOR_STATE for u in every if any(d.start > extracted for d in u.differences)}
        return found

    return failures


def _prior_states_one_by_one(_: Any) -> Any:
    """Whether a record changes a prior state is asked as if the set said nothing else of the attribute."""

    def prior(values: Any, directory: Any, extracted: Any) -> Any:
        for value in values:
            if value.end is not None and value.end <= extracted:
                before = directory.history(value.key)
                if differences(before, put(before, value.start, value.end, value.value)):
                    yield value.key

    return prior


def _prior_states_alone_refused(original: Any) -> Any:
    """A prior state is refused only where the set says nothing else of the attribute."""

    def prior(values: Any, directory: Any, extracted: Any) -> Any:
        said = Counter(value.key for value in values)
        return (key for key in original(values, directory, extracted) if said[key] == 1)

    return prior


def _held_prior_states_reported(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    more = [
        Failure(
            synchronization.Update(
                v.key, directory.history(v.key), (master_directory.Difference(v.start, v.end, v.value, v.value),)
            ),
            Why.PRIOR_STATE,
        )
        for v in staged.values
        if v.end is not None and v.end <= extracted and State(v.start, v.end, v.value) in directory.history(v.key)
    ]
    return dataclasses.replace(outcome, failures=(*outcome.failures, *more)) if more and staged.sdps else outcome


def _refused_but_applied(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    for failure in outcome.failures:
        if failure.why is Why.PRIOR_STATE:
            directory.record(failure.update.key, failure.update.history)
    return outcome


def _threshold(change: Callable[[int, int, int], bool]) -> Application:
    return replaced(synchronization, "is_over_threshold", lambda _: change)


def _counts_inactive(original: Any) -> Any:
    """The threshold is taken of all SDPs that ever were: those deactivated before count as omitted."""

    def synchronize(staged: Any, directory: Any, extracted: Any, *, periodic_audit: bool, limit_percent: int) -> Any:
        every = list(directory.sdps())
        gone = [sdp for sdp in every if sdp not in staged.sdps]
        if periodic_audit and len(gone) * 100 > limit_percent * len(every):
            limit_percent = -1
        return original(staged, directory, extracted, periodic_audit=periodic_audit, limit_percent=limit_percent)

    return synchronize


def _stopped_but_applied(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    if outcome.status is Status.STOPPED_AT_THRESHOLD:
        for failure in outcome.failures:
            directory.record(failure.update.key, failure.update.history)
    return outcome


def _others_deactivated(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        original(here, due)
        if due.is_periodic_audit:
            for ldc, directory in here.directories.items():
                if ldc != due.key.ldc:
                    for sdp in directory.sdps():
                        for key in directory.dated(sdp):
                            directory.record(key, master_directory.end_dated(directory.history(key), here.now.date()))

    return process


# --- reports ----------------------------------------------------------------------------------------------------


def _only_with(report: str, when: Callable[[Outcome], bool]) -> Application:
    """A report comes in some cases only."""

    def make(original: Any) -> Any:
        def send(here: Any, ldc: Any, recipient: Any, file_id: str, header: Any, details: Any) -> None:
            every = list(details)
            if file_id != report or when(every):  # type: ignore[arg-type]
                original(here, ldc, recipient, file_id, header, every)

        return send

    return replaced(repository.Repository, "send", make)


def _has_details(every: Any) -> bool:
    return any(kind in {"update", "exception"} for kind, _ in every)


def _is_stopped(every: Any) -> bool:
    return any(str(fields.get("status", "")).startswith("STOPPED") for _, fields in every)


def _status_letter(text: str) -> str:
    return re.sub(r"(?m)^SS\|(.*)COMPLETED", r"SS|\1CoMPLETED", text)


def _stopped_says_completed(original: Any) -> Any:
    return lambda processed, extracted, outcome, profile: {
        **original(processed, extracted, outcome, profile),
        "status": profile.codes["sync_status"]["completed"],
    }


def _held_values_reported(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    known = {update.key for update in outcome.updates}
    more = [
        synchronization.Update(
            v.key, directory.history(v.key), (master_directory.Difference(v.start, v.end, v.value, v.value),)
        )
        for v in staged.values
        if v.key not in known and v.start != BEGINNING
    ]
    return dataclasses.replace(outcome, updates=(*outcome.updates, *more))


def _last_update_left_out(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    few = len(outcome.updates) < 12
    return dataclasses.replace(outcome, updates=outcome.updates[:-1]) if few else outcome


def _restated_values_reported(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    more = [
        synchronization.Update(
            v.key, directory.history(v.key), (master_directory.Difference(v.start, v.end, v.value, v.value),)
        )
        for v in staged.values
        if v.start > extracted and master_directory.value_on(directory.history(v.key), extracted) == v.value
    ]
    return dataclasses.replace(outcome, updates=(*outcome.updates, *more))


def _updates_as_exceptions_too(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    few = outcome.updates if len(outcome.updates) < 12 else ()
    return dataclasses.replace(outcome, failures=(*outcome.failures, *(Failure(u, Why.PRIOR_STATE) for u in few)))


def _first_exception_alone(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    return dataclasses.replace(outcome, failures=outcome.failures[:1])


def _no_exceptions(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    return dataclasses.replace(outcome, failures=())


def _exceptions_as_updates_too(outcome: Outcome, staged: Any, directory: Any, extracted: Any) -> Outcome:
    updates = (*outcome.updates, *(failure.update for failure in outcome.failures))
    return dataclasses.replace(outcome, updates=updates)


def _recipients(change: Callable[..., tuple[Any, ...]]) -> Application:
    return replaced(
        reports,
        "ldc_and_authorised_submitter",
        lambda original: lambda key, report, parties: change(original, key, report, parties),
    )


def _agents_too(original: Any, key: Any, report: str, parties: Any) -> tuple[Any, ...]:
    found = original(key, report, parties)
    agents = [a for a in sorted(parties.agents) if file_transfer.may_receive(a, key.ldc, report, parties)]
    return (*found, *(agent for agent in agents if agent not in found))


def _shown(attribute: str, change: Callable[[str], str]) -> Application:
    """Values of an attribute are shown otherwise than they were sent."""

    def make(original: Any) -> Any:
        def shown(key: Any, value: Any, profile: Any) -> Any:
            text = original(key, value, profile)
            return change(text) if text and key.attribute == attribute else text

        return shown

    return replaced(reports, "shown", make)


SYN_FAULTS: tuple[Bent, ...] = (
    fault(
        "missing_mandatory_file_tolerated",
        "SYN-01",
        "A set without a mandatory file is processed.",
        replaced(file_sets, "missing", _only_listed),
    ),
    fault(
        "component_file_mandatory",
        "SYN-01",
        "File 07 is taken for mandatory: a set of six files waits.",
        replaced(file_sets, "missing", _components_awaited),
    ),
    fault(
        "set_without_components_waits",
        "SYN-02",
        "A set without file 07 is never complete.",
        replaced(
            sequence,
            "is_complete",
            lambda original: (
                lambda arriving: (
                    original(arriving)
                    and (any(p.file_no == "07" for p in arriving.files) or arriving.manifest.sequence_number < 7)
                )
            ),
        ),
    ),
    fault(
        "component_file_refused",
        "SYN-02",
        "A set with file 07 is refused.",
        _refused(lambda staging: any(place.file_no == "07" for place in staging.arriving.files)),
    ),
    fault(
        "p_sync_in_another_format",
        "SYN-03",
        "P-Sync files are refused for a format of their own.",
        _refused(lambda staging: staging.arriving.is_periodic_audit),
    ),
    fault(
        "p_sync_framing_not_read",
        "SYN-03",
        "Service agreements of P-Sync files are not read.",
        replaced(
            staging_table_loader,
            "tables",
            lambda original: (
                lambda arriving: (
                    table
                    for table in original(arriving)
                    if not (arriving.is_periodic_audit and table.records.layout.kind == "service_agreement")
                )
            ),
        ),
    ),
    fault(
        "empty_set_refused",
        "SYN-04",
        "A set without any detail record is refused.",
        _refused(lambda staging: not staging.records),
    ),
    fault(
        "file_without_details_refused",
        "SYN-04",
        "A set is refused where a file carries no detail records and another does.",
        _refused(lambda staging: bool(staging.records) and len({s.file.split(".")[6] for s, _ in staging.records}) < 3),
    ),
    fault("segments_of_01_refused", "SYN-05", "Segments of the asset file are refused.", _file_segments_refused("01")),
    fault(
        "segments_of_02_refused", "SYN-05", "Segments of the premise file are refused.", _file_segments_refused("02")
    ),
    fault(
        "segments_of_03_refused",
        "SYN-05",
        "Segments of the service agreement file are refused.",
        _file_segments_refused("03"),
    ),
    fault(
        "segments_of_04_refused", "SYN-05", "Segments of the parameter file are refused.", _file_segments_refused("04")
    ),
    fault(
        "segments_of_05_and_07_refused",
        "SYN-05",
        "Segments of the relationship and component files are refused.",
        _file_segments_refused("05", "07"),
    ),
    fault(
        "segmented_manifest_accepted",
        "SYN-05",
        "A manifest in two segments is put together.",
        together(
            replaced(file_transfer, "admitted", _manifest_segments_admitted),
            replaced(file_sets, "take_segment", _manifests_joined),
            _overlooked("manifest-segmented", "name-segment-no"),
        ),
    ),
    *(
        fault(
            f"segment_gaps_of_file_{file_no}_refused",
            "SYN-06",
            f"Segments 03 and 07 of file {file_no} are refused.",
            _refused(_has_segments(file_no, "03", "07")),
        )
        for file_no in ("01", "02", "03", "05")
    ),
    fault("segment_gaps_refused", "SYN-06", "Segments 01, 03 and 07 are refused.", _segments_refused("03", "07")),
    fault(
        "segments_after_a_gap_lost",
        "SYN-06",
        "Records of segments after a gap are lost.",
        replaced(staging_table_loader, "tables", _first_segments_alone),
    ),
    fault("segments_may_start_anywhere", "SYN-06", "Segments may start at 02.", _overlooked("segment-01-missing")),
    fault(
        "manifest_has_to_come_last",
        "SYN-07",
        "A set whose manifest came first is never complete.",
        replaced(sequence, "is_complete", _complete_with_last_file),
    ),
    fault(
        "complete_with_one_segment_each",
        "SYN-07",
        "A set is complete when each listed file has one segment.",
        replaced(sequence, "is_complete", _complete_without_segments),
    ),
    fault(
        "files_of_another_set_end_the_set",
        "SYN-07",
        "A set is given up when files of another come.",
        replaced(repository, "receive_segment", _one_set_at_a_time),
    ),
    fault(
        "repeated_segment_rejects_the_set",
        "SYN-07",
        "A segment that comes twice ends the set's wait-time.",
        replaced(file_sets, "take_segment", _repeats_counted),
    ),
    fault(
        "extracted_date_time_unchecked",
        "SYN-09",
        "The Extracted Date Time may differ within a set.",
        _overlooked("extracted-date-time"),
    ),
    fault(
        "agent_sends_p_sync_with_4000",
        "SYN-10",
        "The authorisation for 4000 is taken for one for 3000.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) or (kind == "3000" and original(who, ldc, "4000", parties))
                )
            ),
        ),
    ),
    fault(
        "agent_sends_i_sync_with_3000",
        "SYN-10",
        "The authorisation for 3000 is taken for one for 4000.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) or (kind == "4000" and original(who, ldc, "3000", parties))
                )
            ),
        ),
    ),
    fault(
        "agent_sends_sets_with_receipt",
        "SYN-10",
        "An authorisation to receive 4000 is taken for one to submit it.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) or (ldc, who, kind, "receive") in parties.authorisations
                )
            ),
        ),
    ),
    fault(
        "agents_never_send_i_sync",
        "SYN-10",
        "Agents may not send I-Sync sets.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: original(who, ldc, kind, parties) and (kind != "4000" or who == ldc)
            ),
        ),
    ),
    fault(
        "agents_never_send_p_sync",
        "SYN-10",
        "Agents may not send P-Sync sets.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: original(who, ldc, kind, parties) and (kind != "3000" or who == ldc)
            ),
        ),
    ),
    fault(
        "stranger_sends_sets",
        "SYN-10",
        "Sets of organisations that are not registered are processed.",
        replaced(
            file_transfer,
            "admitted",
            lambda original: (
                lambda submitter, text, parties, profile: (
                    original(submitter, text, parties, profile)
                    or (
                        None
                        if file_transfer.is_registered(submitter, parties) or ".4000." not in text
                        else read_name(text, profile)[0]
                    )
                )
            ),
        ),
    ),
    fault(
        "record_in_wrong_file_passed_over",
        "SYN-11",
        "A record in the wrong file is passed over.",
        _overlooked("record-type", "record-count", "field-count"),
    ),
    fault("assets_not_taken_from_01", "SYN-11", "Meter assets of file 01 are passed over.", _never("meter_id")),
    *(
        fault(
            f"{name}_not_taken",
            "SYN-12",
            f"Relationship {name} is not taken once it is there.",
            _not_taken_lately(name),
        )
        for name in (
            "sdp_to_billing_agent",
            "sdp_to_ami_operator",
            "sdp_to_account",
            "sdp_to_energy_service_provider",
            "sdp_to_cca_service_provider",
        )
    ),
    fault(
        "modules_of_meters_not_taken",
        "SYN-12",
        "A meter's relationship to its communication module is not taken.",
        _never("meter_to_communication_module"),
    ),
    fault(
        "account_mandatory",
        "SYN-12",
        "A new SDP without an account is refused.",
        _refused(
            lambda staging: (
                any(r.kind == "sdp" for _, r in staging.records)
                and not any(r.kind == "sdp_to_account" for _, r in staging.records)
            )
        ),
    ),
    fault(
        "virtual_sdp_of_one",
        "SYN-13",
        "A virtual SDP may aggregate a single physical one.",
        _findings(lambda found: found.code != "virtual-sdp-components" or " 1 " not in found.message),
    ),
    fault(
        "virtual_sdp_of_none",
        "SYN-13",
        "A virtual SDP may aggregate nothing.",
        _findings(lambda found: found.code != "virtual-sdp-components" or " 0 " not in found.message),
    ),
    fault(
        "virtual_sdp_of_two_refused",
        "SYN-13",
        "A virtual SDP has to aggregate three physical ones.",
        _refused(
            lambda staging: (
                any(r.kind == "channel_to_channel" for _, r in staging.records)
                and sum(r.kind == "channel_to_channel" for _, r in staging.records) < 3
            )
        ),
    ),
    fault(
        "virtual_sdp_of_three_refused",
        "SYN-13",
        "A virtual SDP has to aggregate exactly two physical ones.",
        _refused(lambda staging: sum(r.kind == "channel_to_channel" for _, r in staging.records) > 2),
    ),
    fault(
        "components_may_leave_one",
        "SYN-13",
        "Components may leave a virtual SDP until one is left.",
        _findings(lambda found: found.code != "virtual-sdp-components" or found.field is not None),
    ),
    fault(
        "components_counted_when_gone",
        "SYN-13",
        "Components that left a virtual SDP are counted still.",
        replaced(staging_table_loader, "numbers_of_components", lambda _: lambda components, _: {len(components)}),
    ),
    fault(
        "components_counted_today",
        "SYN-13",
        "Only the components of the day of the extract are counted, not of days to come.",
        replaced(staging_table_loader, "numbers_of_components", _of_today),
    ),
    fault(
        "components_stay_for_ever",
        "SYN-13",
        "No component may leave a virtual SDP.",
        _refused(lambda staging: any(r["end_date"] for _, r in staging.of_kind("channel_to_channel"))),
    ),
)

STL_FAULTS: tuple[Bent, ...] = (
    fault(
        "syntax_unchecked",
        "STL-01",
        "A record that lacks a field is taken as far as it goes.",
        _overlooked("field-count", "field-missing"),
    ),
    fault(
        "end_before_start_unchecked",
        "STL-01",
        "What ends before or when it starts is accepted.",
        together(_overlooked("end-not-after-start"), _staged(_without_impossible_ends)),
    ),
    fault(
        "unknown_meter_accepted",
        "STL-01",
        "A meter that nobody created is accepted.",
        _overlooked("meter-unknown", "minimum-data-relationship"),
    ),
    fault("overlaps_accepted", "STL-01", "Two values of one attribute at a time are accepted.", _overlooked("overlap")),
    fault(
        "meter_on_two_sdps_accepted",
        "STL-01",
        "A set may give a meter to two SDPs at a time.",
        _overlooked("meter-on-two-sdps"),
    ),
    fault(
        "loaded_out_of_turn",
        "STL-01",
        "A set that is out of turn is loaded.",
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
        "bad_records_skipped",
        "STL-03",
        "A record with an error is left out, and the rest applied.",
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
        replaced(repository, "process", _reported_though_failed),
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
    ),
    fault("first_warning_alone", "STL-05", "IR14 lists the first warning only.", _first_of(Severity.WARNING)),
    fault(
        "logic_unchecked_beside_syntax",
        "STL-05",
        "Errors of logic are not reported where there are errors of syntax.",
        replaced(staging_table_loader, "load", _syntax_first),
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

ISY_FAULTS: tuple[Bent, ...] = (
    fault("current_values_passed_over", "ISY-01", "Values from today on are passed over.", _dropped(_is_current)),
    fault("future_values_passed_over", "ISY-01", "Values from a later day on are passed over.", _dropped(_is_future)),
    fault("prior_values_passed_over", "ISY-01", "Values that have ended are passed over.", _dropped(_is_prior)),
    fault(
        "past_change_rewrites_later_states",
        "ISY-01",
        "A value in the past holds from then on.",
        replaced(master_directory, "put", _past_rewrites_the_rest),
    ),
    fault(
        "end_date_taken_for_inclusive",
        "ISY-01",
        "The end date is taken for the last day.",
        replaced(master_directory, "put", _end_inclusive),
    ),
    fault(
        "dating_unlimited",
        "ISY-01",
        "Dates may lie as far back or ahead as they like, though there are limits.",
        _overlooked("too-far-back", "too-far-ahead"),
        AMB_18="within-limits",
    ),
    fault(
        "dating_limits_a_day_short",
        "ISY-01",
        "The day that a dating limit is away is beyond it.",
        replaced(staging_table_loader, "dating_limits", _limits_changed(-1)),
        AMB_18="within-limits",
    ),
    fault(
        "dating_limits_a_day_long",
        "ISY-01",
        "The day after a dating limit is within it.",
        replaced(staging_table_loader, "dating_limits", _limits_changed(1)),
        AMB_18="within-limits",
    ),
    fault("end_dates_passed_over", "ISY-01", "A record that only ends a state is passed over.", _dropped(_only_ends)),
    fault(
        "dates_beyond_a_year_passed_over",
        "ISY-01",
        "Values from more than 360 days ahead on are passed over.",
        _dropped(_far),
    ),
    fault(
        "only_first_sdp_updated",
        "ISY-02",
        "Of several SDPs that exist, the first is updated.",
        replaced(
            synchronization,
            "updates_wanted",
            lambda original: (
                lambda values, directory: original(
                    _first_sdp_alone(list(values)) if directory.histories else values, directory
                )
            ),
        ),
    ),
    fault(
        "attributes_not_named_are_ended",
        "ISY-02",
        "An I-Sync set ends the other attributes of an SDP that it names.",
        replaced(synchronization, "synchronize", _clears_what_is_not_named),
    ),
    fault(
        "empty_fields_end_attributes",
        "ISY-02",
        "An empty field ends its attribute.",
        replaced(synchronization, "synchronize", _empty_fields_clear),
    ),
    fault(
        "more_than_minimum_data_refused",
        "ISY-03",
        "A set with more than one kind of record for an SDP is refused.",
        _refused(_surplus_refused),
    ),
    fault(
        "several_scenarios_refused",
        "ISY-03",
        "A set with changes of two SDPs is refused.",
        _refused(_several_sdps_refused),
    ),
    fault(
        "new_meter_not_related",
        "ISY-10",
        "After a meter change the SDP keeps its old meter.",
        replaced(synchronization, "updates_wanted", _old_meter_kept),
    ),
    fault(
        "open_ends_held_for_ever",
        "ISY-10",
        "A meter cannot leave an SDP whose record of it has no end.",
        replaced(staging_table_loader, "meters_on_two_sdps", _open_ends_for_ever),
    ),
    fault(
        "moved_meters_in_use",
        "ISY-10",
        "A meter that a set moves from one SDP to another is still in use.",
        replaced(synchronization, "meters_in_use", _moved_meters_in_use),
    ),
    fault(
        "multiplier_left_out_of_meter_change",
        "ISY-10",
        "A multiplier that comes with a meter change is passed over.",
        _beyond("ct_pt_multiplier", "sdp_to_meter"),
    ),
    fault(
        "meter_change_without_module_asset",
        "ISY-10",
        "A meter change without the communication module asset is accepted.",
        _meter_scenario(removal=False, code="minimum-data-module"),
    ),
    fault(
        "meter_change_without_module_relationship",
        "ISY-10",
        "A meter change without the module relationship is accepted.",
        _meter_scenario(removal=False, code="minimum-data-relationship"),
    ),
    fault(
        "removed_meter_stays",
        "ISY-11",
        "A removed meter stays with its SDP.",
        _dropped(lambda of: of[0].key.attribute == "sdp_to_meter" and _only_ends(of)),
    ),
    fault(
        "module_of_removed_meter_stays",
        "ISY-11",
        "The module of a removed meter stays with it.",
        replaced(synchronization, "updates_wanted", _module_follows_not),
    ),
    fault(
        "status_left_out_of_meter_removal",
        "ISY-11",
        "A service status that comes with a meter removal is passed over.",
        _beyond("service_status", "sdp_to_meter"),
    ),
    fault(
        "meter_removal_without_module_asset",
        "ISY-11",
        "A meter removal without the communication module asset is accepted.",
        _meter_scenario(removal=True, code="minimum-data-module"),
    ),
    fault(
        "meter_removal_without_module_relationship",
        "ISY-11",
        "A meter removal without the module relationship is accepted.",
        _meter_scenario(removal=True, code="minimum-data-relationship"),
    ),
    fault(
        "new_meter_passed_over",
        "ISY-12",
        "A meter for an SDP that has none is passed over.",
        replaced(
            synchronization,
            "updates_wanted",
            lambda original: (
                lambda values, directory: original(
                    [v for v in values if v.key.attribute != "sdp_to_meter" or not directory.knows("sdp", v.key.id)],
                    directory,
                )
            ),
        ),
    ),
    fault(
        "module_of_new_meter_passed_over",
        "ISY-12",
        "The module of a new meter is passed over.",
        replaced(synchronization, "updates_wanted", _modules_not_with_new_meters),
    ),
    *(
        fault(f"{name}_change_passed_over", rule, f"A change of {name} is passed over.", _ignored(name))
        for name, rule in (
            ("framing_structure", "ISY-15"),
            ("billing_cycle_id", "ISY-16"),
            ("vee_service", "ISY-17"),
            ("ct_pt_multiplier", "ISY-18"),
            ("sdp_to_account", "ISY-19"),
        )
    ),
    fault(
        "service_cut_passed_over",
        "ISY-13",
        "A service that is cut at the pole goes on as connected.",
        _ignored("service_status"),
    ),
    fault(
        "account_left_out_of_service_cut",
        "ISY-13",
        "What comes with a service cut is passed over.",
        _beyond("sdp_to_account", "service_status"),
    ),
    fault("booting_passed_over", "ISY-14", "A meter that is booted goes on as connected.", _ignored("service_status")),
    fault(
        "vee_left_out_of_booting",
        "ISY-14",
        "What comes with booting a meter is passed over.",
        _beyond("vee_service", "service_status"),
    ),
    fault(
        "billing_cycle_left_out_of_framing_change",
        "ISY-15",
        "What comes with a framing structure change is passed over.",
        _beyond("billing_cycle_id", "framing_structure"),
    ),
    fault(
        "vee_left_out_of_billing_cycle_change",
        "ISY-16",
        "What comes with a billing cycle change is passed over.",
        _beyond("vee_service", "billing_cycle_id"),
    ),
    fault(
        "city_left_out_of_vee_change",
        "ISY-17",
        "What comes with a VEE service change is passed over.",
        _beyond("city", "vee_service"),
    ),
    fault(
        "framing_left_out_of_multiplier_change",
        "ISY-18",
        "What comes with a multiplier change is passed over.",
        _beyond("framing_structure", "ct_pt_multiplier"),
    ),
    fault(
        "billing_cycle_left_out_of_account_change",
        "ISY-19",
        "What comes with an account change is passed over.",
        _beyond("billing_cycle_id", "sdp_to_account"),
    ),
    fault(
        "billing_agent_change_passed_over",
        "ISY-20",
        "A change of the billing agent is passed over.",
        _ignored("sdp_to_billing_agent"),
    ),
    fault(
        "ami_operator_change_passed_over",
        "ISY-20",
        "A change of the AMI operator is passed over.",
        _ignored("sdp_to_ami_operator"),
    ),
    fault(
        "cca_left_out_of_agent_change",
        "ISY-20",
        "What comes with a change of the billing agent is passed over.",
        _beyond("sdp_to_cca_service_provider", "sdp_to_billing_agent"),
    ),
    fault(
        "retailer_passed_over",
        "ISY-21",
        "A change of the energy service provider is passed over.",
        _never("sdp_to_energy_service_provider"),
    ),
    fault(
        "agent_left_out_of_retailer_change",
        "ISY-21",
        "What comes with a change of the retailer is passed over.",
        _beyond("sdp_to_billing_agent", "sdp_to_energy_service_provider"),
    ),
    fault("new_sdp_without_account", "ISY-22", "A new SDP is created without its account.", _never("sdp_to_account")),
    fault(
        "one_new_sdp_of_two",
        "ISY-22",
        "Of two new SDPs of a set one is created.",
        replaced(synchronization, "updates_wanted", _only_one_new_sdp),
    ),
)

PSY_FAULTS: tuple[Bent, ...] = (
    fault(
        "omitted_sdps_ended_when_processed",
        "PSY-02",
        "Omitted SDPs are end-dated from the day on which the set is processed.",
        replaced(repository, "process", _extracted_now),
    ),
    fault(
        "omitted_sdps_stay",
        "PSY-02",
        "SDPs left out of a P-Sync set are not deactivated.",
        replaced(synchronization, "omitted_sdps", lambda _: lambda *_arguments: []),
    ),
    fault(
        "omitted_sdps_deleted", "PSY-02", "What held of omitted SDPs is deleted.", _deactivated(lambda *_arguments: ())
    ),
    fault("omitted_sdps_ended_a_day_early", "PSY-02", "Omitted SDPs are end-dated a day early.", _on(-1)),
    fault("omitted_sdps_ended_a_day_late", "PSY-02", "Omitted SDPs are end-dated a day late.", _on(1)),
    fault(
        "relationships_of_omitted_sdps_stay",
        "PSY-02",
        "Relationships of omitted SDPs are not end-dated.",
        _deactivated(
            lambda update, directory, _: (
                directory.history(update.key) if update.key.attribute.startswith("sdp_to") else update.history
            )
        ),
    ),
    fault(
        "future_states_of_omitted_sdps_stay",
        "PSY-02",
        "Future states of omitted SDPs stay.",
        _deactivated(_future_states_stay),
    ),
    fault(
        "omitted_virtual_sdps_stay",
        "PSY-02",
        "Virtual SDPs left out of a P-Sync set are not deactivated.",
        replaced(synchronization, "omitted_sdps", _virtual_spared),
    ),
    fault(
        "deactivated_sdps_reported_again",
        "PSY-02",
        "SDPs that were deactivated before are reported once more.",
        replaced(synchronization, "synchronize", _ended_again),
    ),
    fault(
        "i_sync_deactivates",
        "PSY-03",
        "An I-Sync set with asset records deactivates the SDPs that it leaves out.",
        replaced(synchronization, "synchronize", _i_sync_deactivates),
    ),
    fault(
        "i_sync_deactivates_silently",
        "PSY-03",
        "An I-Sync set deactivates the SDPs that it leaves out, and reports nothing of it.",
        replaced(synchronization, "synchronize", _i_sync_deactivates_silently),
    ),
    fault(
        "p_sync_changes_prior_states",
        "PSY-04",
        "A P-Sync set changes prior states.",
        replaced(synchronization, "prior_states", lambda _: lambda *_arguments: ()),
    ),
    fault(
        "prior_state_refuses_the_set",
        "PSY-04",
        "One prior state refuses everything that a P-Sync set would change.",
        replaced(synchronization, "failures", _refuses_whole_set),
    ),
    fault(
        "refused_prior_state_applied",
        "PSY-04",
        "A prior state is reported as refused, and applied.",
        _outcome(_refused_but_applied),
    ),
    fault(
        "p_sync_refuses_future_states",
        "PSY-04",
        "A P-Sync set may not change future states.",
        replaced(synchronization, "failures", _current_refused),
    ),
    fault(
        "prior_states_seen_one_by_one",
        "PSY-04",
        "A current value is refused for the prior one that it follows, though that changes nothing.",
        replaced(synchronization, "prior_states", _prior_states_one_by_one),
    ),
    fault(
        "prior_states_beside_others_changed",
        "PSY-04",
        "A P-Sync changes a prior state where it gives a current one beside it.",
        replaced(synchronization, "prior_states", _prior_states_alone_refused),
    ),
    fault(
        "held_prior_states_refused",
        "PSY-04",
        "A prior state that is held already is reported as refused.",
        _outcome(_held_prior_states_reported),
    ),
    fault("no_threshold", "PSY-05", "There is no threshold.", _threshold(lambda _omitted, _active, _limit: False)),
    fault(
        "threshold_at_the_share",
        "PSY-05",
        "A set that would deactivate exactly the share is stopped.",
        _threshold(lambda omitted, active, limit: omitted > 0 and omitted * 100 >= limit * active),
    ),
    fault(
        "threshold_counts_inactive_sdps",
        "PSY-05",
        "SDPs that were deactivated before count.",
        replaced(synchronization, "synchronize", _counts_inactive),
    ),
    fault(
        "stopped_set_applied",
        "PSY-05",
        "A set that is stopped at the threshold is applied.",
        _outcome(_stopped_but_applied),
    ),
    fault(
        "other_ldcs_deactivated",
        "PSY-06",
        "A P-Sync set deactivates the SDPs of other LDCs.",
        replaced(repository, "process", _others_deactivated),
    ),
)

SRP_FAULTS: tuple[Bent, ...] = (
    fault(
        "exception_report_on_exceptions_alone",
        "SRP-01",
        "IR07 comes only where there are exceptions.",
        _only_with("IR07", _has_details),
    ),
    fault(
        "update_report_on_updates_alone",
        "SRP-01",
        "IR06 comes only where something was updated.",
        _only_with("IR06", _has_details),
    ),
    fault(
        "no_update_report_when_stopped",
        "SRP-01",
        "A set that is stopped yields no IR06.",
        _only_with("IR06", lambda every: not _is_stopped(every)),
    ),
    fault(
        "reports_on_a_failed_load",
        "SRP-01",
        "IR06 and IR07 follow a load that failed.",
        replaced(repository, "process", _reported_though_failed),
    ),
    fault(
        "status_records_differ_by_a_letter",
        "SRP-02",
        "The status record of IR07 differs by a letter.",
        _text("IR07", _status_letter),
    ),
    fault(
        "status_records_differ_where_stopped",
        "SRP-02",
        "The status record of IR07 counts otherwise.",
        _text(
            "IR07",
            lambda text: re.sub(r"(?m)^(SS\|.*\|)(\d{9})(\r?)$", lambda m: f"{m[1]}{int(m[2]) + 1:09}{m[3]}", text),
        ),
    ),
    fault(
        "status_always_completed",
        "SRP-02",
        "The status record always says that the synchronization was completed.",
        replaced(reports, "status_record", _stopped_says_completed),
    ),
    fault(
        "held_values_reported", "SRP-03", "IR06 lists values that were held already.", _outcome(_held_values_reported)
    ),
    fault("last_update_not_reported", "SRP-03", "IR06 leaves the last update out.", _outcome(_last_update_left_out)),
    fault(
        "restated_values_reported",
        "SRP-03",
        "IR06 lists a value that goes on from a later day.",
        _outcome(_restated_values_reported),
    ),
    fault("first_exception_alone", "SRP-04", "IR07 lists the first exception only.", _outcome(_first_exception_alone)),
    fault(
        "updates_reported_as_exceptions",
        "SRP-04",
        "IR07 lists what was updated, too.",
        _outcome(_updates_as_exceptions_too),
    ),
    fault(
        "exception_report_without_headings",
        "SRP-05",
        "IR07 has no column headings.",
        _text("IR07", lambda text: re.sub(r"(?m)^CH\|.*\r?\n", "", text)),
    ),
    fault(
        "exception_report_with_a_blank_detail",
        "SRP-05",
        "IR07 has a detail record that says that there are none.",
        _text(
            "IR07",
            lambda text: text if "\nDT" in text else text.replace("EF|0", "DT|SDP|NONE|NONE|||||PRIOR_STATE\r\nEF|1"),
        ),
    ),
    fault(
        "exception_report_missing_without_changes",
        "SRP-05",
        "IR07 does not come where nothing was to change.",
        _text("IR07", lambda text: text if "\nDT" in text else re.sub(r"(?m)^CH\|.*\r?\n", "", text)),
    ),
    fault(
        "reports_to_agent_without_authorisation",
        "SRP-06",
        "A submitting agent receives IR06 and IR07, authorised or not.",
        _recipients(
            lambda _original, key, _report, _parties: (
                (key.ldc,) if key.submitter == key.ldc else (key.ldc, key.submitter)
            )
        ),
    ),
    fault(
        "reports_to_submitter_alone",
        "SRP-06",
        "IR06 and IR07 go to the submitter alone.",
        _recipients(lambda _original, key, _report, _parties: (key.submitter,)),
    ),
    fault(
        "one_authorisation_for_both_reports",
        "SRP-06",
        "The authorisation for IR07 is taken for one for IR06.",
        _recipients(lambda original, key, _report, parties: original(key, "IR07", parties)),
    ),
    fault(
        "reports_to_every_authorised_agent",
        "SRP-06",
        "IR06 and IR07 go to every agent that may receive them.",
        _recipients(_agents_too),
    ),
    fault("addresses_in_capitals", "SRP-07", "Addresses are shown in capitals.", _shown("address", str.upper)),
    fault(
        "billing_cycles_without_zeros",
        "SRP-07",
        "Billing Cycle IDs are shown without leading zeros.",
        _shown("billing_cycle_id", lambda text: text.lstrip("0")),
    ),
    fault(
        "postal_codes_cut",
        "SRP-07",
        "Postal codes are shown up to their third character.",
        _shown("postal_code", lambda text: text[:3]),
    ),
    fault(
        "exceptions_reported_as_updates_too",
        "SRP-08",
        "What could not be updated stands in IR06 and IR07.",
        _outcome(_exceptions_as_updates_too),
    ),
    fault(
        "exceptions_reported_nowhere",
        "SRP-08",
        "What could not be updated stands in neither report.",
        _outcome(_no_exceptions),
    ),
)

SYNCHRONIZATION_FAULTS: tuple[Bent, ...] = (*SYN_FAULTS, *STL_FAULTS, *ISY_FAULTS, *PSY_FAULTS, *SRP_FAULTS)
