"""Sổ sản phẩm OCOP: the product, and its stars with their decision and their days."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ntm.records.registers.models.entries import Entry, Served, Spent


class OcopProduct(Served, Entry):
    """Sản phẩm OCOP: its name and who makes it; in the register from the day it takes part."""

    class Owner(models.TextChoices):
        COOPERATIVE = "cooperative", "hợp tác xã"
        GROUP = "group", "tổ hợp tác"
        ENTERPRISE = "enterprise", "doanh nghiệp"
        HOUSEHOLD = "household", "hộ, trang trại"
        OTHER = "other", "khác"

    title = models.CharField("tên sản phẩm", max_length=300)
    owner = models.CharField("chủ thể", max_length=300)
    owner_kind = models.CharField("loại chủ thể", max_length=12, choices=Owner.choices)
    sector = models.CharField("nhóm sản phẩm", max_length=200, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "sản phẩm OCOP"


class OcopRating(Spent, Entry):
    """Lần đánh giá, phân hạng: stars by a decision, from its day until the cycle ends or they are revoked.

    `scoring_set`: the set in force on that day; a star is never worked out again by a later set. `unchecked`: what the
    validity rests on was not read in the official text.
    """

    product = models.ForeignKey(OcopProduct, models.PROTECT, related_name="ratings", verbose_name="sản phẩm")
    year = models.PositiveSmallIntegerField("năm đánh giá")
    stars = models.PositiveSmallIntegerField("số sao")
    points = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True)
    number = models.CharField("số quyết định", max_length=60)
    issuer = models.CharField("cấp công nhận", max_length=200)
    valid_until = models.DateField("hết hạn ngày")
    revoked_on = models.DateField("thu hồi ngày", null=True)
    support = models.BigIntegerField("kinh phí hỗ trợ", null=True)
    scoring_set = models.CharField("bộ tiêu chí OCOP", max_length=40, blank=True)
    unchecked = models.BooleanField("căn cứ chưa đối chiếu", default=False)

    class Meta(Entry.Meta):
        verbose_name = "lần đánh giá OCOP"
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="ocop_one_to_five_stars"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("start")), name="ocop_valid_forward"),
        ]
