"""Văn bản thử: sample plans as files of several kinds, uploaded and read at once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

PLANS = Path(__file__).parent / "plans"
ON = date(2023, 6, 1)
PLAN, RICH, SHORT = "ke_hoach_xa", "ke_hoach_huyen", "thong_bao_thon"


def sample(name: str = PLAN) -> bytes:
    """The text of one of the tests' own plans, with mistakes in them."""
    return (PLANS / f"{name}.txt").read_bytes()


def as_docx(name: str = PLAN) -> bytes:
    """The same as a Word file, a paragraph a line."""
    from docx import Document

    document = Document()
    for line in sample(name).decode().split("\n"):
        if line.strip():
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(lines: list[str]) -> bytes:
    """A PDF of two pages of words in the standard font (no marks), written by hand."""
    pages = [lines[: len(lines) // 2], lines[len(lines) // 2 :]]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"]
    for number, page in enumerate(pages):
        drawn = "BT /F1 12 Tf 60 780 Td 18 TL " + " ".join(f"({line}) Tj T*" for line in page) + " ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 7 0 R >> >> "
            f"/Contents {4 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()


def uploaded(actor: Any, unit_id: int | None, content: bytes | None = None, name: str = "ke-hoach.txt") -> Any:
    """Tải lên và đọc ngay, as the worker would."""
    from ntm.records.archive.documents import services, working
    from ntm.records.archive.models import OfficialDocument

    made = services.upload_document(
        actor, content=sample() if content is None else content, name=name, unit_id=unit_id, on=ON
    )
    working.work(made.readings.get().pk)
    return OfficialDocument.objects.select_related("use__file", "current").get(pk=made.pk)
