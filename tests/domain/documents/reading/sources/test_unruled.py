"""Bảng không kẻ ô: columns that only white parts become a table; prose, lists and letterheads do not."""

from __future__ import annotations

from ntm.domain.documents.reading.sources.builder import Builder
from ntm.domain.documents.reading.sources.ink import PageInk, Word
from ntm.domain.documents.reading.sources.layout import lay_out
from ntm.domain.documents.reading.sources.limits import Limits

COLUMNS = (60.0, 95.0, 255.0, 370.0, 480.0)
LEADING = 14.0


def written(text: str, x: float, y: float) -> list[Word]:
    """Words of 12 points, letters 6 points wide."""
    words = []
    for one in text.split():
        words.append(Word(x, y, x + 6 * len(one), y + 12, one, 12.0))
        x += 6 * len(one) + 3
    return words


def page(number: int, lines: list[str | tuple[str, ...]], top: float = 80.0) -> PageInk:
    """A tuple is a printed line of a table, its cells at the columns; a string is a line of text."""
    ink = PageInk(number, 595.0, 842.0)
    for at, line in enumerate(lines):
        y = top + at * LEADING
        cells = [line] if isinstance(line, str) else line
        for x, cell in zip(COLUMNS, cells, strict=False):
            ink.words += written(cell, x, y)
    return ink


def tables(*pages: PageInk) -> list[list[list[str]]]:
    builder = Builder(Limits())
    lay_out(list(pages), builder)
    return [[[cell.text.replace("\n", " ") for cell in row] for row in table.rows] for table in builder.tables]


TABLE: list[str | tuple[str, ...]] = [
    ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"),
    ("I", "Công tác tuyên truyền, tập huấn cán bộ thôn"),
    ("1", "Mở lớp tập huấn cho", "Phòng Nội vụ", "Các xã", "Quý II"),
    ("", "ban phát triển thôn"),
    ("2", "Phát thanh hằng tuần", "Đài huyện", "Phòng Văn", "Cả năm"),
    ("", "", "", "hóa"),
    ("", "Tổng số", "2 việc", "", "4"),
]
PROSE = "Ủy ban nhân dân huyện yêu cầu các cơ quan, các xã căn cứ kế hoạch này để thực"


def test_rows_over_several_lines_and_a_group_over_the_columns() -> None:
    (table,) = tables(page(1, [PROSE, *TABLE, PROSE]))
    assert table == [
        ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"],
        ["I", "Công tác tuyên truyền, tập huấn cán bộ thôn"],
        ["1", "Mở lớp tập huấn cho ban phát triển thôn", "Phòng Nội vụ", "Các xã", "Quý II"],
        ["2", "Phát thanh hằng tuần", "Đài huyện", "Phòng Văn hóa", "Cả năm"],
        ["", "Tổng số", "2 việc", "", "4"],
    ]


def test_a_table_goes_on_at_the_head_of_the_next_page() -> None:
    first = page(1, [PROSE] * 40 + TABLE[:3])
    second = page(2, [*TABLE[4:6], PROSE])
    one, two = tables(first, second)
    assert [row[0] for row in one] == ["TT", "I", "1"]
    assert two == [["2", "Phát thanh hằng tuần", "Đài huyện", "Phòng Văn hóa", "Cả năm"]]


def test_figures_in_a_column_part_the_rows_where_nothing_is_numbered() -> None:
    rows: list[str | tuple[str, ...]] = [
        ("Xã", "", "Năm 2023", "Năm 2024", "Tăng"),
        ("Hữu", "", "12", "14", "2"),
        ("Vân", "", "9", "13", "4"),
    ]
    (table,) = tables(page(1, [PROSE, *rows, PROSE]))
    assert [row[0] for row in table] == ["Xã", "Hữu", "Vân"]


def test_prose_lists_and_letterheads_are_no_tables() -> None:
    letterhead: list[str | tuple[str, ...]] = [
        ("UBND HUYỆN", "", "", "CỘNG HÒA XÃ HỘI"),
        ("Số: 12/KH", "", "", "Độc lập - Tự do"),
    ]
    items = [f"{n}.     Xã thứ {n} hoàn thành hồ sơ trước ngày 30/9 và gửi về huyện" for n in range(1, 6)]
    assert tables(page(1, [*letterhead, PROSE, *items, PROSE])) == []
