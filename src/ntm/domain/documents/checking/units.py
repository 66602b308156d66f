"""Đơn vị: communes that the list of the document's day does not have, and offices of a level that is no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.checking.prose import unit_key
from ntm.domain.documents.reading.model import NamedUnit
from ntm.domain.gazetteer import ListedUnit, UnitList, snapshots, units_on

_NO_DISTRICTS = date(2025, 7, 1)


def not_listed(plan: Checkable) -> Iterator[Finding]:
    """Xã không có trong danh mục của ngày đó: có vào ngày khác thì báo, gần giống một tên khác thì nhắc."""
    on = _day(plan)
    if on is None or not plan.header.province:
        return
    area = _area(plan, units_on(on))
    if area is None:
        return
    for unit in plan.units:
        if (
            unit.level != "xa"
            or unit.code is not None
            or unit.kind is None
            or unit.kind.lower() not in ("xã", "thị trấn", "phường")
        ):
            continue
        if units_on(on).find(unit.name, level="xa", within=area.code):
            continue
        yield from _unknown(unit, area, on)


def _day(plan: Checkable) -> date | None:
    when = plan.header.date
    year = (when.year if when is not None else None) or plan.header.year
    if year is None or not 1990 < year < 2100:
        return None
    if when is not None and when.date is not None:
        return when.date
    return (
        date(year, (when.month if when is not None else None) or 6, 15)
        if when is None or when.month is None or 0 < when.month < 13
        else None
    )


def _area(plan: Checkable, listed: UnitList) -> ListedUnit | None:
    """The district, or the province, in which the document's communes lie."""
    provinces = listed.find(plan.header.province or "", level="tinh")
    if len(provinces) != 1:
        return None
    if plan.header.level == "tỉnh" or plan.header.district is None:
        return provinces[0]
    districts = listed.find(plan.header.district, level="huyen", within=provinces[0].code)
    return districts[0] if len(districts) == 1 else provinces[0]


def _unknown(unit: NamedUnit, area: ListedUnit, on: date) -> Iterator[Finding]:
    near = _alike(unit.name, area.code, on)
    if near is not None:
        yield Finding(
            "unit-spelling",
            "info",
            f"Văn bản viết “{unit.name}”; danh mục {area.title} có “{near}”, có lẽ là một xã.",
            near,
            unit.name,
            unit.lines[:3],
        )
        return
    other = _elsewhen(unit.name, area, on)
    if other is not None:
        yield Finding(
            "unit-day",
            "medium",
            f"Vào ngày {on:%d/%m/%Y} {area.title} không có xã {unit.name}; tên này có trong danh mục {other}.",
            f"danh mục {other}",
            f"ngày {on:%d/%m/%Y}",
            unit.lines[:3],
        )


@lru_cache(maxsize=64)
def _names(code: str, on: date) -> tuple[str, ...]:
    return tuple(u.name for u in units_on(on).descendants(code, "xa"))


def _alike(name: str, code: str, on: date) -> str | None:
    """The one listed name that is one letter or one mark away."""
    own = unit_key(name)
    close = [n for n in _names(code, on) if unit_key(n) == own or _distance(unit_key(n), own) == 1]
    return close[0] if len(close) == 1 else None


def _distance(a: str, b: str) -> int:
    """Letters to change, add or leave out; anything over one is two."""
    if abs(len(a) - len(b)) > 1:
        return 2
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rests = (a[at + 1 :], b[at + 1 :]), (a[at + 1 :], b[at:]), (a[at:], b[at + 1 :])
    return 0 if a == b else 1 if any(x == y for x, y in rests) else 2


def _elsewhen(name: str, area: ListedUnit, on: date) -> str | None:
    """The list of another day in which the same area has that commune; None where it may have begun between two lists."""
    proof = units_on(on).proof
    for other in snapshots():
        listed = units_on(other.earliest)
        if listed.proof.name == proof.name or area.code not in listed:
            continue
        begun_since = proof.snapshot.latest < on < other.earliest
        if any(unit_key(u.name) == unit_key(name) for u in listed.find(name, level="xa", within=area.code)):
            return None if begun_since else other.name
    return None


def no_district(plan: Checkable) -> Iterator[Finding]:
    """Văn bản của cấp huyện ban hành từ ngày 01/7/2025."""
    header = plan.header
    day = header.date.date if header.date is not None else None
    if day is not None and day >= _NO_DISTRICTS and header.level == "huyện" and header.issuer:
        yield Finding(
            "no-district",
            "medium",
            f"Văn bản ghi cơ quan ban hành là {header.issuer}, nhưng từ ngày 01/7/2025 không còn cấp huyện.",
            "không còn cấp huyện",
            f"ngày {day:%d/%m/%Y}",
            lines_of(header.issuer_lines, header.date.lines if header.date else ()),
        )


RULES = (
    Rule(
        "unit-day",
        "Xã không có vào ngày đó",
        "medium",
        "tên xã với danh mục đơn vị hành chính của ngày ban hành",
        not_listed,
    ),
    Rule(
        "no-district",
        "Cấp huyện sau 01/7/2025",
        "medium",
        "cơ quan ban hành với các cấp chính quyền của ngày ban hành",
        no_district,
    ),
)
