"""Nhắc việc mỗi sáng: a task of the queue that reminds and has first set itself for the next morning.

This is where the clock enters: the services below it are told the day. One waits at a time; a morning that was missed is
made up as soon as a worker runs again; the day's run is claimed in the database, so no digest goes out twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend, task
from django_tasks_db.models import DBTaskResult

from ntm.records.people.models import Installation, InstallationKind, Office
from ntm.records.planning.models import ReminderRun
from ntm.records.planning.services import reminders

__all__ = ["MORNING", "days", "leaves", "next_at", "queued", "remind_every_morning", "schedule"]

MORNING = time(6, 30)  # of the country's own time: before the offices open


@task()
def remind_every_morning() -> None:
    """Nhắc việc của sáng nay; the next morning is set first, so that a run that breaks does not end the series."""
    now = timezone.now()
    _set(_after(now))
    for on in days(now):
        reminders.run(on)


def schedule(now: datetime) -> datetime | None:
    """Đặt lịch: nothing where one waits already; None where the installation has no queue that can wait."""
    if not queued():
        return None
    waiting = next_at()
    if waiting is not None:
        return waiting
    local = timezone.localtime(now)
    late = local.time() >= MORNING and not ReminderRun.objects.filter(on=local.date(), ended_at__isnull=False).exists()
    return _set(now if late else _after(now))


def next_at() -> datetime | None:
    """Lần tới."""
    waiting = DBTaskResult.objects.filter(
        task_path=remind_every_morning.module_path, status=TaskResultStatus.READY
    ).order_by("run_after")
    found = waiting.values_list("run_after", flat=True).first()
    return found if isinstance(found, datetime) else None


def queued() -> bool:
    """Có hàng đợi giữ được việc đến giờ."""
    return bool(default_task_backend.supports_defer)


def days(now: datetime) -> tuple[date, ...]:
    """Nhắc cho những ngày nào: today; in a demonstration also the days on which its offices stand, each once."""
    found = {timezone.localtime(now).date()}
    if Installation.objects.filter(kind=InstallationKind.DEMONSTRATION).exists():
        stood = Office.objects.filter(demonstration_day__isnull=False).order_by()
        found |= set(stood.values_list("demonstration_day", flat=True).distinct())
    return tuple(sorted(found))


def leaves() -> str:
    """Thư đi đâu: "out" to a mail server, "file", or "nowhere" (the server's own screen)."""
    kind = str(settings.EMAIL_BACKEND).rpartition(".")[0].rpartition(".")[2]
    return {"smtp": "out", "filebased": "file"}.get(kind, "nowhere")


def _after(now: datetime) -> datetime:
    """The next morning, in the country's own time."""
    local = timezone.localtime(now)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=local.tzinfo).astimezone(UTC)


def _set(at: datetime) -> datetime:
    """One waits at a time."""
    waiting = DBTaskResult.objects.filter(
        task_path=remind_every_morning.module_path, status=TaskResultStatus.READY, run_after__gt=timezone.now()
    )
    if not waiting.exists():
        remind_every_morning.using(run_after=at).enqueue()
    return at
