"""Ngày tháng và kỳ: read, refused with a reason, written by the decree on paperwork, read again the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.dates import (
    DateError,
    PartialDate,
    find_dates,
    parse_date,
    parse_partial_date,
    write_date,
    write_partial_date,
)
from ntm.domain.official.periods import Period, find_periods, parse_period, write_period

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 30 tháng 01 năm 2018", date(2018, 1, 30)),
        ("30/9/2026", date(2026, 9, 30)),
        ("30-9-2026", date(2026, 9, 30)),
        ("NGÀY 30/9/2026", date(2026, 9, 30)),
        ("30 / 9 / 2026", date(2026, 9, 30)),
        ("2018-01-30", date(2018, 1, 30)),
    ],
)
def test_it_reads(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2020", "chỉ có 29 ngày"),
        ("ngày tháng 02 năm 2023", "để trống"),
        ("ngày … tháng … năm 2023", "để trống"),
        ("12/2022", "chưa có ngày"),
        ("30/9", "chưa có năm"),
        ("30/9/26", "bốn chữ số"),
        ("10/13/2020", "không có tháng 13"),
        ("", "Chưa có"),
        ("hôm qua", "không phải"),
        ("1/1/0020", "năm 20"),
        ("1" * 200, "quá dài"),
    ],
)
def test_it_says_why_not(text, why):
    with pytest.raises(DateError, match=why):
        parse_date(text)


@given(DAYS, st.booleans())
def test_written_then_read_is_the_same(day, words):
    assert parse_date(write_date(day, words=words)) == day


def test_it_writes_by_the_decree():
    assert write_date(date(2022, 3, 8)) == "08/3/2022"
    assert write_date(date(2018, 1, 30), words=True) == "ngày 30 tháng 01 năm 2018"


def test_a_month_is_a_month():
    when = parse_partial_date("12/2022")
    assert (when, when.full) == (PartialDate(2022, 12), None)
    assert (when.first, when.last) == (date(2022, 12, 1), date(2022, 12, 31))
    assert parse_partial_date("năm 2020").last == date(2020, 12, 31)
    assert parse_partial_date("tháng 02 năm 2020").last == date(2020, 2, 29)
    assert parse_partial_date("30/9/2026").full == date(2026, 9, 30)


@given(st.integers(1900, 2199), st.none() | st.integers(1, 12))
def test_partial_dates_come_back(year, month):
    assert parse_partial_date(write_partial_date(PartialDate(year, month))) == PartialDate(year, month)


def test_dates_in_a_sentence():
    text = "số 741/QĐ-UBND ngày 26/7/2022, tháng 12/2022, ngày 05 tháng 10 năm 2016, 08/09 xã, 31/02/2020"
    found = list(find_dates(text))
    assert [f.when for f in found] == [PartialDate(2022, 7, 26), PartialDate(2022, 12), PartialDate(2016, 10, 5)]
    assert all(text[f.start : f.end] == f.text for f in found)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12/2022", date(2022, 12, 1), date(2022, 12, 31)),
        ("Quý I/2020", date(2020, 1, 1), date(2020, 3, 31)),
        ("quý 1 năm 2018", date(2018, 1, 1), date(2018, 3, 31)),
        ("6 tháng đầu năm 2020", date(2020, 1, 1), date(2020, 6, 30)),
        ("6 tháng cuối năm 2020", date(2020, 7, 1), date(2020, 12, 31)),
        ("9 tháng đầu năm 2021", date(2021, 1, 1), date(2021, 9, 30)),
        ("giai đoạn 2016 – 2020", date(2016, 1, 1), date(2020, 12, 31)),
        ("nhiệm kỳ 2021-2025", date(2021, 1, 1), date(2025, 12, 31)),
    ],
)
def test_periods(text, start, end):
    period = parse_period(text)
    assert (period.start, period.end) == (start, end)
    assert start in period
    assert end in period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("năm 2023", date(2022, 12, 15), date(2023, 12, 14)),
        ("6 tháng đầu năm 2023", date(2022, 12, 15), date(2023, 6, 14)),
        ("6 tháng cuối năm 2023", date(2023, 6, 15), date(2023, 12, 14)),
        ("quý II/2023", date(2023, 3, 15), date(2023, 6, 14)),
        ("tháng 01/2023", date(2022, 12, 15), date(2023, 1, 14)),
    ],
)
def test_administrative_periods_close_on_day_14(text, start, end):
    period = parse_period(text, administrative=True)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "bad", ["quý V/2020", "9 tháng cuối năm 2020", "tháng 13/2020", "giai đoạn 2025 - 2021", "", "x" * 500]
)
def test_period_refusals(bad):
    with pytest.raises(DateError):
        parse_period(bad)


@given(
    st.one_of(
        st.builds(Period, st.integers(1900, 2199), st.just("month"), st.integers(1, 12)),
        st.builds(Period, st.integers(1900, 2199), st.just("quarter"), st.integers(1, 4)),
        st.builds(Period, st.integers(1900, 2199), st.just("half"), st.integers(1, 2)),
        st.builds(Period, st.integers(1900, 2199), st.sampled_from(["year", "nine_months"])),
        st.builds(lambda a, n: Period(a, "phase", last_year=a + n), st.integers(1900, 2100), st.integers(1, 50)),
    )
)
def test_periods_come_back(period):
    assert parse_period(write_period(period)) == period


def test_periods_in_a_sentence():
    text = "giai đoạn 2016 - 2020, sơ kết 6 tháng đầu năm 2020, xong trong Quý I/2021, năm 2019; số 25/2021/QH15"
    assert [str(f.period) for f in find_periods(text)] == [
        "giai đoạn 2016 - 2020",
        "6 tháng đầu năm 2020",
        "quý I/2021",
        "năm 2019",
    ]
