"""Seeded faults and allowed variants of the reference implementation.

A fault breaks a rule in one way, by replacing one public function of a chapter, or by bending files at the port; a
variant is another way of being conformant. Both apply for the life of a context. The reference knows nothing of them.
"""

from __future__ import annotations

from reference_impl.faults.assignment import ASSIGNMENT_FAULTS
from reference_impl.faults.bending import Bent
from reference_impl.faults.billing import BILLING_FAULTS
from reference_impl.faults.billing_reports import BILLING_REPORT_FAULTS
from reference_impl.faults.on_demand_estimation import ON_DEMAND_ESTIMATION_FAULTS
from reference_impl.faults.sequence import SEQUENCE_FAULTS
from reference_impl.faults.sum_check import SUM_CHECK_FAULTS
from reference_impl.faults.synchronization import SYNCHRONIZATION_FAULTS
from reference_impl.faults.transfer import TRANSFER_FAULTS
from reference_impl.variants import VARIANTS

__all__ = ["Bent", "bent_by_id", "proof"]


def proof() -> tuple[Bent, ...]:
    """Every fault and variant."""
    return (
        *TRANSFER_FAULTS,
        *ASSIGNMENT_FAULTS,
        *SEQUENCE_FAULTS,
        *SYNCHRONIZATION_FAULTS,
        *BILLING_FAULTS,
        *SUM_CHECK_FAULTS,
        *ON_DEMAND_ESTIMATION_FAULTS,
        *BILLING_REPORT_FAULTS,
        *VARIANTS,
    )


def bent_by_id(identifier: str) -> Bent:
    """The fault or variant of an id.

    :raises KeyError: there is none.
    """
    return {bent.id: bent for bent in proof()}[identifier]
