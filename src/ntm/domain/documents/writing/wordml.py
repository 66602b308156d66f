"""Mã của tệp Word: paragraphs, runs and tables as WordprocessingML text. Only this module knows the marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import Literal

from .layout import Layout
from .words import clean

Align = Literal["left", "center", "right", "both"]
Edge = Literal["top", "bottom"]
Shade = str

TWIPS_A_POINT = 20
_TWIPS_A_MM = Decimal(1440) / Decimal("25.4")


def twips(mm: Decimal | int) -> int:
    """Millimetres as twentieths of a point."""
    return int((Decimal(mm) * _TWIPS_A_MM).to_integral_value())


def _points(size: Decimal | int) -> int:
    return int(Decimal(size) * TWIPS_A_POINT)


def run(text: str, size: Decimal | int, *, bold: bool = False, italic: bool = False) -> str:
    """Một đoạn chữ; a line feed in it is a line break."""
    if not text:
        return ""
    half = int(Decimal(size) * 2)
    marks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    properties = f'<w:rPr>{marks}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    words = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in clean(text).split("\n")
    )
    return f"<w:r>{properties}{words}</w:r>"


def paragraph(
    runs: str = "",
    *,
    align: Align = "left",
    before: Decimal | int = 0,
    after: Decimal | int = 0,
    first_mm: Decimal | int = 0,
    left_mm: Decimal | int = 0,
    right_mm: Decimal | int = 0,
    line: Decimal | int = 1,
    keep_next: bool = False,
    edge: Edge | None = None,
    outline: int | None = None,
    mark: Decimal | int = 0,
    section: str = "",
) -> str:
    """Một đoạn văn. `edge` draws a line above or below it; `mark` is the size of its end mark: how high an empty one is;
    `section` ends a section of pages with it."""
    parts = ["<w:keepNext/>"] if keep_next else []
    if edge:
        parts.append(f'<w:pBdr><w:{edge} w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>')
    spread = int(Decimal(line) * 240)
    parts.append(
        f'<w:spacing w:before="{_points(before)}" w:after="{_points(after)}" w:line="{spread}" w:lineRule="auto"/>'
    )
    parts.append(f'<w:ind w:left="{twips(left_mm)}" w:right="{twips(right_mm)}" w:firstLine="{twips(first_mm)}"/>')
    parts.append(f'<w:jc w:val="{align}"/>')
    if outline is not None:
        parts.append(f'<w:outlineLvl w:val="{outline}"/>')
    if mark:
        half = int(Decimal(mark) * 2)
        parts.append(f'<w:rPr><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>')
    parts.append(section)
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{runs}</w:p>"


def rule(length_mm: Decimal, room_mm: Decimal) -> str:
    """Đường kẻ dưới chữ: a line of that length, centred in the room."""
    side = max((room_mm - length_mm) / 2, Decimal(0))
    mark = '<w:rPr><w:sz w:val="4"/><w:szCs w:val="4"/></w:rPr>'
    return paragraph(f"<w:r>{mark}</w:r>", before=2, left_mm=side, right_mm=side, edge="top").replace(
        "</w:pPr>", f"{mark}</w:pPr>", 1
    )


def end_mark(section: str = "") -> str:
    """Dấu hết phần: a paragraph too low to need a page of its own."""
    mark = '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{mark}{section}</w:pPr></w:p>'
    )


Sheet = tuple[int, int, int, int, int, int]  # width, height, top, right, bottom, left in twips, of the upright sheet


def sheet(rules: Layout) -> Sheet:
    """Khổ giấy và lề."""

    def of(name: str) -> int:
        return twips(rules.mm(name))

    return of("width_mm"), of("height_mm"), of("top_mm"), of("right_mm"), of("bottom_mm"), of("left_mm")


def page_break_section(*, landscape: bool, page: Sheet, header_id: str = "") -> str:
    """Phần trang (sectPr). Page numbers begin at 1 and do not show on the first page; without `header_id` the head of the
    pages before goes on."""
    width, height, top, right, bottom, left = page
    if landscape:  # the sheet turned: its bound left edge is above
        size = f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'
        top, right, bottom, left = left, top, right, bottom
    else:
        size = f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    head = f'<w:headerReference w:type="default" r:id="{header_id}"/>' if header_id else ""
    return (
        f'<w:sectPr>{head}<w:type w:val="nextPage"/>{size}'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{top // 2}" w:footer="{bottom // 2}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def layout_table(widths_mm: Sequence[Decimal], rows: Iterable[Sequence[str]]) -> str:
    """Khung không đường kẻ: blocks side by side (letterhead, recipients and signature)."""
    widths = [twips(width) for width in widths_mm]
    body = []
    for row in rows:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content or paragraph()}</w:tc>'
            for width, content in zip(widths, row, strict=True)
        )
        body.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    return _table(widths, "".join(body), borders=False, side=0)


def cell(
    content: str, width: int, *, span: int = 1, merge: Literal["", "restart", "continue"] = "", upright: bool = False
) -> str:
    """Ô của bảng có đường kẻ; `upright` turns its words."""
    parts = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if span > 1:
        parts.append(f'<w:gridSpan w:val="{span}"/>')
    if merge:
        parts.append('<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>")
    if upright:
        parts.append('<w:textDirection w:val="btLr"/>')
    parts.append('<w:vAlign w:val="center"/>')
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{content}</w:tc>"


def table_row(cells: Iterable[str], header: bool = False, least_twips: int = 0) -> str:
    """Hàng không bị ngắt trang; a header is written again on each page."""
    marks = "<w:cantSplit/>"
    if least_twips:
        marks += f'<w:trHeight w:val="{least_twips}" w:hRule="atLeast"/>'
    if header:
        marks += "<w:tblHeader/>"
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"


def grid_table(widths: Sequence[int], rows: Iterable[str]) -> str:
    """Bảng có đường kẻ, widths in twips as given."""
    return _table(widths, "".join(rows), borders=True, side=70)


def _table(widths: Sequence[int], rows: str, *, borders: bool, side: int) -> str:
    kind = "single" if borders else "none"
    size = 4 if borders else 0
    lines = "".join(
        f'<w:{name} w:val="{kind}" w:sz="{size}" w:space="0" w:color="000000"/>'
        for name in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{lines}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )
