"""Quyết định phân bổ với các dòng: allocate, adjust, recover, carry over, transfer; lines are added without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ntm.domain.official.money import MoneyError, parse_money, write_amount
from ntm.domain.official.text import fold
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding.money_forms import place_units
from ntm.faces.desk.rooms.funding.place import ROOM, NotHere, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.wording import fund_choices, split_fund
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.funding.models import Act, AllocationDecision
from ntm.records.funding.queries import books
from ntm.records.funding.services import allocating
from ntm.records.funding.services.allocating import Decided, Line, Shift
from ntm.records.people.authority import Denied
from ntm.records.units import queries as units

__all__ = ["decide"]

_LINES, _MORE, _MOST = 4, 5, 300
ACTS = {
    "phan-bo": Act.ALLOCATE,
    "dieu-chinh": Act.ADJUST,
    "dieu-chuyen": Act.TRANSFER,
    "chuyen-nguon": Act.CARRY_OVER,
    "thu-hoi": Act.RECOVER,
}
_TITLES = {
    Act.ALLOCATE: _("Quyết định phân bổ vốn"),
    Act.ADJUST: _("Quyết định điều chỉnh vốn"),
    Act.TRANSFER: _("Quyết định điều chuyển, phân khai vốn"),
    Act.CARRY_OVER: _("Quyết định chuyển nguồn sang năm sau"),
    Act.RECOVER: _("Quyết định thu hồi vốn"),
}
_LEADS = {
    Act.ALLOCATE: _("Mỗi dòng là số vốn giao cho một đơn vị; vốn của đơn vị giao giảm đi đúng số ấy."),
    Act.ADJUST: _("Số tăng ghi dương, số giảm ghi âm (-500 triệu); phần giảm trở về đơn vị giao vốn."),
    Act.TRANSFER: _("Chuyển sang đơn vị khác, hoặc phân khai vốn chưa chi tiết cho công trình của cùng đơn vị."),
    Act.CARRY_OVER: _("Phần chưa chi của năm này sang năm sau, cùng nguồn và loại vốn."),
    Act.RECOVER: _("Ghi số dương; chỉ thu hồi được phần chưa chi."),
}


class HeadForm(forms.Form):
    """Số, ngày, cơ quan ban hành, đơn vị giao."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    on = DayField(label=_("Ngày ban hành"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=300)
    giver = forms.ChoiceField(
        label=_("Vốn của"),
        required=False,
        help_text=_(
            "Cấp trên ngoài hệ thống: vốn mới về địa bàn. Đơn vị: vốn đơn vị ấy đang giữ hay ngân sách của nó."
        ),
    )
    signed = forms.FileField(
        label=_("Quyết định đã ký"),
        required=False,
        help_text=_("Tệp PDF, ảnh hoặc Word; lưu vào kho, mở được ở trang của quyết định."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)


class LineForm(forms.Form):
    """Một dòng: typed names of units and works are looked up, never guessed."""

    unit = forms.CharField(label=_("Đơn vị"), max_length=200, widget=forms.TextInput(attrs={"list": "don-vi-cua-dong"}))
    fund = forms.ChoiceField(label=_("Nguồn và loại vốn"))
    amount = forms.CharField(label=_("Số tiền"), max_length=80)
    works = forms.CharField(
        label=_("Công trình"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "cong-trinh-cua-dong"}),
    )

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desk = desk
        self.fields["fund"].choices = desk.funds  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs |= {"aria-label": str(field.label), "autocomplete": "off", "data-name": name}

    def clean_unit(self) -> int:
        return self.desk.unit(self.cleaned_data["unit"])

    def clean_amount(self) -> int:
        try:
            return parse_money(self.cleaned_data["amount"], "đồng")
        except MoneyError as reason:
            raise forms.ValidationError(str(reason)) from None

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        for unit, works in (("unit", "works"), ("to_unit", "to_works")):
            if got.get(works) and got.get(unit):
                try:
                    got[works] = self.desk.works(got[unit], got[works])
                except forms.ValidationError as reason:
                    self.add_error(works, reason)
        return got

    def line(self) -> Line:
        got = self.cleaned_data
        source, kind = split_fund(got["fund"])
        return Line(got["unit"], source, kind, got["amount"], got.get("works") or None)


class ShiftForm(LineForm):
    """Một dòng điều chuyển: from one place to another."""

    to_unit = forms.CharField(
        label=_("Sang đơn vị"), max_length=200, widget=forms.TextInput(attrs={"list": "don-vi-cua-dong"})
    )
    to_works = forms.CharField(
        label=_("Sang công trình"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "cong-trinh-cua-dong"}),
    )

    def clean_to_unit(self) -> int:
        return self.desk.unit(self.cleaned_data["to_unit"])

    def shift(self) -> Shift:
        got = self.cleaned_data
        source, kind = split_fund(got["fund"])
        return Shift(
            source,
            kind,
            got["amount"],
            got["unit"],
            got["to_unit"],
            got.get("works") or None,
            got.get("to_works") or None,
        )


class Desk:
    """Những gì một dòng chọn được: units of the place and works of theirs, looked up once for all lines."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.units = place_units(place)
        self.funds = fund_choices(place.year)
        self.codes = {label.partition(" · ")[0]: unit for label, unit in self.units.items()}
        self._works: dict[int, dict[str, int]] = {}

    def unit(self, typed: str) -> int:
        typed = typed.strip()
        found = self.units.get(typed) or self.codes.get(typed)
        if found is None:
            near = [unit for label, unit in self.units.items() if fold(typed) and fold(typed) in fold(label)]
            found = near[0] if len(near) == 1 else None
        if found is None:
            named = units.by_code(typed, self.place.on)
            found = named.pk if named else None
        if found is None:
            raise forms.ValidationError(
                gettext("Không rõ đơn vị “%(typed)s”; chọn trong danh sách hoặc ghi mã.") % {"typed": typed[:60]}
            )
        return found

    def works(self, unit: int, typed: str) -> int:
        if unit not in self._works:
            self._works[unit] = {one.code: one.pk for one in books.works_of((unit,), self.place.on)}
        found = self._works[unit].get(typed.strip())
        if found is None:
            raise forms.ValidationError(
                gettext("Đơn vị này không có công trình mã “%(typed)s”.") % {"typed": typed[:40]}
            )
        return found

    def works_listed(self) -> list[tuple[str, str]]:
        """Works of the place itself, offered while typing."""
        assert self.place.unit_id is not None
        return [(one.code, one.name) for one in books.works_of((self.place.unit_id,), self.place.on)]


@require_http_methods(["GET", "POST"])
@funding_page
def decide(request: HttpRequest, unit_id: int, act: str) -> HttpResponse:
    """Ghi một quyết định với các dòng của nó."""
    if act not in ACTS:
        raise NotHere(gettext("Không có loại quyết định này."))
    chosen = ACTS[act]
    place = place_of(request, "money.allocate", unit_id)
    desk = Desk(place)
    data, more = (request.POST.copy(), "them-dong" in request.POST) if request.method == "POST" else (None, False)
    if data is not None and more:
        typed = data.get("dong-TOTAL_FORMS", "")
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else _LINES
        data["dong-TOTAL_FORMS"] = str(min(count + _MORE, _MOST))
    head = HeadForm(data, request.FILES or None, initial={"on": place.on, "issuer": _issuer(place)})
    head.fields["giver"].choices = _givers(place)  # type: ignore[attr-defined]
    shape = formset_factory(
        ShiftForm if chosen is Act.TRANSFER else LineForm, extra=_LINES, max_num=_MOST, absolute_max=_MOST
    )
    lines: BaseFormSet[Any] = shape(data, prefix="dong", form_kwargs={"desk": desk})
    sentence, status = "", 200
    if data is not None and not more:
        status = 422
        if head.is_valid() and lines.is_valid():
            filled = [one for one in lines.forms if one.has_changed()]
            try:
                made = _post(place, chosen, head.cleaned_data, filled)
            except (Denied, ValueError) as reason:
                sentence, status = str(reason), 403 if isinstance(reason, Denied) else 422
            else:
                messages.success(request, _said(made, len(filled)))
                return HttpResponseRedirect(place.url("funding_decision", made.pk))
    elif more:
        for one in (head, *lines.forms):
            one._errors = {}  # a page with more room is no refusal
    context = {
        "place": place,
        "head": head,
        "lines": lines,
        "columns": [field.label for field in lines.empty_form.fields.values()],
        "desk": desk,
        "heading": _TITLES[chosen],
        "lead": _LEADS[chosen],
        "sentence": sentence,
        "acts": [
            (place.url("funding_decide", unit_id, key), value.label, value is chosen) for key, value in ACTS.items()
        ],
    }
    crumbs = place.crumbs(Crumb(str(_TITLES[chosen])))
    return show(request, "desk/funding/decide.html", context, room=ROOM, crumbs=crumbs, status=status)


def _issuer(place: Place) -> str:
    return f"UBND {place.label.title}" if place.label else ""


def _givers(place: Place) -> list[tuple[str, str]]:
    assert place.label is not None
    above = [one for one in place.label.ancestors if place.who.allows("money.allocate", one.id, on=place.on)]
    own = [(str(one.id), one.title) for one in (place.label, *above)]
    return [("", gettext("cấp trên, ngoài hệ thống")), *own]


def _post(place: Place, act: Act, got: dict[str, Any], filled: Sequence[Any]) -> AllocationDecision:
    giver = int(got["giver"]) if got["giver"] else None
    file = got["signed"]
    signed = (file.name or "quyet-dinh", file.read()) if file else None
    decided = Decided(got["number"], got["on"], got["issuer"], giver, note=got["note"], signed=signed)
    if act is Act.TRANSFER:
        return allocating.transfer(place.who, decided, year=place.year, shifts=[one.shift() for one in filled])
    verbs = {
        Act.ALLOCATE: allocating.allocate,
        Act.ADJUST: allocating.adjust,
        Act.RECOVER: allocating.recover,
        Act.CARRY_OVER: allocating.carry_over,
    }
    return verbs[act](place.who, decided, year=place.year, lines=[one.line() for one in filled])


def _said(made: AllocationDecision, count: int) -> str:
    whole = sum(abs(entry.amount) for entry in {one.line: one for one in made.entries.order_by("-id")}.values())
    return gettext("Đã ghi quyết định %(number)s: %(count)s dòng, %(amount)s đồng.") % {
        "number": made.number, "count": count, "amount": write_amount(whole),
    }  # fmt: skip
