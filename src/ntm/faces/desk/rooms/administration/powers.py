"""Bảng thẩm quyền để đọc: scopes in people's words, actions grouped by what they are done to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.records.people.authority_table import ACTIONS, Scope, table
from ntm.records.people.models import Role

__all__ = ["Power", "PowerRow", "Thing", "by_thing"]

_SCOPES = {
    Scope.NONE: ("–", _("không được làm")),
    Scope.OWN_UNIT: (_("đơn vị mình"), _("chỉ đơn vị mình")),
    Scope.SUBTREE: (_("địa bàn"), _("đơn vị mình và mọi đơn vị cấp dưới")),
    Scope.BELOW: (_("cấp dưới"), _("các đơn vị cấp dưới, không phải đơn vị mình")),
    Scope.OWN_CRITERIA_IN_UNIT: (_("tiêu chí mình, đơn vị mình"), _("tiêu chí mình phụ trách, ở đơn vị mình")),
    Scope.OWN_CRITERIA_IN_SUBTREE: (_("tiêu chí mình, địa bàn"), _("tiêu chí mình phụ trách, trong địa bàn")),
    Scope.OWN_CRITERIA: (_("tiêu chí mình"), _("tiêu chí mình phụ trách, ở mọi nơi")),
    Scope.SYSTEM: (_("mọi nơi"), _("mọi nơi, kể cả việc không thuộc đơn vị nào")),
}
_THINGS = {
    "standing": _("Hiện trạng"),
    "draft": _("Bản nháp"),
    "observation": _("Số liệu"),
    "evidence": _("Minh chứng"),
    "gap": _("Hạng mục còn thiếu"),
    "campaign": _("Đợt rà soát"),
    "title": _("Danh hiệu"),
    "criteria": _("Bộ tiêu chí"),
    "instrument": _("Văn bản pháp lý"),
    "unit": _("Đơn vị hành chính"),
    "people": _("Tài khoản, chức danh"),
    "body": _("Cơ quan, tổ chức"),
    "watch": _("Phân công phụ trách"),
    "audit": _("Nhật ký"),
    "workbook": _("Bảng tính"),
    "document": _("Văn bản của địa bàn"),
    "token": _("Khoá API"),
    "backup": _("Sao lưu"),
}


@dataclass(frozen=True)
class Power:
    """Một ô: where one role may do it, short and in full, and why."""

    role: Role
    short: str
    scope: str
    reason: str
    may: bool


@dataclass(frozen=True)
class PowerRow:
    """Một việc và mọi vai trò (or the chosen one)."""

    action: str
    words: str
    powers: tuple[Power, ...]


@dataclass(frozen=True)
class Thing:
    """Các việc làm với cùng một thứ."""

    name: str
    rows: tuple[PowerRow, ...]


def by_thing(chosen: Role | None = None) -> tuple[Thing, ...]:
    """Cả bảng, or one role's part of it."""
    roles = [chosen] if chosen else list(Role)
    grouped: dict[str, list[PowerRow]] = {}
    for action, words in ACTIONS.items():
        row = PowerRow(action, words, tuple(_power(role, action) for role in roles))
        grouped.setdefault(action.partition(".")[0], []).append(row)
    return tuple(Thing(str(_THINGS.get(thing, thing)), tuple(rows)) for thing, rows in grouped.items())


def _power(role: Role, action: str) -> Power:
    cell = table()[role, action]
    short, scope = _SCOPES[cell.scope]
    return Power(role, gettext(str(short)), gettext(str(scope)), cell.reason, cell.scope is not Scope.NONE)
