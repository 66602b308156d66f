"""Nhận dạng tệp by its content: what offices send is taken, everything else gets its sentence."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from ntm.records.archive.kinds import CONTENT_TYPES, SUFFIXES, FileRefused, detect
from ntm.records.archive.models import FileKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture(form: str, size: tuple[int, int] = (20, 10)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "green").save(stream, form)
    return stream.getvalue()


def word() -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("Biên bản thẩm tra")
    document.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    stream = io.BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def with_part(package: bytes, name: str, content: bytes = b"x") -> bytes:
    stream = io.BytesIO(package)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return stream.getvalue()


def ole(*names: str) -> bytes:
    """A compound file with one table sector and one directory sector."""
    head = bytearray(512)
    head[:8] = OLE
    struct.pack_into("<HHH", head, 24, 0x3E, 3, 0xFFFE)
    struct.pack_into("<HH", head, 30, 9, 6)
    struct.pack_into("<I", head, 44, 1)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<II", head, 68, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for name in ("Root Entry", *names):
        coded = name.encode("utf-16-le") + b"\0\0"
        directory += coded.ljust(64, b"\0") + struct.pack("<H", len(coded)) + b"\0" * 62
    return bytes(head) + table + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("PNG"), "png"),
        (picture("JPEG"), "jpeg"),
        (picture("WEBP"), "webp"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "pdf"),
        (word(), "docx"),
        (sheet(), "xlsx"),
        (ole("WordDocument", "1Table"), "doc"),
        (ole("Workbook"), "xls"),
        (ole("Book"), "xls"),
        ("Biên bản họp thôn\r\nngày 1/6".encode(), "txt"),
        (b"\xef\xbb\xbfco dau thu tu byte", "txt"),
        ("Uû ban nh©n d©n".encode("latin-1"), "txt"),  # an old TCVN3 text
    ],
)
def test_what_offices_send_is_known_by_its_content(content: bytes, kind: str) -> None:
    assert detect(content) == kind
    assert CONTENT_TYPES[FileKind(kind)] and SUFFIXES[FileKind(kind)]


def _other_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("anh.png", picture("PNG"))
    return stream.getvalue()


def _secret_zip() -> bytes:
    data = bytearray(word())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1  # the flag of a part that has a password
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp trống"),
        (b"MZ\x90\0 chuong trinh", "chương trình chạy được"),
        (b"\x7fELF\x02", "chương trình chạy được"),
        (b"#!/bin/sh\nrm", "chương trình chạy được"),
        (b"<!DOCTYPE html><p>", "trang web"),
        (b"  \n<svg xmlns=''>", "trang web"),
        (b"<?xml version='1.0'?>", "trang web"),
        (b"xin chao <script>x</script>", "trang web"),
        (b"{\\rtf1 x}", "RTF"),
        (b"GIF89a\x01\x00", "Không nhận ra"),
        (b"\0\1\2\3", "Không nhận ra"),
        (picture("PNG")[:60], "Ảnh hỏng"),
        (b"\xff\xd8\xff\xe0 khong phai anh", "Ảnh hỏng"),
        (b"PK\x03\x04 hong", "Tệp nén hỏng"),
        (_other_zip(), "Tệp nén không nhận"),
        (_secret_zip(), "mật khẩu"),
        (with_part(word(), "word/vbaProject.bin"), "macro"),
        (with_part(sheet(), "xl/macrosheets/sheet1.xml"), "macro"),
        (with_part(word(), "word/media/a.bin", b"\0" * (2 * 1024 * 1024)), "giải nén ra quá lớn"),
        (ole("WordDocument", "Macros"), "macro"),
        (ole("Workbook", "_VBA_PROJECT_CUR"), "macro"),
        (ole("EncryptedPackage"), "mật khẩu"),
        (ole("MsiPackage"), "Không nhận loại tệp này"),
        (OLE + b"\0" * 20, "bị hỏng"),
        (OLE + b"\xff" * 600, "bị hỏng"),
    ],
)
def test_what_is_refused_says_why(content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as refused:
        detect(content)
    assert str(refused.value).endswith(".")


def test_a_package_of_too_many_parts_is_refused() -> None:
    stream = io.BytesIO(word())
    with zipfile.ZipFile(stream, "a") as package:
        for number in range(5001):
            package.writestr(f"word/x{number}", b"")
    with pytest.raises(FileRefused, match="giải nén ra quá lớn"):
        detect(stream.getvalue())


def test_a_picture_of_too_many_points_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("1", (40_000, 4_000)).save(stream, "PNG")
    with pytest.raises(FileRefused, match="40000 x 4000"):
        detect(stream.getvalue())


@given(st.sampled_from([b"", b"PK\x03\x04", OLE, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF1234WEBP"]), st.binary())
def test_whatever_comes_it_is_a_kind_or_a_sentence(head: bytes, tail: bytes) -> None:
    try:
        assert detect(head + tail) in list(FileKind)
    except FileRefused as refused:
        assert str(refused)


@given(st.binary(min_size=1200, max_size=1800), st.integers(0, 511))
def test_a_damaged_old_office_file_never_breaks_the_reader(noise: bytes, place: int) -> None:
    data = bytearray(ole("WordDocument")) + noise
    data[place : place + 20] = noise[:20]
    try:
        assert detect(bytes(data)) in list(FileKind)
    except FileRefused as refused:
        assert str(refused)
