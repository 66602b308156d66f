"""Sổ tham quan học tập."""

from __future__ import annotations

from django.db import models

from ntm.records.registers.models.entries import Entry


class StudyVisit(Entry):
    """Chuyến tham quan học tập kinh nghiệm."""

    title = models.CharField("nội dung", max_length=500)
    end = models.DateField("đến ngày", null=True)
    place = models.CharField("nơi đến", max_length=300, blank=True)
    visits = models.PositiveIntegerField("số chuyến", default=1)
    participants = models.PositiveIntegerField("số người tham gia", null=True)
    women = models.PositiveIntegerField("trong đó nữ", null=True)
    result = models.TextField("kết quả", blank=True)
    cost = models.BigIntegerField("kinh phí", null=True)

    class Meta(Entry.Meta):
        verbose_name = "chuyến tham quan học tập"
