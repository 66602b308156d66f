"""Trang nguồn lực: figures in triệu and tỷ with no loss, what is refused, files that open again, few queries."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from faces.desk.working_world import PNG
from ntm.domain.official.money import parse_money
from ntm.records.funding.models import (
    AllocationDecision,
    AllocationEntry,
    Contribution,
    Disbursement,
    Mobilisation,
    Need,
    PeriodLock,
    PriceDecision,
)
from ntm.records.funding.queries import balances
from ntm.records.funding.services import planning_money
from small_area import _commune

DAY = "ngay=2023-08-01"


def at(money, page="", unit=None, **more):
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/nguon-luc/{page}?{DAY}&nam=2023&don-vi={unit or money.area.commune}{rest}"


def text_of(response):
    return response.content.decode()


PAGES = ("", "nguon-va-su-dung/", "giai-ngan/", "cong-trinh/", "no-dong/", "dong-gop/", "so/")


def test_the_balance_on_one_page(money, client_of):
    response = client_of(money.officer).get(at(money))
    text = text_of(response)
    told = {one.label: f"{one.value} {one.measure}" for one in response.context["headlines"]}
    assert told["Nhu cầu (A)"] == "23,8 tỷ đồng" and told["Huy động theo kế hoạch (B)"] == "10,5 tỷ đồng"
    assert told["Còn thiếu (A-B)"] == "13,3 tỷ đồng" and told["Còn thiếu chắc chắn"] == "14,3 tỷ đồng"
    assert "23.800.000.000 đồng" in text and "trong đó 1 tỷ đồng chỉ có khi đạt điều kiện" in text
    assert "10.300 triệu đồng" in text and "10.500 triệu đồng" in text
    assert "văn bản ghi ít hơn 200 triệu đồng" in text
    assert "20.000" in text and "500.000 đồng" in text  # the village's gift adds up


def test_the_medium_term_by_year(money, client_of):
    at_ = {"unit_id": money.area.commune, "on": date(2023, 2, 1), "text": "Chợ"}
    planning_money.record_need(money.officer, **at_, year=2024, amount=1_200_000_000)
    response = client_of(money.officer).get(at(money) + "&den-nam=2025")
    rows = {row.key: row.cells[1].value for row in response.context["years"].rows}
    assert rows == {"2023": 23_800_000_000, "2024": 1_200_000_000}
    assert response.context["years"].totals[0].cells[1].value == 25_000_000_000 == response.context["found"].need
    url = response.context["years"].rows[1].cells[0].url
    assert "&nam=2024" in url and "den-nam=2025" not in url


def test_the_country_and_a_province_by_lower_units(money, client_of, holder):
    text = text_of(client_of(money.office).get(at(money, unit=money.area.province)))
    assert "Huyện Văn Quan" in text and "Theo đơn vị cấp dưới" in text
    central = holder("coordination_office")
    text = text_of(client_of(central).get(f"/nguon-luc/?{DAY}"))
    assert "Cả nước" in text and "Tỉnh Lạng Sơn" in text
    for page in PAGES[1:5]:
        assert client_of(central).get(f"/nguon-luc/{page}?{DAY}&nam=2023").status_code == 200, page


def test_without_any_need_nothing_is_said_to_be_short(money, client_of):
    at_ = {"unit_id": money.area.commune, "on": date(2023, 2, 1), "source": "people", "kind": "own"}
    planning_money.plan_mobilisation(money.officer, **at_, year=2025, amount=7_000_000)
    found = client_of(money.office).get(at(money, unit=money.area.district).replace("nam=2023", "nam=2025")).context
    assert [one.label for one in found["headlines"]][:2] == ["Nhu cầu (A)", "Huy động theo kế hoạch (B)"]
    for table in (found["criteria"], found["lower"]):
        (row,) = table.rows
        assert [cell.value for cell in row.cells[1:5]] == [None, 7_000_000, 0, None]
        assert table.totals[0].cells[4].value is None


def test_crumbs_open_only_what_may_be_read(money, client_of):
    crumbs = {one.label: one.url for one in client_of(money.board).get(f"/nguon-luc/?{DAY}&nam=2023").context["crumbs"]}
    assert crumbs["Huyện Văn Quan"] is None and crumbs["Tỉnh Lạng Sơn"] is None
    response = client_of(money.office).get(at(money))
    crumbs = {one.label: one.url for one in response.context["crumbs"]}
    assert crumbs["Huyện Văn Quan"] and client_of(money.office).get(crumbs["Huyện Văn Quan"]).status_code == 200


def test_a_units_tabs_are_those_its_reader_may_open(money, client_of):
    def tabs(unit):
        return {tab.label: tab.url for tab in client_of(money.officer).get(f"/dia-ban/{unit}/?{DAY}").context["tabs"]}

    mine, others = tabs(money.area.commune), tabs(money.area.neighbour)
    assert {"Nhiệm vụ", "Nguồn lực"} <= mine.keys() and not {"Nhiệm vụ", "Nguồn lực"} & others.keys()
    for url in mine.values():
        assert client_of(money.officer).get(url).status_code == 200, url


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_refused_everywhere(money, client_of, page):
    assert client_of(money.stranger).get(at(money, page)).status_code == 403


def test_the_village_sees_its_own_money_only(money, client_of):
    client = client_of(money.board)
    assert client.get(f"/nguon-luc/?{DAY}&nam=2023").status_code == 200
    assert client.get(at(money)).status_code == 403


@pytest.mark.parametrize(
    ("query", "said"),
    [("&nam=1999", "Năm ngân sách từ"), ("&nam=x", "không phải một số"), ("&tai=lạ", "Không có bảng")],
)
def test_wrong_addresses_are_told(money, client_of, query, said):
    response = client_of(money.officer).get(f"/nguon-luc/?{DAY}&don-vi={money.area.commune}{query}")
    assert response.status_code == 422 and said in text_of(response)


def test_sources_and_uses_with_a_picture(money, client_of):
    client = client_of(money.officer)
    text = text_of(client.get(at(money, "nguon-va-su-dung/")))
    assert '<path class="flow flow-1"' in text and "300" in text
    for measure in ("used", "received", "allocated"):  # the picture and the table beside it are of the same cells
        context = client.get(at(money, "nguon-va-su-dung/", so=measure)).context
        drawn = sum(parse_money(f"{row[2]} triệu", "đồng") for row in context["picture"].rows)
        assert drawn == context["found"].total == context["table"].totals[0].cells[-1].value > 0
    text = text_of(client.get(at(money, "nguon-va-su-dung/", so="mobilised")))
    assert "9.500" in text
    assert client.get(at(money, "nguon-va-su-dung/", so="x")).status_code == 422


def test_the_pace_tells_what_lags(money, client_of):
    text = text_of(client_of(money.officer).get(at(money, "giai-ngan/")))
    assert "chậm so với thời gian của năm" in text and "58,4%" in text and "<svg" in text
    late = f"/nguon-luc/giai-ngan/?ngay=2024-01-10&nam=2023&don-vi={money.area.commune}&chi=canh-bao"
    assert "quá 31/12, chưa chi hết" in text_of(client_of(money.officer).get(late))


def test_debts_by_age_and_the_condition_of_the_title(money, client_of):
    text = text_of(client_of(money.officer).get(at(money, "no-dong/")))
    assert "Công ty A" in text and "Điều kiện danh hiệu" in text and "Còn nợ đọng ở 1 công trình" in text
    text = text_of(client_of(money.office).get(at(money, "no-dong/", unit=money.area.province)))
    assert "Xã Văn An" in text and "400" in text
    text = text_of(client_of(money.office).get(at(money, "no-dong/", unit=money.area.province, theo="cong-trinh")))
    assert "CT-01" in text


def test_one_need_through_its_form(money, client_of):
    client = client_of(money.officer)
    address = f"/nguon-luc/{money.area.commune}/ghi/nhu-cau/?{DAY}&nam=2023"
    assert "Tiêu chí" in text_of(client.get(address))
    wrong = client.post(address, {"amount": "23,8", "on": "01/8/2023", "text": "Chợ"})
    assert wrong.status_code == 422 and "lẻ dưới một đồng" in text_of(wrong)
    empty = client.post(address, {"amount": "1 tỷ", "on": "01/8/2023"})
    assert empty.status_code == 422 and "Ghi rõ nội dung" in text_of(empty)
    done = client.post(address, {"amount": "183,97 triệu", "on": "01/8/2023", "text": "Chợ"})
    assert done.status_code == 302
    assert Need.objects.get(text="Chợ").amount == 183_970_000
    assert client_of(money.stranger).get(address).status_code == 403
    assert client_of(money.board).post(address, {"amount": "1 tỷ", "on": "01/8/2023", "text": "x"}).status_code == 403
    assert client.get(f"/nguon-luc/{money.area.commune}/ghi/la/?{DAY}").status_code == 404


def lines(*rows, **head):
    data = {"number": "200", "on": "01/8/2023", "issuer": "UBND tỉnh", "giver": ""} | head
    data |= {"dong-TOTAL_FORMS": str(max(4, len(rows))), "dong-INITIAL_FORMS": "0"}
    for at_, row in enumerate(rows):
        data |= {f"dong-{at_}-{name}": value for name, value in row.items()}
    return data


def test_a_decision_with_its_lines_then_taken_back(money, client_of):
    client = client_of(money.office)
    address = f"/nguon-luc/{money.area.province}/quyet-dinh/phan-bo/?{DAY}&nam=2023"
    fund = "province|investment"
    rows = (
        {"unit": "06280", "fund": fund, "amount": "1,5 tỷ"},
        {"unit": "06316", "fund": fund, "amount": "500 triệu"},
    )
    more = client.post(address, lines(*rows) | {"them-dong": "1"})
    assert more.status_code == 200 and "dong-8-unit" in text_of(more) and "1,5 tỷ" in text_of(more)
    assert client.post(address, lines({"unit": "xã lạ", "fund": fund, "amount": "1 tỷ"})).status_code == 422
    assert client.post(address, lines()).status_code == 422
    done = client.post(address, lines(*rows), follow=True)
    assert "Đã ghi quyết định 200: 2 dòng, 2.000.000.000 đồng." in text_of(done)
    entry = AllocationEntry.objects.get(unit_id=money.area.commune, amount=1_500_000_000)
    twice = client.post(address, lines(*rows))
    assert twice.status_code == 422 and "đã ghi rồi" in text_of(twice)
    back = f"/nguon-luc/so/allocated/{entry.pk}/dao/?ngay=2023-08-01"
    assert "Cả dòng của quyết định" in text_of(client.get(back))
    assert client.post(back, {"on": "02/8/2023", "reason": ""}).status_code == 422
    assert client_of(money.stranger).post(back, {"on": "02/8/2023", "reason": "x"}).status_code == 403
    assert client.post(back, {"on": "02/8/2023", "reason": "ghi nhầm"}).status_code == 302
    found = balances.balance(money.area.commune, 2023, date(2023, 8, 2))
    assert found.total.allocated == 2_000_000_000
    text = text_of(client.get(f"/nguon-luc/so/?ngay=2023-08-02&nam=2023&so=allocated&don-vi={money.area.commune}"))
    assert "đã đảo" in text and "ghi nhầm" in text


def test_the_signed_decision_is_kept_and_read_by_who_gets_the_money(money, client_of, holder):
    client, fund = client_of(money.office), "province|investment"
    address = f"/nguon-luc/{money.area.province}/quyet-dinh/phan-bo/?{DAY}&nam=2023"
    rows = (
        {"unit": "06280", "fund": fund, "amount": "1,5 tỷ"},
        {"unit": "06316", "fund": fund, "amount": "500 triệu"},
    )
    assert (
        client.post(address, lines(*rows) | {"signed": _file("qd.pdf", b"not a file of any kind\x00")}).status_code
        == 422
    )
    done = client.post(address, lines(*rows) | {"signed": _file("qd-200.png", PNG)})
    made = AllocationDecision.objects.get(number="200")
    assert done.status_code == 302 and done["Location"].startswith(f"/nguon-luc/quyet-dinh/{made.pk}/")
    page = f"/nguon-luc/quyet-dinh/{made.pk}/"
    assert "qd-200.png" in text_of(client.get(f"{page}?{DAY}"))
    neighbour = client_of(holder("commune_officer", money.area.neighbour))
    seen = text_of(neighbour.get(f"{page}?{DAY}"))
    assert "500.000.000" in seen and "1.500.000.000" not in seen and "Còn 1 dòng của đơn vị khác" in seen
    assert b"".join(neighbour.get(f"{page}tep/?{DAY}").streaming_content) == PNG
    for rest in ("", "tep/"):
        assert client_of(money.stranger).get(f"{page}{rest}?{DAY}").status_code == 403
    assert client.get(f"{page}?ngay=2023-07-01").status_code == 404
    assert client.get(f"/nguon-luc/quyet-dinh/999999/?{DAY}").status_code == 404


def _file(name, content):
    return SimpleUploadedFile(name, content)


def test_a_share_of_land_money_is_told(money, client_of):
    address = f"/nguon-luc/{money.area.commune}/ghi/huy-dong/?{DAY}&nam=2023"
    data = {"amount": "8 tỷ", "on": "01/8/2023", "fund": "land|investment", "share": "80%"}
    assert client_of(money.officer).post(address, data | {"share": "120"}).status_code == 422
    assert client_of(money.officer).post(address, data).status_code == 302
    assert Mobilisation.objects.get(source="land").share == 80
    assert "được hưởng 80%" in text_of(client_of(money.officer).get(at(money, "so/", so="mobilised")))


def test_money_is_detailed_by_works_and_a_voucher_is_paid(money, client_of):
    client = client_of(money.officer)
    voucher = f"/nguon-luc/{money.area.commune}/ghi/chung-tu/?{DAY}&nam=2023"
    data = {
        "number": "7", "line": "1", "on": "20/7/2023", "fund": "central.investment|investment", "use": "investment",
        "works": str(money.works.pk), "amount": "100 triệu",
    }  # fmt: skip
    assert client.post(voucher, data | {"use": "recurrent"}).status_code == 422
    assert client.post(voucher, data).status_code == 302
    assert Disbursement.objects.get(number="7").works_id == money.works.pk
    over = client.post(voucher, data | {"number": "8", "amount": "9 tỷ"})
    assert over.status_code == 422 and "là vượt" in text_of(over)


def test_a_village_records_a_gift_and_its_receipt_prints(money, client_of):
    client = client_of(money.board)
    address = f"/nguon-luc/{money.area.village}/ghi/dong-gop/?{DAY}&nam=2023"
    gift = {"form": "cash", "contributor": "Bà B", "quantity": "1,5 triệu", "receipt": "02", "on": "01/8/2023"}
    assert client.post(address, gift | {"quantity": "nhiều"}).status_code == 422
    assert client.post(address, gift | {"form": "labour", "quantity": "3"}).status_code == 422
    assert client.post(address, gift | {"consent": "on"}).status_code == 302
    entry = Contribution.objects.get(receipt="02")
    assert (entry.amount, entry.consent) == (1_500_000, True)
    listed = text_of(client.get(f"/nguon-luc/dong-gop/?{DAY}&nam=2023"))
    assert "Bà B" in listed and "Ông A" not in listed and "Không nêu tên" in listed
    receipt = f"/nguon-luc/dong-gop/{entry.pk}/phieu-thu/?{DAY}"
    assert "Bà B" in text_of(client.get(receipt)) and "1.500.000 đồng" in text_of(client.get(receipt))
    assert client_of(money.stranger).get(receipt).status_code == 403
    assert client_of(money.office).get(receipt).status_code == 403
    priced = client_of(money.officer).post(
        f"/nguon-luc/{money.area.commune}/ghi/don-gia/?{DAY}",
        {"form": "labour", "name": "lao động", "measure": "công", "amount": "200 nghìn", "number": "5/QĐ",
         "on": "01/7/2023", "start": "01/7/2023"},
    )  # fmt: skip
    assert priced.status_code == 302
    price = PriceDecision.objects.get()
    labour = gift | {"form": "labour", "quantity": "2,5", "receipt": "03", "price": str(price.pk)}
    assert client.post(address, labour).status_code == 302
    assert Contribution.objects.get(receipt="03").amount == 500_000


def test_a_period_is_closed_and_reopened(money, client_of):
    client = client_of(money.office)
    address = f"/nguon-luc/{money.area.province}/ghi/khoa-ky/?{DAY}&nam=2023"
    assert client.post(address, {"on": "01/8/2023"}).status_code == 422
    assert client.post(address, {"on": "01/8/2023", "through": "30/6/2023"}).status_code == 302
    assert "Sổ năm 2023 đến hết 30/6/2023" in text_of(client_of(money.officer).get(at(money)))
    lock = PeriodLock.objects.get()
    reopen = f"/nguon-luc/{money.area.province}/mo-lai/{lock.pk}/?{DAY}"
    assert "Mở lại kỳ" in text_of(client.get(at(money, "so/", unit=money.area.province)))
    assert client.post(reopen, {"reason": ""}).status_code == 422
    assert client.post(reopen, {"reason": "xã ghi sót"}).status_code == 302
    assert client_of(money.officer).get(address).status_code == 403


def test_a_file_of_vouchers_is_tried_then_taken(money, client_of):
    client = client_of(money.officer)
    address = at(money, "chung-tu/nhap/")
    head = "unit,number,on,year,source,kind,use,amount,works\n"

    def file(rows):
        made = io.BytesIO((head + rows).encode())
        made.name = "chung-tu.csv"
        return made

    good = "06280,50,2023-07-01,2023,central.investment,investment,investment,1000000,CT-01\n"
    wrong = client.post(
        address, {"tep": file(good + good.replace(",50,", ",51,").replace("1000000", "x")), "viec": "nhap"}
    )
    assert wrong.status_code == 422 and "Dòng 3" in text_of(wrong)
    tried = client.post(address, {"tep": file(good), "viec": "thu"})
    assert tried.status_code == 200 and "đúng cả" in text_of(tried)
    assert Disbursement.objects.filter(number="50").count() == 0
    assert client.post(address, {"tep": file(good), "viec": "nhap"}).status_code == 302
    assert Disbursement.objects.filter(number="50").count() == 1
    assert client.post(address, {"viec": "thu"}).status_code == 422
    assert client_of(money.stranger).get(address).status_code == 403
    assert (
        load_workbook(io.BytesIO(client.get(at(money, "chung-tu/mau.xlsx")).content)).active["A1"].value == "ma don vi"
    )


def test_what_is_written_opens_again(money, client_of):
    client = client_of(money.officer)
    book = load_workbook(io.BytesIO(client.get(at(money, "bieu-03.xlsx")).content), data_only=True)
    assert book.sheetnames == ["Biểu số 03", "Biểu số 3.1", "Biểu số 3.2"]
    assert {10500, 9500, 1000} <= {value for row in book["Biểu số 03"].values for value in row}
    assert 2000 in {value for row in book["Biểu số 3.2"].values for value in row}
    report = docx.Document(io.BytesIO(client.get(at(money, "bieu-03.docx")).content))
    assert "10.500" in " ".join(cell.text for table in report.tables for row in table.rows for cell in row.cells)
    letter = docx.Document(io.BytesIO(client.get(at(money, "cong-van.docx")).content))
    words = " ".join(paragraph.text for paragraph in letter.paragraphs)
    assert "Kính gửi: Ủy ban nhân dân huyện Văn Quan" in words and "13,3 tỷ đồng" in words
    assert "14,3 tỷ đồng" in words and "13.300.000.000 đồng" in words
    told = " ".join(cell.text for table in letter.tables for row in table.rows for cell in row.cells)
    assert "3.800" in told
    assert client.get(at(money, "bieu-03.pdf")).status_code == 422
    for name, heads in (("", ("tieu-chi", "nguon", "don-vi")), ("so/", ("xlsx",)), ("no-dong/", ("xlsx",))):
        for kind in heads:
            assert load_workbook(io.BytesIO(client.get(at(money, name, tai=kind)).content)).active.max_row > 1, name
    criteria = load_workbook(io.BytesIO(client.get(at(money, tai="tieu-chi")).content)).active
    assert criteria["B2"].value == 20_000_000_000


@pytest.mark.parametrize("page", PAGES[:5])
def test_the_queries_do_not_grow_with_the_area(money, client_of, page):
    client = client_of(money.office)
    address = at(money, page, unit=money.area.province)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    count()
    before = count()
    for no in range(5):
        unit = _commune(f"Xã {no}", f"0700{no}", money.area.district, money.area.province)
        planning_money.record_need(
            money.office, unit_id=unit, year=2023, amount=10**9, on=date(2023, 7, 1), text="x", criterion_no=no + 1
        )
    assert count() == before <= 44
