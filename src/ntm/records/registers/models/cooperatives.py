"""Sổ hợp tác xã: when it was founded, how many members on which day, when it was dissolved."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ntm.records.registers.models.entries import Entry, Served, Spent


class Cooperative(Served, Entry):
    """Hợp tác xã, tổ hợp tác: lives from the day it was founded until the day it was dissolved."""

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative", "hợp tác xã"
        UNION = "union", "liên hiệp hợp tác xã"
        GROUP = "group", "tổ hợp tác"

    title = models.CharField("tên", max_length=300)
    kind = models.CharField("loại hình", max_length=12, choices=Kind.choices, default=Kind.COOPERATIVE)
    trade = models.CharField("ngành nghề", max_length=300, blank=True)
    number = models.CharField("số đăng ký, quyết định", max_length=60, blank=True)
    capital = models.BigIntegerField("vốn điều lệ", null=True)
    end = models.DateField("giải thể từ ngày", null=True)
    end_number = models.CharField("quyết định giải thể", max_length=60, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "hợp tác xã"
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="cooperative_forward"),
        ]


class CooperativeYear(Spent, Entry):
    """Số thành viên và hoạt động của hợp tác xã đến một ngày."""

    class Works(models.TextChoices):
        WELL = "well", "hoạt động hiệu quả"
        WEAK = "weak", "chưa hiệu quả"
        STOPPED = "stopped", "ngừng hoạt động"

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="years", verbose_name="hợp tác xã")
    members = models.PositiveIntegerField("số thành viên")
    women = models.PositiveIntegerField("thành viên nữ", null=True)
    works = models.CharField("hoạt động", max_length=8, choices=Works.choices, blank=True)
    revenue = models.BigIntegerField("doanh thu", null=True)
    support = models.BigIntegerField("kinh phí được hỗ trợ", null=True)

    class Meta(Entry.Meta):
        verbose_name = "thành viên hợp tác xã"
