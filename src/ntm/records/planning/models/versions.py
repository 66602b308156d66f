"""Kế hoạch và các lần ban hành: the plan as a whole, and each version of it that was or will be signed.

Parts of a plan (targets, cells, tasks, text) are `Versioned`: they live from version `since` up to, not including,
version `until`. A part of a version still being drafted may be changed in place; a part that was issued is closed with
`until` and replaced, so both sides of an amendment stay readable side by side.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PlanKind(models.TextChoices):
    """Loại kế hoạch."""

    NTM = "ntm", "xây dựng nông thôn mới"
    ADVANCED = "nang_cao", "nông thôn mới nâng cao"
    MODEL = "kieu_mau", "nông thôn mới kiểu mẫu"
    VILLAGE = "thon", "thôn nông thôn mới"
    RESIDENTIAL_AREA = "khu_dan_cu", "khu dân cư nông thôn mới kiểu mẫu"
    UNDER_TEN = "duoi_10", "giảm xã đạt dưới 10 tiêu chí"
    KEEPING = "duy_tri", "duy trì, giữ vững danh hiệu"


class PlanState(models.TextChoices):
    """Tình trạng kế hoạch."""

    DRAFT = "draft", "dự thảo"
    REVIEWED = "reviewed", "đã rà soát, chờ ký"
    ISSUED = "issued", "đã ban hành"
    CLOSED = "closed", "đã kết thúc"


class VersionState(models.TextChoices):
    """Tình trạng một lần ban hành."""

    DRAFT = "draft", "dự thảo"
    REVIEWED = "reviewed", "đã rà soát, chờ ký"
    ISSUED = "issued", "đã ban hành"
    SUPERSEDED = "superseded", "đã được điều chỉnh"
    WITHDRAWN = "withdrawn", "đã bỏ dự thảo"


class Plan(models.Model):
    """Kế hoạch of one unit for a year, or for several (`year`..`year_to`)."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    level = models.CharField("cấp", max_length=5)  # tinh, huyen, xa, thon on the day it was opened
    kind = models.CharField("loại kế hoạch", max_length=12, choices=PlanKind.choices)
    year = models.PositiveSmallIntegerField("năm")
    year_to = models.PositiveSmallIntegerField("đến năm")
    set = models.ForeignKey(
        "standing.RegisteredSet", models.PROTECT, null=True, related_name="+", verbose_name="bộ tiêu chí"
    )  # the set whose criteria its cells number; of the units below for a province or a district
    upper = models.ForeignKey("self", models.PROTECT, null=True, related_name="lower", verbose_name="kế hoạch cấp trên")
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies", verbose_name="lập từ kế hoạch"
    )
    document = models.ForeignKey(
        "archive.OfficialDocument", models.PROTECT, null=True, related_name="+", verbose_name="lập từ văn bản"
    )
    state = models.CharField("tình trạng", max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    assumed = models.BooleanField("có dòng giả định", default=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    office = models.CharField("với tư cách", max_length=300)
    opened_at = models.DateTimeField("lập lúc")
    on = models.DateField("lập ngày")  # the day the office stood at, which may be a past one
    closed_on = models.DateField("kết thúc ngày", null=True)
    closing_words = models.TextField("kết quả khi kết thúc", blank=True)

    class Meta:
        verbose_name = "kế hoạch"
        ordering = ("-year", "unit_id", "kind", "id")
        constraints = [
            models.CheckConstraint(condition=Q(year_to__gte=F("year")), name="plan_years_forward"),
        ]
        indexes = [models.Index(fields=["unit", "year"], name="plan_of_unit_and_year")]


class PlanVersion(models.Model):
    """Lần ban hành: version 1 is the plan as first issued, each later one an amendment; one may be open at a time."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name="kế hoạch")
    no = models.PositiveSmallIntegerField("lần")
    state = models.CharField("tình trạng", max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    title = models.CharField("trích yếu", max_length=500)
    symbol = models.CharField("ký hiệu", max_length=60, blank=True)  # "KH-UBND"
    number = models.CharField("số", max_length=20, blank=True)  # "32"
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    superior = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    place = models.CharField("địa danh", max_length=100)
    issued_on = models.DateField("ngày ban hành", null=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=200, blank=True)
    signing_authority = models.CharField("thẩm quyền ký", max_length=200, blank=True)  # TM., KT., lines by "\n"
    reason = models.TextField("lý do điều chỉnh", blank=True)
    begun_on = models.DateField("mở ngày", null=True)  # null: the day the plan was begun
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người rà soát"
    )
    reviewed_at = models.DateTimeField("rà soát lúc", null=True)
    reviewed_on = models.DateField("rà soát ngày", null=True)  # the day the office stood at, as all days named `on`
    withdrawn_on = models.DateField("bỏ dự thảo ngày", null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi ban hành"
    )
    issued_at = models.DateTimeField("ghi ban hành lúc", null=True)
    content = models.JSONField("nội dung khi ban hành", null=True)  # frozen with its hash
    digest = models.CharField("mã băm", max_length=64, blank=True)
    file = models.ForeignKey(
        "archive.FileUse", models.PROTECT, null=True, related_name="+", verbose_name="văn bản đã viết"
    )
    tables = models.ForeignKey(
        "archive.FileUse", models.PROTECT, null=True, related_name="+", verbose_name="các biểu đã viết"
    )  # the annexes as a workbook; null where there are none
    template = models.ForeignKey(
        "archive.OfficeTemplate", models.PROTECT, null=True, related_name="+", verbose_name="viết theo mẫu"
    )  # null: the common layout

    class Meta:
        verbose_name = "lần ban hành kế hoạch"
        ordering = ("plan_id", "no")
        constraints = [
            models.UniqueConstraint(fields=["plan", "no"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=("draft", "reviewed")), name="one_open_version_of_a_plan"
            ),
        ]


class VersionedSet(models.QuerySet[Any]):
    """Chọn theo lần ban hành."""

    def in_version(self, no: int) -> Self:
        """The parts that stand in version `no`."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=no), since__lte=no)


class Versioned(models.Model):
    """Phần của kế hoạch, from version `since` up to version `until` (excluded; null: still stands)."""

    since = models.PositiveSmallIntegerField("từ lần", default=1)
    until = models.PositiveSmallIntegerField("đến trước lần", null=True)
    order = models.PositiveIntegerField("thứ tự", default=0)
    read_item = models.ForeignKey(
        "archive.ConfirmedItem", models.PROTECT, null=True, related_name="+", verbose_name="mục đã xác nhận"
    )  # where it came from, when it was read from a document
    assumed = models.BooleanField("giả định", default=False)
    source_place = models.CharField("chỗ trong nguồn", max_length=300, blank=True)

    objects = VersionedSet.as_manager()

    class Meta:
        abstract = True
