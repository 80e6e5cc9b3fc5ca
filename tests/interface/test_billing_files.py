"""What ``mdmr-conform inspect`` finds between the records of a billing file. Days and findings are worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.audit.inspection import inspect
from harness.interface.billing_files import quantity
from harness.interface.files import Record
from harness.interface.profile import Profile

REQUEST = "ORG11111.ORG22222.5000.00.20100601120000.DAT"
SCHEDULE = "ORG11111.ORG22222.8000.00.20100601120000.DAT"
ENERGY = "ORG11111.ORG22222.6000.01.20100601120000.DAT"
HOURLY = "ORG11111.ORG22222.6100.01.20100601120000.DAT"
HEADER = "FH|ORG11111|20100601120000"


def found(folder: Path, profile: Profile, name: str, *records: str) -> list[tuple[int | None, str, str | None]]:
    """Line, code and field of all findings in a file of the records, of which the first stands in line 3."""
    end = [f"EF|{len(records)}"] if name in (ENERGY, HOURLY) else []
    path = folder / name
    path.write_bytes("".join(f"{line}\r\n" for line in (f"FN|{name}", HEADER, *records, *end)).encode("ascii"))
    (inspected,) = inspect([path], profile)
    return [(each.line, each.code, each.field) for each in inspected.findings]


def energy(period: str, part: str, request: str = "R1") -> str:
    return f"DT|{request}|10000003|{period}|{part}|E01|00|{1:0>12}|{2:0>12}|{3:0>12}|{0:0>12}|{6:0>12}"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(["DT|R1|10000003|Y|20100501|20100601|"], [(3, "field-code", "cycle")], id="no cycle"),
        pytest.param(
            ["DT|R1|10000003|F|20100401|20100501|", "DT|R2|10000003|F|20100501|20100601|"], [], id="end is exclusive"
        ),
        pytest.param(
            ["DT|R1|10000003|F|20100401|20100502|", "DT|R2|10000003|F|20100501|20100601|"],
            [(4, "period-overlap", None)],
            id="one day twice",
        ),
        pytest.param(
            ["DT|R1|10000003|F|20100401|20100502|", "DT|R2|10000011|F|20100501|20100601|"], [], id="of two SDPs"
        ),
        pytest.param(
            [
                "DT|R1|10000003|F|20100101|20100601|",
                "DT|R2|10000003|F|20100201|20100301|",
                "DT|R3|10000003|F|20100401|20100501|",
            ],
            [(4, "period-overlap", None), (5, "period-overlap", None)],
            id="two within one",
        ),
        pytest.param(
            ["DT|R1|10000003|F|20100401|20100501|", "DT|R2|10000003|F|20100401|20100501|"],
            [(4, "period-overlap", None)],
            id="the same period twice",
        ),
        pytest.param(
            ["DT|R1|10000003|F|20100501|20100501|"], [(3, "period-end", "period_end_date")], id="ends on its first day"
        ),
        pytest.param(
            ["DT|R1|10000003|F|20100501|20100430|"], [(3, "period-end", "period_end_date")], id="ends before it begins"
        ),
        pytest.param(
            ["DT|R1|10000003|F|20100401|20100501|", "DT|R1|10000011|F|20100401|20100501|"],
            [(4, "request-id-twice", "request_detail_id")],
            id="one ID for two requests",
        ),
        pytest.param(["DT|R1|10000003|F|20100501|20100931|"], [(3, "field-value", "period_end_date")], id="no day"),
    ],
)
def test_a_request_file(
    tmp_path: Path, profile: Profile, records: list[str], expected: list[tuple[int, str, str]]
) -> None:
    assert found(tmp_path, profile, REQUEST, *records) == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(["DT|C1|20100201|20100301", "DT|C1|20100101|20100201"], [], id="whole, in no order"),
        pytest.param(
            ["DT|C1|20100101|20100201", "DT|C1|20100202|20100301"], [(4, "schedule-gap", None)], id="a day in neither"
        ),
        pytest.param(
            ["DT|C1|20100101|20100201", "DT|C1|20100131|20100301"], [(4, "period-overlap", None)], id="a day in both"
        ),
        pytest.param(["DT|C1|20100101|20100201", "DT|C2|20100202|20100301"], [], id="of two cycles"),
    ],
)
def test_a_schedule(tmp_path: Path, profile: Profile, records: list[str], expected: list[tuple[int, str, str]]) -> None:
    assert found(tmp_path, profile, SCHEDULE, *records) == expected


def test_the_sub_periods_of_a_response_may_meet_but_not_overlap(tmp_path: Path, profile: Profile) -> None:
    period = "20100501|20100601"
    first, second = energy(period, "20100501|20100515"), energy(period, "20100515|20100601")
    assert found(tmp_path, profile, ENERGY, first, second) == []
    overlapping = energy(period, "20100514|20100601")
    assert found(tmp_path, profile, ENERGY, first, overlapping) == [(4, "period-overlap", None)]
    assert found(tmp_path, profile, ENERGY, first, energy(period, "20100514|20100601", request="R2")) == []


def test_a_sub_period_is_within_its_period(tmp_path: Path, profile: Profile) -> None:
    outside = energy("20100501|20100601", "20100501|20100602")
    assert found(tmp_path, profile, ENERGY, outside) == [(3, "sub-period-outside", None)]
    empty = energy("20100501|20100601", "20100515|20100515")
    assert found(tmp_path, profile, ENERGY, empty) == [(3, "period-end", "sub_period_end_date")]


def test_a_sub_period_by_hours_has_a_record_for_each_day(tmp_path: Path, profile: Profile) -> None:
    hours = "|".join(["000000000001"] * 24)
    days = [f"DT|R1|10000003|20100501|20100503|20100501|20100503|E03|00|{day}|{hours}" for day in (20100501, 20100502)]
    assert found(tmp_path, profile, HOURLY, *days) == []


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        pytest.param((5, 12), (5, 12), id="stated"),
        pytest.param((5, 0), (5, 0), id="stated as 0"),
        pytest.param((0, None), (0, 0), id="blank beside another"),
        pytest.param((None, None), (None, None), id="no quantities"),
        pytest.param((None, 3), (0, 3), id="the other is blank"),
    ],
)
def test_a_blank_bucket_is_0_beside_others(
    profile: Profile, stated: tuple[int | None, int | None], meant: tuple[int | None, int | None]
) -> None:
    layout = next(record for record in profile.files["6000.01"].records if record.role == "detail")
    values = dict(zip(("on_peak_wh", "critical_peak_wh"), stated, strict=True))
    record = Record(layout, tuple(values.get(field.name) for field in layout.fields), 3)
    assert (quantity(record, "on_peak_wh"), quantity(record, "critical_peak_wh")) == meant
    assert quantity(record, "peak_w") is None


def test_a_blank_total_is_the_sum_of_the_buckets(profile: Profile) -> None:
    layout = next(record for record in profile.files["6000.01"].records if record.role == "detail")
    values = {"on_peak_wh": 5, "off_peak_wh": 7}
    record = Record(layout, tuple(values.get(field.name) for field in layout.fields), 3)
    assert quantity(record, "total_wh") == 12
    assert quantity(Record(layout, (None,) * len(layout.fields), 3), "total_wh") is None
