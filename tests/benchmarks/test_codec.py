"""What reading costs: names a second, and records read into typed records with findings, against ``csv``.

``csv`` splits the same bytes into lists of texts and checks nothing; the aim is to stay within 12 times its time. Both
are measured in one run, and the ratio stands in `extra_info` and is printed.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from harness.interface.files import read_blocks, read_file, write_file
from harness.interface.instants import EST, Instant
from harness.interface.names import read_name
from harness.interface.profile import Profile, load_profile

RECORDS = 20_000
ROUNDS = 7
START = Instant(datetime(2011, 1, 10, 8, tzinfo=EST))
NAMES = [
    f"ORG{ldc:05}.ORG{ldc + submitter:05}.{kind}.20110110{hour:02}{minute:02}00{part}.DAT"
    for ldc in range(11111, 11116)
    for submitter in range(3)
    for kind, part in (("1000.00", ""), ("2000.01", ""), ("IR01.00", ""), ("4000.00", ".abcdef.01.01"))
    for hour in range(6)
    for minute in range(0, 60, 6)
]


def request(number: int) -> tuple[str, dict[str, Any]]:
    return "assignment_request", {"ldc_org_id": "ORG11111", "sdp_id": f"SDP{number:08}"}


def response(number: int) -> tuple[str, dict[str, Any]]:
    identifier = str(10**9 + number * 7919)
    fields = {"sdp_id": f"SDP{number:08}", "universal_sdp_id": identifier, "status": "00", "message": "issued"}
    return "assignment_response", {"ldc_org_id": "ORG11111", **fields}


def summary(number: int) -> tuple[str, dict[str, Any]]:
    counts = {"requested": number + 2, "issued": number, "already_issued": 1, "invalid_organisation": 1}
    moment = Instant(START + timedelta(minutes=15 * (number % 96)))
    name = f"ORG11111.ORG22222.1000.00.20110110{number % 24:02}0000.DAT"
    fields = {"request_file_name": name, "processed_date_time": moment, "incomplete_data": 0}
    return "assignment_summary", {**fields, **counts}


FILES: dict[str, Callable[[int], tuple[str, dict[str, Any]]]] = {
    "1000.00": request,
    "2000.01": response,
    "IR01.00": summary,
}


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(params=sorted(FILES))
def file(request: pytest.FixtureRequest, profile: Profile) -> tuple[str, bytes]:
    """A file's name and content, with no findings."""
    text = f"ORG11111.ORG22222.{request.param}.20110110080000.DAT"
    name, _ = read_name(text, profile)
    assert name is not None
    header = {"ldc_org_id": "ORG11111", "created_date_time": START}
    if request.param == "2000.01":
        header["request_file_name"] = "ORG11111.ORG22222.1000.00.20110110074500.DAT"
    details = map(FILES[request.param], range(RECORDS))
    return text, write_file(profile, name, header, details)


def with_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("ascii"), newline=""), delimiter="|"))


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def test_names_read_per_second(benchmark: Any, profile: Profile) -> None:
    found = benchmark.pedantic(
        lambda: [read_name(name, profile) for name in NAMES], rounds=ROUNDS, iterations=5, warmup_rounds=1
    )
    assert not any(findings for _, findings in found)
    each = benchmark.stats.stats.min / len(NAMES)
    benchmark.extra_info["names per second"] = round(1 / each)
    print(f"\nnames: {1 / each:,.0f} a second")  # noqa: T201 (a benchmark says what it measured)


def test_records_read_into_typed_records_against_csv(benchmark: Any, file: tuple[str, bytes], profile: Profile) -> None:
    name, content = file
    reading = benchmark.pedantic(read_file, args=(name, content, profile), rounds=ROUNDS, warmup_rounds=1)
    assert reading.findings == ()
    assert len(reading.file.details) == RECORDS
    assert len(with_csv(content)) >= RECORDS + 2
    tell(benchmark, "typed records", name, fastest(lambda: with_csv(content)))


def test_findings_alone_against_csv(benchmark: Any, file: tuple[str, bytes], profile: Profile) -> None:
    name, content = file
    found = benchmark.pedantic(lambda: read_blocks(name, [content], profile), rounds=ROUNDS, warmup_rounds=1)
    assert found.details == RECORDS
    tell(benchmark, "findings alone", name, fastest(lambda: with_csv(content)))


def test_a_finding_on_every_record_against_csv(benchmark: Any, file: tuple[str, bytes], profile: Profile) -> None:
    name, content = file
    spoiled = content.replace(b"ORG11111|S", b"ORG11111 |S").replace(b".DAT|2011", b".DAT |2011")
    found = benchmark.pedantic(lambda: read_file(name, spoiled, profile), rounds=ROUNDS, warmup_rounds=1)
    assert found.findings[-1].code == "more-findings"
    tell(benchmark, "a finding on each", name, fastest(lambda: with_csv(spoiled)))


def tell(benchmark: Any, what: str, name: str, csv_seconds: float) -> None:
    """Put the ratio into `extra_info`, and print it."""
    seconds = benchmark.stats.stats.min
    ratio = seconds / csv_seconds
    benchmark.extra_info["records per second"] = round(RECORDS / seconds)
    benchmark.extra_info["times csv"] = round(ratio, 2)
    kind = ".".join(name.split(".")[2:4])
    print(f"\n{kind}, {what}: {RECORDS / seconds:,.0f} records a second, {ratio:.1f} times csv")  # noqa: T201
