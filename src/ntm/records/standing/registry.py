"""Bộ tiêu chí trong hệ thống: shipped and uploaded sets under their hashes, each parsed once a process."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from ntm.domain import criteria
from ntm.domain.criteria.model import CriteriaSet
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.refusals import Refused

__all__ = ["applicable", "by_code", "content", "register_shipped", "resolve", "sets_in_force"]


@transaction.atomic
def register_shipped() -> list[RegisteredSet]:
    """Đăng ký các bộ tiêu chí đi kèm: once per content; a changed content becomes the current one, the old row stays."""
    known = {row.hash: row for row in RegisteredSet.objects.filter(source=RegisteredSet.Source.SHIPPED)}
    shipped = [criteria.catalogue().get(code) for code in criteria.catalogue().codes()]
    rows = []
    for one in shipped:
        row = known.get(one.hash)
        if row is None or not row.current:
            RegisteredSet.objects.filter(code=one.code, current=True).update(current=False)
            row = row or _row(one)
            row.current = True
            row.save()
        rows.append(row)
    return rows


def _row(one: CriteriaSet, **more: object) -> RegisteredSet:
    return RegisteredSet(
        code=one.code,
        hash=one.hash,
        source=more.pop("source", RegisteredSet.Source.SHIPPED),
        level=one.level,
        title_kind=one.title_kind,
        name=one.name,
        province_code=one.province or "",
        start=one.start,
        end=one.end,
        added_at=timezone.now(),
        **more,
    )


def add_uploaded(one: CriteriaSet, content_text: str, user_id: int) -> RegisteredSet:
    """Ghi bộ tiêu chí do cơ quan nạp; Refused when its code is a shipped set's, or the very content is known."""
    if RegisteredSet.objects.filter(hash=one.hash).exists():
        raise Refused(f"Bộ tiêu chí “{one.code}” với đúng nội dung này đã có trong hệ thống.")
    if RegisteredSet.objects.filter(code=one.code, source=RegisteredSet.Source.SHIPPED).exists():
        raise Refused(f"Mã “{one.code}” là của bộ tiêu chí đi kèm phần mềm; đặt mã khác, ví dụ thêm tên tỉnh.")
    RegisteredSet.objects.filter(code=one.code, current=True).update(current=False)
    row = _row(one, source=RegisteredSet.Source.UPLOADED, content=content_text, added_by_id=user_id)
    row.save()
    return row


def content(row: RegisteredSet) -> CriteriaSet:
    """The parsed set of that very content; Refused when the program no longer ships it."""
    if row.source == RegisteredSet.Source.SHIPPED:
        return _shipped(row.code, row.hash)
    return _parsed(row.hash, row.content, row.code)


@lru_cache(maxsize=256)
def _shipped(code: str, expected: str) -> CriteriaSet:
    one = criteria.catalogue().get(code)
    if one.hash != expected:
        raise Refused(
            f"Nội dung bộ tiêu chí “{code}” trong phần mềm khác với nội dung đã dùng ({expected[:8]}). "
            "Chạy `ntm setup` để đăng ký nội dung mới; số liệu cũ vẫn gắn với nội dung cũ."
        )
    return one


@lru_cache(maxsize=64)
def _parsed(_hash: str, text: str, code: str) -> CriteriaSet:
    return criteria.load_text(text, code)


def by_code(code: str) -> RegisteredSet:
    """RegisteredSet of the current content; Refused with the codes that exist."""
    row = RegisteredSet.objects.filter(code=code, current=True).first()
    if row is None:
        known = ", ".join(RegisteredSet.objects.filter(current=True).order_by("code").values_list("code", flat=True))
        raise Refused(f"Không có bộ tiêu chí mã “{code}”. Đang có: {known or 'chưa có bộ nào, chạy `ntm setup`'}.")
    return row


def resolve(code: str) -> CriteriaSet:
    """A set named by another one (kiểu mẫu -> nâng cao)."""
    return content(by_code(code))


def sets_in_force(level: str, on: date, province_code: str | None = None) -> list[RegisteredSet]:
    """Sets of a level in force on a day; a provincial set stands before the national one it extends."""
    rows = RegisteredSet.objects.filter(current=True, level=level).order_by("title_kind", "code")
    return [row for row in rows if row.in_force(on) and row.province_code in ("", province_code or "")]


def applicable(level: str, title_kind: str, on: date, province_code: str | None = None) -> RegisteredSet | None:
    """Bộ áp dụng: the province's own set where there is one, else the national one; None when none is in force."""
    rows = [row for row in sets_in_force(level, on, province_code) if row.title_kind == title_kind]
    rows.sort(key=lambda row: (row.province_code == "", row.start is None, row.code))
    return rows[0] if rows else None
