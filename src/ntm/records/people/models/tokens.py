"""Khoá API."""

from __future__ import annotations

from django.db import models

from ntm.records.people.models.offices import Holding


class Token(models.Model):
    """Khoá API: lets a program act as one holder of one office. Only its hash is kept; the prefix tells which it is."""

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="tokens", verbose_name="chức danh")
    name = models.CharField("dùng cho", max_length=200)
    prefix = models.CharField("phần đầu", max_length=12, unique=True)
    hash = models.CharField("mã băm", max_length=64, unique=True)
    created = models.DateTimeField("cấp lúc")
    expires = models.DateField("hết hạn từ ngày")
    last_used = models.DateTimeField("dùng lần cuối", null=True, blank=True)
    revoked = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        verbose_name = "khoá API"
        verbose_name_plural = "khoá API"
        ordering = ("-created",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
