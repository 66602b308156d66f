"""Tệp hỏng, tệp lạ, tệp cố ý phá: each gets a sentence; none crashes, hangs or fills the memory."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from ntm.domain.documents.reading.blocks import Source, SourceError
from ntm.domain.documents.reading.sources import Limits, read_isolated, read_source

from . import samples

NAME = "Kế hoạch năm 2024"
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def refused(content: bytes, code: str, name: str = NAME, limits: Limits | None = None) -> str:
    """Reads, expects a refusal of this kind, gives the sentence."""
    with pytest.raises(SourceError) as caught:
        read_source(content, name, limits=limits)
    assert caught.value.code == code, caught.value.message
    message = caught.value.message
    assert name in message or code in ("limit", "bomb"), message
    assert message.endswith((".", "”.")) and ";" in message, "says what is wrong, then what to do"
    return message


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@cache
def docx_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(samples.plan_docx())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def docx_with(**parts: bytes) -> bytes:
    return zipped({**docx_parts(), **{f"word/{name}.xml": data for name, data in parts.items()}})


@cache
def small_book() -> bytes:
    book = Workbook()
    for row in samples.TABLE:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# -- refusals ---------------------------------------------------------------------------------------------------------


def test_empty_and_oversized():
    refused(b"", "empty")
    assert "1 MB" in refused(b"a" * 2_000_000, "oversized", limits=Limits(max_bytes=1024 * 1024))


def test_macro_files_whatever_they_are_called():
    refused(zipped({**docx_parts(), "word/vbaProject.bin": b"x"}), "macro", "kế hoạch.docx")
    types = docx_parts()["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main", b"x.document.macroEnabled.main"
    )
    refused(zipped({**docx_parts(), "[Content_Types].xml": types}), "macro")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    old += "WordDocument".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le")
    refused(old, "macro", "cũ.doc")


def test_encrypted_office_files():
    cover = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "mật khẩu" in refused(cover, "encrypted", "mật.docx")
    locked = bytearray(zipped(docx_parts()))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(sign, at + 1)) >= 0:
            locked[at + place] |= 1
    assert "mật khẩu" in refused(bytes(locked), "encrypted", "mật.docx")


@pytest.mark.office
def test_an_encrypted_pdf():
    options = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"mở"}}'
    content = samples.converted(samples.plan_docx(), ".docx", f"pdf:writer_pdf_Export:{options}")
    assert "mật khẩu" in refused(content, "encrypted", "mật.pdf")


def test_an_encrypted_old_workbook_and_document():
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"\xec\xa5\xc1\x00" + b"\0" * 6 + b"\x00\x01" + b"\0" * 500
    )
    refused(content + "WordDocument".encode("utf-16-le"), "encrypted", "cũ.doc")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x7fELF" + bytes(range(256)) * 20, "chương trình.exe"),
        (b"ID3\x03" + bytes(range(256)) * 20, "bài hát.mp3"),
        (zipped({"a.txt": b"x"}), "nén.zip"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "trang.doc"),
    ],
)
def test_unknown_kinds(content: bytes, name: str):
    refused(content, "unknown", name)


def test_bombs():
    refused(docx_with(document=b"<a>" + b" " * 60_000_000 + b"</a>"), "bomb")
    refused(zipped({**docx_parts(), "word/media/a.bin": b"\0" * 40_000_000}), "bomb")
    many = zipped({f"word/{n}.txt": b"" for n in range(5000)})
    refused(many, "bomb")


def test_entities_are_never_expanded():
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">' + b"".join(
        b'<!ENTITY %c "&%c;&%c;">' % (98 + n, 97 + n, 97 + n) for n in range(20)
    )
    refused(docx_with(document=laughs + b"]><l>&t;</l>"), "bomb")
    outside = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'
    refused(docx_with(document=outside), "bomb")


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def nested(opening: bytes, closing: bytes, depth: int) -> bytes:
    text = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    return b"<w:document %s><w:body>" % W + opening * depth + text + closing * depth + b"</w:body></w:document>"


def test_deep_nesting():
    table = (b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>")
    source = read_source(docx_with(document=nested(*table, 40)), NAME)
    assert [line.text for line in source.lines] == ["x"]
    refused(docx_with(document=nested(*table, 5000)), "broken")
    refused(docx_with(document=nested(b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>", 5000)), "broken")


def test_truncated_files():
    for content, name in ((samples.plan_docx(), "a.docx"), (small_book(), "a.xlsx")):
        for share in (0.05, 0.5, 0.95):
            refused(content[: int(len(content) * share)], "broken", name)


@pytest.mark.office
def test_truncated_pdf_and_old_files():
    for target in ("pdf", "doc", "xls"):
        whole = samples.plan_pdf() if target == "pdf" else samples.converted(
            samples.plan_docx() if target == "doc" else small_book(), ".docx" if target == "doc" else ".xlsx", target
        )  # fmt: skip
        try:
            source = read_source(whole[: len(whole) // 3], f"a.{target}")
        except SourceError as error:
            assert error.code in ("broken", "empty", "unknown")
        else:
            assert source.lines


def test_pictures_too_large_or_too_small():
    buffer = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(buffer, "PNG")
    refused(buffer.getvalue(), "oversized", "to.png")
    buffer = io.BytesIO()
    Image.new("L", (20, 20)).save(buffer, "PNG")
    assert "20×20" in refused(buffer.getvalue(), "broken", "bé.png")


def test_too_many_pages_lines_and_cells():
    refused(("dòng\n" * 300).encode(), "limit", limits=Limits(max_lines=100))
    refused(small_book(), "limit", limits=Limits(max_cells=3))


@pytest.mark.office
def test_too_many_pages():
    assert "2 trang" in refused(samples.plan_pdf(), "limit", limits=Limits(max_pages=1))


# -- the process of its own -------------------------------------------------------------------------------------------


def test_isolated_gives_the_same_blocks_and_the_same_sentences():
    content = samples.plan_docx()
    assert read_isolated(content, NAME) == read_source(content, NAME)
    with pytest.raises(SourceError) as caught:
        read_isolated(b"", NAME)
    assert caught.value.code == "empty" and NAME in caught.value.message


@pytest.mark.office
def test_isolated_passes_progress_on():
    told = []
    source = read_isolated(samples.plan_pdf(), "a.pdf", progress=told.append)
    assert [(progress.done, progress.total) for progress in told] == [(1, 2), (2, 2)]
    assert source == read_source(samples.plan_pdf(), "a.pdf")


def test_isolated_ends_what_takes_too_long():
    content = ("TT\tViệc\tCơ quan\n" * 60_000).encode()
    with pytest.raises(SourceError) as caught:
        read_isolated(content, NAME, limits=Limits(wall_seconds=0))
    assert caught.value.code == "limit" and "0 giây" in caught.value.message


@pytest.mark.office
def test_isolated_ends_libreoffice_too():
    content = samples.converted(samples.plan_docx(12, 20), ".docx", "doc")

    def running() -> set[str]:
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if b"ntm-office-" in (folder / "cmdline").read_bytes():
                    found.add(folder.name)
        return found

    before = running()
    with contextlib.suppress(SourceError):  # a quick machine may be done in a second
        read_isolated(content, "a.doc", limits=Limits(wall_seconds=1))
    time.sleep(0.3)
    assert running() <= before


def test_isolated_bounds_the_memory():
    """Six million empty paragraphs would make a tree of far more than a gigabyte."""
    paragraphs = b"".join(b'<w:p w:i="%x"/>' % number for number in range(2_400_000))
    document = b"<w:document %s><w:body>" % W + paragraphs + b"</w:body></w:document>"
    with pytest.raises(SourceError) as caught:
        read_isolated(docx_with(document=document), NAME, limits=Limits(memory_bytes=400 * 1024 * 1024))
    assert caught.value.code in ("limit", "broken", "bomb")


# -- fuzzing ----------------------------------------------------------------------------------------------------------


def survives(content: bytes, name: str) -> Source | None:
    """A Source or a sentence, nothing else."""
    try:
        return read_source(content, name)
    except SourceError as error:
        assert error.message and error.code
        return None


changes = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6
)


def mutated(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """Cuts some bytes at some places and puts others there."""
    data = bytearray(content)
    for place, cut, put in edits:
        at = int(place * len(data))
        data[at : at + cut] = put
    return bytes(data)


@FUZZ
@given(st.binary(max_size=3000))
def test_any_bytes(content: bytes):
    survives(content, "a")


@FUZZ
@given(changes)
def test_mutated_zip(edits):
    survives(mutated(samples.plan_docx(), edits), "a.docx")
    survives(mutated(small_book(), edits), "a.xlsx")


@FUZZ
@given(st.sampled_from(["document", "styles", "numbering", "settings"]), changes)
def test_mutated_parts_of_a_word_file(part: str, edits):
    data = mutated(docx_parts()[f"word/{part}.xml"], edits)
    survives(docx_with(**{part: data}), "a.docx")


TAGS = "p r t tbl tr tc pPr rPr numPr ilvl numId gridSpan vMerge ins del br tab txbxContent sdt sdtContent"
tags = st.sampled_from(TAGS.split(" "))
values = st.sampled_from(["", "0", "1", "-1", "99999999999", "abc", "restart", "continue", "1e9", "nan"])
trees = st.recursive(
    st.tuples(tags, values, st.just([])),
    lambda inner: st.tuples(tags, values, st.lists(inner, max_size=4)),
    max_leaves=25,
)


def as_xml(tree) -> str:
    tag, value, inner = tree
    text = "chữ" if tag == "t" else ""
    return f'<w:{tag} w:val="{value}">{text}{"".join(map(as_xml, inner))}</w:{tag}>'


@settings(max_examples=150, deadline=None)
@given(st.lists(trees, min_size=1, max_size=4))
def test_word_elements_in_any_order(items):
    body = "".join(map(as_xml, items)).encode()
    document = b"<w:document %s><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p>" % W + body + b"</w:body></w:document>"
    assert survives(docx_with(document=document), "a.docx") is not None


@FUZZ
@given(st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]), changes)
def test_mutated_parts_of_a_workbook(part: str, edits):
    with zipfile.ZipFile(io.BytesIO(small_book())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    survives(zipped({**parts, part: mutated(parts[part], edits)}), "a.xlsx")


@pytest.mark.office
@pytest.mark.ocr  # a page whose letters are lost may be taken for a scan
@settings(max_examples=25, deadline=None)
@given(changes)
def test_mutated_pdf(edits):
    survives(mutated(samples.plan_pdf(), edits), "a.pdf")


@pytest.mark.ocr
@settings(max_examples=12, deadline=None)
@given(changes, st.sampled_from(["PNG", "JPEG", "TIFF", "BMP", "GIF"]))
def test_mutated_pictures(edits, form: str):
    noise = np.random.default_rng(1).integers(0, 255, (130, 130), dtype=np.uint8)
    survives(mutated(samples.as_file(Image.fromarray(noise), form), edits), "a")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab \t|+-:=\n#", max_size=200))
def test_any_drawing_of_tables(text: str):
    source = survives(("chữ\n" + text).encode(), "a.txt")
    assert source is not None and len(source.lines) == text.count("\n") + 2
    for table in source.tables:
        assert table.grid and all(source.line(number).table == table.index for number in table.lines)
