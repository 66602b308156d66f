"""Kiểm tra tại bàn: planned from a time of a task, recorded unit by unit on a phone's page, followed by a task, ended."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm.records.planning.models import Inspection, InspectionFinding, Occurrence, Task

QUERY = "?ngay=2020-03-12"


def _text(response):
    return response.content.decode()


@pytest.fixture
def march(work, with_set):
    return Occurrence.objects.filter(task=work.made["inspect"]).order_by("due")[0]


@pytest.fixture
def planned(work, march, client_of):
    """Two communes in March, criteria 2 and 13."""
    client = client_of(work.actor["office"])
    address = f"/kiem-tra/lap/{QUERY}&viec={march.pk}"
    form = _text(client.get(address))
    assert "Kiểm tra, đôn đốc các xã" in form and 'value="01/03/2020"' in form and 'value="2, 13"' in form
    values = {"title": "Kiểm tra tháng 3", "start": "01/3/2020", "end": "31/3/2020", "head": "Phó Trưởng Ban",
              "criteria": "2, 13", "don-vi": [work.area.commune, work.area.neighbour]}  # fmt: skip
    assert client.post(address, values | {"don-vi": []}).status_code == 422
    assert client.post(address, values | {"criteria": "99"}).status_code == 422
    response = client.post(address, values)
    made = Inspection.objects.get()
    assert response["Location"] == f"/kiem-tra/{made.pk}/{QUERY}"
    return made


def _fill(work, planned, client, unit, **more):
    values = {"ngay-kiem-tra": "12/3/2020", "kq-2": "lacking", "loi-2": "Thiếu 1,2 km đường thôn", "kq-13": "good"}
    return client.post(f"/kiem-tra/{planned.pk}/don-vi/{unit}/{QUERY}", values | more)


def test_only_who_may_plans_and_only_who_reads_sees(work, planned, client_of):
    assert client_of(work.actor["commune"]).get(f"/kiem-tra/lap/{QUERY}").status_code == 200  # of its own villages
    assert client_of(work.actor["viewer"]).get(f"/kiem-tra/lap/{QUERY}").status_code == 403
    for who, status in (("viewer", 200), ("commune", 200), ("stranger", 403)):
        assert client_of(work.actor[who]).get(f"/kiem-tra/{planned.pk}/{QUERY}").status_code == status, who
    assert "Kiểm tra tháng 3" in _text(client_of(work.actor["commune"]).get(f"/kiem-tra/{QUERY}"))
    assert client_of(work.actor["office"]).get(f"/kiem-tra/999/{QUERY}").status_code == 422


def test_findings_are_recorded_by_criterion(work, planned, client_of):
    client = client_of(work.actor["office"])
    sheet = _text(client.get(f"/kiem-tra/{planned.pk}/don-vi/{work.area.commune}/{QUERY}"))
    assert "2. Giao thông" in sheet and 'name="kq-13"' in sheet and 'value="12/03/2020"' in sheet
    silent = _fill(work, planned, client, work.area.commune, **{"loi-2": ""})
    assert silent.status_code == 422 and "Ghi rõ còn thiếu gì" in _text(silent) and "checked" in _text(silent)
    outside = _fill(work, planned, client, work.area.commune, **{"ngay-kiem-tra": "2/4/2020"})
    assert outside.status_code == 422 and "ngoài đợt" in _text(outside)
    unsaid = _fill(work, planned, client, work.area.commune, **{"loi-chung": "Nói chung tốt"})
    assert unsaid.status_code == 422 and "Chọn kết quả cho nội dung chung" in _text(unsaid)
    assert _fill(work, planned, client_of(work.actor["commune"]), work.area.commune).status_code == 403
    assert _fill(work, planned, client, work.area.commune).status_code == 302
    assert InspectionFinding.objects.count() == 2
    assert "Thiếu 1,2 km đường thôn" in _text(client_of(work.actor["commune"]).get(f"/kiem-tra/{planned.pk}/{QUERY}"))
    assert client.get(f"/kiem-tra/{planned.pk}/don-vi/{work.area.stranger}/{QUERY}").status_code == 422


def test_a_finding_is_followed_by_a_task_and_the_round_ends_its_task(work, march, planned, client_of):
    client, base = client_of(work.actor["office"]), f"/kiem-tra/{planned.pk}/"
    _fill(work, planned, client, work.area.commune)
    lacking = InspectionFinding.objects.get(result="lacking").pk
    words = {"what": "Làm nốt 1,2 km", "deadline_words": "Trước 30/4/2020"}
    assert client_of(work.actor["viewer"]).post(f"{base}ket-qua/{lacking}/giao-viec/{QUERY}", words).status_code == 403
    assert client.post(f"{base}ket-qua/{lacking}/giao-viec/{QUERY}", words).status_code == 302
    given = Occurrence.objects.get(task__origin="inspection")
    assert given.due == date(2020, 4, 29) or given.due == date(2020, 4, 30)
    assert "Từ kiểm tra" in _text(client_of(work.actor["commune"]).get(f"/viec/{given.pk}/{QUERY}"))
    early = client.post(f"{base}ket-thuc/{QUERY}")
    assert early.status_code == 422 and "Chưa ghi kết quả ở: xã Tràng Phái" in _text(early)
    assert client.post(f"{base}khong-tien-hanh/{QUERY}", {"reason": "mưa lũ"}).status_code == 422
    _fill(work, planned, client, work.area.neighbour)
    assert client.post(f"{base}ket-thuc/{QUERY}").status_code == 302
    march.refresh_from_db()
    assert march.state == "done" and Task.objects.filter(origin="inspection").count() == 1
    assert "Ghi kết quả" not in _text(client.get(f"{base}{QUERY}"))


def test_a_round_without_findings_is_given_up_with_a_reason(work, planned, client_of):
    client = client_of(work.actor["office"])
    address = f"/kiem-tra/{planned.pk}/khong-tien-hanh/{QUERY}"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "mưa lũ"}).status_code == 302
    planned.refresh_from_db()
    assert planned.state == "cancelled"


def test_the_page_of_a_round_asks_the_same_questions_however_much_was_found(work, planned, client_of):
    client = client_of(work.actor["office"])
    _fill(work, planned, client, work.area.commune)
    client.get(f"/kiem-tra/{planned.pk}/{QUERY}")
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/kiem-tra/{planned.pk}/{QUERY}").status_code == 200
        counted.append(len(queries))
        for finding in InspectionFinding.objects.filter(result="lacking", task=None):
            words = {"what": "Khắc phục", "deadline_words": "Tháng 4"}
            client.post(f"/kiem-tra/{planned.pk}/ket-qua/{finding.pk}/giao-viec/{QUERY}", words)
        _fill(work, planned, client, work.area.neighbour)
        _fill(work, planned, client, work.area.commune)
        client.get(f"/kiem-tra/{planned.pk}/{QUERY}")  # what was said after a deed is told once
    assert counted[1] <= counted[0] + 1 and counted[0] <= 36  # one more: the times of the tasks that followed
