"""Văn bản Word: what stands on the page stands in the lines."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ntm.domain.documents.reading.blocks import Source
from ntm.domain.documents.reading.sources import read_source

from . import samples


def read(document: Document) -> Source:
    return read_source(samples.saved(document), "văn bản.docx")


def texts(source: Source) -> list[str]:
    return [line.text for line in source.body]


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def add_xml(document: Document, inner: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


def test_a_plan_gives_its_lines_in_reading_order():
    source = read_source(samples.plan_docx(), "kế hoạch.docx")
    assert texts(source) == samples.plan_lines()
    assert source.kind == "docx"
    assert [line.no for line in source.lines] == list(range(1, len(source.lines) + 1))


def test_the_ruled_table_is_a_table_and_the_letterhead_is_not():
    source = read_source(samples.plan_docx(), "kế hoạch.docx")
    (table,) = source.tables
    assert [list(row) for row in table.grid] == samples.TABLE
    assert [source.line(number).text for number in table.lines] == ["\t".join(row) for row in samples.TABLE]
    assert all(source.line(number).table == 0 for number in table.lines)


def test_style_hints():
    lines = {line.text: line for line in read_source(samples.plan_docx(), "kế hoạch.docx").lines}
    assert lines["KẾ HOẠCH"].style.bold and lines["KẾ HOẠCH"].style.centered
    assert lines["KẾ HOẠCH"].style.size == 13.5
    assert lines[samples.BASES[0]].style.bold is False
    assert lines[samples.BASES[0]].style.indent == pytest.approx(34, abs=0.2)


def numbering(document: Document, levels: list[tuple[str, str, int]], start_override: int | None = None) -> int:
    """Adds a list with the levels (form, text, start); gives its number."""
    root = document.part.numbering_part.element
    number = 100 + len(root)
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text, start) in enumerate(levels)
    )
    xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'
    root.insert(0, parse_xml(xml))
    override = (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start_override}"/></w:lvlOverride>'
        if start_override
        else ""
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{override}</w:num>')
    )
    return number


def listed(document: Document, text: str, number: int, depth: int = 0) -> None:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    add_xml(document, properties + run(text))


def test_automatic_numbers_stand_in_the_text():
    document = samples.new_document()
    number = numbering(
        document,
        [("upperRoman", "%1.", 1), ("decimal", "%2.", 1), ("lowerLetter", "%3)", 1), ("decimal", "%2.%4", 1)],
    )
    for text, depth in [("MỤC TIÊU", 0), ("Mục tiêu chung", 1), ("Mục tiêu cụ thể", 1), ("Kinh tế", 2), ("Xã hội", 2)]:
        listed(document, text, number, depth)
    for text, depth in [("GIẢI PHÁP", 0), ("Tuyên truyền", 1), ("Tại thôn", 3)]:
        listed(document, text, number, depth)
    assert texts(read(document)) == [
        "I. MỤC TIÊU", "1. Mục tiêu chung", "2. Mục tiêu cụ thể", "a) Kinh tế", "b) Xã hội", "II. GIẢI PHÁP",
        "1. Tuyên truyền", "1.1 Tại thôn",
    ]  # fmt: skip


def test_bullets_keep_their_sign_and_private_signs_become_bullets():
    document = samples.new_document()
    number = numbering(document, [("bullet", "-", 1), ("bullet", "+", 1), ("bullet", "\uf0b7", 1)])
    for depth in range(3):
        listed(document, "Nội dung", number, depth)
    assert texts(read(document)) == ["- Nội dung", "+ Nội dung", "• Nội dung"]


def test_a_list_may_start_elsewhere_and_pause():
    document = samples.new_document()
    number = numbering(document, [("decimal", "Điều %1.", 1)], start_override=4)
    listed(document, "Phạm vi", number)
    document.add_paragraph("Đoạn xen giữa")
    listed(document, "Hiệu lực", number)
    listed(document, "", number)  # Word draws a label for an empty item; there is nothing to read
    listed(document, "Tổ chức", number)
    assert texts(read(document)) == ["Điều 4. Phạm vi", "Đoạn xen giữa", "Điều 5. Hiệu lực", "Điều 6. Tổ chức"]


def test_tracked_changes_are_read_as_accepted():
    document = samples.new_document()
    change = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
    deleted = f"<w:del {change}><w:r><w:delText>12</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom {change}>{run(' chuyển đi')}</w:moveFrom><w:moveTo {change}>{run(' chuyển đến')}</w:moveTo>"
    add_xml(document, run("Đạt ") + deleted + f"<w:ins {change}>{run('14')}</w:ins>" + run(" tiêu chí") + moved)
    mark = f"<w:pPr><w:rPr><w:del {change}/></w:rPr></w:pPr>"
    add_xml(document, mark + run("Hai đoạn "))
    add_xml(document, run("nhập làm một"))
    assert texts(read(document)) == ["Đạt 14 tiêu chí chuyển đến", "Hai đoạn nhập làm một"]


def test_a_deleted_row_is_gone():
    document = samples.new_document()
    table = samples.ruled_table(document, [["TT", "Xã"], ["1", "Suối Bạc"], ["2", "Bản Vạn"]])
    properties = f'<w:trPr {nsdecls("w")}><w:del w:id="9" w:author="a"/></w:trPr>'
    table.rows[1]._tr.insert(0, parse_xml(properties))
    assert texts(read(document)) == ["TT\tXã", "2\tBản Vạn"]


def test_merged_cells():
    document = samples.new_document()
    table = samples.ruled_table(
        document, [["TT", "Nguồn vốn", "", "Ghi chú"], ["", "Trung ương", "Tỉnh", ""], list("1234")]
    )
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))
    source = read(document)
    assert texts(source) == ["TT\tNguồn vốn\t\tGhi chú", "\tTrung ương\tTỉnh\t", "1\t2\t3\t4"]
    first = source.tables[0].rows[0]
    assert [(c.text, c.col, c.rowspan, c.colspan) for c in first] == [
        ("TT", 0, 2, 1), ("Nguồn vốn", 1, 1, 2), ("Ghi chú", 3, 2, 1),
    ]  # fmt: skip
    assert source.tables[0].grid[1] == ("TT", "Trung ương", "Tỉnh", "Ghi chú")


def test_a_nested_table_is_read_in_its_cell_and_by_itself():
    document = samples.new_document()
    table = samples.ruled_table(document, [["Việc", "Chi tiết"], ["Tập huấn", "Số lớp:"]])
    inner = table.cell(1, 1).add_table(2, 2)
    for cell, text in zip((c for row in inner.rows for c in row.cells), ["Cấp xã", "2", "Cấp thôn", "5"], strict=True):
        cell.text = text
    source = read(document)
    assert texts(source)[1] == "Tập huấn\tSố lớp: Cấp xã | 2 Cấp thôn | 5"
    nested = source.tables[1]
    assert nested.inside == (0, 1, 1)
    assert nested.grid == (("Cấp xã", "2"), ("Cấp thôn", "5"))
    assert nested.lines == (2,)


def test_soft_breaks_and_tabs():
    document = samples.new_document()
    item = document.add_paragraph("KẾ HOẠCH")
    item.add_run().add_break()
    item.add_run("Duy trì các tiêu chí\tnăm 2024")
    document.add_paragraph("1.\tRà soát")
    assert texts(read(document)) == ["KẾ HOẠCH", "Duy trì các tiêu chí   năm 2024", "1. Rà soát"]


def test_text_boxes_stand_where_they_are_tied():
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p>'
        + run("DỰ THẢO")
        + "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document = samples.new_document()
    add_xml(document, run("Đoạn thứ nhất") + box)
    document.add_paragraph("Đoạn thứ hai")
    source = read(document)
    assert [(line.text, line.region) for line in source.lines] == [
        ("Đoạn thứ nhất", "body"), ("DỰ THẢO", "textbox"), ("Đoạn thứ hai", "body"),
    ]  # fmt: skip


def test_headers_and_footers_follow_the_body():
    document = samples.new_document()
    document.sections[0].header.paragraphs[0].text = "Chương trình nông thôn mới"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    document.add_paragraph("Thân văn bản")
    source = read(document)
    assert [(line.text, line.region) for line in source.lines] == [
        ("Thân văn bản", "body"), ("Chương trình nông thôn mới", "header"), ("Trang 1", "footer"),
    ]  # fmt: skip


def test_hidden_text_is_left_out_with_a_warning():
    document = samples.new_document()
    add_xml(document, run("Nhìn thấy") + run(" không thấy", "<w:vanish/>"))
    source = read(document)
    assert texts(source) == ["Nhìn thấy"]
    assert [warning.code for warning in source.warnings] == ["hidden"]


def test_pages_come_from_the_marks_that_word_leaves():
    document = samples.new_document()
    document.add_paragraph("Trang đầu")
    add_xml(document, "<w:r><w:lastRenderedPageBreak/><w:t>Trang hai</w:t></w:r>")
    add_xml(document, run("bắt đầu ở trang hai ") + "<w:r><w:lastRenderedPageBreak/><w:t>sang trang ba</w:t></w:r>")
    document.add_paragraph("Trang ba")
    source = read(document)
    assert [line.page for line in source.lines] == [1, 2, 2, 3]
    assert source.pages == 3


def test_fields_show_their_result_and_not_their_code():
    document = samples.new_document()
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    code += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("15/KH-UBND")
    code += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    add_xml(document, run("Kèm theo Kế hoạch số ") + code)
    assert texts(read(document)) == ["Kèm theo Kế hoạch số 15/KH-UBND"]


def test_decomposed_letters_are_composed():
    document = samples.new_document()
    document.add_paragraph("Nho\u0301m ho\u0323\u0302 nghe\u0300o")
    assert texts(read(document)) == ["Nhóm hộ nghèo"]


@pytest.mark.office
@pytest.mark.parametrize("target", ["doc", "rtf", "odt"])
def test_older_files_through_libreoffice(target: str):
    content = samples.converted(samples.plan_docx(), ".docx", target)
    source = read_source(content, f"kế hoạch.{target}")
    assert source.kind == "doc"
    assert texts(source) == samples.plan_lines()
