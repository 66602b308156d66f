"""Mẫu khởi đầu: a template of each kind in the layout of decree 30/2020 with its fields in their places, for an office to
change; and the list of the fields with what each holds."""

from __future__ import annotations

from decimal import Decimal

from . import word_parts as parts
from . import wordml
from .content import Column, Letterhead, Para, Row, Section, Table
from .layout import layout
from .template_fields import OFFERS, TemplateKind
from .word import assemble
from .wordml import Align, paragraph, run

KIND_WORDS: dict[TemplateKind, str] = {
    "plan": "Kế hoạch",
    "decision": "Quyết định",
    "letter": "Công văn",
    "minutes": "Biên bản",
    "report": "Báo cáo",
}
_RULE_MM = Decimal(22)  # the line under the issuer; under the title twice that
_TASKS = (  # head, field, share of the width
    ("STT", "v.so", 8),
    ("Nội dung công việc", "v.noi_dung", 30),
    ("Chỉ đạo", "v.chi_dao", 12),
    ("Cơ quan thực hiện", "v.chu_tri", 20),
    ("Cơ quan phối hợp", "v.phoi_hop", 18),
    ("Thời gian", "v.thoi_gian", 12),
)


def starter(kind: TemplateKind = "plan") -> bytes:
    """Tệp mẫu khởi đầu, .docx."""
    body = {"plan": _plan, "decision": _decision, "letter": _letter, "minutes": _minutes, "report": _report}[kind]()
    return assemble(Letterhead("", ""), f"Mẫu {KIND_WORDS[kind].lower()}", KIND_WORDS[kind], "".join(body))


def fields_guide(kind: TemplateKind) -> bytes:
    """Bảng giải thích các trường, .docx."""
    rows: list[Row] = []
    for field in OFFERS[kind].fields:
        rows.append(Row((field.typed, field.what), "group" if field.parts else "row"))
        rows += [Row((part.typed_within, part.what)) for part in field.parts]
    table = Table((Column("Gõ trong mẫu", 46), Column("Chỗ ấy sẽ có", 54)), tuple(rows))
    told = (
        Para("Gõ trường vào chỗ cần điền, đúng từng chữ, ví dụ {{ trich_yeu }}."),
        Para(
            "Danh sách đặt giữa hai đoạn {%p for x in … %} và {%p endfor %}; mỗi dấu đứng riêng một đoạn. Trong bảng Word thì "
            "dùng {%tr for x in … %} và {%tr endfor %}, mỗi dấu đứng riêng một hàng."
        ),
        Para("Chỉ in khi có: {% if ten_truong %} … {% endif %}. Chữ in hoa: {{ ten_truong | upper }}."),
    )
    room = layout().text_width()
    body = parts.title_block("Giải thích các trường", f"Mẫu {KIND_WORDS[kind].lower()}", room)
    for section in (Section("Cách gõ", "1.", 2, told), Section("Các trường", "2.", 2, (table,))):
        body += parts.section(section, room)
    return assemble(Letterhead("", ""), f"Các trường của mẫu {KIND_WORDS[kind].lower()}", "", body)


def _plan() -> list[str]:
    works = _each("w", "p.viec", _text("- {{ w }}"))
    whose = _text("{{ p.co_quan }}:", bold=True)
    return [
        _head(),
        *_named(),
        *_each("c", "can_cu", _text("{{ c }}", italic=True)),
        _text("{{ mo_dau }}"),
        *_sections(),
        *_each("p", "phan_cong", whose, *works),
        _text("{{ ket_thuc }}"),
        _closing(),
        _line("{%p if nhiem_vu %}", "body"),
        _line("{{ bieu_nhiem_vu | upper }}", "annex_title", "center", bold=True, before=24, after=6),
        _tasks(),
        _line("{%p endif %}", "body"),
    ]


def _decision() -> list[str]:
    clauses = _each("k", "d.khoan", _text("{{ k }}"))
    return [
        _head(),
        *_named(),
        _line("{{ nguoi_quyet_dinh }}", "heading", "center", bold=True, after=6),
        *_each("c", "can_cu", _text("{{ c }}", italic=True)),
        _line("QUYẾT ĐỊNH:", "heading", "center", bold=True, before=6, after=6),
        *_each("d", "dieu", _article(), *clauses),
        _closing(),
    ]


def _letter() -> list[str]:
    return [
        _head(about="V/v {{ ve_viec }}"),
        *_addressee(),
        *_each("t", "doan", _text("{{ t }}")),
        *_sections(),
        _closing(),
    ]


def _minutes() -> list[str]:
    rules = layout()
    half = rules.text_width() / 2
    gap = int(rules.ours["signature_gap_pt"])

    def hand(what: str, name: str) -> str:
        return _line(what, "authority", "center", bold=True) + _line(name, "signer", "center", bold=True, before=gap)

    hands = wordml.layout_table((half, half), [(hand("THƯ KÝ", "{{ thu_ky }}"), hand("CHỦ TRÌ", "{{ chu_tri }}"))])
    return [
        _head(),
        *_named(),
        _text("Thời gian bắt đầu: {{ bat_dau }}. Địa điểm: {{ dia_diem }}."),
        _text("Thành phần tham dự:", bold=True),
        *_each("t", "thanh_phan", _text("- {{ t }}")),
        _line("{%p if vang_mat %}", "body"),
        _text("Vắng mặt:", bold=True),
        *_each("t", "vang_mat", _text("- {{ t }}")),
        _line("{%p endif %}", "body"),
        _text("Chủ trì: {{ chu_tri }}. Thư ký: {{ thu_ky }}."),
        *_sections(),
        _text("Kết luận của người chủ trì:", bold=True),
        *_each("k", "ket_luan", _text("- {{ k }}")),
        _text("{{ ket_thuc }}"),
        hands,
        *_each("n", "noi_nhan", _line("{{ n }}", "recipients")),
    ]


def _report() -> list[str]:
    return [
        _head(),
        *_named(),
        *_addressee(),
        *_each("c", "can_cu", _text("{{ c }}", italic=True)),
        _text("{{ mo_dau }}"),
        *_sections(),
        _text("{{ ket_thuc }}"),
        _closing(),
    ]


def _addressee() -> list[str]:
    """Kính gửi, a line each."""
    size = layout().size("addressee")
    head = paragraph(run("Kính gửi:", size), left_mm=45, before=12)
    lines = _each("g", "kinh_gui", paragraph(run("- {{ g }}", size), left_mm=55))
    return [head, *lines, _line("", "body")]


def _article() -> str:
    size = layout().size("body")
    return parts.body_paragraph(run("Điều {{ d.so }}. ", size, bold=True) + run("{{ d.noi_dung }}", size))


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
    keep_next: bool = False,
) -> str:
    rules = layout()
    indent = rules.body["first_line_indent_mm"].chosen if first else 0
    words = run(text, rules.size(size), bold=bold, italic=italic)
    return paragraph(words, align=align, before=before, after=after, first_mm=indent, keep_next=keep_next)


def _text(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """A paragraph of the body; a bold one is the head of the next."""
    return _line(text, "body", "both", bold=bold, italic=italic, after=6, first=True, keep_next=bold)


def _each(variable: str, items: str, *lines: str) -> list[str]:
    """The lines once for each item; the marks of the loop stand in paragraphs that vanish."""
    return [_line(f"{{%p for {variable} in {items} %}}", "body"), *lines, _line("{%p endfor %}", "body")]


def _given(field: str, line: str) -> str:
    """The line only where the field holds something."""
    return _line(f"{{%p if {field} %}}", "body") + line + _line("{%p endif %}", "body")


def _named() -> list[str]:
    return [
        _line("{{ ten_loai }}", "kind", "center", bold=True, before=14),
        _line("{{ trich_yeu }}", "title", "center", bold=True),
        wordml.rule(_RULE_MM * 2, layout().text_width()),
        _line("", "body"),
    ]


def _sections() -> list[str]:
    paragraphs = _each("d", "m.doan", _text("{{ d }}"))
    return _each("m", "muc", _text("{{ m.so }} {{ m.ten }}", bold=True), *paragraphs)


def _head(about: str = "") -> str:
    rules = layout()
    left = rules.ours["letterhead_left_mm"]
    right = rules.text_width() - left
    issuer = _given("co_quan_chu_quan", _line("{{ co_quan_chu_quan }}", "superior", "center"))
    issuer += _line("{{ co_quan }}", "issuer", "center", bold=True)
    issuer += wordml.rule(_RULE_MM, left)
    number = _given("du_thao", _line("{{ du_thao }}", "number", "center", bold=True, before=6))
    number += _line("Số: {{ so_ky_hieu }}", "number", "center", before=6)
    if about:
        number += _line(about, "about", "center", before=6)
    day = _line("{{ dia_danh }}, {{ ngay_thang }}", "place_and_date", "center", italic=True, before=6)
    return wordml.layout_table((left, right), ((issuer, parts.nation(right)), (number, day)))


def _closing() -> str:
    rules = layout()
    left = rules.ours["closing_left_mm"]
    label = _line(rules.words["recipients"], "recipients_label", bold=True, italic=True)
    recipients = label + "".join(_each("n", "noi_nhan", _line("{{ n }}", "recipients")))
    signature = (
        _given("quyen_han", _line("{{ quyen_han }}", "authority", "center", bold=True))
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
            wordml.cell(
                paragraph(run(text, size, bold=bold), align="center" if bold else "left", before=2, after=2), width
            )
            for text, width in zip(texts, widths, strict=True)
        ]

    def mark(text: str) -> str:
        return wordml.table_row([wordml.cell(paragraph(run(text, size)), sum(widths), span=len(widths))])

    head = wordml.table_row(cells([name for name, _, _ in _TASKS], True), header=True)
    row = wordml.table_row(cells([f"{{{{ {field} }}}}" for _, field, _ in _TASKS], False))
    group = wordml.table_row(
        [
            wordml.cell(
                paragraph(run("{{ v.dau_nhom }}", size, bold=True), keep_next=True), sum(widths), span=len(widths)
            )
        ]
    )
    marks = [mark(f"{{%tr {one} %}}") for one in ("for v in nhiem_vu", "if v.dau_nhom", "endif", "endfor")]
    return wordml.grid_table(widths, (head, *marks[:2], group, marks[2], row, marks[3]))
