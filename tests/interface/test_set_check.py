"""What the files of a synchronization set in a folder say against one another: each fault, and that it is told once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.audit.inspection import inspect
from tests.reference_impl.repository.sets import EXTRACT, P_SYNC, PROFILE, cycle, edited, sdp, set_files, without

GOOD = set_files(
    7, [*sdp("1001"), cycle("1001", "B", 5, 9)], elsewhere={"02.03": "PR|1001|9 Elm St|Ajax|L6L2X3|20110111|"}
)


def codes(files: Mapping[str, bytes], folder: Path) -> list[tuple[str, str]]:
    """The findings of a folder with some files: of which file and segment, and the code."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [(each.path.name[-9:-4], found.code) for each in inspect([folder], PROFILE) for found in each.findings]


def renamed(files: Mapping[str, bytes], place: str, old: str, new: str) -> dict[str, bytes]:
    """A set of which one file has another name, inside as well."""
    return {
        name.replace(old, new) if name[-9:-4] == place else name: content.replace(
            name.encode(), name.replace(old, new).encode()
        )
        if name[-9:-4] == place
        else content
        for name, content in files.items()
    }


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(GOOD, [], id="as it should be"),
        pytest.param(set_files(7, kind=P_SYNC), [], id="without records"),
        pytest.param({**GOOD, **set_files(8, sdp("1002"))}, [], id="two sets"),
        pytest.param(without(GOOD, "02.03"), [("00.01", "segment-missing")], id="a segment is missing"),
        pytest.param(without(GOOD, "00.01"), [("01.01", "manifest-missing")], id="the manifest is missing"),
        pytest.param(
            edited(without(GOOD, "03.01"), "00.01", "MF|03|01|000000000\r\n", ""),
            [("00.01", "file-unlisted")],
            id="a mandatory file is neither listed nor there",
        ),
        pytest.param(
            edited(GOOD, "00.01", "MF|02|03|000000001\r\n", ""),
            [("02.03", "not-in-manifest")],
            id="a segment that is not listed",
        ),
        pytest.param(
            edited(without(GOOD, "02.01"), "00.01", "MF|02|01|000000001\r\n", ""),
            [("00.01", "segment-01-missing")],
            id="segments that begin at 03",
        ),
        pytest.param(
            edited(GOOD, "00.01", "MF|04|01|000000002", "MF|04|01|000000003"),
            [("04.01", "record-count")],
            id="a record fewer than the manifest says",
        ),
        pytest.param(
            edited(GOOD, "04.01", "SP|1001|BILLING_CYCLE_ID|B", "XX|1001|BILLING_CYCLE_ID|B"),
            [("04.01", "record-type")],
            id="a line that is no record is told once",
        ),
        pytest.param(
            edited(GOOD, "02.03", f"FH|ORG11111|{EXTRACT}", "FH|ORG11111|20110110060001"),
            [("02.03", "extracted-date-time")],
            id="another Extracted Date Time",
        ),
        pytest.param(
            edited(GOOD, "00.01", f"FH|ORG11111|{EXTRACT}", "FH|ORG22222|20110110060000"),
            [("00.01", "header-ldc")],
            id="another LDC",
        ),
        pytest.param(
            edited(GOOD, "04.01", "20110105|20110109", "20110105|20110105"),
            [("04.01", "end-not-after-start")],
            id="an end on the start",
        ),
        pytest.param(
            renamed(GOOD, "03.01", ".tx7.", ".tx9."),
            [("00.01", "segment-missing"), ("03.01", "manifest-missing")],
            id="another TX_ID",
        ),
        pytest.param(
            {**GOOD, **renamed({n: c for n, c in GOOD.items() if "03.01" in n}, "03.01", EXTRACT, "20110110060100")},
            [("03.01", "segment-twice")],
            id="a segment twice",
        ),
    ],
)
def test_a_set_in_a_folder_gets_exactly_its_findings(
    files: Mapping[str, bytes], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert codes(files, tmp_path / "outbox") == found


def test_files_that_are_named_one_by_one_are_not_held_together(tmp_path: Path) -> None:
    for name, content in without(GOOD, "00.01").items():
        (tmp_path / name).write_bytes(content)
    assert [each.findings for each in inspect(sorted(tmp_path.iterdir()), PROFILE)] == [()] * 6


def test_each_file_of_a_set_is_a_step_of_the_way(tmp_path: Path) -> None:
    steps: list[None] = []
    for name, content in GOOD.items():
        (tmp_path / name).write_bytes(content)
    inspect([tmp_path], PROFILE, step=lambda: steps.append(None))
    assert len(steps) == len(GOOD)
