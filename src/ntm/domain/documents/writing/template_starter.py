"""Mẫu khởi đầu: a plan's template in the layout of decree 30/2020 with every field in its place, for an office to change."""

from __future__ import annotations

from . import wordml
from .content import Letterhead
from .layout import layout
from .word import assemble
from .wordml import Align, paragraph, run

_TASKS = (  # head, field, share of the width
    ("STT", "v.so", 8),
    ("Nội dung công việc", "v.noi_dung", 30),
    ("Chỉ đạo", "v.chi_dao", 12),
    ("Cơ quan thực hiện", "v.chu_tri", 20),
    ("Cơ quan phối hợp", "v.phoi_hop", 18),
    ("Thời gian", "v.thoi_gian", 12),
)


def starter() -> bytes:
    """Tệp mẫu khởi đầu, .docx."""
    body = [_head(), _line("{{ ten_loai }}", "kind", "center", bold=True, before=14)]
    body.append(_line("{{ trich_yeu }}", "title", "center", bold=True, after=12))
    body += _each("c", "can_cu", _line("{{ c }}", "bases", "both", italic=True, after=6, first=True))
    body.append(_line("{{ mo_dau }}", "body", "both", after=6, first=True))
    paragraphs = _each("d", "m.doan", _line("{{ d }}", "body", "both", after=6, first=True))
    heading = _line("{{ m.so }} {{ m.ten }}", "heading", "both", bold=True, after=6, first=True)
    body += _each("m", "muc", heading, *paragraphs)
    works = _each("w", "p.viec", _line("- {{ w }}", "body", "both", after=6, first=True))
    whose = _line("{{ p.co_quan }}:", "body", "both", bold=True, after=6, first=True)
    body += _each("p", "phan_cong", whose, *works)
    body += [_line("{{ ket_thuc }}", "body", "both", after=12, first=True), _closing()]
    body += [_line("PHÂN CÔNG NHIỆM VỤ", "annex_title", "center", bold=True, before=24, after=6), _tasks()]
    return assemble(Letterhead("", ""), "Mẫu kế hoạch", "Kế hoạch", "".join(body))


def _line(
    text: str,
    size: str,
    align: Align = "left",
    *,
    bold: bool = False,
    italic: bool = False,
    before: int = 0,
    after: int = 0,
    first: bool = False,
) -> str:
    rules = layout()
    indent = rules.body["first_line_indent_mm"].chosen if first else 0
    words = run(text, rules.size(size), bold=bold, italic=italic)
    return paragraph(words, align=align, before=before, after=after, first_mm=indent)


def _each(variable: str, items: str, *lines: str) -> list[str]:
    """The lines once for each item; the marks of the loop stand in paragraphs that vanish."""
    return [_line(f"{{%p for {variable} in {items} %}}", "body"), *lines, _line("{%p endfor %}", "body")]


def _head() -> str:
    rules = layout()
    left = rules.ours["letterhead_left_mm"]
    right = rules.text_width() - left
    issuer = _line("{{ co_quan_chu_quan }}", "superior", "center") + _line(
        "{{ co_quan }}", "issuer", "center", bold=True
    )
    nation = _line(rules.words["nation"], "nation", "center", bold=True)
    motto = _line(rules.words["motto"], "motto", "center", bold=True)
    number = _line("Số: {{ so_ky_hieu }}", "number", "center", before=6)
    day = _line("{{ dia_danh }}, {{ ngay_thang }}", "place_and_date", "center", italic=True, before=6)
    return wordml.layout_table((left, right), ((issuer, nation + motto), (number, day)))


def _closing() -> str:
    rules = layout()
    left = rules.ours["closing_left_mm"]
    label = _line(rules.words["recipients"], "recipients_label", bold=True, italic=True)
    recipients = label + "".join(_each("n", "noi_nhan", _line("{{ n }}", "recipients")))
    signature = (
        _line("{{ quyen_han }}", "authority", "center", bold=True)
        + _line("{{ chuc_vu }}", "authority", "center", bold=True)
        + _line("{{ nguoi_ky }}", "signer", "center", bold=True, before=int(rules.ours["signature_gap_pt"]))
    )
    return wordml.layout_table((left, rules.text_width() - left), ((recipients, signature),))


def _tasks() -> str:
    """Bảng nhiệm vụ: the rows that hold the marks of the loop vanish."""
    size = layout().ours["table_size"]
    room = wordml.twips(layout().text_width())
    widths = [room * share // 100 for _, _, share in _TASKS]

    def cells(texts: list[str], bold: bool) -> list[str]:
        return [
            wordml.cell(paragraph(run(text, size, bold=bold), align="center" if bold else "left"), width)
            for text, width in zip(texts, widths, strict=True)
        ]

    def mark(text: str) -> str:
        return wordml.table_row([wordml.cell(paragraph(run(text, size)), sum(widths), span=len(widths))])

    head = wordml.table_row(cells([name for name, _, _ in _TASKS], True), header=True)
    row = wordml.table_row(cells([f"{{{{ {field} }}}}" for _, field, _ in _TASKS], False))
    rows = (head, mark("{%tr for v in nhiem_vu %}"), row, mark("{%tr endfor %}"))
    return wordml.grid_table(widths, rows)
