"""Lập đề xuất: ceilings as they stand in the books, rules in plain words; asked, it is worked out in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ntm.domain.official.numbers import NumberError, parse_number, write_number
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.place import ROOM, Place, number_in, place_of
from ntm.faces.desk.rooms.proposals.place import address, crumbs, list_address, proposals_page
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import province_code
from ntm.records.funding.models import AllocationProposal
from ntm.records.funding.proposal_parameters import GROUPS, LONGEST, Asked, Ceiling
from ntm.records.funding.queries import proposal_sources, proposals
from ntm.records.funding.queries.proposal_sources import CeilingRow
from ntm.records.funding.services import proposing
from ntm.records.people.authority import Denied
from ntm.records.standing import registry
from ntm.records.standing.models.intervals import Basis

__all__ = ["ProposalForm", "ask"]

FROM = "tu"  # ?tu=12: begin with what another proposal asked


class PercentField(forms.CharField):
    """Tỷ lệ phần trăm, one decimal at most; kept in thousandths."""

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        if not typed:
            return 0
        try:
            thousandths = parse_number(typed) * 10
        except NumberError as reason:
            raise forms.ValidationError(str(reason)) from None
        if thousandths != int(thousandths) or not 0 <= thousandths <= 1000:
            raise forms.ValidationError(gettext("Ghi tỷ lệ từ 0 đến 100, lẻ nhiều nhất một chữ số."))
        return int(thousandths)


class ProposalForm(forms.Form):
    """Yêu cầu một đề xuất; the rows of ceilings are made by `with_ceilings`."""

    title = forms.CharField(
        label=_("Tên phương án"),
        max_length=200,
        help_text=_("Để phân biệt với phương án khác."),
        error_messages={"required": _("Đặt tên cho phương án.")},
    )
    set = forms.ChoiceField(label=_("Bộ tiêu chí"), help_text=_("Danh hiệu mà đề xuất nhằm tới."))
    basis = forms.ChoiceField(label=_("Tiêu chí còn thiếu theo"))
    include_lower = forms.BooleanField(
        label=_("Dùng cả vốn các đơn vị dưới đang giữ, chưa giao cho công trình"),
        required=False,
        help_text=_("Vốn của đơn vị nào chỉ chi cho công trình của đơn vị ấy."),
    )
    keep_structure = forms.BooleanField(
        label=_("Giữ cơ cấu vốn đã duyệt của công trình"),
        required=False,
        help_text=_("Công trình đã có cơ cấu vốn thì chỉ nhận vốn từ các nguồn trong cơ cấu ấy."),
    )
    assume_planned = forms.BooleanField(
        label=_("Coi như đạt: tiêu chí không có công trình mà kế hoạch năm đã giao"),
        required=False,
        help_text=_("Như thu nhập, an ninh. Bỏ chọn thì xã còn thiếu tiêu chí ấy không được tính là đạt danh hiệu."),
    )
    debt_first = forms.BooleanField(
        label=_("Trả nợ đọng trước"),
        required=False,
        help_text=_("Còn nợ đọng xây dựng cơ bản thì xã chưa được xét danh hiệu."),
    )
    due_first = forms.BooleanField(
        label=_("Ưu tiên xã phấn đấu đạt danh hiệu trong năm"),
        required=False,
        help_text=_("Theo kế hoạch đã ban hành của năm ngân sách."),
    )
    no_new_while_debt = forms.BooleanField(
        label=_("Không khởi công mới khi đơn vị còn nợ"),
        required=False,
        help_text=_("Trừ công trình đã ghi lý do."),
    )
    difficult_weight = forms.IntegerField(
        label=_("Trọng số công trình của xã đặc biệt khó khăn"),
        min_value=0,
        max_value=100,
        help_text=_("So với 1 của xã khác; chỉ dùng khi các mục tiêu trước đã bằng nhau."),
    )
    started_weight = forms.IntegerField(
        label=_("Trọng số cộng thêm cho công trình dở dang"), min_value=0, max_value=100
    )
    share_difficult = PercentField(
        label=_("Tối thiểu cho xã đặc biệt khó khăn (%)"),
        required=False,
        max_length=10,
        help_text=_("Phần của tổng vốn phân bổ; để trống là không đòi."),
    )
    share_due = PercentField(label=_("Tối thiểu cho xã phấn đấu đạt trong năm (%)"), required=False, max_length=10)
    seconds = forms.IntegerField(
        label=_("Thời gian giải nhiều nhất (giây)"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("Hết thời gian thì giữ phương án tốt nhất đã tìm được, kèm khoảng cách tới cận."),
    )

    def with_ceilings(self, rows: tuple[CeilingRow, ...], begun: Asked | None) -> ProposalForm:
        """Thêm trần của từng nguồn."""
        before = {one.key: one for one in begun.ceilings} if begun else {}
        self.rows = rows
        for number, row in enumerate(rows):
            given = before.get(
                row.key, row.ceiling if begun is None else Ceiling(row.source, row.kind, 0, row.criterion_no)
            )
            label = gettext("Trần của %(name)s") % {"name": row.name}
            field = amounts.MoneyField(label=label, required=False, help_text="")
            field.initial = amounts.said(given.amount) if given.amount else ""
            field.widget.attrs |= {"aria-label": label}
            self.fields[f"ceiling_{number}"] = field
            debt_label = gettext("%(name)s được trả nợ đọng") % {"name": row.name}
            debt = forms.BooleanField(label=debt_label, required=False, initial=given.pays_debt)
            debt.widget.attrs |= {"aria-label": debt_label}
            self.fields[f"debt_{number}"] = debt
        return self

    def asked(self) -> Asked:
        """Điều yêu cầu."""
        got = self.cleaned_data
        ceilings = [
            Ceiling(row.source, row.kind, got[f"ceiling_{number}"] or 0, row.criterion_no, got[f"debt_{number}"])
            for number, row in enumerate(self.rows)
            if got[f"ceiling_{number}"]
        ]
        flags = ("include_lower", "keep_structure", "assume_planned", "debt_first", "due_first", "no_new_while_debt")
        numbers = ("difficult_weight", "started_weight", "seconds")
        shares = {group: got[f"share_{group}"] for group in GROUPS if got[f"share_{group}"]}
        return Asked(tuple(ceilings), shares=shares, **{name: got[name] for name in (*flags, *numbers)})


@dataclass(frozen=True)
class _Row:
    """Một dòng của bảng trần."""

    row: CeilingRow
    ceiling: BoundField
    debt: BoundField


@require_http_methods(["GET", "POST"])
@proposals_page
def ask(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Lập một đề xuất mới."""
    place = place_of(request, "money.allocate", unit_id)
    if place.label is None or place.label.level == "thon":
        raise ValueError(gettext("Đề xuất phân bổ lập từ cấp xã trở lên."))
    begun = _begun(request, place)
    form = _form(request, place, begun)
    sentence, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _asked(place, unit_id, form)
            except (Denied, ValueError) as reason:
                sentence, status = str(reason), 403 if isinstance(reason, Denied) else 422
            else:
                messages.success(request, gettext("Đã xếp hàng “%(title)s”.") % {"title": made.title})
                return HttpResponseRedirect(address(request, "proposal", made.pk))
    lower = proposal_sources.lower_money(unit_id, place.year, place.on)
    context = {
        "place": place,
        "form": form,
        "sentence": sentence,
        "rows": [_Row(row, form[f"ceiling_{number}"], form[f"debt_{number}"]) for number, row in enumerate(form.rows)],
        "lower": sum(one.left for one in lower),
        "lower_units": len({one.unit_id for one in lower}),
        "list_url": list_address(place),
        "filters": place.filters(medium=False, scope=False),
    }
    trail = crumbs(place, Crumb(gettext("Lập đề xuất")))
    return show(request, "desk/proposals/new.html", context, room=ROOM, crumbs=trail, status=status)


def _begun(request: HttpRequest, place: Place) -> AllocationProposal | None:
    """The proposal that this one begins with, of the same place."""
    number = number_in(request, FROM, 0)
    found = proposals.one(place.who, number, place.on) if number else None
    return found if found is not None and found.unit_id == place.unit_id else None


def _form(request: HttpRequest, place: Place, begun: AllocationProposal | None) -> ProposalForm:
    assert place.label is not None and place.unit_id is not None
    asked = proposals.asked(begun) if begun else Asked()
    shares = asked.shares or {}
    initial = {
        "title": gettext("%(title)s, phương án khác") % {"title": begun.title} if begun
        else gettext("Phân bổ vốn năm %(year)s") % {"year": place.year},
        "set": begun.set.code if begun else "",
        "basis": str(int(begun.basis if begun else Basis.CONFIRMED)),
        **{f"share_{group}": write_number(parse_number(str(part)) / 10) for group, part in shares.items()},
        **{name: getattr(asked, name) for name in (
            "include_lower", "keep_structure", "assume_planned", "debt_first", "due_first", "no_new_while_debt",
            "difficult_weight", "started_weight", "seconds",
        )},
    }  # fmt: skip
    form = ProposalForm(request.POST if request.method == "POST" else None, initial=initial)
    rows = registry.sets_in_force("xa", place.on, province_code(place.label))
    form.fields["set"].choices = [  # type: ignore[attr-defined]
        (row.code, words.set_name(row)) for row in sorted(rows, key=lambda row: (row.title_kind != "ntm", row.code))
    ]
    form.fields["basis"].choices = [  # type: ignore[attr-defined]
        (str(int(key)), str(label)) for key, (_name, label) in words.BASES.items()
    ]
    return form.with_ceilings(proposal_sources.ceilings(place.unit_id, place.year, place.on), asked if begun else None)


def _asked(place: Place, unit_id: int, form: ProposalForm) -> AllocationProposal:
    got = form.cleaned_data
    return proposing.ask(
        place.who,
        unit_id=unit_id,
        year=place.year,
        on=place.on,
        set_code=got["set"],
        basis=Basis(int(got["basis"])),
        title=got["title"],
        asked=form.asked(),
    )
