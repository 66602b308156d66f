"""Chứng từ giải ngân, khoá kỳ."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ntm.records.funding.models.posted import KindChoice, Posted, Signed, UseChoice


class Disbursement(Posted):
    """Chứng từ giải ngân: one line of a voucher. `advance`: paid before the volume was accepted."""

    number = models.CharField("số chứng từ", max_length=60)
    line = models.PositiveSmallIntegerField("dòng", default=1)
    source = models.CharField("nguồn vốn", max_length=40)
    kind = models.CharField("loại vốn", max_length=10, choices=KindChoice.choices)
    use = models.CharField("chi cho", max_length=10, choices=UseChoice.choices)
    works = models.ForeignKey(
        "funding.Works", models.PROTECT, null=True, related_name="payments", db_index=False, verbose_name="công trình"
    )
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    payee = models.CharField("người nhận", max_length=300, blank=True)
    advance = models.BooleanField("có phần tạm ứng", default=False)
    place = models.CharField("chỗ trong tệp nhập", max_length=300, blank=True)
    files = models.ManyToManyField("archive.FileUse", related_name="+", verbose_name="chứng từ gốc, ảnh")

    class Meta(Posted.Meta):
        verbose_name = "chứng từ giải ngân"
        constraints = [
            *Posted.Meta.constraints,
            models.CheckConstraint(condition=~Q(kind="undivided"), name="disbursement_divided"),
            models.CheckConstraint(condition=Q(kind="own") | Q(kind=models.F("use")), name="disbursement_of_its_kind"),
        ]
        indexes = [
            models.Index(
                fields=["unit", "year", "source", "kind", "criterion_no", "placed_on", "on", "amount"],
                name="paid_by_cell",
            ),
            models.Index(fields=["works", "on", "amount"], name="paid_by_works"),
            models.Index(fields=["unit", "year", "number"], name="paid_by_number"),
        ]


class PeriodLock(Signed):
    """Khoá kỳ: at this unit and all below it, entries of the budget year up to this day stand as they are."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm ngân sách")
    through = models.DateField("đến hết ngày", null=True)  # None: the whole year
    on = models.DateField("khoá ngày")
    reopened_on = models.DateField("mở lại ngày", null=True)
    reopened_reason = models.CharField("lý do mở lại", max_length=500, blank=True)

    class Meta:
        verbose_name = "khoá kỳ"
        ordering = ("year", "id")
        indexes = [models.Index(fields=["unit", "year"], name="lock_by_unit")]
