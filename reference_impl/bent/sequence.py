"""Faults of the order and the waiting of synchronization file sets."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from harness.interface.instants import Instant, day_of, later, midnight
from reference_impl.bent.bending import Application, fault, replaced, together
from reference_impl.repository import repository, sequence, staging_table_loader, synchronization
from reference_impl.repository.file_sets import is_complete
from reference_impl.repository.port import Port
from reference_impl.repository.sequence import Turn


def _turn(change: Any) -> Application:
    """Replace whose turn it is: `change` is given the set, the number expected and what the reference says."""

    def make(original: Any) -> Any:
        return lambda arriving, expected: change(arriving, expected, original(arriving, expected))

    return replaced(sequence, "turn_of", make)


def _as_text(digits: int) -> Application:
    """Sequence numbers are held against each other as texts of so many digits, filled with zeros, or more."""

    def make(original: Any) -> Any:
        def turn_of(arriving: Any, expected: int) -> Any:
            turn = original(arriving, expected)
            if turn is Turn.HELD and f"{arriving.manifest.sequence_number:0{digits}}" < f"{expected:0{digits}}":
                return Turn.PAST
            return turn

        return turn_of

    return replaced(sequence, "turn_of", make)


def _after_minutes(change: Any) -> Application:
    """Replace the wait-time: `change` is given the minutes."""

    def make(original: Any) -> Any:
        return lambda arriving, wait, reading: original(arriving, change(wait), reading)

    return replaced(sequence, "deadline", make)


def _until_midnight(original: Any) -> Any:
    """No set waits longer than until the end of the day on which its first file came."""

    def deadline(arriving: Any, *others: Any) -> Any:
        return min(original(arriving, *others), later(midnight(day_of(arriving.first_received)), days=1))

    return deadline


def _otherwise(since: Callable[[Instant], bool], **more: int) -> Application:
    """The wait-time of a set that begins at some time ends later than it should, or earlier."""

    def make(original: Any) -> Any:
        def deadline(arriving: Any, *others: Any) -> Any:
            ends = original(arriving, *others)
            return max(arriving.last_received, later(ends, **more)) if since(arriving.first_received) else ends

        return deadline

    return replaced(sequence, "deadline", make)


def _before_a_month(instant: Instant) -> bool:
    return later(instant, days=1).day == 1


def _before_a_year(instant: Instant) -> bool:
    return later(instant, days=1).timetuple().tm_yday == 1


def _in_hour(month: int, day: int, hour: int) -> Callable[[Instant], bool]:
    return lambda instant: (instant.month, instant.day, instant.hour) == (month, day, hour)


def _from_completion(original: Any) -> Any:
    """The wait-time of a complete set begins when its last file has come."""

    def deadline(arriving: Any, wait: Any, reading: Any) -> Any:
        return original(arriving, wait, "from-last-file" if is_complete(arriving) else reading)

    return deadline


def _successors_rejected_too(original: Any) -> Any:
    """With a set that is rejected go those that are held behind it."""

    def report(here: Any, rejected: Any) -> None:
        original(here, rejected)
        for held in list(here.sets.values()):
            expected = here.expected_numbers[held.key.ldc]
            if held.key.ldc == rejected.key.ldc and sequence.turn_of(held, expected) is Turn.HELD:
                del here.sets[held.key]
                original(here, held)

    return report


def _kinds_apart(arriving: Any, expected: int, turn: Turn) -> Turn:
    return Turn.NEXT if turn is Turn.HELD and arriving.is_periodic_audit else turn


def _own_sequence_for_p_sync(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        expected = here.expected_numbers[due.key.ldc]
        original(here, due)
        if due.is_periodic_audit:
            here.expected_numbers[due.key.ldc] = expected

    return process


def _one_sequence(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        others = [ldc for ldc in here.expected_numbers if ldc != due.key.ldc]
        original(here, due)
        for ldc in others:
            here.expected_numbers[ldc] = max(here.expected_numbers[ldc], here.expected_numbers[due.key.ldc])

    return process


def _waits_for_everybody(original: Any) -> Any:
    def process_in_turn(here: Any, ldc: Any) -> None:
        held = any(
            sequence.turn_of(arriving, here.expected_numbers[arriving.key.ldc]) is Turn.HELD
            for arriving in here.sets.values()
            if arriving.key.ldc != ldc
        )
        if not held:
            original(here, ldc)

    return process_in_turn


def _loaded_while_held(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        original(here, name, reading)
        for arriving in list(here.sets.values()):
            if sequence.turn_of(arriving, here.expected_numbers[arriving.key.ldc]) is Turn.HELD:
                expected = here.expected_numbers[arriving.key.ldc]
                issued = frozenset(map(str, here.ids.issued.values()))
                load = staging_table_loader.load(arriving, here.directories[arriving.key.ldc], issued, here.profile)
                synchronization.synchronize(load.staged, here.directories[arriving.key.ldc], here.now.date())
                here.expected_numbers[arriving.key.ldc] = expected

    return receive


def _load_reported_while_held(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        original(here, name, reading)
        for arriving in here.sets.values():
            if sequence.turn_of(arriving, here.expected_numbers[arriving.key.ldc]) is Turn.HELD:
                empty = staging_table_loader.Load(staging_table_loader.StagedSet((), frozenset()), ())
                repository.report_load(here, arriving, empty)

    return receive


def _rejected_when_held(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        original(here, name, reading)
        for arriving in here.sets.values():
            if sequence.turn_of(arriving, here.expected_numbers[arriving.key.ldc]) is Turn.HELD:
                repository.report_rejection(here, arriving)

    return receive


def _one_at_a_time(original: Any) -> Any:
    def process_in_turn(here: Any, ldc: Any) -> None:
        released = {
            key
            for key, arriving in here.sets.items()
            if key.ldc == ldc and sequence.turn_of(arriving, here.expected_numbers[ldc]) is Turn.HELD
        }
        stay = {key: here.sets.pop(key) for key in sorted(released, key=lambda key: _number(here.sets[key]))[1:]}
        original(here, ldc)
        here.sets.update(stay)

    return process_in_turn


def _number(arriving: Any) -> int:
    return int(arriving.manifest.sequence_number)


def _other_type_dropped(original: Any) -> Any:
    def report(here: Any, rejected: Any) -> None:
        original(here, rejected)
        for key in [each for each in here.sets if each.ldc == rejected.key.ldc]:
            if key.file_type != rejected.key.file_type:
                del here.sets[key]

    return report


def _all_held_released(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        original(here, due)
        expected = here.expected_numbers[due.key.ldc]
        own = [arriving for arriving in here.sets.values() if arriving.key.ldc == due.key.ldc]
        held = [_number(arriving) for arriving in own if sequence.turn_of(arriving, expected) is Turn.HELD]
        here.expected_numbers[due.key.ldc] = min(held, default=expected)

    return process


def _rejected_still_there(original: Any) -> Any:
    def reject(here: Any) -> None:
        kept = dict(here.sets)
        original(here)
        for key, arriving in kept.items():
            if key not in here.sets:
                arriving.first_received = arriving.last_received = here.now
                here.sets[key] = arriving

    return reject


def _rejected_is_applied(original: Any) -> Any:
    def report_rejection(here: Any, rejected: Any) -> None:
        original(here, rejected)
        directory = here.directories[rejected.key.ldc]
        staged = staging_table_loader.stage(tuple(staging_table_loader.tables(rejected)), here.profile)
        synchronization.synchronize(staged, directory, here.now.date())

    return report_rejection


def _all_held_rejected_at_once(original: Any) -> Any:
    """The wait-time of one held set is over: so is that of all others."""

    def reject(here: Any) -> None:
        wait, reading = here.values["set_wait_time_minutes"], here.readings["AMB-06"]
        held = [arriving for arriving in here.sets.values() if is_complete(arriving)]
        overdue = [each for each in held if sequence.deadline(each, wait, reading) <= here.now]
        for each in held if overdue else ():
            each.first_received, each.last_received = overdue[0].first_received, overdue[0].last_received
        original(here)

    return reject


def _number_used_up(_: Any) -> Any:
    def number(expected: int, rejected: Any, _reading: str) -> int:
        return max(expected, rejected.manifest.sequence_number + 1) if rejected.manifest is not None else expected

    return number


def _rejection_reported_always(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        original(here, due)
        repository.report_rejection(here, due)

    return process


def _reported_on_load_failure(original: Any) -> Any:
    def report_load(here: Any, loaded: Any, load: Any) -> None:
        original(here, loaded, load)
        if not load.succeeded:
            repository.report_rejection(here, loaded)

    return report_load


def _once_a_day(original: Any) -> Any:
    def process(here: Any, due: Any) -> None:
        if days.get(due.key.ldc) != here.now.date():
            days[due.key.ldc] = here.now.date()
            original(here, due)

    days: dict[Any, Any] = {}
    return process


def _not_at_weekends(original: Any) -> Any:
    def process_in_turn(here: Any, ldc: Any) -> None:
        if here.now.weekday() < 5:
            original(here, ldc)

    return process_in_turn


def _p_sync_in_the_evening(original: Any) -> Any:
    def turn_of(arriving: Any, expected: int) -> Turn:
        turn: Turn = original(arriving, expected)
        night = arriving.last_received.hour >= 6
        return Turn.WAITS if turn is Turn.NEXT and arriving.is_periodic_audit and not night else turn

    return turn_of


@contextlib.contextmanager
def _p_sync_put_off(port: Port) -> Iterator[None]:
    """P-Sync sets are processed when time passes, and their numbers are used up before."""
    put_off: list[Any] = []

    def processing(original: Any) -> Any:
        def process(here: Any, due: Any) -> None:
            if due.is_periodic_audit:
                put_off.append(due)
                here.expected_numbers[due.key.ldc] += 1
            else:
                original(here, due)

        return process

    process = repository.process

    def advancing(original: Any) -> Any:
        def advance(here: Any, to: Any) -> Any:
            while put_off:
                due = put_off.pop()
                process(here, due)
                here.expected_numbers[due.key.ldc] -= 1
            return original(here, to)

        return advance

    with together(replaced(repository, "process", processing), replaced(repository.Repository, "advance", advancing))(
        port
    ):
        yield


SEQUENCE_FAULTS = (
    fault(
        "sets_processed_as_they_arrive",
        "SEQ-01",
        "Sets are processed in the order of arrival.",
        _turn(lambda arriving, expected, turn: Turn.NEXT if turn is Turn.HELD else turn),
    ),
    fault(
        "old_sequence_number_processed",
        "SEQ-01",
        "A set with a number that was used before is processed.",
        _turn(lambda arriving, expected, turn: Turn.NEXT if turn is Turn.PAST else turn),
    ),
    fault("p_sync_out_of_sequence", "SEQ-02", "A P-Sync set is processed ahead of its turn.", _turn(_kinds_apart)),
    fault(
        "p_sync_numbered_apart",
        "SEQ-02",
        "A P-Sync set with the next number is held: P-Sync sets have a sequence of their own.",
        _turn(lambda arriving, expected, turn: Turn.HELD if turn is Turn.NEXT and arriving.is_periodic_audit else turn),
    ),
    fault(
        "p_sync_does_not_count",
        "SEQ-02",
        "A P-Sync set does not use up a number of the sequence.",
        replaced(repository, "process", _own_sequence_for_p_sync),
    ),
    fault(
        "one_sequence_for_all_ldcs",
        "SEQ-02",
        "The numbers of one LDC count for all others too.",
        replaced(repository, "process", _one_sequence),
    ),
    fault(
        "i_sync_does_not_wait_for_p_sync",
        "SEQ-02",
        "An I-Sync set may follow a missing P-Sync set.",
        _turn(
            lambda arriving, expected, turn: Turn.NEXT if turn is Turn.HELD and not arriving.is_periodic_audit else turn
        ),
    ),
    fault(
        "held_set_applied",
        "SEQ-03",
        "A held set is applied at once, and reported in its turn.",
        replaced(repository, "receive_segment", _loaded_while_held),
    ),
    fault(
        "held_set_loaded",
        "SEQ-03",
        "IR14 tells of a set while it is held.",
        replaced(repository, "receive_segment", _load_reported_while_held),
    ),
    fault(
        "held_set_holds_other_ldcs",
        "SEQ-03",
        "A held set of one LDC holds up every other LDC.",
        replaced(repository, "process_in_turn", _waits_for_everybody),
    ),
    fault(
        "rejection_takes_held_successors",
        "SEQ-04",
        "With a set that is rejected go those that are held behind it.",
        replaced(repository, "report_rejection", _successors_rejected_too),
    ),
    fault(
        "rejection_takes_sets_of_the_other_type",
        "SEQ-04",
        "With a set that is rejected go the LDC's sets of the other file type.",
        replaced(repository, "report_rejection", _other_type_dropped),
        AMB_05="number-stays",
    ),
    fault(
        "only_the_next_set_released",
        "SEQ-04",
        "Of several held sets only the first follows its predecessor.",
        replaced(repository, "process_in_turn", _one_at_a_time),
    ),
    fault(
        "held_sets_released_over_a_gap",
        "SEQ-04",
        "All held sets follow, whatever is still missing between them.",
        replaced(repository, "process", _all_held_released),
    ),
    fault(
        "held_set_rejected_after_59_minutes_though_released",
        "SEQ-04",
        "The wait-time is 58 minutes.",
        _after_minutes(lambda wait: wait - 2),
    ),
    fault(
        "held_set_clock_from_its_last_file",
        "SEQ-05",
        "The wait-time of a held set runs from its last file.",
        replaced(sequence, "deadline", _from_completion),
        AMB_06="from-first-file",
    ),
    fault(
        "wait_into_the_next_month_not_begun",
        "SEQ-06",
        "On the last day of a month a set waits until the month ends.",
        _otherwise(_before_a_month, minutes=-60),
    ),
    fault(
        "wait_into_the_next_month_a_month_longer",
        "SEQ-06",
        "On the last day of a month a set waits a month longer.",
        _otherwise(_before_a_month, days=30),
    ),
    fault(
        "wait_into_the_next_year_a_year_longer",
        "SEQ-06",
        "On the last day of a year a set waits a year longer.",
        _otherwise(_before_a_year, days=365),
    ),
    fault(
        "wait_while_clocks_go_forward_left_out",
        "SEQ-06",
        "In the hour in which clocks go forward a set does not wait.",
        _otherwise(_in_hour(3, 13, 1), minutes=-60),
    ),
    fault(
        "wait_while_clocks_go_back_twice",
        "SEQ-06",
        "In the hour that clocks show twice a set waits two hours.",
        _otherwise(_in_hour(11, 6, 0), minutes=60),
    ),
    *(
        fault(
            f"numbers_as_texts_of_{words}_digits",
            "SEQ-01",
            f"Sequence numbers are put in order as texts of {words} digits.",
            _as_text(digits),
        )
        for digits, words in ((2, "two"), (3, "three"), (5, "five"))
    ),
    fault(
        "held_set_rejected_a_minute_early",
        "SEQ-05",
        "The wait-time is 59 minutes.",
        _after_minutes(lambda wait: wait - 1),
    ),
    fault(
        "held_set_rejected_a_minute_late",
        "SEQ-05",
        "The wait-time is 61 minutes.",
        _after_minutes(lambda wait: wait + 1),
    ),
    fault(
        "held_set_never_rejected",
        "SEQ-05",
        "A set that is held waits for ever.",
        replaced(
            sequence,
            "deadline",
            lambda original: (
                lambda arriving, wait, reading: later(
                    original(arriving, wait, reading), days=400 if is_complete(arriving) else 0
                )
            ),
        ),
    ),
    fault(
        "one_clock_for_all_held_sets",
        "SEQ-05",
        "With the first held set, every other is rejected.",
        replaced(repository, "reject_overdue", _all_held_rejected_at_once),
    ),
    fault(
        "incomplete_set_rejected_a_minute_early",
        "SEQ-06",
        "The wait-time is 59 minutes.",
        _after_minutes(lambda wait: wait - 1),
    ),
    fault(
        "incomplete_set_rejected_a_minute_late",
        "SEQ-06",
        "The wait-time is 61 minutes.",
        _after_minutes(lambda wait: wait + 1),
    ),
    fault(
        "wait_time_from_last_file",
        "SEQ-06",
        "The wait-time begins anew with each file.",
        replaced(
            sequence, "deadline", lambda original: lambda arriving, wait, _: original(arriving, wait, "from-last-file")
        ),
        AMB_06="from-first-file",
    ),
    fault(
        "wait_time_ends_at_midnight",
        "SEQ-06",
        "A set that is not complete by midnight is rejected then.",
        replaced(sequence, "deadline", _until_midnight),
    ),
    fault(
        "set_without_manifest_waits_for_ever",
        "SEQ-06",
        "A set whose manifest is missing is never rejected.",
        replaced(
            sequence,
            "deadline",
            lambda original: (
                lambda arriving, wait, reading: later(
                    original(arriving, wait, reading), days=0 if arriving.manifest else 400
                )
            ),
        ),
    ),
    fault(
        "missing_segment_overlooked",
        "SEQ-06",
        "A set is taken for complete when each of its files has one segment.",
        replaced(
            sequence,
            "is_complete",
            lambda original: (
                lambda arriving: (
                    arriving.manifest is not None
                    and {p.file_no for p in arriving.files} >= {p.file_no for p in arriving.manifest.listed}
                )
            ),
        ),
    ),
    fault(
        "rejection_on_a_mere_hold",
        "SEQ-07",
        "IR10 comes as soon as a set is held.",
        replaced(repository, "receive_segment", _rejected_when_held),
    ),
    fault(
        "rejection_reported_for_every_set",
        "SEQ-07",
        "IR10 comes for a set that was processed, too.",
        replaced(
            repository,
            "process",
            _rejection_reported_always,
        ),
    ),
    fault(
        "rejection_reported_on_load_failure",
        "SEQ-07",
        "IR10 comes for a set that fails to load.",
        replaced(repository, "report_load", _reported_on_load_failure),
    ),
    fault(
        "rejected_set_uses_up_its_number",
        "SEQ-08",
        "After a rejection the next number is expected.",
        replaced(sequence, "number_after_rejection", _number_used_up),
        AMB_05="number-stays",
    ),
    fault(
        "rejected_set_is_applied",
        "SEQ-08",
        "What had come of a rejected set is applied.",
        replaced(repository, "report_rejection", _rejected_is_applied),
    ),
    fault(
        "rejected_set_stays",
        "SEQ-08",
        "The files of a rejected set stay, and wait for what is missing.",
        replaced(repository, "reject_overdue", _rejected_still_there),
    ),
    fault(
        "one_set_a_day",
        "SEQ-09",
        "Only one set of an LDC is processed in a day.",
        replaced(repository, "process", _once_a_day),
    ),
    fault(
        "no_synchronization_at_weekends",
        "SEQ-09",
        "Nothing is synchronized on Saturdays and Sundays.",
        replaced(repository, "process_in_turn", _not_at_weekends),
    ),
    fault(
        "p_sync_not_at_night",
        "SEQ-10",
        "A P-Sync set that comes by day is never processed.",
        replaced(sequence, "turn_of", _p_sync_in_the_evening),
    ),
    fault(
        "p_sync_overtaken",
        "SEQ-10",
        "A P-Sync set is put off, and the I-Sync sets behind it are not.",
        _p_sync_put_off,
    ),
    fault(
        "p_sync_before_waiting_i_sync",
        "SEQ-10",
        "A P-Sync set goes before the I-Sync sets that it should follow.",
        _turn(_kinds_apart),
    ),
    fault(
        "wait_time_from_first_file",
        "SEQ-06",
        "The wait-time runs from the first file, where it is to run from the last.",
        replaced(
            sequence, "deadline", lambda original: lambda arriving, wait, _: original(arriving, wait, "from-first-file")
        ),
        AMB_06="from-last-file",
    ),
    fault(
        "wait_time_of_two_hours",
        "SEQ-06",
        "The wait-time is two hours from the last file.",
        _after_minutes(lambda wait: 2 * wait),
        AMB_06="from-last-file",
    ),
    fault(
        "rejected_set_keeps_its_number",
        "SEQ-08",
        "A rejected set's number is expected again, where it is to be used up.",
        replaced(sequence, "number_after_rejection", lambda _: lambda expected, _rejected, _reading: expected),
        AMB_05="number-used-up",
    ),
)
