"""Nhập danh sách tài khoản: one row, one office; good rows are taken, bad ones come back with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ntm.domain.official.dates import DateError, parse_date
from ntm.domain.official.text import fold
from ntm.records.audit.services import record
from ntm.records.people import authority
from ntm.records.people.models import Office, Role, User
from ntm.records.people.services import account_sheet
from ntm.records.people.services.accounts import create_user, new_password
from ntm.records.people.services.offices import create_office, give_office
from ntm.records.people.services.rules import NotPossible, written
from ntm.records.units import queries as units


@dataclass(frozen=True, slots=True)
class RowError:
    """Lỗi của một dòng: the row as Excel numbers it, the column's head, what is wrong and what to do."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Dòng đã nhận. The first password is shown once; a second office of the same person has none."""

    row: int
    username: str
    full_name: str
    office: str
    password: str | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Kết quả nhập."""

    dry_run: bool
    rows: int
    taken: tuple[Taken, ...]
    errors: tuple[RowError, ...]


class _BadCell(ValueError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.column = account_sheet.COLUMNS[field][0]


def account_template() -> bytes:
    """Mẫu bảng tài khoản (xlsx)."""
    return account_sheet.template()


@transaction.atomic
def import_accounts(actor: authority.Actor, content: bytes, *, on: date, dry_run: bool = True) -> ImportReport:
    """Nhập tài khoản: a dry run changes nothing and shows the same report, without passwords."""
    authority.require(actor, "people.import", actor.unit_id, on=on)
    rows = account_sheet.read(content)
    taken: list[Taken] = []
    errors: list[RowError] = []
    new: dict[str, User] = {}
    for row in rows:
        try:
            with transaction.atomic():
                taken.append(_take(actor, row, new, on, dry_run))
        except _BadCell as error:
            errors.append(RowError(row.number, error.column, str(error)))
        except (NotPossible, authority.Denied) as error:
            errors.append(RowError(row.number, "", str(error)))
    if dry_run:
        transaction.set_rollback(True)
    elif taken:
        record(
            actor=actor.stamp(),
            verb="user.import",
            subject="people.user",
            unit_id=actor.unit_id,
            on=on,
            detail={"count": len(taken), "refused": len(errors), "usernames": [one.username for one in taken]},
        )
    return ImportReport(dry_run, len(rows), tuple(taken), tuple(errors))


def _take(actor: authority.Actor, row: account_sheet.Row, new: dict[str, User], on: date, dry_run: bool) -> Taken:
    cells = row.cells
    for field, (head, must, _example) in account_sheet.COLUMNS.items():
        if must and not cells[field]:
            raise _BadCell(field, _("Còn trống: điền %(head)s.") % {"head": head.lower()})
    role, start = _role(cells["role"]), _day(cells["start"])
    unit_id = _unit(cells["unit_code"], start)
    key = cells["username"].lower()
    user, password = new.get(key), None
    if user is None:
        password = None if dry_run else new_password()
        user = create_user(
            actor,
            username=cells["username"],
            full_name=cells["full_name"],
            email=cells.get("email", ""),
            password=password,
            unit_id=unit_id,
            on=on,
        )
    elif user.full_name != cells["full_name"]:
        raise _BadCell("full_name", _("Tên đăng nhập này ở dòng trên là của %(name)s.") % {"name": user.full_name})
    codes = [code.strip() for code in cells.get("criteria", "").replace(",", ";").split(";") if code.strip()]
    office = Office.objects.filter(role=role, unit_id=unit_id, title=cells["title"], criteria=codes).first()
    if office is None:
        office = create_office(actor, role=role, title=cells["title"], unit_id=unit_id, criteria=codes, on=on)
    give_office(actor, user=user, office=office, start=start, on=on)
    new[key] = user
    return Taken(row.number, user.username, user.full_name, office.title, password)


def _role(text: str) -> str:
    for role in Role:
        if fold(text) in (fold(str(role.label)), role.value):
            return role.value
    known = "; ".join(str(role.label) for role in Role)
    raise _BadCell(
        "role", _("Không có vai trò «%(text)s»; chọn một trong: %(known)s.") % {"text": text, "known": known}
    )


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except DateError as error:
        raise _BadCell("start", str(error)) from error


def _unit(code: str, start: date) -> int:
    unit = units.by_code(code, start)
    if unit is None:
        raise _BadCell(
            "unit_code",
            _(
                "Ngày %(day)s không có đơn vị mã «%(code)s»; nếu Excel đã bỏ số 0 ở đầu, định dạng ô là Văn bản rồi gõ lại."
            )
            % {"day": written(start), "code": code},
        )
    return unit.id
