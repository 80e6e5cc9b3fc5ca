"""BR04 and BR01: the billing staging table, record by record and counted (BRP-04, -05, -06, -10; TXS-05; AMB-16, -54).

The table is what became of the requests by the time of a run, in every way in which it may have gone. What happens in
the seconds of a run may be in it, or not.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from harness.interface.files import Record
from harness.interface.instants import Day, Instant, day_of, iso, later
from harness.oracle.calendar import every_day
from harness.referee.billing_answers import Answer, Branch, Takes, explored
from harness.referee.billing_categories import category_of
from harness.referee.billing_requests import Asked
from harness.referee.billing_responses import WITHOUT_QUANTITIES
from harness.referee.billing_runs import RULES, ReportRuns, Told, in_words
from harness.referee.billing_settling import Settling
from harness.referee.case import Diary, Letter
from harness.referee.judgements import Subject

_COUNTS = (
    "total",
    "pending",
    "in_process",
    "in_process_no_data",
    "data_found",
    "found_and_sent",
    "found_and_delivery_failed",
    "request_failed",
    "failed_and_sent",
    "failed_and_delivery_failed",
)
_CLOSED_TODAY = "closed-on-their-day"
_REMEMBERED_DAYS = 40
"""How long a request that is over is remembered: longer than any window is open."""


Key: TypeAlias = tuple[str, Instant, str, str]
"""A report, its run, the LDC that it is about, and its recipient."""


class Row(NamedTuple):
    """A way in which a request may stand in the table: words are names of codes, of which any is right.

    :param listed: whether it has to be listed, may be, or, by the readings of AMB-54 named, is or is not.
    """

    listed: str
    reads: frozenset[str]
    status: str | None
    exports: frozenset[str]
    window_end: Day
    completed: tuple[Instant, Instant] | None


class Table(NamedTuple):
    """What BR04 says of the requests of an LDC.

    :param is_right: whether all of it is as the requests have gone, as far as that is known.
    """

    details: Sequence[Told]
    is_right: bool


class StagingReports:
    """Holds BR04 and BR01 to the requests."""

    def __init__(self, settling: Settling, runs: ReportRuns) -> None:
        self.settling = settling
        self.case = settling.case
        self.runs = runs
        self._came: dict[Key, list[Letter]] = defaultdict(list)
        self._perhaps: dict[Key, list[tuple[Letter, Sequence[Instant]]]] = {}
        self._refused: Diary[tuple[Key, Asked]] = Diary()
        self._late: Diary[tuple[Letter, Sequence[Instant]]] = Diary()
        self._judged_until = later(self.case.opening.instant, seconds=-1)
        self._broken = 0

    def arrived(self, letter: Letter) -> None:
        """A BR04 or BR01 came."""
        runs = self.runs.judge_clock(letter)
        if letter.type == "BR04" and runs and letter.instant > later(max(runs), seconds=self.case.seconds):
            self._late.note(later(letter.instant, seconds=self.case.seconds), (letter, runs))
        if len(runs) == 1:
            self._came[letter.type, runs[0], letter.ldc, letter.recipient].append(letter)
        for run in runs if len(runs) > 1 else ():
            self._perhaps.setdefault((letter.type, run, letter.ldc, letter.recipient), []).append((letter, runs))

    def passed(self, until: Instant) -> None:
        """Judge the runs of which everything had to have come by an instant."""
        ready = later(until, seconds=-self.case.seconds)
        if not (self._came or self._perhaps or self.settling.has_been_asked):
            self._judged_until = max(self._judged_until, ready)
        for run in self.runs.after("BR04", self._judged_until, ready):
            for ldc in sorted(self.case.ldcs):
                self._judge(run, ldc)
            self._judged_until = run
        for due, refused in self._refused.over(until):
            self._judge_refused(due, *refused)
        for _, late in self._late.over(until):
            self._judge_late(*late)
        forgotten = later(self._judged_until, days=-2)
        for kept in (self._came, self._perhaps):
            for key in [key for key in kept if key[1] <= forgotten]:
                del kept[key]

    def _judge(self, run: Instant, ldc: str) -> None:
        asked = self.settling.known(ldc, later(run, days=-_REMEMBERED_DAYS))
        if not asked and not any(key[1] == run and key[2] == ldc for key in (*self._came, *self._perhaps)):
            return
        rows = {id(each): self._rows(each, run) for each in asked if self._is_clear(each, run)}
        tables: dict[str, Table] = {}
        for recipient in self.runs.recipients(ldc, "BR04"):
            if self._is_unclear("BR04", run, ldc, recipient):
                continue
            told, before = self._told("BR04", run, ldc, recipient), self._broken
            self._judge_details(run, ldc, recipient, told, asked, rows)
            tables[recipient] = Table(told, is_right=self._broken == before)
            self._await_refused("BR04", run, ldc, recipient, asked, rows)
        for recipient in self.runs.recipients(ldc, "BR01"):
            if run in set(self.runs.after("BR01", later(run, seconds=-1), run)):
                own = self.case.may_receive(recipient, ldc, "BR04")
                is_unclear = self._is_unclear("BR01", run, ldc, recipient) or (recipient if own else ldc) not in tables
                if is_unclear:
                    continue
                self._await_refused("BR01", run, ldc, recipient, asked, rows)
                if own or self.case.outage_within(ldc, run, later(run, seconds=self.case.seconds)) is None:
                    self._judge_summary(run, ldc, recipient, tables[recipient if own else ldc])

    def _is_unclear(self, report: str, run: Instant, ldc: str, recipient: str) -> bool:
        """Whether a file may be of a run, or of one that a mailbox refused; where all those came, it is of the run."""
        found = self._perhaps.get((report, run, ldc, recipient), [])
        for letter, runs in found:
            if all(each == run or self._came.get((report, each, ldc, recipient)) for each in runs):
                self._came[report, run, ldc, recipient].append(letter)
            else:
                return True
        return False

    def _told(self, report: str, run: Instant, ldc: str, recipient: str) -> list[Told]:
        letters = self._came.get((report, run, ldc, recipient), [])
        return [Told(letter, record) for letter in letters for record in letter.details]

    # --- what may stand in the table -------------------------------------------------------------------------

    def _is_clear(self, asked: Asked, run: Instant) -> bool:
        """Whether it can be said how a request stands in the table."""
        is_whole = asked.must and asked.version is None and not asked.is_unsure
        return is_whole and asked.request.received < run

    def _rows(self, asked: Asked, run: Instant) -> list[Row]:
        """The ways in which a request may stand in the table; those in which it may be left out among them."""
        return [row for branch in asked.branches for row in self._of_branch(asked, branch, run)]

    def _of_branch(self, asked: Asked, branch: Branch, run: Instant) -> Iterator[Row]:
        def window(take: Takes) -> Day:
            return self.settling.processing.window_end(asked.request, take)

        for _, window_end in explored(branch, window, self.case, asked.request.ldc):
            came = min((found.letter.file.sent for found in asked.found), default=None)
            answer, seconds = branch.answer, self.case.seconds
            first = answer.at if answer is not None and (came is None or self._was_refused(answer)) else came
            last = came if came is not None else later(answer.until, seconds=seconds) if answer is not None else None
            is_unread = self.settling.processing.is_unread(asked.request, run)
            if last is None or last > run or first is None or (last == run and is_unread):
                listed = "perhaps" if is_unread else "always"
                yield Row(listed, self._reads(asked, run), None, frozenset({"not_sent"}), window_end, None)
            if answer is not None and first is not None and answer.at <= run and first <= later(run, seconds=seconds):
                yield self._answered(asked, branch, run, window_end)

    def _answered(self, asked: Asked, branch: Branch, run: Instant, window_end: Day) -> Row:
        answer, today = branch.answer, day_of(run)
        if answer is None:
            raise ValueError("a branch without an answer")
        in_window, is_todays = today <= window_end, day_of(answer.at) == today
        listed = "always" if in_window and is_todays else "perhaps" if in_window else "never"
        if is_todays and not in_window:
            listed = _CLOSED_TODAY
        completed = answer.at, later(answer.until, seconds=self.case.seconds)
        read = frozenset({"failed" if answer.status in WITHOUT_QUANTITIES else "data_found"})
        status = self._stated(asked) or answer.status
        return Row(listed, read, status, self._exports(asked, branch, run), window_end, completed)

    def _stated(self, asked: Asked) -> str | None:
        """The status that the response stated, by its name."""
        words = {code: word for word, code in self.case.profile.codes["transaction_status"].items()}
        return None if asked.energy is None else words.get(str(asked.energy.record["transaction_status"]))

    def _exports(self, asked: Asked, branch: Branch, run: Instant) -> frozenset[str]:
        answer = branch.answer
        may = set() if answer is None else self.settling.responses.received_types(asked, answer)
        if answer is None or not may:
            return frozenset({"not_sent"})
        sent = self._exports_of_sent(asked, answer, run)
        if not answer.parts and may != answer.file_types and not asked.found:
            return sent | {"not_sent"}  # in which of its types it is, is open
        return sent

    def _exports_of_sent(self, asked: Asked, answer: Answer, run: Instant) -> frozenset[str]:
        """What the export status of a response may be that somebody may receive."""
        arrivals = [found.at for found in asked.found]
        if not self._was_refused(answer):
            is_on_its_way = bool(arrivals) and max(arrivals) > run
            return frozenset({"sent", "not_sent"}) if is_on_its_way else frozenset({"sent"})
        if arrivals and min(arrivals) <= later(run, seconds=-self.case.seconds):
            return frozenset({"sent"})
        if not arrivals or min(arrivals) > later(run, seconds=self.case.seconds):
            return frozenset({"delivery_failed"})
        return frozenset({"sent", "delivery_failed"})

    def _was_refused(self, answer: Answer) -> bool:
        """Whether the mailbox may have refused a response at first: it was there before it came."""
        until = later(answer.until, seconds=self.case.seconds)
        return self.case.outage_within(answer.recipient, answer.at, until) is not None

    def _reads(self, asked: Asked, run: Instant) -> frozenset[str]:
        """The read status of a request that is unanswered when a report runs."""
        request, seconds = asked.request, self.case.seconds
        done = [moment for moment in asked.processed if moment <= run]
        is_unread = self.settling.processing.is_unread
        surely = any(
            later(moment, seconds=seconds) <= run
            and not is_unread(request, run if moment == request.received else moment)
            for moment in done
        )
        reads = set() if surely else {"pending"}
        if done:
            meters, period = self.settling.books.meters, frozenset(every_day(request.start, request.end))
            earliest, counted = (
                min((moment for moment, days in each[request.sdp] if days & period), default=None)
                for each in (meters.came, meters.counted)
            )
            answers = self.case.answers("AMB-62")
            if counted is None or counted > max(done) or "not-complete" in answers:
                reads.add("no_data")
            if earliest is not None and earliest <= later(run, seconds=seconds) and "nothing-there" in answers:
                reads.add("in_process")
            if self.settling.processing.may_be_estimated(request.sdp):
                reads |= {"no_data", "in_process"} if "nothing-there" in answers else {"no_data"}
        return frozenset(reads)

    # --- BR04 ------------------------------------------------------------------------------------------------

    def _judge_details(
        self,
        run: Instant,
        ldc: str,
        recipient: str,
        told: Sequence[Told],
        asked: Sequence[Asked],
        rows: Mapping[int, list[Row]],
    ) -> None:
        about = f"BR04 about {ldc} for {recipient}"
        rest = self._rests(run, ldc, recipient, "BR04")
        by_request: dict[int, list[Told]] = defaultdict(list)
        for each in told:
            one = self._asked_by(each.record, asked)
            if one is not None:
                by_request[id(one)].append(each)
            elif self.case.opening.from_the_beginning and ldc not in self.settling.schedules.unclear:
                observed = f"{_key(each.record)} is listed"
                self._hold("BRP-04", False, each, about, "requests that were made alone", observed)
        moment = later(run, seconds=self.case.seconds)
        seen = self.case.outage_within(recipient, run, moment) is None
        for one in asked:
            if id(one) not in rows:
                continue
            listed = by_request.get(id(one), [])
            if len(listed) > 1:
                self._hold("BRP-04", False, listed[1], about, f"{one.about} once", f"{len(listed)} times")
            if listed:
                self._judge_row(one, listed[0], rows[id(one)])
            elif seen and self._all_list(rows[id(one)], ldc):
                came = bool(self._came.get(("BR04", run, ldc, recipient)))
                observed = "it is not listed" if came else "no BR04 has come"
                place, ties = (moment, about, f"{one.about} at {iso(run)}", observed), [*rest, one.subject]
                self._broken += 1
                self._lacks("BR04", ldc, recipient, *place, came=came, rests_on=ties)
                if not came:
                    return

    def _lacks(
        self,
        report: str,
        ldc: str,
        recipient: str,
        *place: Any,
        came: bool,
        rests_on: Sequence[Subject],
    ) -> None:
        """Somebody is not told what a report has to say."""
        for rule in self.runs.absence_rules(ldc, recipient, report, came=came):
            self.case.hold(rule, False, *place, rests_on=rests_on)

    def _await_refused(
        self, report: str, run: Instant, ldc: str, recipient: str, asked: Sequence[Asked], rows: Mapping[int, list[Row]]
    ) -> None:
        """Await the report of a run that a mailbox refused, where that has to come, and there is something to list."""
        moment = later(run, seconds=self.case.seconds)
        refused = self.case.outage_within(recipient, run, moment) is not None
        if refused and not self.case.may_be_lost(recipient, run, moment):
            to_list = (one for one in asked if id(one) in rows and self._all_list(rows[id(one)], ldc))
            for one in itertools.islice(to_list, 1):
                self._refused.note(self.case.latest(recipient, run), ((report, run, ldc, recipient), one))

    def _judge_refused(self, due: Instant, key: Key, asked: Asked) -> None:
        """A BR04 or BR01 that a mailbox refused comes by the end of the day on which it takes files again (AMB-58)."""
        report, run, ldc, recipient = key
        about, expected = f"{report} about {ldc} for {recipient}", f"{asked.about} at {iso(run)}, by {iso(due)}"
        perhaps = any(self._is_spare(key, letter, runs) for letter, runs in self._perhaps.get(key, ()))
        held, rest = bool(self._came.get(key)) or perhaps, self._rests(run, ldc, recipient, report)
        self.case.hold(RULES[report], held, due, about, expected, f"no {report} has come", rests_on=rest)

    def _judge_late(self, letter: Letter, runs: Sequence[Instant]) -> None:
        """A BR04 that a mailbox refused shows each request as it stood when it ran, or when it was made anew."""
        asked = self.settling.known(letter.ldc, later(min(runs), days=-_REMEMBERED_DAYS))
        moments = {*runs, letter.made, letter.file.sent}
        for record in letter.details:
            one = self._asked_by(record, asked)
            if one is None or not self._is_clear(one, max(moments)):
                continue
            rows = [row for run in sorted(moments) if self._is_clear(one, run) for row in self._rows(one, run)]
            self._judge_row(one, Told(letter, record), rows)

    def _is_spare(self, refused: Key, letter: Letter, runs: Sequence[Instant]) -> bool:
        """Whether a file may be of a refused run: what came with a later run is of that, unless that has another."""
        report, _, ldc, recipient = refused
        own = report, runs[-1], ldc, recipient
        if letter.instant > later(runs[-1], seconds=self.case.seconds):
            return True
        return bool(self._came.get(own)) or any(other is not letter for other, _ in self._perhaps.get(own, ()))

    def _all_list(self, rows: Sequence[Row], ldc: str) -> bool:
        """Whether a request has to be listed, however it may have gone."""
        return all(self._has_to_be_listed(row, ldc) for row in rows)

    def _has_to_be_listed(self, row: Row, ldc: str) -> bool:
        if row.listed == _CLOSED_TODAY:
            return self.case.still_open("AMB-54", ldc) == (_CLOSED_TODAY,)
        return row.listed == "always"

    def _may_be_listed(self, row: Row, ldc: str) -> bool:
        if row.listed == _CLOSED_TODAY:
            return _CLOSED_TODAY in self.case.still_open("AMB-54", ldc)
        return row.listed != "never"

    def _judge_row(self, asked: Asked, told: Told, rows: Sequence[Row]) -> None:
        about, ldc = f"{asked.about} in BR04", asked.request.ldc
        possible = [row for row in rows if self._may_be_listed(row, ldc)]
        if not possible:
            expected = "no request that was closed, whose window is over"
            self._hold("BRP-04", False, told, about, expected, "it is listed", asked)
            return
        tried = [(row, self._odd(asked, row, told.record)) for row in possible]
        row, odd = min(tried, key=lambda each: len(each[1]))
        if row.listed == _CLOSED_TODAY and not odd:
            self.case.keeps("AMB-54", ldc, (_CLOSED_TODAY,))
        stated = self._stated(asked)
        if stated is not None and row.status is not None:
            codes = self.case.profile.codes["transaction_status"]
            held = told.record["transaction_status"] == codes[stated]
            expected, observed = f"status {codes[stated]}, as in the response", f"{told.record['transaction_status']}"
            self._hold("TXS-05", held, told, about, expected, observed, asked)
            odd.pop("transaction_status", None)
        rule = "BRP-04"
        if asked.request.requester is None and "inserted_date_time" in odd:
            rule = "WIN-04"
        elif row.status is None and "transaction_status" in odd:
            rule = "TXS-05"
        expected = ", ".join(f"{name} {value}" for name, value in odd.items())
        observed = ", ".join(f"{name} {in_words(told.record[name])}" for name in odd)
        self._hold(rule, not odd, told, about, expected, observed, asked)

    def _odd(self, asked: Asked, row: Row, record: Record) -> dict[str, str]:
        """What of a record is not as a row has it: what was expected, by field."""
        codes, request = self.case.profile.codes, asked.request
        odd: dict[str, str] = {}
        wanted = {
            "universal_sdp_id": request.sdp,
            "period_start_date": request.start,
            "period_end_date": request.end,
            "window_end_date": row.window_end,
            "transaction_status": None if row.status is None else codes["transaction_status"][row.status],
        }
        odd |= {name: in_words(value) for name, value in wanted.items() if record[name] != value}
        for name, words in (("read_status", row.reads), ("export_status", row.exports)):
            right = {codes[name][word] for word in words}
            if record[name] not in right:
                odd[name] = " or ".join(sorted(right))
        received, processing = request.received, self.settling.processing
        read_by = later(received, minutes=processing.terms.reads_minutes, seconds=self.case.seconds)
        if not _lies_between(record["inserted_date_time"], received, read_by):
            odd["inserted_date_time"] = f"{iso(received)} to {iso(read_by)}"
        completed = record["completed_date_time"]
        if row.completed is None:
            if completed is not None:
                odd["completed_date_time"] = "blank"
        elif not _lies_between(completed, *row.completed):
            odd["completed_date_time"] = f"{iso(row.completed[0])} to {iso(row.completed[1])}"
        return odd

    def _asked_by(self, record: Record, asked: Sequence[Asked]) -> Asked | None:
        """The request that a record is about, the newest one of that name."""
        detail_id = record["request_detail_id"]
        period = (record["universal_sdp_id"], record["period_start_date"], record["period_end_date"])
        fitting = [each for each in asked if detail_id is not None and each.request.detail_id == detail_id] or [
            each
            for each in asked
            if (each.request.sdp, each.request.start, each.request.end) == period
            and (detail_id is None or (each.request.detail_id is None and self._is_own(each, detail_id)))
        ]
        return max(fitting, key=lambda each: (each.request.detail_id is None, each.request.received), default=None)

    def _is_own(self, asked: Asked, detail_id: object) -> bool:
        """Whether a Request Detail ID is the system's own, for what is scheduled."""
        return not self.settling.names_a_request(asked.request.ldc, detail_id)

    # --- BR01 ------------------------------------------------------------------------------------------------

    def _judge_summary(self, run: Instant, ldc: str, recipient: str, table: Table) -> None:
        """BR01 counts what stands in the BR04 of the same run (BRP-06), each request in one category (AMB-16).

        Where that BR04 tells the requests as they are, one that counts otherwise does not sum them up (BRP-05).
        """
        counts, details = self._told("BR01", run, ldc, recipient), table.details
        expected: dict[tuple[Any, Any], Counter[str]] = {}
        for _, record in details:
            window = record["window_end_date"], record["period_end_date"]
            expected.setdefault(window, Counter()).update(("total", category_of(self.case.profile.codes, record)))
        stated: dict[tuple[Any, Any], Counter[str]] = {}
        for _, record in counts:
            window = record["window_end_date"], record["period_end_date"]
            numbers = Counter({name: number for name in _COUNTS if isinstance(number := record[name], int) and number})
            stated.setdefault(window, Counter()).update(numbers)
        stated = {window: numbers for window, numbers in stated.items() if numbers}
        about, moment = f"BR01 about {ldc} for {recipient}", later(run, seconds=self.case.seconds)
        if self.case.outage_within(recipient, run, moment) is not None:
            return
        rests_on = [*self._rests(run, ldc, recipient, "BR01"), *self._rests(run, ldc, recipient, "BR04")]
        rests_on += [subject for letter, _ in (*details, *counts) for subject in letter.whole]
        if not self._came.get(("BR01", run, ldc, recipient)):
            place = moment, about, f"BR01 at {iso(run)}: {_numbers(expected)}", "none has come"
            if expected:
                self._lacks("BR01", ldc, recipient, *place, came=False, rests_on=rests_on)
            return
        name = counts[0].letter.file.name if counts else None
        both = _numbers(expected), _numbers(stated)
        same = self.case.hold("BRP-06", expected == stated, moment, about, *both, name, rests_on=rests_on)
        if not same and table.is_right:
            self.case.hold("BRP-05", False, moment, about, *both, name, rests_on=rests_on)
            if recipient != ldc:
                self.case.hold("BRP-10", False, moment, about, *both, name, rests_on=rests_on)
            return
        held = all(sum(numbers.values()) == 2 * numbers["total"] for numbers in stated.values())
        wanted = "categories that add up to the total"
        self.case.hold("BRP-05", held, moment, about, wanted, both[1], name, rests_on=rests_on)

    def _rests(self, run: Instant, ldc: str, recipient: str, report: str) -> list[tuple[str, ...]]:
        """What a judgement on a run's files rests on: that those that came could be read."""
        letters = self._came.get((report, run, ldc, recipient), [])
        return [("unread", report, recipient), *(subject for letter in letters for subject in letter.whole)]

    def _hold(
        self,
        rule: str,
        held: bool,
        told: Told,
        about: str,
        expected: str,
        observed: str,
        asked: Asked | None = None,
    ) -> None:
        letter, record = told
        rests_on = [*letter.resting_on(record), *([] if asked is None else [asked.subject])]
        place = letter.instant, about, expected, observed, letter.file.name, record.line
        self._broken += not self.case.hold(rule, held, *place, rests_on=rests_on)


def _lies_between(value: object, first: Instant, last: Instant) -> bool:
    return isinstance(value, datetime) and first <= value <= last


def _key(record: Record) -> str:
    detail_id = record["request_detail_id"]
    period = f"{record['universal_sdp_id']}, {record['period_start_date']} to {record['period_end_date']}"
    return f"scheduled {period}" if detail_id is None else f"request {detail_id}"


def _numbers(windows: Mapping[tuple[Any, Any], Counter[str]]) -> str:
    told = [
        f"window until {window}, period until {end}: {', '.join(f'{n} {name}' for name, n in sorted(numbers.items()))}"
        for (window, end), numbers in sorted(windows.items(), key=str)
    ]
    return "; ".join(told) or "nothing"
