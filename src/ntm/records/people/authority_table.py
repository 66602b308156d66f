"""Bảng thẩm quyền: authority.csv (role x action x scope) read once, and refused at start when it is not whole."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from ntm.records.people.models import Role

PATH = Path(__file__).with_name("authority.csv")
COLUMNS = ["role", "action", "scope", "reason"]


class Scope(StrEnum):
    """Phạm vi: where an office may do the action."""

    NONE = "none"  # không được làm
    OWN_UNIT = "own_unit"  # chỉ đơn vị mình
    SUBTREE = "subtree"  # đơn vị mình và mọi đơn vị cấp dưới, vào ngày đó
    BELOW = "below"  # đơn vị cấp dưới, không phải đơn vị mình
    OWN_CRITERIA_IN_UNIT = "own_criteria_in_unit"  # đơn vị mình, tiêu chí mình phụ trách
    OWN_CRITERIA_IN_SUBTREE = "own_criteria_in_subtree"  # địa bàn mình, tiêu chí mình phụ trách
    OWN_CRITERIA = "own_criteria"  # mọi nơi, tiêu chí mình phụ trách
    SYSTEM = "system"  # mọi nơi, và việc không thuộc đơn vị nào

    @property
    def by_criteria(self) -> bool:
        return self in (Scope.OWN_CRITERIA, Scope.OWN_CRITERIA_IN_UNIT, Scope.OWN_CRITERIA_IN_SUBTREE)

    @property
    def everywhere(self) -> bool:
        return self in (Scope.SYSTEM, Scope.OWN_CRITERIA)


# What each action is, as it reads after "chưa được ..." in a refusal.
ACTIONS: Mapping[str, str] = {
    "standing.read": "xem số liệu",
    "draft.read": "xem bản nháp",
    "observation.record": "ghi số liệu",
    "observation.send": "gửi số liệu",
    "observation.verify": "thẩm tra số liệu",
    "observation.return": "trả lại số liệu",
    "observation.appraise": "thẩm định số liệu",
    "observation.carry": "mang số liệu sang đơn vị kế thừa",
    "evidence.attach": "đính kèm tệp",
    "evidence.read": "xem minh chứng",
    "gap.record": "ghi hạng mục còn thiếu",
    "campaign.open": "mở đợt rà soát",
    "campaign.close": "khoá đợt rà soát",
    "standing.rebuild": "dựng lại bảng hiện trạng",
    "title.decide": "ghi quyết định danh hiệu",
    "criteria.import": "nạp bộ tiêu chí",
    "criteria.check": "ký đã đối chiếu với văn bản",
    "instrument.add": "thêm văn bản",
    "unit.village_create": "thêm thôn",
    "unit.change": "ghi thay đổi đơn vị hành chính",
    "unit.status": "ghi vùng, nhóm xã, diện đặc thù",
    "people.manage": "quản lý tài khoản và chức danh",
    "people.import": "nhập danh sách tài khoản",
    "body.manage": "ghi cơ quan, tổ chức",
    "watch.assign": "phân công phụ trách",
    "audit.read": "xem nhật ký",
    "workbook.download": "tải bảng tính",
    "workbook.upload": "nộp bảng tính",
    "document.read": "đọc văn bản",
    "document.upload": "tải văn bản lên",
    "document.confirm": "xác nhận nội dung văn bản",
    "plan.read": "đọc kế hoạch đã ban hành",
    "plan.draft": "soạn kế hoạch",
    "plan.comment": "góp ý kế hoạch",
    "plan.issue": "trình ký, ban hành, điều chỉnh, kết thúc kế hoạch",
    "plan.answer": "trả lời phần chỉ tiêu được giao",
    "template.manage": "quản lý mẫu văn bản của cơ quan",
    "token.manage": "quản lý khoá API",
    "backup.run": "sao lưu dữ liệu",
    "task.give": "giao việc",
    "task.report": "báo tiến độ việc này",
    "task.read": "xem việc này",
    "meeting.hold": "tổ chức giao ban",
    "inspection.hold": "tổ chức kiểm tra",
    "money.read": "xem nguồn lực",
    "money.record": "ghi nhu cầu, huy động, giải ngân",
    "money.allocate": "phân bổ vốn",
    "money.close": "khoá kỳ",
    "works.manage": "quản lý công trình",
    "contribution.record": "ghi đóng góp của nhân dân",
    "register.read": "xem sổ theo dõi",
    "register.record": "ghi sổ theo dõi",
}


class TableError(ValueError):
    """authority.csv is not whole: with the line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Một ô: what one role may do with one action, and why."""

    scope: Scope
    reason: str


Table = Mapping[tuple[str, str], Cell]


@cache
def table() -> Table:
    """The shipped table."""
    return read(PATH.read_text(encoding="utf-8"))


def read(text: str) -> Table:
    """A table from its text; every role and action exactly once, every cell with a reason."""
    rows = csv.reader(text.splitlines())
    if next(rows, None) != COLUMNS:
        raise TableError(f"authority.csv: the first line must be {','.join(COLUMNS)}")
    cells: dict[tuple[str, str], Cell] = {}
    for line, row in enumerate(rows, start=2):
        if len(row) != len(COLUMNS) or not row[3].strip():
            raise TableError(f"authority.csv line {line}: four columns, the reason not empty")
        role, action, scope, reason = (item.strip() for item in row)
        if role not in Role.values or action not in ACTIONS or scope not in list(Scope):
            raise TableError(f"authority.csv line {line}: unknown role, action or scope: {role}, {action}, {scope}")
        if (role, action) in cells:
            raise TableError(f"authority.csv line {line}: {role}, {action} stands twice")
        cells[role, action] = Cell(Scope(scope), reason)
    missing = [f"{role} {action}" for role in Role.values for action in ACTIONS if (role, action) not in cells]
    if missing:
        raise TableError(f"authority.csv lacks: {'; '.join(missing)}")
    return cells


def roles_with(action: str) -> list[Role]:
    """Ai làm được: the roles that may do the action somewhere."""
    return [Role(role) for role in Role.values if table()[role, action].scope is not Scope.NONE]
