"""Biểu mẫu sửa hồ sơ công trình: what describes it, with the reason; its cost and money have forms of their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.faces.desk.rooms.funding.wording import Grouped, criterion_choices, indicator_choices, served_by
from ntm.faces.desk.rooms.funding.works_forms import DegreesField, WorksForm
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.funding.models import Execution
from ntm.records.funding.services import amending
from ntm.records.funding.workbook.present import present
from ntm.records.units import queries as units

__all__ = ["AMEND_FORMS"]

_SAME = (
    "name", "decision", "decision_on", "in_public_plan", "execution", "contractor", "start_planned", "end_planned",
    "latitude", "longitude",
)  # fmt: skip


class AmendForm(WorksForm):
    """Sửa hồ sơ công trình."""

    title = _("Sửa hồ sơ công trình")
    button = _("Ghi phần sửa")
    lead = _(
        "Giá trị cũ được giữ lại cùng lý do. Tổng mức đổi thì ghi ở Ghi tiến độ rồi ghi lại Cơ cấu vốn; mã công trình "
        "không đổi."
    )
    name = forms.CharField(label=_("Tên công trình"), max_length=500)
    execution = forms.ChoiceField(label=_("Cách làm"), choices=Execution.choices)
    contractor = forms.CharField(label=_("Nhà thầu hoặc cộng đồng thực hiện"), max_length=300, required=False)
    decision = forms.CharField(label=_("Quyết định phê duyệt"), max_length=300, required=False)
    decision_on = DayField(label=_("Ngày phê duyệt"), required=False)
    in_public_plan = forms.BooleanField(label=_("Thuộc kế hoạch đầu tư công"), required=False)
    start_planned = DayField(label=_("Dự kiến khởi công"), required=False)
    end_planned = DayField(label=_("Dự kiến hoàn thành"), required=False)
    latitude = DegreesField(label=_("Vĩ độ"))
    longitude = DegreesField(label=_("Kinh độ"))
    on = DayField(label=_("Ngày sửa"))
    reason = forms.CharField(
        label=_("Lý do sửa"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Ghi lý do sửa, ví dụ số quyết định điều chỉnh.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def build(self) -> None:
        works, on = self.works, self.place.on
        for name in _SAME:
            self.fields[name].initial = getattr(works, name)
        below = units.children(self.label.id, on) if self.label.level == "xa" else []
        villages = [("", "—"), *((str(one.id), words.capital(one.title)) for one in below)]
        if works.village_id and str(works.village_id) not in dict(villages):
            villages.append((str(works.village_id), words.capital(units.label(works.village_id, on).title)))
        self.fields["village"] = forms.ChoiceField(
            label=_("Thôn"), choices=villages, required=False, initial=str(works.village_id or "")
        )
        criterion = f"{works.set_code}|{works.criterion_no}" if works.criterion_no else ""
        said = gettext("tiêu chí %(no)s như đang ghi") % {"no": works.criterion_no}
        self.fields["criterion"] = forms.ChoiceField(
            label=_("Phục vụ tiêu chí"), required=False, initial=criterion,
            choices=_with_present(criterion_choices(self.label, on), criterion, said),
        )  # fmt: skip
        indicator = f"{works.set_code}|{works.criterion_no}|{works.indicator_code}" if works.indicator_code else ""
        self.fields["indicator"] = forms.ChoiceField(
            label=_("Chỉ tiêu"), required=False, initial=indicator,
            choices=_with_present(indicator_choices(self.label, on), indicator, works.indicator_code),
            help_text=_("Chọn chỉ tiêu thì tiêu chí lấy theo chỉ tiêu."),
        )  # fmt: skip
        self.fields["seen"].initial = present([works], on)[works.pk].mark
        self.order_fields(["name", "village", "criterion", "indicator"])

    def post(self) -> str:
        got = self.cleaned_data
        changes: dict[str, Any] = {name: got[name] for name in _SAME}
        changes |= {"village_id": self.chosen("village"), **served_by(got["criterion"], got["indicator"])}
        amending.amend_works(
            self.place.who, self.works.pk, changes=changes, reason=got["reason"], on=got["on"], seen=got["seen"]
        )
        return gettext("Đã sửa hồ sơ công trình %(code)s.") % {"code": self.works.code}


def _with_present(choices: Grouped, value: str, said: str) -> Grouped:
    """What it serves by a set that is no longer in force stays a choice."""
    offered = {one for _name, group in choices if isinstance(group, list) for one, _words in group}
    return choices if not value or value in offered else [*choices, (value, said)]


AMEND_FORMS: dict[str, type[WorksForm]] = {"sua-ho-so": AmendForm}
