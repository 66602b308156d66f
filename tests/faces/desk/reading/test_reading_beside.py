"""Văn bản cạnh hiện trạng và cạnh kế hoạch cấp dưới: what the desk shows of both, to whom, and in the note."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from docx import Document

from document_world import ON, uploaded
from faces.conftest import BACKEND
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode

pytestmark = pytest.mark.django_db
DAY = f"?ngay={ON.isoformat()}"
UPPER = """ỦY BAN NHÂN DÂN
HUYỆN VĂN QUAN

Số: 41/KH-UBND
Văn Quan, ngày 15 tháng 02 năm 2023

KẾ HOẠCH
Xây dựng nông thôn mới huyện Văn Quan, tỉnh Lạng Sơn năm 2023

I. MỤC TIÊU
- Xã Văn An: phấn đấu đạt thêm các tiêu chí số 2, 6; duy trì các tiêu chí số 1, 4.
- Xã Tràng Phái: phấn đấu đạt thêm các tiêu chí số 5, 15.
"""
LOWER = """ỦY BAN NHÂN DÂN
XÃ VĂN AN

Số: 9/KH-UBND
Văn An, ngày 28 tháng 02 năm 2023

KẾ HOẠCH
Xây dựng nông thôn mới xã Văn An, huyện Văn Quan, tỉnh Lạng Sơn năm 2023

I. MỤC TIÊU
- Phấn đấu đạt thêm các tiêu chí số 2, 8.
"""


@pytest.fixture
def officer(area, holder):
    return holder("coordination_office", area.district)


@pytest.fixture
def document(area, officer):
    row = next(one for one in registry.register_shipped() if one.code == "xa-ntm-2021-2025")
    CriterionStanding.objects.create(
        unit_id=area.commune, set=row, basis=Basis.CONFIRMED, no=2, outcome=OutcomeCode.MET, start=date(2022, 12, 31)
    )
    return uploaded(officer, area.district, UPPER.encode())


def page(actor, path: str) -> str:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id), backend=BACKEND)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_standing_of_the_day_of_issue_stands_beside_the_plan(document, officer) -> None:
    text = page(officer, f"/van-ban/{document.pk}/{DAY}")
    assert "Đối chiếu với hiện trạng" in text
    assert "So với hiện trạng đến ngày 15/02/2023 (số đã thẩm tra của 1 đơn vị)" in text
    assert "Văn An được giao đạt thêm tiêu chí 2 (Giao thông), nhưng theo hồ sơ xã đã đạt." in text
    assert 'id="ph0"' in text and 'data-lines="11 "' in text


def test_the_note_says_it_too(document, officer) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=officer.user_id), backend=BACKEND)
    file = Document(io.BytesIO(client.get(f"/van-ban/{document.pk}/phat-hien.docx{DAY}").content))
    assert "V. Đối chiếu với hiện trạng" in [one.text for one in file.paragraphs]
    assert any("theo hồ sơ xã đã đạt" in cell.text for table in file.tables for cell in table._cells)


def test_a_document_of_no_unit_is_not_compared(holder) -> None:
    officer = holder("coordination_office")
    alone = uploaded(officer, None, UPPER.encode())
    assert "Đối chiếu với hiện trạng" not in page(officer, f"/van-ban/{alone.pk}/{DAY}")


def test_lower_plans_stand_beside_the_upper_one(document, officer, area, holder) -> None:
    path = f"/van-ban/{document.pk}/cap-duoi/{DAY}"
    alone = page(officer, path)
    assert "Kho chưa có kế hoạch cùng năm" in alone and "giao tiêu chí cho 2 đơn vị; chưa so với kế hoạch nào" in alone
    lower = uploaded(holder("commune_officer", area.commune), area.commune, LOWER.encode())
    text = page(officer, path)
    assert "1/2 đơn vị có kế hoạch chưa nhận đủ" in text
    assert "✗ 6" in text and "chưa có kế hoạch nào được so" in text
    assert f'value="{lower.pk}" checked' in text
    assert "So với kế hoạch cấp dưới" in page(officer, f"/van-ban/{document.pk}/{DAY}")


def test_lower_plans_that_one_may_not_read_are_not_offered(document, area, holder) -> None:
    uploaded(holder("commune_officer", area.commune), area.commune, LOWER.encode())
    stranger = holder("coordination_office", area.other_district)
    client = Client()
    client.force_login(get_user_model().objects.get(pk=stranger.user_id), backend=BACKEND)
    assert client.get(f"/van-ban/{document.pk}/cap-duoi/{DAY}").status_code == 403
