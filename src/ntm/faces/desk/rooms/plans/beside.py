"""Hai bản cạnh nhau: what another person saved while this form was open, beside what was typed; one of them is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.forms import Form

from ntm.records.audit import queries as audit

__all__ = ["Beside", "beside"]


@dataclass(frozen=True)
class Beside:
    """Bản đang lưu và bản đang gõ: (field, saved, typed) where they differ; who saved it and when."""

    fields: tuple[tuple[str, str, str], ...]
    name: str = ""
    office: str = ""
    at: datetime | None = None
    gone: bool = False


def beside(form: Form, now: Mapping[str, Any] | None, row: Model | None) -> Beside:
    """`now`: what the form would begin with today; None where the part was taken out."""
    shown = [(str(field.label), _text(form, name, now), _text(form, name, None)) for name, field in form.fields.items()]
    who = audit.of_subject(f"{row._meta.label_lower}:{row.pk}", size=1) if row is not None else ()
    told: dict[str, Any] = {"name": who[0].name, "office": who[0].office, "at": who[0].at} if who else {}
    apart = tuple(one for one in shown if now is None or one[1] != one[2])
    return Beside(apart, gone=now is None, **told)


def _text(form: Form, name: str, now: Mapping[str, Any] | None) -> str:
    """The words of a field: of a choice its label."""
    value = form[name].value() if now is None else now.get(name)
    value = "" if value is None else str(value)
    choices: Callable[[], Any] | Any = getattr(form.fields[name], "choices", None)
    if choices:
        return str({str(key): label for key, label in choices}.get(value, value))
    return "\n".join(line.rstrip() for line in value.splitlines())
