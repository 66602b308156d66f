"""Đo việc đọc văn bản: text of 15 pages, a text PDF, a scanned page, the peak memory of the process apart.

    python -m benchmarks.reading [--json FILE] [--runs N]

Stands alone (no database). The documents are made here: one plan of our own sentences, as long as 15 printed pages.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ntm.domain.documents.examined import examine
from ntm.domain.documents.reading.sources import read_isolated, read_source

PAGES = 15
LINES_A_PAGE = 38
HEAD = """ỦY BAN NHÂN DÂN
HUYỆN NHO QUAN
Số: 87/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nho Quan, ngày 12 tháng 4 năm 2022

KẾ HOẠCH
Thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới năm 2022

Căn cứ Quyết định số 318/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ ban hành Bộ tiêu chí quốc gia về xã nông thôn mới;
"""
SECTION = """
{roman}. NỘI DUNG PHẦN {no}
1. Phấn đấu có thêm 02 xã đạt chuẩn nông thôn mới (Kỳ Phú, Cúc Phương), lũy kế 24/26 xã, đạt 92,3% tổng số xã của huyện.
2. Tiêu chí số 2 về Giao thông: cứng hóa {km},5 km đường thôn, xóm; phấn đấu thêm 02 xã đạt tiêu chí (Kỳ Phú, Cúc Phương).
- Xã Kỳ Phú: hoàn thành 03 tiêu chí: Giao thông, Thu nhập, Môi trường và an toàn thực phẩm trước ngày 30/11/2022.
- Xã Cúc Phương: hoàn thành các tiêu chí số 2, 10, 11, 17; giữ vững các tiêu chí đã đạt trong những năm trước đây.
3. Tổng kinh phí: 10.000 triệu đồng, gồm: ngân sách tỉnh 7.000 triệu đồng; ngân sách huyện 3.000 triệu đồng.
4. Phòng Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với các phòng, ban, ngành hướng dẫn tiêu chí số 3, 13.
TT\tNội dung công việc\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian
1\tRà soát hiện trạng các tiêu chí\tPhòng Nông nghiệp và PTNT\tUBND các xã\tTháng {month}
2\tKiểm tra việc thực hiện tại các xã đăng ký\tBan Chỉ đạo huyện\tCác phòng phụ trách tiêu chí\tQuý III
"""
FOOT = "\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Quốc Toản\n"
ONES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ROMAN = [f"{tens}{ones}" for tens in ("", "X", "XX", "XXX") for ones in ONES]


def plan(pages: int = PAGES) -> str:
    """As many sections as fill the pages: 38 lines of 85 letters each."""
    letters = pages * LINES_A_PAGE * 85
    sections, size = [], len(HEAD)
    while size < letters and len(sections) < len(ROMAN):
        no = len(sections) + 1
        sections.append(SECTION.format(roman=ROMAN[no - 1], no=no, km=10 + no, month=1 + no % 12))
        size += len(sections[-1])
    return HEAD + "".join(sections) + FOOT


def as_docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            table = document.add_table(rows=0, cols=len(rows[0]))
            table.style = "Table Grid"
            for row in rows:
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
            rows = []
        if line.strip():
            document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def as_pdf(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "in.docx").write_bytes(content)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
             str(folder), str(folder / "in.docx")],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return (folder / "in.pdf").read_bytes()


def as_scan(pdf: bytes) -> bytes:
    """The first page, printed at 200 dpi, a degree askew, blurred."""
    import pypdfium2
    from PIL import Image, ImageFilter

    document = pypdfium2.PdfDocument(pdf)
    page = document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    document.close()
    worn = page.rotate(1.0, Image.Resampling.BICUBIC, fillcolor=250).filter(ImageFilter.GaussianBlur(0.7))
    content = io.BytesIO()
    worn.save(content, "PDF", resolution=200)
    return content.getvalue()


def median(work: Callable[[], Any], runs: int) -> float:
    found = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def peak_of_children(work: Callable[[], Any]) -> int:
    """The most memory (bytes, resident) that a process started here had while the work ran, by /proc."""
    most, stop = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not stop.wait(0.01):
            for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
                try:
                    status = Path(f"/proc/{pid}/status").read_text()
                except OSError:
                    continue
                if found := re.search(r"VmHWM:\s+(\d+) kB", status):
                    most = max(most, int(found[1]) * 1024)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        work()
    finally:
        stop.set()
        watcher.join()
    return most


def measure(runs: int) -> list[dict[str, Any]]:
    text = plan()
    word = as_docx(text)
    pdf = as_pdf(word)
    scan = as_scan(pdf)
    pages = read_source(pdf, "a.pdf").pages
    examine(read_source(text.encode(), "a.txt"))  # modules and lists loaded: what a server has after its first reading
    rows = [
        (f"văn bản chữ {PAGES} trang ({len(text):,} ký tự): đọc và kiểm tra", "s", 1.0,
         median(lambda: examine(read_source(text.encode(), "a.txt")), runs)),
        (f"Word {pages} trang khi in: đọc và kiểm tra", "s", None, median(lambda: examine(read_source(word, "a.docx")), runs)),
        (f"PDF có chữ {pages} trang: đọc và kiểm tra", "s", 3.0, median(lambda: examine(read_source(pdf, "a.pdf")), runs)),
        ("một trang quét 200 dpi: nhận dạng, đọc và kiểm tra", "s", 6.0,
         median(lambda: examine(read_source(scan, "a.pdf")), runs)),
        (f"PDF có chữ {pages} trang trong tiến trình riêng", "s", None, median(lambda: read_isolated(pdf, "a.pdf"), runs)),
        ("bộ nhớ cao nhất của tiến trình riêng: PDF có chữ", "MB", 1024.0,
         peak_of_children(lambda: read_isolated(pdf, "a.pdf")) / 2**20),
        ("bộ nhớ cao nhất của tiến trình riêng: trang quét", "MB", 1024.0,
         peak_of_children(lambda: read_isolated(scan, "a.pdf")) / 2**20),
    ]  # fmt: skip
    return [
        {"what": what, "unit": unit, "value": value, "most": most, "reached": None if most is None else value <= most}
        for what, unit, most, value in rows
    ]


def table(rows: list[dict[str, Any]]) -> str:
    lines = [f"{'Việc':<64} {'Đo được':>12} {'Mức cần':>10}"]
    for row in rows:
        most = "" if row["most"] is None else f"≤ {row['most']:g}"
        told = "" if row["reached"] is None else ("  đạt" if row["reached"] else "  CHƯA ĐẠT")
        lines.append(f"{row['what']:<64} {row['value']:>9.2f} {row['unit']:<2} {most:>10}{told}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    rows = measure(arguments.runs)
    print(table(rows))
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if all(row["reached"] is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
