"""Từ ô nhập đến con số đã thẩm tra: the README's walk, in a browser, on the demonstration's own data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from ntm.faces.cli.demonstration import loading
from ntm.records.audit import services as audit
from ntm.records.audit.models import Entry
from ntm.records.people.models import User
from ntm.records.units import queries as units
from ntm.records.units import services as unit_services
from ntm.records.units.services.acting import SystemActor

pytestmark = pytest.mark.browser
SET = "xa-ntm-nang-cao-hai-duong-2021-2025"
DAY = date(2022, 12, 31)


@pytest.fixture
def demonstration(transactional_db: None, settings: Any) -> None:
    """Thạch Lỗi and Cẩm Giàng as the demonstration loads them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    unit_services.load_gazetteer(SystemActor("kiểm thử"), on=date(2026, 11, 1), provinces=["30"])
    loading.load(["thach-loi"])


def test_a_figure_typed_in_the_commune_becomes_a_verified_one_in_the_district(
    demonstration: None, desk: Any, assert_accessible: Any, tmp_path: Any
) -> None:
    commune = units.by_code("10906", DAY)
    district = units.by_code("295", DAY)
    assert commune and district

    officer = desk.sign_in(User.objects.get(username="xa.thachloi"))
    officer.goto(f"/nhap-so-lieu/{commune.pk}/{SET}/?ngay={DAY.isoformat()}")
    officer.fill("#v-10", "59,58")
    officer.press("#v-10", "Enter")
    officer.wait_for_selector("#s-10:has-text('đã lưu')")
    explained = officer.inner_text("#res-10")
    assert "59,58 < 64" in explained and "2581/QĐ-UBND" in officer.inner_text("#row-10")
    assert_accessible(officer)

    evidence = tmp_path / "bien-ban.txt"
    evidence.write_text("Biên bản điều tra thu nhập", encoding="utf-8")
    with officer.expect_file_chooser() as chooser:
        officer.click("#row-10 [data-attach]")
    chooser.value.set_files(str(evidence))
    officer.wait_for_selector("#f-10 a")
    officer.click("[data-send]")
    officer.wait_for_selector("#send-dialog[open]")
    with officer.expect_navigation():
        officer.click("#send-dialog .button.primary")

    verifier = desk.sign_in(User.objects.get(username="camgiang.thunhap"))
    verifier.goto("/tham-tra/")
    expect(verifier.locator("main")).to_contain_text("Thạch Lỗi")
    verifier.goto(f"/tham-tra/{commune.pk}/{SET}/{DAY.isoformat()}/")
    expect(verifier.locator("main")).to_contain_text("59,58")
    assert_accessible(verifier)
    verifier.wait_for_selector("#beside [data-one]")
    verifier.keyboard.press("n")
    verifier.wait_for_selector("#beside >> text=Đã xem hết")

    office = desk.sign_in(User.objects.get(username="camgiang.dieuphoi"))
    office.goto(f"/bang-tieu-chi/{district.pk}/?bo={SET}&ngay={DAY.isoformat()}")
    expect(office.locator("main")).to_contain_text("Thạch Lỗi")
    assert_accessible(office)
    verbs = list(Entry.objects.filter(unit_id=commune.pk).order_by("-sequence").values_list("verb", flat=True)[:6])
    assert verbs[0] == "observation.verify" and "observation.send" in verbs
    assert audit.verify().ok
