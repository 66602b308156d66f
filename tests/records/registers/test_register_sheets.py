"""Bảng tính của sổ: template filled and taken back; every wrong cell told, hostile files refused, nothing twice."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm.records.audit.models import Entry as LogEntry
from ntm.records.people.authority import Denied
from ntm.records.registers import catalogue, sheet_file
from ntm.records.registers.models import Cooperative, CooperativeYear, OcopProduct, OcopRating, TrainingClass
from ntm.records.registers.refusals import Refused
from ntm.records.registers.services import importing
from ntm.records.standing.workbook.package import Package

ON = date(2023, 12, 20)
PRODUCT = {
    "Mã đơn vị": "06280",
    "Tên sản phẩm": "Hồi Văn An",
    "Chủ thể": "HTX Hồi",
    "Loại chủ thể": "Hợp tác xã",
    "Đánh giá, phân hạng: năm đánh giá": 2023,
    "Đánh giá, phân hạng: số sao": 4,
    "Đánh giá, phân hạng: số quyết định": "15/QĐ-UBND",
    "Đánh giá, phân hạng: ngày quyết định": "01/7/2023",
}


def _sheet(*rows, heads=None):
    """A workbook of rows under their heads; days as Excel keeps them."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet, day = book.add_worksheet("Sổ"), book.add_format({"num_format": "dd/mm/yyyy"})
    heads = heads or list(dict.fromkeys(head for row in rows for head in row))
    sheet.write_row(0, 0, heads)
    for line, row in enumerate(rows, start=1):
        for head, value in row.items():
            if isinstance(value, date):
                value = datetime(value.year, value.month, value.day)
                sheet.write_datetime(line, heads.index(head), value, day)
            else:
                sheet.write(line, heads.index(head), value)
    book.close()
    return written.getvalue()


@pytest.fixture
def take(area, holder):
    """Take a sheet as the district's coordination office, on the district's page."""
    office = holder("coordination_office", area.district)

    def taken(code, content, *, dry_run=False, who=office, unit=area.district):
        return importing.import_sheet(who, code, content, unit_id=unit, on=ON, file="so.xlsx", dry_run=dry_run)

    return taken


@pytest.mark.parametrize("register", catalogue.registers(), ids=lambda one: one.code)
def test_a_template_has_every_column_and_says_how(register):
    package = Package.open(sheet_file.template(register))
    first, guide = (package.sheet(name) for name in package.names)
    heads = [cell.text for _, cell in sorted(first.rows()[0].items())]
    assert heads == list(sheet_file.heads(register)) and len(set(heads)) == len(heads)
    assert len(guide.rows()) == len(heads) + 1 and all(len(cells) == 2 for cells in guide.rows().values())


def test_a_trial_writes_nothing_then_products_come_with_their_stars(take, area):
    content = _sheet(PRODUCT)
    tried = take("ocop", content, dry_run=True)
    assert (tried.read, tried.errors, len(tried.taken)) == (1, [], 1) and not OcopProduct.objects.exists()
    done = take("ocop", content)
    assert [one.inside for one in done.taken] == ["4 sao"]
    product, rating = OcopProduct.objects.get(), OcopRating.objects.get()
    assert (product.unit_id, product.start, product.source_place) == (area.commune, date(2023, 7, 1), "so.xlsx, dòng 2")
    assert (rating.product_id, rating.valid_until, rating.issuer) == (product.pk, date(2026, 7, 1), "UBND cấp tỉnh")
    log = LogEntry.objects.order_by("-sequence").first()
    assert log.verb == "register.import" and log.detail["count"] == 1


def test_a_file_taken_twice_adds_nothing(take):
    content = _sheet(PRODUCT, PRODUCT | {"Tên sản phẩm": "hồi văn an "})
    first = take("ocop", content)
    assert len(first.taken) == 1 and "Trùng với dòng 2" in first.errors[0].message
    again = take("ocop", content)
    assert not again.taken and "đã có trong sổ" in again.errors[0].message
    assert OcopProduct.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "column", "said"),
    [
        ({"Mã đơn vị": "99999"}, "Mã đơn vị", "không có đơn vị mã"),
        ({"Mã đơn vị": "10906"}, "Mã đơn vị", "không ghi sổ"),
        ({"Mã đơn vị": "=1+1"}, "Mã đơn vị", "công thức"),
        ({"Chủ thể": ""}, "Chủ thể", "Chưa ghi chủ thể"),
        ({"Loại chủ thể": "công ty ma"}, "Loại chủ thể", "không có trong các lựa chọn"),
        ({"Đánh giá, phân hạng: số sao": 7}, "Đánh giá, phân hạng: số sao", "từ 1 đến 5"),
        ({"Đánh giá, phân hạng: số sao": date(2023, 1, 4)}, "Đánh giá, phân hạng: số sao", "Ô là ngày"),
        ({"Đánh giá, phân hạng: số sao": 3.5}, "Đánh giá, phân hạng: số sao", "số nguyên"),
        ({"Đánh giá, phân hạng: ngày quyết định": "31/02/2023"}, "Đánh giá, phân hạng: ngày quyết định", "ngày"),
        ({"Tham gia từ ngày": date(2024, 5, 1)}, "Tham gia từ ngày", "sau ngày ghi"),
    ],
)
def test_a_wrong_cell_is_told_with_its_place_and_the_others_are_taken(take, changed, column, said):
    found = take("ocop", _sheet(PRODUCT | {"Tên sản phẩm": "Na"}, PRODUCT | changed))
    assert [(one.line, one.column) for one in found.errors] == [(3, column)] and said in found.errors[0].message
    assert OcopProduct.objects.get().title == "Na"


def test_cooperatives_with_members_and_classes_of_the_page_s_own_unit(take, area):
    row = {"Tên": "HTX A", "Thành lập ngày": date(2022, 3, 1), "Vốn điều lệ": "1,5 tỷ"}
    inside = {"Thành viên, hoạt động: số liệu đến ngày": date(2023, 6, 30), "Thành viên, hoạt động: số thành viên": 12}
    take("cooperatives", _sheet(row | inside, {"Tên": "HTX B", "Thành lập ngày": "15/4/2023"}))
    assert Cooperative.objects.get(title="HTX A").capital == 1_500_000_000
    assert CooperativeYear.objects.get().members == 12 and Cooperative.objects.count() == 2
    lesson = {
        "Nội dung": "Lớp NTM",
        "Từ ngày": "10/5/2023",
        "Số lớp": 2,
        "Số người tham gia": "1.080",
        "Trong đó nữ": 2,
    }
    take("training", _sheet(lesson))
    made = TrainingClass.objects.get()
    assert (made.unit_id, made.classes, made.participants) == (area.district, 2, 1080)


def test_the_number_of_questions_does_not_grow_with_the_lines(take):
    def rows(first, last):
        return _sheet(
            *({"Nội dung": f"Lớp {n}", "Từ ngày": "10/5/2023", "Mã đơn vị": "06280"} for n in range(first, last))
        )

    with CaptureQueriesContext(connection) as few:
        take("training", rows(0, 2))
    with CaptureQueriesContext(connection) as many:
        take("training", rows(2, 30))
    assert len(many) <= len(few) and TrainingClass.objects.count() == 30


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp trống"),
        (b"PK\x03\x04 not a package", "hỏng"),
        (b"<!DOCTYPE html>", "trang web"),
        (b"%PDF-1.4\n1 0 obj<<>>endobj", "không phải bảng tính"),
        (_sheet({"Cột lạ": "x"}), "không có dòng tiêu đề"),
        (_sheet({"Tên sản phẩm": "x"}, heads=["Tên sản phẩm", "tên sản phẩm"]), "hai cột cùng tên"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_whole(take, content, said):
    with pytest.raises(Refused, match=said):
        take("ocop", content)


def test_who_may_not_record_takes_nothing(take, area, holder):
    for who in (holder("leader", area.district), holder("coordination_office", area.other_district)):
        with pytest.raises(Denied):
            take("ocop", _sheet(PRODUCT), who=who)
