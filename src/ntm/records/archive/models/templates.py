"""Mẫu văn bản của cơ quan: Word files with fields that an office offers, each version in force from a day until another.

A template is offered first: it is seen, tried, filled from a plan of one's own. Put in force it closes the one before it;
nothing is overwritten, and what was written with an older one stays as it was kept.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TemplateKind(models.TextChoices):
    """Loại văn bản mà mẫu dùng cho."""

    PLAN = "plan", _("kế hoạch")
    DECISION = "decision", _("quyết định")
    LETTER = "letter", _("công văn")
    MINUTES = "minutes", _("biên bản")
    REPORT = "report", _("báo cáo")


class TemplateState(models.TextChoices):
    """Tình trạng của mẫu vào một ngày."""

    OFFERED = "offered", _("đã tải lên, chưa dùng")
    WAITING = "waiting", _("chờ đến ngày dùng")
    IN_FORCE = "in_force", _("đang dùng")
    ENDED = "ended", _("đã thôi dùng")
    WITHDRAWN = "withdrawn", _("đã bỏ")


class OfficeTemplate(models.Model):
    """Mẫu văn bản of one unit, or of one body of it; in force within [since, until)."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    body = models.ForeignKey(
        "people.Body", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan"
    )  # null: whoever issues for the unit
    kind = models.CharField("loại văn bản", max_length=10, choices=TemplateKind.choices)
    version = models.PositiveSmallIntegerField("bản")
    name = models.CharField("tên mẫu", max_length=200)
    use = models.ForeignKey("archive.FileUse", models.PROTECT, related_name="+", verbose_name="tệp")
    fields = models.JSONField("trường đã dùng", default=list)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    office = models.CharField("với chức danh", max_length=300)
    on = models.DateField("cho ngày")
    offered_at = models.DateTimeField("tải lên lúc")
    since = models.DateField("dùng từ ngày", null=True, blank=True)
    until = models.DateField("đến trước ngày", null=True, blank=True)
    ended_reason = models.CharField("lý do thôi dùng", max_length=500, blank=True, default="")
    withdrawn_at = models.DateTimeField("bỏ lúc", null=True, blank=True)  # of one that never came into force

    class Meta:
        verbose_name = "mẫu văn bản"
        verbose_name_plural = "mẫu văn bản"
        ordering = ("unit_id", "kind", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=("unit", "kind", "version"), condition=Q(body=None), name="archive_template_version_once"
            ),
            models.UniqueConstraint(
                fields=("unit", "kind", "body", "version"), name="archive_template_version_of_body_once"
            ),
            models.UniqueConstraint(
                fields=("unit", "kind"),
                condition=Q(body=None, until=None, since__isnull=False),
                name="archive_one_template_in_force",
            ),
            models.UniqueConstraint(
                fields=("unit", "kind", "body"),
                condition=Q(until=None, since__isnull=False),
                name="archive_one_template_of_body_in_force",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since__isnull=False, until__gte=F("since")),
                name="archive_template_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(since=None), name="archive_template_withdrawn_before_use"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state_on(self, day: date) -> TemplateState:
        """Tình trạng vào ngày đó."""
        if self.withdrawn_at is not None:
            return TemplateState.WITHDRAWN
        if self.since is None:
            return TemplateState.OFFERED
        if self.until is not None and (self.until <= day or self.until == self.since):
            return TemplateState.ENDED
        return TemplateState.IN_FORCE if self.since <= day else TemplateState.WAITING
