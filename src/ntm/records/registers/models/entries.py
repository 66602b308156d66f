"""Mục của sổ: what every entry has. Nothing is changed or removed: a correction is a new row, a withdrawal is marked."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

__all__ = ["Entry", "EntrySet", "Served", "Spent"]


class EntrySet(models.QuerySet[Any]):
    """Chọn mục."""

    def current(self) -> Self:
        """What stands: neither corrected by a later row nor withdrawn."""
        return self.filter(current=True)

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse()


def _refuse() -> NoReturn:
    raise TypeError("Mục đã ghi vào sổ thì không xoá: rút mục, có lý do.")


class Entry(models.Model):
    """Mục: one line of a register of one unit, from its day. `first`: the row that the entry began with, its identity."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    start = models.DateField("ngày")
    target = models.ForeignKey(
        "planning.PlanTarget", models.PROTECT, null=True, related_name="+", verbose_name="phục vụ chỉ tiêu"
    )
    occurrence = models.ForeignKey(
        "planning.Occurrence", models.PROTECT, null=True, related_name="+", verbose_name="phục vụ nhiệm vụ"
    )
    source_place = models.CharField("nguồn", max_length=300, blank=True)
    assumed = models.BooleanField("giả định", default=False)
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    office = models.CharField("với tư cách", max_length=300)
    at = models.DateTimeField("ghi lúc")
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="mục gốc")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="thay cho"
    )
    reason = models.CharField("lý do sửa", max_length=500, blank=True)
    current = models.BooleanField("còn giá trị", default=True)
    withdrawn_on = models.DateField("rút ngày", null=True)
    withdrawn_at = models.DateTimeField("rút lúc", null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người rút"
    )
    withdrawn_office = models.CharField("rút với tư cách", max_length=300, blank=True)
    withdrawn_reason = models.CharField("lý do rút", max_length=500, blank=True)

    objects = EntrySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-start", "-id")
        indexes = [models.Index(fields=["unit", "current", "start"], name="%(class)s_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(current=False), name="%(class)s_withdrawn_is_past"
            )
        ]

    @property
    def key(self) -> int:
        """The identity that stays through corrections."""
        return self.first_id or self.pk

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()


class Served(models.Model):
    """Phục vụ tiêu chí nào: the number in the set of the unit's level on the entry's day."""

    criterion_no = models.PositiveSmallIntegerField("phục vụ tiêu chí", null=True)

    class Meta:
        abstract = True


class Spent(Served):
    """Tiền của mục: the numbers of the unit's vouchers; the amounts stand in the books of money, not here."""

    vouchers = models.CharField("chứng từ chi", max_length=500, blank=True)

    class Meta:
        abstract = True
