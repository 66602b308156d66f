"""Tệp CSV để đo: one line a figure of these units, as an office would send it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import numpy as np

from benchmarks.world import figures
from ntm.domain.criteria.model import CriteriaSet, Kind
from ntm.domain.official.numbers import write_number
from ntm.records.units.models import UnitCode


def csv_of(criteria_set: CriteriaSet, unit_ids: Sequence[int], on: date, seed: int = 11) -> tuple[bytes, int]:
    """The file, and how many values it holds."""
    random = np.random.default_rng(seed)
    codes = dict(UnitCode.objects.on(on).filter(unit_id__in=unit_ids).values_list("unit_id", "code"))
    columns = []
    indicators = [indicator for _, indicator in criteria_set.indicators()]
    for indicator in indicators:
        if indicator.is_judged_in_words or indicator.kind in (Kind.ALL_OF, Kind.ANY_OF):
            columns.append(["đạt" if yes else "chưa đạt" for yes in random.random(len(unit_ids)) < 0.8])
        else:
            columns.append([write_number(one) for one in figures(indicator, len(unit_ids), random)])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["unit", "indicator", "value", "note"])
    for place, unit in enumerate(unit_ids):
        for indicator, column in zip(indicators, columns, strict=True):
            writer.writerow([codes[unit], indicator.code, column[place], ""])
    return out.getvalue().encode(), len(unit_ids) * len(indicators)
