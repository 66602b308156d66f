"""Việc nền: a proposal is worked out, tells how far it is, stops when it is withdrawn, and is frozen with its hash."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone
from django_tasks import task

from ntm.domain.allocation import ProblemError, propose, rule_prices
from ntm.records.funding import frozen_proposal
from ntm.records.funding.models import AllocationProposal, ProposalState, RulePricing
from ntm.records.funding.models.proposals import BackgroundRun
from ntm.records.funding.proposal_parameters import Asked
from ntm.records.funding.queries import proposal_problem
from ntm.records.funding.refusals import Refused
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.refusals import Refused as StandingRefused

__all__ = ["STALE", "dead", "price", "price_in_background", "propose_in_background", "work_out"]

STALE = timedelta(minutes=25)  # a run that has not told of itself for so long has died
_TELL_EVERY = timedelta(seconds=0.7)
_WAITING_LONG = timedelta(days=1)
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Rút giữa chừng."""


@task()
def propose_in_background(proposal_id: int) -> None:
    """Lập đề xuất trong nền."""
    work_out(proposal_id)


@task()
def price_in_background(pricing_id: int) -> None:
    """Tính giá của từng quy tắc trong nền."""
    price(pricing_id)


def dead(run: BackgroundRun) -> bool:
    """The process that worked at it is gone."""
    if run.state == ProposalState.QUEUED:
        return timezone.now() - run.queued_at > _WAITING_LONG
    return run.running and timezone.now() - (run.seen_at or run.queued_at) > STALE


def work_out(proposal_id: int, told: Callable[[float, str], None] | None = None) -> AllocationProposal:
    """Lập đề xuất: queued -> running -> done or failed. Does nothing to one that is no longer waiting."""
    if not _take(AllocationProposal, proposal_id):
        return AllocationProposal.objects.get(pk=proposal_id)
    proposal = AllocationProposal.objects.select_related("set").get(pk=proposal_id)
    try:
        _freeze(proposal, told)
    except _Stopped:
        pass
    except (Refused, StandingRefused, ProblemError) as reason:
        _failed(proposal, str(reason))
    except Exception:
        _log.exception("proposal %s", proposal_id)
        _failed(proposal, "Chương trình gặp lỗi khi tính phương án này. Lập lại; nếu vẫn lỗi thì báo quản trị.")
    return AllocationProposal.objects.get(pk=proposal_id)


def _freeze(proposal: AllocationProposal, told: Callable[[float, str], None] | None) -> None:
    asked = Asked.from_json(proposal.parameters)
    tell = _teller(AllocationProposal, proposal.pk, told)
    tell(0.0, "gom số liệu của địa bàn")
    built = proposal_problem.build(
        proposal.unit_id, proposal.year, proposal.on, proposal.set, Basis(proposal.basis), asked
    )
    found = propose(built.problem, asked.seconds, lambda part, what: tell(0.1 + 0.8 * part, what))
    tell(0.9, "viết lời giải thích")
    problem = frozen_proposal.problem_to(built.problem)
    result = frozen_proposal.result_to(built.problem, found, built.about, built.remarks)
    now = timezone.now()
    rows = AllocationProposal.objects.filter(pk=proposal.pk, state=ProposalState.RUNNING)
    with transaction.atomic():  # one that was withdrawn meanwhile stays as it is
        rows.update(
            problem=problem,
            result=result,
            digest=frozen_proposal.digest_of(proposal.parameters, problem, result),
            state=ProposalState.DONE,
            percent=100,
            step="",
            finished_at=now,
            seen_at=now,
        )


def price(pricing_id: int) -> RulePricing:
    """Tính giá của từng quy tắc."""
    if not _take(RulePricing, pricing_id):
        return RulePricing.objects.get(pk=pricing_id)
    pricing = RulePricing.objects.select_related("proposal").get(pk=pricing_id)
    kept = pricing.proposal
    try:
        problem = frozen_proposal.problem_from(kept.problem)
        rows = rule_prices(
            problem, frozen_proposal.proposal_from(kept.result), Asked.from_json(kept.parameters).seconds
        )
    except Exception:
        _log.exception("prices of proposal %s", kept.pk)
        _failed(pricing, "Chương trình gặp lỗi khi tính giá của quy tắc. Hỏi lại; nếu vẫn lỗi thì báo quản trị.")
    else:
        found = [
            {
                "rule": one.rule,
                "titles": one.titles,
                "criteria": one.criteria,
                "debt_unpaid": one.debt_unpaid,
                "exact": one.exact,
                "words": one.vietnamese,
            }
            for one in rows
        ]
        RulePricing.objects.filter(pk=pricing_id, state=ProposalState.RUNNING).update(
            rows=found, state=ProposalState.DONE, percent=100, step="", finished_at=timezone.now()
        )
    return RulePricing.objects.get(pk=pricing_id)


def _take(model: type[models.Model], pk: int) -> bool:
    now = timezone.now()
    waiting = model._default_manager.filter(pk=pk, state=ProposalState.QUEUED)
    return bool(waiting.update(state=ProposalState.RUNNING, started_at=now, seen_at=now))


def _teller(
    model: type[models.Model], pk: int, told: Callable[[float, str], None] | None
) -> Callable[[float, str], None]:
    last: list[datetime] = []

    def tell(part: float, what: str) -> None:
        now = timezone.now()
        if told is not None:
            told(part, what)
        if last and now - last[-1] < _TELL_EVERY:
            return
        last[:] = [now]
        running = model._default_manager.filter(pk=pk, state=ProposalState.RUNNING)
        if not running.update(percent=min(99, int(100 * part)), step=what[:200], seen_at=now):
            raise _Stopped

    return tell


def _failed(run: BackgroundRun, sentence: str) -> None:
    rows = type(run)._default_manager.filter(pk=run.pk, state=ProposalState.RUNNING)
    rows.update(state=ProposalState.FAILED, sentence=sentence[:2000], step="", finished_at=timezone.now())
