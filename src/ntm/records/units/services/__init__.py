"""Đơn vị hành chính: every change; one function a verb: authority, rule, change, audit, in one transaction."""

from ntm.records.units.services.acting import Actor, Decision, SystemActor, UnitError
from ntm.records.units.services.loading import Loaded, load_gazetteer

__all__ = ["Actor", "Decision", "Loaded", "SystemActor", "UnitError", "load_gazetteer"]
