"""Bộ tiêu chí đã nạp và việc đối chiếu: sets known to this installation, pinned by hash, and who compared what with the law."""

from datetime import date

from django.db import models
from django.db.models import Q


class RegisteredSet(models.Model):
    """Bộ tiêu chí đã nạp: one content of one set. A changed content is another row; a used one is never changed."""

    class Source(models.TextChoices):
        SHIPPED = "shipped", "theo phần mềm"
        UPLOADED = "uploaded", "cơ quan nạp"

    code = models.CharField("mã bộ tiêu chí", max_length=80)
    hash = models.CharField("mã băm nội dung", max_length=64, unique=True)
    source = models.CharField("nguồn", max_length=10, choices=Source.choices)
    content = models.TextField("nội dung YAML", blank=True)  # empty for shipped sets: the content is in the program
    level = models.CharField("cấp", max_length=5)
    title_kind = models.CharField("loại danh hiệu", max_length=20)
    name = models.CharField("tên", max_length=300)
    province_code = models.CharField("mã tỉnh", max_length=2, blank=True)
    start = models.DateField("hiệu lực từ", null=True)
    end = models.DateField("hết hiệu lực", null=True)
    current = models.BooleanField("đang dùng", default=True)
    added_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", verbose_name="người nạp")
    added_at = models.DateTimeField("nạp lúc")

    class Meta:
        verbose_name = "bộ tiêu chí đã nạp"
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(current=True), name="one_current_content_per_set"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.hash[:8]})"

    def in_force(self, on: date) -> bool:
        """Có hiệu lực ngày đó."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


class ValueCheck(models.Model):
    """Đã đối chiếu với văn bản: a named person compared a value, an indicator's page or a whole criterion with the law."""

    set = models.ForeignKey(RegisteredSet, models.PROTECT, related_name="checks", verbose_name="bộ tiêu chí")
    criterion_no = models.PositiveSmallIntegerField("tiêu chí")
    indicator_code = models.CharField("chỉ tiêu", max_length=20, blank=True)  # empty: the whole criterion's page
    value_key = models.CharField(
        "mức", max_length=80, blank=True
    )  # region/group/start; empty: all levels of the indicator
    locator = models.CharField("trang, phụ lục của văn bản", max_length=200)
    checked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người đối chiếu")
    office = models.CharField("với tư cách", max_length=300)
    checked_on = models.DateField("ngày đối chiếu")
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True)
    withdrawn_reason = models.CharField("lý do rút", max_length=500, blank=True)

    class Meta:
        verbose_name = "đối chiếu với văn bản"
