"""Mã kết quả và trạng thái: one byte an outcome, one byte a fact; chosen so that judging is byte arithmetic.

The outcomes rise in the order in which "all of" decides: the smallest of several is the outcome of the whole.
A state that is no figure carries its outcome in its two low bits; a figure is 0, so that `maximum(outcome of the figure,
state) & 3` is the outcome whatever the state.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from ntm.domain.assessment.model import Fact, Nothing, Outcome

__all__ = [
    "CODES",
    "FIGURE",
    "LOW_BITS",
    "MET",
    "NOTHING",
    "NOT_CONSIDERED",
    "NOT_IN_FORCE",
    "NOT_MET",
    "NO_DATA",
    "OUTCOMES",
    "SAID_MET",
    "SAID_NOT_CONSIDERED",
    "SAID_NOT_MET",
    "Bytes",
    "Ints",
    "state_of",
]

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]

# Outcomes.
NOT_MET: Final = 0
NO_DATA: Final = 1
MET: Final = 2
NOT_CONSIDERED: Final = 3
NOT_IN_FORCE: Final = 4  # the indicator is no part of the set on that day; it takes part in nothing

OUTCOMES: Final = (Outcome.NOT_MET, Outcome.NO_DATA, Outcome.MET, Outcome.NOT_CONSIDERED)
CODES: Final = {outcome: code for code, outcome in enumerate(OUTCOMES)}

# States.
FIGURE: Final = 0  # look at the value
SAID_NOT_MET: Final = 4
NOTHING: Final = 5  # no data
SAID_MET: Final = 6
SAID_NOT_CONSIDERED: Final = 7
LOW_BITS: Final = 3


def state_of(fact: Fact) -> int:
    """Trạng thái của một số liệu."""
    if isinstance(fact, Decimal):
        return FIGURE
    if isinstance(fact, bool):
        return SAID_MET if fact else SAID_NOT_MET
    return SAID_NOT_CONSIDERED if fact is Nothing.NOT_CONSIDERED else NOTHING
