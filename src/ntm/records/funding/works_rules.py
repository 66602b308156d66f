"""Quy tắc của công trình: what new works must have, where they may lie, which step may follow which."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.records.funding import rules
from ntm.records.funding.models import Execution, Works, WorksState
from ntm.records.funding.refusals import Refused
from ntm.records.units import queries as units

if TYPE_CHECKING:
    from ntm.records.funding.services.building import NewWorks

__all__ = ["refuse_wrong", "refuse_wrong_place", "refuse_wrong_step"]

# What may follow what; stopped works may be taken up again.
_NEXT: dict[str, tuple[str, ...]] = {
    WorksState.PLANNED: (WorksState.APPROVED, WorksState.STOPPED),
    WorksState.APPROVED: (WorksState.BUILDING, WorksState.STOPPED),
    WorksState.BUILDING: (WorksState.COMPLETED, WorksState.STOPPED),
    WorksState.COMPLETED: (WorksState.HANDED_OVER,),
    WorksState.HANDED_OVER: (),
    WorksState.STOPPED: (WorksState.BUILDING, WorksState.APPROVED),
}


def refuse_wrong(new: NewWorks, on: date) -> None:
    """Công trình mới thiếu hoặc sai gì."""
    rules.check_amount(new.total_cost, "Tổng mức đầu tư")
    if not new.code.strip() or not new.name.strip():
        raise Refused("Ghi mã và tên công trình.")
    if new.execution not in Execution.values:
        raise Refused("Chọn cách làm: cộng đồng thực hiện hoặc nhà thầu thực hiện.")
    if Works.objects.filter(unit_id=new.unit_id, code=new.code.strip()).exists():
        raise Refused(f"Mã công trình “{new.code}” đã có ở đơn vị này.")
    if new.village_id is not None and new.unit_id not in units.ancestor_ids(new.village_id, on):
        raise Refused("Thôn này không thuộc đơn vị quản lý công trình.")
    if new.start_planned and new.end_planned and new.end_planned < new.start_planned:
        raise Refused("Ngày dự kiến hoàn thành trước ngày khởi công.")
    refuse_wrong_place(new.latitude, new.longitude)
    bounds = funds.catalogue().community(new.decision_on or on)
    most = bounds.most_total if bounds and bounds.verified else None
    if new.execution == Execution.COMMUNITY and most is not None and new.total_cost > most:
        raise Refused(
            f"Công trình theo cơ chế đặc thù có tổng mức không quá {write_amount(most, 'tỷ')} tỷ đồng "
            f"({bounds.reference if bounds else ''})."
        )


def refuse_wrong_place(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Toạ độ thiếu một nửa, hoặc ngoài trái đất."""
    if (latitude is None) != (longitude is None):
        raise Refused("Ghi cả vĩ độ và kinh độ, hoặc bỏ cả hai.")
    if latitude is not None and longitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused("Vĩ độ trong khoảng -90 đến 90, kinh độ trong khoảng -180 đến 180.")


def refuse_wrong_step(works: Works, on: date, state: str, percent: int, text: str, keeper: str) -> None:
    """Bước này có theo được bước trước."""
    if state not in WorksState.values:
        raise Refused(f"Không có tình trạng “{state}”.")
    if state != works.state and state not in _NEXT[works.state]:
        later = ", ".join(WorksState(one).label for one in _NEXT[works.state]) or "không đổi nữa"
        raise Refused(
            f"Công trình {works.code} {WorksState(works.state).label}: bước sau là {later}, "
            f"không phải {WorksState(state).label}."
        )
    if not 0 <= percent <= 100:
        raise Refused("Khối lượng đã làm từ 0 đến 100%.")
    if state in (WorksState.COMPLETED, WorksState.HANDED_OVER) and percent != 100:
        raise Refused("Công trình hoàn thành thì khối lượng đã làm là 100%.")
    if state == WorksState.HANDED_OVER and not (keeper.strip() or works.keeper):
        raise Refused("Ghi đơn vị nhận bàn giao, quản lý và bảo trì công trình.")
    if not text.strip():
        raise Refused("Ghi nội dung tiến độ.")
    latest = works.notes.order_by("-on", "-id").first()
    if latest and on < latest.on:
        raise Refused(f"Đã có ghi tiến độ ngày {latest.on:%d/%m/%Y}; ghi từ ngày đó trở đi.")
