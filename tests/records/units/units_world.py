"""A small district to change, and offices that may or may not change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ntm.domain.gazetteer import names
from ntm.records.audit.stamp import ActorStamp
from ntm.records.units import services
from ntm.records.units.models import Unit, UnitCode, UnitName, UnitParent
from ntm.records.units.services import Decision

FOUNDED = date(2015, 1, 1)
TODAY = date(2024, 6, 1)
NEXT = date(2025, 1, 1)
DECISION = Decision("01/NQ-TEST", date(2024, 5, 20), "bài kiểm thử")


class Refused(PermissionError):
    """What people.authority.Denied is above."""


@dataclass
class Office:
    """An office with the right over some units; it remembers what it was asked."""

    units: set[int | None] | None = None  # None: everywhere
    actions: set[str] | None = None
    asked: list[tuple[str, int | None, date]] = field(default_factory=list)

    def stamp(self) -> ActorStamp:
        return ActorStamp(7, "Cán bộ thử", "Văn phòng Điều phối")

    def require(self, action: str, unit_id: int | None, *, on: date) -> None:
        self.asked.append((action, unit_id, on))
        if (self.units is not None and unit_id not in self.units) or (
            self.actions is not None and action not in self.actions
        ):
            raise Refused(f"Chưa được {action}")


def make(level: str, kind: str, name: str, code: str | None, parent: Unit | None, start: date = FOUNDED) -> Unit:
    """A unit straight into the tables: tests of services start from here."""
    unit = Unit.objects.create(level=level, start=start)
    key, sound = names.fold_key(name), names.loose_key(name)
    UnitName.objects.create(unit=unit, kind=kind, name=name, key=key, sound=sound, start=start)
    if code:
        UnitCode.objects.create(unit=unit, code=code, start=start)
    if parent:
        UnitParent.objects.create(unit=unit, parent=parent, start=start)
    services.redraw([unit.pk])
    return unit


@dataclass(frozen=True)
class World:
    """Tỉnh Thử, two districts, three communes in the first and one in the second, villages in the first commune."""

    province: Unit
    district: Unit
    other: Unit
    a: Unit
    b: Unit
    c: Unit
    far: Unit
    village: Unit
    hamlet: Unit


def small_world() -> World:
    """Tỉnh Thử from nothing."""
    province = make("tinh", "Tỉnh", "Thử", "98", None)
    district = make("huyen", "Huyện", "Đông Thử", "981", province)
    other = make("huyen", "Huyện", "Tây Thử", "982", province)
    a = make("xa", "Xã", "Hoà An", "98101", district)
    b = make("xa", "Xã", "Bình Yên", "98102", district)
    c = make("xa", "Thị trấn", "Đông Thử", "98103", district)
    far = make("xa", "Xã", "Xa Lắc", "98201", other)
    village = make("thon", "Thôn", "Nà Bung", None, a)
    hamlet = make("thon", "Bản", "Pác Lùng", None, a)
    return World(province, district, other, a, b, c, far, village, hamlet)
