"""Nợ đọng xây dựng cơ bản theo tuổi: by lower unit in a wide area, by works in a commune; the title's condition beside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import Measure
from ntm.faces.desk import charts, tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.place import ROOM, Place, funding_page, place_of
from ntm.faces.desk.rooms.units import words
from ntm.records.funding.queries import debts as queries
from ntm.records.funding.queries.debts import Debt, DebtsOfUnit

__all__ = ["debts"]

_EACH = 100
# ages in days, whole years as 365 days: how lists of debts are usually read; no rule of law counts by them
_BANDS = (
    (0, 90, _("đến 90 ngày")),
    (91, 365, _("đến 1 năm")),
    (366, 1095, _("1 đến 3 năm")),
    (1096, None, _("trên 3 năm")),
)


@require_GET
@funding_page
def debts(request: HttpRequest) -> HttpResponse:
    """Nợ theo tuổi, chủ nợ, phương án trả."""
    place = place_of(request)
    found = queries.debts(place.unit_id, place.on)
    by_works = request.GET.get("theo") == "cong-trinh" or (
        place.label is not None and place.label.level in ("xa", "thon")
    )
    every = [(one, debt) for one in found for debt in one.debts]
    if request.GET.get("tai") == "xlsx":
        return tables.download(_works_table(place, every, every, "đồng"), "xlsx", f"no-dong-{place.on:%Y-%m-%d}")
    page = Paginator(every, _EACH).get_page(request.GET.get("trang"))
    sums = _by_age([debt for _one, debt in every], place.on)
    context = {
        "place": place,
        "total": sum(one.amount for one in found),
        "works": len(every),
        "without_capital": sum(debt.without_capital for _one, debt in every),
        "planned": sum(debt.planned for _one, debt in every),
        "condition": _condition(place),
        "table": _works_table(place, list(page.object_list), every) if by_works else _units_table(place, found),
        "page": page if by_works else None,
        "by_works": by_works,
        "other_url": place.url("debts", theo=None if by_works else "cong-trinh"),
        "wide": place.label is None or place.label.level in ("tinh", "huyen"),
        "picture": _picture(place, sums),
    }
    crumbs = place.crumbs(Crumb(gettext("Nợ đọng")))
    return show(request, "desk/funding/debts.html", context, room=ROOM, crumbs=crumbs, tabs=place.tabs("debts"))


def _condition(place: Place) -> queries.TitleCondition | None:
    """Of the units that a title is given to below the province: a commune, a district."""
    if place.label is None or place.label.level not in ("xa", "huyen"):
        return None
    return queries.title_condition(place.label.id, place.on)


def _by_age(debts: list[Debt], on: date) -> list[int]:
    found = [0] * len(_BANDS)
    for debt in debts:
        for one in debt.open:
            age = (on - one.accepted_on).days
            found[next(at for at, (_low, high, _said) in enumerate(_BANDS) if high is None or age <= high)] += one.left
    return found


def _picture(place: Place, sums: list[int]) -> charts.Picture | None:
    if not any(sums):
        return None
    bars = [
        charts.Bar(str(said), Decimal(amount) / 10**6, css="not-met" if low > 365 else "")
        for (low, _high, said), amount in zip(_BANDS, sums, strict=True)
    ]
    title = gettext("Nợ theo tuổi · %(place)s · đến ngày %(day)s") % {"place": place.title, "day": write_date(place.on)}
    return charts.bars(title, bars, measure=gettext("triệu"), value_head=gettext("triệu đồng"))


def _age_columns(measure: Measure) -> list[tables.Column]:
    return [
        amounts.column(f"age{at}", said, measure, about=gettext("nợ %(age)s") % {"age": said})
        for at, (_low, _high, said) in enumerate(_BANDS)
    ]


def _caption(place: Place) -> str:
    return gettext("Nợ đọng xây dựng cơ bản · %(place)s · đến ngày %(day)s") % {
        "place": place.title, "day": write_date(place.on),
    }  # fmt: skip


def _units_table(place: Place, found: tuple[DebtsOfUnit, ...]) -> tables.Table:
    hint = len(found) <= amounts.HINTED
    base = place.url("debts", **{"don-vi": "UNIT"})
    columns = [
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("works", gettext("Công trình"), "number"),
        amounts.column("debt", gettext("Còn nợ")),
        *_age_columns("triệu"),
        tables.Column("oldest", gettext("Lâu nhất"), "number", measure=gettext("ngày")),
        amounts.column("without", gettext("Chưa bố trí vốn"), about=gettext("phần nợ chưa có vốn phân bổ")),
        amounts.column("planned", gettext("Đã có phương án trả")),
    ]
    rows = [
        tables.Row(
            str(one.unit.id),
            [
                tables.Cell(words.capital(one.unit.title), url=base.replace("UNIT", str(one.unit.id))),
                len(one.debts),
                amounts.cell(one.amount, hint=hint),
                *(amounts.cell(amount or None, hint=hint) for amount in _by_age(list(one.debts), place.on)),
                one.oldest,
                amounts.cell(sum(debt.without_capital for debt in one.debts), hint=hint),
                amounts.cell(sum(debt.planned for debt in one.debts), hint=hint),
            ],
            words=one.unit.code or "",
        )
        for one in found
    ]
    debts = [debt for one in found for debt in one.debts]
    total = [
        gettext("Tổng"), len(debts), *_sums(debts, place.on, "triệu"), max((one.oldest for one in found), default=None),
        amounts.cell(sum(debt.without_capital for debt in debts)), amounts.cell(sum(debt.planned for debt in debts)),
    ]  # fmt: skip
    download, totals = place.url("debts", tai="xlsx"), (tables.Row("total", total),)
    return tables.Table("debts-units", _caption(place), columns, rows, totals=totals, download_url=download)


def _sums(debts: list[Debt], on: date, measure: Measure) -> list[tables.Cell]:
    """Còn nợ, and the same by age."""
    whole = amounts.cell(sum(debt.amount for debt in debts), measure)
    return [whole, *(amounts.cell(amount or None, measure) for amount in _by_age(debts, on))]


def _works_table(
    place: Place,
    rows: list[tuple[DebtsOfUnit, Debt]],
    every: list[tuple[DebtsOfUnit, Debt]],
    measure: Measure = "triệu",
) -> tables.Table:
    """Từng công trình, a page of them; the total is of every one."""
    base = place.url("works_one", 0)
    wide = place.label is None or place.label.level in ("tinh", "huyen")
    columns = [
        tables.Column("works", gettext("Công trình")),
        *([tables.Column("unit", gettext("Đơn vị"))] if wide else []),
        tables.Column("creditor", gettext("Nợ ai")),
        amounts.column("accepted", gettext("Đã nghiệm thu"), measure),
        amounts.column("paid", gettext("Đã trả"), measure),
        amounts.column("debt", gettext("Còn nợ"), measure),
        *_age_columns(measure),
        tables.Column("age", gettext("Lâu nhất"), "number", measure=gettext("ngày")),
        amounts.column("without", gettext("Chưa bố trí vốn"), measure),
        amounts.column("planned", gettext("Phương án trả"), measure),
        tables.Column("due", gettext("Hạn trả"), "date"),
    ]
    hint = len(rows) <= amounts.HINTED
    made = [
        tables.Row(
            str(debt.works_id),
            [
                tables.Cell(f"{debt.code} {debt.name}", url=base.replace("/0/", f"/{debt.works_id}/", 1)),
                *([tables.Cell(words.capital(one.unit.title), css="who")] if wide else []),
                tables.Cell("; ".join(debt.creditors), css="who"),
                amounts.cell(debt.accepted, measure, hint=hint),
                amounts.cell(debt.paid, measure, hint=hint),
                amounts.cell(debt.amount, measure, hint=hint),
                *(amounts.cell(amount or None, measure, hint=hint) for amount in _by_age([debt], place.on)),
                debt.age,
                amounts.cell(debt.without_capital or None, measure, hint=hint),
                amounts.cell(debt.planned or None, measure, hint=hint),
                tables.Cell(debt.plan_due, css="alarm" if debt.plan_due and debt.plan_due < place.on else ""),
            ],
        )
        for one, debt in rows
    ]
    totals = (_works_total([debt for _one, debt in every], place, measure, blank=2 if wide else 1),)
    download = place.url("debts", tai="xlsx")
    return tables.Table("debts-works", _caption(place), columns, made, totals=totals, download_url=download)


def _works_total(debts: list[Debt], place: Place, measure: Measure, *, blank: int) -> tables.Row:
    def added(name: str) -> tables.Cell:
        return amounts.cell(sum(getattr(debt, name) for debt in debts), measure)

    cells = [
        gettext("Tổng"), *[""] * blank, added("accepted"), added("paid"), *_sums(debts, place.on, measure),
        max((debt.age for debt in debts), default=None), added("without_capital"), added("planned"), None,
    ]  # fmt: skip
    return tables.Row("total", cells)
