"""Chỉ tiêu phấn đấu, ô đơn vị × tiêu chí, phần giao cho đơn vị dưới, lộ trình."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from ntm.records.planning.models.versions import Plan, Versioned


class Subject(models.TextChoices):
    """Chỉ tiêu nói về gì (DESIGN.md, fact 5)."""

    TITLE = "title", "danh hiệu của đơn vị dưới"
    OWN_TITLE = "own_title", "danh hiệu của chính đơn vị"
    CRITERIA = "criteria", "số tiêu chí đạt"
    CRITERION = "criterion", "số đơn vị đạt một tiêu chí"
    INDICATOR = "indicator", "một chỉ tiêu của bộ tiêu chí"
    AVERAGE = "average", "bình quân tiêu chí một đơn vị"
    UNDER = "under", "số đơn vị đạt dưới một số tiêu chí"
    METRIC = "metric", "chỉ số có tên"


class Mode(models.TextChoices):
    """Thêm, giữ hay luỹ kế."""

    GAIN = "gain", "thêm mới"
    KEEP = "keep", "duy trì"
    TOTAL = "total", "luỹ kế, đạt mức"


class PlanTarget(Versioned):
    """Chỉ tiêu phấn đấu: subject, units, comparator, value, deadline; checkable on any day."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets")
    subject = models.CharField("về", max_length=10, choices=Subject.choices)
    mode = models.CharField("cách tính", max_length=5, choices=Mode.choices)
    what = models.CharField("chỉ tiêu", max_length=1000)
    title_kind = models.CharField("danh hiệu", max_length=20, blank=True)  # ntm, nang_cao, kieu_mau
    title_level = models.CharField("cấp của danh hiệu", max_length=5, blank=True)  # tinh, huyen, xa, thon
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    indicator_code = models.CharField("chỉ tiêu của bộ", max_length=20, blank=True)
    metric = models.CharField("chỉ số", max_length=40, blank=True)  # domain.targets.metrics names them
    bound = models.PositiveSmallIntegerField("dưới mấy tiêu chí", null=True)  # of subject "under"
    op = models.CharField("so sánh", max_length=2, default=">=")  # >= > <= < = ~
    value = models.DecimalField("mức", max_digits=20, decimal_places=4, null=True)
    high = models.DecimalField("đến mức", max_digits=20, decimal_places=4, null=True)
    of = models.PositiveIntegerField("trên tổng số", null=True)  # 124 of 184
    measure = models.CharField("đơn vị tính", max_length=60, blank=True)
    deadline_words = models.CharField("thời hạn, như đã viết", max_length=300, blank=True)
    due = models.DateField("hạn", null=True)
    residual_reason = models.TextField("vì sao phần giao chưa bằng tổng", blank=True)
    share_of = models.ForeignKey(
        "planning.TargetShare", models.PROTECT, null=True, related_name="taken_up", verbose_name="nhận từ phần giao"
    )

    class Meta:
        verbose_name = "chỉ tiêu phấn đấu"
        ordering = ("order", "id")


class TargetShare(Versioned):
    """Phần giao cho một đơn vị dưới; the lower office accepts it, or objects with a reason. `value` null: a name only.

    A share that an amendment changed `replaces` the one before: so both are told side by side, and what was taken up of
    the older one is known.
    """

    class Answer(models.TextChoices):
        NONE = "", "chưa trả lời"
        ACCEPTED = "accepted", "nhận"
        OBJECTED = "objected", "đề nghị điều chỉnh"

    target = models.ForeignKey(PlanTarget, models.PROTECT, related_name="shares")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    value = models.DecimalField("phần giao", max_digits=20, decimal_places=4, null=True)
    due = models.DateField("hạn", null=True)
    deadline_words = models.CharField("thời hạn, như đã viết", max_length=300, blank=True)
    answer = models.CharField("trả lời", max_length=10, choices=Answer.choices, blank=True, default="")
    reason = models.TextField("lý do", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_on = models.DateField("trả lời ngày", null=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="thay cho phần giao"
    )

    class Meta:
        verbose_name = "phần giao chỉ tiêu"
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["target", "unit"], condition=Q(until__isnull=True), name="one_share_of_a_unit"
            )
        ]

    @property
    def terms(self) -> tuple[object, ...]:
        """Điều được giao: what an answer answers."""
        return self.value, self.due, self.deadline_words


class CriterionCell(Versioned):
    """Ô đơn vị × tiêu chí: this unit shall gain (or keep) this criterion by then. Both lists of a plan are drawn from it.

    A cell of a plan that was read keeps where it was told: in the communes' list, in the criteria's, or in both.
    """

    class Told(models.TextChoices):
        BOTH = "both", "cả hai danh sách"
        UNITS = "units", "chỉ danh sách theo xã"
        CRITERIA = "criteria", "chỉ danh sách theo tiêu chí"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="cells")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    criterion_no = models.PositiveSmallIntegerField("tiêu chí")
    mode = models.CharField("cách tính", max_length=5, choices=Mode.choices, default=Mode.GAIN)
    deadline_words = models.CharField("thời hạn, như đã viết", max_length=300, blank=True)
    due = models.DateField("hạn", null=True)
    told = models.CharField("nêu ở", max_length=10, choices=Told.choices, default=Told.BOTH)

    class Meta:
        verbose_name = "ô đơn vị × tiêu chí"
        ordering = ("unit_id", "criterion_no", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "unit", "criterion_no"], condition=Q(until__isnull=True), name="one_cell_of_a_criterion"
            )
        ]
        indexes = [models.Index(fields=["plan", "criterion_no"], name="cell_by_criterion")]


class RoadmapStep(Versioned):
    """Bước của lộ trình: what is done in which days for which criterion, and whether it completes the criterion."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="roadmap")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    what = models.TextField("việc")
    deadline_words = models.CharField("thời gian, như đã viết", max_length=300, blank=True)
    start = models.DateField("từ ngày")
    end = models.DateField("đến hết ngày")
    completes = models.BooleanField("hoàn thành tiêu chí", default=False)

    class Meta:
        verbose_name = "bước của lộ trình"
        ordering = ("start", "order", "id")
        constraints = [models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="roadmap_step_forward")]
