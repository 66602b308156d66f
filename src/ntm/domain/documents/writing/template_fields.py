"""Trường của mẫu văn bản: what an office's own Word template may ask for, and what each field holds for a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import words
from .content import Document, Duty, Para, PlanDocument, Row, Section, Table

CHECKED_LOOP = ("index", "first", "last")  # of the variable `loop`


@dataclass(frozen=True)
class Field:
    """Trường: its name in the template, what it holds; `parts` are the fields of each item where it is a list."""

    name: str
    what: str
    parts: tuple[Field, ...] = ()
    items: bool = False  # a list of plain texts

    @property
    def is_list(self) -> bool:
        return bool(self.parts) or self.items


@dataclass(frozen=True)
class Offer:
    """Danh sách trường by name."""

    fields: tuple[Field, ...]
    by_name: Mapping[str, Field] = field(default_factory=dict)

    @classmethod
    def of(cls, *fields: Field) -> Offer:
        return cls(fields, {item.name: item for item in fields})


OFFER = Offer.of(
    Field("co_quan_chu_quan", "tên cơ quan chủ quản, chữ in hoa"),
    Field("co_quan", "tên cơ quan ban hành, chữ in hoa"),
    Field("so", "số văn bản"),
    Field("ky_hieu", "ký hiệu văn bản"),
    Field("so_ky_hieu", "số và ký hiệu, ví dụ 15/KH-UBND"),
    Field("dia_danh", "địa danh"),
    Field("ngay_thang", "ngày … tháng … năm …"),
    Field("ten_loai", "tên loại văn bản, chữ in hoa"),
    Field("trich_yeu", "trích yếu nội dung"),
    Field("mo_dau", "lời mở đầu sau các căn cứ"),
    Field("ket_thuc", "lời kết"),
    Field("quyen_han", "quyền hạn của người ký: TM., KT. …"),
    Field("chuc_vu", "chức vụ người ký"),
    Field("nguoi_ky", "họ và tên người ký"),
    Field("can_cu", "các căn cứ, mỗi căn cứ một dòng", items=True),
    Field("noi_nhan", "các nơi nhận", items=True),
    Field(
        "muc",
        "các đề mục theo thứ tự",
        (
            Field("so", "số mục: I., 1., a)"),
            Field("ten", "tên mục"),
            Field("bac", "bậc của mục: 1, 2, 3"),
            Field("doan", "các đoạn văn dưới mục", items=True),
        ),
    ),
    Field(
        "nhiem_vu",
        "các nhiệm vụ trong bảng phân công",
        (
            Field("so", "số thứ tự trong nhóm"),
            Field("nhom", "tên nhóm nhiệm vụ"),
            Field("noi_dung", "nội dung công việc"),
            Field("chi_dao", "cơ quan chỉ đạo"),
            Field("chu_tri", "cơ quan chủ trì, thực hiện"),
            Field("phoi_hop", "cơ quan phối hợp"),
            Field("thoi_gian", "thời gian thực hiện"),
            Field("san_pham", "sản phẩm"),
        ),
    ),
    Field(
        "phan_cong",
        "trách nhiệm của từng cơ quan",
        (Field("co_quan", "tên cơ quan"), Field("viec", "các việc của cơ quan", items=True)),
    ),
)
_COLUMN_FIELDS = {
    "STT": "so",
    "Nội dung công việc": "noi_dung",
    "Nội dung": "noi_dung",
    "Chỉ đạo": "chi_dao",
    "Cơ quan thực hiện": "chu_tri",
    "Cơ quan chủ trì": "chu_tri",
    "Cơ quan phối hợp": "phoi_hop",
    "Thời gian": "thoi_gian",
    "Thời gian hoàn thành": "thoi_gian",
    "Sản phẩm": "san_pham",
}


def values(document: Document) -> dict[str, Any]:
    """Giá trị của mọi trường cho một văn bản: every field offered has one, if only an empty one."""
    head, signature = document.header, document.signature
    return {
        "co_quan_chu_quan": head.superior.upper(),
        "co_quan": head.issuer.upper(),
        "so": words.number_text(head.number),
        "ky_hieu": head.symbol,
        "so_ky_hieu": words.number_line(head).removeprefix("Số: "),
        "dia_danh": head.place,
        "ngay_thang": words.date_words(head.date),
        "ten_loai": document.kind.upper(),
        "trich_yeu": document.title,
        "mo_dau": document.preamble,
        "ket_thuc": document.closing,
        "quyen_han": "\n".join(line.upper() for line in signature.authority),
        "chuc_vu": signature.position.upper(),
        "nguoi_ky": signature.name,
        "can_cu": words.list_with_stops(document.bases),
        "noi_nhan": words.recipient_lines(document.recipients),
        "muc": [_section(section) for section in document.sections],
        "nhiem_vu": _tasks(document),
        "phan_cong": [
            {"co_quan": duty.body, "viec": list(duty.duties)}
            for duty in (document.duties if isinstance(document, PlanDocument) else ())
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    texts: list[str] = []
    for block in section.blocks:
        if isinstance(block, Para):
            texts.append(" ".join(part for part in (block.bullet, block.lead, block.text) if part))
        elif isinstance(block, Duty):
            texts.append(f"{block.label} {block.body}: {' '.join(block.duties)}".strip())
    return {"so": section.label, "ten": section.heading, "bac": section.depth, "doan": texts}


def _tasks(document: Document) -> list[dict[str, str]]:
    """The rows of the task tables of the annexes and of the body."""
    tables = [annex.table for annex in document.annexes if annex.table is not None]
    tables += [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    found: list[dict[str, str]] = []
    for table in tables:
        names = [_COLUMN_FIELDS.get(column.name) for column in table.columns]
        if {"noi_dung", "chu_tri", "thoi_gian"} <= set(names):
            found += _task_rows(table, names)
    return found


def _task_rows(table: Table, names: list[str | None]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    group = ""
    empty = {part.name: "" for part in OFFER.by_name["nhiem_vu"].parts}
    for row in table.rows:
        if row.kind == "group":
            group = _first_words(row)
        elif row.kind == "row":
            cells = {
                name: str(value) for name, value in zip(names, row.cells, strict=True) if name and value is not None
            }
            found.append(empty | cells | {"nhom": group})
    return found


def _first_words(row: Row) -> str:
    return next((str(value) for value in row.cells[1:] if value not in (None, "")), "")
