"""Kiểm tra văn bản: named rules that compare what a plan says in two places, or with what must be there."""

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import SEVERITIES, SEVERITY_NAMES, Finding, Rule, Severity
from ntm.domain.documents.checking.registry import RULES, check, rule

__all__ = ["RULES", "SEVERITIES", "SEVERITY_NAMES", "Checkable", "Finding", "Rule", "Severity", "check", "rule"]
