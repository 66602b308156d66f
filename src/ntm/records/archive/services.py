"""Lưu trữ: keep a file once, note who uses it where, hand it only to those who may see it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm.records.archive import kinds
from ntm.records.archive.kinds import FileRefused
from ntm.records.archive.models import FileKind, FileUse, Purpose, StoredFile
from ntm.records.audit.services import record
from ntm.records.people import authority

__all__ = [
    "FileMissing",
    "FileRefused",
    "OpenedFile",
    "attach",
    "content_of",
    "detach",
    "keep_made",
    "open_for",
    "release",
    "store",
]

# purpose -> (action to put a file there, action to read it)
_ACTIONS = {
    Purpose.EVIDENCE: ("evidence.attach", "evidence.read"),
    Purpose.DOCUMENT: ("document.upload", "document.read"),
    Purpose.UPLOAD: ("workbook.upload", "workbook.upload"),
    Purpose.PRODUCED: ("workbook.download", "workbook.download"),
    Purpose.TEMPLATE: ("template.manage", "plan.read"),
}


class FileMissing(LookupError):
    """Không có tệp: unknown, or its content is gone from the store."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """Tệp đã mở. Serve it as an attachment unless `inline`; the type was told by the content, not by the sender."""

    stream: IO[bytes] | File
    name: str
    content_type: str
    size: int
    sha256: str
    inline: bool


def store(actor: authority.Actor, *, content: bytes | IO[bytes], name: str, **use: Any) -> StoredFile:
    """Lưu tệp and its use, see `attach`; gives the stored file."""
    return attach(actor, content=content, name=name, **use).file


@transaction.atomic
def attach(
    actor: authority.Actor,
    *,
    content: bytes | IO[bytes],
    name: str,
    unit_id: int | None,
    on: date,
    purpose: str = Purpose.EVIDENCE,
    criterion: str | None = None,
    draft: bool = False,
) -> FileUse:
    """Đính kèm tệp: the content is kept once by its hash; each use is a row of its own. A draft is for its office only."""
    purpose = Purpose(purpose)
    authority.require(actor, _ACTIONS[purpose][0], unit_id, on=on, criterion=criterion)
    data = _bounded(content, settings.WORKBOOK_MAX_BYTES if purpose is Purpose.UPLOAD else settings.EVIDENCE_MAX_BYTES)
    kind = kinds.detect(data)
    file = _kept(data, kind)
    use = FileUse.objects.create(
        file=file,
        name=_safe_name(name, kind),
        unit_id=unit_id,
        purpose=purpose,
        criterion=criterion or "",
        draft=draft,
        attached_by_id=actor.user_id,
        office=actor.office_label,
        on=on,
        attached_at=timezone.now(),
    )
    _log(actor, "evidence.attach" if purpose is Purpose.EVIDENCE else "document.store", use, on)
    return use


@transaction.atomic
def release(actor: authority.Actor, *, file_ids: Collection[int], unit_id: int, on: date) -> int:
    """Gửi đi cùng số liệu: the drafts' files of the unit become readable to the offices above; how many did."""
    uses = FileUse.objects.filter(file_id__in=file_ids, unit_id=unit_id, draft=True, detached_at=None)
    chosen = list(uses.select_related("file"))
    for criterion in sorted({use.criterion for use in chosen}):
        authority.require(actor, "observation.send", unit_id, on=on, criterion=criterion or None)
    if not chosen:
        return 0
    FileUse.objects.filter(pk__in=[use.pk for use in chosen]).update(draft=False)
    record(
        actor=actor.stamp(),
        verb="evidence.release",
        subject="archive.fileuse",
        unit_id=unit_id,
        on=on,
        detail={"count": len(chosen), "files": [use.file.sha256 for use in chosen]},
    )
    return len(chosen)


@transaction.atomic
def detach(actor: authority.Actor, use: FileUse, *, reason: str, on: date) -> FileUse:
    """Gỡ tệp of a draft; what was sent stays, because others have judged by it."""
    authority.require(actor, _ACTIONS[Purpose(use.purpose)][0], use.unit_id, on=on, criterion=use.criterion or None)
    use = FileUse.objects.select_for_update(of=("self",)).select_related("file").get(pk=use.pk)
    if use.detached_at is not None:
        raise FileRefused(_("Tệp «%(name)s» đã gỡ rồi.") % {"name": use.name})
    if not use.draft:
        raise FileRefused(
            _("Tệp «%(name)s» đã gửi cùng số liệu nên không gỡ được: đính kèm thêm tệp đúng và ghi chú.")
            % {"name": use.name}
        )
    if not reason.strip():
        raise FileRefused(_("Ghi lý do gỡ tệp «%(name)s».") % {"name": use.name})
    use.detached_at = timezone.now()
    use.save(update_fields=["detached_at"])
    _log(actor, "evidence.detach", use, on, reason=reason)
    return use


def open_for(actor: authority.Actor, file_id: int, on: date) -> OpenedFile:
    """Mở tệp: for who attached it, and for whom may read at one of the units that use it."""
    file = StoredFile.objects.filter(pk=file_id).first()
    uses = list(FileUse.objects.filter(file_id=file_id, detached_at=None)) if file else []
    if file is None or not uses:
        raise FileMissing(_("Không có tệp này, hoặc tệp đã được gỡ."))
    use = next((use for use in uses if _readable(actor, use, on)), None)
    if use is None:
        action, first = _read_action(uses[0]), uses[0]
        authority.require(actor, action, first.unit_id, on=on, criterion=first.criterion or None)
        raise authority.Denied(_("Chưa được xem tệp này với chức danh «%(office)s».") % {"office": actor.office_label})
    try:
        stream = default_storage.open(file.path, "rb")
    except FileNotFoundError as error:
        raise FileMissing(
            _("Nội dung tệp «%(name)s» không còn trong kho: báo quản trị khôi phục từ bản sao lưu.")
            % {"name": use.name}
        ) from error
    kind = FileKind(file.kind)
    inline = kind in (FileKind.PNG, FileKind.JPEG, FileKind.WEBP, FileKind.PDF)
    return OpenedFile(stream, use.name, kinds.CONTENT_TYPES[kind], file.size, file.sha256, inline)


def keep_made(content: bytes) -> StoredFile:
    """Giữ tệp hệ thống tự làm: no use of its own; whoever keeps the row decides who may read it."""
    return _kept(content, kinds.detect(content))


def content_of(file: StoredFile) -> bytes:
    """Nội dung tệp, for a room that has asked who may read it; FileMissing where it is gone."""
    try:
        with default_storage.open(file.path, "rb") as stream:
            return bytes(stream.read())
    except FileNotFoundError as error:
        raise FileMissing(_("Nội dung tệp không còn trong kho: báo quản trị khôi phục từ bản sao lưu.")) from error


def _readable(actor: authority.Actor, use: FileUse, on: date) -> bool:
    if use.attached_by_id == actor.user_id:
        return True
    return authority.allows(actor, _read_action(use), use.unit_id, on=on, criterion=use.criterion or None)


def _read_action(use: FileUse) -> str:
    return "draft.read" if use.draft else _ACTIONS[Purpose(use.purpose)][1]


def _bounded(content: bytes | IO[bytes], most: int) -> bytes:
    data = content if isinstance(content, bytes) else content.read(most + 1)
    if len(data) > most:
        raise FileRefused(
            _("Tệp lớn hơn %(most)s MB: giảm dung lượng ảnh hoặc tách tệp rồi gửi lại.")
            % {"most": most // 1024 // 1024}
        )
    return data


def _kept(data: bytes, kind: FileKind) -> StoredFile:
    """One row and one content for a hash, also when two people send the same file at the same time."""
    sha256 = hashlib.sha256(data).hexdigest()
    file, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(data), "kind": kind, "stored_at": timezone.now()}
    )
    if default_storage.exists(file.path):
        with default_storage.open(file.path, "rb") as there:
            if hashlib.file_digest(there, "sha256").hexdigest() == sha256:
                return file
        default_storage.delete(file.path)  # half written when a machine stopped
    written = default_storage.save(file.path, ContentFile(data))
    if written != file.path:  # another process wrote the same content in between
        default_storage.delete(written)
    return file


def _safe_name(name: str, kind: FileKind) -> str:
    """The sender's name without folders and control characters, with an ending that fits the content."""
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    base = "".join(letter for letter in base if unicodedata.category(letter)[0] != "C").strip(" .") or "tep"
    suffixes = kinds.SUFFIXES[kind]
    if not base.lower().endswith(suffixes):
        base = f"{base}{suffixes[0]}"
    return base if len(base) <= 200 else f"{base[:190]}{suffixes[0]}"


def _log(actor: authority.Actor, verb: str, use: FileUse, on: date, **detail: str) -> None:
    record(
        actor=actor.stamp(),
        verb=verb,
        subject=use,
        unit_id=use.unit_id,
        on=on,
        detail={
            "file": use.name,
            "sha256": use.file.sha256,
            "size": use.file.size,
            "purpose": use.purpose,
            "indicator": use.criterion,
            **detail,
        },
    )
