"""Biểu mẫu của phòng Quản trị."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.people.models import Role

__all__ = ["AccountForm", "EndHoldingForm", "GiveForm", "OfficeForm", "SheetForm", "TokenForm"]


class AccountForm(forms.Form):
    """Tài khoản mới cho một chức danh."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Từ 3 đến 60 ký tự: chữ không dấu, số, dấu chấm, gạch ngang. Ví dụ xa.thachloi"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    start = DayField(label=_("Giữ chức danh từ ngày"))
    decision = forms.CharField(label=_("Quyết định giao"), max_length=300, required=False)


class OfficeForm(forms.Form):
    """Chức danh mới."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)
    title = forms.CharField(
        label=_("Tên chức danh"), max_length=300, help_text=_("Ví dụ: Công chức phụ trách NTM xã Thạch Lỗi")
    )
    unit = forms.CharField(
        label=_("Địa bàn"),
        max_length=200,
        required=False,
        help_text=_("Tên kèm cấp trên hoặc mã, ví dụ xã Thạch Lỗi, Cẩm Giàng. Để trống: chức danh trung ương."),
    )
    criteria = forms.CharField(
        label=_("Tiêu chí phụ trách"),
        max_length=300,
        required=False,
        help_text=_("Chỉ cho cơ quan phụ trách tiêu chí: 10; 17. Dấu * là mọi tiêu chí."),
    )

    def codes(self) -> list[str]:
        """The criteria as a list."""
        return [code.strip() for code in self.cleaned_data["criteria"].replace(",", ";").split(";") if code.strip()]


class GiveForm(forms.Form):
    """Giao chức danh cho tài khoản đã có."""

    username = forms.CharField(label=_("Tên đăng nhập của người nhận"), max_length=60)
    start = DayField(label=_("Giữ từ ngày"))
    end = DayField(label=_("Đến trước ngày"), required=False)
    decision = forms.CharField(label=_("Quyết định giao"), max_length=300, required=False)


class EndHoldingForm(forms.Form):
    """Ngày thôi giữ chức danh."""

    end = DayField(label=_("Thôi giữ từ ngày"))


class TokenForm(forms.Form):
    """Khoá API mới."""

    name = forms.CharField(label=_("Dùng cho"), max_length=200, help_text=_("Phần mềm nào sẽ dùng khoá này."))
    expires = DayField(label=_("Hết hạn từ ngày"), help_text=_("Không quá một năm kể từ hôm nay."))


class SheetForm(forms.Form):
    """Tệp bảng tài khoản."""

    file = forms.FileField(
        label=_("Bảng tài khoản (.xlsx)"), widget=forms.FileInput({"accept": ".xlsx"}), allow_empty_file=True
    )
