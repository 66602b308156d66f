"""Tình trạng bản cài đặt: what is loaded, what law is unchecked, whether work in the background goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ntm.records.archive import queries as archive
from ntm.records.audit import queries as audit
from ntm.records.people.authority import Actor
from ntm.records.people.models import Installation, User
from ntm.records.standing.queries.steps import FirstSteps, first_steps
from ntm.records.units.models import Position

__all__ = ["BackgroundWork", "InstallationState", "installation"]


@dataclass(frozen=True)
class BackgroundWork:
    """Việc chạy nền: how many wait and since when, how many failed, when one was last finished."""

    queued: bool  # False: work is done at once, there is no queue
    waiting: int
    oldest: datetime | None
    running: int
    failed: int
    last: datetime | None


@dataclass(frozen=True)
class InstallationState:
    """Bản cài đặt hôm nay."""

    kind: str
    since: datetime | None
    version: str
    database: str
    steps: FirstSteps
    units: tuple[tuple[str, int], ...]  # level, how many on the day
    accounts: int
    closed: int
    work: BackgroundWork
    stored: int  # bytes
    log: tuple[int, str] | None  # number and hash of the last entry


def installation(actor: Actor, on: date) -> InstallationState:
    """Cho người lo hệ thống: Denied for all others."""
    actor.require("audit.read", None, on=on)
    installed = Installation.objects.first()
    levels = dict(Position.objects.on(on).values("level").annotate(units=Count("pk")).values_list("level", "units"))
    people = User.objects.aggregate(all=Count("pk"), closed=Count("pk", filter=Q(is_active=False)))
    return InstallationState(
        kind=str(installed) if installed else "chưa khai báo",
        since=installed.created if installed else None,
        version=version("ntm"),
        database=connection.vendor,
        steps=first_steps(on),
        units=tuple((level, levels.get(level, 0)) for level in ("tinh", "huyen", "xa", "thon")),
        accounts=people["all"],
        closed=people["closed"],
        work=_work(),
        stored=archive.total_size(),
        log=audit.last(),
    )


def _work() -> BackgroundWork:
    # what is set for a later hour waits for its hour, not for a worker
    ready = Q(pk__in=DBTaskResult.objects.ready().order_by().values("pk"))
    running = Q(status=TaskResultStatus.RUNNING)
    seen = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=ready),
        oldest=Min("enqueued_at", filter=ready),
        running=Count("pk", filter=running),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
        last=Max("finished_at"),
    )
    queued = settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db")
    return BackgroundWork(queued=queued, **seen)
