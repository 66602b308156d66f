"""Văn bản thuần: the lines as they stand, whatever they were encoded in, and the tables drawn in them."""

from __future__ import annotations

import unicodedata

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.documents.reading.blocks import Source, SourceError
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.official import encodings

from . import samples

TEXT = "\n".join(samples.plan_lines())


def read(text: str, name: str = "a.txt") -> Source:
    return read_source(text.encode(), name)


def test_lines_are_exactly_those_of_the_file():
    source = read("một\n\n  hai \nba\n")
    assert [(line.no, line.text) for line in source.lines] == [(1, "một"), (2, ""), (3, "  hai "), (4, "ba"), (5, "")]


@given(st.lists(st.text(alphabet="aăâbcdđeê 12.,;-", max_size=30), min_size=1, max_size=20))
def test_any_text_keeps_its_lines(lines: list[str]):
    text = "\n".join(["mở đầu", *lines])
    assert [line.text for line in read(text).lines] == text.split("\n")


def test_carriage_returns_and_form_feeds():
    source = read("trang một\r\n\x0ctrang hai\r\n")
    assert [(line.text, line.page) for line in source.lines] == [("trang một", 1), ("trang hai", 2), ("", 2)]
    assert source.pages == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_its_forms(encoding: str):
    for form in ("NFC", "NFD"):
        content = unicodedata.normalize(form, TEXT).encode(encoding)
        source = read_source(content, "a.txt")
        assert source.text == TEXT
        assert not source.warnings


def cp1258(text: str) -> bytes:
    """As Windows writes it: the tone apart from its letter."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (cp1258(TEXT), "cp1258"),
        (encodings.to_vni(TEXT).encode("cp1252"), "vni"),
        (encodings.to_vni(TEXT).encode("utf-8"), "vni"),
    ],
)
def test_old_encodings_are_converted_and_told(content: bytes, encoding: str):
    source = read_source(content, "a.txt")
    assert source.text == TEXT
    assert source.notes["encoding"] == encoding
    assert [warning.code for warning in source.warnings] == ["encoding"]


@pytest.mark.parametrize("how", ["cp1252", "utf-8"])
def test_tcvn3_is_converted(how: str):
    text = "\n".join(line for line in samples.plan_lines() if not line.isupper())
    source = read_source(encodings.to_tcvn3(text).encode(how), "a.txt")
    assert source.notes["encoding"] == "tcvn3"
    assert samples.error_rate(source.text.lower(), text.lower()) == 0


@pytest.mark.parametrize(("font", "write"), [(".VnTime", encodings.to_tcvn3), ("VNI-Times", encodings.to_vni)])
def test_old_fonts_in_word_are_read_run_by_run(font: str, write):
    document = samples.new_document()
    item = document.add_paragraph("Phấn đấu ")
    run = item.add_run(write("xã được công nhận"))
    run.font.name = font
    run._r.rPr.rFonts.set(qn("w:hAnsi"), font)
    item.add_run(" năm 2024")
    source = read_source(samples.saved(document), "a.docx")
    assert source.lines[0].text == "Phấn đấu xã được công nhận năm 2024"
    assert [warning.code for warning in source.warnings] == ["font"]


def test_a_font_of_capitals():
    document = samples.new_document()
    run = document.add_paragraph().add_run(encodings.to_tcvn3("ủy ban nhân dân"))
    run.font.name = ".VnTimeH"
    assert read_source(samples.saved(document), "a.docx").lines[0].text == "ỦY BAN NHÂN DÂN"


def test_old_letters_that_no_font_tells():
    document = samples.new_document()
    for text, _ in samples.BODY:
        document.add_paragraph(encodings.to_vni(text))
    source = read_source(samples.saved(document), "a.docx")
    assert [line.text for line in source.lines] == [text for text, _ in samples.BODY]


def test_tab_separated_lines_are_also_a_table():
    source = read("Biểu 1\nTT\tXã\tVốn\n1\tSuối Bạc\t1.250\n2\tBản Vạn\t\nHết")
    (table,) = source.tables
    assert table.grid == (("TT", "Xã", "Vốn"), ("1", "Suối Bạc", "1.250"), ("2", "Bản Vạn", ""))
    assert table.lines == (2, 3, 4)
    assert [line.table for line in source.lines] == [None, 0, 0, 0, None]
    assert table.rows[1][1].lines == (3,)


def test_a_table_goes_on_after_blank_lines():
    source = read("TT\tViệc\n1\tRà soát\n\nTT\tViệc\n2\tTập huấn\n\n\n\n\nTT\tViệc\n3\tKhác")
    assert [(table.lines, table.continues) for table in source.tables] == [
        ((1, 2), None),
        ((4, 5), 0),
        ((10, 11), None),
    ]


def test_bar_tables():
    source = read("# Phụ lục\n\n| TT | Xã |\n|---|:---:|\n| 1 | A\\|B |\n\nhết", "a.md")
    (table,) = source.tables
    assert table.grid == (("TT", "Xã"), ("1", "A|B"))
    assert table.lines == (3, 5)
    assert source.lines[0].style.heading == 1


def test_drawn_tables_with_rows_of_several_lines():
    text = "+----+--------+\n| TT | Xã     |\n+----+--------+\n| 1  | Suối   |\n|    | Bạc    |\n+----+--------+"
    (table,) = read(text).tables
    assert table.grid == (("TT", "Xã"), ("1", "Suối Bạc"))
    assert table.rows[1][1].lines == (4, 5)


def test_a_flattened_letterhead_is_no_table():
    assert read("UBND XÃ SUỐI BẠC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố 12\n").tables == ()


@pytest.mark.parametrize("content", [b"", b"  \n\t", b"\x00" * 100, "\ufeff \n".encode("utf-8")])
def test_nothing_in_it(content: bytes):
    with pytest.raises(SourceError) as caught:
        read_source(content, "trống.txt")
    assert caught.value.code == "empty" and "trống.txt" in caught.value.message
