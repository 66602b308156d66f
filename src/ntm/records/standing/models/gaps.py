"""Hạng mục còn thiếu: what a unit still lacks for an indicator, with an estimated cost."""

from django.db import models
from django.db.models import Q


class Gap(models.Model):
    """Hạng mục còn thiếu. cost: đồng, estimated; closed_on: the day it was done or found wrong, with the reason."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    set = models.ForeignKey("standing.RegisteredSet", models.PROTECT, related_name="+", verbose_name="bộ tiêu chí")
    criterion_no = models.PositiveSmallIntegerField("tiêu chí")
    indicator_code = models.CharField("chỉ tiêu", max_length=20, blank=True)
    text = models.CharField("hạng mục", max_length=500)
    key = models.CharField("khoá tìm kiếm", max_length=600, blank=True, editable=False)  # text, criterion; no marks
    cost = models.BigIntegerField("kinh phí ước tính (đồng)", null=True)
    opened_on = models.DateField("ghi nhận ngày")
    closed_on = models.DateField("xong ngày", null=True)
    closed_reason = models.CharField("kết quả", max_length=500, blank=True)
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người ghi")
    office = models.CharField("với tư cách", max_length=300)
    recorded_at = models.DateTimeField("ghi lúc")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        verbose_name = "hạng mục còn thiếu"
        constraints = [
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__gte=0), name="gap_cost_not_negative"),
        ]
        indexes = [models.Index(fields=["unit", "set", "closed_on"], name="gap_of_unit")]
