"""Bảng tính: what to download, where to bring it back, and what was brought back in the area."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.domain.official.dates import parse_date
from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.attached import XLSX, attached
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.entry.place import desk_page
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import SET
from ntm.faces.desk.rooms.workbooks.choosing import AS_OF, UNIT, choice_of
from ntm.records.people.authority import Denied
from ntm.records.standing.queries import uploads
from ntm.records.standing.services import workbooks as services

__all__ = ["ROOM", "crumbs", "download", "upload", "workbooks"]

ROOM = "workbooks"


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """The way to a page of this room."""
    return (Crumb(gettext("Bảng tính"), reverse("desk:workbooks")), *more) if more else ()


@require_GET
@desk_page
def workbooks(request: HttpRequest) -> HttpResponse:
    """Tải về, nộp, và các lần nộp của địa bàn."""
    return _page(request)


def _page(request: HttpRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    choice = choice_of(request)
    who, on = actor(request), asked_day(request)
    near = choice.label.id if choice.label and UNIT in request.GET else None
    page = uploads.in_area(who, on, unit_id=near, page=request.GET.get("trang", "1"))
    context = {
        "choice": choice,
        "filters": choice.filters(),
        "may_upload": any(who.allows("workbook.upload", one, on=on) for one in {who.unit_id, near}),
        "most": settings.WORKBOOK_MAX_BYTES // 1024 // 1024,
        "page": page,
        "history": [(one, words.set_name(one.row)) for one in page.object_list],
        "sentence": sentence,
    }
    return show(request, "desk/workbooks/workbooks.html", context, room=ROOM, crumbs=crumbs(), status=status)


@require_GET
@desk_page
def download(request: HttpRequest) -> HttpResponse:
    """Tải bảng tính; what is refused is said on the page where it was asked for."""
    unit, set_code = request.GET.get(UNIT, ""), request.GET.get(SET, "")
    try:
        if not unit.isdigit() or len(unit) > 17 or not set_code:
            raise ValueError(gettext("Chọn địa bàn và bộ tiêu chí trước khi tải bảng tính."))
        as_of = parse_date(request.GET[AS_OF]) if request.GET.get(AS_OF) else asked_day(request)
        name, content = services.download(actor(request), unit_id=int(unit), set_code=set_code, as_of=as_of)
    except ValueError as reason:
        messages.error(request, str(reason))
        query = request.GET.copy()
        query.pop(AS_OF, None)
        return HttpResponseRedirect(f"{reverse('desk:workbooks')}?{query.urlencode()}")
    return attached(content, name, XLSX)


@require_POST
@desk_page
def upload(request: HttpRequest) -> HttpResponse:
    """Nộp: read and compared; what was found opens."""
    given = request.FILES.get("tep")
    try:
        if given is None:
            raise ValueError(gettext("Chưa chọn tệp nào: chọn bảng tính .xlsx đã tải từ đây và điền."))
        name = given.name or "bang-tinh.xlsx"
        most = settings.WORKBOOK_MAX_BYTES
        if given.size is None or given.size > most:
            raise ValueError(
                gettext("Tệp “%(name)s” nặng hơn %(most)s MB; chỉ gửi lại bảng tính đã tải về.")
                % {"name": name, "most": most // 1024 // 1024}
            )
        made = services.upload(actor(request), content=given.read(), name=name)
    except (Denied, ValueError) as reason:
        return _page(request, str(reason), 403 if isinstance(reason, Denied) else 422)
    return HttpResponseRedirect(reverse("desk:workbook", args=(made.pk,)) + day.asked(request).query)
