"""Một tỉnh phân khai, sửa ô, viết văn bản: ten districts and 184 communes made up for it, each step beside a floor.

The units do not exist and their standing is drawn by a rule; what is measured is the service's and the page's own time.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pypdfium2
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from benchmarks import settings
from benchmarks.timing import Result, Results, median, milliseconds, queries, seconds
from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.documents.writing.content import PlanDocument, Table, WritingError
from ntm.domain.documents.writing.pdf import write_pdf
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.official.text import fold, tone_key
from ntm.records.people.authority import Actor, actor_of
from ntm.records.people.models import Holding, Office, User
from ntm.records.planning.models import CriterionCell, Plan, PlanTarget, TargetShare
from ntm.records.planning.services import cascade, cells, money, plans, targets, tasks, text
from ntm.records.planning.services.targets import Promise
from ntm.records.planning.written.document import plan_document
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.units.models import Position, Unit, UnitName, UnitParent

DISTRICTS, COMMUNES, VILLAGES = 10, 184, 46
SET, ON, START = "xa-ntm-2021-2025", date(2024, 1, 20), date(2015, 1, 1)
CELL, CASCADE, WRITE = 100.0, 2.0, 1.0  # ms, s, s


@dataclass(frozen=True)
class Province:
    """Tỉnh tạo ra để đo."""

    unit: int
    districts: list[int]
    communes: list[int]
    villages: list[int]
    writer: Actor
    client: Client


def measure(results: Results) -> None:
    """Mọi phần của tệp này."""
    registry.register_shipped()
    made = province()
    plan = planned(made)
    measure_cascade(results, made, plan)
    measure_cells(results, made, plan)
    measure_writing(results, made, plan)


def province() -> Province:
    """A province, its districts, communes, villages and one office, written straight into the tables."""
    top = _units("tinh", ["Tỉnh để đo"], [None])[0]
    middle = _units("huyen", [f"Huyện {n:02d}" for n in range(DISTRICTS)], [top] * DISTRICTS)
    names = [f"Xã {n:03d}" for n in range(COMMUNES)]
    lower = _units("xa", names, [middle[n % DISTRICTS] for n in range(COMMUNES)])
    homes = [lower[n % COMMUNES] for n in range(VILLAGES)]
    lowest = _units("thon", [f"Thôn {n:02d}" for n in range(VILLAGES)], homes)
    upper = {unit: middle[at % DISTRICTS] for at, unit in enumerate(lower)}
    places = [Position(unit_id=top, level="tinh", province_id=top, start=START)]
    places += [
        Position(unit_id=one, level="huyen", parent_id=top, province_id=top, district_id=one, start=START)
        for one in middle
    ]
    places += [
        Position(
            unit_id=one, level="xa", parent_id=upper[one], province_id=top, district_id=upper[one], commune_id=one,
            start=START,
        )
        for one in lower
    ]  # fmt: skip
    places += [
        Position(
            unit_id=one, level="thon", parent_id=home, province_id=top, district_id=upper[home], commune_id=home,
            start=START,
        )
        for one, home in zip(lowest, homes, strict=True)
    ]  # fmt: skip
    Position.objects.bulk_create(places)
    user = User.objects.create(username="do.ke.hoach", full_name="Người đo")
    office = Office.objects.create(role="coordination_office", unit_id=top, title="Văn phòng Điều phối tỉnh (đo)")
    writer = actor_of(Holding.objects.create(user=user, office=office, start=START))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return Province(top, middle, lower, lowest, writer, client)


def _units(level: str, names: list[str], parents: list[int | None]) -> list[int]:
    kinds = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "thon": "thôn"}
    made = Unit.objects.bulk_create([Unit(level=level, start=START) for _ in names])
    UnitName.objects.bulk_create(
        UnitName(unit=one, kind=kinds[level], name=name, key=fold(name), sound=tone_key(name), start=START)
        for one, name in zip(made, names, strict=True)
    )
    pairs = [(one, parent) for one, parent in zip(made, parents, strict=True) if parent is not None]
    UnitParent.objects.bulk_create(UnitParent(unit=one, parent_id=parent, start=START) for one, parent in pairs)
    return [one.pk for one in made]


def planned(made: Province) -> Plan:
    """A draft with its standing, three cells a commune, and targets of each kind that can be parcelled out."""
    who = made.writer
    plan = plans.open_plan(who, unit_id=made.unit, kind="ntm", year=2024, on=ON, set_code=SET)
    numbers = [one.no for one in registry.content(plan.set).criteria]  # type: ignore[arg-type]
    CriterionStanding.objects.bulk_create(
        (
            CriterionStanding(
                unit_id=unit, set=plan.set, basis=Basis.CONFIRMED, no=no, start=date(2023, 12, 31),
                outcome=OutcomeCode.MET if (at + no) % 3 else OutcomeCode.NOT_MET,
            )
            for at, unit in enumerate(made.communes)
            for no in numbers
        ),
        batch_size=1000,
    )  # fmt: skip
    CriterionCell.objects.bulk_create(
        CriterionCell(plan=plan, unit_id=unit, criterion_no=no, due=date(2024, 12, 31))
        for at, unit in enumerate(made.communes)
        for no in [n for n in numbers if not (at + n) % 3][:3]
    )
    year = date(2024, 12, 31)
    whole = [Promise("criteria", "Thêm 552 tiêu chí", value=Decimal(552), measure="tiêu chí")]
    whole += [Promise("average", "Tăng bình quân 3 tiêu chí/xã", value=Decimal(3), measure="tiêu chí/xã")]
    whole += [
        Promise("criterion", f"Tiêu chí {no}: thêm 29 xã", value=Decimal(29), measure="xã", criterion_no=no)
        for no in numbers
    ]
    for promise in whole:
        targets.add_target(who, plan.pk, promise, on=ON)
    for level, kind, units in (("xa", "nang_cao", made.communes[:8]), ("thon", "kieu_mau", made.villages)):
        number = len(units)
        promise = Promise("title", f"Thêm {number} {level}", value=Decimal(number), title_kind=kind, title_level=level)
        named = targets.add_target(who, plan.pk, promise, on=ON)
        TargetShare.objects.bulk_create(TargetShare(target=named, unit_id=unit, due=year) for unit in units)
    return plan


def measure_cascade(results: Results, made: Province, plan: Plan) -> None:
    """Phân khai cả kế hoạch trong một việc."""
    done: list[Any] = []

    def once() -> None:
        with transaction.atomic():
            done.append(cascade.cascade(made.writer, plan.pk, on=ON))
            transaction.set_rollback(True)

    taken = median(once, 5)
    with queries() as count:
        once()
    shares = done[-1].made
    row = PlanTarget.objects.filter(plan=plan).order_by("pk").values_list("pk", flat=True)[0]
    floor = median(lambda: _bare_shares(row, made, shares), 5)
    results.add(
        Result(
            f"phân khai kế hoạch tỉnh: {DISTRICTS} huyện, {COMMUNES} xã, {shares} phần giao", "s", taken, runs=5,
            queries=count[0], floor=floor, floor_is="INSERT trần cùng số dòng", target=f"<= {CASCADE:g} s",
            reached=taken <= CASCADE,
        )
    )  # fmt: skip
    cascade.cascade(made.writer, plan.pk, on=ON)


def _bare_shares(target: int, made: Province, number: int) -> None:
    """As many rows as the cascade writes, by SQL alone, taken back."""
    names = 'target_id, unit_id, since, value, deadline_words, answer, reason, source_place, assumed, "order"'
    units = [*made.districts, *made.communes]
    # one living share of a unit and a target may stand: the rows of the floor are closed ones
    rows = [(target, units[at % len(units)], 1, 1, "", "", "", "", False, 0, 1) for at in range(number)]
    with transaction.atomic(), connection.cursor() as cursor:
        marks = ", ".join(["%s"] * 11)
        cursor.executemany(f"INSERT INTO planning_targetshare ({names}, until) VALUES ({marks})", rows)
        transaction.set_rollback(True)


def measure_cells(results: Results, made: Province, plan: Plan) -> None:
    """Một ô của bảng 184 x 19: the service, the page's request, and the page itself."""
    day = f"?ngay={ON.isoformat()}"
    places = [(unit, 1 + at % 19) for at, unit in enumerate(made.communes)]
    turns = iter(places * 40)
    mode = dict.fromkeys(places, "")

    def turned() -> tuple[int, int, str]:
        place = next(turns)
        mode[place] = "keep" if mode[place] == "gain" else "gain"
        return *place, mode[place]

    def by_service() -> None:
        unit, no, wanted = turned()
        cells.set_cell(made.writer, plan.pk, unit_id=unit, criterion_no=no, mode=wanted, on=ON)

    address = reverse("desk:plan_cell", args=[plan.pk]) + day

    def by_page() -> None:
        unit, no, wanted = turned()
        answer = made.client.post(address, {"unit": unit, "no": no, "mode": wanted, "words": ""})
        if answer.status_code != 200:
            raise AssertionError(answer.content.decode()[:300])

    cell = CriterionCell.objects.filter(plan=plan).order_by("pk").values_list("pk", flat=True)[0]
    floor = median(lambda: _bare_cell(cell), 15)
    for what, work in (("dịch vụ", by_service), ("yêu cầu của trang", by_page)):
        work()
        with queries() as count:
            work()
        times = [seconds(work) for _ in range(settings.REPEATS)]
        more: dict[str, Any] = {"floor": floor, "floor_is": "UPDATE trần một ô", "queries": count[0]}
        results.add(milliseconds(f"sửa một ô của bảng {COMMUNES} x 19, {what}", times, most=CELL, **more))
    page = reverse("desk:plan_cells", args=[plan.pk]) + day
    with queries() as count:
        size = len(made.client.get(page).content)
    times = [seconds(lambda: made.client.get(page)) for _ in range(max(5, settings.REPEATS // 4))]
    floor = median(lambda: _bare_table(plan), 5)
    more = {"floor": floor, "floor_is": "SELECT trần ô và hiện trạng", "queries": count[0]}
    results.add(milliseconds(f"mở bảng {COMMUNES} x 19", times, most=None, note=f"{size / 1024:.0f} KB", **more))


def _bare_cell(cell: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE planning_criterioncell SET mode = %s WHERE id = %s", ["gain", cell])


def _bare_table(plan: Plan) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, criterion_no, mode FROM planning_criterioncell WHERE plan_id = %s", [plan.pk])
        cursor.fetchall()
        sql = 'SELECT unit_id, no, outcome FROM standing_criterionstanding WHERE set_id = %s AND start <= %s AND "end" IS NULL'
        cursor.execute(sql, [plan.set_id, ON])
        cursor.fetchall()


def measure_writing(results: Results, made: Province, plan: Plan) -> None:
    """Văn bản chừng 15 trang lời cùng các biểu, viết thành Word."""
    _worded(made, plan)
    document = plan_document(plan, 1, ON)
    taken = median(lambda: write_docx(plan_document(plan, 1, ON)), 5)
    drawn = [annex for annex in document.annexes if annex.table is not None]
    rows = sum(len(annex.table.rows) for annex in drawn if annex.table)
    floor = median(lambda: _bare_docx(document), 3)
    note = f"{len(drawn)} biểu, {rows} hàng, {_pages(write_docx(document))}"
    results.add(
        Result(
            "viết kế hoạch thành Word, kể cả gom số liệu", "s", taken, runs=5, floor=floor,
            floor_is="python-docx trần: cùng đoạn, cùng ô", target=f"<= {WRITE:g} s", reached=taken <= WRITE, note=note,
        )
    )  # fmt: skip


_WORDS = (
    "Tập trung chỉ đạo các huyện, thành phố, các xã rà soát hiện trạng từng tiêu chí, xác định rõ nội dung chưa đạt, nguồn "
    "lực cần huy động, cơ quan chịu trách nhiệm và thời hạn hoàn thành; định kỳ kiểm tra, đôn đốc, kịp thời tháo gỡ khó "
    "khăn cho cơ sở, không để phát sinh nợ đọng xây dựng cơ bản."
)


def _worded(made: Province, plan: Plan) -> None:
    """Sections of text, money and a programme of work; as much as fills the pages of a province's plan."""
    for at in range(1, 13):
        lines = "\n".join(f"- {_WORDS}" for _ in range(9))
        text.add_section(made.writer, plan.pk, label=f"{at}.", heading=f"NỘI DUNG {at}", text=lines, on=ON)
    for at in range(8):
        amount = money.Amount(
            "source", f"Nguồn vốn {at}", amount=(at + 1) * 10**9, kind="dau_tu" if at % 2 else "su_nghiep"
        )
        money.add_money(made.writer, plan.pk, amount, on=ON)
    group = tasks.add_group(made.writer, plan.pk, name="Chỉ đạo, điều hành", on=ON)
    drafts = [
        tasks.TaskDraft(
            f"Nhiệm vụ {at}: {_WORDS[:90]}", lead="Sở NN&PTNT", deadline_words="Quý II/2024", group_id=group.pk
        )
        for at in range(36)
    ]
    tasks.add_many(made.writer, plan.pk, drafts, on=ON)


def _bare_docx(document: PlanDocument) -> None:
    """The same words and cells with nothing of the layout."""
    bare = docx.Document()
    for section in document.sections:
        bare.add_paragraph(section.heading)
        for block in section.blocks:
            bare.add_paragraph(getattr(block, "text", ""))
    for annex in document.annexes:
        if annex.table is not None:
            _bare_docx_table(bare, annex.table)
    bare.save(io.BytesIO())


def _bare_docx_table(bare: Any, drawn: Table) -> None:
    table = bare.add_table(rows=len(drawn.rows), cols=len(drawn.columns))
    for row, told in zip(table.rows, drawn.rows, strict=True):
        for cell, value in zip(row.cells, told.cells, strict=True):
            cell.text = "" if value is None else str(value)


def _pages(word: bytes) -> str:
    """How many pages the document has, where LibreOffice is there to lay it out."""
    try:
        return f"{len(pypdfium2.PdfDocument(write_pdf(word)))} trang"
    except (SourceError, WritingError):
        return "chưa đếm trang"
