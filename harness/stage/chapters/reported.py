"""What reports that came say is amiss, quoted beside a premise that could not be established.

Nothing is judged by it. A reader sees at once that a set was not synchronized because its IR14 says FAILED, and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from harness.interface.files import Record
from harness.stage.chapters import mailboxes
from harness.stage.conversation import Conversation, Delivered

EXCEPTION_REPORTS = ("IR14", "IR10", "IR07", "IR08", "IR03")
"""The reports by which the MDM/R says that something of a set, request or schedule was not done."""
_ALL_WELL = frozenset({"loaded", "completed"})
_STATUS_LISTS = ("load_status", "sync_status", "schedule_status")
_REASON = ("severity", "code", "reason", "message", "missing")
"""The fields of a detail record that say why, so far as the profile's layouts have them."""
_MOST_REPORTS, _MOST_REASONS = 3, 3


def quoted(conversation: Conversation, premise: str) -> tuple[str, ...]:
    """What the exception reports delivered so far say, a sentence for each: the last of them, at most three.

    :param premise: what was expected, in words; where reports name a TX_ID that stands there, the others are left out.
    """
    found = {
        sentence: tx_id
        for file in conversation.delivered
        if mailboxes.file_type(file) in EXCEPTION_REPORTS
        for tx_id, sentence in _sentences(conversation, file)
    }
    named = [sentence for sentence, tx_id in found.items() if tx_id and tx_id in premise]
    return tuple((named or list(found))[-_MOST_REPORTS:])


def _sentences(conversation: Conversation, file: Delivered) -> Iterator[tuple[str, str]]:
    """What a report says of the set it names, or of each, or of the whole: the TX_ID, and the sentence."""
    content = mailboxes.as_read(conversation, file).file
    if content is None:
        return
    stated = next((record for record in content.others if record.layout.role == "status"), None)
    status, of_set = ("", None) if stated is None else (_text(stated, "status"), _text(stated, "tx_id"))
    by_set: dict[str, list[Record]] = {} if of_set is None else {of_set: []}
    for record in content.details:
        by_set.setdefault(_text(record, "tx_id") if of_set is None else of_set, []).append(record)
    for tx_id, details in by_set.items():
        if details or not _all_well(conversation, status):
            subject = f"{mailboxes.file_type(file)} for TX_ID {tx_id}" if tx_id else mailboxes.file_type(file)
            yield tx_id, f"{subject} says {': '.join(filter(None, (status, _reasons(details))))}"


def _all_well(conversation: Conversation, status: str) -> bool:
    codes = conversation.profile.codes
    return any(codes[name].get(word) == status for name in _STATUS_LISTS if name in codes for word in _ALL_WELL)


def _reasons(details: list[Record]) -> str:
    """The reasons in detail records, each once, with how often it is given."""
    counts = Counter(" ".join(filter(None, (_text(record, name) for name in _REASON))) for record in details)
    shown = [f"{reason or 'a record'} ({count} times)" if count > 1 else reason for reason, count in counts.items()]
    more = [f"and {len(shown) - _MOST_REASONS} other reasons"] if len(shown) > _MOST_REASONS else []
    return ", ".join([*shown[:_MOST_REASONS], *more])


def _text(record: Record, field: str) -> str:
    value = record[field] if field in record.layout.positions else None
    return "" if value is None else str(value)
