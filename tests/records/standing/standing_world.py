"""Một thế giới nhỏ cho các bài kiểm thử hiện trạng: Hải Dương and Lạng Sơn, an officer of each kind, and a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Holding, Office, User
from ntm.records.standing import registry
from ntm.records.units import queries as units
from ntm.records.units import services as unit_services
from ntm.records.units.services.acting import SystemActor

NANG_CAO_HAI_DUONG = "xa-ntm-nang-cao-2021-2025-hai-duong"
LAST_DAY_OF_2022 = date(2022, 12, 31)
TODAY = date(2023, 1, 5)


@dataclass(frozen=True)
class World:
    """Unit ids and actors by a short name."""

    unit: dict[str, int]
    actor: dict[str, Actor]


def build() -> World:
    """Load two provinces, register the shipped sets, appoint five people."""
    unit_services.load_gazetteer(SystemActor("kiểm thử"), on=TODAY, provinces=["30", "20"])
    registry.register_shipped()
    unit = {
        name: _unit(code)
        for name, code in (("hai_duong", "30"), ("cam_giang", "295"), ("thach_loi", "10906"), ("cam_hung", "10897"))
    }
    actor = {
        "officer": _appoint("can_bo", "commune_officer", "Công chức phụ trách NTM xã Thạch Lỗi", unit["thach_loi"]),
        "neighbour": _appoint("can_bo_khac", "commune_officer", "Công chức phụ trách NTM xã bên", unit["cam_hung"]),
        "income": _appoint("thong_ke", "sector_officer", "Chi cục Thống kê", unit["cam_giang"], ["10", "11"]),
        "roads": _appoint("giao_thong", "sector_officer", "Phòng Kinh tế và Hạ tầng", unit["cam_giang"], ["2"]),
        "office": _appoint("vpdp", "coordination_office", "Văn phòng Điều phối huyện", unit["cam_giang"]),
        "province": _appoint("vpdp_tinh", "coordination_office", "Văn phòng Điều phối tỉnh", unit["hai_duong"]),
        "council": _appoint("hoi_dong", "council_member", "Hội đồng thẩm định tỉnh", unit["hai_duong"]),
    }
    return World(unit, actor)


def _unit(code: str) -> int:
    found = units.by_code(code, LAST_DAY_OF_2022)
    assert found is not None, code
    return found.pk


def _appoint(username: str, role: str, title: str, unit_id: int, criteria: list[str] | None = None) -> Actor:
    user = User.objects.create_user(username=username, password="Mat-khau-kiem-thu-1", full_name=title)
    office = Office.objects.create(role=role, title=title, unit_id=unit_id, criteria=criteria or [])
    holding = Holding.objects.create(user=user, office=office, start=date(2020, 1, 1))
    return actor_of(holding)
