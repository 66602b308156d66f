"""Đơn vị hành chính: permanent identity; names, codes and upper units in intervals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ntm.records.units.models.dated import Dated, ends_after_start


class Level(models.TextChoices):
    """Cấp."""

    PROVINCE = "tinh", "cấp tỉnh"
    DISTRICT = "huyen", "cấp huyện"
    COMMUNE = "xa", "cấp xã"
    VILLAGE = "thon", "thôn"


LEVEL_ORDER: dict[str, int] = {"tinh": 0, "huyen": 1, "xa": 2, "thon": 3}


class Unit(Dated):
    """Đơn vị hành chính, and the village below it. Its number is its identity and is no official code."""

    level = models.CharField("cấp", max_length=5, choices=Level.choices)

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        constraints = [ends_after_start("units_unit_ends_after_start")]
        indexes = [models.Index(fields=("level", "start"), name="units_unit_by_level")]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.pk}"


class UnitName(Dated):
    """Tên và loại của đơn vị in an interval: "xã Thạch Lỗi". The keys find it however it is typed."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names", verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=20)
    name = models.CharField("tên", max_length=120)
    key = models.CharField("khoá tìm kiếm", max_length=120)
    sound = models.CharField("khoá theo âm", max_length=120)

    class Meta:
        verbose_name = "tên đơn vị"
        verbose_name_plural = "tên đơn vị"
        constraints = [
            ends_after_start("units_name_ends_after_start"),
            models.UniqueConstraint(fields=("unit", "start"), name="units_name_once_a_day"),
            models.UniqueConstraint(fields=("unit",), condition=Q(end=None), name="units_name_one_open"),
            models.CheckConstraint(condition=~Q(name=""), name="units_name_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=("key",), name="units_name_by_key"),
            models.Index(fields=("sound",), name="units_name_by_sound"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class UnitCode(Dated):
    """Mã đơn vị in an interval. A code may belong to another unit in another period, never to two on one day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes", verbose_name="đơn vị")
    code = models.CharField("mã", max_length=20)

    class Meta:
        verbose_name = "mã đơn vị"
        verbose_name_plural = "mã đơn vị"
        constraints = [
            ends_after_start("units_code_ends_after_start"),
            models.UniqueConstraint(fields=("unit", "start"), name="units_code_once_a_day"),
            models.UniqueConstraint(fields=("unit",), condition=Q(end=None), name="units_code_one_open"),
            models.UniqueConstraint(fields=("code",), condition=Q(end=None), name="units_code_of_one_unit"),
            models.UniqueConstraint(fields=("code", "start"), name="units_code_of_one_unit_a_day"),
        ]

    def __str__(self) -> str:
        return self.code


class UnitParent(Dated):
    """Đơn vị cấp trên trực tiếp in an interval."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="parents", verbose_name="đơn vị")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="lower", verbose_name="đơn vị cấp trên")

    class Meta:
        verbose_name = "đơn vị cấp trên"
        verbose_name_plural = "đơn vị cấp trên"
        constraints = [
            ends_after_start("units_parent_ends_after_start"),
            models.UniqueConstraint(fields=("unit", "start"), name="units_parent_once_a_day"),
            models.UniqueConstraint(fields=("unit",), condition=Q(end=None), name="units_parent_one_open"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="units_parent_is_another"),
        ]
        indexes = [models.Index(fields=("parent", "start"), name="units_parent_by_parent")]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"
