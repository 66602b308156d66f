"""`ntm check`: a file (or a folder) -> what in it does not agree, by weight, for a person; --json for a program."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from functools import partial
from pathlib import Path
from typing import Any

from ntm.faces.cli import check_beside
from ntm.faces.cli.document_files import KINDS, Done, all_of, done, examined, files_in, table
from ntm.faces.cli.units import day


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("check", help="kiểm tra một văn bản, in các điểm cần xem lại")
    parser.add_argument(
        "path", metavar="TỆP|THƯ MỤC", nargs="?", help="tệp văn bản như của `ntm read`, hoặc một thư mục"
    )
    parser.add_argument("--json", action="store_true", help="in JSON: mỗi tệp một đối tượng")
    parser.add_argument(
        "--severity", choices=("high", "medium", "low", "info"), default="info", help="chỉ in từ mức này trở lên"
    )
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1), help="số tệp đọc cùng lúc")
    parser.add_argument("--rules", action="store_true", help="in danh sách các quy tắc kiểm tra")
    parser.add_argument(
        "--database", action="store_true", help="đối chiếu thêm với đơn vị và hiện trạng trong hệ thống"
    )
    parser.add_argument("--on", type=day, metavar="NGÀY", help="hiện trạng của ngày này; bỏ trống: ngày ban hành")
    parser.add_argument("--unit", metavar="MÃ", help="mã đơn vị của văn bản; bỏ trống: đơn vị ghi ở đầu văn bản")
    parser.add_argument(
        "--carries", metavar="TỆP", nargs="+", help="kế hoạch cấp dưới: có nhận đủ điều văn bản này giao không"
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    from ntm.faces.cli.main import django, print_json, refuse

    if arguments.rules:
        return _rules(arguments.json)
    if not arguments.path:
        return refuse("Hãy cho biết tệp hoặc thư mục cần kiểm tra (hoặc --rules để xem danh sách quy tắc).")
    path = Path(arguments.path)
    if arguments.carries and path.is_dir():
        return refuse("--carries so một kế hoạch cấp trên với các kế hoạch cấp dưới: nêu tệp của kế hoạch cấp trên.")
    if arguments.database:
        django()
    if path.is_dir():
        files = files_in(path)
        if not files:
            return refuse(f"Thư mục “{path}” không có văn bản nào đọc được ({', '.join(KINDS)}).")
    elif path.is_file():
        files = [path]
    else:
        return refuse(f"Không có tệp hoặc thư mục “{path}”; hãy kiểm tra lại đường dẫn.")
    job = partial(_check, severity=arguments.severity)
    worked = all_of(job, files, arguments.jobs) if path.is_dir() else [done(partial(job, progress=True), path)]
    checked = [_beside(_outcome(one), arguments) for one in worked]
    if arguments.json:
        print_json(checked if path.is_dir() else checked[0])
    else:
        print("\n\n".join("\n".join(_page(one)) for one in checked if not one["error"]))
        if path.is_dir():
            print(f"\n{_summary(checked)}")
    for one in checked:
        if one["error"]:
            print(one["error"] if not path.is_dir() else f"{one['file']}: {one['error']}", file=sys.stderr)
    return 2 if any(one["error"] for one in checked) else 0


def _outcome(one: Done) -> dict[str, Any]:
    if one.result is not None:
        return dict(one.result)
    return {"file": one.path.name, "number": None, "title": None, "error": one.sentence, "findings": []}


def _beside(one: dict[str, Any], arguments: argparse.Namespace) -> dict[str, Any]:
    """With what was asked for beside the plan's own findings."""
    content = one.pop("content", None)
    if content is not None and arguments.database:
        one["records"] = check_beside.beside_records(content, arguments.on, arguments.unit)
    if content is not None and arguments.carries:
        one["carries"] = check_beside.beside_lower(content, arguments.carries)
    return one


def _summary(checked: list[dict[str, Any]]) -> str:
    """A table: each file, how many findings of each weight."""
    from ntm.domain.documents.checking import SEVERITIES, SEVERITY_NAMES

    heads = {
        "file": "Tệp",
        "number": "Số, ký hiệu",
        **{s: SEVERITY_NAMES[s] for s in SEVERITIES},
        "error": "Không đọc được",
    }
    rows = [{**one, **{s: sum(f["severity"] == s for f in one["findings"]) for s in SEVERITIES}} for one in checked]
    return table(heads, rows)


def _check(path: Path, severity: str, progress: bool = False) -> dict[str, Any]:
    from ntm.domain.documents.checking import SEVERITIES, rule

    result = examined(path, progress)
    kept = SEVERITIES[: SEVERITIES.index(severity) + 1]  # type: ignore[arg-type]
    found = []
    for finding in result.findings:
        if finding.severity in kept:
            owner = rule(finding.rule)
            page = result.reading.page(finding.lines[0]) if finding.lines else None
            found.append({**finding.to_json(), "name": owner.name, "method": owner.page, "page": page})
    header = result.reading.header
    return {
        "file": path.name, "number": header.full_number, "title": header.title, "error": None, "findings": found,
        "content": check_beside.asked_of(result.to_json()),
    }  # fmt: skip


def _page(one: dict[str, Any]) -> list[str]:
    lines = [f"{one['file']}: {one['number'] or '(chưa có số)'} {one['title'] or ''}".rstrip(), *_list(one["findings"])]
    if "records" in one:
        records = one["records"]
        lines += ["", "  Đối chiếu với hiện trạng", f"  {records.get('error') or records['rests_on']}"]
        lines += _list(records["findings"]) if "findings" in records else []
    if "carries" in one:
        lines += ["", "  Kế hoạch cấp dưới"]
        lines += [f"  {lower['file']}: {lower['error'] or lower['unit']}" for lower in one["carries"]["files"]]
        lines += _list(one["carries"]["findings"])
    return lines


def _list(findings: list[dict[str, Any]]) -> list[str]:
    """The findings under their weights."""
    from ntm.domain.documents.checking import SEVERITY_NAMES

    if not findings:
        return ["  Không thấy điểm nào cần xem lại."]
    lines: list[str] = []
    before = None
    for at, found in enumerate(findings, 1):
        if found["severity"] != before:
            before = found["severity"]
            lines += ["", f"  {SEVERITY_NAMES[before].upper()[:1]}{SEVERITY_NAMES[before][1:]}"]
        lines += _item(at, found)
    return lines


def _item(at: int, found: dict[str, Any]) -> list[str]:
    place = f"dòng {', '.join(map(str, found['lines']))}" if found["lines"] else "cả văn bản"
    if found["page"] is not None:
        place = f"trang {found['page']}, {place}"
    text = textwrap.wrap(found["message"], 110, initial_indent=f"  {at:>3}. ", subsequent_indent="       ")
    figures = "; ".join(
        f"{name}: {value}"
        for name, value in (("văn bản ghi", found["stated"]), ("đối chiếu", found["computed"]))
        if value
    )
    return [*text, f"       {found['name']} ({found['kind']}) · {place}", *([f"       {figures}"] if figures else [])]


def _rules(as_json: bool) -> int:
    from ntm.domain.documents.checking import RULES
    from ntm.faces.cli.main import print_json

    if as_json:
        print_json(
            [
                {"code": r.code, "name": r.name, "severity": r.severity, "compares": r.compares, "page": r.page}
                for r in RULES
            ]
        )
    else:
        width = max(len(r.code) for r in RULES)
        print("\n".join(f"{r.code:<{width}}  {r.name}: so {r.compares}." for r in RULES))
    return 0
