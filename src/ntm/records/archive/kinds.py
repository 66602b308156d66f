"""Nhận dạng tệp: what a file is, by its content alone; what is not on the list is refused with the reason."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from ntm.records.archive.models import FileKind

MOST_PIXELS = 120_000_000
MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 500  # unpacked to packed, of one part larger than a megabyte

CONTENT_TYPES = {
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.DOC: "application/msword",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.TXT: "text/plain; charset=utf-8",
}
SUFFIXES = {kind: (f".{kind.value}",) for kind in FileKind} | {FileKind.JPEG: (".jpg", ".jpeg")}

_ACCEPTED = "ảnh PNG, JPEG, WebP; PDF; Word (docx, doc); Excel (xlsx, xls); văn bản thuần (txt)"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<iframe")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileRefused(ValueError):
    """Không nhận tệp: one sentence with the reason and what to do."""


def detect(content: bytes) -> FileKind:
    """The kind of an acceptable file; FileRefused otherwise."""
    if not content:
        raise FileRefused(_("Tệp trống: chọn lại tệp."))
    if content.startswith(_PROGRAMS):
        raise FileRefused(_("Tệp là chương trình chạy được, không nhận. Nhận: %(kinds)s.") % {"kinds": _ACCEPTED})
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (content[:4], content[8:12]) == (
        b"RIFF",
        b"WEBP",
    ):
        return _image(content)
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _office_package(content)
    if content.startswith(_OLE):
        return _office_binary(content)
    return _plain_text(content)


def _image(content: bytes) -> FileKind:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as image:
                width, height, form = *image.size, image.format
                image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise FileRefused(_("Ảnh hỏng, không mở được: chụp hoặc xuất lại ảnh.")) from error
    if width * height > MOST_PIXELS:
        raise FileRefused(
            _("Ảnh quá lớn (%(width)s x %(height)s điểm): giảm kích thước rồi gửi lại.")
            % {"width": width, "height": height}
        )
    return FileKind[str(form)]


def _office_package(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _not_a_bomb(parts)
            types = package.read("[Content_Types].xml") if "[Content_Types].xml" in package.namelist() else b""
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(_("Tệp nén hỏng, không mở được: lưu lại bằng Word hoặc Excel rồi gửi.")) from error
    names = [part.filename.lower() for part in parts]
    if b"macroEnabled" in types or any("vbaproject" in name or "macrosheet" in name for name in names):
        raise FileRefused(_("Tệp có macro, không nhận: lưu lại thành .docx hoặc .xlsx không có macro."))
    if b"wordprocessingml.document.main" in types and any(name.startswith("word/") for name in names):
        return FileKind.DOCX
    if b"spreadsheetml.sheet.main" in types and any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    raise FileRefused(_("Tệp nén không nhận: gửi từng tệp một. Nhận: %(kinds)s.") % {"kinds": _ACCEPTED})


def _not_a_bomb(parts: list[zipfile.ZipInfo]) -> None:
    large = [part for part in parts if part.file_size > 1024 * 1024]
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > MOST_UNPACKED
        or any(part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in large)
    ):
        raise FileRefused(_("Tệp giải nén ra quá lớn, không nhận: chép nội dung sang một tệp mới rồi gửi lại."))
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(_("Tệp có mật khẩu, không mở được: bỏ mật khẩu rồi gửi lại."))


def _office_binary(content: bytes) -> FileKind:
    names = _ole_names(content)
    if "EncryptedPackage" in names:
        raise FileRefused(_("Tệp có mật khẩu, không mở được: bỏ mật khẩu rồi gửi lại."))
    if names & {"Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}:
        raise FileRefused(_("Tệp có macro, không nhận: lưu lại thành .docx hoặc .xlsx không có macro."))
    if "WordDocument" in names:
        return FileKind.DOC
    if names & {"Workbook", "Book"}:
        return FileKind.XLS
    raise FileRefused(_("Không nhận loại tệp này. Nhận: %(kinds)s.") % {"kinds": _ACCEPTED})


def _ole_names(content: bytes) -> set[str]:
    """The names in the directory of an OLE compound file (MS-CFB 2.6): enough to tell doc, xls and macros apart."""
    size = 1 << struct.unpack_from("<H", content, 30)[0] if len(content) >= 512 else 0
    if size not in (512, 4096):
        raise FileRefused(_("Tệp Word, Excel cũ bị hỏng: mở lại rồi lưu thành .docx hoặc .xlsx."))

    def numbers(sector: int) -> tuple[int, ...]:
        piece = content[(sector + 1) * size : (sector + 2) * size]
        return struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4])

    tables = [sector for sector in struct.unpack_from("<109I", content, 76) if sector < 0xFFFFFFFA]
    more = struct.unpack_from("<I", content, 68)[0]
    while more < 0xFFFFFFFA and len(tables) * size < len(content):
        *found, more = numbers(more) or (0xFFFFFFFE,)
        tables += [sector for sector in found if sector < 0xFFFFFFFA]
    chain = [number for sector in tables for number in numbers(sector)]
    names, sector, seen = set(), struct.unpack_from("<I", content, 48)[0], set()
    while sector < len(chain) and sector not in seen:
        seen.add(sector)
        page = content[(sector + 1) * size : (sector + 2) * size]
        for start in range(0, len(page) - 127, 128):
            length = struct.unpack_from("<H", page, start + 64)[0]
            if 2 <= length <= 64:
                names.add(page[start : start + length - 2].decode("utf-16-le", "replace"))
        sector = chain[sector]
    return names


def _plain_text(content: bytes) -> FileKind:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<") or any(mark in head for mark in _MARKUP):
        raise FileRefused(_("Tệp là trang web (html, svg, xml), không nhận: xuất thành PDF rồi gửi."))
    if head.startswith(b"{\\rtf"):
        raise FileRefused(_("Tệp RTF không nhận: lưu lại thành .docx rồi gửi."))
    controls = set(range(32)) - {9, 10, 12, 13}
    if controls & set(content):
        raise FileRefused(_("Không nhận ra loại tệp. Nhận: %(kinds)s.") % {"kinds": _ACCEPTED})
    return FileKind.TXT
