"""`ntm money`: nguồn lực. The balance and the debt of a unit on a day, in đồng; read only."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ntm.domain.official.money import write_amount
from ntm.faces.cli import main as cli
from ntm.faces.cli import money_propose
from ntm.faces.cli.units import day

if TYPE_CHECKING:
    from ntm.records.funding.queries.cells import Amounts

_AMOUNTS = ("need", "mobilised", "conditional", "allocated", "disbursed", "contributed", "in_kind")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("money", help="nguồn lực: cân đối, nợ đọng, đề xuất phân bổ")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    balance = verbs.add_parser("balance", help="cân đối nhu cầu và huy động của một đơn vị")
    balance.add_argument("--year", type=int, required=True, metavar="NĂM", help="năm ngân sách")
    balance.add_argument("--until-year", type=int, metavar="NĂM", help="năm cuối, cho trung hạn")
    balance.add_argument("--own", action="store_true", help="riêng đơn vị, không cộng cấp dưới")
    debt = verbs.add_parser("debt", help="nợ đọng xây dựng cơ bản theo tuổi")
    debt.add_argument("--year", type=int, metavar="NĂM", help="không cần: nợ tính đến ngày")
    for verb, work in ((balance, _balance), (debt, _debt)):
        verb.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị")
        verb.add_argument("--on", type=day, required=True, metavar="NGÀY")
        verb.add_argument("--json", action="store_true", help="in JSON")
        verb.set_defaults(func=_answer, work=work)
    money_propose.register(verbs)


def _answer(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.records.units import queries as units

    unit = units.by_code(arguments.unit, arguments.on)
    if unit is None:
        return cli.refuse(f"Ngày {arguments.on:%d/%m/%Y} không có đơn vị mã {arguments.unit}.")
    return int(arguments.work(arguments, unit.pk))


def _said(amounts: Amounts) -> dict[str, int]:
    return {name: getattr(amounts, name) for name in _AMOUNTS}


def _balance_said(found: Any) -> dict[str, Any]:
    """The balance as JSON: whole đồng."""
    return {
        "unit": {"code": found.unit.code, "name": found.unit.title},
        "first": found.first,
        "last": found.last,
        "on": found.on,
        "scope": found.scope.value,
        "need": found.need,
        "mobilised": found.mobilised,
        "certain": found.certain,
        "conditional": found.conditional,
        "shortfall": found.shortfall,
        "firm_shortfall": found.firm_shortfall,
        "total": _said(found.total),
        "criteria": [{"criterion": one.criterion_no} | _said(one.amounts) for one in found.criteria],
        "sources": [
            {"source": one.source, "name": one.name, "kind": one.kind.value} | _said(one.amounts)
            for one in found.sources
        ],
        "stated": [
            {
                "what": one.what.value,
                "place": one.place,
                "stated": one.stated,
                "derived": one.derived,
                "differs": one.differs,
            }
            for one in found.stated
        ],
    }


def _balance(arguments: argparse.Namespace, unit_id: int) -> int:
    from ntm.records.funding.queries import balances
    from ntm.records.funding.queries.areas import Scope

    last = arguments.until_year or arguments.year
    if last < arguments.year:
        return cli.refuse(f"Năm cuối {last} trước năm đầu {arguments.year}.")
    scope = Scope.OWN if arguments.own else Scope.AREA
    found = balances.balance(unit_id, arguments.year, arguments.on, until_year=last, scope=scope)
    if arguments.json:
        cli.print_json(_balance_said(found))
        return 0
    years = str(found.first) if found.first == found.last else f"{found.first}-{found.last}"
    print(f"{found.unit.title} · năm ngân sách {years} · đến ngày {arguments.on:%d/%m/%Y} · đồng")
    lines = [
        ("Nhu cầu (A)", found.need),
        ("Huy động theo kế hoạch (B)", found.mobilised),
        ("  trong đó chỉ có khi đạt điều kiện", found.conditional),
        *([("Còn thiếu (A-B)", found.shortfall), ("Còn thiếu chắc chắn", found.firm_shortfall)] if found.need else []),
        ("Đã phân bổ", found.total.allocated),
        ("Đã giải ngân", found.total.disbursed),
        ("Nhân dân đóng góp", found.total.contributed),
    ]
    _print(lines)
    for one in found.stated:
        print(
            f"Văn bản ghi {one.what.label} {write_amount(one.stated)}, cộng được {write_amount(one.derived)}, "
            f"chênh {write_amount(one.differs)} ({one.place})"
        )
    return 0


def _print(lines: list[tuple[str, int]]) -> None:
    width = max(len(name) for name, _amount in lines)
    for name, amount in lines:
        print(f"{name:<{width}}  {write_amount(amount):>22}")


def _debt(arguments: argparse.Namespace, unit_id: int) -> int:
    from ntm.records.funding.queries import debts

    found = debts.debts(unit_id, arguments.on)
    whole = sum(one.amount for one in found)
    condition = debts.title_condition(unit_id, arguments.on)
    if arguments.json:
        cli.print_json(
            {
                "on": arguments.on,
                "amount": whole,
                "title_condition": {"met": condition.met, "amount": condition.amount, "reason": condition.reason},
                "units": [
                    {
                        "code": one.unit.code,
                        "name": one.unit.title,
                        "amount": one.amount,
                        "oldest_days": one.oldest,
                        "works": [_works(debt) for debt in one.debts],
                    }
                    for one in found
                ],
            }
        )
        return 0
    print(f"Nợ đọng xây dựng cơ bản đến ngày {arguments.on:%d/%m/%Y}: {write_amount(whole)} đồng")
    for one in found:
        print(f"{one.unit.title}: {write_amount(one.amount)} đồng, lâu nhất {one.oldest} ngày")
        for debt in one.debts:
            print(
                f"  {debt.code} {debt.name}: {write_amount(debt.amount)} đồng, {debt.age} ngày, "
                f"nợ {'; '.join(debt.creditors)}"
            )
    print(condition.reason)
    return 0


def _works(debt: Any) -> dict[str, Any]:
    return {
        "code": debt.code,
        "name": debt.name,
        "accepted": debt.accepted,
        "paid": debt.paid,
        "debt": debt.amount,
        "without_capital": debt.without_capital,
        "age_days": debt.age,
        "creditors": list(debt.creditors),
        "planned": debt.planned,
        "plan_due": debt.plan_due,
    }
