"""Sổ mô hình, dự án phát triển sản xuất."""

from __future__ import annotations

from django.db import models

from ntm.records.registers.models.entries import Entry, Spent


class ProductionModel(Spent, Entry):
    """Mô hình, dự án phát triển sản xuất: how many households, how large, what it cost, from which source."""

    class Kind(models.TextChoices):
        MODEL = "model", "mô hình"
        PROJECT = "project", "dự án"

    title = models.CharField("tên mô hình, dự án", max_length=500)
    kind = models.CharField("loại", max_length=8, choices=Kind.choices, default=Kind.MODEL)
    end = models.DateField("kết thúc ngày", null=True)
    number = models.CharField("số quyết định", max_length=60, blank=True)
    households = models.PositiveIntegerField("số hộ tham gia", null=True)
    poor = models.PositiveIntegerField("trong đó hộ nghèo, cận nghèo", null=True)
    scale = models.CharField("quy mô", max_length=300, blank=True)
    cost = models.BigIntegerField("tổng kinh phí", null=True)
    support = models.BigIntegerField("trong đó ngân sách hỗ trợ", null=True)
    funds = models.CharField("nguồn vốn", max_length=300, blank=True)
    result = models.TextField("kết quả", blank=True)

    class Meta(Entry.Meta):
        verbose_name = "mô hình, dự án phát triển sản xuất"
