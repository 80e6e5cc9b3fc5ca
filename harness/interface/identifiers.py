"""Identifiers of the field, kept apart by type so that one never passes for another."""

from __future__ import annotations

from typing import NewType

OrgId = NewType("OrgId", str)
"""An MDM/R Organization Identifier, such as ``ORG11111``."""

SdpId = NewType("SdpId", str)
"""An LDC's own identifier of a Service Delivery Point; unique within that LDC only."""

UniversalSdpId = NewType("UniversalSdpId", str)
"""The MDM/R's identifier of a Service Delivery Point; unique in Ontario."""
