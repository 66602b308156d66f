"""PDF: a plan printed by LibreOffice; what cannot be printed is told in words."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from plan_samples import full_plan

from ntm.domain.documents.reading.sources import office
from ntm.domain.documents.reading.sources.processes import OutOfTime
from ntm.domain.documents.writing.content import WritingError
from ntm.domain.documents.writing.pdf import write_pdf
from ntm.domain.documents.writing.word import write_docx


@pytest.mark.office
def test_a_plan_as_pdf_page_by_page() -> None:
    with pdfplumber.open(io.BytesIO(write_pdf(write_docx(full_plan(6))))) as book:
        first, second = book.pages[0].extract_text(), book.pages[1].extract_text()
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first.splitlines()[0]
        assert not first.splitlines()[0].strip().isdigit()  # the first page shows no number
        assert second.splitlines()[0].strip() == "2"
        turned = [page.width > page.height for page in book.pages]
        assert any(turned) and not turned[0]
        annex = next(page for page in book.pages if page.extract_text().startswith("Phụ lục 1"))
        following = book.pages[annex.page_number].extract_text().splitlines()
        assert following[0].strip() == "2" and "Nội dung công việc" in " ".join(following[1:3])


def test_what_is_no_docx_and_what_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WritingError, match="không phải tệp"):
        write_pdf(b"%PDF")

    def slow(*args: object, **named: object) -> None:
        raise OutOfTime("soffice")

    monkeypatch.setattr(office, "run", slow)
    with pytest.raises(WritingError, match="quá 90 giây"):
        write_pdf(b"PK\x03\x04")
