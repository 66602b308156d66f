"""Số liệu cho các phòng Địa bàn, Bảng tiêu chí: verified conclusions, a title, gaps; more communes where many are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import small_area
from faces.desk.working_world import DAY, HAI_DUONG
from ntm.domain.assessment import Fact
from ntm.records.standing.models import TitleHeld
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.services.importing import ImportRow, import_rows
from ntm.records.standing.services.titles import Decision, grant_title
from standing_world import World

__all__ = ["communes", "income", "stand", "titled"]


def stand(
    world: World, facts: Mapping[str, Fact], *, unit_id: int | None = None, on: date = DAY, set_code: str = HAI_DUONG,
    assumed: bool = False,
) -> None:  # fmt: skip
    """Verified figures of one unit (Thạch Lỗi unless told), by the province."""
    unit = unit_id or world.unit["thach_loi"]
    rows = [ImportRow(unit, code, fact, str(fact), place="biểu 1", assumed=assumed) for code, fact in facts.items()]
    import_rows(
        world.actor["province"],
        set_code=set_code,
        as_of=on,
        rows=rows,
        stage=Stage.VERIFIED,
        source="csv",
        file="bieu.csv",
    )


def income(world: World, figure: str = "59.58", on: date = DAY) -> None:
    """The income of Thạch Lỗi, verified."""
    stand(world, {"10": Decimal(figure)}, on=on)


def titled(
    world: World, kind: str = "ntm", year: int = 2019, *, unit_id: int | None = None, assumed: bool = False
) -> TitleHeld:
    """A title with its decision."""
    decision = Decision("216/QĐ-UBND", date(year, 12, 20), assumed=assumed)
    unit = unit_id or world.unit["thach_loi"]
    return grant_title(world.actor["province"], unit_id=unit, title_kind=kind, year=year, decision=decision)


def communes(world: World, number: int, first: int = 0) -> list[int]:
    """More communes of Cẩm Giàng."""
    return [
        small_area._commune(f"Số {place}", f"{20000 + place}", world.unit["cam_giang"], world.unit["hai_duong"])
        for place in range(first, first + number)
    ]
