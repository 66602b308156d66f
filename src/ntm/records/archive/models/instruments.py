"""Văn bản pháp lý do cơ quan thêm."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class RegisteredInstrument(models.Model):
    """Văn bản do cơ quan thêm: an instrument that does not come with the program, known by number, issuer and date."""

    class Evidence(models.TextChoices):
        DOCUMENT = "document", "đã đọc chính văn bản"
        CITED = "cited", "thấy dẫn ở văn bản khác"
        MEMORY = "memory", "theo trí nhớ"

    number = models.CharField("số, ký hiệu", max_length=100)
    kind = models.CharField("loại văn bản", max_length=60)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    date = models.DateField("ngày ký")
    title = models.CharField("trích yếu", max_length=500)
    effective_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    effective_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    evidence = models.CharField("căn cứ", max_length=10, choices=Evidence.choices)
    source = models.CharField("nơi lấy văn bản", max_length=300)
    note = models.CharField("ghi chú", max_length=500, blank=True, default="")
    # folded number, issuer and day of signing: what makes it this instrument and no other
    key = models.CharField("khoá", max_length=330, editable=False)
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="địa bàn"
    )  # null: added by a central office
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thêm"
    )
    office = models.CharField("với chức danh", max_length=300)
    added_on = models.DateField("ngày thêm")
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    withdrawn_reason = models.CharField("lý do rút", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "văn bản do cơ quan thêm"
        verbose_name_plural = "văn bản do cơ quan thêm"
        ordering = ("-date", "number")
        constraints = [
            models.UniqueConstraint(fields=("key",), condition=Q(withdrawn_at=None), name="archive_instrument_once"),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_from=None) | Q(effective_to__gt=F("effective_from")),
                name="archive_instrument_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.issuer})"


class InstrumentRelation(models.Model):
    """Quan hệ của văn bản được thêm với văn bản khác: what it amends, replaces or repeals."""

    class Kind(models.TextChoices):
        AMENDS = "amends", "sửa đổi, bổ sung"
        REPLACES = "replaces", "thay thế"
        REPEALS = "repeals", "bãi bỏ"

    instrument = models.ForeignKey(
        RegisteredInstrument, on_delete=models.CASCADE, related_name="relations", verbose_name="văn bản"
    )
    kind = models.CharField("quan hệ", max_length=10, choices=Kind.choices)
    number = models.CharField("số văn bản kia", max_length=100)
    locator = models.CharField("chỉ một phần", max_length=200, blank=True, default="")  # "" the whole instrument

    class Meta:
        verbose_name = "quan hệ văn bản"
        verbose_name_plural = "quan hệ văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=("instrument", "kind", "number", "locator"), name="archive_instrument_relation_once"
            )
        ]
