"""`ntm tasks`: nhiệm vụ. Who is to be reminded of what today, the daily letters, the hour at which they go."""

from __future__ import annotations

import argparse
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from ntm.domain.official.dates import parse_date, write_date
from ntm.faces.cli import main as cli

if TYPE_CHECKING:
    from ntm.records.planning.queries.reminders import Notice

_STEPS = {"soon": "sắp đến hạn", "overdue": "đã quá hạn", "escalated": "báo cơ quan chỉ đạo"}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = subparsers.add_parser("tasks", help="nhiệm vụ: nhắc việc")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VIỆC")
    remind = verbs.add_parser("remind", help="ai cần được nhắc việc gì; --send thì ghi và gửi thư")
    remind.add_argument("--on", metavar="NGÀY", help="ngày nhắc, ví dụ 30/9/2026; bỏ trống là hôm nay")
    remind.add_argument("--send", action="store_true", help="ghi lời nhắc và gửi mỗi người một thư tổng hợp")
    remind.add_argument("--json", action="store_true", help="in JSON")
    remind.set_defaults(func=_remind)
    schedule = verbs.add_parser(
        "schedule", help="đặt lịch nhắc việc mỗi sáng cho tiến trình chạy nền; đặt lại không sao"
    )
    schedule.set_defaults(func=_schedule)


def _schedule(_arguments: argparse.Namespace) -> int:
    cli.django()
    from django.utils import timezone

    from ntm.records.planning import daily

    at = daily.schedule(timezone.now())
    if at is None:
        return cli.refuse(
            "Bản cài đặt này không có hàng đợi nên không tự nhắc việc; chạy `ntm tasks remind --send` mỗi sáng."
        )
    local = timezone.localtime(at)
    print(f"Nhắc việc tự chạy lúc {local:%H:%M}; lần tới: ngày {write_date(local.date())}.")
    return 0


def _remind(arguments: argparse.Namespace) -> int:
    cli.django()
    from django.utils import timezone

    try:
        on = parse_date(arguments.on) if arguments.on else timezone.localdate()
    except ValueError as reason:
        return cli.refuse(str(reason))
    return _send(on, arguments.json) if arguments.send else _list(on, arguments.json)


def _send(on: date, as_json: bool) -> int:
    from ntm.records.planning.services import reminders

    sent = reminders.send(on)
    if as_json:
        cli.print_json({"on": on.isoformat(), "told": sent.told, "mails": sent.mails, "failed": sent.failed})
    else:
        print(
            f"Ngày {write_date(on)}: ghi {sent.told} lời nhắc, gửi {sent.mails} thư, {sent.failed} thư chưa gửi được."
        )
    if sent.failed:
        return cli.refuse("Thư chưa gửi được sẽ gửi lại ở lần chạy sau, trong ba ngày; kiểm tra máy chủ thư.")
    return 0


def _list(on: date, as_json: bool) -> int:
    from ntm.records.people.models import User
    from ntm.records.planning.queries.reminders import due

    notices = due(on)
    names = dict(User.objects.filter(pk__in={one.user_id for one in notices}).values_list("pk", "full_name"))
    if as_json:
        cli.print_json([_row(one, names) for one in notices])
        return 0
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for one in notices:
        by_person[one.user_id].append(one)
    for user_id, mine in sorted(by_person.items(), key=lambda pair: (names[pair[0]], pair[0])):
        print(f"{names[user_id]}:")
        for one in mine:
            last = write_date(one.occurrence.due) if one.occurrence.due else ""
            print(f"  {_STEPS[one.step.value]}, hạn {last}: {one.occurrence.task.what}")
    cli.remark(f"{len(notices)} lời nhắc cho {len(by_person)} người; thêm --send để ghi và gửi thư.")
    return 0


def _row(one: Notice, names: dict[int, str]) -> dict[str, object]:
    return {
        "person": names[one.user_id],
        "step": one.step.value,
        "due": one.occurrence.due.isoformat() if one.occurrence.due else None,
        "what": one.occurrence.task.what,
        "occurrence": one.occurrence.pk,
    }
