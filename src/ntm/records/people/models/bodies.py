"""Cơ quan, tổ chức."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class BodyKind(models.TextChoices):
    """Loại cơ quan, as the plans name those who direct, lead and coordinate."""

    STEERING_COMMITTEE = "steering_committee", "Ban Chỉ đạo"
    MANAGEMENT_BOARD = "management_board", "Ban quản lý"
    VILLAGE_BOARD = "village_board", "Ban phát triển thôn"
    COORDINATION_OFFICE = "coordination_office", "Văn phòng Điều phối"
    PEOPLES_COMMITTEE = "peoples_committee", "Uỷ ban nhân dân"
    PEOPLES_COUNCIL = "peoples_council", "Hội đồng nhân dân"
    PARTY_COMMITTEE = "party_committee", "Cấp uỷ Đảng"
    MINISTRY = "ministry", "Bộ, cơ quan trung ương"
    DEPARTMENT = "department", "Sở, ban, ngành tỉnh"
    DIVISION = "division", "Phòng, ban"
    FATHERLAND_FRONT = "fatherland_front", "Mặt trận Tổ quốc"
    UNION = "union", "Đoàn thể"
    APPRAISAL_COUNCIL = "appraisal_council", "Hội đồng thẩm định"
    OTHER = "other", "Cơ quan khác"


class Body(models.Model):
    """Cơ quan, tổ chức of one unit, from a day on, until a day (excluded) when it ended."""

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="đơn vị"
    )  # null: a central body
    kind = models.CharField("loại", max_length=30, choices=BodyKind.choices)
    name = models.CharField("tên", max_length=300)
    abbreviation = models.CharField("viết tắt", max_length=60, blank=True, default="")
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True, blank=True)
    decision = models.CharField("quyết định thành lập", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        ordering = ("kind", "name")
        constraints = [
            models.CheckConstraint(condition=Q(end=None) | Q(end__gt=F("start")), name="people_body_ends_after_start"),
            models.UniqueConstraint(fields=("unit", "name"), condition=Q(end=None), name="people_body_once_in_unit"),
            models.UniqueConstraint(
                fields=("name",), condition=Q(end=None, unit=None), name="people_central_body_once"
            ),  # two empty units are not equal to a database
        ]

    def __str__(self) -> str:
        return self.name

    def on(self, day: date) -> bool:
        """Đang hoạt động: does the body exist on this day?"""
        return self.start <= day and (self.end is None or day < self.end)


class BodyMember(models.Model):
    """Thành viên cơ quan: who sits in the body, in which position, from when to when; an account is not needed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="members", verbose_name="cơ quan")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name="tài khoản",
    )
    name = models.CharField("họ và tên", max_length=200)
    post = models.CharField("chức vụ công tác", max_length=200, blank=True, default="")
    position = models.CharField("vị trí trong cơ quan", max_length=200)
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        verbose_name = "thành viên cơ quan"
        verbose_name_plural = "thành viên cơ quan"
        ordering = ("body", "start", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gt=F("start")), name="people_member_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.position}"
