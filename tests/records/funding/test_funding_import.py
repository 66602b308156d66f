"""Nhập chứng từ: told by line, all or nothing; the same rules as a voucher typed by hand."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from ntm.records.audit import services as audit
from ntm.records.audit.models import Entry
from ntm.records.funding import voucher_file
from ntm.records.funding.models import Disbursement
from ntm.records.funding.queries import balances
from ntm.records.funding.services import allocating, building, correcting
from ntm.records.funding.services.allocating import Decided, Line
from ntm.records.funding.services.importing import import_vouchers
from ntm.records.people.authority import Denied

ON = date(2023, 3, 1)
TODAY = date(2023, 12, 1)
HEAD = "mã đơn vị;số chứng từ;ngày;năm;nguồn;loại vốn;chi cho;số tiền;mã công trình"
CENTRAL = "central.investment;vốn đầu tư phát triển;đầu tư"


@pytest.fixture
def office(area, holder):
    """The district's office, with 1.000 đồng at each of two communes."""
    lines = [Line(unit, "central.investment", "investment", 1000) for unit in (area.commune, area.neighbour)]
    province = holder("coordination_office", area.province)
    allocating.allocate(province, Decided("1", ON, "UBND tỉnh"), year=2023, lines=lines)
    return holder("coordination_office", area.district)


def load(office, *lines: str, **more):
    return import_vouchers(office, "\n".join([HEAD, *lines]).encode(), on=TODAY, file="ct.csv", **more)


def test_a_whole_file_or_nothing(area, office) -> None:
    good = [f"06280;CT1;01/06/2023;2023;{CENTRAL};600;", f"06316;CT1;2023-06-02;2023;{CENTRAL};1.000;"]
    tried = load(office, *good, dry_run=True)
    assert (tried.wrong, tried.written, tried.amount, Disbursement.objects.count()) == (0, 0, 1600, 0)
    bad = load(office, *good, f"06280;CT2;01/06/2023;2023;{CENTRAL};401;")
    assert [str(error) for error in bad.errors] == [
        "Dòng 4: vượt 1 đồng so với vốn “Ngân sách trung ương, vốn đầu tư phát triển” năm 2023 đã phân bổ cho đơn vị 06280."
    ]
    assert (bad.read, bad.written, Disbursement.objects.count()) == (3, 0, 0)
    done = load(office, *good)
    assert (done.written, done.amount) == (2, 1600)
    assert balances.balance(area.district, 2023, TODAY).total.disbursed == 1600
    entry = Entry.objects.get(verb="money.import")
    assert (entry.detail["count"], entry.detail["amount"]) == (2, "1.600") and audit.verify().ok
    again = load(office, *good)
    assert {error.line for error in again.errors} == {2, 3} and "đã ghi rồi" in again.errors[0].sentence
    voucher = Disbursement.objects.get(unit_id=area.commune)
    assert (voucher.place, voucher.placed_on, voucher.number) == ("dòng 2", date(2023, 6, 1), "CT1")
    correcting.reverse(office, voucher, reason="nhầm", on=TODAY)
    assert load(office, good[0]).written == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"99999;C;01/06/2023;2023;{CENTRAL};1;", "không có đơn vị mã “99999”"),
        (f"06280;C;01/06/2023;2023;{CENTRAL};1;CT-9", "không có công trình mã “CT-9”"),
        (f"06280;C;32/06/2023;2023;{CENTRAL};1;", "“32/06/2023” không phải ngày"),
        (f"06280;C;01/06/2023;23;{CENTRAL};1;", "không phải năm ngân sách"),
        (f"06280;C;01/06/2023;2023;{CENTRAL};1,5;", "“1,5” không phải số tiền"),
        (f"06280;C;01/06/2023;2023;{CENTRAL};-5;", "không phải số tiền"),
        (f"06280;;01/06/2023;2023;{CENTRAL};5;", "chưa ghi so chung tu"),
        (f"06280;C;01/06/2024;2023;{CENTRAL};5;", "không thuộc năm ngân sách 2023"),
        ("06280;C;01/06/2023;2023;gold;investment;investment;5;", "Không có nguồn vốn “gold”"),
        ("06280;C;01/06/2023;2023;central.recurrent;recurrent;investment;5;", "không được dùng để chi đầu tư"),
        ("06280;C;01/06/2023", "cần 9 ô"),
    ],
)
def test_a_wrong_line_is_told(area, office, line: str, words: str) -> None:
    told = load(office, line)
    assert told.wrong == 1 and told.errors[0].line == 2, told
    assert words in told.errors[0].sentence


def test_locks_strangers_doubles_and_works(area, holder, office) -> None:
    line = f"06280;C1;01/06/2023;2023;{CENTRAL};5;"
    twice = load(office, line, line)
    assert (twice.wrong, twice.errors[0].line) == (1, 3) and "đã có ở dòng 2" in twice.errors[0].sentence
    with pytest.raises(Denied):
        load(holder("commune_officer", area.neighbour), line)
    officer = holder("commune_officer", area.commune)
    works = building.NewWorks(
        area.commune, "CT-01", "Đường", "contracted", 100, criterion_no=2, contractor="A", decision="1"
    )
    building.add_works(officer, works, on=ON)
    over = load(office, line + "CT-01", f"06280;C2;02/06/2023;2023;{CENTRAL};96;CT-01")
    assert over.errors[0].line == 3 and "vượt tổng mức đầu tư 1 đồng" in over.errors[0].sentence
    assert load(office, line + "CT-01").written == 1
    voucher = Disbursement.objects.get()
    assert (voucher.advance, voucher.criterion_no) == (True, 2)
    correcting.close_period(office, unit_id=area.district, year=2023, on=TODAY, through=date(2023, 6, 30))
    closed = load(office, f"06280;C5;30/06/2023;2023;{CENTRAL};5;", f"06280;C6;01/07/2023;2023;{CENTRAL};5;")
    assert [error.line for error in closed.errors] == [2] and "đã khoá" in closed.errors[0].sentence


def test_a_workbook_is_read_as_well() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD.split(";"))
    sheet.write_row(1, 0, ["06280", "CT1"])
    sheet.write_datetime(1, 2, date(2023, 6, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_row(1, 3, [2023, "central.investment", "đầu tư", "đầu tư", 1_234_567_890_123])
    book.close()
    found = voucher_file.read(made.getvalue())
    assert found.errors == []
    (row,) = found.rows
    assert (row.unit, row.on, row.year, row.amount) == ("06280", date(2023, 6, 1), 2023, 1_234_567_890_123)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "thiếu cột"),
        ("mã đơn vị;lạ".encode(), "cột lạ “lạ”"),
        (HEAD.encode(), "không có chứng từ nào"),
        (b"PK\x03\x04 nothing", "Không mở được tệp xlsx"),
        (b"unit,number\n\xff\xfe", "không phải UTF-8"),
        (b'a,"b', "ngoặc kép"),
    ],
)
def test_a_file_that_is_none_is_told(content: bytes, words: str) -> None:
    assert words in str(voucher_file.read(content).errors[0])
