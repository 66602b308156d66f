"""Thay đổi đơn vị hành chính, and what followed what."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from ntm.records.units.models.dated import DatedQuerySet


class ChangeKind(models.TextChoices):
    """Loại thay đổi."""

    LISTED = "listed", "theo danh mục"
    CREATE = "create", "thành lập"
    MERGE = "merge", "sáp nhập"
    SPLIT = "split", "chia tách"
    RENAME = "rename", "đổi tên, đổi loại"
    TRANSFER = "transfer", "chuyển đơn vị cấp trên"
    ABOLISH = "abolish", "giải thể"


class Change(models.Model):
    """Thay đổi đơn vị: one event. `on` is the day the records use.

    With `by` empty the day is known. Otherwise only lists prove the change: it fell after `after` (empty: no list before)
    and not after `by`, until a decision is entered.
    """

    kind = models.CharField("loại", max_length=10, choices=ChangeKind.choices)
    on = models.DateField("ngày có hiệu lực")
    after = models.DateField("sau ngày", null=True, blank=True)
    by = models.DateField("chậm nhất ngày", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=120, blank=True, default="")
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    certain = models.BooleanField("chắc chắn", default=True)
    source = models.CharField("nguồn", max_length=400, blank=True, default="")
    list_name = models.CharField("danh mục", max_length=20, blank=True, default="")
    note = models.TextField("ghi chú", blank=True, default="")
    undone_on = models.DateField("huỷ ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thay đổi đơn vị"
        verbose_name_plural = "thay đổi đơn vị"
        ordering = ("on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(by=None) | Q(after=None) | Q(by__gt=F("after")), name="units_change_bounds_in_order"
            ),
            models.CheckConstraint(
                condition=Q(undone_on=None) | Q(undone_on__lt=F("on")), name="units_change_undone_before_force"
            ),
            models.CheckConstraint(
                condition=Q(kind="listed") | ~Q(decision=""), name="units_change_has_a_decision_or_a_list"
            ),
        ]
        indexes = [models.Index(fields=("on",), name="units_change_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.when}"

    @property
    def known(self) -> bool:
        """Is the day itself known?"""
        return self.by is None

    @property
    def when(self) -> str:
        """The day, or the bounds, in words."""
        if self.by is None:
            return f"ngày {_written(self.on)}"
        if self.after is None:
            return f"chậm nhất ngày {_written(self.by)}, chưa biết ngày"
        return f"sau ngày {_written(self.after)}, chậm nhất ngày {_written(self.by)}, chưa biết ngày"

    @property
    def certainty(self) -> str:
        """What a screen says beside it."""
        if not self.certain:
            return "nguồn chưa chắc"
        return self.decision or "theo danh mục, chưa có quyết định"


class Succession(models.Model):
    """Kế thừa: (part of) the territory of one unit went to another by a change; `main` marks the greater part."""

    predecessor = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="successions", verbose_name="đơn vị trước"
    )
    successor = models.ForeignKey("units.Unit", models.PROTECT, related_name="origins", verbose_name="đơn vị sau")
    change = models.ForeignKey(Change, models.PROTECT, related_name="successions", verbose_name="thay đổi")
    main = models.BooleanField("phần chính", default=True)
    certain = models.BooleanField("chắc chắn", default=True)
    basis = models.CharField("căn cứ", max_length=30, blank=True, default="")
    note = models.TextField("ghi chú", blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "kế thừa đơn vị"
        verbose_name_plural = "kế thừa đơn vị"
        constraints = [
            models.UniqueConstraint(fields=("predecessor", "successor", "change"), name="units_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="units_succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"

    @property
    def on(self) -> date:
        return self.change.on

    @property
    def certainty(self) -> str:
        """What a screen says beside it."""
        if not self.certain:
            return "nguồn chưa chắc"
        return self.change.decision or "theo danh mục, chưa có quyết định"


def _written(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"
