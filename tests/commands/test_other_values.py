"""A system that says in hello that values are configured otherwise is failed by no scenario that rests on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Said, stating

SHORTER: Mapping[str, Any] = {
    "assignment_run_every_minutes": 5,
    "set_wait_time_minutes": 30,
    "psync_deactivation_limit_percent": 20,
    "push_load_at": "06:30",
    "billing_run_every_hours": 1,
    "billing_window_business_days": 4,
    "no_data_response_at": "07:15",
    "odest_after_business_days": 1,
    "br04_at": ["06:00", "18:00"],
}
OTHER: Mapping[str, Any] = {
    "schedule_update_lead_days": 5,
    "sum_check_threshold_percent": 5,
    "sum_check_register_range_hours": 24,
    "br01_at": ["10:00", "22:00"],
    "br05_by": "20:30",
    "br06_by": "23:00",
    "br03_within_days": 7,
    "billing_reads_processor_every_minutes": 30,
    "events_that_divide": ["framing_structure_change", "account_change"],
    "push_load_at": "23:45",
    "no_data_response_at": "00:30",
}
LONGER: Mapping[str, Any] = {
    "assignment_run_every_minutes": 30,
    "set_wait_time_minutes": 120,
    "psync_deactivation_limit_percent": 80,
    "push_load_at": "05:00",
    "billing_run_first": "07:00",
    "billing_run_every_hours": 5,
    "billing_window_business_days": 5,
    "no_data_response_at": "09:30",
    "odest_after_business_days": 3,
    "br04_at": ["13:00", "22:00"],
    "vee_services_without_sum_check": ["01", "02", "03", "04", "13", "14"],
}
NEARER: Mapping[str, Any] = {
    "retroactive_dating_limit_days": 10,
    "future_dating_limit_days": 0,
    "vee_services_without_sum_check": [],
}
RULES = (
    "USDP-12",
    "SEQ-04",
    "SEQ-08",
    "STL-06",
    "PSY-02",
    "TXS-03",
    "WIN-02",
    "WIN-03",
    "WIN-06",
    "BSV-01",
    "BSV-04",
    "BRP-06",
    "FTS-08",
    "ODE-07",
    "BRP-10",
    "BSV-03",
    "BSV-05",
    "BSV-10",
    "BRP-05",
    "BRP-07",
    "ODE-01",
    "SUM-03",
    "WIN-05",
    "WIN-08",
    "ISY-22",
)


@pytest.mark.parametrize("values", [SHORTER, LONGER, OTHER, NEARER])
def test_no_scenario_fails_a_system_whose_values_are_others(
    values: Mapping[str, Any], tmp_path: Path, said: Callable[..., Said]
) -> None:
    (tmp_path / "otherwise.py").write_text(stating(values=dict(values)))
    found = said(
        "run", "--adapter", "otherwise:create", "--select", " or ".join(RULES), "--allow-not-applicable", "--json"
    )
    verdicts = {each["id"]: each["verdict"] for each in json.loads(found.out)["scenarios"]}
    assert {each for each, verdict in verdicts.items() if verdict not in {"pass", "not applicable"}} == set()
    assert set(verdicts.values()) == {"pass", "not applicable"}
    assert found.code == 0
