"""What the MDM/R knows by now: the sets of a CIS under test, read into the oracle's Master Directory.

Nobody looks at records: minimal and full sets, one set or several, early or late, come to the same if they are right.
A set counts once the MDM/R has reported that its synchronization was completed, with exceptions or without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from harness.errors import SuiteMistake
from harness.interface.files import Record, Value
from harness.interface.instants import Day, Instant, iso, later
from harness.interface.set_records import CHANNEL_TO_CHANNEL
from harness.oracle.master_directory import Attribute
from harness.oracle.spans import History, SpanDirectory, State
from harness.oracle.synchronization import PRIOR_STATE, Outcome
from harness.port.business import plain
from harness.stage.chapters import mailboxes, master_data
from harness.stage.chapters.cis_business import NOBODY, Business
from harness.stage.chapters.cis_sync_sets import KINDS, GivenSet, SetDesk, ToldAs, content_of, sendings, sets_named
from harness.stage.chapters.file_sets import Kind
from harness.stage.chapters.sync_reports import SYNCHRONIZED
from harness.stage.conversation import Sent
from harness.stage.seat import ROUNDS
from harness.suite.verdicts import Unmet, in_words

NO_LIMIT_PERCENT = 100
"""Whatever share of SDPs a P-Sync leaves out: where a limit stops it, the MDM/R reports no completion (AMB-17)."""
_COMPLETED = ("completed", "completed_with_exceptions")


@dataclass(frozen=True, slots=True)
class Known:
    """A row of a table of what is known: whose attribute has which value, from a day until another."""

    of: str
    attribute: str
    value: str
    start: str = master_data.SINCE
    until: str = ""


Replayed: TypeAlias = tuple[SpanDirectory, tuple[tuple[GivenSet, Outcome], ...]]
"""A Master Directory, not to be changed, and what came of each set that made it."""


class Library:
    """The Master Directories of the LDCs, as the sets that came have made them."""

    def __init__(self, business: Business, sets: SetDesk) -> None:
        self.business = business
        self.sets = sets
        self.seat = business.seat
        self._known: dict[tuple[str, bool], tuple[tuple[int, int], Replayed]] = {}

    # --- what came, and what the MDM/R took --------------------------------------------------------------

    def let_come(self) -> None:
        """Let time pass until what the CIS has to send is sent, and the MDM/R has had its time with it."""
        with self.seat.waiting():
            for _ in range(ROUNDS):
                before = len(self.seat.given) + len(self.seat.delivered)
                self.seat.let_answer()
                self.seat.settle(later(self.seat.now, minutes=1))
                if len(self.seat.given) + len(self.seat.delivered) == before:
                    break
            if self._awaits_p_sync():
                processed = later(self.seat.now, hours=int(self.seat.setting.value("psync_processing_within_hours")))
                self.seat.settle(processed)

    def _awaits_p_sync(self) -> bool:
        """Whether a P-Sync set is whole, and nothing was heard of it yet."""
        told = {named for named, _ in sets_named(self.seat, (*SYNCHRONIZED, "IR10", "IR14"))}
        came = sendings(self._arrived(), self.seat)
        return any(
            each.is_whole and KINDS[each.key.file_type] == "P-Sync" and each.told_as not in told for each in came
        )

    def _arrived(self) -> Iterator[Sent]:
        return (file for file in self.seat.sent if file.organisation == self.seat.you.id)

    def taken(self, ldc: str) -> list[GivenSet]:
        """The sets of an LDC that the MDM/R has synchronized, in the order in which it did."""
        own = self.seat.party(ldc).id
        when: dict[ToldAs, Instant] = {}
        for named, instant in sets_named(self.seat, SYNCHRONIZED, _COMPLETED):
            when.setdefault(named, instant)
        found: dict[ToldAs, GivenSet] = {}
        for each in sendings(self._arrived(), self.seat):
            processed = when.get(each.told_as)
            if each.key.ldc == own and processed is not None and each.is_whole and each.first <= processed:
                found[each.told_as] = each
        return sorted(found.values(), key=lambda each: (when[each.told_as], each.number))

    def _audits_not_taken(self, ldc: str) -> list[GivenSet]:
        """The whole P-Sync sets of an LDC that the MDM/R did not synchronize: what they say counts all the same."""
        own, taken = self.seat.party(ldc).id, {each.told_as for each in self.taken(ldc)}
        given = (each for each in sendings(self._arrived(), self.seat) if each.key.ldc == own and each.is_whole)
        return [each for each in given if KINDS[each.key.file_type] == "P-Sync" and each.told_as not in taken]

    def directory(self, ldc: str) -> SpanDirectory:
        """What the MDM/R knows of an LDC by now."""
        return self._replayed(ldc)[0]

    def sdp_ids(self, ldc: str) -> set[str]:
        """The SDP IDs that the MDM/R knows of an LDC."""
        facts = self.directory(ldc).facts
        return {value for attribute, value in facts.items() if (attribute.entity, attribute.name) == ("sdp", "sdp_id")}

    def _replayed(self, ldc: str, *, ends_for_good: bool = False) -> Replayed:
        """The Master Directory of an LDC, and what came of each set; both stay as long as no more files pass."""
        passed, key = (len(self.seat.sent), len(self.seat.delivered)), (ldc, ends_for_good)
        if key not in self._known or self._known[key][0] != passed:
            directory = SpanDirectory()
            contents = ((each, content_of(each, self.seat)) for each in self.taken(ldc))
            outcomes = tuple(
                (each, directory.synchronize(replace(content, ends_for_good=ends_for_good), NO_LIMIT_PERCENT))
                for each, content in contents
            )
            self._known[key] = passed, (directory, outcomes)
        return self._known[key][1]

    # --- who is who --------------------------------------------------------------------------------------

    def ldc_of(self, alias: str) -> str:
        """The LDC that created an SDP; of a meter the first that created any."""
        created = self.business.created
        sdp_id = self.business.sdp_id(alias)
        found = [ldc for ldc, sdps in created.items() if sdp_id in sdps] or list(created)
        if not found:
            raise SuiteMistake(f"nobody has created {alias!r}")
        return found[0]

    def universal_sdp_id(self, alias: str) -> str:
        """The Universal SDP ID that the MDM/R has issued for an SDP.

        :raises Unmet: it has issued none.
        """
        sdp_id = self.business.sdp_id(alias)
        for file in mailboxes.of_type(self.seat.delivered, "2000"):
            content = mailboxes.as_read(self.seat, file).file
            for record in () if content is None else content.details:
                if record["sdp_id"] == sdp_id and record["universal_sdp_id"] is not None:
                    return self.seat.aliases.call(str(record["universal_sdp_id"]), alias)
        raise Unmet(f"a Universal SDP ID of {alias!r} by {iso(self.seat.now)}", "none was issued")

    def attribute(self, known: Known) -> tuple[Attribute, str | None]:
        """The attribute of a row, as the oracle names it, and the value; None where there is to be none."""
        kind = master_data.attribute(known.attribute)
        if kind.value == "component":
            other = self.universal_sdp_id(known.value)
            return Attribute("sdp", self.universal_sdp_id(known.of), f"{CHANNEL_TO_CHANNEL}{other}"), other
        value = None if known.value in NOBODY else self.business.sync.value(kind, known.value)
        if kind.of == "sdp":
            return Attribute("sdp", self.universal_sdp_id(known.of), kind.name), value
        entity = "communication_module" if kind.of == "module" else kind.of
        return Attribute(entity, self.business.sync.identifier(kind.of, known.of), kind.name), value

    # --- which SDPs a set lists (PSY-01) -----------------------------------------------------------------

    def check_lists(self, ldc: str, kind: Kind, sdps: Iterable[str]) -> None:
        """The last set of a kind lists some SDPs, and perhaps others.

        :raises Unmet: it leaves one out, or there is no such set.
        """
        self._check_lists(ldc, kind, {alias: self.business.sdp_id(alias) for alias in sdps})

    def check_lists_all(self, ldc: str, kind: Kind) -> None:
        """The last set of a kind lists all SDPs that an LDC has created.

        :raises Unmet: it leaves one out, or there is no such set.
        """
        self._check_lists(ldc, kind, {sdp_id: sdp_id for sdp_id in sorted(self.business.created.get(ldc, ()))})

    def _check_lists(self, ldc: str, kind: Kind, wanted: Mapping[str, str]) -> None:
        last = self.sets.demanded(ldc, kind)[-1]
        listed = {str(record["sdp_id"]) for _, record in last.records() if record.kind == "sdp"}
        missing = [alias for alias, sdp_id in wanted.items() if sdp_id not in listed]
        if missing:
            expected = f"the {last} lists {len(wanted)} SDPs of {ldc!r}"
            raise Unmet(expected, f"it leaves out {', '.join(missing)}", file=last.any_file.name)

    # --- what is told again ------------------------------------------------------------------------------

    def named(self, alias: str, words: str) -> Attribute:
        """How reports name an attribute of an SDP or a meter."""
        kind = master_data.attribute(words)
        is_of_sdp = kind.of == "sdp"
        identifier = self.universal_sdp_id(alias) if is_of_sdp else self.business.sync.identifier(kind.of, alias)
        return Attribute("sdp" if is_of_sdp else "meter", identifier, kind.name)

    def check_told_again(self, alias: str, words: str) -> None:
        """A set tells of an attribute of an SDP or meter after the last IR07 that said that it could not be updated.

        :raises Unmet: none does, or no IR07 said so.
        """
        attribute = self.named(alias, words)
        given = self.sets.given(self.ldc_of(alias))
        named = [
            file.instant
            for file in mailboxes.of_type(self.seat.got, "IR07")
            if (content := mailboxes.as_read(self.seat, file).file) is not None
            if any((record["entity_id"], record["attribute"]) == attribute[1:] for record in content.details)
        ]
        again = [each for each in given if named and each.first > named[-1]]
        if not any(attribute == record.attribute for each in again for record in content_of(each, self.seat).records):
            since = f"since IR07 of {iso(named[-1])}" if named else "since an IR07 named it"
            raise Unmet(f"{words} of {alias!r} told again {since}", _listed_sets(again))

    # --- what comes along with a meter (ISY-04, ISY-10, ISY-11) -----------------------------------------

    def check_module(self, sdp: str, meter: str) -> None:
        """The last I-Sync set that says anew that an SDP has a meter also tells of the meter's communication module.

        A set that says again what was told before serves another business scenario: it may say more (ISY-03).

        :raises Unmet: the asset or the relationship is missing there, or no set says so.
        """
        identifier = self.business.sync.identifier
        has_it = "sdp_to_meter", self.universal_sdp_id(sdp), identifier("meter", meter)
        module = identifier("module", f"{meter} module")
        given = self.sets.given(self.ldc_of(sdp), "I-Sync")
        telling = telling_anew(given, has_it)
        if not telling:
            raise Unmet(f"an I-Sync set that says that {sdp!r} has, or had, meter {meter!r}", "there is none")
        wanted = {
            "the asset of the communication module": ("communication_module", module),
            "its relationship to the meter": ("meter_to_communication_module", has_it[-1], module),
        }
        for what, record in wanted.items():
            if record not in _named(telling[-1]):
                expected = f"{what} in the {telling[-1]}, which says that {sdp!r} has, or had, meter {meter!r}"
                raise Unmet(expected, "no such record", file=telling[-1].any_file.name)

    # --- what is held to a table -------------------------------------------------------------------------

    def check_knows(self, rows: Sequence[Known], before: str = "") -> None:
        """What the MDM/R knows of each attribute in a table is what the table says, from its first day on.

        Whether what an earlier set left open comes back after a span of a later one is not said: either.

        :param before: a day, in words: what is known of it, and of later ones, is not looked at. Empty for none.

        :raises Unmet: it knows something else.
        """
        self.let_come()
        ldcs = sorted({self.ldc_of(row.of) for row in rows})
        directories = {ldc: [self._replayed(ldc, ends_for_good=each)[0] for each in (False, True)] for ldc in ldcs}
        until = self._day(before) if before else None
        self._check(rows, lambda row: directories[self.ldc_of(row.of)], "the MDM/R knows", until=until)

    def check_says(self, ldc: str, kind: Kind, rows: Sequence[Known]) -> None:
        """The last set of a kind that the CIS sent says, by itself, what a table says.

        :raises Unmet: it says something else, or there is no such set.
        """
        last = self.sets.demanded(ldc, kind)[-1]
        directory = SpanDirectory()
        directory.synchronize(content_of(last, self.seat), NO_LIMIT_PERCENT)
        self._check(rows, lambda _: [directory], f"the {last} says", file=last.any_file.name)

    def _check(
        self,
        rows: Sequence[Known],
        where: Callable[[Known], Sequence[SpanDirectory]],
        who: str,
        file: str | None = None,
        until: Day | None = None,
    ) -> None:
        """Hold one of several directories to each attribute of a table, until a day; of a failure show the first."""
        of_attribute: dict[Attribute, list[tuple[Known, str | None]]] = {}
        for row in rows:
            attribute, value = self.attribute(row)
            of_attribute.setdefault(attribute, []).append((row, value))
        for attribute, told in of_attribute.items():
            row, directories = told[0][0], where(told[0][0])
            subject = f"{who} {row.attribute} of {row.of!r} by {iso(self.seat.now)}"
            if attribute in directories[0].facts or master_data.attribute(row.attribute).file_no == master_data.ASSETS:
                expected, seen = in_words(told[0][1]), [in_words(directories[0].facts.get(attribute))]
            else:
                states = self._states(told)
                first = min(self._day(row.start) for row, _ in told)
                expected = _described(_until(states, until))
                seen = [_described(_until(_since(_history(each, attribute), first), until)) for each in directories]
            if plain(attribute.name, expected) not in [plain(attribute.name, each) for each in seen]:
                raise Unmet(f"{subject}: {expected}", seen[0], file=file)

    def _states(self, told: Sequence[tuple[Known, str | None]]) -> History:
        """The states that rows of one attribute describe: each goes on until its end, or the next."""
        ordered = sorted(((self._day(row.start), row, value) for row, value in told), key=lambda each: each[0])
        ends = [*(day for day, _, _ in ordered[1:]), None]
        return _joined(
            State(day, self._day(row.until) if row.until else end, value)
            for (day, row, value), end in zip(ordered, ends, strict=True)
            if value is not None
        )

    def _day(self, words: str) -> Day:
        return self.business.day(words)

    # --- what a P-Sync may not do (PSY-04) ---------------------------------------------------------------

    def check_no_prior_states(self, ldc: str) -> None:
        """No P-Sync set changes a state that had ended when it was extracted (PSY-04).

        :raises Unmet: one does.
        """
        self.let_come()
        directory, outcomes = self._replayed(ldc)
        not_taken = [
            (each, directory.copied().synchronize(content_of(each, self.seat), NO_LIMIT_PERCENT))
            for each in self._audits_not_taken(ldc)
        ]
        for each, outcome in (*outcomes, *not_taken):
            for failed in outcome.exceptions:
                if failed.reason == PRIOR_STATE:
                    change = failed.change
                    value = "nothing" if change.new is None else change.new
                    what = f"{change.attribute.name} of {change.attribute.entity_id} from {change.since}: {value}"
                    expected = "P-Sync sets that change no state that had ended before they were extracted"
                    raise Unmet(expected, f"{each} says {what}", file=each.any_file.name)


def known_rows(rows: Iterable[Mapping[str, str]]) -> list[Known]:
    """The rows of a table of what is known."""
    return [
        Known(row["of"], row["attribute"], row["value"], row.get("from") or master_data.SINCE, row.get("until", ""))
        for row in rows
    ]


def _listed_sets(given: Iterable[GivenSet]) -> str:
    return ", ".join(f"the {each}" for each in given) or "no file set"


_MODULE = ("communication_module_id",)
_NAMED = {
    "sdp_to_meter": ("universal_sdp_id", "meter_id"),
    "communication_module": _MODULE,
    "meter_to_communication_module": ("meter_id", *_MODULE),
}
"""Of records that come along with a meter: the fields that say what they are about."""


def telling_anew(given: Iterable[GivenSet], what: tuple[str, ...]) -> list[GivenSet]:
    """The sets with a record, of a kind and about something, that no set before them held just so."""
    found, before = [], set[tuple[Value, ...]]()
    for each in given:
        told = {record.values for _, record in each.records() if _what(record) == what}
        if told - before:
            found.append(each)
        before |= told
    return found


def _named(given: GivenSet) -> set[tuple[str, ...]]:
    """What a set says of meters and modules."""
    return {_what(record) for _, record in given.records() if record.kind in _NAMED}


def _what(record: Record) -> tuple[str, ...]:
    """A record's kind, and what it is about."""
    return (record.kind, *(str(record[field]) for field in _NAMED.get(record.kind, ())))


def _history(directory: SpanDirectory, attribute: Attribute) -> History:
    """What is known of an attribute; of a component by whichever channels it is aggregated."""
    if not attribute.name.startswith(CHANNEL_TO_CHANNEL):
        return directory.histories.get(attribute, ())
    other = attribute.name.removeprefix(CHANNEL_TO_CHANNEL)
    states = (
        state
        for known, history in directory.histories.items()
        if known[:2] == attribute[:2] and known.name.startswith(CHANNEL_TO_CHANNEL)
        for state in history
        if state.value == other
    )
    return tuple(sorted(states))


def _since(history: History, first: Day) -> History:
    """What a history says from a day on."""
    return _joined(
        rest._replace(start=max(rest.start, first)) for rest in history if rest.end is None or rest.end > first
    )


def _until(history: History, end: Day | None) -> History:
    """What a history says of the days before one; all of it where that is None."""
    if end is None:
        return history
    return tuple(each._replace(end=min(each.end or end, end)) for each in history if each.start < end)


def _joined(states: Iterable[State]) -> History:
    """States as long as they can be: neighbours of one value are one."""
    found: list[State] = []
    for state in states:
        if found and found[-1].end == state.start and found[-1].value == state.value:
            found[-1] = found[-1]._replace(end=state.end)
        else:
            found.append(state)
    return tuple(found)


def _described(history: History) -> str:
    spans = (f"{state.value} from {state.start}" + (f" until {state.end}" if state.end else "") for state in history)
    return ", ".join(spans) or "nothing"
