"""Nguồn lực trong trình duyệt: every page of money without a finding of axe, none wider than a phone; the balance on A4."""

from __future__ import annotations

from datetime import date

import pytest

from faces.conftest import PHONE
from faces.desk.working_world import PNG, user_of
from ntm.records.funding.models import AllocationDecision, Contribution, Disbursement, Works
from ntm.records.funding.services import building, correcting

DAY = "ngay=2023-08-01&nam=2023"
pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(money) -> dict[str, str]:
    """Every address of the room that a commune or its province walks."""
    Works.objects.filter(pk=money.works.pk).update(latitude="21.85", longitude="106.54")
    building.accept_volume(
        money.officer, money.works.pk, amount=10**6, on=date(2023, 7, 1), record="BB2", photographs=[("anh.png", PNG)]
    )
    correcting.close_period(
        money.office, unit_id=money.area.province, year=2023, on=date(2023, 7, 31), through=date(2023, 1, 31)
    )
    works, commune, made = money.works.pk, money.area.commune, AllocationDecision.objects.get().pk
    pages = {
        "balance": "",
        "sources": "nguon-va-su-dung/",
        "pace": "giai-ngan/",
        "works": "cong-trinh/",
        "map": "cong-trinh/?xem=ban-do",
        "debts": "no-dong/",
        "contributions": "dong-gop/",
        "book-paid": "so/",
        "book-allocated": "so/?so=allocated",
        "import": "chung-tu/nhap/",
        "one-works": f"cong-trinh/{works}/",
        "decision": f"quyet-dinh/{made}/",
        "reverse": f"so/disbursed/{Disbursement.objects.get().pk}/dao/",
        "receipt": f"dong-gop/{Contribution.objects.get().pk}/phieu-thu/",
        "works-new": f"{commune}/cong-trinh/them/",
    }
    pages |= {
        f"form-{what}": f"cong-trinh/{works}/{what}/" for what in ("tien-do", "nghiem-thu", "co-cau-von", "thanh-toan")
    }
    pages |= {f"form-{what}": f"cong-trinh/{works}/{what}/" for what in ("ban-giao", "bao-tri", "tra-no")}
    pages |= {
        f"form-{what}": f"{commune}/ghi/{what}/" for what in ("nhu-cau", "huy-dong", "chung-tu", "so-tong", "don-gia")
    }
    pages |= {f"act-{what}": f"{commune}/quyet-dinh/{what}/" for what in ("phan-bo", "dieu-chuyen", "chuyen-nguon")}
    return {name: f"/nguon-luc/{rest}{'&' if '?' in rest else '?'}{DAY}" for name, rest in pages.items()}


FORMS = ("form-", "act-", "works-new", "reverse")


@pytest.mark.parametrize("part", ["pages", "forms"])
def test_every_page_of_money_is_accessible(money, addresses, desk, assert_accessible, part):
    page = desk.sign_in(user_of(money.officer))
    for name, address in addresses.items():
        if name.startswith(FORMS) is (part == "forms"):
            answer = page.goto(address)
            assert answer is not None and answer.status < 400, name
            assert_accessible(page)
            desk.picture(page, f"money-{name}-laptop", whole=True)


def test_every_page_of_money_fits_a_phone(money, addresses, desk, assert_accessible):
    page = desk.sign_in(user_of(money.officer), size=PHONE)
    for name, address in addresses.items():
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (name, wide)
        desk.picture(page, f"money-{name}-phone", whole=True)
    assert_accessible(page)
    board = desk.sign_in(user_of(money.board), size=PHONE)
    board.goto(f"/nguon-luc/{money.area.village}/ghi/dong-gop/?{DAY}")
    assert_accessible(board)
    assert board.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_province_and_the_closing_of_its_year(money, desk, assert_accessible):
    page = desk.sign_in(user_of(money.office))
    for rest in (
        "",
        "giai-ngan/",
        "no-dong/",
        f"{money.area.province}/ghi/khoa-ky/",
        f"{money.area.province}/quyet-dinh/phan-bo/",
    ):
        page.goto(f"/nguon-luc/{rest}?{DAY}")
        assert_accessible(page)


def test_the_balance_prints_on_paper(money, desk):
    """On A4 nothing is cut: the table is as wide as its sheet, and what only a screen needs is gone."""
    page = desk.sign_in(user_of(money.officer))
    page.goto(f"/nguon-luc/?{DAY}")
    page.emulate_media(media="print")
    assert page.eval_on_selector(".table tfoot", "one => getComputedStyle(one).position") == "static"
    assert not page.locator(".filters").is_visible() and not page.locator("p.actions").first.is_visible()
    page.set_viewport_size({"width": 1046, "height": 718})  # A4 landscape less its margins, at 96 dots an inch
    wide = page.evaluate("Math.max(...[...document.querySelectorAll('table')].map(one => one.scrollWidth))")
    assert wide <= 1046
