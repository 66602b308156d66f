"""Mẫu: figures made up for the style page only; units and people in it do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.urls import reverse

from ntm.faces.desk.charts import Bar, Line, Node, Picture, Tie, bars, lineage, lines
from ntm.faces.desk.tables import Cell, Column, Row, Table

NAMES = (
    "Quy hoạch", "Giao thông", "Thuỷ lợi và phòng, chống thiên tai", "Điện", "Trường học", "Cơ sở vật chất văn hoá",
    "Cơ sở hạ tầng thương mại nông thôn", "Thông tin và Truyền thông", "Nhà ở dân cư", "Thu nhập", "Nghèo đa chiều",
    "Lao động", "Tổ chức sản xuất và phát triển kinh tế nông thôn", "Giáo dục và Đào tạo", "Y tế", "Văn hoá",
    "Môi trường và an toàn thực phẩm", "Hệ thống chính trị và tiếp cận pháp luật", "Quốc phòng và An ninh",
)  # fmt: skip
LETTERS = {"m": "met", "x": "not_met", "o": "no_data", "s": "not_considered"}


@dataclass(frozen=True)
class SampleCell:
    no: int
    name: str
    outcome: str
    url: str = ""


def cells_of(letters: str, row: str = "") -> list[SampleCell]:
    """Nineteen cells from nineteen letters."""
    return [
        SampleCell(no, name, LETTERS[letter], reverse("desk:style_cell", args=(row, f"tc{no}")) if row else "")
        for no, (name, letter) in enumerate(zip(NAMES, letters, strict=True), start=1)
    ]


def table(count: int = 24) -> Table:
    """Xã x tiêu chí, with counts in the margins."""
    columns = [
        Column("unit", "Xã"),
        Column("met", "Số đạt", "number", about="Số tiêu chí đạt"),
        Column("income", "Thu nhập", "number", measure="triệu đồng/người/năm"),
        *(Column(f"tc{no}", str(no), "outcome", about=name, opens=True) for no, name in enumerate(NAMES, start=1)),
    ]
    rows, met_by_column = [], [0] * 19
    for place in range(count):
        outcomes = [LETTERS["mmmxmmomsmxmmmm"[(place * 7 + no * 3 + place * no) % 15]] for no in range(19)]
        for no, outcome in enumerate(outcomes):
            met_by_column[no] += outcome == "met"
        income = Decimal(4200 + (place * 137) % 2600) / 100 if place % 6 else None
        marks = ("assumed",) if place % 5 == 1 else ("unchecked",) if place % 7 == 2 else ()
        unit = Cell(f"Xã mẫu số {place + 1}", url=reverse("desk:style"))
        rows.append(Row(f"mau-{place + 1}", (unit, outcomes.count("met"), Cell(income, marks=marks), *outcomes)))
    total = sum(met_by_column)
    return Table(
        "style",
        "Bảng tiêu chí của 24 xã mẫu",
        columns,
        rows,
        totals=(Row("total", ("Số xã đạt", total, None, *(Cell(value, css="c") for value in met_by_column))),),
        cell_url="/khung/o/ROW/COLUMN/",
        download_url=reverse("desk:style_file", args=("xlsx",)),
        legend=True,
        marks=("unchecked", "assumed"),
    )


@dataclass(frozen=True)
class SheetLine:
    """Một dòng để nhập."""

    code: str
    name: str
    measure: str
    threshold: str
    before: Decimal | None
    value: str
    outcome: str
    marks: tuple[str, ...] = ()


SHEET = (
    SheetLine("2.1", "Tỷ lệ đường xã được nhựa hoá hoặc bê tông hoá", "%", "≥ 100", Decimal(96), "100", "met"),
    SheetLine("4.1", "Tỷ lệ hộ sử dụng điện thường xuyên, an toàn", "%", "≥ 98", Decimal("97.4"), "98,2", "met"),
    SheetLine(
        "10",
        "Thu nhập bình quân đầu người",
        "triệu đồng/người/năm",
        "≥ 64",
        Decimal("55.1"),
        "59,58",
        "not_met",
        ("unchecked",),
    ),
    SheetLine("17.1", "Tỷ lệ hộ dùng nước sạch theo quy chuẩn", "%", "≥ 55", None, "", "no_data"),
    SheetLine("7", "Chợ nông thôn", "", "xã không quy hoạch chợ", None, "", "not_considered"),
)


@dataclass(frozen=True)
class SampleFile:
    name: str
    url: str
    bytes: int
    kind: str
    by: str
    at: datetime


@dataclass(frozen=True)
class SampleEntry:
    at: datetime
    who: str
    office: str
    sentence: str
    detail: str = ""
    kind: str = ""


@dataclass(frozen=True)
class SampleFilter:
    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


FILES = (
    SampleFile(
        "Biểu điều tra thu nhập năm 2022.xlsx",
        "/khung/",
        184_000,
        "xlsx",
        "cán bộ mẫu",
        datetime(2023, 1, 5, 2, 12, tzinfo=UTC),
    ),
    SampleFile(
        "Ảnh nhà văn hoá thôn sau khi sửa.jpg",
        "/khung/",
        2_340_000,
        "jpg",
        "cán bộ mẫu",
        datetime(2023, 1, 4, 8, 40, tzinfo=UTC),
    ),
)
HISTORY = (
    SampleEntry(
        datetime(2023, 1, 9, 3, 5, tzinfo=UTC),
        "Người thẩm tra mẫu",
        "Chi cục mẫu",
        "Trả lại số liệu thu nhập.",
        "Thiếu biểu điều tra của hai thôn.",
        "back",
    ),
    SampleEntry(
        datetime(2023, 1, 5, 2, 14, tzinfo=UTC),
        "Cán bộ mẫu",
        "xã mẫu",
        "Gửi thẩm tra số liệu thu nhập: 59,58.",
        "",
        "forward",
    ),
    SampleEntry(
        datetime(2023, 1, 5, 2, 10, tzinfo=UTC),
        "Cán bộ mẫu",
        "xã mẫu",
        "Nhập số liệu thu nhập: 59,58 triệu đồng/người/năm.",
    ),
)
FILTERS = (
    SampleFilter("danhhieu", "Danh hiệu", "", (("", "Tất cả"), ("ntm", "Nông thôn mới"), ("nang_cao", "Nâng cao"))),
    SampleFilter("ten", "Tên xã", ""),
)
CHANGES = (
    "5 chỉ tiêu chuyển sang cơ quan thẩm tra; sau đó chỉ sửa được khi bị trả lại.",
    "Chỉ tiêu 17.1 chưa có số liệu sẽ gửi kèm lý do đã ghi.",
)


def pictures() -> list[Picture]:
    """A bar picture, a line picture, a lineage."""
    return [
        bars(
            "Số xã theo số tiêu chí đạt (mẫu)",
            [
                Bar("19 tiêu chí", 101, 124, "met"),
                Bar("15-18", 38, 40),
                Bar("10-14", 36, 20),
                Bar("5-9", 9, 0),
                Bar("dưới 5", None),
            ],
            measure="xã",
            value_head="Thực hiện",
            plan_head="Kế hoạch",
        ),
        lines(
            "Số tiêu chí bình quân một xã (mẫu)",
            [str(year) for year in range(2016, 2024)],
            [
                Line(
                    "Bình quân",
                    tuple(Decimal(v) for v in ("11.2", "12.4", "13.1", "14.6", "15.8", "16.2", "16.9", "17.3")),
                ),
                Line(
                    "Kế hoạch",
                    tuple(Decimal(v) for v in ("12", "12.5", "13.5", "14.5", "15.5", "16.5", "17.5", "18.5")),
                ),
            ],
            measure="tiêu chí",
        ),
        lineage(
            "Biến động đơn vị (mẫu)",
            [
                Node("a", "Xã mẫu Đông", "đến 30/6/2025", ended=True),
                Node("b", "Xã mẫu Tây", "đến 30/6/2025", ended=True),
                Node("c", "Thị trấn mẫu", "đến 30/6/2025", ended=True),
            ],
            [Node("d", "Xã mẫu", "từ 01/7/2025", asked=True), Node("e", "Phường mẫu", "từ 01/7/2025")],
            [
                Tie("a", "d", "theo nghị quyết mẫu"),
                Tie("b", "d", "theo nghị quyết mẫu"),
                Tie("c", "d", "nguồn chưa chắc", sure=False),
                Tie("c", "e", "theo nghị quyết mẫu"),
            ],
            ("Đơn vị cũ", "Đơn vị mới", "Căn cứ"),
        ),
    ]
