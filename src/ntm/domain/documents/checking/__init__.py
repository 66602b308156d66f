"""Kiểm tra văn bản: named rules that compare what a plan says in two places, or with what must be there."""

from ntm.domain.documents.checking.against import Outcome, already_met, not_carried
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import SEVERITIES, SEVERITY_NAMES, Described, Finding, Rule, Severity
from ntm.domain.documents.checking.registry import AGAINST_RECORDS, RULES, check, rule

__all__ = [
    "AGAINST_RECORDS",
    "RULES",
    "SEVERITIES",
    "SEVERITY_NAMES",
    "Checkable",
    "Described",
    "Finding",
    "Outcome",
    "Rule",
    "Severity",
    "already_met",
    "check",
    "not_carried",
    "rule",
]
