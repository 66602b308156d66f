"""Mang số liệu của đơn vị cũ: linked for those who may, previewed, done as seen, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from faces.conftest import PHONE
from faces.desk.working_world import user_of
from ntm.records.standing import registry, services
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import State
from ntm.records.units import queries as units
from ntm.records.units import services as unit_services
from ntm.records.units.services import Decision, Merge, NewUnit

SET = "xa-ntm-2021-2025"
DAY = date(2025, 8, 1)


@pytest.fixture
def merged(area, holder):
    """Two communes with figures, and the one formed of them; its province's office."""
    registry.register_shipped()
    office = holder("coordination_office", area.province)
    for unit, income in ((area.commune, "50"), (area.neighbour, "38")):
        officer = holder("commune_officer", unit)
        for code, value in (("1.1", "đạt"), ("10", income)):
            services.record(
                officer, unit_id=unit, set_code=SET, code=code, as_of=date(2024, 12, 31), typed=value, note="báo cáo"
            )
        services.send(officer, unit_id=unit, set_code=SET, as_of=date(2024, 12, 31))
    asked = Merge(
        (area.commune, area.neighbour),
        DAY,
        Decision("01/NQ-THU", date(2025, 7, 10)),
        None,
        NewUnit("Xã", "Mới", "06999"),
    )
    unit_services.merge(office, asked, today=date(2025, 7, 15))
    made = units.by_code("06999", DAY)
    return office, made.pk


def test_the_lineage_leads_there_only_those_who_may(merged, client_of, holder, area):
    office, unit = merged
    address = f"/dia-ban/{unit}/mang-so-lieu/"
    assert address in client_of(office).get(f"/dia-ban/{unit}/dien-bien/").content.decode()
    officer = client_of(holder("commune_officer", unit))
    assert address not in officer.get(f"/dia-ban/{unit}/dien-bien/").content.decode()
    assert officer.get(address).status_code == 403 and officer.post(address).status_code == 403
    assert client_of(office).get(f"/dia-ban/{area.village}/mang-so-lieu/").status_code == 422


def test_what_was_seen_is_carried_and_taken_back(merged, client_of):
    office, unit = merged
    client, address = client_of(office), f"/dia-ban/{unit}/mang-so-lieu/"
    page = client.get(address)
    text = page.content.decode()
    assert "mọi đơn vị cũ đều đạt" in text and "Mang sang 1 chỉ tiêu" in text and "50 (31/12/2024)" in text
    form = {"bo": SET, "quy-tac": "deu-dat", "decision": "Kế hoạch rà soát"}
    assert client.post(address, form | {"seen": "khác"}).status_code == 422
    assert client.post(address, form | {"seen": page.context["seen"], "decision": " "}).status_code == 422
    assert not Observation.objects.filter(unit_id=unit).exists()
    done = client.post(address, form | {"seen": page.context["seen"]}, follow=True).content.decode()
    assert "Đã mang 1 chỉ tiêu" in done and "đơn vị mới đã có số liệu của mình" in done
    back = client.post(f"{address}rut/", {"bo": SET, "reason": "nhầm"}, follow=True).content.decode()
    assert "Đã rút 1 chỉ tiêu" in back
    assert Observation.objects.get(unit_id=unit).state == State.SUPERSEDED


def test_a_mean_is_carried_with_the_weights_typed(merged, client_of, area):
    office, unit = merged
    client, address = client_of(office), f"/dia-ban/{unit}/mang-so-lieu/"
    asked = {"quy-tac": "binh-quan", "trong-so": "số hộ", f"trong-so-{area.commune}": "1.000"}
    said = client.get(address, asked | {f"trong-so-{area.neighbour}": "nhiều"}).content.decode()
    assert "chưa nêu trọng số (lớn hơn 0) của xã Tràng Phái" in said and 'class="error"' in said
    asked |= {f"trong-so-{area.neighbour}": "500"}
    page = client.get(address, asked)
    assert "50 × 1.000 + 38 × 500" in page.content.decode()
    posted = asked | {"seen": page.context["seen"], "decision": "Công văn", "bo": SET}
    assert client.post(address, posted).status_code == 422  # nothing ticked
    assert client.post(address, posted | {"chi-tieu": "10"}).status_code == 302
    assert Observation.objects.get(unit_id=unit).typed == "46"


@pytest.mark.browser
@pytest.mark.parametrize("size", [None, PHONE], ids=["laptop", "phone"])
def test_the_preview_can_be_read_by_everybody(merged, area, desk, assert_accessible, size):
    office, unit = merged
    page = desk.sign_in(user_of(office), **({"size": size} if size else {}))
    weights = f"&trong-so-{area.commune}=1.000&trong-so-{area.neighbour}=500"
    page.goto(f"{desk.url}/dia-ban/{unit}/mang-so-lieu/?quy-tac=binh-quan&trong-so=h%E1%BB%99{weights}")
    assert "46" in page.inner_text("tr:has-text('Thu nhập')")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert_accessible(page)
    desk.picture(page, f"carrying-{'phone' if size else 'laptop'}", whole=True)
