"""A person as an adapter: tasks come out of a folder, files go in, and nothing is taken by accident."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InputError, UsageError
from harness.port import task_words
from harness.port.conversation_folder import Conversation
from harness.port.course_folder import Course
from harness.port.failure import AdapterFailure
from harness.port.person import Person

SCHEMA = Path(task_words.__file__).with_name("protocol.schema.json")
REQUEST = "LDC1.LDC1.1000.00.20110110093000.DAT"
"""A request for Universal SDP IDs, made at 09:30 on the day of the first task."""
CONTENT = b"FN|LDC1.LDC1.1000.00.20110110093000.DAT\r\nFH|LDC1|20110110093000\r\nDT|LDC1|S1\r\n"


OWN = """[[organisations]]
id = "TORONTO1"
kind = "ldc"
next_sequence_number = 412

[[organisations]]
id = "METERCO9"
kind = "agent"

[[authorisations]]
ldc = "TORONTO1"
agent = "METERCO9"
type = "1000"
direction = "submit"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which a course was begun."""
    Course.begin(tmp_path / "course", seed=0, today=date(2011, 1, 5), namespace="words")
    return tmp_path / "course"


class Talk:
    """A conversation with a person, which begins anew with every command."""

    def __init__(self, folder: Path, identifier: str = "c1", told: str = "S1") -> None:
        self.person = Person(folder)
        self._number = 0
        self.say("hello", protocol=1, role="cis")
        ldc = {"id": "LDC1", "alias": "Lakeside", "kind": "ldc", "next_sequence_number": 1, "mailbox_outages": []}
        agent = {"id": "AGT1", "alias": "Metering", "kind": "agent", "next_sequence_number": 1, "mailbox_outages": []}
        allowed = {"ldc": "LDC1", "agent": "AGT1", "type": "1000", "direction": "submit"}
        taking_part: dict[str, Any] = {"organisations": [agent, ldc], "authorisations": [allowed], "you": "LDC1"}
        self.say("begin", conversation=identifier, instant="2011-01-10T00:00:00-05:00", **taking_part)
        order = {"instruction": "request_universal_sdp_ids", "ldc": "LDC1", "sdp_ids": [told]}
        self.say("load", instructions=[order])

    def say(self, message: str, **more: Any) -> dict[str, Any]:
        self._number += 1
        reply = self.person.exchange({"id": self._number - 1, "message": message, **more})
        assert reply["id"] == self._number - 1
        return reply

    def advance(self, clock: str, day: int = 10) -> dict[str, Any]:
        ok: dict[str, Any] = self.say("advance", to=f"2011-01-{day}T{clock}:00-05:00")["ok"]
        return ok


def answered(folder: Path, files: dict[str, bytes], done: str = "") -> Conversation:
    """The first conversation, with the first task opened, files copied, and the task said to be done."""
    Talk(folder).advance("01:00")
    conversation = Course.read(folder).conversations()[0]
    for name, content in files.items():
        (conversation.to_mdmr / name).write_bytes(content)
    (conversation.to_mdmr / "done.txt").write_text(done)
    return conversation


def test_a_task_is_open_until_its_files_were_taken(folder: Path) -> None:
    assert Talk(folder).advance("01:00") == {"instant": "2011-01-10T00:00:00-05:00", "files": []}
    conversation = Course.read(folder).conversations()[0]
    assert conversation.open_task is not None
    (conversation.to_mdmr / REQUEST).write_bytes(CONTENT[:20])  # still being copied
    assert conversation.take() is None
    assert conversation.waiting() == [REQUEST]
    (conversation.to_mdmr / REQUEST).write_bytes(CONTENT)
    (conversation.to_mdmr / "done.txt").touch()
    assert conversation.take() == [REQUEST]
    assert conversation.open_task is None
    assert conversation.waiting() == []


def test_a_file_is_submitted_when_its_name_says(folder: Path) -> None:
    answered(folder, {REQUEST: CONTENT}).take()
    talk = Talk(folder)
    assert talk.advance("09:00") == {"instant": "2011-01-10T09:00:00-05:00", "files": []}
    (file,) = talk.advance("10:00")["files"]
    assert file["instant"] == "2011-01-10T09:30:00-05:00"
    assert (file["name"], file["content"]) == (REQUEST, {"text": CONTENT.decode()})
    assert talk.advance("11:00")["files"] == []


def test_a_task_says_what_happened_what_to_do_and_on_which_day(folder: Path) -> None:
    talk = Talk(folder)
    premise = {"event": "premise_changed", "ldc": "LDC1", "sdp_id": "S1", "effective": "2011-01-07", "city": "Hilltop"}
    talk.say("load", events=[premise])
    talk.advance("01:00")
    text = (folder / "conversation-1" / "tasks.txt").read_text()
    for line in (
        "Conversation 1, task 1: Monday, 2011-01-10",
        '   - Your CIS is that of the utility (LDC) "Lakeside" (LDC1); its next file set has the number 1.',
        '   - "Lakeside" (LDC1) has authorised "Metering" (AGT1) to submit 1000.',
        "2. Set the date of your CIS to Monday, 2011-01-10. The time of day does not matter.",
        '   - "Lakeside" (LDC1): request Universal SDP IDs for S1, and for no other SDP (1000)',
        '   - SDP S1 of "Lakeside" (LDC1), from Friday, 2011-01-07: the premise has another city, Hilltop',
        f"   {folder / 'conversation-1' / 'to-mdmr'}",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"event": "framing_structure_changed", "framing_structure": "tou_cpp_est"},
            "the framing structure becomes TOU/CPP EST",
        ),
        (
            {"event": "framing_structure_changed", "framing_structure": "hourly_15_block_eastern"},
            "the framing structure becomes hourly 15 block eastern",
        ),
        ({"event": "account_changed", "account_id": None}, "the account ends, and no other follows"),
        (
            {
                "event": "sdp_created",
                "type": "physical",
                "meter": None,
                "attributes": {"service_status": "cut_at_pole", "framing_structure": "tou_cpp_cst", "account_id": None},
            },
            "a new physical SDP, without a meter\n"
            "     service status cut at pole, framing structure TOU/CPP CST, no account",
        ),
    ],
)
def test_what_happened_is_told_in_the_words_of_the_slides(told: dict[str, Any], said: str) -> None:
    told = {"ldc": "LDC1", "sdp_id": "S1", "effective": "2011-01-07", **told}
    assert task_words.event(told, {"LDC1": "Lakeside"}) == f"SDP S1 of Lakeside, from Friday, 2011-01-07: {said}"


def test_a_file_of_the_mdmr_lies_there_for_the_next_task(folder: Path) -> None:
    answered(folder, {REQUEST: CONTENT}).take()
    talk = Talk(folder)
    talk.advance("23:00")
    name = "LDC1.LDC1.2000.01.20110110094500.DAT"
    talk.say("deliver", organisation="LDC1", name=name, content={"text": "FN\r\n"})
    talk.advance("00:00", day=11)
    talk.say("load", instructions=[{"instruction": "synchronize", "ldc": "LDC1"}])
    talk.advance("01:00", day=11)
    assert (folder / "conversation-1" / "from-mdmr" / name).read_bytes() == b"FN\r\n"
    text = (folder / "conversation-1" / "tasks.txt").read_text()
    assert f"   - {name}" in text.partition("Conversation 1, task 2: Tuesday, 2011-01-11")[2].splitlines()
    assert "Conversation 1, task 1: Monday, 2011-01-10" in text
    assert answered(folder, {}).take() == []


def test_nothing_to_send_has_to_be_said(folder: Path) -> None:
    assert answered(folder, {}).take() == []
    assert Talk(folder).advance("01:00") == {"instant": "2011-01-10T01:00:00-05:00", "files": []}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("export.csv", "is not named as files for the MDM/R are, so nothing was taken"),
        ("LDC1.LDC1.1000.00.2011.DAT", "is not named as files for the MDM/R are, so nothing was taken"),
        ("LDC1.LDC1.1000.00.20110110093000.txt", "is not named as files for the MDM/R are, so nothing was taken"),
        ("LDC1.LDC1.1000.00.20110109235959.DAT", "was made on Sunday, 2011-01-09, so nothing was taken"),
        ("LDC1.LDC1.1000.00.20110111000000.DAT", "was made on Tuesday, 2011-01-11, so nothing was taken"),
    ],
)
def test_a_file_that_may_be_there_by_mistake_is_not_taken(folder: Path, name: str, what: str) -> None:
    conversation = answered(folder, {REQUEST: CONTENT, name: b"x"})
    with pytest.raises(InputError) as refused:
        conversation.take()
    assert what in refused.value.what
    assert refused.value.where.endswith(name)
    assert conversation.open_task is not None
    assert sorted(conversation.waiting()) == sorted([REQUEST, name])


def test_an_unusual_name_is_taken_where_the_person_says_that_the_cis_gave_it(folder: Path) -> None:
    answered(folder, {REQUEST: CONTENT, "export.csv": b"x"}, done="export.csv\n").take()
    files = Talk(folder).advance("10:00")["files"]
    assert {each["name"]: each["instant"] for each in files} == {
        "export.csv": "2011-01-10T00:00:00-05:00",
        REQUEST: "2011-01-10T09:30:00-05:00",
    }


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf" + CONTENT, "begins with a byte order mark"),
        (CONTENT.decode().encode("utf-16"), "begins with a byte order mark"),
        (CONTENT[:60], "ends in the midst of a line"),
    ],
)
def test_a_file_that_hands_have_changed_is_taken_as_the_cis_s_own_only_where_the_person_says_so(
    folder: Path, content: bytes, what: str
) -> None:
    conversation = answered(folder, {REQUEST: content})
    with pytest.raises(InputError, match=what) as refused:
        conversation.take()
    assert refused.value.where.endswith(REQUEST)
    (conversation.to_mdmr / "done.txt").write_text("all\n", encoding="utf-8-sig")
    assert conversation.take() == [REQUEST]
    assert Talk(folder).advance("10:00")["files"][0]["name"] == REQUEST


def test_a_set_of_which_a_file_was_not_copied_is_not_taken(folder: Path) -> None:
    names = [f"LDC1.LDC1.4000.00.20110110093000.77.{number}.01.DAT" for number in ("01", "02", "03", "05", "07")]
    whole = {name.replace(".77.", ".8."): CONTENT for name in (*names, names[0].replace("01.01", "00.01"))}
    whole[names[0].replace(".77.01", ".8.04")] = CONTENT
    conversation = answered(folder, {**whole, **dict.fromkeys(names, CONTENT)}, done=f"{names[0]}\n")
    with pytest.raises(InputError, match=r"4000 with TX_ID 77, without file 00, 04, so nothing was taken"):
        conversation.take()
    (conversation.to_mdmr / "done.txt").write_text("\n".join(names))
    assert conversation.take() == sorted([*names, *whole])


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ("to-mdmr/done.txt.txt", "to-mdmr/done.txt"),
        ("to-mdmr/Done.TXT", "to-mdmr/done.txt"),
        ("to-mdmr/done", "to-mdmr/done.txt"),
        ("done.txt", "to-mdmr/done.txt"),
        ("to-mdmr/begin-again.txt", "begin-again.txt"),
        ("begin-again.txt.txt", "begin-again.txt"),
    ],
)
def test_a_file_that_was_to_say_something_and_does_not_is_pointed_out(folder: Path, found: str, right: str) -> None:
    Talk(folder).advance("01:00")
    conversation = Course.read(folder).conversations()[0]
    (conversation.path / found).touch()
    assert conversation.take() is None
    assert conversation.misnamed() == [(conversation.path / found, conversation.path / right)]


def test_a_name_in_done_txt_that_lies_nowhere_is_pointed_out(folder: Path) -> None:
    with pytest.raises(InputError, match=r"names 'exprot.csv', and no such file lies there"):
        answered(folder, {"export.csv": b"x"}, done="exprot.csv\n").take()


@pytest.mark.parametrize("place", ["conversation-1/from-mdmr", "conversation-1", "."])
def test_a_file_of_the_cis_that_lies_beside_the_folder_is_pointed_out(folder: Path, place: str) -> None:
    conversation = answered(folder, {})
    (folder / place / REQUEST).write_bytes(CONTENT)
    with pytest.raises(InputError, match="lies where nothing is taken from, so nothing was taken") as refused:
        conversation.take()
    assert refused.value.where == str(folder / place / REQUEST)
    (folder / place / REQUEST).rename(conversation.to_mdmr / REQUEST)
    assert conversation.take() == [REQUEST]


def test_a_folder_among_the_files_is_pointed_out(folder: Path) -> None:
    conversation = answered(folder, {})
    (conversation.to_mdmr / REQUEST).mkdir()
    with pytest.raises(InputError, match="no regular file, but a folder"):
        conversation.take()


def test_a_command_that_was_interrupted_while_it_took_files_is_finished_by_the_next(folder: Path) -> None:
    conversation = answered(folder, {REQUEST: CONTENT})
    conversation.to_mdmr.rename(conversation.path / "taken" / "task-1")
    assert conversation.take() == [REQUEST]
    assert conversation.to_mdmr.is_dir()
    assert len(Talk(folder).advance("10:00")["files"]) == 1


def _changed(path: Path) -> None:
    path.write_bytes(b"another content")


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("meddle", [_changed, _gone])
def test_what_was_taken_and_changed_since_is_not_judged(folder: Path, meddle: Callable[[Path], None]) -> None:
    answered(folder, {REQUEST: CONTENT}).take()
    meddle(folder / "conversation-1" / "taken" / "task-1" / REQUEST)
    with pytest.raises(AdapterFailure, match="was changed"):
        Talk(folder).advance("01:00")


def test_what_was_done_when_something_else_was_told_is_not_judged(folder: Path) -> None:
    answered(folder, {REQUEST: CONTENT}).take()
    with pytest.raises(AdapterFailure, match=r"conversation-1 was done after something else was told"):
        Talk(folder, told="S2").advance("01:00")


def test_a_second_conversation_waits_for_the_end_of_the_first(folder: Path) -> None:
    first = answered(folder, {REQUEST: CONTENT})
    assert Talk(folder, "c2").advance("01:00")["instant"] == "2011-01-10T00:00:00-05:00"
    assert not (folder / "conversation-2").exists()
    first.take()
    Talk(folder).say("end")
    Talk(folder, "c2").advance("01:00")
    assert (folder / "conversation-2" / "tasks.txt").exists()


def test_a_conversation_that_begins_again_is_put_away(folder: Path) -> None:
    answered(folder, {REQUEST: CONTENT}).take()
    (folder / "conversation-1" / "begin-again.txt").touch()
    course = Course.read(folder)
    assert course.begin_again() == ["Conversation 1"]
    assert course.given_up() == ("c1",)
    assert (folder / "given-up" / "conversation-1-1" / "taken" / "task-1" / REQUEST).read_bytes() == CONTENT
    Talk(folder, "another").advance("01:00")
    assert Course.read(folder).conversations()[0].identifier == "another"


def test_a_course_goes_on_with_the_day_and_the_names_with_which_it_was_begun(folder: Path) -> None:
    course = Course.begin(folder, seed=0, today=date(2012, 6, 1), namespace="others")
    assert (course.begun, course.namespace) == (date(2011, 1, 5), "words")


def test_another_seed_is_another_course(folder: Path) -> None:
    with pytest.raises(InputError, match="holds a course with --seed 0, now it is 1"):
        Course.begin(folder, seed=1, today=date(2011, 1, 5), namespace="words")


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").touch()
    with pytest.raises(InputError, match=r"holds .*, and no course"):
        Course.begin(tmp_path, seed=0, today=date(2011, 1, 5), namespace="words")
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_only_run_begins_a_course(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no course was begun there"):
        Person(tmp_path)


def test_a_course_whose_record_was_changed_is_pointed_out(folder: Path) -> None:
    (folder / "course.json").write_text(json.dumps({"course": 1}))
    with pytest.raises(InputError, match=r"course\.json"):
        Person(folder)


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('name = "x', "", "cannot be read"),
        ('name = 4\nversion = "1"', ", name", "is no text"),
        ('name = "x"\nversion = "1"\nclasses = ["CIS-FST"]', ", classes", "names 'CIS-FST'"),
        ('name = "x"\nversion = "1"\nclasses = ["CIS-FTS"]\nacts_as = "ldc"', ", acts_as", "is no list"),
        ('name = "x"\nversion = "1"\nclasses = ["CIS-FTS"]\nacts_as = ["ldc"]\nvendor = 1', ", vendor", "is not known"),
        ('[[organisations]]\nid = "A"\nkind = "utility"', ", organisations, number 1", "has no kind"),
        ('[[organisations]]\nid = "A-1"\nkind = "ldc"', ", organisations, number 1, id", "has no ID"),
        (
            f'{OWN}[[organisations]]\nid = "TORONTO1"\nkind = "ldc"',
            ", organisations, number 3, id",
            "has no ID of its own",
        ),
        (OWN.replace("412", '"412"'), ", organisations, number 1, next_sequence_number", "is no sequence number"),
        (
            OWN.replace('"agent"\n', '"agent"\nmailbox = 1\n'),
            ", organisations, number 2, mailbox",
            "is not known",
        ),
        (
            OWN.replace('agent = "METERCO9"', 'agent = "TORONTO1"'),
            ", authorisations, number 1, agent",
            "names 'TORONTO1'",
        ),
        (OWN.replace('"submit"', '"send"'), ", authorisations, number 1, direction", "has no direction"),
    ],
)
def test_what_is_said_of_the_cis_has_to_be_readable(folder: Path, text: str, where: str, what: str) -> None:
    _say_of_the_cis(folder, text)
    with pytest.raises(InputError, match=what) as refused:
        Course.read(folder).about()
    assert refused.value.where == f"{folder / 'about-your-cis.toml'}{where}"


def _say_of_the_cis(folder: Path, more: str) -> None:
    """Write down what is said of the CIS; where it begins with a table, after what is said of every CIS."""
    path = folder / "about-your-cis.toml"
    path.write_text(path.read_text() + more if more.startswith("[[") else more)


def test_a_cis_that_cannot_be_set_up_for_others_has_organisations_of_its_own(folder: Path) -> None:
    _say_of_the_cis(folder, OWN)
    ok = Person(folder).exchange({"id": 0, "message": "hello", "protocol": 1, "role": "cis"})["ok"]
    toronto = {"id": "TORONTO1", "kind": "ldc", "next_sequence_number": 412}
    assert ok["organisations"] == [toronto, {"id": "METERCO9", "kind": "agent"}]
    assert ok["authorisations"] == [{"ldc": "TORONTO1", "agent": "METERCO9", "type": "1000", "direction": "submit"}]


def test_what_stands_ready_to_be_filled_in_reads_once_the_hashes_are_away(folder: Path) -> None:
    path = folder / "about-your-cis.toml"
    assert "organisations" not in Course.read(folder).about()
    head, tables = path.read_text().split("# [[organisations]]")
    lines = [
        line.removeprefix("# ") for line in f"[[organisations]]{tables}".splitlines() if "=" in line or "[[" in line
    ]
    agent = '[[organisations]]\nid = "ORG67890"\nkind = "agent"\n'
    path.write_text(head + agent + "\n".join(lines))
    assert [each["id"] for each in Course.read(folder).about()["organisations"]] == ["ORG67890", "ORG12345"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"event": "billing_cycle_changed", "billing_cycle_id": "17"}, "the billing cycle ID becomes 17"),
        ({"event": "account_changed", "account_id": None}, "the account ends, and no other follows"),
        ({"event": "retailer_changed", "organisation": "R"}, "the retailer (energy service provider) becomes Retail"),
        ({"event": "components_changed", "components": ["A"]}, "the virtual SDP aggregates A, and no other SDP"),
    ],
)
def test_what_begins_on_a_day_past_or_to_come_is_not_said_to_be_so_now(told: dict[str, Any], sentence: str) -> None:
    event = {"ldc": "L", "sdp_id": "S1", "effective": "2011-01-07", **told}
    assert task_words.event(event, {"L": "Lakeside", "R": "Retail"}) == (
        f"SDP S1 of Lakeside, from Friday, 2011-01-07: {sentence}"
    )


def test_a_person_is_asked_nothing_that_only_a_program_could_answer(folder: Path) -> None:
    reply = Talk(folder).say("ask", question="quantities", ldc="LDC1")
    assert reply["error"]["code"] == "unsupported"


def _named(kind: str) -> set[str]:
    """The names of all events, or of all instructions, that the published schema knows."""
    branches = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"][kind]["oneOf"]
    stated = [branch["properties"][kind] for branch in branches]
    return {name for each in stated for name in each.get("enum", [each.get("const")])}


def test_every_event_and_instruction_has_a_sentence() -> None:
    assert set(task_words._EVENTS) == _named("event")
    assert set(task_words._INSTRUCTIONS) == _named("instruction")
