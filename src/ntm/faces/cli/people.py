"""`ntm people`: tài khoản. The first administrator of a new installation, and accounts from a workbook."""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntm.faces.cli import main as cli

if TYPE_CHECKING:
    from ntm.records.people.authority import Actor


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("people", help="tài khoản và phân công")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    admin = verbs.add_parser("create-admin", help="quản trị đầu tiên của một bản cài đặt mới")
    admin.add_argument("--username", required=True, metavar="TÊN", help="tên đăng nhập")
    admin.add_argument("--name", required=True, metavar="HỌ TÊN")
    admin.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ dòng đầu của đầu vào chuẩn")
    admin.add_argument("--json", action="store_true", help="in JSON")
    admin.set_defaults(func=_create_admin)
    accounts = verbs.add_parser("import", help="nhập tài khoản từ bảng tính theo mẫu")
    accounts.add_argument("file", type=Path, metavar="TỆP.xlsx")
    accounts.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không ghi gì")
    accounts.add_argument("--as", dest="username", metavar="TÊN", help="quản trị nào đứng tên, khi có nhiều người")
    accounts.add_argument("--json", action="store_true", help="in JSON")
    accounts.set_defaults(func=_import)


def _create_admin(arguments: argparse.Namespace) -> int:
    cli.django()
    from django.utils import timezone

    from ntm.records.people import services

    password = _first_line() if arguments.password_stdin else _asked()
    if password is None:
        return cli.refuse("Chưa có mật khẩu, hoặc hai lần gõ khác nhau. Gõ lại, hoặc dùng --password-stdin.")
    try:
        user = services.create_admin(
            username=arguments.username, full_name=arguments.name, password=password, on=timezone.localdate()
        )
    except services.NotPossible as refusal:
        return cli.refuse(str(refusal))
    if arguments.json:
        cli.print_json({"username": user.username, "full_name": user.full_name})
    else:
        print(
            f"Đã tạo tài khoản quản trị {user.username} ({user.full_name}). Đăng nhập rồi tạo thêm trong mục Quản trị."
        )
    return 0


def _first_line() -> str | None:
    return sys.stdin.readline().rstrip("\r\n") or None


def _asked() -> str | None:
    """Asked twice at the terminal; None where there is none, or when the two differ."""
    if not sys.stdin.isatty():
        return None
    first = getpass.getpass("Mật khẩu: ")
    return first if first and first == getpass.getpass("Gõ lại mật khẩu: ") else None


def _import(arguments: argparse.Namespace) -> int:
    cli.django()
    from django.utils import timezone

    from ntm.records.people import services
    from ntm.records.people.authority import Denied

    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        return cli.refuse(f"Không đọc được tệp {arguments.file}: {error.strerror}.")
    actor = _administrator(arguments.username)
    if isinstance(actor, str):
        return cli.refuse(actor)
    try:
        report = services.import_accounts(actor, content, on=timezone.localdate(), dry_run=arguments.dry_run)
    except (services.NotPossible, Denied) as refusal:
        return cli.refuse(str(refusal))
    if arguments.json:
        cli.print_json(dataclasses.asdict(report))
    else:
        _tell(report)
    return 1 if report.errors else 0


def _administrator(username: str | None) -> Actor | str:
    """The administrator in whose name the machine's keeper works; a sentence when it is not clear who."""
    from django.utils import timezone

    from ntm.records.people.authority import actor_of
    from ntm.records.people.models import Holding, Role

    today = timezone.localdate()
    rows = Holding.objects.filter(office__role=Role.ADMINISTRATOR, user__is_active=True)
    held = [row for row in rows.select_related("user", "office").order_by("pk") if row.on(today)]
    if username is not None:
        held = [row for row in held if row.user.username.lower() == username.lower()]
        if not held:
            return f"{username} không giữ chức danh quản trị hệ thống hôm nay."
    if not held:
        return "Chưa có quản trị hệ thống: chạy `ntm people create-admin` trước."
    if len({row.user_id for row in held}) > 1:
        known = ", ".join(row.user.username for row in held)
        return f"Có nhiều quản trị hệ thống ({known}): nêu người đứng tên bằng --as."
    actor = actor_of(held[0])
    return dataclasses.replace(actor, office_label=f"{actor.office_label} (dòng lệnh)")


def _tell(report: Any) -> None:
    done = "Xem trước, chưa ghi gì" if report.dry_run else "Đã nhập"
    print(f"{done}: {report.rows} dòng, nhận {len(report.taken)}, chưa nhận {len(report.errors)}.")
    for one in report.taken:
        password = f"  mật khẩu tạm: {one.password}" if one.password else ""
        print(f"  dòng {one.row}: {one.username}  {one.office}{password}")
    if any(one.password for one in report.taken):
        print("Mật khẩu tạm chỉ hiện một lần này; người dùng đổi khi đăng nhập lần đầu.")
    for error in report.errors:
        column = f", cột {error.column}" if error.column else ""
        cli.remark(f"  dòng {error.row}{column}: {error.message}")
