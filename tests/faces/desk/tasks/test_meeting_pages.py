"""Giao ban tại bàn: opened, one page of agenda, conclusions typed in place, held, minutes as docx and kept."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm.records.planning.models import Conclusion, Meeting, Occurrence, Task

QUERY = "?ngay=2020-04-06"
ON = date(2020, 4, 6)


def _text(response):
    return response.content.decode()


@pytest.fixture
def meeting(work, client_of):
    """Opened at the desk by the coordination office."""
    client = client_of(work.actor["office"])
    form = {"title": "Giao ban tháng 4", "held_on": "06/4/2020"}
    response = client.post(f"/giao-ban/mo/{QUERY}", form)
    made = Meeting.objects.get()
    assert response["Location"] == f"/giao-ban/{made.pk}/{QUERY}"
    return made


def test_a_meeting_is_opened_by_who_may_and_shown_to_who_reads(work, client_of, meeting):
    text = _text(client_of(work.actor["viewer"]).get(f"/giao-ban/{meeting.pk}/{QUERY}"))
    assert "Quá hạn" in text and "Báo cáo kết quả rà soát" in text and "quá 17 ngày" in text
    assert "Ghi kết luận" not in text and "Chốt cuộc họp" not in text
    assert client_of(work.actor["stranger"]).get(f"/giao-ban/{meeting.pk}/{QUERY}").status_code == 403
    assert client_of(work.actor["division"]).post(f"/giao-ban/mo/{QUERY}", {"title": "x"}).status_code == 403
    assert client_of(work.actor["office"]).get(f"/giao-ban/999/{QUERY}").status_code == 422
    wrong = client_of(work.actor["office"]).post(f"/giao-ban/mo/{QUERY}", {"title": "", "held_on": "6/4/2020"})
    assert wrong.status_code == 422 and "Ghi tên cuộc họp" in _text(wrong)


def test_conclusions_are_typed_in_place_and_become_tasks_when_held(work, client_of, meeting):
    client, base = client_of(work.actor["office"]), f"/giao-ban/{meeting.pk}/"
    late = Occurrence.objects.get(task=work.made["report"])
    form = _text(client.get(f"{base}{QUERY}&ve={late.pk}"))
    assert f'name="about_id" value="{late.pk}"' in form
    words = {"text": "Gửi báo cáo ngay", "lead": "", "deadline_words": "Chậm nhất 10/4/2020", "about_id": late.pk}
    refused = client.post(f"{base}ket-luan/{QUERY}", words)
    assert refused.status_code == 422 and "cơ quan chủ trì" in _text(refused)
    assert ">Gửi báo cáo ngay</textarea>" in _text(refused) and "10/4/2020</span>" in _text(refused).replace("\n", "")
    assert client.post(f"{base}ket-luan/{QUERY}", words | {"lead": "Phòng NN&PTNT"}).status_code == 302
    assert client.post(f"{base}ket-luan/{QUERY}", words | {"lead": "Phòng Y tế", "text": "Nhầm"}).status_code == 302
    assert client_of(work.actor["viewer"]).post(f"{base}ket-luan/{QUERY}", words | {"lead": "x"}).status_code == 403
    wrong = Conclusion.objects.get(text="Nhầm").pk
    assert client.post(f"{base}ket-luan/{wrong}/bo/{QUERY}").status_code == 302
    assert client.post(f"{base}chot/{QUERY}", {"chair": ""}).status_code == 422
    held = {"chair": "Chủ tịch UBND huyện", "secretary": "Văn phòng Điều phối", "place": "Phòng họp số 1"}
    assert client.post(f"{base}chot/{QUERY}", held | {"attendees": "Phòng NN&PTNT"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "held" and Task.objects.filter(origin="meeting").count() == 1
    assert Occurrence.objects.get(task__origin="meeting").due == date(2020, 4, 10)
    after = _text(client.get(f"{base}{QUERY}"))
    assert "Nội dung được giữ như khi chốt" in after and "Ghi kết luận" not in after
    assert client.post(f"{base}ket-luan/{QUERY}", words | {"lead": "x"}).status_code == 422
    given = Occurrence.objects.get(task__origin="meeting")
    assert "Từ kết luận" in _text(client_of(work.actor["division"]).get(f"/viec/{given.pk}/{QUERY}"))


def test_minutes_are_a_word_file_and_are_kept(work, client_of, meeting):
    client, base = client_of(work.actor["office"]), f"/giao-ban/{meeting.pk}/"
    draft = client.get(f"{base}bien-ban.docx{QUERY}")
    assert draft.status_code == 200 and "attachment" in draft["Content-Disposition"]
    assert client.post(f"{base}bien-ban/luu/{QUERY}").status_code == 422
    assert client.get(f"{base}bien-ban/da-luu/{QUERY}").status_code == 404
    client.post(f"{base}ket-luan/{QUERY}", {"text": "Gửi báo cáo ngay", "lead": "Phòng NN&PTNT"})
    client.post(f"{base}chot/{QUERY}", {"chair": "Chủ tịch UBND huyện"})
    assert client.post(f"{base}bien-ban/luu/{QUERY}").status_code == 302
    got = client.get(f"{base}bien-ban/da-luu/{QUERY}")
    paper = docx.Document(io.BytesIO(b"".join(got.streaming_content)))
    assert "Gửi báo cáo ngay" in "\n".join(one.text for one in paper.paragraphs)
    assert "Biên bản giao ban 2020-04-06.docx" in _text(client.get(f"/giao-ban/{QUERY}"))
    assert client_of(work.actor["stranger"]).get(f"{base}bien-ban.docx{QUERY}").status_code == 403


def test_the_agenda_asks_the_same_questions_however_long(work, client_of, meeting):
    client = client_of(work.actor["office"])
    client.get(f"/giao-ban/{meeting.pk}/{QUERY}")
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/giao-ban/{meeting.pk}/{QUERY}").status_code == 200
        counted.append(len(queries))
        rows = [Occurrence(task=work.made["report"], no=10 + at, due=date(2020, 2, 1 + at)) for at in range(12)]
        Occurrence.objects.bulk_create(rows, ignore_conflicts=True)
    assert counted[0] == counted[1] and counted[0] <= 45
