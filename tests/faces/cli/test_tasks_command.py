"""`ntm tasks remind`: first only told, then written and sent by letter, once. `ntm tasks schedule`: every morning."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from ntm.faces.cli.main import main
from ntm.records.people.models import User
from ntm.records.planning.models import Reminder
from work_world import Work, build


@pytest.fixture
def work(area: Any, holder: Any) -> Work:
    made = build(area, holder)
    made.add("Kiểm tra", "Chậm nhất 15/5/2020")
    made.issue()
    User.objects.filter(pk=made.actor["division"].user_id).update(email="nn@example.org")
    return made


def test_without_send_it_only_tells(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "remind", "--on", "10/5/2020"]) == 0
    out = capsys.readouterr()
    assert "sắp đến hạn, hạn 15/5/2020: Kiểm tra" in out.out and "2 lời nhắc cho 2 người" in out.err
    assert main(["tasks", "remind", "--on", "10/5/2020", "--json"]) == 0
    assert [row["step"] for row in json.loads(capsys.readouterr().out)] == ["soon", "soon"]
    assert not Reminder.objects.exists() and not mail.outbox


def test_with_send_each_is_told_once(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "remind", "--on", "10/5/2020", "--send"]) == 0
    assert "ghi 2 lời nhắc, gửi 1 thư" in capsys.readouterr().out
    assert main(["tasks", "remind", "--on", "10/5/2020", "--send", "--json"]) == 0
    assert Reminder.objects.count() == 2 and [one.to for one in mail.outbox] == [["nn@example.org"]]


def test_a_day_that_is_none_is_said_so(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tasks", "remind", "--on", "31/2/2020"]) == 2
    assert "31" in capsys.readouterr().err


def test_the_morning_is_set_once_however_often_it_is_asked(
    db: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert main(["tasks", "schedule"]) == 0 and main(["tasks", "schedule"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == said[1] and said[0].startswith("Nhắc việc tự chạy lúc ")
    assert DBTaskResult.objects.count() == 1


def test_without_a_queue_it_says_what_to_run_instead(
    db: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    assert main(["tasks", "schedule"]) == 2
    assert "ntm tasks remind --send" in capsys.readouterr().err
