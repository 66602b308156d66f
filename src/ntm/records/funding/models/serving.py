"""Nhiệm vụ phục vụ công trình: the works that a task of a plan is to bring about; the plan itself knows nothing of works."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ntm.records.funding.models.posted import Signed
from ntm.records.funding.models.works import Works


class TaskWorks(Signed):
    """Công trình mà một nhiệm vụ phục vụ, from a day until it was taken off."""

    task = models.ForeignKey("planning.Task", models.PROTECT, related_name="+", verbose_name="nhiệm vụ")
    works = models.ForeignKey(Works, models.PROTECT, related_name="served_by", verbose_name="công trình")
    on = models.DateField("từ ngày")
    until = models.DateField("bỏ ngày", null=True)

    class Meta:
        verbose_name = "công trình của nhiệm vụ"
        ordering = ("task_id", "works_id", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "works"], condition=Q(until__isnull=True), name="task_serves_works_once"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("on")), name="task_works_forward"),
        ]
