"""File sets as they come, and what becomes of each (FTS-03, SYN-01, SYN-05 to SYN-07, SEQ-05, SEQ-06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from harness.interface.file_sets import (
    MANIFEST,
    PERIODIC_AUDIT,
    Manifest,
    Place,
    SetKey,
    files_unlisted,
    manifest_of,
    place_of,
    segments_awaited,
)
from harness.interface.files import Reading
from harness.interface.instants import Day, Instant, day_of, later
from harness.interface.names import FileName
from harness.oracle.master_directory import Attribute
from harness.oracle.synchronization import Outcome
from harness.referee.case import Letter
from harness.referee.judgements import Subject

REMEMBERED_DAYS = 2
"""How long a set is remembered in all that came of it; after that, that there was one."""


class Fate(StrEnum):
    """What has become of a set."""

    WAITING = "waiting"
    PROCESSED = "processed"
    FAILED = "failed to load"
    REJECTED = "rejected"
    PAST = "passed over"
    """Its number, or the set itself, came before: nothing changes, and any report is right (AMB-23)."""


@dataclass(slots=True)
class Files:
    """What the sets of a stream have in common, whatever worlds there are.

    :param ldcs_of: the LDCs that each agent submits sets for; `owners` that of each Universal SDP ID.
    :param numbers: the highest number of each LDC's sets that were processed in any world.
    :param extracts: the days of the extracts of each LDC's P-Sync sets so far.
    :param metering: the LDC that was first to have each meter and communication module.
    """

    ldcs_of: dict[str, set[str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    extracts: dict[str, set[Day]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    metering: dict[str, str] = field(default_factory=dict)

    def metering_of_another(self, ldc: str, named: Iterable[str]) -> str:
        """The first meter or communication module of those that a set names which another LDC had before; or none."""
        found = ""
        for each in sorted(named):
            if self.metering.setdefault(each, ldc) != ldc:
                found = found or each
        return found

    def extracts_of_others(self, ldc: str) -> set[str]:
        """The days of the extracts of other LDCs' P-Sync sets, as reports show days."""
        return {str(day) for other, days in self.extracts.items() if other != ldc for day in days}


@dataclass(slots=True)
class Course:
    """A set: what has come of it, and what has become of it.

    :param earlier: what became of an earlier set under the same name, where there was one.
    :param whole_at: when the last of the files came that its manifest lists.
    :param is_repeated: whether a file came again when it was whole: reports may come again, too (AMB-23).
    :param is_patient: whether it waits for a P-Sync set that is put off, although others between are missing.
    :param gives_way: whether a P-Sync set of the same number, which may be put off, is processed before it.
    :param stays: whether it is taken for incomplete although all that its manifest lists is there.
    :param segments: the numbers of the segments of each of its files, once it has ended.
    :param at: when it was processed or rejected; `rule` and `why` say for what it was not taken.
    :param ready: since when it could be processed, which may be put off.
    :param reasons: for what it was rejected, by the words of the code list.
    :param wrong: the records that IR14 has to report as errors; `has_warnings`: it has to report a warning.
    :param named: the attributes of which it says anything.
    :param outcome: what it has changed; None where that is not known. `lists_nothing`: nothing of it may take effect.
    :param awaited: until when whoever receives a report on it has to have it; `pending`: those not judged yet.
    :param came: the first report of each type that came to each.
    """

    key: SetKey
    first: Instant
    last: Instant
    earlier: Fate | None = None
    files: dict[Place, Reading] = field(default_factory=dict)
    manifest: Manifest | None = None
    whole_at: Instant | None = None
    extracted: Instant | None = None
    is_repeated: bool = False
    is_patient: bool = False
    gives_way: bool = False
    stays: bool = False
    fate: Fate = Fate.WAITING
    segments: dict[str, list[int]] = field(default_factory=dict)
    at: Instant | None = None
    ready: Instant | None = None
    was_held: bool = False
    rule: str = ""
    why: str = ""
    reasons: tuple[str, ...] = ()
    wrong: tuple[tuple[str, int], ...] = ()
    has_warnings: bool = False
    named: frozenset[Attribute] = frozenset()
    outcome: Outcome | None = None
    lists_nothing: bool = False
    awaited: dict[tuple[str, str], Instant] = field(default_factory=dict)
    pending: dict[tuple[str, str], Instant] = field(default_factory=dict)
    came: dict[tuple[str, str], Letter] = field(default_factory=dict)

    def copied(self) -> Course:
        files, came = dict(self.files), dict(self.came)
        return replace(self, files=files, came=came, awaited=dict(self.awaited), pending=dict(self.pending))

    def take(self, name: FileName, reading: Reading, moment: Instant) -> None:
        """Let a file join the set. Of a segment that comes twice the first stands (AMB-23)."""
        place = place_of(name)
        if place in self.files:
            self.is_repeated = self.is_repeated or self.whole_at is not None
            return
        self.files[place] = reading
        self.last = moment
        if place.file_no == MANIFEST:
            self.manifest = manifest_of(reading)
            header = None if reading.file is None else reading.file.header
            stated = None if header is None else header["extracted_date_time"]
            self.extracted = Instant(stated) if isinstance(stated, datetime) else None
        if self.manifest is not None and not segments_awaited(self.manifest, self.files):
            self.whole_at = moment

    def end(self, fate: Fate, moment: Instant) -> None:
        """Let something become of it; what stands in its files is needed no more."""
        self.fate, self.at, self.whole_at = fate, moment, self.whole_at or moment
        for place in sorted(self.files):
            self.segments.setdefault(place.file_no, []).append(int(place.segment_no))
        self.files = {}

    @property
    def number(self) -> int:
        """Its sequence number; 0 where it is not known yet."""
        return 0 if self.manifest is None else self.manifest.sequence_number

    @property
    def is_whole(self) -> bool:
        """Whether all that its manifest lists has come, and it may be processed."""
        return self.whole_at is not None and not self.stays

    @property
    def is_periodic_audit(self) -> bool:
        return self.key.file_type == PERIODIC_AUDIT

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The mandatory files that its manifest does not list."""
        return () if self.manifest is None else files_unlisted(self.manifest)

    @property
    def missing(self) -> str:
        """What it lacks, in words."""
        if self.manifest is None:
            return "its manifest"
        awaited = [f"segment {place}" for place in segments_awaited(self.manifest, self.files)]
        return ", ".join([*awaited, *(f"file {file_no}" for file_no in self.unlisted)])

    @property
    def has_unreadable_manifest(self) -> bool:
        return self.manifest is None and any(place.file_no == MANIFEST for place in self.files)

    @property
    def about(self) -> str:
        """The set in words."""
        kind = "P-Sync" if self.is_periodic_audit else "I-Sync"
        number = f" {self.number}" if self.manifest is not None else ""
        return f"{kind} set{number} of {self.key.submitter}, TX_ID {self.key.tx_id}"

    @property
    def day(self) -> Day:
        """The day of its extract; that of its arrival, where it states none."""
        return day_of(self.extracted or self.first)


@dataclass(slots=True)
class Register:
    """The sets of an LDC in one world.

    :param expected: the number expected next in each sequence, by whose it is; `turned`: when a set was last processed,
        and `turned_since`: since when it may have been, where nothing has shown when.
    :param used_up: the number that follows those that were used up behind a P-Sync set that is put off, by whose it is.
    :param passed_over: the numbers that were used up while an earlier one was still expected, by whose they are.
    :param over: what has become of each set that is no longer under way, by its name.
    :param turned_away: by file type and TX_ID, empty where a name states none, by which rule files of a set were
        refused at the door, and why.
    :param unnamed: by type and recipient, what rests on a report of which it cannot be read on which set it is.
    :param unseen: the attributes of which it is not known what holds.
    """

    expected: dict[str, int]
    turned: dict[str, Instant] = field(default_factory=dict)
    turned_since: dict[str, Instant] = field(default_factory=dict)
    used_up: dict[str, int] = field(default_factory=dict)
    passed_over: dict[str, frozenset[int]] = field(default_factory=dict)
    courses: list[Course] = field(default_factory=list)
    over: dict[SetKey, Fate] = field(default_factory=dict)
    turned_away: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    unnamed: dict[tuple[str, str], Subject] = field(default_factory=dict)
    unseen: frozenset[Attribute] = frozenset()

    def copied(self) -> Register:
        """The same for another world."""
        return replace(
            self,
            expected=dict(self.expected),
            turned=dict(self.turned),
            turned_since=dict(self.turned_since),
            used_up=dict(self.used_up),
            passed_over=dict(self.passed_over),
            courses=[each.copied() for each in self.courses],
            over=dict(self.over),
            turned_away=dict(self.turned_away),
            unnamed=dict(self.unnamed),
        )

    def of(self, file_type: str, tx_id: str) -> list[Course]:
        """The sets that a report may mean, by what it says of them."""
        wanted = file_type, tx_id.casefold()
        return [each for each in self.courses if (each.key.file_type, each.key.tx_id.casefold()) == wanted]

    def was_there(self, file_type: str, tx_id: str) -> bool:
        """Whether there was such a set before."""
        return any((each.file_type, each.tx_id.casefold()) == (file_type, tx_id.casefold()) for each in self.over)

    def has_processed(self, *, periodic_audits: bool = True) -> bool:
        """Whether a set that is remembered was processed, and told of; of I-Sync alone, or of either kind."""
        return any(
            each.fate is Fate.PROCESSED and each.came and (periodic_audits or not each.is_periodic_audit)
            for each in self.courses
        )

    def waiting(self) -> list[Course]:
        """The sets of which it is not decided what becomes of them."""
        return [each for each in self.courses if each.fate is Fate.WAITING]

    def forget(self, until: Instant) -> None:
        """Forget of sets that are long over all but that there was one."""
        self.courses = [
            each for each in self.courses if each.at is None or later(each.at, days=REMEMBERED_DAYS) > until
        ]
