"""Đóng góp của nhân dân: in money, work, land or things; each with its quantity and a value by a dated price decision."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ntm.records.funding.models.posted import Posted, Signed
from ntm.records.units.models import DatedQuerySet


class Form(models.TextChoices):
    """Hình thức đóng góp."""

    CASH = "cash", "tiền"
    LABOUR = "labour", "ngày công"
    LAND = "land", "đất"
    MATERIALS = "materials", "vật liệu, hiện vật"


class PriceDecision(Signed):
    """Quyết định giá: đồng a measure of labour, land or a material, in a unit and below it, over [start, end)."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    form = models.CharField("hình thức", max_length=10, choices=Form.choices)
    name = models.CharField("tên", max_length=200)
    measure = models.CharField("đơn vị tính", max_length=40)
    price = models.BigIntegerField("đơn giá (đồng)")
    number = models.CharField("số quyết định", max_length=60)
    issued_on = models.DateField("ngày quyết định")
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định giá"
        ordering = ("form", "name", "start", "id")
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="price_positive"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gt=F("start")), name="price_forward"),
            models.UniqueConstraint(fields=["unit", "form", "name", "start"], name="price_once_a_day"),
        ]


class Contribution(Posted):
    """Đóng góp: by whom (named only with consent), how much of what, worth how many đồng."""

    form = models.CharField("hình thức", max_length=10, choices=Form.choices)
    contributor = models.CharField("người đóng góp", max_length=200)
    consent = models.BooleanField("đồng ý nêu tên", default=False)
    quantity = models.DecimalField("số lượng", max_digits=14, decimal_places=3)
    measure = models.CharField("đơn vị tính", max_length=40)
    price = models.ForeignKey(PriceDecision, models.PROTECT, null=True, related_name="+", verbose_name="quyết định giá")
    works = models.ForeignKey(
        "funding.Works", models.PROTECT, null=True, related_name="contributions", verbose_name="công trình"
    )
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    receipt = models.CharField("số phiếu thu", max_length=60)
    meeting = models.CharField("biên bản họp dân", max_length=300, blank=True)

    class Meta(Posted.Meta):
        verbose_name = "đóng góp của nhân dân"
        constraints = [
            *Posted.Meta.constraints,
            models.CheckConstraint(
                condition=Q(form="cash", price__isnull=True) | (~Q(form="cash") & Q(price__isnull=False)),
                name="contribution_in_kind_is_priced",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "year", "form", "placed_on", "on", "criterion_no", "amount"], name="given_by_unit"
            ),
        ]

    @property
    def source(self) -> str:
        """Nguồn vốn của đóng góp này."""
        return f"people.{self.form}"
