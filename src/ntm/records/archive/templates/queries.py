"""Mẫu nào áp dụng, và văn bản viết theo mẫu ấy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils.translation import gettext as _

from ntm.domain.documents.writing.content import AnyDocument
from ntm.domain.documents.writing.template_fields import OFFERS, Field
from ntm.domain.documents.writing.template_fields import TemplateKind as Kind
from ntm.domain.documents.writing.template_values import kind_of
from ntm.domain.documents.writing.templates import fill_template
from ntm.domain.documents.writing.word import write_docx
from ntm.domain.official.text import fold
from ntm.records.archive import services as files
from ntm.records.archive.models import OfficeTemplate, TemplateState
from ntm.records.archive.templates.refusals import NoTemplate
from ntm.records.people.authority import Actor

__all__ = ["Shelf", "applying", "get", "of_unit", "printed_fields", "write"]

_ROWS = ("use__file", "body")


@dataclass(frozen=True)
class Shelf:
    """Mẫu của một loại văn bản ở một đơn vị: the one in force for each body, those that wait, those that were."""

    kind: str
    in_force: tuple[OfficeTemplate, ...] = ()
    waiting: tuple[OfficeTemplate, ...] = ()
    earlier: tuple[OfficeTemplate, ...] = ()


def applying(kind: str, unit_id: int, on: date, issuer: str = "") -> OfficeTemplate | None:
    """Mẫu áp dụng vào một ngày: that of the body named as issuer, else that of the unit; None: the common layout. One query."""
    rows = OfficeTemplate.objects.filter(
        unit_id=unit_id, kind=kind, since__lte=on, since__isnull=False, withdrawn_at=None
    )
    standing = [one for one in rows.select_related(*_ROWS) if one.state_on(on) is TemplateState.IN_FORCE]
    named = fold(issuer)
    own = next((one for one in standing if one.body is not None and fold(one.body.name) == named), None)
    return own or next((one for one in standing if one.body_id is None), None)


def of_unit(unit_id: int, on: date) -> dict[str, Shelf]:
    """Mọi mẫu của một đơn vị by kind, those told by `on`; one query."""
    found: dict[str, dict[str, list[OfficeTemplate]]] = {}
    for one in OfficeTemplate.objects.filter(unit_id=unit_id, on__lte=on).select_related(*_ROWS).order_by("-version"):
        state = one.state_on(on)
        place = {TemplateState.IN_FORCE: "in_force", TemplateState.OFFERED: "waiting", TemplateState.WAITING: "waiting"}
        found.setdefault(one.kind, {}).setdefault(place.get(state, "earlier"), []).append(one)
    return {kind: Shelf(kind, **{name: tuple(rows) for name, rows in parts.items()}) for kind, parts in found.items()}


def get(actor: Actor, template_id: int, on: date) -> OfficeTemplate:
    """Một mẫu, for who may read the unit's plans."""
    found = OfficeTemplate.objects.select_related(*_ROWS, "unit").filter(pk=template_id).first()
    if found is None:
        raise NoTemplate(_("Không có mẫu này."))
    actor.require("plan.read", found.unit_id, on=on)
    return found


def printed_fields(template: OfficeTemplate) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """Trường mẫu dùng, and the fields it leaves out though a part of the paper hangs on them."""
    offered = OFFERS[cast(Kind, template.kind)]
    used = tuple(template.fields)
    return tuple(offered.by_name[name] for name in used if name in offered.by_name), offered.unused(used)


def write(document: AnyDocument, template: OfficeTemplate | None) -> bytes:
    """Viết văn bản theo mẫu của cơ quan, else in the common layout; .docx."""
    if template is None:
        return write_docx(document)
    if template.kind != kind_of(document):
        raise ValueError(f"mẫu {template.kind} không dùng cho {kind_of(document)}")
    return fill_template(files.content_of(template.use.file), document, template.use.name)
