"""`ntm demo`: dữ liệu minh hoạ. Only for a demonstration database; a database of work refuses it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ntm.faces.cli import main as cli

if TYPE_CHECKING:
    from ntm.faces.cli.demonstration.plans import Account

NAMES = ("thach-loi", "van-quan", "si-ma-cai", "bac-giang", "luong-phong")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("demo", help="dữ liệu minh hoạ từ năm kế hoạch thật")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    load = verbs.add_parser("load", help="nạp dữ liệu và tài khoản minh hoạ; phần đã có thì bỏ qua")
    load.add_argument("--only", choices=NAMES, metavar="TÊN", help=f"một kế hoạch: {', '.join(NAMES)}")
    load.add_argument("--json", action="store_true", help="in JSON")
    load.set_defaults(func=_load)
    accounts = verbs.add_parser("accounts", help="tài khoản minh hoạ và mật khẩu chung")
    accounts.add_argument("--json", action="store_true", help="in JSON")
    accounts.set_defaults(func=_accounts)


def load_once() -> str | None:
    """Nạp những kế hoạch chưa có; what to say afterwards. One query when all is there."""
    from ntm.faces.cli.demonstration import plans

    left = plans.wanting()
    if not left:
        return "đã có"
    from ntm.faces.cli.demonstration import loading
    from ntm.records.people.services import NotPossible

    try:
        loading.load(left)
    except (NotPossible, loading.NotReady) as refusal:
        raise SystemExit(cli.refuse(f"Chưa nạp được dữ liệu minh hoạ: {refusal}")) from None
    return f"{len(left)} kế hoạch"


def print_accounts() -> None:
    """In danh sách tài khoản minh hoạ, with the one password they share."""
    from ntm.faces.cli.demonstration import facts, plans

    rows = [(one, title, day) for one in plans.accounts() for title, day in one.offices]
    wide = max(len(one.username) for one, _title, _day in rows)
    print("Tài khoản minh hoạ (ngày trong ngoặc là ngày mà trang của chức danh ấy coi là hôm nay):")
    before = ""
    for one, title, day in rows:
        name = one.username if one.username != before else ""
        before = one.username
        print(f"  {name:<{wide}}  {title}{f' ({_written(day)})' if day else ''}")
    print(f"Mật khẩu chung: {facts.shared()['password']}")


def _load(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.faces.cli.demonstration import loading, plans
    from ntm.records.people.services import NotPossible

    wanted = [arguments.only] if arguments.only else list(NAMES)
    left = [name for name in plans.wanting() if name in wanted]
    try:
        loading.load(left, progress=lambda name: cli.remark(f"nạp {name} ..."))
    except (NotPossible, loading.NotReady) as refusal:
        return cli.refuse(f"Chưa nạp được dữ liệu minh hoạ: {refusal}")
    if arguments.json:
        cli.print_json({"loaded": left, "already": [name for name in wanted if name not in left]})
    else:
        print(f"Đã nạp: {', '.join(left)}." if left else "Dữ liệu minh hoạ đã có đủ, không nạp lại.")
    return 0


def _accounts(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.faces.cli.demonstration import facts, plans

    if not arguments.json:
        print_accounts()
        return 0
    password = facts.shared()["password"]
    cli.print_json([_said(one, password) for one in plans.accounts()])
    return 0


def _said(one: Account, password: str) -> dict[str, object]:
    offices = [{"title": title, "day": day or None} for title, day in one.offices]
    return {"username": one.username, "password": password, "plan": one.plan or None, "offices": offices}


def _written(day: str) -> str:
    year, month, date = day.split("-")
    return f"{date}/{month}/{year}"
