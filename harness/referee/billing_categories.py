"""The categories in which BR01 counts what BR04 lists (BRP-05, BRP-06, AMB-16)."""

from __future__ import annotations

from collections.abc import Mapping

from harness.interface.files import Record


def category_of(codes: Mapping[str, Mapping[str, str]], record: Record) -> str:
    """The category of BR01 that a record of BR04 falls into (AMB-16).

    :param codes: the profile's, by word.
    """
    status, delivered = record["transaction_status"], codes["transaction_status"]["delivered"]
    if status is None:
        reads = {code: word for word, code in codes["read_status"].items()}
        word = reads.get(str(record["read_status"]), "")
        return {"no_data": "in_process_no_data"}.get(word, word)
    exports = {code: word for word, code in codes["export_status"].items()}
    word = exports.get(str(record["export_status"]), "")
    if word == "not_sent":
        return "data_found" if status == delivered else "request_failed"
    return f"{'found' if status == delivered else 'failed'}_and_{word}"
