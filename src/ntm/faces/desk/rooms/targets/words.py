"""Cách nói chỉ tiêu: level, deadline, the state of what was given below."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.domain.targets import State
from ntm.records.planning.models import CriterionCell, PlanTarget, TargetShare
from ntm.records.planning.queries.cascade import TargetTree

__all__ = ["ANSWERS", "STATES", "due_words", "figure", "level_words", "plain", "share_state", "signed"]

# state of a target -> sign, class, words: never by colour alone
STATES: dict[State, tuple[str, str, str | Promise]] = {
    State.REACHED: ("✓", "reached", _("đã đạt")),
    State.ON_THE_WAY: ("→", "on-the-way", _("đang thực hiện")),
    State.BEHIND: ("!", "behind", _("chậm")),
    State.NO_DATA: ("·", "no-data", _("chưa có số liệu")),
}
ANSWERS: dict[str, tuple[str, str | Promise]] = {
    TargetShare.Answer.NONE: ("…", _("chưa trả lời")),
    TargetShare.Answer.ACCEPTED: ("✓", _("nhận")),
    TargetShare.Answer.OBJECTED: ("✗", _("đề nghị điều chỉnh")),
}
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "", "~": "≈"}


def figure(value: Decimal | None) -> str:
    """Số không có số không thừa ở cuối."""
    return "" if value is None else write_number(plain(value))


def plain(value: Decimal) -> Decimal:
    """At most two decimals, none where they say nothing."""
    rounded = value.quantize(Decimal("0.01"))
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()


def signed(value: Decimal | None) -> str:
    """Số có dấu: "+2", "−1"."""
    if value is None:
        return ""
    shown = figure(abs(value))
    return shown if value == 0 else f"{'+' if value > 0 else '−'}{shown}"


def level_words(row: PlanTarget | None) -> str:
    """Mức: "≥ 12/184 xã"; a dash of words where the plan names no figure."""
    if row is None:
        return ""
    if row.value is None:
        return gettext("không nêu mức")
    level = figure(row.value) + (f" - {figure(row.high)}" if row.high is not None else "")
    if row.of is not None:
        level += f"/{write_number(Decimal(row.of))}"
    return f"{_SIGNS.get(row.op, row.op)} {level} {row.measure}".strip().replace(" %", "%")


def due_words(row: PlanTarget | TargetShare | CriterionCell) -> str:
    """Thời hạn như đã viết, with the day it means."""
    day = write_date(row.due) if row.due else ""
    if row.deadline_words and day and day not in row.deadline_words:
        return f"{row.deadline_words} ({day})"
    return row.deadline_words or day


def share_state(tree: TargetTree) -> str:
    """Tình trạng phần giao of a target, in one line."""
    if not tree.branches:
        return gettext("chưa giao")
    said = []
    if tree.residual is not None and tree.residual > 0:
        said.append(gettext("còn %(n)s chưa giao") % {"n": figure(tree.residual)})
    elif tree.over:
        said.append(gettext("giao vượt %(n)s") % {"n": figure(abs(tree.residual or Decimal(0)))})
    else:
        said.append(gettext("đã giao đủ") if tree.residual is not None else gettext("đã giao"))
    if tree.objected:
        said.append(gettext("%(n)s đề nghị điều chỉnh") % {"n": len(tree.objected)})
    if tree.unanswered:
        said.append(gettext("%(n)s chưa trả lời") % {"n": len(tree.unanswered)})
    return ", ".join(said)
