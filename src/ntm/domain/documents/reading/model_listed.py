"""Bản đọc, phần số liệu và biểu: money and its sums, shares, lists, annexes, recipients, activities, repairs (see model.py)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ntm.domain.documents.reading.model_written import Lines, Span, WrittenDate


@dataclass(frozen=True)
class MoneyItem:
    """Khoản tiền: `parent` is the index of the sum that it is a part of."""

    what: str
    role: Literal["need", "source", "total", "balance"]
    amount: int
    words: str
    criterion: int | None = None
    parent: int | None = None
    side: Literal["need", "source"] | None = None  # which side a total or a part stands on
    condition: str | None = None  # "khi xã đạt chuẩn …"
    share: Decimal | None = None  # "theo tỷ lệ 15%"
    year: int | None = None
    lines: Lines = ()
    span: Span | None = None


@dataclass(frozen=True)
class MoneySum:
    """Phép cộng: a stated total and the parts that stand under it, as indices into `money`."""

    total: int
    parts: tuple[int, ...]
    lines: Lines


@dataclass(frozen=True)
class Equation:
    """Phép tính trong văn bản: "23,8 tỷ - 10,5 tỷ = 13,3 tỷ"; signs apply to the terms, amounts in đồng."""

    terms: tuple[int, ...]
    signs: tuple[int, ...]
    result: int
    text: str
    lines: Lines


@dataclass(frozen=True)
class Share:
    """Tỷ lệ: "124/184 xã, chiếm 67,4%"."""

    what: str
    count: Decimal
    of: Decimal
    percent: Decimal | None
    lines: Lines


@dataclass(frozen=True)
class StatedList:
    """Danh sách kèm số lượng: "05 xã (A, B, C)": the stated number and the items that stand beside it."""

    what: str
    stated: int
    items: tuple[str, ...]
    noun: str
    open_list: bool = False
    lines: Lines = ()


@dataclass(frozen=True)
class AnnexRow:
    """Hàng của phụ lục: cells under the columns, a row over a page break joined. kind: header | group | row | total | note."""

    cells: tuple[str, ...]
    lines: Lines
    kind: Literal["header", "group", "row", "total", "note"] = "row"
    group: str | None = None


@dataclass(frozen=True)
class Annex:
    """Phụ lục, biểu: label None where the document gives none."""

    label: str | None
    title: str | None
    attached_to: str | None = None
    attached_kind: str | None = None
    attached_date: WrittenDate | None = None
    attached_lines: Lines = ()
    columns: tuple[str, ...] = ()
    rows: tuple[AnnexRow, ...] = ()
    header_repeats: Lines = ()
    measure: str | None = None  # "Đơn vị tính: triệu đồng"
    in_body: bool = False  # a table of the body, not an annex
    lines: Lines = ()  # first and last line


@dataclass(frozen=True)
class AnnexPromise:
    """Phụ lục được nhắc đến: "(Có biểu số 02, 03 … kèm theo)"."""

    label: str
    lines: Lines


@dataclass(frozen=True)
class Recipient:
    text: str
    lines: Lines


@dataclass(frozen=True)
class Activity:
    """Hoạt động: production models, training, surveys, study tours that the plan names."""

    kind: Literal["mô hình", "tập huấn", "khảo sát", "sản phẩm", "tham quan"]
    what: str
    count: Decimal | None = None
    measure: str | None = None
    units: tuple[str, ...] = ()
    open_list: bool = False
    lines: Lines = ()


@dataclass(frozen=True)
class Abbreviation:
    """Chữ viết tắt mà văn bản tự giải thích, hoặc thông dụng: `defined` where the document defines it."""

    short: str
    long: str
    defined: bool = True
    lines: Lines = ()


@dataclass(frozen=True)
class Repair:
    """Chỗ nghi sai do nhận dạng: what stands there and what it most likely was."""

    as_is: str
    should_be: str
    lines: Lines
