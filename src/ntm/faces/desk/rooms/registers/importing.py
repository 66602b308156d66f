"""Nhập sổ từ bảng tính: the template, a trial that names every wrong cell, then taking the right lines."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.registers.forms import SheetForm
from ntm.faces.desk.rooms.registers.place import ROOM, Place, at_register, refusal
from ntm.records.people.authority import Denied
from ntm.records.registers import sheet_file
from ntm.records.registers.refusals import NoSuchEntry, Refused
from ntm.records.registers.services import importing
from ntm.records.units import queries as units

__all__ = ["take", "template"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAMELESS = "bang.xlsx"


@require_GET
@at_register
def template(request: HttpRequest, place: Place) -> HttpResponse:
    """Mẫu bảng của sổ."""
    register = place.register
    assert register is not None
    _whole_register(place)
    response = HttpResponse(sheet_file.template(register), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="mau-so-{register.slug}.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
@at_register
def take(request: HttpRequest, place: Place) -> HttpResponse:
    """Nộp bảng: first a trial; the same content comes back with "take" to be taken."""
    register = place.register
    assert register is not None
    _whole_register(place)
    place.who.require("register.record", place.label.id, on=place.today)
    form, report, sentence, kept, name, status = SheetForm(), None, "", "", "", 200
    if request.method == "POST":
        trial = "take" not in request.POST
        content, name, sentence = _content(request)
        status = 422 if sentence else 200
        if not sentence:
            try:
                report = importing.import_sheet(
                    place.who, register.code, content, unit_id=place.label.id, on=place.today, file=name, dry_run=trial
                )
            except (Refused, Denied) as reason:
                sentence, status = refusal(reason)
        kept = base64.b64encode(content).decode() if report and trial and report.taken else ""
    labels = units.labels({one.unit_id for one in report.taken}, place.today) if report else {}
    context = {
        "place": place,
        "register": register,
        "form": form,
        "report": report,
        "lines": [(one, labels[one.unit_id].title) for one in report.taken] if report else [],
        "sentence": sentence,
        "kept": kept,
        "name": name,
        "back": place.url("register"),
        "template_url": place.url("register_template"),
    }
    crumbs = place.crumbs(Crumb(gettext("Nhập từ bảng tính")))
    return show(request, "desk/registers/import.html", context, room=ROOM, crumbs=crumbs, status=status)


def _whole_register(place: Place) -> None:
    if place.register is not None and place.register.parent:
        raise NoSuchEntry(gettext("Các dòng này nhập cùng bảng của sổ mà chúng thuộc về."))


def _content(request: HttpRequest) -> tuple[bytes, str, str]:
    """The sheet just chosen, or the one shown before; or why there is none."""
    if "kept" in request.POST:
        try:
            name = request.POST.get("name", "")[:200] or _NAMELESS
            return base64.b64decode(request.POST["kept"], validate=True), name, ""
        except (binascii.Error, ValueError):
            return b"", "", gettext("Nội dung bảng đã bị hỏng trên đường: chọn lại tệp.")
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return b"", "", gettext("Chưa chọn tệp: chọn bảng (.xlsx) đã điền theo mẫu.")
    file = form.cleaned_data["file"]
    if file.size > sheet_file.MOST_BYTES:
        return b"", "", gettext("Tệp quá lớn: chỉ nộp bảng đã điền theo mẫu, dưới 10 MB.")
    return file.read(), (file.name or _NAMELESS)[:200], ""
