"""Cùng một nội dung, nhiều hình thức: one of our own texts as .docx, as a text .pdf and as a worn scan of its print."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from docx.shared import Cm
from reading_texts import SAMPLES
from sources import samples

from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.reading.to_json import to_json

TEXTS = {path.stem: path for folder in (SAMPLES, SAMPLES.parents[1] / "checking" / "samples") for path in
         folder.glob("*.txt")}  # fmt: skip
HEADING = re.compile(r"(?:[IVX]+[./]|\d+[./])\s|Phụ lục|PHỤ LỤC|BIỂU|Biểu")
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def as_docx(text: str) -> bytes:
    """As an office lays it out: letterhead and closing as tables without rules, real tables, bold headings."""
    lines = [line.strip("\n") for line in text.split("\n")]
    kind = next(n for n, line in enumerate(lines) if line.strip() in ("KẾ HOẠCH", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH"))
    document = samples.new_document()
    _letterhead(document, "\n".join(lines[:kind]))
    closing = next((n for n, line in enumerate(lines) if re.match(r"Nơi nhận\s*:", line, re.I)), len(lines))
    after = next((n for n, line in enumerate(lines[closing:], closing) if re.match(r"(?:Phụ lục|Biểu)\b", line, re.I)),
                 len(lines))  # fmt: skip
    title = next(n for n in range(kind + 1, len(lines)) if not lines[n].strip())
    for line in lines[kind:title]:
        samples.paragraph(document, line, bold=True, centered=True)
    _flow(document, lines[title:closing])
    _closing(document, lines[closing:after])
    if after < len(lines):
        document.add_page_break()
        _flow(document, lines[after:])
    return samples.saved(document)


def _two_columns(document: Any, left: list[str], right: list[str], centered: bool) -> None:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, (Cm(6.4), Cm(9.8)), strict=True):
        cell.width = width
    samples.fill(table.cell(0, 0), [(line, line.isupper()) for line in left], centered=centered)
    samples.fill(table.cell(0, 1), [(line, line.isupper()) for line in right])


def _letterhead(document: Any, head: str) -> None:
    """Left the office and the number, right the nation's name, its motto, place and day."""
    pieces = [
        p.strip() for p in re.split(r"\n|\t|\s{2,}", head.replace(NATION, "\n").replace(MOTTO, "\n")) if p.strip()
    ]
    day = next(p for p in pieces if re.search(r"ngày.*tháng", p))
    _two_columns(document, [p for p in pieces if p != day], [NATION, MOTTO, day], True)


def _closing(document: Any, lines: list[str]) -> None:
    told = [line.strip() for line in lines if line.strip()]
    cut = next(
        (n for n, line in enumerate(told) if re.match(r"(?:TM\.|KT\.|TL\.|T/M|CHỦ TỊCH|TRƯỞNG)", line)), len(told)
    )
    _two_columns(document, told[:cut], told[cut:], False)
    document.add_paragraph()


def _flow(document: Any, lines: list[str]) -> None:
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append([cell.strip() for cell in line.split("\t")])
            continue
        if rows:
            _ruled(document, rows)
            rows = []
        if line.strip():
            short = len(line) < 80 and bool(HEADING.match(line))
            samples.paragraph(document, line.strip(), bold=short or line.isupper(), centered=line.isupper())


def _ruled(document: Any, rows: list[list[str]]) -> None:
    width = max(map(len, rows))
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    longest = [max(len(row[n]) if n < len(row) else 0 for row in rows) for n in range(width)]
    share = [max(1.1, 16.2 * min(n, 40) / sum(min(n, 40) for n in longest)) for n in longest]
    for number, row in enumerate(rows):
        for cell, text, wide in zip(table.add_row().cells, [*row, *[""] * (width - len(row))], share, strict=True):
            cell.width = Cm(wide)
            samples.fill(cell, [(text, number == 0)], centered=number == 0)


@cache
def docx_of(name: str) -> bytes:
    return as_docx(TEXTS[name].read_text(encoding="utf-8"))


@cache
def pdf_of(name: str) -> bytes:
    return samples.converted(docx_of(name), ".docx", "pdf")


@cache
def scan_of(name: str) -> bytes:
    """Printed, laid a degree askew, blurred, speckled."""
    pictures = samples.pictures_of(pdf_of(name))
    return samples.pdf_of_pictures([samples.worn(p, angle=1.0, blur=0.7, noise=8.0) for p in pictures])


@cache
def reading_of(name: str, form: str) -> dict[str, Any]:
    path: Path = TEXTS[name]
    content = {"txt": path.read_bytes, "docx": lambda: docx_of(name), "pdf": lambda: pdf_of(name),
               "scan": lambda: scan_of(name)}[form]()  # fmt: skip
    return to_json(read(read_source(content, f"{name}.{'pdf' if form == 'scan' else form}")))
