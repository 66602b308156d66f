"""Trang mẫu văn bản: starters and fields, upload with every fault told, tried on a plan, in force, retired; refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from faces.conftest import BACKEND
from ntm.domain.documents.writing.template_starter import starter
from ntm.domain.documents.writing.templates import check_template
from ntm.records.archive.models import OfficeTemplate
from ntm.records.archive.templates import services
from ntm.records.planning.models import Plan
from ntm.records.planning.services import meetings, text
from records.planning.plan_world import ON, World, build, plan

pytestmark = pytest.mark.django_db
DAY = f"?ngay={ON.isoformat()}"
LIST = f"/mau-van-ban/{DAY}"
KINDS = ("plan", "decision", "letter", "minutes", "report")


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def draft(world: World) -> Plan:
    made = plan(world)
    text.add_section(world.writer, made.pk, label="I.", heading="MỤC ĐÍCH", text="- Nâng cao đời sống.", on=ON)
    return made


def client_of(actor: Any) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id), backend=BACKEND)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return answer.content.decode()


def upload(client: Client, content: bytes, kind: str = "plan", status: int = 302) -> str:
    file = SimpleUploadedFile("mẫu huyện.docx", content)
    answer = client.post(LIST, {"kind": kind, "file": file, "name": ""})
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return answer["Location"] if status == 302 else answer.content.decode()


def word(*lines: str) -> bytes:
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def test_starters_and_fields_are_there_for_every_kind(world: World) -> None:
    client = client_of(world.commune)
    for kind in KINDS:
        made = client.get(f"/mau-van-ban/khoi-dau/{kind}.docx{DAY}")
        assert check_template(made.content, kind=kind)  # type: ignore[arg-type]
        assert "{{ so_ky_hieu }}" in page(client, f"/mau-van-ban/truong/{kind}/{DAY}")
        assert Document(io.BytesIO(client.get(f"/mau-van-ban/truong/{kind}.docx{DAY}").content)).tables
    page(client, f"/mau-van-ban/truong/tho/{DAY}", status=404)


def test_a_template_is_uploaded_tried_used_and_retired(world: World, draft: Plan) -> None:
    client = client_of(world.writer)
    one = upload(client, starter())
    told = page(client, one)
    assert (
        "trich_yeu" in told and "Mẫu in đủ các phần" in told and "chưa dùng" in told and f'value="{draft.pk}"' in told
    )
    made = OfficeTemplate.objects.get()
    base = f"/mau-van-ban/{made.pk}/"
    tried = client.get(f"{base}xem-thu.docx{DAY}&tu={draft.pk}")
    assert "I. MỤC ĐÍCH" in [line.text for line in Document(io.BytesIO(tried.content)).paragraphs]
    page(client, f"{base}xem-thu.docx{DAY}&tu=99999", status=422)
    assert client.get(f"{base}mau.docx{DAY}").content == starter()
    assert client.post(f"{base}dua-vao-dung/{DAY}", {"since": "01/01/2018"}).status_code == 422
    assert client.post(f"{base}dua-vao-dung/{DAY}", {"since": "20/01/2018"}).status_code == 302
    assert "đang dùng" in page(client, one) and "mẫu huyện" in page(client, LIST)
    assert "đã là mẫu bản 1" in upload(client, starter(), status=422)
    assert client.post(f"{base}bo/{DAY}").status_code == 422
    assert client.post(f"{base}thoi-dung/{DAY}", {"until": "21/01/2018", "reason": ""}).status_code == 422
    assert client.post(f"{base}thoi-dung/{DAY}", {"until": "21/01/2018", "reason": "Đổi"}).status_code == 302
    assert "đã thôi dùng" in page(client, f"{base}?ngay=2018-01-21")


def test_faults_are_told_with_field_and_place(world: World) -> None:
    told = upload(client_of(world.writer), word("Số {{ so_kyhieu }}", "{{ abcxyz }}"), status=422)
    assert "đoạn 1" in told and "có phải “so_ky_hieu” không" in told and "Không có trường “abcxyz”" in told
    assert "Phần ấy sẽ không in" not in told and not OfficeTemplate.objects.exists()
    assert "Mẫu không có các trường sau" in page(
        client_of(world.writer), upload(client_of(world.writer), word("{{ trich_yeu }}"))
    )


def test_a_template_of_minutes_is_tried_on_a_meeting(world: World) -> None:
    meeting = meetings.open_meeting(
        world.writer, unit_id=world.area.district, title="Giao ban tháng 1", held_on=ON, on=ON
    )
    client = client_of(world.writer)
    upload(client, starter("minutes"), "minutes")
    made = OfficeTemplate.objects.get()
    tried = client.get(f"/mau-van-ban/{made.pk}/xem-thu.docx{DAY}&tu={meeting.pk}")
    assert "Giao ban tháng 1" in [line.text for line in Document(io.BytesIO(tried.content)).paragraphs]
    services.put_in_force(world.writer, made.pk, since=ON, on=ON)
    address = f"/giao-ban/{meeting.pk}/"
    told = page(client, f"{address}{DAY}")
    assert "mau=chung" in told
    own, common = (client.get(f"{address}bien-ban.docx{DAY}{more}").content for more in ("", "&mau=chung"))
    assert own != common and own[:2] == b"PK"


def test_strangers_read_and_change_nothing(world: World) -> None:
    upload(client_of(world.writer), starter())
    made = OfficeTemplate.objects.get()
    stranger, viewer = client_of(world.stranger), client_of(world.viewer)
    assert 'type="file"' not in page(stranger, f"{LIST}&don-vi={world.area.district}")
    assert "Đưa vào dùng" not in page(stranger, f"/mau-van-ban/{made.pk}/{DAY}")
    assert stranger.post(f"/mau-van-ban/{made.pk}/dua-vao-dung/{DAY}", {"since": ""}).status_code == 403
    assert stranger.post(f"{LIST}&don-vi={world.area.district}", {"kind": "plan"}).status_code == 403
    page(viewer, f"/mau-van-ban/{made.pk}/{DAY}", status=403)
    page(stranger, f"/mau-van-ban/{made.pk + 9}/{DAY}", status=404)


def test_the_list_asks_a_fixed_number_of_questions(world: World) -> None:
    client = client_of(world.writer)
    upload(client, starter())
    page(client, LIST)
    with CaptureQueriesContext(connection) as before:
        page(client, LIST)
    for at in range(1, 6):
        upload(client, starter() + b" " * at)
    page(client, LIST)
    with CaptureQueriesContext(connection) as after:
        page(client, LIST)
    assert len(after) == len(before)
