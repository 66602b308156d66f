"""Đọc kho lưu trữ."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.db.models import QuerySet, Sum

from ntm.records.archive.models import FileUse, StoredFile

__all__ = ["Damage", "by_hash", "damaged", "total_size", "uses_at", "uses_of"]


@dataclass(frozen=True, slots=True)
class Damage:
    """Tệp hỏng: its content is gone, or is not what it was."""

    file_id: int
    sha256: str
    problem: str


def by_hash(sha256: str) -> StoredFile | None:
    """The stored file of a content, if that content was ever kept."""
    return StoredFile.objects.filter(sha256=sha256).first()


def uses_of(file_id: int) -> QuerySet[FileUse]:
    """Ai dùng tệp này: uses that were not taken back, the newest first."""
    return FileUse.objects.filter(file_id=file_id, detached_at=None).select_related("file", "attached_by")


def uses_at(unit_ids: Collection[int], *, until: date, purpose: str | None = None) -> QuerySet[FileUse]:
    """Tệp của các đơn vị này, attached for days up to and including `until`."""
    found = FileUse.objects.filter(unit_id__in=unit_ids, on__lte=until, detached_at=None)
    found = found.select_related("file", "attached_by")
    return found.filter(purpose=purpose) if purpose else found


def total_size() -> int:
    """Dung lượng kho, in bytes."""
    return StoredFile.objects.aggregate(total=Sum("size"))["total"] or 0


def damaged() -> Iterator[Damage]:
    """Kiểm tra kho: read every content again and compare its hash; yields what is wrong."""
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        try:
            with default_storage.open(file.path, "rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            yield Damage(file.pk, file.sha256, "Nội dung tệp không còn trong kho.")
            continue
        if found != file.sha256:
            yield Damage(file.pk, file.sha256, "Nội dung tệp đã khác với lúc lưu.")
