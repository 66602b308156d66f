"""`ntm plan`: kế hoạch. What plans there are, one of them, its progress on a day, and its Word, PDF and Excel files."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntm.domain.official.numbers import write_number
from ntm.faces.cli import main as cli
from ntm.faces.cli.units import day

if TYPE_CHECKING:
    from ntm.records.planning.models import Plan, PlanVersion
    from ntm.records.planning.queries.plans import MoneyLine

_FORMS = {"docx": "Word", "pdf": "PDF", "xlsx": "các biểu, Excel"}
_LISTED = {
    "targets": "Chỉ tiêu",
    "cells": "Ô tiêu chí",
    "tasks": "Nhiệm vụ",
    "roadmap": "Bước lộ trình",
    "duties": "Phân công",
}


class NoTables(ValueError):
    """Không có biểu: the plan has nothing to put into a workbook."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("plan", help="kế hoạch: danh sách, xem, tiến độ, viết ra tệp")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    show = verbs.add_parser("show", help="một kế hoạch; bỏ trống mã: danh sách kế hoạch")
    show.add_argument("id", nargs="?", type=int, metavar="MÃ", help="mã kế hoạch, cột đầu của danh sách")
    show.add_argument("--unit", metavar="MÃ ĐƠN VỊ", help="danh sách của một đơn vị")
    show.add_argument("--year", type=int, metavar="NĂM", help="danh sách của một năm")
    show.set_defaults(work=_show)
    progress = verbs.add_parser("progress", help="tiến độ từng chỉ tiêu vào một ngày")
    progress.add_argument("id", type=int, metavar="MÃ")
    progress.set_defaults(work=_progress)
    write = verbs.add_parser("write", help="viết văn bản kế hoạch và các biểu ra tệp")
    write.add_argument("id", type=int, metavar="MÃ")
    for form, words in _FORMS.items():
        write.add_argument(f"--{form}", type=Path, metavar="TỆP", help=f"tệp {words}")
    write.add_argument(
        "--template", choices=("own", "common"), default="own",
        help="own (mặc định): tệp đã lưu khi ban hành, hoặc theo mẫu của đơn vị nếu có; common: viết theo mẫu chung",
    )  # fmt: skip
    write.set_defaults(work=_write)
    for verb in (show, progress, write):
        verb.add_argument("--on", type=day, metavar="NGÀY", help="vào ngày nào; bỏ trống: hôm nay")
        verb.add_argument(
            "--version",
            type=int,
            metavar="LẦN",
            help="lần ban hành; bỏ trống: lần có hiệu lực ngày đó, chưa có thì dự thảo",
        )
        verb.add_argument("--json", action="store_true", help="in JSON")
        verb.set_defaults(func=_run)


def _run(arguments: argparse.Namespace) -> int:
    cli.django()
    from django.utils import timezone

    arguments.today = arguments.on or timezone.localdate()
    work: Callable[[argparse.Namespace], int] = arguments.work
    if arguments.id is None:
        return _list(arguments)
    return work(arguments)


def _found(arguments: argparse.Namespace) -> tuple[Plan, PlanVersion] | int:
    """The plan and its version asked for, or the exit code of a refusal."""
    from ntm.records.planning.models import Plan
    from ntm.records.planning.queries import days

    plan = Plan.objects.select_related("unit", "set").filter(pk=arguments.id).first()
    if plan is None:
        return cli.refuse(f"Không có kế hoạch mã {arguments.id}; xem danh sách: ntm plan show")
    versions = list(plan.versions.order_by("no"))  # type: ignore[attr-defined]
    version = days.newest(versions, plan.on, arguments.today)
    if arguments.version is not None:
        version = next((one for one in versions if one.no == arguments.version), None)
    if version is None:
        return cli.refuse(
            f"Kế hoạch mã {arguments.id} ngày {arguments.today:%d/%m/%Y} không có lần ban hành này, hoặc dự thảo đã bỏ."
        )
    return plan, version


def _list(arguments: argparse.Namespace) -> int:
    from ntm.records.planning.models import Plan
    from ntm.records.units import queries as units

    rows = Plan.objects.order_by("-year", "level", "pk").prefetch_related("versions")
    if arguments.year is not None:
        rows = rows.filter(year__lte=arguments.year, year_to__gte=arguments.year)
    if arguments.unit:
        unit = units.by_code(arguments.unit, arguments.today)
        if unit is None:
            return cli.refuse(f"Ngày {arguments.today:%d/%m/%Y} không có đơn vị mã {arguments.unit}; thêm --on NGÀY.")
        rows = rows.filter(unit_id=unit.pk)
    on = arguments.today
    listed = [_said(plan, version, on) for plan in rows if (version := _last(plan, on)) is not None]
    if arguments.json:
        cli.print_json(listed)
        return 0
    if not listed:
        print("Chưa có kế hoạch nào.")
    for one in listed:
        number = one["number"] or "(chưa có số)"
        print(f"{one['id']:>5}  {one['year']}  {one['unit']:<26} {number:<14} {one['state']:<20} {one['title']}")
    return 0


def _last(plan: Plan, on: date) -> PlanVersion | None:
    """The version that stood on the day, of versions fetched already."""
    from ntm.records.planning.queries import days

    return days.newest(list(plan.versions.all()), plan.on, on)  # type: ignore[attr-defined]


def _said(plan: Plan, version: PlanVersion, on: date) -> dict[str, Any]:
    from ntm.records.planning.queries import days
    from ntm.records.units import queries as units

    state = days.states(plan.versions.all(), plan.on, on).get(version.no)  # type: ignore[attr-defined]
    return {
        "id": plan.pk,
        "unit": units.label(plan.unit_id, version.issued_on or plan.on).title,
        "kind": plan.kind,
        "year": plan.year,
        "year_to": plan.year_to,
        "set": plan.set.code if plan.set else None,
        "version": version.no,
        "state": str(state.label) if state else version.get_state_display(),
        "number": f"{version.number}/{version.symbol}" if version.number else "",
        "issued_on": version.issued_on,
        "title": version.title,
        "assumed": plan.assumed,
    }


def _show(arguments: argparse.Namespace) -> int:
    from ntm.records.planning.queries import cells, content, plans

    found = _found(arguments)
    if isinstance(found, int):
        return found
    plan, version = found
    apart = [one.said for one in cells.disagreements(plan, version.no, arguments.today)]
    if arguments.json:
        cli.print_json(
            _said(plan, version, arguments.today)
            | {"content": content.of_version(plan, version), "disagreements": apart}
        )
        return 0
    parts = plans.parts(plan, version.no, arguments.today)
    for name, value in _said(plan, version, arguments.today).items():
        print(f"{name:<10} {_text(value)}")
    print("; ".join(f"{words}: {len(getattr(parts, name))}" for name, words in _LISTED.items()))
    for target in parts.targets:
        print(f"  - {target.what}")
    for line in parts.money:
        _print_money(line)
    for task in parts.tasks:
        lead = ", ".join(body.words for body in task.bodies.all() if body.part == "lead")
        print(f"  {task.no:<7} {task.what} [{lead}] {task.deadline_words}")
    if apart:
        print("Hai danh sách không khớp:")
        print("\n".join(f"  - {sentence}" for sentence in apart))
    return 0


def _print_money(line: MoneyLine) -> None:
    from ntm.domain.official.money import write_money

    amount = write_money(line.amount, "triệu") if line.amount is not None else "chưa rõ"
    stated = f" (văn bản ghi {write_money(line.row.stated, 'triệu')})" if line.differs and line.row.stated else ""
    print(f"{'  ' * (line.depth + 1)}{line.row.what}: {amount}{stated}")
    for part in line.parts:
        _print_money(part)


def _progress(arguments: argparse.Namespace) -> int:
    from ntm.records.planning.queries import progress
    from ntm.records.registers.queries import counting

    found = _found(arguments)
    if isinstance(found, int):
        return found
    plan, version = found
    counted = counting.counted_for_plan(plan, arguments.today)
    judged = progress.plan_progress(plan.pk, arguments.today, no=version.no, counted=counted)
    if arguments.json:
        cli.print_json(
            _said(plan, version, arguments.today)
            | {
                "on": judged.on,
                "since": judged.since,
                "counts": {state.value: number for state, number in judged.counts.items()},
                "targets": [
                    {
                        "what": row.row.what,
                        "due": row.row.due,
                        "state": row.state.value,
                        "planned": row.progress.planned,
                        "actual": row.progress.actual,
                        "remaining": row.progress.remaining,
                        "sentence": row.progress.sentence,
                        "pace": row.pace.sentence if row.pace else None,
                        "assumed": row.assumed,
                    }
                    for row in judged.rows
                ],
                "one_visit_away": [{"unit": near.unit.title, "sentence": near.sentence} for near in judged.near],
            }
        )
        return 0
    said = _said(plan, version, arguments.today)
    print(f"{said['unit']} · {said['title']} · đến ngày {arguments.today:%d/%m/%Y}")
    for row in judged.rows:
        print(f"  - {row.row.what}\n      {row.progress.sentence}")
    return 0


def _write(arguments: argparse.Namespace) -> int:
    wanted = {form: path for form in _FORMS if (path := getattr(arguments, form)) is not None}
    if not wanted:
        return cli.refuse("Nêu ít nhất một tệp: --docx TỆP, --pdf TỆP hoặc --xlsx TỆP.")
    found = _found(arguments)
    if isinstance(found, int):
        return found
    missing = [path for path in wanted.values() if not path.parent.is_dir()]
    if missing:
        return cli.refuse(f"Không có thư mục “{missing[0].parent}” để ghi tệp; tạo thư mục trước.")
    from ntm.domain.documents.reading.blocks import SourceError
    from ntm.domain.documents.writing.content import WritingError

    try:
        _write_files(*found, arguments, wanted)
    except (WritingError, SourceError, NoTables) as refusal:
        return cli.refuse(str(refusal))
    if arguments.json:
        cli.print_json({form: {"file": str(path), "bytes": path.stat().st_size} for form, path in wanted.items()})
    else:
        print("\n".join(f"Đã viết {path}" for path in wanted.values()))
    return 0


def _write_files(plan: Plan, version: PlanVersion, arguments: argparse.Namespace, wanted: dict[str, Path]) -> None:
    """An issued version is written as of its day; a draft with the standing of the day asked."""
    from ntm.domain.documents.writing.pdf import write_pdf
    from ntm.domain.documents.writing.xlsx import write_xlsx
    from ntm.records.archive.templates import queries as templates
    from ntm.records.planning.services import keeping
    from ntm.records.planning.written import plan_document, sheets_of

    document = plan_document(plan, version.no, arguments.on)
    sheets = sheets_of(document.annexes)
    if "xlsx" in wanted and not sheets:
        raise NoTables("Kế hoạch này không có biểu nào để viết ra Excel.")
    own = arguments.template == "own"
    word = keeping.kept(version) if own else None  # what went out is not written anew
    word = word or templates.write(document, keeping.template_of(plan, version, arguments.today) if own else None)
    if "docx" in wanted:
        wanted["docx"].write_bytes(word)
    if "xlsx" in wanted:
        wanted["xlsx"].write_bytes(write_xlsx(sheets))
    if "pdf" in wanted:
        wanted["pdf"].write_bytes(write_pdf(word))


def _text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "có" if value else "không"
    return write_number(value) if hasattr(value, "as_tuple") else str(value if value not in (None, "") else "–")
