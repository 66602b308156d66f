"""Gói xlsx: its sheets, read one at a time into cells by their place.

The file is hostile until read: no part is unpacked beyond its bound, no entity is expanded, and a cell at the far corner of
the sheet costs no more than one at its head, because cells are kept by their place and never as a filled rectangle.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from posixpath import join, normpath
from xml.parsers import expat

from ntm.records.standing.refusals import Refused
from ntm.records.standing.workbook.raw_cells import RawCell, Sheet, SheetBroken, day_of, form_of, place_of, plain

__all__ = ["Package"]

MOST_BYTES = 64 * 1024 * 1024  # of one part, unpacked
MOST_ELEMENTS = 3_000_000  # of one part
MOST_CELLS = 300_000  # filled cells of one sheet
MOST_MERGED = 200_000  # cells under merged areas of several rows
_BROKEN = (zipfile.BadZipFile, expat.ExpatError, KeyError, IndexError, ValueError, ArithmeticError, OSError)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


@dataclass
class Package:
    """Gói đã mở: sheets by name; each is read when asked for."""

    archive: zipfile.ZipFile
    parts: dict[str, str] = field(default_factory=dict)  # sheet name -> part
    hidden: frozenset[str] = frozenset()
    since_1904: bool = False
    texts: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)  # style number -> "", "percent", "day"

    @classmethod
    def open(cls, content: bytes) -> Package:
        """Mở gói: the list of sheets, the shared texts and the number forms."""
        try:
            made = cls(zipfile.ZipFile(io.BytesIO(content)))
            made._book()
            made._shared_texts()
            made._styles()
        except _BROKEN as error:
            if isinstance(error, (Refused, SheetBroken)):
                raise
            raise SheetBroken(str(error)) from error
        return made

    @property
    def names(self) -> list[str]:
        return list(self.parts)

    def sheet(self, name: str) -> Sheet:
        """Đọc một trang."""
        reader = _SheetReader(self, name)
        try:
            self._parse(self.parts[name], reader.start, reader.end, reader.words)
        except _BROKEN as error:
            if isinstance(error, (Refused, SheetBroken)):
                raise
            raise SheetBroken(f"{name}: {error}") from error
        return Sheet(reader.cells, tuple(reader.merged))

    # -- the parts that tell of the others -----------------------------------------------------------------------------

    def _book(self) -> None:
        main = self._related("", "officeDocument") or "xl/workbook.xml"
        found: list[tuple[str, str, str]] = []

        def start(name: str, given: dict[str, str]) -> None:
            if name == "sheet":
                key = next(value for key, value in given.items() if key.rpartition(":")[2] == "id")
                found.append((plain(given["name"]), key, given.get("state", "visible")))
            elif name == "workbookPr":
                self.since_1904 = given.get("date1904", "0") in ("1", "true")

        self._parse(main, start)
        targets = self._relations(main)
        self.parts = {name: targets[key][1] for name, key, _ in found if key in targets}
        self.hidden = frozenset(name for name, _, state in found if state != "visible")
        self._main = main

    def _related(self, part: str, kind: str) -> str | None:
        return next((target for of, target in self._relations(part).values() if of == kind), None)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, _, file = part.rpartition("/")
        address = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, given: dict[str, str]) -> None:
            if name == "Relationship" and given.get("TargetMode") != "External":
                target = given["Target"]
                where = target[1:] if target.startswith("/") else normpath(join(folder, target))
                found[given["Id"]] = (given["Type"].rpartition("/")[2], where)

        if address in self.archive.namelist():
            self._parse(address, start)
        return found

    def _shared_texts(self) -> None:
        part = self._related(self._main, "sharedStrings")
        if part is None or part not in self.archive.namelist():
            return
        inside: list[str] = []
        state = {"of": "", "phonetic": ""}

        def start(name: str, _: dict[str, str]) -> None:
            if name == "si":
                inside.clear()
            elif name == "rPh":
                state["phonetic"] = "yes"
            elif name == "t":
                state["of"] = "" if state["phonetic"] else "t"

        def end(name: str) -> None:
            if name == "si":
                self.texts.append(plain("".join(inside)))
            elif name == "rPh":
                state["phonetic"] = ""
            elif name == "t":
                state["of"] = ""

        def words(text: str) -> None:
            if state["of"]:
                inside.append(text)

        self._parse(part, start, end, words)

    def _styles(self) -> None:
        part = self._related(self._main, "styles")
        if part is None or part not in self.archive.namelist():
            return
        own: dict[int, str] = {}
        state = {"in": ""}

        def start(name: str, given: dict[str, str]) -> None:
            if name == "numFmt":
                own[int(given["numFmtId"])] = given.get("formatCode", "")
            elif name in ("cellXfs", "cellStyleXfs", "dxfs"):
                state["in"] = name
            elif name == "xf" and state["in"] == "cellXfs":
                number = int(given.get("numFmtId", "0"))
                self.forms.append(form_of(number, own.get(number, "")))

        self._parse(part, start)

    def _parse(
        self, part: str, start: Start, end: End | None = None, words: Callable[[str], None] | None = None
    ) -> None:
        """One part through the parser; bounded, no declarations, prefixes of names dropped."""
        told = self.archive.getinfo(part)
        if told.file_size > MOST_BYTES:
            raise Refused("Bảng tính giải nén ra quá lớn: chép số liệu vào bảng tính tải lại từ hệ thống rồi nộp.")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        count = 0

        def declared(*_: object) -> None:
            raise SheetBroken("a document type is declared")

        def started(name: str, given: dict[str, str]) -> None:
            nonlocal count
            count += 1
            if count > MOST_ELEMENTS:
                raise Refused("Bảng tính có quá nhiều ô: xoá các dòng, cột thừa ngoài bảng rồi nộp lại.")
            start(name.rpartition(":")[2], given)

        parser.StartDoctypeDeclHandler = declared
        parser.StartElementHandler = started
        if end is not None:
            ended = end
            parser.EndElementHandler = lambda name: ended(name.rpartition(":")[2])
        if words is not None:
            parser.CharacterDataHandler = words
        with self.archive.open(part) as stream:
            read = 0
            while piece := stream.read(1 << 20):
                read += len(piece)
                if read > MOST_BYTES:
                    raise Refused("Bảng tính giải nén ra quá lớn: chép số liệu vào bảng tính tải lại rồi nộp.")
                parser.Parse(piece, False)
        parser.Parse(b"", True)


class _SheetReader:
    """The handlers of one sheet."""

    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name = package, name
        self.cells: dict[tuple[int, int], RawCell] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.row, self.column = -1, -1
        self.given: dict[str, str] = {}
        self.text: list[str] = []
        self.inside = self.formula = self.phonetic = False
        self.merged_area = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._place(given.get("r"))
            self.given, self.text, self.formula = given, [], False
        elif name == "v" or (name == "t" and not self.phonetic):
            self.inside = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.row = int(given["r"]) - 1 if "r" in given else self.row + 1
            self.column = -1
        elif name == "rPh":
            self.phonetic = True
        elif name == "mergeCell":
            self._merge(given["ref"])

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.inside = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "c" and (self.text or self.formula):
            cell = self._cell("".join(self.text))
            if cell.text or cell.kind == "formula":
                self.cells[self.row, self.column] = cell
                if len(self.cells) > MOST_CELLS:
                    raise Refused(f"Trang “{self.name}” có quá {MOST_CELLS} ô: xoá các ô thừa ngoài bảng rồi nộp lại.")

    def words(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
        else:
            self.row, self.column = place_of(reference)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = place_of(first)
        bottom, right = place_of(last or first)
        if bottom > top:
            self.merged_area += (bottom - top + 1) * (right - left + 1)
        if self.merged_area > MOST_MERGED or len(self.merged) > MOST_MERGED:
            raise Refused(f"Trang “{self.name}” có vùng gộp ô quá lớn ({reference}): bỏ gộp (Unmerge) rồi nộp lại.")
        self.merged.append((top, left, bottom, right))

    def _cell(self, text: str) -> RawCell:
        kind = self.given.get("t", "n")
        if self.formula:
            return RawCell("formula", self.package.texts[int(text)] if kind == "s" else plain(text))
        if kind == "s":
            return RawCell("text", self.package.texts[int(text)])
        if kind in ("inlineStr", "str"):
            return RawCell("text", plain(text))
        if kind == "b":
            return RawCell("bool", text.strip())
        if kind == "e":
            return RawCell("error", plain(text))
        if kind == "d":
            return RawCell("day", text[:10], day=date.fromisoformat(text[:10]))
        return self._number(text.strip())

    def _number(self, text: str) -> RawCell:
        style = int(self.given.get("s", "0"))
        form = self.package.forms[style] if style < len(self.package.forms) else ""
        if form == "day":
            day = day_of(Decimal(text), self.package.since_1904)
            if day is not None:
                return RawCell("day", f"{day:%d/%m/%Y}", day=day)
        return RawCell("number", text, percent=form == "percent")
