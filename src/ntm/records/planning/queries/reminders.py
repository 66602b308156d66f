"""Nhắc việc: who is to be told of what on a day, and what each person was told in the system."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from ntm.records.people.models import Holding, Role, User
from ntm.records.people.queries import running
from ntm.records.planning.bodies import people_of, people_seated
from ntm.records.planning.models import Occurrence, OccurrenceState, PersonPart, Reminder, ReminderRun, TaskBody
from ntm.records.planning.queries.tasks import SOON

__all__ = ["ESCALATE_AFTER", "OLDEST", "Notice", "ToldPerson", "due", "last_run", "listed", "told_of_unit", "unseen"]

ESCALATE_AFTER = 7  # days past the last day after which the directing body is told
OLDEST = 90  # days past the last day after which nobody is reminded any more
_CHASING = (
    Role.COORDINATION_OFFICE,
    Role.COMMUNE_OFFICER,
    Role.VILLAGE_BOARD,
)  # who gave it chases where nobody is known


@dataclass(frozen=True, slots=True)
class Notice:
    """Một lời nhắc: one person, one occurrence, one step."""

    user_id: int
    step: Reminder.Step
    occurrence: Occurrence


def due(on: date) -> list[Notice]:
    """Hôm nay phải nhắc ai việc gì, that was not told before; a fixed number of queries."""
    rows = list(
        Occurrence.objects.filter(
            state__in=(OccurrenceState.OPEN, OccurrenceState.STARTED),
            due__gte=on - timedelta(days=OLDEST),
            due__lte=on + timedelta(days=SOON),
        )
        .select_related("task")
        .order_by("due", "pk")
    )
    people = _Recipients(rows, on)
    told = set(Reminder.objects.filter(occurrence__in=rows).values_list("occurrence_id", "user_id", "step"))
    found: list[Notice] = []
    for row in rows:
        found += [
            notice for notice in people.notices(row, on) if (row.pk, notice.user_id, notice.step.value) not in told
        ]
    return found


def listed(user_id: int, on: date) -> QuerySet[Reminder]:
    """Lời nhắc của một người of the last days about work that has not ended; the newest first."""
    return (
        Reminder.objects.filter(user_id=user_id, on__lte=on, on__gte=on - timedelta(days=OLDEST))
        .filter(occurrence__state__in=(OccurrenceState.OPEN, OccurrenceState.STARTED))
        .select_related("occurrence__task")
        .order_by("-on", "occurrence__due", "pk")
    )


def unseen(user_id: int, on: date) -> int:
    """Còn bao nhiêu lời nhắc chưa xem."""
    return listed(user_id, on).filter(seen_at=None).count()


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """Một người được nhắc trong một ngày: how many of each step, and whether a letter went."""

    user: User
    soon: int
    overdue: int
    escalated: int
    mailed: bool


def last_run(on: date) -> ReminderRun | None:
    """Lần nhắc gần nhất up to the day."""
    return ReminderRun.objects.filter(on__lte=on).order_by("-on").first()


def told_of_unit(unit_id: int, day: date) -> list[ToldPerson]:
    """Ngày đó ai được nhắc về việc do đơn vị này giao; two queries."""
    rows = Reminder.objects.filter(on=day).filter(
        Q(occurrence__task__unit_id=unit_id) | Q(occurrence__of_unit_id=unit_id)
    )
    steps = Reminder.Step
    counted = (
        rows.order_by()
        .values("user_id")
        .annotate(
            soon=Count("pk", filter=Q(step=steps.SOON)),
            overdue=Count("pk", filter=Q(step=steps.OVERDUE)),
            escalated=Count("pk", filter=Q(step=steps.ESCALATED)),
            mailed=Count("pk", filter=Q(by_mail=True)),
        )
    )
    found = {row["user_id"]: row for row in counted}
    users = User.objects.filter(pk__in=found).order_by("full_name", "pk")
    return [
        ToldPerson(user, row["soon"], row["overdue"], row["escalated"], bool(row["mailed"]))
        for user in users
        for row in (found[user.pk],)
    ]


class _Recipients:
    """Whom each task concerns: of its lead, of its directing body, of who gave it."""

    def __init__(self, rows: list[Occurrence], on: date) -> None:
        tasks = {row.task_id for row in rows}
        parts = TaskBody.objects.filter(
            task_id__in=tasks, body__isnull=False, part__in=(TaskBody.Part.LEAD, TaskBody.Part.DIRECTING)
        )
        self._bodies: dict[tuple[int, str], list[int]] = defaultdict(list)
        for task_id, part, body_id in parts.order_by("pk").values_list("task_id", "part", "body_id"):
            self._bodies[task_id, part].append(body_id)
        self._people = people_of({body for found in self._bodies.values() for body in found}, on)
        sat = {(row.of_unit_id, row.of_kind) for row in rows if row.of_unit_id is not None}
        self._seated = people_seated(sat, on) if sat else {}
        self._own: dict[int, list[int]] = defaultdict(list)
        given = PersonPart.objects.filter(occurrence__in=rows, withdrawn_at=None, done_on=None, user__is_active=True)
        for row, user in given.order_by("pk").values_list("occurrence_id", "user_id"):
            self._own[row].append(user)
        self._givers: dict[int | None, list[int]] = defaultdict(list)
        held = Holding.objects.filter(
            running(on),
            user__is_active=True,
            office__unit_id__in={row.task.unit_id for row in rows},
            office__role__in=_CHASING,
        )
        for unit, user in held.order_by("pk").values_list("office__unit_id", "user_id"):
            self._givers[unit].append(user)

    def notices(self, row: Occurrence, on: date) -> Iterable[Notice]:
        """Every notice that the row calls for on the day."""
        if row.due is None:
            return
        step = Reminder.Step.SOON if row.due >= on else Reminder.Step.OVERDUE
        if row.of_unit_id is not None:  # the whole is escalated, not each unit's part of it
            for user in dict.fromkeys((*self._seated[row.of_unit_id, row.of_kind], *self._own[row.pk])):
                yield Notice(user, step, row)
            return
        workers = self._of(row, TaskBody.Part.LEAD) + self._own[row.pk]
        for user in dict.fromkeys(workers or self._givers[row.task.unit_id]):
            yield Notice(user, step, row)
        if (on - row.due).days > ESCALATE_AFTER:
            directing = self._of(row, TaskBody.Part.DIRECTING) or self._givers[row.task.unit_id]
            for user in dict.fromkeys(directing):
                yield Notice(user, Reminder.Step.ESCALATED, row)

    def _of(self, row: Occurrence, part: str) -> list[int]:
        return [user for body in self._bodies[row.task_id, part] for user in self._people.get(body, ())]
