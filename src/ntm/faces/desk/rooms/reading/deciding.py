"""Quyết định trên bàn đọc: one item or many, a correction in place, an answer to a finding, the confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.reading import document as desk
from ntm.faces.desk.rooms.reading import shown
from ntm.faces.desk.rooms.reading.place import ROOM, address, crumbs, reading_page
from ntm.records.archive.documents import corrections, queries, services
from ntm.records.archive.documents.corrections import Unreadable
from ntm.records.archive.documents.shape import fields_of
from ntm.records.archive.models import Answer, Decision, OfficialDocument
from ntm.records.archive.services import FileMissing
from ntm.records.people.authority import Actor

_DEEDS = {"nhan": Decision.ACCEPTED, "bo": Decision.REJECTED, "de": ""}


@require_POST
@reading_page
def decide(request: HttpRequest, document_id: int) -> HttpResponse:
    """Nhận, bỏ, để lại: one item (`nhan=12`), those ticked (`nhan=chon`), or a whole part (`nhan=phan:targets`)."""
    who, on = actor(request), asked_day(request)
    found = queries.light(who, document_id, on)
    name = next((one for one in _DEEDS if one in request.POST), None)
    if name is None:
        raise ValueError(gettext("Chọn nhận hoặc bỏ."))
    chosen = _chosen(request, who, found, request.POST[name])
    changed = services.decide_items(who, found, chosen, _DEEDS[name], on=on)
    if request.htmx:
        return _rows(request, who, found, [item.pk for item in changed] or chosen)
    said = {
        "nhan": ngettext("Đã nhận %(n)s mục.", "Đã nhận %(n)s mục.", len(changed)),
        "bo": ngettext("Đã bỏ %(n)s mục.", "Đã bỏ %(n)s mục.", len(changed)),
        "de": ngettext("Đã để lại %(n)s mục.", "Đã để lại %(n)s mục.", len(changed)),
    }
    messages.success(request, said[name] % {"n": len(changed)})
    return HttpResponseRedirect(address(request, "document", document_id) + f"#m{chosen[0]}")


def _chosen(request: HttpRequest, who: Actor, found: OfficialDocument, value: str) -> list[int]:
    if value == "chon":
        chosen = [int(one) for one in request.POST.getlist("muc") if one.isascii() and one.isdigit()]
        if not chosen:
            raise ValueError(gettext("Chưa chọn mục nào: đánh dấu các mục rồi bấm lại."))
        return chosen
    if value.startswith("phan:"):
        allowed = services.decider(who, found, on=asked_day(request))
        rows = queries.items(found, allowed).get(value.removeprefix("phan:"), [])
        return [one.item.pk for one in rows if one.allowed and not one.decision] or _nothing_left()
    if not (value.isascii() and value.isdigit()):
        raise ValueError(gettext("Không rõ mục nào: tải lại trang."))
    return [int(value)]


def _nothing_left() -> list[int]:
    raise ValueError(gettext("Phần này không còn mục nào chờ quyết định."))


def _rows(request: HttpRequest, who: Actor, found: OfficialDocument, changed: list[int]) -> HttpResponse:
    """The changed lines and the counts, to be put in their places."""
    allowed = services.decider(who, found, on=asked_day(request))
    parts = shown.parts(queries.items(found, allowed))
    wanted = set(changed)
    context = {
        "document": found,
        "parts": parts,
        "rows": [row for part in parts for row in part.rows if row.pk in wanted],
        "progress": desk.counts(parts),
        "may": True,
    }
    return render(request, "desk/reading/decided.html", context)


@require_http_methods(["GET", "POST"])
@reading_page
def correct(request: HttpRequest, document_id: int, item_id: int) -> HttpResponse:
    """Sửa một mục ngay tại chỗ; without scripts a page of its own."""
    who, on = actor(request), asked_day(request)
    found = queries.light(who, document_id, on)
    typed, wrong, status = {}, {}, 200
    if request.method == "POST":
        typed = {name.removeprefix("f."): str(value) for name, value in request.POST.items() if name.startswith("f.")}
        try:
            services.correct_item(who, found, item_id, typed, on=on)
        except Unreadable as reason:
            wrong, status = reason.sentences, 422
        else:
            if request.htmx:
                return _rows(request, who, found, [item_id])
            messages.success(request, gettext("Đã nhận mục với nội dung đã sửa."))
            return HttpResponseRedirect(address(request, "document", document_id) + f"#m{item_id}")
    context = _form(who, found, item_id, typed, wrong, request)
    if request.htmx:
        return render(request, "desk/reading/correct.html", context, status=status)
    trail = crumbs(request, Crumb(found.name, address(request, "document", document_id)), Crumb(gettext("Sửa mục")))
    return show(request, "desk/reading/correct_page.html", context, room=ROOM, crumbs=trail, status=status)


def _form(
    who: Actor,
    found: OfficialDocument,
    item_id: int,
    typed: dict[str, str],
    wrong: dict[str, str],
    request: HttpRequest,
) -> dict[str, Any]:
    allowed = services.decider(who, found, on=asked_day(request))
    rows = [one for part in queries.items(found, allowed, only=[item_id]).values() for one in part]
    if not rows:
        raise FileMissing(gettext("Mục không còn trong bản đọc hiện tại: tải lại trang."))
    one = rows[0]
    value = corrections.current(one.item, one.decision.value if one.decision else None)
    fields = [
        {
            "field": field,
            "value": typed.get(field.name, corrections.written(field, value.get(field.name))),
            "read": corrections.shown(field, one.item.value.get(field.name)),
            "wrong": wrong.get(field.name, ""),
        }
        for field in fields_of(one.item.section, one.item.key)
    ]
    return {"document": found, "row": shown.row(one), "fields": fields}


@require_POST
@reading_page
def answer(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """Trả lời một phát hiện."""
    who, on = actor(request), asked_day(request)
    found = queries.one(who, document_id, on)
    typed = {"answer": request.POST.get("answer", ""), "text": request.POST.get("text", "")}
    wrong = ""
    try:
        services.answer_finding(who, found, number, typed["answer"], typed["text"], on=on)
    except services.DocumentRefused as reason:
        wrong = str(reason)
    if not request.htmx:
        if wrong:
            raise ValueError(wrong)
        messages.success(request, gettext("Đã ghi câu trả lời."))
        return HttpResponseRedirect(address(request, "document", document_id) + f"#p{number}")
    one = next((one for one in desk.findings(found) if one.number == number), None)
    if one is None:
        raise ValueError(wrong)
    if wrong:
        one.typed, one.wrong = typed, wrong
    context = {"document": found, "finding": one, "may": True, "answers": Answer.choices}
    return render(request, "desk/reading/finding.html", context, status=422 if wrong else 200)


@require_POST
@reading_page
def confirm(request: HttpRequest, document_id: int) -> HttpResponse:
    """Xác nhận các mục đã nhận, for planning."""
    who, on = actor(request), asked_day(request)
    made, gone = services.confirm(who, queries.light(who, document_id, on), on=on)
    if made or gone:
        said = gettext("Đã xác nhận %(made)s mục") % {"made": made}
        messages.success(request, said + (gettext(", rút %(gone)s mục.") % {"gone": gone} if gone else "."))
    else:
        messages.info(request, gettext("Không có mục nào mới để xác nhận: nhận các mục trước."))
    return HttpResponseRedirect(address(request, "document", document_id))
