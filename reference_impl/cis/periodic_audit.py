"""Periodic Audit Synchronization: all active SDPs with all their values, and no state that had ended (PSY-01, PSY-04).

An SDP is left out only once it is no longer the LDC's: the MDM/R deactivates what a P-Sync leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.interface.file_sets import PERIODIC_AUDIT
from harness.interface.identifiers import SdpId
from harness.interface.instants import Day, Instant, day_of
from reference_impl.cis import book as books
from reference_impl.cis import incremental, records
from reference_impl.cis.book import ASSET, Sdp
from reference_impl.cis.file_sets import Extract
from reference_impl.cis.incremental import Wanted
from reference_impl.cis.records import Entry, HoldsFrom, Source


def audited(source: Source, day: Day) -> list[Sdp]:
    """The SDPs of an audit: all that are created or to be created, and active on a day or later (PSY-01)."""
    return [
        sdp
        for sdp in source.book.sdps.values()
        if books.is_active(sdp, day) and incremental.can_be_synchronized(source, sdp)
    ]


def extract(source: Source, moment: Instant) -> Extract:
    """The P-Sync of an instant, by which the MDM/R is to be current with the book (PSY-07)."""
    day = day_of(moment)
    sdps = audited(source, day)
    entries = [entry for sdp in sdps for entry in fully_populated(source, sdp, day)]
    return Extract(PERIODIC_AUDIT, moment, records.once_each(entries), told_by(source, sdps, day))


def fully_populated(source: Source, sdp: Sdp, day: Day) -> Iterator[Entry]:
    """Everything that holds of an SDP on a day or later: current and future states alone (PSY-04)."""
    attributes = ("components",) if sdp.is_virtual else ("meter",)
    of_parts = (next(iter(part.attributes.values())) for part in records.PARTS)
    for attribute in (ASSET, *of_parts, *attributes):
        yield from records.records_of(source, sdp, attribute, HoldsFrom(day))


def told_by(source: Source, sdps: list[Sdp], day: Day) -> Wanted:
    """What an audit of a day tells that was untold: what begins then or later, and what begins before and still holds.

    What had ended is told by an I-Sync.
    """
    told: dict[SdpId, dict[str, frozenset[Day]]] = {}
    for sdp in sdps:
        for attribute, days in source.book.untold.get(sdp.sdp_id, {}).items():
            covered = frozenset(each for each in days if is_told(sdp, attribute, each, day))
            if covered:
                told.setdefault(sdp.sdp_id, {})[attribute] = covered
    return told


def is_told(sdp: Sdp, attribute: str, begins: Day, day: Day) -> bool:
    """Whether an audit of a day tells of what begins, or ends, on another.

    What ended by then has no record; the current state that follows it says so, but not of components that left.
    """
    if attribute == ASSET or begins > day:
        return True
    spans = books.spans(sdp, records.told_with(attribute))
    current = [span for span in spans if span.start == begins and (span.end is None or span.end > day)]
    if attribute != "components" or not current:
        return bool(current)
    before = [span for span in spans if span.end == begins]
    return all(set(records.components_in(span)) <= set(records.components_in(current[0])) for span in before)
