"""Biểu mẫu đóng góp: what people give, typed by the village board on a phone; the prices that value it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.money import MoneyError, parse_money, write_amount
from ntm.domain.official.numbers import NumberError, parse_number
from ntm.faces.desk.rooms.funding.amounts import MoneyField
from ntm.faces.desk.rooms.funding.money_forms import NOTHING, MoneyForm, choice, text_field, works_choices
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.funding.models import Form, PriceDecision
from ntm.records.funding.queries import projects
from ntm.records.funding.services import contributing

__all__ = ["GIVING_FORMS", "ContributionForm", "PriceForm"]


class ContributionForm(MoneyForm):
    """Ghi đóng góp của nhân dân: the village board's form, on a phone."""

    title = _("Ghi đóng góp")
    action = "contribution.record"
    lead = _("Đóng góp là tự nguyện. Tên chỉ nêu công khai khi người đóng góp đồng ý.")
    button = _("Ghi khoản đóng góp")
    form = forms.ChoiceField(label=_("Hình thức"), choices=Form.choices, widget=forms.RadioSelect, initial=Form.CASH)
    contributor = forms.CharField(
        label=_("Người đóng góp"), max_length=200, error_messages={"required": _("Ghi người hoặc hộ đóng góp.")}
    )
    quantity = forms.CharField(
        label=_("Số tiền hoặc số lượng"),
        max_length=60,
        help_text=_("Tiền: 500 nghìn, 1,5 triệu, 200.000. Ngày công, m² đất, vật liệu: chỉ ghi số."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Ghi số tiền hoặc số lượng.")},
    )

    def build(self) -> None:
        self.prices = {str(one.pk): one for one in projects.prices(self.label.id, self.place.on)}
        shown = [(key, _price_words(one)) for key, one in self.prices.items()]
        hint = _("Bỏ trống khi góp bằng tiền.") if shown else _("Chưa có đơn giá nào: xã ghi quyết định giá trước.")
        self.fields["price"] = choice(_("Đơn giá quy đổi"), [*NOTHING, *shown], hint=hint)
        self.fields["receipt"] = text_field(_("Số phiếu thu"), 60, required=True, missing=_("Ghi số phiếu thu."))
        self.fields["on"] = DayField(label=_("Ngày"), initial=self.place.on)
        self.fields["consent"] = forms.BooleanField(label=_("Đồng ý nêu tên trong danh sách công khai"), required=False)
        self.fields["works"] = choice(_("Cho công trình"), works_choices(self.place))
        self.fields["meeting"] = text_field(
            _("Biên bản họp dân"), 300, hint=_("Số, ngày của biên bản đã bàn và thống nhất.")
        )

    def clean(self) -> dict[str, Any]:
        got = super().clean() or self.cleaned_data
        typed, form = got.get("quantity"), got.get("form")
        if typed and form:
            try:
                got["number"] = (
                    parse_number(str(parse_money(typed, "đồng"))) if form == Form.CASH else parse_number(typed)
                )
            except (MoneyError, NumberError) as reason:
                self.add_error("quantity", str(reason))
        return got

    def post(self) -> str:
        got = self.cleaned_data
        made = contributing.record_contribution(
            self.place.who, unit_id=self.label.id, on=got["on"], form=got["form"], contributor=got["contributor"],
            quantity=got["number"], receipt=got["receipt"], consent=got["consent"], price_id=self.chosen("price"),
            works_id=self.chosen("works"), meeting=got["meeting"],
        )  # fmt: skip
        return gettext("Đã ghi phiếu thu %(receipt)s: %(amount)s đồng.") % {
            "receipt": made.receipt, "amount": write_amount(made.amount),
        }  # fmt: skip

    def back(self) -> str:
        return self.place.url("contributions", nam=self.cleaned_data["on"].year)


def _price_words(price: PriceDecision) -> str:
    return (
        f"{price.get_form_display()}: {price.name}, {write_amount(price.price)} đồng/{price.measure} ({price.number})"
    )


class PriceForm(MoneyForm):
    """Ghi quyết định giá."""

    title = _("Ghi đơn giá quy đổi")
    lead = _("Đơn giá dùng ở đơn vị này và các đơn vị bên dưới, từ ngày bắt đầu.")
    form = forms.ChoiceField(label=_("Hình thức"), choices=[one for one in Form.choices if one[0] != Form.CASH])
    name = forms.CharField(
        label=_("Tên"), max_length=200, help_text=_("Ví dụ: lao động phổ thông; đất trồng cây lâu năm.")
    )
    measure = forms.CharField(
        label=pgettext_lazy("measure", "Đơn vị tính"), max_length=40, help_text=_("công, m², m³.")
    )
    amount = MoneyField(label=_("Đơn giá"))
    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    on = DayField(label=_("Ngày quyết định"))
    start = DayField(label=_("Dùng từ ngày"))
    end = DayField(label=_("Đến trước ngày"), required=False)

    def post(self) -> str:
        got = self.cleaned_data
        made = contributing.decide_price(
            self.place.who, unit_id=self.label.id, form=got["form"], name=got["name"], measure=got["measure"],
            price=got["amount"], number=got["number"], issued_on=got["on"], start=got["start"], end=got["end"],
        )  # fmt: skip
        return gettext("Đã ghi đơn giá %(name)s: %(amount)s đồng.") % {
            "name": made.name, "amount": write_amount(made.price),
        }  # fmt: skip

    def back(self) -> str:
        return self.place.url("contributions")


GIVING_FORMS: dict[str, type[MoneyForm]] = {"dong-gop": ContributionForm, "don-gia": PriceForm}
