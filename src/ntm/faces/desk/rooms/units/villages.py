"""Thêm thôn: one by a form, many by a sheet; a dry run first, errors by sheet, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.domain.gazetteer import names
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.records.units import services, village_sheet
from ntm.records.units.services import UnitError, VillagesImported
from ntm.records.units.village_sheet import RowError, SheetError, VillageRow

ROOM = "units"
ACTION = "unit.village_create"
_SALT = "desk.units.villages"


class VillageForm(forms.Form):
    """Một thôn."""

    kind = forms.ChoiceField(label=_("Loại"), choices=[(one, one) for one in names.VILLAGE_KINDS])
    name = forms.CharField(label=_("Tên thôn"), max_length=120)
    start = DayField(label=_("Từ ngày"), help_text=_("Ngày thôn có tên này, ví dụ 01/01/2015."))
    code = forms.CharField(label=_("Mã thôn"), max_length=20, required=False)


class SheetForm(forms.Form):
    """Bảng danh sách thôn."""

    file = forms.FileField(label=_("Tệp Excel"), help_text=_("Bảng theo mẫu, .xlsx hoặc .xls."))
    start = DayField(label=_("Từ ngày"), help_text=_("Dùng cho dòng không ghi ngày."))


@require_http_methods(["GET", "POST"])
@at_unit(ACTION)
def add(request: HttpRequest, here: Sight) -> HttpResponse:
    """Thêm một thôn vào xã."""
    form = VillageForm(request.POST or None, initial={"start": date(here.today.year, 1, 1)})
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        try:
            services.create_village(
                here.who, commune_id=here.label.id, name=got["name"], kind=got["kind"], start=got["start"],
                code=got["code"] or None, today=here.today,
            )  # fmt: skip
        except UnitError as reason:
            form.add_error(None, str(reason))
        else:
            said = gettext("Đã thêm %(kind)s %(name)s.") % {"kind": got["kind"].lower(), "name": got["name"]}
            messages.success(request, said)
            again = request.POST.get("then") == "again"
            return HttpResponseRedirect(here.url("village_add" if again else "unit_children"))
    context = {"here": here, "form": form, "action": here.url("village_add")}
    status = 422 if request.method == "POST" else 200
    return show(request, "desk/units/village.html", context, room=ROOM, crumbs=_crumbs(here), status=status)


def _crumbs(here: Sight) -> tuple[Crumb, ...]:
    return here.crumbs(Crumb(gettext("Đơn vị cấp dưới"), here.url("unit_children")), Crumb(gettext("Thêm thôn")))


@require_GET
@at_unit(ACTION)
def template(request: HttpRequest, here: Sight) -> HttpResponse:
    """Bảng mẫu."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(village_sheet.template(), content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="danh-sach-thon.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@at_unit(ACTION)
def sheet(request: HttpRequest, here: Sight) -> HttpResponse:
    """Nhập bảng: the first answer is a dry run; nothing is recorded until its button is pressed."""
    form = SheetForm(request.POST or None, request.FILES or None, initial={"start": date(here.today.year, 1, 1)})
    context: dict[str, Any] = {"here": here, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                context |= _tried(here, form)
                status = 200
            except (SheetError, UnitError) as reason:
                form.add_error("file", str(reason))
    return show(request, "desk/units/village_sheet.html", context, room=ROOM, crumbs=_crumbs(here), status=status)


def _tried(here: Sight, form: SheetForm) -> dict[str, Any]:
    """The dry run: what would be added, what not and why."""
    upload = form.cleaned_data["file"]
    most = settings.WORKBOOK_MAX_BYTES
    if upload.size > most:
        raise SheetError(
            gettext("Tệp lớn quá %(size)s MB; hãy chia thành nhiều tệp.") % {"size": most // (1024 * 1024)}
        )
    read = village_sheet.read(upload.read(), default_start=form.cleaned_data["start"], most_bytes=most)
    tried = services.import_villages(here.who, read.rows, within=here.label.id, today=here.today, dry_run=True)
    refused = {(error.sheet, error.line) for error in tried.errors}
    good = [row for row in read.rows if (row.sheet, row.line) not in refused]
    return {
        "tried": True,
        "file": upload.name,
        "errors": _in_order([*read.errors, *tried.errors]),
        "good": good[:50],
        "count": len(good),
        "token": _sealed(good) if good else "",
    }


def _in_order(errors: Sequence[RowError]) -> list[RowError]:
    return sorted(errors, key=lambda error: (error.sheet, error.line))


def _sealed(rows: Sequence[VillageRow]) -> str:
    """The rows that were tried, to be sent back as they are."""
    plain = [[r.sheet, r.line, r.commune, r.kind, r.name, r.start.isoformat(), r.code] for r in rows]
    return signing.dumps(plain, salt=_SALT, compress=True)


@require_POST
@at_unit(ACTION)
def take(request: HttpRequest, here: Sight) -> HttpResponse:
    """Nhận các dòng tốt của lần chạy thử."""
    try:
        plain = signing.loads(request.POST.get("rows", ""), salt=_SALT, max_age=8 * 3600)
    except signing.BadSignature as broken:
        raise ValueError(gettext("Lần chạy thử đã quá hạn; hãy tải tệp lên lại.")) from broken
    rows = [
        VillageRow(s, n, commune, kind, name, date.fromisoformat(d), code)
        for s, n, commune, kind, name, d, code in plain
    ]
    done = services.import_villages(here.who, rows, within=here.label.id, today=here.today)
    _tell(request, done)
    return HttpResponseRedirect(here.url("unit_children"))


def _tell(request: HttpRequest, done: VillagesImported) -> None:
    if done.created:
        messages.success(request, gettext("Đã thêm %(count)s thôn.") % {"count": len(done.created)})
    for error in done.errors[:20]:
        messages.error(request, str(error))
