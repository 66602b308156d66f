"""Đã đối chiếu với văn bản: a named person signs that a value, an indicator or a criterion's page says what the law says."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.domain.criteria.model import Criterion
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import registry
from ntm.records.standing.models import ValueCheck
from ntm.records.standing.queries.checks import leaves, level_key
from ntm.records.standing.refusals import Refused

__all__ = ["check_value", "withdraw_check"]

LONGEST_LOCATOR = 200


@transaction.atomic
def check_value(
    actor: Actor,
    *,
    set_code: str,
    criterion_no: int,
    locator: str,
    on: date,
    indicator_code: str = "",
    value_key: str = "",
) -> ValueCheck:
    """Ký đối chiếu; `locator` says where it stands in the decision. Empty indicator: the criterion's whole page."""
    row = registry.by_code(set_code)
    criteria_set = registry.content(row)
    actor.require("criteria.check", None, on=on, criterion=f"{set_code}:{indicator_code or criterion_no}")
    criterion = next((c for c in criteria_set.criteria if c.no == criterion_no), None)
    if criterion is None:
        raise Refused(f"Bộ tiêu chí “{set_code}” không có tiêu chí {criterion_no}.")
    _known(criterion, indicator_code, value_key)
    if not locator.strip():
        raise Refused("Ghi rõ chỗ đã đối chiếu: phụ lục, trang, dòng của văn bản.")
    if len(locator.strip()) > LONGEST_LOCATOR:
        raise Refused(f"Chỗ đã đối chiếu dài quá {LONGEST_LOCATOR} chữ: ghi gọn phụ lục, trang, dòng.")
    same = ValueCheck.objects.filter(
        set=row, criterion_no=criterion_no, indicator_code=indicator_code, value_key=value_key
    )
    if same.filter(checked_by_id=actor.user_id, withdrawn_at__isnull=True).exists():
        raise Refused("Bạn đã ký đối chiếu chỗ này rồi.")
    check = ValueCheck.objects.create(
        set=row,
        criterion_no=criterion_no,
        indicator_code=indicator_code,
        value_key=value_key,
        locator=locator.strip(),
        checked_by_id=actor.user_id,
        office=actor.office_label,
        checked_on=on,
    )
    place = ", ".join(part for part in (f"tiêu chí {criterion_no}", indicator_code, value_key, check.locator) if part)
    audit.record(
        actor=actor.stamp(),
        verb="criteria.check",
        subject=check,
        unit_id=None,
        on=on,
        detail={"instrument": criteria_set.decision.instrument, "place": place, "set": set_code},
    )
    return check


def _known(criterion: Criterion, indicator_code: str, value_key: str) -> None:
    """Refused when the criterion has no such indicator, or the indicator no such level."""
    if not indicator_code:
        if value_key:
            raise Refused("Một mức phải thuộc một chỉ tiêu.")
        return
    found = next((one for _path, one in leaves(criterion.indicators) if one.code == indicator_code), None)
    if found is None:
        raise Refused(f"Tiêu chí {criterion.no} không có chỉ tiêu {indicator_code}.")
    if value_key and all(level_key(level) != value_key for level in found.thresholds):
        raise Refused(f"Chỉ tiêu {indicator_code} không có mức “{value_key}” để đối chiếu.")


@transaction.atomic
def withdraw_check(actor: Actor, check_id: int, *, reason: str, on: date) -> ValueCheck:
    """Rút chữ ký đối chiếu: kept, with the reason."""
    check = ValueCheck.objects.select_for_update().select_related("set").filter(pk=check_id).first()
    if check is None or check.withdrawn_at is not None:
        raise Refused("Không tìm thấy lần đối chiếu này, hoặc đã rút.")
    actor.require(
        "criteria.check", None, on=on, criterion=f"{check.set.code}:{check.indicator_code or check.criterion_no}"
    )
    if not reason.strip():
        raise Refused("Ghi lý do rút chữ ký.")
    check.withdrawn_at, check.withdrawn_reason = timezone.now(), reason.strip()
    check.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    audit.record(
        actor=actor.stamp(),
        verb="criteria.uncheck",
        subject=check,
        unit_id=None,
        on=on,
        detail={
            "set": check.set.code,
            "place": ", ".join(part for part in (f"tiêu chí {check.criterion_no}", check.indicator_code) if part),
            "reason": reason.strip(),
        },
    )
    return check
