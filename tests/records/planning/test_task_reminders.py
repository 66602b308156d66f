"""Nhắc việc, lịch, khoá lịch: who is told of what, once; a feed that only its key opens."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar

from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.people.models import Office, User
from ntm.records.planning.models import FeedKey, Occurrence, Reminder
from ntm.records.planning.queries import calendar
from ntm.records.planning.queries import reminders as asked
from ntm.records.planning.queries.tasks import Scope
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import feeds, progress, reminders
from work_world import DAY, Work, build


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    made = build(area, holder)
    made.add("Kiểm tra", "Chậm nhất 15/5/2020")
    made.issue()
    User.objects.filter(pk=made.actor["division"].user_id).update(email="nn@example.org")
    return made


def _told(work: Work, on: date) -> set[tuple[str, str]]:
    names = {actor.user_id: name for name, actor in work.actor.items()}
    return {(names[one.user_id], one.step.value) for one in asked.due(on)}


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2020, 5, 7), set()),
        (date(2020, 5, 8), {("division", "soon"), ("colleague", "soon")}),
        (date(2020, 5, 16), {("division", "overdue"), ("colleague", "overdue")}),
        (
            date(2020, 5, 23),
            {("division", "overdue"), ("colleague", "overdue"), ("office", "escalated"), ("leader", "escalated")},
        ),
        (date(2020, 12, 1), set()),
    ],
)
def test_who_is_told_depends_on_the_day(work: Work, on: date, told: set[tuple[str, str]]) -> None:
    assert _told(work, on) == told


def test_a_letter_goes_once_and_the_list_stays(work: Work) -> None:
    on = date(2020, 5, 10)
    assert reminders.run(on) == reminders.Sent(told=2, mails=1, failed=0)
    assert reminders.run(on) == reminders.Sent(told=0, mails=0, failed=0)
    letter = mail.outbox[0]
    assert letter.to == ["nn@example.org"] and "Kiểm tra (hạn 15/5/2020, còn 5 ngày)" in letter.body
    mine = asked.listed(work.actor["division"].user_id, on)
    assert [row.by_mail for row in mine] == [True] and asked.unseen(work.actor["division"].user_id, on) == 1
    assert reminders.seen(work.actor["colleague"], [row.pk for row in mine], on=on) == 0
    assert reminders.seen(work.actor["division"], [row.pk for row in mine], on=on) == 1
    progress.finish(work.actor["division"], Occurrence.objects.get().pk, result="Xong", on=on)
    assert asked.listed(work.actor["division"].user_id, on).count() == 0
    assert Entry.objects.filter(verb="reminder.send").count() == 1


def test_a_letter_that_failed_is_sent_the_next_time(work: Work) -> None:
    def broken(to: str, subject: str, text: str) -> None:
        raise ConnectionRefusedError("no mail server")

    assert reminders.send(date(2020, 5, 10), broken).failed == 1
    assert reminders.send(date(2020, 5, 11)).mails == 1 and Reminder.objects.filter(by_mail=True).count() == 1


def test_a_month_shows_what_falls_due(work: Work) -> None:
    grid = calendar.month(Scope("body", (work.body["division"].pk,)), 2020, 5, DAY)
    days = {day.day: [item.title for item in day.items] for week in grid.weeks for day in week if day.items}
    assert days == {date(2020, 5, 15): ["Kiểm tra"]} and grid.weeks[0][0].day == date(2020, 4, 27)


def test_a_feed_opens_with_its_key_and_is_the_same_until_something_changes(work: Work) -> None:
    division = work.actor["division"]
    key = feeds.make(division, on=DAY)
    first = feeds.ical(key, DAY)
    assert first is not None and feeds.ical(key, DAY) == first and feeds.ical(key + "x", DAY) is None
    events = Calendar.from_ical(first).walk("VEVENT")
    assert [(str(one["summary"]), one["dtstart"].dt, str(one["uid"])) for one in events] == [
        ("Kiểm tra", date(2020, 5, 15), f"task-{Occurrence.objects.get().pk}@ntm")
    ]
    of_body = feeds.make(division, on=DAY, body_id=work.body["division"].pk)
    assert feeds.ical(of_body, DAY) is not None and len(feeds.own(division)) == 2
    again = feeds.make(division, on=DAY)
    assert feeds.ical(key, DAY) is None and feeds.ical(again, DAY) is not None
    assert not FeedKey.objects.filter(digest=again).exists()
    row = FeedKey.objects.get(user_id=division.user_id, body=None, withdrawn_at=None)
    with pytest.raises(Refused):
        feeds.withdraw(work.actor["health"], row.pk, on=DAY)
    feeds.withdraw(division, row.pk, on=DAY)
    assert feeds.ical(again, DAY) is None
    with pytest.raises(Denied):
        feeds.make(work.actor["stranger"], on=DAY, body_id=work.body["division"].pk)


def test_a_feed_of_the_demonstration_stands_on_its_offices_day(work: Work) -> None:
    key = feeds.make(work.actor["division"], on=DAY)
    long_after = date(2026, 11, 22)
    assert b"BEGIN:VEVENT" not in (calendar.ical(key, long_after) or b"")
    Office.objects.filter(holdings__pk=work.actor["division"].holding_id).update(demonstration_day=DAY)
    assert b"BEGIN:VEVENT" in (calendar.ical(key, long_after) or b"")


def test_a_unit_has_its_part_in_its_own_feed(work: Work) -> None:
    work.amend()
    work.add("Rà soát", "Chậm nhất 20/5/2020", lead="UBND các xã", coordinating="", directing="")
    work.issue(2, DAY)
    key = feeds.make(work.actor["commune"], on=DAY)
    events = [str(one["summary"]) for one in Calendar.from_ical(calendar.ical(key, DAY) or b"").walk("VEVENT")]
    assert events.count("Rà soát") == 1
