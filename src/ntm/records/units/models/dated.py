"""Khoảng thời gian: half-open intervals [start, end); an empty end is open. Overlaps are refused by triggers (overlap.py)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

# The start of units that already stood in the first list: how long before, no list says.
FROM_THE_BEGINNING = date(1900, 1, 1)


def on_day(day: date, prefix: str = "") -> Q:
    """The condition "in force on that day", for a table reached by `prefix`."""
    return Q(**{f"{prefix}start__lte": day}) & (Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gt": day}))


class DatedQuerySet(models.QuerySet[Any]):
    """Rows by day."""

    def on(self, day: date) -> Self:
        return self.filter(on_day(day))

    def after(self, day: date) -> Self:
        """Rows that begin later than that day."""
        return self.filter(start__gt=day)


class Dated(models.Model):
    """Có thời hạn: in force from `start`, no longer on `end`; `opened` and `closed` are the changes that set these days.

    Where a list alone proves a change, its day is a working day between bounds: see Change.
    """

    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True, blank=True)
    opened = models.ForeignKey(
        "units.Change", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay đổi mở đầu"
    )
    closed = models.ForeignKey(
        "units.Change", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay đổi kết thúc"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def covers(self, day: date) -> bool:
        """Is it in force on that day?"""
        return self.start <= day and (self.end is None or day < self.end)


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(end=None) | Q(end__gt=F("start")), name=name)
