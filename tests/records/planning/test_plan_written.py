"""A stored plan written as the official document and its tables, and read again."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import plan_world
import pytest
from plan_world import ISSUED, ON, World, build

from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources.reader import read_source
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.documents.writing.xlsx import write_xlsx
from ntm.records.planning import written
from ntm.records.planning.models import Plan, PlanMoney
from ntm.records.planning.services import cells, duties, money, plans, roadmap, targets, tasks, text


@pytest.fixture
def world(area, holder) -> World:
    return build(area, holder)


@pytest.fixture
def plan(world: World) -> Plan:
    """A draft of everything a plan holds, no word of it typed twice."""
    one = plan_world.plan(world, set_code=plan_world.SET)
    who, area = world.writer, world.area
    text.add_basis(who, one.pk, number="1600/QĐ-TTg", on=ON)
    text.add_section(
        who,
        one.pk,
        heading="MỤC ĐÍCH",
        label="I.",
        text="- Giữ vững kết quả đã đạt.\n+ Không chạy theo thành tích.",
        on=ON,
    )
    text.add_section(who, one.pk, heading="CHỈ TIÊU THEO XÃ", label="II.", slot="cells", on=ON)
    text.add_section(who, one.pk, heading="CHỈ TIÊU THEO TIÊU CHÍ", label="III.", slot="criteria", on=ON)
    text.set_recipients(who, one.pk, ["Uỷ ban nhân dân tỉnh", "Uỷ ban nhân dân các xã", "Lưu: VT"], on=ON)
    promise = targets.Promise(
        "criteria", "Toàn huyện phấn đấu tăng thêm 03 tiêu chí", value=Decimal(3), measure="tiêu chí"
    )
    targets.add_target(who, one.pk, promise, on=ON)
    wanted = [
        (area.commune, 2, "trước 30/11/2018"),
        (area.commune, 3, "trước 30/11/2018"),
        (area.neighbour, 3, "trước 30/11/2018"),
    ]
    cells.set_many(who, one.pk, [cells.CellPlan(unit, no, "gain", words) for unit, no, words in wanted], on=ON)
    group = tasks.add_group(who, one.pk, name="Công tác chỉ đạo", on=ON)
    work = tasks.TaskDraft(
        "Kiểm tra tiến độ tại các xã", directing="BCĐ huyện", lead="Văn phòng Điều phối", coordinating="Phòng Nông nghiệp",
        deadline_words="Tháng 3, 6, 9, 11", group_id=group.pk,
    )  # fmt: skip
    tasks.add(who, one.pk, work, on=ON)
    duties.add_duty(
        who, one.pk, body_words="Phòng Tài chính - Kế hoạch", text="Cân đối nguồn lực.\nHướng dẫn thanh toán.", on=ON
    )
    whole = money.add_money(who, one.pk, money.Amount(PlanMoney.Role.SOURCE, "Tổng nguồn vốn huy động"), on=ON)
    for what, amount in (("Ngân sách trung ương", 5_490_000_000), ("Vốn lồng ghép", 161_180_000_000)):
        money.add_money(who, one.pk, money.Amount(PlanMoney.Role.SOURCE, what, amount, parent_id=whole.pk), on=ON)
    roadmap.add_step(
        who,
        one.pk,
        what="Hoàn thành kênh mương nội đồng",
        deadline_words="Quý III/2018",
        criterion_no=3,
        completes=True,
        on=ON,
    )
    return one


def _read(plan: Plan) -> Reading:
    made = write_docx(written.plan_document(plan, 1, ON))
    return read(read_source(made, "kế hoạch.docx"))


def test_what_is_stored_is_on_the_paper_and_read_again_from_it(plan: Plan, world: World) -> None:
    found = _read(plan)
    assert found.header.kind is not None and found.header.kind.lower() == "kế hoạch"
    assert found.header.district == "Văn Quan"
    assert [basis.number for basis in found.bases] == ["1600/QĐ-TTg"]
    assert {(t.criterion, t.mode, t.units) for t in found.criterion_targets if not t.derived} >= {
        (2, "gain", ("Văn An",)), (3, "gain", ("Tràng Phái", "Văn An")),
    } or {(t.criterion, frozenset(t.units)) for t in found.criterion_targets} >= {
        (2, frozenset({"Văn An"})), (3, frozenset({"Văn An", "Tràng Phái"})),
    }  # fmt: skip
    by_unit = {unit: set(t.criteria) for t in found.targets for unit in t.units if t.criteria}
    assert by_unit["Văn An"] == {2, 3} and by_unit["Tràng Phái"] == {3}
    (task,) = [t for t in found.tasks if t.from_table]
    assert (task.what, task.lead, task.coordinating) == (
        "Kiểm tra tiến độ tại các xã",
        "Văn phòng Điều phối",
        "Phòng Nông nghiệp",
    )
    assert task.deadline is not None and task.deadline.text == "Tháng 3, 6, 9, 11"
    amounts = {item.amount for item in found.money}
    assert {166_670_000_000, 5_490_000_000, 161_180_000_000} <= amounts
    assert [r.text for r in found.recipients][-1].startswith("Lưu")
    assert any("Phòng Tài chính - Kế hoạch" in duty.body for duty in found.duties)


def test_a_draft_says_so_and_an_issued_plan_bears_number_day_and_name(plan: Plan, world: World) -> None:
    words = _text(plan)
    assert "DỰ THẢO" in words.upper()
    plans.review(world.leader, plan.pk, on=ON)
    from ntm.records.planning.services import issuing

    issuing.issue(world.leader, plan.pk, number="15", issued_on=ISSUED, signer="Người ký thử", on=ISSUED, findings=())
    plan.refresh_from_db()
    words = _text(plan)
    assert "DỰ THẢO" not in words.upper() and "15/" in words and "Người ký thử" in words
    assert "ngày 30 tháng 01 năm 2018" in words


def _text(plan: Plan) -> str:
    file = docx.Document(io.BytesIO(write_docx(written.plan_document(plan, 1, ON))))
    cells_ = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *cells_])


def test_both_criteria_tables_are_drawn_from_the_same_cells(plan: Plan) -> None:
    annexes = written.plan_document(plan, 1, ON).annexes
    titles = [annex.title for annex in annexes]
    assert any("theo xã" in title for title in titles) and any("theo tiêu chí" in title for title in titles)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(written.sheets_of(annexes))), data_only=True)
    assert len(book.sheetnames) == len(annexes)
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Văn An" in said and "Kiểm tra tiến độ tại các xã" in said and "Vốn lồng ghép" in said


def test_queries_do_not_grow_with_the_plan(plan: Plan, world: World, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(45):
        written.plan_document(plan, 1, ON)


def test_the_money_table_adds_up_by_itself(plan: Plan) -> None:
    table = next(a.table for a in written.plan_document(plan, 1, ON).annexes if "Nguồn lực" in a.title)
    assert table is not None and table.rows[-1].kind == "total"
    assert Decimal(str(table.rows[-1].cells[2])) in (Decimal("166.67"), Decimal(166670))


def test_day_of_a_draft_is_left_open(plan: Plan) -> None:
    head = written.plan_document(plan, 1, ON).header
    assert head.draft and not isinstance(head.date, date)


def test_tables_bear_the_numbers_that_the_text_gives_them(plan: Plan, world: World) -> None:
    said = "(Chi tiết nhiệm vụ của từng đơn vị theo Biểu 05 kèm theo)"
    text.add_section(world.writer, plan.pk, heading="TỔ CHỨC", label="IV.", text=said, on=ON)
    made = written.plan_document(plan, 1, ON)
    labels = {annex.title.split(" năm")[0]: annex.label for annex in made.annexes}
    assert labels["Nội dung công việc thực hiện kế hoạch"] == "Biểu 05" and "Biểu 01" in labels.values()
    assert list(labels.values()) == sorted(labels.values())
    assert sum("Biểu 05" in getattr(block, "text", "") for part in made.sections for block in part.blocks) == 1
