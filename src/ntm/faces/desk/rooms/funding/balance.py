"""Cân đối trên một trang: needed, mobilised, short; by criterion, by source, by lower unit; stated totals beside."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk import tables
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.balance_tables import criteria_table, sources_table, units_table, years_table
from ntm.faces.desk.rooms.funding.place import ROOM, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.written import letter_template
from ntm.faces.desk.rooms.plans.forms import COMMON
from ntm.records.funding.queries import balances, flows, projects
from ntm.records.funding.queries.areas import Scope
from ntm.records.funding.queries.balances import Balance
from ntm.records.funding.queries.cells import Amounts, year_sums
from ntm.records.funding.queries.flows import MoneyRow
from ntm.records.funding.queries.remembered import area_money

__all__ = ["Headline", "balance", "deeds"]


@dataclass(frozen=True, slots=True)
class Headline:
    """Một con số đầu trang, its đồng beside it."""

    value: str
    measure: str
    label: str
    whole: str
    note: str = ""
    strong: bool = False


def headline(amount: int, label: str, note: str = "", *, strong: bool = False) -> Headline:
    figure, measure = amounts.seen(amount)
    return Headline(figure, measure, label, amounts.write_amount(amount), note, strong)


@require_GET
@funding_page
def balance(request: HttpRequest) -> HttpResponse:
    """Cân đối A-B của một đơn vị; for the country its provinces."""
    place = place_of(request)
    form = request.GET.get("tai", "")
    if form:
        return _download(place, form)
    whole = area_money(place.unit_id, place.year, place.on) if _has_lower(place) else None
    sums, owed = (whole.sums, whole.owed) if whole else (None, None)
    lower = flows.rollup(place.unit_id, place.year, place.on, sums, owed) if sums else None
    context: dict[str, object] = {
        "place": place,
        "filters": place.filters(),
        "lower": units_table(place, *lower) if lower and lower[1] else None,
    }
    if place.unit_id is not None and place.last != place.year:
        sums = year_sums(place.unit_id, place.year, place.last, place.on, place.scope)
        context["years"] = years_table(place, sums) if sums.lower else None
    if place.unit_id is not None:
        found = balances.balance(
            place.unit_id,
            place.year,
            place.on,
            until_year=place.last,
            scope=place.scope,
            found=sums.cells if sums else None,
            debt=sum(owed.values()) if owed is not None else None,
            label=place.label,
        )
        context |= _of_unit(place, found)
    elif lower:
        context["headlines"] = _whole(lower[0])
    return show(
        request, "desk/funding/balance.html", context, room=ROOM, crumbs=place.crumbs(), tabs=place.tabs("funding")
    )


def _has_lower(place: Place) -> bool:
    return (
        place.scope is Scope.AREA and place.last == place.year and (place.label is None or place.label.level != "thon")
    )


def _of_unit(place: Place, found: Balance) -> dict[str, object]:
    empty, short = not (found.criteria or found.sources), found.firm_shortfall > 0
    return {
        "found": found,
        "empty": empty,
        "headlines": headlines(found),
        "criteria": None if empty else criteria_table(place, found),
        "sources": None if empty else sources_table(place, found),
        "may_record": place.may("money.record"),
        "short": short,
        "locks": projects.locked_in(place.label.id, place.year, place.on) if place.label else (),
        "need_url": place.url("funding_post", place.unit_id, "nhu-cau"),
        "deeds": deeds(place),
        "files": {
            "docx": place.url("funding_forms", "docx"),
            "xlsx": place.url("funding_forms", "xlsx"),
            "letter": place.url("funding_letter"),
            "letter_common": place.url("funding_letter", mau=COMMON) if short and letter_template(place) else "",
        },
    }


def deeds(place: Place) -> list[tuple[str, str]]:
    """Các việc ghi mà cơ quan này được làm ở đây; the services ask again."""
    found = []
    if place.may("money.record"):
        found += [
            (place.url("funding_post", place.unit_id, "huy-dong"), gettext("Ghi huy động")),
            (place.url("funding_post", place.unit_id, "chung-tu"), gettext("Ghi chứng từ")),
            (place.url("vouchers_import"), gettext("Nhập chứng từ từ tệp")),
            (place.url("funding_post", place.unit_id, "so-tong"), gettext("Ghi số văn bản nêu")),
        ]
    if place.may("money.allocate"):
        found.append(
            (place.url("funding_decide", place.unit_id, "phan-bo"), gettext("Quyết định phân bổ, điều chỉnh, thu hồi"))
        )
    if place.may("money.close"):
        found.append((place.url("funding_post", place.unit_id, "khoa-ky"), gettext("Khoá kỳ")))
    return found


def headlines(found: Balance) -> list[Headline]:
    """Nhu cầu, huy động, còn thiếu; the conditional part is told apart and covers nothing."""
    made = [
        headline(found.need, gettext("Nhu cầu (A)"), "" if found.need else gettext("chưa ghi nhu cầu nào")),
        headline(found.mobilised, gettext("Huy động theo kế hoạch (B)"), _condition_note(found.conditional)),
    ]
    if found.need:  # without a need nothing is short, and nothing is left over either
        made.append(headline(found.shortfall, gettext("Còn thiếu (A-B)"), strong=True))
    if found.conditional and found.need:
        made.append(
            headline(
                found.firm_shortfall,
                gettext("Còn thiếu chắc chắn"),
                gettext("không tính tiền chỉ có khi đạt điều kiện"),
                strong=True,
            )
        )
    return [*made, *_used(found.total)]


def _condition_note(conditional: int) -> str:
    if not conditional:
        return ""
    return gettext("trong đó %(amount)s chỉ có khi đạt điều kiện") % {"amount": amounts.said(conditional)}


def _used(total: Amounts) -> list[Headline]:
    made = [
        headline(total.allocated, gettext("Đã phân bổ")),
        headline(total.disbursed, gettext("Đã giải ngân")),
    ]
    if total.contributed:
        made.append(headline(total.contributed, gettext("Nhân dân đóng góp")))
    return made


def _whole(total: MoneyRow) -> list[Headline]:
    made = [
        headline(total.need, gettext("Nhu cầu (A)"), "" if total.need else gettext("chưa ghi nhu cầu nào")),
        headline(
            total.mobilised + total.conditional,
            gettext("Huy động theo kế hoạch (B)"),
            _condition_note(total.conditional),
        ),
        *([headline(total.shortfall, gettext("Còn thiếu (A-B)"), strong=True)] if total.need else []),
        headline(total.allocated, gettext("Đã phân bổ")),
        headline(total.disbursed, gettext("Đã giải ngân")),
    ]
    return [*made, headline(total.debt, gettext("Nợ đọng"))] if total.debt else made


def _download(place: Place, form: str) -> HttpResponse:
    name = f"can-doi-{place.year}-{place.on:%Y-%m-%d}"
    if form == "don-vi":
        table = units_table(place, *flows.rollup(place.unit_id, place.year, place.on), "đồng")
    elif form in ("tieu-chi", "nguon") and place.unit_id is not None:
        found = balances.balance(place.unit_id, place.year, place.on, until_year=place.last, scope=place.scope)
        table = (criteria_table if form == "tieu-chi" else sources_table)(place, found, "đồng")
    else:
        raise ValueError(gettext("Không có bảng “%(name)s” để tải.") % {"name": form[:40]})
    return tables.download(table, "xlsx", f"{name}-{form}")
