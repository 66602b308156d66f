"""Văn bản PDF: a .docx of ours printed by LibreOffice in a bounded process."""

from __future__ import annotations

from ntm.domain.documents.reading.sources.limits import Limits
from ntm.domain.documents.reading.sources.office import convert
from ntm.domain.documents.reading.sources.processes import OutOfTime

from .content import WritingError


def write_pdf(docx: bytes, *, limits: Limits | None = None) -> bytes:
    """Chuyển tệp .docx thành .pdf. Raises WritingError when it cannot, SourceError when the machine has no LibreOffice."""
    within = limits or Limits()
    if not docx.startswith(b"PK"):
        raise WritingError("Tệp đưa vào không phải tệp .docx nên không chuyển được sang PDF; hãy soạn lại văn bản.")
    try:
        made = convert(docx, ".docx", "pdf", within)
    except OutOfTime as error:
        raise WritingError(
            f"Chuyển văn bản sang PDF quá {within.office_seconds} giây nên đã dừng; hãy tải tệp .docx, mở bằng Word rồi "
            "lưu thành PDF."
        ) from error
    if made is None or not made.startswith(b"%PDF") or len(made) > within.max_bytes:
        raise WritingError(
            "Không chuyển được văn bản sang PDF; hãy tải tệp .docx, mở bằng Word rồi lưu thành PDF, và báo quản trị hệ thống."
        )
    return made
