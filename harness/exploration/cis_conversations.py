"""What conversations with a CIS are made of."""

from __future__ import annotations

from collections.abc import Mapping

from harness.exploration import cis_billing, cis_synchronizing
from harness.exploration.cis_scene import CisScene, end, open_scene
from harness.exploration.repertoire import Move, Repertoire

MOVES: Mapping[str, Move] = {
    "assignment/create": cis_synchronizing.create,
    "assignment/ask": cis_synchronizing.ask,
    "files/restart": cis_synchronizing.restart,
    "sync/create": cis_synchronizing.create,
    "sync/create many": cis_synchronizing.create_many,
    "sync/change": cis_synchronizing.change,
    "sync/change meter": cis_synchronizing.change_meter,
    "sync/follow": cis_synchronizing.follow,
    "sync/create virtual": cis_synchronizing.create_virtual,
    "sync/regroup": cis_synchronizing.regroup,
    "sync/give up": cis_synchronizing.give_up,
    "sync/synchronize": cis_synchronizing.synchronize,
    "sync/audit": cis_synchronizing.audit,
    "sync/audit what ended": cis_synchronizing.audit_what_ended,
    "billing/request": cis_billing.request,
    "billing/meter": cis_billing.meter,
    "billing/deliver": cis_billing.deliver,
    "billing/lose": cis_billing.lose,
    "billing/close": cis_billing.close,
    "billing/bill again": cis_billing.bill_again,
    "billing/bill elsewhere": cis_billing.bill_elsewhere,
    "billing/publish": cis_billing.publish,
    "post/answer astray": cis_synchronizing.answer_astray,
    "post/set astray": cis_synchronizing.set_astray,
    "post/report astray": cis_synchronizing.report_astray,
}
"""The kinds of moves, by chapter."""

REPERTOIRE = Repertoire(
    moves=MOVES,
    chapters=("assignment", "sync", "sync", "sync", "post", "post", "billing", "billing", "billing", "mixed"),
    needed={
        "assignment": ("assignment/create",),
        "sync": ("sync/change",),
        "billing": ("billing/close", "billing/deliver"),
        "mixed": ("assignment/create",),
    },
    classes={"assignment": "CIS-USDP", "sync": "CIS-SYNC", "post": "CIS-SYNC", "billing": "CIS-BILLING"},
    situations={
        "ids/": "CIS-USDP",
        "ids/set after a response": "CIS-SYNC",
        "ids/quantities": "CIS-BILLING",
        "given/of a set": "CIS-SYNC",
        "sets/": "CIS-SYNC",
        "content/": "CIS-SYNC",
        "orders/": "CIS-BILLING",
    },
    longest=8,
    scene=CisScene,
    opens=open_scene,
    ends=end,
)
