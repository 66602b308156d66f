"""PDF có chữ: a line wrap is no new paragraph, columns are read one after the other, tables go on over pages."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from ntm.domain.documents.reading.blocks import Source
from ntm.domain.documents.reading.sources import Progress, read_source

from . import samples

pytestmark = pytest.mark.office


def texts(source: Source) -> list[str]:
    return [line.text for line in source.body]


def printed(document) -> bytes:
    return samples.converted(samples.saved(document), ".docx", "pdf")


def test_a_printed_plan_gives_the_lines_of_its_word_file():
    source = read_source(samples.plan_pdf(), "kế hoạch.pdf")
    assert source.kind == "pdf"
    assert source.pages == 2
    assert texts(source) == samples.plan_lines()


def test_pages_boxes_and_style_of_lines():
    source = read_source(samples.plan_pdf(), "kế hoạch.pdf")
    title = next(line for line in source.lines if line.text == "KẾ HOẠCH")
    assert title.page == 1 and title.style.bold and title.style.centered
    (box,) = title.boxes
    assert box.page == 1 and 0.1 < box.y0 < box.y1 < 0.3 and abs((box.x0 + box.x1) / 2 - 0.53) < 0.03
    assert all(line.page and line.boxes for line in source.lines)
    assert [line.page for line in source.lines] == sorted(line.page for line in source.lines)


def test_a_table_over_a_page_break_is_two_and_the_second_continues():
    source = read_source(samples.plan_pdf(), "kế hoạch.pdf")
    first, second = source.tables
    assert (first.pages, second.pages, second.continues) == ((1,), (2,), 0)
    assert [list(row) for row in first.grid + second.grid] == samples.TABLE


def test_a_long_plan_tells_its_progress():
    told: list[Progress] = []
    content = samples.plan_pdf(12, 20)
    source = read_source(content, "kế hoạch.pdf", progress=told.append)
    assert source.pages == 13
    assert [progress.done for progress in told] == list(range(1, 14))
    wanted = samples.plan_lines(12, 20)
    flow = [text for text in texts(source) if "\t" not in text]
    assert flow == [text for text in wanted if "\t" not in text]


def test_running_headers_and_page_numbers_are_set_aside():
    document = samples.plan(3)
    section = document.sections[0]
    section.header.paragraphs[0].text = "Chương trình nông thôn mới xã Suối Bạc"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in (
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText>PAGE</w:instrText>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        footer._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))
    source = read_source(printed(document), "kế hoạch.pdf")
    wanted = samples.plan_lines(3)
    assert [text for text in texts(source) if "\t" not in text] == [text for text in wanted if "\t" not in text]
    aside = [(line.region, line.text, line.page) for line in source.lines if line.region != "body"]
    pages = range(1, (source.pages or 0) + 1)
    assert ("header", "Chương trình nông thôn mới xã Suối Bạc", 1) in aside
    assert [text for region, text, _ in aside if region == "footer"] == [str(page) for page in pages]


def test_two_columns_are_read_one_after_the_other():
    document = samples.new_document()
    long = "Ban Phát triển thôn vận động các hộ chỉnh trang nhà cửa, cải tạo vườn tạp, trồng hoa dọc đường làng. "
    words = [long * 2 + f"Đoạn {number}." for number in range(1, 13)]
    for text in words:
        samples.paragraph(document, text)
    document.sections[0]._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="720"/>'))
    assert texts(read_source(printed(document), "hai cột.pdf")) == words


def test_ragged_text_without_indents_and_hanging_lists():
    document = samples.new_document()
    wanted = [
        "Ủy ban nhân dân xã giao công chức Địa chính - Nông nghiệp theo dõi tiến độ thi công đường nội đồng, hằng tuần báo "
        "cáo khối lượng thực hiện.",
        "Các thôn tổ chức họp dân lấy ý kiến về mức đóng góp ngày công, ghi biên bản đầy đủ và niêm yết công khai tại nhà "
        "văn hóa.",
        "- Thôn Nà Pồng: huy động 120 ngày công làm rãnh thoát nước, vận động các hộ ven đường hiến đất mở rộng mặt đường "
        "lên 3,5 m.",
        "- Thôn Pá Hốc: trồng 300 cây bóng mát.",
    ]
    for number, text in enumerate(wanted):
        item = samples.paragraph(document, text, indent=False)
        item.alignment = WD_ALIGN_PARAGRAPH.LEFT
        if number >= 2:
            item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Cm(1), Cm(-0.5)
    assert texts(read_source(printed(document), "a.pdf")) == wanted


def test_a_table_with_merged_cells():
    document = samples.new_document()
    table = samples.ruled_table(
        document, [["TT", "Nguồn vốn", "", "Ghi chú"], ["", "Trung ương", "Tỉnh", ""], list("1234")]
    )
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))
    source = read_source(printed(document), "bảng.pdf")
    assert [[(c.text, c.col, c.rowspan, c.colspan) for c in row] for row in source.tables[0].rows[:2]] == [
        [("TT", 0, 2, 1), ("Nguồn vốn", 1, 1, 2), ("Ghi chú", 3, 2, 1)],
        [("Trung ương", 1, 1, 1), ("Tỉnh", 2, 1, 1)],
    ]


def test_a_symbol_cut_by_the_line_end_is_closed_again():
    document = samples.new_document()
    text = "Thực hiện Chương trình khung được phê duyệt theo quy định hiện hành tại Quyết định số 4072/QĐ-BNN-VPĐP-KHTC-TTr"
    for filler in range(0, 40, 5):
        samples.paragraph(document, "ở " * filler + text, indent=False)
    assert all(line.endswith("4072/QĐ-BNN-VPĐP-KHTC-TTr") for line in texts(read_source(printed(document), "a.pdf")))


FOOTNOTE = (
    r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\f0\fs27 Muc tieu nam 2024 dat 17 tieu chi"
    r"{\footnote\fs20 Theo bien ban ra soat cua xa.} tren dia ban.\par Doan thu hai.\par}"
)


@pytest.mark.parametrize("target", ["docx", "pdf"])
def test_footnotes_follow_the_body(target: str):
    content = samples.converted(FOOTNOTE.encode(), ".rtf", "docx")
    content = content if target == "docx" else samples.converted(content, ".docx", target)
    source = read_source(content, f"a.{target}")
    body = [text.replace("¹", "") for text in texts(source)]  # on paper the mark stands in the text
    assert body == ["Muc tieu nam 2024 dat 17 tieu chi tren dia ban.", "Doan thu hai."]
    (note,) = (line for line in source.lines if line.region == "footnote")
    assert note.text.endswith("Theo bien ban ra soat cua xa.")
    assert note.no == 3


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
@pytest.mark.parametrize("drawn", [0, 90, 270])
def test_text_drawn_sideways_is_read_upright(drawn: int, shown: int):
    document = pdfium.PdfDocument(samples.plan_pdf())
    for page in document:
        width, height = page.get_size()
        matrix = pdfium.PdfMatrix().rotate(drawn)
        matrix = matrix.translate(0, width) if drawn == 90 else matrix.translate(height if drawn else 0, 0)
        for item in page.get_objects():
            item.transform(matrix)
        page.gen_content()
        if drawn:
            page.set_mediabox(0, 0, height, width)
        page.set_rotation(shown)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    source = read_source(buffer.getvalue(), "a.pdf")
    assert texts(source) == samples.plan_lines()
    upright = (drawn + shown) % 360 == 0
    assert all(bool(line.boxes) == upright for line in source.lines)


def test_raised_digits():
    document = samples.new_document()
    item = document.add_paragraph("Diện tích 1.250 m")
    top = item.add_run("2")
    top.font.superscript = True
    item.add_run(" đất hiến")
    item.runs[0].font.size = Pt(13)
    for content, name in ((samples.saved(document), "a.docx"), (printed(document), "a.pdf")):
        assert texts(read_source(content, name)) == ["Diện tích 1.250 m² đất hiến"]
