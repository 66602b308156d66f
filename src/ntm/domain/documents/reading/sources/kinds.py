"""Loại tệp: told by what the file holds, never by its name alone."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from ..blocks import Kind, SourceError
from .archives import BROKEN, broken, encrypted, macro

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word, Excel before 2007; also the cover of encrypted new ones
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
LEAST_ZEROS = 0.3  # of every other byte, in UTF-16 of Vietnamese text
WORD_ENCRYPTED = 0x0100  # FIB flag


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def is_plain_text(content: bytes) -> bool:
    """Nothing to unpack, draw or recognise: looked at only, never opened."""
    head = content[:1024]
    return not (
        head.startswith((b"PK", COMPOUND, *PICTURES, b"RIFF"))
        or b"%PDF-" in head
        or head.lstrip().startswith(b"{\\rtf")
        or _looks_binary(content)
    )


def kind_of(content: bytes, name: str) -> tuple[Kind, str]:
    """(kind, suffix for LibreOffice). Raises SourceError for what cannot be read."""
    head = content[:1024]
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zipped(content, name)
    if head.startswith(COMPOUND):
        return _compound(content, name)
    if b"%PDF-" in head:
        return "pdf", ".pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "doc", ".rtf"
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image", ""
    if _looks_binary(content):
        raise unknown(name)
    if re.match(rb"\s*(<!doctype html|<html|<\?xml)", head.removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE):
        raise SourceError(
            "unknown",
            f"Tệp “{name}” là trang web hoặc XML, không phải văn bản; hãy mở bằng Word, lưu thành .docx rồi nạp lại.",
        )
    return ("md" if name.lower().endswith((".md", ".markdown")) else "txt"), ""


def _zipped(content: bytes, name: str) -> tuple[Kind, str]:
    try:
        names = {item.replace("\\", "/").lstrip("/").lower() for item in zipfile.ZipFile(BytesIO(content)).namelist()}
    except BROKEN as error:
        raise broken(name, "gói tệp không trọn vẹn") from error
    if any(item.endswith("vbaproject.bin") for item in names):
        raise macro(name)
    if any(item.startswith("word/") for item in names):
        return "docx", ""
    if any(item.startswith("xl/") for item in names):
        if "xl/workbook.bin" in names:
            raise SourceError("unknown", f"Tệp “{name}” là sổ Excel nhị phân (.xlsb); hãy lưu thành .xlsx rồi nạp lại.")
        return "xlsx", ""
    if "content.xml" in names and "mimetype" in names:
        with zipfile.ZipFile(BytesIO(content)).open("mimetype") as mimetype:
            kind = mimetype.read(80)
        if b"opendocument.text" in kind:
            return "doc", ".odt"
    if "[content_types].xml" in names:
        raise broken(name, "không thấy nội dung Word hay Excel")
    raise unknown(name)


def _compound(content: bytes, name: str) -> tuple[Kind, str]:
    if utf16("EncryptedPackage") in content:
        raise encrypted(name)
    if utf16("WordDocument") in content:
        if utf16("_VBA_PROJECT") in content:
            raise macro(name)
        start = content.find(b"\xec\xa5", 512)
        flags = int.from_bytes(content[start + 10 : start + 12], "little") if start >= 0 else 0
        if start % 512 == 0 and flags & WORD_ENCRYPTED:
            raise encrypted(name)
        return "doc", ".doc"
    if utf16("Workbook") in content or utf16("Book") in content:
        if utf16("_VBA_PROJECT") in content:
            raise macro(name)
        return "xls", ""
    if len(content) < 2048:
        raise broken(name, "tệp bị cắt ngắn")
    raise unknown(name)


def wide_letters(content: bytes) -> str | None:
    """UTF-16 without a mark, by its zeros: every Latin letter has one, always on the same side."""
    head = content[:65536]
    half = max(len(head) // 2, 1)
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > LEAST_ZEROS and even < odd / 4:
        return "utf-16-le"
    if even > LEAST_ZEROS and odd < even / 4:
        return "utf-16-be"
    return None


def _looks_binary(content: bytes) -> bool:
    """Codes below the space that no text file has."""
    head = content[:65536]
    if head[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    if wide_letters(content):
        return False
    strange = sum(head.count(bytes([code])) for code in (*range(9), *range(14, 27), 28, 29, 30, 31))
    return strange > len(head) * 0.005


def unknown(name: str) -> SourceError:
    return SourceError(
        "unknown",
        f"Tệp “{name}” không thuộc loại đọc được; hệ thống đọc .docx, .doc, .pdf, ảnh chụp hoặc quét (.jpg, .png, .tif), "
        ".xlsx, .xls, .txt và .md. Hãy lưu tệp thành một trong các loại đó rồi nạp lại.",
    )
