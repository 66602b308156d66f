"""Biểu mẫu tiền của công trình: new works, accepted volume, structure of capital, payment, plan to clear its debt."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.faces.desk.rooms.funding.amounts import MoneyField
from ntm.faces.desk.rooms.funding.amounts import said as money_said
from ntm.faces.desk.rooms.funding.money_forms import MoneyForm
from ntm.faces.desk.rooms.funding.place import Place
from ntm.faces.desk.rooms.funding.wording import (
    criterion_choices,
    fund_choices,
    indicator_choices,
    served_by,
    split_fund,
)
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.funding import works_rules
from ntm.records.funding.models import Execution
from ntm.records.funding.queries import projects
from ntm.records.funding.queries.books import WorksBook
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import building, paying
from ntm.records.funding.workbook import columns
from ntm.records.units import queries as units

__all__ = ["WORKS_FORMS", "DegreesField", "PhotographsField", "WorksForm", "WorksNewForm", "contents"]

_FUND_LINES = 8


class DegreesField(forms.CharField):
    """Toạ độ: 21,851234 hoặc 21.851234."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 20)
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return columns.degrees(typed)
        except Refused as reason:
            raise forms.ValidationError(str(reason)) from None

    def prepare_value(self, value: Any) -> Any:
        return columns.said("degrees", value) if isinstance(value, Decimal) else value


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotographsField(forms.FileField):
    """Nhiều ảnh một lần."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PhotographsField, self).clean(one, initial) for one in given]


def contents(files: list[Any]) -> list[tuple[str, bytes]]:
    """Tên và nội dung của từng tệp."""
    return [(one.name or "anh", one.read()) for one in files]


class WorksNewForm(MoneyForm):
    """Thêm công trình."""

    title = _("Thêm công trình")
    action = "works.manage"
    button = _("Thêm công trình")
    code = forms.CharField(label=_("Mã công trình"), max_length=40)
    name = forms.CharField(label=_("Tên công trình"), max_length=500)
    total_cost = MoneyField(label=_("Tổng mức đầu tư"))
    execution = forms.ChoiceField(label=_("Cách làm"), choices=Execution.choices)
    contractor = forms.CharField(label=_("Nhà thầu hoặc cộng đồng thực hiện"), max_length=300, required=False)
    decision = forms.CharField(label=_("Quyết định phê duyệt"), max_length=300, required=False)
    decision_on = DayField(label=_("Ngày phê duyệt"), required=False)
    in_public_plan = forms.BooleanField(label=_("Thuộc kế hoạch đầu tư công"), required=False, initial=True)
    start_planned = DayField(label=_("Dự kiến khởi công"), required=False)
    end_planned = DayField(label=_("Dự kiến hoàn thành"), required=False)
    latitude = DegreesField(label=_("Vĩ độ"), help_text=_("Ví dụ 21,851234; lấy từ điện thoại tại chỗ làm."))
    longitude = DegreesField(label=_("Kinh độ"), help_text=_("Ví dụ 106,541200."))
    on = DayField(label=_("Ngày ghi"))
    debt_reason = forms.CharField(
        label=_("Lý do làm mới khi còn nợ đọng"),
        max_length=1000,
        required=False,
        help_text=_("Chỉ ghi khi đơn vị còn nợ công trình cũ mà vẫn phải làm công trình này."),
    )

    def build(self) -> None:
        below = units.children(self.label.id, self.place.on) if self.label.level == "xa" else []
        villages = [("", "—"), *((str(one.id), words.capital(one.title)) for one in below)]
        self.fields["village"] = forms.ChoiceField(label=_("Thôn"), choices=villages, required=False)
        self.fields["criterion"] = forms.ChoiceField(
            label=_("Phục vụ tiêu chí"), choices=criterion_choices(self.label, self.place.on), required=False
        )
        self.fields["indicator"] = forms.ChoiceField(
            label=_("Chỉ tiêu"),
            choices=indicator_choices(self.label, self.place.on),
            required=False,
            help_text=_("Chọn chỉ tiêu thì tiêu chí lấy theo chỉ tiêu."),
        )
        bounds = works_rules.community_bounds(Execution.COMMUNITY, self.place.on)
        if bounds:
            self.fields["execution"].help_text = gettext("Cộng đồng thực hiện: %(bounds)s %(cited)s.") % {
                "bounds": bounds.sentence, "cited": bounds.cited,
            }  # fmt: skip
        self.order_fields(["code", "name", "village", "criterion", "indicator", "total_cost"])

    def post(self) -> str:
        got = self.cleaned_data
        same = (
            "code", "name", "total_cost", "execution", "contractor", "decision", "decision_on", "in_public_plan",
            "start_planned", "end_planned", "latitude", "longitude",
        )  # fmt: skip
        values = {name: got[name] for name in same}
        served = served_by(got["criterion"], got["indicator"])
        new = building.NewWorks(self.label.id, **values, **served, village_id=self.chosen("village"))
        made = building.add_works(self.place.who, new, on=got["on"], debt_reason=got["debt_reason"])
        self.made_id = made.pk
        return gettext("Đã thêm công trình %(code)s.") % {"code": made.code}

    def back(self) -> str:
        return self.place.url("works_one", self.made_id)


class WorksForm(MoneyForm):
    """Một việc với công trình có sẵn."""

    action = "works.manage"

    def __init__(self, *args: Any, place: Place, book: WorksBook, **options: Any) -> None:
        self.book, self.works = book, book.works
        super().__init__(*args, place=place, **options)

    def back(self) -> str:
        return self.place.url("works_one", self.works.pk)


class AcceptForm(WorksForm):
    """Nghiệm thu khối lượng."""

    title = _("Nghiệm thu khối lượng")
    files = True
    button = _("Ghi nghiệm thu")
    lead = _("Từ ngày nghiệm thu, giá trị này là nợ cho đến khi trả.")
    on = DayField(label=_("Ngày nghiệm thu"))
    amount = MoneyField(label=_("Giá trị nghiệm thu"))
    record = forms.CharField(label=_("Biên bản nghiệm thu"), max_length=200)
    creditor = forms.CharField(
        label=_("Đơn vị được thanh toán"),
        max_length=300,
        required=False,
        help_text=_("Bỏ trống: nhà thầu của công trình."),
    )
    photographs = PhotographsField(
        label=_("Ảnh, biên bản"), required=False, help_text=_("Chọn được nhiều tệp: ảnh khối lượng, biên bản đã ký.")
    )
    latitude = DegreesField(label=_("Vĩ độ"), help_text=_("Nơi nghiệm thu, nếu công trình trải dài."))
    longitude = DegreesField(label=_("Kinh độ"))
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)

    def post(self) -> str:
        got = self.cleaned_data
        made = building.accept_volume(
            self.place.who, self.works.pk, amount=got["amount"], on=got["on"], record=got["record"],
            creditor=got["creditor"], note=got["note"], latitude=got["latitude"], longitude=got["longitude"],
            photographs=contents(got["photographs"]),
        )  # fmt: skip
        return gettext("Đã ghi nghiệm thu %(amount)s đồng.") % {"amount": write_amount(made.amount)}


class FundsForm(WorksForm):
    """Cơ cấu vốn của công trình."""

    title = _("Cơ cấu vốn của công trình")
    button = _("Ghi cơ cấu vốn")

    def build(self) -> None:
        self.lead = gettext("Các nguồn phải cộng lại đúng tổng mức %(amount)s. Cơ cấu cũ được giữ lại là đã thay.") % {
            "amount": money_said(self.works.total_cost)
        }
        now = projects.structure(self.works.pk)
        choices = fund_choices(self.place.on.year, planned=True)
        for at in range(_FUND_LINES):
            old = now[at] if at < len(now) else None
            self.fields[f"fund{at}"] = forms.ChoiceField(
                label=_("Nguồn %(no)s") % {"no": at + 1},
                choices=choices,
                required=False,
                initial=f"{old.source}|{old.kind}" if old else "",
            )
            self.fields[f"amount{at}"] = MoneyField(
                label=_("Số tiền của nguồn %(no)s") % {"no": at + 1},
                required=False,
                help_text="",
                initial=f"{write_amount(old.amount)} đồng" if old else "",
            )
        self.fields["on"] = DayField(label=_("Ngày"), initial=self.place.on)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        for at in range(_FUND_LINES):
            fund, amount = got.get(f"fund{at}"), got.get(f"amount{at}")
            if fund and amount is None and f"amount{at}" not in self.errors:
                self.add_error(f"amount{at}", gettext("Ghi số tiền của nguồn này."))
            if amount is not None and not fund:
                self.add_error(f"fund{at}", gettext("Chọn nguồn của số tiền này."))
        return got

    def post(self) -> str:
        got = self.cleaned_data
        lines = [
            (*split_fund(got[f"fund{at}"]), got[f"amount{at}"]) for at in range(_FUND_LINES) if got.get(f"fund{at}")
        ]
        building.set_funds(self.place.who, self.works.pk, funds=lines, on=got["on"])
        return gettext("Đã ghi cơ cấu vốn.")


class PayForm(WorksForm):
    """Thanh toán cho công trình."""

    title = _("Thanh toán cho công trình")
    action = "money.record"
    button = _("Ghi thanh toán")
    files = True
    number = forms.CharField(label=_("Số chứng từ"), max_length=60)
    on = DayField(label=_("Ngày chứng từ"))
    amount = MoneyField(label=_("Số tiền"))

    def build(self) -> None:
        self.fields["fund"] = forms.ChoiceField(
            label=_("Nguồn vốn"),
            choices=fund_choices(self.place.year),
            help_text=_("Chi đầu tư: không dùng vốn sự nghiệp."),
        )
        hint = _("Ảnh hoặc bản quét chứng từ, ảnh khối lượng được trả; chọn được nhiều tệp.")
        self.fields["scans"] = PhotographsField(label=_("Ảnh, chứng từ gốc"), required=False, help_text=hint)

    def post(self) -> str:
        got = self.cleaned_data
        source, kind = split_fund(got["fund"])
        made = paying.pay(
            self.place.who, self.works.pk, year=self.place.year, on=got["on"], number=got["number"], source=source,
            kind=kind, amount=got["amount"], scans=contents(got["scans"]),
        )  # fmt: skip
        return gettext("Đã ghi thanh toán %(amount)s đồng.") % {"amount": write_amount(made.amount)}


class DebtPlanForm(WorksForm):
    """Phương án trả nợ."""

    title = _("Lập phương án trả nợ")
    action = "money.record"
    button = _("Ghi phương án")
    on = DayField(label=_("Ngày lập"))
    amount = MoneyField(label=_("Số tiền sẽ trả"))
    due = DayField(label=_("Hạn trả"))
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)

    def build(self) -> None:
        self.lead = gettext("Công trình còn nợ %(amount)s. Phương án mới thay phương án cũ.") % {
            "amount": money_said(self.book.debt)
        }
        choices = [("", "—"), *((one.code, one.name) for one in funds.catalogue().of_year(self.place.year))]
        self.fields["source"] = forms.ChoiceField(label=_("Từ nguồn"), choices=choices)

    def post(self) -> str:
        got = self.cleaned_data
        made = building.plan_debt(
            self.place.who, self.works.pk, amount=got["amount"], source=got["source"], due=got["due"], on=got["on"],
            note=got["note"],
        )  # fmt: skip
        return gettext("Đã ghi phương án trả %(amount)s đồng.") % {"amount": write_amount(made.amount)}


WORKS_FORMS: dict[str, type[WorksForm]] = {
    "nghiem-thu": AcceptForm,
    "co-cau-von": FundsForm,
    "thanh-toan": PayForm,
    "tra-no": DebtPlanForm,
}
