"""Seeded faults and allowed variants of the reference implementations.

A fault breaks a rule in one way, by replacing one public function of a chapter, or by bending files at the port; a
variant is another way of being conformant. Both apply for the life of a context. The reference knows nothing of them.
"""

from __future__ import annotations

from reference_impl.bent.again import AGAIN_FAULTS
from reference_impl.bent.assignment import ASSIGNMENT_FAULTS
from reference_impl.bent.bending import Bent
from reference_impl.bent.billing_in_part import BILLING_IN_PART_FAULTS
from reference_impl.bent.billing_once_more import BILLING_ONCE_MORE_FAULTS
from reference_impl.bent.billing_quantities import BILLING_QUANTITY_FAULTS
from reference_impl.bent.billing_seldom_told import BILLING_SELDOM_TOLD_FAULTS
from reference_impl.bent.billing_services import BILLING_SERVICE_FAULTS
from reference_impl.bent.billing_window import BILLING_WINDOW_FAULTS
from reference_impl.bent.cis_again import CIS_AGAIN_FAULTS
from reference_impl.bent.cis_authorisation import CIS_AUTHORISATION_FAULTS
from reference_impl.bent.cis_billing_corrections import CIS_BILLING_CORRECTION_FAULTS
from reference_impl.bent.cis_billing_requests import CIS_BILLING_REQUEST_FAULTS
from reference_impl.bent.cis_billing_schedules import CIS_BILLING_SCHEDULE_FAULTS
from reference_impl.bent.cis_coincidences import CIS_COINCIDENCE_FAULTS
from reference_impl.bent.cis_details import CIS_DETAIL_FAULTS
from reference_impl.bent.cis_file_transfer import CIS_FILE_TRANSFER_FAULTS
from reference_impl.bent.cis_identifiers import CIS_IDENTIFIER_FAULTS
from reference_impl.bent.cis_once_more import CIS_ONCE_MORE_FAULTS
from reference_impl.bent.cis_rare_cases import CIS_RARE_FAULTS
from reference_impl.bent.cis_reading import CIS_READING_FAULTS
from reference_impl.bent.cis_seldom import CIS_SELDOM_FAULTS
from reference_impl.bent.cis_seldom_answers import CIS_SELDOM_ANSWER_FAULTS
from reference_impl.bent.cis_seldom_billing import CIS_SELDOM_BILLING_FAULTS
from reference_impl.bent.cis_sent_again import CIS_SENT_AGAIN_FAULTS
from reference_impl.bent.cis_set_names import CIS_SET_NAME_FAULTS
from reference_impl.bent.cis_sync_files import CIS_FILES_FAULTS
from reference_impl.bent.cis_sync_incremental import CIS_INCREMENTAL_FAULTS
from reference_impl.bent.cis_sync_meters import CIS_METER_FAULTS
from reference_impl.bent.cis_sync_periodic import CIS_PERIODIC_FAULTS
from reference_impl.bent.cis_sync_records import CIS_RECORDS_FAULTS
from reference_impl.bent.cis_sync_reports import CIS_REPORT_FAULTS
from reference_impl.bent.cis_sync_sequence import CIS_SEQUENCE_FAULTS
from reference_impl.bent.cis_sync_variants import CIS_SYNC_VARIANTS
from reference_impl.bent.cis_unusual_courses import CIS_UNUSUAL_COURSE_FAULTS
from reference_impl.bent.cis_variants import CIS_VARIANTS
from reference_impl.bent.delivery_reports import DELIVERY_REPORT_FAULTS
from reference_impl.bent.failure_reports import FAILURE_REPORT_FAULTS
from reference_impl.bent.file_sets import SYN_FAULTS
from reference_impl.bent.further_cases import FURTHER_CASE_FAULTS
from reference_impl.bent.incremental import ISY_FAULTS
from reference_impl.bent.noticed_sets import NOTICED_SET_FAULTS
from reference_impl.bent.on_demand_estimation import ON_DEMAND_ESTIMATION_FAULTS
from reference_impl.bent.operations import OPERATION_FAULTS
from reference_impl.bent.overlooked_cases import OVERLOOKED_CASE_FAULTS
from reference_impl.bent.periodic import PSY_FAULTS
from reference_impl.bent.quantity_coincidences import QUANTITY_COINCIDENCE_FAULTS
from reference_impl.bent.rare_cases import RARE_FAULTS
from reference_impl.bent.rare_requests import RARE_REQUEST_FAULTS
from reference_impl.bent.readings import READING_FAULTS, READING_VARIANTS
from reference_impl.bent.report_coincidences import REPORT_COINCIDENCE_FAULTS
from reference_impl.bent.second_and_last import SECOND_AND_LAST_FAULTS
from reference_impl.bent.segmentation import SEGMENTATION_FAULTS
from reference_impl.bent.seldom_billing import SELDOM_BILLING_FAULTS
from reference_impl.bent.seldom_days import SELDOM_DAY_FAULTS
from reference_impl.bent.seldom_sets import SELDOM_SET_FAULTS
from reference_impl.bent.sequence import SEQUENCE_FAULTS
from reference_impl.bent.set_coincidences import SET_COINCIDENCE_FAULTS
from reference_impl.bent.staging_table_loader import STL_FAULTS
from reference_impl.bent.sum_check import SUM_CHECK_FAULTS
from reference_impl.bent.synchronization_reports import SRP_FAULTS
from reference_impl.bent.transfer import TRANSFER_FAULTS
from reference_impl.bent.variants import VARIANTS

__all__ = ["Bent", "bent_by_id", "proof"]


def proof() -> tuple[Bent, ...]:
    """Every fault and variant, of the repository and of the CIS."""
    return (
        *TRANSFER_FAULTS,
        *ASSIGNMENT_FAULTS,
        *SEQUENCE_FAULTS,
        *SYN_FAULTS,
        *STL_FAULTS,
        *ISY_FAULTS,
        *PSY_FAULTS,
        *SRP_FAULTS,
        *NOTICED_SET_FAULTS,
        *OVERLOOKED_CASE_FAULTS,
        *BILLING_QUANTITY_FAULTS,
        *BILLING_SERVICE_FAULTS,
        *BILLING_WINDOW_FAULTS,
        *SEGMENTATION_FAULTS,
        *SUM_CHECK_FAULTS,
        *ON_DEMAND_ESTIMATION_FAULTS,
        *DELIVERY_REPORT_FAULTS,
        *FAILURE_REPORT_FAULTS,
        *OPERATION_FAULTS,
        *SECOND_AND_LAST_FAULTS,
        *RARE_FAULTS,
        *AGAIN_FAULTS,
        *RARE_REQUEST_FAULTS,
        *SELDOM_BILLING_FAULTS,
        *SELDOM_DAY_FAULTS,
        *BILLING_IN_PART_FAULTS,
        *BILLING_SELDOM_TOLD_FAULTS,
        *BILLING_ONCE_MORE_FAULTS,
        *QUANTITY_COINCIDENCE_FAULTS,
        *REPORT_COINCIDENCE_FAULTS,
        *SELDOM_SET_FAULTS,
        *FURTHER_CASE_FAULTS,
        *SET_COINCIDENCE_FAULTS,
        *READING_FAULTS,
        *VARIANTS,
        *READING_VARIANTS,
        *CIS_FILE_TRANSFER_FAULTS,
        *CIS_SET_NAME_FAULTS,
        *CIS_AUTHORISATION_FAULTS,
        *CIS_IDENTIFIER_FAULTS,
        *CIS_SEQUENCE_FAULTS,
        *CIS_INCREMENTAL_FAULTS,
        *CIS_METER_FAULTS,
        *CIS_FILES_FAULTS,
        *CIS_RECORDS_FAULTS,
        *CIS_PERIODIC_FAULTS,
        *CIS_BILLING_REQUEST_FAULTS,
        *CIS_BILLING_SCHEDULE_FAULTS,
        *CIS_BILLING_CORRECTION_FAULTS,
        *CIS_REPORT_FAULTS,
        *CIS_READING_FAULTS,
        *CIS_RARE_FAULTS,
        *CIS_DETAIL_FAULTS,
        *CIS_AGAIN_FAULTS,
        *CIS_SENT_AGAIN_FAULTS,
        *CIS_ONCE_MORE_FAULTS,
        *CIS_UNUSUAL_COURSE_FAULTS,
        *CIS_SELDOM_FAULTS,
        *CIS_SELDOM_ANSWER_FAULTS,
        *CIS_SELDOM_BILLING_FAULTS,
        *CIS_COINCIDENCE_FAULTS,
        *CIS_VARIANTS,
        *CIS_SYNC_VARIANTS,
    )


def bent_by_id(identifier: str) -> Bent:
    """The fault or variant of an id.

    :raises KeyError: there is none.
    """
    return {bent.id: bent for bent in proof()}[identifier]
