"""Synchronization as an LDC or agent does it: sets are written, and sent whole or in parts.

The world that a scenario finds is set up first, through the same interface: Universal SDP IDs are requested, and an
I-Sync set creates the SDPs with everything that belongs to them. What a set says is written down when its first file
is sent: its days are relative to that day, and whoever it names takes part by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.errors import SuiteMistake
from harness.interface.file_sets import COMPONENTS, MANIFEST, Place
from harness.interface.files import Value
from harness.interface.instants import Day, day_of, later
from harness.interface.profile import EITHER
from harness.stage.chapters import master_data
from harness.stage.chapters.assignment import AssignmentDesk, Line
from harness.stage.chapters.file_sets import Draft, Kind
from harness.stage.chapters.master_data import SINCE, Attribute
from harness.stage.chapters.sync_reports import Difference, reports
from harness.stage.conversation import Conversation

STANDARD: Mapping[str, str] = {
    "address": "1 Main St",
    "city": "Oakville",
    "postal code": "L6L2A1",
    "framing structure": "hourly",
    "commodity type": "electricity",
    "billing cycle": "C1",
    "VEE service": "02",
    "CT/PT multiplier": "1",
    "service status": "connected",
}
"""What an SDP is created with, apart from its meter, account and organisations."""
DEACTIVATION = "deactivation"
"""In tables of differences: the day from which what a P-Sync leaves out holds no more."""
FIRST_CHANNELS: Mapping[str, int] = {"channel": 1, "component_channel": 1}
"""The channels by which features relate a virtual SDP and its components."""


@dataclass(frozen=True, slots=True)
class SetRef:
    """A set as features name it: by number, by LDC (the first, where none is named), and the other of two."""

    number: int
    ldc: str | None = None
    other: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A row of a table of changes; empty days are open ends."""

    of: str
    attribute: Attribute
    value: str
    start: str = SINCE
    until: str = ""


def _told_with(sdp: str, changes: Iterable[Change]) -> set[str]:
    """Of what a set tells that describes an SDP: the SDP, and the meters that it has by the standard or by changes."""
    meters = {each.value for each in changes if (each.of, each.attribute.value) == (sdp, "meter")}
    return {sdp, f"{sdp} meter", *meters}


class SyncDesk:
    """Writes and sends file sets, and knows who is who in them."""

    def __init__(self, conversation: Conversation, assignment: AssignmentDesk) -> None:
        self.conversation = conversation
        self.assignment = assignment
        self.drafts: dict[SetRef, Draft] = {}
        self._ids: dict[tuple[str, str], str] = {}

    # --- who is who ----------------------------------------------------------------------------------

    def ldc(self, named: str | None) -> str:
        """The LDC that is meant: the one named, or the first that was registered."""
        if named is not None:
            return named
        return next(alias for alias, party in self.conversation.parties.items() if party.kind == "ldc")

    def ldc_of(self, sdp: str) -> str:
        """The LDC that had a Universal SDP ID issued for an SDP; the first, where none had."""
        for request in self.assignment.requests:
            if any(line.sdp == sdp for line in request.lines):
                return request.ldc
        return self.ldc(None)

    def draft_of(self, ref: SetRef) -> Draft:
        """The draft of a set.

        :raises SuiteMistake: it was not written.
        """
        found = self.drafts.get(self._full(ref))
        if found is None:
            written = ", ".join(map(str, self.drafts.values())) or "none"
            raise SuiteMistake(f"set {ref.number} of {self.ldc(ref.ldc)!r} was not written; there are {written}")
        return found

    def _full(self, ref: SetRef) -> SetRef:
        return SetRef(ref.number, self.ldc(ref.ldc), ref.other)

    def identifier(self, kind: str, alias: str) -> str:
        """The identifier of a meter, communication module or account behind an alias."""
        if (kind, alias) not in self._ids:
            draw = self.conversation.draw
            drawn = draw.account_id() if kind == "account" else draw.asset_id()
            self._ids[kind, alias] = self.conversation.aliases.call(drawn, alias)
        return self._ids[kind, alias]

    def universal_sdp_id(self, ldc: str, sdp: str) -> str:
        """The Universal SDP ID of an SDP as it was issued; one that nobody was issued, where none was asked for.

        :param sdp: its alias, or ``Barn of "Hilltop"`` for another LDC's.
        """
        sdp, _, other = sdp.partition(" of ")
        ldc = other.strip('"') or ldc
        for request in self.assignment.requests:
            if request.ldc == ldc and any(line.sdp == sdp for line in request.lines):
                return self.assignment.universal_sdp_id(request, sdp)
        if ("unissued", sdp) not in self._ids:
            drawn = self.conversation.draw.unissued_universal_sdp_id()
            self._ids["unissued", sdp] = self.conversation.aliases.call(drawn, sdp)
        return self._ids["unissued", sdp]

    def owner_id(self, ldc: str, attribute: Attribute, of: str) -> str:
        """The identifier of whose attribute it is."""
        return self.universal_sdp_id(ldc, of) if attribute.of == "sdp" else self.identifier(attribute.of, of)

    def value(self, attribute: Attribute, words: str) -> str:
        """The value that words in a feature stand for, as it stands in a record."""
        if attribute.value == "organisation":
            return str(self.conversation.party(words).id)
        if attribute.value in {"meter", "module", "account"}:
            return self.identifier(attribute.value, words)
        if attribute.value == "sdp":
            return str(self.assignment.sdp_id(words))
        if attribute.value == "component":
            return self.universal_sdp_id(self.ldc_of(words), words)
        if attribute.value == "code":
            codes = self.conversation.profile.codes[attribute.codes]
            word = words.lower().replace(" ", "_").replace("/", "_")
            if word not in codes:
                raise SuiteMistake(f"{words!r} is no {attribute.words}; there are {', '.join(codes)}")
            return codes[word]
        return words

    # --- the world that a scenario finds ------------------------------------------------------------

    def request_ids(self, ldc: str, sdps: Sequence[str]) -> None:
        """Let an LDC have Universal SDP IDs for SDPs, first of all."""

        def happen() -> None:
            self.assignment.request(ldc, ldc, [Line(ldc, sdp) for sdp in sdps])
            self.assignment.wait_for_run()

        self.conversation.opens_with(happen)

    def synchronize(
        self, ldc: str, sdps: Sequence[str], number: int, changes: Iterable[Change], after: Callable[[Draft], None]
    ) -> None:
        """Let an LDC have created SDPs by an I-Sync set, first of all.

        :param changes: in what the SDPs differ from the standard.
        :param after: holds the system to the set having been processed.
        """
        if not any(ref.ldc == ldc for ref in self.drafts):
            self.conversation.expect_sequence_number(ldc, number)
        self.request_ids(ldc, sdps)
        draft = self.write("I-Sync", SetRef(number, ldc))
        self.describe(draft, sdps, changes)

        def happen() -> None:
            self.send(draft)
            self.conversation.settle(self.conversation.now)
            after(draft)

        self.conversation.opens_with(happen)

    # --- writing --------------------------------------------------------------------------------------

    def write(self, kind: Kind, ref: SetRef, *, submitter: str | None = None) -> Draft:
        """Begin a set."""
        full, ldc = self._full(ref), self.ldc(ref.ldc)
        if full in self.drafts:
            raise SuiteMistake(f"set {ref.number} of {ldc!r} is written already; say 'another' for a second one")
        draft = Draft(kind, ref.number, ldc, submitter or ldc, self.conversation.draw.transaction_id())
        self.drafts[full] = draft
        return draft

    def describe(self, draft: Draft, sdps: Sequence[str], changes: Iterable[Change] = ()) -> None:
        """Let a set describe SDPs in full: their assets, and everything that belongs to them.

        :param changes: in what they differ from the standard, by SDP and attribute: one without a value leaves it out,
            one that ends comes on top of what holds else.
        :raises SuiteMistake: one is of an SDP that is not described, or of what is no meter of one that is.
        """
        different = list(changes)
        for change in different:
            if not any(change.of in _told_with(sdp, different) for sdp in sdps):
                listed = ", ".join(sdps)
                raise SuiteMistake(
                    f"a set that describes {listed} tells nothing of {change.of!r}, which is none of theirs"
                )
        self.plan(draft, lambda: self._describe(draft, sdps, different))

    def change(self, draft: Draft, changes: Iterable[Change]) -> None:
        """Let a set carry changes, and nothing else."""
        wanted = list(changes)
        self.plan(draft, lambda: self._records(draft, wanted))

    def submit_as(self, draft: Draft, submitter: str) -> None:
        """Let another than the LDC submit a set.

        An agent's own sequence, where there is one (AMB-34), begins with the first set that is written so.
        """
        draft.submitter = submitter
        if self.conversation.party(submitter).kind == "agent":
            self.conversation.expect_first_sequence_number(submitter, draft.number)

    def give_time(self, draft: Draft) -> None:
        """Let pass what a set may take to be processed: a P-Sync may be put off by some hours (SEQ-10)."""
        hours = int(self.conversation.setting.value("psync_processing_within_hours"))
        self.conversation.settle(later(self.conversation.now, hours=hours if draft.kind == "P-Sync" else 0))

    def plan(self, draft: Draft, write: Callable[[], None]) -> None:
        """Let something be written into a set when it is extracted."""
        draft.plans.append(write)

    def _describe(self, draft: Draft, sdps: Sequence[str], different: Sequence[Change]) -> None:
        for sdp in sdps:
            self.add_sdp_asset(draft, sdp)
            own = {(change.of, change.attribute.words) for change in different if not change.until}
            rows = [row for row in self._standard(draft.ldc, sdp) if (row.of, row.attribute.words) not in own]
            theirs = _told_with(sdp, different)
            rows += [change for change in different if change.of in theirs and change.value]
            for kind, alias in self._assets_named(rows):
                self.add_asset(draft, kind, alias)
            self._records(draft, rows)

    def _standard(self, ldc: str, sdp: str) -> list[Change]:
        rows = [Change(sdp, master_data.attribute(words), value) for words, value in STANDARD.items()]
        meter, module = f"{sdp} meter", f"{sdp} module"
        rows += [
            Change(sdp, master_data.attribute("meter"), meter),
            Change(sdp, master_data.attribute("account"), f"{sdp} account"),
            Change(sdp, master_data.attribute("billing agent"), ldc),
            Change(sdp, master_data.attribute("AMI operator"), ldc),
            Change(meter, master_data.attribute("communication module"), module),
        ]
        return rows

    def _assets_named(self, rows: Iterable[Change]) -> list[tuple[str, str]]:
        named = [(row.attribute.value, row.value) for row in rows if row.attribute.value in {"meter", "module"}]
        return list(dict.fromkeys(named))

    def add_sdp_asset(self, draft: Draft, sdp: str, sdp_type: str = "physical") -> None:
        """Write the asset record of an SDP."""
        draft.add(
            "01",
            "sdp",
            universal_sdp_id=self.universal_sdp_id(draft.ldc, sdp),
            sdp_id=self.assignment.sdp_id(sdp),
            sdp_type=self.conversation.profile.codes["sdp_type"][sdp_type],
        )

    def add_components(self, draft: Draft, virtual: str, sdps: Sequence[str], since: str = "today") -> None:
        """Write the channel relationships that make a virtual SDP the sum of others."""
        extracted = day_of(self.conversation.now)
        for sdp in sdps:
            draft.add(
                COMPONENTS,
                "channel_to_channel",
                universal_sdp_id=self.universal_sdp_id(draft.ldc, virtual),
                component_universal_sdp_id=self.universal_sdp_id(draft.ldc, sdp),
                **FIRST_CHANNELS,
                start_date=self.day(since, extracted),
            )

    def add_asset(self, draft: Draft, kind: str, alias: str) -> None:
        """Write the asset record of a meter or communication module, once."""
        record = {"meter": "meter", "module": "communication_module"}[kind]
        fields: dict[str, Value] = {f"{record}_id": self.identifier(kind, alias)}
        if (record, fields) not in draft.details.get("01", []):
            draft.add("01", record, **fields)

    def _records(self, draft: Draft, rows: Iterable[Change]) -> None:
        """Write rows as records: those of one record kind, owner and span share a record where the layout has room."""
        extracted = day_of(self.conversation.now)
        shared: dict[tuple[str, str, str, str], dict[str, Value]] = {}
        for row in rows:
            attribute = row.attribute
            key = (attribute.record, row.of, row.start, row.until)
            fields: dict[str, Value] = {
                attribute.owner_field: self.owner_id(draft.ldc, attribute, row.of),
                attribute.field: self.value(attribute, row.value),
                "start_date": self.day(row.start, extracted),
                "end_date": self.day(row.until, extracted),
            }
            if attribute.parameter:
                codes = self.conversation.profile.codes[f"{attribute.of}_parameter"]
                fields["parameter"] = codes[attribute.parameter]
            elif attribute.value == "component":
                fields |= FIRST_CHANNELS
            elif attribute.value == "formula":
                fields["channel"] = FIRST_CHANNELS["channel"]
            elif key in shared and attribute.field not in shared[key]:
                shared[key].update(fields)
                continue
            draft.add(attribute.file_no, attribute.record, **fields)
            shared[key] = fields = dict(draft.details[attribute.file_no][-1][1])
            draft.details[attribute.file_no][-1] = (attribute.record, fields)

    def day(self, words: str, extracted: Day) -> Day | None:
        """The day that words name, seen from the day of a set's extraction."""
        return master_data.day(words, extracted, day_of(self.conversation.setting.anchor))

    # --- sending --------------------------------------------------------------------------------------

    def send(self, draft: Draft, wanted: Callable[[Place], bool] = lambda _: True) -> None:
        """Send those files of a set that are wanted, now, the manifest last; at the first time the set is written."""
        if draft.extracted is None:
            self.conversation.start()
            for write in draft.plans:
                write()
            draft.lay_out(self.conversation, self._created(draft))
        places = sorted(draft.files, key=lambda place: (place.file_no == MANIFEST, place.file_no, place.segment_no))
        chosen = [place for place in places if wanted(place)]
        if not chosen:
            raise SuiteMistake(f"{draft} has no such file; there are {', '.join(map(str, places))}")
        for place in chosen:
            file = draft.files[place]
            self.conversation.submit(draft.submitter, file.sent_as, file.content)
            draft.sent.add(place)

    def _created(self, draft: Draft) -> str:
        """The date-time in the names of a set: that of no other set of its kind."""
        taken = {
            next(iter(other.files.values())).name.created
            for other in self.drafts.values()
            if other.files and other.ldc == draft.ldc
        }
        moment = self.conversation.now
        while (created := moment.strftime("%Y%m%d%H%M%S")) in taken:
            moment = later(moment, seconds=1)
        return created

    # --- what is expected in reports ---------------------------------------------------------------------

    def ends_of(self, draft: Draft) -> list[Day]:
        """The days with which what a P-Sync leaves out may end: that of its extract, and of its report (AMB-32)."""
        extracted = day_of(draft.extracted or self.conversation.now)
        of_reports = [day_of(found.file.instant) for found in reports(self.conversation, draft, "IR06")]
        days: Mapping[str, list[Day]] = {
            "day-of-extract": [extracted],
            "day-of-processing": of_reports or [extracted],
            EITHER: [extracted, *of_reports],
        }
        return list(dict.fromkeys(days[self.conversation.profile.readings["AMB-32"]]))

    def differences_by_end(self, draft: Draft, rows: Sequence[Mapping[str, str]]) -> list[list[Difference]]:
        """Rows of differences for each day with which what is left out may end, called ``deactivation`` in them."""
        return [
            [
                self.difference(draft, {**row, "from": end.isoformat()} if row.get("from") == DEACTIVATION else row)
                for row in rows
            ]
            for end in self.ends_of(draft)
        ]

    def difference(self, draft: Draft, row: Mapping[str, str]) -> Difference:
        """A row of a table of differences, ``| of | attribute | from | until | before | after |``, as IR06 shows it."""
        attribute = master_data.attribute(row["attribute"])
        extracted = day_of(draft.extracted or self.conversation.now)
        start, until = (self.day(row.get(key, ""), extracted) for key in ("from", "until"))
        entity = {"sdp": "sdp", "meter": "meter", "module": "communication_module"}[attribute.of]
        before, after = (self.value(attribute, row[key]) if row[key] else "" for key in ("before", "after"))
        return Difference(
            self.conversation.profile.codes["entity"][entity],
            self.owner_id(draft.ldc, attribute, row["of"]),
            attribute.name_of(after or before),
            "" if start is None else start.isoformat(),
            "" if until is None else until.isoformat(),
            before,
            after,
        )
