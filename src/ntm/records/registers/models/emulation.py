"""Sổ thi đua, khen thưởng: the movements, and the rewards that follow."""

from __future__ import annotations

from django.db import models

from ntm.records.registers.models.entries import Entry


class Movement(Entry):
    """Phong trào thi đua: launched by whom, who takes part, what came of it."""

    title = models.CharField("tên phong trào", max_length=500)
    launched_by = models.CharField("cơ quan phát động", max_length=300, blank=True)
    number = models.CharField("số văn bản phát động", max_length=60, blank=True)
    end = models.DateField("đến ngày", null=True)
    collectives = models.PositiveIntegerField("số tập thể tham gia", null=True)
    individuals = models.PositiveIntegerField("số cá nhân, hộ tham gia", null=True)
    result = models.TextField("kết quả", blank=True)
    cost = models.BigIntegerField("kinh phí", null=True)

    class Meta(Entry.Meta):
        verbose_name = "phong trào thi đua"


class Reward(Entry):
    """Khen thưởng: a decision that rewards so many collectives and individuals."""

    title = models.CharField("thành tích, nội dung khen", max_length=500)
    form = models.CharField("hình thức khen", max_length=200)
    number = models.CharField("số quyết định", max_length=60)
    issuer = models.CharField("cấp quyết định", max_length=200)
    collectives = models.PositiveIntegerField("số tập thể", default=0)
    individuals = models.PositiveIntegerField("số cá nhân, hộ", default=0)
    cost = models.BigIntegerField("tiền thưởng", null=True)

    class Meta(Entry.Meta):
        verbose_name = "khen thưởng"
