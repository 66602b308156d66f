"""Số liệu: what an office says of an indicator of a unit on a day. Appended, superseded, never changed."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

SCALE = 6  # figures are kept as whole numbers of 10^-6 of the measure: exact in both databases
_UNIT = Decimal(1).scaleb(-SCALE)


class Stage(models.IntegerChoices):
    """Giai đoạn của số liệu."""

    SELF = 1, "tự đánh giá"
    VERIFIED = 2, "thẩm tra"
    APPRAISED = 3, "thẩm định"


class State(models.IntegerChoices):
    """Tình trạng của số liệu: drafts are seen by their office only."""

    DRAFT = 1, "nháp"
    SENT = 2, "đã gửi"
    ACCEPTED = 3, "đã nhận"
    RETURNED = 4, "trả lại"
    SUPERSEDED = 5, "đã thay"


class FactKind(models.IntegerChoices):
    """Loại giá trị: zero, no data and not considered differ by type."""

    FIGURE = 1, "số"
    YES = 2, "đạt"
    NO = 3, "chưa đạt"
    NOT_CONSIDERED = 4, "không xét"
    NO_DATA = 5, "chưa có số liệu"


class Submission(models.Model):
    """Lần gửi: the figures that an office sent together."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    set = models.ForeignKey("standing.RegisteredSet", models.PROTECT, related_name="+", verbose_name="bộ tiêu chí")
    campaign = models.ForeignKey("standing.Campaign", models.PROTECT, null=True, related_name="submissions")
    sent_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người gửi")
    office = models.CharField("với tư cách", max_length=300)
    sent_at = models.DateTimeField("gửi lúc")
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "lần gửi"


class Observation(models.Model):
    """Số liệu: one value of one indicator (or a stated conclusion TC<no>, or a title condition) of a unit, as of a day."""

    # unit and set begin indexes below: one of their own would only cost
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    set = models.ForeignKey(
        "standing.RegisteredSet", models.PROTECT, related_name="+", db_index=False, verbose_name="bộ tiêu chí"
    )
    code = models.CharField("mã chỉ tiêu", max_length=20)
    as_of = models.DateField("số liệu đến ngày")
    stage = models.PositiveSmallIntegerField("giai đoạn", choices=Stage.choices)
    state = models.PositiveSmallIntegerField("tình trạng", choices=State.choices)
    kind = models.PositiveSmallIntegerField("loại giá trị", choices=FactKind.choices)
    scaled = models.BigIntegerField("giá trị x 10^6", null=True)
    typed = models.CharField("như đã nhập", max_length=200)
    note = models.TextField("ghi chú", blank=True)
    assumed = models.BooleanField("số giả định", default=False)
    source = models.CharField("nhập từ", max_length=12, default="desk")  # desk, xlsx, csv, api, phone, demo, document
    source_place = models.CharField("chỗ trong nguồn", max_length=300, blank=True)  # file, sheet and cell, or lines
    recorded_by = models.ForeignKey(
        "people.User", models.PROTECT, related_name="+", db_index=False, verbose_name="người nhập"
    )
    office = models.CharField("với tư cách", max_length=300)
    recorded_at = models.DateTimeField("nhập lúc")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="observations", db_index=False)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    answers = models.ForeignKey(  # verified from this one
        "self", models.PROTECT, null=True, related_name="answered_by", db_index=False
    )

    class Meta:
        verbose_name = "số liệu"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=FactKind.FIGURE, scaled__isnull=False)
                | (~Q(kind=FactKind.FIGURE) & Q(scaled__isnull=True)),
                name="a_figure_has_a_value_and_nothing_else_has",
            ),
            models.UniqueConstraint(
                fields=["unit", "set", "code", "as_of", "stage"],
                condition=Q(state=State.DRAFT),
                name="one_draft_per_day_and_stage",
            ),
            models.UniqueConstraint(
                fields=["unit", "set", "code", "as_of", "stage"],
                condition=Q(state__in=(State.SENT, State.ACCEPTED, State.RETURNED)),
                name="one_sent_per_day_and_stage",
            ),
            models.CheckConstraint(condition=~Q(supersedes=F("id")), name="an_observation_does_not_supersede_itself"),
        ]
        indexes = [
            models.Index(fields=["unit", "set", "code", "as_of"], name="observation_of_unit"),
            models.Index(fields=["set", "as_of"], name="observation_of_set"),
            models.Index(fields=["state", "set", "unit"], name="observation_waiting"),
            models.Index(fields=["submission"], condition=Q(submission__isnull=False), name="observation_submission"),
            models.Index(fields=["answers"], condition=Q(answers__isnull=False), name="observation_answers"),
        ]

    @property
    def value(self) -> Decimal | None:
        """The figure, exact; None when it is not a figure."""
        return self.unscale(self.scaled)

    @staticmethod
    def unscale(scaled: int | None) -> Decimal | None:
        """The figure that a whole number of 10^-6 stands for."""
        return None if scaled is None else (Decimal(scaled) * _UNIT).normalize() + 0

    @staticmethod
    def scale(value: Decimal) -> int:
        """Whole number of 10^-6; ValueError when the figure has more decimals than are kept or is too large."""
        scaled = value.scaleb(SCALE)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"Chỉ giữ {SCALE} chữ số thập phân; {value} có nhiều hơn.")
        if abs(scaled) >= 2**63:
            raise ValueError(f"Số {value} quá lớn.")
        return int(scaled)


class Returned(models.Model):
    """Trả lại: why a figure was given back."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="returns", verbose_name="số liệu")
    reason = models.TextField("lý do")
    returned_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", verbose_name="người trả lại")
    office = models.CharField("với tư cách", max_length=300)
    returned_at = models.DateTimeField("trả lại lúc")

    class Meta:
        verbose_name = "lần trả lại"


class Evidence(models.Model):
    """Minh chứng: a use of a stored file that an observation rests on; who attached it is told by the use."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="evidence", verbose_name="số liệu")
    use = models.OneToOneField("archive.FileUse", models.PROTECT, related_name="+", verbose_name="lần dùng tệp")
    removed_at = models.DateTimeField("gỡ lúc", null=True)

    class Meta:
        verbose_name = "minh chứng"
