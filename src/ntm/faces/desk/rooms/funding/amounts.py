"""Số tiền trên trang: shown in triệu or tỷ with no loss, the đồng said when the pointer rests on it; typed as people type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.money import Measure, MoneyError, parse_money, write_amount, write_money
from ntm.faces.desk import tables

__all__ = ["HINTED", "MoneyField", "cell", "column", "said", "seen"]

HINTED = 60  # rows up to which each cell also says its đồng


def said(amount: int | None) -> str:
    """Số tiền trong câu: tỷ from a tỷ on, triệu from a triệu on, else đồng."""
    if amount is None:
        return ""
    measure: Measure = "tỷ" if abs(amount) >= 10**9 else "triệu" if abs(amount) >= 10**6 else "đồng"
    return write_money(amount, measure)


def seen(amount: int | None) -> tuple[str, str]:
    """The same in two parts: the figure and its measure."""
    figure, _space, measure = said(amount).partition(" ")
    return figure, measure


def column(key: str, label: Any, measure: Measure = "triệu", *, about: Any = "") -> tables.Column:
    """Cột tiền, its measure in the head."""
    return tables.Column(key, label, "number", measure="đồng" if measure == "đồng" else f"{measure} đồng", about=about)


def cell(amount: int | None, measure: Measure = "triệu", *, url: str | None = None, hint: bool = True) -> tables.Cell:
    """Ô tiền: what is downloaded is the đồng itself."""
    if amount is None:
        return tables.Cell(None)
    if measure == "đồng":
        return tables.Cell(amount, url=url)
    told = gettext("%(amount)s đồng") % {"amount": write_amount(amount)} if hint and amount else ""
    return tables.Cell(amount, url=url, shown=write_amount(amount, measure), hint=told)


class MoneyField(forms.CharField):
    """Số tiền gõ như trong văn bản: "23,8 tỷ", "183.970 triệu", plain đồng without a word."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 80)
        options.setdefault("help_text", _("Ví dụ: 23,8 tỷ; 183.970 triệu; 1 tỷ 500 triệu; không ghi đơn vị là đồng."))
        options.setdefault("error_messages", {"required": _("Ghi số tiền.")})
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_money(typed, "đồng")
        except MoneyError as reason:
            raise forms.ValidationError(str(reason)) from None
