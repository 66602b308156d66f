"""Xác thực hai bước bị mất: an administrator takes it off, and the person sets it up anew."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from ntm.records.audit.services import record
from ntm.records.people import authority
from ntm.records.people.models import User
from ntm.records.people.services.rules import NotPossible, require_over


@transaction.atomic
def reset_second_factor(actor: authority.Actor, user: User, *, reason: str, on: date) -> int:
    """Xoá xác thực hai bước of an account whose telephone or key is lost; gives how many were taken off."""
    require_over(actor, user, on=on)
    if user.pk == actor.user_id:
        raise NotPossible(_("Không tự xoá xác thực hai bước của mình ở đây: vào mục Xác thực hai bước."))
    if not reason.strip():
        raise NotPossible(_("Ghi lý do, ví dụ mất điện thoại; đã kiểm tra đúng người bằng cách nào."))
    taken = Authenticator.objects.filter(user=user)
    count = taken.count()
    if not count:
        raise NotPossible(_("Tài khoản %(username)s chưa bật xác thực hai bước.") % {"username": user.username})
    kinds = sorted(set(taken.values_list("type", flat=True)))
    taken.delete()
    record(
        actor=actor.stamp(),
        verb="user.second_factor",
        subject=user,
        unit_id=None,
        on=on,
        detail={"username": user.username, "kinds": kinds, "reason": reason.strip()},
    )
    return count
