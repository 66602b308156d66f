"""Chặn tệp nguy hiểm: size, macros and bombs, before any office library opens the file."""

from __future__ import annotations

import io
import zipfile

__all__ = ["refusal"]

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 2000


def refusal(data: bytes, name: str) -> str | None:
    """The sentence that refuses a file, or None."""
    if len(data) > MOST_BYTES:
        return f"{name} lớn hơn {MOST_BYTES // 1024 // 1024} MB; một bộ tiêu chí không thể lớn thế, hãy xem lại tệp"
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return f"{name} là tệp Office đời cũ hoặc có mật khẩu; mở bằng Word hoặc Excel rồi lưu lại thành .docx, .xlsx"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError):
        return f"{name} không phải tệp .docx hoặc .xlsx, hoặc đã hỏng"
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return f"{name} bung ra quá lớn; tệp bị từ chối"
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        return f"{name} có macro; lưu lại không kèm macro rồi nạp"
    return None
