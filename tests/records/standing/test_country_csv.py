"""Tệp CSV: what is read, what is told by line, and that a file with a fault writes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.assessment.model import Fact, Nothing
from ntm.domain.criteria import catalogue
from ntm.records.people.authority import Denied
from ntm.records.standing import csv_file, registry, typing_in
from ntm.records.standing.csv_file import Figures, Marks, marks_of
from ntm.records.standing.models import Observation, UnitStanding
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.importing_csv import CsvImported, import_csv
from standing_world import DAY, HAI_DUONG, World

THACH_LOI = "10906"


def _import(world: World, text: str | bytes, who: str = "district", **more: object) -> CsvImported:
    content = text.encode() if isinstance(text, str) else text
    options = {"set_code": HAI_DUONG, "as_of": DAY, "stage": Stage.VERIFIED, "file": "so-lieu.csv"} | more
    return import_csv(world.actor[who], content, **options)  # type: ignore[arg-type]


def test_a_good_file_stands_at_once(world: World) -> None:
    done = _import(world, f'unit,indicator,value,note\n{THACH_LOI},10,"59,58",theo báo cáo\n{THACH_LOI},TC1,đạt,\n')
    assert done.imported is not None and done.imported.written == 2
    income = Observation.objects.get(code="10")
    assert (income.value, income.typed, income.source_place, income.note) == (
        Decimal("59.58"), "59,58", "dòng 2", "theo báo cáo",
    )  # fmt: skip
    assert (income.state, income.source) == (State.ACCEPTED, "csv")
    assert UnitStanding.objects.filter(unit_id=world.unit["thach_loi"], met=1, not_met=1).exists()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffMã đơn vị;Chỉ tiêu;Giá trị\r\n10906;10;59,58\r\n".encode(),
        "giá trị\tmã đơn vị\tchỉ tiêu\n59,58\t10906\t10\n".encode(),
        "Mã đơn vị\tChỉ tiêu\tGiá trị\n10906\t10\t59,58\n".encode("utf-16"),
        b"unit,indicator,value\n10906,10,59.58\n\n",
        "unit;indicator;value;note\n10906;10;59,58;dòng một\n".encode(),
    ],
)
def test_every_way_a_table_is_saved_is_read_the_same(world: World, text: bytes) -> None:
    assert _import(world, text).errors == ()
    assert Observation.objects.get().value == Decimal("59.58")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("unit,indicator,value\n10906,10,nhiều\n", 2, "chỉ tiêu 10"),
        ("unit,indicator,value\n10906,10,08/09\n", 2, "ngày tháng"),
        ("unit,indicator,value\n10906,99.9,1\n", 2, "99.9"),
        ("unit,indicator,value\n99999,10,1\n", 2, "không có đơn vị mã “99999”"),
        ("unit,indicator,value\n295,10,1\n", 2, "không phải đơn vị cấp xã"),
        ("unit,indicator,value\n10906,10,1\n10906,10,2\n", 3, "đã ghi ở dòng 2"),
        ("unit,indicator,value\n10906,10,59,58\n", 2, "ngoặc kép"),
        ("unit,indicator,value\n,10,1\n", 2, "chưa ghi mã đơn vị"),
        ("unit,indicator,value\n10906,,1\n", 2, "chưa ghi mã chỉ tiêu"),
        ("unit,indicator,value\n10906,10,1.234\n", 2, "có thể là 1234 hoặc 1,234"),
        ("unit,indicator,value\n10906,10,1.2345678\n", 2, "6 chữ số thập phân"),
        ("unit,value\n10906,1\n", 1, "thiếu cột indicator"),
        ("unit,indicator,value,màu\n", 1, "cột lạ “màu”"),
        ("unit,unit,indicator,value\n", 1, "hai lần"),
        ('unit,indicator,value\n10906,10,"1\n', 2, "ngoặc kép"),
        ("", 1, "thiếu cột"),
        ("unit,indicator,value\n", 0, "không có dòng số liệu nào"),
        (b"PK\x03\x04abc", 0, "tệp Excel"),
        ("unit,indicator,value\n10906,10,đạt".encode("cp1258", "replace"), 2, "không phải UTF-8"),
    ],
)
def test_each_fault_has_its_line_and_sentence_and_nothing_is_written(
    world: World, text: str | bytes, line: int, said: str
) -> None:
    done = _import(world, text)
    assert done.imported is None and done.wrong == len(done.errors) == 1
    assert done.errors[0].line == line and said in done.errors[0].sentence
    assert not Observation.objects.exists()


def test_a_lost_zero_is_named(world: World, area: object) -> None:
    done = _import(world, "unit,indicator,value\n6280,10,1\n", who="province")
    assert "06280" in done.errors[0].sentence


def test_one_wrong_line_among_good_ones_keeps_all_out_and_all_are_told(world: World) -> None:
    done = _import(world, "unit,indicator,value\n10906,10,70\n10906,11,nhiều\n10906,TC1,đạt\n10906,8.8,1\n")
    assert [one.line for one in done.errors] == [3, 5]
    assert not Observation.objects.exists()


def test_a_dry_run_counts_exactly_and_leaves_nothing(world: World) -> None:
    done = _import(world, "unit,indicator,value\n10906,10,70\n10906,TC1,đạt\n", dry_run=True)
    assert done.imported is not None and (done.imported.written, done.imported.units) == (2, 1)
    assert not Observation.objects.exists() and not UnitStanding.objects.exists()


def test_who_may_not_is_told_also_on_a_dry_run(world: World) -> None:
    with pytest.raises(Denied):
        _import(world, "unit,indicator,value\n10906,10,70\n", who="stranger", dry_run=True)


def test_a_day_out_of_force_is_refused(world: World) -> None:
    from datetime import date

    with pytest.raises(Refused, match="ngoài thời gian áp dụng"):
        _import(world, "unit,indicator,value\n10906,10,70\n", as_of=date(2019, 1, 1))


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (["59,58", "70"], Marks.COMMA),
        (["1.234,5"], Marks.COMMA),
        (["1.234.567"], Marks.COMMA),
        (["59.58", "70"], Marks.DOT),
        (["0.125"], Marks.DOT),
        (["1.234", "1,234", "70", "đạt", "2024"], Marks.UNTOLD),
        (["59,58", "59.58"], Marks.MIXED),
    ],
)
def test_the_file_tells_what_its_marks_mean(values: list[str], marks: Marks) -> None:
    assert marks_of(iter(values)) is marks


@pytest.mark.parametrize(
    ("marks", "typed", "fact"),
    [
        (Marks.COMMA, "1.234", Decimal(1234)),
        (Marks.DOT, "1.234", Decimal("1.234")),
        (Marks.COMMA, "1,234", Decimal("1.234")),
        (Marks.UNTOLD, "1,234", Decimal("1.234")),
        (Marks.MIXED, "59.58", Decimal("59.58")),
        (Marks.DOT, "không xét", Nothing.NOT_CONSIDERED),
        (Marks.DOT, "", Nothing.NO_DATA),
        (Marks.DOT, "đạt", True),
        (Marks.COMMA, "chưa đạt", False),
    ],
)
def test_a_value_is_read_by_the_marks_of_its_file(world: World, marks: Marks, typed: str, fact: Fact) -> None:
    assert Figures(registry.resolve(HAI_DUONG), marks).fact("10", typed) == fact


@given(
    typed=st.from_regex(r"[0-9]{1,4}(,[0-9]{1,4})?", fullmatch=True), code=st.sampled_from(["10", "11", "17.3", "TC1"])
)
def test_plain_figures_are_read_as_every_other_entry_is(typed: str, code: str) -> None:
    a_set = catalogue().get(HAI_DUONG)
    said = Figures(a_set, Marks.COMMA).fact(code, typed)
    try:
        expected: Fact | None = typing_in.parse_typed(typing_in.find_asked(a_set, code)[0], typed)
    except (Refused, ValueError):
        expected = None
    assert isinstance(said, str) if expected is None else said == expected


@pytest.mark.parametrize(("marks", "typed"), [(Marks.UNTOLD, "1.234"), (Marks.MIXED, "1.234"), (Marks.DOT, "1,234")])
def test_a_value_that_could_be_two_is_refused_with_both(world: World, marks: Marks, typed: str) -> None:
    said = Figures(registry.resolve(HAI_DUONG), marks).fact("10", typed)
    assert isinstance(said, str) and "1234" in said and "1,234" in said


def test_a_file_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "LARGEST", 10)
    assert "lớn quá" in csv_file.read(b"unit,indicator,value\n").errors[0].sentence
