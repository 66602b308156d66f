"""Vùng, nhóm xã, diện đặc thù."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ntm.records.units.models.dated import Dated, ends_after_start
from ntm.records.units.models.units import Unit


class StatusKind(models.TextChoices):
    """Loại: the first two have a value, the others are or are not. The codes are those of the criteria sets."""

    REGION = "region", "vùng"
    GROUP = "group", "nhóm xã"
    EXTREMELY_DIFFICULT = "dac_biet_kho_khan", "đặc biệt khó khăn"
    BORDER = "bien_gioi", "biên giới"
    ISLAND = "hai_dao", "hải đảo"
    SAFE_ZONE = "an_toan_khu", "an toàn khu"


STATUS_FLAGS: tuple[str, ...] = ("dac_biet_kho_khan", "bien_gioi", "hai_dao", "an_toan_khu")
GROUPS: dict[str, str] = {"nhom_1": "xã nhóm 1", "nhom_2": "xã nhóm 2", "nhom_3": "xã nhóm 3"}


class UnitStatus(Dated):
    """Diện của đơn vị in an interval, with its reference. `scheme` names the instrument whose groups are meant."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="statuses", verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=20, choices=StatusKind.choices)
    value = models.CharField("giá trị", max_length=40, default="yes")
    scheme = models.CharField("văn bản quy định nhóm", max_length=60, blank=True, default="")
    reference = models.CharField("căn cứ", max_length=300, blank=True, default="")
    verified = models.BooleanField("đã đối chiếu", default=False)

    class Meta:
        verbose_name = "diện của đơn vị"
        verbose_name_plural = "diện của đơn vị"
        constraints = [
            ends_after_start("units_status_ends_after_start"),
            models.UniqueConstraint(fields=("unit", "kind", "scheme", "start"), name="units_status_once_a_day"),
            models.UniqueConstraint(
                fields=("unit", "kind", "scheme"), condition=Q(end=None), name="units_status_one_open"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="units_status_has_a_value"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"
