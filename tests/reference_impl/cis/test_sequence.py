"""One sequence over I- and P-Sync, and what is done after IR10, IR14 and IR07, against the reference's repository."""

from __future__ import annotations

from typing import Any

import pytest

from harness.interface.identifiers import OrgId
from harness.interface.instants import later
from reference_impl.cis import sequence
from reference_impl.cis.file_sets import Extract
from reference_impl.cis.sequence import SentSet
from tests.reference_impl.cis.pair import (
    LDC,
    START,
    File,
    Pair,
    created,
    event,
    file_for_cis,
    kind,
    renamed,
    rows,
    sets_of,
)

TODAY = "2011-01-10"


def test_what_never_arrived_of_another_ldc_is_sent_again_where_an_agent_counts_together() -> None:
    readings = {"AMB-34": "per-submitter", "AMB-05": "number-stays"}
    counted = sequence.sequences([OrgId("A"), OrgId("B")], OrgId("C"), {"A": 7, "B": 41, "C": 23}, readings)
    (together,) = {id(each): each for each in counted.values()}.values()
    extract = Extract("4000", START, (), {})
    for tx_id, ldc in (("1", "A"), ("2", "B")):
        number = sequence.number_for(together)
        together.sent[tx_id] = SentSet(OrgId(ldc), tx_id, number, extract, START, f"manifest {number}")
        sequence.take_number(together, number)
    rejected = sequence.take_rejection(counted[OrgId("B")], "2", numbered=True, out_of_sequence=True)
    assert [(each.ldc, each.number) for each in rejected] == [("A", 23), ("B", 24)]
    assert sequence.number_for(together) == 25


class Post:
    """A post that loses what it is told to."""

    def __init__(self) -> None:
        self.loses: tuple[str, ...] = ()

    def __call__(self, file: File) -> list[File]:
        return [] if any(part in file["name"] for part in self.loses) else [file]


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def pair(post: Post) -> Pair:
    """A pair that knows Mill and Bakery by set 1."""
    pair = Pair(post=post)
    pair.load(created("Mill", "2010-06-01"), created("Bakery", "2010-06-01"))
    pair.known()
    return pair


def account(pair: Pair, sdp: str, account_id: str) -> None:
    pair.load(event("account_changed", sdp, TODAY, account_id=account_id))


def numbers(pair: Pair) -> list[tuple[str, int]]:
    manifests = [files["00", "01"] for files in sets_of(pair.submitted).values()]
    return [(kind(file), int(rows(file, "FH")[0][2])) for file in manifests]


def accounts_known(pair: Pair) -> set[str]:
    directory = pair.repository.directories[LDC]
    return {
        history[-1].value
        for attributes in directory.assets["sdp"].values()
        if (history := attributes.get("sdp_to_account", ()))
    }


def wait(pair: Pair, minutes: int = 70) -> None:
    pair.until(later(pair.now, minutes=minutes))


def test_the_next_number_is_taken_whichever_kind_of_set_comes_next(pair: Pair) -> None:
    pair.tell("audit")
    account(pair, "Mill", "A-2")
    pair.tell("synchronize")
    assert numbers(pair) == [("4000", 1), ("3000", 2), ("4000", 3)]


def test_a_rejected_set_comes_again_whole_under_its_number(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".03.01.DAT",)
    first = pair.tell("synchronize")
    wait(pair)
    assert [matter["about"] for matter in pair.ask("open_matters")] == ["set"]
    assert pair.step() == []
    post.loses = ()
    again = pair.tell("problem_corrected", sdp_ids=[], what="the line works again")
    assert [body(file) for file in again] == [body(file) for file in first]
    assert numbers(pair) == [("4000", 1), ("4000", 2), ("4000", 2)]
    pair.step()
    assert accounts_known(pair) == {"A-2", "A-Bakery"}
    assert pair.ask("open_matters") == []


def body(file: File) -> list[str]:
    """A file without its name."""
    lines: list[str] = file["content"]["text"].splitlines()
    return lines[1:]


def test_what_comes_next_waits_for_the_rejected_set_which_goes_first(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".03.01.DAT",)
    pair.tell("synchronize")
    wait(pair)
    post.loses = ()
    account(pair, "Mill", "A-3")
    pair.tell("synchronize")
    pair.step()
    assert numbers(pair)[1:] == [("4000", 2), ("4000", 2), ("4000", 3)]
    assert accounts_known(pair) == {"A-3", "A-Bakery"}


def test_a_set_that_never_arrived_is_noticed_when_the_one_after_it_is_rejected(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".4000.",)
    pair.tell("synchronize")
    post.loses = ()
    account(pair, "Bakery", "A-3")
    pair.tell("synchronize")
    wait(pair)
    pair.tell("problem_corrected", sdp_ids=[], what="the line works again")
    pair.step()
    assert numbers(pair)[1:] == [("4000", 2), ("4000", 3), ("4000", 2), ("4000", 3)]
    assert accounts_known(pair) == {"A-2", "A-3"}


def test_a_report_that_comes_twice_or_late_sends_nothing_twice(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".03.01.DAT",)
    pair.tell("synchronize")
    wait(pair)
    post.loses = ()
    (rejection,) = [file for file in pair.delivered if kind(file) == "IR10"]
    pair.deliver(rejection)
    pair.tell("problem_corrected", sdp_ids=[], what="the line works again")
    pair.deliver(renamed(rejection, "IR10.00.2011011010", "IR10.00.2011011011"))
    assert pair.tell("problem_corrected", sdp_ids=[], what="once more") == []


def test_where_a_rejected_set_uses_up_its_number_it_comes_again_under_the_next(post: Post) -> None:
    pair = Pair(post=post, readings={"AMB-05": "number-used-up"})
    pair.load(created("Mill"))
    pair.tell("request_universal_sdp_ids")
    pair.step()
    pair.step()
    post.loses = (".03.01.DAT",)
    pair.tell("synchronize")
    wait(pair)
    post.loses = ()
    pair.tell("problem_corrected", sdp_ids=[], what="the line works again")
    pair.step()
    assert numbers(pair) == [("4000", 1), ("4000", 2)]
    assert accounts_known(pair) == {"A-Mill"}


def failed_to_load(number: int, tx_id: str, *findings: str, status: str = "FAILED") -> File:
    errors = sum("|ERROR|" in finding for finding in findings)
    counts = f"{errors:09}|{len(findings) - errors:09}"
    lines = [f"FH|{LDC}|20110110090000", f"SS|4000|{tx_id}|{number:09}|{status}|{counts}"]
    return file_for_cis("IR14.00", [*lines, *(f"DT|{finding}" for finding in findings)])


def test_a_set_that_failed_to_load_is_made_anew_under_its_number(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".4000.",)
    pair.tell("synchronize")
    post.loses = ()
    pair.deliver(failed_to_load(2, "000002", "a file|000000003|ERROR|field-code|account_id|"))
    assert [matter["about"] for matter in pair.ask("open_matters")] == ["set"]
    assert pair.step() == []
    account(pair, "Mill", "A-3")
    pair.tell("problem_corrected", sdp_ids=[], what="the account was corrected")
    pair.step()
    assert numbers(pair)[1:] == [("4000", 2), ("4000", 2)]
    assert accounts_known(pair) == {"A-3", "A-Bakery"}
    assert pair.ask("open_matters") == []
    account(pair, "Mill", "A-4")
    pair.tell("synchronize")
    assert numbers(pair)[-1] == ("4000", 3)


def test_what_a_set_told_that_failed_to_load_is_told_again(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".4000.",)
    pair.tell("synchronize")
    post.loses = ()
    pair.deliver(failed_to_load(2, "000002", "a file|000000003|ERROR|field-code|account_id|"))
    pair.tell("synchronize")
    pair.step()
    assert numbers(pair)[1:] == [("4000", 2), ("4000", 2)]
    assert accounts_known(pair) == {"A-2", "A-Bakery"}


def test_a_report_that_lacks_findings_it_counts_is_not_acted_upon(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".4000.",)
    pair.tell("synchronize")
    whole = failed_to_load(2, "000002", "a file|000000003|ERROR|field-code|account_id|")
    text: str = whole["content"]["text"]
    pair.deliver({**whole, "content": {"text": text[: text.index("DT|")]}})
    assert pair.tell("problem_corrected", sdp_ids=[], what="nothing") == []
    pair.deliver(whole)
    assert len(pair.tell("problem_corrected", sdp_ids=[], what="it came whole")) == 6


def test_a_report_that_is_cut_within_a_record_is_not_acted_upon(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".4000.",)
    pair.tell("synchronize")
    rejected = f"DT|4000|000002|000000002|20110110084100|20110110094100|INCOMPLETE|{LDC}"
    for line, files in ((rejected[:30], 0), (rejected, 6)):
        pair.deliver(file_for_cis("IR10.00", [f"FH|{LDC}|20110110094100", line]))
        assert len(pair.tell("problem_corrected", sdp_ids=[], what="it came")) == files


def test_a_warning_asks_for_nothing(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = ("IR14", "IR06", "IR07")
    pair.tell("synchronize")
    warned = failed_to_load(2, "000002", "a file|000000003|WARNING|repeated||", status="LOADED")
    pair.deliver(warned)
    assert pair.tell("problem_corrected", sdp_ids=[], what="nothing") == []
    assert pair.ask("open_matters") == []


def exception(attribute: str, tx_id: str, universal: str, end: bool = True) -> File:
    counts = "000000000|000000001"
    status = f"SS|4000|{tx_id}|000000002|20110110090000|COMPLETED_WITH_EXCEPTIONS|{counts}"
    detail = f"DT|SDP|{universal}|{attribute}|20110110||A-Mill|A-2|METER_IN_USE"
    lines = [f"FH|{LDC}|20110110090000", status, detail, *(["EF|1"] if end else [])]
    return file_for_cis("IR07.02", lines)


def test_an_attribute_that_could_not_be_updated_is_told_again_once_corrected_and_nothing_else(
    pair: Pair, post: Post
) -> None:
    account(pair, "Mill", "A-2")
    pair.load(event("service_cut_at_pole", "Bakery", TODAY))
    post.loses = ("IR07",)
    pair.tell("synchronize")
    pair.step()
    mill = pair.cis.desks[LDC].ids.known["Mill"]
    pair.deliver(exception("sdp_to_account", "000002", mill))
    account(pair, "Bakery", "A-9")
    accounts = [row for file in pair.tell("synchronize") for row in rows(file, "AC")]
    assert [row[1] for row in accounts] == ["A-9"]
    again = pair.tell("problem_corrected", sdp_ids=["Mill"], what="the account is there now")
    assert [row for file in again for row in rows(file, "AC")] == [[mill, "A-2", "20110110", ""]]
    assert sum(len(body(file)) - 1 for file in again[1:]) == 1
    pair.deliver(exception("sdp_to_account", "000002", mill))
    assert pair.ask("open_matters") == []


def test_a_new_change_of_what_could_not_be_updated_is_told(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = ("IR07",)
    pair.tell("synchronize")
    pair.step()
    mill = pair.cis.desks[LDC].ids.known["Mill"]
    pair.deliver(exception("sdp_to_account", "000002", mill))
    account(pair, "Mill", "A-3")
    assert pair.ask("open_matters") == []
    assert [row[1] for file in pair.tell("synchronize") for row in rows(file, "AC")] == ["A-3"]


def test_a_report_without_its_end_of_file_record_is_not_acted_upon(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = ("IR07",)
    pair.tell("synchronize")
    pair.step()
    mill = pair.cis.desks[LDC].ids.known["Mill"]
    pair.deliver(exception("sdp_to_account", "000002", mill, end=False))
    assert pair.tell("problem_corrected", sdp_ids=[], what="nothing") == []
    pair.deliver(exception("sdp_to_account", "000002", mill))
    assert pair.tell("problem_corrected", sdp_ids=[], what="it came whole") != []


def test_a_value_that_a_report_shows_otherwise_is_not_corrected(pair: Pair) -> None:
    pair.load(event("premise_changed", "Mill", TODAY, postal_code="l6l 1a1"))
    pair.tell("synchronize")
    pair.step()
    shown = [row for file in pair.delivered if kind(file) == "IR06" for row in rows(file)]
    assert "L6L1A1" in {row[6] for row in shown}
    assert pair.tell("synchronize") == []


def test_an_audit_that_is_stopped_for_what_it_leaves_out_is_a_matter_for_people(pair: Pair) -> None:
    pair.jump(later(pair.now, days=2))
    for sdp in ("Mill", "Bakery"):
        pair.load(event("sdp_removed", sdp, "2011-01-12"))
    pair.tell("audit")
    pair.step()
    (matter,) = pair.ask("open_matters")
    assert "leaves out too many" in matter["says"]
    account(pair, "Mill", "A-2")
    pair.tell("synchronize")
    assert numbers(pair)[1:] == [("3000", 2), ("4000", 3)]


def test_a_set_of_which_nothing_is_heard_is_a_matter_for_people(pair: Pair, post: Post) -> None:
    account(pair, "Mill", "A-2")
    post.loses = (".4000.",)
    pair.tell("synchronize")
    wait(pair, 100)
    assert pair.ask("open_matters") == []
    wait(pair, 20)
    (matter,) = pair.ask("open_matters")
    assert matter["file"].endswith(".4000.00.20110110085100.000002.00.01.DAT")


def test_a_meter_that_another_sdp_has_is_told_once_it_is_free(pair: Pair) -> None:
    meter: dict[str, Any] = {"meter_id": "M-Mill", "register_digits": 5, "communication_module_id": "C-Mill"}
    pair.load(event("meter_changed", "Bakery", TODAY, meter=meter))
    pair.tell("synchronize")
    pair.step()
    assert [matter["sdp_id"] for matter in pair.ask("open_matters")] == ["Bakery"]
    pair.load(event("meter_removed", "Mill", TODAY))
    pair.tell("synchronize")
    pair.step()
    pair.tell("problem_corrected", sdp_ids=["Bakery"], what="the meter is free")
    pair.step()
    assert pair.ask("open_matters") == []
