"""Vùng, nhóm xã, diện đặc thù: entered with day and reference, ended with day and reference."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from ntm.domain.gazetteer import all_regions
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.units.fields import DayField, EndForm
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.records.units import queries as units
from ntm.records.units import services
from ntm.records.units.models import GROUPS, STATUS_FLAGS, StatusKind
from ntm.records.units.queries import StatusLine
from ntm.records.units.services import UnitError

ROOM = "units"
ACTION = "unit.status"


class StatusForm(forms.Form):
    """Một diện: which, from when, by what."""

    what = forms.ChoiceField(label=_("Vùng, nhóm hoặc diện"))
    scheme = forms.CharField(
        label=_("Văn bản quy định nhóm xã"), max_length=60, required=False, help_text=_("Chỉ ghi khi chọn nhóm xã.")
    )
    reference = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Số quyết định, phụ lục, dòng."))
    start = DayField(label=_("Từ ngày"))
    end = DayField(label=_("Đến trước ngày"), required=False, help_text=_("Bỏ trống nếu chưa biết."))
    verified = forms.BooleanField(label=_("Đã đối chiếu với văn bản"), required=False)

    def __init__(self, *args: object, level: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        flags = [(key, StatusKind(key).label) for key in STATUS_FLAGS]
        groups = [(f"group:{key}", label) for key, label in GROUPS.items()] if level == "xa" else []
        regions = [(f"region:{key}", label) for key, label in all_regions().items()]
        chosen = [(gettext("Diện đặc thù"), flags), (gettext("Nhóm xã"), groups), (gettext("Vùng"), regions)]
        self.fields["what"].choices = [("", "—"), *((name, rows) for name, rows in chosen if rows)]  # type: ignore[attr-defined]

    def kind_and_value(self) -> tuple[str, str]:
        kind, _colon, value = self.cleaned_data["what"].partition(":")
        return kind, value or "yes"


@require_http_methods(["GET", "POST"])
@at_unit(ACTION)
def statuses(request: HttpRequest, here: Sight) -> HttpResponse:
    """Vùng, nhóm, diện của đơn vị: what holds on the day, and a form for the next."""
    form = StatusForm(request.POST or None, level=here.label.level, initial={"start": date(here.today.year, 1, 1)})
    if request.method == "POST" and form.is_valid():
        got, (kind, value) = form.cleaned_data, form.kind_and_value()
        try:
            services.set_status(
                here.who, here.label.id, kind, value=value, scheme=got["scheme"], start=got["start"], end=got["end"],
                reference=got["reference"], verified=got["verified"], today=here.today,
            )  # fmt: skip
        except UnitError as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, gettext("Đã ghi."))
            return HttpResponseRedirect(here.url("unit_statuses"))
    context = {"here": here, "form": form, "lines": shown(units.status_lines(here.label.id, here.on))}
    crumbs = here.crumbs(Crumb(gettext("Vùng, nhóm xã, diện")))
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/units/statuses.html", context, room=ROOM, crumbs=crumbs, status=status)


@require_POST
@at_unit(ACTION)
def end(request: HttpRequest, here: Sight, status_id: int) -> HttpResponse:
    """Thôi một diện."""
    form = EndForm(request.POST)
    reference = request.POST.get("reference", "")
    try:
        if not form.is_valid():
            raise UnitError(form.errors["end"][0])
        services.end_status(here.who, status_id, end=form.cleaned_data["end"], reference=reference, today=here.today)
        messages.success(request, gettext("Đã ghi."))
    except UnitError as reason:
        messages.error(request, str(reason))
    return HttpResponseRedirect(here.url("unit_statuses"))


def shown(lines: list[StatusLine]) -> list[tuple[StatusLine, str]]:
    """Each line with its value in words."""
    return [(line, said(line)) for line in lines]


def said(line: StatusLine) -> str:
    """ "vùng Đồng bằng sông Hồng", "xã nhóm 2", "đặc biệt khó khăn"."""
    if line.kind == StatusKind.REGION:
        return gettext("vùng %(name)s") % {"name": all_regions().get(line.value, line.value)}
    if line.kind == StatusKind.GROUP:
        return GROUPS.get(line.value, line.value)
    return line.label
