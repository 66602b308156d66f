"""Thể thức của tệp Word: the file opened again, its pages, letters, lines and tables as decree 30/2020 asks."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from plan_samples import full_plan, letterhead, other_annexes

from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.writing import words
from ntm.domain.documents.writing.content import (
    Annex,
    Article,
    Column,
    Decision,
    Document,
    Letterhead,
    Minutes,
    OfficialLetter,
    Para,
    PlanDocument,
    ReportSkeleton,
    Row,
    Section,
    Signature,
    Table,
    WritingError,
)
from ntm.domain.documents.writing.layout import layout
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.official.dates import PartialDate


@pytest.fixture(scope="module")
def plan():  # type: ignore[no-untyped-def]
    return docx.Document(io.BytesIO(write_docx(full_plan())))


def _all_text(content: bytes) -> str:
    return "\n".join(line.text for line in read_source(content, "văn bản.docx").lines)


def test_every_chosen_value_is_allowed_by_the_decree() -> None:
    rules = layout()
    for group in (rules.page, rules.sizes, rules.body, rules.rules):
        assert {name: m.chosen for name, m in group.items() if not m.allowed} == {}
    assert rules.verified and rules.reference["number"] == "30/2020/NĐ-CP"


def test_pages_margins_and_page_numbers(plan) -> None:  # type: ignore[no-untyped-def]
    first, *annexes = plan.sections
    assert abs(first.page_width - Mm(210)) < Mm(0.2) and abs(first.page_height - Mm(297)) < Mm(0.2)
    near = [abs(a - b) < Mm(0.2) for a, b in ((first.left_margin, Mm(30)), (first.right_margin, Mm(15)))]
    assert all(near) and abs(first.top_margin - Mm(20)) < Mm(0.2)
    assert len(annexes) == 5
    for section in plan.sections:
        numbering = section._sectPr.find(qn("w:pgNumType"))
        assert numbering.get(qn("w:start")) == "1"  # each annex has its own numbers
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml and 'w:jc w:val="center"' in section.header._element.xml
        assert section.first_page_header.is_linked_to_previous  # there is none: the first page shows no number
    turned = [section.page_width > section.page_height for section in annexes]
    assert turned == [False, True, True, True, False]


def test_letters_of_the_parts(plan) -> None:  # type: ignore[no-untyped-def]
    head = plan.tables[0]
    look = {
        run.text: (run.font.size.pt, bool(run.bold), bool(run.italic))
        for cell in (c for row in head.rows for c in row.cells)
        for p in cell.paragraphs
        for run in p.runs
        if run.text
    }
    assert look["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"] == (12, True, False)
    assert look["Độc lập - Tự do - Hạnh phúc"] == (13, True, False)
    assert look["Số: 15/KH-UBND"] == (13, False, False)
    assert look["Văn Quan, ngày 30 tháng 01 năm 2018"] == (13, False, True)
    assert "tblBorders" in head._tbl.xml and 'w:val="single"' not in head._tbl.tblPr.xml
    assert head._tbl.xml.count("<w:pBdr>") == 2  # below the issuing body, below the motto
    by_text = {p.text: p for p in plan.paragraphs}
    kind = by_text["KẾ HOẠCH"]
    assert kind.alignment == 1 and kind.runs[0].bold and kind.runs[0].font.size.pt == 14
    body = next(p for p in plan.paragraphs if p.text.startswith("Tập trung lãnh đạo"))
    assert body.alignment == 3 and body.runs[0].font.size.pt == 14
    assert abs(body.paragraph_format.first_line_indent - Mm(12.7)) < Mm(0.1)
    bases = [p for p in plan.paragraphs if p.text.startswith("Căn cứ")]
    assert all(p.runs[0].italic for p in bases)
    assert [p.text[-1] for p in bases] == [";", "."]
    assert plan.styles["Normal"].font.name == "Times New Roman"
    assert by_text["I. MỤC ĐÍCH, YÊU CẦU"].runs[0].bold


def test_recipients_at_the_left_signature_at_the_right(plan) -> None:  # type: ignore[no-untyped-def]
    closing = plan.tables[1]
    left, right = closing.rows[0].cells
    assert left.paragraphs[0].text == "Nơi nhận:"
    assert (left.paragraphs[0].runs[0].font.size.pt, left.paragraphs[1].runs[0].font.size.pt) == (12, 11)
    assert left.paragraphs[1].text == "- Văn phòng Điều phối tỉnh;" and left.paragraphs[-1].text == "- Lưu: VT, VPĐP."
    assert [p.text for p in right.paragraphs] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Đình Đại"]
    assert next(p.text for p in reversed(plan.paragraphs) if "Trên đây" in p.text).endswith("./.")


def test_annexes_say_what_they_are_attached_to_and_their_tables_repeat_their_head(plan) -> None:  # type: ignore[no-untyped-def]
    texts = [p.text for p in plan.paragraphs]
    at = texts.index("Phụ lục 1")
    assert texts[at + 1].startswith("NỘI DUNG CÔNG VIỆC")
    assert texts[at + 2] == "(Kèm theo Kế hoạch số 15/KH-UBND ngày 30 tháng 01 năm 2018 của UBND huyện Văn Quan)"
    tables = plan.tables[2:]
    assert len(tables) == 5
    for table in tables:
        rows = table._tbl.tr_lst
        heads = [tr.trPr.find(qn("w:tblHeader")) is not None for tr in rows]
        assert heads[0] and not heads[-1] and heads == sorted(heads, reverse=True)
        assert all(tr.trPr.find(qn("w:cantSplit")) is not None for tr in rows)
    assert [cell.text for cell in tables[0].rows[2].cells][:3] == [
        "1",
        "Kiểm tra, đôn đốc thực hiện Chương trình tại xã về đích năm 2018, đợt 1.1",
        "BCĐ huyện",
    ]
    money = [cell.text for cell in tables[-1].rows[-1].cells]
    assert money == ["", "Tổng cộng", "172.970", "165.070", "7.900"]


def test_the_same_plan_gives_the_same_bytes() -> None:
    plan = full_plan(60)
    first = write_docx(plan)
    assert write_docx(plan) == first


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (date(2018, 1, 30), "ngày 30 tháng 01 năm 2018"),
        (date(2018, 3, 5), "ngày 05 tháng 3 năm 2018"),
        (date(2018, 12, 9), "ngày 09 tháng 12 năm 2018"),
        (PartialDate(2024, 1), f"ngày {words.BLANK} tháng 01 năm 2024"),
        (None, f"ngày {words.BLANK} tháng {words.BLANK} năm {words.BLANK}"),
    ],
)
def test_days_and_months_have_their_zeros(day: date | PartialDate | None, wanted: str) -> None:
    assert words.date_words(day) == wanted


def test_numbers_under_ten_have_a_zero_and_blanks_stay_blank() -> None:
    assert words.number_line(Letterhead("X", "Y", number="7", symbol="KH-UBND")) == "Số: 07/KH-UBND"
    assert words.number_line(Letterhead("X", "Y", symbol="/KH-UBND")) == f"Số: {words.BLANK}/KH-UBND"
    assert (words.count(4), words.count(12)) == ("04", "12")


def test_a_draft_without_number_and_day_is_read_as_such() -> None:
    head = Letterhead(
        "Ủy ban nhân dân\nhuyện Si Ma Cai", "Si Ma Cai", symbol="KH-UBND", date=PartialDate(2024, 1), draft=True
    )
    plan = PlanDocument(
        head, "Triển khai xây dựng nông thôn mới năm 2024", Signature("Chủ tịch"), preamble="Nội dung như sau:"
    )
    seen = read(read_source(write_docx(plan), "dự thảo.docx")).header
    assert (seen.number, seen.full_number) == (None, "/KH-UBND")
    assert seen.date is not None and seen.date.iso == "2024-01"


def test_a_decision_its_articles_and_its_decider() -> None:
    decision = Decision(
        header=Letterhead("Ủy ban nhân dân\nhuyện Văn Quan", "Văn Quan", "", "5", "QĐ-UBND", date(2018, 2, 1)),
        title="Về việc thành lập Đoàn kiểm tra xây dựng nông thôn mới năm 2018",
        signature=Signature("Chủ tịch", "Nguyễn Đình Đại"),
        decider="Chủ tịch Ủy ban nhân dân huyện Văn Quan",
        bases=("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015",),
        articles=(
            Article("Thành lập Đoàn kiểm tra gồm các ông, bà có tên sau:", ("1. Trưởng đoàn;", "2. Thành viên.")),
            Article("Quyết định này có hiệu lực kể từ ngày ký."),
        ),
        recipients=("Như Điều 2", "Lưu: VT"),
    )
    text = _all_text(write_docx(decision))
    order = [
        "Số: 05/QĐ-UBND",
        "QUYẾT ĐỊNH\n",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN VĂN QUAN",
        "Căn cứ Luật",
        "QUYẾT ĐỊNH:",
        "Điều 1. ",
    ]
    places = [text.index(piece) for piece in [*order, "Điều 2. Quyết định này", "Nơi nhận:"]]
    assert places == sorted(places)


def test_an_official_letter_has_no_kind_but_an_about_and_an_addressee() -> None:
    letter = OfficialLetter(
        header=Letterhead(
            "Văn phòng Điều phối\nnông thôn mới tỉnh", "Lạng Sơn", "Sở Nông nghiệp và PTNT", "12", "VPĐP-NV"
        ),
        about="đôn đốc báo cáo tháng 3 năm 2018",
        addressee=("UBND huyện Văn Quan", "UBND huyện Bình Gia"),
        paragraphs=(Para("Đề nghị các huyện gửi báo cáo trước ngày 14/3/2018."),),
        signature=Signature("Chánh Văn phòng", "Nguyễn Đình Đại"),
        recipients=("Như trên", "Lưu: VT"),
    )
    text = _all_text(write_docx(letter))
    assert "V/v đôn đốc báo cáo tháng 3 năm 2018" in text and "Kính gửi:" in text
    assert text.count("Như trên") == 1 and "- UBND huyện Bình Gia." in text
    seen = read(read_source(write_docx(letter), "công văn.docx"))
    assert (seen.header.kind, seen.header.full_number) == ("công văn", "12/VPĐP-NV")
    assert [r.text for r in seen.recipients] == ["Như trên", "Lưu: VT"]


def test_minutes_name_who_was_there_and_both_sign() -> None:
    minutes = Minutes(
        header=Letterhead("Ban Chỉ đạo\nhuyện Văn Quan", "Văn Quan", "", "3", "BB-BCĐ", date(2018, 3, 5)),
        title="Họp giao ban Ban Chỉ đạo tháng 3 năm 2018",
        opened="14 giờ 00, ngày 05 tháng 3 năm 2018",
        place="Hội trường UBND huyện",
        present=("Các thành viên Ban Chỉ đạo", "Văn phòng Điều phối"),
        chair=Signature("Trưởng ban", "Nguyễn Đình Đại"),
        secretary=Signature("Thư ký", "Nguyễn Trung Kiên"),
        conclusions=("Các xã gửi kế hoạch trước 15/3/2018", "Văn phòng Điều phối tổng hợp"),
        recipients=("Thành viên Ban Chỉ đạo", "Lưu: VPĐP"),
    )
    text = _all_text(write_docx(minutes))
    for piece in (
        "BIÊN BẢN",
        "Thành phần tham dự:",
        "- Văn phòng Điều phối tổng hợp.",
        "TRƯỞNG BAN",
        "THƯ KÝ",
        "- Lưu: VPĐP.",
    ):
        assert piece in text


def test_a_report_goes_up_with_kinh_gui() -> None:
    report = ReportSkeleton(
        header=letterhead(),
        title="Kết quả thực hiện Chương trình 6 tháng đầu năm 2018",
        signature=Signature("Chủ tịch"),
        addressee=("Ủy ban nhân dân tỉnh Lạng Sơn",),
        sections=(Section("Kết quả thực hiện", "I."),),
        recipients=("Lưu: VT",),
    )
    text = _all_text(write_docx(report))
    assert "BÁO CÁO" in text and "Kính gửi: Ủy ban nhân dân tỉnh Lạng Sơn" in text and "- Như trên;" in text


def test_lists_of_communes_villages_and_quarters() -> None:
    plan = Document(letterhead(), "Kế hoạch năm 2020", Signature("Trưởng ban"), annexes=other_annexes())
    file = docx.Document(io.BytesIO(write_docx(plan)))
    communes, villages, quarters = file.tables[2:]
    assert [c.text for c in communes.rows[2].cells] == ["1", "Xã Đông Phú", "X", "", ""]
    assert [c.text for c in villages.rows[2].cells] == ["1", "Xã Đông Phú", "Thôn Thanh Sơn", ""]
    assert quarters.rows[1].cells[1].text.startswith("Công tác nhóm 1")
    assert len(quarters.rows) == 1 + 3 * 4


def test_hostile_words_are_only_words() -> None:
    name = "Xã <w:t>&amp; “A” \x00\x0b</w:p>"
    table = Table((Column("Xã"), Column("Số", figure="number")), (Row((name, Decimal("1234.5"))),))
    plan = Document(letterhead(), name, Signature("Chủ tịch"), annexes=(Annex("Biểu 01", name, table),))
    file = docx.Document(io.BytesIO(write_docx(plan)))
    assert [c.text for c in file.tables[2].rows[1].cells] == ["Xã <w:t>&amp; “A” </w:p>", "1.234,5"]


def test_a_row_of_another_width_is_refused_with_its_place() -> None:
    with pytest.raises(WritingError, match=r"Hàng 2 của bảng “Biểu 01” có 1 ô, bảng có 2 cột"):
        Table((Column("A"), Column("B")), (Row(("a", "b")), Row(("a",))), caption="Biểu 01")
