"""Bảng của sổ theo dõi: one file a register; entries are corrected by new rows and withdrawn, never removed."""

from ntm.records.registers.models.communication import Communication
from ntm.records.registers.models.cooperatives import Cooperative, CooperativeYear
from ntm.records.registers.models.emulation import Movement, Reward
from ntm.records.registers.models.entries import Entry, EntrySet
from ntm.records.registers.models.ocop import OcopProduct, OcopRating
from ntm.records.registers.models.production import ProductionModel
from ntm.records.registers.models.training import TrainingClass
from ntm.records.registers.models.visits import StudyVisit

__all__ = [
    "Communication",
    "Cooperative",
    "CooperativeYear",
    "Entry",
    "EntrySet",
    "Movement",
    "OcopProduct",
    "OcopRating",
    "ProductionModel",
    "Reward",
    "StudyVisit",
    "TrainingClass",
]
