"""How what an I-Sync of the reference CIS tells is bent: record by record, with what is on record about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from harness.interface.instants import Day, day_of
from reference_impl.bent.bending import Application, replaced
from reference_impl.cis import incremental
from reference_impl.cis.book import Sdp
from reference_impl.cis.records import Entry, Source


@dataclass(frozen=True, slots=True)
class Told:
    """A record as it is about to be told by an I-Sync, and what is on record about it.

    :param sdp: the SDP that it is about; None where it is about a meter or module alone.
    :param today: the day of the extract.
    """

    entry: Entry
    sdp: Sdp | None
    today: Day

    @property
    def fields(self) -> Mapping[str, Any]:
        return dict(self.entry.fields)

    @property
    def start(self) -> Day:
        return Day(self.fields["start_date"])

    @property
    def end(self) -> Day | None:
        return None if self.fields["end_date"] is None else Day(self.fields["end_date"])

    def with_fields(self, **changed: Any) -> Entry:
        """The record with other values."""
        return self.entry._replace(fields=tuple({**self.fields, **changed}.items()))

    def is_new(self) -> bool:
        """Whether it is of an SDP that is created with it."""
        return self.sdp is None or self.start == self.sdp.created


Concern: TypeAlias = Callable[[Told], bool]
Change: TypeAlias = Callable[[Told], Entry | None]


def extracted(change: Callable[[list[Told]], list[Entry]]) -> Application:
    """Change the records of each I-Sync."""

    def make(original: Any) -> Any:
        def extract(source: Source, wanted: Any, moment: Any) -> Any:
            found = original(source, wanted, moment)
            sdps: dict[Any, Sdp] = {
                source.ids[sdp_id]: sdp for sdp_id, sdp in source.book.sdps.items() if sdp_id in source.ids
            }
            today = day_of(moment)
            told = [Told(entry, sdps.get(dict(entry.fields).get("universal_sdp_id")), today) for entry in found.entries]
            return dataclasses.replace(found, entries=tuple(change(told)))

        return extract

    return replaced(incremental, "extract", make)


def each_told(concerns: Concern, change: Change) -> Application:
    """Change each record of some, or leave it out."""
    return extracted(
        lambda told: [new for each in told if (new := change(each) if concerns(each) else each.entry) is not None]
    )


def all_but_last(concerns: Concern) -> Application:
    """Of several records of some leave out the last."""

    def change(told: list[Told]) -> list[Entry]:
        concerned = [each for each in told if concerns(each)]
        return [each.entry for each in told if len(concerned) < 2 or each is not concerned[-1]]

    return extracted(change)


def nothing(_: Told) -> None:
    """No record."""


def still_open(concerns: Concern) -> Application:
    """Tell that what has ended goes on."""
    return each_told(concerns, lambda told: told.with_fields(end_date=None))
