"""Columns read at once say what the rows say, on both databases."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ntm.records.standing.bulk_columns import Codes, among, day_of, read, table, text_of, whole_of
from ntm.records.units.models import Unit, UnitCode

pytestmark = pytest.mark.django_db

DAYS = ((date(2015, 1, 1), None), (date(2019, 12, 31), date(2020, 1, 1)), (date(1, 1, 1), date(2025, 7, 1)))


def _rows(number: int) -> list[UnitCode]:
    units = Unit.objects.bulk_create([Unit(level="xa", start=DAYS[0][0]) for _ in range(number)])
    return UnitCode.objects.bulk_create(
        UnitCode(unit=unit, code=f"{at:05d}", start=DAYS[at % 3][0], end=DAYS[at % 3][1])
        for at, unit in enumerate(units)
    )


@pytest.mark.parametrize("number", [0, 1, 7])
def test_columns_hold_numbers_days_and_texts_of_every_row_in_order(number: int) -> None:
    made, codes = _rows(number), Codes({"00001": 0})
    where, parameters = among("unit_id", np.array([one.unit_id for one in made], np.int64))
    columns = (whole_of("unit_id"), text_of("code", codes), day_of("start"), day_of("end"))
    rest = f"FROM {table(UnitCode)} WHERE {where}"
    unit, code, start, end = read(columns, rest, parameters, order="unit_id DESC")
    told = codes.names()
    found = [(u, told[c], s, e) for u, c, s, e in zip(unit, code, start, end, strict=True)]
    expected = [(one.unit_id, one.code, one.start.toordinal(), one.end.toordinal() if one.end else 0) for one in made]
    assert found == sorted(expected, reverse=True)
    assert codes["00001"] == 0


def test_units_that_lie_far_apart_are_asked_for_one_by_one() -> None:
    made = _rows(60)
    wanted = np.array([made[0].unit_id, made[59].unit_id], np.int64)
    where, parameters = among("unit_id", wanted)
    (unit,) = read((whole_of("unit_id"),), f"FROM {table(UnitCode)} WHERE {where}", parameters)
    assert sorted(unit.tolist()) == wanted.tolist()
