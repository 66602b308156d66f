"""Nhu cầu và huy động: what is needed, what is hoped for, what a document states as the sum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.records.audit import services as audit
from ntm.records.funding import rules
from ntm.records.funding.models import Mobilisation, Need, Stated, StatedTotal
from ntm.records.funding.refusals import Refused
from ntm.records.people.authority import Actor
from ntm.records.standing.models import Gap

__all__ = ["plan_mobilisation", "record_need", "state_total", "withdraw_total"]


@transaction.atomic
def record_need(
    actor: Actor,
    *,
    unit_id: int,
    year: int,
    amount: int,
    on: date,
    text: str = "",
    set_code: str = "",
    criterion_no: int | None = None,
    gap_id: int | None = None,
    works_id: int | None = None,
    note: str = "",
) -> Need:
    """Ghi nhu cầu vốn: of a gap or works (their words and criterion are taken over), or on its own."""
    actor.require("money.record", unit_id, on=on)
    rules.refuse_when_not_living(unit_id, on)
    rules.refuse_when_locked(unit_id, year, on)
    rules.check_amount(amount)
    if gap_id is not None and works_id is not None:
        raise Refused("Một nhu cầu thuộc hạng mục còn thiếu hoặc công trình, không cả hai.")
    works = rules.find_works(works_id, unit_id)
    if gap_id is not None:
        gap = Gap.objects.select_related("set").filter(pk=gap_id, unit_id=unit_id).first()
        if gap is None:
            raise Refused("Không tìm thấy hạng mục còn thiếu này ở đơn vị.")
        text, set_code, criterion_no = text or gap.text, gap.set.code, gap.criterion_no
    if works is not None:
        text, set_code, criterion_no = text or works.name, works.set_code, works.criterion_no
    if not text.strip():
        raise Refused("Ghi rõ nội dung của nhu cầu vốn.")
    need = Need.objects.create(
        unit_id=unit_id,
        year=year,
        amount=amount,
        on=on,
        placed_on=on,
        text=text.strip()[:500],
        set_code=set_code,
        criterion_no=criterion_no,
        gap_id=gap_id,
        works=works,
        note=note,
        **rules.signature(actor),
    )
    detail = {"year": year, "amount": write_amount(amount), "text": need.text}
    audit.record(actor=actor.stamp(), verb="money.need", subject=need, unit_id=unit_id, on=on, detail=detail)
    return need


@transaction.atomic
def plan_mobilisation(
    actor: Actor,
    *,
    unit_id: int,
    year: int,
    source: str,
    kind: str,
    amount: int,
    on: date,
    text: str = "",
    condition: str = "",
    share: Decimal | None = None,
    criterion_no: int | None = None,
    note: str = "",
) -> Mobilisation:
    """Ghi dự kiến huy động. `condition`: money that comes only when something is reached, kept apart in every balance."""
    actor.require("money.record", unit_id, on=on)
    rules.refuse_when_not_living(unit_id, on)
    rules.refuse_when_locked(unit_id, year, on)
    rules.check_amount(amount)
    known = rules.source_of(source, year, kind, planned=True)
    if share is not None and not 0 < share <= 100:
        raise Refused("Tỷ lệ được hưởng phải lớn hơn 0 và không quá 100%.")
    line = Mobilisation.objects.create(
        unit_id=unit_id,
        year=year,
        amount=amount,
        on=on,
        placed_on=on,
        source=source,
        kind=kind,
        text=text.strip()[:500],
        condition=condition.strip()[:500],
        share=share,
        criterion_no=criterion_no,
        note=note,
        **rules.signature(actor),
    )
    detail = {"year": year, "amount": write_amount(amount), "source": known.name, "condition": line.condition}
    audit.record(actor=actor.stamp(), verb="money.mobilise", subject=line, unit_id=unit_id, on=on, detail=detail)
    return line


@transaction.atomic
def state_total(
    actor: Actor,
    *,
    unit_id: int,
    year: int,
    what: str,
    amount: int,
    on: date,
    place: str,
    sources: Sequence[str] = (),
    kind: str = "",
    criterion_no: int | None = None,
) -> StatedTotal:
    """Ghi số tổng mà văn bản nêu: it stands beside the derived one; `sources` when only some are added up."""
    actor.require("money.record", unit_id, on=on)
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
        raise Refused("Số tổng phải là số nguyên đồng, không âm.")
    if what not in Stated.values:
        raise Refused(f"Không có số tổng loại “{what}”; chọn một trong: {', '.join(Stated.values)}.")
    if not place.strip():
        raise Refused("Ghi rõ số tổng này ở văn bản nào, chỗ nào.")
    known = {source.code for source in funds.catalogue().of_year(year)}
    strange = sorted(set(sources) - known)
    if strange:
        raise Refused(f"Không có nguồn vốn “{strange[0]}” năm {year}.")
    total = StatedTotal.objects.create(
        unit_id=unit_id,
        year=year,
        what=what,
        amount=amount,
        on=on,
        place=place.strip()[:500],
        sources=sorted(set(sources)),
        kind=kind,
        criterion_no=criterion_no,
        **rules.signature(actor),
    )
    detail = {"year": year, "amount": write_amount(amount), "what": Stated(what).label, "place": total.place}
    audit.record(actor=actor.stamp(), verb="money.state", subject=total, unit_id=unit_id, on=on, detail=detail)
    return total


@transaction.atomic
def withdraw_total(actor: Actor, total_id: int, *, on: date, reason: str) -> StatedTotal:
    """Rút số tổng ghi nhầm: the row stays, and is no longer shown."""
    total = StatedTotal.objects.select_for_update().filter(pk=total_id, withdrawn_at__isnull=True).first()
    if total is None:
        raise Refused("Không tìm thấy số tổng này, hoặc đã rút.")
    actor.require("money.record", total.unit_id, on=on)
    if not reason.strip():
        raise Refused("Ghi lý do rút số tổng.")
    total.withdrawn_at = timezone.now()
    total.save(update_fields=["withdrawn_at"])
    detail = {"amount": write_amount(total.amount), "what": total.get_what_display(), "reason": reason.strip()}
    audit.record(actor=actor.stamp(), verb="money.unstate", subject=total, unit_id=total.unit_id, on=on, detail=detail)
    return total
