"""Câu từ chối: what a person reads when the table says no: why, and who could."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm.records.people.authority_table import ACTIONS, Cell, Scope, roles_with
from ntm.records.units import queries as units

if TYPE_CHECKING:
    from ntm.records.people.authority import Actor


def no_right(actor: Actor, action: str, cell: Cell) -> str:
    """The role never does this."""
    return _("Chưa được %(action)s: với chức danh «%(office)s» thì không (%(reason)s); %(who)s.") % {
        "action": ACTIONS[action],
        "office": actor.office_label,
        "reason": cell.reason[:1].lower() + cell.reason[1:],
        "who": _who(action),
    }


def wrong_unit(actor: Actor, action: str, cell: Cell, unit_id: int | None, on: date) -> str:
    """The role does this, but not at this unit."""
    if unit_id is None:
        place = _("toàn hệ thống")
    else:
        place = _unit_name(unit_id, on)
    if actor.unit_id is None:
        area = _("đơn vị cấp dưới") if cell.scope is Scope.BELOW else _("cấp trung ương")
    elif cell.scope in (Scope.OWN_UNIT, Scope.OWN_CRITERIA_IN_UNIT):
        area = _("chính %(unit)s") % {"unit": _unit_name(actor.unit_id, on)}
    elif cell.scope is Scope.BELOW:
        area = _("các đơn vị cấp dưới của %(unit)s") % {"unit": _unit_name(actor.unit_id, on)}
    else:
        area = _("%(unit)s và các đơn vị cấp dưới") % {"unit": _unit_name(actor.unit_id, on)}
    text = _(
        "Chưa được %(action)s cho %(place)s: chức danh «%(office)s» ngày %(day)s chỉ làm việc này ở %(area)s; %(who)s."
    )
    return text % {
        "action": ACTIONS[action],
        "place": place,
        "office": actor.office_label,
        "day": written(on),
        "area": area,
        "who": _who(action),
    }


def wrong_criterion(actor: Actor, action: str, criterion: str | None) -> str:
    """The office does this here, but not for this criterion."""
    charge = ", ".join(actor.criteria) or _("chưa được giao tiêu chí nào")
    if criterion is None:
        text = _(
            "Chưa được %(action)s: chức danh «%(office)s» làm việc theo tiêu chí, hãy nêu tiêu chí; "
            "đang phụ trách: %(charge)s."
        )
    else:
        text = _(
            "Chưa được %(action)s cho tiêu chí %(criterion)s: «%(office)s» đang phụ trách: %(charge)s; "
            "hãy chuyển cho cơ quan phụ trách tiêu chí này."
        )
    return text % {
        "action": ACTIONS[action],
        "criterion": criterion,
        "office": actor.office_label,
        "charge": charge,
    }


def _who(action: str) -> str:
    roles = ", ".join(str(role.label) for role in roles_with(action))
    return _("người làm được, trong địa bàn của mình: %(roles)s") % {"roles": roles}


def _unit_name(unit_id: int, on: date) -> str:
    return units.label(unit_id, on).title


def written(day: date) -> str:
    """30/9/2026."""
    return f"{day.day}/{day.month}/{day.year}"
