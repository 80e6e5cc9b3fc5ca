"""Faults of a CIS in its periodic audits: what is left out, what is not so any more, what had ended (PSY-01, PSY-04)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.bent.cis_bending import cis_beside, cis_fault
from reference_impl.bent.cis_sync_bending import PERIODIC, entries_of_sets
from reference_impl.cis import book as books
from reference_impl.cis import instructions, periodic_audit, records
from reference_impl.cis.book import ASSET, Sdp
from reference_impl.cis.records import Entry, HoldsFrom, Source


def _audited(change: Callable[[list[Sdp], Source, Day], list[Sdp]]) -> Application:
    """Change which SDPs an audit lists."""

    def make(original: Any) -> Any:
        return lambda source, day: change(original(source, day), source, day)

    return replaced(periodic_audit, "audited", make)


def _in_service(sdps: list[Sdp], _: Source, day: Day) -> list[Sdp]:
    return [sdp for sdp in sdps if books.value_on(sdp, "service_status", day) != "cut_at_pole"]


def _entries(change: Callable[[list[Entry]], list[Entry]]) -> Application:
    """Change the records of audits."""
    return entries_of_sets(lambda entries, kind: change(entries) if kind == PERIODIC else entries)


def _without(kind: str) -> Application:
    return _entries(lambda entries: [entry for entry in entries if entry.kind != kind])


def _without_last(kind: str) -> Application:
    def change(entries: list[Entry]) -> list[Entry]:
        last = [entry for entry in entries if entry.kind == kind][-1:]
        return [entry for entry in entries if entry not in last]

    return _entries(change)


def _latest_values(original: Any) -> Any:
    """Whatever is on record last is told as what is so today."""

    def value_on(sdp: Sdp, attribute: str, day: Day) -> Any:
        history = sdp.histories.get(attribute, ())
        return history[-1][1] if history and attribute == "billing_cycle_id" else original(sdp, attribute, day)

    return value_on


def as_told_last(original: Any) -> Any:
    """What was not told yet is not told by an audit either."""

    def extract(source: Source, moment: Any) -> Any:
        untold = {sdp: dict(attributes) for sdp, attributes in source.book.untold.items()}
        own = {sdp_id: dict(sdp.histories) for sdp_id, sdp in source.book.sdps.items()}
        for sdp_id, attributes in untold.items():
            sdp = source.book.sdps[sdp_id]
            for attribute, days in attributes.items() if ASSET not in attributes else ():
                kept = (entry for entry in sdp.histories.get(attribute, ()) if entry[0] not in days)
                sdp.histories[attribute] = tuple(kept)
        found = original(source, moment)
        for sdp_id, histories in own.items():
            source.book.sdps[sdp_id].histories.update(histories)
        return found

    return extract


def _of_next_month(original: Any) -> Any:
    """On the last day of a month what holds from the next day on is told."""

    def fully_populated(source: Source, sdp: Sdp, day: Day) -> Any:
        tomorrow = Day(day + timedelta(days=1))
        return original(source, sdp, tomorrow if tomorrow.day == 1 else day)

    return fully_populated


# --- what had ended (PSY-04) --------------------------------------------------------------------------------


def _since(
    begins: Callable[[str, Day], Day], concerns: Callable[[Source, Sdp], bool] = lambda _, __: True
) -> Application:
    """Tell also of states that had ended: those that held on a day or later; `begins` says from which, by attribute."""

    def make(original: Any) -> Any:
        def fully_populated(source: Source, sdp: Sdp, day: Day) -> Iterator[Entry]:
            if not concerns(source, sdp):
                yield from original(source, sdp, day)
                return
            attributes = ("components",) if sdp.is_virtual else ("meter",)
            of_parts = (next(iter(part.attributes.values())) for part in records.PARTS)
            for attribute in (ASSET, *of_parts, *attributes):
                yield from records.records_of(source, sdp, attribute, HoldsFrom(begins(attribute, day)))

        return fully_populated

    return replaced(periodic_audit, "fully_populated", make)


def _everything(_: str, day: Day) -> Day:
    return Day(day - timedelta(days=5000))


def _with_a_meter_long_gone(entries: list[Entry]) -> list[Entry]:
    """The last SDP comes with a meter besides that was replaced long ago, and that nothing else in the set describes."""
    (last,) = [entry for entry in entries if entry.kind == "sdp_to_meter"][-1:]
    fields = dict(last.fields)
    fields |= {"meter_id": "GONE", "start_date": Day(date(2009, 1, 1)), "end_date": Day(date(2010, 1, 1))}
    return [*entries, last._replace(fields=tuple(fields.items()))]


def _of(attribute: str, days: int) -> Callable[[str, Day], Day]:
    return lambda name, day: Day(day - timedelta(days=days)) if name == attribute else day


def _is_last(source: Source, sdp: Sdp) -> bool:
    return sdp.sdp_id == list(source.book.sdps)[-1]


def _all_told(original: Any) -> Any:
    """After an audit nothing is left for an I-Sync to tell, not even what had ended."""

    def audit(state: Any, desk: Any) -> None:
        original(state, desk)
        for sdp_id, days in [*desk.book.untold.items()]:
            books.mark_told(desk.book, sdp_id, {name: frozenset(each) for name, each in days.items()})

    return audit


CIS_PERIODIC_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_audit_without_last_sdp", "PSY-01", "the last SDP is left out", _audited(lambda sdps, _, __: sdps[:-1])
    ),
    cis_fault(
        "cis_audit_of_customers_alone",
        "PSY-01",
        "SDPs without a customer are left out",
        _audited(lambda sdps, _, day: [sdp for sdp in sdps if books.value_on(sdp, "account_id", day) is not None]),
    ),
    cis_fault(
        "cis_audit_of_meters_alone",
        "PSY-01",
        "SDPs without a meter are left out",
        _audited(lambda sdps, _, day: [sdp for sdp in sdps if books.value_on(sdp, "meter", day) is not None]),
    ),
    cis_fault(
        "cis_audit_of_present_sdps_alone",
        "PSY-01",
        "SDPs that are still to be created are left out",
        _audited(lambda sdps, _, day: [sdp for sdp in sdps if sdp.created is not None and sdp.created <= day]),
    ),
    cis_fault(
        "cis_audit_without_sdps_to_be_given_up",
        "PSY-01",
        "SDPs that are given up on a later day are left out",
        _audited(lambda sdps, _, __: [sdp for sdp in sdps if sdp.removed is None]),
    ),
    cis_fault(
        "cis_audit_ends_with_given_up_sdp",
        "PSY-01",
        "with an SDP that was given up all after it are left out",
        _audited(
            lambda sdps, source, day: [
                sdp
                for sdp in sdps
                if not any(
                    other.removed is not None and other.removed <= day and other.sdp_id != sdp.sdp_id
                    for other in list(source.book.sdps.values())[: list(source.book.sdps).index(sdp.sdp_id)]
                )
            ]
        ),
    ),
    cis_fault(
        "cis_audit_of_a_hundred",
        "PSY-01",
        "no more than a hundred SDPs are listed",
        _audited(lambda sdps, _, __: sdps[:100]),
    ),
    cis_fault(
        "cis_audit_of_changes_alone",
        "PSY-01",
        "SDPs of which nothing is untold are left out",
        _audited(lambda sdps, source, _: [sdp for sdp in sdps if sdp.sdp_id in source.book.untold]),
    ),
    cis_fault(
        "cis_audit_of_physical_sdps_alone",
        "PSY-01",
        "virtual SDPs are left out",
        _audited(lambda sdps, _, __: [sdp for sdp in sdps if not sdp.is_virtual]),
    ),
    cis_fault(
        "cis_audit_without_cut_services",
        "PSY-01",
        "SDPs whose service was cut at the pole are left out",
        _audited(_in_service),
    ),
    cis_fault("cis_audit_without_premises", "PSY-01", "premises are left out", _without("premise")),
    cis_fault(
        "cis_audit_without_last_billing_agent",
        "PSY-01",
        "the last SDP comes without its billing agent",
        _without_last("sdp_to_billing_agent"),
    ),
    cis_fault(
        "cis_audit_without_cca", "PSY-01", "CCA service providers are left out", _without("sdp_to_cca_service_provider")
    ),
    cis_fault(
        "cis_auditas_told_last",
        "PSY-01",
        "what was not told yet is left out of an audit",
        replaced(periodic_audit, "extract", as_told_last),
    ),
    cis_fault(
        "cis_audit_says_what_comes",
        "PSY-01",
        "a billing cycle that is still to come is told as today's",
        replaced(books, "value_on", _latest_values),
    ),
    cis_beside(
        "cis_audit_of_next_month",
        "PSY-01",
        "on the last day of a month an audit says what holds from the next day on",
        replaced(periodic_audit, "fully_populated", _of_next_month),
    ),
    cis_fault("cis_audit_with_history", "PSY-04", "an audit tells all that ever was", _since(_everything)),
    cis_fault(
        "cis_audit_with_yesterday",
        "PSY-04",
        "an audit tells of billing cycles that ended on its day",
        _since(_of("billing_cycle_id", 1)),
    ),
    cis_fault(
        "cis_audit_with_past_accounts",
        "PSY-04",
        "an audit tells of accounts that had ended",
        _since(_of("account_id", 5000)),
    ),
    cis_fault(
        "cis_audit_with_past_vee_services",
        "PSY-04",
        "an audit tells of VEE services that had ended",
        _since(_of("vee_service", 5000)),
    ),
    cis_fault(
        "cis_audit_with_past_operators",
        "PSY-04",
        "an audit tells of AMI operators that had ended",
        _since(_of("ami_operator", 5000)),
    ),
    cis_fault(
        "cis_audit_with_history_of_last_sdp",
        "PSY-04",
        "an audit tells all that ever was of the last SDP",
        _since(_everything, _is_last),
    ),
    cis_fault(
        "cis_audit_with_meter_long_gone",
        "PSY-04",
        "an audit tells of a meter that was replaced long ago, in a set that cannot be loaded with it",
        _entries(_with_a_meter_long_gone),
    ),
    cis_fault(
        "cis_nothing_left_after_audit",
        "PSY-04",
        "what an audit may not tell is taken for told by it",
        replaced(instructions, "audit", _all_told),
    ),
)
