"""Nhiệm vụ trong trang: how a task stands, days left, a bar of parts."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.dates import write_date
from ntm.faces.desk.rooms.tasks.words import sign
from ntm.records.planning.queries.unit_parts import UnitsDone

register = template.Library()


@register.simple_tag
def standing(value: str, lagging: bool = False) -> SafeString:
    """Việc đang thế nào: sign and words; a task due soon that is behind says both."""
    told = sign(value)
    more = gettext(", chậm") if lagging and value in ("soon", "on_course") else ""
    return format_html(
        '<span class="stands {}"><span class="sign" aria-hidden="true">{}</span> {}{}</span>',
        told.css, told.mark, told.words, more,
    )  # fmt: skip


@register.simple_tag
def units_done(told: UnitsDone, wide: bool = False) -> SafeString:
    """Bao nhiêu đơn vị đã xong: words, and a bar beside them."""
    words = gettext("%(done)s/%(all)s đơn vị đã xong") % {"done": told.done, "all": told.all}
    share = 100 * told.done // told.all if told.all else 0
    return format_html(
        '<span class="units-done{}"><span class="measure">{}</span>'
        '<span class="progress small" aria-hidden="true"><span style="width: {}%"></span></span></span>',
        " wide" if wide else "", words, share,
    )  # fmt: skip


@register.filter
def left(days: int | None) -> str:
    """Còn mấy ngày, hoặc quá mấy ngày."""
    if days is None:
        return ""
    if days == 0:
        return gettext("hạn là hôm nay")
    if days < 0:
        return gettext("quá %(n)s ngày") % {"n": -days}
    return gettext("còn %(n)s ngày") % {"n": days}


@register.filter
def weekday(day: date) -> str:
    """Thứ mấy."""
    names = (
        _("Thứ hai"), _("Thứ ba"), _("Thứ tư"), _("Thứ năm"), _("Thứ sáu"), _("Thứ bảy"), _("Chủ nhật"),
    )  # fmt: skip
    return str(names[day.weekday()])


@register.filter
def span(start: date | None, end: date | None) -> str:
    """Từ ngày đến ngày; one day where both are the same."""
    if end is None:
        return ""
    if start is None or start == end:
        return write_date(end)
    return f"{write_date(start)} – {write_date(end)}"


@register.filter
def part(line: object, name: str) -> str:
    """The bodies of one part of a line, as words."""
    return line.words(name)  # type: ignore[attr-defined, no-any-return]


@register.filter
def of_key(found: dict[object, object], key: object) -> object:
    """What a table holds under a key, or nothing."""
    return found.get(key, "")
