"""`ntm standing`: hiện trạng. The table, the roll-up, and drawing every interval again from nothing."""

from __future__ import annotations

import argparse
from typing import Any

from ntm.domain.official.numbers import write_number
from ntm.faces.cli import main as cli
from ntm.faces.cli import standing_import
from ntm.faces.cli.units import day


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("standing", help="hiện trạng: biểu xã x tiêu chí, tổng hợp, tính lại")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    for name, work, words in (("matrix", _matrix, "biểu đơn vị x tiêu chí"), ("rollup", _rollup, "bảng tổng hợp")):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("--unit", metavar="MÃ", help="mã đơn vị; bỏ trống: cả nước")
        verb.add_argument("--on", type=day, required=True, metavar="NGÀY")
        verb.add_argument("--set", metavar="MÃ BỘ", help="bộ tiêu chí; bỏ trống: bộ NTM cấp xã áp dụng ngày ấy")
        verb.add_argument(
            "--basis", choices=("self", "confirmed"), default="confirmed", help="tự đánh giá / đã thẩm tra"
        )
        verb.add_argument("--json", action="store_true", help="in JSON")
        verb.set_defaults(func=_answer, work=work)
    rebuild = verbs.add_parser("rebuild", help="vẽ lại mọi khoảng hiện trạng từ số liệu")
    rebuild.add_argument("--check", action="store_true", help="chỉ so sánh, không ghi")
    rebuild.add_argument("--json", action="store_true", help="in JSON")
    rebuild.set_defaults(func=_rebuild)
    standing_import.register(verbs)


def _answer(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.records.standing import registry
    from ntm.records.standing.models.intervals import Basis
    from ntm.records.standing.refusals import Refused
    from ntm.records.units import queries as units

    unit = units.by_code(arguments.unit, arguments.on) if arguments.unit else None
    if arguments.unit and unit is None:
        return cli.refuse(f"Ngày {arguments.on:%d/%m/%Y} không có đơn vị mã {arguments.unit}.")
    basis = Basis.SELF if arguments.basis == "self" else Basis.CONFIRMED
    try:
        if arguments.set:
            row = registry.by_code(arguments.set)
        else:
            province = units.province_code(unit.pk, arguments.on) if unit else None
            found = registry.applicable("xa", "ntm", arguments.on, province)
            if found is None:
                return cli.refuse(f"Ngày {arguments.on:%d/%m/%Y} không có bộ tiêu chí NTM cấp xã nào; nêu --set.")
            row = found
        return int(arguments.work(arguments, unit.pk if unit else None, row, basis))
    except Refused as refusal:
        return cli.refuse(str(refusal))


def _matrix(arguments: argparse.Namespace, unit_id: int | None, row: Any, basis: Any) -> int:
    from ntm.records.standing.drawing import OUTCOME_OF
    from ntm.records.standing.queries import matrix

    table = matrix.matrix(unit_id, row, arguments.on, basis)
    if arguments.json:
        cli.print_json(
            {
                "set": row.code,
                "on": arguments.on,
                "basis": arguments.basis,
                "criteria": [{"no": no, "name": name} for no, name in zip(table.numbers, table.names, strict=True)],
                "units": [
                    {
                        "code": one.unit.code,
                        "name": one.unit.name,
                        "kind": one.unit.kind,
                        "outcomes": {
                            str(no): OUTCOME_OF[cell.outcome].value
                            for no, cell in zip(table.numbers, one.cells, strict=True)
                        },
                        "assumed": any(cell.assumed for cell in one.cells),
                        "met": one.met,
                        "not_met": one.not_met,
                        "no_data": one.no_data,
                        "not_considered": one.not_considered,
                        "titles": list(one.titles),
                    }
                    for one in table.rows
                ],
                "met": dict(zip(map(str, table.numbers), table.met_by_criterion, strict=True)),
            }
        )
        return 0
    signs = {"met": "✓", "not_met": "✗", "no_data": "·", "not_considered": "–"}
    print(f"{row.name} · đến ngày {arguments.on:%d/%m/%Y}")
    print(f"{'':<24}" + "".join(f"{no:>3}" for no in table.numbers) + "  đạt")
    for one in table.rows:
        marks = "".join(f"{signs[OUTCOME_OF[cell.outcome].value]:>3}" for cell in one.cells)
        print(f"{one.unit.title[:23]:<24}{marks}  {one.met}")
    print(f"{'Số đơn vị đạt':<24}" + "".join(f"{number:>3}" for number in table.met_by_criterion))
    return 0


def _rollup(arguments: argparse.Namespace, unit_id: int | None, row: Any, basis: Any) -> int:
    from ntm.records.standing.queries import rollup

    table = rollup.rollup(unit_id, row, arguments.on, basis)

    def said(one: rollup.RollupRow) -> dict[str, Any]:
        return {
            "code": one.unit.code if one.unit else None,
            "name": one.unit.title if one.unit else ("Cả nước" if unit_id is None else "không rõ"),
            "units": one.units,
            "with_data": one.with_data,
            "met_total": one.met_total,
            "average": one.average,
            "low": one.low,
            "assumed": one.assumed,
            "by_met": {str(met): one.by_met[met] for met in sorted(one.by_met)},
            "titles": {
                kind: {"cumulative": count.cumulative, "new_this_year": count.new_this_year}
                for kind, count in one.titles.items()
            },
        }

    if arguments.json:
        rows = [said(one) for one in table.rows]
        cli.print_json({"set": row.code, "on": arguments.on, "total": said(table.total), "rows": rows})
        return 0
    print(f"{row.name} · đến ngày {arguments.on:%d/%m/%Y}")
    for one in (*table.rows, table.total):
        words = said(one)
        titles = "; ".join(f"{kind} {count['cumulative']}" for kind, count in words["titles"].items())
        average = write_number(words["average"]) if words["average"] is not None else "-"
        print(f"{words['name']:<28} {one.units:>5} đơn vị  bình quân {average}  dưới 10: {one.low}  {titles}")
    return 0


def _rebuild(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.records.standing import rebuilding

    result = rebuilding.rebuild(check=arguments.check, progress=None if arguments.json else cli.remark)
    if arguments.json:
        cli.print_json(
            {"ok": result.ok, "units": result.units, "intervals": result.intervals, "differences": result.differences}
        )
    else:
        for line in result.differences[:50]:
            print(line)
        verdict = (
            "khớp" if result.ok else ("đã vẽ lại" if not arguments.check else f"{len(result.differences)} chỗ khác")
        )
        print(f"{result.units} đơn vị x bộ, {result.intervals} khoảng: {verdict}")
    return 0 if result.ok or not arguments.check else 1
