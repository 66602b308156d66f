"""Lệnh `ntm`: one group, one module; a group is imported only when it is asked, so lists answer at once.

A module of a group has `register(subparsers) -> None` and sets `func` on each of its parsers: func(arguments) -> int | None.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

# group -> (module beside this one, what it is for)
GROUPS: dict[str, tuple[str, str]] = {
    "units": ("units", "đơn vị hành chính: tìm, cây, lịch sử"),
    "criteria": ("criteria", "bộ tiêu chí: danh sách, xem, so sánh, nạp"),
    "assess": ("assess", "đánh giá số liệu theo một bộ tiêu chí"),
    "read": ("read", "đọc văn bản thành dự thảo có cấu trúc"),
    "check": ("check", "kiểm tra một văn bản, in các điểm cần xem lại"),
    "standing": ("standing", "hiện trạng: biểu xã x tiêu chí, tổng hợp, tính lại"),
    "tasks": ("tasks", "nhiệm vụ: nhắc việc"),
    "money": ("money", "nguồn lực: cân đối, nợ đọng, đề xuất phân bổ"),
    "plan": ("plan", "kế hoạch: danh sách, xem, tiến độ, viết ra tệp"),
    "people": ("people", "tài khoản và phân công"),
    "audit": ("audit", "nhật ký: kiểm tra chuỗi"),
    "demo": ("demo", "dữ liệu minh hoạ"),
    "backup": ("backup", "sao lưu toàn bộ"),
    "restore": ("backup", "khôi phục từ bản sao lưu"),
    "setup": ("setup", "chuẩn bị cơ sở dữ liệu, nạp danh mục"),
    "manage": ("manage", "lệnh quản trị của Django"),
}

REFUSED = 2  # exit code of a refusal with a sentence


def django() -> None:
    """Set Django up; only commands that need the database call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm.site.settings")
    import django as framework

    framework.setup()


def print_json(value: Any) -> None:
    """One JSON value, UTF-8, on standard output; nothing else goes there."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def refuse(sentence: str) -> int:
    """Say why on standard error and give the exit code of a refusal."""
    print(sentence, file=sys.stderr)
    return REFUSED


def remark(sentence: str) -> None:
    """A remark for the person, on standard error, so that what is printed stays clean."""
    print(sentence, file=sys.stderr)


def _parser(groups: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ntm", description="Hệ thống xây dựng nông thôn mới")
    subparsers = parser.add_subparsers(dest="group", metavar="NHÓM", required=True)
    for module in dict.fromkeys(GROUPS[group][0] for group in groups):
        importlib.import_module(f"ntm.faces.cli.{module}").register(subparsers)
    return parser


def _overview() -> str:
    width = max(map(len, GROUPS))
    lines = [f"  {group:<{width}}  {purpose}" for group, (_, purpose) in GROUPS.items()]
    return "\n".join(["usage: ntm NHÓM ...", "", *lines, "", "Xem thêm: ntm NHÓM --help"])


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except BrokenPipeError:  # the reader of a pipe went away: nothing is wrong
        sys.stderr.close()
        return 0


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return 0
    if words[0] not in GROUPS:
        return refuse(f"Không có nhóm lệnh “{words[0]}”.\n{_overview()}")
    chosen = _parser([words[0]]).parse_args(words)
    return int(chosen.func(chosen) or 0)


if __name__ == "__main__":
    sys.exit(main())
