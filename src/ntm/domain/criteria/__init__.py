"""Bộ tiêu chí: criteria sets as dated, cited data; their model and loader; what is in force where on which day."""

from ntm.domain.criteria.comparison import Change, Difference, diff
from ntm.domain.criteria.errors import CriteriaError
from ntm.domain.criteria.loader import load_folder, load_text
from ntm.domain.criteria.names import criterion_by_name, criterion_by_number
from ntm.domain.criteria.shipped import Catalogue, catalogue, criteria_in_force
from ntm.domain.criteria.writer import write_yaml

__all__ = [
    "Catalogue",
    "Change",
    "CriteriaError",
    "Difference",
    "catalogue",
    "criteria_in_force",
    "criterion_by_name",
    "criterion_by_number",
    "diff",
    "load_folder",
    "load_text",
    "write_yaml",
]
