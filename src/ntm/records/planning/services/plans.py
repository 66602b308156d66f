"""Lập, rà soát, trả lại, bỏ, kết thúc kế hoạch: what happens to a plan as a whole (issuing has a page of its own)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.people.authority import Actor
from ntm.records.planning.models import Plan, PlanKind, PlanState, PlanVersion, Subject, VersionState
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import copying, editing
from ntm.records.planning.services.seen import check, mark
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = [
    "Head",
    "Opened",
    "begin",
    "change_head",
    "choose_set",
    "close",
    "level_of",
    "open_from",
    "open_plan",
    "review",
    "send_back",
    "withdraw_draft",
]

_TITLE_OF_KIND = {PlanKind.ADVANCED: "nang_cao", PlanKind.MODEL: "kieu_mau", PlanKind.RESIDENTIAL_AREA: "kieu_mau"}
_OF_VILLAGES = (PlanKind.VILLAGE, PlanKind.RESIDENTIAL_AREA)
_CELLS_OF_LEVEL = {"tinh": "xa", "huyen": "xa", "xa": "xa", "thon": "thon"}
_FIRST, _LAST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Opened:
    """Kế hoạch vừa lập từ kế hoạch trước, and the bases left out because they are no longer in force."""

    plan: Plan
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """Phần đầu và chữ ký; None leaves a field as it is."""

    title: str | None = None
    symbol: str | None = None
    number: str | None = None
    issuer: str | None = None
    superior: str | None = None
    place: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    signing_authority: str | None = None

    def values(self) -> dict[str, str]:
        """What was given, cleaned; Refused when it is too long or leaves a needed field empty."""
        found = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if value is None:
                continue
            field = PlanVersion._meta.get_field(name)
            lines = [" ".join(line.split()) for line in value.splitlines()]
            text = "\n".join(line for line in lines if line)
            if len(text) > (field.max_length or 0):
                raise Refused(f"{str(field.verbose_name).capitalize()} dài quá {field.max_length} chữ: viết gọn lại.")
            if not text and name in ("title", "issuer", "place"):
                raise Refused(f"Còn trống: {field.verbose_name}.")
            found[name] = text
        return found


@transaction.atomic
def open_plan(
    actor: Actor,
    *,
    unit_id: int,
    kind: str,
    year: int,
    on: date,
    year_to: int | None = None,
    set_code: str | None = None,
    upper_id: int | None = None,
    title: str | None = None,
) -> Plan:
    """Lập kế hoạch: an empty draft of a unit for a year or several, with its head as the office writes it."""
    actor.require("plan.draft", unit_id, on=on)
    plan = begin(actor, unit_id, kind, year, on=on, year_to=year_to, set_code=set_code, upper_id=upper_id, title=title)
    editing.log(actor, "plan.open", plan, on)
    return plan


@transaction.atomic
def open_from(
    actor: Actor, source_id: int, *, year: int, on: date, year_to: int | None = None, title: str | None = None
) -> Opened:
    """Lập từ kế hoạch trước: sections, bases still in force, recipients, duties, targets' and tasks' words, a year on."""
    source = Plan.objects.filter(pk=source_id).first()
    if source is None:
        raise Refused("Không tìm thấy kế hoạch để lập theo.")
    actor.require("plan.draft", source.unit_id, on=on)
    version = source.versions.exclude(state=VersionState.WITHDRAWN).order_by("-no").first()
    if version is None:
        raise Refused("Kế hoạch này đã bỏ dự thảo, không còn gì để lập theo.")
    shift = year - source.year
    plan = begin(
        actor,
        source.unit_id,
        source.kind,
        year,
        on=on,
        year_to=year_to or source.year_to + shift,
        title=title or copying.shifted(version.title, shift),
    )
    Plan.objects.filter(pk=plan.pk).update(copied_from=source)
    plan.copied_from = source
    head = {name: getattr(version, name) for name in ("symbol", "issuer", "superior", "place")}
    signed = {name: getattr(version, name) for name in ("signer", "signer_position", "signing_authority")}
    plan.versions.update(**head, **signed)
    left_out = copying.copy_parts(source, version.no, plan, shift=shift, on=on)
    editing.log(actor, "plan.open", plan, on, source=f"kế hoạch năm {source.year}", left_out=left_out)
    return Opened(plan, tuple(left_out))


@transaction.atomic
def change_head(actor: Actor, plan_id: int, head: Head, *, on: date, seen: str = "") -> PlanVersion:
    """Sửa phần đầu: title, symbol, place, issuer, signer of the open version."""
    found = editing.draft(actor, plan_id, on)
    check(mark(found.version, Head.__slots__), seen, found.version)
    values = head.values()
    for name, value in values.items():
        setattr(found.version, name, value)
    if values:
        found.version.save(update_fields=list(values))
        editing.log(actor, "plan.head", found.plan, on, subject=found.version, changed=sorted(values))
    return found.version


@transaction.atomic
def choose_set(actor: Actor, plan_id: int, set_code: str, *, on: date) -> Plan:
    """Chọn bộ tiêu chí, of a plan never issued: its cells and its targets by criterion are numbered by it."""
    found = editing.draft(actor, plan_id, on)
    plan, row = found.plan, registry.by_code(set_code)
    if plan.set_id == row.pk:
        return plan
    if found.no > 1:
        raise Refused("Kế hoạch đã ban hành theo bộ tiêu chí đang có; bộ khác thì lập kế hoạch khác.")
    numbered = plan.targets.in_version(found.no).filter(subject__in=(Subject.CRITERION, Subject.INDICATOR))
    if plan.cells.in_version(found.no).exists() or numbered.exists():
        raise Refused("Bảng hoặc chỉ tiêu đã đánh số theo bộ tiêu chí cũ; bỏ các ô và chỉ tiêu ấy rồi đổi bộ.")
    plan.set = row
    plan.save(update_fields=["set"])
    editing.log(actor, "plan.head", plan, on, subject=found.version, changed=["bộ tiêu chí"])
    return plan


@transaction.atomic
def review(actor: Actor, plan_id: int, *, on: date) -> PlanVersion:
    """Rà soát xong, trình ký: the draft is read as it stands; the lower offices see it from now on."""
    found = editing.open_version(plan_id)
    actor.require("plan.issue", found.plan.unit_id, on=on)
    if found.version.state == VersionState.REVIEWED:
        raise Refused("Dự thảo này đã rà soát, đang chờ ký.")
    if not (found.plan.sections.in_version(found.no).exists() or found.plan.targets.in_version(found.no).exists()):
        raise Refused("Dự thảo chưa có đề mục hay chỉ tiêu nào; soạn nội dung rồi mới trình ký.")
    found.version.state = VersionState.REVIEWED
    found.version.reviewed_by_id, found.version.reviewed_at, found.version.reviewed_on = (
        actor.user_id, timezone.now(), on,
    )  # fmt: skip
    found.version.save(update_fields=["state", "reviewed_by", "reviewed_at", "reviewed_on"])
    _mirror(found, PlanState.REVIEWED)
    editing.log(actor, "plan.review", found.plan, on, subject=found.version, no=found.no)
    return found.version


@transaction.atomic
def send_back(actor: Actor, plan_id: int, *, reason: str, on: date) -> PlanVersion:
    """Trả lại dự thảo: it can be edited again."""
    found = editing.open_version(plan_id)
    actor.require("plan.issue", found.plan.unit_id, on=on)
    if found.version.state != VersionState.REVIEWED:
        raise Refused("Dự thảo chưa trình ký, đang sửa được.")
    if not reason.strip():
        raise Refused("Ghi lý do trả lại để người soạn biết phải sửa gì.")
    found.version.state, found.version.reviewed_by, found.version.reviewed_at = VersionState.DRAFT, None, None
    found.version.reviewed_on = None
    found.version.save(update_fields=["state", "reviewed_by", "reviewed_at", "reviewed_on"])
    _mirror(found, PlanState.DRAFT)
    editing.log(actor, "plan.send_back", found.plan, on, subject=found.version, no=found.no, reason=reason.strip())
    return found.version


@transaction.atomic
def withdraw_draft(actor: Actor, plan_id: int, *, reason: str, on: date) -> PlanVersion:
    """Bỏ dự thảo: of an amendment, the issued version stands as before; of a first draft, the plan is given up."""
    found = editing.open_version(plan_id)
    actor.require("plan.draft", found.plan.unit_id, on=on)
    if not reason.strip():
        raise Refused("Ghi lý do bỏ dự thảo.")
    copying.undo_version(found.plan, found.no)
    found.version.state, found.version.reason = VersionState.WITHDRAWN, found.version.reason or reason.strip()
    found.version.withdrawn_on = on
    found.version.save(update_fields=["state", "reason", "withdrawn_on"])
    if found.no == 1:
        found.plan.state, found.plan.closed_on, found.plan.closing_words = PlanState.CLOSED, on, reason.strip()
        found.plan.save(update_fields=["state", "closed_on", "closing_words"])
    editing.log(actor, "plan.withdraw", found.plan, on, subject=found.version, no=found.no, reason=reason.strip())
    return found.version


@transaction.atomic
def close(actor: Actor, plan_id: int, *, closing_words: str, on: date) -> Plan:
    """Kết thúc kế hoạch đã ban hành, with what came of it in words."""
    plan = Plan.objects.select_for_update().filter(pk=plan_id).first()
    if plan is None:
        raise Refused("Không tìm thấy kế hoạch này.")
    actor.require("plan.issue", plan.unit_id, on=on)
    if plan.state != PlanState.ISSUED:
        raise Refused(f"Kế hoạch {plan.get_state_display()}; chỉ kết thúc kế hoạch đã ban hành.")
    if plan.versions.filter(state__in=editing.OPEN).exists():
        raise Refused("Đang có dự thảo điều chỉnh; ban hành hoặc bỏ dự thảo đó trước khi kết thúc.")
    if not closing_words.strip():
        raise Refused("Ghi kết quả thực hiện khi kết thúc kế hoạch.")
    plan.state, plan.closed_on, plan.closing_words = PlanState.CLOSED, on, closing_words.strip()
    plan.save(update_fields=["state", "closed_on", "closing_words"])
    editing.log(actor, "plan.close", plan, on)
    return plan


def _mirror(found: editing.Draft, state: PlanState) -> None:
    """The plan's own state follows its first version; an issued plan stays issued while it is being amended."""
    if found.no == 1:
        found.plan.state = state
        found.plan.save(update_fields=["state"])


def begin(
    actor: Actor,
    unit_id: int,
    kind: str,
    year: int,
    *,
    on: date,
    year_to: int | None = None,
    set_code: str | None = None,
    upper_id: int | None = None,
    title: str | None = None,
) -> Plan:
    """Dự thảo trống với phần đầu, for every way of opening a plan; who calls has asked for authority and logs it."""
    label = units.label(unit_id, on)
    if not label.living:
        raise Refused(f"Ngày {editing.day(on)} chưa có hoặc không còn đơn vị này.")
    last = year if year_to is None else year_to
    _acceptable(unit_id, label, kind, year, last)
    plan = Plan.objects.create(
        unit_id=unit_id,
        level=label.level,
        kind=kind,
        year=year,
        year_to=last,
        set=_set(label, kind, set_code, year, on),
        upper=_upper(upper_id, label),
        opened_by_id=actor.user_id,
        office=actor.office_label,
        opened_at=timezone.now(),
        on=on,
    )
    PlanVersion.objects.create(plan=plan, no=1, begun_on=on, **_usual_head(label, kind, year, last, title))
    return plan


def _acceptable(unit_id: int, label: UnitLabel, kind: str, year: int, last: int) -> None:
    if kind not in PlanKind.values:
        raise Refused(f"Không có loại kế hoạch “{kind}”.")
    if not (_FIRST <= year <= last <= _LAST) or last - year > 10:
        raise Refused(f"Năm của kế hoạch không hợp lý: {year}-{last}; năm cuối không trước năm đầu, dài nhất 10 năm.")
    same = Plan.objects.filter(unit_id=unit_id, kind=kind, year=year, year_to=last).exclude(state=PlanState.CLOSED)
    if same.exists():
        raise Refused(
            f"{label.title} đã có kế hoạch {PlanKind(kind).label} năm {year}; mở kế hoạch đó, hoặc điều chỉnh nếu đã ban hành."
        )


def _set(label: UnitLabel, kind: str, set_code: str | None, year: int, on: date) -> RegisteredSet | None:
    if set_code:
        return registry.by_code(set_code)
    level = level_of(kind, label.level)
    title_kind = _TITLE_OF_KIND.get(PlanKind(kind), "ntm")
    within = date(year, 12, 31) if on.year != year else on
    return registry.applicable(level, title_kind, within, units.province_code(label.id, on))


def level_of(kind: str, level: str) -> str:
    """Cấp của các đơn vị mà kế hoạch giao tiêu chí."""
    return "thon" if kind in _OF_VILLAGES else _CELLS_OF_LEVEL[level]


def _upper(upper_id: int | None, label: UnitLabel) -> Plan | None:
    if upper_id is None:
        return None
    upper = Plan.objects.filter(pk=upper_id).first()
    if upper is None or upper.unit_id not in {one.id for one in label.ancestors}:
        raise Refused("Kế hoạch cấp trên phải là kế hoạch của một đơn vị cấp trên của đơn vị này.")
    return upper


def _usual_head(label: UnitLabel, kind: str, year: int, last: int, title: str | None) -> dict[str, str]:
    years = f"năm {year}" if last == year else f"giai đoạn {year}-{last}"
    of_kind = str(PlanKind(kind).label)
    what = title or f"Kế hoạch {of_kind} {label.title} {years}"
    upper = label.ancestors[0] if label.ancestors else None
    village = label.level == "thon"
    own = f"Ban phát triển {label.title}" if village else f"Ủy ban nhân dân {label.title}"
    above = f"Ủy ban nhân dân {upper.title}" if upper is not None else ""
    return {
        "title": what[:500],
        "symbol": "KH-BPT" if village else "KH-UBND",
        "issuer": own[:200],
        "superior": above[:200] if village else "",
        "place": (upper.name if village and upper is not None else label.name)[:100],
    }
