"""Lệnh `ntm criteria`: list, show, compare and check criteria sets; no database."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from ntm.domain import criteria
from ntm.domain.criteria.canonical import content
from ntm.domain.criteria.comparison import Difference, IndicatorChange, LevelChange
from ntm.domain.criteria.model import Absent, CriteriaSet, Indicator, Threshold
from ntm.domain.criteria.shipped import hash_lines
from ntm.faces.cli import main as cli

__all__ = ["register"]

_ABSENT = {
    Absent.NOT_IN_FORCE: "không có hiệu lực",
    Absent.MISSING: "dữ liệu chưa có mức",
    Absent.DELEGATED: "giao cấp tỉnh quy định",
}


def register(subparsers: Any) -> None:
    group = subparsers.add_parser("criteria", help="bộ tiêu chí")
    verbs = group.add_subparsers(dest="verb", metavar="VIỆC", required=True)
    _verb(verbs, "list", _list, "danh sách các bộ tiêu chí đi kèm")
    show = _verb(verbs, "show", _show, "một bộ: tiêu chí, chỉ tiêu, mức và nguồn")
    show.add_argument("code", metavar="MÃ")
    show.add_argument("--on", type=_day, help="chỉ mức áp dụng ngày đó (năm-tháng-ngày)")
    show.add_argument("--region", help="mã vùng, dùng cùng --on")
    show.add_argument("--group", dest="commune_group", help="mã nhóm xã, dùng cùng --on")
    compare = _verb(verbs, "diff", _diff, "so sánh hai bộ")
    compare.add_argument("before", metavar="BỘ_TRƯỚC")
    compare.add_argument("after", metavar="BỘ_SAU")
    bring = _verb(verbs, "import", _import, "đọc và kiểm tra một bộ của tỉnh (.yaml, .xlsx, .docx), in kết quả")
    bring.add_argument("file", type=Path, metavar="TỆP")
    template = _verb(verbs, "template", _template, "ghi mẫu .xlsx để nhập bộ của tỉnh dựa trên một bộ quốc gia")
    template.add_argument("code", metavar="MÃ")
    template.add_argument("file", type=Path, metavar="TỆP")
    _verb(verbs, "hashes", _hashes, "mã băm của các bộ đi kèm (nội dung của sets/hashes.txt)")


def _verb(verbs: Any, name: str, func: Any, purpose: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=purpose, description=purpose)
    parser.add_argument("--json", action="store_true", help="in JSON")
    parser.set_defaults(func=func)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" không phải ngày; viết năm-tháng-ngày, ví dụ 2023-06-30') from None


def _get(code: str) -> CriteriaSet | None:
    try:
        return criteria.catalogue().get(code)
    except KeyError:
        return None


def _unknown(code: str) -> int:
    known = "\n".join(f"  {one}" for one in criteria.catalogue().codes())
    return cli.refuse(f"Không có bộ tiêu chí “{code}”. Các bộ có:\n{known}")


def _head(one: CriteriaSet) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "level": one.level,
        "title": one.title,
        "title_kind": one.title_kind,
        "province": one.province,
        "extends": one.extends,
        "decision": {"instrument": one.decision.instrument, "issuer": one.decision_issuer, "date": one.decision_date},
        "start": one.start,
        "start_basis": one.start_basis,
        "end": one.end,
        "end_basis": one.end_basis,
        "complete": one.complete,
        "completeness_note": one.completeness_note,
    }


def _list(arguments: argparse.Namespace) -> int:
    heads = list(criteria.catalogue().heads())
    if arguments.json:
        cli.print_json([_head(one) for one in heads])
        return 0
    width = max(len(one.code) for one in heads)
    for one in heads:
        end = f"{one.end:%d/%m/%Y}" if one.end else "chưa rõ"
        start = f"{one.start:%d/%m/%Y}" if one.start else "chưa rõ"
        more = "" if one.complete else "  (chưa đủ)"
        print(f"{one.code:<{width}}  {one.decision.instrument:<18}  từ {start} đến trước {end}  {one.name}{more}")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    one = _get(arguments.code)
    if one is None:
        return _unknown(arguments.code)
    if arguments.json:
        cli.print_json(_shown(one, arguments))
        return 0
    print(f"{one.code}: {one.name}\n{one.decision.instrument}, {one.decision_issuer}")
    if not one.complete:
        print(f"Chưa đủ: {one.completeness_note}")
    for criterion in one.criteria:
        print(f"\n{criterion.no}. {criterion.name}")
        for indicator in criterion.indicators:
            _print_indicator(indicator, arguments, "  ")
    for condition in one.title_rule.conditions:
        print(f"\nĐiều kiện {condition.code}: {condition.text}")
    return 0


def _shown(one: CriteriaSet, arguments: argparse.Namespace) -> dict[str, Any]:
    found = {**content(one), **_head(one), "hash": one.hash}
    found["criteria"] = [
        {
            "no": criterion.no,
            "name": criterion.name,
            "indicators": [_shown_indicator(indicator, arguments) for indicator in criterion.indicators],
        }
        for criterion in one.criteria
    ]
    return found


def _shown_indicator(indicator: Indicator, arguments: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = content(indicator)
    for level in found["thresholds"]:
        level.setdefault("region", None)  # mức chung
    if arguments.on:
        level = indicator.level_at(arguments.on, arguments.region, arguments.commune_group)
        found["level"] = _level(level)
        found["text"] = indicator.text_at(arguments.on)
    return found


def _level(level: Threshold | Absent) -> dict[str, Any]:
    return {"absent": level.value} if isinstance(level, Absent) else content(level)


def _print_indicator(indicator: Indicator, arguments: argparse.Namespace, indent: str) -> None:
    text = indicator.text_at(arguments.on) if arguments.on else indicator.text
    print(f"{indent}{indicator.code}  {text}")
    inner = indent + "      "
    if arguments.on and not indicator.parts:
        level = indicator.level_at(arguments.on, arguments.region, arguments.commune_group)
        print(f"{inner}{_written(indicator, level)}")
    elif not indicator.parts:
        for level in indicator.thresholds:
            print(f"{inner}{_place(level)}: {_written(indicator, level)}")
        if indicator.threshold_missing:
            print(f"{inner}dữ liệu chưa có mức")
        if indicator.delegated_to:
            print(f"{inner}giao: {indicator.delegated_to}")
    for part in indicator.parts:
        _print_indicator(part, arguments, inner)


def _place(level: Threshold) -> str:
    words = [level.region or "chung", *([level.group] if level.group else [])]
    if level.start or level.end:
        words.append(f"{level.start or '...'} - {level.end or '...'}")
    return " ".join(words)


def _written(indicator: Indicator, level: Threshold | Absent) -> str:
    if isinstance(level, Absent):
        return _ABSENT[level]
    checked = "đã có nguồn" if level.check.verified else "chưa đối chiếu"
    where = " (của tỉnh)" if level.provincial else ""
    if isinstance(level.value, bool):
        return f"{level.words or 'Đạt'} [{level.reference.instrument}, {checked}]{where}"
    sign = indicator.comparator.value if indicator.comparator else ""
    value = f"{level.value:f}".replace(".", ",")
    return f"{sign} {value} {indicator.measure or ''} [{level.reference.instrument}, {checked}]{where}"


def _diff(arguments: argparse.Namespace) -> int:
    before, after = _get(arguments.before), _get(arguments.after)
    if before is None or after is None:
        return _unknown(arguments.before if before is None else arguments.after)
    found = criteria.diff(before, after)
    if arguments.json:
        cli.print_json(_difference(found))
        return 0
    print(f"{before.code} (ngày {found.before_on:%d/%m/%Y})  ->  {after.code} (ngày {found.after_on:%d/%m/%Y})")
    for change in found.indicators:
        guess = "  (ghép theo lời văn gần giống, cần xem lại)" if change.guess else ""
        codes = f"{change.before.code if change.before else '-'} -> {change.after.code if change.after else '-'}"
        one = change.after or change.before
        print(f"{change.change.vietnamese:<26} {codes:<16} {one.text if one else ''}{guess}")
    return 0


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "before": {"code": found.before.code, "on": found.before_on},
        "after": {"code": found.after.code, "on": found.after_on},
        "criteria": [
            {
                "change": change.change.value,
                "before": _criterion(change.before),
                "after": _criterion(change.after),
            }
            for change in found.criteria
        ],
        "indicators": [_indicator_change(change) for change in found.indicators],
    }


def _criterion(criterion: Any) -> dict[str, Any] | None:
    return None if criterion is None else {"no": criterion.no, "name": criterion.name}


def _indicator_change(change: IndicatorChange) -> dict[str, Any]:
    return {
        "change": change.change.value,
        "basis": change.basis,
        "guess": change.guess,
        "before": None if change.before is None else {"code": change.before.code, "text": change.before.text},
        "after": None if change.after is None else {"code": change.after.code, "text": change.after.text},
        "levels": [_level_change(level) for level in change.levels],
    }


def _level_change(level: LevelChange) -> dict[str, Any]:
    return {
        "region": level.region,
        "group": level.group,
        "change": level.change.value,
        "before": _level(level.before),
        "after": _level(level.after),
    }


def _import(arguments: argparse.Namespace) -> int:
    from ntm.domain.criteria import importing  # office libraries only when a file is to be read

    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        return cli.refuse(f"Không đọc được tệp {arguments.file}: {error.strerror}")
    draft = importing.read_any(data, arguments.file.name)
    if arguments.json:
        cli.print_json(
            {
                "set": None
                if draft.criteria_set is None
                else {**_head(draft.criteria_set), "hash": draft.criteria_set.hash},
                "errors": [{"place": one.place, "message": one.message} for one in draft.errors],
                "doubts": [{"place": one.place, "message": one.message} for one in draft.doubts],
                "yaml": draft.yaml,
            }
        )
        return cli.REFUSED if draft.errors else 0
    for one in draft.errors:
        print(f"SAI      {one.place}: {one.message}")
    for one in draft.doubts:
        print(f"XEM LẠI  {one.place}: {one.message}")
    if draft.yaml:
        print(draft.yaml)
    return cli.REFUSED if draft.errors else 0


def _template(arguments: argparse.Namespace) -> int:
    from ntm.domain.criteria import importing

    one = _get(arguments.code)
    if one is None:
        return _unknown(arguments.code)
    arguments.file.write_bytes(importing.write_template(one))
    if arguments.json:
        cli.print_json({"file": str(arguments.file), "set": one.code})
    else:
        print(f"Đã ghi {arguments.file}. Điền các ô trắng rồi chạy: ntm criteria import {arguments.file}")
    return 0


def _hashes(arguments: argparse.Namespace) -> int:
    lines = hash_lines()
    if arguments.json:
        cli.print_json({code: value for value, code in lines})
    else:
        for value, code in lines:
            print(f"{value}  {code}")
    return 0
