"""Faults of P-Sync (PSY)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import (
    Application,
    Bent,
    fault,
    replaced,
)
from reference_impl.bent.loading import (
    outcome_changed,
)
from reference_impl.repository import master_directory, repository, staging_table_loader, synchronization
from reference_impl.repository.master_directory import BEGINNING, Key, State, differences, put
from reference_impl.repository.synchronization import Failure, Outcome, Status, Why


def _first_segment_alone(original: Any) -> Any:
    """What a set lists is what the first segment of its asset file lists."""

    def stage(tables: Any, profile: Any) -> Any:
        first = [table for table in tables if table.file.endswith(".01.01.DAT")]
        return dataclasses.replace(original(tables, profile), sdps=frozenset(staging_table_loader.types_by(first)))

    return stage


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


def _on(days: int, of: Callable[[Day], bool] = lambda _: True) -> Application:
    """Omitted SDPs end so many days after the extract, where it is of some day."""
    return _deactivated(
        lambda update, directory, extracted: master_directory.end_dated(
            directory.history(update.key), Day(extracted + timedelta(days=days if of(extracted) else 0))
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

    def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
        found = original(staged, directory, extracted, audit)
        if audit is None or found.status is not Status.COMPLETED:
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
    def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
        found = original(staged, directory, extracted, audit)
        if audit is not None or not staged.sdps:
            return found
        omitted = synchronization.omitted_sdps(staged, directory, extracted)
        more = synchronization.deactivate_omitted(omitted, directory, extracted)
        synchronization.apply(more, directory)
        return dataclasses.replace(found, updates=tuple(sorted((*found.updates, *more), key=lambda u: u.key)))

    return synchronize


def _i_sync_deactivates_silently(original: Any) -> Any:
    def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
        found = original(staged, directory, extracted, audit)
        if audit is None and staged.sdps:
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
        return {update.key: Why.PRIOR_STATE for update in every} if Why.PRIOR_STATE in found.values() else found

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

    def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
        every = list(directory.sdps())
        gone = [sdp for sdp in every if sdp not in staged.sdps]
        if audit is not None and len(gone) * 100 > audit.limit_percent * len(every):
            audit = audit._replace(limit_percent=-1)
        return original(staged, directory, extracted, audit)

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


PSY_FAULTS: tuple[Bent, ...] = (
    fault(
        "omitted_sdps_ended_when_processed",
        "PSY-02",
        "A P-Sync set is taken for extracted when it is processed: omitted SDPs are end-dated from that day.",
        replaced(repository, "process", _extracted_now),
        AMB_32="day-of-extract",
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
        "omitted_sdps_ended_with_the_next_year",
        "PSY-02",
        "What is omitted on the last day of a year is end-dated a year late.",
        _on(365, lambda extracted: (extracted.month, extracted.day) == (12, 31)),
    ),
    fault(
        "omitted_sdps_ended_with_the_next_month",
        "PSY-02",
        "What is omitted on the last day of a month is end-dated with the first of the next.",
        _on(1, lambda extracted: (extracted + timedelta(days=1)).day == 1),
    ),
    fault(
        "omitted_sdps_ended_before_leap_day",
        "PSY-02",
        "What is omitted on leap day is end-dated a day early.",
        _on(-1, lambda extracted: (extracted.month, extracted.day) == (2, 29)),
    ),
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
        "meters_of_omitted_sdps_end",
        "PSY-02",
        "What the meters of omitted SDPs have of their own is end-dated, where it is to stay.",
        replaced(repository, "audit_of", lambda original: lambda *given: original(*given)._replace(related=True)),
        AMB_37="sdp-alone",
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
        "further_segments_left_out",
        "PSY-02",
        "SDPs whose assets stand in a further segment are taken for left out.",
        replaced(staging_table_loader, "stage", _first_segment_alone),
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
        outcome_changed(_refused_but_applied),
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
        outcome_changed(_held_prior_states_reported),
    ),
    fault(
        "no_threshold",
        "PSY-05",
        "There is no threshold.",
        _threshold(lambda _omitted, _active, _limit: False),
        AMB_17="stopped-whole",
    ),
    fault(
        "threshold_checked_all_the_same",
        "PSY-05",
        "A set that would deactivate more than half is stopped, where nothing is to be checked.",
        _threshold(lambda omitted, active, _limit: omitted * 2 > active),
        AMB_17="not-checked",
    ),
    fault(
        "nothing_refused_at_the_load",
        "PSY-05",
        "A set that would deactivate more than the share is loaded, where it is to be refused.",
        replaced(synchronization, "errors_at_load", lambda _: lambda *_given: ()),
        AMB_17="refused-at-load",
    ),
    fault(
        "threshold_at_the_share",
        "PSY-05",
        "A set that would deactivate exactly the share is stopped.",
        _threshold(lambda omitted, active, limit: omitted > 0 and omitted * 100 >= limit * active),
    ),
    *(
        fault(
            f"threshold_in_whole_per_cents_{reading.replace('-', '_')}",
            "PSY-05",
            "The share that a P-Sync set would deactivate is rounded down to whole per cents.",
            _threshold(lambda omitted, active, limit: omitted * 100 // active > limit),
            AMB_17=reading,
        )
        for reading in ("stopped-whole", "refused-at-load")
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
        outcome_changed(_stopped_but_applied),
    ),
    fault(
        "other_ldcs_deactivated",
        "PSY-06",
        "A P-Sync set deactivates the SDPs of other LDCs.",
        replaced(repository, "process", _others_deactivated),
    ),
)
