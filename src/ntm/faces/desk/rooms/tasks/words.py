"""Lời của phòng nhiệm vụ: how a task stands as sign and words, what the lists and the parts are called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ntm.records.planning.models import TaskBody
from ntm.records.planning.queries.tasks import Look, Standing

__all__ = ["LOOKS", "PARTS", "SHORT", "Sign", "sign"]


@dataclass(frozen=True, slots=True)
class Sign:
    """Dấu và lời: told apart without colour."""

    css: str
    mark: str
    words: str | Promise


_SIGNS = {
    Standing.OVERDUE: Sign("overdue", "!", _("quá hạn")),
    Standing.SOON: Sign("soon", "◔", _("sắp đến hạn")),
    Standing.AT_RISK: Sign("at-risk", "▲", _("chậm tiến độ")),
    Standing.ON_COURSE: Sign("on-course", "→", _("trong hạn")),
    Standing.UNDATED: Sign("undated", "∞", _("thường xuyên")),
    Standing.DONE: Sign("done", "✓", _("đã xong")),
    Standing.DONE_LATE: Sign("done-late", "✓", _("xong muộn")),
    Standing.CANCELLED: Sign("cancelled", "–", _("không thực hiện")),
}

# the lists of a page, in their order
LOOKS: tuple[tuple[Look, str, str | Promise], ...] = (
    (Look.OPEN, "dang-lam", _("Đang mở")),
    (Look.OVERDUE, "qua-han", _("Quá hạn")),
    (Look.SOON, "sap-den-han", _("Sắp đến hạn")),
    (Look.AT_RISK, "cham", _("Chậm tiến độ")),
    (Look.UNDATED, "thuong-xuyen", _("Không có hạn")),
    (Look.DONE, "da-xong", _("Đã xong")),
    (Look.CANCELLED, "khong-lam", _("Không thực hiện")),
    (Look.ALL, "tat-ca", _("Tất cả")),
)
SHORT = {word: look for look, word, _label in LOOKS}

PARTS: tuple[tuple[str, str | Promise], ...] = (
    (TaskBody.Part.LEAD.value, _("Chủ trì")),
    (TaskBody.Part.COORDINATING.value, _("Phối hợp")),
    (TaskBody.Part.DIRECTING.value, _("Chỉ đạo")),
)


def sign(standing: str) -> Sign:
    """How a task stands, to be shown."""
    return _SIGNS[Standing(standing)]
