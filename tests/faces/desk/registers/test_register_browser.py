"""Sổ theo dõi trong trình duyệt: list, form and entry on a laptop and on a phone, without scripts; axe."""

from __future__ import annotations

from datetime import date

import pytest

from faces.conftest import PHONE
from faces.desk.working_world import user_of
from ntm.records.registers.services import recording

pytestmark = pytest.mark.browser


def test_the_registers_are_accessible_and_fit_a_phone(desk, area, holder, assert_accessible):
    officer = holder("commune_officer", area.commune)
    values = {"title": "Hồi Văn An", "owner": "HTX Hồi", "owner_kind": "cooperative", "start": date(2024, 3, 1)}
    made = recording.record(officer, "ocop", unit_id=area.commune, values=values, on=date(2024, 12, 1))
    stars = {"year": 2024, "stars": 3, "number": "15/QĐ-UBND", "start": date(2024, 7, 1)}
    recording.record(officer, "stars", unit_id=area.commune, values=stars, on=date(2024, 12, 1), parent_id=made.pk)
    page = desk.sign_in(user_of(officer))
    base = f"{desk.url}/so-theo-doi/{area.commune}/"
    for rest in ("", "ocop/", f"ocop/{made.pk}/", "ocop/them/", "ocop/nhap/"):
        page.goto(base + rest)
        assert_accessible(page)
        desk.picture(page, f"registers-{rest.strip('/').replace('/', '-') or 'unit'}")
    phone = desk.sign_in(user_of(officer), size=PHONE, script=False)
    for rest in ("", "ocop/", f"ocop/{made.pk}/", "ocop/them/"):
        phone.goto(base + rest)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], rest
        desk.picture(phone, f"registers-phone-{rest.strip('/').replace('/', '-') or 'unit'}")
