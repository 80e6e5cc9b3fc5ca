"""The records of file sets: what stands in which file, and what the book says in them (SYN-11, SYN-12, SYN-13).

A record of an SDP says that values hold from a day until another. So it does of one that has ended: with the day on
which it began, and the day after its last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from harness.interface.files import Value as FieldValue
from harness.interface.identifiers import SdpId, UniversalSdpId
from harness.interface.instants import Day
from harness.interface.profile import Profile
from reference_impl.cis import book as books
from reference_impl.cis.book import ASSET, Book, Meter, Sdp, Span

Ids: TypeAlias = Mapping[SdpId, UniversalSdpId]
CHANNEL, FORMULA = 1, "SUM"
"""A virtual SDP adds up the first channels of its components."""


@dataclass(frozen=True, slots=True)
class BeginsOrEndsOn:
    """Of what is on record, that which begins on one of some days, or ends on one and is followed by nothing.

    Where nothing follows from one of the days, everything that ends on any of them is told: what was told without an
    end before would else go on where the new value ends.
    """

    days: Collection[Day]

    def takes(self, start: Day, end: Day | None, gaps: Collection[Day]) -> bool:
        """Whether what holds from a day until another is told. `gaps`: when something ends that nothing follows."""
        return start in self.days or (end in self.days and any(day in gaps for day in self.days))


@dataclass(frozen=True, slots=True)
class HoldsFrom:
    """Of what is on record, that which holds on a day or later: current and future states."""

    day: Day

    def takes(self, start: Day, end: Day | None, gaps: Collection[Day]) -> bool:  # noqa: ARG002 (as above)
        return end is None or end > self.day


Choice: TypeAlias = BeginsOrEndsOn | HoldsFrom
"""What of the book is told."""


class Entry(NamedTuple):
    """A record, and the file in which it stands."""

    file_no: str
    kind: str
    fields: tuple[tuple[str, FieldValue], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of record that says something of an SDP: its fields, and the attributes that they are filled with.

    :param parameter: the word for the parameter, where it is a record of one.
    """

    file_no: str
    kind: str
    attributes: Mapping[str, str]
    parameter: str | None = None


def _parameter(word: str) -> Part:
    return Part("04", "sdp_parameter", {"value": word}, word)


def _organisation(kind: str, attribute: str) -> Part:
    return Part("05", kind, {"organisation_id": attribute})


PARTS: tuple[Part, ...] = (
    Part("02", "premise", {field: field for field in books.PREMISE}),
    Part("03", "service_agreement", {field: field for field in ("framing_structure", "commodity_type")}),
    _parameter("billing_cycle_id"),
    _parameter("vee_service"),
    _parameter("ct_pt_multiplier"),
    _parameter("service_status"),
    Part("05", "sdp_to_account", {"account_id": "account_id"}),
    _organisation("sdp_to_billing_agent", "billing_agent"),
    _organisation("sdp_to_ami_operator", "ami_operator"),
    _organisation("sdp_to_energy_service_provider", "energy_service_provider"),
    _organisation("sdp_to_cca_service_provider", "cca_service_provider"),
)
"""All that is said of an SDP by one record each; meters and components take several."""
PART_OF: Mapping[str, Part] = {attribute: part for part in PARTS for attribute in part.attributes.values()}
"""The kind of record that tells of an attribute."""


def told_with(attribute: str) -> tuple[str, ...]:
    """The attributes that the same record tells of."""
    return tuple(PART_OF[attribute].attributes.values()) if attribute in PART_OF else (attribute,)


@dataclass(frozen=True, slots=True)
class Source:
    """What records are written from."""

    book: Book
    ids: Ids
    profile: Profile


def records_of(source: Source, sdp: Sdp, attribute: str, choice: Choice) -> Iterator[Entry]:
    """The records that tell of an attribute of an SDP, as far as they are wanted."""
    if attribute == ASSET:
        yield sdp_asset(source, sdp)
    elif attribute == "meter":
        yield from meter_records(source, sdp, choice)
    elif attribute == "components":
        yield from component_records(source, sdp, choice)
    else:
        yield from part_records(source, sdp, PART_OF[attribute], choice)


def sdp_asset(source: Source, sdp: Sdp) -> Entry:
    """The asset record of an SDP."""
    kind = source.profile.codes["sdp_type"]["virtual" if sdp.is_virtual else "physical"]
    return _entry("01", "sdp", universal_sdp_id=source.ids[sdp.sdp_id], sdp_id=sdp.sdp_id, sdp_type=kind)


def part_records(source: Source, sdp: Sdp, part: Part, choice: Choice) -> Iterator[Entry]:
    """The records of a kind that say one thing each of an SDP."""
    for span in chosen(books.spans(sdp, tuple(part.attributes.values())), choice):
        yield _entry(part.file_no, part.kind, **_about(source, sdp, span), **part_fields(source, part, span))


def chosen(spans: Sequence[Span], choice: Choice) -> list[Span]:
    """Of the spans of one thing those that are told."""
    gaps = {span.end for span in spans if span.end is not None} - {span.start for span in spans}
    return [span for span in spans if choice.takes(span.start, span.end, gaps)]


def part_fields(source: Source, part: Part, span: Span) -> dict[str, FieldValue]:
    """What a record says, with the profile's codes for words."""
    codes = source.profile.codes
    named = {} if part.parameter is None else {"parameter": codes["sdp_parameter"][part.parameter]}
    values = zip(part.attributes.items(), span.values, strict=True)
    return {**named, **{field: coded(attribute, value, codes) for (field, attribute), value in values}}


def coded(attribute: str, value: books.Value | None, codes: Mapping[str, Mapping[str, str]]) -> str | None:
    """A value as it stands in a record."""
    if value is None:
        return None
    return codes[attribute][str(value)] if attribute in books.CODED else str(value)


def meter_records(source: Source, sdp: Sdp, choice: Choice) -> Iterator[Entry]:
    """The records of an SDP's meters: assets, parameters, and relationships of meter and module, SDP and meter.

    So it is for a meter that is added, changed or removed: the communication module always comes along (ISY-10, -11).
    """
    for span in chosen(books.spans(sdp, ("meter",)), choice):
        (meter,) = span.values
        if isinstance(meter, Meter):
            yield from meter_itself(source, meter.meter_id, span.start)
            yield _entry("05", "sdp_to_meter", **_about(source, sdp, span), meter_id=meter.meter_id)


def meter_itself(source: Source, meter_id: str, since: Day) -> Iterator[Entry]:
    """The records of a meter, whichever SDP has it: its asset, its module and parameters on a day and later."""
    digits = source.profile.codes["meter_parameter"]["register_digits"]
    yield _entry("01", "meter", meter_id=meter_id)
    for start, end, meter in books.of_meter(source.book, meter_id):
        if end is None or end > since:
            dated: dict[str, FieldValue] = {"meter_id": meter_id, "start_date": start, "end_date": end}
            module = meter.communication_module_id
            yield _entry("01", "communication_module", communication_module_id=module)
            yield _entry("04", "meter_parameter", **dated, parameter=digits, value=str(meter.register_digits))
            yield _entry("05", "meter_to_communication_module", **dated, communication_module_id=module)


def component_records(source: Source, sdp: Sdp, choice: Choice) -> Iterator[Entry]:
    """Which SDPs a virtual one aggregates, and by which formula (SYN-13).

    A component that stays while others come or go begins anew with them; one that goes ends.
    """
    spans = books.spans(sdp, ("components",))
    for component in components(sdp):
        for span in chosen([span for span in spans if component in components_in(span)], choice):
            other: dict[str, FieldValue] = {
                "channel": CHANNEL,
                "component_universal_sdp_id": source.ids[component],
                "component_channel": CHANNEL,
            }
            yield _entry("07", "channel_to_channel", **_about(source, sdp, span), **other)
    for span in chosen(spans, choice):
        yield _entry("07", "channel_to_formula", **_about(source, sdp, span), channel=CHANNEL, formula=FORMULA)


def components(sdp: Sdp) -> list[SdpId]:
    """The SDPs that a virtual one ever aggregates."""
    found = (SdpId(each) for span in books.spans(sdp, ("components",)) for each in components_in(span))
    return list(dict.fromkeys(found))


def components_in(span: Span) -> tuple[str, ...]:
    """The components that a span of a virtual SDP names."""
    (named,) = span.values
    return named if isinstance(named, tuple) and not isinstance(named, Meter) else ()


def once_each(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Records in their order, none of them twice."""
    return tuple(dict.fromkeys(entries))


def _about(source: Source, sdp: Sdp, span: Span) -> dict[str, FieldValue]:
    return {"universal_sdp_id": source.ids[sdp.sdp_id], "start_date": span.start, "end_date": span.end}


def _entry(file_no: str, kind: str, **fields: FieldValue) -> Entry:
    return Entry(file_no, kind, tuple(fields.items()))
