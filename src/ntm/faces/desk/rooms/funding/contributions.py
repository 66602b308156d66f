"""Đóng góp của nhân dân: the village's public list, names only with consent; receipts to print; prices to convert by."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import Measure, write_amount
from ntm.domain.official.numbers import write_number
from ntm.faces.desk import tables
from ntm.faces.desk.access import asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.place import ROOM, NotHere, Place, funding_page, place_of
from ntm.faces.desk.rooms.units import words
from ntm.records.funding.models import Contribution, Form
from ntm.records.funding.queries import books, projects
from ntm.records.funding.queries.projects import Contributions
from ntm.records.units import queries as units

__all__ = ["contributions", "receipt"]

_EACH = 200


@require_GET
@funding_page
def contributions(request: HttpRequest) -> HttpResponse:
    """Danh sách công khai: what stands on that day; the names only of those who agreed."""
    place = place_of(request)
    if place.unit_id is None:
        raise ValueError(gettext("Danh sách đóng góp là của một đơn vị: chọn tỉnh, xã hoặc thôn."))
    found = projects.contributions(place.unit_id, place.year, place.on)
    if request.GET.get("tai") == "xlsx":
        return tables.download(_table(place, found, found.lines, "đồng"), "xlsx", f"dong-gop-{place.year}")
    page = Paginator(found.lines, _EACH).get_page(request.GET.get("trang"))
    context = {
        "place": place,
        "filters": place.filters(medium=False, scope=False),
        "found": found,
        "forms": _forms(found),
        "table": _table(place, found, tuple(page.object_list)) if found.lines else None,
        "page": page,
        "prices": projects.prices(place.unit_id, place.on),
        "may_record": place.may("contribution.record"),
        "may_price": place.may("money.record"),
        "record_url": place.url("funding_post", place.unit_id, "dong-gop"),
        "price_url": place.url("funding_post", place.unit_id, "don-gia"),
    }
    crumbs = place.crumbs(Crumb(gettext("Đóng góp của nhân dân")))
    tabs = place.tabs("contributions")
    return show(request, "desk/funding/contributions.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def _forms(found: Contributions) -> list[tuple[str, str, int]]:
    """Hình thức, số lượng theo đơn vị tính, giá trị."""
    return [
        (
            Form(form).label,
            "; ".join(
                f"{write_number(quantity.normalize())} {measure}"
                for (of, measure), quantity in found.quantities.items()
                if of == form and measure != "đồng"
            ),
            amount,
        )
        for form, amount in found.by_form.items()
        if amount
    ]


def _table(
    place: Place, found: Contributions, lines: tuple[projects.ContributionLine, ...], measure: Measure = "đồng"
) -> tables.Table:
    columns = [
        tables.Column("name", gettext("Người đóng góp")),
        *([tables.Column("unit", gettext("Đơn vị"))] if place.label and place.label.level != "thon" else []),
        tables.Column("on", gettext("Ngày"), "date"),
        tables.Column("form", gettext("Hình thức")),
        tables.Column("quantity", gettext("Số lượng")),
        amounts.column("amount", gettext("Giá trị"), measure),
        tables.Column("works", gettext("Cho công trình")),
        tables.Column("receipt", gettext("Phiếu thu")),
    ]
    with_unit = len(columns) == 8
    print_ = place.may("contribution.record")
    rows = []
    for one in lines:
        entry = one.entry
        what = f"{write_number(entry.quantity.normalize())} {entry.measure}" if entry.form != Form.CASH else ""
        receipt = tables.Cell(entry.receipt, url=place.url("receipt", entry.pk) if print_ else None)
        unit = [words.capital(one.unit.title)] if with_unit else []
        works = entry.works.name if entry.works else ""
        cells = [one.name, *unit, entry.on, Form(entry.form).label, what, entry.amount, works, receipt]
        rows.append(tables.Row(str(entry.pk), cells))
    blank = [""] * (4 if with_unit else 3)
    total = tables.Row("total", [gettext("Tổng"), *blank, found.total, "", ""])
    caption = gettext("Danh sách đóng góp · %(place)s · năm %(year)s · đến ngày %(day)s") % {
        "place": place.title, "year": place.year, "day": write_date(place.on),
    }  # fmt: skip
    download = place.url("contributions", tai="xlsx")
    return tables.Table("contributions", caption, columns, rows, totals=(total,), download_url=download)


@require_GET
@funding_page
def receipt(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Phiếu thu in cho người đóng góp: for the office that records there."""
    entry = books.entry("contributed", entry_id)
    if not isinstance(entry, Contribution) or entry.on > asked_day(request):
        raise NotHere(gettext("Không tìm thấy khoản đóng góp này vào ngày đang xem."))
    place = place_of(request, "contribution.record", entry.unit_id)
    kind = entry.form != Form.CASH
    context = {
        "place": place,
        "entry": entry,
        "form": Form(entry.form).label,
        "reversed": hasattr(entry, "reversed_by"),
        "quantity": f"{write_number(entry.quantity.normalize())} {entry.measure}" if kind else "",
        "price": entry.price if kind else None,
        "amount": write_amount(entry.amount),
        "unit": units.label(entry.unit_id, entry.on),
        "back": place.url("contributions"),
    }
    crumbs = place.crumbs(Crumb(gettext("Đóng góp của nhân dân"), place.url("contributions")), Crumb(entry.receipt))
    return show(request, "desk/funding/receipt.html", context, room=ROOM, crumbs=crumbs)
