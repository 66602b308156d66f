"""Pace with honest uncertainty, parts against the whole, lower plans against the upper one, the roadmap's milestones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm.domain.targets import Mode, Point, Subject, Target, pace
from ntm.domain.targets.carrying import Lack, beside, criteria_left_out, shortfalls
from ntm.domain.targets.cascade import Part, average, counts, two_views
from ntm.domain.targets.pace import Outlook
from ntm.domain.targets.roadmap import Stand, Step, milestones

D = Decimal
JAN, APR, JUL, OCT, DEC = (date(2018, m, 1) for m in (1, 4, 7, 10, 12))


def test_three_figures_give_a_range_and_fewer_give_none() -> None:
    history = [Point(JAN, D(100)), Point(APR, D(110)), Point(JUL, D(112))]
    found = pace(history, D(124), JUL, OCT)
    assert found.outlook is Outlook.UNLIKELY
    assert found.low is not None and found.high is not None
    assert found.low < found.high < 124
    few = pace(history[1:], D(124), JUL, OCT)
    assert few.outlook is Outlook.UNKNOWN
    assert few.low is None
    assert "chưa đủ số liệu để dự báo" in few.sentence


@pytest.mark.parametrize(
    ("history", "goal", "due", "good", "outlook"),
    [
        ([], "5", OCT, "up", Outlook.UNKNOWN),
        ([(JAN, "9")], "5", OCT, "up", Outlook.THERE),
        ([(JAN, "3")], "5", None, "up", Outlook.UNKNOWN),
        ([(JAN, "3")], "5", APR, "up", Outlook.PAST),
        ([(JAN, "8"), (APR, "6"), (JUL, "4.5")], "3.5", OCT, "down", Outlook.LIKELY),
        ([(JAN, "8"), (APR, "8"), (JUL, "4.5")], "3.5", OCT, "down", Outlook.OPEN),
    ],
)
def test_outlooks(history: list[tuple[date, str]], goal: str, due: date | None, good: str, outlook: Outlook) -> None:
    points = [Point(on, D(value)) for on, value in history]
    found = pace(points, D(goal), JUL, due, good=good)  # type: ignore[arg-type]
    assert found.outlook is outlook, found.sentence


def test_a_figure_of_a_later_day_is_not_known_yet() -> None:
    points = [Point(JAN, D(1)), Point(DEC, D(9))]
    assert pace(points, D(5), JUL, OCT).outlook is Outlook.UNKNOWN


def test_a_count_is_never_forecast_beyond_all_there_are() -> None:
    points = [Point(JAN, D(0)), Point(APR, D(100)), Point(JUL, D(120))]
    assert pace(points, D(124), JUL, DEC, most=D(130)).high == D(130)


figures = st.lists(st.integers(0, 200), max_size=12)


@settings(max_examples=60)
@given(figures, st.integers(0, 2000))
def test_what_is_given_left_and_over_adds_up_to_the_whole(values: list[int], whole: int) -> None:
    found = counts(D(whole), [Part(str(i), D(v)) for i, v in enumerate(values)], "xã")
    assert found.given + found.residual - found.over == whole
    assert found.residual * found.over == 0
    assert found.adds_up == (sum(values) == whole)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 1900), st.integers(1, 30)), min_size=1, max_size=12))
def test_an_average_weighs_its_parts_by_their_units(parts: list[tuple[int, int]]) -> None:
    units = sum(n for _, n in parts)
    made = [Part(str(i), D(v) / 100, n) for i, (v, n) in enumerate(parts)]
    found = average(None, made, units)
    assert abs(found.given - sum((D(v) / 100 * n for v, n in parts), D(0)) / units) <= D("0.005")
    lowest, highest = min(p.value or D(0) for p in made), max(p.value or D(0) for p in made)
    assert lowest <= found.given <= highest


def test_an_average_is_whole_after_rounding_as_it_is_written() -> None:
    parts = [Part("A", D("16"), 100), Part("B", D("16.4"), 84)]
    assert average(D("16.2"), parts, 184).adds_up
    short = average(D("16.2"), parts[:1], 184)
    assert short.residual > 0
    with pytest.raises(ValueError, match="âm"):
        average(D(1), [Part("A", D(1), -1)], 1)


def test_what_is_left_is_below_zero_where_too_much_was_given() -> None:
    found = counts(D(2), [Part("Tân Yên", D(1)), Part("Việt Yên", D(2)), Part("Yên Thế")], "xã")
    assert (found.left, found.silent, found.adds_up) == (D(-1), ("Yên Thế",), False)
    assert found.sentence == "Đã giao 3 xã, vượt 1 xã so với 2 xã."
    assert counts(None, [Part("Tân Yên", D(1))]).left is None


def test_both_lists_of_one_table_agree() -> None:
    by_unit = {"Yên Phúc": [2, 3, 8, 19], "Tân Đoàn": [5, 7]}
    drawn: dict[int, list[str]] = {}
    for unit, numbers in by_unit.items():
        for no in numbers:
            drawn.setdefault(no, []).append(unit)
    assert two_views(by_unit, drawn) == {}
    drawn[19].remove("Yên Phúc")
    assert two_views(by_unit, drawn) == {"Yên Phúc": ({19}, set())}


def one(value: str, due: date | None = OCT, op: str = ">=", **more: object) -> Target:
    return Target(Subject.TITLE, Mode.GAIN, "xã đạt chuẩn", op, D(value), measure="xã", due=due, **more)  # type: ignore[arg-type]


def test_what_a_lower_plan_does_not_carry() -> None:
    upper = [one("2", title_kind="ntm"), one("1", title_kind="nang_cao")]
    found = shortfalls(upper, [one("1", DEC, title_kind="ntm")], "huyện Văn Quan")
    assert [f.lack for f in found] == [Lack.SMALLER, Lack.LATER, Lack.MISSING]
    assert all("huyện Văn Quan" in f.sentence for f in found)
    assert shortfalls(upper, upper, "huyện Văn Quan") == ()


def test_two_plans_beside_one_another() -> None:
    left, right = [one("2", title_kind="ntm"), one("1", title_kind="nang_cao")], [one("3", title_kind="ntm")]
    rows = beside(left, [*right, one("1", title_kind="kieu_mau")])
    assert [(r.left is None, r.right is None, r.differs) for r in rows] == [
        (False, False, True),
        (False, True, True),
        (True, False, True),
    ]
    assert not beside(left, left)[0].differs
    assert criteria_left_out({2: OCT, 3: OCT, 5: None}, {3: DEC, 5: None}) == ([2], [3])


def test_what_must_happen_by_when() -> None:
    steps = [
        Step("Làm đường trục xã", JAN, JUL, 2, True),
        Step("Xây nhà văn hoá", APR, DEC, 6, True),
        Step("Lắp loa", JAN, APR, 8, True),
    ]
    promised = {2: OCT, 6: OCT, 8: OCT, 10: OCT, 13: APR, 17: DEC}
    found = {m.criterion: m for m in milestones(promised, steps, frozenset({17}), date(2018, 6, 1))}
    assert {no: m.stand for no, m in found.items()} == {
        2: Stand.IN_TIME,
        6: Stand.AFTER_DUE,
        8: Stand.LATE_STEP,
        10: Stand.NO_STEP,
        13: Stand.OVERDUE,
        17: Stand.DONE,
    }
    assert found[2].now == ("Làm đường trục xã",)
    assert (found[2].slack, found[6].slack) == (92, -61)
    assert "muộn 61 ngày" in found[6].sentence
