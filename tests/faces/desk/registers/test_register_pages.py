"""Trang sổ theo dõi: lists, forms, corrections, withdrawals, files; refused to strangers; few questions a page."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm.records.funding.services import allocating, paying
from ntm.records.registers import catalogue
from ntm.records.registers.models import Cooperative, CooperativeYear, OcopRating, TrainingClass
from ntm.records.registers.refusals import Refused
from ntm.records.registers.services import recording
from ntm.records.standing.workbook.package import Package

FORM = {
    "title": "Tập huấn cán bộ thôn",
    "kind": "officials",
    "start": "10/5/2024",
    "classes": "2",
    "participants": "1.080",
}


@pytest.fixture
def officer(area, holder):
    return holder("commune_officer", area.commune)


def _url(area, rest="", unit=None):
    return f"/so-theo-doi/{unit or area.commune}/{rest}"


def _made(officer, area, title="Lớp 1", start=date(2024, 5, 10), **values):
    values = {"title": title, "start": start} | values
    return recording.record(officer, "training", unit_id=area.commune, values=values, on=date(2024, 12, 1))


def test_the_registers_of_one_s_own_unit(area, officer, client_of):
    _made(officer, area)
    response = client_of(officer).get("/so-theo-doi/", follow=True)
    text = response.content.decode()
    assert response.redirect_chain[0][0] == _url(area)
    assert all(one.title in text for one in catalogue.registers()) and "Khòn Làng" in text
    assert 'data-go="s"' in text


@pytest.mark.parametrize("register", catalogue.registers(), ids=lambda one: one.code)
def test_every_register_opens_empty_and_has_its_form_and_template(area, officer, client_of, register):
    client = client_of(officer)
    assert "Sổ chưa có mục nào" in client.get(_url(area, f"{register.slug}/")).content.decode()
    form = client.get(_url(area, f"{register.slug}/them/")).content.decode()
    assert all(f'name="{one.name}"' in form for one in register.fields)
    assert register.code != "training" or ('value="officials" selected' in form and 'value="1"' in form)
    template = client.get(_url(area, f"{register.slug}/mau.xlsx"))
    assert template.status_code == 200 and Package.open(template.content).names


def test_an_entry_is_added_listed_filtered_and_downloaded(area, officer, client_of):
    client = client_of(officer)
    response = client.post(_url(area, "tap-huan/them/"), FORM, follow=True)
    assert "Đã ghi vào sổ" in response.content.decode() and TrainingClass.objects.get().participants == 1080
    text = client.get(_url(area, "tap-huan/")).content.decode()
    assert "Tập huấn cán bộ thôn" in text and "1.080" in text and "10/5/2024" in text
    assert "Tập huấn cán bộ thôn" in client.get(_url(area, "tap-huan/?nam=2024")).content.decode()
    assert "Không có mục nào như vậy" in client.get(_url(area, "tap-huan/?nam=2023")).content.decode()
    assert "Sổ chưa có mục nào" in client.get(_url(area, "tap-huan/?ngay=2024-05-01")).content.decode()
    assert client.get(_url(area, "tap-huan/?nam=hai")).status_code == 422
    cells = Package.open(client.get(_url(area, "tap-huan/tai.xlsx")).content)
    assert cells.sheet(cells.names[0]).cells[1, 0].text == "Tập huấn cán bộ thôn"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "bắt buộc"),
        ({"start": "31/02/2024"}, "ngày"),
        ({"women": "2000"}, "lớn hơn số người tham gia"),
        ({"cost": "nhiều"}, "không phải số tiền"),
        ({"end": "01/5/2024"}, "phải sau"),
    ],
)
def test_a_wrong_form_is_shown_again_as_typed(area, officer, client_of, changed, said):
    response = client_of(officer).post(_url(area, "tap-huan/them/"), FORM | {"result": "tốt lắm"} | changed)
    text = response.content.decode()
    assert response.status_code == 422 and said in text and "tốt lắm" in text
    assert not TrainingClass.objects.exists()


def test_an_entry_is_corrected_and_its_history_shows_what_changed(area, officer, client_of):
    made, client = _made(officer, area, participants=80), client_of(officer)
    form = client.get(_url(area, f"tap-huan/{made.pk}/sua/")).content.decode()
    assert 'value="80"' in form and 'value="10/5/2024"' in form
    typed = FORM | {"title": "Lớp 1", "participants": "85"}
    assert client.post(_url(area, f"tap-huan/{made.pk}/sua/"), typed).status_code == 422  # no reason
    response = client.post(_url(area, f"tap-huan/{made.pk}/sua/"), typed | {"reason": "đếm lại"}, follow=True)
    text = response.content.decode()
    assert "Sửa: đếm lại" in text and "80 → 85" in text
    assert "80 → 85" in client.get(_url(area, f"tap-huan/{made.pk}/")).content.decode()  # its old address still opens


def test_an_entry_is_withdrawn_with_a_reason_and_stays_to_be_seen(area, officer, client_of):
    made, client = _made(officer, area), client_of(officer)
    assert client.post(_url(area, f"tap-huan/{made.pk}/rut/"), {"reason": " "}).status_code == 422
    response = client.post(_url(area, f"tap-huan/{made.pk}/rut/"), {"reason": "ghi nhầm"}, follow=True)
    text = response.content.decode()
    assert "không được tính nữa" in text and "ghi nhầm" in text and "/sua/" not in text
    assert "Lớp 1" not in client.get(_url(area, "tap-huan/")).content.decode()
    assert client.post(_url(area, f"tap-huan/{made.pk}/rut/"), {"reason": "nữa"}).status_code == 422


def test_a_product_gets_its_stars_and_a_cooperative_its_members(area, officer, client_of):
    client = client_of(officer)
    product = {"title": "Hồi", "owner": "HTX A", "owner_kind": "cooperative", "start": "01/3/2024"}
    address = client.post(_url(area, "ocop/them/"), product)["Location"]
    assert "Chưa có dòng nào" in client.get(address).content.decode()
    stars = {"year": "2024", "stars": "3", "number": "15/QĐ-UBND", "start": "01/7/2024"}
    text = client.post(f"{address}sao/them/", stars, follow=True).content.decode()
    assert "01/7/2027" in text and OcopRating.objects.get().issuer == "UBND cấp huyện"
    listed = client.get(_url(area, "ocop/?ngay=2027-06-01")).content.decode()
    assert "15/QĐ-UBND" in listed and "còn 30 ngày" in listed
    assert "hết hạn" in client.get(_url(area, "ocop/?ngay=2027-07-01")).content.decode()
    assert client.get(_url(area, f"sao/{OcopRating.objects.get().pk}/")).status_code == 200
    assert client.get(_url(area, "sao/")).status_code == 404
    address = client.post(
        _url(area, "hop-tac-xa/them/"), {"title": "HTX A", "kind": "cooperative", "start": "01/3/2022"}
    )["Location"]
    client.post(f"{address}thanh-vien/them/", {"start": "31/12/2023", "members": "12", "works": "well"})
    assert CooperativeYear.objects.get().members == 12
    assert "hoạt động hiệu quả" in client.get(_url(area, "hop-tac-xa/")).content.decode()
    assert client.get(f"{address}sao/them/").status_code == 404


def test_a_sheet_is_tried_then_taken(area, officer, client_of):
    client, written = client_of(officer), io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate([("Tên", "Thành lập ngày"), ("HTX A", "01/3/2022"), ("HTX B", "31/02/2022")]):
        sheet.write_row(line, 0, row)
    book.close()
    file = SimpleUploadedFile("htx.xlsx", written.getvalue())
    tried = client.post(_url(area, "hop-tac-xa/nhap/"), {"file": file})
    text = tried.content.decode()
    assert "nhận được 1, sai 1 chỗ" in text and "Thành lập ngày" in text and not Cooperative.objects.exists()
    kept = text.split('name="kept" value="')[1].split('"')[0]
    done = client.post(_url(area, "hop-tac-xa/nhap/"), {"kept": kept, "name": "htx.xlsx", "take": "1"})
    assert "Đã nhận 1 trên 2 dòng" in done.content.decode() and Cooperative.objects.get().title == "HTX A"
    assert client.post(_url(area, "hop-tac-xa/nhap/"), {"kept": "%%"}).status_code == 422
    assert client.post(_url(area, "hop-tac-xa/nhap/")).status_code == 422


def test_a_stranger_is_refused_and_a_leader_only_reads(area, officer, holder, client_of):
    made = _made(officer, area)
    stranger, leader = client_of(holder("commune_officer", area.stranger)), client_of(holder("leader", area.province))
    for rest in ("", "tap-huan/", "tap-huan/tai.xlsx", "tap-huan/mau.xlsx", f"tap-huan/{made.pk}/"):
        assert stranger.get(_url(area, rest)).status_code == 403, rest
        assert leader.get(_url(area, rest)).status_code == 200, rest
    # an entry of another's unit is not read through one's own address
    assert stranger.get(_url(area, f"tap-huan/{made.pk}/", unit=area.stranger)).status_code == 403
    for rest in ("tap-huan/them/", f"tap-huan/{made.pk}/sua/", f"tap-huan/{made.pk}/rut/", "tap-huan/nhap/"):
        for client in (stranger, leader):
            assert client.get(_url(area, rest)).status_code == 403, rest
            assert client.post(_url(area, rest), FORM | {"reason": "x"}).status_code == 403, rest
    text = leader.get(_url(area, "tap-huan/")).content.decode()
    assert "Lớp 1" in text and "Thêm vào sổ" not in text
    assert TrainingClass.objects.get().current


def test_a_central_office_chooses_a_province_and_the_administrator_has_no_door(area, holder, client_of):
    text = client_of(holder("coordination_office")).get("/so-theo-doi/").content.decode()
    assert f"/so-theo-doi/{area.province}/" in text and "tỉnh Lạng Sơn" in text.replace("Tỉnh", "tỉnh")
    client = client_of(holder("administrator"))
    assert client.get("/so-theo-doi/").status_code == 403
    assert 'data-go="s"' not in client.get("/dia-ban/").content.decode()


def test_what_is_not_there_is_a_sentence(area, officer, client_of):
    client = client_of(officer)
    for rest in ("khong-co/", "tap-huan/999/", "tap-huan/999/sua/"):
        response = client.get(_url(area, rest))
        assert response.status_code == 404 and "Không có" in response.content.decode(), rest


def test_a_page_asks_as_often_for_many_entries_as_for_few(area, officer, client_of):
    client = client_of(officer)
    _made(officer, area)

    def asked(rest):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_url(area, rest)).status_code == 200
        return len(queries)

    few = asked("tap-huan/"), asked("")
    for number in range(2, 30):
        _made(officer, area, title=f"Lớp {number}")
    assert (asked("tap-huan/"), asked("")) == few
    assert few[0] <= 22 and few[1] <= 26


def test_what_a_model_cost_and_served_stands_beside_its_vouchers(area, officer, holder, client_of):
    """Sổ ghi 300 triệu; the voucher that it names says 250: the difference and a number without a voucher are told."""
    source = {"source": "province", "kind": "recurrent"}
    province = holder("coordination_office", area.province)
    day, million = date(2024, 5, 2), 10**6
    decided = allocating.Decided("7", day, "UBND tỉnh")
    allocating.allocate(
        province, decided, year=2024, lines=[allocating.Line(area.commune, amount=400 * million, **source)]
    )
    paying.disburse(
        officer, unit_id=area.commune, year=2024, on=date(2024, 6, 1), number="CT-9", use="recurrent",
        amount=250 * million, criterion_no=13, **source,
    )  # fmt: skip
    values = {"title": "Trồng hồi", "start": day, "cost": 300 * million, "criterion_no": 13, "vouchers": "CT-9; CT-10"}
    made = recording.record(officer, "models", unit_id=area.commune, values=values, on=date(2024, 12, 1))
    address = _url(area, f"mo-hinh/{made.pk}/?ngay=2024-12-01")
    text = client_of(officer).get(address).content.decode()
    assert "300.000.000 đồng" in text and "250.000.000 đồng" in text and "-50.000.000 đồng" in text
    assert "Chưa có ở sổ chứng từ của đơn vị: CT-10." in text and "<dd>13</dd>" in text
    seen = client_of(holder("viewer", area.commune)).get(address).content.decode()  # reads registers, not the books
    assert "300.000.000 đồng" in seen and "250.000.000" not in seen
    with pytest.raises(Refused, match="từ 1 đến 30"):
        recording.correct(officer, "models", made.pk, values={"criterion_no": 31}, reason="nhầm", on=date(2024, 12, 2))
    listed = client_of(officer).get(_url(area, "mo-hinh/?ngay=2024-12-01")).content.decode()
    assert "Phục vụ tiêu chí" in listed
