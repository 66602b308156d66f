"""Thay đổi đơn vị: forms over records.units: preview, then the deed; undo before force; dating what lists showed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.domain.official.dates import write_date
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.units.change_forms import FORMS, ChangeForm
from ntm.faces.desk.rooms.units.fields import DecisionForm, decision_of
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.records.units import queries as units
from ntm.records.units import services
from ntm.records.units.models import Change
from ntm.records.units.services import Abolish, Merge, Preview, Rename, Request, Split, Transfer, UnitError

ROOM = "units"
_DEEDS: dict[type, Callable[..., Change]] = {
    Rename: services.rename,
    Merge: services.merge,
    Split: services.split,
    Transfer: services.transfer,
    Abolish: services.abolish,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Một loại thay đổi để chọn."""

    title: Any
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Một thay đổi chưa có hiệu lực, with the address that undoes it."""

    change: Change
    undo_url: str

    @property
    def dialog(self) -> str:
        return f"undo-{self.change.pk}"


@require_GET
@at_unit("unit.change")
def changes(request: HttpRequest, here: Sight) -> HttpResponse:
    """Thay đổi đơn vị: what can be entered here, what waits to take force, what lists showed and nobody has dated."""
    waiting = [
        Waiting(one, here.url("unit_undo", change_id=one.pk))
        for one in units.changes_of(here.label.id)
        if one.undone_on is None and one.known and one.on > here.today
    ]
    context = {
        "here": here,
        "kinds": [Kind(form.title, here.url("unit_change", kind=key)) for key, form in FORMS.items()],
        "waiting": waiting,
        "undated": units.undated_changes(here.label.id),
    }
    crumbs = here.crumbs(Crumb(gettext("Thay đổi đơn vị")))
    return show(request, "desk/units/changes.html", context, room=ROOM, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
@at_unit("unit.change")
def change(request: HttpRequest, here: Sight, kind: str) -> HttpResponse:
    """Một thay đổi: first what will move, then, once that was seen, the deed itself."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, label=here.label, on=here.on)
    preview, seen, status = None, "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                asked = form.request()
                seen = _seal(asked)
                if request.POST.get("seen") == seen:
                    return _done(request, here, _DEEDS[type(asked)](here.who, asked, today=here.today))
                preview, status = services.preview(asked), 200
            except UnitError as reason:
                form.add_error(None, str(reason))
    return _form(request, here, form, kind, preview, seen, status)


def _seal(asked: Request) -> str:
    """What was previewed is what is done: another form is previewed again."""
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:24]


def _form(
    request: HttpRequest, here: Sight, form: ChangeForm, kind: str, preview: Preview | None, seen: str, status: int
) -> HttpResponse:
    context = {
        "here": here,
        "form": form,
        "preview": preview,
        "seen": seen,
        "action": here.url("unit_change", kind=kind),
    }
    crumbs = here.crumbs(Crumb(gettext("Thay đổi đơn vị"), here.url("unit_changes")), Crumb(str(form.title)))
    return show(request, "desk/units/change.html", context, room=ROOM, crumbs=crumbs, status=status)


def _done(request: HttpRequest, here: Sight, made: Change) -> HttpResponse:
    said = gettext("Đã ghi thay đổi: %(what)s, có hiệu lực từ %(day)s, theo %(decision)s.")
    messages.success(
        request, said % {"what": made.get_kind_display(), "day": write_date(made.on), "decision": made.decision}
    )
    return HttpResponseRedirect(here.url("unit_changes"))


@require_POST
@at_unit("unit.change")
def undo(request: HttpRequest, here: Sight, change_id: int) -> HttpResponse:
    """Huỷ một thay đổi chưa có hiệu lực."""
    try:
        services.undo(here.who, change_id, today=here.today, reason=request.POST.get("reason", ""))
        messages.success(request, gettext("Đã huỷ thay đổi; các đơn vị trở lại như chưa ghi."))
    except UnitError as reason:
        messages.error(request, str(reason))
    return HttpResponseRedirect(here.url("unit_changes"))


class DatingForm(DecisionForm):
    """Quyết định của những thay đổi chỉ mới biết theo danh mục."""

    confirmed = forms.BooleanField(label=_("Đã đọc văn bản, nội dung đúng như danh mục"), required=False)


@require_http_methods(["GET", "POST"])
@at_unit("unit.change")
def dating(request: HttpRequest, here: Sight) -> HttpResponse:
    """Ghi ngày và quyết định cho các thay đổi đã thấy trong danh mục; several go together under one resolution."""
    form = DatingForm(request.POST or None)
    chosen = [int(one) for one in request.POST.getlist("change") if one.isascii() and one.isdigit()]
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            got = form.cleaned_data
            try:
                made = services.date_changes(
                    here.who, chosen, decision=decision_of(got), effective=got["on"], today=here.today,
                    confirmed=got["confirmed"],
                )  # fmt: skip
            except UnitError as reason:
                form.add_error(None, str(reason))
            else:
                said = gettext("Đã ghi ngày và quyết định cho %(count)s thay đổi.")
                messages.success(request, said % {"count": len(made)})
                return HttpResponseRedirect(here.url("unit_dating"))
    context = {"here": here, "form": form, "undated": units.undated_changes(here.label.id), "chosen": chosen}
    crumbs = here.crumbs(
        Crumb(gettext("Thay đổi đơn vị"), here.url("unit_changes")), Crumb(gettext("Ghi ngày theo quyết định"))
    )
    return show(request, "desk/units/dating.html", context, room=ROOM, crumbs=crumbs, status=status)
