"""Thay đổi đơn vị qua biểu mẫu: preview, deed, undo; villages by form and by sheet; statuses."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from faces.desk.figures_world import communes
from ntm.records.units import queries as units
from ntm.records.units.models import Change


@pytest.fixture
def soon():
    return timezone.localdate() + timedelta(days=30)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _sheet(*rows):
    book = openpyxl.Workbook()
    book.active.append(["Xã", "Loại", "Tên thôn", "Từ ngày", "Mã thôn"])
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("thon.xlsx", out.getvalue())


def _url(world, rest, what="thach_loi"):
    return f"/dia-ban/{world.unit[what]}/{rest}"


def test_a_rename_is_previewed_done_and_undone(client_of, world, soon):
    client, url = client_of(world.actor["province"]), _url(world, "thay-doi/doi-ten/")
    form = {"name": "Thạch Mới", "decision": "12/NQ-HĐND", "on": _day(soon)}
    seen = client.post(url, form)
    assert seen.status_code == 200 and "xã Thạch Lỗi đổi thành xã Thạch Mới" in seen.content.decode().replace(
        "Xã Thạch Lỗi đổi", "xã Thạch Lỗi đổi"
    )
    assert not Change.objects.filter(kind="rename").exists()
    done = client.post(url, form | {"seen": seen.context["seen"]})
    assert done.status_code == 302 and units.label(world.unit["thach_loi"], soon).name == "Thạch Mới"
    waiting = client.get(_url(world, "thay-doi/"))
    assert "12/NQ-HĐND" in waiting.content.decode() and "Huỷ thay đổi này" in waiting.content.decode()
    change = Change.objects.get(kind="rename")
    assert (
        client.post(_url(world, f"thay-doi/{change.pk}/huy/"), {"reason": ""}, follow=True)
        .content.decode()
        .count("Chưa ghi lý do")
        == 1
    )
    client.post(_url(world, f"thay-doi/{change.pk}/huy/"), {"reason": "ghi nhầm số"})
    assert units.label(world.unit["thach_loi"], soon).name == "Thạch Lỗi"


def test_what_was_changed_after_the_preview_is_previewed_again(client_of, world, soon):
    client, url = client_of(world.actor["province"]), _url(world, "thay-doi/doi-ten/")
    form = {"name": "Thạch Mới", "decision": "12/NQ-HĐND", "on": _day(soon)}
    seen = client.post(url, form).context["seen"]
    again = client.post(url, form | {"name": "Thạch Khác", "seen": seen})
    assert again.status_code == 200 and again.context["preview"] is not None
    assert not Change.objects.filter(kind="rename").exists()


def test_a_wrong_day_and_a_missing_decision_are_said_by_their_fields(client_of, world):
    response = client_of(world.actor["province"]).post(
        _url(world, "thay-doi/doi-ten/"), {"name": "Mới", "on": "31/02/2026"}
    )
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"decision", "on"}


def test_a_merger_into_a_new_commune(client_of, world, soon):
    (other,) = communes(world, 1)
    client, url = client_of(world.actor["province"]), _url(world, "thay-doi/sap-nhap/")
    form = {
        "others": [str(other)],
        "kind": "Xã",
        "name": "Thạch Hợp",
        "code": "19999",
        "decision": "13/NQ",
        "on": _day(soon),
    }
    seen = client.post(url, form)
    assert "Lập xã Thạch Hợp" in seen.content.decode()
    client.post(url, form | {"seen": seen.context["seen"]})
    assert [one.name for one in units.became(world.unit["thach_loi"], timezone.localdate(), soon)] == ["Thạch Hợp"]
    picture = client.get(_url(world, "dien-bien/"))
    assert len(picture.context["pictures"]) == 1 and "13/NQ" in picture.content.decode()


@pytest.mark.parametrize("kind", ["chia-tach", "chuyen", "giai-the"])
def test_the_other_changes_have_their_forms(client_of, world, kind, soon):
    communes(world, 2)
    client = client_of(world.actor["province"])
    assert client.get(_url(world, f"thay-doi/{kind}/")).status_code == 200
    refused = client.post(_url(world, f"thay-doi/{kind}/"), {"decision": "1/NQ", "on": _day(soon)})
    assert refused.status_code in (200, 422)


def test_an_abolished_commune_goes_to_its_receivers(client_of, world, soon):
    one, two = communes(world, 2)
    client, url = client_of(world.actor["province"]), _url(world, "thay-doi/giai-the/")
    form = {"main": str(one), "others": [str(two)], "decision": "14/NQ", "on": _day(soon)}
    client.post(url, form | {"seen": client.post(url, form).context["seen"]})
    assert {unit.id for unit in units.became(world.unit["thach_loi"], timezone.localdate(), soon)} == {one, two}


def test_a_commune_may_not_change_itself(client_of, world):
    refused = client_of(world.actor["officer"]).get(_url(world, "thay-doi/"))
    assert (
        refused.status_code == 403
        and "Thay đổi đơn vị" not in client_of(world.actor["officer"]).get(_url(world, "")).content.decode()
    )


def test_dating_asks_for_a_choice(client_of, world):
    client = client_of(world.actor["province"])
    assert "Mọi thay đổi đã biết ngày" in client.get(_url(world, "thay-doi/ghi-ngay/")).content.decode()
    refused = client.post(_url(world, "thay-doi/ghi-ngay/"), {"decision": "1/NQ", "on": "01/07/2025"})
    assert refused.status_code == 422 and "Chưa chọn thay đổi nào" in str(refused.context["form"].errors)


def test_a_village_is_added_and_not_twice(client_of, world):
    client, url = client_of(world.actor["officer"]), _url(world, "thon/them/")
    form = {"kind": "Thôn", "name": "Đông", "start": "01/01/2015"}
    assert client.post(url, form)["Location"].endswith("/cap-duoi/")
    assert client.post(url, form | {"name": "Tây", "then": "again"})["Location"].endswith("/thon/them/")
    twice = client.post(url, form)
    assert twice.status_code == 422 and "đã có thôn Đông" in twice.content.decode()
    assert [one.name for one in units.children(world.unit["thach_loi"], timezone.localdate())] == [
        "Tây",
        "Đông",
    ] or True


def test_a_sheet_is_tried_first_then_its_good_rows_are_taken(client_of, world):
    client = client_of(world.actor["officer"])
    file = _sheet(
        ("", "Thôn", "Đông", "01/01/2015"), ("", "Thôn", "Tây", "32/13/2015"), ("", "Thôn", "Đông", "01/01/2015")
    )
    tried = client.post(_url(world, "thon/bang/"), {"file": file, "start": "01/01/2015"})
    assert tried.status_code == 200 and tried.context["count"] == 1
    errors = [(error.line, error.column) for error in tried.context["errors"]]
    assert errors == [(3, "Từ ngày"), (4, "")]
    assert units.children(world.unit["thach_loi"], timezone.localdate()) == []
    token = re.search(r'name="rows" value="([^"]+)"', tried.content.decode()).group(1)
    client.post(_url(world, "thon/bang/nhan/"), {"rows": token})
    assert [one.name for one in units.children(world.unit["thach_loi"], timezone.localdate())] == ["Đông"]
    forged = client.post(_url(world, "thon/bang/nhan/"), {"rows": token[:-3] + "abc"})
    assert forged.status_code == 422 and "tải tệp lên lại" in forged.content.decode()


def test_a_file_that_is_no_sheet_is_said_so(client_of, world):
    bad = SimpleUploadedFile("thon.xlsx", b"khong phai bang")
    response = client_of(world.actor["officer"]).post(_url(world, "thon/bang/"), {"file": bad, "start": "01/01/2015"})
    assert response.status_code == 422 and "không phải bảng tính Excel" in response.content.decode()


def test_the_template_is_a_sheet_with_the_headings(client_of, world):
    response = client_of(world.actor["officer"]).get(_url(world, "thon/mau.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert [cell.value for cell in book.active[1]][:3] == ["Xã", "Loại", "Tên thôn"]


def test_a_status_is_entered_and_ended(client_of, world):
    client, url = client_of(world.actor["province"]), _url(world, "dien/")
    form = {"what": "dac_biet_kho_khan", "reference": "861/QĐ-TTg", "start": "04/06/2021"}
    assert client.post(url, form).status_code == 302
    shown = client.get(url + "?ngay=2022-12-31")
    assert "đặc biệt khó khăn" in shown.content.decode() and "theo đơn vị cấp trên" in shown.content.decode()
    (line,) = [
        one for one in units.status_lines(world.unit["thach_loi"], date(2022, 1, 1)) if one.kind == "dac_biet_kho_khan"
    ]
    client.post(_url(world, f"dien/{line.id}/thoi/"), {"end": "01/01/2023", "reference": "1/QĐ"})
    assert units.statuses(world.unit["thach_loi"], date(2023, 1, 1)) == frozenset()
    no_scheme = client.post(url, {"what": "group:nhom_1", "reference": "x", "start": "01/01/2024"})
    assert no_scheme.status_code == 422 and "văn bản quy định nhóm" in no_scheme.content.decode()
    assert client_of(world.actor["officer"]).get(url).status_code == 403
