"""Văn bản hành chính: what an office uploads, how it was read, and what a person decided about each item read.

A reading is frozen when it is done: its items and findings never change. Decisions and answers are added beside them; the
older one stays with the hour at which it was replaced. What is confirmed stands in `ConfirmedItem`, for planning.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReadingState(models.TextChoices):
    """Tình trạng đọc."""

    QUEUED = "queued", _("đang chờ đọc")
    READING = "reading", _("đang đọc")
    DONE = "done", _("đã đọc")
    FAILED = "failed", _("không đọc được")


class Section(models.TextChoices):
    """Phần của bản đọc, in the order of a plan."""

    HEADER = "header", _("Đầu văn bản")
    BASES = "bases", _("Căn cứ")
    TARGETS = "targets", _("Chỉ tiêu phấn đấu")
    CRITERION_TARGETS = "criterion_targets", _("Theo từng tiêu chí")
    GAPS = "gaps", _("Còn thiếu")
    ROADMAP = "roadmap", _("Lộ trình")
    TASKS = "tasks", _("Nhiệm vụ")
    DUTIES = "duties", _("Phân công")
    MONEY = "money", _("Kinh phí")
    ACTIVITIES = "activities", _("Mô hình, tập huấn, khảo sát")
    ANNEXES = "annexes", _("Phụ lục, biểu")
    RECIPIENTS = "recipients", _("Nơi nhận")


class Decision(models.TextChoices):
    """Quyết định về một mục."""

    ACCEPTED = "accepted", _("nhận")
    CORRECTED = "corrected", _("nhận, đã sửa")
    REJECTED = "rejected", _("bỏ")


class Answer(models.TextChoices):
    """Trả lời một phát hiện."""

    MEND = "mend", _("đúng, sẽ sửa văn bản")
    KEEP = "keep", _("không sai, giữ nguyên")
    ASK = "ask", _("cần hỏi lại nơi soạn")


class OfficialDocument(models.Model):
    """Văn bản: one file at one unit, with number, kind, day and title as they were read."""

    use = models.OneToOneField("archive.FileUse", on_delete=models.PROTECT, related_name="document", verbose_name="tệp")
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="đơn vị"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    office = models.CharField("với chức danh", max_length=300)
    on = models.DateField("cho ngày")
    uploaded_at = models.DateTimeField("tải lên lúc")
    # as read; empty where the document does not say or has not been read
    number = models.CharField("số, ký hiệu", max_length=100, blank=True, default="")
    number_key = models.CharField("số, ký hiệu để tìm", max_length=100, blank=True, default="", editable=False)
    kind = models.CharField("loại văn bản", max_length=60, blank=True, default="")
    title = models.CharField("trích yếu", max_length=500, blank=True, default="")
    issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True, default="")
    signed = models.DateField("ngày ban hành", null=True, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    # the reading that is shown: the last one done, or the only one there is
    current = models.OneToOneField(
        "archive.DocumentReading",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="bản đọc",
    )
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    withdrawn_reason = models.CharField("lý do rút", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ("-uploaded_at", "-id")
        indexes = [models.Index(fields=("unit", "year"), name="archive_document_by_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How people speak of it: kind and number, or the title, or the file's name."""
        kind = f"{self.kind[:1].upper()}{self.kind[1:]}"
        if self.number:
            number = f"…{self.number}" if self.number.startswith(("/", "-")) else self.number  # the number left blank
            return f"{kind} {number}".strip()
        return f"{kind}: {self.title}" if kind and self.title else self.title or self.use.name


class DocumentReading(models.Model):
    """Bản đọc: one attempt of one version of the program; frozen and hashed when done."""

    document = models.ForeignKey(
        OfficialDocument, on_delete=models.PROTECT, related_name="readings", verbose_name="văn bản"
    )
    version = models.CharField("phiên bản chương trình", max_length=40)
    state = models.CharField(
        "tình trạng", max_length=10, choices=ReadingState.choices, default=ReadingState.QUEUED, db_index=True
    )
    sentence = models.CharField("lý do không đọc được", max_length=1000, blank=True, default="")
    step = models.CharField("đang làm", max_length=200, blank=True, default="")
    step_done = models.PositiveIntegerField("xong", default=0)
    step_total = models.PositiveIntegerField("tổng", default=0)
    seen_at = models.DateTimeField("còn chạy lúc", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người cho đọc"
    )
    queued_at = models.DateTimeField("xếp hàng lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    source_kind = models.CharField("loại nguồn", max_length=10, blank=True, default="")
    set_code = models.CharField("bộ tiêu chí", max_length=80, blank=True, default="")
    digest = models.CharField("mã băm", max_length=64, blank=True, default="")
    weights = models.JSONField("số phát hiện theo mức", default=dict, blank=True)  # {"high": 2, ...}
    # the long ones stand last and are left out of lists
    drawn = models.JSONField(
        "ảnh trang", null=True, blank=True
    )  # [[width, height], ...]; [] where there is nothing to draw
    content = models.JSONField("bản đọc", default=dict, blank=True)
    findings = models.JSONField("phát hiện", default=list, blank=True)
    source = models.JSONField("dòng của nguồn", default=list, blank=True)  # documents/source.py tells the form
    places = models.JSONField("vị trí dòng", default=dict, blank=True)  # {"12": [[page, x0, y0, x1, y1], ...]}

    class Meta:
        verbose_name = "bản đọc"
        verbose_name_plural = "bản đọc"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(state__in=("queued", "reading")),
                name="archive_reading_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(digest=""), name="archive_reading_done_is_hashed"),
        ]

    LONG = ("drawn", "content", "findings", "source", "places")

    @property
    def running(self) -> bool:
        return self.state in (ReadingState.QUEUED, ReadingState.READING)

    @property
    def percent(self) -> int:
        return min(100 * self.step_done // self.step_total, 100) if self.step_total else 0


class ReadItem(models.Model):
    """Mục đọc được: one item of a reading, with its place in the source. Written once, with the reading."""

    reading = models.ForeignKey(DocumentReading, on_delete=models.CASCADE, related_name="items", verbose_name="bản đọc")
    section = models.CharField("phần", max_length=20, choices=Section.choices)
    key = models.CharField("khoá", max_length=60)  # its place in the JSON: "targets.3", "document.number"
    order = models.PositiveIntegerField("thứ tự")
    label = models.CharField("nội dung", max_length=1000)
    folded = models.CharField("nội dung để tìm", max_length=1000)
    value = models.JSONField("giá trị")
    criteria = models.JSONField("tiêu chí", default=list)
    lines = models.JSONField("dòng", default=list)
    page = models.PositiveIntegerField("trang", null=True, blank=True)
    doubtful = models.BooleanField("nhận dạng chưa chắc", default=False)

    class Meta:
        verbose_name = "mục đọc được"
        verbose_name_plural = "mục đọc được"
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=("reading", "key"), name="archive_read_item_once")]

    def __str__(self) -> str:
        return self.label


class ItemDecision(models.Model):
    """Quyết định của người về một mục: accepted, accepted with another value, or left out."""

    item = models.ForeignKey(ReadItem, on_delete=models.PROTECT, related_name="decisions", verbose_name="mục")
    decision = models.CharField("quyết định", max_length=10, choices=Decision.choices)
    value = models.JSONField("giá trị đã sửa", null=True, blank=True)  # the fields that differ from what was read
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người")
    office = models.CharField("với chức danh", max_length=300)
    on = models.DateField("cho ngày")
    at = models.DateTimeField("lúc")
    replaced_at = models.DateTimeField("thay lúc", null=True, blank=True)

    class Meta:
        verbose_name = "quyết định về mục"
        verbose_name_plural = "quyết định về mục"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=("item",), condition=Q(replaced_at=None), name="archive_one_decision_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decision="corrected", value__isnull=False)
                | (~Q(decision="corrected") & Q(value__isnull=True)),
                name="archive_decision_value_when_corrected",
            ),
        ]


class FindingAnswer(models.Model):
    """Trả lời một phát hiện: finding `number` (from 0) of the reading."""

    reading = models.ForeignKey(
        DocumentReading, on_delete=models.PROTECT, related_name="answers", verbose_name="bản đọc"
    )
    number = models.PositiveIntegerField("phát hiện")
    answer = models.CharField("trả lời", max_length=10, choices=Answer.choices)
    text = models.CharField("giải thích", max_length=1000, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người")
    office = models.CharField("với chức danh", max_length=300)
    on = models.DateField("cho ngày")
    at = models.DateTimeField("lúc")
    replaced_at = models.DateTimeField("thay lúc", null=True, blank=True)

    class Meta:
        verbose_name = "trả lời phát hiện"
        verbose_name_plural = "trả lời phát hiện"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=("reading", "number"), condition=Q(replaced_at=None), name="archive_one_answer_at_a_time"
            )
        ]


class ConfirmedItem(models.Model):
    """Mục đã xác nhận: what planning may take up, with where it came from. A later confirmation withdraws the earlier."""

    item = models.ForeignKey(ReadItem, on_delete=models.PROTECT, related_name="confirmed", verbose_name="mục")
    document = models.ForeignKey(
        OfficialDocument, on_delete=models.PROTECT, related_name="confirmed", verbose_name="văn bản"
    )
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="đơn vị"
    )
    section = models.CharField("phần", max_length=20, choices=Section.choices)
    label = models.CharField("nội dung", max_length=1000)
    value = models.JSONField("giá trị")
    criteria = models.JSONField("tiêu chí", default=list)
    set_code = models.CharField("bộ tiêu chí", max_length=80, blank=True, default="")
    corrected = models.BooleanField("đã sửa so với văn bản", default=False)
    lines = models.JSONField("dòng", default=list)
    page = models.PositiveIntegerField("trang", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người")
    office = models.CharField("với chức danh", max_length=300)
    on = models.DateField("cho ngày")
    at = models.DateTimeField("lúc")
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mục đã xác nhận"
        verbose_name_plural = "mục đã xác nhận"
        ordering = ("document", "item__order")
        indexes = [models.Index(fields=("unit", "section"), name="archive_confirmed_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=("item",), condition=Q(withdrawn_at=None), name="archive_item_confirmed_once"
            )
        ]

    def __str__(self) -> str:
        return self.label


class DocumentText(models.Model):
    """Toàn văn: the text, and its words without marks for searching (documents/search.py keeps the index)."""

    document = models.OneToOneField(
        OfficialDocument, on_delete=models.CASCADE, related_name="text", verbose_name="văn bản"
    )
    text = models.TextField("toàn văn")
    words = models.TextField("từ không dấu")

    class Meta:
        verbose_name = "toàn văn"
        verbose_name_plural = "toàn văn"
