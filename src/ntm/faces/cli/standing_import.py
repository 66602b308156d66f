"""`ntm standing import`: số liệu của nhiều đơn vị từ một tệp CSV, under an office that may."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ntm.faces.cli import main as cli
from ntm.faces.cli.units import day

_STAGES = {"self": "SELF", "verified": "VERIFIED"}
_MOST_SHOWN = 50


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser("import", help="nhập số liệu từ tệp CSV (mã đơn vị, chỉ tiêu, giá trị, ghi chú)")
    verb.add_argument("file", type=Path, metavar="FILE.csv")
    verb.add_argument("--set", required=True, metavar="MÃ BỘ", help="bộ tiêu chí")
    verb.add_argument("--on", type=day, required=True, metavar="NGÀY", help="số liệu đến ngày")
    verb.add_argument(
        "--stage", choices=tuple(_STAGES), default="self", help="self: nháp tự đánh giá; verified: đã thẩm tra"
    )
    verb.add_argument(
        "--as", dest="username", required=True, metavar="TÀI KHOẢN", help="người nhập: tài khoản đang giữ chức danh"
    )
    verb.add_argument("--holding", type=int, metavar="SỐ", help="chức danh, khi tài khoản giữ nhiều chức danh")
    verb.add_argument("--dry-run", action="store_true", help="kiểm tra và đếm, không ghi gì")
    verb.add_argument("--json", action="store_true", help="in JSON")
    verb.set_defaults(func=_import)


def _import(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.records.people.authority import Denied
    from ntm.records.standing.models.observations import Stage
    from ntm.records.standing.refusals import Refused
    from ntm.records.standing.services.importing_csv import import_csv

    try:
        content = arguments.file.read_bytes()
    except OSError as wrong:
        return cli.refuse(f"Không mở được tệp {arguments.file}: {wrong.strerror or wrong}.")
    try:
        actor = _actor(arguments.username, arguments.holding)
        done = import_csv(
            actor,
            content,
            set_code=arguments.set,
            as_of=arguments.on,
            stage=Stage[_STAGES[arguments.stage]],
            file=arguments.file.name,
            dry_run=arguments.dry_run,
        )
    except (Refused, Denied) as refusal:
        return cli.refuse(str(refusal))
    return _answer(arguments, actor, done)


def _actor(username: str, holding_id: int | None) -> Any:
    """The office under which the file is entered: named, never guessed among several."""
    from django.utils import timezone

    from ntm.records.people import authority
    from ntm.records.people.models import User
    from ntm.records.standing.refusals import Refused

    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(f"Không có tài khoản “{username}”.")
    today = timezone.localdate()
    held = authority.actors_of(user, on=today)
    if holding_id is None and len(held) > 1:
        several = "; ".join(f"{one.holding_id}: {one.office_label}" for one in held)
        raise Refused(f"Tài khoản “{username}” giữ nhiều chức danh; chọn một bằng --holding. {several}.")
    return authority.actor_for(user, holding_id, on=today)


def _answer(arguments: argparse.Namespace, actor: Any, done: Any) -> int:
    imported = done.imported
    if arguments.json:
        cli.print_json(
            {
                "read": done.read,
                "wrong": done.wrong,
                "errors": [{"line": one.line, "sentence": one.sentence} for one in done.errors],
                "dry_run": done.dry_run,
                "office": actor.office_label,
                "written": imported.written if imported else 0,
                "unchanged": imported.unchanged if imported else 0,
                "superseded": imported.superseded if imported else 0,
                "units": imported.units if imported else 0,
            }
        )
    elif imported is None:
        for one in done.errors[:_MOST_SHOWN]:
            cli.remark(str(one))
        cli.remark(f"{done.wrong} chỗ sai, chưa ghi gì; sửa tệp rồi nhập lại.")
    else:
        verb = "sẽ ghi" if done.dry_run else "đã ghi"
        print(
            f"{verb} {imported.written} số liệu của {imported.units} đơn vị ({imported.superseded} thay số cũ, "
            f"{imported.unchanged} đã có như vậy), với tư cách {actor.office_label}"
        )
    return 0 if imported else cli.REFUSED
