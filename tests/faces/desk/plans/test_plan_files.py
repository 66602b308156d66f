"""Trang văn bản của kế hoạch: papers beside the plan, the office's own template, PDF in the background, what went out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from test_plan_pages import client_of, page

from ntm.domain.documents.writing.content import WritingError
from ntm.domain.documents.writing.template_starter import starter
from ntm.records.archive.models import PdfPrint
from ntm.records.archive.printing import working
from ntm.records.archive.templates import services as templates
from ntm.records.planning.models import Plan
from ntm.records.planning.services import cells, duties, keeping, tasks, text
from records.planning.plan_world import ISSUED, ON, SET, World, build, issued, plan

pytestmark = pytest.mark.django_db
DAY, LATER = f"?ngay={ON.isoformat()}", f"?ngay={ISSUED.isoformat()}"
PDF = b"%PDF-1.4\n% one page\n%%EOF\n"


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def draft(world: World) -> Plan:
    made = plan(world, set_code=SET)
    text.add_basis(world.writer, made.pk, number="1600/QĐ-TTg", on=ON)
    text.add_section(world.writer, made.pk, label="I.", heading="MỤC ĐÍCH", text="- Nâng cao đời sống.", on=ON)
    text.set_recipients(world.writer, made.pk, ["UBND tỉnh", "Lưu: VT"], on=ON)
    duties.add_duty(world.writer, made.pk, body_words="Phòng Tài chính", text="Cân đối vốn.", on=ON)
    cells.set_cell(world.writer, made.pk, unit_id=world.area.commune, criterion_no=3, on=ON)
    work = tasks.TaskDraft("Kiểm tra tiến độ", lead="Văn phòng Điều phối", deadline_words="Tháng 3, 6, 9, 11")
    tasks.add(world.writer, made.pk, work, on=ON)
    return made


def words(content: bytes) -> str:
    file = Document(io.BytesIO(content))
    return "\n".join(one.text or "" for one in file.element.body.iter() if one.tag.endswith("}t"))


def test_every_paper_of_a_plan_is_got_from_its_page(world: World, draft: Plan) -> None:
    writer, base = client_of(world.writer), f"/ke-hoach/{draft.pk}/van-ban/"
    told = page(writer, f"{base}{DAY}")
    assert all(f"{base}{name}.docx" in told for name in ("ke-hoach", "quyet-dinh", "cong-van", "bao-cao"))
    said = {
        "quyet-dinh": ("QUYẾT ĐỊNH:", "1600/QĐ-TTg", "Điều 3. ", "Phòng Tài chính", "/QĐ-UBND"),
        "cong-van": ("góp ý dự thảo", "Phòng Tài chính", "1 nhiệm vụ", "các xã, thị trấn"),
        "bao-cao": ("BÁO CÁO", "Thủy lợi", "Đã đạt 0 trên 1", "tỉnh Lạng Sơn"),
    }
    for name, wanted in said.items():
        found = words(writer.get(f"{base}{name}.docx{DAY}").content)
        assert [one for one in wanted if one not in found] == [], name
    page(client_of(world.stranger), f"{base}{DAY}", status=403)
    page(client_of(world.stranger), f"{base}quyet-dinh.docx{DAY}", status=403)
    issued(world, draft.pk)
    read = page(client_of(world.stranger), f"{base}{LATER}")
    assert "Kiểm tra tiến độ" in words(client_of(world.stranger).get(f"{base}bao-cao.docx{LATER}").content)
    assert f"{base}bao-cao.docx" in read and "quyet-dinh" not in read and "cong-van" not in read
    page(client_of(world.stranger), f"{base}quyet-dinh.docx{LATER}", status=403)


def test_an_office_template_is_used_with_a_visible_choice(world: World, draft: Plan) -> None:
    who, client, base = world.writer, client_of(world.writer), f"/ke-hoach/{draft.pk}/van-ban/"
    assert "mẫu của đơn vị" not in page(client, f"{base}{DAY}")
    made = templates.offer(
        who, unit_id=world.area.district, kind="plan", content=starter(), file_name="mẫu huyện.docx", on=ON
    )
    templates.put_in_force(who, made.pk, since=ON, on=ON)
    told = page(client, f"{base}{DAY}")
    assert "mẫu của đơn vị" in told and "mau=chung" in told and "mẫu huyện, bản 1" in told
    own, common = (client.get(f"{base}ke-hoach.docx{DAY}{more}").content for more in ("", "&mau=chung"))
    assert own != common and "Kiểm tra tiến độ" in words(own) and "Kiểm tra tiến độ" in words(common)
    assert "mẫu huyện, bản 1" in _reviewed(world, draft)
    client_of(world.leader).post(
        f"/ke-hoach/{draft.pk}/ban-hanh/ghi/{LATER}",
        {"number": "15", "issued_on": "30/01/2018", "signer": "Người ký thử", "layout": ""},
    )
    version = draft.versions.get()
    assert version.template == made and version.file is not None and version.tables is not None


def _reviewed(world: World, draft: Plan) -> str:
    leader = client_of(world.leader)
    leader.post(f"/ke-hoach/{draft.pk}/ban-hanh/trinh-ky/{LATER}")
    return page(leader, f"/ke-hoach/{draft.pk}/ban-hanh/{LATER}")


def test_what_went_out_is_kept_with_its_hash_and_given_unchanged(world: World, draft: Plan) -> None:
    issued(world, draft.pk)
    keeping.keep(world.leader, draft.pk, on=ISSUED)
    version = draft.versions.get()
    assert version.file is not None and version.tables is not None
    client, base = client_of(world.stranger), f"/ke-hoach/{draft.pk}/van-ban"
    told = page(client, f"{base}/{LATER}")
    assert version.file.file.sha256[:12] in told and version.tables.file.sha256[:12] in told and "mẫu chung" in told
    first = {form: client.get(f"{base}.{form}{LATER}").content for form in ("docx", "xlsx")}
    draft.sections.update(text="đã đổi ở nơi khác")
    assert {form: client.get(f"{base}.{form}{LATER}").content for form in first} == first


def test_a_pdf_is_printed_in_the_background_and_served_again(
    world: World, draft: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "write_pdf", lambda content: PDF)
    client, address = client_of(world.writer), f"/ke-hoach/{draft.pk}/van-ban.pdf{DAY}"
    waiting = client.get(address)
    assert waiting.status_code == 302 and "/van-ban/in/ke-hoach/" in waiting["Location"]
    url = waiting["Location"]
    assert "Đang chờ đến lượt in" in page(client, url) and client.get(address)["Location"] == url
    steps = url.replace("/?", "/tien-do/?")
    assert "hx-get" in page(client, steps)
    page(client_of(world.stranger), url, status=403)
    working.work(PdfPrint.objects.get().pk)
    assert client.get(steps)["HX-Refresh"] == "true" and "Đã in xong" in page(client, url)
    for got in (client.get(url.replace("/?", "/van-ban.pdf?")), client.get(address)):
        assert got["Content-Type"] == "application/pdf" and got.content == PDF
    assert PdfPrint.objects.count() == 1
    text.add_section(world.writer, draft.pk, heading="Thêm", on=ON)
    assert client.get(address).status_code == 302 and PdfPrint.objects.count() == 2
    page(client, f"/ke-hoach/{draft.pk}/van-ban/in/ke-hoach/{'0' * 64}/{DAY}", status=404)


def test_a_pdf_that_fails_says_why(world: World, draft: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(content: bytes) -> bytes:
        raise WritingError("Máy này không có LibreOffice.")

    monkeypatch.setattr(working, "write_pdf", none)
    client = client_of(world.writer)
    url = client.get(f"/ke-hoach/{draft.pk}/van-ban.pdf{DAY}")["Location"]
    working.work(PdfPrint.objects.get().pk)
    told = page(client, url)
    assert "LibreOffice" in told and "In lại" in told


def test_the_page_asks_a_fixed_number_of_questions(world: World, draft: Plan) -> None:
    client, address = client_of(world.writer), f"/ke-hoach/{draft.pk}/van-ban/{DAY}"
    page(client, address)
    with CaptureQueriesContext(connection) as before:
        page(client, address)
    for at in range(6):
        text.add_section(world.writer, draft.pk, heading=f"Phần {at}", on=ON)
        made = templates.offer(
            world.writer, unit_id=world.area.district, kind="plan", file_name=f"m{at}.docx", on=ON,
            content=starter() + b" " * at,
        )  # fmt: skip
        templates.put_in_force(world.writer, made.pk, since=ON, on=ON)
    with CaptureQueriesContext(connection) as after:
        page(client, address)
    assert len(after) == len(before)
