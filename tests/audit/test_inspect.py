"""``mdmr-conform inspect``: what it prints, its exit codes, and that no path makes it hang."""

from __future__ import annotations

import importlib.resources
import json
import os
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from harness.audit import inspection
from harness.cli import run
from harness.errors import InputError
from harness.interface.profile import Profile

CORPUS = Path(str(importlib.resources.files("corpus")))
SCHEMA = json.loads((importlib.resources.files("harness.audit") / "inspection.schema.json").read_text(encoding="utf-8"))
NAME = "ORG11111.ORG22222.1000.00.200906082210.DAT"
GOOD = f"FN|{NAME}\r\nFH|ORG11111|20090608221000\r\nDT|ORG11111|SDP-0001\r\n"
BAD = GOOD + "DT|ORG11111|\r\n\r\n"
ENTRIES = [
    {**entry, "area": area}
    for area in ("files", "nasty")
    for entry in tomllib.loads((CORPUS / area / "index.toml").read_text(encoding="utf-8"))["file"]
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is also the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def good(here: Path) -> str:
    (here / NAME).write_text(GOOD, encoding="ascii", newline="")
    return NAME


@pytest.fixture
def bad(here: Path) -> str:
    (here / "bad").mkdir()
    (here / "bad" / NAME).write_text(BAD, encoding="ascii", newline="")
    return f"bad/{NAME}"


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    run(["inspect", "--json", *arguments])
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


# --- For people ------------------------------------------------------------------------------------------


def test_a_good_file_is_said_to_be_good(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", good]) == 0
    assert capsys.readouterr().out.splitlines() == [
        NAME,
        "  1000.00 Universal SDP ID Assignment Request; ORG11111, ORG22222; 3 lines, 1 detail record",
        "  nothing found",
        "",
        "1 file: nothing found",
        "Read by profile workshop-2010 (assumed layouts).",
    ]


def test_findings_are_listed_each_with_its_place_and_what_was_expected(
    bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["inspect", bad]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"bad/{NAME}",
        "  1000.00 Universal SDP ID Assignment Request; ORG11111, ORG22222; 5 lines, 2 detail records",
        "  line 4, sdp_id: ERROR field-missing",
        "      found     ''",
        "      expected  1 to 50 characters without blanks around them",
        "  line 5: WARNING blank-line",
        "      found     ''",
        "      expected  a record",
        "",
        "1 file, 1 with findings: 1 error, 1 warning (1 blank-line, 1 field-missing)",
        "Read by profile workshop-2010 (assumed layouts).",
    ]


def test_one_bad_file_among_good_ones_is_counted(good: str, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", good, bad]) == 1
    assert "2 files, 1 with findings: 1 error, 1 warning" in capsys.readouterr().out


def test_a_file_that_is_named_otherwise_is_not_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "letter.txt").write_text("Dear Sirs", encoding="ascii")
    assert run(["inspect", "letter.txt"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "  not named as an interface file; 9 bytes, not read"
    assert lines[2].startswith("  name: ERROR name-ending")


def test_a_synchronization_file_is_told_by_its_place_in_the_set(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "ORG11111.ORG22222.4000.00.20090608221000.abcdef.05.03.DAT"
    (here / name).write_bytes(b"")
    run(["inspect", name])
    assert "4000.00 Incremental Synchronization, file 05 segment 03;" in capsys.readouterr().out


def test_a_name_that_would_do_something_to_the_terminal_is_escaped(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "a\x1b[2Jb\n").write_bytes(b"")
    assert run(["inspect", "a\x1b[2Jb\n"]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert r"'a\x1b[2Jb\n'" in out


def test_a_name_in_no_encoding_is_shown_escaped(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"Montr\xe9al.DAT")
    (here / name).write_bytes(b"")
    assert run(["inspect", name]) == 1
    assert "Montr" in capsys.readouterr().out
    assert as_json(capsys, name)["files"][0]["findings"][0]["code"] == "name-characters"


# --- For programs ----------------------------------------------------------------------------------------


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['area']}/{entry['path']}")
def test_a_file_of_the_corpus_is_found_in_json_as_the_schema_says(
    entry: dict[str, Any], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / entry["name"]).write_bytes((CORPUS / entry["area"] / entry["path"]).read_bytes())
    document = as_json(capsys, entry["name"])
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    found = [(each["code"], each["line"], each["field"]) for each in document["files"][0]["findings"]]
    assert found == [(each["code"], each.get("line"), each.get("field")) for each in entry["findings"]]


def test_a_finding_in_json_says_all_there_is_to_say(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, bad)["files"][0]["findings"][0] == {
        "file": NAME,
        "line": 4,
        "field": "sdp_id",
        "code": "field-missing",
        "severity": "ERROR",
        "found": "''",
        "expected": "1 to 50 characters without blanks around them",
    }


def test_a_name_in_json_is_taken_apart(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, good)["files"][0]["name"] == {
        "org_1": "ORG11111",
        "org_2": "ORG22222",
        "file_id": "1000",
        "version": "00",
        "title": "Universal SDP ID Assignment Request",
        "created": "200906082210",
        "tx_id": None,
        "file_no": None,
        "segment_no": None,
    }


def test_the_summary_in_json_counts(good: str, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, good, bad)["summary"] == {
        "files": 2,
        "files_with_findings": 1,
        "errors": 1,
        "warnings": 1,
        "by_code": {"blank-line": 1, "field-missing": 1},
    }


def test_json_is_the_same_every_time(good: str, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, good, bad) == as_json(capsys, good, bad)


@pytest.mark.parametrize(("file", "code"), [("good", 0), ("bad", 1)])
def test_the_exit_code_is_that_of_the_findings_in_json_too(file: str, code: int, good: str, bad: str) -> None:
    assert run(["inspect", "--json", good if file == "good" else bad]) == code


# --- Which SDPs there are --------------------------------------------------------------------------------

TOGETHER = CORPUS / "together"
REQUEST = "ORG11111.ORG22222.5000.00.20100601120000.DAT"
RESPONSE = "ORG11111.ORG22222.2000.01.20100601110000.DAT"


@pytest.fixture
def billing(here: Path) -> None:
    """The files of the corpus that are inspected together."""
    for path in TOGETHER.iterdir():
        (here / path.name).write_bytes(path.read_bytes())


@pytest.mark.usefixtures("billing")
def test_against_how_many_sdps_a_billing_file_was_held_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    run(["inspect", REQUEST])
    assert "No SDP is called unknown: nothing here tells which there are" in capsys.readouterr().out
    run(["inspect", REQUEST, RESPONSE])
    assert "SDPs of billing files were held against 1 known SDP." in capsys.readouterr().out
    run(["inspect", RESPONSE])
    assert "SDP is called unknown" not in capsys.readouterr().out


@pytest.mark.usefixtures("billing")
def test_json_says_how_many_sdps_are_known_and_which_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, REQUEST)["known_sdps"] is None
    document = as_json(capsys, REQUEST, RESPONSE, "--sdps", "sdps.txt")
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert document["known_sdps"] == 3
    assert document["files"][0]["findings"][0] == {
        "file": REQUEST,
        "line": 7,
        "field": "universal_sdp_id",
        "code": "sdp-unknown",
        "severity": "WARNING",
        "found": "'10000037'",
        "expected": "one of the SDPs known here (3)",
    }


@pytest.mark.usefixtures("billing")
@pytest.mark.parametrize("content", [b"10000003\r\n10000011", b"\xef\xbb\xbf10000003\n\n 10000011 \n"])
def test_a_list_of_sdps_reads_whatever_its_line_ends(
    content: bytes, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "sdps.txt").write_bytes(content)
    document = as_json(capsys, REQUEST, "--sdps", "sdps.txt")
    assert document["known_sdps"] == 2
    assert document["summary"]["by_code"]["sdp-unknown"] == 2  # 10000029, although it is named twice, and 10000037


@pytest.mark.usefixtures("billing")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"10000003\n1000 0011\n", "sdps.txt:2: is no Universal SDP ID: '1000 0011'"),
        (b"10000003,10000011\n", "sdps.txt:1: is no Universal SDP ID: '10000003,10000011'"),
        (b"\xff\n", "sdps.txt:1: is no Universal SDP ID"),
        (b"\n\n", "sdps.txt: lists no SDP"),
        (None, "sdps.txt: cannot be read: No such file or directory"),
    ],
)
def test_a_list_of_sdps_that_is_none_is_refused(
    content: bytes | None, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "sdps.txt").unlink()
    if content is not None:
        (here / "sdps.txt").write_bytes(content)
    assert said in refused(capsys, REQUEST, "--sdps", "sdps.txt")


# --- Several paths ---------------------------------------------------------------------------------------


def test_a_path_given_twice_is_inspected_once(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = as_json(capsys, good, f"./{good}")
    assert [file["path"] for file in document["files"]] == [NAME]


def test_two_files_of_one_name_are_told_apart_by_their_paths(
    good: str, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = as_json(capsys, bad, good)
    assert [file["path"] for file in document["files"]] == [f"bad/{NAME}", NAME]
    assert {file["file"] for file in document["files"]} == {NAME}


def test_a_link_is_read_under_its_own_name(here: Path, good: str, capsys: pytest.CaptureFixture[str]) -> None:
    other = NAME.replace("2210", "2211")
    (here / other).symlink_to(good)
    (finding,) = as_json(capsys, other)["files"][0]["findings"]
    assert (finding["code"], finding["found"]) == ("file-name-record", f"'{NAME}'")


# --- Wrong usage -----------------------------------------------------------------------------------------


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said when it is refused, in which there is nothing on stdout."""
    assert run(["inspect", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


def test_a_file_that_there_is_not_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing.DAT: cannot be read: No such file or directory" in refused(capsys, "nothing.DAT")


def test_nothing_is_printed_of_the_files_before_one_that_there_is_not(
    good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing.DAT" in refused(capsys, good, "nothing.DAT")


def test_no_file_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "FILE" in refused(capsys)


def test_an_empty_folder_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "empty").mkdir()
    assert "empty: holds no files" in refused(capsys, "empty")


def test_a_folder_stands_for_the_files_in_it(bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "bad") == as_json(capsys, bad)


def test_hidden_files_and_folders_in_a_folder_are_passed_over(
    here: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "bad" / ".unfinished").write_bytes(b"")
    (here / "bad" / "more").mkdir()
    assert [file["path"] for file in as_json(capsys, "bad")["files"]] == [bad]


def test_a_pipe_is_refused_rather_than_waited_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.DAT")
    assert "pipe.DAT: cannot be read: it is no regular file" in refused(capsys, "pipe.DAT")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/stdin"])
def test_a_device_is_refused(device: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert device in refused(capsys, device)


@pytest.mark.parametrize("path", ["", "x" * 5000, "a/" * 3000], ids=["empty", "long name", "long path"])
def test_a_path_that_can_be_none_is_refused(path: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "expected" in refused(capsys, path)


def test_a_link_to_itself_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "loop.DAT").symlink_to("loop.DAT")
    assert "loop.DAT: cannot be read" in refused(capsys, "loop.DAT")


def test_a_file_that_may_not_be_read_is_refused(
    good: str, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    def forbidden(*_: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert f"{NAME}: cannot be read: Permission denied" in refused(capsys, good)


def test_a_file_that_fails_while_it_is_read_is_an_error_of_input(
    good: str, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", failing)
    with pytest.raises(InputError, match="Input/output error"):
        list(inspection.inspect([Path(good)], profile))


def test_a_file_that_turns_into_a_pipe_is_noticed(
    here: Path, good: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo("pipe")
    as_file = Path(good).stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: as_file)
    assert "pipe: cannot be read: it is no regular file" in refused(capsys, "pipe")


def test_a_file_too_large_is_refused(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.truncate(good, inspection.SIZE_LIMIT + 1)
    assert f"has {inspection.SIZE_LIMIT + 1} bytes" in refused(capsys, good)


def test_a_file_that_grows_beyond_measure_is_an_error_of_input(
    good: str, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "SIZE_LIMIT", len(GOOD))
    monkeypatch.setattr(os, "read", lambda *_: b"x" * 8)
    with pytest.raises(InputError, match="grows while it is read"):
        list(inspection.inspect([Path(good)], profile))


@pytest.mark.parametrize(
    ("text", "said"), [(None, "cannot be read"), ("x = ", "is not TOML"), ("x = 1", "unknown key|has no key")]
)
def test_a_profile_that_does_not_read_is_refused(
    text: str | None, said: str, here: Path, good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (here / "other.toml").write_text(text, encoding="ascii")
    err = refused(capsys, good, "--profile", "other.toml")
    assert "other.toml" in err
    assert any(word in err for word in said.split("|"))


def test_another_profile_reads_otherwise(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = importlib.resources.files("harness.interface") / "profiles" / "workshop-2010.toml"
    text = shipped.read_text(encoding="utf-8")
    text = text.replace('[readings.AMB-02]\ntaken = "either"', '[readings.AMB-02]\ntaken = "refuse-13-digits"')
    (here / "other.toml").write_text(text, encoding="utf-8")
    name = NAME.replace("2210.", "22100.")
    (here / name).write_text(GOOD.replace(NAME, name), encoding="ascii", newline="")
    assert run(["inspect", name]) == 0
    assert run(["inspect", name, "--profile", "other.toml"]) == 1


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a good file set, made by the command."""
    assert run(["make-set", "--sdps", "2", "--kind", "p-sync", "--out", str(tmp_path / "set")]) == 0
    return tmp_path / "set"


def found_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, set[str]]:
    """What is found of each file of a folder, by its name."""
    capsys.readouterr()
    return {file["file"]: {each["code"] for each in file["findings"]} for file in as_json(capsys, str(folder))["files"]}


def test_a_file_of_a_set_without_its_ending_is_told_by_the_name_that_it_has(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = next(path for path in made.iterdir() if ".01.01." in path.name)
    twin = path.with_suffix("")
    twin.write_bytes(path.read_bytes())
    told = found_in(made, capsys)
    assert "name-ending" in told[twin.name]
    assert [name for name, codes in told.items() if "segment-twice" in codes] == [path.name]
    path.unlink()
    assert "name-ending" in found_in(made, capsys)[twin.name]


def test_what_is_no_file_in_a_folder_is_passed_over(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {path.name for path in made.iterdir()}
    os.mkfifo(made / "pipe.DAT")
    (made / "zero.DAT").symlink_to("/dev/zero")
    (made / "circle.DAT").symlink_to("circle.DAT")
    (made / "above.DAT").symlink_to("..")
    assert set(found_in(made, capsys)) == names
