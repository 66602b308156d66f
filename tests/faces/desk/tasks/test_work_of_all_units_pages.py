"""Việc của mọi đơn vị, phục vụ gì, lời nhắc tự chạy, lịch tuần, chọn nơi kiểm tra: what their pages show and refuse."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ntm.records.funding import works_rules
from ntm.records.funding.models import TaskWorks, Works
from ntm.records.planning.models import Inspection, Meeting, Occurrence, Task
from ntm.records.planning.services import progress, reminders
from ntm.records.standing import registry
from ntm.records.standing.models import Gap
from ntm.records.standing.services import gaps

DAY = date(2020, 3, 25)
QUERY = "?ngay=2020-03-25"


def _text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


@pytest.fixture
def shared(work: Any, with_set: Any) -> Task:
    """A task of every commune, drawn: the plan is amended by it."""
    work.amend()
    made: Task = work.add("Rà soát hộ nghèo", "Quý I/2020", lead="BCĐ xã", coordinating="")
    work.issue(2, DAY)
    return made


def _whole(task: Task) -> Occurrence:
    return Occurrence.objects.get(task=task, whole=None)


def _signed(work: Any) -> dict[str, Any]:
    user = work.actor["office"].user_id
    return {"recorded_by_id": user, "office": "Văn phòng", "recorded_at": timezone.now()}


def _gap(work: Any) -> Gap:
    row = registry.by_code("xa-ntm-2016-2020")
    values = {"criterion_no": 2, "text": "1,2 km đường thôn", "opened_on": date(2020, 1, 2)}
    values["key"] = gaps.search_key(str(values["text"]), 2)
    return Gap.objects.create(unit_id=work.area.commune, set=row, **values, **_signed(work))


def _works(work: Any) -> Works:
    values = {"code": "CT1", "name": "Đường trục thôn", "execution": "community", "total_cost": 900_000_000}
    values["key"] = works_rules.search_key(values["code"], values["name"])
    return Works.objects.create(unit_id=work.area.commune, on=date(2020, 1, 2), **values, **_signed(work))


def test_the_upper_office_sees_which_units_are_done_and_each_unit_its_own(work, shared, client_of):
    whole = _whole(shared)
    own = whole.of_units.get(of_unit=work.area.commune)
    commune = client_of(work.actor["commune"])
    listed = _text(commune.get(f"/viec/{QUERY}"))
    assert f"/viec/{own.pk}/" in listed and f"/viec/{whole.pk}/" not in listed and "phần của đơn vị mình" in listed
    mine = _text(commune.get(f"/viec/{own.pk}/{QUERY}"))
    assert "Xã Văn An" in mine and "Ghi tiến độ" in mine and "việc chung của mọi đơn vị" not in mine
    assert client_of(work.actor["neighbour"]).get(f"/viec/{own.pk}/{QUERY}").status_code == 403
    assert commune.post(f"/viec/{own.pk}/xong/{QUERY}", {"ket-qua": "Đã rà soát"}).status_code == 302
    office = client_of(work.actor["office"])
    told = _text(office.get(f"/viec/{whole.pk}/{QUERY}"))
    assert "1/2 đơn vị đã xong" in told and told.index("Xã Tràng Phái") < told.index("Xã Văn An")
    assert "1/2 đơn vị đã xong" in _text(office.get(f"/viec/{QUERY}&cua=don-vi"))
    assert "1/2 đơn vị đã xong" in _text(office.get(f"/ke-hoach/{work.plan.pk}/chuong-trinh/{QUERY}"))
    assert "việc chung của mọi đơn vị" in _text(office.get(f"/viec/{own.pk}/{QUERY}"))


def test_the_page_of_the_whole_asks_as_much_for_two_units_as_for_one(work, shared, client_of):
    client, address = client_of(work.actor["office"]), f"/viec/{_whole(shared).pk}/{QUERY}"
    client.get(address)
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted.append(len(queries))
        part = _whole(shared).of_units.get(of_unit=work.area.neighbour)
        if part.state == "open":
            progress.cancel(work.actor["office"], part.pk, reason="sáp nhập", on=DAY)
    assert abs(counted[0] - counted[1]) <= 1 and counted[0] <= 46


def test_words_for_all_units_are_told_as_they_are_typed(work, client_of):
    client = client_of(work.actor["office"])
    told = _text(client.get(f"/viec/co-quan/{QUERY}&lead=UBND+các+xã;+Công+an+huyện"))
    assert "mọi đơn vị dưới" in told and "chưa có trong danh bạ" in told
    assert "mọi đơn vị dưới" in _text(
        client.get(f"/ke-hoach/{work.plan.pk}/chuong-trinh/co-quan/{QUERY}&lead=BCĐ,+BQL+xã")
    )


def test_a_task_is_given_a_gap_and_works_in_its_form(work, with_set, client_of):
    gap, works, client = _gap(work), _works(work), client_of(work.actor["office"])
    work.amend()
    base = f"/ke-hoach/{work.plan.pk}/chuong-trinh/"
    assert "1,2 km đường thôn" in _text(client.get(f"{base}{QUERY}&them="))
    assert "1,2 km" in _text(client.get(f"{base}hang-muc/{QUERY}&tim-hang-muc=duong"))
    assert "1,2 km" not in _text(client.get(f"{base}hang-muc/{QUERY}&tim-hang-muc=cau+treo"))
    assert "CT1" in _text(client.get(f"{base}cong-trinh/{QUERY}&tim-cong-trinh=van+an"))
    values = {"what": "Làm đường", "deadline_words": "Quý II/2020", "lead": "Phòng Y tế", "works_shown": "1"}
    assert client.post(f"{base}ghi/{QUERY}", values | {"gap_id": gap.pk + 999}).status_code == 422
    again = client.post(f"{base}ghi/{QUERY}", values | {"xem": "1", "tim-hang-muc": "duong", "gap_id": gap.pk})
    assert re.search(rf'value="{gap.pk}" checked', _text(again))
    assert client.post(f"{base}ghi/{QUERY}", values | {"gap_id": gap.pk, "works_id": [works.pk]}).status_code == 302
    task = Task.objects.get(what="Làm đường")
    assert task.gap_id == gap.pk and TaskWorks.objects.get().works_id == works.pk
    edit = _text(client.get(f"{base}{QUERY}&sua={task.pk}"))
    assert re.search(rf'value="{gap.pk}" checked', edit) and re.search(rf'value="{works.pk}" checked', edit)
    work.issue(2, DAY)
    page = _text(client.get(f"/viec/{_whole(task).pk}/{QUERY}"))
    assert f"#tc-{gap.criterion_no}" in page and f"/nguon-luc/cong-trinh/{works.pk}/" in page
    unit = _text(client.get(f"/dia-ban/{work.area.commune}/{QUERY}&bo=xa-ntm-2016-2020"))
    assert "Làm đường" in unit
    assert "Làm đường" in _text(client.get(f"/nguon-luc/cong-trinh/{works.pk}/{QUERY}"))


def test_works_are_tied_to_a_task_under_way_by_who_gave_it(work, client_of):
    works, row = _works(work), Occurrence.objects.get(task=work.made["report"])
    address = f"/viec/{row.pk}/cong-trinh/"
    office = client_of(work.actor["office"])
    assert "CT1" in _text(office.get(f"{address}{QUERY}&tim-cong-trinh=duong"))
    assert client_of(work.actor["division"]).get(address + QUERY).status_code == 403
    assert client_of(work.actor["division"]).post(f"{address}ghi/{QUERY}", {"works_id": [works.pk]}).status_code == 403
    assert office.post(f"{address}ghi/{QUERY}", {"works_id": [works.pk + 99]}).status_code == 422
    assert office.post(f"{address}ghi/{QUERY}", {"works_id": [works.pk]}).status_code == 302
    assert TaskWorks.objects.get().task_id == row.task_id


def test_the_page_of_reminders_says_when_they_went_to_whom_and_when_next(work, client_of, settings):
    address = f"/viec/loi-nhac/{QUERY}"
    assert "chưa có lần nào" in _text(client_of(work.actor["office"]).get(address))
    reminders.run(DAY)
    text = _text(client_of(work.actor["office"]).get(address))
    assert "cho ngày 25/3/2020" in text and "Đã nhắc về việc do đơn vị giao" in text and "không có địa chỉ" in text
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    own = _text(client_of(work.actor["division"]).get(address))
    assert "không gửi thư ra ngoài" in own and "Đã nhắc về việc do đơn vị giao" not in own


def test_a_week_is_shown_beside_the_month(work, client_of):
    Meeting.objects.create(
        unit_id=work.area.district, title="Giao ban quý I", on=date(2020, 3, 27), since=date(2020, 1, 1), place="Hội trường",
        chair="Trưởng Ban", opened_by_id=work.actor["office"].user_id, office="VP", opened_at=timezone.now(),
    )  # fmt: skip
    client = client_of(work.actor["office"])
    text = _text(client.get(f"/viec/lich/{QUERY}&cua=don-vi&tuan=2020-03-25"))
    assert "Lịch tuần 23/3/2020 – 29/3/2020" in text and "Thứ sáu" in text and "Hội trường" in text
    before = _text(client.get(f"/viec/lich/{QUERY}&cua=don-vi&tuan=2020-03-18"))
    assert "Báo cáo kết quả rà soát" in before and "Phòng NN&amp;PTNT" in before
    assert client.get(f"/viec/lich/{QUERY}&tuan=hom-nay").status_code == 422
    assert "thang=2020-03" in text and "tuan=2020-03-25" in _text(client.get(f"/viec/lich/{QUERY}"))


def test_a_province_inspects_communes_by_district_each_by_its_own_list(work, with_set, client_of, holder):
    province = client_of(holder("coordination_office", work.area.province))
    form = _text(province.get(f"/kiem-tra/lap/{QUERY}"))
    assert form.index("Huyện Văn Quan") < form.index("Xã Tràng Phái") < form.index("Xã Văn An")
    values = {"title": "Kiểm tra quý I", "start": "25/3/2020", "end": "31/3/2020", "head": "Trưởng đoàn"}
    values |= {"danh-muc": "chua-dat", "don-vi": [work.area.commune, work.area.district]}
    assert province.post(f"/kiem-tra/lap/{QUERY}", values).status_code == 302
    visits = {one.unit_id: one for one in Inspection.objects.get().visits.all()}
    assert visits[work.area.commune].set.level == "xa" and len(visits[work.area.commune].criteria) == 19
    assert visits[work.area.district].set != visits[work.area.commune].set
    sheet = _text(province.get(f"/kiem-tra/{Inspection.objects.get().pk}/don-vi/{work.area.commune}/{QUERY}"))
    assert "chưa có số liệu" in sheet and "chưa đạt xếp trước" in sheet


def test_the_choice_of_units_asks_the_same_few_questions(work, with_set, client_of, holder):
    client = client_of(holder("coordination_office", work.area.province))
    client.get(f"/kiem-tra/lap/{QUERY}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/kiem-tra/lap/{QUERY}").status_code == 200
    assert len(queries) <= 40
