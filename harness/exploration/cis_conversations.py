"""What conversations with a CIS are made of."""

from __future__ import annotations

from collections.abc import Mapping

from harness.exploration import cis_synchronizing
from harness.exploration.cis_scene import CisScene, end, open_scene
from harness.exploration.repertoire import Move, Repertoire

MOVES: Mapping[str, Move] = {
    "assignment/create": cis_synchronizing.create,
    "assignment/ask": cis_synchronizing.ask,
    "files/restart": cis_synchronizing.restart,
    "sync/create": cis_synchronizing.create,
    "sync/change": cis_synchronizing.change,
    "sync/create virtual": cis_synchronizing.create_virtual,
    "sync/regroup": cis_synchronizing.regroup,
    "sync/give up": cis_synchronizing.give_up,
    "sync/synchronize": cis_synchronizing.synchronize,
    "sync/audit": cis_synchronizing.audit,
    "post/answer astray": cis_synchronizing.answer_astray,
    "post/set astray": cis_synchronizing.set_astray,
    "post/report astray": cis_synchronizing.report_astray,
}
"""The kinds of moves, by chapter."""

REPERTOIRE = Repertoire(
    moves=MOVES,
    chapters=("assignment", "sync", "sync", "sync", "post", "mixed"),
    needed={"assignment": ("assignment/create",), "sync": ("sync/change",), "mixed": ("assignment/create",)},
    classes={"assignment": "CIS-USDP", "sync": "CIS-SYNC", "post": "CIS-SYNC"},
    longest=8,
    scene=CisScene,
    opens=open_scene,
    ends=end,
)
