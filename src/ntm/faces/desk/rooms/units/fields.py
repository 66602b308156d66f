"""Ô của biểu mẫu đơn vị: days typed dd/mm/yyyy, decisions, and the fields that several forms share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.dates import parse_date
from ntm.records.units.services import Decision

__all__ = ["DayField", "DecisionForm", "EndForm", "decision_of"]

EARLIEST, LATEST = date(1945, 9, 2), date(2100, 12, 31)


class DayField(forms.CharField):
    """Ngày: typed dd/mm/yyyy; what is no day is said so."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        options.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 01/7/2025."))
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day:02d}/{value.month:02d}/{value.year}" if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            day = parse_date(typed)
        except ValueError as reason:
            raise forms.ValidationError(str(reason)) from reason
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(gettext("Ngày phải từ 02/9/1945 đến 31/12/2100."))
        return day


class DecisionForm(forms.Form):
    """Quyết định của một thay đổi, and the day on which it takes force."""

    decision = forms.CharField(
        label=_("Số quyết định, nghị quyết"),
        max_length=120,
        help_text=_("Như ghi trên văn bản, ví dụ 788/NQ-UBTVQH14."),
    )
    issued = DayField(label=_("Ngày ký"), required=False)
    on = DayField(label=_("Có hiệu lực từ ngày"))
    source = forms.CharField(label=_("Nơi đã đọc văn bản"), max_length=400, required=False)


class EndForm(forms.Form):
    """Ngày thôi: the first day on which it holds no more."""

    end = DayField(label=_("Thôi từ ngày"))


def decision_of(cleaned: dict[str, Any]) -> Decision:
    """The decision of a filled form."""
    return Decision(cleaned["decision"], cleaned.get("issued"), cleaned.get("source", ""))
