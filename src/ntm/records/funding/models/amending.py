"""Sửa hồ sơ công trình và bảng tính công trình đã nộp: what was changed of a works and why; files waiting to be taken."""

from __future__ import annotations

from django.db import models

from ntm.records.funding.models.posted import Signed
from ntm.records.funding.models.works import Works

__all__ = ["WorksAmendment", "WorksUpload", "WorksUploadState"]


class WorksUploadState(models.TextChoices):
    """Tình trạng của bảng đã nộp."""

    READ = "read", "chờ nhận"
    TAKEN = "taken", "đã nhận"


class WorksUpload(models.Model):
    """Bảng công trình đã nộp. `found`: what was read and compared, as it was shown; right lines are taken once."""

    use = models.OneToOneField("archive.FileUse", models.PROTECT, related_name="+", verbose_name="tệp")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    on = models.DateField("ghi ngày")
    state = models.CharField(
        "tình trạng", max_length=10, choices=WorksUploadState.choices, default=WorksUploadState.READ
    )
    found = models.JSONField("kết quả đọc")
    uploaded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người nộp")
    office = models.CharField("với tư cách", max_length=300)
    uploaded_at = models.DateTimeField("nộp lúc")
    taken_at = models.DateTimeField("nhận lúc", null=True)

    class Meta:
        verbose_name = "bảng công trình đã nộp"


class WorksAmendment(Signed):
    """Lần sửa hồ sơ công trình: each field with what stood before and after, in words; never changed."""

    works = models.ForeignKey(Works, models.PROTECT, related_name="amendments", verbose_name="công trình")
    upload = models.ForeignKey(WorksUpload, models.PROTECT, null=True, related_name="+", verbose_name="bảng đã nộp")
    on = models.DateField("ngày")
    reason = models.CharField("lý do", max_length=1000)
    changes = models.JSONField("thay đổi")

    class Meta:
        verbose_name = "lần sửa hồ sơ công trình"
        ordering = ("on", "id")
