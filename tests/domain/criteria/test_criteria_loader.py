"""The form of a set: what is doubtful is refused with line and key; what is right becomes exactly what it says."""

from datetime import date
from decimal import Decimal

import pytest

from ntm.domain.criteria import CriteriaError, load_text
from ntm.domain.criteria.model import Absent, Comparator, Kind

REFERENCE = '{instrument: "1/QĐ-TTg", locator: "chỉ tiêu 1"}'
CHECK = '{verified: true, source: "https://vi.du/1", checked_on: "2026-01-02"}'

WHOLE = f"""\
code: "xa-thu"
name: Bộ thử giai đoạn 2021-2025
level: xa
title: {{name: "Xã đạt chuẩn", kind: ntm}}
decision:
  reference: {{instrument: "1/QĐ-TTg"}}
  issuer: Thủ tướng Chính phủ
  date: "2022-03-08"
  check: {CHECK}
force:
  start: {{day: "2022-03-08", basis: stated}}
  years: [2021, 2025]
regions:
  - {{code: "bac", name: "Vùng Bắc"}}
  - {{code: "nam", name: "Vùng Nam"}}
criteria:
  - number: 1
    name: Thu nhập
    check: {CHECK}
    indicators:
      - code: "1"
        text: Thu nhập bình quân
        kind: number
        comparator: ">="
        measure: triệu đồng
        reference: {REFERENCE}
        check: {CHECK}
        levels:
          - value: "59.5"
            regions: [chung]
            reference: {REFERENCE}
            check: {CHECK}
"""


def refused(text: str) -> CriteriaError:
    with pytest.raises(CriteriaError) as caught:
        load_text(text, "thu.yaml")
    return caught.value


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_a_right_text_is_what_it_says():
    one = load_text(WHOLE, "thu.yaml")
    indicator = one.indicator("1")
    assert (one.level, one.title_kind, one.years, one.start) == ("xa", "ntm", (2021, 2025), date(2022, 3, 8))
    assert (indicator.kind, indicator.comparator, indicator.measure) == (Kind.NUMBER, Comparator.GE, "triệu đồng")
    (level,) = indicator.thresholds
    assert level.value == Decimal("59.5") and level.region is None
    assert level.reference.locator == "chỉ tiêu 1"
    assert level.check.verified and level.check.checked_on == date(2026, 1, 2)
    assert len(one.hash) == 64


def test_the_hash_does_not_depend_on_layout_but_on_content():
    same = WHOLE.replace('value: "59.5"', 'value: "59.50"') + "# một chú thích\n"
    assert load_text(same, "khac.yaml").hash == load_text(WHOLE, "thu.yaml").hash
    assert load_text(WHOLE.replace('"59.5"', '"59.6"'), "x").hash != load_text(WHOLE, "x").hash


@pytest.mark.parametrize(
    ("old", "new", "words", "message"),
    [
        ('value: "59.5"', "value: 59.5", "value: 59.5", "ngoặc kép"),
        ('value: "59.5"', "value: true", "value: true", "cần một số"),
        ('value: "59.5"', 'value: "59,5"', "value:", "dấu chấm"),
        ("measure: triệu đồng", "messure: triệu đồng", 'code: "1"', "measure"),
        ("measure: triệu đồng", "measure: triệu đồng\n        muc: 1", "muc: 1", "không có khóa"),
        ('code: "1"', "code: 1", "code: 1", "ngoặc kép"),
        ('date: "2022-03-08"', "date: 2022-03-08", "date: 2022-03-08", "ngoặc kép"),
        ("regions: [chung]", "regions: [tay]", "regions: [tay]", "không có trong danh sách"),
        ("regions: [chung]", "regions: []", "value:", "rỗng"),
        ("kind: number", "kind: so", "kind: so", "không thuộc"),
        ("level: xa", "level: commune", "level: commune", "không thuộc"),
        ("- number: 1", "- number: một", "number: một", "số nguyên"),
        ("years: [2021, 2025]", "years: [2025, 2021]", "years:", "năm đầu trước"),
        ("basis: stated", "basis: derived", "start:", "suy ra"),
    ],
)
def test_it_refuses_and_names_the_line(old, new, words, message):
    text = WHOLE.replace(old, new, 1)
    error = refused(text)
    assert error.file == "thu.yaml"
    assert error.line == line_of(text, words)
    assert message in error.message


def test_a_verified_value_must_name_its_source():
    error = refused(WHOLE.replace(CHECK, "{verified: true}", 1))
    assert "source" in error.message


@pytest.mark.parametrize("word", ["yes", "true", "no", "on"])
def test_a_level_in_words_is_a_word_not_a_boolean(word):
    text = WHOLE.replace("kind: number", "kind: yes_no").replace('        comparator: ">="\n', "")
    text = text.replace("        measure: triệu đồng\n", "")
    assert load_text(text.replace('"59.5"', "Đạt"), "x").indicator("1").thresholds[0].value is True
    error = refused(text.replace('"59.5"', word))
    assert "đúng/sai" in error.message and error.line == line_of(text, "value:")


def test_other_words_are_kept_as_the_level():
    text = WHOLE.replace("kind: number", "kind: yes_no").replace('        comparator: ">="\n', "")
    text = text.replace("        measure: triệu đồng\n", "").replace('"59.5"', "Không")
    (level,) = load_text(text, "x").indicator("1").thresholds
    assert level.value is True and level.words == "Không"


def test_a_judged_indicator_takes_no_number():
    text = WHOLE.replace("kind: number", "kind: yes_no").replace('        comparator: ">="\n', "")
    assert "không phải số" in refused(text.replace("        measure: triệu đồng\n", "")).message


def test_two_levels_of_one_place_must_not_overlap():
    level = f"""          - value: 60
            regions: [chung]
            from: "2023-01-01"
            reference: {REFERENCE}
            check: {CHECK}
"""
    assert "hai mức" in refused(WHOLE + level).message
    ended = WHOLE.replace("regions: [chung]", 'regions: [chung]\n            to: "2023-01-01"')
    assert len(load_text(ended + level, "x").indicator("1").thresholds) == 2


def test_an_indicator_without_a_level_must_say_so():
    bare = WHOLE[: WHOLE.index("        levels:")]
    assert "chưa có mức" in refused(bare).message
    assert (
        load_text(bare + "        threshold_missing: true\n", "x").indicator("1").level_at(date(2022, 5, 1))
        is Absent.MISSING
    )
    assert (
        load_text(bare + "        delegated_to: UBND cấp tỉnh\n", "x").indicator("1").level_at(date(2022, 5, 1))
        is Absent.DELEGATED
    )


def test_a_region_is_not_both_given_and_missing():
    text = WHOLE.replace("        levels:", "        missing_regions: [chung]\n        levels:")
    assert "vừa có mức" in refused(text).message


def test_a_code_is_used_once_in_a_set():
    second = WHOLE[WHOLE.index("  - number: 1") :].replace("number: 1", "number: 2")
    error = refused(WHOLE + second)
    assert 'chỉ tiêu "1"' in error.message


def test_a_criterion_number_is_used_once():
    assert "viết hai lần" in refused(WHOLE + WHOLE[WHOLE.index("  - number: 1") :]).message


def test_an_unknown_base_is_refused_at_its_line():
    text = WHOLE.replace("level: xa\n", 'level: xa\nextends: "khong-co"\n')
    error = refused(text)
    assert error.line == line_of(text, "extends:") and "khong-co" in error.message


def test_points_and_scoring():
    text = WHOLE.replace("kind: number", "kind: points").replace("measure: triệu đồng", "measure: điểm")
    text = text.replace('code: "1"', 'code: "1"\n        max_points: 5').replace(
        "criteria:\n", f"scoring: {{total: 100, required: 99, reference: {REFERENCE}, check: {CHECK}}}\ncriteria:\n"
    )
    one = load_text(text.replace('"59.5"', "4"), "x")
    assert one.scoring is not None and one.scoring.required == 99
    assert one.indicator("1").max_points == 5
    assert "không quá" in refused(text.replace("required: 99", "required: 101")).message
