"""Nhắc việc: told once a step, in the system and by one letter a person a day; a letter that failed is sent again."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ntm.domain.official.dates import write_date
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.people.models import User
from ntm.records.planning.models import OccurrenceState, Reminder, ReminderRun
from ntm.records.planning.queries.reminders import due
from ntm.records.planning.queries.unit_parts import UnitsDone, units_done

__all__ = ["RETRY", "Mailer", "Sent", "digest", "due", "run", "seen", "send"]

AGAIN = timedelta(minutes=30)  # a run of the day that was begun and never ended is taken up after this long
RETRY = 3  # days during which a letter that failed is tried again
Mailer = Callable[[str, str, str], None]  # to, subject, text
_log = logging.getLogger(__name__)
_STEPS = (Reminder.Step.OVERDUE, Reminder.Step.SOON, Reminder.Step.ESCALATED)
_HEADS = {
    Reminder.Step.OVERDUE: "Đã quá hạn",
    Reminder.Step.SOON: "Sắp đến hạn",
    Reminder.Step.ESCALATED: "Cơ quan được chỉ đạo chậm, cần đôn đốc",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """Đã nhắc: rows written, letters sent, letters that failed."""

    told: int
    mails: int
    failed: int


def run(on: date) -> Sent:
    """Chạy hằng ngày: what the worker calls each morning. The day is claimed first; a second run of it does nothing."""
    return send(on) if _claimed(on) else Sent(0, 0, 0)


def _claimed(on: date) -> bool:
    """Nhận việc nhắc của ngày, before anyone else does."""
    now = timezone.now()
    row, made = ReminderRun.objects.get_or_create(on=on, defaults={"began_at": now})
    if made:
        return True
    left = ReminderRun.objects.filter(pk=row.pk, ended_at=None, began_at__lt=now - AGAIN)
    return bool(left.update(began_at=now))


def send(on: date, mailer: Mailer | None = None) -> Sent:
    """Nhắc: first the rows, so that nobody is told twice; then a letter to each who has an address."""
    made = _write(on)
    waiting: dict[int, list[Reminder]] = defaultdict(list)
    rows = (
        Reminder.objects.filter(by_mail=False, on__lte=on, on__gt=on - timedelta(days=RETRY), user__is_active=True)
        .exclude(user__email="")
        .filter(occurrence__state__in=(OccurrenceState.OPEN, OccurrenceState.STARTED))
        .select_related("occurrence__task", "user")
        .order_by("user_id", "occurrence__due", "pk")
    )
    for row in rows:
        waiting[row.user_id].append(row)
    mails = failed = 0
    for mine in waiting.values():
        if _mailed(mine, on, mailer or _post):
            mails += 1
        else:
            failed += 1
    _told_of(on, made, mails, failed)
    if made or mails:
        with transaction.atomic():
            audit.record(
                actor=audit.system("Nhắc việc"),
                verb="reminder.send",
                subject="planning.reminder",
                unit_id=None,
                on=on,
                detail={"count": made, "mails": mails, "failed": failed},
            )
    return Sent(made, mails, failed)


def _told_of(on: date, made: int, mails: int, failed: int) -> None:
    """What the day came to, when a run of it ends; one ordered by hand adds to it."""
    now = timezone.now()
    row, _made = ReminderRun.objects.get_or_create(on=on, defaults={"began_at": now})
    ReminderRun.objects.filter(pk=row.pk).update(
        ended_at=now, told=F("told") + made, mails=F("mails") + mails, failed=failed
    )


def digest(user: User, rows: Iterable[Reminder], on: date) -> str:
    """Thư tổng hợp của một người."""
    by_step: dict[str, list[Reminder]] = defaultdict(list)
    for row in rows:
        by_step[row.step].append(row)
    done = units_done([row.occurrence_id for mine in by_step.values() for row in mine], on)
    parts = [f"Kính gửi: {user.full_name}", "", f"Việc cần chú ý ngày {write_date(on)}:"]
    for step in _STEPS:
        if by_step[step]:
            parts += ["", f"{_HEADS[step]} ({len(by_step[step])}):"]
            parts += [f"- {_told(row, on, done.get(row.occurrence_id))}" for row in by_step[step]]
    return "\n".join([*parts, "", "Thư này do hệ thống gửi; báo tiến độ tại trang Việc của tôi.", ""])


@transaction.atomic
def seen(actor: Actor, reminder_ids: Collection[int], *, on: date) -> int:
    """Đã xem: only one's own; how many were new."""
    mine = Reminder.objects.filter(pk__in=reminder_ids, user_id=actor.user_id, seen_at=None)
    count = mine.update(seen_at=timezone.now())
    if count:
        audit.record(
            actor=actor.stamp(),
            verb="reminder.seen",
            subject="planning.reminder",
            unit_id=actor.unit_id,
            on=on,
            detail={"count": count},
        )
    return count


@transaction.atomic
def _write(on: date) -> int:
    notices = due(on)
    Reminder.objects.bulk_create(
        [Reminder(occurrence=one.occurrence, user_id=one.user_id, step=one.step, on=on) for one in notices],
        ignore_conflicts=True,  # another worker may have told it at the same moment
        batch_size=1000,
    )
    return len(notices)


def _mailed(rows: list[Reminder], on: date, mailer: Mailer) -> bool:
    user = rows[0].user
    try:
        mailer(user.email, f"Nhắc việc nông thôn mới ngày {write_date(on)}: {len(rows)} việc", digest(user, rows, on))
    except OSError as error:  # a mail server that does not answer; the next run tries again
        _log.warning("the digest of user %s was not sent: %s", user.pk, error)
        return False
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(by_mail=True)
    return True


def _post(to: str, subject: str, text: str) -> None:
    send_mail(subject, text, None, [to])


def _told(row: Reminder, on: date, done: UnitsDone | None) -> str:
    last = row.occurrence.due
    units = f"; {done.done}/{done.all} đơn vị đã xong" if done else ""
    if last is None:
        return f"{row.occurrence.task.what}{units}"
    days = (last - on).days
    left = "hôm nay" if days == 0 else f"còn {days} ngày" if days > 0 else f"quá {-days} ngày"
    return f"{row.occurrence.task.what} (hạn {write_date(last)}, {left}{units})"
