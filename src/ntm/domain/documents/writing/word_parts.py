"""Các phần của văn bản Word: letterhead, title, bases, sections, closing, annexes, each as WordprocessingML text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from . import wordml, words
from .content import Annex, Block, Duty, Letterhead, Para, Section, Signature, Table
from .layout import layout
from .word_tables import table
from .wordml import paragraph, run

_CAPITAL_EM = Decimal("0.63")  # a capital of the bold letters, as a share of their size
_SMALL_EM = Decimal("0.46")
_UNIT_WORDS = ("TỈNH", "THÀNH PHỐ", "HUYỆN", "QUẬN", "THỊ XÃ", "THỊ TRẤN", "PHƯỜNG", "XÃ", "ĐẶC KHU")
_BOUND = frozenset(  # words that a line does not end with
    ("các", "và", "về", "của", "huyện", "tỉnh", "xã", "phường", "thôn", "năm", "giai", "đoạn", "ngày", "tháng", "quốc",
     "nông", "tiêu", "chương", "ủy", "ban", "chỉ", "xây")
)  # fmt: skip
_MM_A_POINT = Decimal("25.4") / 72


def length_mm(text: str, size: Decimal) -> Decimal:
    """About how long the bold words stand on paper; for the lines drawn below them."""
    em = _CAPITAL_EM if text.isupper() else _SMALL_EM
    return len(text) * em * size * _MM_A_POINT


def letterhead(header: Letterhead, about: str = "") -> str:
    """Quốc hiệu, tiêu ngữ beside the issuing body; number and symbol beside place and date, on one line."""
    rules = layout()
    left = rules.ours["letterhead_left_mm"]
    right = rules.text_width() - left
    upper = (_issuer(header, left), nation(right))
    lower_left = _line(words.number_line(header), "number", before=6)
    if header.draft:
        lower_left = _line("DỰ THẢO", "number", bold=True, before=6) + lower_left
    if about:
        lower_left += _line(f"V/v {about.strip()}", "about", before=6)
    lower_right = _line(words.place_line(header), "place_and_date", italic=True, before=6)
    return wordml.layout_table((left, right), (upper, (lower_left, lower_right)))


def _issuer(header: Letterhead, room: Decimal) -> str:
    rules = layout()
    superior = ""
    if header.superior.strip():
        superior = _line(broken(header.superior.strip().upper(), rules.size("superior"), room), "superior")
    name = broken(header.issuer.strip().upper(), rules.size("issuer"), room)
    longest = min(max(length_mm(line, rules.size("issuer")) for line in name.split("\n")), room)
    return superior + _line(name, "issuer", bold=True) + wordml.rule(longest * rules.rules["issuer"].chosen, room)


def broken(name: str, size: Decimal, room: Decimal) -> str:
    """A body's name that is longer than the line goes on before the name of its unit: "ỦY BAN NHÂN DÂN / TỈNH LẠNG SƠN";
    what is still too long is parted in two."""
    if "\n" in name or length_mm(name, size) <= room:
        return name
    place = max(name.rfind(f" {word} ") for word in _UNIT_WORDS)
    lines = [name] if place <= 0 else [name[:place], name[place + 1 :]]
    return "\n".join(line if length_mm(line, size) <= room else balanced(line) for line in lines)


def balanced(text: str) -> str:
    """In two lines of about one length, not parted after a word that belongs to the next."""
    words_ = text.split()
    cuts = [at for at in range(1, len(words_)) if words_[at - 1].lower() not in _BOUND]
    if not cuts:
        return text
    best = min(cuts, key=lambda at: max(len(" ".join(words_[:at])), len(" ".join(words_[at:]))))
    return f"{' '.join(words_[:best])}\n{' '.join(words_[best:])}"


def nation(room: Decimal) -> str:
    rules = layout()
    nation, motto = rules.words["nation"], rules.words["motto"]
    share = rules.rules["motto"].chosen
    return (
        _line(nation, "nation", bold=True)
        + _line(motto, "motto", bold=True)
        + wordml.rule(length_mm(motto, rules.size("motto")) * share, room)
    )


def _line(text: str, size: str, *, bold: bool = False, italic: bool = False, before: int = 0) -> str:
    return paragraph(run(text, layout().size(size), bold=bold, italic=italic), align="center", before=before)


def title_block(kind: str, title: str, room: Decimal) -> str:
    """Tên loại and trích yếu, a line below."""
    rules = layout()
    title = title.strip()
    if "\n" not in title and room < length_mm(title, rules.size("title")) <= room * Decimal("1.9"):
        title = balanced(title)
    longest = max((length_mm(line, rules.size("title")) for line in title.split("\n")), default=Decimal(0))
    return (
        paragraph(run(kind.upper(), rules.size("kind"), bold=True), align="center", before=14, keep_next=True)
        + paragraph(run(title, rules.size("title"), bold=True), align="center", keep_next=True)
        + wordml.rule(min(longest, room) * rules.rules["title"].chosen, room)
        + paragraph("", after=0)
    )


def centred(text: str, size: str, *, bold: bool = False, italic: bool = False, before: int = 6) -> str:
    """A line of its own in the middle."""
    return paragraph(
        run(text, layout().size(size), bold=bold, italic=italic), align="center", before=before, after=6, keep_next=True
    )


def body_paragraph(runs: str, *, keep_next: bool = False, outline: int | None = None) -> str:
    """Đoạn của phần nội dung: justified, its first line drawn in."""
    rules = layout()
    return paragraph(
        runs, align="both", after=rules.body["space_pt"].chosen, line=rules.body["line"].chosen,
        first_mm=rules.body["first_line_indent_mm"].chosen, keep_next=keep_next, outline=outline,
    )  # fmt: skip


def bases(items: Sequence[str]) -> str:
    """Căn cứ: each on a line, slanted, ";" at its end and "." at the last."""
    size = layout().size("bases")
    return "".join(body_paragraph(run(line, size, italic=True)) for line in words.list_with_stops(items))


def plain(text: str, *, keep_next: bool = False) -> str:
    """Lời: a paragraph for each line of the text."""
    size = layout().size("body")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return "".join(body_paragraph(run(line, size), keep_next=keep_next) for line in lines)


def section(content: Section, room: Decimal) -> str:
    """Đề mục with what stands below it; the first depth in capitals."""
    heading = content.heading.strip()
    if content.depth == 1:
        heading = heading.upper()
    text = f"{content.label.strip()} {heading}".strip()
    bold = len(heading) <= 220
    head = body_paragraph(
        run(text, layout().size("heading"), bold=bold),
        keep_next=True,
        outline=min(content.depth, 9) - 1,
    )
    return (head if text else "") + blocks(content.blocks, room)


def blocks(items: Sequence[Block], room: Decimal, *, keep_last: bool = False) -> str:
    """What a section holds; `keep_last` holds its last words on the page of what follows."""
    parts: list[str] = []
    for at, item in enumerate(items, start=1):
        if isinstance(item, Table):
            caption = centred(item.caption, "body", bold=True) if item.caption else ""
            parts += [caption, table(item, room), paragraph("", after=0)]
        elif isinstance(item, Duty):
            parts.append(duty(item))
        else:
            parts.append(_para(item, keep_next=keep_last and at == len(items)))
    return "".join(parts)


def _para(item: Para, *, keep_next: bool = False) -> str:
    size = layout().size("body")
    mark = f"{item.bullet} " if item.bullet else ""
    lead = run(f"{mark}{item.lead.strip()} ", size, bold=True) if item.lead else run(mark, size)
    lines = [line for line in item.text.split("\n") if line.strip()] or [""]
    told = [lead + run(lines[0].strip(), size, italic=item.italic)]
    told += [run(line.strip(), size, italic=item.italic) for line in lines[1:]]
    return "".join(body_paragraph(one, keep_next=keep_next) for one in told)


def duty(item: Duty) -> str:
    """Trách nhiệm của một cơ quan."""
    size = layout().size("body")
    head = f"{item.label} {item.body.strip().rstrip(':')}:".strip()
    if len(item.duties) == 1:
        return body_paragraph(run(f"{head} ", size, bold=True) + run(item.duties[0].strip(), size))
    lines = [body_paragraph(run(head, size, bold=True), keep_next=True)]
    lines += [body_paragraph(run(f"- {text.strip()}", size)) for text in item.duties]
    return "".join(lines)


def closing(recipients: Sequence[str], signature: Signature, first: Sequence[str] = ()) -> str:
    """Nơi nhận at the left, the signature at the right; kept on one page, with the words before them."""
    rules = layout()
    left = rules.ours["closing_left_mm"]
    right = rules.text_width() - left
    return paragraph("", keep_next=True) + wordml.layout_table(
        (left, right), [(_recipients([*first, *recipients]), signature_block(signature))]
    )


def two_signatures(left: Signature, right: Signature) -> str:
    """Hai người ký: secretary and chair of a meeting."""
    half = layout().text_width() / 2
    return paragraph("") + wordml.layout_table((half, half), [(signature_block(left), signature_block(right))])


def _recipients(items: Sequence[str]) -> str:
    if not items:
        return paragraph()
    rules = layout()
    label = paragraph(run(rules.words["recipients"], rules.size("recipients_label"), bold=True, italic=True))
    return label + "".join(paragraph(run(line, rules.size("recipients"))) for line in words.recipient_lines(items))


def recipients_alone(items: Sequence[str]) -> str:
    """Nơi nhận below the signatures of minutes."""
    return paragraph("") + _recipients(items) if items else ""


def signature_block(signature: Signature) -> str:
    """Quyền hạn, chức vụ, room for the signature, name."""
    rules = layout()
    size = rules.size("authority")
    lines = [line.strip().upper() for line in (*signature.authority, signature.position) if line.strip()]
    parts = [paragraph(run(line, size, bold=True), align="center", keep_next=True) for line in lines]
    gap = rules.ours["signature_gap_pt"]
    if signature.signed:
        half = gap / 2
        parts.append(paragraph(run("(Đã ký)", size, italic=True), align="center", before=half, keep_next=True))
        gap = half
    parts.append(paragraph(run(signature.name.strip(), rules.size("signer"), bold=True), align="center", before=gap))
    return "".join(parts)


def annex(content: Annex, attached: str) -> str:
    """Phụ lục: label, title in capitals, "(Kèm theo …)", then its table or words."""
    room = layout().text_width(content.turned)
    parts = [centred(content.label, "annex_label", bold=True, before=0)] if content.label else []
    parts.append(centred(content.title.upper(), "annex_title", bold=True, before=0))
    parts.append(centred(attached, "annex_attached", italic=True, before=0))
    parts.append(blocks(content.paragraphs, room))
    if content.table is not None:
        parts.append(table(content.table, room))
    return "".join(parts)
