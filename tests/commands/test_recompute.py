"""`make-set`, `make-intervals` and `recompute` as they are called: one after the other, and with what goes wrong."""

from __future__ import annotations

import errno
import importlib.util
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Call = Callable[..., Any]
END = date(2011, 7, 31)


@pytest.fixture
def made(said: Call, tmp_path: Path) -> Path:
    """Master data, interval data and requests of a hundred SDPs."""
    assert said("make-set", "--sdps", "100", "--kind", "p-sync", "--out", "master").code == 0
    assert said("make-intervals", "--sdps", "100", "--days", "62", "--from", "2011-06-01", "--out", "data").code == 0
    table = pq.read_table(tmp_path / "data" / "intervals-0001.parquet")
    names = sorted(each.as_py() for each in table["universal_sdp_id"].unique())
    requests = {
        "universal_sdp_id": names,
        "period_start_date": [date(2011, 6, 1)] * len(names),
        "period_end_date": [END] * len(names),
    }
    pq.write_table(pa.table(requests), tmp_path / "requests.parquet")
    return tmp_path


RECOMPUTE = ("recompute", "--intervals", "data", "--master", "master")


def test_what_was_computed_is_equal_to_itself_delivered(made: Path, said: Call) -> None:
    first = said(*RECOMPUTE, "--requests", "requests.parquet", "--files", "--out", "first")
    assert first.code == 0
    assert "100 requests (requests) for 100 SDPs known" in first.out
    assert "second model: 20 of 20 SDPs drawn agree" in first.out
    assert "\ncomputed\nresults in first" in first.out
    again = said(*RECOMPUTE, "--delivered", "first/files", "--out", "second")
    assert (again.code, "what was delivered is what was computed" in again.out) == (0, True)
    assert "100 equal" in again.out
    assert "what was delivered is what was computed" in (made / "second" / "recompute.html").read_text().lower()


def test_register_reads_tell_whether_the_sum_check_holds(made: Path, said: Call) -> None:
    again = ("--sdps", "100", "--days", "62", "--from", "2011-06-01", "--reads", "--replace", "--out", "data")
    assert said("make-intervals", *again).code == 0
    ended = said(*RECOMPUTE, "--requests", "requests.parquet", "--reads", "data", "--out", "first")
    assert ended.code == 0
    assert "sum check: 97 00, 2 left open" in ended.out
    assert "Sum check: 97 00, 2 left open." in (made / "first" / "recompute.html").read_text()


def test_a_difference_ends_with_exit_code_1(made: Path, said: Call) -> None:
    said(*RECOMPUTE, "--requests", "requests.parquet", "--files", "--out", "first")
    path = next(path for path in sorted((made / "first" / "files").iterdir()) if ".6000." in path.name)
    lines = path.read_bytes().split(b"\r\n")
    fields = lines[2].split(b"|")
    fields[-1] = b"000000000001"
    lines[2] = b"|".join(fields)
    path.write_bytes(b"\r\n".join(lines))
    found = said(*RECOMPUTE, "--delivered", "first/files", "--out", "second")
    assert (found.code, "what was delivered differs" in found.out) == (1, True)
    page = (made / "second" / "recompute.html").read_text()
    assert f"<code>{path.name}</code>, line 3" in page
    assert "1 difference, the first in the order of SDPs" in page
    of_framing = re.findall(
        r'<tr><th scope="row">(\w+)</th>', page.partition("<h3>Framing structure</h3>")[2].partition("</table>")[0]
    )
    differing = fields[7].decode()
    assert of_framing == [differing, *sorted(set(of_framing) - {differing})]  # what differs comes first
    assert of_framing != sorted(of_framing)


def test_the_same_call_gives_the_same_bytes(made: Path, said: Call) -> None:
    for out in ("first", "second"):
        said(*RECOMPUTE, "--requests", "requests.parquet", "--files", "--out", out)
    names = sorted(path.relative_to(made / "first") for path in (made / "first").rglob("*") if path.is_file())
    assert len(names) > 5
    assert [
        name for name in names if (made / "first" / name).read_bytes() != (made / "second" / name).read_bytes()
    ] == []


def test_a_finished_recomputation_is_replaced_and_nothing_else_is(made: Path, said: Call) -> None:
    call = (*RECOMPUTE, "--requests", "requests.parquet", "--out")
    assert said(*call, "first").code == said(*call, "first").code == 0
    (made / "mine").mkdir()
    (made / "mine" / "letter.txt").write_text("dear")
    refused = said(*call, "mine")
    assert (refused.code, "they would be lost" in refused.err) == (2, True)
    assert (made / "mine" / "letter.txt").read_text() == "dear"


def test_where_the_disk_is_full_it_says_so_and_goes_on_later(made: Path, said: Call) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pq.ParquetWriter, "write_table", full)
        ended = said(*RECOMPUTE, "--requests", "requests.parquet", "--out", "first")
    assert (ended.code, "cannot be written: No space left on device" in ended.err) == (3, True)
    assert "it goes on where it was" in ended.err
    assert sorted(path.name for path in (made / "first").iterdir()) == ["parts", "recompute.json"]
    assert json.loads((made / "first" / "recompute.json").read_text())["state"] == "unfinished"
    again = said(*RECOMPUTE, "--requests", "requests.parquet", "--out", "first")
    assert (again.code, "1 partition had been done by a call that was interrupted" in again.out) == (0, True)
    assert not (made / "first" / "parts").exists()


def test_bytes_that_changed_within_a_file_are_noticed(made: Path, said: Call) -> None:
    path = made / "data" / "intervals-0001.parquet"
    energy = pq.ParquetFile(path).metadata.row_group(0).column(3)
    assert energy.path_in_schema == "wh"
    content = bytearray(path.read_bytes())
    content[energy.data_page_offset + energy.total_compressed_size // 2] ^= 1
    path.write_bytes(content)
    ended = said(*RECOMPUTE, "--requests", "requests.parquet", "--out", "first")
    assert ended.code == 2
    assert "intervals-0001.parquet: cannot be read: " in ended.err
    assert "CRC" in ended.err


@pytest.mark.parametrize("table", ["data/intervals-0001.parquet", "requests.parquet"])
@pytest.mark.parametrize("left", [0, 3, 8, 0.5, 0.99])
def test_a_file_that_is_cut_short_is_named(made: Path, said: Call, table: str, left: float) -> None:
    path = made / table
    content = path.read_bytes()
    path.write_bytes(content[: left if isinstance(left, int) else int(len(content) * left)])
    ended = said(*RECOMPUTE, "--requests", "requests.parquet", "--out", "first")
    assert (ended.code, f"{table}: cannot be read: " in ended.err) == (2, True)
    assert "expected: a Parquet file, whole" in ended.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "nothing says which quantities are wanted"),
        (("--requests", "requests.parquet", "--memory", "1M"), "'1M' is no size"),
        (("--requests", "requests.parquet", "--memory", "much"), "'much' is no size"),
        (("--requests", "requests.parquet", "--column", "wh"), "'wh' names no column"),
        (("--requests", "requests.parquet", "--column", "whh=x"), "did you mean wh"),
        (("--requests", "requests.parquet", "--computing", "referenc"), "did you mean reference?"),
        (("--requests", "nowhere"), "nowhere: cannot be read"),
        (("--requests", "requests.parquet", "--master", "nowhere"), "nowhere: cannot be read"),
        (("--requests", "requests.parquet", "--delivered", "data"), "is nothing that can be read here"),
    ],
)
def test_wrong_usage_ends_with_a_message(made: Path, said: Call, arguments: tuple[str, ...], told: str) -> None:
    ended = said(*RECOMPUTE, *arguments)
    assert ended.code == 2
    assert told in ended.err


def test_a_cluster_needs_what_the_extra_brings(made: Path, said: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "distributed" else found(name, *more)
    )
    ended = said(*RECOMPUTE, "--requests", "requests.parquet", "--dask", "tcp://127.0.0.1:8786")
    assert (ended.code, "distributed is not installed" in ended.err) == (2, True)
    assert "pip install 'mdmr-conform[volume]'" in ended.err
