"""Bảng nhập trong trang: codes as ids and words, money of gaps, the state of a row."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ntm.domain.official.money import write_money
from ntm.records.standing.models import Observation
from ntm.records.standing.queries.sheet import SheetLine

register = template.Library()

TY = 1_000_000_000


@register.filter
def key(code: str) -> str:
    """A code as it may stand in an id."""
    return code.replace(".", "-")


@register.filter
def code_of_criterion(line: SheetLine) -> str:
    """The code of a whole criterion's conclusion when the line is one, else nothing."""
    return line.code if line.code.startswith("TC") and line.code[2:].isdigit() else ""


@register.filter
def code_shown(line: SheetLine) -> str:
    """Mã như người ta đọc: "17.1", "TC 17", and a sign where a condition has only a machine's name."""
    if code_of_criterion(line):
        return gettext("TC %(no)s") % {"no": line.code[2:]}
    return line.code if line.code[:1].isdigit() else "•"


@register.filter
def code_told(line: SheetLine) -> str:
    """The same in a heading: a condition of the title is called so."""
    return gettext("Điều kiện danh hiệu") if code_shown(line) == "•" else code_shown(line)


@register.filter
def code_words(code: str) -> str:
    """Mã trong lời: "Chỉ tiêu 17.1", "Kết luận tiêu chí 17", or a condition of the title."""
    if code[:2] == "TC" and code[2:].isdigit():
        return gettext("Kết luận tiêu chí %(no)s") % {"no": code[2:]}
    if code[:1].isdigit():
        return gettext("Chỉ tiêu %(code)s") % {"code": code}
    return gettext("Điều kiện danh hiệu")


@register.filter
def short_money(value: int | None) -> str:
    """Tiền ước tính: in tỷ from one tỷ on, else in triệu."""
    return "" if value is None else write_money(value, "tỷ" if value >= TY else "triệu")


@register.filter
def row_state(line: SheetLine) -> str:
    """Words by which rows are chosen to be shown: empty, lacking, returned, not_met."""
    words = []
    if not line.answered and not line.carried:
        words.append("empty")
    if line.lacking:
        words.append("lacking")
    if line.state == "returned":
        words.append("returned")
    if line.outcome == "not_met":
        words.append("not_met")
    return " ".join(words)


@register.filter
def has_successor(observation: Observation) -> bool:
    """Was it superseded by a row that says so?"""
    return hasattr(observation, "superseded_by")


@register.filter
def breaking(measure: str) -> SafeString:
    """Đơn vị tính: may be broken after its strokes, "triệu đồng/ người/ năm", and nowhere else."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in measure.split("/")))


@register.filter
def distance(days: int) -> int:
    """How many days, before or after."""
    return abs(days)
