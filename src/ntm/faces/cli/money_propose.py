"""`ntm money propose`: đề xuất phân bổ vốn của một địa bàn. Worked out from the records and printed; nothing is written."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

from ntm.domain.official.money import MoneyError, parse_money, write_amount
from ntm.faces.cli import main as cli
from ntm.faces.cli.units import day

if TYPE_CHECKING:
    from ntm.domain.allocation import Proposal
    from ntm.records.funding.proposal_parameters import Asked, Ceiling
    from ntm.records.funding.queries.proposal_problem import Built

_RULES = {"debt": "debt_first", "due": "due_first", "new": "no_new_while_debt", "structure": "keep_structure"}


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser("propose", help="đề xuất phân bổ: công trình nào nên cấp vốn trước; không ghi gì")
    verb.add_argument("--unit", required=True, metavar="MÃ", help="mã địa bàn được phân bổ vốn")
    verb.add_argument("--year", type=int, required=True, metavar="NĂM", help="năm ngân sách")
    verb.add_argument("--on", type=day, required=True, metavar="NGÀY", help="số liệu đến ngày")
    verb.add_argument("--set", metavar="MÃ BỘ", help="bộ tiêu chí; bỏ trống: bộ NTM cấp xã áp dụng ngày ấy")
    verb.add_argument("--basis", choices=("self", "confirmed"), default="confirmed", help="tự đánh giá / đã thẩm tra")
    verb.add_argument(
        "--ceiling",
        action="append",
        default=[],
        metavar="NGUỒN:LOẠI=TIỀN",
        help="trần một nguồn, ví dụ province:investment=23,8 tỷ; bỏ trống: phần đang giữ, chưa phân bổ",
    )
    verb.add_argument("--without", action="append", default=[], choices=tuple(_RULES), help="bỏ một quy tắc")
    verb.add_argument("--seconds", type=int, default=60, metavar="GIÂY", help="thời gian giải nhiều nhất")
    verb.add_argument("--json", action="store_true", help="in JSON")
    verb.set_defaults(func=_propose)


def _propose(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.domain.allocation import ProblemError, propose
    from ntm.records.funding.queries import proposal_problem
    from ntm.records.funding.refusals import Refused
    from ntm.records.standing import registry
    from ntm.records.standing.models.intervals import Basis
    from ntm.records.standing.refusals import Refused as StandingRefused
    from ntm.records.units import queries as units

    unit = units.by_code(arguments.unit, arguments.on)
    if unit is None:
        return cli.refuse(f"Ngày {arguments.on:%d/%m/%Y} không có đơn vị mã {arguments.unit}.")
    try:
        if arguments.set:
            row = registry.by_code(arguments.set)
        else:
            province = units.province_code(unit.pk, arguments.on)
            found = registry.applicable("xa", "ntm", arguments.on, province)
            if found is None:
                return cli.refuse(f"Ngày {arguments.on:%d/%m/%Y} không có bộ tiêu chí NTM cấp xã nào; nêu --set.")
            row = found
        asked = _asked(arguments, unit.pk)
        basis = Basis.SELF if arguments.basis == "self" else Basis.CONFIRMED
        built = proposal_problem.build(unit.pk, arguments.year, arguments.on, row, basis, asked)
        proposal = propose(built.problem, asked.seconds, _teller())
    except (Refused, StandingRefused, ProblemError, MoneyError) as refusal:
        return cli.refuse(str(refusal))
    if arguments.json:
        cli.print_json(_json(arguments, row.code, built, proposal))
    else:
        _print(arguments, units.label(unit.pk, arguments.on).title, built, proposal)
    return 0


def _asked(arguments: argparse.Namespace, unit_id: int) -> Asked:
    from ntm.records.funding.proposal_parameters import Asked
    from ntm.records.funding.queries import proposal_sources

    if arguments.ceiling:
        ceilings = tuple(_ceiling(words) for words in arguments.ceiling)
    else:
        rows = proposal_sources.ceilings(unit_id, arguments.year, arguments.on)
        ceilings = tuple(one.ceiling for one in rows if one.left > 0)
    off = {_RULES[one]: False for one in arguments.without}
    asked = Asked(ceilings, seconds=arguments.seconds, **off)  # type: ignore[arg-type]
    asked.check(arguments.year)
    return asked


def _ceiling(words: str) -> Ceiling:
    from ntm.records.funding.proposal_parameters import Ceiling
    from ntm.records.funding.refusals import Refused

    name, equals, amount = words.partition("=")
    source, colon, kind = name.partition(":")
    if not (equals and colon):
        raise Refused(f"Trần “{words}” phải ghi như province:investment=23,8 tỷ.")
    return Ceiling(source.strip(), kind.strip(), parse_money(amount, "đồng"))


def _teller() -> Any:
    last = [time.monotonic()]

    def tell(part: float, what: str) -> None:
        if time.monotonic() - last[0] > 2:
            last[0] = time.monotonic()
            cli.remark(f"{round(100 * part)} % · {what}")

    return tell


def _json(arguments: argparse.Namespace, set_code: str, built: Built, proposal: Proposal) -> dict[str, Any]:
    from ntm.records.funding import frozen_proposal

    problem = frozen_proposal.problem_to(built.problem)
    result = frozen_proposal.result_to(built.problem, proposal, built.about, built.remarks)
    return {
        "unit": arguments.unit, "year": arguments.year, "on": arguments.on, "set": set_code,
        "problem": problem, "result": result, "sources": proposal.by_source(), "total": proposal.total(),
    }  # fmt: skip


def _print(arguments: argparse.Namespace, title: str, built: Built, proposal: Proposal) -> None:
    problem = built.problem
    units = {one.id: one for one in problem.units}
    sources = {one.id: one for one in problem.sources}
    print(f"{title} · đề xuất phân bổ năm {arguments.year} · đến ngày {arguments.on:%d/%m/%Y} · đồng")
    print(proposal.status)
    for one in proposal.goals:
        print(f"  {one.vietnamese}: {write_amount(one.value)} (nhiều nhất có thể {write_amount(one.bound)})")
    if proposal.effects.titles:
        print("Đủ tiêu chí danh hiệu: " + ", ".join(sorted(str(units[one]) for one in proposal.effects.titles)))
    print(
        f"Được đề xuất {len(proposal.amounts)}/{len(problem.works)} công trình, {write_amount(proposal.total())} đồng:"
    )
    for work in problem.works:
        given = proposal.amounts.get(work.id)
        if given:
            paid = "; ".join(f"{sources[key]} {write_amount(amount)}" for key, amount in given.items())
            print(f"  {work} ({units[work.unit]}): {paid}")
    for remark in (*proposal.remarks, *built.remarks):
        print(f"Chú ý: {remark}")
