"""Kết quả: how the four outcomes and the marks look and are called, in one place for tags, tables and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Look:
    """Cách hiện: sign, class and words of one outcome; never colour alone."""

    sign: str
    css: str
    words: str | Promise


LOOKS: dict[str, Look] = {
    "met": Look("✓", "met", _("đạt")),
    "not_met": Look("✗", "not-met", _("chưa đạt")),
    "no_data": Look("·", "no-data", _("chưa có số liệu")),
    "not_considered": Look("–", "not-considered", _("không xét")),
}

UNCHECKED = Look("°", "unchecked", _("ngưỡng chưa đối chiếu với văn bản"))
ASSUMED = Look("≈", "assumed", _("số liệu giả định, suy từ tổng số của văn bản"))
PENDING = Look("◷", "pending", _("chưa thẩm tra"))

MARKS: dict[str, Look] = {"unchecked": UNCHECKED, "assumed": ASSUMED, "pending": PENDING}

STAGES: dict[str, str | Promise] = {
    "self": _("tự đánh giá"),
    "verified": _("đã thẩm tra"),
    "appraised": _("đã thẩm định"),
}


def look(outcome: object) -> Look:
    """The look of an outcome; anything unknown is a mistake of the caller, not a fifth outcome."""
    return LOOKS[str(outcome)]
