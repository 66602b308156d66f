"""Phép tính tiền trong câu: "23,8 tỷ - 10,5 tỷ = 13,3 tỷ" with its terms, signs and result."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.model import Equation
from ntm.domain.official.money import FoundMoney


def equation_of(p: Paragraph, amounts: Sequence[FoundMoney]) -> Equation | None:
    """ "23,8 tỷ - 10,5 tỷ = 13,3 tỷ": amounts parted by signs, then an equals sign."""
    for last in range(len(amounts) - 1, 0, -1):
        if not re.fullmatch(r"\W*=\s*", p.text[amounts[last - 1].end : amounts[last].start]):
            continue
        terms, signs = [amounts[last - 1].amount], [1]
        first = last - 1
        while first > 0:
            sign = re.fullmatch(r"\s*(?:đồng)?\s*([-–+])\s*", p.text[amounts[first - 1].end : amounts[first].start])
            if sign is None:
                break
            signs[0] = 1 if sign[1] == "+" else -1
            terms.insert(0, amounts[first - 1].amount)
            signs.insert(0, 1)
            first -= 1
        if len(terms) > 1:
            a, b = amounts[first].start, amounts[last].end
            return Equation(tuple(terms), tuple(signs), amounts[last].amount, p.text[a:b], p.lines(a, b))
    return None
