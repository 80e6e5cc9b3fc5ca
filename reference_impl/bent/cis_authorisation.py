"""Faults of an agent's CIS in what it takes for an LDC's authorisation to submit a file type (FTS-10)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.bent.cis_bending import cis_fault, may_submit
from reference_impl.cis import port
from reference_impl.cis.file_transfer import Parties

ANSWERED_BY: Mapping[str, str] = {"6000": "5000", "6100": "5000", "6200": "5000", "2000": "1000"}
"""The type of the request that each response answers."""
SETS = frozenset({"3000", "4000"})
BILLING = frozenset({"5000", "8000"})


def _heard(change: Callable[[Mapping[str, Any], str], Mapping[str, Any]]) -> Application:
    """Hear something else of each authorisation; `change` is given whose CIS it is, too."""

    def make(original: Any) -> Any:
        def parties_of(request: Any) -> Parties:
            heard = [change(each, request["you"]) for each in request["authorisations"]]
            return original({**request, "authorisations": heard})  # type: ignore[no-any-return]

        return parties_of

    return replaced(port, "parties_of", make)


def _receiving_as_asking(authorisation: Mapping[str, Any], _: str) -> Mapping[str, Any]:
    asked = ANSWERED_BY.get(authorisation["type"], authorisation["type"])
    return {**authorisation, "direction": "submit", "type": asked}


def _like_the_most(original: Any) -> Any:
    def parties_of(request: Any) -> Parties:
        parties: Parties = original(request)
        most = max(parties.authorised.values(), key=len, default=frozenset())
        return dataclasses.replace(parties, authorised=dict.fromkeys(parties.ldcs, most))

    return parties_of


def _together_with(kind: frozenset[str]) -> Application:
    """An authorisation for one of some types is taken for all of them."""
    return may_submit(lambda authorised, wanted: wanted in authorised or (wanted in kind and bool(kind & authorised)))


CIS_AUTHORISATION_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_agent_takes_receiving_for_submitting",
        "FTS-10",
        "who may receive the responses to a request is taken to be authorised for the request",
        _heard(_receiving_as_asking),
    ),
    cis_fault(
        "cis_agent_takes_leave_of_another_agent",
        "FTS-10",
        "what an LDC has authorised another agent for is taken for one's own",
        _heard(lambda authorisation, you: {**authorisation, "agent": you}),
    ),
    cis_fault(
        "cis_agent_takes_most_leave_for_all",
        "FTS-10",
        "what the LDC that authorises most has authorised is taken for all LDCs",
        replaced(port, "parties_of", _like_the_most),
    ),
    cis_fault(
        "cis_agent_takes_one_request_for_both",
        "FTS-10",
        "an authorisation for requests 1000 is taken for requests 5000, too",
        _together_with(frozenset({"1000", "5000"})),
    ),
    cis_fault(
        "cis_agent_takes_one_kind_of_set_for_both",
        "FTS-10",
        "an authorisation for one kind of file set is taken for both",
        _together_with(SETS),
    ),
    cis_fault(
        "cis_agent_takes_one_billing_type_for_both",
        "FTS-10",
        "an authorisation for requests 5000 or schedules 8000 is taken for both",
        _together_with(BILLING),
    ),
)
