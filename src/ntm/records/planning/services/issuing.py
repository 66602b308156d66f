"""Ban hành và điều chỉnh: the version is frozen with its hash on the day it is issued; an amendment opens the next one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ntm.records.audit import canonical
from ntm.records.people.authority import Actor
from ntm.records.planning import checkable
from ntm.records.planning.checkable import fingerprint
from ntm.records.planning.models import Plan, PlanFindingAnswer, PlanState, PlanVersion, VersionState
from ntm.records.planning.queries import content
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import copying, editing, tasks

if TYPE_CHECKING:
    from ntm.domain.documents.checking.model import Finding

__all__ = ["amend", "answer_finding", "digest", "issue", "unanswered"]


def unanswered(plan: Plan, no: int, findings: Iterable[Finding]) -> list[Finding]:
    """Phát hiện nặng chưa có giải trình in this version."""
    answered = set(
        PlanFindingAnswer.objects.filter(plan=plan, version_no=no, replaced_at=None).values_list(
            "fingerprint", flat=True
        )
    )
    return [one for one in findings if one.severity == "high" and fingerprint(one) not in answered]


@transaction.atomic
def answer_finding(actor: Actor, plan_id: int, finding: Finding, *, words: str, on: date) -> PlanFindingAnswer:
    """Giải trình một phát hiện in words; the older answer is kept."""
    found = editing.open_version(plan_id)
    if not actor.allows("plan.issue", found.plan.unit_id, on=on):
        actor.require("plan.draft", found.plan.unit_id, on=on)
    if len(words.strip()) < 5:
        raise Refused("Ghi rõ vì sao giữ nguyên, hoặc căn cứ nào; một hai chữ chưa phải là giải trình.")
    mark, now = fingerprint(finding), timezone.now()
    older = PlanFindingAnswer.objects.filter(plan=found.plan, version_no=found.no, fingerprint=mark, replaced_at=None)
    older.update(replaced_at=now)
    answer = PlanFindingAnswer.objects.create(
        plan=found.plan,
        version_no=found.no,
        rule=finding.rule,
        fingerprint=mark,
        message=finding.message,
        words=words.strip(),
        by_id=actor.user_id,
        office=actor.office_label,
        at=now,
    )
    editing.log(actor, "plan.answer_finding", found.plan, on, subject=answer, rule=finding.rule, words=answer.words)
    return answer


@transaction.atomic
def issue(
    actor: Actor,
    plan_id: int,
    *,
    number: str,
    issued_on: date,
    signer: str,
    on: date,
    signer_position: str = "",
    signing_authority: str = "",
    findings: Iterable[Finding] | None = None,
) -> PlanVersion:
    """Ghi ban hành: number, day and signer of the paper; the content is frozen. `findings` None: the checks are run now."""
    found = editing.open_version(plan_id)
    actor.require("plan.issue", found.plan.unit_id, on=on)
    if found.version.state != VersionState.REVIEWED:
        raise Refused("Dự thảo chưa rà soát; trình ký trước khi ghi ban hành.")
    _signed(found, number, issued_on, signer, on)
    told = checkable.findings(found.plan, found.no, on) if findings is None else findings
    if waiting := unanswered(found.plan, found.no, told):
        shown = "; ".join(one.message for one in waiting[:3])
        more = f" và {len(waiting) - 3} phát hiện khác" if len(waiting) > 3 else ""
        raise Refused(f"Còn {len(waiting)} phát hiện nặng chưa sửa hoặc giải trình: {shown}{more}")
    version = found.version
    version.number, version.issued_on, version.signer = number.strip(), issued_on, " ".join(signer.split())
    version.signer_position = " ".join(signer_position.split()) or version.signer_position
    version.signing_authority = signing_authority.strip() or version.signing_authority
    version.issued_by_id, version.issued_at, version.state = actor.user_id, timezone.now(), VersionState.ISSUED
    version.content = content.of_version(found.plan, version)
    version.digest = digest(version.content)
    found.plan.versions.filter(state=VersionState.ISSUED).update(state=VersionState.SUPERSEDED)
    version.save()
    found.plan.state = PlanState.ISSUED
    found.plan.save(update_fields=["state"])
    tasks.take_effect(found.plan, found.no, actor=actor, on=on)
    told_number = f"{version.number}/{version.symbol}" if version.symbol else version.number
    editing.log(
        actor, "plan.issue", found.plan, on,
        subject=version, no=found.no, number=told_number, issued_on=issued_on, digest=version.digest,
    )  # fmt: skip
    return version


@transaction.atomic
def amend(actor: Actor, plan_id: int, *, reason: str, on: date) -> PlanVersion:
    """Mở điều chỉnh: version n+1, a draft that begins as the issued one; the issued one stays in force meanwhile. What was
    said of a finding goes with it: it is asked again only where the finding is another one."""
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise Refused("Không tìm thấy kế hoạch này.")
    actor.require("plan.issue", plan.unit_id, on=on)
    if plan.state != PlanState.ISSUED:
        raise Refused(f"Kế hoạch {plan.get_state_display()}; chỉ điều chỉnh kế hoạch đã ban hành và chưa kết thúc.")
    if plan.versions.filter(state__in=editing.OPEN).exists():
        raise Refused("Đã có một dự thảo điều chỉnh đang mở; sửa tiếp dự thảo đó.")
    if not reason.strip():
        raise Refused("Ghi lý do điều chỉnh.")
    issued = plan.versions.get(state=VersionState.ISSUED)
    last = max(plan.versions.values_list("no", flat=True))
    version = PlanVersion.objects.create(
        plan=plan,
        no=last + 1,
        title=issued.title,
        symbol=issued.symbol,
        issuer=issued.issuer,
        superior=issued.superior,
        place=issued.place,
        signer=issued.signer,
        signer_position=issued.signer_position,
        signing_authority=issued.signing_authority,
        reason=reason.strip(),
        begun_on=on,
    )
    answers = PlanFindingAnswer.objects.filter(plan=plan, version_no=issued.no, replaced_at=None)
    PlanFindingAnswer.objects.bulk_create([copying.copied_answer(one, version.no) for one in answers.order_by("pk")])
    editing.log(actor, "plan.amend", plan, on, subject=version, no=version.no, reason=reason.strip())
    return version


def digest(frozen: object) -> str:
    """Mã băm của nội dung đã đóng băng."""
    return canonical.digest(frozen)


def _signed(found: editing.Draft, number: str, issued_on: date, signer: str, on: date) -> None:
    if not number.strip() or len(number.strip()) > 20 or "/" in number:
        raise Refused("Ghi số văn bản, không kèm ký hiệu: ví dụ “32”.")
    if not signer.strip() or len(signer) > 120:
        raise Refused("Ghi họ và tên người ký.")
    if issued_on > on:
        raise Refused(f"Ngày ban hành {editing.day(issued_on)} ở sau hôm nay; văn bản chưa ký thì chưa ghi ban hành.")
    before = found.plan.versions.filter(state=VersionState.ISSUED).values_list("issued_on", flat=True).first()
    if before is not None and issued_on < before:
        raise Refused(f"Ngày ban hành lần này trước lần trước ({editing.day(before)}); xem lại ngày.")
