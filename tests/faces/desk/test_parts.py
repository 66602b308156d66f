"""Bộ phận: figures, outcomes, strips, tables, pictures as text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.template import Context, Template

from ntm.faces.desk import charts, tables
from ntm.faces.desk.templatetags import ntm_figures


def drawn(source, **context):
    return Template("{% load ntm_figures ntm_tables ntm_charts %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|number }}", Decimal("1234.5"), "1.234,5"),
        ("{{ v|number:2 }}", Decimal("59.5"), "59,50"),
        ("{{ v|number }}", 0, "0"),
        ("{{ v|number }}", None, ""),
        ("{{ v|money:'tỷ' }}", 28_038_000_000, "28,038 tỷ đồng"),
        ("{{ v|amount:'triệu' }}", 183_970_000_000, "183.970"),
        ("{{ v|day }}", date(2024, 1, 5), "05/01/2024"),
        ("{{ v|day }}", date(2026, 9, 30), "30/9/2026"),
        ("{{ v|full_day }}", date(2026, 9, 3), "03/09/2026"),
        ("{{ v|hour }}", datetime(2023, 1, 5, 2, 5, tzinfo=UTC), "09:05 ngày 05/01/2023"),
        ("{{ v|size }}", 640, "1 KB"),
        ("{{ v|size }}", 2_340_000, "2,3 MB"),
    ],
)
def test_figures_are_written_as_official_writing_has_them(source, value, shown):
    assert drawn(source, v=value) == shown


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="never a float"):
        ntm_figures.number(0.1)


@pytest.mark.parametrize(
    ("outcome", "sign", "words"),
    [
        ("met", "✓", "đạt"),
        ("not_met", "✗", "chưa đạt"),
        ("no_data", "·", "chưa có số liệu"),
        ("not_considered", "–", "không xét"),
    ],
)
def test_an_outcome_speaks_by_sign_and_words(outcome, sign, words):
    text = drawn("{% outcome o %}", o=outcome)
    assert f">{sign}</span>" in text and f">{words}</span>" in text
    assert words in drawn("{% outcome o words=False %}", o=outcome)


def test_an_unknown_outcome_is_a_mistake():
    with pytest.raises(KeyError):
        drawn("{% outcome o %}", o="maybe")


@dataclass
class OneCell:
    no: int
    name: str
    outcome: str
    url: str = ""


def test_a_strip_counts_and_escapes():
    cells = [OneCell(1, "Quy hoạch", "met", "/a/"), OneCell(2, "<b>Điện</b>", "not_met")]
    text = drawn("{% strip cells %}", cells=cells)
    assert 'aria-label="1 trên 2 tiêu chí đạt"' in text
    assert '<a href="/a/"' in text and "&lt;b&gt;Điện" in text and "<b>Điện" not in text


def sample():
    columns = [
        tables.Column("unit", "Xã"),
        tables.Column("income", "Thu nhập", "number", measure="triệu đồng"),
        tables.Column("tc1", "1", "outcome", about="Quy hoạch", opens=True),
        tables.Column("on", "Ngày", "date"),
    ]
    rows = [
        tables.Row(
            "a",
            (
                tables.Cell("=1+1<b>", url="/x/?a=1&b=2"),
                tables.Cell(Decimal("59.58"), marks=("unchecked",)),
                "met",
                date(2023, 1, 5),
            ),
        ),
        tables.Row("b", ("Xã B", None, "not_met", None), words="Bê cũ"),
    ]
    return tables.Table("t", "Bảng", columns, rows, totals=(tables.Row("sum", ("Tổng", Decimal("59.58"), 1, None)),))


def test_a_table_is_light_escaped_and_marked():
    text = drawn("{% data_table t %}", t=sample())
    assert '<th scope="row"><a href="/x/?a=1&amp;b=2">=1+1&lt;b&gt;</a></th>' in text
    assert '<td class="m">✓</td>' in text and '<td class="x">✗</td>' in text
    assert 'title="ngưỡng chưa đối chiếu với văn bản">°</span>' in text
    assert 'data-words="Bê cũ"' in text and 'data-sort="2023-01-05">05/01/2023' in text
    assert "<tfoot>" in text


def test_a_province_is_drawn_under_the_weight_of_a_page():
    columns = [tables.Column("unit", "Xã"), *(tables.Column(f"tc{n}", str(n), "outcome") for n in range(1, 20))]
    rows = [tables.Row(str(n), (f"Xã số {n}", *(["met", "not_met"] * 10)[:19])) for n in range(200)]
    assert len(drawn("{% data_table t %}", t=tables.Table("t", "Tỉnh", columns, rows)).encode()) < 130_000


def test_a_row_with_a_cell_too_few_is_a_mistake():
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        tables.body(
            tables.Table("t", "", [tables.Column("a", "A"), tables.Column("b", "B")], [tables.Row("r", ("x",))])
        )


def test_a_downloaded_sheet_holds_figures_and_no_formula():
    response = tables.download(sample(), "xlsx", "bang")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[1]] == ["Xã", "Thu nhập (triệu đồng)", "Quy hoạch", "Ngày"]
    assert sheet["A2"].value == "=1+1<b>" and sheet["A2"].data_type == "s"
    assert sheet["B2"].value == pytest.approx(59.58)
    assert sheet["C2"].value == "đạt" and sheet["B3"].value is None
    assert sheet["D2"].value == datetime(2023, 1, 5)
    assert response["Content-Disposition"] == 'attachment; filename="bang.xlsx"'


def test_a_downloaded_csv_opens_in_vietnamese_excel():
    content = tables.download(sample(), "csv", "bang").content
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines[1] == ["'=1+1<b>", "59,58", "đạt", "05/01/2023"]


def test_bars_keep_their_figures_in_a_table():
    picture = charts.bars(
        "Số xã",
        [charts.Bar("19", 101, 124), charts.Bar("dưới 5", None)],
        measure="xã",
        value_head="Thực hiện",
        plan_head="Kế hoạch",
    )
    assert picture.rows == (("19", "101", "124"), ("dưới 5", "", ""))
    assert 'width="481" height="18"' in picture.svg  # what the longest label leaves
    assert "391.8" in picture.svg  # 101 / 124 of 481


def test_bars_leave_their_labels_room():
    name = "7 Cơ sở hạ tầng thương mại nông thôn"
    drawn = charts.bars("Số xã", [charts.Bar(name, 6), charts.Bar("n" * 80, 1)]).svg
    assert f">{name}</text>" in drawn and f">{'n' * 37}…</text>" in drawn


def test_a_gap_in_figures_is_a_gap_in_the_line():
    values = (Decimal("11.2"), None, Decimal("13.1"), Decimal("14"))
    picture = charts.lines(
        "Bình quân", ["2016", "2017", "2018", "2019"], [charts.Line("xã", values)], measure="tiêu chí"
    )
    path = picture.svg.split('class="plot" d="')[1].split('"')[0]
    assert path.count("M") == 2 and path.count("L") == 1
    assert picture.rows[1] == ("2017", "")
    assert picture.heads == ("", "xã (tiêu chí)")


def test_the_axis_rises_in_round_steps():
    assert charts._pace(Decimal("18.5")) == 5
    assert charts._pace(Decimal(1)) == Decimal("0.25")
    assert charts._pace(Decimal(200)) == 50


def test_an_unsure_source_is_a_broken_line():
    before, after = [charts.Node("a", "Xã A & B")], [charts.Node("d", "Xã D", url="/d/")]
    ties = [charts.Tie("a", "d", "nguồn chưa chắc", sure=False)]
    picture = charts.lineage("Biến động", before, after, ties, ("Cũ", "Mới", "Căn cứ"))
    assert 'class="tie unsure"' in picture.svg and "Xã A &amp; B" in picture.svg and '<a href="/d/">' in picture.svg
    assert picture.rows == (("Xã A & B", "Xã D", "nguồn chưa chắc"),)
    assert "<table" in drawn("{% picture p %}", p=picture)
