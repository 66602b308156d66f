"""Từ chối: why something cannot be done with a template, as one sentence; its faults, a sentence each."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ntm.domain.documents.writing.templates import TemplateFault


class TemplateRefused(ValueError):
    """Chưa làm được với mẫu: one Vietnamese sentence."""


class FaultyTemplate(TemplateRefused):
    """Mẫu có lỗi: every fault with its place."""

    def __init__(self, fault: TemplateFault) -> None:
        super().__init__(_("Mẫu chưa dùng được; sửa các chỗ sau trong tệp Word rồi tải lại."))
        self.faults = tuple(str(one) for one in fault.faults)


class NoTemplate(LookupError):
    """Không có mẫu này."""
