"""Phân bổ vốn: which works to fund first with the money there is; what that reaches, what it leaves, and why."""

from ntm.domain.allocation.compare import Comparison, RulePrice, compare, rule_prices
from ntm.domain.allocation.explain import Explainer
from ntm.domain.allocation.model import (
    Kind,
    MinimumShare,
    MissingCriterion,
    Problem,
    ProblemError,
    Rules,
    Share,
    Source,
    Unit,
    Works,
)
from ntm.domain.allocation.proposal import Effects, GoalResult, Proposal, effects, faults
from ntm.domain.allocation.proposing import propose

__all__ = [
    "Comparison",
    "Effects",
    "Explainer",
    "GoalResult",
    "Kind",
    "MinimumShare",
    "MissingCriterion",
    "Problem",
    "ProblemError",
    "Proposal",
    "RulePrice",
    "Rules",
    "Share",
    "Source",
    "Unit",
    "Works",
    "compare",
    "effects",
    "faults",
    "propose",
    "rule_prices",
]
