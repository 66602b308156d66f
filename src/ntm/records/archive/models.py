"""Lưu trữ: every content once, by its hash, and who uses it where. Legal instruments that offices add."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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
