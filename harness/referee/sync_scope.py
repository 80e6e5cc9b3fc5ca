"""What of synchronization is not judged by watching, and why; docs/referee.md is the same for people."""

from __future__ import annotations

from collections.abc import Mapping

_A_RIGHT_SET = "a set that is right and is refused is told as STL-01, whatever it was refused for"

NOT_JUDGED: Mapping[str, str] = {
    "SYN-02": f"{_A_RIGHT_SET}; one that waits for file 07 as SEQ-09",
    "ISY-03": _A_RIGHT_SET,
    "ISY-04": "the minimum data of most business scenarios is on no slide: what is there is taken",
}
"""Rules of synchronization that no report on a set is held to."""

LEFT_OPEN: Mapping[str, str] = {
    "a record that ends on the day on which it starts": "no slide says what it means: the set may load or not",
    "a header that names another LDC, a manifest that counts records otherwise": "the layouts are assumed",
    "lines that cannot be read as records, fields of another form": "no slide says what the loader makes of them",
    "a meter or communication module that another LDC had before": "no slide says whether their IDs are the LDC's own",
    "what such a set changes, once it has loaded": "not known: the LDC's IR06 and IR07 are compared no more",
    "a report that a mailbox has refused": "no slide says whether it comes later",
    "an agent of several LDCs with a sequence of its own": "the sets of each LDC are followed apart",
    "a set whose TX_ID another set had before": "no slide says whether it is taken, once the other was processed",
    "what is left of a set, sent again without the rest": "whether it is reported once more is not said",
    "several sets whose wait-time ends at one instant": "which is rejected first is not said",
    "a file that comes in the instant of a rejection": "which comes first is not said",
    "a meter change that states the old meter's end, without that meter's module": (
        "no slide says whose module the minimum data is of"
    ),
    "an SDP that a P-Sync names, and of which it has no asset record": "no slide says whether that leaves it out",
    "why a change failed": "the reasons in IR07 are assumed; that it failed is judged",
    "what IR10 names as missing, warnings that IR14 has more": "no slide gives their form, or forbids them",
    "the meters of a set that gives one to two SDPs, where the later holds": "whose it is then is not said (AMB-40)",
}
"""Situations in which nothing is judged, or any outcome is right, and why."""
