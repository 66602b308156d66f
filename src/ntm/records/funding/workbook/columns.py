"""Cột của bảng công trình: heads, how each is typed, read and shown; sources of capital have a column each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from ntm.domain import funds
from ntm.domain.funds import FundKind
from ntm.domain.official.dates import DateError, parse_date, write_date
from ntm.domain.official.money import MoneyError, parse_money, write_amount
from ntm.domain.official.numbers import write_number
from ntm.domain.official.text import fold, nfc
from ntm.records.funding.models import Execution
from ntm.records.funding.refusals import Refused

__all__ = [
    "CLEARED",
    "CODE",
    "COLUMNS",
    "FUND",
    "GUIDE",
    "KEY",
    "SHEET",
    "SHOWN",
    "STAMP",
    "UNIT",
    "UNIT_NAME",
    "WHY",
    "Column",
    "FundKey",
    "Value",
    "clears",
    "degrees",
    "fund_head",
    "fund_key",
    "fund_words",
    "known_funds",
    "of_field",
    "read",
    "said",
]

Value = str | int | bool | date | Decimal | None
FundKey = tuple[str, str]  # source, kind

SHEET, GUIDE, STAMP = "Công trình", "Hướng dẫn", "_ntm"
KEY, WHY = "Khoá", "Vì sao chưa nhận, sửa thế nào"
CODE, UNIT, UNIT_NAME = "Mã công trình", "Mã đơn vị", "Đơn vị"
FUND = "Vốn: "
_DONG = " (đồng)"
CLEARED = "xoá"  # typed into a cell: what stands there goes
_CLEARED = {"xoa", "(xoa)"}
_YES, _NO = {"co", "x", "thuoc", "dung"}, {"khong", "khong thuoc", "sai"}
_EARLIEST, _LATEST = date(1945, 9, 2), date(2100, 12, 31)
_MOST = 1000  # characters of one cell


@dataclass(frozen=True, slots=True)
class Column:
    """Một cột được nhập: `field` of the works that it fills; `optional`: may be emptied by typing “xoá”."""

    field: str
    head: str
    kind: str  # text, day, money, flag, choice, count, degrees
    how: str
    width: int = 16
    optional: bool = True


COLUMNS: tuple[Column, ...] = (
    Column("code", CODE, "text", "Bắt buộc, không trùng trong một đơn vị; công trình đã có thì không đổi mã.", 16, False),
    Column("name", "Tên công trình", "text", "Bắt buộc với công trình mới.", 44, False),
    Column("unit", UNIT, "text", "Mã đơn vị hành chính của đơn vị quản lý; để trống: đơn vị của trang nộp bảng.", 11, False),
    Column("village_id", "Thôn", "text", "Tên thôn của xã quản lý, viết có dấu hay không đều được.", 22),
    Column("set_code", "Bộ tiêu chí", "text", "Mã bộ tiêu chí, chọn trong danh sách.", 24),
    Column("criterion_no", "Tiêu chí", "count", "Số tiêu chí mà công trình phục vụ, ví dụ 2.", 9),
    Column("indicator_code", "Chỉ tiêu", "text", "Mã chỉ tiêu của tiêu chí ấy, ví dụ 2.1; không bắt buộc.", 10),
    Column("decision", "Quyết định phê duyệt", "text", "Số quyết định; có thì công trình là đã phê duyệt.", 24),
    Column("decision_on", "Ngày phê duyệt", "day", "Ngày/tháng/năm, ví dụ 01/7/2025.", 13),
    Column(
        "in_public_plan", "Trong kế hoạch đầu tư công", "flag", "có hoặc không; để trống ở công trình mới là có.", 12, False,
    ),
    Column(
        "execution", "Cách làm", "choice",
        "Bắt buộc với công trình mới: cộng đồng thực hiện hoặc nhà thầu thực hiện.", 22, False,
    ),
    Column("contractor", "Nhà thầu, cộng đồng thực hiện", "text", "Tên nhà thầu, hoặc tổ, thôn tự làm.", 28),
    Column(
        "total_cost", "Tổng mức đầu tư (đồng)", "money",
        "Bắt buộc với công trình mới. Số nguyên đồng, ví dụ 1.200.000.000; gõ 1,2 tỷ cũng được.", 20, False,
    ),
    Column("start_planned", "Dự kiến khởi công", "day", "Ngày/tháng/năm.", 13),
    Column("end_planned", "Dự kiến hoàn thành", "day", "Ngày/tháng/năm, không trước ngày khởi công.", 13),
    Column("latitude", "Vĩ độ", "degrees", "Độ thập phân, ví dụ 21,851234; ghi cùng kinh độ.", 12),
    Column("longitude", "Kinh độ", "degrees", "Độ thập phân, ví dụ 106,541200.", 12),
    Column(
        "debt_reason", "Lý do làm mới khi còn nợ", "text",
        "Chỉ ghi cho công trình mới của đơn vị còn nợ đọng công trình cũ.", 30,
    ),
)  # fmt: skip

# What is told beside and never read: state and money come from their own entries.
SHOWN: tuple[tuple[str, str], ...] = (
    ("state", "Tình trạng"),
    ("percent", "Đã làm (%)"),
    ("allocated", f"Đã phân bổ{_DONG}"),
    ("accepted", f"Đã nghiệm thu{_DONG}"),
    ("paid", f"Đã trả{_DONG}"),
    ("debt", f"Còn nợ{_DONG}"),
)

_BY_FIELD: Mapping[str, Column] = {one.field: one for one in COLUMNS}


def of_field(field: str) -> Column:
    """Cột của một mục."""
    return _BY_FIELD[field]


@lru_cache(maxsize=1)
def known_funds() -> Mapping[str, FundKey]:
    """Tên cột vốn (không dấu) -> nguồn và loại vốn, of every period."""
    found: dict[str, FundKey] = {}
    for period in funds.catalogue().periods:
        for source in period.sources:
            for kind in source.kinds:
                found[fold(fund_head((source.code, kind.value)))] = (source.code, kind.value)
    return found


def fund_head(key: FundKey) -> str:
    """ "Vốn: Ngân sách tỉnh, vốn đầu tư phát triển (đồng)"."""
    return f"{FUND}{fund_words(key)}{_DONG}"


@lru_cache(maxsize=512)
def fund_words(key: FundKey) -> str:
    """ "Ngân sách tỉnh, vốn đầu tư phát triển"."""
    source, kind = key
    periods = funds.catalogue().periods
    several = any(one.code == source and len(one.kinds) > 1 for period in periods for one in period.sources)
    name = funds.catalogue().name(source)
    return f"{name}, {FundKind(kind).label}" if several else name


def fund_key(head: str) -> FundKey | None:
    """Nguồn của một cột; None where its head is no source's."""
    key = known_funds().get(fold(head))
    return key or known_funds().get(fold(f"{head}{_DONG}"))


# -- what a cell says ------------------------------------------------------------------------------------------------------


def read(kind: str, text: str) -> Value:
    """Một ô đã gõ; Refused with what is wrong and how to write it."""
    typed = nfc(text).strip()
    if len(typed) > _MOST:
        raise Refused(f"Ô dài quá {_MOST} chữ: rút gọn.")
    return _READERS[kind](typed)


def clears(text: str) -> bool:
    """Has “xoá” been typed?"""
    return fold(text) in _CLEARED


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except DateError as reason:
        raise Refused(str(reason)) from None
    if not _EARLIEST <= day <= _LATEST:
        raise Refused(f"Ngày phải từ {write_date(_EARLIEST)} đến {write_date(_LATEST)}.")
    return day


def _money(text: str) -> int:
    try:
        return parse_money(text, "đồng")
    except MoneyError as reason:
        raise Refused(str(reason)) from None


def _flag(text: str) -> bool:
    word = fold(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused(f"“{text[:30]}” không rõ: ghi có hoặc không.")


def _choice(text: str) -> str:
    word = fold(text)
    for value, label in Execution.choices:
        if word and word in (value, fold(label), fold(label).removesuffix(" thuc hien")):
            return str(value)
    words = " hoặc ".join(str(label) for label in Execution.labels)
    raise Refused(f"“{text[:30]}” không phải cách làm: ghi {words}.")


def _count(text: str) -> int:
    found = re.fullmatch(r"(?:tieu chi )?([0-9]{1,2})", fold(text))
    if found is None or not int(found[1]):
        raise Refused(f"“{text[:30]}” không phải số tiêu chí: ghi như 2; chỉ tiêu (2.1) ghi ở cột Chỉ tiêu.")
    return int(found[1])


def degrees(text: str) -> Decimal:
    """Toạ độ: 21,851234 hoặc 21.851234; to a millionth."""
    try:
        number = Decimal(text.strip().rstrip("°").strip().replace(",", "."))
        if not number.is_finite() or abs(number) >= 1000:
            raise InvalidOperation
        return number.quantize(Decimal("0.000001"))
    except InvalidOperation:
        raise Refused(f"“{text[:20]}” không phải toạ độ; viết như 21,851234.") from None


_READERS = {
    "text": str, "day": _day, "money": _money, "flag": _flag, "choice": _choice, "count": _count, "degrees": degrees,
}  # fmt: skip


def said(kind: str, value: Value) -> str:
    """Giá trị bằng chữ, alike for what stands and what was typed."""
    if value is None or value == "":
        return ""
    if kind == "flag":
        return "có" if value else "không"
    if kind == "choice":
        return str(Execution(value).label)
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, Decimal):
        return write_number(Decimal(format(value.normalize(), "f")))
    return write_amount(value) if kind == "money" and isinstance(value, int) else str(value)
