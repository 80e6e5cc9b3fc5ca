"""What of billing is not judged by watching, and why; docs/referee.md is the same for people."""

from __future__ import annotations

from collections.abc import Mapping

NOT_JUDGED: Mapping[str, str] = {
    "BSV-06": "pushed and pulled responses are held to one layout, each to what is due; either may leave blanks",
    "SUM-01": "a sum check that is left out is told as SUM-03 or SUM-04: that its status was not given",
}
"""Rules of billing that no response or report is held to."""

LEFT_OPEN: Mapping[str, str] = {
    "an SDP while a file set that names it is on its way": "which of both is in force when it is billed is not known",
    "an off-cycle request, where such a set comes before it may have been read": (
        "the same: it is read on receipt, or with the next run (AMB-52)"
    ),
    "an SDP that a P-Sync left out, or of which a set can be read in two ways": "AMB-32, -37, -38 and -40 decide",
    "an SDP of which a set failed in part otherwise than expected": "what is in force is not known",
    "a virtual SDP": "what it is billed by is on no slide",
    "what was synchronized, scheduled or delivered before the stream began": "it is not known",
    "data that comes in the seconds in which a request is processed": "it may be in the response, or not",
    "a damaged request file or schedule, one of a name that was there before, a Request Detail ID that is open twice": (
        "no slide says what becomes of it"
    ),
    "whether a request that cannot be processed gets a response besides IR08": "no slide says",
    "a response whose recipient may not receive it": "it cannot be seen; BR04 may list its request in any way",
    "whether what a mailbox refused is delivered later": "open (AMB-58); if a system says so, by the end of that day",
    "estimates from history that is not all alike": "how history is weighed is on no slide",
    "on-demand estimation of a system that does not claim ODEST": "it may estimate, or not",
    "an SDP whose VEE service changes within a period": "no slide says which day's counts: for a check, or an estimate",
    "an SDP whose Billing Cycle ID changes within a period, or as it ends": (
        "no slide says which day's counts: what its cycle asks for may come or not"
    ),
    "how BR01 and BR04 show a request while only data that is not eligible has come": (
        "no slide says whether it is in a no-data condition (AMB-16)"
    ),
    "demand over no whole number of intervals, or of intervals of several lengths": "no slide says what it is",
    "kVA where a part of the period alone has reactive data": "no slide says what it is",
    "a sum check whose reads are of no meter, or of another register": "no slide says what it comes to: 00, 06 or 07",
    "buckets of a system that was not told the holidays of the price plan": "systems of protocol 1 cannot know them",
    "how a period is divided by a system that states other events": "the events are its own",
    "a former response that its requester did not receive, and is not the billing agent for": (
        "no slide says whether 08 comes, or nothing; quantities may not"
    ),
    "quantities that a billing agent receives beside an 08": "whether it receives them is open (AMB-59)",
    "BR03 on a period with NV data, where whether it is eligible is open": "both may be told (AMB-04)",
    "a change of buckets that leaves the energy of a period as it was": "BR03 may tell of it or not",
}
"""Situations in which nothing is judged, or any outcome is right, and why."""
