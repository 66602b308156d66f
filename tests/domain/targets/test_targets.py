"""A target against what was measured: reached, on the way, behind, no data; sentences an officer can read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ntm.domain.criteria import catalogue
from ntm.domain.targets import METRICS, Measured, Mode, State, Subject, Target, metric, progress
from ntm.domain.targets.metrics import find, indicator_of

START, DUE = date(2018, 1, 30), date(2018, 12, 31)
D = Decimal


def target(
    subject: Subject = Subject.CRITERIA, mode: Mode = Mode.GAIN, value: str | None = "10", **more: object
) -> Target:
    more.setdefault("due", DUE)
    return Target(subject, mode, "chỉ tiêu thử", value=D(value) if value else None, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "measured", "on", "state", "actual", "remaining"),
    [
        (target(), Measured(gained=D(10)), date(2018, 6, 1), State.REACHED, D(10), D(0)),
        (target(), Measured(gained=D(1)), date(2018, 4, 1), State.ON_THE_WAY, D(1), D(9)),
        (target(), Measured(gained=D(1)), date(2018, 11, 1), State.BEHIND, D(1), D(9)),
        (target(), Measured(gained=D(9)), date(2018, 11, 1), State.ON_THE_WAY, D(9), D(1)),
        (target(), Measured(gained=D(9)), date(2019, 1, 1), State.BEHIND, D(9), D(1)),
        (target(), Measured(), date(2018, 4, 1), State.NO_DATA, None, None),
        (target(op=">"), Measured(gained=D(10)), date(2018, 4, 1), State.ON_THE_WAY, D(10), D(0)),
        (
            target(Subject.METRIC, Mode.TOTAL, "3.5", op="=", metric="poverty", measure="%"),
            Measured(now=D("3.4"), start=D("5")),
            date(2018, 6, 1),
            State.REACHED,
            D("3.4"),
            D(0),
        ),
        (
            target(Subject.METRIC, Mode.GAIN, "3", metric="poverty", measure="%"),
            Measured(now=D(20), start=D(22)),
            date(2018, 6, 1),
            State.ON_THE_WAY,
            D(2),
            D(1),
        ),
        (
            target(Subject.UNDER, Mode.TOTAL, "0", op="=", bound=10, measure="xã"),
            Measured(now=D(2), start=D(9)),
            date(2018, 3, 1),
            State.ON_THE_WAY,
            D(2),
            D(2),
        ),
        (
            target(Subject.UNDER, Mode.GAIN, "9", op="=", bound=10, measure="xã"),
            Measured(now=D(2), start=D(9)),
            date(2018, 3, 1),
            State.ON_THE_WAY,
            D(7),
            D(2),
        ),
        (
            target(Subject.TITLE, Mode.KEEP, "4", op="=", measure="xã"),
            Measured(now=D(4), lost=("Bản Mế",)),
            date(2018, 3, 1),
            State.BEHIND,
            D(4),
            D(0),
        ),
        (
            target(Subject.METRIC, Mode.TOTAL, "30", high=D(34), metric="income", measure="triệu đồng"),
            Measured(now=D(40)),
            date(2018, 3, 1),
            State.REACHED,
            D(40),
            D(0),
        ),
        (
            target(value=None),
            Measured(reached=("Văn An",), left=("Vân Mộng",)),
            date(2018, 3, 1),
            State.ON_THE_WAY,
            D(1),
            D(1),
        ),
        (target(value=None), Measured(reached=("Văn An",)), date(2018, 3, 1), State.REACHED, D(1), D(0)),
        (target(value=None), Measured(), date(2018, 3, 1), State.NO_DATA, None, None),
    ],
)
def test_progress(
    one: Target, measured: Measured, on: date, state: State, actual: Decimal | None, remaining: Decimal | None
) -> None:
    found = progress(one, measured, on, START)
    assert (found.state, found.actual, found.remaining) == (state, actual, remaining), found.sentence
    assert found.sentence.endswith(".")


def test_the_sentence_says_what_lacks_and_by_when() -> None:
    one = target(Subject.TITLE, value="2", op="=", measure="xã")
    words = progress(one, Measured(gained=D(1), left=("Vân Mộng",)), date(2018, 4, 1), START).sentence
    assert words == "Đang thực hiện: 1 xã so với thêm 2 xã, còn thiếu 1 xã (hạn 31/12/2018); chưa đạt: Vân Mộng."
    no = progress(one, Measured(why_not="chưa có sổ"), date(2018, 4, 1), START).sentence
    assert no == "Chưa có số liệu: chưa có sổ."


def test_a_target_that_cannot_be_checked_is_refused() -> None:
    with pytest.raises(ValueError, match="Phép so sánh"):
        target(op="≥")
    with pytest.raises(ValueError, match="ngược"):
        target(value="34", high=D(30))


@pytest.mark.parametrize(
    ("words", "measure", "code"),
    [
        ("Phần đầu giảm tỷ lệ hộ nghèo chung toàn huyện từ 3% trở lên", "%", "poverty"),
        (
            "thu nhập bình quân đầu người khu vực nông thôn đạt 40 triệu đồng/người/năm",
            "triệu đồng/người/năm",
            "income",
        ),
        ("thu nhập bình quân/người đạt trên 68 triệu", "triệu", "income"),
        ("tỷ lệ người dân tham gia BHYT đạt trên 99% dân số", "%", "insurance"),
        ("tỷ lệ dân số nông thôn được cung cấp nước hợp vệ sinh đạt 98%", "%", "hygienic_water"),
        ("phần đầu có tối thiểu 30 sản phẩm đạt từ 3 sao trở lên", "sản phẩm", "ocop"),
        ("thành lập mới trên 30 Hợp tác xã theo Luật HTX năm 2012", "Hợp tác xã", "cooperatives"),
        ("Tổ chức 10 lớp tập huấn cho cán bộ", "lớp", "training"),
        ("hỗ trợ khoảng 65 mô hình sản xuất nông nghiệp", "mô hình", "models"),
        ("mỗi xã lựa chọn ít nhất 01 khu dân cư", "khu dân cư", "residential_areas"),
        ("công nhận 23 xã", "xã", None),
    ],
)
def test_metrics_are_known_by_the_words_of_plans(words: str, measure: str, code: str | None) -> None:
    found = find(words, measure)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("set_code", "metric_code", "indicator"),
    [
        ("xa-ntm-2016-2020", "income", "10"),
        ("xa-ntm-2016-2020", "poverty", "11"),
        ("xa-ntm-2016-2020", "hygienic_water", "17.1a"),
        ("xa-ntm-2016-2020", "clean_water", "17.1b"),
        ("xa-ntm-2021-2025", "clean_water", "17.1"),
        ("xa-ntm-2021-2025", "hygienic_water", None),
        ("xa-ntm-2021-2025", "insurance", "15.1"),
        ("xa-ntm-nang-cao-2021-2025", "insurance", "14.1"),
        ("xa-ntm-nang-cao-2021-2025", "ocop", "13.2"),
        ("xa-ntm-2021-2025", "training", None),
    ],
)
def test_the_indicator_that_measures_a_metric(set_code: str, metric_code: str, indicator: str | None) -> None:
    assert indicator_of(metric(metric_code), catalogue().get(set_code)) == indicator


def test_the_list_of_metrics_is_closed_and_told() -> None:
    assert all(code == one.code and one.name and one.measure for code, one in METRICS.items())
    with pytest.raises(KeyError, match="Không có chỉ số"):
        metric("happiness")
