"""A small area for the records' tests: two provinces, with and without districts, and offices in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest

BEFORE = date(2023, 6, 1)  # province > district > commune > village
AFTER = date(2026, 3, 1)  # province > commune > village
_CHANGE = date(2025, 7, 1)
_START = date(2000, 1, 1)


@dataclass(frozen=True)
class Area:
    """Địa bàn thử: unit ids by a short name."""

    province: int
    district: int
    commune: int
    village: int
    neighbour: int  # a commune of the same district
    its_village: int
    stranger: int  # a commune of another province
    other_province: int
    other_district: int


@pytest.fixture
def area(db: None) -> Area:
    """Two provinces; the districts end on 2025-07-01 and the communes stay."""
    province, other = _unit("tinh", "Lạng Sơn", "20"), _unit("tinh", "Hải Dương", "30")
    district = _unit("huyen", "Văn Quan", "184", province, end=_CHANGE)
    elsewhere = _unit("huyen", "Cẩm Giàng", "295", other, end=_CHANGE)
    commune, neighbour = (
        _commune("Văn An", "06280", district, province),
        _commune("Tràng Phái", "06316", district, province),
    )
    stranger = _commune("Thạch Lỗi", "10906", elsewhere, other)
    village, its = (
        _village("Khòn Làng", commune, district, province),
        _village("Bản Nầng", neighbour, district, province),
    )
    return Area(province, district, commune, village, neighbour, its, stranger, other, elsewhere)


def _unit(level: str, name: str, code: str | None, parent: int | None = None, end: date | None = None) -> int:
    from ntm.domain.official.text import fold, tone_key
    from ntm.records.units.models import Position, Unit, UnitCode, UnitName, UnitParent

    kinds = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "thon": "thôn"}
    unit = Unit.objects.create(level=level, start=_START, end=end)
    UnitName.objects.create(
        unit=unit, kind=kinds[level], name=name, key=fold(name), sound=tone_key(name), start=_START, end=end
    )
    if code:
        UnitCode.objects.create(unit=unit, code=code, start=_START, end=end)
    if level == "tinh":
        Position.objects.create(unit=unit, level=level, province=unit, start=_START)
    if level == "huyen":
        UnitParent.objects.create(unit=unit, parent_id=parent, start=_START, end=end)
        Position.objects.create(
            unit=unit, level=level, parent_id=parent, province_id=parent, district=unit, start=_START, end=end
        )
    return unit.pk


def _commune(name: str, code: str, district: int, province: int) -> int:
    from ntm.records.units.models import Position, UnitParent

    unit = _unit("xa", name, code)
    for parent, of_district, start, end in ((district, district, _START, _CHANGE), (province, None, _CHANGE, None)):
        UnitParent.objects.create(unit_id=unit, parent_id=parent, start=start, end=end)
        Position.objects.create(
            unit_id=unit,
            level="xa",
            parent_id=parent,
            province_id=province,
            district_id=of_district,
            commune_id=unit,
            start=start,
            end=end,
        )
    return unit


def _village(name: str, commune: int, district: int, province: int) -> int:
    from ntm.records.units.models import Position, UnitParent

    unit = _unit("thon", name, None)
    UnitParent.objects.create(unit_id=unit, parent_id=commune, start=_START)
    for of_district, start, end in ((district, _START, _CHANGE), (None, _CHANGE, None)):
        Position.objects.create(
            unit_id=unit,
            level="thon",
            parent_id=commune,
            province_id=province,
            district_id=of_district,
            commune_id=commune,
            start=start,
            end=end,
        )
    return unit


@pytest.fixture
def holder(db: None):
    """A person in an office, written straight into the tables: `holder("leader", unit_id)` gives the actor."""
    from ntm.records.people.authority import Actor, actor_of
    from ntm.records.people.models import Holding, Office, User

    made = SimpleNamespace(count=0)

    def make(role: str, unit_id: int | None = None, criteria: tuple[str, ...] = ()) -> Actor:
        made.count += 1
        user = User.objects.create(username=f"{role}.{made.count}", full_name=f"Người thử {made.count}")
        office = Office.objects.create(
            role=role, unit_id=unit_id, title=f"{role} {made.count}", criteria=list(criteria)
        )
        return actor_of(Holding.objects.create(user=user, office=office, start=_START))

    return make
