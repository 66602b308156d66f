"""Hiện trạng: the tables. Observations are kept for ever; standing is kept as dated intervals drawn from them."""

from .campaigns import Campaign, CampaignUnit
from .carried import CarriedFrom
from .criteria_sets import RegisteredSet, ValueCheck
from .gaps import Gap
from .intervals import CriterionStanding, IndicatorStanding, UnitStanding
from .observations import Evidence, Observation, Returned, Submission
from .titles import TitleHeld
from .uploads import UploadState, WorkbookUpload

__all__ = [
    "Campaign",
    "CampaignUnit",
    "CarriedFrom",
    "CriterionStanding",
    "Evidence",
    "Gap",
    "IndicatorStanding",
    "Observation",
    "RegisteredSet",
    "Returned",
    "Submission",
    "TitleHeld",
    "UnitStanding",
    "UploadState",
    "ValueCheck",
    "WorkbookUpload",
]
