"""Nhắc việc tự chạy mỗi sáng: set once, one waits at a time, a digest a day, made up when a morning was missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ntm.records.people.models import Installation, Office, User
from ntm.records.planning import daily
from ntm.records.planning.models import Reminder, ReminderRun
from ntm.records.planning.queries import reminders as asked
from ntm.records.planning.services import reminders
from ntm.records.standing.queries.installation import _work
from work_world import Work, build

EARLY = datetime(2020, 5, 9, 22, 0, tzinfo=UTC)  # five in the morning of the tenth in Hà Nội
MORNING = datetime(2020, 5, 9, 23, 30, tzinfo=UTC)
ON = date(2020, 5, 10)


@pytest.fixture
def queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    made = build(area, holder)
    made.add("Kiểm tra", "Chậm nhất 15/5/2020")
    made.issue()
    User.objects.filter(pk=made.actor["division"].user_id).update(email="nn@example.org")
    return made


def test_it_is_set_for_the_next_morning_once(db: None, queue: None) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    ReminderRun.objects.create(on=timezone.localdate(), began_at=timezone.now(), ended_at=timezone.now())
    first = daily.schedule(timezone.now())
    assert first is not None and timezone.localtime(first).time() == daily.MORNING and first <= tomorrow
    assert daily.schedule(timezone.now()) == first and DBTaskResult.objects.count() == 1
    assert _work().waiting == 0  # the page of the installation does not take it for late work


@pytest.mark.parametrize(("now", "at"), [(EARLY, MORNING), (MORNING + timedelta(hours=3), None)])
def test_a_morning_that_was_missed_is_made_up(db: None, queue: None, now: datetime, at: datetime | None) -> None:
    assert daily.schedule(now) == (at or now)


def test_no_queue_is_told(db: None, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    assert daily.schedule(EARLY) is None and not daily.queued()


def test_the_task_reminds_and_sets_the_next(work: Work, queue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily.timezone, "now", lambda: MORNING)
    daily.remind_every_morning.func()
    assert len(mail.outbox) == 1 and DBTaskResult.objects.get().run_after == MORNING + timedelta(days=1)
    daily.remind_every_morning.func()
    assert len(mail.outbox) == 1 and DBTaskResult.objects.count() == 1
    run = asked.last_run(ON)
    assert run is not None and (run.told, run.mails, run.failed) == (2, 1, 0)


def test_the_next_morning_stands_although_a_run_breaks(
    work: Work, queue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(on: date) -> None:
        raise RuntimeError(f"no database on {on}")

    monkeypatch.setattr(daily.timezone, "now", lambda: MORNING)
    monkeypatch.setattr(daily.reminders, "run", broken)
    with pytest.raises(RuntimeError):
        daily.remind_every_morning.func()
    assert DBTaskResult.objects.count() == 1


def test_a_day_is_claimed_and_a_run_that_died_is_taken_up(work: Work) -> None:
    ReminderRun.objects.create(on=ON, began_at=timezone.now())
    assert reminders.run(ON).told == 0 and not Reminder.objects.exists()  # another worker is at it
    ReminderRun.objects.update(began_at=timezone.now() - reminders.AGAIN - timedelta(minutes=1))
    assert reminders.run(ON).told == 2 and ReminderRun.objects.get().ended_at is not None


def test_in_a_demonstration_the_days_of_its_offices_are_reminded_too(work: Work) -> None:
    Office.objects.filter(holdings__pk=work.actor["office"].holding_id).update(demonstration_day=ON)
    assert daily.days(EARLY) == (ON,)
    late = EARLY + timedelta(days=400)
    assert daily.days(late) == (timezone.localtime(late).date(),)
    Installation.objects.create(kind="demonstration")
    assert daily.days(late) == (ON, timezone.localtime(late).date())


def test_who_was_told_is_seen_by_who_gave_the_work(work: Work) -> None:
    reminders.run(ON)
    told = asked.told_of_unit(work.area.district, ON)
    assert {(one.user.pk, one.soon, one.overdue, one.mailed) for one in told} == {
        (work.actor["division"].user_id, 1, 0, True),
        (work.actor["colleague"].user_id, 1, 0, False),
    }
    assert asked.told_of_unit(work.area.commune, ON) == []


def test_the_page_can_say_where_letters_go(settings: Any) -> None:
    for backend, word in (("smtp", "out"), ("filebased", "file"), ("console", "nowhere"), ("locmem", "nowhere")):
        settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
        assert daily.leaves() == word
