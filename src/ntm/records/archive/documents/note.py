"""Phiếu phát hiện: the findings of a document as a Word file to send back to its author, with the answers given."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ntm.domain.official.dates import write_date
from ntm.records.archive.documents.source import SourceLine
from ntm.records.archive.models import FindingAnswer, OfficialDocument

_FACE = "Times New Roman"
_WEIGHTS = (
    ("high", "I. Phải sửa trước khi ban hành"),
    ("medium", "II. Cần xem lại"),
    ("low", "III. Nên làm rõ"),
    ("info", "IV. Để biết"),
)
_HEADS = ("STT", "Chỗ trong văn bản", "Phát hiện", "Đối chiếu", "Văn bản ghi", "Ý kiến")
_WIDTHS = (1.1, 7.4, 7.6, 2.7, 2.7, 4.4)
_QUOTED_LINES = 3
_QUOTE = 220
_UNANSWERED = -1  # what is asked of the records anew has no number and no answer


@dataclass(frozen=True)
class Note:
    """Phiếu: everything that the page prints."""

    document: OfficialDocument
    unit: str
    findings: Sequence[Mapping[str, Any]]
    answers: Mapping[int, FindingAnswer]
    lines: Sequence[SourceLine]
    pages: Mapping[int, int]
    on: date
    office: str
    version: str
    records: Sequence[Mapping[str, Any]] = ()  # findings against the records, and what they rest on
    rests_on: str = ""


def write(note: Note) -> bytes:
    """Viết phiếu ra .docx, A4 ngang."""
    file = Document()
    _page(file)
    _heading(file, note)
    for weight, title in _WEIGHTS:
        chosen = [(no, one) for no, one in enumerate(note.findings) if one["severity"] == weight]
        if chosen:
            file.add_paragraph().add_run(title).bold = True
            _table(file, note, chosen)
    if not note.findings:
        file.add_paragraph("Các quy tắc kiểm tra không thấy chỗ nào mâu thuẫn hoặc thiếu.")
    if note.rests_on:
        file.add_paragraph().add_run("V. Đối chiếu với hiện trạng").bold = True
        file.add_paragraph(note.rests_on)
        if note.records:
            _table(file, note, [(_UNANSWERED, one) for one in note.records])
    last = file.add_paragraph()
    last.add_run(
        f"Phiếu do chương trình lập ngày {write_date(note.on)} (phiên bản {note.version}) từ tệp “{note.document.use.name}”, "
        f"mã băm {note.document.use.file.sha256[:16]}…; {note.office} gửi lại nơi soạn để xem xét. "
        "Số dòng đếm theo thứ tự đoạn văn trong tệp."
    ).italic = True
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _page(file: Any) -> None:
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.7)
    style = file.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    style.paragraph_format.space_after = Pt(4)
    file.core_properties.title = "Phiếu phát hiện khi kiểm tra văn bản"
    file.core_properties.author = ""
    file.core_properties.language = "vi-VN"


def _heading(file: Any, note: Note) -> None:
    title = file.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("PHIẾU PHÁT HIỆN KHI KIỂM TRA VĂN BẢN")
    run.bold, run.font.size = True, Pt(14)
    document = note.document
    said = [document.name]
    if document.signed:
        said.append(f"ngày {write_date(document.signed)}")
    if document.issuer:
        said.append(f"của {document.issuer}")
    file.add_paragraph(f"Văn bản: {' '.join(said)}")
    if document.title and document.title != document.name:
        file.add_paragraph(f"Trích yếu: {document.title}")
    if note.unit:
        file.add_paragraph(f"Địa bàn: {note.unit}")
    weights = {weight: sum(one["severity"] == weight for one in note.findings) for weight, _t in _WEIGHTS}
    file.add_paragraph(
        f"Tổng số phát hiện: {len(note.findings)} (phải sửa {weights['high']}, cần xem lại {weights['medium']}, "
        f"nên làm rõ {weights['low']}, để biết {weights['info']})."
    )


def _table(file: Any, note: Note, chosen: list[tuple[int, Mapping[str, Any]]]) -> None:
    table = file.add_table(rows=1, cols=len(_HEADS), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, _HEADS, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(table.rows[0]._tr.makeelement(qn("w:tblHeader"), {}))
    for order, (number, finding) in enumerate(chosen, 1):
        values = (
            str(order),
            _place(note, finding),
            str(finding["message"]),
            finding.get("computed") or "",
            finding.get("stated") or "",
            _answer(note.answers.get(number)),
        )
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
    file.add_paragraph()


def _place(note: Note, finding: Mapping[str, Any]) -> str:
    numbers = [no for no in finding.get("lines") or () if 0 < no <= len(note.lines)]
    if not numbers:
        return "Toàn văn bản"
    pages = sorted({page for no in numbers if (page := note.pages.get(no) or note.lines[no - 1].page)})
    where = f"Dòng {', '.join(map(str, numbers))}" + (f" (trang {', '.join(map(str, pages))})" if pages else "")
    quotes = [_short(note.lines[no - 1].text) for no in numbers[:_QUOTED_LINES]]
    more = f"\n… và {len(numbers) - _QUOTED_LINES} chỗ nữa" if len(numbers) > _QUOTED_LINES else ""
    return where + "".join(f"\n“{quote}”" for quote in quotes if quote) + more


def _short(text: str) -> str:
    flat = " ".join("".join(letter for letter in text if letter.isprintable() or letter in "\t ").split())
    return flat if len(flat) <= _QUOTE else flat[: flat.rfind(" ", 0, _QUOTE)] + " …"


def _answer(answer: FindingAnswer | None) -> str:
    if answer is None:
        return ""
    said = str(answer.get_answer_display())
    return f"{said[:1].upper()}{said[1:]}" + (f": {answer.text}" if answer.text else "")


def file_name(document: OfficialDocument) -> str:
    """What the downloaded note is called."""
    base = document.number.replace("/", "-") or document.use.name.rsplit(".", 1)[0]
    return _("phat-hien-%(document)s.docx") % {"document": base}
