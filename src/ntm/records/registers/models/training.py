"""Sổ tập huấn, đào tạo."""

from __future__ import annotations

from django.db import models

from ntm.records.registers.models.entries import Entry


class TrainingClass(Entry):
    """Lớp tập huấn, đào tạo: one line may stand for several classes of one kind."""

    class Kind(models.TextChoices):
        OFFICIALS = "officials", "tập huấn cán bộ"
        PEOPLE = "people", "tập huấn người dân"
        VOCATIONAL = "vocational", "đào tạo nghề"
        OTHER = "other", "khác"

    title = models.CharField("nội dung", max_length=500)
    kind = models.CharField("loại", max_length=12, choices=Kind.choices, default=Kind.OFFICIALS)
    end = models.DateField("đến ngày", null=True)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    classes = models.PositiveIntegerField("số lớp", default=1)
    participants = models.PositiveIntegerField("số người tham gia", null=True)
    women = models.PositiveIntegerField("trong đó nữ", null=True)
    ethnic = models.PositiveIntegerField("trong đó người dân tộc thiểu số", null=True)
    result = models.TextField("kết quả", blank=True)
    cost = models.BigIntegerField("kinh phí", null=True)

    class Meta(Entry.Meta):
        verbose_name = "lớp tập huấn, đào tạo"
