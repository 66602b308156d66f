"""Nhu cầu, dự kiến huy động, số tổng đã công bố."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ntm.records.funding.models.posted import KindChoice, Posted, Signed


class Need(Posted):
    """Nhu cầu vốn: from a gap, from works, or on its own."""

    set_code = models.CharField("bộ tiêu chí", max_length=80, blank=True)
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    text = models.CharField("nội dung", max_length=500)
    gap = models.ForeignKey("standing.Gap", models.PROTECT, null=True, related_name="+", verbose_name="hạng mục thiếu")
    works = models.ForeignKey(
        "funding.Works", models.PROTECT, null=True, related_name="needs", verbose_name="công trình"
    )

    class Meta(Posted.Meta):
        verbose_name = "nhu cầu vốn"
        indexes = [
            models.Index(fields=["unit", "year", "criterion_no", "placed_on", "on", "amount"], name="need_by_unit")
        ]


class Mobilisation(Posted):
    """Dự kiến huy động. With a condition ("khi xã đạt chuẩn") the money never covers what it depends on."""

    source = models.CharField("nguồn vốn", max_length=40)
    kind = models.CharField("loại vốn", max_length=10, choices=KindChoice.choices)
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    text = models.CharField("nội dung", max_length=500, blank=True)
    condition = models.CharField("điều kiện", max_length=500, blank=True)
    share = models.DecimalField("tỷ lệ được hưởng (%)", max_digits=7, decimal_places=4, null=True)

    class Meta(Posted.Meta):
        verbose_name = "dự kiến huy động"
        indexes = [
            models.Index(
                fields=["unit", "year", "source", "kind", "placed_on", "on", "amount"], name="mobilised_by_unit"
            )
        ]


class Stated(models.TextChoices):
    """Số tổng nào."""

    NEED = "need", "tổng nhu cầu"
    MOBILISED = "mobilised", "tổng huy động"
    SHORTFALL = "shortfall", "còn thiếu"
    ALLOCATED = "allocated", "tổng phân bổ"
    DISBURSED = "disbursed", "tổng giải ngân"
    DEBT = "debt", "tổng nợ đọng"


class StatedTotal(Signed):
    """Số tổng văn bản ghi: kept beside the derived one, never instead of it."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm ngân sách")
    what = models.CharField("số tổng", max_length=12, choices=Stated.choices)
    sources = models.JSONField("các nguồn cộng lại", default=list)  # empty: all
    kind = models.CharField("loại vốn", max_length=10, choices=KindChoice.choices, blank=True)
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    amount = models.BigIntegerField("số tiền (đồng)")
    place = models.CharField("ghi ở đâu", max_length=500)
    on = models.DateField("ngày")
    withdrawn_at = models.DateTimeField("rút lúc", null=True)

    class Meta:
        verbose_name = "số tổng văn bản ghi"
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="stated_total_not_negative")]
        indexes = [models.Index(fields=["unit", "year"], name="stated_by_unit")]
