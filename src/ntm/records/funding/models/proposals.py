"""Đề xuất phân bổ vốn: what an office asked the program to work out, how far it is, and what came out, frozen and hashed.

A proposal decides nothing: money is given by a decision that an office records itself.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from ntm.records.standing.models.intervals import Basis


class ProposalState(models.TextChoices):
    """Tình trạng."""

    QUEUED = "queued", "đang chờ tính"
    RUNNING = "running", "đang tính"
    DONE = "done", "đã tính xong"
    FAILED = "failed", "không tính được"
    WITHDRAWN = "withdrawn", "đã rút"


class BackgroundRun(models.Model):
    """Việc tính trong nền: state, how far it is, why it did not succeed."""

    state = models.CharField(
        "tình trạng", max_length=10, choices=ProposalState.choices, default=ProposalState.QUEUED, db_index=True
    )
    percent = models.PositiveSmallIntegerField("đã làm (%)", default=0)
    step = models.CharField("đang làm", max_length=200, blank=True, default="")
    sentence = models.CharField("lý do không tính được", max_length=2000, blank=True, default="")
    queued_at = models.DateTimeField("xếp hàng lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    seen_at = models.DateTimeField("còn chạy lúc", null=True)
    finished_at = models.DateTimeField("xong lúc", null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    office = models.CharField("với tư cách", max_length=300)

    class Meta:
        abstract = True

    @property
    def running(self) -> bool:
        """Còn chờ hoặc đang tính."""
        return self.state in (ProposalState.QUEUED, ProposalState.RUNNING)


class AllocationProposal(BackgroundRun):
    """Đề xuất phân bổ của một địa bàn, một năm, on a day. problem and result are frozen when it is done."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="địa bàn")
    title = models.CharField("tên phương án", max_length=200)
    year = models.PositiveSmallIntegerField("năm ngân sách")
    on = models.DateField("ngày")
    set = models.ForeignKey("standing.RegisteredSet", models.PROTECT, related_name="+", verbose_name="bộ tiêu chí")
    basis = models.PositiveSmallIntegerField("căn cứ", choices=Basis.choices, default=Basis.CONFIRMED)
    parameters = models.JSONField("nguồn, trần, quy tắc")
    problem = models.JSONField("bài toán", null=True)
    result = models.JSONField("kết quả", null=True)
    digest = models.CharField("mã băm", max_length=64, blank=True, default="")
    withdrawn_at = models.DateTimeField("rút lúc", null=True)
    withdrawn_reason = models.CharField("lý do rút", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "đề xuất phân bổ vốn"
        ordering = ("-queued_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(problem__isnull=False, result__isnull=False, digest__gt=""),
                name="proposal_done_has_its_result",
            ),
        ]
        indexes = [models.Index(fields=["unit", "year"], name="proposal_of_unit")]

    def __str__(self) -> str:
        return self.title


class RulePricing(BackgroundRun):
    """Giá của từng quy tắc của một đề xuất: asked once it is done, worked out in the background; frozen too."""

    proposal = models.OneToOneField(AllocationProposal, models.PROTECT, related_name="pricing")
    rows = models.JSONField("giá của từng quy tắc", null=True)

    class Meta:
        verbose_name = "giá của quy tắc"
