"""Vị trí: where a unit lies on each day, drawn from the upper units so that a roll-up is one GROUP BY."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ntm.records.units.models.dated import DatedQuerySet, ends_after_start
from ntm.records.units.models.units import Level, Unit


def _ancestor(name: str) -> models.ForeignKey[Unit | None, Unit | None]:
    # indexed below, together with the level and the days
    return models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+", db_index=False, verbose_name=name)


class Position(models.Model):
    """Vị trí của đơn vị in an interval: its ancestor at each level, itself at its own. Can be drawn again from UnitParent."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="positions", db_index=False, verbose_name="đơn vị")
    level = models.CharField("cấp", max_length=5, choices=Level.choices)
    parent = models.ForeignKey(
        Unit, models.CASCADE, null=True, related_name="+", db_index=False, verbose_name="đơn vị cấp trên"
    )
    province = _ancestor("tỉnh")
    district = _ancestor("huyện")
    commune = _ancestor("xã")
    start = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí của đơn vị"
        verbose_name_plural = "vị trí của đơn vị"
        constraints = [
            ends_after_start("units_position_ends_after_start"),
            models.UniqueConstraint(fields=("unit", "start"), name="units_position_once_a_day"),
            models.UniqueConstraint(fields=("unit",), condition=Q(end=None), name="units_position_one_open"),
        ]
        indexes = [
            models.Index(fields=("province", "level", "start", "end", "unit"), name="units_position_by_province"),
            models.Index(fields=("district", "level", "start", "end", "unit"), name="units_position_by_district"),
            models.Index(fields=("commune", "level", "start", "end", "unit"), name="units_position_by_commune"),
            models.Index(fields=("parent", "start", "end"), name="units_position_by_parent"),
            models.Index(fields=("level", "start", "end"), name="units_position_by_level"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.unit_id} [{self.start}, {self.end})"
