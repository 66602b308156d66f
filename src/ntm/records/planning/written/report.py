"""Báo cáo tình hình thực hiện kế hoạch: the skeleton with every figure that is computed filled in; words are the officer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ntm.domain.documents.writing.content import Block, Cell, Column, Para, ReportSkeleton, Row, Section, Table
from ntm.domain.official.dates import write_date
from ntm.domain.official.money import write_money
from ntm.domain.targets import State
from ntm.domain.targets.progress import STATE_NAMES
from ntm.records.planning.as_document.parts import PlanParts, exact, load
from ntm.records.planning.models import ENDED, Plan, TaskBody
from ntm.records.planning.queries import responsibility, tasks
from ntm.records.planning.queries.progress import PlanProgress, TargetProgress
from ntm.records.planning.queries.responsibility import Responsibility
from ntm.records.planning.written.annexes import criterion_names
from ntm.records.planning.written.head import letterhead, run_on, signature

__all__ = ["report_skeleton"]

_WAITS = Para("…………")  # words that only the office knows
_MOST = 15  # tasks, bodies and units told by name
_CENTRE = "Ban Chỉ đạo Trung ương các chương trình mục tiêu quốc gia"
Money = Sequence[tuple[str, int]]  # "Đã giải ngân", đồng


def report_skeleton(plan: Plan, no: int, judged: PlanProgress, money: Money = ()) -> ReportSkeleton:
    """Báo cáo đến ngày của `judged`; `money` are the sums that rooms above know."""
    parts = load(plan, no, judged.on)
    to_day = write_date(judged.on)
    symbol = "-".join(("BC", parts.version.symbol.partition("-")[2] or "UBND"))
    drawn = (
        ("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", (_WAITS,)),
        ("KẾT QUẢ THỰC HIỆN CHỈ TIÊU", _targets(judged)),
        ("KẾT QUẢ THỰC HIỆN TIÊU CHÍ", _cells(parts, judged)),
        ("KẾT QUẢ THỰC HIỆN NHIỆM VỤ", _work(plan, judged.on)),
        ("NGUỒN LỰC", _money(parts, money)),
        ("KHÓ KHĂN, VƯỚNG MẮC, NGUYÊN NHÂN", _behind(judged)),
        ("NHIỆM VỤ THỜI GIAN TỚI", _next(plan, judged.on)),
        ("ĐỀ XUẤT, KIẾN NGHỊ", (_WAITS,)),
    )
    filled = [(heading, blocks) for heading, blocks in drawn if blocks]
    return ReportSkeleton(
        header=replace(letterhead(parts), number="", symbol=symbol, date=judged.on, draft=True),
        title=f"Tình hình thực hiện Kế hoạch {run_on(parts)} (đến ngày {to_day})",
        signature=signature(parts),
        addressee=(_upper(parts),),
        preamble=_preamble(parts, to_day),
        sections=tuple(
            Section(heading, f"{_ROMAN[at]}.", 1, tuple(blocks)) for at, (heading, blocks) in enumerate(filled)
        ),
        closing=f"Trên đây là báo cáo tình hình thực hiện Kế hoạch {run_on(parts)} đến ngày {to_day}.",
        recipients=("Như trên", *(row.words for row in parts.recipients if row.words.lower().startswith("lưu"))),
    )


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def _preamble(parts: PlanParts, to_day: str) -> str:
    version = parts.version
    issuer = version.issuer[:1].upper() + version.issuer[1:]
    number = f" số {version.number}/{version.symbol}" if version.number and version.symbol else ""
    day = f" ngày {write_date(version.issued_on)}" if version.issued_on else ""
    return f"Thực hiện Kế hoạch{number}{day} {run_on(parts)}, {issuer} báo cáo kết quả đến ngày {to_day} như sau:"


def _upper(parts: PlanParts) -> str:
    above = parts.label.ancestors
    return f"Ủy ban nhân dân {above[0].title}" if above else _CENTRE


def _targets(judged: PlanProgress) -> tuple[Block, ...]:
    if not judged.rows:
        return ()
    said = "; ".join(f"{STATE_NAMES[state]} {number}" for state, number in judged.counts.items())
    columns = (
        Column("STT", 6, "order"),
        Column("Chỉ tiêu", 34),
        Column("Kế hoạch", 12, "number"),
        Column("Thực hiện", 12, "number"),
        Column("Còn lại", 11, "number"),
        Column("Tình trạng", 15),
        Column("Diễn giải", 34),
    )
    rows = []
    for at, one in enumerate(judged.rows, start=1):
        told = one.progress
        figures: tuple[Cell, ...] = tuple(exact(value) for value in (told.planned, told.actual, told.remaining))
        rows.append(Row((str(at), _what(one), *figures, told.name, told.sentence)))
    return Para(f"Kế hoạch có {len(judged.rows)} chỉ tiêu: {said}."), Table(columns, tuple(rows))


def _what(one: TargetProgress) -> str:
    words = one.row.what.strip().lstrip("-+ ").rstrip(";.")
    return words[:1].upper() + words[1:]


def _cells(parts: PlanParts, judged: PlanProgress) -> tuple[Block, ...]:
    promised, met = judged.cells.total
    if not promised:
        return ()
    names = criterion_names(parts.plan)
    columns = (
        Column("STT", 8, "order"),
        Column("Tiêu chí", 50),
        Column("Số đơn vị được giao", 20, "number", summed=True),
        Column("Đã đạt", 16, "number", summed=True),
    )
    rows = [Row((str(no), names.get(no, ""), *judged.cells.of_criterion(no))) for no in judged.cells.numbers]
    rows.append(Row(("", "Cộng", promised, met), "total"))
    near = [
        Para(
            f"{one.unit.title[:1].upper()}{one.unit.title[1:]}: còn tiêu chí {', '.join(map(str, one.criteria))}.", "-"
        )
        for one in judged.near[:_MOST]
    ]
    head = (Para("Đơn vị chỉ còn chờ kiểm tra, thẩm tra:"),) if near else ()
    return Para(f"Đã đạt {met} trên {promised} lượt tiêu chí giao."), Table(columns, tuple(rows)), *head, *near


def _work(plan: Plan, on: date) -> tuple[Block, ...]:
    found = responsibility.of_plan(plan.pk, on)
    if not found:
        return ()
    whole = responsibility.total(found)
    columns = (
        Column("STT", 7, "order"),
        Column("Cơ quan chủ trì", 40),
        *(
            Column(name, 12, "number", summed=True)
            for name in ("Được giao", "Xong đúng hạn", "Xong muộn", "Quá hạn", "Còn hạn", "Không ghi hạn")
        ),
    )
    named, others = (found[:_MOST], found[_MOST:]) if len(found) > _MOST + 1 else (found, [])
    rows = [Row((str(at), one.words, *_counts(one))) for at, one in enumerate(named, start=1)]
    if others:
        rows.append(Row(("", f"{len(others)} cơ quan khác", *_counts(responsibility.total(others)))))
    rows.append(Row(("", "Cộng", *_counts(whole)), "total"))
    done = whole.done_on_time + whole.done_late
    said = f"Đã xong {done} trên {whole.given} lượt việc được giao, quá hạn {whole.overdue}."
    notes = ("Việc có hai cơ quan chủ trì được tính cho cả hai; việc lặp lại được tính từng kỳ.",)
    return Para(said), Table(columns, tuple(rows), notes=notes)


def _counts(one: Responsibility) -> tuple[Cell, ...]:
    return one.given, one.done_on_time, one.done_late, one.overdue, one.open, one.undated


def _money(parts: PlanParts, known: Money) -> tuple[Block, ...]:
    lines = [Para(f"{what}: {write_money(amount, 'triệu')}.", "-") for what, amount in known]
    return tuple(lines) or ((_WAITS,) if parts.money else ())


def _behind(judged: PlanProgress) -> tuple[Block, ...]:
    late = [one for one in judged.rows if one.state is State.BEHIND]
    told = [Para(f"{_what(one)}: {one.progress.sentence}", "-") for one in late]
    head = (Para("Chỉ tiêu chậm so với kế hoạch:"),) if told else ()
    return *head, *told, _WAITS


def _next(plan: Plan, on: date) -> tuple[Block, ...]:
    """Việc đến hạn từ ngày này, the nearest first; how many are overdue is told before."""
    open_ = tasks.scope_rows(tasks.Scope("plan", (plan.pk,))).exclude(state__in=ENDED, ended_on__lte=on)
    overdue, coming = open_.filter(due__lt=on).count(), open_.filter(due__gte=on)
    rows = list(coming.select_related("task", "task__group").order_by("due", "pk")[:_MOST])
    told = [Para(f"Hoàn thành {overdue} việc đã quá hạn.", "-")] if overdue else []
    for one in tasks.lines(rows, on):
        lead = one.words(TaskBody.Part.LEAD)
        facts = [one.what.strip().rstrip(".;")]
        facts += [f"chủ trì: {lead}"] if lead else []
        facts += [f"hạn {write_date(one.due)}"] if one.due else []
        told.append(Para("; ".join(facts) + ".", "-"))
    more = coming.count() - len(rows)
    return (*told, *((Para(f"Và {more} việc khác đến hạn sau đó."),) if more > 0 else ())) or (_WAITS,)
