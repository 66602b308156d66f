"""Tệp: every content once, by its hash, and who uses it where."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class FileKind(models.TextChoices):
    """Loại tệp, told by the content and never by the name."""

    PNG = "png", "ảnh PNG"
    JPEG = "jpeg", "ảnh JPEG"
    WEBP = "webp", "ảnh WebP"
    PDF = "pdf", "PDF"
    DOCX = "docx", "văn bản Word"
    XLSX = "xlsx", "bảng tính Excel"
    DOC = "doc", "văn bản Word 97-2003"
    XLS = "xls", "bảng tính Excel 97-2003"
    TXT = "txt", "văn bản thuần"


class Purpose(models.TextChoices):
    """Dùng làm gì; authority differs by purpose."""

    EVIDENCE = "evidence", "minh chứng"
    DOCUMENT = "document", "văn bản"
    UPLOAD = "upload", "tệp nhập số liệu"
    PRODUCED = "produced", "tệp hệ thống viết ra"
    TEMPLATE = "template", "mẫu văn bản"


class StoredFile(models.Model):
    """Tệp lưu trữ: one content. The same content attached a hundred times is kept once."""

    sha256 = models.CharField("mã băm", max_length=64, unique=True)
    size = models.BigIntegerField("dung lượng")
    kind = models.CharField("loại", max_length=10, choices=FileKind.choices)
    stored_at = models.DateTimeField("lưu lúc")

    class Meta:
        verbose_name = "tệp lưu trữ"
        verbose_name_plural = "tệp lưu trữ"
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="archive_file_is_not_empty")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}… {self.kind}"

    @property
    def path(self) -> str:
        """Where the storage keeps it: content-addressed, two letters a folder."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"


class FileUse(models.Model):
    """Lần dùng tệp: who attached it, at which unit, under which name, as what. Reading rights follow the uses."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uses", verbose_name="tệp")
    name = models.CharField("tên tệp", max_length=255)
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="đơn vị"
    )
    purpose = models.CharField("dùng làm", max_length=20, choices=Purpose.choices)
    criterion = models.CharField("tiêu chí", max_length=80, blank=True, default="")
    draft = models.BooleanField("còn là nháp", default=False)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người đính kèm"
    )
    office = models.CharField("với chức danh", max_length=300)
    on = models.DateField("cho ngày")
    attached_at = models.DateTimeField("đính kèm lúc")
    detached_at = models.DateTimeField("gỡ lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lần dùng tệp"
        verbose_name_plural = "lần dùng tệp"
        ordering = ("-attached_at", "-id")
        indexes = [models.Index(fields=("unit", "purpose"), name="archive_use_by_unit")]

    def __str__(self) -> str:
        return self.name
