"""Thời hạn: every form that the plans write; the words come back; the days are right at the edge."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.official.deadline_model import Deadline, DeadlineKind, Moment, Repeat, Stretch
from ntm.domain.official.deadlines import DeadlineError, Occurrence, find_deadlines, parse_deadline, write_deadline

ISSUED = date(2018, 1, 30)
DATED, RECURRING, CONTINUOUS = DeadlineKind.DATED, DeadlineKind.RECURRING, DeadlineKind.CONTINUOUS
ON_REQUEST, UNKNOWN = DeadlineKind.ON_REQUEST, DeadlineKind.UNKNOWN


def read(text, year=2018, issued=ISSUED):
    return parse_deadline(text, issued, year)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Tháng 3, 6, 9, 11", ["31/03/2018", "30/06/2018", "30/09/2018", "30/11/2018"]),
        ("Tháng 3,6,9,11", ["31/03/2018", "30/06/2018", "30/09/2018", "30/11/2018"]),
        ("Tháng 5, 6, 7, 8", ["31/05/2018", "30/06/2018", "31/07/2018", "31/08/2018"]),
        ("Tháng 5,6/2023", ["31/05/2023", "30/06/2023"]),
        ("Tháng 10,11,12/2023", ["31/10/2023", "30/11/2023", "31/12/2023"]),
        ("Tháng 7-8", ["31/08/2018"]),
        ("Tháng 7-8/2020", ["31/08/2020"]),
        ("Tháng 01/2019", ["31/01/2019"]),
        ("Quý II-III/2020", ["30/09/2020"]),
        ("Quý II và Quý III/2020", ["30/06/2020", "30/09/2020"]),
        ("Quý I/2020", ["31/03/2020"]),
        ("Q1/2020", ["31/03/2020"]),
        ("Quý I, II, III", ["31/03/2018", "30/06/2018", "30/09/2018"]),
        ("Trong Quý I", ["31/03/2018"]),
        ("hết quý I năm 2018", ["31/03/2018"]),
        ("Trước 28/02/2020", ["27/02/2020"]),
        ("Xong trước 28/02/2020", ["27/02/2020"]),
        ("Trước ngày 30 tháng 6 năm 2020", ["29/06/2020"]),
        ("Trước tháng 6/2020", ["31/05/2020"]),
        ("chậm nhất 30/11/2018", ["30/11/2018"]),
        ("trước 10/7", ["09/07/2018"]),
        ("trước 15/01 năm sau", ["14/01/2019"]),
        ("cuối năm 2023", ["31/12/2023"]),
        ("đến cuối năm 2023", ["31/12/2023"]),
        ("đến hết năm 2024", ["31/12/2024"]),
        ("Trong năm 2020", ["31/12/2020"]),
        ("6 tháng đầu năm 2020", ["30/06/2020"]),
        ("6 tháng cuối năm", ["31/12/2018"]),
        ("9 tháng đầu năm", ["30/09/2018"]),
        ("Quý IV/2020, Quý I/2021", ["31/12/2020", "31/03/2021"]),
        ("Quý IV năm 2020 và quý I", ["31/12/2020", "31/03/2021"]),
        ("từ tháng 3 đến tháng 6/2020", ["30/06/2020"]),
        ("Từ 15/3 đến 30/6/2020", ["30/06/2020"]),
        ("Tháng 12/2020 - tháng 02/2021", ["28/02/2021"]),
        ("Giai đoạn 2021-2025", ["31/12/2025"]),
        ("ngày 15/3", ["15/03/2018"]),
        ("12/2022", ["31/12/2022"]),
        ("giữa quý III/2020", ["31/08/2020"]),
    ],
)
def test_dated(text, ends):
    deadline = read(text)
    assert deadline.kind is DATED
    assert [f"{o.end:%d/%m/%Y}" for o in deadline.occurrences()] == ends
    assert str(deadline) == text
    assert f"{deadline.latest:%d/%m/%Y}" == ends[-1]


def test_the_first_day_too():
    assert read("Tháng 7-8").occurrences() == (Occurrence(date(2018, 7, 1), date(2018, 8, 31)),)
    assert read("chậm nhất 30/11/2018").occurrences() == (Occurrence(ISSUED, date(2018, 11, 30)),)
    assert read("chậm nhất 30/11").occurrences(2020) == (Occurrence(date(2020, 1, 1), date(2020, 11, 30)),)
    assert read("sau ngày 15/3/2020").occurrences() == (Occurrence(date(2020, 3, 16), date(2020, 12, 31)),)
    assert read("từ tháng 3/2020").occurrences() == (Occurrence(date(2020, 3, 1), date(2020, 12, 31)),)
    assert read("cuối tháng 3").occurrences() == (Occurrence(date(2018, 3, 21), date(2018, 3, 31)),)


def test_a_year_that_is_not_said_follows_the_context():
    deadline = read("Tháng 3, 6")
    assert [o.end for o in deadline.occurrences(2021)] == [date(2021, 3, 31), date(2021, 6, 30)]
    assert read("Tháng 3/2019").occurrences(2021)[0].end == date(2019, 3, 31)
    assert parse_deadline("Quý I", issued=date(2020, 2, 17)).latest == date(2020, 3, 31)


@pytest.mark.parametrize(
    ("text", "count", "first", "last"),
    [
        ("Hằng tháng", 12, date(2018, 1, 31), date(2018, 12, 31)),
        ("hàng quý", 4, date(2018, 3, 31), date(2018, 12, 31)),
        ("Hằng năm", 1, date(2018, 12, 31), date(2018, 12, 31)),
        ("6 tháng/lần", 2, date(2018, 6, 30), date(2018, 12, 31)),
        ("2 lần/năm", 2, date(2018, 6, 30), date(2018, 12, 31)),
        ("trước ngày 20 hằng tháng", 12, date(2018, 1, 19), date(2018, 12, 19)),
        ("chậm nhất ngày 25 hằng tháng", 12, date(2018, 1, 25), date(2018, 12, 25)),
        ("trước ngày 15 của tháng báo cáo", 12, date(2018, 1, 14), date(2018, 12, 14)),
        ("ngày 05 tháng sau", 12, date(2018, 2, 5), date(2019, 1, 5)),
        ("trước ngày 10 tháng đầu tiên của quý sau", 4, date(2018, 4, 9), date(2019, 1, 9)),
        ("trước ngày 25 tháng cuối quý", 4, date(2018, 3, 24), date(2018, 12, 24)),
        ("trước 15/12 hằng năm", 1, date(2018, 12, 14), date(2018, 12, 14)),
        ("Tháng 6, 12 hằng năm", 2, date(2018, 6, 30), date(2018, 12, 31)),
        ("chậm nhất ngày 31 hằng tháng", 12, date(2018, 1, 31), date(2018, 12, 31)),
    ],
)
def test_recurring(text, count, first, last):
    deadline = read(text)
    ends = [o.end for o in deadline.occurrences()]
    assert (deadline.kind, len(ends), ends[0], ends[-1]) == (RECURRING, count, first, last)


def test_by_regulation_and_when_asked():
    deadline = read("Định kỳ theo quy định và đột xuất")
    assert (deadline.kind, deadline.also_on_request, deadline.occurrences(), deadline.latest) == (
        RECURRING,
        True,
        (),
        None,
    )


def test_several_rhythms_at_once():
    assert len(read("định kỳ hàng tháng, quý, năm").occurrences()) == 12 + 4 + 1


def test_a_rhythm_inside_a_year():
    ends = [o.end for o in read("hằng tháng trong năm 2020").occurrences()]
    assert (len(ends), ends[1]) == (12, date(2020, 2, 29))
    weeks = read("thứ sáu hằng tuần").occurrences()
    assert all(o.end.weekday() == 4 for o in weeks)


@pytest.mark.parametrize("text", ["Thường xuyên", "Cả năm", "Thường xuyên, liên tục"])
def test_continuous(text):
    deadline = read(text)
    assert (deadline.kind, deadline.occurrences()) == (CONTINUOUS, (Occurrence(date(2018, 1, 1), date(2018, 12, 31)),))


@pytest.mark.parametrize(
    "text",
    [
        "Theo đề xuất của BCĐ xã",
        "Theo thời gian thích hợp",
        "Khi có yêu cầu",
        "Đột xuất",
        "Theo quy định",
        "Sau khi có hướng dẫn của tỉnh",
        "trong 05 ngày làm việc kể từ ngày nhận",
    ],
)
def test_set_by_something_else(text):
    deadline = read(text)
    assert (deadline.kind, deadline.occurrences(), str(deadline)) == (ON_REQUEST, (), text)


@pytest.mark.parametrize("text", ["", "abc", "Trước mùa mưa", "Trong tháng", "\u0000", "1"])
def test_words_not_understood_stay_as_they_are(text):
    deadline = read(text)
    assert (deadline.kind, deadline.occurrences(), str(deadline)) == (UNKNOWN, (), text)


def test_words_left_over_are_shown():
    assert read("Quý I/2020 bằng văn bản").unread == "bang van ban"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Trước 31/02/2020", "chỉ có 29 ngày"),
        ("Tháng 13", "không có tháng 13"),
        ("quý 5/2020", "quý 5"),
        ("x " * 900, "quá dài"),
    ],
)
def test_refusals(text, why):
    with pytest.raises(DeadlineError, match=why):
        read(text)


def test_there_is_no_clock():
    with pytest.raises(TypeError):
        parse_deadline("Tháng 3")


YEARS = st.integers(1990, 2080)


def moments(year):
    return st.one_of(
        st.builds(lambda d, m: Moment("day", d, m, year), st.integers(1, 28), st.integers(1, 12)),
        st.builds(
            lambda m, p: Moment("month", m, 0, year, 0, p),
            st.integers(1, 12),
            st.sampled_from(["", "đầu", "giữa", "cuối"]),
        ),
        st.builds(
            lambda q, p: Moment("quarter", q, 0, year, 0, p), st.integers(1, 4), st.sampled_from(["", "đầu", "cuối"])
        ),
        st.builds(lambda h: Moment("half", h, 0, year), st.integers(1, 2)),
        st.just(Moment("nine_months", 1, 0, year)),
        st.builds(lambda p: Moment("year", 1, 0, year, 0, p), st.sampled_from(["đầu", "giữa", "cuối"])),
    )


@st.composite
def dated(draw):
    year = draw(st.none() | YEARS)
    bound = draw(st.sampled_from(["in", "before", "by", "from", "after"]))
    if bound == "in" and draw(st.booleans()):
        low, high = sorted(draw(st.lists(st.integers(1, 12), min_size=2, max_size=2, unique=True)))
        stretches = (Stretch(Moment("month", low, 0, year), Moment("month", high, 0, year)),)
    else:
        points = draw(st.lists(moments(year), min_size=1, max_size=4))
        stretches = tuple(Stretch(m, m, bound) for m in points)
    return Deadline("", DATED, 2018, None, stretches)


REPEATS = st.one_of(
    st.builds(Repeat, st.sampled_from([0, 1, 2, 3, 4, 6, 12])),
    st.builds(lambda d, b: Repeat(1, d, before=b), st.integers(1, 28), st.booleans()),
    st.builds(lambda d, b: Repeat(1, d, following=True, before=b), st.integers(1, 28), st.booleans()),
    st.builds(
        lambda d, last, f, b: Repeat(3, d, last, f, b), st.integers(1, 28), st.booleans(), st.booleans(), st.booleans()
    ),
)


@given(st.one_of(dated(), st.builds(lambda r: Deadline("", RECURRING, 2018, None, (), (r,)), REPEATS)))
def test_written_then_read_is_the_same(deadline):
    again = read(write_deadline(deadline), issued=None)
    assert (again.kind, again.stretches, again.repeats) == (deadline.kind, deadline.stretches, deadline.repeats)
    assert again.occurrences() == deadline.occurrences()
    assert again.unread == ""


@given(st.text(max_size=100))
def test_the_words_always_come_back(text):
    try:
        deadline = read(text)
    except DeadlineError:
        return
    assert str(deadline) == text
    assert all(o.start <= o.end for o in deadline.occurrences())


def test_deadlines_in_a_sentence():
    text = (
        "Phấn đấu chậm nhất 30/11/2018 đạt; phấn đấu hết quý I năm 2018 hoàn thành; (Quý I/2021); xong trong tháng 10/2020; "
        "theo Kết luận 43-KL/TU ngày 11/5/2017; phấn đấu năm 2018; trước ngày 20 hằng tháng; số 5/QĐ ngày 30 tháng 01 năm 2018"
    )
    found = list(find_deadlines(text, ISSUED))
    assert [text[f.start : f.end] for f in found] == [
        "chậm nhất 30/11/2018",
        "hết quý I năm 2018",
        "Quý I/2021",
        "xong trong tháng 10/2020",
        "trước ngày 20 hằng tháng",
    ]
    assert found[0].deadline.latest == date(2018, 11, 30)


@pytest.mark.parametrize(
    "junk", ["1/", "thang 1,", "quý I,", "từ ", "hằng tháng ", "1 ", "trước ngày ", "ngày 1", "i ", "tháng 7-"]
)
def test_hostile_text_is_read_to_its_end(junk):
    text = junk * (200_000 // len(junk))
    assert all(one.deadline.original for one in find_deadlines(text, ISSUED))
