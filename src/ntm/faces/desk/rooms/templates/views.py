"""Trang mẫu: those of a unit by kind of paper, the upload; one template with the fields found in it; the fields offered."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ntm.domain.documents.writing.template_fields import OFFERS
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, refusal
from ntm.faces.desk.rooms.templates.place import (
    TemplateSight,
    address,
    at_template,
    crumbs,
    kind_in,
    list_address,
    template_page,
    unit_of,
)
from ntm.faces.desk.rooms.templates.trying import tried_on
from ntm.faces.desk.rooms.units.words import capital
from ntm.records.archive.models import TemplateKind
from ntm.records.archive.services import FileRefused
from ntm.records.archive.templates import queries, services
from ntm.records.archive.templates.queries import Shelf
from ntm.records.archive.templates.refusals import FaultyTemplate
from ntm.records.people import queries as people
from ntm.records.people.authority import Denied
from ntm.records.units.queries import UnitLabel

__all__ = ["fields", "shelves", "show_template", "template"]


class TemplateForm(forms.Form):
    """Tải mẫu lên."""

    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=TemplateKind.choices)
    file = forms.FileField(
        label=_("Tệp mẫu (.docx)"),
        help_text=_("Tệp Word có các trường, ví dụ {{ trich_yeu }}. Không quá 5 MB, không macro."),
        widget=forms.FileInput({"accept": ".docx"}),
        allow_empty_file=True,
    )
    name = forms.CharField(label=_("Tên mẫu"), max_length=200, required=False, help_text=_("Bỏ trống thì lấy tên tệp."))
    body = forms.ChoiceField(
        label=_("Dùng cho"), required=False, help_text=_("Mẫu riêng của một cơ quan được dùng trước mẫu của đơn vị.")
    )


@dataclass(frozen=True)
class ShelfShown:
    """Một loại văn bản trên trang."""

    shelf: Shelf
    name: str


@require_http_methods(["GET", "POST"])
@template_page
def shelves(request: HttpRequest) -> HttpResponse:
    """Mẫu của một đơn vị, and the upload for who may manage them."""
    label = unit_of(request)
    form = _form(request, label)
    sentence, faults, status = "", (), 200
    if form is not None and request.method == "POST":
        if form.is_valid():
            try:
                return _offered(request, label, form)
            except FaultyTemplate as reason:
                sentence, faults, status = str(reason), reason.faults, 422
            except (Denied, ValueError, FileRefused) as reason:
                sentence, status = refusal(reason)
        else:
            status = 422
    elif request.method == "POST":
        actor(request).require("template.manage", label.id, on=asked_day(request))
    found = queries.of_unit(label.id, asked_day(request))
    context = {
        "label": label,
        "shelves": [
            ShelfShown(found.get(one.value, Shelf(one.value)), capital(str(one.label))) for one in TemplateKind
        ],
        "form": form,
        "sentence": sentence,
        "faults": faults,
    }
    return show(
        request, "desk/office_templates/shelves.html", context, room=ROOM, crumbs=crumbs(request), status=status
    )  # fmt: skip


def _form(request: HttpRequest, label: UnitLabel) -> TemplateForm | None:
    who, on = actor(request), asked_day(request)
    if not who.allows("template.manage", label.id, on=on):
        return None
    form = TemplateForm(request.POST or None, request.FILES or None)
    bodies = [(str(one.pk), one.name) for one in people.bodies(label.id, on)]
    form.fields["body"].choices = [("", gettext("mọi văn bản của đơn vị")), *bodies]  # type: ignore[attr-defined]
    if not bodies:
        del form.fields["body"]
    return form


def _offered(request: HttpRequest, label: UnitLabel, form: TemplateForm) -> HttpResponse:
    given = form.cleaned_data
    made = services.offer(
        actor(request),
        unit_id=label.id,
        kind=given["kind"],
        content=given["file"].read(),
        file_name=given["file"].name,
        name=given["name"],
        body_id=int(given["body"]) if given.get("body") else None,
        on=asked_day(request),
    )
    messages.success(request, gettext("Đã tải mẫu lên. Xem trường, xem thử, rồi đưa vào dùng."))
    return HttpResponseRedirect(address(request, "office_template", made.pk))


@require_GET
@at_template
def template(request: HttpRequest, here: TemplateSight) -> HttpResponse:
    """Một mẫu."""
    return show_template(request, here)


def show_template(request: HttpRequest, here: TemplateSight, sentence: str = "", status: int = 200) -> HttpResponse:
    """What was found in it, where it may be tried, and what may be done; after a refusal with the sentence."""
    one = here.template
    printed, left_out = queries.printed_fields(one)
    state = one.state_on(here.on)
    context = {
        "here": here,
        "template": one,
        "kind_name": capital(str(one.get_kind_display())),
        "state": state.value,
        "state_words": str(state.label),
        "printed": printed,
        "left_out": left_out,
        "tried_on": tried_on(here.who, one, here.on),
        "back": list_address(request, one.unit_id),
        "sentence": sentence,
    }
    trail = crumbs(request, one.unit_id, Crumb(one.name))
    return show(request, "desk/office_templates/template.html", context, room=ROOM, crumbs=trail, status=status)


@require_GET
@template_page
def fields(request: HttpRequest, kind: str) -> HttpResponse:
    """Các trường dùng được, each with what it holds."""
    wanted = kind_in(kind)
    context = {
        "kind": wanted,
        "kind_name": capital(str(TemplateKind(wanted).label)),
        "fields": OFFERS[wanted].fields,
        "needed": OFFERS[wanted].needed,
    }
    unit_id = actor(request).unit_id
    trail = crumbs(request, unit_id, Crumb(gettext("Các trường của mẫu")))
    return show(request, "desk/office_templates/fields.html", context, room=ROOM, crumbs=trail)
