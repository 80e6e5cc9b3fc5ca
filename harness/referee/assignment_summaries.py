"""IR01: one summary record for each request, all those of a day, and what the records count (USDP-09 to USDP-13).

Whether an agent's requests for two LDCs share an IR01 (AMB-29), whether the LDC is told of its agent's requests
(AMB-01), and whether an agent is that is not authorised for it (AMB-43), is open: the same for everybody each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple, TypeAlias

from harness.interface.files import Record
from harness.interface.instants import Day, Instant, day_of, iso, later, midnight
from harness.referee.assignment_ids import Request
from harness.referee.case import Case, Diary, Letter
from harness.referee.judgements import Subject
from harness.referee.post import broken_by

_COUNTS = ("issued", "already_issued", "invalid_organisation", "incomplete_data")
_FIELDS = ("requested", *_COUNTS)
ONE_FOR_ALL = "one-per-recipient"
Values: TypeAlias = tuple[object, ...]


class Trouble(NamedTuple):
    """What is wrong with an IR01, under one reading."""

    rule: str
    letter: Letter
    expected: str
    observed: str
    record: int | None = None


class Summarised(NamedTuple):
    """What a summary record has told: of which LDC it was, its values, and when the first file that has it was made.

    :param values: when the request was processed, and what was counted.
    """

    ldc: str
    values: Values
    made: Instant


@dataclass(slots=True)
class Told:
    """What somebody's IR01s of a day have told, by the request's name."""

    day: Day
    records: dict[str, Summarised] = field(default_factory=dict)


class SummaryCheck:
    """Holds IR01s to the requests and to one another.

    :param requests: those of the last days, by name; `refused` those that were not let in: by which rule, and why.
    """

    def __init__(self, case: Case, requests: Mapping[str, Request], refused: Mapping[str, tuple[str, str]]) -> None:
        self.case = case
        self.requests = requests
        self.refused = refused
        self._told: dict[str, Told] = {}
        self._last: dict[str, Instant] = {}
        self._due: Diary[tuple[Request, Instant]] = Diary()

    # --- the IR01s of a run ------------------------------------------------------------------------------------

    def judge_run(self, began: Instant, letters: Sequence[Letter]) -> None:
        """Hold the IR01s that came of one run, recipient by recipient."""
        for recipient, own in groupby(sorted(letters, key=_by_recipient), key=lambda letter: letter.recipient):
            self._judge_recipient(recipient, list(own), began)

    def _judge_recipient(self, recipient: str, letters: Sequence[Letter], began: Instant) -> None:
        case = self.case
        for letter in letters:
            self._judge_records(letter, began)
        self._meet(recipient, letters)
        answers = case.still_open("AMB-29", recipient)
        found = {answer: self._troubles(answer == ONE_FOR_ALL, recipient, letters) for answer in answers}
        case.keeps("AMB-29", recipient, [answer for answer, troubles in found.items() if not troubles])
        troubles = min(found.values(), key=len)
        for rule in ("USDP-11", "USDP-12"):
            own = [trouble for trouble in troubles if trouble.rule == rule]
            last = letters[-1]
            if not own:
                case.hold(rule, True, last.instant, f"IR01 for {recipient}", file=last.file.name)
            for trouble in own:
                letter, rests_on = trouble.letter, trouble.letter.whole
                place = letter.instant, f"IR01 for {recipient}", trouble.expected, trouble.observed
                case.hold(rule, False, *place, letter.file.name, trouble.record, rests_on=rests_on)
        for letter in letters:
            self._note(recipient, letter)
        self._last[recipient] = letters[-1].instant

    def _troubles(self, is_for_all: bool, recipient: str, letters: Sequence[Letter]) -> list[Trouble]:
        """What is wrong with somebody's IR01s of a run under a reading of AMB-29."""
        found: list[Trouble] = []
        seen: dict[str, Letter] = {}
        for letter in letters:
            key = "" if is_for_all else letter.ldc
            since = min(letter.made, midnight(day_of(letter.instant)))  # what was refused may be made anew that day
            kept = self.case.outage_within(recipient, since, letter.instant) is not None
            if key in seen and not kept:
                expected = f"one IR01 of a run for {recipient}{f' about {key}' if key else ''}"
                found.append(Trouble("USDP-11", letter, expected, f"another one, {seen[key].file.name}"))
            if not kept:  # what a mailbox refused comes later, beside those of a later run
                seen.setdefault(key, letter)
            found += self._troubles_of_day(is_for_all, recipient, letter)
        return found

    def _troubles_of_day(self, is_for_all: bool, recipient: str, letter: Letter) -> list[Trouble]:
        """What is missing of the day's earlier records, and what is of another day or another LDC (USDP-12)."""
        found: list[Trouble] = []
        today = _day_told(letter)
        names = {str(record["request_file_name"]) for record in letter.details}
        told = self._told.get(recipient)
        earlier = told.records if told is not None and told.day == today else {}
        missing = sorted(
            name
            for name, (ldc, _, made) in earlier.items()
            if name not in names and (is_for_all or ldc == letter.ldc) and made <= letter.made
        )
        if missing:
            expected = f"the summary records of {today} so far: also {', '.join(missing[:3])}"
            found.append(Trouble("USDP-12", letter, expected, f"{len(names)} records without"))
        for record in letter.details:
            day, request = _processed_on(record), self.requests.get(str(record["request_file_name"]))
            if day is not None and day != today:
                expected = f"summary records of {today} alone"
                found.append(Trouble("USDP-12", letter, expected, f"one of {day}", record.line))
            if request is not None and not is_for_all and request.ldc != letter.ldc:
                expected = f"summary records of requests of {letter.ldc}"
                found.append(Trouble("USDP-12", letter, expected, f"one of {request.ldc}", record.line))
        return found

    def _note(self, recipient: str, letter: Letter) -> None:
        today = _day_told(letter)
        told = self._told.get(recipient)
        if told is None or told.day < today:
            told = self._told[recipient] = Told(today)
        for record in letter.details:
            name = str(record["request_file_name"])
            request = self.requests.get(name)
            if request is not None:
                request.summarised_to.setdefault(recipient, letter.file.name)
                if told.day == today:
                    before = told.records.get(name, Summarised(request.ldc, _values(record), letter.made))
                    told.records[name] = before._replace(made=min(before.made, letter.made))

    def _meet(self, recipient: str, letters: Sequence[Letter]) -> None:
        meet, told, today = self.case.meet, self._told.get(recipient), _day_told(letters[-1])
        new = [self.requests.get(str(record["request_file_name"])) for letter in letters for record in letter.details]
        of_run = {each.name: each for each in new if each is not None and recipient not in each.summarised_to}
        if len(of_run) > 1:
            meet("assignment/two requests of a submitter in a run")
        if len({each.ldc for each in of_run.values()}) > 1:
            meet("assignment/an agent of two LDCs in a run")
        if told is not None and told.day == today:
            meet("assignment/a second summary of a day")
        elif told is not None and (today - told.day).days == 1:
            meet("assignment/the first summary of another day")

    # --- one record ----------------------------------------------------------------------------------------------

    def _judge_records(self, letter: Letter, began: Instant) -> None:
        """Hold each record to its request: whose it is, when it was processed, and what it counts."""
        told = self._told.get(letter.recipient)
        for record in letter.details:
            name = str(record["request_file_name"])
            request = self.requests.get(name)
            place, rests_on = (letter.file.name, record.line), letter.resting_on(record)
            where = letter.instant, f"IR01 for {letter.recipient}"
            concerned = request is not None and letter.recipient in {request.submitter, request.ldc}
            refused_by, why = self.refused.get(name, ("USDP-13", ""))
            rule = "USDP-12" if request is not None else refused_by
            expected = (
                f"summary records of requests of {letter.recipient}{f'; this one was refused: {why}' if why else ''}"
            )
            for each in broken_by(rule, "1000"):
                self.case.hold(each, concerned, *where, expected, name, *place, rests_on=rests_on)
            if request is None or not concerned:
                continue
            before = None if told is None or told.day != _processed_on(record) else told.records.get(name)
            if before is not None and request.came_again:
                continue  # no slide says of which of several files of one name a record tells
            if before is not None:
                same = _values(record) == before.values
                expected = f"the summary record of {name} as before: {before.values}"
                self.case.hold("USDP-12", same, *where, expected, _values(record), *place, rests_on=rests_on)
            else:
                self._judge_new(request, letter, record, began)

    def _judge_new(self, request: Request, letter: Letter, record: Record, began: Instant) -> None:
        place, rests_on = (letter.file.name, record.line), letter.resting_on(record)
        case, processed = self.case, record["processed_date_time"]
        if isinstance(processed, datetime):
            moment = Instant(processed)
            first = max(request.instant, later(began, seconds=-case.seconds))
            if case.outage_within(letter.recipient, request.instant, letter.instant) is not None:
                first = request.instant  # an earlier summary may have been refused
            held = first <= moment <= letter.instant
            expected = f"processed between {iso(first)} and {iso(letter.instant)}, when the report came"
            where = letter.instant, request.about
            case.hold("USDP-11", held, *where, expected, iso(moment), *place, rests_on=rests_on)
        stated = [record[name] for name in _FIELDS]
        if not request.is_sure or None in stated:
            return
        ties: list[Subject] = [*rests_on, request.subject]
        if request.statuses is None:
            numbers = [each for each in stated if isinstance(each, int)]
            expected = f"{len(request.lines)} requested, and counts that add up to it"
            held = numbers[0] == len(request.lines) == sum(numbers[1:])
        else:
            counts = [request.statuses.get(name, 0) for name in _COUNTS]
            expected = f"{_FIELDS}: {[len(request.lines), *counts]}, as the response says"
            held = stated == [len(request.lines), *counts]
            ties += [each for response in request.responses for each in response.whole]
        case.hold("USDP-13", held, letter.instant, request.about, expected, stated, *place, rests_on=ties)

    # --- whether it came -------------------------------------------------------------------------------------------

    def await_summary(self, request: Request, due: Instant) -> None:
        """A response was due, and with it an IR01 that tells of the request."""
        if request.is_sure:
            by = request.responses[0].instant if request.responses else due
            self._due.note(max(self.case.latest(each, by) for each in (request.submitter, request.ldc)), (request, by))

    def passed(self, until: Instant) -> None:
        """Judge who was told of the requests whose IR01 was due."""
        for _, (request, due) in self._due.over(until):
            self._judge_told(request, due)

    def _judge_told(self, request: Request, due: Instant) -> None:
        case, submitter, ldc = self.case, request.submitter, request.ldc
        if any(case.outage_within(each, request.instant, due) is not None for each in (submitter, ldc)):
            return
        expected = f"IR01 that tells of it, for {submitter}"
        ties = [("unread", "IR01", submitter), request.subject]
        if case.may_receive(submitter, ldc, "IR01"):
            told = submitter in request.summarised_to
            last = self._last.get(submitter)
            without = last is not None and last > request.instant and not told
            observed = "one without its summary record" if without else "none"
            if submitter == ldc or without:  # the requests of a run share one IR01, with a record for each
                case.hold("USDP-11", told, due, request.about, expected, observed, rests_on=ties)
            if submitter != ldc:
                case.hold("USDP-10", told, due, request.about, expected, observed, rests_on=ties)
        else:
            file = request.summarised_to.get(submitter)
            held = case.keeps("AMB-43", ldc, ("authorised-alone" if file is None else "submitter",))
            none = f"no IR01 for {submitter}, which is not authorised to receive it"
            expected = none if file is not None else f"{expected}, as before"
            case.hold("USDP-10", held, due, request.about, expected, file or "none", file)
        if submitter != ldc:
            answer = "ldc-too" if ldc in request.summarised_to else "submitter-alone"
            held = case.keeps("AMB-01", ldc, (answer,))
            expected = f"IR01 as under {' or '.join(case.still_open('AMB-01', ldc))}"
            case.hold("USDP-09", held, due, request.about, expected, f"as under {answer}", rests_on=ties)


def _by_recipient(letter: Letter) -> tuple[str, Instant, str]:
    return letter.recipient, letter.made, letter.file.name


def _values(record: Record) -> Values:
    processed = record["processed_date_time"]
    moment = iso(Instant(processed)) if isinstance(processed, datetime) else processed
    return moment, *(record[name] for name in _FIELDS)


def _processed_on(record: Record) -> Day | None:
    processed = record["processed_date_time"]
    return day_of(Instant(processed)) if isinstance(processed, datetime) else None


def _day_told(letter: Letter) -> Day:
    """The day that an IR01 is of: that of its newest record; where none says it, that of its making."""
    days = [day for record in letter.details if (day := _processed_on(record)) is not None]
    return max(days, default=day_of(letter.made))
