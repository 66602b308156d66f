"""Một thế giới nhỏ cho hiện trạng: two communes of Cẩm Giàng, its offices, and strangers. Built on the records' area."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.records.people.authority import Actor
from ntm.records.standing import registry
from ntm.records.units.models import UnitStatus

HAI_DUONG = "xa-ntm-nang-cao-hai-duong-2021-2025"
DAY = date(2022, 12, 31)


@dataclass(frozen=True)
class World:
    """Unit ids and actors by a short name."""

    unit: dict[str, int]
    actor: dict[str, Actor]


def build(area: Any, holder: Callable[..., Actor]) -> World:
    """Thạch Lỗi in huyện Cẩm Giàng, tỉnh Hải Dương, of the Red River delta; Văn An of Lạng Sơn as the stranger."""
    registry.register_shipped()
    for province, region in ((area.other_province, "dbsh"), (area.province, "tdmn_phia_bac")):
        UnitStatus.objects.create(unit_id=province, kind="region", value=region, start=date(2000, 1, 1))
    unit = {
        "thach_loi": area.stranger,
        "cam_giang": area.other_district,
        "hai_duong": area.other_province,
        "van_an": area.commune,
    }
    actor = {
        "officer": holder("commune_officer", unit["thach_loi"]),
        "stranger": holder("commune_officer", unit["van_an"]),
        "income": holder("sector_officer", unit["cam_giang"], ("10", "11")),
        "roads": holder("sector_officer", unit["cam_giang"], ("2",)),
        "district": holder("coordination_office", unit["cam_giang"]),
        "province": holder("coordination_office", unit["hai_duong"]),
        "council": holder("council_member", unit["hai_duong"]),
        "leader": holder("leader", unit["hai_duong"]),
    }
    return World(unit, actor)
