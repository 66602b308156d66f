"""Hạng mục và công trình để chọn cho một nhiệm vụ: what is chosen, and what fits the words typed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import QueryDict

from ntm.records.funding.queries import serving as works
from ntm.records.planning.queries import gaps

__all__ = ["served"]


def served(
    got: QueryDict | dict[str, Any], unit_id: int, on: date, *, gap_id: int | None, works_ids: set[int]
) -> dict[str, Any]:
    """Hạng mục và công trình để chọn in a form: what is chosen, and what fits the words."""
    criteria = tuple(int(one) for one in re.findall(r"\b[0-9]{1,3}\b", str(got.get("criteria", ""))))
    return {
        "gap_choices": gaps.choices(unit_id, str(got.get("tim-hang-muc", "")), on, chosen=gap_id, criteria=criteria),
        "gap_id": gap_id,
        "works_choices": works.choices(unit_id, str(got.get("tim-cong-trinh", "")), on, chosen=works_ids),
        "works_ids": works_ids,
        "find_gap": got.get("tim-hang-muc", ""),
        "find_works": got.get("tim-cong-trinh", ""),
    }
