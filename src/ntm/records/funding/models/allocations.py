"""Quyết định phân bổ và bút toán của nó."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ntm.records.funding.models.posted import KindChoice, Posted, Signed


class Act(models.TextChoices):
    """Việc gì với tiền đã giao."""

    ALLOCATE = "allocate", "phân bổ"
    ADJUST = "adjust", "điều chỉnh"
    TRANSFER = "transfer", "điều chuyển"
    CARRY_OVER = "carry_over", "chuyển nguồn sang năm sau"
    RECOVER = "recover", "thu hồi"


class AllocationDecision(Signed):
    """Quyết định phân bổ: number, date, issuer; from whom. Without a giver the money comes from above the records."""

    number = models.CharField("số", max_length=60)
    issued_on = models.DateField("ngày")
    issuer = models.CharField("cơ quan ban hành", max_length=300)
    act = models.CharField("việc", max_length=10, choices=Act.choices)
    giver = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="đơn vị giao vốn")
    document = models.ForeignKey(
        "archive.FileUse", models.PROTECT, null=True, related_name="+", verbose_name="tệp quyết định"
    )

    class Meta:
        verbose_name = "quyết định phân bổ"
        ordering = ("issued_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["number", "issued_on", "issuer"], name="allocation_decision_once"),
        ]


class AllocationEntry(Posted):
    """Bút toán phân bổ. What a unit holds of a source is the sum of its entries: given on, taken back or carried over
    they are negative, so that units of an area add up to what the area holds. One `line` is reversed as a whole."""

    decision = models.ForeignKey(AllocationDecision, models.PROTECT, related_name="entries", verbose_name="quyết định")
    line = models.PositiveIntegerField("dòng")
    works = models.ForeignKey(
        "funding.Works",
        models.PROTECT,
        null=True,
        related_name="allocations",
        db_index=False,
        verbose_name="công trình",
    )
    source = models.CharField("nguồn vốn", max_length=40)
    kind = models.CharField("loại vốn", max_length=10, choices=KindChoice.choices)
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)

    class Meta(Posted.Meta):
        verbose_name = "bút toán phân bổ"
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="allocation_not_zero"),
            models.CheckConstraint(condition=~Q(kind="undivided"), name="allocation_divided"),
        ]
        indexes = [
            models.Index(
                fields=["unit", "year", "source", "kind", "criterion_no", "placed_on", "on", "amount"],
                name="allocated_by_cell",
            ),
            models.Index(fields=["works", "on", "amount"], name="allocated_by_works"),
        ]
