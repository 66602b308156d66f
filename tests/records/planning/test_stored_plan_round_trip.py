"""Kế hoạch đã lưu, viết ra rồi đọc lại: stored plans drawn by chance are the same plans when their paper is read."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import plan_world
import pytest
from plan_world import ON, World, build

from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources.reader import read_source
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.official.text import fold
from ntm.records.planning import written
from ntm.records.planning.models import Plan, PlanMoney
from ntm.records.planning.services import cells, duties, money, tasks, text

COMMUNES = ("Văn An", "Tràng Phái")
DEADLINES = ("Thường xuyên", "Tháng 3, 6, 9, 11", "Trước 30/9/2018", "Quý I/2018", "Trong năm 2018")
BODIES = ("Văn phòng Điều phối", "Phòng Nông nghiệp", "Phòng Tài chính - Kế hoạch", "UBND các xã")
SOURCES = ("Ngân sách trung ương", "Ngân sách tỉnh", "Vốn lồng ghép", "Nhân dân đóng góp")


@dataclass
class Drawn:
    """What was stored, to be found again."""

    plan: Plan
    cells: set[tuple[str, int, str]] = field(default_factory=set)
    tasks: list[tuple[str, ...]] = field(default_factory=list)
    money: dict[str, int] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)


@pytest.fixture
def world(area, holder) -> World:
    return build(area, holder)


def drawn(world: World, seed: int) -> Drawn:
    rolls, who, area = random.Random(seed), world.writer, world.area
    plan = plan_world.plan(world, set_code=plan_world.SET)
    found, pk = Drawn(plan), plan.pk
    text.add_basis(who, pk, number="1600/QĐ-TTg", on=ON)
    text.add_section(who, pk, heading="MỤC ĐÍCH", label="I.", text="- Giữ vững kết quả đã đạt.", on=ON)
    text.add_section(who, pk, heading="CHỈ TIÊU THEO XÃ", label="II.", slot="cells", on=ON)
    units = dict(zip(COMMUNES, (area.commune, area.neighbour), strict=True))
    wanted = []
    for name, unit in units.items():
        for no in rolls.sample(range(1, 20), rolls.randint(2, 7)):
            mode = rolls.choice(("gain", "gain", "keep"))
            found.cells.add((name, no, mode))
            wanted.append(cells.CellPlan(unit, no, mode, ""))
    cells.set_many(who, pk, wanted, on=ON)
    _work(world, found, rolls)
    whole = money.add_money(who, pk, money.Amount(PlanMoney.Role.SOURCE, "Tổng nguồn vốn huy động"), on=ON)
    for what in rolls.sample(SOURCES, rolls.randint(2, 4)):
        found.money[what] = rolls.randint(1, 90_000) * 1_000_000
        part = money.Amount(PlanMoney.Role.SOURCE, what, found.money[what], parent_id=whole.pk)
        money.add_money(who, pk, part, on=ON)
    found.money["Tổng nguồn vốn huy động"] = sum(found.money.values())
    found.recipients = [*rolls.sample(("UBND tỉnh", "TT Huyện ủy", "UBND các xã"), 2), "Lưu: VT"]
    text.set_recipients(who, pk, found.recipients, on=ON)
    return found


def _work(world: World, found: Drawn, rolls: random.Random) -> None:
    who, pk = world.writer, found.plan.pk
    for g in range(1, rolls.randint(2, 4)):
        group = tasks.add_group(who, pk, name=f"Công tác tuyên truyền, phần {g}", on=ON)
        for n in range(1, rolls.randint(2, 4)):
            draft = tasks.TaskDraft(
                f"Kiểm tra tiến độ đợt {g}.{n}", directing="BCĐ huyện", lead=rolls.choice(BODIES),
                coordinating="Các cơ quan liên quan", deadline_words=rolls.choice(DEADLINES), group_id=group.pk,
            )  # fmt: skip
            tasks.add(who, pk, draft, on=ON)
            told = (group.name, draft.what, draft.directing, draft.lead, draft.coordinating, draft.deadline_words)
            found.tasks.append(told)
    for body in rolls.sample(BODIES[:3], 2):
        duties.add_duty(who, pk, body_words=body, text="Cân đối nguồn lực.", on=ON)
        found.duties.append(body)


@pytest.mark.parametrize("seed", range(4))
def test_a_stored_plan_written_and_read_again_is_the_same_plan(world: World, seed: int) -> None:
    stored = drawn(world, seed)
    seen = read(read_source(write_docx(written.plan_document(stored.plan, 1, ON)), "kế hoạch.docx"))
    assert _cells(seen, in_table=False) == stored.cells
    assert _cells(seen, in_table=True) == stored.cells
    assert [
        (t.group, t.what, t.directing, t.lead, t.coordinating, t.deadline.text if t.deadline else "")
        for t in seen.tasks
        if t.from_table
    ] == stored.tasks
    assert {m.what: m.amount for m in seen.money if m.what in stored.money} == stored.money
    assert [one.text for one in seen.recipients] == stored.recipients
    assert [duty.body for duty in seen.duties] == stored.duties
    assert [basis.number for basis in seen.bases] == ["1600/QĐ-TTg"]
    version = stored.plan.versions.get()
    assert fold(seen.header.title or "") == fold(version.title) and seen.header.district == "Văn Quan"


def _cells(seen: Reading, *, in_table: bool) -> set[tuple[str, int, str]]:
    """Unit, criterion and mode, of the sentences or of the table of communes."""
    prose_end = next(annex.lines[0] for annex in seen.annexes if not annex.in_body)
    told = [t for t in seen.targets if t.units and t.criteria and (t.lines[0] >= prose_end) == in_table]
    return {(unit, no, t.mode) for t in told for unit in t.units for no in t.criteria}
