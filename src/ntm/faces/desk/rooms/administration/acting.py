"""Làm một việc: today as the office sees it, refusals as sentences, a unit from what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ntm.faces.desk import day
from ntm.faces.desk.access import actor
from ntm.faces.desk.pages import Tab
from ntm.records.archive.instruments import InstrumentRefused
from ntm.records.people import authority, log_reading
from ntm.records.people.services import NotPossible
from ntm.records.standing.refusals import Refused
from ntm.records.units import queries as units

__all__ = [
    "REFUSALS",
    "ROOM",
    "Door",
    "attempted",
    "carried",
    "done",
    "doors",
    "link",
    "office_today",
    "page_number",
    "refusal_of",
    "tabs",
    "unit_named",
]

ROOM = "administration"
REFUSALS = (Refused, NotPossible, InstrumentRefused)
Made = TypeVar("Made")


def office_today(request: HttpRequest) -> date:
    """Hôm nay của chức danh: the day on which a deed is done; in a demonstration, the demonstration's day."""
    return day.asked(request).today


def carried(request: HttpRequest) -> str:
    """What a link must carry so that the asked day stays."""
    return day.asked(request).query


def link(name: str, query: str = "", **names: Any) -> str | None:
    """The address of another room's page, None where that room is not there."""
    try:
        return reverse(name, kwargs=names) + query
    except NoReverseMatch:
        return None


def refusal_of(verb: Callable[[], Any]) -> str | None:
    """Do it; the sentence that refuses it, or None when it is done."""
    try:
        verb()
    except REFUSALS as refusal:
        return str(refusal)
    return None


def attempted(form: Form, verb: Callable[[dict[str, Any]], Made]) -> Made | None:
    """Do what a filled form asks; a wrong form or a refusal stands in the form's errors, and None is given."""
    if not form.is_valid():
        return None
    try:
        return verb(form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None


def done(request: HttpRequest, sentence: str, address: str) -> HttpResponse:
    """Say what was done and go on."""
    messages.success(request, sentence)
    return HttpResponseRedirect(address)


def page_number(request: HttpRequest) -> int:
    """Trang: the number in the address, one for anything else."""
    typed = request.GET.get("trang", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def unit_named(words: str, on: date) -> int:
    """Đơn vị gõ bằng tên hoặc mã; NotPossible with what to type when it is none or several."""
    typed = " ".join(words.split())
    if typed.isdigit():
        coded = units.by_code(typed, on)
        if coded is not None:
            return int(coded.pk)
    found = units.find(typed, on, limit=6)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise NotPossible(
            _("Ngày này không có đơn vị tên «%(typed)s». Gõ tên kèm cấp trên, hoặc mã.") % {"typed": typed}
        )
    no_code = _("không mã")
    several = "; ".join(f"{one.full_title} ({one.code or no_code})" for one in found)
    raise NotPossible(
        _("Có nhiều đơn vị tên «%(typed)s»: %(several)s. Gõ thêm cấp trên hoặc gõ mã.")
        % {"typed": typed, "several": several}
    )


ABOUT = {
    "desk:sets": gettext_lazy("Các bộ tiêu chí, mức theo ngày; ký đối chiếu; nạp bộ của tỉnh"),
    "desk:instruments": gettext_lazy("Số, ngày, hiệu lực của văn bản làm căn cứ; thêm văn bản của tỉnh"),
    "desk:accounts": gettext_lazy("Ai được đăng nhập; cấp lại mật khẩu, khoá, mở; nhập danh sách từ bảng tính"),
    "desk:offices": gettext_lazy("Ai làm việc gì, ở đâu, từ ngày nào đến ngày nào"),
    "desk:bodies": gettext_lazy("Ban Chỉ đạo, Văn phòng Điều phối, phòng, sở; phân công phụ trách"),
    "desk:tokens": gettext_lazy("Cho phần mềm khác đọc và gửi số liệu thay một chức danh"),
    "desk:audit": gettext_lazy("Ai đã làm gì, khi nào; kiểm tra chuỗi nhật ký"),
    "desk:authority": gettext_lazy("Vai trò nào được làm gì, trong phạm vi nào, vì sao"),
    "desk:installation": gettext_lazy("Phiên bản, cơ sở dữ liệu, việc nền của máy chủ"),
}


@dataclass(frozen=True)
class Door:
    """Cửa: one page of the room, and what it is for."""

    label: str
    about: str
    url: str


def tabs(request: HttpRequest, here: str) -> tuple[Tab, ...]:
    """Các thẻ của phòng Quản trị that this office may open."""
    return tuple(Tab(label, url, name == here) for name, label, url in _open(request))


def doors(request: HttpRequest) -> tuple[Door, ...]:
    """The same on the first page of the room, each with what it is for."""
    return tuple(Door(label, str(ABOUT[name]), url) for name, label, url in _open(request))


def _open(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Name, label and address of the pages that this office may open and that this installation has."""
    who, on, query = actor(request), office_today(request), carried(request)
    manages = authority.allows_some(who, "people.manage", who.unit_id, on=on)
    reads = authority.allows_some(who, "audit.read", who.unit_id, on=on)
    keys = authority.allows_some(who, "token.manage", who.unit_id, on=on)
    shown = [
        ("desk:sets", _("Bộ tiêu chí"), True),
        ("desk:instruments", _("Văn bản pháp lý"), True),
        ("desk:accounts", _("Tài khoản"), manages),
        ("desk:offices", _("Chức danh"), manages),
        ("desk:bodies", _("Cơ quan, tổ chức"), True),
        ("desk:tokens", _("Khoá API"), keys),
        ("desk:audit", _("Nhật ký"), reads),
        ("desk:authority", _("Thẩm quyền"), True),
        ("desk:installation", _("Bản cài đặt"), log_reading.sees_everything(who, on)),
    ]
    found = [(name, label, link(name, query)) for name, label, may in shown if may]
    return [(name, label, url) for name, label, url in found if url]
