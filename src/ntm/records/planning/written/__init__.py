"""Kế hoạch viết ra giấy: a version of a plan as the document and the tables that `domain.documents.writing` writes."""

from ntm.records.planning.written.annexes import annexes_of, sheets_of
from ntm.records.planning.written.document import minutes_document, plan_document

__all__ = ["annexes_of", "minutes_document", "plan_document", "sheets_of"]
