"""Biểu mẫu của kế hoạch: opening, head, sections, duties, money, legal bases, comments, issue."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.money import parse_money
from ntm.faces.desk.rooms.units.fields import DayField
from ntm.records.archive.models import OfficeTemplate
from ntm.records.planning.models import PlanKind, PlanMoney, SectionSlot

__all__ = [
    "COMMON",
    "BasisForm",
    "CommentForm",
    "DutyForm",
    "HeadForm",
    "IssueForm",
    "MoneyField",
    "MoneyForm",
    "OpenForm",
    "RecipientsForm",
    "SectionForm",
]


COMMON = "chung"  # the common layout, though the office has a template of its own


class MoneyField(forms.CharField):
    """Số tiền: typed with its measure ("28,038 tỷ"), kept in đồng."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_money(typed)
        except ValueError as reason:
            raise forms.ValidationError(str(reason)) from reason


class OpenForm(forms.Form):
    """Lập kế hoạch mới, from nothing."""

    unit = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    kind = forms.ChoiceField(label=_("Loại kế hoạch"), choices=PlanKind.choices)
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    year_to = forms.IntegerField(
        label=_("Đến năm"),
        min_value=2000,
        max_value=2100,
        required=False,
        help_text=_("Chỉ ghi khi là kế hoạch nhiều năm."),
    )
    set = forms.ChoiceField(
        label=_("Bộ tiêu chí"), required=False, help_text=_("Để trống: bộ đang áp dụng cho đơn vị và năm đó.")
    )
    upper = forms.TypedChoiceField(
        label=_("Kế hoạch cấp trên"), required=False, coerce=int, empty_value=None,
        help_text=_("Kế hoạch mà đơn vị nhận phần giao."),
    )  # fmt: skip


class HeadForm(forms.Form):
    """Phần đầu và chữ ký."""

    title = forms.CharField(label=_("Trích yếu"), widget=forms.Textarea({"rows": 2}), max_length=500)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    superior = forms.CharField(label=_("Cơ quan chủ quản"), max_length=200, required=False)
    symbol = forms.CharField(
        label=_("Ký hiệu"), max_length=60, required=False, help_text=_("Phần sau dấu gạch chéo, ví dụ KH-UBND.")
    )
    place = forms.CharField(label=_("Địa danh"), max_length=100, help_text=_("Ghi trước ngày ký, ví dụ Văn Quan."))
    signing_authority = forms.CharField(
        label=_("Thẩm quyền ký"), max_length=200, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("TM., KT., TL.; mỗi dòng một cấp."),
    )  # fmt: skip
    signer_position = forms.CharField(label=_("Chức vụ người ký"), max_length=200, required=False)
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    set = forms.ChoiceField(
        label=_("Bộ tiêu chí"), required=False, help_text=_("Đổi được khi bảng chưa có ô và kế hoạch chưa ban hành.")
    )


class SectionForm(forms.Form):
    """Một đề mục."""

    label = forms.CharField(label=_("Số mục"), max_length=20, required=False)
    heading = forms.CharField(label=_("Đề mục"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))
    text = forms.CharField(
        label=_("Lời"), required=False, widget=forms.Textarea({"rows": 8}),
        help_text=_("Mỗi dòng một đoạn; gạch đầu dòng thì gõ “- ”."),
    )  # fmt: skip
    depth = forms.TypedChoiceField(
        label=_("Bậc"), coerce=int, choices=[(1, "I."), (2, "1."), (3, "a)"), (4, "4"), (5, "5"), (6, "6")]
    )
    slot = forms.ChoiceField(
        label=_("Phần hệ thống ghép dưới lời"), choices=SectionSlot.choices, required=False,
    )  # fmt: skip


class DutyForm(forms.Form):
    """Phân công một cơ quan."""

    body_words = forms.CharField(label=_("Cơ quan"), max_length=500)
    text = forms.CharField(
        label=_("Việc được giao"), widget=forms.Textarea({"rows": 5}), help_text=_("Mỗi dòng một việc.")
    )
    criteria = forms.CharField(
        label=_("Tiêu chí phụ trách"), max_length=100, required=False, help_text=_("Số của tiêu chí, ví dụ 1, 2, 17.")
    )

    def clean_criteria(self) -> list[int]:
        parts = [one for one in re.split(r"[,;\s]+", self.cleaned_data["criteria"]) if one]
        if wrong := [one for one in parts if not re.fullmatch(r"[0-9]{1,3}", one)]:
            raise forms.ValidationError(
                gettext("“%(wrong)s” không phải số của tiêu chí; ghi số, cách nhau bằng dấu phẩy.")
                % {"wrong": wrong[0][:20]}
            )
        return [int(one) for one in parts]


class MoneyForm(forms.Form):
    """Một khoản tiền."""

    role = forms.ChoiceField(label=_("Phía"), choices=PlanMoney.Role.choices)
    what = forms.CharField(label=_("Khoản"), max_length=500)
    amount = MoneyField(
        label=_("Số tiền"), required=False,
        help_text=_("Ghi cả đơn vị, ví dụ 28,038 tỷ. Để trống: bằng tổng các khoản nằm trong nó."),
    )  # fmt: skip
    stated = MoneyField(
        label=_("Số nêu trong lời"), required=False, help_text=_("Chỉ ghi khi lời của kế hoạch có nêu, để đối chiếu.")
    )
    kind = forms.ChoiceField(
        label=_("Loại vốn"), required=False,
        choices=[("", _("không phân loại")), ("dau_tu", _("đầu tư phát triển")), ("su_nghiep", _("sự nghiệp"))],
    )  # fmt: skip
    criterion_no = forms.IntegerField(label=_("Cho tiêu chí số"), required=False, min_value=1, max_value=99)
    condition = forms.CharField(label=_("Chỉ có khi"), max_length=500, required=False)
    parent_id = forms.TypedChoiceField(label=_("Thuộc khoản"), required=False, coerce=int, empty_value=None)


class BasisForm(forms.Form):
    """Căn cứ chưa có trong danh mục."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, required=False)
    signed = DayField(label=_("Ngày ký"), required=False)
    kind = forms.CharField(label=_("Loại văn bản"), max_length=60, required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    title = forms.CharField(label=_("Trích yếu"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))


class RecipientsForm(forms.Form):
    """Nơi nhận."""

    lines = forms.CharField(
        label=_("Nơi nhận"), required=False, widget=forms.Textarea({"rows": 6}), help_text=_("Mỗi dòng một nơi nhận.")
    )


class CommentForm(forms.Form):
    """Góp ý."""

    about = forms.CharField(
        label=_("Về phần"),
        max_length=200,
        required=False,
        help_text=_("Đề mục, chỉ tiêu, biểu; để trống nếu về cả kế hoạch."),
    )
    text = forms.CharField(label=_("Ý kiến"), widget=forms.Textarea({"rows": 5}))


class IssueForm(forms.Form):
    """Ghi ban hành, as the paper was signed."""

    number = forms.CharField(label=_("Số văn bản"), max_length=20, help_text=_("Không kèm ký hiệu, ví dụ 32."))
    issued_on = DayField(label=_("Ngày ban hành"))
    signer = forms.CharField(label=_("Họ và tên người ký"), max_length=120)
    signer_position = forms.CharField(label=_("Chức vụ người ký"), max_length=200, required=False)
    signing_authority = forms.CharField(
        label=_("Thẩm quyền ký"), max_length=200, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("TM., KT., TL.; mỗi dòng một cấp."),
    )  # fmt: skip
    layout = forms.ChoiceField(label=_("Viết văn bản theo"), required=False, widget=forms.RadioSelect)

    def __init__(self, *given: Any, template: OfficeTemplate | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        if template is None:
            del self.fields["layout"]
            return
        own = gettext("mẫu của đơn vị: %(name)s, bản %(no)s") % {"name": template.name, "no": template.version}
        layout: Any = self.fields["layout"]
        layout.choices, layout.initial = [("", own), (COMMON, gettext("mẫu chung"))], ""
