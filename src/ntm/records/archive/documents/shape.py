"""Dạng của mục: which fields an item of each part has, how they are called, and what may be written in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ntm.records.archive.models import Section

Form = Literal["text", "long", "lines", "names", "number", "whole", "whole_list", "money", "day", "choice"]
Words = str | Promise


@dataclass(frozen=True)
class Field:
    """Ô của một mục: its name in the JSON, its label, the form of what is written in it."""

    name: str
    label: Words
    form: Form = "text"
    choices: tuple[tuple[str, Words], ...] = ()


MODES = (("gain", _("đạt thêm")), ("keep", _("duy trì")), ("total", _("tổng số")))
SIGNS = (("", ""), (">=", "≥"), (">", ">"), ("=", "="), ("<=", "≤"), ("<", "<"), ("~", "≈"))
ROLES = (("need", _("nhu cầu")), ("source", _("nguồn vốn")), ("total", _("tổng")), ("balance", _("cân đối")))
_CRITERION = Field("criterion", _("Tiêu chí số"), "whole")
_UNITS = Field("units", _("Đơn vị"), "names")
_MODE = Field("mode", _("Cách tính"), "choice", MODES)
_DEADLINE = Field("deadline", _("Thời hạn"))
_CRITERIA = Field("criteria", _("Các tiêu chí"), "whole_list")

HEADER_FIELDS = {
    "full_number": Field("value", _("Số, ký hiệu")),
    "kind": Field("value", _("Loại văn bản")),
    "title": Field("value", _("Trích yếu"), "long"),
    "date": Field("value", _("Ngày ban hành"), "day"),
    "place": Field("value", _("Địa danh")),
    "issuer": Field("value", _("Cơ quan ban hành")),
    "signer": Field("value", _("Người ký")),
    "signer_position": Field("value", _("Chức vụ người ký")),
    "year": Field("value", _("Năm kế hoạch"), "whole"),
    "period": Field("value", _("Giai đoạn")),
}

FIELDS: dict[str, tuple[Field, ...]] = {
    Section.BASES: (
        Field("number", _("Số, ký hiệu")),
        Field("kind", _("Loại văn bản")),
        Field("date", _("Ngày"), "day"),
        Field("issuer", _("Cơ quan ban hành")),
        Field("title", _("Trích yếu"), "long"),
    ),
    Section.TARGETS: (
        Field("what", _("Nội dung"), "long"),
        _MODE,
        Field("op", _("So sánh"), "choice", SIGNS),
        Field("value", _("Giá trị"), "number"),
        Field("measure", _("Đơn vị tính")),
        _UNITS,
        _CRITERIA,
        _DEADLINE,
    ),
    Section.CRITERION_TARGETS: (
        _CRITERION,
        Field("name", _("Tên tiêu chí")),
        _MODE,
        Field("count", _("Số đơn vị"), "whole"),
        Field("of", _("Trên tổng số"), "whole"),
        _UNITS,
        _DEADLINE,
    ),
    Section.GAPS: (
        _CRITERION,
        Field("name", _("Tên tiêu chí")),
        Field("items", _("Hạng mục còn thiếu, mỗi dòng một hạng mục"), "lines"),
    ),
    Section.ROADMAP: (
        Field("period", _("Thời gian")),
        Field("what", _("Nội dung"), "long"),
        _CRITERIA,
    ),
    Section.TASKS: (
        Field("no", _("Số thứ tự")),
        Field("group", _("Nhóm")),
        Field("what", _("Nhiệm vụ"), "long"),
        Field("directing", _("Chỉ đạo")),
        Field("lead", _("Chủ trì, thực hiện")),
        Field("coordinating", _("Phối hợp")),
        _DEADLINE,
        Field("product", _("Sản phẩm")),
    ),
    Section.DUTIES: (
        Field("body", _("Cơ quan, cá nhân")),
        Field("duties", _("Việc được giao, mỗi dòng một việc"), "lines"),
        _CRITERIA,
    ),
    Section.MONEY: (
        Field("what", _("Nội dung"), "long"),
        Field("role", _("Là"), "choice", ROLES),
        Field("amount", _("Số tiền"), "money"),
        _CRITERION,
    ),
    Section.ACTIVITIES: (
        Field("kind", _("Loại")),
        Field("what", _("Nội dung"), "long"),
        Field("count", _("Số lượng"), "number"),
        Field("measure", _("Đơn vị tính")),
    ),
    Section.ANNEXES: (
        Field("label", _("Số phụ lục, biểu")),
        Field("title", _("Tên"), "long"),
        Field("attached_to", _("Kèm theo văn bản số")),
    ),
    Section.RECIPIENTS: (Field("value", _("Nơi nhận")),),
}


def fields_of(section: str, key: str) -> tuple[Field, ...]:
    """The fields of an item; a line of the header has one, of its own form."""
    if section == Section.HEADER:
        return (HEADER_FIELDS[key.partition(".")[2]],)
    return FIELDS[section]


def label_of(section: str, value: dict[str, Any]) -> str:
    """What an item is called in a list: the words that stand for it."""
    picks: dict[str, tuple[str, ...]] = {
        Section.HEADER: ("value",),
        Section.BASES: ("title", "text", "number"),
        Section.TARGETS: ("what",),
        Section.CRITERION_TARGETS: ("name",),
        Section.GAPS: ("name",),
        Section.ROADMAP: ("what",),
        Section.TASKS: ("what",),
        Section.DUTIES: ("body",),
        Section.MONEY: ("what",),
        Section.ACTIVITIES: ("what",),
        Section.ANNEXES: ("title", "label"),
        Section.RECIPIENTS: ("value",),
    }
    return next((str(value[name]) for name in picks[section] if value.get(name) not in (None, "")), "")
