"""Nhập danh sách tài khoản from xlsx: good rows are taken, bad ones stay with row, column and reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from ntm.records.audit.models import Entry
from ntm.records.people import authority, services
from ntm.records.people.authority import Denied
from ntm.records.people.models import Holding, Office, User
from ntm.records.people.services import NotPossible

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 1)
HEADS = ["Tên đăng nhập *", "Họ và tên *", "Vai trò *", "Mã đơn vị *", "Chức danh *", "Tiêu chí phụ trách", "Từ ngày *"]
GOOD = [
    "xa.vanan",
    "Người thử Lan",
    "Công chức phụ trách NTM cấp xã",
    "06280",
    "Công chức NTM xã Văn An",
    "",
    "01/01/2023",
]


def book(*rows: list, heads: list[str] | None = None) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(heads or HEADS)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def row(**changed) -> list:
    fields = ["username", "full_name", "role", "unit_code", "title", "criteria", "start"]
    return [changed.get(field, value) for field, value in zip(fields, GOOD, strict=True)]


@pytest.fixture
def boss(area, holder):
    return holder("coordination_office", area.district)


def test_a_dry_run_shows_what_would_be_and_changes_nothing(boss) -> None:
    users, entries = User.objects.count(), Entry.objects.count()
    report = services.import_accounts(boss, book(GOOD, row(username="")), on=ON)
    assert (report.dry_run, report.rows, len(report.taken), len(report.errors)) == (True, 2, 1, 1)
    assert report.taken[0].password is None
    assert (User.objects.count(), Entry.objects.count(), Office.objects.count()) == (users, entries, 1)


def test_accounts_offices_and_first_passwords_are_made_and_logged(area, boss) -> None:
    report = services.import_accounts(boss, book(GOOD), on=ON, dry_run=False)
    user = User.objects.get(username="xa.vanan")
    assert user.must_change_password and user.check_password(report.taken[0].password)
    assert authority.actor_for(user, on=ON).unit_id == area.commune
    verbs = list(Entry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["user.create", "office.create", "office.give", "user.import"]
    assert report.taken[0].password not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_columns_in_another_order_real_dates_and_decomposed_letters(area, boss) -> None:
    heads = ["TU NGAY", "Vai trò", "Họ và tên", "Mã đơn vị", "Ghi chú", "Chức danh", "ten dang nhap"]
    sheet = book(
        [datetime(2023, 1, 1), "co quan phu trach tieu chi", "Người thử Hoa", 184, "?", "Phòng Kinh tế", "phong.kt"],
        heads=heads,
    )
    report = services.import_accounts(boss, sheet, on=ON, dry_run=False)
    assert [(error.row, error.column) for error in report.errors] == [(2, "")]
    assert "ít nhất một tiêu chí" in report.errors[0].message
    sheet = book(
        [
            datetime(2023, 1, 1),
            "co quan phu trach tieu chi",
            "Người thử Hoa",
            184,
            "10; 17",
            "Phòng Kinh tế",
            "phong.kt",
        ],
        heads=[*heads[:4], "Tiêu chí phụ trách", *heads[5:]],
    )
    report = services.import_accounts(boss, sheet, on=ON, dry_run=False)
    assert report.errors == ()
    held = Holding.objects.get(user__username="phong.kt")
    assert (held.start, held.office.criteria, held.office.unit_id) == (date(2023, 1, 1), ["10", "17"], area.district)


def test_a_person_with_two_offices_has_two_rows_and_one_password(boss) -> None:
    second = row(role="Ban phát triển thôn", title="Trưởng ban phát triển thôn")
    report = services.import_accounts(boss, book(GOOD, second, row(full_name="Người khác")), on=ON, dry_run=False)
    assert [taken.password is None for taken in report.taken] == [False, True]
    assert Holding.objects.filter(user__username="xa.vanan").count() == 2
    assert (report.errors[0].column, report.errors[0].row) == ("Họ và tên", 4)


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"username": ""}, "Tên đăng nhập", "Còn trống"),
        ({"username": "lê lan"}, "", "chữ không dấu"),
        ({"role": "trưởng làng"}, "Vai trò", "Không có vai trò «trưởng làng»; chọn một trong: công chức"),
        ({"unit_code": "6280"}, "Mã đơn vị", "Excel đã bỏ số 0"),
        ({"start": "32/1/2023"}, "Từ ngày", "32"),
        ({"unit_code": "10906"}, "", "Thạch Lỗi"),  # another district's commune
        ({"role": "quản trị hệ thống"}, "", "Chỉ quản trị hệ thống"),
    ],
)
def test_a_bad_row_says_where_and_why_and_the_good_one_is_taken(boss, changed, column, words) -> None:
    report = services.import_accounts(boss, book(row(**changed), row(username="nguoi.khac")), on=ON, dry_run=False)
    assert [taken.username for taken in report.taken] == ["nguoi.khac"]
    (error,) = report.errors
    assert (error.row, error.column) == (2, column)
    assert words in error.message
    assert Office.objects.filter(title=GOOD[4]).count() == 1, "a refused row leaves nothing behind"


def test_who_may_not_import(area, holder) -> None:
    for actor in (holder("commune_officer", area.commune), holder("leader", area.district), holder("viewer")):
        with pytest.raises(Denied, match="nhập danh sách tài khoản"):
            services.import_accounts(actor, book(GOOD), on=ON)


def _with_macro() -> bytes:
    stream = io.BytesIO(book(GOOD))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return stream.getvalue()


def _bomb() -> bytes:
    stream = io.BytesIO(book(GOOD))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", b"\0" * (101 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: b"", r"không phải \.xlsx"),
        (lambda: b"ten,ho ten", r"không phải \.xlsx"),
        (lambda: b"PK\x03\x04 hong", r"không phải \.xlsx"),
        (_with_macro, "macro"),
        (_bomb, "giải nén"),
        (lambda: book(heads=["Tên đăng nhập", "Vai trò"]), "thiếu cột: Họ và tên, Mã đơn vị, Chức danh, Từ ngày"),
        (lambda: book(*[GOOD] * 1001), "1001 dòng"),
        (lambda: b"PK" + b"x" * (16 * 1024 * 1024), "quá lớn"),
    ],
)
def test_a_file_that_is_not_the_sheet_is_refused_whole(boss, content, words) -> None:
    with pytest.raises(NotPossible, match=words):
        services.import_accounts(boss, content(), on=ON)


def test_the_template_can_be_filled_and_read(area, boss) -> None:
    workbook = load_workbook(io.BytesIO(services.account_template()))
    sheet = workbook["Tài khoản"]
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    heads = [cell.value for cell in sheet[1]]
    for place, head in enumerate(heads, start=1):
        plain = dict(zip(HEADS, GOOD, strict=True))
        sheet.cell(2, place, plain.get(head, ""))
    stream = io.BytesIO()
    workbook.save(stream)
    report = services.import_accounts(boss, stream.getvalue(), on=ON, dry_run=False)
    assert [taken.username for taken in report.taken] == ["xa.vanan"] and report.errors == ()
