"""Chỉ tiêu phấn đấu: planned against standing, pace, cascade, carrying and the roadmap. Pure; the caller hands in the day."""

from ntm.domain.targets.metrics import METRICS, Metric, metric
from ntm.domain.targets.model import Measured, Mode, Subject, Target
from ntm.domain.targets.pace import Pace, Point, pace
from ntm.domain.targets.progress import Progress, State, progress

__all__ = [
    "METRICS",
    "Measured",
    "Metric",
    "Mode",
    "Pace",
    "Point",
    "Progress",
    "State",
    "Subject",
    "Target",
    "metric",
    "pace",
    "progress",
]
