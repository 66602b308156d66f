"""Biểu mẫu ghi tiền: what is typed becomes the words of one service; no rule stands here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.domain.official.numbers import NumberError, parse_number
from ntm.faces.desk.rooms.funding.amounts import MoneyField
from ntm.faces.desk.rooms.funding.place import Place
from ntm.faces.desk.rooms.funding.wording import criterion_choices, fund_choices, split_fund
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.funding.models import Stated, UseChoice
from ntm.records.funding.queries import books
from ntm.records.funding.services import correcting, paying, planning_money
from ntm.records.standing.queries import board
from ntm.records.standing.queries import sets as standing_sets
from ntm.records.units import queries as units

__all__ = [
    "FORMS",
    "NOTHING",
    "MoneyForm",
    "ReverseForm",
    "choice",
    "place_units",
    "text_field",
    "works_choices",
]

NOTHING = (("", "—"),)


class MoneyForm(forms.Form):
    """Một việc ghi tiền ở một đơn vị, một năm ngân sách; `post()` asks the service and gives the sentence said after."""

    title: Any = ""
    button: Any = _("Ghi")
    action = "money.record"
    files = False
    lead: Any = ""

    def __init__(self, *args: Any, place: Place, **options: Any) -> None:
        assert place.label is not None
        options["initial"] = {"on": place.on} | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.place, self.label = place, place.label
        self.build()

    def build(self) -> None:
        """The choices of this unit and year."""

    def post(self) -> str:
        """Ask the service; each form below has its own."""
        raise TypeError(f"{type(self).__name__} has no deed of its own")

    def back(self) -> str:
        """Where to go after."""
        return self.place.url("funding")

    def chosen(self, name: str) -> int | None:
        value = self.cleaned_data.get(name)
        return int(value) if value else None

    def criterion(self) -> tuple[str, int | None]:
        set_code, number = split_fund(self.cleaned_data.get("criterion") or "")
        return set_code, int(number) if number else None


def choice(label: Any, choices: Any, *, required: bool = False, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, help_text=hint, error_messages={"required": _("Chọn một mục.")}
    )


def text_field(label: Any, most: int, *, required: bool = False, hint: Any = "", missing: Any = "") -> forms.CharField:
    errors = {"required": missing or _("Ghi mục này.")}
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, error_messages=errors)


def works_choices(place: Place) -> list[tuple[str, str]]:
    """Công trình của đơn vị và của cấp trên trực tiếp quản lý nó."""
    assert place.label is not None
    own = (place.label.id, *(one.id for one in place.label.ancestors if one.level == "xa"))
    return [*NOTHING, *((str(one.pk), f"{one.code} {one.name}") for one in books.works_of(own, place.on))]


def place_units(place: Place) -> dict[str, int]:
    """Tên kèm mã -> đơn vị: the place itself and the units directly below it."""
    assert place.label is not None
    here = [place.label, *(units.children(place.label.id, place.on) if place.label.level != "thon" else [])]
    return {" · ".join(part for part in (one.code or "", words.capital(one.title)) if part): one.id for one in here}


class NeedForm(MoneyForm):
    """Ghi nhu cầu vốn."""

    title = _("Ghi nhu cầu vốn")
    on = DayField(label=_("Ngày"))
    amount = MoneyField(label=_("Số tiền cần"))

    def build(self) -> None:
        self.fields["gap"] = choice(
            _("Cho hạng mục còn thiếu"), [*NOTHING, *_gaps(self.place)],
            hint=_("Chọn hạng mục hoặc công trình thì nội dung và tiêu chí lấy theo đó."),
        )  # fmt: skip
        self.fields["works"] = choice(_("Cho công trình"), works_choices(self.place))
        self.fields["text"] = text_field(_("Nội dung"), 500, hint=_("Bắt buộc khi không chọn hạng mục hay công trình."))
        self.fields["criterion"] = choice(_("Tiêu chí"), criterion_choices(self.label, self.place.on))

    def post(self) -> str:
        got, (set_code, number) = self.cleaned_data, self.criterion()
        made = planning_money.record_need(
            self.place.who, unit_id=self.label.id, year=self.place.year, amount=got["amount"], on=got["on"],
            text=got["text"], set_code=set_code, criterion_no=number, gap_id=self.chosen("gap"),
            works_id=self.chosen("works"),
        )  # fmt: skip
        return gettext("Đã ghi nhu cầu %(amount)s đồng: %(text)s.") % {
            "amount": write_amount(made.amount), "text": made.text,
        }  # fmt: skip


def _gaps(place: Place) -> list[tuple[str, str]]:
    assert place.label is not None
    found = []
    for row in standing_sets.in_force(place.label.level, place.on, words_province(place)):
        for gap in board.gaps_of(place.label.id, row.pk, place.on):
            cost = f" ({write_amount(gap.cost, 'triệu')} triệu)" if gap.cost is not None else ""
            found.append((str(gap.pk), f"{gap.criterion_no}. {gap.text[:90]}{cost}"))
    return found


def words_province(place: Place) -> str | None:
    assert place.label is not None
    return next((one.code for one in (place.label, *place.label.ancestors) if one.level == "tinh"), None)


class ShareField(forms.CharField):
    """Tỷ lệ được hưởng, %: of land auctions, of revenue shared between levels."""

    def __init__(self) -> None:
        hint = _("Ví dụ 80: xã hưởng 80% tiền đấu giá đất; số tiền ở trên là phần đã tính theo tỷ lệ này.")
        super().__init__(label=_("Tỷ lệ được hưởng (%)"), max_length=10, required=False, help_text=hint)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_number(typed.removesuffix("%")).quantize(Decimal("0.0001"))
        except NumberError as reason:
            raise forms.ValidationError(str(reason)) from None


class MobilisationForm(MoneyForm):
    """Ghi dự kiến huy động."""

    title = _("Ghi dự kiến huy động")
    on = DayField(label=_("Ngày"))
    amount = MoneyField(label=_("Số tiền dự kiến"))

    def build(self) -> None:
        self.fields["fund"] = choice(_("Nguồn vốn"), fund_choices(self.place.year, planned=True), required=True)
        self.fields["text"] = text_field(_("Nội dung"), 500)
        self.fields["condition"] = text_field(
            _("Chỉ có khi đạt điều kiện"), 500,
            hint=_("Ví dụ: khi xã được công nhận đạt chuẩn. Tiền có điều kiện để riêng, không tính là đã đủ."),
        )  # fmt: skip
        self.fields["share"] = ShareField()
        self.fields["criterion"] = choice(_("Tiêu chí"), criterion_choices(self.label, self.place.on))

    def post(self) -> str:
        got, (_set, number) = self.cleaned_data, self.criterion()
        source, kind = split_fund(got["fund"])
        made = planning_money.plan_mobilisation(
            self.place.who, unit_id=self.label.id, year=self.place.year, source=source, kind=kind,
            amount=got["amount"], on=got["on"], text=got["text"], condition=got["condition"], criterion_no=number,
            share=got["share"],
        )  # fmt: skip
        return gettext("Đã ghi dự kiến huy động %(amount)s đồng từ %(source)s.") % {
            "amount": write_amount(made.amount), "source": funds.catalogue().name(source),
        }  # fmt: skip


class StatedForm(MoneyForm):
    """Ghi số tổng mà văn bản nêu."""

    title = _("Ghi số tổng văn bản nêu")
    lead = _("Số này đứng bên số cộng được, không bao giờ thay nó; chênh lệch được chỉ ra.")
    on = DayField(label=_("Ngày văn bản"))
    what = forms.ChoiceField(label=_("Số tổng nào"), choices=Stated.choices)
    amount = MoneyField(label=_("Văn bản ghi"))
    where = forms.CharField(
        label=_("Văn bản nào, chỗ nào"),
        max_length=500,
        error_messages={"required": _("Ghi văn bản và chỗ ghi số này.")},
    )

    def post(self) -> str:
        got = self.cleaned_data
        made = planning_money.state_total(
            self.place.who, unit_id=self.label.id, year=self.place.year, what=got["what"], amount=got["amount"],
            on=got["on"], place=got["where"],
        )  # fmt: skip
        return gettext("Đã ghi số văn bản nêu: %(amount)s đồng.") % {"amount": write_amount(made.amount)}


class VoucherForm(MoneyForm):
    """Ghi chứng từ giải ngân."""

    title = _("Ghi chứng từ giải ngân")
    number = forms.CharField(label=_("Số chứng từ"), max_length=60, error_messages={"required": _("Ghi số chứng từ.")})
    line = forms.IntegerField(label=_("Dòng của chứng từ"), min_value=1, max_value=999, initial=1)
    on = DayField(label=_("Ngày chứng từ"))
    amount = MoneyField(label=_("Số tiền"))

    def build(self) -> None:
        self.fields["fund"] = choice(_("Nguồn vốn"), fund_choices(self.place.year), required=True)
        self.fields["use"] = choice(_("Chi cho"), UseChoice.choices, required=True)
        self.fields["works"] = choice(_("Công trình"), works_choices(self.place))
        self.fields["criterion"] = choice(
            _("Tiêu chí"),
            criterion_choices(self.label, self.place.on),
            hint=_("Có công trình thì lấy theo công trình."),
        )
        self.fields["payee"] = text_field(_("Người nhận"), 300)
        self.fields["note"] = text_field(_("Nội dung chi"), 1000)

    def post(self) -> str:
        got, (_set, number) = self.cleaned_data, self.criterion()
        source, kind = split_fund(got["fund"])
        made = paying.disburse(
            self.place.who, unit_id=self.label.id, year=self.place.year, on=got["on"], number=got["number"],
            source=source, kind=kind, use=got["use"], amount=got["amount"], works_id=self.chosen("works"),
            criterion_no=number, payee=got["payee"], line=got["line"], note=got["note"],
        )  # fmt: skip
        said = gettext("Đã ghi chứng từ %(number)s: %(amount)s đồng.") % {
            "number": made.number, "amount": write_amount(made.amount),
        }  # fmt: skip
        ahead = gettext("Có phần tạm ứng, vượt khối lượng đã nghiệm thu.")
        return f"{said} {ahead}" if made.advance else said

    def back(self) -> str:
        return self.place.url("funding_books", so="disbursed")


class CloseForm(MoneyForm):
    """Khoá kỳ."""

    title = _("Khoá kỳ")
    action = "money.close"
    lead = _(
        "Bút toán của kỳ khoá, ở đơn vị này và mọi đơn vị bên dưới, đứng nguyên; sửa bằng bút toán đảo ở kỳ đang mở."
    )
    button = _("Khoá kỳ")
    on = DayField(label=_("Ngày khoá"))
    through = DayField(
        label=_("Khoá đến hết ngày"),
        required=False,
        help_text=_("Bỏ trống để khoá cả năm ngân sách, khi năm đã hết hạn chi."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)

    def post(self) -> str:
        got = self.cleaned_data
        made = correcting.close_period(
            self.place.who, unit_id=self.label.id, year=self.place.year, on=got["on"], through=got["through"],
            note=got["note"],
        )  # fmt: skip
        return gettext("Đã khoá sổ năm %(year)s.") % {"year": made.year}

    def back(self) -> str:
        return self.place.url("funding_books")


class ReverseForm(forms.Form):
    """Đảo bút toán."""

    on = DayField(label=_("Ngày đảo"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Ghi lý do đảo bút toán.")},
    )  # fmt: skip


FORMS: dict[str, type[MoneyForm]] = {
    "nhu-cau": NeedForm,
    "huy-dong": MobilisationForm,
    "so-tong": StatedForm,
    "chung-tu": VoucherForm,
    "khoa-ky": CloseForm,
}
