"""Từ chối: why something cannot be done with a document, as one sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ntm.records.archive.models import OfficialDocument


class DocumentRefused(ValueError):
    """Chưa làm được với văn bản: one Vietnamese sentence."""


class AlreadyThere(DocumentRefused):
    """Văn bản đã có: the same content was uploaded at this unit before."""

    def __init__(self, document: OfficialDocument) -> None:
        super().__init__(
            _("Văn bản này đã có trong kho, tải lên ngày %(day)s với tên “%(name)s”: mở văn bản đã có.")
            % {"day": f"{document.on:%d/%m/%Y}", "name": document.use.name}
        )
        self.document = document
