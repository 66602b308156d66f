"""The rules say of a stored plan what they say of the document it was made of; and against the records, and jumpable."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import stored_document
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ntm.domain.documents.checking import check
from ntm.records.planning import checkable
from ntm.records.planning.models import CriterionCell, Plan, PlanSection, PlanTarget, PlanVersion, TargetShare, Task
from ntm.records.planning.services import from_reading
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding


@pytest.fixture
def plan(area: Any, holder: Any) -> Plan:
    registry.register_shipped()
    return stored_document.stored(area, holder("coordination_office", area.district).user_id)


def test_the_same_rules_say_the_same_of_the_document_and_of_the_plan_made_of_it(plan: Plan) -> None:
    of_document = stored_document.said(check(stored_document.document()))
    of_plan = stored_document.said(checkable.findings(plan, 1))
    assert {"two-views", "sum-units", "sum", "share", "annex-missing", "basis-later"} <= {
        rule for rule, _ in of_document
    }
    assert of_plan == {one for one in of_document if one[0] != "annex-missing"}  # it is written with both tables


def test_a_draft_made_by_the_service_from_the_reading_says_the_same(area: Any, holder: Any) -> None:
    registry.register_shipped()
    reading = stored_document.document()
    writer = holder("coordination_office", area.district)
    made = from_reading.draft_of(writer, area.district, reading, date(2018, 1, 30))
    found, told = stored_document.said(checkable.findings(made.plan, 1)), stored_document.said(check(reading))
    assert found == {one for one in told if one[0] != "annex-missing"}


def test_a_table_that_no_row_can_fill_stays_missing(plan: Plan) -> None:
    said = {f.rule: f.message for f in checkable.findings(plan, 1)}
    assert "annex-missing" not in said
    first = plan.sections.get(label="I.")
    first.text += "\n(Chi tiết nguồn vốn tại Biểu số 05, 5.1 kèm theo)"
    first.save()
    said = {f.rule: f.message for f in checkable.findings(plan, 1)}
    assert "Biểu 5.1" in said["annex-missing"] and "biểu 02" not in said["annex-missing"]
    stored = checkable.checkable(plan, 1)
    labels = [annex.label for annex in stored.reading.annexes]
    assert "Biểu 05" in labels and labels == sorted(labels)
    tables = next(annex for annex in stored.reading.annexes if annex.label == "Biểu 02")
    assert stored.rows[tables.rows[1].lines[0]][0].kind == "cells"


def test_a_finding_leads_to_the_rows_it_speaks_of(plan: Plan) -> None:
    stored = checkable.checkable(plan, 1)
    found = {f.rule: f for f in checkable.findings_of(stored)}
    assert {place.kind for place in stored.places(found["sum"])} >= {"money", "section"}
    assert {place.kind for place in stored.places(found["two-views"])} >= {"cells", "target"}
    assert {place.kind for place in stored.places(found["basis-later"])} >= {"basis", "version"}
    cells = {p.pk for p in stored.places(found["two-views"]) if p.kind == "cells"}
    assert CriterionCell.objects.get(plan=plan, criterion_no=10, told="units").pk in cells


def test_a_mended_row_is_right_at_once(plan: Plan) -> None:
    plan.cells.filter(told="units").update(told="both")
    assert "two-views" not in {f.rule for f in checkable.findings(plan, 1)}
    plan.money.filter(stated__isnull=False).update(stated=25_000_000_000)
    PlanSection.objects.filter(plan=plan, heading="KINH PHÍ").update(text="")
    assert "sum" not in {f.rule for f in checkable.findings(plan, 1)}


def test_the_fingerprint_stays_when_lines_move(plan: Plan) -> None:
    before = {f.rule: checkable.fingerprint(f) for f in checkable.findings(plan, 1)}
    first = plan.sections.get(label="I.")
    first.text = "Một đoạn mới được thêm vào đầu mục.\n" + first.text
    first.save()
    after = {f.rule: f for f in checkable.findings(plan, 1)}
    assert checkable.fingerprint(after["two-views"]) == before["two-views"]
    plan.targets.filter(what__contains="06 tiêu chí").update(value=7)
    assert (
        checkable.fingerprint(next(f for f in checkable.findings(plan, 1) if f.rule == "sum-units"))
        != before["sum-units"]
    )


def test_a_plan_of_rows_alone_is_checked(plan: Plan) -> None:
    """No words at all: targets, cells, tasks and money typed into tables."""
    plan.sections.all().delete()
    plan.bases.all().delete()
    Task.objects.create(
        plan=plan,
        unit_id=plan.unit_id,
        what="Ban hành kế hoạch",
        deadline_words="Trước 15/01/2018",
        deadline_year=2018,
    )
    stored_document.step(plan, what="Làm đường trục xã", start=date(2019, 4, 1), end=date(2019, 6, 30))
    rules = {f.rule for f in checkable.findings(plan, 1)}
    assert {"two-views", "sum-units", "sum", "deadline-before-issue", "deadline-outside-year"} <= rules
    assert "annex-missing" not in rules


def test_what_the_records_say_otherwise(plan: Plan, area: Any) -> None:
    stood = {"unit_id": area.commune, "set": plan.set, "basis": 2, "start": date(2017, 12, 31)}
    CriterionStanding.objects.create(no=6, outcome=1, **stood)
    CriterionStanding.objects.create(no=1, outcome=2, **stood)
    CriterionCell.objects.create(plan=plan, unit_id=area.commune, criterion_no=1, mode="keep")
    found = {f.rule: f.message for f in checkable.findings(plan, 1)}
    assert "Văn An được giao đạt thêm tiêu chí 6" in found["already-met"]
    assert "Văn An được giao duy trì tiêu chí 1" in found["kept-not-met"]


def test_upper_and_lower_plans_are_held_against_one_another(plan: Plan, area: Any) -> None:
    lower = Plan.objects.create(
        unit_id=area.commune, level="xa", kind="ntm", year=2018, year_to=2018, set=plan.set, upper=plan,
        opened_by_id=plan.opened_by_id, office="Xã", opened_at="2018-02-01T08:00:00+07:00", on=date(2018, 2, 1),
    )  # fmt: skip
    PlanVersion.objects.create(plan=lower, no=1, title="Kế hoạch xã", issuer="UBND xã Văn An", place="Văn An")
    CriterionCell.objects.create(plan=lower, unit_id=area.commune, criterion_no=6)
    insured = {"subject": "metric", "metric": "insurance", "mode": "total", "what": "Bảo hiểm y tế", "measure": "%"}
    whole = PlanTarget.objects.create(plan=plan, value=95, **insured)
    TargetShare.objects.create(target=whole, unit_id=area.commune, value=95)
    PlanTarget.objects.create(plan=lower, value=90, **insured)
    of_upper = [f.message for f in checkable.findings(plan, 1) if f.rule == "not-carried"]
    assert any("tiêu chí 10" in m and "tiêu chí 17" in m and "Văn An" in m for m in of_upper)
    of_lower = [f.message for f in checkable.findings(lower, 1) if f.rule == "not-carried"]
    assert any("tiêu chí 17" in m for m in of_lower)
    assert any("Bảo hiểm y tế" in m and "chỉ ghi 90" in m for m in of_lower)


def test_the_number_of_queries_does_not_grow_with_the_rows(plan: Plan, area: Any) -> None:
    def queries() -> int:
        fresh = Plan.objects.select_related("set").get(pk=plan.pk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            checkable.findings(fresh, 1)
        return len(asked)

    few = queries()
    Task.objects.bulk_create(
        Task(plan=plan, unit_id=plan.unit_id, what=f"Việc {n}", deadline_words="Quý II/2018", deadline_year=2018)
        for n in range(30)
    )
    CriterionCell.objects.bulk_create(
        CriterionCell(plan=plan, unit_id=area.neighbour, criterion_no=n) for n in (3, 4, 5)
    )
    assert queries() == few <= 30
