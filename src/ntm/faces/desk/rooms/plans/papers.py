"""Văn bản của một kế hoạch: the plan itself and the papers beside it, each in the office's own template where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ntm.domain.documents.writing.content import AnyDocument, WritingError
from ntm.domain.documents.writing.xlsx import write_xlsx
from ntm.faces.desk.rooms.plans.place import PlanSight
from ntm.records.archive.models import OfficeTemplate, TemplateKind
from ntm.records.archive.templates import queries as templates
from ntm.records.funding.queries import balances
from ntm.records.planning import written
from ntm.records.planning.as_document.parts import load
from ntm.records.planning.queries import progress
from ntm.records.planning.services import keeping
from ntm.records.registers.queries import counting

__all__ = ["PAPERS", "Paper", "Printed", "offered"]


@dataclass(frozen=True)
class Paper:
    """Loại văn bản viết được từ một kế hoạch."""

    key: str  # in the address
    kind: TemplateKind
    name: Promise | str
    about: Promise | str
    file: str  # how its file begins
    of_draft: bool = False  # only while the plan is not issued
    for_writers: bool = True  # only for who may draft the plan


PAPERS = {
    one.key: one
    for one in (
        Paper(
            "ke-hoach", TemplateKind.PLAN, _("Kế hoạch"), _("Văn bản và các biểu kèm theo."), "Ke-hoach", False, False
        ),
        Paper(
            "quyet-dinh",
            TemplateKind.DECISION,
            _("Quyết định ban hành kế hoạch"),
            _("Căn cứ, các điều, nơi nhận lấy từ kế hoạch; số, ngày và nơi đề nghị để trống."),
            "Quyet-dinh-ban-hanh-ke-hoach",
        ),
        Paper(
            "cong-van",
            TemplateKind.LETTER,
            _("Công văn xin ý kiến về dự thảo"),
            _("Gửi các cơ quan được phân công và các đơn vị cấp dưới; hạn trả lời để trống."),
            "Cong-van-xin-y-kien",
            of_draft=True,
        ),
        Paper(
            "bao-cao",
            TemplateKind.REPORT,
            _("Khung báo cáo thực hiện"),
            _("Số của từng chỉ tiêu, tiêu chí, nhiệm vụ đến ngày đang xem đã điền; phần nhận xét chờ viết."),
            "Bao-cao-thuc-hien-ke-hoach",
            for_writers=False,
        ),
    )
}


def offered(here: PlanSight) -> list[Paper]:
    """Văn bản mà chức danh này lấy được ở lần đang xem, but for the plan itself."""
    open_ = not here.signed
    return [
        one
        for one in PAPERS.values()
        if one.key != "ke-hoach" and (open_ or not one.of_draft) and (here.seen.may_draft or not one.for_writers)
    ]


@dataclass(frozen=True)
class Printed:
    """Một văn bản của lần đang xem; `common`: in the common layout though there is a template."""

    here: PlanSight
    paper: Paper
    common: bool = False

    @cached_property
    def template(self) -> OfficeTemplate | None:
        """Mẫu của đơn vị mà văn bản này theo; None: mẫu chung."""
        if self.paper.kind == TemplateKind.PLAN:
            return keeping.template_of(self.here.plan, self.here.version, self.here.on)
        return templates.applying(self.paper.kind, self.here.plan.unit_id, self.here.on, self.here.version.issuer)

    def word(self) -> bytes:
        """Tệp Word; of an issued plan the one that was kept, whatever is asked."""
        if self.paper.kind == TemplateKind.PLAN:
            kept = keeping.kept(self.here.version)
            if kept is not None:
                return kept
        return templates.write(self.document(), None if self.common else self.template)

    def document(self) -> AnyDocument:
        plan, no, on = self.here.plan, self.here.no, self.here.on
        if self.paper.for_writers:
            self.here.who.require("plan.draft", plan.unit_id, on=on)
        if self.paper.kind == TemplateKind.DECISION:
            return written.issuing_decision(plan, no, on)
        if self.paper.kind == TemplateKind.LETTER:
            return written.opinion_letter(plan, no, on)
        if self.paper.kind == TemplateKind.REPORT:
            judged = progress.plan_progress(plan.pk, on, no=no, counted=counting.counted_for_plan(plan, on))
            return written.report_skeleton(plan, no, judged, self._money())
        return written.plan_document(plan, no, on)

    def _money(self) -> list[tuple[str, int]]:
        """Nguồn lực đến ngày đang xem, for who may read the money; nothing where nothing is booked."""
        here = self.here
        if not here.who.allows("money.read", here.plan.unit_id, on=here.on):
            return []
        found = balances.balance(here.plan.unit_id, here.plan.year, here.on, until_year=here.plan.year_to)
        known = (
            (gettext("Nhu cầu"), found.need),
            (gettext("Đã huy động"), found.mobilised),
            (gettext("Đã phân bổ"), found.total.allocated),
            (gettext("Đã giải ngân"), found.total.disbursed),
        )
        return list(known) if any(amount for _what, amount in known) else []

    def sheets(self) -> bytes:
        """Các biểu của kế hoạch, .xlsx; those that were kept with an issued version."""
        kept = keeping.kept(self.here.version, "xlsx")
        if kept is not None:
            return kept
        sheets = written.sheets_of(written.annexes_of(load(self.here.plan, self.here.no, self.here.on)))
        if not sheets:
            raise WritingError(
                gettext("Kế hoạch chưa có bảng nào: thêm ô tiêu chí, nhiệm vụ hoặc khoản tiền rồi tải lại.")
            )
        return write_xlsx(sheets)

    def name(self, form: str) -> str:
        """Tên tệp."""
        if self.paper.kind == TemplateKind.PLAN:
            return keeping.file_name(self.here.version, form)
        return f"{self.paper.file}-{self.here.plan.year}.{form}"
