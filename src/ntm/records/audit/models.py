"""Nhật ký: append-only, chained by hash. This room lies below all others, so units and users are kept as numbers."""

from __future__ import annotations

from datetime import UTC
from typing import Any, NoReturn

from django.db import models

from ntm.records.audit import canonical


class AppendOnlyError(TypeError):
    """Nhật ký chỉ được ghi thêm: an attempt to change or remove what was written."""


def _refuse() -> NoReturn:
    raise AppendOnlyError("Nhật ký chỉ được ghi thêm: không sửa, không xoá được mục đã ghi.")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads only; the one way to write is services.record."""

    def update(self, **kwargs: Any) -> int:
        _refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _refuse()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Entry]:
        _refuse()


class Entry(models.Model):
    """Mục nhật ký: one thing done; the hash covers its content and the entry before it."""

    sequence = models.BigIntegerField("số thứ tự", primary_key=True)
    at = models.DateTimeField("lúc")
    on = models.DateField("cho ngày")
    verb = models.CharField("việc", max_length=60)
    user_id = models.BigIntegerField("mã người dùng", null=True)
    name = models.CharField("người thực hiện", max_length=200)
    office = models.CharField("chức danh", max_length=300)
    subject = models.CharField("đối tượng", max_length=200)
    unit_id = models.BigIntegerField("mã đơn vị", null=True)
    detail = models.JSONField("chi tiết")
    previous_hash = models.CharField("mã băm mục trước", max_length=64)
    hash = models.CharField("mã băm", max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ("-sequence",)
        indexes = [
            models.Index(fields=("unit_id", "-sequence"), name="audit_entry_by_unit"),
            models.Index(fields=("user_id", "-sequence"), name="audit_entry_by_user"),
            models.Index(fields=("verb", "-sequence"), name="audit_entry_by_verb"),
            models.Index(fields=("subject", "-sequence"), name="audit_entry_by_subject"),
            models.Index(fields=("at",), name="audit_entry_by_moment"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="audit_entry_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.verb} · {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        kwargs["force_insert"] = True  # a taken number is an error, never an update
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse()

    def content(self) -> dict[str, Any]:
        """What the hash covers: every column but the hash itself."""
        return {
            "sequence": self.sequence,
            "at": self.at.astimezone(UTC),
            "on": self.on,
            "verb": self.verb,
            "user_id": self.user_id,
            "name": self.name,
            "office": self.office,
            "subject": self.subject,
            "unit_id": self.unit_id,
            "detail": self.detail,
            "previous_hash": self.previous_hash,
        }

    def computed_hash(self) -> str:
        """The hash that this content must have."""
        return canonical.digest(self.content())
