"""Văn bản mẫu: documents of our own, made with python-docx, printed by LibreOffice, scanned by ourselves."""

from __future__ import annotations

import io
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image, ImageFilter

BASES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Quyết định số 318/QĐ-TTg ngày 08 tháng 3 năm 2022 của Thủ tướng Chính phủ về việc ban hành Bộ tiêu chí quốc "
    "gia về xã nông thôn mới và Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021 - 2025;",
]
BODY = [
    ("I. MỤC TIÊU", True),
    ("1. Mục tiêu chung", True),
    ("Tiếp tục nâng cao đời sống vật chất, tinh thần của người dân nông thôn; giữ vững và nâng chất các tiêu chí đã đạt, "
     "từng bước hoàn thành các tiêu chí còn lại theo lộ trình; xây dựng cảnh quan môi trường sáng, xanh, sạch, đẹp, an "
     "toàn; bảo đảm quốc phòng, an ninh và trật tự an toàn xã hội trên địa bàn xã Suối Bạc.", False),
    ("2. Mục tiêu cụ thể năm 2024", True),
    ("- Phấn đấu xã đạt thêm 03 tiêu chí (tiêu chí số 6 Cơ sở vật chất văn hóa, tiêu chí số 10 Thu nhập, tiêu chí số 17 "
     "Môi trường và an toàn thực phẩm), nâng tổng số tiêu chí đạt chuẩn lên 17/19 tiêu chí trước ngày 30/11/2024;", False),
    ("- Thu nhập bình quân đầu người đạt 46,5 triệu đồng/người/năm;", False),
    ("- Tỷ lệ hộ nghèo đa chiều giảm còn 9,8%.", False),
    ("II. NHIỆM VỤ VÀ GIẢI PHÁP", True),
    ("1. Ban Quản lý xã chủ trì, phối hợp với Ban Phát triển thôn và các đoàn thể rà soát từng chỉ tiêu, lập danh mục công "
     "trình theo thứ tự ưu tiên, công khai để Nhân dân biết, bàn, làm, kiểm tra, giám sát và thụ hưởng.", False),
    ("2. Công chức Tài chính - Kế toán tham mưu phân bổ 4.250 triệu đồng vốn ngân sách; tổng hợp kết quả huy động đóng góp "
     "bằng tiền, ngày công và hiến đất của Nhân dân, báo cáo Chủ tịch Ủy ban nhân dân xã trước ngày 25 hằng tháng.", False),
]  # fmt: skip
TABLE = [
    ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
    ["1", "Rà soát hiện trạng 19 tiêu chí và lập biểu tổng hợp gửi Văn phòng Điều phối", "Ban Quản lý xã",
     "Các Ban Phát triển thôn", "Tháng 01/2024"],
    ["2", "Sửa chữa nhà văn hóa thôn Nà Pồng", "Ban Phát triển thôn Nà Pồng", "Mặt trận Tổ quốc xã", "Quý II/2024"],
    ["3", "Thu gom, xử lý rác thải sinh hoạt tập trung", "Hợp tác xã Môi trường xanh", "Hội Phụ nữ, Đoàn Thanh niên",
     "Thường xuyên"],
]  # fmt: skip
RECIPIENTS = ["- Văn phòng Điều phối tỉnh;", "- Đảng ủy, HĐND xã;", "- Các thành viên Ban Quản lý;", "- Lưu: VT, NTM."]


def new_document() -> Document:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(6)
    return document


def paragraph(holder, text: str, *, bold: bool = False, centered: bool = False, indent: bool = True):
    item = holder.add_paragraph()
    item.add_run(text).bold = bold
    if centered:
        item.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif indent:
        item.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        item.paragraph_format.first_line_indent = Cm(1.2)
    return item


def fill(cell, lines: list[tuple[str, bool]], centered: bool = True) -> None:
    first = cell.paragraphs[0]
    for number, (text, bold) in enumerate(lines):
        item = first if number == 0 else cell.add_paragraph()
        item.paragraph_format.space_after = Pt(0)
        run = item.add_run(text)
        run.bold, run.font.size = bold, Pt(12.5)
        if centered:
            item.alignment = WD_ALIGN_PARAGRAPH.CENTER


def plan(repeat: int = 1, rows: int = 1) -> Document:
    """A commune's plan; `repeat` and `rows` make it longer."""
    document = new_document()
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    head.columns[0].width, head.columns[1].width = Cm(6.2), Cm(10)
    for cell, width in zip(head.rows[0].cells, (Cm(6.2), Cm(10)), strict=True):
        cell.width = width
    fill(head.cell(0, 0), [("ỦY BAN NHÂN DÂN", False), ("XÃ SUỐI BẠC", True), ("Số: 12/KH-UBND", False)])
    fill(
        head.cell(0, 1),
        [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
            ("Độc lập - Tự do - Hạnh phúc", True),
            ("Suối Bạc, ngày 15 tháng 01 năm 2024", False),
        ],
    )
    paragraph(document, "KẾ HOẠCH", bold=True, centered=True)
    paragraph(document, "Thực hiện Chương trình xây dựng nông thôn mới năm 2024", bold=True, centered=True)
    for text in BASES:
        paragraph(document, text)
    for _ in range(repeat):
        for text, bold in BODY:
            paragraph(document, text, bold=bold)
    ruled_table(document, [TABLE[0], *(TABLE[1:] * rows)])
    paragraph(document, "Trên đây là Kế hoạch thực hiện năm 2024, yêu cầu các bộ phận nghiêm túc triển khai./.")
    foot = document.add_table(rows=1, cols=2)
    fill(foot.cell(0, 0), [("Nơi nhận:", True), *((text, False) for text in RECIPIENTS)], centered=False)
    fill(foot.cell(0, 1), [("TM. ỦY BAN NHÂN DÂN", True), ("CHỦ TỊCH", True), ("(Đã ký)", False), ("Lò Văn Mẫu", True)])
    document.add_paragraph()  # Word always ends with one
    return document


def ruled_table(document, rows: list[list[str]]):
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    widths = [Cm(1), Cm(5.2), Cm(3.6), Cm(3.6), Cm(2.8)]
    for number, row in enumerate(rows):
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = added.cells
        for cell, text, width in zip(cells, row, widths, strict=False):
            cell.width = width
            fill(cell, [(text, number == 0)], centered=number == 0)
    return table


def plan_lines(repeat: int = 1, rows: int = 1) -> list[str]:
    """What a reader of that plan must see, line by line."""
    lines = ["ỦY BAN NHÂN DÂN", "XÃ SUỐI BẠC", "Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    lines += ["Độc lập - Tự do - Hạnh phúc", "Suối Bạc, ngày 15 tháng 01 năm 2024", "KẾ HOẠCH"]
    lines += ["Thực hiện Chương trình xây dựng nông thôn mới năm 2024", *BASES]
    lines += [text for _ in range(repeat) for text, _ in BODY]
    lines += ["\t".join(row) for row in [TABLE[0], *(TABLE[1:] * rows)]]
    lines += ["Trên đây là Kế hoạch thực hiện năm 2024, yêu cầu các bộ phận nghiêm túc triển khai./."]
    return [*lines, "Nơi nhận:", *RECIPIENTS, "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(Đã ký)", "Lò Văn Mẫu"]


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def converted(content: bytes, suffix: str, target: str) -> bytes:
    """The document as LibreOffice writes it in another form."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / f"in{suffix}").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
        subprocess.run(
            [*command, "--outdir", str(folder / "out"), str(folder / f"in{suffix}")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return next((folder / "out").iterdir()).read_bytes()


@cache
def plan_docx(repeat: int = 1, rows: int = 1) -> bytes:
    return saved(plan(repeat, rows))


@cache
def plan_pdf(repeat: int = 1, rows: int = 1) -> bytes:
    return converted(plan_docx(repeat, rows), ".docx", "pdf")


def pictures_of(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    document = pdfium.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def worn(picture: Image.Image, angle: float = 1.2, blur: float = 0.8, noise: float = 9.0) -> Image.Image:
    """As a tired scanner gives it: turned, blurred, speckled."""
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=250, expand=False)
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float32)
    rng = np.random.default_rng(7)
    return Image.fromarray(np.clip(soft * 0.93 + rng.normal(0, noise, soft.shape), 0, 255).astype(np.uint8))


def as_file(picture: Image.Image, form: str = "JPEG", **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **({"quality": 60} if form == "JPEG" else {}) | options)
    return buffer.getvalue()


def pdf_of_pictures(pictures: list[Image.Image]) -> bytes:
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return buffer.getvalue()


def distance(a: str, b: str) -> int:
    """Levenshtein."""
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        now = [i]
        for j, y in enumerate(b, 1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (x != y)))
        before = now
    return before[-1]


def error_rate(found: str, wanted: str) -> float:
    return distance(found, wanted) / max(len(wanted), 1)
