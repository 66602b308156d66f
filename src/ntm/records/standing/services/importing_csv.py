"""Nhập tệp CSV: the figures of many units from one file, validated line by line; all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ntm.domain.assessment.model import Fact
from ntm.records.people.authority import Actor
from ntm.records.standing import csv_file, registry
from ntm.records.standing.csv_file import CsvError, CsvFile, Figures
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.services.importing import Imported, ImportRow, import_rows
from ntm.records.units import queries as units
from ntm.records.units import statistics
from ntm.records.units.models import Level, Position

__all__ = ["CsvImported", "import_csv", "validated"]

_IN_ONE = 5000
_MANY = 20_000  # lines after which the database counts its tables again
_WIDTH = {"tinh": 2, "huyen": 3, "xa": 5}  # digits of official codes


@dataclass(frozen=True, slots=True)
class CsvImported:
    """Kết quả: lines read; wrong lines (the first told, all counted), and then nothing was written; else what was."""

    read: int
    wrong: int
    errors: tuple[CsvError, ...]
    imported: Imported | None
    dry_run: bool


def import_csv(
    actor: Actor, content: bytes, *, set_code: str, as_of: date, stage: Stage, file: str, dry_run: bool = False
) -> CsvImported:
    """Nhập: Refused or Denied as `import_rows` says. dry_run does everything and takes it back: the answer is exact."""
    row = registry.by_code(set_code)
    found = csv_file.read(content)
    rows = validated(found, row, as_of)
    if found.wrong:
        return CsvImported(len(found.rows), found.wrong, tuple(found.errors), None, dry_run)
    with transaction.atomic():
        done = import_rows(actor, set_code=set_code, as_of=as_of, rows=rows, stage=stage, source="csv", file=file)
        if dry_run:
            transaction.set_rollback(True)
    if len(rows) >= _MANY and not dry_run:
        statistics.count_again()
    return CsvImported(len(rows), 0, (), done, dry_run)


def validated(found: CsvFile, row: RegisteredSet, as_of: date) -> list[ImportRow]:
    """Every line on its own: the unit, the indicator, the value, and that nothing is said twice."""
    places = _unit_ids({one[1] for one in found.rows}, row, as_of)
    figures = Figures(registry.content(row), csv_file.marks_of(one[3] for one in found.rows))
    rows: list[ImportRow] = []
    first: dict[tuple[int, str], int] = {}
    for line, unit_code, code, typed, note in found.rows:
        unit = places[unit_code]
        fact: Fact | str = unit if isinstance(unit, str) else figures.fact(code, typed)
        if isinstance(fact, str):
            found.refuse(line, fact)
            continue
        assert isinstance(unit, int)
        before = first.setdefault((unit, code), line)
        if before != line:
            found.refuse(line, f"chỉ tiêu {code} của đơn vị {unit_code} đã ghi ở dòng {before}; bỏ một dòng.")
            continue
        rows.append(ImportRow(unit, code, fact, typed, f"dòng {line}", note))
    found.errors.sort(key=lambda one: one.line)
    return rows


def _unit_ids(codes: set[str], row: RegisteredSet, as_of: date) -> dict[str, int | str]:
    """Mã đơn vị -> unit, or the sentence that says why it is none."""
    ordered = sorted(codes)
    ids: dict[str, int] = {}
    for start in range(0, len(ordered), _IN_ONE):
        ids.update(units.by_codes(ordered[start : start + _IN_ONE], as_of))
    widened = {code: code.zfill(_WIDTH.get(row.level, 0)) for code in ordered if code not in ids and code.isdigit()}
    lost_zeros = units.by_codes(set(widened.values()), as_of) if widened else {}
    there = set(Position.objects.on(as_of).filter(level=row.level).values_list("unit_id", flat=True))
    level = Level(row.level).label
    answers: dict[str, int | str] = {}
    for code in ordered:
        if code not in ids:
            answers[code] = f"ngày {as_of:%d/%m/%Y} không có đơn vị mã “{code}”."
            if widened.get(code) in lost_zeros:
                answers[code] = f"mã “{code}” thiếu số 0 ở đầu (Excel hay bỏ); viết “{widened[code]}”."
        elif ids[code] not in there:
            answers[code] = f"đơn vị mã “{code}” không phải đơn vị {level}; bộ “{row.name}” chỉ xét {level}."
        else:
            answers[code] = ids[code]
    return answers
