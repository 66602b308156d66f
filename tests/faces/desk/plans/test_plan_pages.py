"""Trang kế hoạch: each page works, is refused to a stranger, asks a fixed number of questions; the plan's way by its pages."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from document_world import uploaded
from faces.conftest import BACKEND
from ntm.domain.documents.checking.model import Finding
from ntm.domain.instruments import InForce
from ntm.faces.desk.rooms.law.words import IN_FORCE
from ntm.faces.desk.rooms.plans.ordering import moved
from ntm.records.archive.documents import queries as documents
from ntm.records.archive.documents import services as reading
from ntm.records.audit.models import Entry
from ntm.records.people.authority import Denied
from ntm.records.planning import checkable
from ntm.records.planning.models import Plan, PlanMoney, PlanSection, PlanState, VersionState
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cells, comments, duties, issuing, money, plans, text
from records.planning.plan_world import ON, SET, World, build, issued, plan

pytestmark = pytest.mark.django_db
DAY = f"?ngay={ON.isoformat()}"
HTMX = {"HTTP_HX_REQUEST": "true"}
HIGH = Finding("two-views", "high", "Xã Vân Mộng được giao tiêu chí 3 nhưng danh sách không có tên.", "2", "3")
PAGES = ("", "gop-y/", "kiem-tra/", "lich-su/", "ban-hanh/")


def client_of(actor: Any) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id), backend=BACKEND)
    return client


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def draft(world: World) -> Plan:
    """The district's draft with something in each part."""
    made = plan(world)
    told = {"on": ON, "text": "- Nâng cao đời sống.\n- Giữ vững tiêu chí đã đạt."}
    text.add_section(world.writer, made.pk, label="I.", heading="MỤC ĐÍCH, YÊU CẦU", **told)
    text.add_section(world.writer, made.pk, label="1.", heading="Mục đích", depth=2, on=ON)
    text.add_section(world.writer, made.pk, label="II.", heading="NHIỆM VỤ", on=ON, slot="tasks")
    text.set_recipients(world.writer, made.pk, ["UBND tỉnh", "Lưu: VT"], on=ON)
    duties.add_duty(world.writer, made.pk, body_words="Phòng NN&PTNT", text="Tham mưu", criteria=[3], on=ON)
    whole = money.Amount("source", "Tổng nguồn lực", stated=30_000_000_000)
    top = money.add_money(world.writer, made.pk, whole, on=ON)
    part = money.Amount("source", "Ngân sách tỉnh", amount=28_000_000_000, parent_id=top.pk)
    money.add_money(world.writer, made.pk, part, on=ON)
    return made


def page(client: Client, address: str, *, status: int = 200, **headers: str) -> str:
    answer = client.get(address, **headers)
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return answer.content.decode()


def post(client: Client, address: str, *, status: int = 302, **values: Any) -> str:
    answer = client.post(f"{address}{DAY}", values)
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return answer.content.decode()


def test_the_list_tells_what_waits_and_is_narrowed(world: World, draft: Plan) -> None:
    text_of = page(client_of(world.writer), f"/ke-hoach/{DAY}")
    assert "Huyện Văn Quan · xây dựng nông thôn mới 2018" in text_of and "Đang soạn" in text_of
    assert "Lập kế hoạch" in text_of
    assert "Không có kế hoạch nào khớp" in page(client_of(world.writer), f"/ke-hoach/{DAY}&nam=2016")
    for asked in (world.area.district, "Văn Quan"):
        assert "Không có kế hoạch nào khớp" not in page(client_of(world.writer), f"/ke-hoach/{DAY}&don-vi={asked}")
    assert "Chưa có kế hoạch nào" in page(client_of(world.stranger), f"/ke-hoach/{DAY}")
    assert "Chưa có kế hoạch nào" in page(client_of(world.writer), "/ke-hoach/?ngay=2017-06-01")
    plans.review(world.writer, draft.pk, on=ON)
    assert "Chờ ký" in page(client_of(world.leader), f"/ke-hoach/{DAY}")
    assert "chưa góp ý" in page(client_of(world.commune), f"/ke-hoach/{DAY}")


def test_every_page_shows_the_draft_and_refuses_a_stranger(world: World, draft: Plan) -> None:
    writer, stranger = client_of(world.writer), client_of(world.stranger)
    for name in PAGES:
        address = f"/ke-hoach/{draft.pk}/{name}{DAY}"
        assert "Huyện Văn Quan" in page(writer, address)
        assert "chưa ban hành" in page(stranger, address, status=403)
    told = page(writer, f"/ke-hoach/{draft.pk}/{DAY}")
    for words in ("MỤC ĐÍCH, YÊU CẦU", "28 tỷ đồng", "khác số cộng", "Phòng NN&amp;PTNT", "Lưu: VT", "tổng các khoản"):
        assert words in told
    page(writer, f"/ke-hoach/{draft.pk + 99}/{DAY}", status=404)
    page(writer, f"/ke-hoach/{draft.pk}/{DAY}&lan=7", status=404)


def test_a_plan_page_asks_a_fixed_number_of_questions(world: World, draft: Plan) -> None:
    client = client_of(world.writer)

    def asked(address: str) -> int:
        page(client, address)
        with CaptureQueriesContext(connection) as seen:
            page(client, address)
        return len(seen)

    text.add_basis(world.writer, draft.pk, number="0/QĐ-UBND", issuer="UBND huyện", on=ON)
    before = {address: asked(address) for address in (f"/ke-hoach/{DAY}", f"/ke-hoach/{draft.pk}/{DAY}")}
    for at in range(1, 12):
        text.add_section(world.writer, draft.pk, heading=f"Phần {at}", on=ON)
        text.add_basis(world.writer, draft.pk, number=f"{at}/QĐ-UBND", issuer="UBND huyện", on=ON)
        plan(world, year=2019 + at)
    assert {address: asked(address) for address in before} == before


def test_a_plan_is_begun_in_three_ways(world: World, draft: Plan) -> None:
    client = client_of(world.writer)
    page(client_of(world.sector), f"/ke-hoach/lap/{DAY}", status=403)
    assert "Soạn mới" in page(client, f"/ke-hoach/lap/{DAY}")
    given = {"cach": "moi", "unit": world.area.district, "kind": "duy_tri", "year": "2018", "set": SET}
    post(client, "/ke-hoach/lap/", **given)
    assert Plan.objects.get(kind="duy_tri").set.code == SET
    assert "đã có kế hoạch" in post(client, "/ke-hoach/lap/", status=422, **given)
    assert "Chọn một cách" in post(client, "/ke-hoach/lap/", status=422)
    post(client, "/ke-hoach/lap/", cach="nam-truoc", **{"ke-hoach": draft.pk, "nam": "2019"})
    assert Plan.objects.get(copied_from=draft).sections.count() == 3
    assert "bốn chữ số" in post(
        client, "/ke-hoach/lap/", status=422, cach="nam-truoc", **{"ke-hoach": draft.pk, "nam": "x"}
    )


def test_a_plan_is_begun_from_what_was_confirmed_of_a_document(world: World) -> None:
    document = uploaded(world.writer, world.area.district)
    light = documents.light(world.writer, document.pk, document.on)
    items = list(document.current.items.values_list("pk", flat=True))
    reading.decide_items(world.writer, light, items, "accepted", on=document.on)
    reading.confirm(world.writer, light, on=document.on)
    client, day = client_of(world.writer), f"?ngay={document.on.isoformat()}"
    assert f'value="{document.pk}"' in page(client, f"/ke-hoach/lap/{day}")
    answer = client.post(f"/ke-hoach/lap/{day}", {"cach": "van-ban", "van-ban": document.pk}, follow=True)
    made = Plan.objects.get(document=document)
    assert answer.status_code == 200 and "Đã lập dự thảo từ văn bản" in answer.content.decode()
    assert made.sections.exists()


def test_a_section_is_edited_in_place_added_moved_and_taken_out(world: World, draft: Plan) -> None:
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}/de-muc"
    first, _below, last = PlanSection.objects.filter(plan=draft).order_by("order")
    assert 'name="text"' in page(client, f"{base}/{first.pk}/{DAY}", **HTMX)
    values = {"label": "I.", "heading": "MỤC ĐÍCH", "text": "- Đời sống tốt hơn.", "depth": 1, "slot": ""}
    answer = client.post(f"{base}/{first.pk}/{DAY}", values, **HTMX)
    assert (
        answer.status_code == 200
        and "Đời sống tốt hơn" in answer.content.decode()
        and "đã lưu" in answer.content.decode()
    )
    assert "Ghi đề mục" in post(client, f"{base}/{first.pk}/", status=422, **values | {"heading": "", "text": ""})
    post(client, f"{base}/{last.pk}/chuyen/", huong="len")
    assert list(draft.sections.order_by("order").values_list("label", flat=True)) == ["II.", "I.", "1."]
    assert "đứng đầu" in post(client, f"{base}/{last.pk}/chuyen/", status=422, huong="len")
    post(client, f"{base}/them/", **values | {"heading": "TỔ CHỨC"})
    post(client, f"{base}/{last.pk}/bo/")
    assert not draft.sections.in_version(1).filter(pk=last.pk).exists()
    page(client_of(world.commune), f"{base}/{first.pk}/{DAY}", status=403)


def test_duties_money_recipients_and_head_are_edited(world: World, draft: Plan) -> None:
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}"
    duty, top = draft.duties.get(), PlanMoney.objects.get(plan=draft, parent=None)
    given = {"body_words": "Phòng Tài chính", "text": "Cân đối vốn", "criteria": "3, 4"}
    post(client, f"{base}/phan-cong/{duty.pk}/", **given)
    duty.refresh_from_db()
    assert duty.criteria == [3, 4]
    assert "không phải số" in post(client, f"{base}/phan-cong/{duty.pk}/", status=422, **given | {"criteria": "ba"})
    assert "không có tiêu chí 99" in post(
        client, f"{base}/phan-cong/{duty.pk}/", status=422, **given | {"criteria": "99"}
    )
    page(client, f"{base}/khoan-tien/them/{DAY}&phia=source&thuoc={top.pk}")
    post(client, f"{base}/khoan-tien/them/", role="source", what="Nhân dân góp", amount="2 tỷ", parent_id=top.pk)
    assert "khác số cộng" not in page(client, f"{base}/{DAY}")
    assert "thiếu đơn vị" in post(
        client, f"{base}/khoan-tien/{top.pk}/", status=422, role="source", what="Tổng", amount="17"
    )
    page(client, f"{base}/khoan-tien/{top.pk}/{DAY}")
    post(client, f"{base}/noi-nhan/", lines="UBND tỉnh;\nCác xã")
    assert [row.words for row in draft.recipients.in_version(1).order_by("order")] == ["UBND tỉnh", "Các xã"]
    head = {"title": "Kế hoạch 2018", "issuer": "UBND huyện Văn Quan", "place": "Văn Quan", "signer": "Người ký thử"}
    post(client, f"{base}/dau/", **head)
    assert draft.versions.get().title == "Kế hoạch 2018"


def test_the_set_of_criteria_is_chosen_until_something_is_numbered_by_it(world: World, draft: Plan) -> None:
    Plan.objects.filter(pk=draft.pk).update(set=None)
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}"
    assert f'value="{SET}"' in page(client, f"{base}/dau/{DAY}")
    assert "sửa phần đầu" in page(client, f"{base}/xa-tieu-chi/{DAY}")
    head = {"title": "Kế hoạch 2018", "issuer": "UBND huyện Văn Quan", "place": "Văn Quan"}
    post(client, f"{base}/dau/", **head, set=SET)
    draft.refresh_from_db()
    assert draft.set.code == SET and Entry.objects.filter(verb="plan.head").count() == 2
    cells.set_cell(world.writer, draft.pk, unit_id=world.area.commune, criterion_no=5, on=ON)
    other = "xa-ntm-2021-2025"
    with pytest.raises(Refused, match="đánh số theo bộ tiêu chí cũ"):
        plans.choose_set(world.writer, draft.pk, other, on=ON)
    with pytest.raises(Denied):
        plans.choose_set(world.stranger, draft.pk, SET, on=ON)
    cells.clear(world.writer, draft.pk, [(world.area.commune, 5)], on=ON)
    assert plans.choose_set(world.writer, draft.pk, other, on=ON).set.code == other
    issued(world, draft.pk)
    issuing.amend(world.leader, draft.pk, reason="đổi bộ", on=ON)
    with pytest.raises(Refused, match="lập kế hoạch khác"):
        plans.choose_set(world.writer, draft.pk, SET, on=ON)
    assert 'name="set"' not in page(client, f"{base}/dau/?ngay=2018-02-01")


def test_bases_are_picked_and_a_repealed_one_is_refused(world: World, draft: Plan) -> None:
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}/can-cu/"
    found = page(client, f"{base}{DAY}&tim=1600")
    assert "1600/QĐ-TTg" in found
    key = next(part.split('"')[0] for part in found.split('name="khoa" value="')[1:])
    post(client, base, khoa=key)
    row = draft.bases.get()
    assert str(IN_FORCE[InForce.YES].words) in page(client, f"/ke-hoach/{draft.pk}/{DAY}") and row.key == key
    assert "đã dẫn" in post(client, base, status=422, khoa=key)
    old = page(client, f"{base}{DAY}&tim=491/QĐ-TTg").split('name="khoa" value="')[1].split('"')[0]
    assert "Dẫn 1980/QĐ-TTg thay vào" in post(client, base, status=422, khoa=old)
    post(client, base, number="7/KH-UBND", issuer="UBND huyện", signed="02/01/2018")
    assert draft.bases.count() == 2
    post(client, f"{base}{row.pk}/chuyen/", huong="bo")
    assert draft.bases.in_version(1).get().number == "7/KH-UBND"


def test_comments_are_made_and_answered(world: World, draft: Plan) -> None:
    base = f"/ke-hoach/{draft.pk}/gop-y/"
    post(client_of(world.sector), base, text="Thêm tiêu chí 10", about="Mục I")
    made = draft.comments.get()
    writer = client_of(world.writer)
    assert "Thêm tiêu chí 10" in page(writer, f"{base}{DAY}")
    assert "1 ý kiến chưa trả lời" in page(writer, f"/ke-hoach/{DAY}")
    post(client_of(world.sector), f"{base}{made.pk}/", status=403, answer="không")
    assert "Ghi tiếp thu" in post(writer, f"{base}{made.pk}/", status=422, answer=" ")
    post(writer, f"{base}{made.pk}/", answer="Đã thêm vào mục I")
    assert "Đã thêm vào mục I" in page(client_of(world.sector), f"{base}{DAY}")


def test_findings_are_answered_in_words(world: World, draft: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkable, "findings_of", lambda stored: [HIGH])
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}/kiem-tra/"
    told = page(client, f"{base}{DAY}")
    assert HIGH.message in told and "Đối chiếu" in told and "Kế hoạch ghi" in told
    mark = checkable.fingerprint(HIGH)
    assert "một hai chữ" in post(client, base, status=422, dau=mark, words="ừ")
    post(client, base, dau=mark, words="Tiêu chí 3 sẽ xét riêng cho xã Vân Mộng")
    assert "sẽ xét riêng" in page(client, f"{base}{DAY}")
    assert "không còn" in post(client, base, status=422, dau="khac", words="Đã sửa số liệu")


def test_from_draft_to_issued_amended_compared_and_closed(
    world: World, draft: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkable, "findings_of", lambda stored: [])
    leader, base = client_of(world.leader), f"/ke-hoach/{draft.pk}"
    post(client_of(world.sector), f"{base}/ban-hanh/trinh-ky/", status=403)
    post(leader, f"{base}/ban-hanh/trinh-ky/")
    assert "lý do" in post(leader, f"{base}/ban-hanh/tra-lai/", status=422, reason=" ")
    post(leader, f"{base}/ban-hanh/tra-lai/", reason="Thiếu tiêu chí")
    post(leader, f"{base}/ban-hanh/trinh-ky/")
    signed = {"number": "15", "issued_on": "20/01/2018", "signer": "Người ký thử"}
    assert "ngày" in post(leader, f"{base}/ban-hanh/ghi/", status=422, **signed | {"issued_on": "ngày mai"})
    assert "không kèm ký hiệu" in post(leader, f"{base}/ban-hanh/ghi/", status=422, **signed | {"number": "15/KH"})
    post(leader, f"{base}/ban-hanh/ghi/", **signed)
    version = draft.versions.get()
    assert version.state == VersionState.ISSUED and version.file is not None and version.file.purpose == "produced"
    assert Entry.objects.filter(verb="plan.keep").count() == 1
    assert "15/KH-UBND" in page(client_of(world.stranger), f"{base}/{DAY}")
    kept = client_of(world.stranger).get(f"{base}/van-ban.docx{DAY}")
    assert Document(io.BytesIO(kept.content)).paragraphs and "15-KH-UBND" in kept["Content-Disposition"]
    post(leader, f"{base}/ban-hanh/dieu-chinh/", reason="Thêm một xã")
    writer = client_of(world.writer)
    first = draft.sections.in_version(2).order_by("order").first()
    values = {"label": "I.", "heading": "MỤC ĐÍCH, YÊU CẦU", "text": "- Nâng cao đời sống.\n- Thêm một xã.", "depth": 1}
    post(writer, f"{base}/de-muc/{first.pk}/", **values)
    told = page(writer, f"{base}/lich-su/{DAY}")
    assert "<del>- Giữ vững tiêu chí đã đạt.</del>" in told and "<ins>- Thêm một xã.</ins>" in told
    assert "Giữ vững tiêu chí" in page(writer, f"{base}/{DAY}&lan=1")
    assert "Giữ vững" in page(client_of(world.stranger), f"{base}/{DAY}")
    post(leader, f"{base}/ban-hanh/bo-du-thao/", reason="Không cần nữa")
    post(leader, f"{base}/ban-hanh/ket-thuc/", reason="Đạt 15 tiêu chí")
    draft.refresh_from_db()
    assert draft.state == PlanState.CLOSED


def test_heavy_findings_stop_the_issue(world: World, draft: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    plans.review(world.leader, draft.pk, on=ON)
    monkeypatch.setattr(checkable, "findings_of", lambda stored: [HIGH])
    base = f"/ke-hoach/{draft.pk}/ban-hanh/"
    assert "Vân Mộng" in page(client_of(world.leader), f"{base}{DAY}")
    signed = {"number": "15", "issued_on": "20/01/2018", "signer": "Người ký thử"}
    assert "chưa sửa hoặc giải trình" in post(client_of(world.leader), f"{base}ghi/", status=422, **signed)


def test_the_files_open_again(world: World, draft: Plan) -> None:
    client, base = client_of(world.writer), f"/ke-hoach/{draft.pk}/van-ban"
    word = client.get(f"{base}.docx{DAY}")
    told = [one.text for one in Document(io.BytesIO(word.content)).paragraphs]
    assert any("MỤC ĐÍCH, YÊU CẦU" in line for line in told)
    book = client.get(f"{base}.xlsx{DAY}")
    assert load_workbook(io.BytesIO(book.content)).sheetnames
    empty = plan(world, year=2030)
    assert "chưa có bảng nào" in page(client, f"/ke-hoach/{empty.pk}/van-ban.xlsx{DAY}", status=422)
    page(client_of(world.stranger), f"{base}.docx{DAY}", status=403)


def test_a_unit_shows_its_plans(world: World, draft: Plan) -> None:
    address = f"/dia-ban/{world.area.district}/ke-hoach/{DAY}"
    assert f"/ke-hoach/{draft.pk}/" in page(client_of(world.writer), address)
    issued(world, draft.pk)
    assert "đã ban hành" in page(client_of(world.commune), f"/dia-ban/{world.area.district}/ke-hoach/?ngay=2018-02-01")


def test_an_issued_plan_without_its_file_gets_one_once(world: World, draft: Plan) -> None:
    issued(world, draft.pk)
    leader, address = client_of(world.leader), f"/ke-hoach/{draft.pk}/ban-hanh/"
    later = "?ngay=2018-02-01"
    assert "chưa được lưu" in page(leader, f"{address}{later}")
    assert client_of(world.sector).post(f"{address}luu/{later}").status_code == 403
    assert leader.post(f"{address}luu/{later}").status_code == 302
    again = leader.post(f"{address}luu/{later}")
    assert again.status_code == 422 and "đã lưu rồi" in again.content.decode()
    assert "chưa được lưu" not in page(leader, f"{address}{later}")


def test_only_offices_of_the_area_read_comments(world: World, draft: Plan) -> None:
    comments.comment(world.sector, draft.pk, text="Chỉ nội bộ đọc", on=ON)
    issued(world, draft.pk)
    later = "?ngay=2018-02-01"
    assert "Chỉ nội bộ đọc" in page(client_of(world.leader), f"/ke-hoach/{draft.pk}/gop-y/{later}")
    assert "Chỉ nội bộ đọc" not in page(client_of(world.stranger), f"/ke-hoach/{draft.pk}/gop-y/{later}")
    page(client_of(world.stranger), f"/ke-hoach/{draft.pk}/kiem-tra/{later}", status=403)


@pytest.mark.parametrize(
    ("which", "up", "order"), [(1, False, [4, 1, 2, 3]), (4, True, [4, 1, 2, 3]), (3, True, [1, 3, 2, 4])]
)
def test_a_section_moves_with_what_stands_below_it(which: int, up: bool, order: list[int]) -> None:
    assert moved([1, 2, 3, 4], which, up, [1, 2, 2, 1]) == order
    with pytest.raises(ValueError, match="đứng đầu"):
        moved([1, 2, 3, 4], 2, True, [1, 2, 2, 1])
