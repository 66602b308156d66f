"""Trang đề xuất phân bổ trong trình duyệt: axe finds nothing, nothing hangs out of the window; the form of a decision opens."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from faces.conftest import LAPTOP, PHONE
from ntm.records.funding.models import AllocationDecision
from records.funding.test_proposals import TY, ask, asked, done

QUERY = "?ngay=2023-06-01"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_are_accessible_and_the_lines_open_a_form(town, desk, assert_accessible) -> None:
    first, second = done(town, title="Một"), done(town, asked(9 * TY), title="Hai")
    waiting = ask(town)
    base, district = "/nguon-luc/de-xuat/", town.area.district
    one = f"{base}{first.proposal.pk}/"
    addresses = {
        "new": f"/nguon-luc/{district}/de-xuat/moi/{QUERY}&nam=2023",
        "list": f"{base}{QUERY}&nam=2023&don-vi={district}",
        "result": f"{one}{QUERY}",
        "works": f"{one}{QUERY}&xem=co",
        "units": f"{one}{QUERY}&xem=don-vi",
        "sources": f"{one}{QUERY}&xem=nguon",
        "why": f"{one}vi-sao/ct-{town.other}/{QUERY}",
        "compare": f"{base}so-sanh/{QUERY}&mot={first.proposal.pk}&hai={second.proposal.pk}",
        "waiting": f"{base}{waiting.pk}/{QUERY}",
    }
    user = get_user_model().objects.get(pk=town.office.user_id)
    for name, size in (("laptop", LAPTOP), ("phone", PHONE)):
        page = desk.sign_in(user, size=size)
        for face, address in addresses.items():
            page.goto(address)
            desk.picture(page, f"proposals-{face}-{name}", whole=True)
            assert_accessible(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (face, name)
    page = desk.sign_in(user, script=False)
    page.goto(addresses["result"])
    page.get_by_role("button", name="Đưa vào dự thảo phân bổ").click()
    assert page.locator("h1").inner_text() == "Quyết định phân bổ vốn"
    assert page.locator("#id_dong-0-amount").input_value().endswith(" đồng")
    assert page.locator(".error").count() == 0 and not AllocationDecision.objects.exists()
