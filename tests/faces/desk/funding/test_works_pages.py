"""Công trình: added, advanced with photographs, accepted, paid, owed, planned; listed, drawn on a map."""

from __future__ import annotations

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from faces.desk.working_world import PNG
from ntm.records.funding.models import DebtPlan, Disbursement, Works, WorksFund
from ntm.records.funding.queries import debts, projects

DAY = "ngay=2023-08-01&nam=2023"


def one(money, rest=""):
    return f"/nguon-luc/cong-trinh/{money.works.pk}/{rest}?{DAY}"


def text_of(response):
    return response.content.decode()


NEW = {
    "code": "CT-02", "name": "Nhà văn hoá thôn", "total_cost": "1,2 tỷ", "execution": "community",
    "latitude": "21,851", "longitude": "106.5412", "on": "01/8/2023", "in_public_plan": "on",
}  # fmt: skip


def test_works_are_added_with_a_reason_while_debt_stands(money, client_of):
    client = client_of(money.officer)
    address = f"/nguon-luc/{money.area.commune}/cong-trinh/them/?{DAY}"
    refused = client.post(address, NEW)
    assert refused.status_code == 422 and "còn nợ đọng 400.000.000 đồng" in text_of(refused)
    assert client.post(address, NEW | {"latitude": "bắc"}).status_code == 422
    done = client.post(address, NEW | {"debt_reason": "hội họp của thôn"}, follow=True)
    assert "Nhà văn hoá thôn" in text_of(done) and "hội họp của thôn" in text_of(done)
    assert Works.objects.get(code="CT-02").total_cost == 1_200_000_000
    for who in (money.stranger, money.board):
        assert client_of(who).get(address).status_code == 403
        assert client_of(who).post(address, NEW).status_code == 403


def test_progress_with_a_photograph_that_opens_for_whom_it_may(money, client_of):
    client = client_of(money.officer)
    step = {"on": "01/8/2023", "state": "building", "percent": "45", "text": "đổ bê tông 400 m"}
    photo = SimpleUploadedFile("anh.png", PNG, "image/png")
    place = {"latitude": "21,85", "longitude": "106,54"}
    assert client.post(one(money, "tien-do/"), step | {"percent": "120"}).status_code == 422
    assert client.post(one(money, "tien-do/"), step | place | {"photographs": photo}).status_code == 302
    text = text_of(client.get(one(money)))
    assert "đổ bê tông 400 m" in text and "anh.png" in text
    (use,) = projects.notes(money.works.pk, date(2023, 8, 1))[-1].files.all()
    opened = client.get(one(money, f"tep/{use.pk}/"))
    assert opened.status_code == 200 and b"".join(opened.streaming_content) == PNG
    assert client.get(one(money, "tep/999999/")).status_code == 404
    assert client_of(money.stranger).get(one(money, f"tep/{use.pk}/")).status_code == 403
    listed = text_of(client.get(f"/nguon-luc/cong-trinh/?{DAY}"))
    assert (
        'class="map-dot owing"' in listed and "21,845" in listed
    )  # the edge of the map: the one works stands in its middle


def test_accepted_paid_planned(money, client_of):
    client = client_of(money.officer)
    assert client.get(one(money, "nghiem-thu/")).status_code == 200
    accepted = {"on": "15/7/2023", "amount": "600 triệu", "record": "BB2"}
    assert client.post(one(money, "nghiem-thu/"), accepted | {"amount": "6 tỷ"}).status_code == 422
    assert client.post(one(money, "nghiem-thu/"), accepted).status_code == 302
    paid = {"number": "9", "on": "20/7/2023", "amount": "250 triệu", "fund": "central.investment|investment"}
    assert client.post(one(money, "thanh-toan/"), paid).status_code == 302
    assert debts.works_debt(money.works.pk, date(2023, 8, 1)) == 750_000_000
    plan = {"on": "01/8/2023", "amount": "750 triệu", "due": "31/12/2023", "source": "commune"}
    assert "còn nợ 750 triệu đồng" in text_of(client.get(one(money, "tra-no/")))
    assert client.post(one(money, "tra-no/"), plan | {"amount": "1 tỷ"}).status_code == 422
    assert client.post(one(money, "tra-no/"), plan).status_code == 302
    assert DebtPlan.objects.get().amount == 750_000_000
    assert "31/12/2023" in text_of(client.get(one(money)))


def test_minutes_photographs_and_scans_stand_beside_the_money(money, client_of):
    client = client_of(money.officer)
    photo = SimpleUploadedFile("bien-ban.png", PNG, "image/png")
    place = {"latitude": "21,851", "longitude": "106,541"}
    accepted = {"on": "15/7/2023", "amount": "10 triệu", "record": "BB3", "photographs": photo}
    assert client.post(one(money, "nghiem-thu/"), accepted | {"latitude": "21,8"}).status_code == 422
    photo.seek(0)
    assert client.post(one(money, "nghiem-thu/"), accepted | place).status_code == 302
    scan = SimpleUploadedFile("uy-nhiem-chi.png", PNG, "image/png")
    paid = {"number": "10", "on": "20/7/2023", "amount": "5 triệu", "fund": "central.investment|investment"}
    assert client.post(one(money, "thanh-toan/"), paid | {"scans": scan}).status_code == 302
    text = text_of(client.get(one(money)))
    assert "bien-ban.png" in text and "uy-nhiem-chi.png" in text and "21,851" in text
    (use,) = Disbursement.objects.get(number="10").files.all()
    assert b"".join(client.get(one(money, f"tep/{use.pk}/")).streaming_content) == PNG
    assert client_of(money.stranger).get(one(money, f"tep/{use.pk}/")).status_code == 403


def test_works_are_handed_over_then_kept_up(money, client_of):
    client = client_of(money.officer)
    done = {"on": "20/7/2023", "state": "completed", "percent": "100", "text": "xong"}
    handed = {"on": "25/7/2023", "keeper": "Thôn Khòn Làng", "text": "BBBG 5"}
    refused = client.post(one(money, "ban-giao/"), handed)
    assert refused.status_code == 422 and "bước sau là đã hoàn thành" in text_of(refused)
    assert client.post(one(money, "tien-do/"), done).status_code == 302
    assert "ban-giao" in text_of(client.get(one(money)))
    assert client.post(one(money, "ban-giao/"), handed | {"keeper": ""}).status_code == 422
    assert client.post(one(money, "ban-giao/"), handed).status_code == 302
    kept = {"on": "30/7/2023", "text": "vá mặt đường 20 m", "cost": "3 triệu"}
    assert client.post(one(money, "bao-tri/"), kept).status_code == 302
    text = text_of(client.get(one(money)))
    assert "Bảo trì: vá mặt đường 20 m (kinh phí 3.000.000 đồng)" in text and "Thôn Khòn Làng" in text
    assert client_of(money.board).post(one(money, "bao-tri/"), kept).status_code == 403


def test_the_structure_of_capital_adds_up(money, client_of):
    client = client_of(money.officer)
    given = {
        "on": "01/8/2023",
        "fund0": "central.investment|investment",
        "amount0": "4 tỷ",
        "fund1": "commune|investment",
    }
    assert client.post(one(money, "co-cau-von/"), given).status_code == 422
    wrong = client.post(one(money, "co-cau-von/"), given | {"amount1": "2 tỷ"})
    assert wrong.status_code == 422 and "khác tổng mức" in text_of(wrong)
    assert client.post(one(money, "co-cau-von/"), given | {"amount1": "1 tỷ"}).status_code == 302
    assert WorksFund.objects.filter(works=money.works, replaced_at=None).count() == 2
    assert "4.000.000.000 đồng" in text_of(client.get(one(money, "co-cau-von/")))


def test_the_list_is_narrowed_paged_and_taken_away(money, client_of):
    client = client_of(money.office)
    more = [
        Works(
            unit_id=money.area.commune, code=f"X-{number:03d}", name=f"Kênh {number}", key=f"x-{number:03d} kenh {number}",
            execution="community", total_cost=10**8 + number, criterion_no=3, on=date(2023, 2, 1), office="x",
            recorded_by_id=money.officer.user_id, recorded_at="2023-02-01T00:00:00Z",
        )
        for number in range(120)
    ]  # fmt: skip
    Works.objects.bulk_create(more)
    address = f"/nguon-luc/cong-trinh/?{DAY}&don-vi={money.area.province}"
    response = client.get(address)
    assert len(response.context["table"].rows) == 100
    told = response.context["sums"]
    assert (told.count, told.cost, told.debt) == (121, 5 * 10**9 + 120 * 10**8 + 7140, 400_000_000)
    assert len(client.get(address + "&trang=2").context["table"].rows) == 21
    assert client.get(address + "&tieu-chi=2").context["sums"].count == 1
    assert client.get(address + "&no=co").context["sums"].count == 1
    assert client.get(address + "&ten=kenh 11").context["sums"].count == 11
    assert client.get(address + "&cach-lam=contracted").context["sums"].count == 1
    assert client.get(address + "&tinh-trang=building").context["sums"].count == 1
    assert client.get(address + "&ten=Văn An").context["sums"].count == 121
    assert client.get(address + "&tinh-trang=bay").status_code == 422 == client.get(address + "&xep=bay").status_code
    first = {
        order: client.get(f"{address}&xep={order}").context["table"].rows[0].cells[0].value
        for order in ("no", "tong-muc")
    }
    assert first == {"no": "CT-01 Đường trục xã", "tong-muc": "CT-01 Đường trục xã"}
    assert client.get(f"{address}&xep=tong-muc").context["table"].rows[1].cells[0].value == "X-119 Kênh 119"
    sheet = load_workbook(io.BytesIO(client.get(address + "&tai=xlsx").content)).active
    assert sheet.max_row == 4 + 121  # a title, two notes and the heads stand above
    some = load_workbook(io.BytesIO(client.get(address + "&tai=xlsx&ten=kenh 11").content)).active
    assert some.max_row == 4 + 11 and some.cell(5, 2).value == "X-011"


def test_who_may_not_and_what_is_not_there(money, client_of):
    assert client_of(money.stranger).get(one(money)).status_code == 403
    assert client_of(money.officer).get(f"/nguon-luc/cong-trinh/{money.works.pk}/?ngay=2022-01-01").status_code == 404
    for rest in ("tien-do/", "nghiem-thu/", "thanh-toan/"):
        assert client_of(money.board).post(one(money, rest), {}).status_code == 403
    assert client_of(money.officer).get(one(money, "la/")).status_code == 404


def test_the_unit_page_leads_to_its_money(money, client_of):
    text = text_of(client_of(money.officer).get(f"/dia-ban/{money.area.commune}/?{DAY}"))
    assert f"/nguon-luc/?ngay=2023-08-01&amp;don-vi={money.area.commune}" in text
