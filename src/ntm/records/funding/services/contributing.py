"""Đóng góp của nhân dân: recorded by the village board, valued by a dated price decision; voluntary and public."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.records.audit import services as audit
from ntm.records.funding import rules
from ntm.records.funding.models import Contribution, Form, PriceDecision, Works
from ntm.records.funding.refusals import Refused
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units

__all__ = ["decide_price", "record_contribution"]


@transaction.atomic
def decide_price(
    actor: Actor,
    *,
    unit_id: int,
    form: str,
    name: str,
    measure: str,
    price: int,
    number: str,
    issued_on: date,
    start: date,
    end: date | None = None,
    note: str = "",
) -> PriceDecision:
    """Ghi đơn giá quy đổi: it holds at the unit and below it from its day on; the earlier one ends there."""
    actor.require("money.record", unit_id, on=issued_on)
    if form not in Form.values or form == Form.CASH:
        raise Refused("Đơn giá quy đổi dùng cho ngày công, đất, vật liệu; tiền thì không quy đổi.")
    rules.check_amount(price, "Đơn giá")
    if not (name.strip() and measure.strip() and number.strip()):
        raise Refused("Ghi đủ tên, đơn vị tính và số quyết định của đơn giá.")
    if end is not None and end <= start:
        raise Refused("Ngày hết hiệu lực của đơn giá phải sau ngày bắt đầu.")
    same = PriceDecision.objects.select_for_update().filter(unit_id=unit_id, form=form, name=name.strip())
    if same.filter(start__gte=start).exists():
        raise Refused(f"Đã có đơn giá “{name.strip()}” từ ngày đó hoặc sau đó; chọn ngày bắt đầu sau.")
    open_one = same.on(start).first()
    if open_one:
        open_one.end = start
        open_one.save(update_fields=["end"])
    decision = PriceDecision.objects.create(
        unit_id=unit_id,
        form=form,
        name=name.strip(),
        measure=measure.strip(),
        price=price,
        number=number.strip(),
        issued_on=issued_on,
        start=start,
        end=end,
        note=note,
        **rules.signature(actor),
    )
    detail = {
        "name": decision.name,
        "amount": write_amount(price),
        "measure": decision.measure,
        "number": decision.number,
    }
    audit.record(
        actor=actor.stamp(), verb="contribution.price", subject=decision, unit_id=unit_id, on=issued_on, detail=detail
    )
    return decision


@transaction.atomic
def record_contribution(
    actor: Actor,
    *,
    unit_id: int,
    on: date,
    form: str,
    contributor: str,
    quantity: Decimal,
    receipt: str,
    consent: bool = False,
    price_id: int | None = None,
    works_id: int | None = None,
    criterion_no: int | None = None,
    meeting: str = "",
    note: str = "",
) -> Contribution:
    """Ghi đóng góp: cash in đồng (quantity is the amount), the rest by quantity and price decision of that day."""
    actor.require("contribution.record", unit_id, on=on)
    rules.refuse_when_not_living(unit_id, on)
    rules.refuse_when_locked(unit_id, on.year, on)
    if form not in Form.values:
        raise Refused(f"Hình thức đóng góp là một trong: {', '.join(Form(one).label for one in Form.values)}.")
    if not contributor.strip() or not receipt.strip():
        raise Refused("Ghi người đóng góp và số phiếu thu.")
    _refuse_wrong_quantity(quantity)
    rules.source_of(f"people.{form}", on.year, "own")
    price = _price(form, price_id, unit_id, on)
    amount = funds.value_of(quantity, price.price) if price else _cash(quantity)
    rules.check_amount(amount, "Giá trị đóng góp")
    if Contribution.objects.filter(
        unit_id=unit_id, year=on.year, receipt=receipt.strip(), reverses__isnull=True, reversed_by__isnull=True
    ).exists():
        raise Refused(f"Phiếu thu {receipt} năm {on.year} của đơn vị này đã ghi rồi.")
    works = _works_here(works_id, unit_id, on)
    contribution = Contribution.objects.create(
        unit_id=unit_id,
        year=on.year,
        on=on,
        placed_on=on,
        amount=amount,
        form=form,
        contributor=contributor.strip()[:200],
        consent=consent,
        quantity=quantity,
        measure=price.measure if price else "đồng",
        price=price,
        works=works,
        criterion_no=works.criterion_no if works else criterion_no,
        receipt=receipt.strip()[:60],
        meeting=meeting.strip()[:300],
        note=note,
        **rules.signature(actor),
    )
    detail = {
        "form": Form(form).label,
        "amount": write_amount(amount),
        "receipt": contribution.receipt,
        "quantity": str(quantity),
    }
    audit.record(
        actor=actor.stamp(), verb="contribution.record", subject=contribution, unit_id=unit_id, on=on, detail=detail
    )
    return contribution


def _refuse_wrong_quantity(quantity: Decimal) -> None:
    if not isinstance(quantity, Decimal) or not quantity.is_finite() or quantity <= 0:
        raise Refused("Số lượng đóng góp phải là số lớn hơn 0.")
    if quantity != quantity.quantize(Decimal("0.001")) or quantity >= Decimal(10) ** 11:
        raise Refused("Số lượng đóng góp ghi nhiều nhất ba số lẻ, dưới 100 tỷ.")


def _cash(quantity: Decimal) -> int:
    if quantity != quantity.to_integral_value():
        raise Refused("Tiền đóng góp ghi bằng số nguyên đồng.")
    return int(quantity)


def _price(form: str, price_id: int | None, unit_id: int, on: date) -> PriceDecision | None:
    if form == Form.CASH:
        if price_id is not None:
            raise Refused("Đóng góp bằng tiền thì không quy đổi theo đơn giá.")
        return None
    if price_id is None:
        raise Refused(f"Đóng góp bằng {Form(form).label} cần đơn giá quy đổi theo quyết định.")
    price = PriceDecision.objects.on(on).filter(pk=price_id, form=form).first()
    if price is None:
        raise Refused(f"Đơn giá này không dùng cho {Form(form).label} vào ngày {on:%d/%m/%Y}.")
    if price.unit_id not in (unit_id, *units.ancestor_ids(unit_id, on)):
        raise Refused("Đơn giá này của địa bàn khác.")
    return price


def _works_here(works_id: int | None, unit_id: int, on: date) -> Works | None:
    """A village gives to works of its commune too."""
    works = rules.find_works(works_id)
    if works is not None and works.unit_id not in (unit_id, *units.ancestor_ids(unit_id, on)):
        raise Refused(f"Công trình {works.code} không thuộc địa bàn này.")
    return works
