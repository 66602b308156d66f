"""Nạp bộ của tỉnh: the template, what was read with its errors and doubts beside the national set, then taking it."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.domain.criteria import catalogue, diff
from ntm.domain.criteria.comparison import Change
from ntm.domain.criteria.importing import Draft, read_any, write_template
from ntm.domain.criteria.model import CriteriaSet
from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import REFUSALS, ROOM, done, office_today
from ntm.faces.desk.rooms.law import differing
from ntm.records.people import authority
from ntm.records.standing import services
from ntm.records.standing.queries.checks import Signatures, counts_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """Tệp của bộ tiêu chí."""

    file = forms.FileField(
        label=_("Tệp của bộ tiêu chí"),
        help_text=_("Mẫu .xlsx đã điền, quyết định .docx có bảng tiêu chí, hoặc .yaml. Không quá 10 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.docx,.yaml,.yml"}),
        allow_empty_file=True,
    )


@require_GET
@page
def template(request: HttpRequest, code: str) -> HttpResponse:
    """Mẫu .xlsx dựa trên một bộ quốc gia."""
    _required(request)
    try:
        national = catalogue().get(code)
    except KeyError as error:
        raise Http404 from error
    response = HttpResponse(write_template(national), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="mau-{code}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@page
def upload(request: HttpRequest) -> HttpResponse:
    """Đọc tệp: errors and doubts with their place, nothing recorded yet."""
    _required(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        return _shown(request, read_any(file.read(), file.name), file.name)
    return _page(request, form, status=422 if form.errors else 200)


@require_POST
@page
def take(request: HttpRequest) -> HttpResponse:
    """Nạp bộ đã xem: read again in full, then recorded."""
    text, name = request.POST.get("content", ""), request.POST.get("name", "")[:200]
    try:
        row = services.import_set(actor(request), content=text, name=name, on=office_today(request))
    except REFUSALS as refusal:
        return _shown(request, read_any(text.encode(), "du-thao.yaml"), name, refused=str(refusal))
    sentence = gettext("Đã nạp bộ «%(name)s». Mọi mức bắt đầu là chưa đối chiếu; đối chiếu rồi ký từng chỗ.")
    return done(request, sentence % {"name": row.name}, reverse("desk:set", args=[row.code]))


def _required(request: HttpRequest) -> None:
    """The page opens for an office that may take in sets somewhere; the service asks for the province."""
    who, on = actor(request), office_today(request)
    if not authority.allows_some(who, "criteria.import", who.unit_id, on=on):
        who.require("criteria.import", who.unit_id, on=on)


def _shown(request: HttpRequest, draft: Draft, name: str, *, refused: str = "") -> HttpResponse:
    content = draft.criteria_set
    difference = diff(_national(content), content) if content is not None and content.extends else None
    context = {
        "draft": draft,
        "content": content,
        "name": name,
        "refused": refused,
        "counts": counts_of(content, Signatures()) if content else None,
        "changes": differing.changes(difference, but=(Change.UNCHANGED,)) if difference else (),
    }
    return _page(request, UploadForm(), status=422 if refused or draft.errors else 200, **context)


def _national(content: CriteriaSet) -> CriteriaSet:
    assert content.extends is not None
    return catalogue().get(content.extends)


def _page(request: HttpRequest, form: UploadForm, *, status: int, **context: object) -> HttpResponse:
    nationals = [one for one in catalogue().heads() if one.province is None]
    nationals.sort(key=lambda one: (one.level, one.start is None, one.start), reverse=True)
    crumbs = (Crumb(gettext("Bộ tiêu chí"), reverse("desk:sets")), Crumb(gettext("Nạp bộ của tỉnh")))
    given = {"form": form, "nationals": nationals, **context}
    return show(request, "desk/law/upload.html", given, room=ROOM, crumbs=crumbs, status=status)
