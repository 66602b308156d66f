"""Đơn vị hành chính: every change; one function a verb: authority, rule, change, audit, in one transaction."""

from ntm.records.units.services.acting import Actor, Decision, SystemActor, UnitError, authority_day
from ntm.records.units.services.changing import abolish, merge, preview, rename, split, transfer, undo
from ntm.records.units.services.dating import date_changes
from ntm.records.units.services.loading import Loaded, load_gazetteer
from ntm.records.units.services.positions import check, redraw
from ntm.records.units.services.requests import Abolish, Merge, NewUnit, Preview, Rename, Request, Split, Transfer
from ntm.records.units.services.statuses import end_status, set_status
from ntm.records.units.services.villages import VillagesImported, create_village, import_villages

__all__ = [
    "Abolish",
    "Actor",
    "Decision",
    "Loaded",
    "Merge",
    "NewUnit",
    "Preview",
    "Rename",
    "Request",
    "Split",
    "SystemActor",
    "Transfer",
    "UnitError",
    "VillagesImported",
    "abolish",
    "authority_day",
    "check",
    "create_village",
    "date_changes",
    "end_status",
    "import_villages",
    "load_gazetteer",
    "merge",
    "preview",
    "redraw",
    "rename",
    "set_status",
    "split",
    "transfer",
    "undo",
]
