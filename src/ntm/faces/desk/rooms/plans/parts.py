"""Sửa từng phần của dự thảo: a section, a duty, a sum of money: opened in place, saved, moved, taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from ntm.faces.desk.rooms.plans.beside import beside
from ntm.faces.desk.rooms.plans.content import SEEN, form_page, section_shown
from ntm.faces.desk.rooms.plans.forms import DutyForm, MoneyForm, SectionForm
from ntm.faces.desk.rooms.plans.ordering import moved
from ntm.faces.desk.rooms.plans.place import PlanSight, at_plan, refusal
from ntm.faces.desk.rooms.plans.shown import written_money
from ntm.records.people.authority import Denied
from ntm.records.planning.models import PlanDuty, PlanMoney, PlanSection
from ntm.records.planning.queries import words
from ntm.records.planning.services import duties, money, text
from ntm.records.planning.services.seen import Stale, mark

__all__ = ["KINDS", "add", "change", "move", "remove"]

Values = dict[str, Any]


@dataclass(frozen=True)
class PartKind:
    """Loại phần: its form, its verbs, the letter of its anchor, and the piece of page that shows one."""

    name: str | Promise
    adding: str | Promise
    model: Any
    form: type[Form]
    letter: str
    template: str
    add: Callable[[PlanSight, Values, int | None], Any]
    change: Callable[[PlanSight, int, Values, str], Any]
    remove: Callable[[PlanSight, int, str], Any]
    reorder: Callable[[PlanSight, list[int]], Any] | None
    gone: str | Promise


def _add_section(here: PlanSight, given: Values, after: int | None) -> Any:
    return text.add_section(here.who, here.plan.pk, on=here.on, after=after, **given)


def _add_duty(here: PlanSight, given: Values, after: int | None) -> Any:
    return duties.add_duty(here.who, here.plan.pk, on=here.on, **given)


def _add_money(here: PlanSight, given: Values, after: int | None) -> Any:
    return money.add_money(here.who, here.plan.pk, money.Amount(**given), on=here.on)


def _change_money(here: PlanSight, pk: int, given: Values, seen: str) -> Any:
    source = next((row.source_code for row in PlanMoney.objects.filter(pk=pk, plan=here.plan)), "")
    told = money.Amount(**given, source_code=source)
    return money.change_money(here.who, here.plan.pk, pk, told, on=here.on, seen=seen)


KINDS: dict[str, PartKind] = {
    "de-muc": PartKind(
        _("Đề mục"), _("Thêm đề mục"), PlanSection, SectionForm, "s", "desk/plans/section.html",
        _add_section,
        lambda here, pk, given, seen: text.change_section(here.who, here.plan.pk, pk, on=here.on, seen=seen, **given),
        lambda here, pk, seen: text.remove_section(here.who, here.plan.pk, pk, on=here.on, seen=seen),
        lambda here, ids: text.reorder_sections(here.who, here.plan.pk, ids, on=here.on),
        _("Đề mục và lời của nó không còn trong dự thảo; các lần đã ban hành vẫn giữ."),
    ),
    "phan-cong": PartKind(
        _("Phân công"), _("Thêm phân công"), PlanDuty, DutyForm, "d", "desk/plans/duty.html",
        _add_duty,
        lambda here, pk, given, seen: duties.change_duty(here.who, here.plan.pk, pk, on=here.on, seen=seen, **given),
        lambda here, pk, seen: duties.remove_duty(here.who, here.plan.pk, pk, on=here.on, seen=seen),
        lambda here, ids: duties.reorder_duties(here.who, here.plan.pk, ids, on=here.on),
        _("Phân công này không còn trong dự thảo; các lần đã ban hành vẫn giữ."),
    ),
    "khoan-tien": PartKind(
        _("Khoản tiền"), _("Thêm khoản tiền"), PlanMoney, MoneyForm, "m", "",
        _add_money,
        _change_money,
        lambda here, pk, seen: money.remove_money(here.who, here.plan.pk, pk, on=here.on, seen=seen),
        None,
        _("Khoản tiền và mọi khoản nằm trong nó không còn trong dự thảo; tổng tính lại theo các khoản còn lại."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@at_plan
def change(request: HttpRequest, here: PlanSight, kind: str, pk: int) -> HttpResponse:
    """Sửa một phần ngay tại chỗ; without scripts on a page of its own."""
    part = KINDS[kind]
    here.who.require("plan.draft", here.plan.unit_id, on=here.on)
    row = part.model.objects.in_version(here.no).filter(plan=here.plan, pk=pk).first()
    seen = request.POST.get(SEEN, "")
    if row is None and not seen:
        raise ValueError(gettext("Không tìm thấy mục này trong dự thảo; có thể người khác vừa sửa, tải lại trang."))
    row = row or part.model.objects.filter(plan=here.plan, pk=pk).first()
    if row is None:
        raise ValueError(gettext("Không có mục này trong kế hoạch."))
    form = _form(request, here, kind, row)
    sentence, status, both = "", 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = part.change(here, pk, _given(form), seen)
            except Stale as reason:
                sentence, status = str(reason), 409
                both = beside(form, _initial(kind, reason.row) if reason.row else None, reason.row)
                row = reason.row or row
            except (Denied, ValueError) as reason:
                sentence, status = refusal(reason)
            else:
                return _saved(request, here, part, row)
    context = {"row": row, "kind": kind, "part": part, "letter": part.letter, "both": both, "seen": mark(row)}
    if request.htmx:  # type: ignore[attr-defined]
        keep = f"{here.url('plan')}#{part.letter}{row.pk}"
        context |= {"here": here, "form": form, "sentence": sentence, "in_place": bool(part.template), "keep": keep}
        return render(request, "desk/plans/part_form.html", context, status=status)
    anchor = f"{part.letter}{row.pk}"
    return form_page(request, here, form, str(part.name), sentence=sentence, status=status, anchor=anchor, **context)


def _saved(request: HttpRequest, here: PlanSight, part: PartKind, row: Any) -> HttpResponse:
    if request.htmx and part.template:  # type: ignore[attr-defined]
        shown = section_shown(row) if isinstance(row, PlanSection) else row
        return render(request, part.template, {"here": here, "one": shown, "saved": True})
    messages.success(request, gettext("Đã lưu."))
    return HttpResponseRedirect(f"{here.url('plan')}#{part.letter}{row.pk}")


@require_http_methods(["GET", "POST"])
@at_plan
def add(request: HttpRequest, here: PlanSight, kind: str) -> HttpResponse:
    """Thêm một phần: at the end, or after another section (`sau=12`)."""
    part = KINDS[kind]
    here.who.require("plan.draft", here.plan.unit_id, on=here.on)
    form = _form(request, here, kind, None)
    sentence, status = "", 200
    typed = request.GET.get("sau", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = part.add(here, _given(form), after)
            except (Denied, ValueError) as reason:
                sentence, status = refusal(reason)
            else:
                messages.success(request, gettext("Đã thêm."))
                return HttpResponseRedirect(f"{here.url('plan')}#{part.letter}{row.pk}")
    return form_page(request, here, form, str(part.adding), sentence=sentence, status=status, kind=kind)


@require_POST
@at_plan
def remove(request: HttpRequest, here: PlanSight, kind: str, pk: int) -> HttpResponse:
    """Bỏ một phần."""
    try:
        KINDS[kind].remove(here, pk, request.POST.get(SEEN, ""))
    except Stale as reason:
        raise ValueError(gettext("Chưa bỏ: người khác vừa sửa mục này. Xem lại rồi bỏ nếu vẫn muốn.")) from reason
    messages.success(request, gettext("Đã bỏ."))
    return HttpResponseRedirect(here.url("plan") + f"#{kind}")


@require_POST
@at_plan
def move(request: HttpRequest, here: PlanSight, kind: str, pk: int) -> HttpResponse:
    """Chuyển một phần lên hoặc xuống."""
    part = KINDS[kind]
    if part.reorder is None:
        raise ValueError(gettext("Khoản tiền xếp theo khoản mà nó thuộc về; sửa “Thuộc khoản”."))
    ids = words.part_ids(part.model, here.plan, here.no)
    depths = words.depths(here.plan, here.no) if part.model is PlanSection else None
    part.reorder(here, moved(ids, pk, request.POST.get("huong") == "len", depths))
    return HttpResponseRedirect(f"{here.url('plan')}#{part.letter}{pk}")


def _given(form: Form) -> Values:
    return {name: value for name, value in form.cleaned_data.items() if not name.startswith("_")}


def _initial(kind: str, row: Any) -> Values:
    """What the form of a part begins with."""
    initial = {name: getattr(row, name, None) for name in KINDS[kind].form.base_fields} if row is not None else {}
    if kind == "phan-cong" and row is not None:
        initial["criteria"] = ", ".join(map(str, row.criteria))
    if kind == "khoan-tien":
        initial |= {name: written_money(initial.get(name)) for name in ("amount", "stated")}
    return initial


def _form(request: HttpRequest, here: PlanSight, kind: str, row: Any) -> Form:
    initial = _initial(kind, row)
    if kind == "khoan-tien":
        initial.setdefault("role", request.GET.get("phia", PlanMoney.Role.NEED))
        initial.setdefault("parent_id", request.GET.get("thuoc", ""))
    form = KINDS[kind].form(request.POST or None, initial=initial, auto_id=f"id_{row.pk if row else 'moi'}_%s")
    if kind == "khoan-tien":
        rows = PlanMoney.objects.in_version(here.no).filter(plan=here.plan).order_by("order", "pk")
        others = [one for one in rows if row is None or one.pk != row.pk]
        names = [(one.pk, f"{one.get_role_display()}: {one.what[:90]}") for one in others]
        form.fields["parent_id"].choices = [("", gettext("không thuộc khoản nào")), *names]  # type: ignore[attr-defined]
    return form
