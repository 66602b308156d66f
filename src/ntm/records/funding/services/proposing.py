"""Đề xuất phân bổ: asked for, worked out in the background, withdrawn; the price of its rules. It gives no money."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.audit import services as audit
from ntm.records.funding import rules, working_out
from ntm.records.funding.models import AllocationProposal, ProposalState, RulePricing
from ntm.records.funding.proposal_parameters import Asked
from ntm.records.funding.refusals import Refused
from ntm.records.people.authority import Actor
from ntm.records.standing import registry
from ntm.records.standing.models.intervals import Basis
from ntm.records.units import queries as units

__all__ = ["MOST_WAITING", "ask", "price_rules", "withdraw"]

MOST_WAITING = 3
_WIDER = {"tinh": 3, "huyen": 2, "xa": 1, "thon": 0}


@transaction.atomic
def ask(
    actor: Actor,
    *,
    unit_id: int,
    year: int,
    on: date,
    set_code: str,
    asked: Asked,
    title: str = "",
    basis: Basis = Basis.CONFIRMED,
    in_background: bool = True,
) -> AllocationProposal:
    """Yêu cầu lập đề xuất; runs in the background once the transaction is kept, else the caller runs it."""
    actor.require("money.allocate", unit_id, on=on)
    rules.refuse_when_not_living(unit_id, on)
    row = registry.by_code(set_code)
    if _WIDER[row.level] > _WIDER[units.get(unit_id).level]:
        raise Refused("Bộ tiêu chí này của cấp trên địa bàn: chọn bộ tiêu chí của đơn vị trong địa bàn.")
    asked.check(year)
    waiting = AllocationProposal.objects.select_for_update().filter(
        unit_id=unit_id, state__in=(ProposalState.QUEUED, ProposalState.RUNNING)
    )
    alive = [one for one in waiting if not working_out.dead(one)]
    if len(alive) >= MOST_WAITING:
        raise Refused(f"Đang có {len(alive)} phương án của địa bàn này chờ tính: đợi xong, hoặc rút bớt.")
    made = AllocationProposal.objects.create(
        unit_id=unit_id,
        title=(title.strip() or f"Phương án năm {year}")[:200],
        year=year,
        on=on,
        set=row,
        basis=basis,
        parameters=asked.to_json(),
        queued_at=timezone.now(),
        asked_by_id=actor.user_id,
        office=actor.office_label,
    )
    _log(actor, "proposal.ask", made, year=year)
    if in_background:
        transaction.on_commit(lambda: working_out.propose_in_background.enqueue(made.pk))
    return made


@transaction.atomic
def withdraw(actor: Actor, proposal_id: int, *, reason: str, on: date) -> AllocationProposal:
    """Rút: one that is being worked out stops; one that is done leaves the list and stays readable."""
    proposal = _held(proposal_id)
    actor.require("money.allocate", proposal.unit_id, on=on)
    if proposal.state == ProposalState.WITHDRAWN:
        raise Refused("Phương án này đã rút rồi.")
    if not reason.strip() and not proposal.running:
        raise Refused("Ghi lý do rút phương án.")
    proposal.state, proposal.withdrawn_at = ProposalState.WITHDRAWN, timezone.now()
    proposal.withdrawn_reason, proposal.step = reason.strip()[:500], ""
    proposal.save(update_fields=["state", "withdrawn_at", "withdrawn_reason", "step"])
    _log(actor, "proposal.withdraw", proposal, on=on, reason=proposal.withdrawn_reason)
    return proposal


@transaction.atomic
def price_rules(actor: Actor, proposal_id: int, *, on: date, in_background: bool = True) -> RulePricing:
    """Hỏi giá của từng quy tắc: solved again without each, in the background."""
    proposal = _held(proposal_id)
    actor.require("money.allocate", proposal.unit_id, on=on)
    if proposal.state != ProposalState.DONE:
        raise Refused("Phương án chưa tính xong, chưa hỏi được giá của quy tắc.")
    older = RulePricing.objects.filter(proposal=proposal).first()
    if older is not None and older.state == ProposalState.DONE:
        raise Refused("Giá của từng quy tắc đã tính rồi.")
    if older is not None and older.running and not working_out.dead(older):
        raise Refused("Đang tính giá của từng quy tắc: đợi xong.")
    pricing = older or RulePricing(proposal=proposal)
    pricing.state, pricing.percent, pricing.step, pricing.sentence = ProposalState.QUEUED, 0, "", ""
    pricing.queued_at, pricing.started_at, pricing.seen_at, pricing.finished_at = timezone.now(), None, None, None
    pricing.asked_by_id, pricing.office = actor.user_id, actor.office_label
    pricing.save()
    _log(actor, "proposal.price", proposal, on=on)
    if in_background:
        transaction.on_commit(lambda: working_out.price_in_background.enqueue(pricing.pk))
    return pricing


def _held(proposal_id: int) -> AllocationProposal:
    rows = AllocationProposal.objects.select_for_update(of=("self",)).defer("problem", "result")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None:
        raise Refused("Không tìm thấy đề xuất phân bổ này.")
    return proposal


def _log(actor: Actor, verb: str, proposal: AllocationProposal, *, on: date | None = None, **detail: object) -> None:
    audit.record(
        actor=actor.stamp(),
        verb=verb,
        subject=proposal,
        unit_id=proposal.unit_id,
        on=on or proposal.on,
        detail={"title": proposal.title, **detail},
    )
