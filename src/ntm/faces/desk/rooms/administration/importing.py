"""Nhập tài khoản từ bảng tính: the template, a dry run that names every wrong row, then taking the good ones."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import REFUSALS, ROOM, office_today
from ntm.faces.desk.rooms.administration.forms import SheetForm
from ntm.records.people import services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@page
def template(request: HttpRequest) -> HttpResponse:
    """Mẫu bảng tài khoản."""
    who = actor(request)
    who.require("people.import", who.unit_id, on=office_today(request))
    response = HttpResponse(services.account_template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-tai-khoan.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@page
def accounts(request: HttpRequest) -> HttpResponse:
    """Nộp bảng: first a dry run; the same content comes back with "take" to be taken."""
    who, on = actor(request), office_today(request)
    who.require("people.import", who.unit_id, on=on)
    form, report, refused, kept = SheetForm(), None, "", ""
    if request.method == "POST":
        take = "take" in request.POST
        content, refused = _content(request)
        if not refused:
            try:
                report = services.import_accounts(who, content, on=on, dry_run=not take)
            except REFUSALS as refusal:
                refused = str(refusal)
        kept = base64.b64encode(content).decode() if report and report.dry_run and report.taken else ""
    context = {"form": form, "report": report, "refused": refused, "kept": kept}
    status = 422 if refused else 200
    crumbs = (
        Crumb(gettext("Quản trị"), reverse("desk:administration")),
        Crumb(gettext("Tài khoản"), reverse("desk:accounts")),
        Crumb(gettext("Nhập từ bảng tính")),
    )
    return show(request, "desk/administration/accounts_import.html", context, room=ROOM, crumbs=crumbs, status=status)


def _content(request: HttpRequest) -> tuple[bytes, str]:
    """The sheet just chosen, or the one shown before; or why there is none."""
    if "kept" in request.POST:
        try:
            return base64.b64decode(request.POST["kept"], validate=True), ""
        except (binascii.Error, ValueError):
            return b"", gettext("Nội dung bảng đã bị hỏng trên đường: chọn lại tệp.")
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return b"", gettext("Chưa chọn tệp: chọn bảng tài khoản (.xlsx) đã điền theo mẫu.")
    return form.cleaned_data["file"].read(), ""
