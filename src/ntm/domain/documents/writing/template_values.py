"""Giá trị của trường: what each field of a template holds for a document, and the tables that follow the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from . import word_parts as parts
from . import words
from .content import (
    Annex,
    AnyDocument,
    Block,
    Decision,
    Document,
    Duty,
    Letterhead,
    Minutes,
    OfficialLetter,
    Para,
    PlanDocument,
    ReportSkeleton,
    Row,
    Section,
    Signature,
    Table,
)
from .layout import layout
from .template_fields import OFFERS, TemplateKind

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
_TASK_COLUMNS = {"noi_dung", "chu_tri", "thoi_gian"}


def kind_of(document: AnyDocument) -> TemplateKind:
    """Loại mẫu mà văn bản dùng."""
    if isinstance(document, OfficialLetter):
        return "letter"
    if isinstance(document, Minutes):
        return "minutes"
    if isinstance(document, Decision):
        return "decision"
    return "report" if isinstance(document, ReportSkeleton) else "plan"


def values(document: AnyDocument) -> dict[str, Any]:
    """Giá trị của mọi trường cho một văn bản: every field offered for its kind has one, if only an empty one."""
    tables = _Tables()
    found = _head(document.header)
    if isinstance(document, OfficialLetter):
        found |= _letter(document, tables)
    elif isinstance(document, Minutes):
        found |= _minutes(document, tables)
    else:
        found |= _document(document, tables)
    return {name: found[name] for name in OFFERS[kind_of(document)].by_name}


def following(document: AnyDocument, used: Sequence[str]) -> tuple[Annex, ...]:
    """Bảng và phụ lục in sau mẫu: tables within the text, then the annexes; not the tasks that the template holds itself."""
    tables = _Tables()
    blocks = document.paragraphs if isinstance(document, OfficialLetter) else ()
    tables.texts(blocks)
    for section in document.sections:
        tables.texts(section.blocks, section.heading)
    annexes = [a for a in document.annexes if not ("nhiem_vu" in used and a.table and _task_names(a.table))]
    return (*tables.found, *annexes)


class _Tables:
    """Tables met in the text, in their order: a template has no place for them, the text points at them instead."""

    def __init__(self) -> None:
        self.found: list[Annex] = []

    def texts(self, blocks: Iterable[Block], about: str = "") -> list[str]:
        """The paragraphs; where a table stood, the words that say where it is."""
        told: list[str] = []
        for block in blocks:
            if isinstance(block, Para):
                told.append(" ".join(part for part in (block.bullet, block.lead, block.text) if part))
            elif isinstance(block, Duty):
                told.append(f"{block.label} {block.body}: {' '.join(block.duties)}".strip())
            else:
                label = f"Bảng {len(self.found) + 1}"
                self.found.append(Annex(label, block.caption or about or label, replace(block, caption="")))
                told.append(f"({label} kèm theo)")
        return told

    def sections(self, items: Iterable[Section]) -> list[dict[str, Any]]:
        return [
            {"so": one.label, "ten": one.heading, "bac": one.depth, "doan": self.texts(one.blocks, one.heading)}
            for one in items
        ]


def _head(head: Letterhead) -> dict[str, Any]:
    return {
        "co_quan_chu_quan": _name(head.superior, "superior"),
        "co_quan": _name(head.issuer, "issuer"),
        "so": words.number_text(head.number),
        "ky_hieu": head.symbol,
        "so_ky_hieu": words.number_line(head).removeprefix("Số: "),
        "dia_danh": head.place,
        "ngay_thang": words.date_words(head.date),
        "du_thao": "DỰ THẢO" if head.draft else "",
    }


def _name(body: str, size: str) -> str:
    """A body's name in the lines of the letterhead."""
    rules = layout()
    return parts.broken(body.upper(), rules.size(size), rules.ours["letterhead_left_mm"])


def _signed(signature: Signature, recipients: Sequence[str], above: Sequence[str] = ()) -> dict[str, Any]:
    lines = [*above, *(one for one in recipients if one.strip(" ;.-") not in above)]
    return {
        "quyen_han": "\n".join(line.upper() for line in signature.authority),
        "chuc_vu": signature.position.upper(),
        "nguoi_ky": signature.name,
        "noi_nhan": words.recipient_lines(lines),
    }


def _document(document: Document, tables: _Tables) -> dict[str, Any]:
    addressee = document.addressee if isinstance(document, ReportSkeleton) else ()
    label, tasks = _tasks(document)
    decided = isinstance(document, Decision)
    return {
        "ten_loai": document.kind.upper(),
        "trich_yeu": document.title,
        "mo_dau": document.preamble,
        "ket_thuc": document.closing,
        "kinh_gui": list(addressee),
        "can_cu": words.list_with_stops(document.bases),
        "muc": tables.sections(document.sections),
        "bieu_nhiem_vu": label,
        "nhiem_vu": tasks,
        "phan_cong": [
            {"co_quan": duty.body, "viec": list(duty.duties)}
            for duty in (document.duties if isinstance(document, PlanDocument) else ())
        ],
        "nguoi_quyet_dinh": document.decider.upper() if isinstance(document, Decision) else "",
        "dieu": [
            {"so": str(no), "noi_dung": article.text, "khoan": list(article.clauses)}
            for no, article in enumerate(document.articles if isinstance(document, Decision) else (), start=1)
        ],
        **_signed(document.signature, document.recipients, ("Như trên",) if addressee and not decided else ()),
    }


def _letter(document: OfficialLetter, tables: _Tables) -> dict[str, Any]:
    return {
        "ve_viec": document.about,
        "kinh_gui": list(document.addressee),
        "doan": tables.texts(document.paragraphs),
        "muc": tables.sections(document.sections),
        **_signed(document.signature, document.recipients, ("Như trên",)),
    }


def _minutes(document: Minutes, tables: _Tables) -> dict[str, Any]:
    return {
        "ten_loai": document.kind.upper(),
        "trich_yeu": document.title,
        "bat_dau": document.opened,
        "dia_diem": document.place,
        "thanh_phan": list(document.present),
        "vang_mat": list(document.absent),
        "chu_tri": _person(document.chair),
        "thu_ky": _person(document.secretary),
        "muc": tables.sections(document.sections),
        "ket_luan": list(document.conclusions),
        "ket_thuc": document.closed,
        "noi_nhan": words.recipient_lines(document.recipients) if document.recipients else [],
    }


def _person(who: Signature) -> str:
    return who.name.strip() or who.position.strip()


def _tasks(document: Document) -> tuple[str, list[dict[str, str]]]:
    """What the annex of tasks is called, and the rows of the task tables of the annexes and of the body."""
    told, found = "", list[dict[str, str]]()
    for annex in document.annexes:
        if annex.table is not None and (names := _task_names(annex.table)):
            told = told or f"{annex.label}. {annex.title}".removeprefix(". ")
            found += _task_rows(annex.table, names)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table) and (names := _task_names(block)):
                found += _task_rows(block, names)
    return told, found


def _task_names(table: Table) -> list[str | None]:
    """The field of each column of a table of tasks; nothing for another table."""
    names = [_COLUMN_FIELDS.get(column.name) for column in table.columns]
    return names if set(names) >= _TASK_COLUMNS else []


def _task_rows(table: Table, names: list[str | None]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    group, told = "", ""
    empty = {part.name: "" for part in OFFERS["plan"].by_name["nhiem_vu"].parts}
    for row in table.rows:
        if row.kind == "group":
            group = _first_words(row)
        elif row.kind == "row":
            cells = {
                name: str(value) for name, value in zip(names, row.cells, strict=True) if name and value is not None
            }
            found.append(empty | cells | {"nhom": group, "dau_nhom": group if group != told else ""})
            told = group
    return found


def _first_words(row: Row) -> str:
    return next((str(value) for value in row.cells[1:] if value not in (None, "")), "")
