"""Biểu mẫu tiến độ công trình: progress with photographs and place, handing over, upkeep once it is in use."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.money import write_amount
from ntm.faces.desk.rooms.funding.amounts import MoneyField
from ntm.faces.desk.rooms.funding.works_forms import DegreesField, PhotographsField, WorksForm, contents
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.funding.models import WorksState
from ntm.records.funding.services import building

__all__ = ["PROGRESS_FORMS"]


class ProgressForm(WorksForm):
    """Ghi tiến độ."""

    title = _("Ghi tiến độ công trình")
    button = _("Ghi tiến độ")
    files = True
    on = DayField(label=_("Ngày"))
    state = forms.ChoiceField(label=_("Tình trạng"), choices=WorksState.choices)
    percent = forms.IntegerField(label=_("Khối lượng đã làm (%)"), min_value=0, max_value=100)
    text = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Ghi nội dung tiến độ.")},
    )
    photographs = PhotographsField(label=_("Ảnh, hồ sơ"), required=False, help_text=_("Chọn được nhiều tệp."))
    total_cost = MoneyField(
        label=_("Tổng mức sau điều chỉnh"), required=False, help_text=_("Chỉ ghi khi tổng mức thay đổi.")
    )
    keeper = forms.CharField(label=_("Đơn vị nhận bàn giao, quản lý, bảo trì"), max_length=300, required=False)
    latitude = DegreesField(label=_("Vĩ độ"))
    longitude = DegreesField(label=_("Kinh độ"))

    def build(self) -> None:
        self.fields["state"].initial = self.works.state
        self.fields["percent"].initial = self.works.percent

    def post(self) -> str:
        got = self.cleaned_data
        note = building.advance_works(
            self.place.who, self.works.pk, on=got["on"], state=got["state"], percent=got["percent"], text=got["text"],
            total_cost=got["total_cost"], latitude=got["latitude"], longitude=got["longitude"], keeper=got["keeper"],
            photographs=contents(got["photographs"]),
        )  # fmt: skip
        return gettext("Đã ghi tiến độ %(percent)s%%.") % {"percent": note.percent}


class HandOverForm(WorksForm):
    """Bàn giao: who keeps and maintains the works from that day; the minutes beside."""

    title = _("Bàn giao công trình")
    button = _("Ghi bàn giao")
    lead = _("Công trình đã hoàn thành được giao cho đơn vị quản lý, sử dụng và bảo trì.")
    files = True
    on = DayField(label=_("Ngày bàn giao"))
    keeper = forms.CharField(
        label=_("Đơn vị nhận, quản lý và bảo trì"),
        max_length=300,
        error_messages={"required": _("Ghi đơn vị nhận bàn giao.")},
    )
    text = forms.CharField(
        label=_("Biên bản bàn giao"),
        max_length=1000,
        help_text=_("Số, ngày của biên bản; những gì còn phải sửa."),
        error_messages={"required": _("Ghi biên bản bàn giao.")},
    )
    photographs = PhotographsField(label=_("Ảnh, biên bản"), required=False, help_text=_("Chọn được nhiều tệp."))

    def post(self) -> str:
        got = self.cleaned_data
        building.advance_works(
            self.place.who, self.works.pk, on=got["on"], state=WorksState.HANDED_OVER, percent=100, text=got["text"],
            keeper=got["keeper"], photographs=contents(got["photographs"]),
        )  # fmt: skip
        return gettext("Đã ghi bàn giao cho %(keeper)s.") % {"keeper": got["keeper"]}


class UpkeepForm(WorksForm):
    """Bảo trì: what was done to works in use, by whom, for how much."""

    title = _("Ghi bảo trì công trình")
    button = _("Ghi bảo trì")
    files = True
    on = DayField(label=_("Ngày"))
    text = forms.CharField(
        label=_("Đã kiểm tra, sửa chữa gì"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Ghi việc bảo trì đã làm.")},
    )
    cost = MoneyField(
        label=_("Kinh phí bảo trì"),
        required=False,
        help_text=_("Để biết; chứng từ của tiền bảo trì ghi ở Ghi chứng từ, vốn sự nghiệp."),
    )
    keeper = forms.CharField(
        label=_("Đơn vị quản lý từ nay"), max_length=300, required=False, help_text=_("Chỉ ghi khi đổi đơn vị quản lý.")
    )
    photographs = PhotographsField(label=_("Ảnh, hồ sơ"), required=False, help_text=_("Chọn được nhiều tệp."))

    def post(self) -> str:
        got = self.cleaned_data
        text = gettext("Bảo trì: %(text)s") % {"text": got["text"]}
        if got["cost"]:
            text = gettext("%(text)s (kinh phí %(amount)s đồng)") % {"text": text, "amount": write_amount(got["cost"])}
        building.advance_works(
            self.place.who, self.works.pk, on=got["on"], state=WorksState.HANDED_OVER, percent=100, text=text,
            keeper=got["keeper"], photographs=contents(got["photographs"]),
        )  # fmt: skip
        return gettext("Đã ghi bảo trì.")


PROGRESS_FORMS: dict[str, type[WorksForm]] = {"tien-do": ProgressForm, "ban-giao": HandOverForm, "bao-tri": UpkeepForm}
