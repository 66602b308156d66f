"""Văn bản Word (.docx): paragraphs, tables, text boxes, headers, footers and notes, as the reader of the page sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from ..blocks import Kind, Region, Source, SourceError, Style
from .archives import Element, Package, broken, open_package, refuse_macros
from .builder import Builder, DraftCell, DraftLine
from .letters import tidy
from .limits import Limits
from .word_flow import cells_of, children, merged_down, rows_of, split_lines
from .word_numbering import Numbering
from .word_runs import ParagraphText, RunReader
from .word_styles import VAL, W, WordStyles, draws, value, whole

DEEPEST = 60  # tables in tables


def read_word(content: bytes, name: str, limits: Limits, kind: Kind = "docx", original: bytes | None = None) -> Source:
    """Reads a .docx; `kind` is "doc" when LibreOffice made it from the older file `original`."""
    package = open_package(content, name, limits)
    refuse_macros(package)
    return WordReader(package, limits).read(original or content, name, kind)


@dataclass
class CellContent:
    """What a cell holds: its paragraphs, and the tables inside it."""

    lines: list[DraftLine] = field(default_factory=list)
    tables: list[list[list[DraftCell]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class WordReader:
    """Walks one document."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.package = package
        self.main = self._main_part()
        relations = package.relations(self.main)
        self.parts = dict(relations.values())
        self.targets = relations
        self.styles = WordStyles.of(self._tree("styles"))
        self.numbering = Numbering.of(self._tree("numbering"))
        self.runs = RunReader(self.styles)
        self.builder = Builder(limits)
        self.page = 1
        self.notes: list[tuple[str, str]] = []
        self.waiting: ParagraphText | None = None  # its paragraph mark is a deleted one
        self.region: Region = "body"

    def _main_part(self) -> str:
        for kind, part in self.package.relations("").values():
            if kind == "officeDocument":
                return part
        if self.package.has("word/document.xml"):
            return "word/document.xml"
        raise broken(self.package.name, "không tìm thấy nội dung văn bản")

    def _tree(self, kind: str) -> Element | None:
        part = self.parts.get(kind)
        return self.package.tree(part) if part and self.package.has(part) else None

    def read(self, content: bytes, name: str, kind: Kind) -> Source:
        root = self.package.tree(self.main)
        body = root.find(W + "body")
        if body is None:
            raise broken(name, "không có phần thân văn bản")
        self._blocks(body)
        self._running_parts(root)
        self._note_parts()
        knows_pages = any(True for _ in root.iter(W + "lastRenderedPageBreak"))
        if not knows_pages:
            for line in self.builder.lines:
                line.page = None
            for table in self.builder.tables:
                table.pages = ()
        if not any(line.region in ("body", "textbox") for line in self.builder.lines):
            raise SourceError(
                "empty",
                f"Tệp “{name}” không có chữ nào đọc được; nếu tệp chỉ chứa ảnh quét, hãy lưu ảnh ra tệp .pdf hoặc .jpg "
                "rồi nạp lại.",
            )
        return self.builder.source(content, name, kind, self.page if knows_pages else None)

    # -- the flow -------------------------------------------------------------------------------------------------

    def _blocks(self, parent: Element) -> None:
        for child in children(parent):
            if child.tag == W + "p":
                for line in self._paragraph(child):
                    self.builder.paragraph(line)
            elif child.tag == W + "tbl":
                self._table(child)

    def _paragraph(self, element: Element, depth: int = 0) -> list[DraftLine]:
        """The lines of a paragraph and of the text boxes tied to it."""
        properties = element.find(W + "pPr")
        read = self.runs.read(element)
        self._tell(read)
        if self.waiting is not None:
            read.stretches = self.waiting.stretches + read.stretches
            read.boxes = self.waiting.boxes + read.boxes
            self.waiting = None
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.waiting = read if read.text.strip() or read.boxes else None
            return []
        self.page += read.pages_before
        lines = self._lines(read, properties)
        self.page += read.pages_after
        self.notes += read.notes
        for box in read.boxes if depth < DEEPEST else ():
            lines += self._box(box, depth + 1)
        return lines

    def _lines(self, read: ParagraphText, properties: Element | None) -> list[DraftLine]:
        label = ""
        if read.text.strip():
            numbered = self.styles.numbering(properties)
            label = self.numbering.label(*numbered) if numbered else ""
        centered = self.styles.justified(properties)
        heading = self.styles.heading(properties)
        indent = self._indent(properties)
        lines = []
        for stretches in split_lines(read):
            text = tidy(label + "".join(s.text for s in stretches).strip())
            label = ""
            inked = [s for s in stretches if s.text.strip()]
            if not inked:
                continue
            sizes = [s.size for s in inked if s.size]
            style = Style(
                bold=all(bool(s.bold) for s in inked),
                italic=all(bool(s.italic) for s in inked),
                centered=centered == "center",
                heading=heading,
                size=max(sizes) if sizes else None,
                indent=indent,
            )
            lines.append(DraftLine(text, page=self.page, style=style, region=self.region))
        return lines

    def _indent(self, properties: Element | None) -> float | None:
        item = None if properties is None else properties.find(W + "ind")
        if item is None:
            return None
        left = whole(item.get(W + "left") or item.get(W + "start")) or 0
        first = (whole(item.get(W + "firstLine")) or 0) - (whole(item.get(W + "hanging")) or 0)
        return (left + first) / 20

    def _box(self, box: Element, depth: int) -> list[DraftLine]:
        lines = self._content(box, depth).lines
        for line in lines:
            if line.region == "body":
                line.region = "textbox"
        return lines

    def _tell(self, read: ParagraphText) -> None:
        if read.hidden:
            self.builder.warn("hidden", "Tệp có chữ bị ẩn; phần chữ ẩn không được đọc.")
        for font in sorted(read.old_fonts):
            self.builder.warn("font", f"Chữ viết bằng phông cũ {font} đã được chuyển sang Unicode.")
        if read.pictures and any(self._is_big(rel) for rel in read.pictures):
            self.builder.warn(
                "picture", "Tệp có ảnh chèn trong văn bản; chữ trong ảnh không được đọc, hãy nạp riêng ảnh đó nếu cần."
            )

    def _is_big(self, relation: str) -> bool:
        _, part = self.targets.get(relation, ("", ""))
        info = self.package.names.get(part.lower())
        return info is not None and info.file_size > 30_000

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, element: Element) -> None:
        if self._only_layout(element):
            for width, rows in groupby((list(cells_of(row)) for row in rows_of(element)), key=len):
                for column in zip(*rows, strict=True) if width else ():
                    for cell in column:
                        self._blocks(cell)
            return
        grid, pages, inner = self._rows(element, 0)
        if not grid:
            return
        index = self.builder.table(grid, pages=list(pages), region=self.region)
        for row, col, nested in inner:
            self.builder.inner_table(nested, index, row, col)

    def _rows(
        self, element: Element, depth: int
    ) -> tuple[list[list[DraftCell]], list[int], list[tuple[int, int, list[list[DraftCell]]]]]:
        rows: list[list[DraftCell]] = []
        pages: list[int] = []
        inner: list[tuple[int, int, list[list[DraftCell]]]] = []
        open_cells: dict[int, DraftCell] = {}  # column -> the cell that goes on downwards
        for row in rows_of(element):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            col = min(whole(value(properties, "gridBefore")) or 0, 200)
            top = self.page
            last = top
            cells: list[DraftCell] = []
            for item in cells_of(row):
                self.page = top
                content = self._content(item, depth + 1)
                last = max(last, self.page)
                span = min(max(whole(value(item.find(W + "tcPr"), "gridSpan")) or 1, 1), 200)
                above = open_cells.get(col)
                if merged_down(item) and above is not None:
                    above.rowspan += 1
                    if content.text.strip():
                        above.text = f"{above.text}\n{content.text}".strip()
                else:
                    cell = DraftCell(content.text, col, colspan=span)
                    cells.append(cell)
                    open_cells[col] = cell
                    inner += [(len(rows), col, nested) for nested in content.tables]
                col += span
            self.page = last
            rows.append(cells)
            pages.append(top if not cells else min(last, top + self._broken_before(row)))
        return rows, pages, inner

    @staticmethod
    def _broken_before(row: Element) -> int:
        """1 when the row begins on a new page: the break stands before its first letter."""
        for item in row.iter(W + "lastRenderedPageBreak", W + "t"):
            if item.tag == W + "lastRenderedPageBreak":
                return 1
            if (item.text or "").strip():
                return 0
        return 0

    def _content(self, element: Element, depth: int) -> CellContent:
        """Paragraphs of a cell or a box; a table inside gives its rows as lines too."""
        content = CellContent()
        for child in children(element):
            if child.tag == W + "p":
                content.lines += self._paragraph(child, depth)
            elif child.tag == W + "tbl" and depth < DEEPEST:
                rows, pages, inner = self._rows(child, depth)
                for row, page in zip(rows, pages, strict=True):
                    text = " | ".join(cell.text.replace("\n", " ") for cell in row)
                    if text.strip(" |"):
                        content.lines.append(DraftLine(text, page=page, region=self.region))
                content.tables.append(rows)
                content.tables += [nested for _, _, nested in inner]
        return content

    def _only_layout(self, table: Element) -> bool:
        """A table without lines that sets two blocks side by side: letterhead, recipients and signature."""
        properties = table.find(W + "tblPr")
        for borders in table.iter(W + "tcBorders"):
            sides = {item.tag for item in borders if (item.get(VAL) or "none") not in ("none", "nil")}
            if sides & {W + "left", W + "right", W + "start", W + "end"} and draws(borders):
                return False
        rows = list(rows_of(table))
        widest = max((sum(1 for _ in cells_of(row)) for row in rows), default=0)
        if not self.styles.table_has_borders(properties):
            return widest <= 2 or (widest == 3 and len(rows) <= 3)
        return len(rows) == 1 and widest == 1

    # -- what stands beside the flow ------------------------------------------------------------------------------

    def _running_parts(self, root: Element) -> None:
        seen: set[tuple[Region, str]] = set()
        kinds: tuple[tuple[str, Region], ...] = (("headerReference", "header"), ("footerReference", "footer"))
        for tag, region in kinds:
            for reference in root.iter(W + tag):
                relation = next((v for k, v in reference.attrib.items() if k.endswith("}id")), "")
                _, part = self.targets.get(relation, ("", ""))
                if (region, part) in seen or not self.package.has(part):
                    continue
                seen.add((region, part))
                self._aside(self.package.tree(part), region)

    def _note_parts(self) -> None:
        for kind in ("footnote", "endnote"):
            tree = self._tree(kind + "s")
            if tree is None:
                continue
            texts = {item.get(W + "id"): item for item in tree.findall(W + kind)}
            wanted = [number for which, number in self.notes if which == kind]
            for number in dict.fromkeys(wanted):
                if number in texts:
                    self._aside(texts[number], "footnote")

    def _aside(self, parent: Element, region: Region) -> None:
        page = self.page
        self.region = region
        known = {line.text for line in self.builder.lines if line.region == region}
        for line in self._content(parent, 1).lines:
            line.page = None
            line.region = region
            if region == "footnote" or line.text not in known:
                self.builder.paragraph(line)
        self.page, self.region = page, "body"
