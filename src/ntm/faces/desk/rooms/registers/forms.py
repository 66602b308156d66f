"""Biểu mẫu của một mục: a field a column of the register, typed as officials write; plus what it serves and its source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm.records.planning.models import PlanTarget
from ntm.records.registers import values
from ntm.records.registers.catalogue import Field, Register
from ntm.records.registers.models import Entry
from ntm.records.registers.refusals import Refused

__all__ = ["EntryForm", "ReasonForm", "SheetForm"]

_SAID = ("source_place", "note", "assumed")


class _TypedField(forms.CharField):
    """Ô gõ: read by the register's own rules, told wrong in its sentence."""

    def __init__(self, column: Field, **options: Any) -> None:
        self.column = column
        super().__init__(**options)
        if column.kind in ("day", "count", "decimal", "money"):
            self.widget.attrs |= {"autocomplete": "off"}
        if column.kind in ("day", "count"):
            self.widget.attrs |= {"inputmode": "numeric"}

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else values.write(self.column, value)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return values.read(self.column, typed)
        except Refused as reason:
            raise forms.ValidationError(str(reason)) from reason


_HINTS = {
    "day": _("Ngày/tháng/năm, ví dụ 01/7/2025."),
    "money": _("Ghi cả đơn vị, ví dụ 28,5 triệu; chỉ ghi số thì là đồng."),
}


def _form_field(column: Field) -> forms.Field:
    hint = column.hint or _HINTS.get(column.kind, "")
    if column.kind == "choice":
        choices = column.choices if column.required else (("", "—"), *column.choices)
        return forms.ChoiceField(label=column.capital, required=column.required, choices=choices, help_text=hint)
    widget = forms.Textarea({"rows": 3}) if column.kind == "long" else forms.TextInput()
    longest = column.longest if column.kind == "text" and column.longest else 4000
    return _TypedField(
        column, label=column.capital, required=column.required, help_text=hint, widget=widget, max_length=longest
    )


def _defaults(register: Register) -> dict[str, Any]:
    """What a new entry has where nothing else is typed: one class, the usual kind."""
    made = {name: register.model._meta.get_field(name) for name in register.names}
    return {name: one.get_default() for name, one in made.items() if one.has_default()}  # type: ignore[union-attr]


class EntryForm(forms.Form):
    """Một mục của sổ, new or to be corrected."""

    def __init__(
        self,
        register: Register,
        data: Any = None,
        *,
        entry: Entry | None = None,
        served: tuple[list[PlanTarget], list[Any]] = ([], []),
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.register = register
        if entry is not None:
            named = (*register.names, *_SAID)
            initial = {name: getattr(entry, name) for name in named} | {
                "target": entry.target_id or "",
                "occurrence": entry.occurrence_id or "",
            }
        super().__init__(data, initial=initial or _defaults(register))
        for column in register.fields:
            self.fields[column.name] = _form_field(column)
        self._serving(*served, entry)
        self.fields["source_place"] = forms.CharField(
            label=_("Nguồn"), required=False, max_length=300, help_text=_("Văn bản, trang, dòng mà số liệu lấy từ đó.")
        )
        self.fields["note"] = forms.CharField(
            label=_("Ghi chú"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
        )
        self.fields["assumed"] = forms.BooleanField(label=_("Số liệu giả định, chưa có văn bản"), required=False)
        if entry is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Lý do sửa"), max_length=500, error_messages={"required": _("Ghi lý do sửa.")}
            )

    def _serving(self, targets: list[PlanTarget], occurrences: list[Any], entry: Entry | None) -> None:
        targeted = [(one.pk, one.what[:120]) for one in targets]
        tasked = [(one.pk, f"{one.task.what[:110]} ({one.no})") for one in occurrences]
        if entry is not None and entry.target_id and entry.target_id not in dict(targeted):
            targeted.append((entry.target_id, entry.target.what[:120]))
        if entry is not None and entry.occurrence_id and entry.occurrence_id not in dict(tasked):
            tasked.append((entry.occurrence_id, entry.occurrence.task.what[:120]))
        for name, label, choices in (
            ("target", _("Phục vụ chỉ tiêu của kế hoạch"), targeted),
            ("occurrence", _("Phục vụ nhiệm vụ của kế hoạch"), tasked),
        ):
            if choices:
                self.fields[name] = forms.TypedChoiceField(
                    label=label, required=False, coerce=int, empty_value=None, choices=[("", "—"), *choices]
                )

    def values(self) -> dict[str, Any]:
        """The register's own columns."""
        return {name: self.cleaned_data[name] for name in self.register.names}

    def said(self) -> dict[str, Any]:
        """What every entry has beside them."""
        found = {name: self.cleaned_data[name] for name in _SAID}
        for name in ("target", "occurrence"):
            if name in self.fields:
                found[f"{name}_id"] = self.cleaned_data[name]
        return found


class ReasonForm(forms.Form):
    """Lý do rút."""

    reason = forms.CharField(
        label=_("Lý do rút"),
        max_length=500,
        error_messages={"required": _("Ghi lý do rút mục này.")},
        help_text=_("Ví dụ: ghi nhầm xã. Mục vẫn còn trong lịch sử, không được tính nữa."),
    )


class SheetForm(forms.Form):
    """Tệp bảng đã điền."""

    file = forms.FileField(
        label=_("Bảng đã điền (.xlsx)"), widget=forms.FileInput({"accept": ".xlsx"}), allow_empty_file=True
    )
