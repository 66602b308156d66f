"""Phần giao như đơn vị dưới thấy: what is in force, what it replaced, and what an amendment sent for signing would change.

While an amendment is being written nothing of it is seen below: the share in force stands. Once it is sent for signing
the new share stands beside it and is what an answer is asked for; a share that does not change keeps its answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ntm.records.planning.models import Plan, PlanTarget, TargetShare
from ntm.records.planning.queries import days

__all__ = ["Given", "chains", "given_to"]


@dataclass(frozen=True)
class Given:
    """Một phần giao. `now`: in force on the day; `before`: in the version before it; `coming`: in the draft that waits for
    its signature. `before` and `coming` are told only where they are not the same as `now`."""

    plan: Plan
    now: TargetShare | None
    before: TargetShare | None
    coming: TargetShare | None
    ends: bool  # the draft that waits for its signature takes the share away
    on: date
    taken: PlanTarget | None  # the target of the unit's own plan that took it up, or took up what it replaced

    @property
    def share(self) -> TargetShare:
        """Phần đang nói đến: the new one where there is one, else the one in force, else the one taken away."""
        found = self.coming or self.now or self.before
        assert found is not None  # a line without a share is not made
        return found

    @property
    def gone(self) -> bool:
        """Đã thôi giao."""
        return self.now is None and self.coming is None

    @property
    def answer(self) -> str:
        return days.answer_on(self.share, self.on)

    @property
    def waits(self) -> bool:
        """Chờ đơn vị trả lời."""
        return not (self.gone or self.ends or self.answer)

    @property
    def carried(self) -> bool:
        """Kế hoạch của đơn vị đã ghi đúng như phần giao."""
        return self.taken is not None and (
            self.taken.share_of_id == self.share.pk
            or (self.taken.value, self.taken.due) == (self.share.value, self.share.due)
        )


def given_to(unit_id: int, year: int, on: date) -> list[Given]:
    """Phần giao cho một đơn vị trong năm, by upper plans that were sent down or issued by that day; a few queries."""
    rows = (
        TargetShare.objects.filter(unit_id=unit_id, target__plan__year__lte=year, target__plan__year_to__gte=year)
        .exclude(days.closed_by(on, "target__plan__"))
        .annotate(force=days.no_in_force(on, "target__plan"), sent=days.no_sent(on, "target__plan"))
        .filter(Q(force__isnull=False) | Q(sent__isnull=False))
        .select_related("target__plan", "unit")
        .order_by("target__plan_id", "target__order", "pk")
    )
    found = list(rows)
    own = PlanTarget.objects.filter(share_of__in=[one.pk for one in found], until=None).order_by("pk")
    taken = {one.share_of_id: one for one in own}
    made = [_line(rows_of, taken, on) for rows_of in _lineages(found).values()]
    order = {one.pk: at for at, one in enumerate(found)}
    return sorted((one for one in made if one is not None), key=lambda one: order[one.share.pk])


def chains(unit_id: int, plan_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Phần giao -> those that it replaced, the nearest first."""
    rows = TargetShare.objects.filter(unit_id=unit_id, target__plan__in=plan_ids)
    older = dict(rows.values_list("pk", "replaces_id"))
    found = {}
    for pk in older:
        line, at = [], older[pk]
        while at is not None and at not in line:
            line.append(at)
            at = older.get(at)
        found[pk] = tuple(line)
    return found


def _lineages(rows: list[TargetShare]) -> dict[int, list[TargetShare]]:
    """The shares of one thing through the versions, by the first of them."""
    known = {one.pk: one for one in rows}
    found: dict[int, list[TargetShare]] = defaultdict(list)
    for one in rows:
        first = one
        while first.replaces_id in known:
            first = known[first.replaces_id]
        found[first.pk].append(one)
    return found


def _line(rows: list[TargetShare], taken: dict[int | None, PlanTarget], on: date) -> Given | None:
    force, sent = rows[0].force, rows[0].sent  # type: ignore[attr-defined]
    now = _standing(rows, force)
    coming = _standing(rows, sent) if sent is not None and (force is None or sent > force) else None
    before = _standing(rows, _version_before(rows, force)) if force is not None else None
    if now is None and coming is None and before is None:
        return None
    ends = sent is not None and now is not None and coming is None and sent > force
    same = now is not None and coming is not None and now.terms == coming.terms
    if before is not None and now is not None and before.terms == now.terms:
        before = None
    mine = next((taken[one.pk] for one in reversed(rows) if one.pk in taken), None)
    return Given(rows[0].target.plan, now, before, None if same else coming, ends, on, mine)


def _standing(rows: list[TargetShare], no: int | None) -> TargetShare | None:
    return next((one for one in rows if days.stands(one, no)), None)


def _version_before(rows: list[TargetShare], force: int) -> int | None:
    """The version before the one in force, where the one in force changed these shares."""
    return force - 1 if any(one.until == force > one.since for one in rows) else None
