"""`ntm audit`: nhật ký. Verify the chain; keep the last number and hash elsewhere to prove later that its end is there."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from ntm.faces.cli import main as cli


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("audit", help="nhật ký: kiểm tra chuỗi")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    verify = verbs.add_parser("verify", help="đi hết chuỗi nhật ký, báo chỗ bị sửa hoặc thiếu")
    verify.add_argument("--known", metavar="SỐ:MÃ", help="số mục và mã băm đã ghi lại trước đây")
    verify.add_argument("--json", action="store_true", help="in JSON")
    verify.set_defaults(func=_verify)


def _verify(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.records.audit import services

    known = None
    if arguments.known:
        number, _, kept = arguments.known.partition(":")
        if not number.isdigit() or not kept:
            return cli.refuse("--known cần dạng SỐ:MÃ, ví dụ 120:9f2c…")
        known = (int(number), kept)
    result = services.verify(known=known)
    if arguments.json:
        cli.print_json(asdict(result))
    elif result.ok:
        print(f"Nhật ký nguyên vẹn: {result.checked} mục, mục cuối {result.last_sequence}:{result.last_hash}")
    else:
        cli.remark(f"Nhật ký KHÔNG nguyên vẹn: {result.problem}")
    return 0 if result.ok else 1
