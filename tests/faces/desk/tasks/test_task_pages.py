"""Nhiệm vụ tại bàn: lists, one task with all that may be done, the work programme, calendar and keys, responsibility."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faces.desk.working_world import PDF
from ntm.records.planning.models import (
    FeedKey,
    Occurrence,
    PersonPart,
    PlanVersion,
    ProgressNote,
    Reminder,
    Task,
    TaskGroup,
)
from ntm.records.planning.services import reminders, tasks

ON = date(2020, 3, 25)
QUERY = "?ngay=2020-03-25"


def _times(work, name="report"):
    return Occurrence.objects.filter(task=work.made[name]).order_by("due", "pk")


def _report(work):
    return _times(work).get()


def _text(response):
    return response.content.decode()


# --- lists ---------------------------------------------------------------------------------------------------------


def test_the_list_of_my_body_counts_and_tells_what_is_late(work, client_of):
    client = client_of(work.actor["division"])
    text = _text(client.get(f"/viec/{QUERY}"))
    assert "Phòng Nông nghiệp và Phát triển nông thôn" in text and "quá 5 ngày" in text and "còn 6 ngày" in text
    assert re.search(r'Quá hạn <span class="count">1</span>', text)
    late = _text(client.get(f"/viec/{QUERY}&xem=qua-han"))
    assert "Báo cáo kết quả rà soát" in late and "Tuyên truyền" not in late
    assert "Tuyên truyền" in _text(client.get(f"/viec/{QUERY}&xem=thuong-xuyen"))
    assert "Báo cáo" not in _text(client.get(f"/viec/{QUERY}&vai=coordinating&xem=tat-ca"))
    assert "Báo cáo" in _text(client_of(work.actor["commune"]).get(f"/viec/{QUERY}&vai=coordinating"))


@pytest.mark.parametrize(("who", "address"), [("division", "/viec/"), ("office", "/viec/"), ("stranger", "/viec/")])
def test_lists_ask_the_same_few_questions_however_long(work, client_of, who, address):
    client = client_of(work.actor[who])
    client.get(f"{address}{QUERY}&cua=don-vi")
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{address}{QUERY}&cua=don-vi").status_code == 200
        counted.append(len(queries))
        drafts = [
            tasks.TaskDraft(what=f"Việc {at}", deadline_words="Tháng 5", lead="Phòng NN&PTNT") for at in range(30)
        ]
        for draft in drafts[: 30 if _round == 0 else 0]:
            tasks.give(work.actor["office"], draft, unit_id=work.area.district, origin="meeting", on=ON, year=2020)
    assert counted[0] == counted[1] and counted[0] <= 32


def test_the_unit_has_a_tab_of_its_work_and_a_stranger_is_refused(work, client_of):
    address = f"/dia-ban/{work.area.district}/nhiem-vu/{QUERY}"
    text = _text(client_of(work.actor["viewer"]).get(address))
    assert "Báo cáo kết quả rà soát" in text and "Báo nhanh" not in text
    assert client_of(work.actor["stranger"]).get(address).status_code == 403


def test_quick_words_from_the_list(work, client_of):
    row, client = _report(work), client_of(work.actor["division"])
    address = f"/viec/{row.pk}/bao-nhanh/{QUERY}&xem=qua-han"
    assert client.post(address, {"viec": "dang-lam"})["Location"] == f"/viec/{QUERY}&xem=qua-han"
    refused = client.post(address, {"viec": "xong", "loi": " "})
    assert refused.status_code == 422 and "Ghi kết quả" in _text(refused)
    assert client_of(work.actor["health"]).post(address, {"viec": "xong", "loi": "x"}).status_code == 403
    assert client.post(address, {"viec": "xong", "loi": "Đã gửi báo cáo"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.result, row.ended_on) == ("done", "Đã gửi báo cáo", ON)
    assert client.post(f"/viec/{row.pk}/bao-nhanh/?ngay=2099-01-01", {"viec": "dang-lam"}).status_code == 422


# --- one task ------------------------------------------------------------------------------------------------------


def test_a_task_tells_who_does_what_for_what(work, with_set, client_of):
    row = _times(work, "inspect")[0]
    text = _text(client_of(work.actor["division"]).get(f"/viec/{row.pk}/{QUERY}"))
    for told in ("Phòng NN&amp;PTNT", "BCĐ huyện", "BCĐ xã Văn An", "2 Giao thông", "Các kỳ khác", "Tháng 3, 6, 9, 11"):
        assert told in text, told
    assert "Ghi tiến độ" in text and "Không thực hiện việc này nữa" not in text
    giver = _text(client_of(work.actor["office"]).get(f"/viec/{row.pk}/{QUERY}"))
    assert "Không thực hiện việc này nữa" in giver and "Lập đợt kiểm tra cho kỳ này" in giver
    assert client_of(work.actor["stranger"]).get(f"/viec/{row.pk}/{QUERY}").status_code == 403
    assert client_of(work.actor["office"]).get(f"/viec/999999/{QUERY}").status_code == 422


def test_progress_with_a_file_then_done_then_opened_again(work, client_of):
    row, client = _report(work), client_of(work.actor["division"])
    base = f"/viec/{row.pk}/"
    wrong = client.post(f"{base}tien-do/{QUERY}", {"loi": "Đã làm", "phan-tram": "nhiều"})
    assert wrong.status_code == 422 and "“nhiều” không phải số" in _text(wrong) and ">Đã làm</textarea>" in _text(wrong)
    file = SimpleUploadedFile("bao-cao.pdf", PDF)
    sent = {"loi": "Đã có số liệu 5 xã", "phan-tram": "60%", "tep": file}
    assert client.post(f"{base}tien-do/{QUERY}", sent).status_code == 302
    note = ProgressNote.objects.get()
    assert (note.percent, note.files.count()) == (60, 1)
    text = _text(client.get(f"{base}{QUERY}"))
    assert "Đã có số liệu 5 xã" in text and "bao-cao.pdf" in text
    got = client.get(f"{base}tep/{note.files.get().pk}/{QUERY}")
    assert got.status_code == 200 and b"".join(got.streaming_content) == PDF
    assert client_of(work.actor["stranger"]).get(f"{base}tep/{note.files.get().pk}/{QUERY}").status_code == 403
    assert client.get(f"{base}tep/999/{QUERY}").status_code == 404
    done = {"ket-qua": "Xong", "so-van-ban": "32/BC-PNN"}
    assert client.post(f"{base}xong/{QUERY}", done).status_code == 302
    assert "32/BC-PNN" in _text(client.get(f"{base}{QUERY}"))
    assert client.post(f"{base}mo-lai/{QUERY}", {"reason": ""}).status_code == 422
    assert client.post(f"{base}mo-lai/{QUERY}", {"reason": "Thiếu 2 xã"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "started"


def test_a_coordinating_body_confirms_its_part_and_no_other(work, client_of):
    row = _report(work)
    part = work.made["report"].bodies.get(part="coordinating").pk
    address, words = f"/viec/{row.pk}/phoi-hop/{QUERY}", {"co-quan": part, "loi": "Xã đã gửi số liệu"}
    assert client_of(work.actor["health"]).post(address, words).status_code == 422
    commune = client_of(work.actor["commune"])
    assert "Xác nhận đã xong phần này" in _text(commune.get(f"/viec/{row.pk}/{QUERY}"))
    assert commune.post(address, words).status_code == 302
    assert "Xã đã gửi số liệu" in _text(commune.get(f"/viec/{row.pk}/{QUERY}"))


def test_a_lead_shares_and_splits(work, client_of):
    row, client = _report(work), client_of(work.actor["division"])
    colleague = work.actor["colleague"].user_id
    address = f"/viec/{row.pk}/giao/{QUERY}"
    late = client.post(address, {"nguoi": colleague, "loi": "Tổng hợp", "han": "30/3/2020"})
    assert late.status_code == 422 and "sau hạn của việc" in _text(late) and 'value="Tổng hợp"' in _text(late)
    assert client.post(address, {"nguoi": colleague, "loi": "Tổng hợp"}).status_code == 302
    part = PersonPart.objects.get()
    mine = client_of(work.actor["colleague"])
    assert "Báo cáo kết quả rà soát" in _text(mine.get(f"/viec/{QUERY}&cua=toi"))
    assert client_of(work.actor["stranger"]).post(f"/viec/phan/{part.pk}/xong/{QUERY}").status_code == 403
    assert client.post(f"/viec/{row.pk}/xong/{QUERY}", {"ket-qua": "x"}).status_code == 422
    assert mine.post(f"/viec/phan/{part.pk}/xong/{QUERY}", {"loi": "Đã tổng hợp"}).status_code == 302
    assert client.post(f"/viec/{row.pk}/chia/{QUERY}", {}).status_code == 422
    smaller = {"viec-1": "Thu số liệu", "chu-tri-1": "BCĐ xã Văn An", "han-1": "Chậm nhất 19/3/2020"}
    assert client.post(f"/viec/{row.pk}/chia/{QUERY}", smaller).status_code == 302
    assert "Thu số liệu" in _text(client.get(f"/viec/{row.pk}/{QUERY}"))
    small = Occurrence.objects.get(task__what="Thu số liệu")
    assert "Thuộc việc" in _text(client_of(work.actor["commune"]).get(f"/viec/{small.pk}/{QUERY}"))


def test_only_the_giver_gives_up(work, client_of):
    row = _report(work)
    address, reason = f"/viec/{row.pk}/khong-lam/{QUERY}", {"reason": "Gộp vào báo cáo năm"}
    assert client_of(work.actor["division"]).post(address, reason).status_code == 403
    assert client_of(work.actor["office"]).post(address, reason).status_code == 302
    assert "Gộp vào báo cáo năm" in _text(client_of(work.actor["office"]).get(f"/viec/{row.pk}/{QUERY}"))


def test_a_task_page_asks_few_questions(work, client_of):
    client, row = client_of(work.actor["office"]), _times(work, "inspect")[0]
    client.get(f"/viec/{row.pk}/{QUERY}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/viec/{row.pk}/{QUERY}").status_code == 200
    assert len(queries) <= 45


# --- the work programme of a plan ------------------------------------------------------------------------------------


@pytest.fixture
def draft(work):
    """The same plan, being amended."""
    PlanVersion.objects.create(plan=work.plan, no=2, title="Điều chỉnh", issuer="UBND huyện", place="Văn Quan")
    return f"/ke-hoach/{work.plan.pk}/chuong-trinh/"


def test_a_draft_s_programme_is_edited_in_place(work, draft, client_of):
    client = client_of(work.actor["office"])
    named = {"no": "I", "name": "Quý II", "deadline_words": "Quý II/2020"}
    assert client.post(f"{draft}nhom/{QUERY}", named).status_code == 302
    group = TaskGroup.objects.get()
    assert "01/4/2020 – 30/6/2020" in _text(client.get(f"{draft}{QUERY}"))
    values = {
        "what": "Mở lớp tập huấn",
        "group_id": group.pk,
        "lead": "Phòng NN&PTNT; Hội Nông dân",
        "criteria": "2; 13",
    }
    assert client.post(f"{draft}ghi/{QUERY}", values).status_code == 302
    made = Task.objects.get(what="Mở lớp tập huấn")
    assert (made.criteria, made.bodies.count(), made.last_due) == ([2, 13], 2, date(2020, 6, 30))
    form = _text(client.get(f"{draft}{QUERY}&sua={made.pk}"))
    assert "Ghi sửa đổi" in form and 'value="Phòng NN&amp;PTNT; Hội Nông dân"' in form
    changed = values | {"deadline_words": "Tháng 5", "what": "Mở hai lớp tập huấn"}
    assert client.post(f"{draft}ghi/{QUERY}&sua={made.pk}", changed).status_code == 302
    made.refresh_from_db()
    assert (made.what, made.last_due) == ("Mở hai lớp tập huấn", date(2020, 5, 31))
    assert client.post(f"{draft}nhom/{group.pk}/bo/{QUERY}").status_code == 422
    assert client.post(f"{draft}{made.pk}/bo/{QUERY}").status_code == 302
    assert client.post(f"{draft}nhom/{group.pk}/bo/{QUERY}").status_code == 302
    assert not TaskGroup.objects.in_version(2).exists()


def test_what_is_wrong_stays_typed_and_the_days_are_shown_without_scripts(work, draft, client_of):
    client = client_of(work.actor["office"])
    wrong = client.post(f"{draft}ghi/{QUERY}", {"what": "Mở lớp", "deadline_words": "Trước 31/02/2020"})
    assert wrong.status_code == 422 and "không hiểu được" in _text(wrong) and ">Mở lớp</textarea>" in _text(wrong)
    look = client.post(f"{draft}ghi/{QUERY}", {"what": "Họp", "deadline_words": "Tháng 3, 6", "xem": "1"})
    assert look.status_code == 200 and "Hiểu là: 01/3/2020 – 31/3/2020; 01/6/2020 – 30/6/2020" in _text(look)
    assert not Task.objects.filter(what="Họp").exists()
    bad = client.post(f"{draft}ghi/{QUERY}", {"what": "Họp", "criteria": "hai"})
    assert bad.status_code == 422 and "không hiểu “hai”" in _text(bad)
    live = client.get("/viec/thoi-han/?nam=2020&deadline_words=Quý I/2020", HTTP_HX_REQUEST="true")
    assert "01/01/2020 – 31/3/2020" in _text(live)
    known = client.get(f"{draft}co-quan/{QUERY}&lead=Phòng NN%26PTNT; Hội Người mù", HTTP_HX_REQUEST="true")
    assert "✓" in _text(known) and "chưa có trong danh bạ" in _text(known)


def test_tasks_are_moved_up_and_down(work, draft, client_of):
    client, last = client_of(work.actor["office"]), work.made["always"].pk
    assert client.post(f"{draft}{last}/chuyen/{QUERY}", {"huong": "len"}).status_code == 302
    shown = _text(client.get(f"{draft}{QUERY}"))
    assert shown.index("Tuyên truyền") < shown.index("Báo cáo kết quả")
    first = work.made["inspect"].pk
    assert client.post(f"{draft}{first}/chuyen/{QUERY}", {"huong": "len"}).status_code == 422


def test_an_issued_programme_is_followed_and_not_edited(work, client_of):
    address = f"/ke-hoach/{work.plan.pk}/chuong-trinh/"
    text = _text(client_of(work.actor["division"]).get(f"{address}{QUERY}"))
    assert "Tiến độ theo nhóm" in text and "0/4 kỳ đã xong" in text and "Thêm nhiệm vụ" not in text
    assert client_of(work.actor["division"]).post(f"{address}ghi/{QUERY}", {"what": "x"}).status_code in (403, 422)
    assert not Task.objects.filter(what="x").exists()


def test_a_stranger_neither_sees_nor_changes_a_draft(work, draft, client_of):
    PlanVersion.objects.filter(no=1).delete()
    client = client_of(work.actor["stranger"])
    assert client.get(f"{draft}{QUERY}").status_code == 403
    assert client.post(f"{draft}ghi/{QUERY}", {"what": "x"}).status_code == 403
    assert not Task.objects.filter(what="x").exists()


# --- calendar, responsibility, reminders -----------------------------------------------------------------------------


def test_the_month_and_a_key_for_a_calendar_program(work, client_of):
    client = client_of(work.actor["division"])
    text = _text(client.get(f"/viec/lich/{QUERY}"))
    assert "Lịch tháng 3/2020" in text and "Báo cáo kết quả rà soát" in text and "thang=2020-02" in text
    assert client.get(f"/viec/lich/{QUERY}&thang=2020-13").status_code == 422
    made = _text(client.post(f"/viec/lich/khoa/{QUERY}", {"co-quan": work.body["division"].pk}))
    address = re.search(r"/lich/[\w-]+\.ics", made)
    assert address and "chỉ hiện lần này" in made
    feed = Client().get(address[0])
    assert feed.status_code == 200 and feed["Content-Type"].startswith("text/calendar")
    assert feed.content.startswith(b"BEGIN:VCALENDAR")
    assert address[0] not in _text(client.get(f"/viec/lich/{QUERY}"))
    key = FeedKey.objects.get().pk
    assert client_of(work.actor["health"]).post(f"/viec/lich/khoa/{key}/rut/{QUERY}").status_code == 422
    assert client.post(f"/viec/lich/khoa/{key}/rut/{QUERY}").status_code == 302
    assert Client().get(address[0]).status_code == 404
    assert (
        client_of(work.actor["stranger"])
        .post(f"/viec/lich/khoa/{QUERY}", {"co-quan": work.body["division"].pk})
        .status_code
        == 403
    )


def test_responsibility_by_body_with_its_bar(work, client_of):
    text = _text(client_of(work.actor["leader"]).get(f"/viec/trach-nhiem/{QUERY}"))
    assert "Phòng Nông nghiệp và Phát triển nông thôn" in text and "1 quá hạn" in text and "width:" in text
    plan = _text(client_of(work.actor["leader"]).get(f"/viec/trach-nhiem/{QUERY}&ke-hoach={work.plan.pk}"))
    assert "Kế hoạch năm 2020" in plan
    assert (
        client_of(work.actor["stranger"]).get(f"/viec/trach-nhiem/{QUERY}&don-vi={work.area.district}").status_code
        == 403
    )
    assert client_of(work.actor["leader"]).get(f"/viec/trach-nhiem/{QUERY}&tu=1/5/2020&den=1/4/2020").status_code == 422


def test_reminders_are_read_once(work, client_of):
    reminders.send(ON, lambda _to, _subject, _text: None)
    client = client_of(work.actor["division"])
    text = _text(client.get(f"/viec/loi-nhac/{QUERY}"))
    ids = re.findall(r'name="nhac" value="(\d+)"', text)
    assert ids and "đã quá hạn" in text
    assert client.post(f"/viec/loi-nhac/da-xem/{QUERY}", {"nhac": ids}).status_code == 302
    assert not Reminder.objects.filter(user_id=work.actor["division"].user_id, seen_at=None).exists()


def test_the_desk_tells_my_body_s_work_and_reminders(work, client_of):
    reminders.send(ON, lambda _to, _subject, _text: None)
    text = _text(client_of(work.actor["division"]).get(f"/{QUERY}"))
    assert "Nhiệm vụ của cơ quan tôi" in text and "1 việc quá hạn" in text and "2 lời nhắc chưa xem" in text
    assert "việc quá hạn" not in _text(client_of(work.actor["stranger"]).get(f"/{QUERY}"))
