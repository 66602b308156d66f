"""Đọc bảng tiêu chí trong quyết định của tỉnh (.docx): TT, tên tiêu chí, nội dung, chỉ tiêu, with merged rows.

What the table does not say plainly becomes a doubt beside its row; a person looks before anything is used.
"""

from __future__ import annotations

import io
import re
from typing import Any

import docx

from ntm.domain.criteria.importing.draft import About, Draft, DraftIndicator, DraftLevel, Problem, build
from ntm.domain.criteria.importing.level_text import read_level
from ntm.domain.criteria.importing.package_limits import refusal
from ntm.domain.criteria.loader import Bases
from ntm.domain.official.dates import find_dates
from ntm.domain.official.text import flat, fold, nfc

__all__ = ["read_decision"]

_HEADERS = {
    "number": ("tt", "stt", "so tt"),
    "name": ("ten tieu chi", "tieu chi"),
    "content": ("noi dung tieu chi", "noi dung"),
    "level": ("chi tieu", "muc dat", "chi tieu phai dat", "chi tieu chung", "muc dat chuan", "quy dinh"),
}
_CODE = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})?)\s*[.:)]?\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,2}")
_SYMBOL = re.compile(r"\b(\d{1,5}(?:/\d{4})?/QĐ-UBND)\b")
_ISSUER = re.compile(r"uy ban nhan dan\s{1,5}(tinh|thanh pho) ([a-z]{1,9}(?: [a-z]{1,9}){0,4})")
_YEARS = re.compile(r"giai doan\s+(20\d{2})\s*-\s*(20\d{2})")
MOST_ROWS = 2000


def read_decision(
    data: bytes, source: str = "quyết định", about: About | None = None, bases: Bases | None = None
) -> Draft:
    """A draft set from the decision's table. `about` says what the office already knows of the decision."""
    refused = refusal(data, source)
    if refused:
        return Draft(None, None, (Problem(source, refused),))
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises what its parts raise; whatever it is, the file is unusable
        return Draft(
            None, None, (Problem(source, f"không mở được tệp Word ({type(error).__name__}); lưu lại rồi nạp"),)
        )
    errors: list[Problem] = []
    doubts: list[Problem] = []
    about = about or _about(document, source, doubts)
    indicators: list[DraftIndicator] = []
    tables = 0
    for number, table in enumerate(document.tables, 1):
        columns = _columns(table)
        if columns is None:
            continue
        tables += 1
        indicators.extend(_table(table, columns, number, doubts))
    if not tables:
        wanted = '"TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu"'
        errors.append(Problem(source, f"không thấy bảng nào có các cột {wanted}"))
    return build(about, _without_repeats(indicators, doubts), source, errors, doubts, bases)


def _about(document: Any, source: str, doubts: list[Problem]) -> About:
    """The head of the decision, as far as it can be read; each guess is a doubt."""
    lines = [nfc(paragraph.text) for paragraph in document.paragraphs[:60]]
    lines += [nfc(cell.text) for table in document.tables[:1] for row in table.rows[:4] for cell in row.cells]
    whole = "\n".join(lines)
    symbol, issuer, years = _SYMBOL.search(whole), _ISSUER.search(flat(whole)), _YEARS.search(flat(whole))
    about = About()
    if symbol:
        about.instrument = symbol[1]
    if issuer:
        place_name = " ".join(word.capitalize() for word in whole[issuer.start(2) : issuer.end(2)].split())
        about.issuer = f"UBND {whole[issuer.start(1) : issuer.end(1)].lower()} {place_name}"
    if years:
        about.years = (int(years[1]), int(years[2]))
    day = next((found.when.full for found in find_dates(whole) if found.when.full), None)
    about.issued = day
    place = f"{source}, phần đầu"
    doubts.append(Problem(place, f"số quyết định đọc được: {about.instrument}; cơ quan: {about.issuer}; xem lại"))
    doubts.append(Problem(place, "điền mã bộ, tên bộ, danh hiệu, mã tỉnh và bộ quốc gia làm gốc trước khi dùng"))
    return about


def _columns(table: Any) -> dict[str, int] | None:
    """Where the four columns stand, by their titles in the first rows."""
    for row in table.rows[:3]:
        titles = [fold(cell.text).strip(" .:") for cell in row.cells]
        found: dict[str, int] = {}
        for name, words in _HEADERS.items():
            for place, title in enumerate(titles):
                if place not in found.values() and (title in words or (name == "level" and title.startswith(words))):
                    found[name] = place
                    break
        if len(found) == len(_HEADERS):
            return found
    return None


def _table(table: Any, columns: dict[str, int], number: int, doubts: list[Problem]) -> list[DraftIndicator]:
    indicators: list[DraftIndicator] = []
    criterion: tuple[int, str] | None = None
    for line, row in enumerate(table.rows[:MOST_ROWS], 1):
        cells = [nfc(" ".join(cell.text.split())) for cell in row.cells]
        place = f"bảng {number}, dòng {line}"
        if len(cells) <= max(columns.values()):
            doubts.append(Problem(place, "dòng thiếu ô; bỏ qua, xem lại"))
            continue
        first, name, content, level = (cells[columns[key]] for key in ("number", "name", "content", "level"))
        if _NUMBER.fullmatch(first.strip(" .")):
            criterion = int(first.strip(" .")), name
        elif criterion is None or _is_heading(cells):
            continue
        if criterion is None or not content:
            continue
        indicators.append(_indicator(criterion, content, level, place, indicators, doubts))
    return indicators


def _is_heading(cells: list[str]) -> bool:
    """A row across the table: "I. Quy hoạch"; or the numbers of the columns."""
    return len(set(filter(None, cells))) <= 1


def _indicator(
    criterion: tuple[int, str],
    content: str,
    level: str,
    place: str,
    before: list[DraftIndicator],
    doubts: list[Problem],
) -> DraftIndicator:
    number, name = criterion
    found = _CODE.match(content)
    if found and found[1].split(".")[0] == str(number):
        code, text = found[1], content[found.end() :]
    else:
        earlier = sum(1 for one in before if one.number == number)
        code, text = (str(number) if not earlier else f"{number}.{earlier + 1}"), content
        if earlier:
            doubts.append(Problem(place, f'nội dung không có mã; tạm đặt mã "{code}"'))
    read = read_level(level)
    if read.doubt:
        doubts.append(Problem(place, f"chỉ tiêu {code}: {read.doubt}"))
    levels = [] if read.value is None else [DraftLevel(read.value, place)]
    note = f"quyết định ghi ở cột chỉ tiêu: {level}" if read.value is None and level else None
    return DraftIndicator(
        number, code, place, name or None, text, read.kind, read.comparator, read.measure, levels, note
    )


def _without_repeats(indicators: list[DraftIndicator], doubts: list[Problem]) -> list[DraftIndicator]:
    """Merged rows come once for each row they cover; the same code with other words is a doubt."""
    kept: dict[str, DraftIndicator] = {}
    for one in indicators:
        other = kept.setdefault(one.code, one)
        if other is not one and other.text != one.text:
            doubts.append(
                Problem(one.place, f'mã "{one.code}" đã có ở {other.place} với lời văn khác; dòng này bỏ qua')
            )
    return list(kept.values())
