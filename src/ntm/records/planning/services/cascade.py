"""Giao chỉ tiêu xuống dưới: shares given by hand or spread, answered, taken up; a whole plan parcelled out at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ntm.records.people.authority import Actor
from ntm.records.planning import derivation
from ntm.records.planning.models import PlanTarget, PlanVersion, TargetShare, VersionState
from ntm.records.planning.queries import given
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing, targets
from ntm.records.planning.services import seen as seeing
from ntm.records.units import queries as units

__all__ = [
    "Cascaded",
    "accept_shares",
    "answer_share",
    "cascade",
    "give_shares",
    "remove_shares",
    "spread_shares",
    "take_up",
]

_SEEN = (VersionState.REVIEWED, VersionState.ISSUED)


@dataclass(frozen=True, slots=True)
class Cascaded:
    """Kết quả phân khai: shares written and those that stood already; targets that nothing could be derived for."""

    made: int
    changed: int
    same: int
    without: tuple[int, ...] = ()


@transaction.atomic
def give_shares(
    actor: Actor,
    plan_id: int,
    target_id: int,
    shares: Mapping[int, Decimal | None],
    *,
    on: date,
    deadline_words: str = "",
    seen: Mapping[int, str] | None = None,
) -> list[TargetShare]:
    """Giao phần cho nhiều đơn vị: unit -> value; None gives by name only. A changed share waits for an answer again.
    `seen`: the mark of each unit's share as the page showed it ("" for none)."""
    found = editing.draft(actor, plan_id, on)
    target = editing.living(PlanTarget, found, target_id)
    if not shares:
        raise Refused("Chọn đơn vị để giao.")
    _unchanged(found, target, seen)
    if any(value is not None and value < 0 for value in shares.values()):
        raise Refused("Phần giao không thể âm.")
    below = set(units.descendant_ids(found.plan.unit_id, on)) - {found.plan.unit_id}
    if set(shares) - below:
        raise Refused("Có đơn vị không ở dưới đơn vị lập kế hoạch trong ngày này.")
    words = " ".join(deadline_words.split())
    plan = found.plan
    due = (
        editing.understood(words, issued=found.version.issued_on, year=plan.year, year_to=plan.year_to)
        if words
        else target.due
    )
    wanted = {(target.pk, unit): (value, words or target.deadline_words, due) for unit, value in shares.items()}
    _write(found, wanted)
    editing.log(actor, "plan.share", plan, on, subject=target, no=found.no, what=target.what[:200], count=len(shares))
    rows = TargetShare.objects.in_version(found.no).filter(target=target, unit_id__in=shares)
    return list(rows.order_by("unit_id"))


def spread_shares(
    actor: Actor, plan_id: int, target_id: int, unit_ids: Sequence[int], *, on: date, deadline_words: str = ""
) -> list[TargetShare]:
    """Chia đều chỉ tiêu: whole numbers stay whole, the first units take what is over."""
    target = PlanTarget.objects.filter(pk=target_id, plan_id=plan_id).first()
    if target is None or target.value is None:
        raise Refused("Chỉ tiêu này không có mức bằng số nên không chia đều được.")
    ids = list(dict.fromkeys(unit_ids))
    shares = dict(zip(ids, derivation.spread(target.value, len(ids)), strict=True))
    return give_shares(actor, plan_id, target_id, shares, on=on, deadline_words=deadline_words)


@transaction.atomic
def remove_shares(
    actor: Actor,
    plan_id: int,
    target_id: int,
    unit_ids: Iterable[int],
    *,
    on: date,
    seen: Mapping[int, str] | None = None,
) -> int:
    """Thôi giao cho các đơn vị này."""
    found = editing.draft(actor, plan_id, on)
    target = editing.living(PlanTarget, found, target_id)
    _unchanged(found, target, seen)
    rows = list(TargetShare.objects.in_version(found.no).filter(target=target, unit_id__in=list(unit_ids)))
    editing.removed(rows, found.no)
    if rows:
        editing.log(
            actor, "plan.share", found.plan, on, subject=target, no=found.no, what=f"thôi giao: {target.what[:180]}",
            count=len(rows),
        )  # fmt: skip
    return len(rows)


@transaction.atomic
def cascade(actor: Actor, plan_id: int, *, on: date) -> Cascaded:
    """Phân khai cả kế hoạch: every target that the cells or the communes' shares bear out gets a share for each
    commune and each district; a fixed number of queries, one entry in the log. Shares that stand are left alone,
    with their answers; those derived otherwise now are written anew and wait for an answer again."""
    found = editing.draft(actor, plan_id, on)
    plan = found.plan
    targets = list(PlanTarget.objects.in_version(found.no).filter(plan=plan).order_by("order", "pk"))
    cells = list(
        plan.cells.in_version(found.no).values_list("unit_id", "criterion_no", "mode")  # type: ignore[attr-defined]
    )
    given: dict[int, dict[int, Decimal | None]] = {}
    shares = TargetShare.objects.in_version(found.no).filter(target__in=targets)
    for target_id, unit_id, value in shares.values_list("target_id", "unit_id", "value"):
        given.setdefault(target_id, {})[unit_id] = value
    area = derivation.Area.of(plan.unit_id, on, plan.set.level if plan.set else "xa")
    wanted, without = {}, []
    for target in targets:
        derived = derivation.shares_of(target, cells, given.get(target.pk, {}), area)
        if not derived and target.pk not in given:
            without.append(target.pk)
        for unit_id, value in derived.items():
            wanted[target.pk, unit_id] = (value, target.deadline_words, target.due)
    made, changed, same = _write(found, wanted)
    editing.log(actor, "plan.cascade", plan, on, no=found.no, count=made + changed, without=len(without))
    return Cascaded(made, changed, same, tuple(without))


@transaction.atomic
def answer_share(actor: Actor, share_id: int, *, accept: bool, on: date, reason: str = "") -> TargetShare:
    """Trả lời phần giao: the lower office accepts, or objects with a reason; the answer may be changed until taken up."""
    share = (
        TargetShare.objects.select_for_update(of=("self",)).select_related("target__plan").filter(pk=share_id).first()
    )
    if share is None:
        raise Refused("Không tìm thấy phần giao này; tải lại trang.")
    actor.require("plan.answer", share.unit_id, on=on)
    _answerable(share)
    if not accept and len(reason.strip()) < 5:
        raise Refused("Ghi lý do đề nghị điều chỉnh để cấp trên xem xét.")
    if not accept and share.taken_up.filter(until__isnull=True).exists():
        raise Refused("Phần giao này đã đưa vào kế hoạch của đơn vị; bỏ chỉ tiêu đó trước khi đề nghị điều chỉnh.")
    share.answer = TargetShare.Answer.ACCEPTED if accept else TargetShare.Answer.OBJECTED
    share.reason, share.answered_by_id, share.answered_at = reason.strip(), actor.user_id, timezone.now()
    share.answered_on = on
    same = [one for one in share.replaced_by.all() if one.terms == share.terms]  # in an amendment being drafted
    for one in same:
        _answered_as(one, share)
    TargetShare.objects.bulk_update([share, *same], _ANSWER)
    editing.log(
        actor, "plan.answer_share", share.target.plan, on,
        subject=share, what=share.target.what[:200], answer=share.get_answer_display(), reason=share.reason,
        unit=share.unit_id,
    )  # fmt: skip
    return share


@transaction.atomic
def accept_shares(actor: Actor, share_ids: Iterable[int], *, on: date) -> int:
    """Nhận các phần đã xem, all of them or none; each with its own entry in the log."""
    ids = list(dict.fromkeys(share_ids))
    if not ids:
        raise Refused("Không có phần nào chờ trả lời.")
    for one in ids:
        answer_share(actor, one, accept=True, on=on)
    return len(ids)


@transaction.atomic
def take_up(actor: Actor, plan_id: int, share_ids: Iterable[int], *, on: date) -> list[PlanTarget]:
    """Đưa phần giao vào kế hoạch của mình: each accepted share becomes a target of the unit's own draft; one that
    replaced a share taken up before changes that target."""
    found = editing.draft(actor, plan_id, on)
    wanted = set(share_ids)
    rows = TargetShare.objects.filter(pk__in=wanted).select_related("target__plan").order_by("target__order", "pk")
    shares = [one for one in rows if _stands_below(one)]
    if not shares or len(shares) != len(wanted):
        raise Refused("Có phần giao không còn nữa; tải lại trang.")
    if any(share.unit_id != found.plan.unit_id for share in shares):
        raise Refused("Có phần giao không phải của đơn vị lập kế hoạch này.")
    if any(share.answer != TargetShare.Answer.ACCEPTED for share in shares):
        raise Refused("Nhận phần giao trước, rồi mới đưa vào kế hoạch.")
    taken = {
        one.share_of_id: one
        for one in PlanTarget.objects.in_version(found.no).filter(plan=found.plan, share_of__isnull=False)
    }
    if wanted & taken.keys():
        raise Refused("Có phần giao đã ở trong kế hoạch này rồi.")
    chains = given.chains(found.plan.unit_id, {share.target.plan_id for share in shares})
    first = editing.next_order(PlanTarget, plan_id, found.no)
    made, new = [], []
    for share in shares:
        before = next((taken[one] for one in chains.get(share.pk, ()) if one in taken), None)
        if before is not None:
            made.append(targets.retaken(before, share, found.no))
        else:
            new.append(_own(share, found, first + len(new)))
    PlanTarget.objects.bulk_create(new)
    made += new
    if found.plan.upper_id is None and len({share.target.plan_id for share in shares}) == 1:
        found.plan.upper_id = shares[0].target.plan_id
        found.plan.save(update_fields=["upper"])
    editing.log(actor, "plan.take_up", found.plan, on, no=found.no, count=len(made))
    return made


def _unchanged(found: editing.Draft, target: PlanTarget, seen: Mapping[int, str] | None) -> None:
    """Stale, with the units whose shares are not what was seen."""
    if not seen:
        return
    rows = TargetShare.objects.in_version(found.no).filter(target=target, unit_id__in=seen)
    now = {row.unit_id: seeing.mark_of(map(str, row.terms)) for row in rows}
    if apart := [unit for unit, was in seen.items() if was != now.get(unit, "")]:
        names = units.labels(apart, found.plan.on)
        told = ", ".join(names[one].title for one in apart[:5])
        raise seeing.Stale(f"Người khác vừa đổi phần giao của {told}; xem số mới rồi ghi lại nếu vẫn muốn thay.", apart)


def _own(share: TargetShare, found: editing.Draft, order: int) -> PlanTarget:
    """The share as the lower unit's own target; a title given by name, or to one commune, is its own title."""
    target = share.target
    values = {
        name: getattr(target, name)
        for name in (
            "subject", "mode", "what", "title_kind", "title_level", "criterion_no", "indicator_code", "metric", "bound",
            "op", "measure",
        )
    }  # fmt: skip
    if target.subject == "title" and found.plan.level == target.title_level:
        values |= {"subject": "own_title", "title_level": ""}
    return PlanTarget(
        plan=found.plan,
        since=found.no,
        order=order,
        share_of=share,
        value=share.value,
        deadline_words=share.deadline_words,
        due=share.due,
        **values,
    )


def _stands_below(share: TargetShare) -> list[int]:
    """The versions that the lower offices see, in which this share stands."""
    rows = PlanVersion.objects.filter(plan_id=share.target.plan_id, no__gte=share.since, state__in=_SEEN)
    if share.until is not None:
        rows = rows.filter(no__lt=share.until)
    return list(rows.order_by("no").values_list("no", flat=True))


def _answerable(share: TargetShare) -> None:
    seen = _stands_below(share)
    if not seen and share.until is not None:
        raise Refused("Phần giao này đã được thay hoặc thôi giao; tải lại trang để xem phần mới.")
    if not seen:
        raise Refused("Kế hoạch cấp trên còn đang soạn; trả lời khi dự thảo được gửi xuống.")
    sent = PlanVersion.objects.filter(plan_id=share.target.plan_id, state=VersionState.REVIEWED).first()
    if sent is None or sent.no in seen or sent.no < seen[-1]:
        return
    if not any(one.terms == share.terms for one in share.replaced_by.in_version(sent.no)):
        raise Refused(f"Phần giao này đang được điều chỉnh ở lần {sent.no} đã gửi xuống; trả lời phần mới.")


_ANSWER = ("answer", "reason", "answered_by", "answered_at", "answered_on")


def _answered_as(row: TargetShare, other: TargetShare) -> TargetShare:
    """The same answer: it was given to the same terms."""
    row.answer, row.reason = other.answer, other.reason
    row.answered_by_id, row.answered_at, row.answered_on = other.answered_by_id, other.answered_at, other.answered_on
    return row


Wanted = dict[tuple[int, int], tuple[Decimal | None, str, date | None]]


def _write(found: editing.Draft, wanted: Wanted) -> tuple[int, int, int]:
    """Write shares in bulk: (made, changed, same)."""
    asked = TargetShare.objects.in_version(found.no).filter(target__in={target for target, _unit in wanted})
    here = {(row.target_id, row.unit_id): row for row in asked.select_related("replaces")}
    gone = _gone(found, wanted)
    new, replaced, same = [], [], 0
    for (target_id, unit_id), (value, words, due) in wanted.items():
        row = here.get((target_id, unit_id))
        if row is not None and (row.value, row.deadline_words, row.due) == (value, words, due):
            same += 1
            continue
        replaced += [row] if row is not None else []
        before = (row if row.since < found.no else row.replaces) if row is not None else gone.get((target_id, unit_id))
        made = TargetShare(
            target_id=target_id, unit_id=unit_id, since=found.no, value=value, deadline_words=words, due=due,
            replaces=before,
        )  # fmt: skip
        new.append(_answered_as(made, before) if before is not None and before.terms == made.terms else made)
    editing.removed(replaced, found.no)
    TargetShare.objects.bulk_create(new, batch_size=2000)
    return len(new) - len(replaced), len(replaced), same


def _gone(found: editing.Draft, wanted: Wanted) -> dict[tuple[int, int], TargetShare]:
    """Shares of these targets that the open version took away; given again, the one before is known."""
    rows = TargetShare.objects.filter(
        target__in={target for target, _unit in wanted}, until=found.no, since__lt=found.no
    )
    return {(row.target_id, row.unit_id): row for row in rows}
