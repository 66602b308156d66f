"""The five plans stand as plans: rows as the papers have them, progress, what contradicts itself, and paper again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources.reader import read_source
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.targets import State
from ntm.faces.cli import demo
from ntm.faces.cli import main as cli
from ntm.faces.cli.demonstration import plans as listed
from ntm.faces.cli.demonstration.facts import day, facts_of
from ntm.faces.cli.demonstration.planned import plan_facts
from ntm.records.planning import checkable, written
from ntm.records.planning.models import CriterionCell, Occurrence, Plan, PlanState, PlanTarget, TargetShare, Task
from ntm.records.planning.queries import cascade, cells, progress
from ntm.records.planning.queries.plans import MoneyLine, money_tree
from ntm.records.units import services as unit_services
from ntm.records.units.services import SystemActor

PROVINCES = ["10", "20", "24", "30"]


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    fast = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), fast:
        outer = transaction.atomic()
        outer.__enter__()
        unit_services.load_gazetteer(SystemActor("kiểm thử"), on=date(2026, 11, 1), provinces=PROVINCES)
        demo.load_once()
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _plans(_loaded: None, db: None) -> None:
    """Every test here reads the loaded demonstration."""


def plan(name: str) -> Plan:
    mark = listed.PLANS[name].mark
    return Plan.objects.select_related("set").get(opened_by__username=mark)


def today(name: str) -> date:
    return day(facts_of(listed.PLANS[name].folder)["day"])


def task(name: str, no: str) -> Task:
    return plan(name).tasks.get(no=no)  # type: ignore[attr-defined,no-any-return]


def bodies(row: Task, part: str) -> list[str]:
    return [body.words for body in row.bodies.filter(part=part).order_by("order")]  # type: ignore[attr-defined]


def rules(name: str) -> list[tuple[str, str, str]]:
    found = checkable.findings(plan(name), 1, today(name))
    return [(one.severity, one.rule, one.message) for one in found]


def tree(name: str) -> list[MoneyLine]:
    return list(money_tree(list(plan(name).money.order_by("order"))))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "state", "number", "counts"),
    [
        ("van-quan", "issued", "15", {"targets": 42, "cells": 54, "tasks": 27, "duties": 7, "recipients": 9}),
        ("bac-giang", "issued", "552", {"targets": 29, "cells": 0, "tasks": 36, "task_groups": 3, "duties": 7, "bases": 3}),
        ("si-ma-cai", "reviewed", "", {"targets": 25, "cells": 14, "tasks": 0, "money": 9, "duties": 10, "bases": 11}),
        ("thach-loi", "draft", "", {"targets": 4, "cells": 19, "roadmap": 12, "money": 10, "duties": 16, "bases": 4}),
        ("luong-phong", "draft", "", {"targets": 3, "cells": 6, "tasks": 0, "duties": 1, "sections": 11, "bases": 3}),
    ],
)  # fmt: skip
def test_each_plan_stands_as_far_as_its_paper_went(name: str, state: str, number: str, counts: dict[str, int]) -> None:
    row = plan(name)
    version = row.versions.get()  # type: ignore[attr-defined]
    assert (row.state, version.state, version.number) == (state, state, number)
    assert {part: getattr(row, part).count() for part in counts} == counts
    assert bool(version.digest) == (state == PlanState.ISSUED)
    assert version.signer and not PlanTarget.objects.filter(plan=row, source_place="").exists()


def test_what_the_paper_lists_is_what_is_stored_and_rows_keep_their_place() -> None:
    for one in listed.PLANS.values():
        facts, row = plan_facts(one.folder), Plan.objects.get(opened_by__username=one.mark)
        assert row.targets.count() == len(facts["targets"])
        told = [task_row for group in facts.get("tasks", ()) for task_row in group["rows"]]
        stored = list(row.tasks.order_by("order").values_list("what", "deadline_words", "source_place"))
        assert stored == [(t["what"], t["by"], t["place"]) for t in told]
        assert not CriterionCell.objects.filter(plan=row, source_place="").exists()
        assumed = CriterionCell.objects.filter(plan=row, assumed=True).count()
        assert (assumed, row.assumed) == ((6, True) if one.folder == "luong_phong" else (0, False))


def test_the_programmes_of_work() -> None:
    inspection = task("van-quan", "III.1")
    assert inspection.deadline_words == "Tháng 3, 6, 9, 11"
    assert bodies(inspection, "directing") == ["BCĐ huyện"]
    dues = list(Occurrence.objects.filter(task=inspection, whole=None).order_by("due").values_list("due", flat=True))
    assert dues == [date(2018, 3, 31), date(2018, 6, 30), date(2018, 9, 30), date(2018, 11, 30)]
    assert bodies(task("van-quan", "VIII.2"), "lead") == ["Phòng LĐ-TB&XH", "BCĐ xã"]
    assert task("van-quan", "X.4").last_due == date(2019, 1, 31)
    assert task("van-quan", "I.1").last_due is None
    first = task("bac-giang", "I.1")
    assert (bodies(first, "lead"), first.last_due) == (["Sở NN&PTNT", "VPĐP tỉnh"], date(2020, 1, 31))
    assert bodies(task("bac-giang", "III.13"), "lead") == ["Mặt trận tổ quốc"]
    assert task("bac-giang", "II.10").last_due == date(2020, 9, 30)
    assert bodies(task("bac-giang", "I.12"), "coordinating") == ["Sở KH&ĐT", "Sở TC", "UBND huyện", "UBND TP"]
    assert set(Occurrence.objects.values_list("state", flat=True)) == {"open"}  # no result is made up


def test_progress_computes_on_the_day_of_each_plan() -> None:
    found = {name: progress.plan_progress(plan(name).pk, today(name)) for name in listed.PLANS}
    van_quan = {row.row.what: row.progress for row in found["van-quan"].rows}
    average = van_quan["đến cuối năm đạt trung bình 9,5 tiêu chí/xã"]
    assert (average.state, average.actual, average.remaining) == (State.ON_THE_WAY, Decimal("8.0"), Decimal("1.5"))
    assert (
        van_quan["Tiêu chí số 01 Quy hoạch: 23/23 xã đã hoàn thành quy hoạch chung xây dựng xã"].state is State.REACHED
    )
    assert van_quan["Hết năm 2018 duy trì 23/23 xã đạt tiêu chí"].actual == 23
    bac_giang = {row.row.what: row.progress for row in found["bac-giang"].rows}
    assert (bac_giang["lũy kế 124/184 xã"].actual, bac_giang["lũy kế 124/184 xã"].remaining) == (101, 23)
    assert bac_giang["không còn xã đạt dưới 10 tiêu chí"].actual == 9
    promised, met = found["thach-loi"].cells.of_unit(plan("thach-loi").unit_id)
    assert (promised, met) == (19, 12)
    for one in found.values():
        assert sum(one.counts.values()) == len(one.rows) > 0


def test_the_two_lists_of_van_quan_do_not_agree() -> None:
    found = cells.disagreements(plan("van-quan"), 1, today("van-quan"))
    told = {(one.unit.name, one.cell.criterion_no, str(one.cell.told)) for one in found}
    assert told == {
        ("Vân Mộng", 3, "units"),
        ("Văn An", 5, "units"),
        ("Văn An", 6, "units"),
        ("Tân Đoàn", 5, "units"),
        ("Tân Đoàn", 2, "criteria"),
        ("Hữu Lễ", 9, "units"),
    }
    for name in ("si-ma-cai", "thach-loi", "luong-phong"):
        assert cells.disagreements(plan(name), 1, today(name)) == []


@pytest.mark.parametrize(
    ("name", "severity", "rule", "words"),
    [
        ("van-quan", "high", "two-views", "Hữu Lễ được giao tiêu chí 9"),
        ("van-quan", "high", "own-rule", "Tân Đoàn chỉ được giao 2 tiêu chí"),
        ("van-quan", "medium", "wrong-year", "ghi năm 2017"),
        ("van-quan", "medium", "bands", "trùng nhau một phần"),
        ("bac-giang", "high", "annex-missing", "có Biểu 02 kèm theo, nhưng chỉ có Biểu 01, Biểu 03, Biểu 04, Biểu 05"),
        ("bac-giang", "info", "deadline-outside-year", "Quý I/2021"),
        ("bac-giang", "medium", "deadline-before-issue", "Tháng 01/2020"),
        ("si-ma-cai", "medium", "two-views-count", "thêm 6 xã"),
        ("si-ma-cai", "medium", "keep-all", "Quan Hồ Thẩn"),
        ("si-ma-cai", "high", "annex-missing", "có Biểu 3.2 kèm theo, nhưng chỉ có Biểu 01"),
        ("si-ma-cai", "low", "set-period", "2021-2025"),
        ("thach-loi", "high", "sum", "10.500 triệu đồng"),
        ("thach-loi", "high", "balance-figure", "13.500 triệu đồng"),
        ("thach-loi", "medium", "money-after", "khi xã đạt chuẩn NTM nâng cao"),
        ("thach-loi", "medium", "two-standards", "cơ sở vật chất mức độ 2"),
        ("thach-loi", "medium", "duty-criterion", "không ai được giao tiêu chí 16"),
        ("luong-phong", "medium", "congress", "XXII"),
        ("luong-phong", "medium", "basis-title", "1980/QĐ-TTg"),
    ],
)
def test_the_checks_of_the_stored_plan_find_what_the_paper_says_twice(
    name: str, severity: str, rule: str, words: str
) -> None:
    assert any((of, its) == (severity, rule) and words in said for of, its, said in rules(name))


def test_what_the_plan_is_written_with_is_not_missing_and_a_draft_lacks_no_number() -> None:
    """Every finding of the five was looked at: these two were false, the paper's own contradictions stay."""
    found = {name: rules(name) for name in listed.PLANS}
    told = {name: sorted({rule for _severity, rule, _said in rows}) for name, rows in found.items()}
    assert [name for name, rows in told.items() if "header" in rows] == []
    missing = [said for rows in found.values() for _severity, rule, said in rows if rule == "annex-missing"]
    assert sorted(said.split(" kèm theo")[0] for said in missing) == [
        "Văn bản nói có Biểu 02",
        "Văn bản nói có Biểu 3.2",
    ]
    assert {name: len(rows) for name, rows in found.items()} == {
        "thach-loi": 10, "van-quan": 12, "si-ma-cai": 5, "bac-giang": 3, "luong-phong": 3,
    }  # fmt: skip


def test_heavy_findings_of_an_issued_plan_were_answered_in_words() -> None:
    for name in ("van-quan", "bac-giang"):
        answers = plan(name).finding_answers.filter(replaced_at=None)  # type: ignore[attr-defined]
        assert answers.count() == sum(severity == "high" for severity, _rule, _said in rules(name)) > 0
        assert all("như văn bản gốc" in one.words for one in answers)


def test_sums_of_money_are_derived_and_the_stated_ones_kept_beside_them() -> None:
    need, source = tree("thach-loi")
    assert (need.amount, source.amount, source.row.stated) == (23_800_000_000, 10_500_000_000, 10_300_000_000)
    assert (need.differs, source.differs) == (False, True)
    assert (need.amount or 0) - (source.amount or 0) == 13_300_000_000
    assert [part.row.condition for part in source.parts] == ["khi xã đạt chuẩn NTM nâng cao", "", ""]
    (whole,) = tree("si-ma-cai")
    assert (whole.amount, whole.differs) == (183_970_000_000, False)
    assert [part.amount for part in whole.parts] == [5_490_000_000, 161_180_000_000, 11_000_000_000, 6_300_000_000]
    assert [[one.amount for one in part.parts] for part in whole.parts[:2]] == [
        [3_890_000_000, 1_600_000_000], [73_616_000_000, 87_564_000_000],
    ]  # fmt: skip


def test_the_shares_of_bac_giang() -> None:
    row, on = plan("bac-giang"), today("bac-giang")
    trees = {one.target.what: one for one in cascade.tree(row, 1, on)}
    communes = trees["Có thêm 23 xã đạt chuẩn nông thôn mới"]
    assert (len(communes.branches), communes.given, communes.residual) == (10, 23, 0)
    assert trees["lũy kế 124/184 xã"].given == 124
    assert trees["lũy kế 55 thôn"].given == 55
    named = {
        target: TargetShare.objects.filter(target__what=target, unit__positions__level=level).distinct().count()
        for target, level in (
            ("có 08 xã đạt chuẩn xã nông thôn mới nâng cao", "xa"),
            ("có thêm 46 thôn đạt thôn nông thôn mới kiểu mẫu", "thon"),
        )
    }
    assert list(named.values()) == [8, 46]
    average = trees["lũy kế đạt 16,2 tiêu chí/xã"]
    assert (average.over, average.residual) == (True, Decimal("-0.84"))  # Biểu 01 does not average to the stated figure
    places = TargetShare.objects.filter(target__plan=row).values_list("source_place", flat=True)
    assert any("599/QĐ-KH-BCĐ" in place for place in places) and any("17/KH-BCĐ" in place for place in places)
    assert not TargetShare.objects.filter(target__plan=row).exclude(answer="").exists()


def test_table_01_of_bac_giang_is_written_as_it_was_printed() -> None:
    table = written.annexes_of(_parts("bac-giang"))[0].table
    assert table is not None
    printed = {code: (row["recognised"], row["under_ten"]) for code, row in facts_of("bac_giang")["table_01"].items()}
    assert len(printed) == 10
    document = read_source(_word("bac-giang"), "kế hoạch.docx")
    total = next(line.text for line in document.lines if "Tổng cộng" in line.text and "124" in line.text)
    for figure in ("122", "144", "9", "55", "15,8", "16,2", "101", "124"):
        assert figure in total.split("\t")


def test_van_quan_written_and_read_again_is_the_same_plan() -> None:
    found: Reading = read(read_source(_word("van-quan"), "kế hoạch.docx"))
    row = plan("van-quan")
    signed = found.header.date
    assert signed is not None
    assert (found.header.number, found.header.symbol) == ("15", "KH-UBND")
    assert (signed.year, signed.month, signed.day) == (2018, 1, 30)
    drawn = [one for one in found.tasks if one.from_table]
    stored = list(row.tasks.order_by("order").values_list("what", "deadline_words"))  # type: ignore[attr-defined]
    assert [(one.what, one.deadline.text if one.deadline else "") for one in drawn] == stored and len(drawn) == 27
    assert (len(found.recipients), len(found.duties), len(found.bases)) == (9, 7, 1)
    _cells_again(row, found)
    figures = [(t.value, _word_of(t.measure)) for t in found.targets]
    figures += [(Decimal(c.count), "xã") for c in found.criterion_targets if c.count is not None]
    lost = [t.what for t in row.targets.all() if (t.value, _word_of(t.measure)) not in figures]  # type: ignore[attr-defined]
    assert lost == []


def _cells_again(row: Plan, found: Reading) -> None:
    """Both lists, the criteria's as the paper told it; the table of communes shows every cell."""
    names = dict(_names(row))
    gains = list(row.cells.filter(mode="gain"))  # type: ignore[attr-defined]
    keeps = {(names[c.unit_id], c.criterion_no) for c in row.cells.filter(mode="keep")}  # type: ignore[attr-defined]
    listed_of = {
        mode: {
            (u, no) for t in found.targets if t.mode == mode and not t.threshold for u in t.units for no in t.criteria
        }
        for mode in ("gain", "keep")
    }
    counted = {
        mode: {(u, c.criterion) for c in found.criterion_targets if c.mode == mode and not c.derived for u in c.units}
        for mode in ("gain", "keep")
    }
    assert listed_of["gain"] == {(names[c.unit_id], c.criterion_no) for c in gains}
    assert counted["gain"] == {(names[c.unit_id], c.criterion_no) for c in gains if c.told != "units"}
    assert listed_of["keep"] | counted["keep"] == keeps


def _word_of(measure: str | None) -> str:
    return (measure or "").split("/")[0].strip()


def test_a_demonstration_loaded_before_it_had_plans_gets_them() -> None:
    with transaction.atomic():
        assert listed.wanting() == []
        before = plan("luong-phong")
        Plan.objects.filter(pk=before.pk).update(year=2001, year_to=2001)
        assert (listed.missing(), listed.unwritten(), listed.wanting()) == ([], ["luong-phong"], ["luong-phong"])
        assert demo.load_once() == "1 kế hoạch"
        assert Plan.objects.filter(opened_by__username="xa.luongphong", year=2023).count() == 1
        assert demo.load_once() == "đã có"
        transaction.set_rollback(True)


def test_ntm_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str) -> Any:
        assert cli.main(["plan", *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    row = plan("van-quan")
    assert len(said("show")) == 5
    assert [one["number"] for one in said("show", "--unit", "184", "--on", "2018-01-30")] == ["15/KH-UBND"]
    assert [one["unit"] for one in said("show", "--year", "2020")] == ["tỉnh Bắc Giang"]
    shown = said("show", str(row.pk), "--on", "2018-01-30")
    assert len(shown["content"]["tasks"]) == 27 and len(shown["disagreements"]) == 6
    judged = said("progress", str(row.pk), "--on", "2018-01-30")
    assert len(judged["targets"]) == sum(judged["counts"].values()) == 42
    files = said("write", str(row.pk), "--docx", str(tmp_path / "a.docx"), "--xlsx", str(tmp_path / "a.xlsx"))
    assert set(files) == {"docx", "xlsx"} and (tmp_path / "a.docx").read_bytes()[:2] == b"PK"
    assert cli.main(["plan", "show", str(row.pk)]) == 0
    assert "Hai danh sách không khớp" in capsys.readouterr().out
    assert cli.main(["plan", "show", str(plan("thach-loi").pk)]) == 0
    assert "(văn bản ghi 10.300 triệu đồng)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "999999"], "Không có kế hoạch mã 999999"),
        (["show", "--unit", "184", "--on", "2026-01-01"], "không có đơn vị mã 184"),
        (["write", "999999"], "Nêu ít nhất một tệp"),
    ],
)
def test_ntm_plan_refuses_in_a_sentence(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", *words]) == cli.REFUSED
    assert told in capsys.readouterr().err


def test_ntm_plan_writes_nothing_where_there_is_no_folder_or_no_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pk = str(plan("thach-loi").pk)
    assert cli.main(["plan", "write", pk, "--docx", str(tmp_path / "x" / "a.docx")]) == cli.REFUSED
    assert "Không có thư mục" in capsys.readouterr().err
    assert cli.main(["plan", "show", pk, "--version", "2"]) == cli.REFUSED
    assert "không có lần ban hành này" in capsys.readouterr().err


def _parts(name: str) -> Any:
    from ntm.records.planning.as_document.parts import load

    return load(plan(name), 1, today(name))


def _word(name: str) -> bytes:
    return write_docx(written.plan_document(plan(name), 1, today(name)))


def _names(row: Plan) -> list[tuple[int, str]]:
    from ntm.records.units import queries as units

    ids = set(row.cells.values_list("unit_id", flat=True))  # type: ignore[attr-defined]
    return [(pk, label.name) for pk, label in units.labels(ids, date(2018, 1, 30)).items()]
