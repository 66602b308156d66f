"""Phân công phụ trách địa bàn, tiêu chí."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ntm.records.audit.services import record
from ntm.records.people import authority
from ntm.records.people.models import Body, User, Watch
from ntm.records.people.services.rules import NotPossible, closing_day
from ntm.records.units import queries as units


@transaction.atomic
def assign_watch(
    actor: authority.Actor,
    *,
    start: date,
    on: date,
    body: Body | None = None,
    user: User | None = None,
    unit_id: int | None = None,
    criterion: str = "",
    decision: str = "",
) -> Watch:
    """Phân công: one body or one person watches a unit, a criterion (in the body's area), or a criterion in a unit."""
    if (body is None) == (user is None):
        raise NotPossible(_("Chọn một cơ quan hoặc một người để phân công, không chọn cả hai."))
    criterion = criterion.strip()
    if unit_id is None and not criterion:
        raise NotPossible(_("Chọn địa bàn hoặc tiêu chí phải phụ trách."))
    authority.require(actor, "watch.assign", _area(unit_id, body), on=on)
    if body is not None and not body.on(start):
        raise NotPossible(_("Cơ quan «%(name)s» không hoạt động ngày bắt đầu phân công.") % {"name": body.name})
    if Watch.objects.filter(body=body, user=user, unit_id=unit_id, criterion=criterion, end=None).exists():
        raise NotPossible(_("Phân công này đã có và đang có hiệu lực."))
    watch = Watch.objects.create(
        body=body, user=user, unit_id=unit_id, criterion=criterion, start=start, decision=decision.strip()
    )
    _log(actor, "watch.assign", watch, on, start=start, decision=decision)
    return watch


@transaction.atomic
def end_watch(actor: authority.Actor, watch: Watch, *, end: date, on: date) -> Watch:
    """Thôi phân công: the first day on which it is no longer theirs."""
    authority.require(actor, "watch.assign", _area(watch.unit_id, watch.body), on=on)
    watch = Watch.objects.select_for_update(of=("self",)).select_related("body", "user").get(pk=watch.pk)
    closing_day(watch.start, watch.end, end, _("phân công này"))
    watch.end = end
    watch.save(update_fields=["end"])
    _log(actor, "watch.end", watch, on, end=end)
    return watch


def _area(unit_id: int | None, body: Body | None) -> int | None:
    """Where authority is asked: at the unit; for a criterion alone, at the unit of the body."""
    return unit_id if unit_id is not None or body is None else body.unit_id


def _log(actor: authority.Actor, verb: str, watch: Watch, on: date, **detail: object) -> None:
    unit = units.label(watch.unit_id, on).title if watch.unit_id else ""
    criterion = _("tiêu chí %(code)s") % {"code": watch.criterion} if watch.criterion else ""
    record(
        actor=actor.stamp(),
        verb=verb,
        subject=watch,
        unit_id=_area(watch.unit_id, watch.body),
        on=on,
        detail={
            "watcher": watch.body.name if watch.body else watch.user.full_name,
            "what": ", ".join(part for part in (criterion, unit) if part),
            **detail,
        },
    )
