"""Sổ bút toán của đơn vị: entries as posted, the reversing of one with its reason, closed periods, stated totals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.domain.official.numbers import write_number
from ntm.faces.desk import tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.balance import deeds
from ntm.faces.desk.rooms.funding.money_forms import ReverseForm
from ntm.faces.desk.rooms.funding.place import ROOM, NotHere, Place, funding_page, place_of
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.records.funding.models import Contribution, Form, Posted
from ntm.records.funding.queries import books, projects
from ntm.records.funding.services import correcting, planning_money
from ntm.records.people.authority import Denied

__all__ = ["ledger", "reopen", "reverse_entry", "withdraw"]

BOOK = "so"
_EACH = 100
BOOKS = {
    "needs": _("Nhu cầu"),
    "mobilised": _("Dự kiến huy động"),
    "allocated": _("Phân bổ"),
    "disbursed": _("Chứng từ giải ngân"),
    "accepted": _("Khối lượng nghiệm thu"),
    "contributed": _("Đóng góp của nhân dân"),
}


@require_GET
@funding_page
def ledger(request: HttpRequest) -> HttpResponse:
    """Một quyển sổ của đơn vị: its own entries of the budget year, the newest first."""
    place = place_of(request)
    if place.unit_id is None:
        raise ValueError(gettext("Sổ bút toán là của một đơn vị: chọn tỉnh, xã hoặc thôn."))
    book = request.GET.get(BOOK) or "disbursed"
    if book not in BOOKS:
        raise ValueError(gettext("Không có sổ “%(book)s”.") % {"book": book[:40]})
    found = books.entries(book, place.unit_id, place.year, place.on)
    if request.GET.get("tai") == "xlsx":
        return tables.download(_table(place, book, list(found)), "xlsx", f"so-{book}-{place.year}")
    page = Paginator(found, _EACH).get_page(request.GET.get("trang"))
    choice = Filter(BOOK, gettext("Sổ"), book, tuple((key, str(name)) for key, name in BOOKS.items()))
    context = {
        "place": place,
        "filters": [choice, *place.filters(medium=False, scope=False)],
        "book": str(BOOKS[book]),
        "table": _table(place, book, list(page.object_list)) if page.paginator.count else None,
        "page": page,
        "locks": projects.locks(place.unit_id, place.on),
        "stated": books.stated(place.unit_id, place.year, place.on),
        "deeds": deeds(place),
        "may_close": place.may("money.close"),
        "may_record": place.may("money.record"),
    }
    crumbs = place.crumbs(Crumb(gettext("Sổ bút toán")))
    tabs = place.tabs("funding_books")
    return show(request, "desk/funding/books.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def words_of(entry: Any) -> str:
    """What an entry is for, in its own words."""
    if isinstance(entry, Contribution):
        slip = gettext("phiếu thu")
        return f"{Form(entry.form).label} · {slip} {entry.receipt}"
    decision = getattr(entry, "decision", None)
    if decision is not None:
        return f"{decision.get_act_display()} · {decision.number}, {decision.issuer}"
    if hasattr(entry, "record"):
        return f"{entry.works.code} · {entry.record}"
    if hasattr(entry, "number"):
        parts = (entry.number, entry.payee, entry.works.code if entry.works else "")
        return " · ".join(part for part in parts if part)
    share = getattr(entry, "share", None)
    told = gettext("được hưởng %(share)s%%") % {"share": write_number(share.normalize())} if share is not None else ""
    parts = (entry.text, told, getattr(entry, "condition", ""))
    return " · ".join(part for part in parts if part)


def _table(place: Place, book: str, rows: list[Any]) -> tables.Table:
    columns = [
        tables.Column("on", gettext("Ngày"), "date"),
        tables.Column("what", gettext("Nội dung")),
        tables.Column("source", gettext("Nguồn vốn")),
        amounts.column("amount", gettext("Số tiền"), "đồng"),
        tables.Column("criterion", gettext("Tiêu chí"), "number"),
        tables.Column("office", gettext("Ghi bởi")),
        tables.Column("state", gettext("Đảo")),
    ]
    made = []
    base, decided = place.url("reverse_entry", book, 0), place.url("funding_decision", 0)
    for one in rows:
        source = getattr(one, "source", "")
        if one.reverses_id is not None:
            state = tables.Cell(gettext("bút toán đảo"), hint=one.note)
        elif hasattr(one, "reversed_by"):
            state = tables.Cell(gettext("đã đảo"), hint=one.reversed_by.note)
        else:
            state = tables.Cell(gettext("Đảo…"), url=base.replace("/0/", f"/{one.pk}/", 1))
        said: Any = words_of(one)
        if book == "allocated":
            said = tables.Cell(said, url=decided.replace("/0/", f"/{one.decision_id}/", 1))
        cells = [
            one.on, said, funds.catalogue().name(source) if source else "", amounts.cell(one.amount, "đồng"),
            getattr(one, "criterion_no", None), one.office, state,
        ]  # fmt: skip
        made.append(
            tables.Row(str(one.pk), cells, css="reversed" if one.reverses_id or hasattr(one, "reversed_by") else "")
        )
    caption = gettext("%(book)s · %(place)s · năm %(year)s") % {
        "book": BOOKS[book], "place": place.title, "year": place.year,
    }  # fmt: skip
    download = place.url("funding_books", so=book, tai="xlsx")
    return tables.Table(f"book-{book}", caption, columns, made, download_url=download)


@require_http_methods(["GET", "POST"])
@funding_page
def reverse_entry(request: HttpRequest, book: str, entry_id: int) -> HttpResponse:
    """Đảo một bút toán: what will be taken back is shown first; the reason is asked."""
    entry = books.entry(book, entry_id)
    if entry is None:
        raise NotHere(gettext("Không tìm thấy bút toán này."))
    place = place_of(request, unit_id=entry.unit_id)
    form = ReverseForm(request.POST or None, initial={"on": max(place.on, entry.on)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                correcting.reverse(place.who, entry, reason=form.cleaned_data["reason"], on=form.cleaned_data["on"])
            except (Denied, ValueError) as reason:
                form.add_error(None, str(reason))
                status = 403 if isinstance(reason, Denied) else 422
            else:
                messages.success(request, gettext("Đã đảo %(amount)s đồng.") % {"amount": write_amount(entry.amount)})
                return HttpResponseRedirect(_back(place, book, entry))
    context = {
        "place": place,
        "entry": entry,
        "what": words_of(entry),
        "book": str(BOOKS[book]),
        "form": form,
        "whole": book == "allocated",
        "back": _back(place, book, entry),
    }
    crumbs = place.crumbs(Crumb(gettext("Sổ bút toán"), place.url("funding_books", so=book)), Crumb(gettext("Đảo")))
    return show(request, "desk/funding/reverse.html", context, room=ROOM, crumbs=crumbs, status=status)


def _back(place: Place, book: str, entry: Posted) -> str:
    return place.url("funding_books", so=book, nam=entry.year)


@require_POST
@funding_page
def reopen(request: HttpRequest, unit_id: int, lock_id: int) -> HttpResponse:
    """Mở lại kỳ đã khoá, with the reason."""
    place = place_of(request, unit_id=unit_id)
    lock = correcting.reopen_period(place.who, lock_id, on=place.on, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("Đã mở lại sổ năm %(year)s.") % {"year": lock.year})
    return HttpResponseRedirect(place.url("funding_books"))


@require_POST
@funding_page
def withdraw(request: HttpRequest, unit_id: int, total_id: int) -> HttpResponse:
    """Rút số tổng ghi nhầm, with the reason."""
    place = place_of(request, unit_id=unit_id)
    planning_money.withdraw_total(place.who, total_id, on=place.on, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("Đã rút số tổng."))
    return HttpResponseRedirect(place.url("funding_books"))
