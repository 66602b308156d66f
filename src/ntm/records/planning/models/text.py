"""Lời của kế hoạch: legal bases, sections of text, duties, money as stated, recipients; and what others say of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from ntm.records.planning.models.versions import Plan, Versioned


class PlanBasis(Versioned):
    """Căn cứ. `key` is the catalogue's key of the instrument; empty when the instrument is not in the catalogue."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="bases")
    role = models.CharField("cách dẫn", max_length=20, default="căn cứ")  # căn cứ, thực hiện, theo, xét đề nghị
    key = models.CharField("khoá văn bản", max_length=330, blank=True)
    number = models.CharField("số, ký hiệu", max_length=100, blank=True)
    kind = models.CharField("loại", max_length=60, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    date = models.DateField("ngày", null=True)
    title = models.CharField("trích yếu", max_length=1000, blank=True)
    words = models.TextField("lời dẫn")  # the whole clause as it stands in the plan, without the last ";"

    class Meta:
        verbose_name = "căn cứ"
        ordering = ("order", "id")


class SectionSlot(models.TextChoices):
    """Phần do hệ thống viết ra từ bảng, đứng dưới lời của đề mục."""

    NONE = "", "chỉ có lời"
    TARGETS = "targets", "chỉ tiêu phấn đấu"
    CELLS = "cells", "tiêu chí theo xã"
    CRITERIA = "criteria", "xã theo tiêu chí"
    GAPS = "gaps", "hạng mục còn thiếu"
    ROADMAP = "roadmap", "lộ trình"
    TASKS = "tasks", "nhiệm vụ"
    MONEY = "money", "nguồn lực"
    DUTIES = "duties", "tổ chức thực hiện"


class PlanSection(Versioned):
    """Đề mục: label ("II.", "1.", "a)"), heading and text; paragraphs are parted by a line feed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections")
    depth = models.PositiveSmallIntegerField("bậc", default=1)
    label = models.CharField("số mục", max_length=20, blank=True)
    heading = models.CharField("đề mục", max_length=1000)
    text = models.TextField("lời", blank=True)
    slot = models.CharField("phần ghép vào", max_length=10, choices=SectionSlot.choices, blank=True, default="")
    kept = models.BooleanField("giữ lời năm trước", default=False)

    class Meta:
        verbose_name = "đề mục của kế hoạch"
        ordering = ("order", "id")


class PlanDuty(Versioned):
    """Phân công trách nhiệm: what a body answers for."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="duties")
    body = models.ForeignKey("people.Body", models.PROTECT, null=True, related_name="+", verbose_name="cơ quan")
    body_words = models.CharField("cơ quan, như đã viết", max_length=500)
    text = models.TextField("nhiệm vụ")  # one duty a line
    criteria = models.JSONField("tiêu chí phụ trách", default=list, blank=True)  # numbers

    class Meta:
        verbose_name = "phân công trách nhiệm"
        ordering = ("order", "id")


class PlanMoney(Versioned):
    """Khoản tiền kế hoạch nêu, đồng. A total is derived from its parts; the stated one is kept beside it when it differs."""

    class Role(models.TextChoices):
        NEED = "need", "nhu cầu"
        SOURCE = "source", "nguồn huy động"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="money")
    role = models.CharField("phía", max_length=10, choices=Role.choices)
    what = models.CharField("khoản", max_length=500)
    source_code = models.CharField("mã nguồn vốn", max_length=60, blank=True)
    kind = models.CharField("loại vốn", max_length=20, blank=True)  # dau_tu, su_nghiep
    amount = models.BigIntegerField("số tiền (đồng)", null=True)  # null: the sum of its parts
    stated = models.BigIntegerField("số nêu trong văn bản (đồng)", null=True)  # only where it was told
    criterion_no = models.PositiveSmallIntegerField("tiêu chí", null=True)
    condition = models.CharField("chỉ có khi", max_length=500, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name="thuộc khoản")

    class Meta:
        verbose_name = "khoản tiền của kế hoạch"
        ordering = ("order", "id")
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="plan_money_not_negative")
        ]


class PlanRecipient(Versioned):
    """Nơi nhận, a line of the list."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="recipients")
    words = models.CharField("nơi nhận", max_length=300)

    class Meta:
        verbose_name = "nơi nhận"
        ordering = ("order", "id")


class PlanComment(models.Model):
    """Ý kiến góp ý of an office consulted, and the answer it got."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comments")
    version_no = models.PositiveSmallIntegerField("lần")
    about = models.CharField("về phần", max_length=200, blank=True)
    text = models.TextField("ý kiến")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người góp ý")
    office = models.CharField("với tư cách", max_length=300)
    at = models.DateTimeField("lúc")
    answer = models.TextField("tiếp thu, giải trình", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True)

    class Meta:
        verbose_name = "ý kiến góp ý"
        ordering = ("at", "id")


class PlanFindingAnswer(models.Model):
    """Giải trình một phát hiện: words that answer a finding of the checks in one version; the older one is kept."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="finding_answers")
    version_no = models.PositiveSmallIntegerField("lần")
    rule = models.CharField("quy tắc", max_length=60)
    fingerprint = models.CharField("dấu của phát hiện", max_length=64)  # rule, message and figures
    message = models.TextField("phát hiện")
    words = models.TextField("giải trình")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người giải trình")
    office = models.CharField("với tư cách", max_length=300)
    at = models.DateTimeField("lúc")
    replaced_at = models.DateTimeField("thay lúc", null=True)

    class Meta:
        verbose_name = "giải trình phát hiện"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "version_no", "fingerprint"],
                condition=Q(replaced_at__isnull=True),
                name="one_living_answer_of_a_finding",
            )
        ]
