"""Nạp bộ tiêu chí của tỉnh: validated whole or refused; immutable once used; everything in it starts unchecked."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from ntm.domain import criteria
from ntm.domain.criteria import CriteriaError
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import registry
from ntm.records.standing.models import Observation, RegisteredSet
from ntm.records.standing.refusals import Refused
from ntm.records.units import queries as units

__all__ = ["import_set"]


@transaction.atomic
def import_set(actor: Actor, *, content: str, name: str, on: date) -> RegisteredSet:
    """Nạp nội dung YAML (or what the workbook or the decision's table was turned into). Refused with file, key, line."""
    try:
        one = criteria.load_text(content, name)
    except CriteriaError as error:
        raise Refused(str(error)) from None
    if not one.province:
        raise Refused(f"{name}: thiếu mã tỉnh (province). Bộ của trung ương đi kèm phần mềm.")
    province = units.by_code(one.province, on)
    if province is None:
        raise Refused(f"{name}: ngày {on:%d/%m/%Y} không có tỉnh mã {one.province}.")
    actor.require("criteria.import", province.pk, on=on)
    _replaceable(one.code)
    row = registry.add_uploaded(one, content, actor.user_id)
    audit.record(
        actor=actor.stamp(),
        verb="criteria.import",
        subject=row,
        unit_id=province.pk,
        on=on,
        detail={"set": one.code, "instrument": one.decision.instrument, "hash": one.hash, "file": name},
    )
    return row


def _replaceable(code: str) -> None:
    """A set on which figures rest is not changed: its figures were judged by what it said."""
    used = Observation.objects.filter(set__code=code, set__source=RegisteredSet.Source.UPLOADED)
    if used.exists():
        raise Refused(
            f"Bộ tiêu chí “{code}” đã có số liệu ghi theo nên không thay nội dung được; "
            "đặt mã khác cho nội dung mới, ví dụ thêm năm của quyết định sửa đổi."
        )
