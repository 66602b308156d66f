"""Nguồn vốn: the sources of the programme's money by period, what each may pay for, and when its year closes."""

from ntm.domain.funds.calendars import Closing, closing
from ntm.domain.funds.cover import OpenVolume, cell_shortage, open_volumes, value_of
from ntm.domain.funds.model import (
    USES,
    Community,
    FundKind,
    MoneyRule,
    Period,
    Source,
    SourceGroup,
    Use,
    YearRule,
    may_pay,
)
from ntm.domain.funds.shipped import Funds, UnknownSource, catalogue

__all__ = [
    "USES",
    "Closing",
    "Community",
    "FundKind",
    "Funds",
    "MoneyRule",
    "OpenVolume",
    "Period",
    "Source",
    "SourceGroup",
    "UnknownSource",
    "Use",
    "YearRule",
    "catalogue",
    "cell_shortage",
    "closing",
    "may_pay",
    "open_volumes",
    "value_of",
]
