"""Biểu mẫu chỉ tiêu: what it speaks of, how it is counted, level, measure, deadline."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm.domain.criteria.model import CriteriaSet
from ntm.domain.official.numbers import parse_number
from ntm.domain.targets import METRICS
from ntm.faces.desk.rooms.targets.words import figure
from ntm.faces.desk.rooms.units.words import LEVELS
from ntm.records.planning.models import Mode, PlanTarget, Subject
from ntm.records.planning.services.targets import Promise

__all__ = ["NumberField", "TargetForm", "initial_of"]

_OPS = (
    (">=", _("từ ... trở lên")), ("=", _("đúng bằng")), ("<=", _("không quá")), (">", _("trên")), ("<", _("dưới")),
    ("~", _("khoảng")),
)  # fmt: skip
_TITLES = (("ntm", _("nông thôn mới")), ("nang_cao", _("NTM nâng cao")), ("kieu_mau", _("NTM kiểu mẫu")))


class NumberField(forms.CharField):
    """Ô số: decimals after a comma, as official writing has them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 30)
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return figure(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return Decimal(parse_number(typed))
        except ValueError as reason:
            raise forms.ValidationError(str(reason)) from reason


class TargetForm(forms.Form):
    """Chỉ tiêu phấn đấu; what a subject cannot do without is said by the service."""

    what = forms.CharField(label=_("Chỉ tiêu, bằng lời"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    subject = forms.ChoiceField(label=_("Về"), choices=Subject.choices)
    mode = forms.ChoiceField(label=_("Cách tính"), choices=Mode.choices)
    op = forms.ChoiceField(label=_("So sánh"), choices=_OPS)
    value = NumberField(label=_("Mức"))
    high = NumberField(label=_("Đến mức"), help_text=_("Chỉ ghi khi là một khoảng, ví dụ 12 đến 14."))
    of = forms.IntegerField(label=_("Trên tổng số"), required=False, min_value=1, help_text=_("Ví dụ 124 trên 184 xã."))
    measure = forms.CharField(label=_("Đơn vị tính"), max_length=60, required=False)
    deadline_words = forms.CharField(
        label=_("Thời hạn"), max_length=300, required=False,
        help_text=_("Gõ như trong văn bản: Quý IV/2018, Trước 30/11, Tháng 3, 6, 9."),
    )  # fmt: skip
    criterion_no = forms.TypedChoiceField(label=_("Tiêu chí"), required=False, coerce=int, empty_value=None)
    indicator_code = forms.ChoiceField(label=_("Chỉ tiêu của bộ"), required=False)
    metric = forms.ChoiceField(label=_("Chỉ số có tên"), required=False)
    title_kind = forms.ChoiceField(label=_("Danh hiệu"), required=False)
    title_level = forms.ChoiceField(label=_("Cấp của danh hiệu"), required=False)
    bound = forms.IntegerField(label=_("Dưới mấy tiêu chí"), required=False, min_value=1, max_value=30)

    def __init__(self, *args: Any, content: CriteriaSet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", "-")]
        criteria = content.criteria if content else ()
        self._choose("criterion_no", none + [(str(one.no), f"{one.no} {one.name}") for one in criteria])
        codes = [(i.code, f"{i.code} {i.text[:90]}") for one in criteria for i in one.indicators]
        self._choose("indicator_code", none + codes)
        self._choose("metric", none + [(code, f"{one.name} ({one.measure})") for code, one in METRICS.items()])
        self._choose("title_kind", [*none, *_TITLES])
        self._choose("title_level", [*none, *LEVELS.items()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def promise(self) -> Promise:
        """As the service takes it."""
        return Promise(**self.cleaned_data)


def initial_of(row: PlanTarget) -> dict[str, Any]:
    """What the form of a target begins with."""
    return {name: getattr(row, name) for name in TargetForm.base_fields}
