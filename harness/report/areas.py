"""What the chapters of the catalogue are called, by area."""

from __future__ import annotations

from collections.abc import Mapping

_TITLES: Mapping[str, str] = {
    "FTS": "File transfer services",
    "USDP": "Universal SDP ID assignment",
    "SYN": "Synchronization file sets",
    "SEQ": "Synchronization in order",
    "STL": "Staging table loader, IR10 and IR14",
    "ISY": "Incremental synchronization",
    "PSY": "Periodic audit synchronization",
    "SRP": "Synchronization reports",
    "BQ": "Billing quantities",
    "BSV": "Billing services, push and pull",
    "WIN": "Billing window and timing",
    "SEG": "Segmented responses",
    "TXS": "Transaction status",
    "SUM": "Sum check",
    "ODE": "On-demand estimation",
    "BRP": "Billing reports",
    "FUT": "Announced for later releases",
}


def title_of(area: str) -> str:
    """The title of an area; its own name, where it has none."""
    return _TITLES.get(area, area)
