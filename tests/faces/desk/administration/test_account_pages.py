"""Trang tài khoản, chức danh, khoá, thẩm quyền, bản cài đặt."""

from __future__ import annotations

import io
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from ntm.records.people.models import Holding, Office, Token, User
from ntm.records.people.services import account_template
from ntm.records.standing import registry


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def province(area, holder, client_of):
    registry.register_shipped()
    return client_of(holder("coordination_office", area.province))


@pytest.fixture
def administrator(area, holder, client_of):
    registry.register_shipped()
    return client_of(holder("administrator"))


@pytest.fixture
def vacant(area):
    return Office.objects.create(role="commune_officer", unit_id=area.commune, title="Công chức xã Văn An")


def text(response) -> str:
    return unescape(response.content.decode())


ACCOUNT = {"full_name": "Người Mới", "username": "xa.van.an", "email": "", "start": "01/01/2026", "decision": "5/QĐ"}


def test_doors_are_those_the_office_may_open(province, area, holder, client_of):
    page = text(province.get("/quan-tri/"))
    assert "Tài khoản" in page and "Nhật ký" in page and "Bản cài đặt" not in page
    viewer = text(client_of(holder("viewer", area.province)).get("/quan-tri/"))
    assert "Bộ tiêu chí" in viewer and "Chức danh</b>" not in viewer and "Nhật ký" not in viewer


def test_a_new_account_shows_its_password_once(province, vacant):
    url = f"/quan-tri/chuc-danh/{vacant.pk}/tai-khoan-moi/"
    assert "Công chức xã Văn An" in text(province.get(url))
    page = text(province.post(url, ACCOUNT))
    user = User.objects.get(username="xa.van.an")
    shown = [part for part in page.replace("<", " ").replace(">", " ").split() if part.count("-") == 2]
    assert any(user.check_password(word) for word in shown)
    assert user.must_change_password and Holding.objects.get(user=user).decision == "5/QĐ"
    again = province.post(url, ACCOUNT)
    assert again.status_code == 422 and "đã có người dùng" in text(again)


def test_a_wrong_account_is_said(province, vacant):
    url = f"/quan-tri/chuc-danh/{vacant.pk}/tai-khoan-moi/"
    refused = province.post(url, ACCOUNT | {"username": "có dấu", "start": "hôm qua"})
    assert refused.status_code == 422 and "không phải ngày tháng" in text(refused)
    refused = province.post(url, ACCOUNT | {"username": "có dấu"})
    assert refused.status_code == 422 and "chữ không dấu" in text(refused)
    assert not User.objects.filter(full_name="Người Mới").exists()


def test_an_account_is_closed_reopened_and_given_a_password(province, vacant):
    province.post(f"/quan-tri/chuc-danh/{vacant.pk}/tai-khoan-moi/", ACCOUNT)
    user = User.objects.get(username="xa.van.an")
    url = f"/quan-tri/tai-khoan/{user.pk}/"
    assert province.post(url + "khoa/").status_code == 302
    closed = province.post(url + "khoa/")
    assert closed.status_code == 422 and "đã khoá rồi" in text(closed)
    refused = province.post(url + "mat-khau/")
    assert refused.status_code == 422 and "mở lại trước khi đặt mật khẩu" in text(refused)
    assert province.post(url + "mo/").status_code == 302
    assert "Mật khẩu tạm của Người Mới" in text(province.post(url + "mat-khau/"))
    assert "đã khoá" not in text(province.get("/quan-tri/tai-khoan/?q=nguoi moi")).split("<tbody>")[1]


def test_a_lost_second_step_is_taken_off(province, vacant):
    province.post(f"/quan-tri/chuc-danh/{vacant.pk}/tai-khoan-moi/", ACCOUNT)
    user = User.objects.get(username="xa.van.an")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    url = f"/quan-tri/tai-khoan/{user.pk}/"
    assert "Xoá xác thực hai bước" in text(province.get(url))
    assert province.post(url + "hai-buoc/", {"reason": ""}).status_code == 422
    assert province.post(url + "hai-buoc/", {"reason": "mất điện thoại, đã gọi lại"}).status_code == 302
    assert not Authenticator.objects.exists()


def test_accounts_of_others_are_not_there(province, area, holder):
    stranger = holder("commune_officer", area.stranger)
    assert province.get(f"/quan-tri/tai-khoan/{stranger.user_id}/").status_code == 404
    assert province.post(f"/quan-tri/tai-khoan/{stranger.user_id}/khoa/").status_code == 404
    assert User.objects.get(pk=stranger.user_id).is_active


def test_the_list_asks_the_same_for_one_and_for_many(province, area, holder, django_assert_num_queries):
    with django_assert_num_queries(10):
        province.get("/quan-tri/tai-khoan/")
    for _place in range(6):
        holder("commune_officer", area.commune)
    with django_assert_num_queries(10):
        page = text(province.get("/quan-tri/tai-khoan/"))
    assert page.count("commune_officer ") >= 6


def test_an_office_is_made_given_and_ended(province, area, holder):
    new = {"role": "sector_officer", "title": "Phòng Kinh tế", "unit": "06280", "criteria": "10; 17"}
    made = province.post("/quan-tri/chuc-danh/moi/", new)
    assert made.status_code == 302
    office = Office.objects.get(title="Phòng Kinh tế")
    assert (office.unit_id, office.criteria) == (area.commune, ["10", "17"])
    someone = holder("viewer", area.commune)
    name = User.objects.get(pk=someone.user_id).username
    url = f"/quan-tri/chuc-danh/{office.pk}/"
    given = {"username": name.upper(), "start": "01/01/2026", "end": "", "decision": ""}
    assert province.post(url + "giao/", given).status_code == 302
    again = province.post(url + "giao/", given)
    assert again.status_code == 422 and "đã giữ chức danh" in text(again)
    nobody = province.post(url + "giao/", given | {"username": "khong.co"})
    assert nobody.status_code == 422 and "Không có tài khoản «khong.co»" in text(nobody)
    holding = Holding.objects.get(office=office)
    wrong = province.post(url + f"{holding.pk}/thoi/", {"end": "01/01/2025"})
    assert wrong.status_code == 422 and "phải sau ngày bắt đầu" in text(wrong)
    assert province.post(url + f"{holding.pk}/thoi/", {"end": "01/6/2026"}).status_code == 302
    holding.refresh_from_db()
    assert f"{holding.end}" == "2026-06-01"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"unit": ""}, "Chưa được quản lý tài khoản"),
        ({"unit": "Thạch Lỗi"}, "Chưa được quản lý tài khoản"),
        ({"unit": "Không Đâu"}, "không có đơn vị tên"),
        ({"criteria": ""}, "ít nhất một tiêu chí"),
        ({"role": "administrator", "criteria": ""}, "Chỉ quản trị hệ thống"),
    ],
)
def test_an_office_that_cannot_be_made_is_said(province, changed, said):
    new = {"role": "sector_officer", "title": "Phòng thử", "unit": "06280", "criteria": "10"} | changed
    refused = province.post("/quan-tri/chuc-danh/moi/", new)
    assert refused.status_code in (403, 422) and said in text(refused)
    assert not Office.objects.filter(title="Phòng thử").exists()


def _sheet(*rows):
    book = load_workbook(io.BytesIO(account_template()))
    sheet = book.worksheets[0]
    sheet.delete_rows(2)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("tai-khoan.xlsx", stream.getvalue())


GOOD = ["xa.moi", "Người Bảng", "", "công chức phụ trách NTM cấp xã", "06280", "Công chức xã", "", "01/01/2026"]


def test_a_sheet_of_accounts_is_tried_then_taken(province):
    template = province.get("/quan-tri/tai-khoan/nhap/mau.xlsx")
    assert template.content[:2] == b"PK"
    bad = [*GOOD[:4], "00000", *GOOD[5:]]
    bad[0] = "xa.sai"
    tried = province.post("/quan-tri/tai-khoan/nhap/", {"file": _sheet(GOOD, bad)})
    page = text(tried)
    assert "2 dòng, nhận được 1, sai 1 chỗ" in page and "không có đơn vị mã «00000»" in page
    assert not User.objects.filter(username="xa.moi").exists()
    kept = page.split('name="kept" value="')[1].split('"')[0]
    taken = text(province.post("/quan-tri/tai-khoan/nhap/", {"kept": kept, "take": "1"}))
    assert "Đã nhận 1 trên 2 dòng" in taken
    user = User.objects.get(username="xa.moi")
    password = taken.split("<td><code>")[1].split("</code>")[0]
    assert user.check_password(password) and not User.objects.filter(username="xa.sai").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Chưa chọn tệp"),
        ({"kept": "không phải base64!"}, "đã bị hỏng trên đường"),
        ({"kept": "a2hvbmc="}, "Tệp không phải .xlsx"),
    ],
)
def test_a_sheet_that_is_none_is_said(province, given, said):
    refused = province.post("/quan-tri/tai-khoan/nhap/", given)
    assert refused.status_code == 422 and said in text(refused)


def test_a_key_is_shown_once_and_revoked(province):
    page = text(province.post("/quan-tri/khoa-api/", {"name": "Phần mềm kế toán", "expires": ""}))
    assert "Chưa điền ô này" in page and not Token.objects.exists()
    initial = text(province.get("/quan-tri/khoa-api/")).split('name="expires" value="')[1].split('"')[0]
    page = text(province.post("/quan-tri/khoa-api/", {"name": "Phần mềm kế toán", "expires": initial}))
    token = Token.objects.get()
    assert f"ntm_{token.prefix}_" in page
    assert f"ntm_{token.prefix}_" not in text(province.get("/quan-tri/khoa-api/"))
    late = province.post("/quan-tri/khoa-api/", {"name": "Dài", "expires": "01/01/2090"})
    assert late.status_code == 422 and "không quá ngày" in text(late)
    url = f"/quan-tri/khoa-api/{token.pk}/thu-hoi/"
    assert province.post(url).status_code == 302
    assert province.post(url).status_code == 422


def test_another_person_s_key_is_not_there(province, area, holder, client_of):
    other = client_of(holder("coordination_office", area.province))
    initial = text(other.get("/quan-tri/khoa-api/")).split('name="expires" value="')[1].split('"')[0]
    other.post("/quan-tri/khoa-api/", {"name": "Của người khác", "expires": initial})
    assert province.post(f"/quan-tri/khoa-api/{Token.objects.get().pk}/thu-hoi/").status_code == 404


def test_the_table_of_authority_is_readable_with_its_reasons(province):
    page = text(province.get("/quan-tri/tham-quyen/"))
    assert "ghi số liệu" in page and "cấp dưới" in page
    one = text(province.get("/quan-tri/tham-quyen/?vai_tro=sector_officer"))
    assert "tiêu chí mình phụ trách, trong địa bàn" in one and "Cơ quan phụ trách tiêu chí thẩm tra" in one
    assert province.get("/quan-tri/tham-quyen/?vai_tro=vua").status_code == 200


def test_the_state_of_the_installation_is_for_its_administrator(administrator, province, django_assert_max_num_queries):
    administrator.get("/quan-tri/ban-cai-dat/")
    with django_assert_max_num_queries(18):
        page = text(administrator.get("/quan-tri/ban-cai-dat/"))
    assert "Mức chưa đối chiếu" in page and "1.037" in page and "Kiểm tra toàn bộ nhật ký" in page
    denied = province.get("/quan-tri/ban-cai-dat/")
    assert denied.status_code == 403 and "Chưa được xem nhật ký" in text(denied)


def test_who_manages_nobody_is_refused(area, holder, client_of):
    leader = client_of(holder("leader", area.province))
    for url in ("tai-khoan/", "chuc-danh/", "chuc-danh/moi/", "tai-khoan/nhap/", "khoa-api/"):
        denied = leader.get(f"/quan-tri/{url}")
        assert denied.status_code == 403 and "Chưa được" in text(denied), url
