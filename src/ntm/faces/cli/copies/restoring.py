"""Khôi phục: everything is checked before anything is written, and written in one transaction."""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from ntm.faces.cli.copies import tables
from ntm.faces.cli.copies.tables import CopyRefused
from ntm.records.audit import services as audit

Progress = Callable[[str], None]
_BLOCK = 1024 * 1024


def restore(source: Path, progress: Progress) -> audit.VerifyResult:
    """Khôi phục vào cơ sở dữ liệu trống; gives what the check of the log found."""
    with tempfile.TemporaryDirectory(prefix="ntm-khoi-phuc-") as folder:
        manifest = _unpacked(source, Path(folder))
        _fitting(manifest)
        _empty()
        progress(f"Bản sao lưu lúc {manifest['made_at']}, {len(manifest['tables'])} bảng: mã băm khớp.")
        _files(manifest, Path(folder))
        try:
            with transaction.atomic():
                _rows(manifest, Path(folder), progress)
                connection.check_constraints()
                _sequences()
                result = _log(manifest, source.name)
        except IntegrityError as error:
            raise CopyRefused(f"Bản sao lưu không nhất quán, chưa ghi gì: {error}") from None
    return result


def _unpacked(source: Path, folder: Path) -> dict[str, Any]:
    """The manifest; every member it names lies in the folder afterwards, its sum checked. No other is taken."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            first = archive.next()
            if first is None or first.name != tables.MANIFEST:
                raise CopyRefused(f"{source} không phải bản sao lưu của hệ thống: thiếu {tables.MANIFEST}.")
            manifest = json.loads(_stream(archive, first).read())
            expected = {
                told["member"]: told["sha256"] for part in ("tables", "files") for told in manifest[part].values()
            }
            while (member := archive.next()) is not None:
                if member.name not in expected or not member.isfile():
                    raise CopyRefused(f"Bản sao lưu có phần lạ: {member.name}. Dùng bản khác.")
                if _saved(_stream(archive, member), folder / _flat(member.name)) != expected.pop(member.name):
                    raise CopyRefused(f"Bản sao lưu đã hỏng hoặc bị sửa: {member.name} khác mã băm. Dùng bản khác.")
    except FileNotFoundError:
        raise CopyRefused(f"Không có tệp {source}.") from None
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CopyRefused(f"Không đọc được bản sao lưu {source}: {error}.") from None
    if expected:
        raise CopyRefused(f"Bản sao lưu thiếu {len(expected)} phần, ví dụ {min(expected)}. Dùng bản khác.")
    return manifest  # type: ignore[no-any-return]


def _stream(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    found = archive.extractfile(member)
    if found is None:
        raise CopyRefused(f"Bản sao lưu có phần lạ: {member.name}. Dùng bản khác.")
    return found


def _flat(name: str) -> str:
    """A member's place in the folder: its name's hash, so that no name can lead elsewhere."""
    return hashlib.sha256(name.encode()).hexdigest()


def _saved(stream: Any, target: Path) -> str:
    running = hashlib.sha256()
    with target.open("wb") as kept:
        while block := stream.read(_BLOCK):
            running.update(block)
            kept.write(block)
    return running.hexdigest()


def _fitting(manifest: dict[str, Any]) -> None:
    """The same tables in the same state: else the older program has to be brought up to date first."""
    if manifest.get("format") != tables.FORMAT:
        raise CopyRefused(f"Bản sao lưu theo định dạng {manifest.get('format')}, chương trình này đọc {tables.FORMAT}.")
    here, there = set(tables.migrations()), set(manifest["migrations"])
    if not here:
        raise CopyRefused("Cơ sở dữ liệu chưa có bảng: chạy `ntm manage migrate` trước.")
    if here != there:
        newer = "cũ" if here - there else "mới"
        wrong = ", ".join(sorted(here ^ there)[:3])
        raise CopyRefused(
            f"Bản sao lưu của phiên bản {manifest['program']}, {newer} hơn cơ sở dữ liệu này (khác ở {wrong}). "
            "Khôi phục bằng đúng phiên bản ấy rồi nâng cấp."
        )
    known = {model._meta.label_lower: tables.columns(model) for model in tables.every_table()}
    for label, told in manifest["tables"].items():
        if label not in known or sorted(told["columns"]) != sorted(known[label]):
            raise CopyRefused(f"Bảng {label} trong bản sao lưu khác với chương trình này; dùng đúng phiên bản.")


def _empty() -> None:
    filled = [model._meta.verbose_name for model in tables.every_table() if model._base_manager.exists()]
    if filled:
        raise CopyRefused(
            f"Cơ sở dữ liệu này đã có dữ liệu ({', '.join(map(str, filled[:4]))}…); chỉ khôi phục vào cơ sở dữ liệu "
            "trống: trỏ DATABASE_URL hoặc NTM_DATA tới chỗ mới và chạy `ntm manage migrate`."
        )


def _rows(manifest: dict[str, Any], folder: Path, progress: Progress) -> None:
    by_label = {model._meta.label_lower: model for model in tables.every_table()}
    for label, told in manifest["tables"].items():
        with (folder / _flat(told["member"])).open("rb") as lines:
            done = tables.insert(by_label[label], iter(lines), told["columns"])
        if done != told["rows"]:
            raise CopyRefused(f"Bảng {label}: bản sao lưu ghi {told['rows']} dòng, đọc được {done}. Chưa ghi gì.")
        if done:
            progress(f"  {label}: {done}")


def _files(manifest: dict[str, Any], folder: Path) -> None:
    """Contents before rows: a content too many does no harm, one too few would."""
    for path, told in manifest["files"].items():
        if default_storage.exists(path):
            continue
        with (folder / _flat(told["member"])).open("rb") as content:
            default_storage.save(path, File(content))


def _sequences() -> None:
    """The next number of each table is after those restored."""
    models_: list[type[models.Model]] = tables.every_table()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_):
            cursor.execute(statement)


def _log(manifest: dict[str, Any], file: str) -> audit.VerifyResult:
    """The log goes on where it was, with the restoring as its next entry; then the whole chain is walked."""
    end = manifest["audit"]
    audit.record(
        actor=audit.system("lệnh khôi phục"),
        verb="backup.restore",
        subject="database",
        unit_id=None,
        on=timezone.localdate(),
        detail={"file": file},
    )
    result = audit.verify(known=(end["sequence"], end["hash"]) if end else None)
    if not result.ok:
        raise CopyRefused(f"Nhật ký trong bản sao lưu không nguyên vẹn, chưa ghi gì: {result.problem}")
    return result
