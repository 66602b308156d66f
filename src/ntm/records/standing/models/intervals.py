"""Hiện trạng theo khoảng ngày: where a unit stood, from a day to a day (half-open), drawn from observations and the law.

Every row can be drawn again from nothing (`ntm standing rebuild --check`).
"""

from django.db import models
from django.db.models import F, Q


class Basis(models.IntegerChoices):
    """Căn cứ: the office's own word, or only what was verified or appraised."""

    SELF = 1, "tự đánh giá"
    CONFIRMED = 2, "đã thẩm tra"


class OutcomeCode(models.IntegerChoices):
    """Kết quả, one byte each; the words are domain.assessment.Outcome."""

    NO_DATA = 0, "chưa có số liệu"
    MET = 1, "đạt"
    NOT_MET = 2, "chưa đạt"
    NOT_CONSIDERED = 3, "không xét"


class _Interval(models.Model):
    # unit begins an index of each table below, and whoever asks by set asks by unit too: their own would only cost
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    set = models.ForeignKey(
        "standing.RegisteredSet", models.PROTECT, related_name="+", db_index=False, verbose_name="bộ tiêu chí"
    )
    basis = models.PositiveSmallIntegerField("căn cứ", choices=Basis.choices)
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True)

    class Meta:
        abstract = True


class IndicatorStanding(_Interval):
    """Hiện trạng chỉ tiêu."""

    code = models.CharField("mã chỉ tiêu", max_length=20)
    outcome = models.PositiveSmallIntegerField("kết quả", choices=OutcomeCode.choices)
    # no index: nobody asks which intervals rest on an observation, and observations are never deleted
    observation = models.ForeignKey("standing.Observation", models.PROTECT, null=True, related_name="+", db_index=False)
    assumed = models.BooleanField("dựa trên số giả định", default=False)

    class Meta:
        verbose_name = "hiện trạng chỉ tiêu"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="indicator_interval_forward"
            ),
            models.UniqueConstraint(fields=["unit", "set", "basis", "code", "start"], name="indicator_interval_once"),
        ]


class CriterionStanding(_Interval):
    """Hiện trạng tiêu chí."""

    no = models.PositiveSmallIntegerField("tiêu chí")
    outcome = models.PositiveSmallIntegerField("kết quả", choices=OutcomeCode.choices)
    assumed = models.BooleanField("dựa trên số giả định", default=False)
    stated = models.BooleanField("theo kết luận, chưa có số liệu chỉ tiêu", default=False)

    class Meta:
        verbose_name = "hiện trạng tiêu chí"
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="criterion_interval_forward"
            ),
            models.UniqueConstraint(fields=["unit", "set", "basis", "no", "start"], name="criterion_interval_once"),
        ]
        indexes = [models.Index(fields=["set", "basis", "no", "start"], name="criterion_standing_of_set")]


class UnitStanding(_Interval):
    """Hiện trạng đơn vị: counts of criteria, and what the title rule says."""

    met = models.PositiveSmallIntegerField("đạt")
    not_met = models.PositiveSmallIntegerField("chưa đạt")
    no_data = models.PositiveSmallIntegerField("chưa có số liệu")
    not_considered = models.PositiveSmallIntegerField("không xét")
    title_outcome = models.PositiveSmallIntegerField("điều kiện danh hiệu", choices=OutcomeCode.choices)
    assumed = models.BooleanField("có số giả định", default=False)

    class Meta:
        verbose_name = "hiện trạng đơn vị"
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="unit_interval_forward"),
            models.UniqueConstraint(fields=["unit", "set", "basis", "start"], name="unit_interval_once"),
        ]
        indexes = [models.Index(fields=["set", "basis", "start", "end"], name="unit_standing_of_set")]
