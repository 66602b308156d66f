"""Phương án thành bảng tính: works, units, sources, goals on sheets of their own; amounts in đồng."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext

from ntm.domain.official.dates import write_date
from ntm.faces.desk.rooms.proposals import shown
from ntm.records.funding.queries.proposals import Opened

__all__ = ["workbook"]

Cells = Sequence[str | int | None]


def workbook(view: Opened) -> HttpResponse:
    """Tệp xlsx."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF0EB"})
    amount = book.add_format({"num_format": "#,##0"})
    for name, heads, rows in _sheets(view):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, heads, head)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, column, value, amount)
                elif value is not None:
                    sheet.write_string(place, column, value[:32000])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, len(heads) - 1, 20)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(written.getvalue(), content_type=kind)
    name = f"de-xuat-phan-bo-{view.proposal.year}-{view.proposal.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _sheets(view: Opened) -> list[tuple[str, list[str], list[Cells]]]:
    sources = [(key, name) for key, name, _, used in view.sources if used]
    works_heads = [
        gettext("Công trình"), gettext("Đơn vị"), gettext("Tiêu chí"), gettext("Cần (đồng)"), gettext("Đề xuất (đồng)"),
        *(name for _, name in sources), gettext("Lý do"),
    ]  # fmt: skip
    works: list[Cells] = [
        [
            line.name,
            line.unit,
            line.criterion_no,
            line.cost,
            sum(line.amounts.values()),
            *(line.amounts.get(key) for key, _ in sources),
            " ".join(view.result["why"].get(line.id, ())),
        ]
        for line in view.lines
    ]
    unit_heads = [
        gettext("Đơn vị"), gettext("Đủ tiêu chí danh hiệu"), gettext("Vốn đề xuất (đồng)"), gettext("Đạt thêm"),
        gettext("Còn thiếu"),
    ]  # fmt: skip
    units: list[Cells] = [
        [one.name, gettext("có") if one.reaches else "", one.given, "; ".join(one.gained), "; ".join(one.left)]
        for one in view.units
    ]
    source_heads = [
        gettext("Nguồn vốn"),
        gettext("Trần (đồng)"),
        gettext("Đề xuất dùng (đồng)"),
        gettext("Còn lại (đồng)"),
    ]
    money: list[Cells] = [[name, ceiling, used, ceiling - used] for _, name, ceiling, used in view.sources]
    goal_heads = [gettext("Mục tiêu"), gettext("Đạt"), gettext("Nhiều nhất có thể"), gettext("Nhận xét")]
    goals: list[Cells] = [[one.name, one.value, one.bound, one.words] for one in shown.goals(view)]
    about: list[Cells] = [
        [gettext("Phương án"), view.proposal.title],
        [gettext("Địa bàn"), view.unit.title],
        [gettext("Năm ngân sách"), str(view.proposal.year)],
        [gettext("Số liệu đến ngày"), write_date(view.proposal.on)],
        [gettext("Bộ tiêu chí"), view.proposal.set.name],
        [gettext("Mã băm của kết quả"), view.proposal.digest],
        *([gettext("Điều đã giả định"), one] for one in view.result["remarks"]),
    ]
    return [
        (gettext("Công trình"), works_heads, works),
        (gettext("Đơn vị"), unit_heads, units),
        (gettext("Nguồn vốn"), source_heads, money),
        (gettext("Mục tiêu"), goal_heads, goals),
        (gettext("Căn cứ"), [gettext("Mục"), gettext("Nội dung")], about),
    ]
