"""Trang chỉ tiêu: each page works, is refused to a stranger, asks a fixed number of questions; a cell saved at once."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from faces.conftest import BACKEND
from ntm.faces.desk.rooms.targets import road_grid
from ntm.records.audit.models import Entry
from ntm.records.planning.models import CriterionCell, Plan, PlanTarget, RoadmapStep, TargetShare
from ntm.records.planning.services import cascade, cells, issuing, plans, roadmap, targets
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.targets import Promise
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.services.importing import ImportRow, import_rows
from records.planning.plan_world import ISSUED, ON, SET, World, build, issued, plan

pytestmark = pytest.mark.django_db
DAY = f"?ngay={ON.isoformat()}"
LATER = f"?ngay={ISSUED.isoformat()}"
PAGES = ("chi-tieu/", "chi-tieu/de-xuat/", "xa-tieu-chi/", "phan-khai/", "lo-trinh/", "tien-do/", "doi-chieu/")
AVERAGE = Promise("criteria", "Thêm 3 tiêu chí", value=Decimal(3), measure="tiêu chí", deadline_words="Quý IV/2018")
TITLE = Promise("title", "Thêm 01 xã đạt chuẩn", value=Decimal(1), measure="xã", title_kind="ntm", title_level="xa")


def client_of(actor: Any) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id), backend=BACKEND)
    return client


@pytest.fixture
def world(area: Any, holder: Any) -> World:
    return build(area, holder)


@pytest.fixture
def draft(world: World) -> Plan:
    """The district's draft: two targets, three cells, a share, a step; standing of both communes."""
    for unit, met in ((world.area.commune, 3), (world.area.neighbour, 12)):
        rows = [ImportRow(unit, f"TC{no}", no <= met, "", place="b") for no in range(1, 20)]
        import_rows(
            world.writer, set_code=SET, as_of=date(2017, 12, 31), rows=rows, stage=Stage.VERIFIED, source="csv",
            file=str(unit),
        )  # fmt: skip
    made = plan(world)
    targets.add_target(world.writer, made.pk, AVERAGE, on=ON)
    title = targets.add_target(world.writer, made.pk, TITLE, on=ON)
    wanted = [CellPlan(world.area.commune, no, deadline_words="Quý III/2018") for no in (5, 6)]
    cells.set_many(world.writer, made.pk, [*wanted, CellPlan(world.area.neighbour, 3, "keep")], on=ON)
    cascade.give_shares(world.writer, made.pk, title.pk, {world.area.commune: None}, on=ON)
    roadmap.add_step(
        world.writer,
        made.pk,
        what="Làm 2 km đường",
        deadline_words="Quý II/2018",
        criterion_no=5,
        completes=True,
        on=ON,
    )
    return made


def url_of(draft: Plan, rest: str, day: str = DAY) -> str:
    return f"/ke-hoach/{draft.pk}/{rest}{day}"


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_every_page_works_for_the_writer_and_is_refused_to_a_stranger(world: World, draft: Plan) -> None:
    writer, stranger = client_of(world.writer), client_of(world.stranger)
    for rest in PAGES:
        found = writer.get(url_of(draft, rest))
        assert found.status_code == 200, rest
        assert len(found.content) < 150_000, rest
        assert stranger.get(url_of(draft, rest)).status_code == 403, rest
    assert writer.get("/ke-hoach/999999/xa-tieu-chi/" + DAY).status_code == 404
    one = f"/dia-ban/{world.area.district}/mot-trang/{DAY}"
    assert writer.get(one).status_code == 200 and stranger.get(one).status_code == 403


def test_a_target_is_added_changed_and_removed_with_its_days_understood(world: World, draft: Plan) -> None:
    writer = client_of(world.writer)
    form = {
        "what": "Tiêu chí giao thông: thêm 1 xã", "subject": "criterion", "mode": "gain", "op": ">=", "value": "1",
        "measure": "xã", "deadline_words": "Tháng 3, 6, 9", "criterion_no": "2",
    }  # fmt: skip
    assert writer.post(url_of(draft, "chi-tieu/"), form).status_code == 302
    row = PlanTarget.objects.get(criterion_no=2)
    assert row.due == date(2018, 9, 30)
    said = writer.get(url_of(draft, "thoi-han/", DAY + "&deadline_words=Tháng 3, 6, 9"))
    assert "Hiểu là 3 kỳ: 31/3/2018, 30/6/2018, 30/9/2018" in text_of(said)
    wrong = writer.post(url_of(draft, "chi-tieu/"), form | {"criterion_no": ""})
    assert wrong.status_code == 422 and "Chọn tiêu chí có trong bộ" in text_of(wrong)
    assert "Tiêu chí giao thông: thêm 1 xã" in text_of(wrong)  # what was typed is still there
    assert writer.post(url_of(draft, f"chi-tieu/{row.pk}/"), form | {"value": "2"}).status_code == 302
    assert PlanTarget.objects.in_version(1).get(criterion_no=2).value == 2
    listed = text_of(writer.get(url_of(draft, "chi-tieu/")))
    assert "≥ 2 xã" in listed and "Quý IV/2018 (31/12/2018)" in listed
    writer.post(url_of(draft, f"chi-tieu/{row.pk}/bo/"))
    assert not PlanTarget.objects.in_version(1).filter(criterion_no=2).exists()
    refused = client_of(world.stranger).post(url_of(draft, "chi-tieu/"), form)
    assert refused.status_code == 403


def test_proposals_are_ticked_and_taken(world: World, draft: Plan) -> None:
    cascade.give_shares(
        world.writer, draft.pk, PlanTarget.objects.get(subject="title").pk, {world.area.neighbour: None}, on=ON
    )
    writer = client_of(world.writer)
    page = text_of(writer.get(url_of(draft, "chi-tieu/de-xuat/")))
    place = f"{world.area.neighbour}:13"
    assert place in page
    form = {"o": [place], "deadline_words": "Quý IV/2018", "with_target": "1"}
    assert writer.post(url_of(draft, "chi-tieu/de-xuat/nhan/"), form).status_code == 302
    cell = CriterionCell.objects.get(unit_id=world.area.neighbour, criterion_no=13)
    assert (cell.mode, cell.due) == ("gain", date(2018, 12, 31))
    assert place not in text_of(writer.get(url_of(draft, "chi-tieu/de-xuat/")))


def test_a_cell_is_saved_at_once_and_told_in_both_lists(world: World, draft: Plan) -> None:
    writer = client_of(world.writer)
    cell = {"unit": world.area.neighbour, "no": 14, "mode": "gain", "words": "Quý III/2018"}
    answer = writer.post(url_of(draft, "xa-tieu-chi/o/"), cell)
    assert answer.status_code == 200
    assert json.loads(answer.content)["due"] == "Quý III/2018 (30/9/2018)"
    lists = text_of(writer.get(url_of(draft, "xa-tieu-chi/danh-sach/"), HTTP_HX_REQUEST="true"))
    assert "<b>Tràng Phái</b>: đạt thêm 1 (14); duy trì 1 (3)" in lists
    assert re.search(r"<b>14 [^<]+</b>: 1 đơn vị \(Tràng Phái\)", lists)
    page = text_of(writer.get(url_of(draft, "xa-tieu-chi/")))
    assert 'class="pg x">✗+</td>' in page and 'class="pk m">✓=</td>' in page
    writer.post(url_of(draft, "xa-tieu-chi/o/"), cell | {"mode": ""})
    assert not CriterionCell.objects.in_version(1).filter(unit_id=world.area.neighbour, criterion_no=14).exists()
    assert Entry.objects.filter(verb="plan.cell").count() == 3
    wrong = writer.post(url_of(draft, "xa-tieu-chi/o/"), cell | {"unit": world.area.stranger})
    assert wrong.status_code == 422 and "không thuộc địa bàn" in json.loads(wrong.content)["sentence"]
    assert client_of(world.sector).post(url_of(draft, "xa-tieu-chi/o/"), cell).status_code == 403


def test_a_row_and_deadlines_are_typed_without_scripts(world: World, draft: Plan) -> None:
    writer = client_of(world.writer)
    page = text_of(writer.get(url_of(draft, "xa-tieu-chi/", f"{DAY}&don-vi={world.area.commune}")))
    assert 'name="mode-5"' in page and 'value="Quý III/2018"' in page
    form = {"mode-5": "", "mode-6": "keep", "mode-7": "gain", "words-6": "", "deadline_words": "Quý II/2018"}
    assert writer.post(url_of(draft, f"xa-tieu-chi/hang/{world.area.commune}/"), form).status_code == 302
    rows = CriterionCell.objects.in_version(1).filter(unit_id=world.area.commune).order_by("criterion_no")
    assert [(one.criterion_no, one.mode, one.due) for one in rows] == [
        (6, "keep", date(2018, 6, 30)),
        (7, "gain", date(2018, 6, 30)),
    ]
    wrong = writer.post(url_of(draft, f"xa-tieu-chi/hang/{world.area.commune}/"), form | {"words-7": "31/02/2018"})
    assert wrong.status_code == 422 and 'value="31/02/2018"' in text_of(wrong) and "Chưa lưu được" in text_of(wrong)
    writer.post(url_of(draft, "xa-tieu-chi/thoi-han/"), {"tieu-chi": "7", "deadline_words": "Trước 15/5/2018"})
    assert rows.get(criterion_no=7).due == date(2018, 5, 14)
    sheet = writer.get(url_of(draft, "xa-tieu-chi/tep.csv")).content.decode("utf-8-sig")
    assert "chưa đạt; phấn đấu đạt" in sheet


def test_lists_that_disagree_are_shown_side_by_side_and_settled(world: World, draft: Plan) -> None:
    cell = CriterionCell.objects.get(unit_id=world.area.commune, criterion_no=6)
    CriterionCell.objects.filter(pk=cell.pk).update(told="units")
    CriterionCell.objects.create(plan=draft, unit_id=world.area.neighbour, criterion_no=6, told="both")
    writer = client_of(world.writer)
    page = text_of(writer.get(url_of(draft, "xa-tieu-chi/")))
    assert "Hai danh sách của văn bản không khớp" in page and "xã Văn An · 6" in page
    writer.post(url_of(draft, f"xa-tieu-chi/xu-ly/{cell.pk}/"), {"giu": "1"})
    assert CriterionCell.objects.get(pk=cell.pk).told == "both"
    assert "không khớp" not in text_of(writer.get(url_of(draft, "xa-tieu-chi/")))


def test_the_whole_plan_is_parcelled_out_and_shares_are_typed(world: World, draft: Plan) -> None:
    writer = client_of(world.writer)
    done = writer.post(url_of(draft, "phan-khai/toan-bo/"), follow=True)
    assert "Đã phân bổ: 1 phần mới" in text_of(done)
    gains = PlanTarget.objects.get(subject="criteria")
    page = text_of(writer.get(url_of(draft, "phan-khai/", f"{DAY}&chi-tieu={gains.pk}")))
    assert "còn 1 chưa giao" in page
    commune, neighbour = world.area.commune, world.area.neighbour
    form = {f"v-{commune}": "2", f"was-{commune}": "2", f"v-{neighbour}": "1", f"was-{neighbour}": ""}
    assert writer.post(url_of(draft, f"phan-khai/{gains.pk}/giao/"), form).status_code == 302
    shares = TargetShare.objects.in_version(1).filter(target=gains)
    assert dict(shares.values_list("unit_id", "value")) == {commune: 2, neighbour: 1}
    wrong = writer.post(url_of(draft, f"phan-khai/{gains.pk}/giao/"), {f"v-{neighbour}": "hai"})
    assert wrong.status_code == 422 and "Xã Tràng Phái:" in text_of(wrong) and 'value="hai"' in text_of(wrong)
    writer.post(url_of(draft, f"phan-khai/{gains.pk}/chia-deu/"), {"don-vi": [commune, neighbour]})
    assert sum(one.value for one in shares) == 3
    writer.post(url_of(draft, f"phan-khai/{gains.pk}/thoi-giao/"), {"don-vi": [neighbour]})
    assert [one.unit_id for one in shares.all()] == [commune]
    writer.post(url_of(draft, f"phan-khai/{gains.pk}/ly-do/"), {"reason": "xã thứ hai chọn sau"})
    assert "xã thứ hai chọn sau" in text_of(writer.get(url_of(draft, "phan-khai/")))


def test_the_lower_office_answers_and_takes_up(world: World, draft: Plan) -> None:
    commune = client_of(world.commune)
    given = f"/dia-ban/{world.area.commune}/phan-giao/{LATER}&nam=2018"
    assert "Chưa có phần giao nào" in text_of(commune.get(given))
    issued(world, draft.pk)
    share = TargetShare.objects.get(unit_id=world.area.commune)
    assert "Thêm 01 xã đạt chuẩn" in text_of(commune.get(given))
    answer = f"/dia-ban/{world.area.commune}/phan-giao/{share.pk}/{LATER}"
    short = commune.post(answer, {"tra-loi": "de-nghi", "reason": "", "nam": "2018"}, follow=True)
    assert "Ghi lý do đề nghị điều chỉnh" in text_of(short)
    commune.post(answer, {"tra-loi": "de-nghi", "reason": "chưa có vốn làm đường", "nam": "2018"})
    writer = client_of(world.writer)
    tree = text_of(writer.get(url_of(draft, "phan-khai/", f"{LATER}&chi-tieu={share.target_id}")))
    assert "chưa có vốn làm đường" in tree and "đề nghị điều chỉnh" in tree
    commune.post(answer, {"tra-loi": "nhan", "nam": "2018"})
    own = plans.open_plan(world.commune, unit_id=world.area.commune, kind="ntm", year=2018, on=ISSUED)
    taking = {"ke-hoach": own.pk, "phan": [share.pk], "nam": "2018"}
    commune.post(f"/dia-ban/{world.area.commune}/phan-giao/vao-ke-hoach/{LATER}", taking)
    assert PlanTarget.objects.get(plan=own).share_of_id == share.pk
    beside = text_of(commune.get(url_of(own, f"doi-chieu/{draft.pk}/", LATER)))
    assert "chỉ có ở một kế hoạch" in beside
    assert client_of(world.stranger).post(answer, {"tra-loi": "nhan"}).status_code == 302
    share.refresh_from_db()
    assert share.answered_by_id == world.commune.user_id


def test_all_that_waits_is_accepted_at_once_or_nothing(world: World, draft: Plan) -> None:
    gains = PlanTarget.objects.get(subject="criteria")
    cascade.give_shares(world.writer, draft.pk, gains.pk, {world.area.commune: Decimal(2)}, on=ON)
    issued(world, draft.pk)
    commune, own = client_of(world.commune), TargetShare.objects.filter(unit_id=world.area.commune)
    address = f"/dia-ban/{world.area.commune}/phan-giao/"
    page = text_of(commune.get(f"{address}{LATER}&nam=2018"))
    assert "Nhận cả 2 phần chờ trả lời" in page
    form = {"phan": [one.pk for one in own], "nam": "2018"}
    client_of(world.stranger).post(f"{address}nhan-het/{LATER}", form)
    assert set(own.values_list("answer", flat=True)) == {""}
    other = form | {"phan": [*form["phan"], 10**6]}
    assert "Không tìm thấy phần giao này" in text_of(commune.post(f"{address}nhan-het/{LATER}", other, follow=True))
    assert set(own.values_list("answer", flat=True)) == {""}  # all or nothing
    assert "Đã nhận 2 phần giao" in text_of(commune.post(f"{address}nhan-het/{LATER}", form, follow=True))
    assert set(own.values_list("answer", flat=True)) == {"accepted"}
    assert Entry.objects.filter(verb="plan.answer_share").count() == 2
    assert "Không có phần nào chờ" in text_of(commune.post(f"{address}nhan-het/{LATER}", {"nam": "2018"}, follow=True))


def test_shares_of_an_amendment_still_being_drafted_are_not_seen_below(world: World, draft: Plan) -> None:
    issued(world, draft.pk)
    issuing.amend(world.leader, draft.pk, reason="thêm xã", on=ISSUED)
    title = PlanTarget.objects.in_version(2).get(subject="title")
    cascade.give_shares(world.writer, draft.pk, title.pk, {world.area.neighbour: None}, on=ISSUED)
    given = f"/dia-ban/{world.area.neighbour}/phan-giao/{LATER}&nam=2018"
    assert "Chưa có phần giao nào" in text_of(client_of(world.neighbour).get(given))


def test_an_amended_share_stands_beside_the_one_in_force(world: World, draft: Plan) -> None:
    gains = PlanTarget.objects.get(subject="criteria")
    cascade.give_shares(world.writer, draft.pk, gains.pk, {world.area.commune: Decimal(2)}, on=ON)
    issued(world, draft.pk)
    given = f"/dia-ban/{world.area.commune}/phan-giao/{LATER}&nam=2018"
    commune = client_of(world.commune)
    issuing.amend(world.leader, draft.pk, reason="thêm tiêu chí", on=ISSUED)
    row = PlanTarget.objects.in_version(2).get(subject="criteria")
    cascade.give_shares(world.writer, draft.pk, row.pk, {world.area.commune: Decimal(3)}, on=ISSUED)
    tree = text_of(client_of(world.writer).get(url_of(draft, "phan-khai/", f"{LATER}&chi-tieu={row.pk}")))
    assert "lần trước 2" in tree
    assert "Phần giao: <b>2 tiêu chí</b>" in text_of(commune.get(given))
    plans.review(world.leader, draft.pk, on=ISSUED)
    page = text_of(commune.get(given))
    assert "<del>2 tiêu chí · Quý IV/2018 (31/12/2018)</del> → <ins>3 tiêu chí" in page
    assert "trả lời theo phần mới" in page
    issuing.issue(world.leader, draft.pk, number="70", issued_on=ISSUED, signer="A", on=ISSUED, findings=())
    page = text_of(commune.get(given))
    assert "Đã điều chỉnh; trả lời lại" in page and "<del>2 tiêu chí" in page
    history = text_of(client_of(world.writer).get(url_of(draft, "lich-su/", LATER)))
    assert "Phần giao" in history and "xã Văn An 3 tiêu chí: Thêm 3 tiêu chí" in history


def test_steps_are_moved_by_quarters_and_typed(world: World, draft: Plan) -> None:
    writer = client_of(world.writer)
    step = RoadmapStep.objects.get()
    page = text_of(writer.get(url_of(draft, "lo-trinh/")))
    assert "grid-column: 3 / 4" in page and "Tiêu chí 5: phải xong chậm nhất 30/6/2018, trước hạn 92 ngày." in page
    moved = writer.post(url_of(draft, f"lo-trinh/{step.pk}/doi/"), {"quy": "1"}, HTTP_HX_REQUEST="true")
    step.refresh_from_db()
    assert (step.start, step.end) == (date(2018, 7, 1), date(2018, 9, 30))
    assert "grid-column: 4 / 5" in text_of(moved) and f'data-moved="{step.pk}"' in text_of(moved)
    writer.post(url_of(draft, f"lo-trinh/{step.pk}/doi/"), {"quy": "1", "dau": "cuoi"}, HTTP_HX_REQUEST="true")
    step.refresh_from_db()
    assert (step.start, step.end) == (date(2018, 7, 1), date(2018, 12, 31))
    out = writer.post(url_of(draft, f"lo-trinh/{step.pk}/doi/"), {"quy": "9"}, HTTP_HX_REQUEST="true")
    assert out.status_code == 422 and "ngoài các năm" in text_of(out)
    key = str(step.pk)
    form = {
        "dong": [key, "moi"], f"what-{key}": "Làm 3 km đường", f"words-{key}": "Quý I/2018", f"no-{key}": "5",
        "what-moi": "Họp dân", "words-moi": "Tháng 13", "no-moi": "",
    }  # fmt: skip
    wrong = writer.post(url_of(draft, "lo-trinh/luu/"), form)
    assert wrong.status_code == 422 and 'value="Họp dân"' in text_of(wrong) and "Tháng 13" in text_of(wrong)
    step.refresh_from_db()
    assert (step.what, step.end, step.completes) == ("Làm 3 km đường", date(2018, 3, 31), False)
    assert writer.post(url_of(draft, "lo-trinh/luu/"), form | {"words-moi": "Tháng 11"}).status_code == 302
    writer.post(url_of(draft, f"lo-trinh/{step.pk}/bo/"))
    assert [one.what for one in RoadmapStep.objects.in_version(1)] == ["Họp dân"]


@pytest.mark.parametrize(
    ("days", "by", "found"),
    [
        (("2018-01-31", "2018-03-31"), 1, ("2018-04-30", "2018-06-30")),
        (("2018-02-15", "2018-03-20"), -1, ("2017-11-15", "2017-12-20")),
        (("2018-11-30", "2018-12-15"), 1, ("2019-02-28", "2019-03-15")),
    ],
)
def test_days_move_with_their_quarter(days: tuple[str, str], by: int, found: tuple[str, str]) -> None:
    step = RoadmapStep(start=date.fromisoformat(days[0]), end=date.fromisoformat(days[1]))
    assert tuple(one.isoformat() for one in road_grid.moved(step, by)) == found


def test_progress_and_the_page_for_a_leader_tell_the_same_plan(world: World, draft: Plan) -> None:
    issued(world, draft.pk)
    writer = client_of(world.writer)
    page = text_of(writer.get(url_of(draft, "tien-do/", "?ngay=2018-11-30")))
    assert "Thêm 3 tiêu chí" in page and "còn thiếu 3 tiêu chí" in page
    assert "<b>1/3</b>" in page and "quá hạn 2" in page
    one = text_of(writer.get(f"/dia-ban/{world.area.district}/mot-trang/?ngay=2018-11-30"))
    assert "ô đã hứa 1/3" in one and "7,5" in one


def test_questions_do_not_grow_with_what_a_plan_holds(world: World, draft: Plan) -> None:
    writer = client_of(world.writer)

    def asked(rest: str) -> int:
        writer.get(url_of(draft, rest))
        with CaptureQueriesContext(connection) as found:
            assert writer.get(url_of(draft, rest)).status_code == 200
        return len(found)

    few = {rest: asked(rest) for rest in PAGES}
    wanted = [CellPlan(unit, no) for unit in (world.area.commune, world.area.neighbour) for no in range(8, 16)]
    cells.set_many(world.writer, draft.pk, wanted, on=ON)
    for no in range(8, 14):
        promise = Promise("criterion", f"Tiêu chí {no}", value=Decimal(1), criterion_no=no)
        targets.add_target(world.writer, draft.pk, promise, on=ON)
        roadmap.add_step(world.writer, draft.pk, what=f"Việc {no}", criterion_no=no, deadline_words="Quý I/2018", on=ON)
    cascade.cascade(world.writer, draft.pk, on=ON)
    more = {rest: asked(rest) for rest in PAGES}
    assert all(more[rest] <= few[rest] + 1 for rest in PAGES), (few, more)
    with CaptureQueriesContext(connection) as found:
        writer.post(url_of(draft, "xa-tieu-chi/o/"), {"unit": world.area.commune, "no": 18, "mode": "gain"})
    assert len(found) <= 32
