"""Quy tắc của công trình: what works must have, where they may lie, what their capital adds up to, which step may follow.

Each rule asks for the facts that it needs, so that one works and a file of five hundred go by the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ntm.domain import funds
from ntm.domain.official.money import write_amount, write_money
from ntm.domain.official.text import fold
from ntm.records.funding import rules
from ntm.records.funding.models import Execution, Works, WorksState
from ntm.records.funding.refusals import Refused
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.refusals import Refused as NoSuchSet
from ntm.records.units import queries as units

if TYPE_CHECKING:
    from ntm.records.funding.services.building import NewWorks

__all__ = [
    "CommunityBounds",
    "community_bounds",
    "refuse_low_cost",
    "refuse_new_in_debt",
    "refuse_taken_code",
    "refuse_wrong",
    "refuse_wrong_funds",
    "refuse_wrong_place",
    "refuse_wrong_step",
    "refuse_wrong_values",
    "search_key",
]

Fund = tuple[str, str, int]  # source, kind, amount

# What may follow what; stopped works may be taken up again.
_NEXT: dict[str, tuple[str, ...]] = {
    WorksState.PLANNED: (WorksState.APPROVED, WorksState.STOPPED),
    WorksState.APPROVED: (WorksState.BUILDING, WorksState.STOPPED),
    WorksState.BUILDING: (WorksState.COMPLETED, WorksState.STOPPED),
    WorksState.COMPLETED: (WorksState.HANDED_OVER,),
    WorksState.HANDED_OVER: (),
    WorksState.STOPPED: (WorksState.BUILDING, WorksState.APPROVED),
}
_WORDS = ("code", "name", "set_code", "indicator_code", "decision", "contractor")
_SERVED = {"set_code", "criterion_no", "indicator_code"}
_BOUND = {"execution", "total_cost", "decision_on"}


def search_key(code: str, name: str) -> str:
    """Khoá tìm kiếm: code and name without marks."""
    return fold(f"{code} {name}")[:600]


def refuse_wrong(new: NewWorks, on: date) -> None:
    """Công trình mới thiếu hoặc sai gì."""
    refuse_wrong_values(new, on)
    refuse_taken_code(new.code, Works.objects.filter(unit_id=new.unit_id, code=new.code.strip()).exists())
    if new.village_id is not None and new.unit_id not in units.ancestor_ids(new.village_id, on):
        raise Refused("Thôn này không thuộc đơn vị quản lý công trình.", "village_id")


def refuse_taken_code(code: str, taken: bool) -> None:
    """Mã công trình đã có."""
    if taken:
        raise Refused(f"Mã công trình “{code.strip()}” đã có ở đơn vị này.", "code")


def refuse_wrong_values(
    new: NewWorks,
    on: date,
    touched: Collection[str] | None = None,
    sets: Mapping[str, RegisteredSet] | None = None,
) -> None:
    """Giá trị sai: what the values alone tell. `touched`: the fields that were changed, where the works stands already;
    `sets`: the current criteria sets by code, where many works are asked about."""
    every = touched is None
    now = set(touched or ())
    if every or "total_cost" in now:
        rules.check_amount(new.total_cost, "Tổng mức đầu tư", "total_cost")
    if not new.code.strip() or not new.name.strip():
        raise Refused("Ghi mã và tên công trình.", "name" if new.code.strip() else "code")
    if new.execution not in Execution.values:
        raise Refused("Chọn cách làm: cộng đồng thực hiện hoặc nhà thầu thực hiện.", "execution")
    _refuse_too_long(new)
    if new.start_planned and new.end_planned and new.end_planned < new.start_planned:
        raise Refused("Ngày dự kiến hoàn thành trước ngày khởi công.", "end_planned")
    refuse_wrong_place(new.latitude, new.longitude)
    if every or now & _SERVED:
        _refuse_wrong_criterion(new, sets)
    if every or now & _BOUND:
        bounds = community_bounds(new.execution, new.decision_on or on)
        if bounds and bounds.verified and bounds.most_total is not None and new.total_cost > bounds.most_total:
            raise Refused(
                f"Công trình theo cơ chế đặc thù có tổng mức không quá {write_amount(bounds.most_total, 'tỷ')} tỷ đồng "
                f"({bounds.reference}).",
                "total_cost",
            )


def _refuse_too_long(new: NewWorks) -> None:
    for field in _WORDS:
        column = Works._meta.get_field(field)
        most, typed = column.max_length, str(getattr(new, field))
        if most is not None and len(typed.strip()) > most:
            label = str(column.verbose_name)
            raise Refused(
                f"{label[:1].upper()}{label[1:]} dài {len(typed)} chữ, nhiều nhất {most}: rút gọn lại.", field
            )


def _refuse_wrong_criterion(new: NewWorks, sets: Mapping[str, RegisteredSet] | None) -> None:
    """Bộ tiêu chí, tiêu chí, chỉ tiêu phải là của nhau; a criterion without its set is taken as it is said."""
    if not new.set_code:
        if new.indicator_code:
            raise Refused("Ghi bộ tiêu chí mà chỉ tiêu này thuộc về.", "set_code")
        return
    try:
        known = (sets or {}).get(new.set_code)
        criteria = registry.content(known or registry.by_code(new.set_code)).criteria
    except NoSuchSet as reason:
        raise Refused(str(reason), "set_code") from None
    served = next((one for one in criteria if one.no == new.criterion_no), None)
    if served is None:
        raise Refused(
            f"Bộ tiêu chí “{new.set_code}” không có tiêu chí số {new.criterion_no}."
            if new.criterion_no is not None
            else "Ghi số tiêu chí của bộ tiêu chí đã chọn, hoặc bỏ cả hai.",
            "criterion_no",
        )
    if new.indicator_code and new.indicator_code not in {one.code for one in served.indicators}:
        raise Refused(f"Tiêu chí {served.no} của bộ này không có chỉ tiêu “{new.indicator_code}”.", "indicator_code")


@dataclass(frozen=True, slots=True)
class CommunityBounds:
    """Mức của cơ chế đặc thù ngày đó, and whether it was compared with the text: only then it refuses."""

    most_total: int | None
    self_executed_below: int | None
    reference: str
    verified: bool
    note: str

    @property
    def sentence(self) -> str:
        """ "tổng mức không quá 5 tỷ đồng; giao cộng đồng tự thực hiện khi dưới 500 triệu đồng"."""
        told = []
        if self.most_total is not None:
            told.append(f"tổng mức không quá {write_money(self.most_total, 'tỷ')}")
        if self.self_executed_below is not None:
            told.append(f"giao cộng đồng tự thực hiện khi dưới {write_money(self.self_executed_below, 'triệu')}")
        return "; ".join(told)

    @property
    def cited(self) -> str:
        """ "(Nghị định 27/2022/NĐ-CP Điều 13, 17.5; chưa đối chiếu)"."""
        return f"({self.reference})" if self.verified else f"({self.reference}; chưa đối chiếu)"

    def beyond(self, total_cost: int) -> str:
        """Which bound this cost is beyond; "" where none."""
        if self.most_total is not None and total_cost > self.most_total:
            return f"Tổng mức vượt {write_money(self.most_total, 'tỷ')} của cơ chế đặc thù."
        if self.self_executed_below is not None and total_cost >= self.self_executed_below:
            return (
                f"Tổng mức từ {write_money(self.self_executed_below, 'triệu')} trở lên: "
                "vượt mức giao cộng đồng tự thực hiện."
            )
        return ""


def community_bounds(execution: str, day: date) -> CommunityBounds | None:
    """Giới hạn của công trình do cộng đồng thực hiện; None for other works, and where no read text gives a bound."""
    found = funds.catalogue().community(day) if execution == Execution.COMMUNITY else None
    if found is None or (found.most_total is None and found.self_executed_below is None):
        return None
    return CommunityBounds(
        found.most_total, found.self_executed_below, found.reference, found.verified, found.note or ""
    )


def refuse_new_in_debt(owed: int, reason: str) -> None:
    """Không làm mới khi còn nợ, unless a reason is given."""
    if owed and not reason.strip():
        raise Refused(
            f"Đơn vị còn nợ đọng {write_amount(owed)} đồng của công trình cũ: trả nợ trước, "
            "hoặc ghi lý do vẫn phải làm công trình mới.",
            "debt_reason",
        )
    if len(reason.strip()) > 1000:
        raise Refused("Lý do làm mới khi còn nợ dài quá 1000 chữ: rút gọn lại.", "debt_reason")


def refuse_wrong_funds(lines: Sequence[Fund], total_cost: int, year: int) -> None:
    """Cơ cấu vốn: sources of the year, each once, adding up to the total cost."""
    for source, kind, amount in lines:
        rules.check_amount(amount, field="funds")
        rules.source_of(source, year, kind, planned=True)
    if len({line[:2] for line in lines}) != len(lines):
        raise Refused("Một nguồn và loại vốn chỉ ghi một dòng trong cơ cấu vốn.", "funds")
    whole = sum(line[2] for line in lines)
    if whole != total_cost:
        raise Refused(
            f"Các nguồn cộng lại {write_amount(whole)} đồng, khác tổng mức {write_amount(total_cost)} đồng.", "funds"
        )


def refuse_low_cost(code: str, total_cost: int, accepted: int, paid: int) -> None:
    """Tổng mức thấp hơn số đã nghiệm thu hay đã trả."""
    for amount, words in ((accepted, "nghiệm thu"), (paid, "trả")):
        if total_cost < amount:
            raise Refused(
                f"Công trình {code} đã {words} {write_amount(amount)} đồng: tổng mức không thể thấp hơn. "
                "Kiểm tra lại số, hoặc đảo bút toán ghi nhầm trước.",
                "total_cost",
            )


def refuse_wrong_place(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Toạ độ thiếu một nửa, hoặc ngoài trái đất."""
    if (latitude is None) != (longitude is None):
        raise Refused("Ghi cả vĩ độ và kinh độ, hoặc bỏ cả hai.", "latitude" if latitude is None else "longitude")
    if latitude is not None and longitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Refused(
            "Vĩ độ trong khoảng -90 đến 90, kinh độ trong khoảng -180 đến 180.",
            "latitude" if not -90 <= latitude <= 90 else "longitude",
        )


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
