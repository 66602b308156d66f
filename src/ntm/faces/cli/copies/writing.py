"""Sao lưu: one moment of the database and the contents of the stored files, each member with its sha256."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from ntm.faces.cli.copies import tables
from ntm.faces.cli.copies.tables import CopyRefused
from ntm.records.archive.models import StoredFile
from ntm.records.audit import services as audit
from ntm.records.audit.models import Entry

Progress = Callable[[str], None]


def write(target: Path, progress: Progress) -> dict[str, Any]:
    """Ghi bản sao lưu into a new file that only its owner reads, and the log tells it; the manifest is given back."""
    if target.exists():
        raise CopyRefused(f"Tệp {target} đã có; chọn tên khác, bản sao lưu cũ không bị ghi đè.")
    if not target.parent.is_dir():
        raise CopyRefused(f"Không có thư mục {target.parent}.")
    part = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sao-luu-") as folder:
        with _one_moment():
            manifest = _tables(Path(folder), progress)
            stored = list(StoredFile.objects.order_by("pk"))
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                _pack(stream, Path(folder), manifest, stored, progress)
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)
    audit.record(
        actor=audit.system("lệnh sao lưu"),
        verb="backup.run",
        subject="database",
        unit_id=None,
        on=timezone.localdate(),
        detail={"file": target.name},
    )
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """All tables as of one moment, without keeping writers out. Inside a transaction there is nothing to begin."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own transactions are IMMEDIATE and would stop every writer
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _tables(folder: Path, progress: Progress) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for model in tables.every_table():
        running, rows = hashlib.sha256(), 0
        with (folder / model._meta.label_lower).open("wb") as stream:
            for line in tables.lines(model):
                running.update(line)
                stream.write(line)
                rows += 1
        told[model._meta.label_lower] = {
            "member": tables.member(model),
            "columns": tables.columns(model),
            "rows": rows,
            "sha256": running.hexdigest(),
        }
        if rows:
            progress(f"  {model._meta.label_lower}: {rows}")
    last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return {
        "format": tables.FORMAT,
        "program": tables.program(),
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "migrations": tables.migrations(),
        "audit": {"sequence": last[0], "hash": last[1]} if last else None,
        "tables": told,
        "files": {},
    }


def _pack(stream: Any, folder: Path, manifest: dict[str, Any], stored: list[StoredFile], progress: Progress) -> None:
    for file in stored:
        manifest["files"][file.path] = {"member": f"files/{file.path}", "sha256": file.sha256, "size": file.size}
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as archive:
        _add(archive, tables.MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        for label, told in manifest["tables"].items():
            archive.add(folder / label, arcname=told["member"], filter=_plain)
        for file in stored:
            _add(archive, manifest["files"][file.path]["member"], _content(file))
    if stored:
        progress(f"  tệp lưu trữ: {len(stored)}")


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    told = tarfile.TarInfo(name)
    told.size = len(content)
    archive.addfile(_plain(told), io.BytesIO(content))


def _plain(told: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of the machine: no owner, no time."""
    told.uid = told.gid = 0
    told.uname = told.gname = ""
    told.mtime, told.mode = 0, 0o600
    return told


def _content(file: StoredFile) -> bytes:
    try:
        with default_storage.open(file.path) as stream:
            content = bytes(stream.read())
    except FileNotFoundError:
        raise CopyRefused(
            f"Kho tệp thiếu nội dung {file.sha256[:12]}… ({file.get_kind_display()}); chưa sao lưu. "
            "Đưa tệp ấy về kho tệp rồi sao lưu lại."
        ) from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise CopyRefused(f"Nội dung tệp {file.sha256[:12]}… trong kho khác với mã băm đã ghi; chưa sao lưu.")
    return content
