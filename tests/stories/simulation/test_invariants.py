"""The reference through days of many kinds, and repositories that go wrong: each violates the rule it should."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from harness.interface.instants import Day
from harness.stories.story import PLOTS, Story, drawn
from harness.suite.catalogue import Role
from reference_impl.bent.bending import Application, replaced
from reference_impl.repository import billing_operations, billing_services, repository, segmentation
from tests.stories.simulation.conftest import Simulate

USUAL = drawn(25, 50, 0)
STATED = {"AMB-14": "standard-time", "AMB-58": "tried-again"}
"""What a system says of itself: so it is held to that, too."""


@pytest.mark.parametrize("seed", [0, 1])
def test_every_invariant_holds_of_the_reference(simulate: Simulate, seed: int) -> None:
    lived = simulate(drawn(25, 50, seed), states=STATED if seed else None)
    assert lived.ledger.violations == []
    assert len(lived.days) == 50
    assert set(lived.events) == set(PLOTS[Role.REPOSITORY].kinds)
    assert {"FTS-13", "USDP-02", "SEQ-06", "SRP-04", "BQ-05", "SEG-04", "WIN-07", "BRP-06", "TXS-05"} <= set(
        lived.ledger.checks
    )


@pytest.mark.parametrize(
    "variant",
    [
        "delivered_59_seconds_later",
        "differences_cut_into_more_records",
        "a_response_file_for_each_request",
        "blanks_for_0",
        "no_reports_without_records",
        "a_report_file_for_each_record",
        "rebilling_report_at_night",
        "no_reads_report_minutes_earlier",
        "refused_files_tried_an_hour_later",
    ],
)
def test_every_invariant_holds_of_another_way_of_being_conformant(simulate: Simulate, variant: str) -> None:
    assert simulate(drawn(12, 35, 2), fault=variant).ledger.violations == []


def _account_history_off_by_a_day(original: Any) -> Any:
    def events(accounts: Any, start: Any, end: Any) -> Any:
        later = tuple(state._replace(start=Day(state.start + timedelta(days=1))) for state in accounts)
        return original(later, start, end)

    return events


def _answered_twice(original: Any) -> Any:
    def send(repo: Any, responses: Any, **more: Any) -> None:
        responses = list(responses)
        original(repo, [*responses, *responses[:1]], **more)

    return send


def _answered_again_the_next_run(original: Any) -> Any:
    def process(requests: Any, billing: Any) -> Any:
        found = original(requests, billing)
        found.active += [response.request for response in found.responses[:1] if response.status == "delivered"]
        return found

    return process


def _by_the_clock_of_customers(original: Any) -> Any:
    return lambda *tables, prevailing_time: original(*tables, prevailing_time=not prevailing_time)


def _sent_to_all(original: Any) -> Any:
    def send(self: Any, ldc: Any, recipient: Any, file_id: Any, header: Any, details: Any) -> Any:
        records = list(details)
        if file_id == "IR03":
            for agent in sorted(self.participants.agents):
                original(self, ldc, agent, file_id, header, records)
        return original(self, ldc, recipient, file_id, header, records)

    return send


@pytest.mark.parametrize(
    ("rule", "bent"),
    [
        ("WIN-09", replaced(billing_operations, "billing_calendar", _by_the_clock_of_customers)),
        ("SEG-02", replaced(segmentation, "account_events", _account_history_off_by_a_day)),
        ("WIN-08", replaced(billing_operations, "send_responses", _answered_twice)),
        ("WIN-08", replaced(billing_services, "process", _answered_again_the_next_run)),
        ("FTS-11", replaced(repository.Repository, "send", _sent_to_all)),
    ],
    ids=[
        "daylight saving time",
        "account history off by a day",
        "answered twice",
        "answered again the next run",
        "IR03 to the agent too",
    ],
)
def test_a_repository_that_goes_wrong_violates_its_rule(simulate: Simulate, rule: str, bent: Application) -> None:
    story = drawn(8, 100, 0) if rule == "WIN-09" else USUAL
    assert rule in simulate(story, bent=bent, states=STATED).ledger.broken


@pytest.mark.parametrize(
    ("fault", "rule", "story"),
    [
        ("no_data_on_the_next_business_day", "WIN-07", drawn(40, 50, 2)),
        ("other_ldcs_deactivated", "PSY-06", drawn(10, 30, 0)),
        ("omitted_sdps_stay", "PSY-02", drawn(10, 30, 0)),
        ("quantities_to_the_first_agent", "BSV-05", drawn(10, 30, 0)),
        ("closed_request_goes_on", "WIN-08", drawn(16, 35, 0)),
        ("account_change_divides_not", "SEG-02", drawn(10, 30, 1)),
        ("hourly_quantities_shifted", "BQ-07", drawn(10, 30, 1)),
        ("central_day_begins_at_eastern_midnight", "BQ-05", drawn(40, 50, 0)),
        ("rejection_on_a_mere_hold", "SEQ-07", drawn(10, 30, 0)),
        ("no_runs_at_weekends", "WIN-02", drawn(10, 30, 1)),
        ("rollover_counted_backwards", "SUM-02", drawn(10, 30, 2)),
        ("06_without_quantities", "SUM-03", drawn(10, 30, 0)),
        ("no_read_as_processed", "SUM-04", drawn(10, 30, 2)),
        ("total_variant_left_out", "BRP-07", drawn(10, 30, 1)),
        ("noon_summary_of_eleven", "BRP-06", drawn(10, 30, 0)),
        ("no_reads_without_02", "BRP-08", drawn(10, 30, 0)),
        ("rebilling_never", "BRP-09", drawn(16, 35, 0)),
        ("reports_of_all_kinds_to_authorised_agent", "BRP-10", drawn(10, 30, 0)),
        ("closed_requests_listed_for_ever", "BRP-04", drawn(10, 30, 0)),
        ("refused_files_lost", "BRP-04", drawn(24, 40, 0)),
    ],
)
def test_a_seeded_fault_violates_its_rule(simulate: Simulate, fault: str, rule: str, story: Story) -> None:
    """In a short story in which what it gets wrong comes about."""
    lived = simulate(story, fault=fault, states=STATED)
    assert rule in lived.ledger.broken, dict(lived.ledger.broken)
