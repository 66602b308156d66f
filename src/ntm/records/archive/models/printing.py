"""Bản in PDF: a Word file that the system wrote, printed once in the background and kept by its content."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PrintState(models.TextChoices):
    """Tình trạng in."""

    QUEUED = "queued", _("đang chờ")
    RUNNING = "running", _("đang in")
    DONE = "done", _("đã xong")
    FAILED = "failed", _("không in được")


class PdfPrint(models.Model):
    """Bản in của một tệp Word; asked again for the same content it is there already."""

    source = models.OneToOneField("archive.StoredFile", models.PROTECT, related_name="print", verbose_name="tệp Word")
    made = models.ForeignKey(
        "archive.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp PDF"
    )
    state = models.CharField(
        "tình trạng", max_length=10, choices=PrintState.choices, default=PrintState.QUEUED, db_index=True
    )
    sentence = models.CharField("lý do không in được", max_length=1000, blank=True, default="")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    queued_at = models.DateTimeField("xếp hàng lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "bản in PDF"
        verbose_name_plural = "bản in PDF"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(made__isnull=False), name="archive_print_done_is_kept"
            )
        ]

    @property
    def running(self) -> bool:
        return self.state in (PrintState.QUEUED, PrintState.RUNNING)
