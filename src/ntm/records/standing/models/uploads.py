"""Bảng tính đã nộp: the file as it came, what was found in it, and what was taken."""

from django.db import models


class UploadState(models.TextChoices):
    """Tình trạng của bảng tính đã nộp."""

    READ = "read", "đã đọc, chờ nhận"
    TAKEN = "taken", "đã nhận"
    DROPPED = "dropped", "bỏ"


class WorkbookUpload(models.Model):
    """Bảng tính đã nộp. `found` is the report of the last reading; good cells are taken once."""

    use = models.OneToOneField("archive.FileUse", models.PROTECT, related_name="+", verbose_name="tệp")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    set = models.ForeignKey("standing.RegisteredSet", models.PROTECT, related_name="+", verbose_name="bộ tiêu chí")
    as_of = models.DateField("số liệu đến ngày")
    stage = models.PositiveSmallIntegerField("giai đoạn")
    state = models.CharField("tình trạng", max_length=10, choices=UploadState.choices, default=UploadState.READ)
    found = models.JSONField("kết quả đọc")
    taken = models.PositiveIntegerField("số ô đã nhận", default=0)
    uploaded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người nộp")
    office = models.CharField("với tư cách", max_length=300)
    uploaded_at = models.DateTimeField("nộp lúc")
    taken_at = models.DateTimeField("nhận lúc", null=True)

    class Meta:
        verbose_name = "bảng tính đã nộp"
        indexes = [models.Index(fields=["unit", "uploaded_at"], name="upload_of_unit")]
