"""Chi tiết một chỉ tiêu: its requirement, evidence, gaps; beside the sheet, or a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.domain.official.money import parse_money
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.entry import shown
from ntm.faces.desk.rooms.entry.place import Place, at_place, one_line
from ntm.records.people.authority import Denied
from ntm.records.standing import services
from ntm.records.standing.queries.verification import evidence_of

MEASURES = ("triệu", "tỷ", "đồng")


@at_place
def detail(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Chi tiết của một chỉ tiêu."""
    return shown_detail(request, place, code)


def shown_detail(
    request: HttpRequest,
    place: Place,
    code: str,
    *,
    sentences: list[str] | None = None,
    said: str = "",
    status: int = 200,
    again: bool = False,
) -> HttpResponse:
    """The detail as it stands now, with what was just done or refused; `again`: the sheet's row is brought up to date."""
    sheet = place.sheet()
    line = one_line(sheet, code)
    today = line.today.pk if line.today else None
    context = shown.updated(place, sheet, code) | {
        "line": line,
        "files": evidence_of([today]).get(today or 0, ()),
        "sentences": sentences or [],
        "said": said,
        "again": again,
        "measures": MEASURES,
        "typed_gap": request.POST.get("text", "") if sentences else "",
        "typed_cost": request.POST.get("cost", "") if sentences else "",
    }
    crumbs = (*place.crumbs, Crumb(code))
    return show(request, "desk/entry/detail.html", context, room="entry", crumbs=crumbs, status=status)


def done(request: HttpRequest, place: Place, code: str, deed: Callable[[], str]) -> HttpResponse:
    """Làm một việc rồi hiện lại chi tiết: with htmx the fragment, otherwise a redirect; a refusal is shown where it is."""
    try:
        said = deed()
    except (Denied, ValueError) as reason:
        status = 403 if isinstance(reason, Denied) else 422
        return shown_detail(request, place, code, sentences=[str(reason)], status=status, again=bool(request.htmx))
    if request.htmx:
        return shown_detail(request, place, code, said=said, again=True)
    messages.success(request, said)
    return HttpResponseRedirect(place.to("entry_detail", code))


@require_POST
@at_place
def take_up(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Lấy lại số bị trả lại, with its files, to mend it."""

    def deed() -> str:
        line = one_line(place.sheet(), code)
        services.take_up(place.who, line.returned.observation_id if line.returned else 0)
        return gettext("Đã lấy lại số và tệp thành bản nháp. Sửa, rồi gửi lại.")

    return done(request, place, code, deed)


@require_POST
@at_place
def withdraw(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Bỏ bản nháp: what was sent before stands again."""

    def deed() -> str:
        services.withdraw(place.who, one_line(place.sheet(), code).seen)
        return gettext("Đã bỏ bản nháp.")

    return done(request, place, code, deed)


@require_POST
@at_place
def gap(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """Ghi hạng mục còn thiếu của chỉ tiêu, with what it would cost."""

    def deed() -> str:
        sheet = place.sheet()
        criterion = sheet.criterion_of(code)
        if criterion is None:
            raise ValueError(
                gettext("Hạng mục còn thiếu ghi theo chỉ tiêu của một tiêu chí, không theo điều kiện chung.")
            )
        measure = request.POST.get("measure", MEASURES[0])
        cost = request.POST.get("cost", "").strip()
        services.record_gap(
            place.who,
            unit_id=place.label.id,
            set_code=place.row.code,
            criterion_no=criterion.no,
            indicator_code=code,
            text=request.POST.get("text", ""),
            cost=parse_money(cost, measure if measure in MEASURES else MEASURES[0]) if cost else None,  # type: ignore[arg-type]
            on=place.as_of,
        )
        return gettext("Đã ghi hạng mục còn thiếu.")

    return done(request, place, code, deed)


@require_POST
@at_place
def close_gap(request: HttpRequest, place: Place, code: str, gap_id: int) -> HttpResponse:
    """Đóng một hạng mục: done, or written by mistake."""

    def deed() -> str:
        services.close_gap(place.who, gap_id, on=place.as_of, reason=request.POST.get("reason", ""))
        return gettext("Đã đóng hạng mục.")

    return done(request, place, code, deed)
