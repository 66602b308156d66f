"""Quy tắc chung của phòng: what is not possible whoever asks, said in a sentence."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ntm.records.people import authority
from ntm.records.people.models import Holding, Role, User


class NotPossible(ValueError):
    """Không làm được: one Vietnamese sentence that says what is wrong and what to do."""


def written(day: date) -> str:
    """30/9/2026."""
    return f"{day.day}/{day.month}/{day.year}"


def cleaned(record: models.Model, *fields: str) -> None:
    """Check the named fields as the model defines them; the first complaint becomes the sentence."""
    others = {field.name for field in record._meta.fields} - set(fields)
    try:
        record.clean_fields(exclude=others)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        label = record._meta.get_field(field).verbose_name
        raise NotPossible(f"{str(label).capitalize()}: {messages[0]}") from error


def closing_day(start: date, end: date | None, closed: date, what: str) -> None:
    """An open interval can be closed once, after its start."""
    if end is not None:
        raise NotPossible(_("%(what)s đã kết thúc từ ngày %(day)s.") % {"what": what, "day": written(end)})
    if closed <= start:
        raise NotPossible(
            _("Ngày kết thúc %(end)s phải sau ngày bắt đầu %(start)s của %(what)s.")
            % {"end": written(closed), "start": written(start), "what": what}
        )


def require_over(actor: authority.Actor, user: User, *, on: date) -> None:
    """May the actor manage this account? Only when every office that it still holds lies in the actor's area."""
    held = [h for h in Holding.objects.filter(user=user).select_related("office") if h.end is None or h.end > on]
    for holding in held:
        if holding.office.role == Role.ADMINISTRATOR and actor.role != Role.ADMINISTRATOR:
            raise authority.Denied(_("Chỉ quản trị hệ thống được thay đổi tài khoản của quản trị hệ thống."))
        authority.require(actor, "people.manage", holding.office.unit_id, on=on)
    if not held:
        authority.require(actor, "people.manage", None, on=on)
