"""Gửi thẩm tra: first what will be sent and what cannot be yet, then sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.entry import shown
from ntm.faces.desk.rooms.entry.place import Place, at_place
from ntm.records.people.authority import Denied
from ntm.records.standing import services
from ntm.records.standing.models import Submission


@require_http_methods(["GET", "POST"])
@at_place
def send(request: HttpRequest, place: Place) -> HttpResponse:
    """Hộp xác nhận, also a page of its own; POST sends the figures that were ticked."""
    if request.method == "POST":
        try:
            submission = _send(request, place)
        except (Denied, ValueError) as reason:
            return _confirm(request, place, str(reason), status=403 if isinstance(reason, Denied) else 422)
        count = submission.observations.count()
        messages.success(
            request,
            gettext("Đã gửi thẩm tra %(n)s chỉ tiêu, số liệu đến ngày %(day)s.")
            % {"n": count, "day": f"{place.as_of:%d/%m/%Y}"},
        )
        return HttpResponseRedirect(place.url)
    return _confirm(request, place)


def _send(request: HttpRequest, place: Place) -> Submission:
    return services.send(
        place.who,
        unit_id=place.label.id,
        set_code=place.row.code,
        as_of=place.as_of,
        codes=request.POST.getlist("code"),
        note=request.POST.get("note", "").strip(),
    )


def _confirm(request: HttpRequest, place: Place, sentence: str = "", status: int = 200) -> HttpResponse:
    sheet = place.sheet()
    context = shown.context(
        place,
        sheet,
        sentence=sentence,
        ready=[shown.Shown(line) for line in sheet.ready],
        lacking=[shown.Shown(line) for line in sheet.lacking],
        note=request.POST.get("note", ""),
    )
    crumbs = (*place.crumbs, Crumb(gettext("Gửi thẩm tra")))
    return show(request, "desk/entry/send.html", context, room="entry", crumbs=crumbs, status=status)
