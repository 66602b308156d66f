"""Tệp nén của Word và Excel: opened with every bound checked before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ..blocks import SourceError
from .limits import MEGABYTE, Limits

STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_TO_USUAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, ValueError, KeyError)

Element = Any


def broken(name: str, what: str = "") -> SourceError:
    detail = f" ({what})" if what else ""
    return SourceError(
        "broken",
        f"Tệp “{name}” bị hỏng hoặc thiếu dữ liệu{detail}; hãy mở lại bằng phần mềm đã tạo ra tệp, lưu lại rồi nạp lại.",
    )


def bomb(name: str) -> SourceError:
    return SourceError(
        "bomb",
        f"Tệp “{name}” khi giải nén lớn bất thường nên không được mở; hãy kiểm tra nguồn gốc tệp, mở bằng Word hoặc Excel "
        "rồi lưu thành tệp mới trước khi nạp lại.",
    )


@dataclass
class Package:
    """A checked zip of parts."""

    name: str
    limits: Limits
    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]
    trees: dict[str, Element] = field(default_factory=dict)

    def has(self, part: str) -> bool:
        return part.lower() in self.names

    def read(self, part: str) -> bytes:
        info = self.names.get(part.lower())
        if info is None:
            raise broken(self.name, f"không có phần {part}")
        if info.flag_bits & 0x1:
            raise SourceError("encrypted", f"Tệp “{self.name}” được nén có mật khẩu; hãy bỏ mật khẩu rồi nạp lại.")
        try:
            return self.archive.read(info)
        except RuntimeError as error:
            raise broken(self.name, "không giải nén được") from error
        except BROKEN as error:
            raise broken(self.name, f"không giải nén được phần {part}") from error

    def tree(self, part: str) -> Element:
        """The part as XML, entities never expanded, nothing fetched."""
        if part not in self.trees:
            self.trees[part] = parse_xml(self.read(part), self.name, part)
        return self.trees[part]

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (kind, part), for parts inside the package."""
        path = PurePosixPath(part)
        rels = str(path.parent / "_rels" / f"{path.name}.rels").removeprefix("./")
        if not self.has(rels):
            return {}
        found = {}
        for item in self.tree(rels):
            if not isinstance(item.tag, str) or item.get("TargetMode") == "External":
                continue
            target = item.get("Target") or ""
            kind = (item.get("Type") or "").rsplit("/", 1)[-1]
            found[item.get("Id") or ""] = (kind, resolve(str(path.parent), target))
        return found


def resolve(folder: str, target: str) -> str:
    """A part's name from a relationship's target: "/word/x.xml", "../x.xml", "x.xml"."""
    steps = [] if target.startswith("/") else [step for step in folder.split("/") if step not in ("", ".")]
    for step in target.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in ("", ".", ".."):
            steps.append(step)
    return "/".join(steps)


def open_package(content: bytes, name: str, limits: Limits) -> Package:
    """Checks number, sizes and ratios of the parts before any is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except BROKEN as error:
        raise broken(name, "không mở được gói tệp") from error
    if len(infos) > limits.max_parts:
        raise bomb(name)
    total = 0
    names: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        total += info.file_size
        lower = info.filename.replace("\\", "/").lstrip("/").lower()
        is_text = lower.endswith((".xml", ".rels"))
        steep = info.file_size > MEGABYTE and info.file_size > limits.max_ratio * max(info.compress_size, 1)
        if steep or total > limits.max_unpacked or (is_text and info.file_size > limits.max_part):
            raise bomb(name)
        names.setdefault(lower, info)
    return Package(name, limits, archive, names)


def parse_xml(data: bytes, name: str, part: str) -> Element:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise SourceError(
            "bomb",
            f"Phần {part} của tệp “{name}” có khai báo thực thể XML, tệp Word hay Excel bình thường không có, nên không "
            "được mở; hãy kiểm tra nguồn gốc tệp.",
        )
    if STRICT in data:
        for strict, usual in STRICT_TO_USUAL.items():
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        raise broken(name, f"phần {part} không đúng định dạng XML") from error
    if root is None:
        raise broken(name, f"phần {part} trống")
    return root


def refuse_macros(package: Package) -> None:
    """Macro files are refused, whatever they are called."""
    types = package.read("[Content_Types].xml") if package.has("[Content_Types].xml") else b""
    if b"macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in package.names):
        raise macro(package.name)


def macro(name: str) -> SourceError:
    return SourceError(
        "macro",
        f"Tệp “{name}” có chứa macro nên không được mở; hãy mở bằng Word hoặc Excel, chọn “Lưu thành” (Save As) dạng "
        ".docx hoặc .xlsx không có macro rồi nạp lại.",
    )


def encrypted(name: str) -> SourceError:
    return SourceError(
        "encrypted",
        f"Tệp “{name}” được đặt mật khẩu nên không đọc được; hãy mở tệp, bỏ mật khẩu (File → Info → Protect Document), "
        "lưu lại rồi nạp lại.",
    )
