"""Danh mục đơn vị hành chính: the dated lists of units that the project ships. No database.

A list proves only that its units existed on its day. Between two lists a change has bounds, not a date.
"""

from ntm.domain.gazetteer.model import (
    CHANGE_NAMES,
    LEVEL_NAMES,
    LEVELS,
    UNSURE,
    Ancestor,
    Decision,
    ListedUnit,
    Proof,
    Snapshot,
    Step,
    UnknownUnit,
)
from ntm.domain.gazetteer.reading import snapshots
from ntm.domain.gazetteer.regions import Region, all_regions, region_of
from ntm.domain.gazetteer.tracing import became, lineage, predecessors
from ntm.domain.gazetteer.unitlist import UnitList, snapshot, units_on

__all__ = [
    "CHANGE_NAMES",
    "LEVELS",
    "LEVEL_NAMES",
    "UNSURE",
    "Ancestor",
    "Decision",
    "ListedUnit",
    "Proof",
    "Region",
    "Snapshot",
    "Step",
    "UnitList",
    "UnknownUnit",
    "all_regions",
    "became",
    "lineage",
    "predecessors",
    "region_of",
    "snapshot",
    "snapshots",
    "units_on",
]
