"""Text that came from elsewhere, made fit to be read: nothing in it is invisible, and nothing in it is dangerous.

Messages, file names, files and error output are whatever a system under test makes of them. Characters that a document
may not hold (control characters, lone surrogates), or that show text otherwise than it is (marks that turn the
direction of writing), are replaced by visible ones. Escaping is left to whoever writes the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_DELETE = 0x7F
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def printable(text: str) -> str:
    """The text with a visible stand-in for each character that cannot, or must not, be shown as it is.

    Line feeds and tabs stay. Control characters become their pictures (␀, ␛), others their numbers (U+202E).
    """
    return _UNFIT.sub(_stand_in, text)


def on_one_line(text: str) -> str:
    """The text made printable, its line feeds and tabs too: what is shown on one line stays there."""
    return printable(text).replace("\n", "\u240a").replace("\t", "\u2409")


def _stand_in(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x20:
        return chr(0x2400 + number)
    return "\u2421" if number == _DELETE else f"[U+{number:04X}]"


def cut(text: str, length: int) -> str:
    """At most `length` characters of a text; where there are more, it says how many."""
    return text if len(text) <= length else f"{text[:length]}… ({len(text) - length:,} more characters)"


def clipped(text: str, length: int) -> str:
    """At most `length` characters of a text; an ellipsis stands for the rest."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 rule``, ``2 rules``."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def in_spans(names: Iterable[str]) -> str:
    """Names of things in a phrase, rules that follow one another as a span: ``class FTS, rules SYN-01 to SYN-05``.

    :param names: such as ``rule SYN-01``, in their order.
    """
    spans: list[list[str]] = []
    for name in names:
        if spans and _follows(spans[-1][-1], name):
            spans[-1].append(name)
        else:
            spans.append([name])
    phrases = (
        f"rules {span[0].removeprefix(_RULE)} to {span[-1].removeprefix(_RULE)}" if len(span) > 2 else ", ".join(span)
        for span in spans
    )
    return ", ".join(phrases)


def _follows(name: str, other: str) -> bool:
    """Whether two names are of a rule and the next one of its area."""
    (area, _, number), (of, _, next_) = name.rpartition("-"), other.rpartition("-")
    both = number.isdecimal() and next_.isdecimal() and name.startswith(_RULE)
    return both and (area, int(number) + 1) == (of, int(next_))


_RULE = "rule "


def day_and_time(instant: str) -> tuple[str, str]:
    """Day and clock time of an ISO 8601 instant, as people write them: ``Mon 10 Jan 2011`` and ``08:00:00``.

    A text that is no instant comes back as it is, with an empty time.
    """
    try:
        moment = datetime.fromisoformat(instant)
    except ValueError:
        return instant, ""
    day = f"{_WEEKDAYS[moment.weekday()]} {moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return day, f"{moment:%H:%M:%S}"


def spoken(instant: str) -> str:
    """An ISO 8601 instant in one phrase: ``Mon 10 Jan 2011 08:00:00 EST``."""
    day, time = day_and_time(instant)
    return f"{day} {time} EST" if time else day
