"""Bản cài đặt: is this database for demonstration or for work?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class InstallationKind(models.TextChoices):
    """Loại bản cài đặt, decided once, when the first account is made."""

    DEMONSTRATION = "demonstration", "minh hoạ"
    PRODUCTION = "production", "chính thức"


class Installation(models.Model):
    """Bản cài đặt: one row. Demonstration accounts exist only in a demonstration database."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    kind = models.CharField("loại", max_length=20, choices=InstallationKind.choices)
    created = models.DateTimeField("khai báo lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "bản cài đặt"
        verbose_name_plural = "bản cài đặt"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="people_installation_is_one")]

    def __str__(self) -> str:
        return InstallationKind(self.kind).label
