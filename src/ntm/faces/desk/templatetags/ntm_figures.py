"""Con số trên màn hình: figures, days, outcomes and marks as official writing has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import write_amount, write_money
from ntm.domain.official.numbers import write_number
from ntm.faces.desk.outcomes import LOOKS, MARKS, STAGES, look

register = template.Library()


@register.filter
def at_office(person: object, office: str | None) -> str:
    """Người, chức danh; once where the account bears the name of its office."""
    name = str(person or "")
    return f"{name}, {office}" if office and office != name else name


@register.filter
def number(value: Decimal | int | None, places: int | None = None) -> str:
    """Số: `1234.5` as `1.234,5`; nothing for None, and zero is `0`."""
    if value is None:
        return ""
    if isinstance(value, float):
        raise TypeError("a figure on a page is a Decimal or an int, never a float")
    return write_number(Decimal(value), places)


@register.filter
def money(value: int | None, measure: str = "triệu") -> str:
    """Tiền: integer đồng written out, `28,038 tỷ đồng`."""
    return "" if value is None else write_money(value, measure)


@register.filter
def amount(value: int | None, measure: str = "triệu") -> str:
    """Tiền trong ô bảng: the same without the measure, which stands in the head of the column."""
    return "" if value is None else write_amount(value, measure)


@register.filter
def day(value: date | None) -> str:
    """Ngày: 05/01/2024, 30/9/2026, as Decree 30/2020/NĐ-CP writes them: a zero before days under 10 and months 1, 2."""
    return "" if value is None else write_date(value)


@register.filter
def full_day(value: date | None) -> str:
    """Ngày để gõ: dd/mm/yyyy, both with their zeros, as a field shows it."""
    return "" if value is None else f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


@register.filter
def hour(value: datetime | None) -> str:
    """Giờ, ngày: 09:05 ngày 05/01/2024, in Việt Nam's time."""
    if value is None:
        return ""
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return gettext("%(time)s ngày %(day)s") % {"time": here.strftime("%H:%M"), "day": day(here.date())}


@register.filter
def size(value: int | None) -> str:
    """Dung lượng tệp: 640 KB, 1,2 MB."""
    if value is None:
        return ""
    if value < 1_000_000:
        return f"{number(max(1, round(value / 1000)))} KB"
    return f"{number((Decimal(value) / 1_000_000).quantize(Decimal('0.1')))} MB"


@register.filter
def is_number(value: object) -> bool:
    return isinstance(value, int)


@register.filter
def stage(value: object) -> str:
    """Bước: tự đánh giá, đã thẩm tra, đã thẩm định."""
    return str(STAGES[str(value)])


@register.simple_tag
def outcome(value: object, words: bool = True) -> SafeString:
    """Kết quả: sign and words; `words=False` leaves the words to screen readers only."""
    seen = look(value)
    return format_html(
        '<span class="outcome {}"><span class="sign" aria-hidden="true">{}</span><span{}>{}</span></span>',
        seen.css, seen.sign, "" if words else mark_safe(' class="unseen"'), seen.words,
    )  # fmt: skip


@register.simple_tag
def mark(kind: str) -> SafeString:
    """Dấu nhỏ cạnh con số: `unchecked`, `assumed`, `pending`."""
    seen = MARKS[kind]
    return format_html(
        '<span class="mark {}" title="{}"><span aria-hidden="true">{}</span><span class="unseen"> ({})</span></span>',
        seen.css, seen.words, seen.sign, seen.words,
    )  # fmt: skip


@register.simple_tag
def legend(*marks: str) -> SafeString:
    """Chú giải: the four outcomes, and the marks named."""
    seen = [*LOOKS.values(), *(MARKS[kind] for kind in marks)]
    items = format_html_join(
        "",
        '<li><span class="outcome {}"><span class="sign" aria-hidden="true">{}</span></span> {}</li>',
        ((one.css, one.sign, one.words) for one in seen),
    )
    return format_html('<ul class="legend" aria-label="{}">{}</ul>', gettext("Chú giải"), items)


@register.simple_tag
def legend_of(marks: Iterable[str]) -> SafeString:
    """Chú giải với danh sách dấu có sẵn."""
    return legend(*marks)


@register.simple_tag
def strip(cells: Iterable[Any], small: bool = False) -> SafeString:
    """Dải ô tiêu chí của một đơn vị: one cell a criterion, with number, sign and, if it opens, its address.

    A cell is any object with `no`, `outcome`, `name`, and maybe `url`.
    """
    drawn = list(cells)
    met = sum(str(cell.outcome) == "met" for cell in drawn)
    items = format_html_join("", "{}", ((_cell(cell),) for cell in drawn))
    return format_html(
        '<ol class="strip{}" aria-label="{}">{}</ol>',
        " strip-small" if small else "",
        gettext("%(met)s trên %(all)s tiêu chí đạt") % {"met": met, "all": len(drawn)},
        items,
    )


def _cell(cell: Any) -> SafeString:
    seen = look(cell.outcome)
    said = f"{cell.no} {cell.name}: {seen.words}"
    inside = format_html(
        '<span class="sign" aria-hidden="true">{}</span><span class="no" aria-hidden="true">{}</span>'
        '<span class="unseen">{}</span>',
        seen.sign, cell.no, said,
    )  # fmt: skip
    url = getattr(cell, "url", None)
    if url:
        return format_html('<li class="{}"><a href="{}" title="{}" data-side>{}</a></li>', seen.css, url, said, inside)
    return format_html('<li class="{}" title="{}">{}</li>', seen.css, said, inside)


@register.inclusion_tag("desk/parts/figure.html")
def figure(
    value: object,
    label: str,
    *,
    measure: str = "",
    url: str | None = None,
    of: object = None,
    note: str = "",
    marks: str = "",
    side: bool = True,
) -> dict[str, object]:
    """Con số mở được: a figure with its label and measure; with `url` it opens to where it comes from, beside the page
    unless `side=False`."""
    shown = value if isinstance(value, str) else number(value)  # type: ignore[arg-type]
    whole = of if of is None or isinstance(of, str) else number(of)  # type: ignore[arg-type]
    return {
        "value": shown, "label": label, "measure": measure, "url": url, "of": whole, "note": note,
        "marks": marks.split(), "side": side,
    }  # fmt: skip
