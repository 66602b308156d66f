"""Biểu mẫu thay đổi đơn vị: what is typed becomes a request of records.units; no rule stands here."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.fields import DecisionForm, decision_of
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel
from ntm.records.units.services import Abolish, Merge, NewUnit, Rename, Request, Split, Transfer
from ntm.records.units.services.rules import KINDS

__all__ = ["FORMS", "AbolishForm", "ChangeForm", "MergeForm", "RenameForm", "SplitForm", "TransferForm"]

PARTS = 4
Choices = list[tuple[str, str]]


def _kinds(level: str, empty: bool = True) -> Choices:
    return [*([("", "—")] if empty else []), *((kind, kind) for kind in KINDS[level])]


def _titles(rows: list[UnitLabel]) -> Choices:
    return [
        (str(one.id), " · ".join(part for part in (words.capital(one.title), one.code or "") if part)) for one in rows
    ]


class ChangeForm(DecisionForm):
    """Một loại thay đổi of one unit; `request()` is what the service is asked for."""

    title: Any = ""

    def __init__(self, *args: Any, label: UnitLabel, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label, self.day = label, on
        self.build()
        for name in ("decision", "issued", "on", "source"):
            self.fields[name] = self.fields.pop(name)  # the decision comes last

    def build(self) -> None:
        """The fields of this kind."""

    @abstractmethod
    def request(self) -> Request:
        """What the service is asked for."""

    def siblings(self) -> list[UnitLabel]:
        """Units of the same level beside it."""
        if not self.label.ancestors:
            rows = units.provinces(self.day)
        else:
            rows = units.children(self.label.ancestors[0].id, self.day)
        return [one for one in rows if one.level == self.label.level and one.id != self.label.id]

    def numbers(self, name: str) -> tuple[int, ...]:
        return tuple(int(one) for one in self.cleaned_data.get(name) or ())


class RenameForm(ChangeForm):
    """Đổi tên, đổi loại, đổi mã."""

    title = _("Đổi tên, đổi loại, đổi mã")
    name = forms.CharField(
        label=_("Tên mới"), max_length=120, required=False, help_text=_("Bỏ trống nếu tên giữ nguyên.")
    )

    def build(self) -> None:
        self.fields["kind"] = forms.ChoiceField(label=_("Loại mới"), choices=_kinds(self.label.level), required=False)
        self.fields["code"] = forms.CharField(label=_("Mã mới"), max_length=20, required=False)

    def request(self) -> Request:
        got = self.cleaned_data
        return Rename(
            self.label.id, got["on"], decision_of(got), name=got["name"] or None, kind=got["kind"] or None,
            code=got["code"] or None,
        )  # fmt: skip


class MergeForm(ChangeForm):
    """Sáp nhập với các đơn vị bên cạnh."""

    title = _("Sáp nhập với đơn vị khác")

    def build(self) -> None:
        beside = _titles(self.siblings())
        own = (str(self.label.id), words.capital(self.label.title))
        self.fields["others"] = forms.MultipleChoiceField(
            label=_("Sáp nhập cùng"), choices=beside, widget=forms.CheckboxSelectMultiple, required=True
        )
        self.fields["into"] = forms.ChoiceField(
            label=_("Sáp nhập vào"), required=False, choices=[("", _("đơn vị mới, ghi tên ở dưới")), own, *beside],
            help_text=_("Chọn đơn vị còn lại sau sáp nhập, hoặc để trống và ghi đơn vị mới."),
        )  # fmt: skip
        _new_unit(self, self.label.level)

    def request(self) -> Request:
        got = self.cleaned_data
        into = int(got["into"]) if got["into"] else None
        new = NewUnit(got["kind"], got["name"], got["code"] or None) if got["name"] or got["kind"] else None
        return Merge((self.label.id, *self.numbers("others")), got["on"], decision_of(got), into=into, new=new)


def _new_unit(form: forms.Form, level: str) -> None:
    form.fields["kind"] = forms.ChoiceField(label=_("Loại của đơn vị mới"), choices=_kinds(level), required=False)
    form.fields["name"] = forms.CharField(label=_("Tên đơn vị mới"), max_length=120, required=False)
    form.fields["code"] = forms.CharField(label=_("Mã đơn vị mới"), max_length=20, required=False)


class TransferForm(ChangeForm):
    """Chuyển sang đơn vị cấp trên khác."""

    title = _("Chuyển sang đơn vị cấp trên khác")

    def build(self) -> None:
        self.fields["parent"] = forms.ChoiceField(label=_("Chuyển về"), choices=self._uppers())
        self.fields["others"] = forms.MultipleChoiceField(
            label=_("Cùng chuyển"),
            choices=_titles(self.siblings()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def _uppers(self) -> Choices:
        """Upper units of the level of the present one: in the province, or every province where that is the level."""
        if not self.label.ancestors:
            return []
        present, province = self.label.ancestors[0], self.label.ancestors[-1]
        if present.level == "tinh":
            rows = units.provinces(self.day)
        else:
            ids = units.descendant_ids(province.id, self.day, present.level)
            rows = sorted(units.labels(ids, self.day).values(), key=lambda one: one.code or "~")
        return _titles([one for one in rows if one.id != present.id])

    def request(self) -> Request:
        got = self.cleaned_data
        return Transfer((self.label.id, *self.numbers("others")), got["on"], decision_of(got), int(got["parent"]))


class AbolishForm(ChangeForm):
    """Giải thể, with who receives its territory."""

    title = _("Giải thể")

    def build(self) -> None:
        beside = _titles(self.siblings())
        self.fields["main"] = forms.ChoiceField(
            label=_("Đơn vị nhận phần lớn địa bàn và các đơn vị cấp dưới"), choices=[("", "—"), *beside], required=False
        )
        self.fields["others"] = forms.MultipleChoiceField(
            label=_("Đơn vị nhận phần còn lại"), choices=beside, widget=forms.CheckboxSelectMultiple, required=False
        )

    def request(self) -> Request:
        got = self.cleaned_data
        main = (int(got["main"]),) if got["main"] else ()
        receivers = tuple(dict.fromkeys((*main, *self.numbers("others"))))
        return Abolish(self.label.id, got["on"], decision_of(got), receivers)


class SplitForm(ChangeForm):
    """Chia tách: new parts, and which lower unit goes to which."""

    title = _("Chia tách")
    keeps = forms.BooleanField(label=_("Đơn vị cũ vẫn còn, chỉ tách phần mới ra"), required=False)

    def build(self) -> None:
        for part in range(1, PARTS + 1):
            optional = part > 1
            self.fields[f"kind{part}"] = forms.ChoiceField(
                label=_("Phần %(part)s: loại") % {"part": part}, choices=_kinds(self.label.level), required=not optional
            )
            self.fields[f"name{part}"] = forms.CharField(
                label=_("Phần %(part)s: tên") % {"part": part}, max_length=120, required=not optional
            )
            self.fields[f"code{part}"] = forms.CharField(
                label=_("Phần %(part)s: mã") % {"part": part}, max_length=20, required=False
            )
        receivers = [
            ("", _("ở lại đơn vị cũ")),
            *((str(n), _("về phần %(n)s") % {"n": n}) for n in range(1, PARTS + 1)),
        ]
        self.below = units.children(self.label.id, self.day)
        for child in self.below:
            self.fields[f"child{child.id}"] = forms.ChoiceField(
                label=words.capital(child.title), choices=receivers, required=False
            )

    def request(self) -> Request:
        got = self.cleaned_data
        parts = []
        for part in range(1, PARTS + 1):
            if not got.get(f"name{part}"):
                continue
            mine = tuple(child.id for child in self.below if got.get(f"child{child.id}") == str(part))
            code = got.get(f"code{part}") or None
            parts.append(NewUnit(got[f"kind{part}"], got[f"name{part}"], code, children=mine, main=part == 1))
        return Split(self.label.id, got["on"], decision_of(got), tuple(parts), keeps=got["keeps"])


FORMS: dict[str, type[ChangeForm]] = {
    "doi-ten": RenameForm,
    "sap-nhap": MergeForm,
    "chia-tach": SplitForm,
    "chuyen": TransferForm,
    "giai-the": AbolishForm,
}
