"""Tải mẫu lên, đưa vào dùng, thôi dùng, bỏ: what was in force stays on record with its days."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm.domain.documents.writing.template_fields import TemplateKind as Kind
from ntm.domain.documents.writing.templates import TemplateFault, check_template
from ntm.domain.official.dates import write_date
from ntm.records.archive import services as files
from ntm.records.archive.models import OfficeTemplate, Purpose, TemplateKind
from ntm.records.archive.templates.refusals import FaultyTemplate, NoTemplate, TemplateRefused
from ntm.records.audit.services import record
from ntm.records.people.authority import Actor
from ntm.records.people.models import Body

__all__ = ["offer", "put_in_force", "retire", "withdraw"]


@transaction.atomic
def offer(
    actor: Actor, *, unit_id: int, kind: str, content: bytes, file_name: str, on: date, name: str = "",
    body_id: int | None = None,
) -> OfficeTemplate:  # fmt: skip
    """Tải mẫu lên: read whole and checked; nothing is written with it before it is put in force."""
    actor.require("template.manage", unit_id, on=on)
    if kind not in TemplateKind.values:
        raise TemplateRefused(_("Chọn loại văn bản mà mẫu dùng cho."))
    _body_there(unit_id, body_id, on)
    try:
        fields = check_template(content, file_name, cast(Kind, kind))
    except TemplateFault as fault:
        raise FaultyTemplate(fault) from fault
    use = files.attach(
        actor, content=content, name=file_name, unit_id=unit_id, on=on, purpose=Purpose.TEMPLATE
    )  # fmt: skip
    others = OfficeTemplate.objects.select_for_update().filter(unit_id=unit_id, kind=kind, body_id=body_id)
    same = others.filter(use__file=use.file, until=None, withdrawn_at=None).first()
    if same is not None:
        raise TemplateRefused(_("Tệp này đã là mẫu bản %(no)s “%(name)s”.") % {"no": same.version, "name": same.name})
    made = OfficeTemplate.objects.create(
        unit_id=unit_id,
        body_id=body_id,
        kind=kind,
        version=(others.aggregate(last=Max("version"))["last"] or 0) + 1,
        name=(" ".join(name.split()) or file_name.rsplit(".", 1)[0])[:200],
        use=use,
        fields=list(fields),
        offered_by_id=actor.user_id,
        office=actor.office_label,
        on=on,
        offered_at=use.attached_at,
    )
    _log(actor, "template.offer", made, on, version=made.version, file=use.name, sha256=use.file.sha256)
    return made


@transaction.atomic
def put_in_force(actor: Actor, template_id: int, *, since: date, on: date) -> OfficeTemplate:
    """Đưa vào dùng từ một ngày; the one in force before ends on that day."""
    template = _held(actor, template_id, on)
    if template.withdrawn_at is not None or template.since is not None:
        raise TemplateRefused(_("Mẫu này đã đưa vào dùng hoặc đã bỏ; muốn dùng lại thì tải tệp lên thành bản mới."))
    if since < on:
        raise TemplateRefused(
            _("Ngày %(since)s đã qua; văn bản viết trước hôm nay giữ mẫu cũ, chọn hôm nay hoặc ngày sau.")
            % {"since": write_date(since)}
        )
    before = OfficeTemplate.objects.select_for_update().filter(
        unit_id=template.unit_id, kind=template.kind, body_id=template.body_id, since__isnull=False, until=None
    )
    for one in before:
        assert one.since is not None
        if since < one.since:
            raise TemplateRefused(
                _("Bản %(no)s đã định dùng từ ngày %(since)s; chọn ngày ấy hoặc ngày sau, hay thôi dùng bản ấy trước.")
                % {"no": one.version, "since": write_date(one.since)}
            )
        one.until, one.ended_reason = since, _("Thay bằng bản %(no)s.") % {"no": template.version}
        one.save(update_fields=["until", "ended_reason"])
    template.since = since
    template.save(update_fields=["since"])
    _log(actor, "template.use", template, on, version=template.version, since=since)
    return template


@transaction.atomic
def retire(actor: Actor, template_id: int, *, until: date, reason: str, on: date) -> OfficeTemplate:
    """Thôi dùng từ một ngày: papers are written in the common layout again, or with the next template."""
    template = _held(actor, template_id, on)
    if template.since is None or template.until is not None:
        raise TemplateRefused(_("Mẫu này không đang dùng, không cần thôi."))
    if until < max(template.since, on):
        raise TemplateRefused(_("Ngày thôi dùng phải là hôm nay hoặc ngày sau, và không trước ngày bắt đầu dùng."))
    if not reason.strip():
        raise TemplateRefused(_("Ghi lý do thôi dùng mẫu này."))
    template.until, template.ended_reason = until, reason.strip()[:500]
    template.save(update_fields=["until", "ended_reason"])
    _log(actor, "template.retire", template, on, version=template.version, until=until, reason=template.ended_reason)
    return template


@transaction.atomic
def withdraw(actor: Actor, template_id: int, *, reason: str, on: date) -> OfficeTemplate:
    """Bỏ mẫu tải nhầm, that never came into force."""
    template = _held(actor, template_id, on)
    if template.since is not None or template.withdrawn_at is not None:
        raise TemplateRefused(_("Chỉ bỏ được mẫu chưa đưa vào dùng; mẫu đang dùng thì bấm “Thôi dùng”."))
    template.withdrawn_at, template.ended_reason = timezone.now(), (reason.strip() or _("tải nhầm"))[:500]
    template.save(update_fields=["withdrawn_at", "ended_reason"])
    _log(actor, "template.withdraw", template, on, version=template.version, reason=template.ended_reason)
    return template


def _held(actor: Actor, template_id: int, on: date) -> OfficeTemplate:
    found = OfficeTemplate.objects.select_for_update(of=("self",)).filter(pk=template_id).first()
    if found is None:
        raise NoTemplate(_("Không có mẫu này."))
    actor.require("template.manage", found.unit_id, on=on)
    return found


def _body_there(unit_id: int, body_id: int | None, on: date) -> None:
    if body_id is None:
        return
    body = Body.objects.filter(pk=body_id, unit_id=unit_id).first()
    if body is None or not body.on(on):
        raise TemplateRefused(_("Cơ quan này không thuộc đơn vị, hoặc đã thôi hoạt động; chọn cơ quan khác."))


def _log(actor: Actor, verb: str, template: OfficeTemplate, on: date, **detail: Any) -> None:
    told = {"kind": str(template.get_kind_display()), "name": template.name, **detail}
    record(actor=actor.stamp(), verb=verb, subject=template, unit_id=template.unit_id, on=on, detail=told)
