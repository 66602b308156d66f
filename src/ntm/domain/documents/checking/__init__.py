"""Kiểm tra văn bản: named rules that compare what a plan says in two places, or with what must be there."""

from ntm.domain.documents.checking.against import (
    Became,
    Carried,
    Outcome,
    against_records,
    already_met,
    carried,
    not_carried,
    not_in_records,
    too_few_carry,
)
from ntm.domain.documents.checking.checkable import Checkable, Promises
from ntm.domain.documents.checking.model import SEVERITIES, SEVERITY_NAMES, Described, Finding, Rule, Severity
from ntm.domain.documents.checking.promised import Promised, own_name, promised
from ntm.domain.documents.checking.registry import AGAINST_RECORDS, RULES, check, rule

__all__ = [
    "AGAINST_RECORDS",
    "RULES",
    "SEVERITIES",
    "SEVERITY_NAMES",
    "Became",
    "Carried",
    "Checkable",
    "Described",
    "Finding",
    "Outcome",
    "Promised",
    "Promises",
    "Rule",
    "Severity",
    "against_records",
    "already_met",
    "carried",
    "check",
    "not_carried",
    "not_in_records",
    "own_name",
    "promised",
    "rule",
    "too_few_carry",
]
