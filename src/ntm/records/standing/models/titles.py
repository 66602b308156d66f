"""Danh hiệu đã được công nhận: a title, its year and its decision's day, which differ; revoked, never erased."""

from django.db import models
from django.db.models import F, Q


class TitleHeld(models.Model):
    """Danh hiệu được công nhận. Half-open [start, end): start is the decision's day, end the revocation's."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    level = models.CharField("cấp", max_length=5)
    title_kind = models.CharField("loại danh hiệu", max_length=20)
    set = models.ForeignKey(
        "standing.RegisteredSet", models.PROTECT, null=True, related_name="+", verbose_name="theo bộ"
    )
    year = models.PositiveSmallIntegerField("công nhận năm")
    start = models.DateField("ngày công nhận")
    end = models.DateField("thu hồi từ ngày", null=True)
    decision = models.CharField("quyết định công nhận", max_length=200, blank=True)  # empty: the source names none
    revocation = models.CharField("quyết định thu hồi", max_length=200, blank=True)
    revocation_reason = models.TextField("lý do thu hồi", blank=True)
    assumed = models.BooleanField("giả định", default=False)
    source_place = models.CharField("chỗ trong nguồn", max_length=300, blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người ghi")
    office = models.CharField("với tư cách", max_length=300)
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "danh hiệu được công nhận"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="title_interval_forward"
            ),
            models.UniqueConstraint(
                fields=["unit", "title_kind", "set"], condition=Q(end__isnull=True), name="one_living_title_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["title_kind", "start", "end"], name="title_by_day")]
