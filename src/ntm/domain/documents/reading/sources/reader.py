"""Đọc tệp: bytes of any supported kind -> `Source`. Pure: the same bytes give the same blocks."""

from __future__ import annotations

from ..blocks import Source, SourceError
from .archives import broken
from .kinds import kind_of
from .limits import MEGABYTE, Limits, ProgressCallback, silent


def read_source(
    content: bytes, name: str, *, limits: Limits | None = None, progress: ProgressCallback = silent
) -> Source:
    """Đọc một tệp thành các dòng và bảng. Raises SourceError with a Vietnamese sentence for what cannot be read.

    Runs where it is called; `read_isolated` does the same in a bounded process of its own.
    """
    limits = limits or Limits()
    if not content or not content.strip(b"\x00 \t\r\n"):
        raise SourceError("empty", f"Tệp “{name}” trống, không có nội dung nào; hãy kiểm tra lại tệp đã chọn.")
    if len(content) > limits.max_bytes:
        raise SourceError(
            "oversized",
            f"Tệp “{name}” nặng {len(content) / MEGABYTE:.0f} MB, hệ thống nhận tối đa "
            f"{limits.max_bytes // MEGABYTE} MB; hãy tách tệp hoặc giảm độ phân giải bản quét rồi nạp lại.",
        )
    try:
        return _read(content, name, limits, progress)
    except (MemoryError, RecursionError) as error:
        raise SourceError(
            "limit", f"Tệp “{name}” quá phức tạp, vượt mức bộ nhớ cho phép; hãy tách tệp thành nhiều phần rồi nạp lại."
        ) from error


def _read(content: bytes, name: str, limits: Limits, progress: ProgressCallback) -> Source:
    kind, suffix = kind_of(content, name)
    if kind in ("txt", "md"):
        from .plaintext import read_text

        return read_text(content, name, kind, limits)
    if kind in ("docx", "doc"):
        from .word import read_word

        if kind == "docx":
            return read_word(content, name, limits)
        from .office import to_docx

        return read_word(to_docx(content, name, suffix, limits), name, limits, kind="doc", original=content)
    if kind in ("xlsx", "xls"):
        from .workbook import read_workbook

        return read_workbook(content, name, kind, limits, progress)
    if kind == "pdf":
        from .pdf import read_pdf

        return read_pdf(content, name, limits, progress)
    if kind == "image":
        from .scan import read_image

        return read_image(content, name, limits, progress)
    raise broken(name)
