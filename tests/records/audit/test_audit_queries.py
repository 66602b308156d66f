"""Đọc nhật ký by who, what, where and when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ntm.records.audit.queries import Filter, entries, of_subject, page, people, through
from ntm.records.audit.services import ActorStamp, record, system

pytestmark = pytest.mark.django_db
ON = date(2023, 12, 31)
LAN = ActorStamp(7, "Người thử Lan", "Công chức xã")
HOA = ActorStamp(8, "Người thử Hoa", "Phòng Kinh tế")


@pytest.fixture(autouse=True)
def log() -> None:
    for number in range(60):
        actor, verb = ((LAN, "observation.record"), (HOA, "observation.verify"), (system(), "backup.run"))[number % 3]
        record(actor=actor, verb=verb, subject=f"x:{number % 5}", unit_id=number % 4 or None, on=ON)


def test_by_person() -> None:
    assert {entry.name for entry in entries(Filter(user_id=7))} == {"Người thử Lan"}
    assert entries(Filter(user_id=7)).count() == 20


def test_by_verb_or_by_thing() -> None:
    assert entries(Filter(verb="observation.verify")).count() == 20
    assert entries(Filter(verb="observation")).count() == 40
    assert entries(Filter(verb="obs")).count() == 0


def test_by_units_that_the_caller_gives() -> None:
    assert entries(Filter(unit_ids=[1, 2])).count() == 30
    assert entries(Filter(unit_ids=[])).count() == 0
    assert entries(Filter(unit_ids=None)).count() == 60


def test_by_period_with_its_end_excluded() -> None:
    today = timezone.localdate()
    assert entries(Filter(start=today, end=through(today))).count() == 60
    assert entries(Filter(end=today)).count() == 0
    assert entries(Filter(start=today + timedelta(days=1))).count() == 0


def test_by_words_of_name_or_office_and_by_subject() -> None:
    assert entries(Filter(words="Phòng Kinh")).count() == 20
    assert len(of_subject("x:3")) == 12


def test_pages_are_newest_first_and_bounded() -> None:
    first = page(Filter(), number=1, size=25)
    assert (first.total, first.pages, len(first.lines)) == (60, 3, 25)
    assert [line.sequence for line in first.lines[:2]] == [60, 59]
    assert page(Filter(), number=99, size=25).number == 3
    assert len(page(Filter(), size=10_000).lines) == 60
    assert first.lines[0].label == "Sao lưu"


def test_who_stands_in_the_log() -> None:
    record(
        actor=ActorStamp(7, "Người thử Lan (đổi tên)", "Công chức xã"),
        verb="backup.run",
        subject="x",
        unit_id=None,
        on=ON,
    )
    assert people() == [(8, "Người thử Hoa"), (7, "Người thử Lan (đổi tên)")]
