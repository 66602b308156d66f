"""Bản quét: the same lines as the Word file, up to what recognition gets wrong."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pytest
from PIL import Image

from ntm.domain.documents.reading.blocks import Source
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.documents.reading.sources.picture import long_lines, skew
from ntm.domain.documents.reading.sources.tesseract import words_of_table

from . import samples


@cache
def scanned() -> Source:
    return read_source(
        samples.pdf_of_pictures([samples.worn(p) for p in samples.pictures_of(samples.plan_pdf())]), "a.pdf"
    )


def texts(source: Source) -> list[str]:
    return [line.text for line in source.body]


@pytest.mark.ocr
@pytest.mark.office
def test_a_turned_blurred_noisy_scan_reads_like_its_word_file():
    source = scanned()
    assert source.kind == "scan" and source.pages == 2
    wanted = samples.plan_lines()
    found = texts(source)
    assert len(found) == len(wanted)
    assert samples.error_rate("\n".join(found), "\n".join(wanted)) < 0.01


@pytest.mark.ocr
@pytest.mark.office
def test_its_table_is_cut_along_its_rules():
    source = scanned()
    rows = [row for table in source.tables for row in table.grid]
    assert len(rows) == len(samples.TABLE) and all(len(row) == 5 for row in rows)
    flat, wanted = ("\n".join("|".join(row) for row in table) for table in (rows, samples.TABLE))
    assert samples.error_rate(flat, wanted) < 0.02
    assert source.tables[1].continues == 0


@pytest.mark.ocr
@pytest.mark.office
def test_every_line_and_word_says_how_much_it_is_believed():
    source = scanned()
    for line in source.lines:
        assert line.confidence is not None and 0 < line.confidence <= 1
        for mark in line.words:
            assert line.text[mark.start : mark.end].strip() == line.text[mark.start : mark.end] != ""
        assert " ".join(line.text[m.start : m.end] for m in line.words).split() == line.text.split()
    assert sum(line.confidence or 0 for line in source.lines) / len(source.lines) > 0.8


@pytest.mark.ocr
@pytest.mark.office
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_pictures_of_pages(form: str):
    pages = samples.pictures_of(samples.plan_pdf(), 150)
    picture = samples.worn(pages[1], angle=-2.3, blur=0.5, noise=5)
    more = {"save_all": True, "append_images": [pages[1]]} if form == "TIFF" else {}
    source = read_source(samples.as_file(picture, form, **more), f"a.{form.lower()}")
    assert source.kind == "image" and source.pages == (2 if more else 1)
    tail = samples.plan_lines()[-9:]
    found = [line.text for line in source.lines if line.page == source.pages][-9:]
    assert samples.error_rate("\n".join(found), "\n".join(tail)) < 0.03


@pytest.mark.ocr
@pytest.mark.office
def test_a_page_upside_down_and_in_shadow():
    page = samples.pictures_of(samples.plan_pdf())[1]
    pixels = np.asarray(page, dtype=np.float32)
    shadow = np.linspace(0.55, 1.0, pixels.shape[1], dtype=np.float32)
    picture = Image.fromarray((pixels * shadow).astype(np.uint8)).rotate(180)
    source = read_source(samples.as_file(picture, "PNG"), "a.png")
    tail = samples.plan_lines()[-9:]
    assert samples.error_rate("\n".join(texts(source)[-9:]), "\n".join(tail)) < 0.04


@pytest.mark.parametrize("angle", [-3.7, -1.2, 0.0, 0.4, 2.5])
def test_skew_is_found(angle: float):
    page = np.full((1200, 900), 255, dtype=np.uint8)
    for top in range(100, 1100, 40):
        page[top : top + 14, 80 : 820 - top % 7 * 30] = np.where(np.arange(740 - top % 7 * 30) % 9 < 5, 30, 255)
    turned = Image.fromarray(page).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew(np.asarray(turned)) == pytest.approx(-angle, abs=0.1)


def test_long_lines_are_found_and_letters_are_not():
    ink = np.zeros((200, 400), dtype=bool)
    ink[50:53, 20:380] = True
    ink[120, 40:200] = True
    ink[121, 190:360] = True  # wavers by a pixel
    ink[160:175, 30:60] = True  # a letter
    found = [(x0, x1, (y0 + y1) // 2) for x0, x1, y0, y1 in long_lines(ink, 60, 9)]
    assert [(abs(x0 - a) < 6, abs(x1 - b) < 6, abs(y - c) < 3) for (x0, x1, y), (a, b, c) in zip(
        found, [(20, 380, 51), (40, 360, 120)], strict=True
    )] == [(True, True, True)] * 2  # fmt: skip


def test_the_table_that_tesseract_prints():
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "4\t1\t1\t1\t1\t0\t10\t20\t200\t30\t-1\t",
        '5\t1\t1\t1\t1\t1\t10\t22\t40\t20\t96.5\tQuý"',
        "5\t1\t1\t1\t1\t2\t60\t22\t9\t20\t3\t~",
    ]
    (word,) = words_of_table("\n".join([head, *rows]))
    assert (word.text, word.confidence, word.line_top, word.line_height) == ('Quý"', 0.965, 20, 30)


@pytest.mark.ocr
def test_an_empty_page_is_told():
    from ntm.domain.documents.reading.blocks import SourceError

    buffer = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(buffer, "PNG")
    with pytest.raises(SourceError) as caught:
        read_source(buffer.getvalue(), "trắng.png")
    assert caught.value.code == "empty" and "trắng.png" in caught.value.message
