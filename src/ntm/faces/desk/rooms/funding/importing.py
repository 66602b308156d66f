"""Nhập chứng từ từ tệp: tried first, errors by line, all of the file or nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.faces.desk import tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding.place import ROOM, Place, funding_page, place_of
from ntm.records.funding import voucher_file
from ntm.records.funding.services import importing
from ntm.records.funding.services.importing import VouchersImported
from ntm.records.people.authority import Denied

__all__ = ["template", "vouchers_import"]

_TOLD = 200


@require_http_methods(["GET", "POST"])
@funding_page
def vouchers_import(request: HttpRequest) -> HttpResponse:
    """Xem thử rồi nhập: the same file twice, the first time nothing is written."""
    place = place_of(request, "money.record")
    found: VouchersImported | None = None
    sentence, name, status = "", "", 200
    if request.method == "POST":
        given = request.FILES.get("tep")
        try:
            if given is None or given.size is None:
                raise ValueError(gettext("Chưa chọn tệp nào: chọn tệp CSV hoặc xlsx chứng từ."))
            name = given.name or "chung-tu"
            if given.size > voucher_file.LARGEST:
                most = voucher_file.LARGEST // 1024 // 1024
                raise ValueError(gettext("Tệp lớn quá %(most)s MB; chia tệp rồi nhập từng tệp.") % {"most": most})
            dry = request.POST.get("viec") != "nhap"
            found = importing.import_vouchers(place.who, given.read(), on=place.on, file=name, dry_run=dry)
        except (Denied, ValueError) as reason:
            sentence, status = str(reason), 403 if isinstance(reason, Denied) else 422
        else:
            if found.written:
                messages.success(request, _said(found))
                return HttpResponseRedirect(place.url("funding_pace"))
            status = 422 if found.wrong else 200
    context = {
        "place": place,
        "found": found,
        "name": name,
        "told": found.errors[:_TOLD] if found else (),
        "amount": write_amount(found.amount) if found else "",
        "sentence": sentence,
        "columns": [(key, names[1]) for key, names in voucher_file.COLUMNS.items()],
        "sources": [(one.code, one.name) for one in funds.catalogue().of_year(place.year)],
        "template_url": place.url("vouchers_template"),
    }
    crumbs = place.crumbs(Crumb(gettext("Nhập chứng từ từ tệp")))
    return show(request, "desk/funding/import.html", context, room=ROOM, crumbs=crumbs, status=status)


def _said(found: VouchersImported) -> str:
    return gettext("Đã nhập %(count)s chứng từ, %(amount)s đồng.") % {
        "count": found.written, "amount": write_amount(found.amount),
    }  # fmt: skip


@require_GET
@funding_page
def template(request: HttpRequest) -> HttpResponse:
    """Tệp mẫu: the heads of the columns, nothing else."""
    place: Place = place_of(request, "money.record")
    columns = [tables.Column(key, names[1]) for key, names in voucher_file.COLUMNS.items()]
    return tables.download(tables.Table("vouchers", "", columns, ()), "xlsx", f"mau-chung-tu-{place.year}")
