"""`ntm units`: đơn vị hành chính. The country's lists answer without a database; --database asks the records, with the
villages and the decisions that offices entered."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from typing import Any

from ntm.domain import gazetteer
from ntm.domain.gazetteer import ListedUnit
from ntm.domain.official.dates import parse_date, write_date
from ntm.faces.cli import main as cli

LEVELS = ("tinh", "huyen", "xa", "thon")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("units", help="đơn vị hành chính: tìm, cây, diễn biến")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    find = verbs.add_parser("find", help="tìm theo tên, không cần đủ dấu")
    find.add_argument("name", metavar="TÊN")
    find.add_argument("--level", choices=LEVELS, help="cấp")
    find.add_argument("--within", metavar="MÃ|TÊN", help="trong địa bàn của đơn vị cấp trên này")
    tree = verbs.add_parser("tree", help="đơn vị và mọi đơn vị bên dưới")
    tree.add_argument("code", metavar="MÃ")
    lineage = verbs.add_parser("lineage", help="đơn vị ấy đến ngày sau thành đơn vị nào")
    lineage.add_argument("code", metavar="MÃ")
    lineage.add_argument("--to", type=day, required=True, metavar="NGÀY", help="đến ngày")
    for verb, work in ((find, _find), (tree, _tree), (lineage, _lineage)):
        verb.add_argument("--on", type=day, required=True, metavar="NGÀY", help="ngày hỏi, 2018-06-01 hoặc 01/06/2018")
        verb.add_argument("--database", action="store_true", help="hỏi cơ sở dữ liệu thay cho danh mục kèm phần mềm")
        verb.add_argument("--json", action="store_true", help="in JSON")
        verb.set_defaults(func=_answer, work=work)


def day(text: str) -> date:
    """A day typed on the command line: ISO or the Vietnamese way."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        try:
            return parse_date(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None


def _answer(arguments: argparse.Namespace) -> int:
    if arguments.database:
        cli.django()
    try:
        found, remarks = arguments.work(arguments)
    except LookupError as error:
        return cli.refuse(str(error))
    if arguments.json:
        cli.print_json(found)
    else:
        for one in found:
            upper = ", ".join(above["name"] for above in one["ancestors"])
            print(f"{one['code'] or '-':<6} {one['kind']} {one['name']}" + (f" ({upper})" if upper else ""))
            for step in one.get("steps", ()):
                print(f"       {step['what']}; {step['when']}; {step['certainty']}")
        if not found:
            print("Không có đơn vị nào.")
    for remark in remarks:
        cli.remark(remark)
    return 0


Found = tuple[list[dict[str, Any]], Iterable[str]]


def _find(arguments: argparse.Namespace) -> Found:
    if arguments.database:
        from ntm.records.units import queries

        within = None
        if arguments.within:
            upper = queries.by_code(arguments.within, arguments.on)
            within = upper.pk if upper else None
        return [_labelled(one) for one in queries.find(arguments.name, arguments.on, arguments.level, within)], ()
    known = gazetteer.units_on(arguments.on)
    found = known.find(arguments.name, level=arguments.level, within=arguments.within)
    return [_listed(one) for one in found], _warnings(known)


def _tree(arguments: argparse.Namespace) -> Found:
    if arguments.database:
        from ntm.records.units import queries

        unit = queries.by_code(arguments.code, arguments.on)
        if unit is None:
            raise LookupError(f"Ngày {write_date(arguments.on)} không có đơn vị mã {arguments.code}.")
        ids = [unit.pk, *queries.descendant_ids(unit.pk, arguments.on)]
        labels = queries.labels(ids, arguments.on)
        return [_labelled(labels[one]) for one in ids], ()
    known = gazetteer.units_on(arguments.on)
    return [_listed(one) for one in known.tree(arguments.code)], _warnings(known)


def _lineage(arguments: argparse.Namespace) -> Found:
    if arguments.database:
        from ntm.records.units import queries

        unit = queries.by_code(arguments.code, arguments.on)
        if unit is None:
            raise LookupError(f"Ngày {write_date(arguments.on)} không có đơn vị mã {arguments.code}.")
        return [_labelled(one) for one in queries.became(unit.pk, arguments.on, arguments.to)], ()
    found = [_listed(one) for one in gazetteer.became(arguments.code, arguments.on, arguments.to)]
    steps = [
        {
            "what": ", ".join(gazetteer.CHANGE_NAMES[change] for change in step.changes),
            "from": step.before.code if step.before else None,
            "to": step.after.code if step.after else None,
            "when": _when(step.on, step.after_day, step.by_day),
            "decision": step.decision.number if step.decision else None,
            "certain": step.certain,
            "certainty": step.certainty,
            "note": step.note,
        }
        for step in gazetteer.lineage(arguments.code, arguments.on, arguments.to)
    ]
    if found:
        found[0]["steps"] = steps
    return found, () if found or not steps else ("Danh mục không cho biết đơn vị này về đâu.",)


def _when(on: date | None, after: date, by: date) -> str:
    if on:
        return f"ngày {write_date(on)}"
    return f"sau {write_date(after)}, chậm nhất {write_date(by)}, chưa biết ngày"


def _listed(unit: ListedUnit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "ancestors": [{"level": upper.level, "name": upper.name, "code": upper.code} for upper in unit.ancestors],
    }


def _labelled(label: Any) -> dict[str, Any]:
    return {
        "code": label.code,
        "name": label.name,
        "kind": label.kind,
        "level": label.level,
        "ancestors": [{"level": upper.level, "name": upper.name, "code": upper.code} for upper in label.ancestors],
    }


def _warnings(known: gazetteer.UnitList) -> tuple[str, ...]:
    return (known.proof.warning,) if known.proof.warning else ()


__all__ = ["day", "register"]
