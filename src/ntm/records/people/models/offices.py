"""Chức danh, người giữ chức danh, phân công phụ trách."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ntm.records.people.models.bodies import Body


class Role(models.TextChoices):
    """Vai trò: the columns of authority.csv."""

    COMMUNE_OFFICER = "commune_officer", "công chức phụ trách NTM cấp xã"
    VILLAGE_BOARD = "village_board", "Ban phát triển thôn"
    SECTOR_OFFICER = "sector_officer", "cơ quan phụ trách tiêu chí"
    COORDINATION_OFFICE = "coordination_office", "Văn phòng Điều phối"
    LEADER = "leader", "lãnh đạo"
    COUNCIL_MEMBER = "council_member", "thành viên Hội đồng thẩm định"
    ADMINISTRATOR = "administrator", "quản trị hệ thống"
    VIEWER = "viewer", "người xem"


AT_A_UNIT = (Role.COMMUNE_OFFICER, Role.VILLAGE_BOARD)


class Office(models.Model):
    """Chức danh: a role at a unit. Without a unit it is a central office, whose area is the whole country."""

    role = models.CharField("vai trò", max_length=30, choices=Role.choices)
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="địa bàn"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="offices", null=True, blank=True, verbose_name="cơ quan"
    )
    title = models.CharField("tên chức danh", max_length=300)
    # "10" is criterion 10 of every set; "SET:10" of one set only; "*" is every criterion. Sub-indicators are included.
    criteria = models.JSONField("tiêu chí phụ trách", default=list, blank=True)
    # Demonstration only: the day that the office's pages take for today, because its plan is of a past year.
    demonstration_day = models.DateField("ngày minh hoạ", null=True, blank=True)

    class Meta:
        verbose_name = "chức danh"
        verbose_name_plural = "chức danh"
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(role__in=[role.value for role in AT_A_UNIT]),
                name="people_office_of_commune_or_village_has_unit",
            ),
        ]
        indexes = [models.Index(fields=("unit", "role"), name="people_office_by_unit")]

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """Giữ chức danh: who holds the office, from a day on, until a day (excluded)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings", verbose_name="người giữ"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="holdings", verbose_name="chức danh")
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True, blank=True)
    decision = models.CharField("quyết định giao", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "người giữ chức danh"
        verbose_name_plural = "người giữ chức danh"
        ordering = ("start", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gt=F("start")), name="people_holding_ends_after_start"
            ),
            models.UniqueConstraint(fields=("user", "office"), condition=Q(end=None), name="people_holding_open_once"),
        ]
        indexes = [models.Index(fields=("user", "start"), name="people_holding_by_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.office}"

    def on(self, day: date) -> bool:
        """Đang giữ: is the office held on this day?"""
        return self.start <= day and (self.end is None or day < self.end)


class Watch(models.Model):
    """Phân công phụ trách: a body or a person watches a unit, a criterion, or a criterion in a unit."""

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="watches", null=True, blank=True, verbose_name="cơ quan"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="watches",
        null=True,
        blank=True,
        verbose_name="người được phân công",
    )
    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="địa bàn"
    )
    criterion = models.CharField("tiêu chí", max_length=80, blank=True, default="")
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True, blank=True)
    decision = models.CharField("văn bản phân công", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "phân công phụ trách"
        verbose_name_plural = "phân công phụ trách"
        ordering = ("start", "id")
        constraints = [
            models.CheckConstraint(condition=Q(end=None) | Q(end__gt=F("start")), name="people_watch_ends_after_start"),
            models.CheckConstraint(
                condition=(Q(body__isnull=False) & Q(user__isnull=True))
                | (Q(body__isnull=True) & Q(user__isnull=False)),
                name="people_watch_by_body_or_person",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(criterion=""), name="people_watch_has_unit_or_criterion"
            ),
        ]
        indexes = [models.Index(fields=("unit", "criterion"), name="people_watch_by_unit")]

    def __str__(self) -> str:
        return f"{self.body or self.user} · {self.unit or ''} {self.criterion}".strip()
