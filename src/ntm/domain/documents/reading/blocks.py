"""Khối văn bản: what a file holds, as lines and tables, before anyone asks what it means.

The sources (file -> blocks) build these, the content reader (blocks -> draft) uses them; nothing here knows a file
format. All objects are frozen. Every text is Unicode NFC; what was converted or recognised carries a warning.

How the text of each kind is laid out:

* txt, md: the lines are exactly the lines of the file (number 1 is the first, split at line feeds, empty ones kept).
  A tab-separated or pipe-drawn run of lines is *also* a `Table`, whose rows and cells point at those lines.
* docx, doc, pdf, scan, image: one line a paragraph, no empty lines. A table gives one line a row, its cells joined by
  TAB (an empty cell gives an empty stretch, so columns keep their place; a cell that spans columns is written once,
  followed by empty stretches). A table that only lays out the page (no borders: the two columns of the letterhead, of
  "Nơi nhận" and the signature) is not a table: its cells are read one after the other, left first.
* xlsx, xls: one line a row that holds anything, cells joined by TAB; one `Table` a sheet, labelled with its name.

Lines of running headers, footers and footnotes follow the body at the end, told apart by `region`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any, Literal

Kind = Literal["txt", "md", "docx", "doc", "pdf", "scan", "image", "xlsx", "xls"]
Region = Literal["body", "header", "footer", "footnote", "textbox"]


class SourceError(Exception):
    """Tệp không đọc được: the file cannot be read; the message is a Vietnamese sentence for the officer.

    `code` is one of: empty, oversized, encrypted, broken, macro, bomb, unknown, limit, missing_tool.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class SourceWarning:
    """Lưu ý khi đọc tệp: the file was read, but a person should know something about how."""

    code: str  # encoding, font, page, table, truncated, hidden, low_confidence, ...
    message: str  # one Vietnamese sentence
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class Style:
    """Hình thức của một dòng: hints only; None means the kind of file does not tell."""

    bold: bool | None = None  # every letter of the line
    italic: bool | None = None
    centered: bool | None = None
    heading: int | None = None  # 1..9, an outline level that the file states
    size: float | None = None  # points
    indent: float | None = None  # points from the left edge of the text to the first letter


@dataclass(frozen=True)
class Box:
    """Vị trí trên trang: where ink stands, as shares (0..1) of the page's width and height, from the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class WordMark:
    """Độ tin cậy của một từ: a recognised word is `line.text[start:end]`, believed with `confidence` (0..1)."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Line:
    """Dòng: a line of the (extracted) text; `no` counts from 1."""

    no: int
    text: str
    page: int | None = None  # where it begins
    table: int | None = None  # index of the table it is a row of
    confidence: float | None = None  # 0..1; only where letters were recognised from a picture
    style: Style = Style()
    region: Region = "body"
    boxes: tuple[Box, ...] = ()  # one a page it stands on (pdf, scan, image)
    words: tuple[WordMark, ...] = ()  # only where letters were recognised from a picture

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Cell:
    """Ô: one cell of a table; its paragraphs are parted by line feeds. Covered places of a merged cell hold no Cell."""

    text: str
    row: int  # 0-based place in the grid
    col: int
    rowspan: int = 1
    colspan: int = 1
    lines: tuple[int, ...] = ()  # line numbers
    confidence: float | None = None
    ref: str | None = None  # "B7" in a workbook


@dataclass(frozen=True)
class Table:
    """Bảng: rows of cells. A table that goes on over a page is one Table a page, the later with `continues` set
    (docx and workbooks know the whole table and give one)."""

    index: int
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]  # all its line numbers
    pages: tuple[int, ...] = ()
    label: str | None = None  # the sheet's name, or the caption the file ties to it
    continues: int | None = None  # index of the table on the page before
    inside: tuple[int, int, int] | None = None  # a nested table: (table, row, column) of the cell that holds it

    @cached_property
    def width(self) -> int:
        return max((cell.col + cell.colspan for row in self.rows for cell in row), default=0)

    @cached_property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """Texts in a full rectangle: a merged cell's text in every place it covers, paragraphs joined by a space."""
        filled = [[""] * self.width for _ in self.rows]
        for row in self.rows:
            for cell in row:
                text = cell.text.replace("\n", " ")
                for r in range(cell.row, min(cell.row + cell.rowspan, len(filled))):
                    filled[r][cell.col : cell.col + cell.colspan] = [text] * cell.colspan
        return tuple(tuple(row) for row in filled)


@dataclass(frozen=True)
class Source:
    """Nguồn: what one file holds."""

    name: str
    sha256: str
    kind: Kind
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    warnings: tuple[SourceWarning, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)  # encoding, producer, ...: facts about the file, for the desk

    @property
    def text(self) -> str:
        """All lines, one a row, in their order: line n is `text.split("\\n")[n - 1]`."""
        return "\n".join(line.text for line in self.lines)

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines without running headers, footers and footnotes."""
        return tuple(line for line in self.lines if line.region in ("body", "textbox"))

    def line(self, no: int) -> Line:
        return self.lines[no - 1]


def to_plain(value: Any) -> Any:
    """Plain lists, dictionaries and scalars, as JSON takes them, without defaults; `source_from_plain` reads it."""
    if is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Any] = {}
        for item in fields(value):
            content = getattr(value, item.name)
            if content in (None, (), {}) or content == item.default:
                continue
            plain[item.name] = to_plain(content)
        return plain
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def source_from_plain(plain: dict[str, Any]) -> Source:
    """The Source that `to_plain` wrote."""
    lines = tuple(_line(item) for item in plain.get("lines", ()))
    tables = tuple(_table(item) for item in plain.get("tables", ()))
    warnings = tuple(SourceWarning(**item) for item in plain.get("warnings", ()))
    return Source(**{**plain, "lines": lines, "tables": tables, "warnings": warnings})


def _line(plain: dict[str, Any]) -> Line:
    return Line(
        **{
            **plain,
            "text": plain.get("text", ""),
            "style": Style(**plain.get("style", {})),
            "boxes": tuple(Box(**box) for box in plain.get("boxes", ())),
            "words": tuple(WordMark(**word) for word in plain.get("words", ())),
        }
    )


def _table(plain: dict[str, Any]) -> Table:
    inside = plain.get("inside")
    return Table(
        **{
            **plain,
            "rows": tuple(tuple(_cell(cell) for cell in row) for row in plain.get("rows", ())),
            "lines": tuple(plain.get("lines", ())),
            "pages": tuple(plain.get("pages", ())),
            "inside": tuple(inside) if inside else None,
        }
    )


def _cell(plain: dict[str, Any]) -> Cell:
    return Cell(**{**plain, "text": plain.get("text", ""), "lines": tuple(plain.get("lines", ()))})
