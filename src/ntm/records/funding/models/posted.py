"""Bút toán: what every entry of money has. An entry is never changed and never removed; a reversing one corrects it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q

from ntm.domain.funds import FundKind, Use


class PostedOnly(TypeError):
    """Bút toán chỉ được ghi thêm."""


def _refuse() -> NoReturn:
    raise PostedOnly("Bút toán đã ghi thì không sửa, không xoá: ghi bút toán đảo rồi ghi lại.")


class PostedQuerySet(models.QuerySet[Any]):
    """Reads and new rows only."""

    def update(self, **kwargs: Any) -> int:
        _refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _refuse()


class KindChoice(models.TextChoices):
    """Loại vốn, as the domain names it."""

    INVESTMENT = FundKind.INVESTMENT.value, FundKind.INVESTMENT.label
    RECURRENT = FundKind.RECURRENT.value, FundKind.RECURRENT.label
    OWN = FundKind.OWN.value, FundKind.OWN.label
    UNDIVIDED = FundKind.UNDIVIDED.value, FundKind.UNDIVIDED.label


class UseChoice(models.TextChoices):
    """Chi cho việc gì."""

    INVESTMENT = Use.INVESTMENT.value, Use.INVESTMENT.label
    RECURRENT = Use.RECURRENT.value, Use.RECURRENT.label


class Signed(models.Model):
    """Ai ghi, lúc nào."""

    note = models.CharField("ghi chú", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    office = models.CharField("với tư cách", max_length=300)
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        abstract = True


class Posted(Signed):
    """Bút toán: so many đồng at a unit for a budget year, on a day. `reverses`: the entry that this one takes back.

    `placed_on`: the day whose positions say in which area it counts: its own day, a reversing one's that of the first,
    so that what was posted to a unit that has ended since still adds up.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm ngân sách")
    on = models.DateField("ngày")
    placed_on = models.DateField("tính theo địa giới ngày")
    amount = models.BigIntegerField("số tiền (đồng)")
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name="đảo bút toán"
    )

    objects = PostedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="%(app_label)s_%(class)s_sign",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()
