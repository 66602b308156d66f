"""Viết ra rồi đọc lại: a plan written and read again is the same plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from plan_samples import Drawn, drawn, full_plan

from ntm.domain.documents.reading.model import Reading, Task
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.writing.content import Annex, Table
from ntm.domain.documents.writing.phrases import MoneyText
from ntm.domain.documents.writing.tables import TaskGroup, TaskLine, task_table, tasks_by_quarter
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.documents.writing.words import number_text
from ntm.domain.official.text import fold


def read_back(plan: Drawn) -> Reading:
    return read(read_source(write_docx(plan.document), "kế hoạch.docx"))


@pytest.mark.parametrize("seed", range(30))
def test_a_plan_written_and_read_again_is_the_same_plan(seed: int) -> None:
    plan = drawn(seed)
    seen = read_back(plan)
    _same_front(plan, seen)
    _same_targets(plan, seen)
    _same_tasks(plan, seen)
    assert plan.money is not None
    _same_money(plan.money, seen)


def _same_front(plan: Drawn, seen: Reading) -> None:
    document, head = plan.document, seen.header
    assert head.full_number == f"{number_text(document.header.number)}/{document.header.symbol}"
    assert (head.kind, head.title) == ("kế hoạch", document.title)
    assert head.date is not None and head.date.date == document.header.date
    assert head.date.text == plan.day
    assert (head.place, fold(head.issuer or "")) == (document.header.place, fold(document.header.issuer))
    assert head.signer is not None
    assert (head.signer.name, head.signer.position) == (document.signature.name, document.signature.position.upper())
    assert head.signer.authority == tuple(line.upper() for line in document.signature.authority)
    assert tuple(recipient.text for recipient in seen.recipients) == document.recipients
    told = [fold(f"{basis.role} {basis.text}").rstrip(";. ") for basis in seen.bases]
    assert told == [fold(basis).rstrip(";. ") for basis in document.bases]
    assert [basis.number for basis in seen.bases] == [basis.split(" số ")[1].split()[0] for basis in document.bases]
    assert [duty.body for duty in seen.duties] == [duty.body for duty in document.duties]
    assert [(s.label, fold(s.title)) for s in seen.outline[:-3]] == [
        (s.label, fold(s.heading)) for s in document.sections
    ]


def _same_targets(plan: Drawn, seen: Reading) -> None:
    prose_end = next(annex.lines[0] for annex in seen.annexes if not annex.in_body)
    for where in (range(1, prose_end), range(prose_end, len(seen.lines) + 1)):  # the sentences, then the table
        for mode, wanted in (("gain", plan.gains), ("keep", plan.keeps)):
            told = {
                target.units[0]: target.criteria
                for target in seen.targets
                if target.mode == mode and target.units and target.criteria and target.lines[0] in where
            }
            assert told == wanted
    told_by_criterion = {(t.criterion, t.mode): t.units for t in seen.criterion_targets if not t.derived}
    assert told_by_criterion == plan.by_criterion
    counts = {(t.criterion, t.mode): t.count for t in seen.criterion_targets if not t.derived}
    assert counts == {key: len(units) for key, units in plan.by_criterion.items()}
    averages = [(t.mode, t.value) for t in seen.targets if (t.measure or "").startswith("tiêu chí/")]
    assert [mode for mode, _ in averages] == ["gain", "total"]


def _same_tasks(plan: Drawn, seen: Reading) -> None:
    told = [
        (t.group, t.what, t.directing or "", t.lead or "", t.coordinating or "", t.deadline.text if t.deadline else "")
        for t in seen.tasks
    ]
    assert told == [
        (group, task.what, task.directing, task.lead, task.coordinating, task.deadline) for group, task in plan.tasks
    ]
    assert {task.annex for task in seen.tasks} == {"Phụ lục 1"}
    number = f"{number_text(plan.document.header.number)}/{plan.document.header.symbol}"
    assert [(annex.label, annex.attached_to) for annex in seen.annexes] == [
        (label, number) for label in ("Phụ lục 1", "Biểu 02", "Biểu 03")
    ]


def _same_money(whole: MoneyText, seen: Reading) -> None:
    flat: list[tuple[str, int, str | None]] = []

    def walk(item: MoneyText, above: str | None) -> None:
        flat.append((item.what, item.total, above))
        for part in item.parts:
            walk(part, item.what)

    walk(whole, None)
    assert [(m.what, m.amount, seen.money[m.parent].what if m.parent is not None else None) for m in seen.money] == flat


def test_tables_of_money_keep_their_parents() -> None:
    seen = read(read_source(write_docx(full_plan()), "kế hoạch.docx"))
    tabled = {m.what: m for m in seen.money if " - " in m.what}
    inner, outer = (
        tabled["Vốn trong nước - Vốn đầu tư phát triển"],
        tabled["Ngân sách trung ương - Vốn đầu tư phát triển"],
    )
    assert inner.parent is not None and seen.money[inner.parent] == outer
    assert outer.parent is not None and seen.money[outer.parent].what == "Tổng cộng - Vốn đầu tư phát triển"
    stated = {seen.money[s.total].what: sum(seen.money[i].amount for i in s.parts) for s in seen.sums}
    assert stated["Tổng cộng - Tổng số"] == tabled["Tổng cộng - Tổng số"].amount == 172_970_000_000


SEEDS = Path(__file__).resolve().parents[5] / "shared" / "seeds"


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared material is not here")
@pytest.mark.parametrize(("name", "count", "make"), [("001", 27, task_table), ("003", 36, tasks_by_quarter)])
def test_task_tables_of_the_seeds_come_back_row_by_row(
    name: str, count: int, make: Callable[[Sequence[TaskGroup]], Table]
) -> None:
    path = next(SEEDS.glob(f"{name}_*.txt"))
    tasks = read(read_source(path.read_bytes(), path.name)).tasks
    groups: dict[str, list[TaskLine]] = {}
    for task in tasks:
        due = task.deadline.text if task.deadline else ""
        line = TaskLine(task.what, task.directing or "", task.lead or "", task.coordinating or "", due)
        groups.setdefault(task.group or "", []).append(line)
    table = make([TaskGroup(group, tuple(lines)) for group, lines in groups.items()])
    plan = replace(full_plan(), annexes=(Annex("Phụ lục 1", "Nội dung công việc", table),))
    again = read(read_source(write_docx(plan), "kế hoạch.docx")).tasks
    assert len(again) == len(tasks) == count

    def told(task: Task) -> tuple[str | None, ...]:
        return (task.no, task.group, task.what, task.directing, task.lead, task.coordinating)

    assert [told(task) for task in again] == [told(task) for task in tasks]
    assert [t.deadline and t.deadline.text for t in again] == [t.deadline and t.deadline.text for t in tasks]
