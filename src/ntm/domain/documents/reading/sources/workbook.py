"""Sổ tính (.xlsx, .xls): every sheet a table with its cell references, numbers written the Vietnamese way."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

from ..blocks import Kind, Source, SourceError
from .archives import BROKEN, Package, broken, encrypted, open_package, refuse_macros
from .builder import Builder, DraftCell
from .letters import clean
from .limits import Limits, Progress, ProgressCallback

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CELL = re.compile(rb"""<(?:\w+:)?c [^>]*?r=["']([A-Z]{1,3})(\d{1,7})["']""")
STYLED = re.compile(rb"<(?:\w+:)?c ([^>]*)>")
MOST_GRID = 4_000_000  # places between the first and the last used cell of a sheet
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
}
BUILT_IN |= {40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00"}


@dataclass(frozen=True)
class NumberForm:
    """Cách viết số của một ô."""

    places: int | None = None  # None: as many as the number has
    grouped: bool = False
    percent: bool = False


PLAIN = NumberForm()


def read_workbook(content: bytes, name: str, kind: Kind, limits: Limits, progress: ProgressCallback) -> Source:
    import python_calamine

    package = None
    if kind == "xlsx":
        package = open_package(content, name, limits)
        refuse_macros(package)
        refuse_sparse(package)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        names = list(book.sheet_names)
        hidden = {m.name for m in book.sheets_metadata if m.visible != python_calamine.SheetVisibleEnum.Visible}
    except python_calamine.PasswordError as error:
        raise encrypted(name) from error
    except (python_calamine.CalamineError, *BROKEN) as error:
        raise broken(name, "không mở được sổ tính") from error
    except BaseException as error:
        raise _not_panic(error, name) from error
    builder = Builder(limits)
    forms = sheet_forms(package) if package else {}
    for number, sheet_name in enumerate(names, 1):
        try:
            read_sheet(book.get_sheet_by_name(sheet_name), sheet_name, forms.get(sheet_name, {}), builder)
        except SourceError:
            raise
        except (python_calamine.CalamineError, *BROKEN):
            builder.warn("table", f"Trang tính “{sheet_name}” bị hỏng nên không đọc được.")
        except BaseException as error:
            raise _not_panic(error, name) from error
        if sheet_name in hidden:
            builder.warn("hidden", f"Trang tính “{sheet_name}” đang bị ẩn trong sổ; nội dung vẫn được đọc.")
        progress(Progress(number, len(names), f"Đã đọc trang tính “{sheet_name}”"))
    if not builder.lines:
        raise SourceError("empty", f"Sổ tính “{name}” không có ô nào có dữ liệu; hãy kiểm tra lại tệp đã chọn.")
    return builder.source(content, name, kind)


def _not_panic(error: BaseException, name: str) -> BaseException:
    """calamine's own collapse on a hostile file is a broken file; anything else is itself."""
    return broken(name, "sổ tính không đọc được") if type(error).__name__ == "PanicException" else error


def refuse_sparse(package: Package) -> None:
    """Two cells at the far corners of a sheet would make a table of thousands of millions of places."""
    for part in package.names:
        if not (part.startswith("xl/worksheets/") and part.endswith(".xml")):
            continue
        columns, rows = [], []
        for match in CELL.finditer(package.read(part)):
            columns.append(column_number(match.group(1).decode()))
            rows.append(int(match.group(2)))
        if columns and (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1) > MOST_GRID:
            raise SourceError(
                "limit",
                f"Sổ tính “{package.name}” có trang tính trải quá rộng (đến cột {max(columns)}, dòng {max(rows)}); "
                "hãy xóa các ô thừa ở xa bảng rồi nạp lại.",
            )


def read_sheet(sheet: Any, name: str, forms: dict[tuple[int, int], NumberForm], builder: Builder) -> None:
    start = sheet.start or (0, 0)
    merged = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        merged[top, left] = (bottom - top + 1, right - left + 1)
    rows: list[list[DraftCell]] = []
    kept: list[int] = []
    for offset, values in enumerate(sheet.to_python(skip_empty_area=True)):
        number = start[0] + offset
        cells = []
        for shift, value in enumerate(values):
            col = start[1] + shift
            text = written(value, forms.get((number, col), PLAIN))
            if not text:
                continue
            height, width = merged.get((number, col), (1, 1))
            cells.append(
                DraftCell(text, shift, min(height, 10_000), min(width, 1000), ref=f"{column_name(col)}{number + 1}")
            )
        if cells:
            rows.append(cells)
            kept.append(number)
    if not rows:
        return
    places = {number: place for place, number in enumerate(kept)}
    for place, row in enumerate(rows):
        for cell in row:
            cell.rowspan = max(1, sum(kept[place] + down in places for down in range(cell.rowspan)))
    builder.table(rows, label=clean(name))


def written(value: Any, form: NumberForm) -> str:
    """A cell's value as a Vietnamese office writes it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int | float):
        return number_text(Decimal(repr(value)), form) if value == value and abs(value) != float("inf") else ""
    if isinstance(value, dt.datetime):
        day = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
        return day if value.time() == dt.time(0) else f"{day} {value.hour:02d}:{value.minute:02d}"
    if isinstance(value, dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, dt.time):
        return f"{value.hour:02d}:{value.minute:02d}"
    lines = (" ".join(line.split()) for line in clean(str(value)).splitlines())
    return "\n".join(line for line in lines if line)


def number_text(number: Decimal, form: NumberForm) -> str:
    """59,58; 183.970; 67,4 %. Without a stated number of places: at most twelve significant digits."""
    if form.percent:
        number *= 100
    if form.places is not None:
        number = number.quantize(Decimal(1).scaleb(-form.places), ROUND_HALF_UP) if number.adjusted() < 24 else number
    elif number:
        number = round(number, max(0, 11 - number.adjusted()))
    text = f"{number:,f}" if form.grouped else f"{number:f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction if form.places is not None else fraction.rstrip("0")
    text = whole.replace(",", ".") + (f",{fraction}" if fraction else "")
    text = "0" if text == "-0" else text
    return text + "%" if form.percent else text


# -- number forms, which calamine does not tell -----------------------------------------------------------------------


def sheet_forms(package: Package) -> dict[str, dict[tuple[int, int], NumberForm]]:
    """Sheet name -> cell -> form, for cells whose form is not the plain one."""
    if not package.has("xl/workbook.xml") or not package.has("xl/styles.xml"):
        return {}
    forms = style_forms(package)
    if not any(form != PLAIN for form in forms):
        return {}
    targets = {rel: part for rel, (_, part) in package.relations("xl/workbook.xml").items()}
    found = {}
    for sheet in package.tree("xl/workbook.xml").iter(MAIN + "sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        part = targets.get(relation, "")
        if package.has(part):
            found[sheet.get("name") or ""] = cell_forms(package.read(part), forms)
    return found


def style_forms(package: Package) -> list[NumberForm]:
    root = package.tree("xl/styles.xml")
    codes = dict(BUILT_IN)
    for item in root.iter(MAIN + "numFmt"):
        identity = item.get("numFmtId") or ""
        if identity.isdigit():
            codes[int(identity)] = item.get("formatCode") or ""
    styles = root.find(MAIN + "cellXfs")
    forms = []
    for item in styles if styles is not None else ():
        identity = item.get("numFmtId") or "0"
        forms.append(form_of(codes.get(int(identity), "") if identity.isdigit() else ""))
    return forms


def form_of(code: str) -> NumberForm:
    """The form that a number format code asks for; dates and texts are left alone."""
    positive = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code.split(";")[0])
    match = re.search(r"[#0?][#0?,. ]*", positive)
    if not match or re.search(r"[ymdhsE@]", positive, re.IGNORECASE) or "/" in positive:
        return PLAIN
    digits = match.group(0)
    whole, point, fraction = digits.partition(".")
    places = len(re.findall(r"[0#?]", fraction)) if point else 0
    return NumberForm(places=places, grouped="," in whole.rstrip(","), percent="%" in positive)


def cell_forms(data: bytes, forms: list[NumberForm]) -> dict[tuple[int, int], NumberForm]:
    found = {}
    for match in STYLED.finditer(data):
        attributes = match.group(1)
        place = re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', attributes)
        style = re.search(rb'\bs="(\d{1,6})"', attributes)
        if place and style and int(style.group(1)) < len(forms):
            form = forms[int(style.group(1))]
            if form != PLAIN:
                found[int(place.group(2)) - 1, column_number(place.group(1).decode()) - 1] = form
    return found


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_name(number: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
