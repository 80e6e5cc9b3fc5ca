"""Incremental Synchronization: what has changed and was not told yet, by business scenario (ISY-03 to -05, -10 to -22).

The minimum data of each scenario is a record of what the scenario is about, with the day from which it holds; where it
is about a meter, also the meter, its communication module, and the relationship of the two. A new SDP comes with all
its attributes. Several scenarios stand in one set, prior, current and future states alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from harness.interface.file_sets import INCREMENTAL
from harness.interface.identifiers import SdpId
from harness.interface.instants import Day, Instant
from reference_impl.cis import book as books
from reference_impl.cis import records
from reference_impl.cis.book import Days, Sdp
from reference_impl.cis.file_sets import Extract
from reference_impl.cis.records import BeginsOrEndsOn, Entry, Source

Wanted: TypeAlias = Mapping[SdpId, Days]
"""By SDP and attribute, the days on which something begins or ends that is to be told."""


def untold(source: Source, withheld: Collection[tuple[SdpId, str]]) -> Wanted:
    """What the MDM/R has not been told of and can be: nothing of an SDP without a Universal SDP ID (USDP-15).

    :param withheld: SDPs and attributes that wait for a person's word.
    """
    found = {}
    for sdp_id, attributes in source.book.untold.items():
        free = {name: frozenset(days) for name, days in attributes.items() if (sdp_id, name) not in withheld}
        if free and can_be_synchronized(source, source.book.sdps[sdp_id]):
            found[sdp_id] = free
    return found


def can_be_synchronized(source: Source, sdp: Sdp) -> bool:
    """Whether an SDP is created and has its Universal SDP ID (USDP-20), and so have those that it aggregates."""
    return sdp.created is not None and all(sdp_id in source.ids for sdp_id in (sdp.sdp_id, *records.components(sdp)))


def extract(source: Source, wanted: Wanted, moment: Instant) -> Extract:
    """The I-Sync that tells of changes, extracted at an instant."""
    entries = [
        entry
        for sdp_id, attributes in wanted.items()
        for attribute, days in attributes.items()
        for entry in scenario_records(source, source.book.sdps[sdp_id], attribute, days)
    ]
    return Extract(INCREMENTAL, moment, records.once_each(entries), wanted)


def scenario_records(source: Source, sdp: Sdp, attribute: str, days: Collection[Day]) -> Iterator[Entry]:
    """The minimum data of a business scenario: what begins or ends of an attribute on some days (ISY-04)."""
    return records.records_of(source, sdp, attribute, BeginsOrEndsOn(days_concerned(sdp, attribute, days)))


def days_concerned(sdp: Sdp, attribute: str, days: Collection[Day]) -> frozenset[Day]:
    """The days on which records begin that tell of what begins or ends of an attribute on some days.

    Where one record tells of several attributes, one that begins later for another's sake tells of it, too.
    """
    own = [day for day, _ in sdp.histories.get(attribute, ())]
    found = set(days)
    for span in books.spans(sdp, records.told_with(attribute)):
        if max((day for day in own if day <= span.start), default=None) in days:
            found.add(span.start)
    return frozenset(found)
